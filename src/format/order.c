#include "format/order.h"

#include <string.h>

#include "base/utf8.h"

enum { MOST_TEXT = 64 << 10 };

typedef struct tally {
  int day_first, month_first;
} tally;

static hsy_day_order decide(tally t) {
  if (t.day_first > 0 && t.month_first == 0) return HSY_DAY_FIRST;
  if (t.month_first > 0 && t.day_first == 0) return HSY_MONTH_FIRST;
  return HSY_ORDER_UNTOLD;
}

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

/* One or two digits at *at, stepped over; -1 where there are none or more. */
static int small_number(hsy_str s, ptrdiff_t *at) {
  ptrdiff_t from = *at;
  int value = 0;
  while (*at < s.len && is_digit(s.data[*at]) && *at - from < 3) value = 10 * value + (s.data[(*at)++] - '0');
  return *at - from >= 1 && *at - from <= 2 ? value : -1;
}

/* "27/02/2025", "02-27-25"; "27/02" alone, both of two digits. */
static void count_figures(tally *t, hsy_str s, ptrdiff_t at) {
  ptrdiff_t from = at;
  int first = small_number(s, &at);
  if (first < 0 || at >= s.len || (s.data[at] != '/' && s.data[at] != '-')) return;
  char sep = s.data[at++];
  int second = small_number(s, &at);
  if (second < 0) return;
  bool year = at + 2 < s.len && s.data[at] == sep && is_digit(s.data[at + 1]) && is_digit(s.data[at + 2]);
  bool alone = sep == '/' && at - from == 5 && (at >= s.len || (s.data[at] != '/' && !is_digit(s.data[at])));
  if (!year && !alone) return;
  t->day_first += first > 12 && first <= 31 && second >= 1 && second <= 12;
  t->month_first += second > 12 && second <= 31 && first >= 1 && first <= 12;
}

static hsy_day_order by_figures(hsy_str text) {
  tally t = {0};
  for (ptrdiff_t i = 0; i < text.len; i++)
    if (is_digit(text.data[i]) && (i == 0 || !(is_digit(text.data[i - 1]) || strchr("/-.,", text.data[i - 1]))))
      count_figures(&t, text, i);
  return decide(t);
}

typedef struct hint {
  const char *text;
  hsy_day_order order;
} hint;

/* English is written both ways; all other languages of the pages have the day first. */
static hsy_day_order by_language(hsy_str language) {
  static const hint COUNTRIES[] = {{"en-US", HSY_MONTH_FIRST}, {"en_US", HSY_MONTH_FIRST}, {"en-PH", HSY_MONTH_FIRST}};
  if (language.len < 2) return HSY_ORDER_UNTOLD;
  for (size_t i = 0; i < sizeof COUNTRIES / sizeof *COUNTRIES; i++)
    if (hsy_str_eq_nocase(language, hsy_str_of(COUNTRIES[i].text))) return COUNTRIES[i].order;
  bool english = hsy_str_starts_nocase(language, HSY_S("en"));
  bool canada = hsy_str_eq_nocase(hsy_str_slice(language, 3, language.len), HSY_S("CA"));
  return english && (language.len < 5 || canada) ? HSY_ORDER_UNTOLD : HSY_DAY_FIRST;
}

/* Two letters at the end of a host are a country's. */
static hsy_day_order by_address(hsy_str url) {
  ptrdiff_t at = hsy_str_find(url, HSY_S("://"));
  if (at < 0) return HSY_ORDER_UNTOLD;
  hsy_str rest, host = hsy_str_cut(hsy_str_slice(url, at + 3, url.len), '/', &rest), name = host;
  while (host.data) name = hsy_str_cut(host, '.', &host);
  static const hint NAMES[] = {{"us", HSY_MONTH_FIRST},  {"gov", HSY_MONTH_FIRST}, {"mil", HSY_MONTH_FIRST},
                               {"ca", HSY_ORDER_UNTOLD}, {"tv", HSY_ORDER_UNTOLD}, {"io", HSY_ORDER_UNTOLD},
                               {"co", HSY_ORDER_UNTOLD}, {"me", HSY_ORDER_UNTOLD}, {"fm", HSY_ORDER_UNTOLD}};
  for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++)
    if (hsy_str_eq_nocase(name, hsy_str_of(NAMES[i].text))) return NAMES[i].order;
  return name.len == 2 ? HSY_DAY_FIRST : HSY_ORDER_UNTOLD;
}

/* "10:15 ET": a zone behind a time. */
static hsy_day_order by_zone(hsy_str text) {
  static const hint ZONES[] = {{"ET", HSY_MONTH_FIRST}, {"EST", HSY_MONTH_FIRST}, {"EDT", HSY_MONTH_FIRST},
                               {"CT", HSY_MONTH_FIRST}, {"CST", HSY_MONTH_FIRST}, {"CDT", HSY_MONTH_FIRST},
                               {"MT", HSY_MONTH_FIRST}, {"MST", HSY_MONTH_FIRST}, {"MDT", HSY_MONTH_FIRST},
                               {"PT", HSY_MONTH_FIRST}, {"PST", HSY_MONTH_FIRST}, {"PDT", HSY_MONTH_FIRST},
                               {"BST", HSY_DAY_FIRST},  {"CET", HSY_DAY_FIRST},   {"CEST", HSY_DAY_FIRST},
                               {"IST", HSY_DAY_FIRST},  {"AEST", HSY_DAY_FIRST},  {"AEDT", HSY_DAY_FIRST}};
  tally t = {0};
  for (ptrdiff_t i = 2; i < text.len; i++) {
    if (text.data[i] < 'A' || text.data[i] > 'Z' || text.data[i - 1] != ' ') continue;
    bool timed = is_digit(text.data[i - 2]) || strchr("mM.", text.data[i - 2]);
    ptrdiff_t end = i;
    while (end < text.len && text.data[end] >= 'A' && text.data[end] <= 'Z') end++;
    bool word = end < text.len && hsy_is_letter(text.data[end]);
    for (size_t k = 0; timed && !word && k < sizeof ZONES / sizeof *ZONES; k++) {
      if (!hsy_str_eq(hsy_str_slice(text, i, end), hsy_str_of(ZONES[k].text))) continue;
      t.day_first += ZONES[k].order == HSY_DAY_FIRST;
      t.month_first += ZONES[k].order == HSY_MONTH_FIRST;
    }
    i = end;
  }
  return decide(t);
}

/* Of a date in words: a name behind the first figure. False, too, where no name is there. */
static bool is_day_first(hsy_str date) {
  ptrdiff_t i = 0;
  while (i < date.len && !is_digit(date.data[i])) i++;
  while (i < date.len && is_digit(date.data[i])) i++;
  while (i < date.len && strchr(" .-", date.data[i])) i++;
  return i < date.len && hsy_is_letter((unsigned char)date.data[i]);
}

/* A month's name stands in it. */
static bool names_month(const hsy_dates *dates, hsy_str date) {
  char word[24];
  ptrdiff_t n = 0;
  for (ptrdiff_t i = 0; i <= date.len; i++) {
    unsigned char c = i < date.len ? (unsigned char)date.data[i] : 0;
    bool letter = c >= 0x80 || hsy_is_letter(c);
    if (!letter && n > 2 && hsy_lexicon_find(&dates->months, (hsy_str){word, n})) return true;
    if (!letter || n == sizeof word) n = 0;
    if (letter) word[n++] = (char)(c < 0x80 ? hsy_to_lower(c) : c);
  }
  return false;
}

static ptrdiff_t next_digit(hsy_str text, ptrdiff_t at) {
  while (at < text.len && !is_digit(text.data[at])) at++;
  return at;
}

/* Where the search for dates goes on: just short of the next figure, as nothing before can begin one. */
static ptrdiff_t near_digit(hsy_str text, ptrdiff_t at, ptrdiff_t digit, bool *in_word) {
  if (digit == text.len) return digit;
  ptrdiff_t to = digit - HSY_DATE_REACH, start;
  while (to > at && ((unsigned char)text.data[to] & 0xC0) == 0x80) to--;
  if (to <= at) return at;
  int32_t before = hsy_utf8_before(text, to, &start);
  *in_word = hsy_is_letter(before) || hsy_is_digit(before);
  return to;
}

/* "March 14, 2025" and "14 March 2025". */
static hsy_day_order by_words(const hsy_dates *dates, hsy_str text) {
  tally t = {0};
  bool in_word = false;
  for (ptrdiff_t at = 0, digit = -1; at < text.len;) {
    if (digit < at) digit = next_digit(text, at);
    at = near_digit(text, at, digit, &in_word);
    if (at == text.len) break;
    ptrdiff_t next = at, end;
    int32_t c = hsy_utf8_next(text, &next);
    bool word = hsy_is_letter(c) || hsy_is_digit(c);
    hsy_date date;
    if (word && !in_word && hsy_date_may_begin(text, at) &&
        hsy_date_read(dates, hsy_str_slice(text, at, text.len), true, &date, &end)) {
      hsy_str found = hsy_str_slice(text, at, at + end);
      bool named = names_month(dates, found), day = is_day_first(found);
      t.day_first += named && day;
      t.month_first += named && !day;
      next = at + end;
    }
    in_word = word;
    at = next;
  }
  return decide(t);
}

hsy_day_order hsy_order_tell(const hsy_dates *dates, hsy_str text, hsy_str language, hsy_str url) {
  text = hsy_str_slice(text, 0, text.len < MOST_TEXT ? text.len : MOST_TEXT);
  hsy_day_order order = by_figures(text);
  if (order == HSY_ORDER_UNTOLD) order = by_language(language);
  if (order == HSY_ORDER_UNTOLD) order = by_address(url);
  if (order == HSY_ORDER_UNTOLD) order = by_zone(text);
  if (order == HSY_ORDER_UNTOLD) order = by_words(dates, text);
  return order;
}

bool hsy_order_is_open(hsy_str words) {
  for (ptrdiff_t at = 0; at < words.len; at++) {
    if (!is_digit(words.data[at]) || (at > 0 && is_digit(words.data[at - 1]))) continue;
    ptrdiff_t next = at;
    int first = small_number(words, &next);
    if (first < 1 || first > 12 || next >= words.len || (words.data[next] != '/' && words.data[next] != '-')) continue;
    next++;
    int second = small_number(words, &next);
    return second >= 1 && second <= 12;
  }
  return false;
}

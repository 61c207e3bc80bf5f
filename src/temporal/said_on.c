#include "temporal/said_on.h"

#include "base/bound.h"
#include "temporal/calendar.h"
#include "temporal/lists.h"
#include "temporal/tense.h"

/* Tokens between the cue and its time; and how far around it is looked, so that
 * an endless sentence costs no more than a long one. */
enum { REACH = 30, WINDOW = 48, DAY_BYTES = sizeof "2024-05-03" - 1 };

/* One attribution and the sentence of its cue, cut to the window. */
typedef struct clause {
  const hsy_doc *doc;
  const hsy_temporal_lists *lists;
  const hsy_attribution *row;
  hsy_sentence sentence;
  int32_t cue_first, cue_end; /* tokens */
  hsy_moment published;
} clause;

static int32_t digits(hsy_str s, ptrdiff_t at, int count) {
  int32_t value = 0;
  if (at + count > s.len) return -1;
  for (int i = 0; i < count; i++) {
    if (s.data[at + i] < '0' || s.data[at + i] > '9') return -1;
    value = 10 * value + (s.data[at + i] - '0');
  }
  return value;
}

/* The month, else the year, that the days from first to last lie in. */
static hsy_moment enclosing(int64_t first, int64_t last) {
  hsy_moment a = hsy_moment_from_days(first), b = hsy_moment_from_days(last);
  if (a.grain == HSY_GRAIN_NONE || b.grain == HSY_GRAIN_NONE || a.year != b.year) return (hsy_moment){0};
  return a.part == b.part ? hsy_moment_of(HSY_GRAIN_MONTH, a.year, a.part) : hsy_moment_of(HSY_GRAIN_YEAR, a.year, 0);
}

hsy_moment hsy_said_on_moment(hsy_str value) {
  int32_t year = digits(value, 0, 4), part;
  if (year < 1) return (hsy_moment){0};
  if (value.len == 4) return hsy_moment_of(HSY_GRAIN_YEAR, year, 0);
  if (value.len < 7 || value.data[4] != '-') return (hsy_moment){0};
  if (value.data[5] == 'W') {
    part = digits(value, 6, 2);
    if (part < 1 || part > 53) return (hsy_moment){0};
    bool weekend = hsy_str_ends(value, HSY_S("-WE"));
    hsy_moment week = hsy_moment_of(weekend ? HSY_GRAIN_WEEKEND : HSY_GRAIN_WEEK, year, part);
    return enclosing(hsy_moment_first(week), hsy_moment_last(week));
  }
  part = digits(value, 5, 2);
  if (part < 1 || part > 12) return hsy_moment_of(HSY_GRAIN_YEAR, year, 0); // a season, a quarter
  if (value.len == 7) return hsy_moment_of(HSY_GRAIN_MONTH, year, part);
  return hsy_moment_day(year, part, digits(value, 8, 2));
}

static hsy_str kind_of(const clause *c, int32_t token) {
  const hsy_lexicon_entry *entry = hsy_tense_look_up(c->doc, &c->lists->saying, token);
  return entry ? hsy_lexicon_field(entry, 0) : (hsy_str){0};
}

static bool is_kind(const clause *c, int32_t token, const char *kind) {
  return hsy_str_eq(kind_of(c, token), hsy_str_of(kind));
}

static bool in_content(const clause *c, int32_t token) {
  const hsy_token *t = &c->doc->tokens.data[token];
  hsy_part part = c->row->part[HSY_CONTENT];
  for (int32_t i = 0; i < part.count; i++) {
    hsy_span piece = hsy_doc_piece(c->doc, part, i);
    if (t->start < piece.end && piece.start < t->end) return true;
  }
  return false;
}

/* A verb other than the cue and its auxiliaries. */
static bool is_other_verb(const clause *c, int32_t token) {
  hsy_str kind = kind_of(c, token);
  if (hsy_str_eq(kind, HSY_S("verb"))) return true;
  if (hsy_str_eq(kind, HSY_S("aux")) || hsy_str_eq(kind, HSY_S("fine"))) return false;
  return hsy_tense_is_past(c->doc, &c->lists->verbs, token, c->sentence.first);
}

static bool is_comma(const clause *c, int32_t token) { return hsy_str_eq(hsy_doc_token(c->doc, token), HSY_S(",")); }

/* "…, who leads the party, …": the token behind the closing comma, or `token`
 * where no such clause begins there. */
static int32_t skip_relative(const clause *c, int32_t token, int32_t end) {
  if (!is_comma(c, token) || token + 1 >= end || !is_kind(c, token + 1, "who")) return token;
  for (int32_t i = token + 2; i < end; i++)
    if (is_comma(c, i)) return i + 1;
  return token;
}

/* "after the fire on Monday": the time is that of another event. */
static bool is_side(hsy_str kind) { return hsy_str_eq(kind, HSY_S("after")) || hsy_str_eq(kind, HSY_S("before")); }

/* Whether something between the cue and a time parts the two. */
static bool is_parted(const clause *c, int32_t first, int32_t end) {
  for (int32_t i = first; i < end;) {
    int32_t next = skip_relative(c, i, end);
    if (next > i) {
      i = next;
      continue;
    }
    hsy_str kind = kind_of(c, i);
    if (hsy_str_eq(kind, HSY_S("bar")) || hsy_str_eq(kind, HSY_S("who")) || in_content(c, i) || is_other_verb(c, i))
      return true;
    if (is_side(kind) && i + 1 < end) return true;
    i++;
  }
  return false;
}

/* Whether the words before a time, back to the last comma, claim it: "the bank
 * that closed on Monday". */
static bool is_claimed(const clause *c, int32_t first, bool comma_follows) {
  for (int32_t i = first - 1; i >= c->sentence.first && !is_comma(c, i); i--) {
    hsy_str kind = kind_of(c, i);
    if (c->doc->tokens.data[i].kind == HSY_TOKEN_CLOSE || c->doc->tokens.data[i].kind == HSY_TOKEN_OPEN) return false;
    if (hsy_str_eq(kind, HSY_S("who"))) return i < first - 1 || comma_follows;
    if (hsy_str_eq(kind, HSY_S("bar")) || in_content(c, i) || is_other_verb(c, i)) return true;
    if (is_side(kind)) return true;
  }
  return false;
}

static bool has_comma(const clause *c, int32_t first, int32_t end) {
  for (int32_t i = first; i < end; i++)
    if (is_comma(c, i)) return true;
  return false;
}

static bool is_possessive(const clause *c, int32_t end) {
  return end < c->sentence.end && (c->doc->tokens.data[end].flags & HSY_TOKEN_SUFFIX);
}

/* "since Monday", "Monday's", and not "said after Saturday's match", "the announcement of March 11". */
static bool is_apart(const clause *c, int32_t first, int32_t end) {
  bool beside_cue = first > c->cue_first && first - 1 <= c->cue_end, possessive = is_possessive(c, end);
  hsy_str kind = first > c->sentence.first ? kind_of(c, first - 1) : (hsy_str){0};
  if (hsy_str_eq(kind, HSY_S("of"))) return !beside_cue;
  if (hsy_str_eq(kind, HSY_S("after"))) return !(possessive && beside_cue);
  if (hsy_str_eq(kind, HSY_S("apart")) || hsy_str_eq(kind, HSY_S("before"))) return true;
  return possessive;
}

/* Tokens between the cue and the time, or -1 where it is not the saying's. A
 * tagger can take the time into the cue: "said Tuesday". */
static int32_t distance(const clause *c, int32_t first, int32_t end) {
  if (in_content(c, first) || is_apart(c, first, end)) return -1;
  if (first >= c->cue_first && end <= c->cue_end) return 0;
  if (first >= c->cue_end) return is_parted(c, c->cue_end, first) ? -1 : first - c->cue_end;
  if (end > c->cue_first || is_parted(c, end, c->cue_first)) return -1;
  return is_claimed(c, first, has_comma(c, end, c->cue_first)) ? -1 : c->cue_first - end;
}

static bool is_after_publication(const clause *c, hsy_moment day) {
  return c->published.grain != HSY_GRAIN_NONE && hsy_moment_first(day) > hsy_moment_first(c->published);
}

static ptrdiff_t first_time_from(const hsy_doc *doc, int32_t byte) {
  hsy_bound half = {.high = doc->times.len};
  while (hsy_bound_open(&half)) hsy_bound_cut(&half, doc->times.data[half.middle].span.start < byte);
  return half.low;
}

/* The time of the sentence that dates the saying; NULL for none. */
static const hsy_time *find_time(const clause *c, hsy_moment *day) {
  const hsy_doc *doc = c->doc;
  hsy_span span = hsy_doc_tokens(doc, c->sentence.first, c->sentence.end);
  const hsy_time *best = NULL;
  int32_t nearest = REACH;
  for (ptrdiff_t i = first_time_from(doc, span.start); i < doc->times.len; i++) {
    const hsy_time *time = &doc->times.data[i];
    if (time->span.start >= span.end) break;
    hsy_moment moment = hsy_said_on_moment(time->value);
    if (moment.grain == HSY_GRAIN_NONE || is_after_publication(c, moment)) continue;
    int32_t first = hsy_doc_token_at(doc, time->span.start), end = hsy_doc_token_at(doc, time->span.end - 1) + 1;
    int32_t away = distance(c, first, end);
    if (away < 0 || away >= nearest) continue;
    nearest = away;
    best = time;
    *day = moment;
  }
  return best;
}

static bool find_clause(clause *c) {
  hsy_part cue = c->row->part[HSY_CUE];
  if (cue.count == 0) return false;
  hsy_span first = hsy_doc_piece(c->doc, cue, 0);
  c->cue_first = hsy_doc_token_at(c->doc, first.start);
  c->cue_end = hsy_doc_token_at(c->doc, first.end - 1) + 1;
  int32_t sentence = hsy_doc_sentence_of(c->doc, c->cue_first);
  if (sentence >= c->doc->sentences.len || c->doc->sentences.data[sentence].first > c->cue_first) return false;
  c->sentence = c->doc->sentences.data[sentence];
  if (c->sentence.first < c->cue_first - WINDOW) c->sentence.first = c->cue_first - WINDOW;
  if (c->sentence.end > c->cue_end + WINDOW) c->sentence.end = c->cue_end + WINDOW;
  return c->cue_end <= c->sentence.end;
}

static void set(hsy_doc *doc, int32_t row, hsy_str day, hsy_basis basis, hsy_span span) {
  doc->attributions.data[row].said_on = day;
  hsy_evidence *evidence = hsy_push(&doc->evidence, doc->arena);
  *evidence = (hsy_evidence){row, "said_on", basis, span};
}

/* "admitted on Friday that …, but insisted that …": the cue before, of the
 * same sentence and level, that an "and" or "but" joins this one to. */
static bool is_joined(const clause *c, const clause *before) {
  if (before->sentence.paragraph != c->sentence.paragraph || before->sentence.end <= c->cue_first ||
      c->row->parent != before->row->parent)
    return false;
  if (before->cue_end > c->cue_first) return false;
  for (int32_t i = c->cue_first - 1; i >= before->cue_end && i >= c->cue_first - 3; i--)
    if (is_kind(c, i, "and")) return true;
  return false;
}

static bool same_source(const clause *a, const clause *b) {
  hsy_part x = a->row->part[HSY_SOURCE], y = b->row->part[HSY_SOURCE];
  if (x.count == 0 || y.count == 0) return true;
  hsy_str mine = hsy_doc_span(a->doc, hsy_doc_piece(a->doc, x, 0));
  return mine.len <= 4 || hsy_str_eq(mine, hsy_doc_span(b->doc, hsy_doc_piece(b->doc, y, 0))); // a pronoun, or the same
}

/* The earlier attribution whose day goes on here, or NONE. */
static int32_t donor_of(const clause *c, const clause *before, int32_t row) {
  if (c->row->same_run >= 0 && c->row->same_run < row) return c->row->same_run;
  return before->row && is_joined(c, before) && same_source(c, before) ? row - 1 : HSY_NONE;
}

/* "said | three Fridays ago that the weir had moved": the day is the saying's, and
 * what is said begins with "that". */
static void free_day(hsy_doc *doc, int32_t row) {
  hsy_part content = doc->attributions.data[row].part[HSY_CONTENT];
  if (!content.count || doc->attributions.data[row].kind != HSY_INDIRECT) return;
  hsy_span *piece = &doc->pieces.data[content.first];
  ptrdiff_t i = first_time_from(doc, piece->start);
  if (i >= doc->times.len || doc->times.data[i].span.end >= piece->end) return;
  hsy_span day = doc->times.data[i].span;
  int32_t first = hsy_doc_token_at(doc, piece->start), that = hsy_doc_token_at(doc, day.end);
  bool opens = day.start == piece->start || first + 1 == hsy_doc_token_at(doc, day.start); /* "on Monday" */
  if (opens && that + 1 < doc->tokens.len && hsy_str_eq_nocase(hsy_doc_token(doc, that), HSY_S("that")))
    piece->start = doc->tokens.data[that].start;
}

bool hsy_temporal_said_on(hsy_doc *doc, const hsy_temporal_lists *lists, hsy_error *err) {
  clause before = {0};
  for (int32_t row = 0; row < doc->attributions.len; row++) {
    hsy_moment day = {0};
    free_day(doc, row);
    clause c = {.doc = doc,
                .lists = lists,
                .row = &doc->attributions.data[row],
                .published = hsy_moment_read(doc->meta.published)};
    bool dated = find_clause(&c);
    const hsy_time *time = dated ? find_time(&c, &day) : NULL;
    int32_t from = time ? HSY_NONE : donor_of(&c, &before, row);
    if (time)
      set(doc, row, hsy_moment_format(doc->arena, day), HSY_EXPLICIT, time->span);
    else if (from >= 0 && doc->attributions.data[from].said_on.len)
      set(doc, row, doc->attributions.data[from].said_on, HSY_INHERITED, (hsy_span){0, 0});
    else if (doc->meta.post.len && doc->meta.published.len)
      set(doc, row, hsy_str_slice(doc->meta.published, 0, DAY_BYTES), HSY_INHERITED, (hsy_span){0, 0});
    before = dated ? c : (clause){0};
  }
  return hsy_arena_check(*doc->arena, "temporal", err);
}

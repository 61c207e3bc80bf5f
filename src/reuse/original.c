#include "reuse/original.h"

enum { DAY = 10 /* bytes of "2024-03-11" */ };

static bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }

/* "CWS" for "Continental Wire Service": each letter begins a capitalised word. */
static bool is_acronym(hsy_str letters, hsy_str name) {
  ptrdiff_t at = 0;
  for (ptrdiff_t i = 0; i < name.len; i++) {
    bool begins = is_capital(name.data[i]) && (!i || name.data[i - 1] == ' ' || name.data[i - 1] == '-');
    if (!begins) continue;
    if (at == letters.len || letters.data[at] != name.data[i]) return false;
    at++;
  }
  return at > 1 && at == letters.len;
}

static bool names_agree(hsy_str outlet, hsy_str agency) {
  if (!outlet.len || !agency.len) return false;
  return hsy_str_eq_nocase(outlet, agency) || is_acronym(agency, outlet) || is_acronym(outlet, agency);
}

/* The agencies that a group credits, with how many of it do: few, however many
 * documents there are. */
enum { AGENCIES = 16 };
typedef struct agencies {
  hsy_str name[AGENCIES];
  ptrdiff_t credits[AGENCIES];
  int count;
} agencies;

static void count_agency(agencies *all, hsy_str name) {
  int i = 0;
  while (i < all->count && !hsy_str_eq(all->name[i], name)) i++;
  if (!name.len || i == AGENCIES) return;
  if (i == all->count) all->name[all->count++] = name;
  all->credits[i]++;
}

/* Documents whose credit names this one's outlet, itself included. */
static ptrdiff_t credits_of(const agencies *all, const hsy_candidate *document) {
  ptrdiff_t credits = 0;
  for (int i = 0; i < all->count; i++)
    if (names_agree(document->outlet, all->name[i])) credits += all->credits[i];
  return credits;
}

/* Negative where a is earlier. A time counts only where both have one, and
 * no day at all comes last. */
static int compare_days(hsy_str a, hsy_str b) {
  if (!a.len || !b.len) return (a.len == 0) - (b.len == 0);
  ptrdiff_t len = a.len < b.len ? a.len : b.len;
  bool same_zone = a.len == b.len;
  if (!same_zone && len > DAY) len = DAY;
  return hsy_str_cmp(hsy_str_slice(a, 0, len), hsy_str_slice(b, 0, len));
}

typedef struct rank {
  bool agency;
  const hsy_candidate *document;
} rank;

static bool is_better(rank a, rank b) {
  if (a.agency != b.agency) return a.agency;
  int day = compare_days(a.document->published, b.document->published);
  if (day) return day < 0;
  if (!a.document->agency.len != !b.document->agency.len) return !a.document->agency.len;
  if (a.document->words != b.document->words) return a.document->words > b.document->words;
  return a.document->key < b.document->key;
}

static bool is_alone_first(const hsy_candidate *documents, ptrdiff_t count, ptrdiff_t best) {
  for (ptrdiff_t i = 0; i < count; i++)
    if (i != best && compare_days(documents[best].published, documents[i].published) >= 0) return false;
  return documents[best].published.len > 0;
}

static bool is_fullest(const hsy_candidate *documents, ptrdiff_t count, ptrdiff_t best) {
  for (ptrdiff_t i = 0; i < count; i++)
    if (i != best && documents[i].words >= documents[best].words) return false;
  return true;
}

static bool gives_no_day(const hsy_candidate *documents, ptrdiff_t count) {
  for (ptrdiff_t i = 0; i < count; i++)
    if (documents[i].published.len) return false;
  return true;
}

static void add_reason(hsy_buf *out, hsy_str reason) {
  if (out->len) hsy_buf_add(out, HSY_S("; "));
  hsy_buf_add(out, reason);
}

static hsy_str reasons(const hsy_candidate *documents, ptrdiff_t count, ptrdiff_t best, ptrdiff_t credits,
                       hsy_arena *arena) {
  const hsy_candidate *d = &documents[best];
  hsy_buf out = hsy_buf_in(arena);
  if (credits)
    add_reason(&out,
               hsy_str_printf(arena, "%.*s is the agency credited in %td of %td", HSY_FMT(d->outlet), credits, count));
  hsy_str day = hsy_str_slice(d->published, 0, d->published.len < DAY ? d->published.len : DAY);
  if (is_alone_first(documents, count, best))
    add_reason(&out, hsy_str_printf(arena, "published first (%.*s)", HSY_FMT(day)));
  if (is_fullest(documents, count, best))
    add_reason(&out, hsy_str_printf(arena, "the fullest text (%td words)", d->words));
  if (gives_no_day(documents, count)) add_reason(&out, HSY_S("none gives its day"));
  if (!out.len) add_reason(&out, HSY_S("among the first and the fullest; another may be as old"));
  return hsy_buf_str(&out);
}

ptrdiff_t hsy_original_of(const hsy_candidate *documents, ptrdiff_t count, hsy_str *because, hsy_arena *arena) {
  ptrdiff_t best = 0;
  agencies all = {.count = 0};
  for (ptrdiff_t i = 0; i < count; i++) count_agency(&all, documents[i].agency);
  rank top = {credits_of(&all, &documents[0]) > 0, &documents[0]};
  for (ptrdiff_t i = 1; i < count; i++) {
    rank next = {credits_of(&all, &documents[i]) > 0, &documents[i]};
    if (is_better(next, top)) best = i, top = next;
  }
  *because = reasons(documents, count, best, credits_of(&all, &documents[best]), arena);
  return best;
}

#include "temporal/patterns.h"

static uint64_t read_mask(hsy_str names, hsy_error *err) {
  uint64_t mask = 0;
  hsy_str rest = names;
  while (rest.len) {
    hsy_str name = hsy_str_cut(rest, '|', &rest);
    uint64_t bit = hsy_words_class(name);
    if (!bit) hsy_fail(err, HSY_BAD_INPUT, "temporal", -1, "a pattern names no class: %.*s", HSY_FMT(names));
    mask |= bit;
  }
  return mask;
}

static bool compile_one(hsy_pattern *p, hsy_str text, hsy_error *err) {
  while (text.len) {
    hsy_str element = hsy_str_cut(text, ' ', &text);
    char mark = element.data[0];
    if (mark == '<') {
      p->before = read_mask(hsy_str_slice(element, 1, element.len), err);
    } else if (mark == '!') {
      p->not_after = read_mask(hsy_str_slice(element, 1, element.len), err);
    } else {
      if (p->count == HSY_PATTERN_ELEMENTS) return hsy_fail(err, HSY_LIMIT, "temporal", -1, "a pattern is too long");
      p->optional[p->count] = mark == '[';
      if (mark == '[') element = hsy_str_slice(element, 1, element.len - 1);
      p->mask[p->count++] = read_mask(element, err);
    }
  }
  return !err || err->code == HSY_OK;
}

/* Enters the row under every class that it can begin with. */
static void index_row(hsy_patterns *patterns, int row) {
  const hsy_pattern *p = &patterns->rows[row];
  for (int e = 0; e < p->count; e++) {
    for (int c = 0; c < HSY_TC_COUNT; c++)
      if (p->mask[e] >> c & 1) patterns->first[c][row / 64] |= UINT64_C(1) << (row % 64);
    if (!p->optional[e]) return;
  }
}

bool hsy_patterns_compile(hsy_patterns *patterns, const char *const *texts, int count, hsy_arena *arena,
                          hsy_error *err) {
  if (count > 64 * HSY_PATTERN_SETS) return hsy_fail(err, HSY_LIMIT, "temporal", -1, "too many patterns");
  patterns->rows = hsy_new(arena, hsy_pattern, count);
  patterns->first = (uint64_t(*)[HSY_PATTERN_SETS])hsy_new(arena, uint64_t, HSY_TC_COUNT * HSY_PATTERN_SETS);
  patterns->count = count;
  if (!hsy_arena_check(*arena, "temporal", err)) return false;
  for (int i = 0; i < count; i++) {
    if (!compile_one(&patterns->rows[i], hsy_str_of(texts[i]), err)) return false;
    index_row(patterns, i);
  }
  return true;
}

typedef struct attempt {
  const hsy_pattern *pattern;
  const hsy_time_item *items;
  int32_t count;
  hsy_match *match;
  bool prefix;
} attempt;

static bool ends_well(const attempt *a, int32_t at) {
  if (!a->prefix && !a->items[at - 1].closes) return false;
  return at == a->count || !(a->items[at].classes & a->pattern->not_after);
}

static bool match_from(attempt *a, int element, int32_t at) {
  if (element == a->pattern->count) {
    a->match->end = at;
    return at > a->match->first && ends_well(a, at);
  }
  if (at < a->count && (a->items[at].classes & a->pattern->mask[element])) {
    a->match->item[element] = at;
    if (match_from(a, element + 1, at + 1)) return true;
  }
  a->match->item[element] = HSY_NONE;
  return a->pattern->optional[element] && match_from(a, element + 1, at);
}

static bool try_row(const attempt *start, const hsy_patterns *patterns, int row, int32_t at, hsy_match *match) {
  const hsy_pattern *p = &patterns->rows[row];
  if (p->before && (at == 0 || !(start->items[at - 1].classes & p->before))) return false;
  attempt a = *start;
  *match = (hsy_match){.row = row, .first = at};
  a.pattern = p;
  a.match = match;
  return match_from(&a, 0, at);
}

static bool best_row(const attempt *start, const hsy_patterns *patterns, int32_t at, const hsy_pattern_rows *without,
                     hsy_match *match) {
  hsy_pattern_rows rows = {{0}};
  const hsy_time_item *item = &start->items[at];
  if (item->classes & HSY_TC(COMMA)) return false;
  for (uint64_t left = item->classes; left; left &= left - 1)
    for (int s = 0; s < HSY_PATTERN_SETS; s++) rows.bits[s] |= patterns->first[__builtin_ctzll(left)][s];
  bool found = false;
  for (int s = 0; s < HSY_PATTERN_SETS; s++)
    for (uint64_t left = without ? rows.bits[s] & ~without->bits[s] : rows.bits[s]; left; left &= left - 1) {
      hsy_match one;
      if (!try_row(start, patterns, 64 * s + __builtin_ctzll(left), at, &one)) continue;
      if (!found || one.end > match->end) *match = one;
      found = true;
    }
  return found;
}

bool hsy_patterns_match(const hsy_patterns *patterns, const hsy_time_item *items, int32_t count, int32_t at,
                        const hsy_pattern_rows *without, hsy_match *match) {
  attempt start = {.items = items, .count = count};
  return best_row(&start, patterns, at, without, match);
}

bool hsy_patterns_match_prefix(const hsy_patterns *patterns, const hsy_time_item *items, int32_t count, int32_t at,
                               hsy_match *match) {
  attempt start = {.items = items, .count = count, .prefix = true};
  return best_row(&start, patterns, at, NULL, match);
}

const hsy_time_item *hsy_match_find(const hsy_patterns *patterns, const hsy_match *match, const hsy_time_item *items,
                                    uint64_t class) {
  const hsy_pattern *p = &patterns->rows[match->row];
  for (int e = 0; e < p->count; e++)
    if ((p->mask[e] & class) && match->item[e] != HSY_NONE && (items[match->item[e]].classes & class))
      return &items[match->item[e]];
  return NULL;
}

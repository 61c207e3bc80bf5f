#include "link/entity_corrections.h"

#include "base/utf8.h"

typedef struct corrector {
  const hsy_entity_row *rows;
  const hsy_form *const *forms; // [count]
  int32_t count;
  const hsy_speaker_lists *lists;
  int32_t *group_of;
  hsy_str *forced;
  hsy_arena *scratch;
} corrector;

static bool has_alias(const corrector *c, int32_t row, const hsy_form *form) {
  for (int32_t i = 0; i < c->rows[row].alias_count; i++) {
    hsy_arena scratch = *c->scratch;
    if (hsy_str_eq(hsy_form_of(c->rows[row].aliases[i], c->lists, &scratch).key, form->key)) return true;
  }
  return false;
}

/* Rows called so: by name, or where none is, by alias. */
static int32_t rows_called(const corrector *c, hsy_str name, int32_t *out) {
  hsy_form form = hsy_form_of(name, c->lists, c->scratch);
  int32_t n = 0;
  for (int32_t i = 0; i < c->count; i++)
    if (hsy_str_eq(c->forms[i]->key, form.key)) out[n++] = i;
  for (int32_t i = 0; n == 0 && i < c->count; i++)
    if (has_alias(c, i, &form)) out[n++] = i;
  return n;
}

static void move_group(const corrector *c, int32_t from, int32_t to) {
  for (int32_t i = 0; from != to && i < c->count; i++)
    if (c->group_of[i] == from) c->group_of[i] = to;
}

/* A number that no row has for its group: the count is enough below 2^31. */
static int32_t free_group(const corrector *c) {
  bool *used = hsy_new(c->scratch, bool, c->count + 1);
  if (!used) return 0;
  for (int32_t i = 0; i < c->count; i++) used[c->group_of[i]] = true;
  int32_t free = 0;
  while (free < c->count && used[free]) free++;
  return free;
}

static void merge(const corrector *c, const hsy_correction *what, int32_t *called) {
  int32_t n = rows_called(c, what->a, called), m = rows_called(c, what->b, called + n);
  bool alias = what->kind == HSY_CORRECT_ALIAS; /* gives the name also where nobody bears the alias, or the name */
  if (n + m == 0 || (!alias && (n == 0 || m == 0))) return;
  int32_t to = c->group_of[called[0]];
  for (int32_t i = 1; i < n + m; i++) move_group(c, c->group_of[called[i]], to);
  if (alias) c->forced[to] = what->a;
}

/* Takes the rows of the name, or of one document, out of the group of a. */
static void split(const corrector *c, const hsy_correction *what, int32_t *called) {
  int32_t n = rows_called(c, what->a, called), taken = 0;
  if (n == 0) return;
  int32_t from = c->group_of[called[0]], to = free_group(c);
  if (to >= c->count) return; /* every row is by itself already */
  for (int32_t i = 0; i < n; i++) {
    if (!hsy_str_eq(c->rows[called[i]].document, what->b)) continue;
    c->group_of[called[i]] = to;
    taken++;
  }
  if (taken) return;
  int32_t m = rows_called(c, what->b, called);
  for (int32_t i = 0; i < m; i++)
    if (c->group_of[called[i]] == from) c->group_of[called[i]] = to;
}

void hsy_correct_rows(const hsy_entity_row *rows, const hsy_form *const *forms, int32_t count,
                      const hsy_correction *corrections, int32_t correction_count, const hsy_speaker_lists *lists,
                      int32_t *group_of, hsy_str *forced, hsy_arena *scratch) {
  corrector c = {rows, forms, count, lists, group_of, forced, scratch};
  int32_t *called = hsy_new(scratch, int32_t, (ptrdiff_t)count * 2 + 1);
  for (int32_t i = 0; called && i < correction_count; i++) {
    if (corrections[i].kind == HSY_CORRECT_SPLIT)
      split(&c, &corrections[i], called);
    else
      merge(&c, &corrections[i], called);
  }
}

/* ---- whether a correction makes sense ---- */

static bool check_name(hsy_str name, hsy_error *err) {
  if (hsy_str_trim(name).len == 0) return hsy_fail(err, HSY_USAGE, "link", -1, "an entity needs a name");
  if (name.len > HSY_ENTITY_NAME_MAX)
    return hsy_fail(err, HSY_USAGE, "link", -1, "the name is %td bytes long; %d are allowed", name.len,
                    HSY_ENTITY_NAME_MAX);
  return true;
}

/* Follows aliases from b: b is a name of a, a of something else … */
static bool leads_to(const hsy_correction *standing, int32_t count, hsy_str from, hsy_str to, hsy_arena *scratch) {
  hsy_str at = from;
  for (int32_t steps = 0; steps <= count; steps++) {
    if (hsy_str_eq(at, to)) return true;
    int32_t next = HSY_NONE;
    for (int32_t i = 0; i < count; i++)
      if (standing[i].kind == HSY_CORRECT_ALIAS && hsy_str_eq(hsy_utf8_fold(scratch, standing[i].b), at)) next = i;
    if (next == HSY_NONE) return false;
    at = hsy_utf8_fold(scratch, standing[next].a);
  }
  return false;
}

bool hsy_correction_check(const hsy_correction *standing, int32_t count, const hsy_correction *added, hsy_arena scratch,
                          hsy_error *err) {
  if (!check_name(added->a, err) || !check_name(added->b, err)) return false;
  hsy_str a = hsy_utf8_fold(&scratch, added->a), b = hsy_utf8_fold(&scratch, added->b);
  if (hsy_str_eq(a, b)) return hsy_fail(err, HSY_USAGE, "link", -1, "both names are the same");
  if (added->kind == HSY_CORRECT_ALIAS && leads_to(standing, count, a, b, &scratch))
    return hsy_fail(err, HSY_USAGE, "link", -1, "the first name is an alias of the second already");
  return hsy_arena_check(scratch, "link", err);
}

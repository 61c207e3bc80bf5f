#include "record/correct.h"

#include "base/utf8.h"
#include "record/relink.h"
#include "link/entity_forms.h"

/* ---- whether it may stand ---- */

static bool same_name(hsy_str a, hsy_str b, hsy_arena *scratch) {
  return hsy_str_eq(hsy_utf8_fold(scratch, a), hsy_utf8_fold(scratch, b));
}

static bool same_pair(const hsy_correction *x, const hsy_correction *y, hsy_arena *scratch) {
  bool straight = same_name(x->a, y->a, scratch) && same_name(x->b, y->b, scratch);
  return straight || (same_name(x->a, y->b, scratch) && same_name(x->b, y->a, scratch));
}

static bool refuse(const hsy_stored_correction *standing, const char *why, hsy_error *err) {
  return hsy_fail(err, HSY_USAGE, "record", -1, "%s (correction %lld, take that back first)", why,
                  (long long)standing->number);
}

static bool fits(const hsy_stored_correction *standing, const hsy_correction *added, hsy_arena scratch,
                 hsy_error *err) {
  const hsy_correction *what = &standing->what;
  if (same_pair(what, added, &scratch)) {
    if ((what->kind == HSY_CORRECT_SPLIT) != (added->kind == HSY_CORRECT_SPLIT))
      return refuse(standing, what->kind == HSY_CORRECT_SPLIT ? "the two were told apart" : "the two were made one",
                    err);
    if (what->kind == added->kind)
      return hsy_fail(err, HSY_USAGE, "record", -1, "that was said already (correction %lld)",
                      (long long)standing->number);
  }
  bool both_aliases = what->kind == HSY_CORRECT_ALIAS && added->kind == HSY_CORRECT_ALIAS;
  if (both_aliases && same_name(what->b, added->b, &scratch))
    return refuse(standing, "the alias is another's already", err);
  return true;
}

static bool check(const hsy_stored_correction_vec *standing, const hsy_correction *added, hsy_arena scratch,
                  hsy_error *err) {
  hsy_correction *plain = hsy_new(&scratch, hsy_correction, standing->len);
  if (!hsy_arena_check(scratch, "record", err)) return false;
  for (ptrdiff_t i = 0; i < standing->len; i++) plain[i] = standing->data[i].what;
  if (!hsy_correction_check(plain, (int32_t)standing->len, added, scratch, err)) return false;
  for (ptrdiff_t i = 0; i < standing->len; i++)
    if (!fits(&standing->data[i], added, scratch, err)) return false;
  return hsy_arena_check(scratch, "record", err);
}

/* ---- a split by an article, and from everything ---- */

/* b as the article's origin, where no name is meant by it. */
static bool resolve_article(hsy_store *store, hsy_correction *what, hsy_arena *arena, hsy_error *err) {
  bool is_name;
  hsy_key_vec keys = {0};
  if (!hsy_store_name_known(store, what->b, &is_name, *arena, err)) return false;
  if (is_name) return true;
  hsy_store_find(store, what->b, &keys, arena, err);
  if (err->code != HSY_OK || keys.len == 0) return err->code == HSY_OK;
  if (keys.len > 1)
    return hsy_fail(err, HSY_USAGE, "record", -1, "%td articles have that path; name one by its id or number",
                    keys.len);
  hsy_query query = hsy_db_query(hsy_store_db(store), "SELECT origin FROM documents WHERE key = ?", err);
  hsy_bind_int(&query, keys.data[0]);
  if (hsy_query_next(&query)) what->b = hsy_str_copy(arena, hsy_column_str(&query, 0));
  hsy_query_end(&query);
  return err->code == HSY_OK && hsy_arena_check(*arena, "record", err);
}

/* Every name beside a that reads as another form. */
static bool list_others(hsy_store *store, hsy_str a, hsy_str_vec *others, hsy_arena *arena, hsy_error *err) {
  hsy_str_vec names = {0};
  hsy_speaker_lists lists;
  if (!hsy_store_names_beside(store, a, &names, arena, err) || !hsy_speaker_load(&lists, arena, err)) return false;
  hsy_str own = hsy_form_of(a, &lists, arena).key;
  for (ptrdiff_t i = 0; i < names.len; i++)
    if (!hsy_str_eq(hsy_form_of(names.data[i], &lists, arena).key, own)) *hsy_push(others, arena) = names.data[i];
  if (!hsy_arena_check(*arena, "record", err)) return false;
  if (others->len) return true;
  return hsy_fail(err, names.len ? HSY_USAGE : HSY_NOT_FOUND, "record", -1,
                  names.len ? "%.*s: it goes by no other name" : "%.*s: nobody is called so",
                  (int)(a.len < 100 ? a.len : 100), a.data);
}

/* ---- keeping ---- */

static bool keep(hsy_store *store, const hsy_correction *what, hsy_stored_correction_vec *kept, hsy_arena *arena,
                 hsy_error *err) {
  hsy_stored_correction_vec standing = {0};
  hsy_stored_correction row = {.what = *what};
  hsy_arena scratch = *arena;
  if (!hsy_store_corrections(store, &standing, &scratch, err) || !check(&standing, what, scratch, err)) return false;
  if (!hsy_store_put_correction(store, what, &row.number, *arena, err)) return false;
  *hsy_push(kept, arena) = row;
  return hsy_arena_check(*arena, "record", err);
}

static bool keep_all(hsy_store *store, const hsy_correction *what, hsy_stored_correction_vec *kept, hsy_arena *arena,
                     hsy_error *err) {
  hsy_correction one = {what->kind, hsy_str_trim(what->a), hsy_str_trim(what->b)};
  hsy_str_vec others = {0};
  if (one.kind != HSY_CORRECT_SPLIT) return keep(store, &one, kept, arena, err);
  if (one.b.len) return resolve_article(store, &one, arena, err) && keep(store, &one, kept, arena, err);
  if (!list_others(store, one.a, &others, arena, err)) return false;
  for (ptrdiff_t i = 0; i < others.len; i++) {
    one.b = others.data[i];
    if (!keep(store, &one, kept, arena, err)) return false;
  }
  return true;
}

/* Whether links stay as they are: two were told apart that are two already. */
static bool changes_nothing(hsy_store *store, const hsy_stored_correction_vec *kept, hsy_arena scratch,
                            hsy_error *err) {
  bool apart = true;
  for (ptrdiff_t i = 0; i < kept->len && apart && err->code == HSY_OK; i++) {
    const hsy_correction *what = &kept->data[i].what;
    apart = what->kind == HSY_CORRECT_SPLIT && hsy_store_names_apart(store, what->a, what->b, scratch, err);
  }
  return apart;
}

bool hsy_correct_keep(hsy_store *store, const hsy_correction *what, hsy_stored_correction_vec *kept, hsy_arena *arena,
                      hsy_error *err) {
  if (!hsy_store_begin(store, err)) return false;
  bool ok = keep_all(store, what, kept, arena, err) &&
            (changes_nothing(store, kept, *arena, err) || hsy_relink_note(store, err)) && hsy_store_commit(store, err);
  if (!ok) hsy_store_rollback(store);
  return ok;
}

bool hsy_correct(hsy_store *store, const hsy_correction *what, hsy_stored_correction_vec *kept, hsy_arena *arena,
                 hsy_error *err) {
  return hsy_correct_keep(store, what, kept, arena, err) && hsy_relink(store, err);
}

/* The correction of that number, in the arena. */
static bool find_correction(hsy_store *store, int64_t number, hsy_stored_correction_vec *found, hsy_arena *arena,
                            hsy_error *err) {
  hsy_stored_correction_vec all = {0};
  if (!hsy_store_corrections(store, &all, arena, err)) return false;
  for (ptrdiff_t i = 0; i < all.len; i++)
    if (all.data[i].number == number) *hsy_push(found, arena) = all.data[i];
  if (!hsy_arena_check(*arena, "record", err)) return false;
  return found->len > 0 || hsy_fail(err, HSY_NOT_FOUND, "record", -1, "there is no correction %lld", (long long)number);
}

bool hsy_correct_forget(hsy_store *store, int64_t number, hsy_error *err) {
  enum { HEAP_BYTES = 256 << 20 };
  bool found = false;
  hsy_heap *heap = hsy_heap_new(HEAP_BYTES, err);
  if (!heap || !hsy_store_begin(store, err)) {
    hsy_heap_free(heap);
    return false;
  }
  hsy_arena arena = hsy_heap_reset(heap);
  hsy_stored_correction_vec gone = {0};
  bool ok = find_correction(store, number, &gone, &arena, err) &&
            hsy_store_drop_correction(store, number, &found, err) && hsy_relink_note(store, err) &&
            hsy_store_commit(store, err);
  if (!ok) hsy_store_rollback(store);
  hsy_heap_free(heap);
  return ok;
}

bool hsy_correct_back(hsy_store *store, int64_t number, hsy_error *err) {
  return hsy_correct_forget(store, number, err) && hsy_relink(store, err);
}

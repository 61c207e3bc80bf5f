#include "store/links.h"

#include "link/variants.h"

/* As store/schema.c has it. */
enum { NONE_TO_COMPARE, AGREE, DIFFER };

static int compare(const hsy_stored_report_vec *reports, hsy_arena scratch, hsy_error *err) {
  hsy_wording *wordings = hsy_new(&scratch, hsy_wording, reports->len);
  hsy_variants variants = {0};
  for (ptrdiff_t i = 0; wordings && i < reports->len; i++)
    wordings[i] = (hsy_wording){reports->data[i].content, reports->data[i].kind};
  hsy_arena arena = hsy_arena_split(&scratch, (size_t)(scratch.end - scratch.next) / 2);
  if (!hsy_arena_check(scratch, "store", err) ||
      !hsy_variants_find(wordings, (int32_t)reports->len, &variants, &arena, scratch, err))
    return NONE_TO_COMPARE;
  if (variants.differs) return DIFFER;
  return variants.list.len ? AGREE : NONE_TO_COMPARE;
}

static void keep(hsy_store *store, int64_t statement, int varies, hsy_error *err) {
  hsy_query query = hsy_db_query(hsy_store_db(store), "UPDATE statements SET varies = ? WHERE key = ?", err);
  hsy_bind_int(&query, varies);
  hsy_bind_int(&query, statement);
  hsy_query_run(&query);
}

bool hsy_store_compare_wordings(hsy_store *store, hsy_arena scratch, hsy_error *err) {
  hsy_key_vec keys = {0};
  hsy_query query =
      hsy_db_query(hsy_store_db(store),
                   "SELECT key FROM statements WHERE quoted > 1 AND ifnull(varies, 2) = 2 AND varies IS NULL", err);
  while (hsy_query_next(&query)) *hsy_push(&keys, &scratch) = hsy_column_int(&query, 0);
  for (ptrdiff_t i = 0; i < keys.len && err->code == HSY_OK; i++) {
    hsy_arena arena = scratch;
    hsy_stored_report_vec reports = {0};
    if (!hsy_store_reports(store, keys.data[i], &reports, &arena, err)) break;
    int varies = compare(&reports, arena, err);
    keep(store, keys.data[i], varies, err);
  }
  return err->code == HSY_OK && hsy_arena_check(scratch, "store", err);
}

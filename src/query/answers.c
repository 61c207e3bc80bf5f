#include "query/answers.h"

enum { HEAP_BYTES = 1 << 30 }; /* addresses */

static bool turn_to(hsy_answers *answers, int64_t document, hsy_error *err) {
  if (answers->key == document) return true;
  if (!answers->heap) answers->heap = hsy_heap_new(HEAP_BYTES, err);
  if (!answers->heap) return false;
  answers->arena = hsy_heap_reset(answers->heap);
  answers->key = 0;
  hsy_doc_init(&answers->doc, &answers->arena);
  if (!hsy_store_load(answers->store, document, HSY_LOAD_TEXT | HSY_LOAD_ATTRIBUTIONS, &answers->doc, err))
    return false;
  answers->key = document;
  return true;
}

bool hsy_answers_attribution(hsy_answers *answers, int64_t document, int64_t n, hsy_str id, hsy_str cursor,
                             hsy_arena scratch, hsy_error *err) {
  if (!hsy_arena_check(scratch, "query", err) || !turn_to(answers, document, err)) return false;
  if (n < 0 || n >= answers->doc.attributions.len)
    return hsy_fail(err, HSY_STORE, "query", -1, "the store is damaged: an attribution is missing");
  hsy_answer answer = {.kind = HSY_ANSWER_ATTRIBUTION,
                       .doc = &answers->doc,
                       .id = id,
                       .attribution = (int32_t)n,
                       .cursor = cursor,
                       .part = answers->part,
                       .fields = answers->fields.data,
                       .field_count = answers->fields.len};
  return answers->fn(answers->user, &answer, scratch, err);
}

void hsy_answers_reset(hsy_answers *answers) {
  hsy_heap_free(answers->heap);
  answers->heap = NULL;
}

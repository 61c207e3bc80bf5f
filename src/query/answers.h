/* Attributions as answers: the document of the last one is kept, since the
 * next is often of the same.
 *
 * In. Keys of documents and numbers of attributions.
 * Out. Answers.
 * Owns. A heap with the document at hand, until hsy_answers_reset.
 * Fails when. The document cannot be loaded.
 */
#ifndef HSY_QUERY_ANSWERS_H
#define HSY_QUERY_ANSWERS_H

#include "query/query.h"

typedef struct hsy_answers {
  hsy_store *store;
  hsy_answer_fn fn;
  void *user;
  hsy_heap *heap;
  hsy_arena arena;
  hsy_doc doc;
  int64_t key; /* of the document at hand; 0: none */
  /* Of answers inside a row (query.h); none unless set. */
  const char *part;
  hsy_field_vec fields;
} hsy_answers;

bool hsy_answers_attribution(hsy_answers *answers, int64_t document, int64_t n, hsy_str id, hsy_str cursor,
                             hsy_arena scratch, hsy_error *err);
void hsy_answers_reset(hsy_answers *answers);

#endif

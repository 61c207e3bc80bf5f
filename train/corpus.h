/* PolNeAR as training data: brat standoff beside plain text.
 *
 * In. A folder with NAME.txt and NAME.ann (offsets in code points).
 * Out. Documents, read and segmented by the library itself, with their
 * attributions as token sets. In the order of the names.
 * Owns. The corpus owns everything; freed at the end of the program.
 */
#ifndef HSY_TRAIN_CORPUS_H
#define HSY_TRAIN_CORPUS_H

#include "doc/doc.h"
#include "segment/segment.h"

typedef HSY_VEC(hsy_span) span_vec;

typedef struct gold_attribution {
  span_vec part[HSY_ROLES]; /* token ranges, half-open, one a piece, ascending */
} gold_attribution;

typedef struct gold_doc {
  char *name;
  hsy_doc doc;
  HSY_VEC(gold_attribution) attributions;
  uint8_t *tags; /* [tokens], enum hsy_quote_tag */
} gold_doc;

typedef struct corpus {
  HSY_VEC(gold_doc) docs;
  int64_t tokens;
  hsy_arena arena;
  hsy_heap *scratch;
} corpus;

/* Exits with a message when the folder cannot be read. */
void corpus_load(corpus *corpus, const char *folder);

#endif

/* How the quoted words of one statement differ from report to report.
 *
 * In. The wordings of a statement's reports, in any order that is fixed.
 * Out. Which of them the others are held against (most quoted words), and for
 * each other one what it leaves out, adds or changes (reuse/align.h), as bytes
 * of the two texts. Indirect speech is no wording of this kind, nor are words
 * of another part of the utterance.
 * Owns. Operations lie in the arena; texts are borrowed.
 * Fails when. The arena is full.
 * Of a mixed content only what stands between quotation marks is compared.
 * Where a quotation breaks off and goes on ("…," he said. "…"), words may be
 * missing as they may at an ellipsis.
 */
#ifndef HSY_LINK_VARIANTS_H
#define HSY_LINK_VARIANTS_H

#include "reuse/align.h"

typedef struct hsy_wording {
  hsy_str text; /* of the content, its pieces a line each */
  hsy_kind kind;
} hsy_wording;

typedef struct hsy_variant {
  int32_t wording;
  hsy_align_ops ops;
  bool differs; /* the words themselves were altered: to be looked at */
  bool is_cut;  /* words are gone at its ends alone */
} hsy_variant;

typedef struct hsy_variants {
  int32_t base; /* a wording, or HSY_NONE where fewer than two are quoted */
  bool differs; /* any of them does */
  HSY_VEC(hsy_variant) list;
} hsy_variants;

bool hsy_variants_find(const hsy_wording *wordings, int32_t count, hsy_variants *out, hsy_arena *arena,
                       hsy_arena scratch, hsy_error *err);

#endif

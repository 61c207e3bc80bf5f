/* Reports in a plain frame that the taggers left untouched.
 *
 * In. doc->attributions as tagged, the list of reporting verbs.
 * Out. More rows for verbs of saying that no row covers: "she demanded an early
 * election", "the bank admitted on Friday that …", "the claim was denied by …",
 * and a clause before ", the ministry specified".
 * Owns. Nothing outside the arena.
 * Method. The corpus that the taggers learn from is of one country and one
 * campaign; verbs that are rare there are plain elsewhere. A frame needs a
 * subject on the left and an object of the right shape on the right.
 */
#ifndef HSY_QUOTE_FRAMES_H
#define HSY_QUOTE_FRAMES_H

#include "quote/models.h"

bool hsy_quote_frames(hsy_doc *doc, const hsy_quote_models *models, hsy_verb_memory *memory, hsy_arena scratch);

/* Memory that searches share; `taken` is all zero between them. */
typedef struct hsy_frame_work {
  uint8_t *taken;          // [tokens]
  hsy_verb_memory *memory; /* borrowed */
} hsy_frame_work;

bool hsy_frame_work_new(hsy_frame_work *work, const hsy_doc *doc, hsy_verb_memory *memory, hsy_arena *arena);
/* The first such report in the tokens [first, end) of another's content. */
void hsy_quote_frames_in(hsy_doc *doc, const hsy_quote_models *models, int32_t first, int32_t end,
                         hsy_frame_work *work);

#endif

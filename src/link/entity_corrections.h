/* What people put right, applied over groups of rows. */
#ifndef HSY_LINK_ENTITY_CORRECTIONS_H
#define HSY_LINK_ENTITY_CORRECTIONS_H

#include "link/entity_forms.h"

/* Changes group_of [count] (any numbers below count) and names groups in forced
 * [count + corrections] where an alias gives the name. */
void hsy_correct_rows(const hsy_entity_row *rows, const hsy_form *const *forms, int32_t count,
                      const hsy_correction *corrections, int32_t correction_count, const hsy_speaker_lists *lists,
                      int32_t *group_of, hsy_str *forced, hsy_arena *scratch);

#endif

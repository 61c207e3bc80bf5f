/* Memory that ran out while something was read. Libraries and helpers that go on
 * without what they did not get leave a note here, and what was read is refused.
 *
 * In. Pointers as they were got.
 * Out. Whether one was missing since the thread last forgot.
 * Owns. A flag a thread.
 * Fails when. Never.
 */
#ifndef HSY_FORMAT_SHORTAGE_H
#define HSY_FORMAT_SHORTAGE_H

#include <stdbool.h>

void hsy_shortage_forget(void);
bool hsy_shortage_told(void);
/* Returns p; notes that it is NULL. */
void *hsy_shortage_note(void *p);

#endif

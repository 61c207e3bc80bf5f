/* Keys to small numbers.
 *
 * In. Keys, any numbers.
 * Out. A number a key.
 * Owns. Nothing; the table lies in the arena, and what it grew out of stays there.
 * Fails when. The arena is full: look-ups then lead to a slot that nobody reads.
 * Method. Open addressing, half full at most.
 */
#ifndef HSY_RECORD_KEYMAP_H
#define HSY_RECORD_KEYMAP_H

#include "doc/doc.h"

typedef struct hsy_keymap {
  struct hsy_keymap_slot {
    int64_t key;
    int32_t value;
    bool used;
  } * slots;
  int bits;
  int32_t count;
  int32_t nowhere;
} hsy_keymap;

/* The key's number, to be set; HSY_NONE where it is new. */
int32_t *hsy_keymap_at(hsy_keymap *map, int64_t key, hsy_arena *arena);
/* HSY_NONE where it is not there. */
int32_t hsy_keymap_find(const hsy_keymap *map, int64_t key);

#endif

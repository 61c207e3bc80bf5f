/* Word lists: the text files under data/lexicon.
 *
 * In. A resource's name. A line is `word<TAB>field<TAB>field…`; what stands
 * behind `#` at the start of a line is a comment, blank lines do not count. A
 * word may be of several words with one blank between.
 * Out. A table from word (exactly as written) to its line.
 * Owns. Nothing: the table lies in the arena, its strings in the program.
 * Fails when. The resource is not there. Where a word stands twice the first
 * line counts (tools/check_lexicon.py finds the second).
 * Method: open addressing, linear probing, half full at most.
 */
#ifndef HSY_BASE_LEXICON_H
#define HSY_BASE_LEXICON_H

#include "base/str.h"

typedef struct hsy_lexicon_entry {
  hsy_str word;
  hsy_str fields; /* the rest of the line behind the first tab, maybe empty */
} hsy_lexicon_entry;

typedef struct hsy_lexicon_slot {
  uint32_t tag;  /* of the word's hash: words that are not listed are seldom compared */
  int32_t entry; /* index + 1 into entries, 0 where free */
} hsy_lexicon_slot;

typedef struct hsy_lexicon {
  hsy_lexicon_entry *entries; /* in the order of the file */
  ptrdiff_t count;
  hsy_lexicon_slot *slots; /* [1 << bits] */
  int bits;
  int longest;     /* words of the longest entry */
  uint64_t *heads; /* [HSY_LEXICON_HEADS / 64], bits of the hashes of first words of entries of several */
} hsy_lexicon;

enum { HSY_LEXICON_HEADS = 1 << 13 };

bool hsy_lexicon_load(hsy_lexicon *lexicon, const char *resource, hsy_arena *arena, hsy_error *err);
/* NULL where the word is not listed. */
const hsy_lexicon_entry *hsy_lexicon_find(const hsy_lexicon *lexicon, hsy_str word);
/* The same for a word whose hash (hsy_hash) is known: it is looked up in several lists. */
const hsy_lexicon_entry *hsy_lexicon_find_hashed(const hsy_lexicon *lexicon, hsy_str word, uint64_t hash);
/* Whether an entry of several words may begin with this one: false is certain,
 * true is not. Saves most look-ups of pairs. */
bool hsy_lexicon_begins(const hsy_lexicon *lexicon, hsy_str word);
bool hsy_lexicon_begins_hashed(const hsy_lexicon *lexicon, uint64_t hash);
/* The n-th field of an entry (0 is the first behind the word), or empty. */
hsy_str hsy_lexicon_field(const hsy_lexicon_entry *entry, int n);

#endif

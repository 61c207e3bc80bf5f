/* Names as forms: the words that count, in a shape in which spellings meet. */
#ifndef HSY_LINK_ENTITY_FORMS_H
#define HSY_LINK_ENTITY_FORMS_H

#include "link/entities.h"

enum { HSY_FORM_WORDS = 8 };

typedef struct hsy_form {
  hsy_str words[HSY_FORM_WORDS]; /* folded; possessives and honorifics dropped */
  int count;
  hsy_str key;  /* the words with one blank between */
  bool capital; /* written with a capital in some word: a name, not a noun */
} hsy_form;

hsy_form hsy_form_of(hsy_str name, const hsy_speaker_lists *lists, hsy_arena *arena);
/* Consonants with spellings levelled: "zelenskyy" and "zelensky" are one. */
hsy_str hsy_form_skeleton(hsy_str word, hsy_arena *arena);
/* One word in two spellings: a letter apart, two in a long word. */
bool hsy_form_alike(hsy_str a, hsy_str b);
/* Whether two names of people of two words or more can be one person's. */
bool hsy_form_same_person(const hsy_form *a, const hsy_form *b, const hsy_speaker_lists *lists);
/* Same words in another spelling, in order. */
bool hsy_form_same_words(const hsy_form *a, const hsy_form *b);
/* What stands for a place reads as the place ("iranian" is "iran"), where the
 * lists or the stems of `names` (sorted, one-word forms) say so. */
void hsy_form_level_places(hsy_form *form, const hsy_speaker_lists *lists, const hsy_str *names, int32_t count,
                           hsy_arena *arena);
/* Whether the levelled word is a listed place or one of the names. */
bool hsy_form_is_place(hsy_str word, const hsy_speaker_lists *lists, const hsy_str *names, int32_t count,
                       hsy_arena scratch);
bool hsy_form_is_acronym(const hsy_form *full, hsy_str acronym);

#endif

/* Entities across documents: which rows mean one person, body or place.
 *
 * In. One row an entity of a document, as speaker/ made it; corrections that a
 * person made; the word lists of speaker/.
 * Out. A group number a row, and for each group its id, canonical name and kind.
 * A pure function of the set of rows and the list of corrections: the order of
 * the rows does not count.
 * Owns. What it returns lies in the arena; strings of the input are borrowed.
 * Fails when. The arena is full.
 * Method. Names become forms: folded words, hyphens parted, honorifics dropped.
 * Forms whose last words are spelled alike are compared in blocks of one
 * skeleton of consonants and one initial, so that the work is near-linear.
 * Short forms (a surname, an acronym, an office) go to the one group that they
 * can mean, and stay by themselves where there are two.
 */
#ifndef HSY_LINK_ENTITIES_H
#define HSY_LINK_ENTITIES_H

#include "doc/doc.h"
#include "speaker/lists.h"

enum { HSY_ENTITY_NAME_MAX = 1024 }; /* bytes; corrections with longer names are refused */

typedef struct hsy_entity_row {
  hsy_str document; /* id */
  hsy_str name;
  hsy_entity_kind kind;
  hsy_str published; /* ISO 8601, may be empty */
  const hsy_str *titles, *aliases;
  int32_t title_count, alias_count;
} hsy_entity_row;

/* merge: all that is called a and all that is called b are one.
 * split: what is called b is none of a's; or, where b is the id of a document,
 *        a in that document is another than elsewhere.
 * alias: b is another name of a, whose name it takes. */
typedef enum hsy_correction_kind { HSY_CORRECT_MERGE, HSY_CORRECT_SPLIT, HSY_CORRECT_ALIAS } hsy_correction_kind;

/* a and b are names as articles have them (or aliases, where no row has that
 * name), compared as forms. One that names nothing yet has no effect until it
 * does. Later corrections win over earlier ones. */
typedef struct hsy_correction {
  hsy_correction_kind kind;
  hsy_str a, b;
} hsy_correction;

typedef struct hsy_entity_group {
  hsy_str id;   /* of its name's form (of the unnamed, with the least document) */
  hsy_str name; /* the fullest; of several the commonest; of those the first bytewise */
  hsy_entity_kind kind;
  int32_t rows;
} hsy_entity_group;

typedef struct hsy_entity_groups {
  int32_t *group_of; /* [rows] */
  HSY_VEC(hsy_entity_group) groups;
} hsy_entity_groups;

bool hsy_entities_group(const hsy_entity_row *rows, int32_t count, const hsy_correction *corrections,
                        int32_t correction_count, const hsy_speaker_lists *lists, hsy_entity_groups *groups,
                        hsy_arena *arena, hsy_arena scratch, hsy_error *err);

/* Whether a correction may stand beside those that are there: names that are
 * empty or too long, a name for itself, aliases that lead round in a circle
 * (HSY_USAGE). */
bool hsy_correction_check(const hsy_correction *standing, int32_t count, const hsy_correction *added, hsy_arena scratch,
                          hsy_error *err);

#endif

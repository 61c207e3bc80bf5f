/* Stories with a reading beside them, as training data for who speaks.
 *
 * In. Folders of articles (*.txt) with an expected.json: for each content, the
 * full name of its speaker.
 * Out. Articles as the program reads and tags them, and for each attribution
 * that was found and whose content the reading has, the speaker's name.
 * Owns. Everything; freed at the end of the program.
 */
#ifndef HSY_TRAIN_READINGS_H
#define HSY_TRAIN_READINGS_H

#include "doc/doc.h"
#include "pipeline/engine.h"

typedef struct reading {
  const char *folder; /* its last part */
  int group;          /* number of the folder */
  hsy_doc doc;
  float *confidence;     /* [attributions] before speakers were resolved */
  ptrdiff_t evidence;    /* rows before */
  const char **speakers; /* [attributions] as the reading names them; "" for nobody, NULL where it does not tell */
} reading;

typedef struct readings {
  HSY_VEC(reading) rows;
  int groups;
  hsy_arena arena;
} readings;

/* Exits with a message where a folder cannot be read. */
void readings_load(readings *out, const hsy_engine *engine, char **folders, int count);
/* Takes back what resolving added. */
void reading_reset(reading *r);
/* Whether the actor's name, or another that the article has for it, is the one wanted. */
bool reading_names(const hsy_doc *doc, int32_t actor, const char *want);

#endif

/* Who speaks, through whom, to whom.
 *
 * In. Tokens, sentences, quotation marks; doc->attributions with source, cue
 * and content; doc->meta.outlet.
 * Out. doc->entities and doc->mentions; speakers and speaker of each
 * attribution; doc->links (via, the nearest to the article first, then to);
 * evidence rows of the fields "speaker", "via" and "to".
 * Owns. What it adds lies in doc->arena.
 * Fails when. The arena is full.
 * Method. Names are found by capitals and word lists, and brought together by
 * their words. A source that names nobody is led to one of the candidates
 * around it, or to nobody, by a log-linear model (O'Keefe et al. 2012, Almeida et al. 2014: only
 * sources are resolved, not every noun phrase). The chain is read from
 * patterns around the cue and from nesting.
 */
#ifndef HSY_SPEAKER_SPEAKER_H
#define HSY_SPEAKER_SPEAKER_H

#include "doc/doc.h"
#include "speaker/lists.h"

struct hsy_clues; /* rank.h */

/* For trainers: is shown each choice that the ranker makes for a source;
 * `actors` are rows of doc->entities, NONE for nobody here named; `best` was taken. */
typedef struct hsy_speaker_watch {
  void (*chose)(void *user, const hsy_doc *doc, int32_t attribution, int form, const int32_t *actors,
                const struct hsy_clues *clues, int count, int best);
  void *user;
} hsy_speaker_watch;

bool hsy_speaker_resolve_watched(hsy_doc *doc, const hsy_speaker_lists *lists, const hsy_speaker_watch *watch,
                                 hsy_arena scratch, hsy_error *err);
bool hsy_speaker_resolve(hsy_doc *doc, const hsy_speaker_lists *lists, hsy_arena scratch, hsy_error *err);

#endif

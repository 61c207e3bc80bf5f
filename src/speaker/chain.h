/* The words around one cue, as the chain reads them: who passed a statement on
 * (via.c), and to whom it was said (to.c).
 *
 * In. The state, names and speakers resolved. Out. Rows of doc->links.
 * Owns. Nothing. Fails when. The arena is full: then nothing is added.
 */
#ifndef HSY_SPEAKER_CHAIN_H
#define HSY_SPEAKER_CHAIN_H

#include "speaker/state.h"

typedef struct hsy_chain_clause {
  hsy_speaker_state *s;
  int32_t attribution;
  int32_t first, end;           /* tokens of the sentence of source and cue, those near by */
  int32_t content, source, cue; /* first token of each, NONE where it has none */
  int32_t cue_end;
  bool inside;   /* looks into what is said, too: a tagger can take the addressee for its start */
  int32_t outer; /* the attribution whose content it stands in, or NONE */
} hsy_chain_clause;

/* A noun phrase that names a link of the chain. */
typedef struct hsy_chain_party {
  hsy_speaker_phrase phrase;
  hsy_str name;
  int32_t actor;
  bool outlet, own;
} hsy_chain_party;

hsy_chain_clause hsy_chain_clause_of(hsy_speaker_state *s, int32_t index);
/* Words of the report itself: in nobody's content but the one around it. */
bool hsy_chain_reports(const hsy_chain_clause *c, int32_t token);
/* The party that a phrase names; false where it names none. */
bool hsy_chain_party_of(const hsy_chain_clause *c, const hsy_speaker_phrase *phrase, hsy_chain_party *p);
/* The party whose words begin at the token. */
bool hsy_chain_party_at(const hsy_chain_clause *c, int32_t first, hsy_chain_party *p);
/* A name as a party. */
hsy_chain_party hsy_chain_party_named(const hsy_speaker_state *s, int32_t name);
/* "NBC’s": the outlet that owns the party; false where none does. */
bool hsy_chain_owner(const hsy_chain_clause *c, const hsy_chain_party *p, hsy_chain_party *owner);
/* The first token behind an outlet's possessive: "CBS’s | “…”". */
int32_t hsy_chain_behind_possessive(const hsy_speaker_state *s, int32_t token);
/* "CBS’s | “Face the Nation”": the programme in the quotation marks at the token. */
bool hsy_chain_programme(const hsy_chain_clause *c, int32_t token, hsy_chain_party *p);
bool hsy_chain_person(const hsy_chain_clause *c, const hsy_chain_party *p);
/* Adds the party, unless it is there, speaks itself, or is the article's own outlet as via. */
void hsy_chain_link(const hsy_chain_clause *c, bool to, const hsy_chain_party *p, const char *relation);

/* via.c, to.c */
void hsy_chain_via(const hsy_chain_clause *c);
void hsy_chain_to(const hsy_chain_clause *c);

#endif

/* Across documents: statements, claims, conflicts, shifts.
 *
 * In. Attributions as rows, with what the linking reads of their documents and
 * speakers; any order. Speakers are resolved entities (link/entities.h).
 * Out. Statements (attributions that report one utterance), claims (statements
 * for and against one proposition), shifts of a speaker, each with its reasons.
 * Nothing in them depends on the order of the rows.
 * Owns. The tables lie in the arena; strings of the input are borrowed.
 * Fails when. The arena is full. Work is bounded: contents are read up to
 * HSY_LINK_WORDS words, a proposition is compared with at most HSY_LINK_NEAR
 * others a key, so that ten thousand alike cost ten thousand times that.
 * Method. Candidates from an inverted index of event classes and rare words;
 * scores from shared participants weighted by rarity; average-link clusters.
 */
#ifndef HSY_LINK_LINK_H
#define HSY_LINK_LINK_H

#include "doc/doc.h"

enum { HSY_LINK_WORDS = 160, HSY_LINK_VECTOR = 384 };

typedef struct hsy_link_document {
  hsy_str id;
  hsy_str published; /* ISO 8601, may be empty */
  hsy_str outlet, title;
  uint64_t copies; /* one number for documents that copy as wholes; 0: none */
} hsy_link_document;

typedef struct hsy_link_speaker {
  hsy_str id, name;
  hsy_entity_kind kind;
  hsy_str titles; /* all of them, any separator: "interior minister; colonel" */
  int32_t body;   /* the speaker this one speaks for (index), or HSY_NONE */
} hsy_link_speaker;

typedef struct hsy_link_row {
  hsy_str id;
  int32_t document; /* index */
  int32_t start;    /* first byte of the content: the order inside the document */
  int32_t paragraph;
  int32_t parent;  /* row it is nested in, or HSY_NONE */
  hsy_str content; /* pieces joined by " … " */
  hsy_str source;  /* as worded, may be empty */
  hsy_str titles;  /* of its speakers, in this document; any separator */
  hsy_kind kind;
  bool headline;
  const int32_t *speakers; /* indices; none for nobody */
  int32_t speaker_count;
  const char *stance; /* a label of stance/ */
  hsy_str said_on;    /* ISO date or prefix, may be empty */
  float confidence;
  const int8_t *vector; // [HSY_LINK_VECTOR] of its meaning, or NULL
} hsy_link_row;

/* What a person put right of claims; where it names rows that are not there it
 * has no effect until they are.
 * NOT_SAME: marks 0 and 1 are not about one claim.
 * SIDE: mark 0 stands on `side`, or on none, of the claim that holds most of
 * the other marks, which are told with the side that they stood on then. */
typedef enum hsy_claim_side { HSY_SIDE_NONE, HSY_SIDE_FOR, HSY_SIDE_AGAINST } hsy_claim_side;
typedef enum hsy_claim_correction_kind { HSY_CLAIM_NOT_SAME, HSY_CLAIM_SIDE } hsy_claim_correction_kind;

/* A row by its id; after another reading, that has made other ids, by its
 * document and words. */
typedef struct hsy_claim_mark {
  hsy_str id, document, words;
  hsy_claim_side side;
} hsy_claim_mark;

typedef struct hsy_claim_correction {
  hsy_claim_correction_kind kind;
  hsy_claim_side side;
  const hsy_claim_mark *marks;
  int32_t mark_count;
} hsy_claim_correction;

typedef struct hsy_link_input {
  const hsy_link_document *documents;
  const hsy_link_speaker *speakers;
  const hsy_link_row *rows;
  int32_t document_count, speaker_count, row_count;
  const hsy_claim_correction *corrections; /* later ones win */
  int32_t correction_count;
} hsy_link_input;

/* ---- out: all indices are the input's ---- */

typedef struct hsy_statement {
  hsy_str id;
  hsy_index_vec rows;  /* by time, then id */
  int32_t clearest;    /* the row with the clearest wording */
  int32_t first;       /* the row reported first */
  int32_t independent; /* reports that are no copies of one another */
  hsy_str said_on;     /* empty where no row tells it */
  hsy_str day, last;   /* when the first and the last report appeared; "~" where not known */
  int32_t quoted;      /* reports that quote it */
} hsy_statement;

typedef struct hsy_claim {
  hsy_str id, about, why;
  hsy_index_vec pro, con; /* rows, all of each statement's, by time, then id */
  float confidence;
  bool figures; /* about a quantity: the sides give other figures */
} hsy_claim;

typedef struct hsy_shift {
  int32_t claim;
  int32_t speaker;       /* the person, or the body that both spoke for */
  int32_t before, after; /* rows */
  float confidence;
  hsy_str why;
} hsy_shift;

typedef enum hsy_relation { HSY_DENIES, HSY_FIGURES, HSY_UPDATE } hsy_relation;

/* One of each of two statements on opposite sides, by two speakers (or with two
 * figures); made on demand. */
typedef struct hsy_conflict {
  int32_t claim;
  int32_t one, other; /* rows */
  hsy_relation relation;
  float confidence;
} hsy_conflict;

typedef struct hsy_links {
  HSY_VEC(hsy_statement) statements;
  int32_t *statement_of; /* [row_count] index into statements */
  HSY_VEC(hsy_claim) claims;
  HSY_VEC(hsy_shift) shifts;
} hsy_links;

typedef struct hsy_link_lists hsy_link_lists;

/* Loads data/lexicon/en/{event_classes,synonyms,…}; lies in the arena. NULL and
 * *err on failure. */
const hsy_link_lists *hsy_link_load(hsy_arena *arena, hsy_error *err);
/* The same with another model of pairs than the one built in. */
const hsy_link_lists *hsy_link_load_with(hsy_str model, hsy_arena *arena, hsy_error *err);

/* Whom each speaker speaks for, told from titles and the names of the other
 * speakers: fills bodies[speaker_count] with indices or HSY_NONE. */
bool hsy_link_bodies(const hsy_link_input *input, const hsy_link_lists *lists, int32_t *bodies, hsy_arena scratch,
                     hsy_error *err);

bool hsy_link_all(const hsy_link_input *input, const hsy_link_lists *lists, hsy_links *links, hsy_arena *arena,
                  hsy_arena scratch, hsy_error *err);

typedef HSY_VEC(hsy_conflict) hsy_conflict_vec;
/* The conflicts of one claim, at most `limit`, the surest first. */
void hsy_link_conflicts(const hsy_link_input *input, const hsy_links *links, int32_t claim, ptrdiff_t limit,
                        hsy_conflict_vec *out, hsy_arena *arena);

const char *hsy_relation_name(hsy_relation relation); /* "denies", "figures", "update" */

#endif

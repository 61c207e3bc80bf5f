/* What linking keeps from one time to the next (record/).
 *
 * In. Numbers of documents (hsy_store_number), keys of attributions.
 * Out. The same rows again, in orders that do not depend on when they came.
 * Owns. Nothing that outlives a call; what is read lies in the arena given.
 * Fails when. SQLite does, or the arena is full.
 */
#ifndef HSY_STORE_LINKING_H
#define HSY_STORE_LINKING_H

#include "link/candidates.h"
#include "store/store.h"

/* A document's id as a number, the same in every store. */
int64_t hsy_store_number(hsy_str id);

/* ---- what is to be done ---- */

/* Documents that came, went or are to be linked anew. */
bool hsy_store_unlink(hsy_store *store, hsy_str document, hsy_error *err);
bool hsy_store_unlink_all(hsy_store *store, hsy_error *err);

typedef struct hsy_unlinked {
  int64_t number;
  int64_t key; /* 0: it is gone */
  hsy_str id;
} hsy_unlinked;

typedef HSY_VEC(hsy_unlinked) hsy_unlinked_vec;

/* By day, then id; what is gone last. */
bool hsy_store_unlinked(hsy_store *store, hsy_unlinked_vec *out, hsy_arena *arena, hsy_error *err);

/* What hung on rows that are gone ("component", "statement", "claim"), and rows
 * of which a person said something ("row"). */
bool hsy_store_loose(hsy_store *store, const char *kind, hsy_key_vec *out, hsy_arena *arena, hsy_error *err);
/* Nothing is to be done any more. */
bool hsy_store_all_linked(hsy_store *store, hsy_error *err);

bool hsy_store_set_unlinked(hsy_store *store, hsy_error *err);
bool hsy_store_waits_for_links(hsy_store *store, bool *waits, hsy_error *err);

/* Under what model the rest was kept. */
bool hsy_store_linked_by(hsy_store *store, int64_t *model, hsy_error *err);
bool hsy_store_set_linked_by(hsy_store *store, int64_t model, hsy_error *err);
/* Forgets keys, pages and pairs. */
bool hsy_store_forget_linking(hsy_store *store, hsy_error *err);

/* ---- who meets under which key ---- */

/* A page (row: HSY_NONE) or a row of it (the attribution's number). */
typedef struct hsy_member {
  int64_t day, document;
  int32_t row;
} hsy_member;

bool hsy_store_post(hsy_store *store, uint64_t key, const hsy_member *member, hsy_error *err);
bool hsy_store_unpost(hsy_store *store, uint64_t key, const hsy_member *member, hsy_error *err);
/* Those nearest before it and behind it, the nearest first. */
int hsy_store_before(hsy_store *store, uint64_t key, const hsy_member *member, hsy_member out[HSY_LOOK],
                     hsy_error *err);
int hsy_store_behind(hsy_store *store, uint64_t key, const hsy_member *member, hsy_member out[HSY_LOOK],
                     hsy_error *err);
/* Whether both are there and stand near one another. */
bool hsy_store_meet(hsy_store *store, uint64_t key, const hsy_member *one, const hsy_member *other, hsy_error *err);

/* ---- pages ---- */

typedef struct hsy_kept_row {
  int32_t n; /* the attribution's number */
  int32_t count;
  uint64_t key[HSY_ROW_KEYS];
} hsy_kept_row;

typedef struct hsy_kept_page {
  int64_t number, day;
  hsy_page page; /* first and end: 0 and the count of rows */
  hsy_kept_row *rows;
} hsy_kept_page;

/* *found: false where it was not linked. */
bool hsy_store_page(hsy_store *store, int64_t number, hsy_kept_page *page, bool *found, hsy_arena *arena,
                    hsy_error *err);
bool hsy_store_put_page(hsy_store *store, const hsy_kept_page *page, hsy_arena scratch, hsy_error *err);
bool hsy_store_drop_page(hsy_store *store, int64_t number, hsy_error *err);
/* Linked documents whose copies are others than when they were linked; notes
 * what they are now. */
bool hsy_store_copies_changed(hsy_store *store, hsy_key_vec *documents, hsy_arena *arena, hsy_error *err);

typedef struct hsy_likest {
  int64_t number;
  float like;
} hsy_likest;

/* Pages that the page is likest to, the likest first; returns how many. */
int hsy_store_likest(hsy_store *store, int64_t number, hsy_likest out[HSY_LIKEST], hsy_error *err);
bool hsy_store_put_likest(hsy_store *store, int64_t number, const hsy_likest *list, int count, hsy_error *err);
/* Pages that took it for one of their likest. */
bool hsy_store_liked_by(hsy_store *store, int64_t number, hsy_key_vec *out, hsy_arena *arena, hsy_error *err);

/* ---- pairs ---- */

typedef struct hsy_kept_pair {
  int64_t one, other; /* attributions, one < other */
  float same, opposite, utterance;
} hsy_kept_pair;

typedef HSY_VEC(hsy_kept_pair) hsy_kept_pair_vec;

bool hsy_store_put_pair(hsy_store *store, const hsy_kept_pair *pair, hsy_error *err);
bool hsy_store_has_pair(hsy_store *store, int64_t one, int64_t other, hsy_error *err);
bool hsy_store_drop_pair(hsy_store *store, int64_t one, int64_t other, hsy_error *err);
/* All pairs of which the attribution is one. */
bool hsy_store_pairs_of(hsy_store *store, int64_t attribution, hsy_kept_pair_vec *out, hsy_arena *arena,
                        hsy_error *err);
/* Those between two documents, by their keys. */
bool hsy_store_pairs_between(hsy_store *store, int64_t document, int64_t other, hsy_kept_pair_vec *out,
                             hsy_arena *arena, hsy_error *err);

/* ---- rows and what they are put together with ---- */

/* 0: none yet. */
int64_t hsy_store_component(hsy_store *store, int64_t attribution, hsy_error *err);
bool hsy_store_set_component(hsy_store *store, int64_t attribution, int64_t component, hsy_error *err);
bool hsy_store_component_rows(hsy_store *store, int64_t component, hsy_key_vec *out, hsy_arena *arena, hsy_error *err);
/* Those of a document. */
bool hsy_store_linked_rows(hsy_store *store, int64_t document, hsy_key_vec *out, hsy_arena *arena, hsy_error *err);
/* Of what is loose: claims, and statements that nobody reports any more. */
bool hsy_store_drop_loose_claims(hsy_store *store, hsy_error *err);
bool hsy_store_drop_loose_statements(hsy_store *store, hsy_error *err);

/* ---- names of one thing ---- */

/* By number, all of a document's. */
bool hsy_store_attribution_keys(hsy_store *store, int64_t document, hsy_key_vec *out, hsy_arena *arena, hsy_error *err);
/* Where a row stands: day and number of its document, its own number there. */
bool hsy_store_place(hsy_store *store, int64_t attribution, int64_t *day, int64_t *document, int32_t *n,
                     hsy_error *err);
/* One number for all documents that copy as wholes, 0 for none. */
uint64_t hsy_store_copies_of(hsy_store *store, hsy_str document, hsy_error *err);
/* Key of the attribution's document, and of the attribution by that and its number. */
int64_t hsy_store_document_of(hsy_store *store, int64_t attribution, hsy_error *err);
int64_t hsy_store_document_key(hsy_store *store, int64_t number, hsy_error *err);
int64_t hsy_store_attribution(hsy_store *store, int64_t document, int32_t n, hsy_error *err);
/* Rows that what a person said of claims names, a list a correction: pairs of
 * neighbours in it belong together. */
typedef struct hsy_tie {
  int64_t one, other;
} hsy_tie;
typedef HSY_VEC(hsy_tie) hsy_tie_vec;
bool hsy_store_correction_ties(hsy_store *store, hsy_tie_vec *out, hsy_arena *arena, hsy_error *err);

#endif

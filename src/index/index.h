/* The look-ups that work across articles needs, as an interface.
 *
 * In. What reuse/ and link/ want to find again: postings (a fingerprint stands
 * in a member, usually a document), a note a member, pairs of members, groups.
 * Out. The same, by key. Nothing here knows how it is kept: index/memory.h
 * keeps it in tables, a store keeps it in SQLite.
 * Owns. The engine owns what was put; what a visitor is shown is borrowed
 * until it returns, and a visitor must not call the engine.
 * Fails when. The engine cannot read or write: the operation returns false and
 * *err says why. A visitor that returns false ends the operation, which then
 * returns true. Asking for what is not there is no failure.
 *
 * Members have 64-bit keys derived from their content, so that the order of
 * keys is the same on every machine and as good as drawn by lot. Everything
 * that has to pick "a few of many" picks those with the least keys; the choice
 * then does not depend on the order in which they were put.
 *
 * A SQL engine: posting(fingerprint, member, mark, primary key (fingerprint,
 * member)) without rowid answers `least` by one range scan; pair is kept in
 * both directions with primary key (a, b); what is put comes sorted.
 */
#ifndef HSY_INDEX_INDEX_H
#define HSY_INDEX_INDEX_H

#include "base/error.h"
#include "base/str.h"

typedef uint64_t hsy_key;

typedef struct hsy_posting {
  uint64_t fingerprint;
  hsy_key member;
  uint32_t mark; /* a property of the member that `least` gives back: reuse/ keeps its outlet here */
} hsy_posting;

/* One pair; a < b. The note is opaque to the engine. */
typedef struct hsy_pair {
  hsy_key a, b;
  hsy_str note;
} hsy_pair;

typedef struct hsy_passage {
  hsy_key document;
  int32_t start, end; /* bytes of its text */
} hsy_passage;

/* Documents that share text from one source. */
typedef struct hsy_copy_group {
  uint64_t id;
  bool whole;               /* they copy as wholes; else only the passages */
  const hsy_key *documents; /* ascending */
  ptrdiff_t document_count;
  const hsy_passage *passages;
  ptrdiff_t passage_count;
  double containment; /* the least of the pairs that hold the group together */
  hsy_key original;   /* the likely one */
  hsy_str because;    /* why that one, for a person */
} hsy_copy_group;

/* `query` is the number of the fingerprint in the array that was asked. */
typedef bool (*hsy_posting_visit)(void *user, ptrdiff_t query, hsy_key member, uint32_t mark);
typedef bool (*hsy_pair_visit)(void *user, const hsy_pair *pair);
typedef bool (*hsy_key_visit)(void *user, hsy_key key);

typedef struct hsy_index {
  void *context; /* handed to every operation; the engine's own */

  /* Postings, sorted by (fingerprint, member), none of them there already.
   * Dropping what is not there changes nothing. */
  bool (*put)(void *context, const hsy_posting *rows, ptrdiff_t count, hsy_error *err);
  bool (*drop)(void *context, const hsy_posting *rows, ptrdiff_t count, hsy_error *err);
  /* For each of the fingerprints (ascending) the members with the least keys,
   * `limit` at most, in ascending order of keys. */
  bool (*least)(void *context, const uint64_t *fingerprints, ptrdiff_t count, ptrdiff_t limit, hsy_posting_visit visit,
                void *user, hsy_error *err);

  /* A document's text as stored, and a member's note, copied to the arena.
   * *found is false where there is none. */
  bool (*get_text)(void *context, hsy_key document, hsy_arena *arena, hsy_str *text, bool *found, hsy_error *err);
  bool (*get_note)(void *context, hsy_key member, hsy_arena *arena, hsy_str *note, bool *found, hsy_error *err);
  /* Sets or replaces a note. The text comes from the engine's own table of
   * documents; it has to be there before the next `get_text`. */
  bool (*put_note)(void *context, hsy_key member, hsy_str note, hsy_error *err);
  bool (*drop_note)(void *context, hsy_key member, hsy_error *err);

  /* Pairs: put replaces; drop takes out every pair that holds the member. */
  bool (*put_pairs)(void *context, const hsy_pair *pairs, ptrdiff_t count, hsy_error *err);
  bool (*drop_pairs)(void *context, hsy_key member, hsy_error *err);
  bool (*pairs)(void *context, hsy_key member, hsy_pair_visit visit, void *user, hsy_error *err);

  /* Groups: drop takes out every group that holds the document, and shows the
   * documents of those groups. */
  bool (*put_group)(void *context, const hsy_copy_group *group, hsy_error *err);
  bool (*drop_groups)(void *context, hsy_key document, hsy_key_visit visit, void *user, hsy_error *err);
} hsy_index;

#endif

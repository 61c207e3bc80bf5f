/* What the files of reuse/ share: the state of a run, and reading articles back.
 *
 * In. An index. Out. Articles ready to compare, and the standing of a
 * fingerprint: its representatives, whose furniture it is, whether it is too
 * common to tell anything.
 * Owns. The heaps of a hsy_reuse. Fails when. The index does, memory runs out.
 */
#ifndef HSY_REUSE_STATE_H
#define HSY_REUSE_STATE_H

#include "base/keyset.h"
#include "reuse/compare.h"
#include "reuse/note.h"
#include "reuse/reuse.h"

enum {
  HSY_REPRESENTATIVES = 16,      /* least keys of a fingerprint, with which its documents are compared */
  HSY_SAMPLE = 64,               /* least keys from which its standing is told */
  HSY_COMMON_FROM = 4096,        /* documents (estimated) in which it is too common */
  HSY_ALL = 4 * HSY_COMMON_FROM, /* read of a list that is not too common: room for a wrong estimate */
  HSY_FINGERPRINTS = 4096,       /* of one document in the index, those with the least hashes */
  HSY_CACHE = 256                /* articles kept ready */
};

typedef struct hsy_listed {
  hsy_key key;
  uint32_t mark;
} hsy_listed;

/* Members of several fingerprints: rows first[i] … first[i + 1] are the i-th's. */
typedef struct hsy_lists {
  HSY_VEC(hsy_listed) rows;
  ptrdiff_t *first;
  ptrdiff_t count;
} hsy_lists;

typedef struct hsy_standing {
  uint32_t furniture; /* mark of the outlet whose furniture it is, or 0 */
  bool common;
} hsy_standing;

typedef struct hsy_pending {
  hsy_key key;
  hsy_reuse_note note;
  uint64_t *picks; /* [pick_count], by position */
  ptrdiff_t pick_count;
} hsy_pending;

struct hsy_reuse {
  hsy_index index;
  hsy_reuse_options options;
  hsy_reuse_counts counts;
  hsy_heap *batch_heap, *change_heap, *cache_heap, *scratch_heap;
  hsy_arena batch;  /* until the next update */
  hsy_arena change; /* until the next finish */
  hsy_arena cache;
  hsy_arena scratch;
  HSY_VEC(hsy_pending) pending;
  HSY_VEC(hsy_posting) postings; /* of the batch */
  hsy_keyset pending_keys;
  hsy_keyset dirty;   /* to compare again; lies in `change` */
  hsy_keyset touched; /* whose groups may have changed; lies in `change` */
  hsy_keyset cached;  /* keys of `articles`, same row */
  hsy_article *articles;
  ptrdiff_t common_now; /* fingerprints that became too common in this update */
};

/* The distinct fingerprints of the picks, ascending, HSY_FINGERPRINTS at most. */
uint64_t *hsy_reuse_fingerprints(const uint64_t *picks, ptrdiff_t count, hsy_arena *arena, ptrdiff_t *distinct);

/* Reads `limit` least members of each fingerprint. */
bool hsy_reuse_lists(const hsy_reuse *reuse, const uint64_t *fingerprints, ptrdiff_t count, ptrdiff_t limit,
                     hsy_lists *out, hsy_arena *arena, hsy_error *err);
/* rows: the HSY_SAMPLE least, or all where they are fewer. */
hsy_standing hsy_reuse_standing(const hsy_listed *rows, ptrdiff_t count);
/* Marks as dirty whom the change of one fingerprint's sample concerns. */
bool hsy_reuse_changed(hsy_reuse *reuse, uint64_t fingerprint, const hsy_listed *before, ptrdiff_t before_count,
                       const hsy_listed *after, ptrdiff_t after_count, hsy_arena scratch, hsy_error *err);

/* An article from the index. *found is false where it is not there. */
bool hsy_reuse_load(const hsy_reuse *reuse, hsy_key key, hsy_article *out, hsy_reuse_note *note, bool *found,
                    hsy_arena *arena, hsy_error *err);
/* The same from the cache; NULL where it is not there or on failure. Valid
 * until the next call. */
const hsy_article *hsy_reuse_cached(hsy_reuse *reuse, hsy_key key, hsy_error *err);
void hsy_reuse_cache_reset(hsy_reuse *reuse);
/* Drops all pairs of a document; those it had them with are touched. */
bool hsy_reuse_part(hsy_reuse *reuse, hsy_key key, hsy_error *err);

#endif

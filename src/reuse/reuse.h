/* Which articles copy one another, kept as articles come and go.
 *
 * In. Articles (text, outlet, day, credited agency, what is quoted), over the
 * interface of index/.
 * Out. Groups in the index: wholes where the 8-word containment of the shorter
 * is 0.6 or more without the outlets' furniture, closed to groups; passages
 * where articles share a passage alone. A quotation that both cite is none.
 * Owns. A reuse owns its buffers and borrows the index.
 * Fails when. The index does, or memory runs out; what the last `finish` left
 * then has to be taken back (roll back the transaction).
 *
 * Method. An article is known by winnowed 8-word fingerprints in an inverted
 * index. At each fingerprint it meets the documents with the least keys there
 * (the representatives), and where it is such a representative itself, all of
 * them; whom it meets twice it is compared with. Furniture is what five or
 * more articles of one outlet share and hardly anybody else; what stands in
 * more than some 4096 documents tells nothing. Each of these is a function of
 * which documents there are, not of the order in which they came: where a new
 * one changes it for old ones, the old ones are compared again. Keys being as
 * good as drawn by lot, the number of comparisons an article stays the same
 * however many there are.
 *
 * One thread, one reuse. Call `add` for a batch, `update`, and `finish` before
 * the transaction ends.
 */
#ifndef HSY_REUSE_REUSE_H
#define HSY_REUSE_REUSE_H

#include "doc/doc.h"
#include "index/index.h"

typedef struct hsy_reuse hsy_reuse;

typedef struct hsy_reuse_document {
  hsy_key key; /* derived from the document's id */
  hsy_str text;
  hsy_str outlet;       /* name or host, letter case does not count; may be empty */
  hsy_str published;    /* ISO 8601 or empty */
  hsy_str agency;       /* credited with the text, or empty */
  const hsy_span *skip; /* what is no part of the article: header lines, offers; ascending */
  ptrdiff_t skip_count;
  const hsy_span *quoted; /* between quotation marks; ascending */
  ptrdiff_t quoted_count;
} hsy_reuse_document;

typedef struct hsy_reuse_options {
  /* One line for the log: that something was capped. May be NULL. */
  void (*log)(void *user, const char *message);
  void *user;
} hsy_reuse_options;

/* Counts since the start, for benches and logs. */
typedef struct hsy_reuse_counts {
  uint64_t documents, fingerprints;
  uint64_t candidates, most_candidates; /* documents compared with one; the most of one */
  uint64_t again;                       /* documents compared again because others came */
  uint64_t pairs;                       /* found to share text */
} hsy_reuse_counts;

hsy_reuse *hsy_reuse_new(const hsy_index *index, const hsy_reuse_options *options, hsy_error *err);
void hsy_reuse_free(hsy_reuse *reuse);

/* Describes a document that went through segment/: blocks that are not tagged
 * are left out, quotations are known. Borrows from doc; lists lie in arena. */
hsy_reuse_document hsy_reuse_describe(const hsy_doc *doc, hsy_key key, hsy_arena *arena);

/* Stands for an outlet, letter case aside; never 0, which stands for one that is not known. */
uint32_t hsy_reuse_mark(hsy_str outlet, hsy_arena scratch);
/* The fingerprints by which the index would know the document, ascending; NULL: the arena is full. */
uint64_t *hsy_reuse_prints(const hsy_reuse_document *document, hsy_arena *arena, ptrdiff_t *count);

/* Remembers the document for the next update. One that the index knows already
 * is left as it is. The index must be able to give its text by then. */
bool hsy_reuse_add(hsy_reuse *reuse, const hsy_reuse_document *document, hsy_error *err);
/* Takes a document out; the index must still have its text. */
bool hsy_reuse_remove(hsy_reuse *reuse, hsy_key document, hsy_error *err);
/* Puts the batch into the index and compares it. */
bool hsy_reuse_update(hsy_reuse *reuse, hsy_error *err);
/* Rewrites the groups that changed since the last finish. */
bool hsy_reuse_finish(hsy_reuse *reuse, hsy_error *err);

hsy_reuse_counts hsy_reuse_count(const hsy_reuse *reuse);

#endif

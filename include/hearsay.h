/* hearsay: who said what, how, through whom, when and with what stance.
 *
 * The one public header. Everything answers in JSON objects (UTF-8, one object
 * a call of the row function), whose fields docs/format.md lists; offsets in
 * them are Unicode code points, half-open.
 *
 *   engine   models and word lists; immutable, may be shared by threads
 *   run      what goes in: files, folders, streams; and how
 *   store    one SQLite file with the record
 *   query    questions over the store
 *
 * Ownership: what a function returns by pointer is freed by the _free or _close
 * function of its name. Strings handed to a callback are borrowed and valid
 * until it returns. Strings handed in are copied.
 */
#ifndef HEARSAY_H
#define HEARSAY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define HEARSAY_API __attribute__((visibility("default")))

/* ---- errors ---- */

typedef enum hearsay_code {
  HEARSAY_OK = 0,
  HEARSAY_NO_MEMORY,
  HEARSAY_LIMIT,
  HEARSAY_BAD_INPUT,
  HEARSAY_IO,
  HEARSAY_STORE,
  HEARSAY_USAGE,
  HEARSAY_NOT_FOUND,
  HEARSAY_STOPPED
} hearsay_code;

typedef struct hearsay_error {
  hearsay_code code;
  const char *stage; /* static text: which part failed */
  int64_t offset;    /* byte of the input, or -1 */
  char message[256]; /* one line for a person */
} hearsay_error;

/* ---- engine ---- */

typedef struct hearsay_engine hearsay_engine;

typedef enum hearsay_reader {
  HEARSAY_DEEP, /* a small encoder reads every paragraph: what people use */
  HEARSAY_FAST  /* a linear tagger, for streams and millions: fifty times as fast, and finds less */
} hearsay_reader;

/* model_dir: trained models to use instead of the built-in ones; NULL for
 * those, or for the folder that HEARSAY_MODEL names. NULL and *err on failure. */
HEARSAY_API hearsay_engine *hearsay_engine_new(const char *model_dir, hearsay_reader reader, hearsay_error *err);
HEARSAY_API void hearsay_engine_free(hearsay_engine *engine);
HEARSAY_API const char *hearsay_version(void);

/* ---- the system ---- */

/* Gives up, for the calling thread and all that it starts from now on, what reading
 * articles does not need: the network, other programs, writing outside of the folder
 * that the store lies in (NULL: writing at all). For good. Bits of what the system
 * could do: 1 files (Landlock), 2 calls (seccomp); 0 where it knows neither. To be
 * called when engine and store are open. */
HEARSAY_API int hearsay_confine(const char *store);

/* ---- runs: articles in ---- */

/* One row of an answer: a JSON object, `len` bytes, not NUL-terminated.
 * Return false to stop. */
typedef bool (*hearsay_row_fn)(void *user, const char *json, size_t len);
/* A file, or an article inside one ("crawl.warc#12"), that could not be read.
 * The run goes on with the next. */
typedef void (*hearsay_problem_fn)(void *user, const char *where, const hearsay_error *problem);
/* One line for the log, in words: that a group of copies was capped. */
typedef void (*hearsay_note_fn)(void *user, const char *message);
/* Called now and then from the thread that called. total_bytes is 0 where it
 * cannot be known (streams). */
typedef void (*hearsay_progress_fn)(void *user, uint64_t articles, uint64_t bytes, uint64_t total_bytes);

/* What a file would hold, at hand: text, HTML, JSON lines, …, told by the bytes.
 * Borrowed until the run ends. */
typedef struct hearsay_input {
  const char *name; /* stands where a file's path would */
  const char *bytes;
  size_t len;
} hearsay_input;

typedef struct hearsay_run {
  int threads;                 /* 0: one a core */
  const hearsay_input *inputs; /* read, extract, add: come behind the paths, of which there may be none */
  size_t input_count;
  const char *published;      /* day for articles that give none, ISO 8601; NULL: none */
  size_t max_text;            /* bytes of text in one article; 0: 8 MiB */
  const char *limits;         /* of one article, "memory=512,seconds=60" (docs/manual.md); NULL: the usual */
  bool times;                 /* extract: add `times` */
  bool explain;               /* read: add `blocks` and where each field was found */
  bool record;                /* extract: rows as in the export, of each article its document with `layers`, its
                                 attributions, and `copy_keys` for hearsay_copies */
  bool replace;               /* add: read articles that are there already anew */
  const char *title, *outlet; /* for articles that give none; NULL: none */
  const char *fields;         /* names in CSV and JSON lines, "text=body,id=uid"; NULL: the usual */
  hearsay_row_fn on_row;
  hearsay_problem_fn on_problem;   /* may be NULL */
  hearsay_progress_fn on_progress; /* may be NULL */
  hearsay_note_fn on_note;         /* add; may be NULL */
  void *user;                      /* handed to all four */
} hearsay_run;

/* Both walk the paths (files; folders recursively; "-" for standard input) in
 * order and call on_row once an article, in that order whatever the threads.
 * Return false when the run itself failed; articles that could not be read
 * only go to on_problem, and *failed (may be NULL) counts them. */
HEARSAY_API bool hearsay_read(const hearsay_engine *engine, const char *const *paths, size_t count,
                              const hearsay_run *run, uint64_t *failed, hearsay_error *err);
HEARSAY_API bool hearsay_extract(const hearsay_engine *engine, const char *const *paths, size_t count,
                                 const hearsay_run *run, uint64_t *failed, hearsay_error *err);

/* ---- copies, where another program keeps the articles ---- */

/* What articles share is told from their `copy_keys` rows (run.record). Whoever keeps
 * millions of them brings together by these keys which may copy one another, and has
 * them compared here: the groups are those that a store with all the articles has. */

/* What an outlet repeats, or stands nearly everywhere, brings nobody together. */
typedef enum hearsay_standing { HEARSAY_TELLS = 0, HEARSAY_FURNITURE = 1, HEARSAY_COMMON = 2 } hearsay_standing;
/* Of one fingerprint: bits of hearsay_standing, told from the articles that hold it, by
 * their ids ascending, HEARSAY_SAMPLE of them or all where they are fewer. ids are read
 * as numbers; outlets: the `mark` of each. */
enum { HEARSAY_SAMPLE = 64, HEARSAY_REPRESENTATIVES = 16 };
HEARSAY_API int hearsay_copy_standing(const uint64_t *ids, const uint32_t *outlets, size_t count);

/* The groups among some articles. lines: JSON, an object a line: {"type": "copy_keys", …}
 * with the document's `text`, an article each; {"type": "holders", "fingerprint",
 * "holders": [[id, mark], …]} of a fingerprint that others hold as well. on_row gets
 * `copy` rows as in the export. */
HEARSAY_API bool hearsay_copies(const char *lines, size_t len, hearsay_row_fn on_row, void *user, hearsay_error *err);

/* ---- store ---- */

typedef struct hearsay_store hearsay_store;

/* Opens the file, and makes it where it is not there and `create` is set. */
HEARSAY_API hearsay_store *hearsay_store_open(const char *path, bool create, hearsay_error *err);
HEARSAY_API void hearsay_store_close(hearsay_store *store);

/* As hearsay_extract, into the store; on_row (may be NULL) gets one object an
 * article: {"id", "path", "state": "added" | "same" | "replaced", …}. */
HEARSAY_API bool hearsay_add(hearsay_store *store, const hearsay_engine *engine, const char *const *paths, size_t count,
                             const hearsay_run *run, uint64_t *failed, hearsay_error *err);
/* Takes out the documents with these ids, paths or URLs; HEARSAY_NOT_FOUND
 * (and nothing is taken out) where one names none. */
HEARSAY_API bool hearsay_remove(hearsay_store *store, const char *const *names, size_t count, uint64_t *removed,
                                hearsay_error *err);

/* What was exported as JSON lines or for brat (a folder), or another store: the
 * articles that are not there yet, with what was found in them and what people put
 * right, without being tagged again. on_row as for hearsay_add. */
HEARSAY_API bool hearsay_import(hearsay_store *store, const char *const *paths, size_t count, const hearsay_run *run,
                                uint64_t *failed, hearsay_error *err);

/* ---- what people say of the rows ---- */

typedef struct hearsay_mark {
  const char *kind;     /* "attribution", "statement", "side", "shift", "name", "document" */
  const char *target;   /* its id; of a side "CLAIM ATTRIBUTION" */
  const char *verdict;  /* "right", "wrong", "corrected" */
  const char *field;    /* corrected, of an attribution: "speaker", "stance", "content";
                           of a document: "title", "outlet", "date", "author" */
  const char *value;    /* what is right: a name; a stance; code points "120-168;190-204" */
  const char *reviewer; /* who says so */
} hearsay_mark;

/* Kept as a fact of its own, which holds when the article is read again. on_row
 * (may be NULL) gets it as a row. Rows that it puts right follow with
 * hearsay_review_settle, so that many marks cost that once. */
HEARSAY_API bool hearsay_review(hearsay_store *store, const hearsay_mark *mark, hearsay_row_fn on_row, void *user,
                                hearsay_error *err);
/* Takes back the mark that has this number (HEARSAY_REVIEWS tells). */
HEARSAY_API bool hearsay_review_back(hearsay_store *store, int64_t number, hearsay_error *err);
HEARSAY_API bool hearsay_review_settle(hearsay_store *store, hearsay_error *err);

/* Whether the store is whole. on_row gets one object a check: {"check", "about",
 * "wrong", "repaired"}; *wrong (may be NULL) how much is, and was not repaired. With
 * `repair`, what can be made from the rest is made anew: indexes, full text, counts, links. */
HEARSAY_API bool hearsay_check(hearsay_store *store, bool repair, hearsay_row_fn on_row, void *user, uint64_t *wrong,
                               hearsay_error *err);
/* The store as it stands into a new file, while others read and write it. */
HEARSAY_API bool hearsay_backup(hearsay_store *store, const char *path, hearsay_error *err);

/* ---- what a person puts right of claims ---- */

/* Kept as facts of their own, which hold whatever is added, replaced or removed
 * later; the links are made anew before the call returns. Attributions are named
 * by their ids, or by what stands behind the stop in them where only one has it. */
typedef enum hearsay_side {
  HEARSAY_SIDE_AUTO, /* as it is found: forgets what was said */
  HEARSAY_SIDE_FOR,
  HEARSAY_SIDE_AGAINST,
  HEARSAY_SIDE_NONE
} hearsay_side;

/* Where the statement that the attribution reports stands on a claim. claim: its
 * id or the start of one; NULL where the attribution is in one claim alone. */
HEARSAY_API bool hearsay_claim_side(hearsay_store *store, const char *claim, const char *attribution, hearsay_side side,
                                    hearsay_error *err);
/* same false: the two are not about one claim. true: forgets that. */
HEARSAY_API bool hearsay_claim_same(hearsay_store *store, const char *one, const char *other, bool same,
                                    hearsay_error *err);

/* ---- what a person puts right about names ---- */

typedef enum hearsay_correction {
  HEARSAY_MERGE, /* all that is called a and all that is called b are one */
  HEARSAY_SPLIT, /* what is called b is none of a's; b may also be an article (id, path, URL): a there is another
                    than a elsewhere; b NULL: every other name of a is another's */
  HEARSAY_ALIAS  /* b is another name of a, and goes by a's */
} hearsay_correction;

/* Kept as a fact of its own, which holds whatever is added, replaced or removed
 * later; the links are made anew before the call returns. on_row (may be NULL)
 * gets a row for each correction that was kept. HEARSAY_USAGE where it
 * contradicts one that stands; nothing is changed then. */
HEARSAY_API bool hearsay_correct(hearsay_store *store, hearsay_correction kind, const char *a, const char *b,
                                 hearsay_row_fn on_row, void *user, hearsay_error *err);
/* Takes back the correction that has this number (HEARSAY_CORRECTIONS tells). */
HEARSAY_API bool hearsay_correct_back(hearsay_store *store, int64_t number, hearsay_error *err);

/* Whether two entities, by the ids that HEARSAY_DOUBLES gives, are one. Kept as a
 * correction of their names (merge or split), and not asked again; milliseconds
 * each, since links follow with hearsay_settle. on_row gets the correction. */
HEARSAY_API bool hearsay_answer_double(hearsay_store *store, const char *one, const char *other, bool same,
                                       hearsay_row_fn on_row, void *user, hearsay_error *err);
/* Takes a correction back likewise. */
HEARSAY_API bool hearsay_answer_back(hearsay_store *store, int64_t number, hearsay_error *err);
/* Links anew what waits for it; nothing where nothing does. */
HEARSAY_API bool hearsay_settle(hearsay_store *store, hearsay_error *err);

/* ---- queries ---- */

/* What can be asked; each gives rows as docs/format.md describes. */
typedef enum hearsay_question {
  HEARSAY_LIST,        /* documents */
  HEARSAY_SHOW,        /* one document with its text and attributions; words: id, path or URL */
  HEARSAY_WHO,         /* attributions of a speaker; words: a name, or NULL for everybody */
  HEARSAY_SEARCH,      /* statements and documents that hold the words */
  HEARSAY_STATS,       /* one row of counts */
  HEARSAY_CLAIMS,      /* what statements disagree about; words: what it is about, or NULL */
  HEARSAY_CLAIM,       /* one claim with its two sides; words: its id; limit: statements a side */
  HEARSAY_CONFLICTS,   /* pairs of statements on opposite sides; words as for HEARSAY_CLAIMS */
  HEARSAY_SHIFTS,      /* who changed sides; words: a name, or NULL */
  HEARSAY_TIMELINE,    /* statements that hold the words, by day */
  HEARSAY_COPIES,      /* groups of copies; words: a document of theirs, or NULL */
  HEARSAY_TRACE,       /* how the nearest statement spread; words: a remembered sentence, or the id of an
                          attribution or statement; limit: so many of the nearest, 0 for one */
  HEARSAY_VARIANTS,    /* statements whose quoted words differ; words: a speaker's name, or NULL */
  HEARSAY_CORRECTIONS, /* what was put right about names, in the order in which it was said */
  HEARSAY_SPEAKERS,    /* who speaks, with figures, counted over what the filter fits; words: in the name, or NULL */
  HEARSAY_OUTLETS,     /* outlets likewise */
  HEARSAY_REVIEWS,     /* marks of reviewers, in the order in which they were made; words: of this row alone, or NULL */
  HEARSAY_UNREVIEWED,  /* attributions (or rows of the filter's kind) that nobody has marked, the least sure first */
  HEARSAY_SUGGEST,     /* names that are spelled much like the words; outlet set: outlets alone */
  HEARSAY_PAIRS,       /* claims on which two take a side; words: their names, a line each */
  HEARSAY_LIKE,        /* statements that mean about what the words say, the nearest first, ten without a limit;
                          wants the filter's engine, and finds what that engine's kind has read */
  HEARSAY_DOUBLES,     /* entities that may be one, the surest first, less those of which somebody said what they
                          are; words: in a name, or NULL; all: also what is hardly likely */
  HEARSAY_QUESTIONS
} hearsay_question;

typedef struct hearsay_filter {
  const char *words; /* what the question is about; NULL where it needs none */
  /* Each may be several, a line each: any of them fits; of claims and conflicts
   * all speakers have to take part. */
  const char *speaker, *outlet, *stance;
  const char *since, *until; /* ISO dates, of publication */
  const char *without;       /* only articles that lack it: date, outlet, speech or text; NULL */
  bool thoughts;             /* with attributions of mode "thought" */
  double min_confidence;
  uint64_t limit;       /* 0: no limit */
  const char *cursor;   /* where the last page ended ("cursor" of its last row); NULL */
  const char *kind;     /* unreviewed: attribution, statement, side, shift or name; NULL: attribution */
  const char *claim;    /* conflicts and shifts of this claim alone: its id; NULL */
  bool held_by_several; /* claims that several assert and nobody disputes, in place of the disputed */
  bool all;             /* variants: also where only spelling, marks or cuts differ; doubles: also the unlikely */
  const char *sort;     /* by what rows are ordered, a field that the list knows; NULL: as usual */
  bool reverse;         /* the other way round */
  bool count;           /* one row, {"type": "count", "rows": N}: how many there are without a limit */
  const hearsay_engine *engine; /* HEARSAY_LIKE: reads the words; borrowed */
  bool csv;                     /* lines of CSV instead of JSON objects, the names of the columns first */
} hearsay_filter;

HEARSAY_API bool hearsay_ask(hearsay_store *store, hearsay_question question, const hearsay_filter *filter,
                             hearsay_row_fn on_row, void *user, hearsay_error *err);

/* The whole record; format: "jsonl". on_row gets each line without its end. */
HEARSAY_API bool hearsay_export(hearsay_store *store, const char *format, hearsay_row_fn on_row, void *user,
                                hearsay_error *err);

/* A piece of a file: pieces of one file come one after the other. name: the file's,
 * "" where the format has one file. Return false to stop. */
typedef bool (*hearsay_piece_fn)(void *user, const char *name, const char *data, size_t len);
/* The record in another format: "csv", "xlsx", "jsonld", "webannotation", "brat",
 * "conll", "citron". table: of csv and xlsx that one alone ("attributions"), NULL: all. */
HEARSAY_API bool hearsay_export_files(hearsay_store *store, const char *format, const char *table,
                                      hearsay_piece_fn on_piece, void *user, hearsay_error *err);
/* Whether a format has several files; false where there is none of the name. */
HEARSAY_API bool hearsay_export_is_folder(const char *format);

#ifdef __cplusplus
}
#endif
#endif

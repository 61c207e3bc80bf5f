/* Questions over the store.
 *
 * In. What is asked, with filters and where the last page ended.
 * Out. Answers, one at a time, each with what it rests on: a document as it
 * was stored, and which of its rows is meant.
 * Owns. Nothing that outlives the call; an answer is borrowed until the
 * function that gets it returns.
 * Fails when. The question makes no sense (a cursor or a day that is none, a
 * document that is not there), the store cannot be read, or the function that
 * gets the answers says so.
 *
 * Answers are ordered by the article's day (unknown last), then by id, so that
 * they do not depend on the order of adding; searches by how well they fit.
 */
#ifndef HSY_QUERY_QUERY_H
#define HSY_QUERY_QUERY_H

#include "store/store.h"

typedef struct hsy_ask {
  hsy_str words; /* what the question is about */
  /* Each may be several, a line each: any of them fits. Of claims and conflicts
   * all speakers have to take part. */
  hsy_str speaker, outlet, stance;
  hsy_str since, until; /* days of publication, or months or years */
  hsy_str kind;         /* of rows that nobody marked: attribution, statement, side, shift, name */
  hsy_str without;      /* only articles that lack it: date, outlet, speech, text */
  bool thoughts;        /* with attributions of mode "thought" */
  double min_confidence;
  uint64_t limit;              /* 0: none */
  hsy_str cursor;              /* of the last answer of the page before */
  hsy_str claim;               /* only what belongs to this claim: an id or the start of one */
  bool held;                   /* claims: that several assert and nobody disputes, in place of the disputed */
  bool all;                    /* variants: also those whose words agree; doubles: also the unlikely */
  hsy_str sort;                /* by what the answers are ordered; empty: as usual (below) */
  bool reverse;                /* the other way round */
  bool count;                  /* one answer: how many there are */
  const hsy_meaning_row *like; /* what is asked for, of hsy_query_like */
} hsy_ask;

typedef enum hsy_answer_kind {
  HSY_ANSWER_DOCUMENT,    /* metadata; without text and layers */
  HSY_ANSWER_ARTICLE,     /* a document with everything */
  HSY_ANSWER_ATTRIBUTION, /* one attribution of a document, with its text */
  HSY_ANSWER_COUNTS,
  /* A row that holds attributions: it opens with fields of its own, the
   * attributions follow, each with the part of the row that it stands in, and
   * it closes. */
  HSY_ANSWER_OPEN,
  HSY_ANSWER_CLOSE,
  HSY_ANSWER_COPY,       /* a group of copies */
  HSY_ANSWER_CORRECTION, /* of names */
  HSY_ANSWER_REVIEW,     /* a mark of a reviewer */
  HSY_ANSWER_SPREAD      /* a statement and its reports (query/spread.h) */
} hsy_answer_kind;

/* A count, or (label set) a text, in the order in which they are to be shown. */
typedef struct hsy_count {
  const char *group; /* static: the object that it belongs to, or NULL */
  hsy_str name;
  int64_t count;
  hsy_str text; /* instead of the count, where data is not NULL */
} hsy_count;

/* A field of a row that is no layer of a document. */
typedef struct hsy_field {
  const char *name; /* static */
  enum {
    HSY_FIELD_TEXT, /* null where empty */
    HSY_FIELD_COUNT,
    HSY_FIELD_RATE,
    HSY_FIELD_FLAG,
    HSY_FIELD_LIST,  /* of texts */
    HSY_FIELD_JSON,  /* text is JSON */
    HSY_FIELD_PART,  /* a list of the attributions that follow */
    HSY_FIELD_SINGLE /* one attribution that follows */
  } kind;
  hsy_str text;
  int64_t count;
  double rate;
  hsy_str_vec list;
} hsy_field;

typedef HSY_VEC(hsy_field) hsy_field_vec;

typedef struct hsy_answer {
  hsy_answer_kind kind;
  const hsy_doc *doc;
  hsy_str id;           /* the document's, as stored */
  int32_t attribution;  /* ATTRIBUTION: which */
  int64_t attributions; /* DOCUMENT: how many; -1 where not counted */
  hsy_str snippet;      /* DOCUMENT of a search */
  hsy_str cursor;       /* to go on behind this answer */
  const hsy_count *counts;
  ptrdiff_t count_count;
  const char *part; /* ATTRIBUTION inside a row: the field that it belongs to; else NULL */
  const hsy_field *fields;
  ptrdiff_t field_count; /* OPEN: of the row; ATTRIBUTION: beside its own */
  hsy_store *store;      /* COPY, CORRECTION: to read its documents from */
  const struct hsy_copy_group *copy;
  const struct hsy_spread *spread;
  const struct hsy_stored_correction *correction;
  const struct hsy_review *review;
} hsy_answer;

typedef bool (*hsy_answer_fn)(void *user, const hsy_answer *answer, hsy_arena scratch, hsy_error *err);

/* One function a question; arena is for the answers, and all given back. */
typedef bool (*hsy_question_fn)(hsy_store *store, const hsy_ask *ask, hsy_answer_fn fn, void *user, hsy_arena arena,
                                hsy_error *err);

bool hsy_query_list(hsy_store *store, const hsy_ask *ask, hsy_answer_fn fn, void *user, hsy_arena arena,
                    hsy_error *err);
bool hsy_query_show(hsy_store *store, const hsy_ask *ask, hsy_answer_fn fn, void *user, hsy_arena arena,
                    hsy_error *err);
bool hsy_query_who(hsy_store *store, const hsy_ask *ask, hsy_answer_fn fn, void *user, hsy_arena arena, hsy_error *err);
bool hsy_query_search(hsy_store *store, const hsy_ask *ask, hsy_answer_fn fn, void *user, hsy_arena arena,
                      hsy_error *err);
/* By meaning; the nearest first. */
bool hsy_query_like(hsy_store *store, const hsy_ask *ask, hsy_answer_fn fn, void *user, hsy_arena arena,
                    hsy_error *err);
bool hsy_query_stats(hsy_store *store, const hsy_ask *ask, hsy_answer_fn fn, void *user, hsy_arena arena,
                     hsy_error *err);
/* The surest first, then by id. words: somewhere in the wordings or the names
 * of who speaks. A filter fits where one of the attributions does. */
bool hsy_query_claims(hsy_store *store, const hsy_ask *ask, hsy_answer_fn fn, void *user, hsy_arena arena,
                      hsy_error *err);
/* One claim (words: its id, or the start of one) with its two sides by time;
 * limit: statements a side. */
bool hsy_query_claim(hsy_store *store, const hsy_ask *ask, hsy_answer_fn fn, void *user, hsy_arena arena,
                     hsy_error *err);
bool hsy_query_conflicts(hsy_store *store, const hsy_ask *ask, hsy_answer_fn fn, void *user, hsy_arena arena,
                         hsy_error *err);
/* words: the name of who changed position. */
bool hsy_query_shifts(hsy_store *store, const hsy_ask *ask, hsy_answer_fn fn, void *user, hsy_arena arena,
                      hsy_error *err);
/* Statements by the day on which they were said, else reported. */
bool hsy_query_timeline(hsy_store *store, const hsy_ask *ask, hsy_answer_fn fn, void *user, hsy_arena arena,
                        hsy_error *err);
/* Groups of copies by the day of their earliest article; words: a document. */
bool hsy_query_copies(hsy_store *store, const hsy_ask *ask, hsy_answer_fn fn, void *user, hsy_arena arena,
                      hsy_error *err);
/* The statements nearest to the words, `limit` of them or one; of an id, that one. */
bool hsy_query_trace(hsy_store *store, const hsy_ask *ask, hsy_answer_fn fn, void *user, hsy_arena arena,
                     hsy_error *err);
/* Statements with several quoted wordings, by the day of the first report;
 * words: who speaks. */
bool hsy_query_variants(hsy_store *store, const hsy_ask *ask, hsy_answer_fn fn, void *user, hsy_arena arena,
                        hsy_error *err);
/* Who speaks, who speaks most first; and outlets, with most articles first.
 * Counted over what the filter fits. words: in the name. */
bool hsy_query_speakers(hsy_store *store, const hsy_ask *ask, hsy_answer_fn fn, void *user, hsy_arena arena,
                        hsy_error *err);
bool hsy_query_outlets(hsy_store *store, const hsy_ask *ask, hsy_answer_fn fn, void *user, hsy_arena arena,
                       hsy_error *err);
/* Claims on which two take a side, where they are against one another first.
 * words: the two names, a line each. */
bool hsy_query_pairs(hsy_store *store, const hsy_ask *ask, hsy_answer_fn fn, void *user, hsy_arena arena,
                     hsy_error *err);
/* Speakers and outlets that are spelled much like the words, the nearest first;
 * with an outlet in the filter, outlets alone. */
bool hsy_query_suggest(hsy_store *store, const hsy_ask *ask, hsy_answer_fn fn, void *user, hsy_arena arena,
                       hsy_error *err);
/* Marks in the order in which they were made; words: of this row alone. */
bool hsy_query_reviews(hsy_store *store, const hsy_ask *ask, hsy_answer_fn fn, void *user, hsy_arena arena,
                       hsy_error *err);
/* Rows that nobody marked, attributions or those of ask.kind, the least sure first. */
bool hsy_query_unreviewed(hsy_store *store, const hsy_ask *ask, hsy_answer_fn fn, void *user, hsy_arena arena,
                          hsy_error *err);
/* Entities that may be one, the surest first, less those of which somebody said
 * what they are; words: in a name; all: also what is hardly likely. */
bool hsy_query_doubles(hsy_store *store, const hsy_ask *ask, hsy_answer_fn fn, void *user, hsy_arena arena,
                       hsy_error *err);
/* What was put right about names, in the order in which it was said. */
bool hsy_query_corrections(hsy_store *store, const hsy_ask *ask, hsy_answer_fn fn, void *user, hsy_arena arena,
                           hsy_error *err);

#endif

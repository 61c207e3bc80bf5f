/* The document: one article and the layers that the stages add to it.
 *
 * In. Nothing: a document starts empty; format/ and clean/ fill its text, and
 * each later stage reads the layers before it and adds exactly one.
 * Out. Typed tables. What a row refers to is an index into an earlier table,
 * never a pointer, so that a document maps straight to rows of a store.
 * Owns. Nothing outside its arena: it is gone with the arena.
 *
 * Spans are bytes into the document's text, half-open. Indices are int32_t,
 * NONE (-1) where there is nothing to refer to. Text is frozen once it is set.
 */
#ifndef HSY_DOC_DOC_H
#define HSY_DOC_DOC_H

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"

enum { HSY_NONE = -1 };

typedef struct hsy_span {
  int32_t start, end;
} hsy_span;

typedef HSY_VEC(hsy_span) hsy_span_vec;
typedef HSY_VEC(int32_t) hsy_index_vec;
typedef HSY_VEC(hsy_str) hsy_str_vec;

/* ---- text: what the article says, and what it says of itself ---- */

typedef enum hsy_block_kind {
  HSY_BLOCK_PARAGRAPH,
  HSY_BLOCK_HEADLINE,
  HSY_BLOCK_HEADER, /* a "Key: value" line of a plain text file */
  HSY_BLOCK_SUBHEADING,
  HSY_BLOCK_FURNITURE /* boilerplate: captions, offers, cookie notices */
} hsy_block_kind;

typedef struct hsy_block {
  hsy_span text;
  hsy_block_kind kind;
  bool tagged;     /* later stages read it; false: stored and shown only */
  int32_t lead;    /* bytes at its start (dateline, agency slug) that are not prose */
  const char *why; /* static: the reason for its kind, for --explain */
} hsy_block;

/* Offset map: text byte `text` came from input byte `source`; it holds for the
 * bytes up to the next row's `text`. Rows ascend by text. `exact`: the bytes
 * run in step (text + k came from source + k); else all of them stand for the
 * piece of input that starts there (an entity, converted characters). */
typedef struct hsy_origin {
  int32_t text;
  bool exact;
  int64_t source;
} hsy_origin;

/* Which of two figures is the day: 03/04/2021. */
typedef enum hsy_day_order { HSY_ORDER_UNTOLD, HSY_DAY_FIRST, HSY_MONTH_FIRST } hsy_day_order;

/* An address of an article beside its own, and what lies there. */
typedef struct hsy_address {
  hsy_str id; /* of the article as it came from there; empty: the document's own */
  hsy_str url, path, item;
} hsy_address;

typedef HSY_VEC(hsy_address) hsy_address_vec;

/* What the article says of itself, empty where it does not. Dates are ISO 8601,
 * "2024-03-11" or with time and zone as far as given. */
typedef struct hsy_meta {
  hsy_str origin;    /* URL, else where the file lies and which article of it; empty: told by url, path and item */
  hsy_str source_id; /* a JSON line's id, else the file's name without its last ending */
  hsy_str path;      /* as given */
  hsy_str item;      /* which article of the file ("12"), empty where the file is one article */
  hsy_str url;       /* canonical where known */
  hsy_str title;
  hsy_str outlet;
  hsy_str byline;      /* as worded */
  hsy_str_vec authors; /* people only */
  hsy_str agency;      /* the agency credited with the text */
  hsy_str place;       /* of the dateline */
  hsy_str published, modified;
  hsy_day_order day_order;   /* of days in figures, one in an article */
  hsy_str language;          /* ISO 639-1, "und" where it cannot be told */
  hsy_str sha256;            /* of the bytes that came in */
  hsy_str format;            /* "text", "html", "jsonl", … */
  hsy_str engine;            /* that found its attributions: "deep", "fast"; empty where nothing was sought */
  hsy_str post;              /* the author who stands before the words of a post, in the text; else empty */
  hsy_str article;           /* of its plain address and its words (format/address.h); empty where one is missing */
  int detours;               /* marks in its address that a better one has not */
  hsy_address_vec addresses; /* others at which the same article lies */
  bool summary_only;         /* a feed that carries no full text */
  bool paywalled;
} hsy_meta;

/* Where a field of hsy_meta was found, for --explain. Both texts are static. */
typedef struct hsy_finding {
  const char *field, *where;
} hsy_finding;

/* ---- segment: tokens, sentences, paragraphs, quotation marks ---- */

typedef enum hsy_token_kind {
  HSY_TOKEN_WORD,   /* letters and marks, with inner apostrophes and hyphens */
  HSY_TOKEN_NUMBER, /* begins with a digit */
  HSY_TOKEN_OPEN,   /* quotation mark that opens (or may) */
  HSY_TOKEN_CLOSE,  /* quotation mark that closes */
  HSY_TOKEN_PUNCT
} hsy_token_kind;

enum {
  HSY_TOKEN_SPACE_BEFORE = 1, /* a blank or the start of the block stands before it */
  HSY_TOKEN_CAPITAL = 2,      /* begins with a capital */
  HSY_TOKEN_ALL_CAPS = 4,     /* two or more letters, all capitals */
  HSY_TOKEN_SUFFIX = 8        /* 's, n't, 'll … split off the word before */
};

typedef struct hsy_token {
  int32_t start, end;
  uint8_t kind, flags;
  int32_t quote; /* innermost quotation that holds it (its marks included), or NONE */
} hsy_token;

typedef struct hsy_sentence {
  int32_t first, end; /* tokens, half-open */
  int32_t paragraph;
} hsy_sentence;

typedef struct hsy_paragraph {
  int32_t first, end;                   /* tokens */
  int32_t first_sentence, end_sentence; /* sentences */
  int32_t block;
} hsy_paragraph;

/* One pair of quotation marks. A quotation that runs over paragraphs, with the
 * opening mark repeated and no closing mark before the last, is one row a
 * paragraph, chained by `next`. */
typedef struct hsy_quotation {
  int32_t open, close;    /* tokens; close is NONE where the mark is missing */
  int32_t first, end;     /* tokens between the marks, half-open */
  int32_t parent;         /* the quotation around it, or NONE */
  int32_t previous, next; /* the same quotation in the paragraph before and after */
  int32_t paragraph;
} hsy_quotation;

/* ---- quote, speaker, temporal, stance: attributions and what hangs on them ---- */

typedef enum hsy_role { HSY_SOURCE, HSY_CUE, HSY_CONTENT, HSY_ROLES } hsy_role;

typedef enum hsy_kind { HSY_DIRECT, HSY_INDIRECT, HSY_MIXED } hsy_kind;
/* Rejected: a person said that it is no attribution; it is left out of all answers. */
typedef enum hsy_mode { HSY_SPEECH, HSY_THOUGHT, HSY_REJECTED } hsy_mode;

/* Pieces of one part: rows first … first + count of the document's `pieces`. */
typedef struct hsy_part {
  int32_t first, count;
} hsy_part;

typedef enum hsy_entity_kind {
  HSY_PERSON,
  HSY_ORGANIZATION,
  HSY_PLACE,
  HSY_GROUP,
  HSY_DOCUMENT,
  HSY_UNNAMED
} hsy_entity_kind;

/* An entity as this document knows it. */
typedef struct hsy_entity {
  hsy_str name; /* the fullest form */
  hsy_entity_kind kind;
  hsy_str_vec titles, aliases;
  hsy_str known_id, known_as; /* of a stored document: the entity across documents; empty where there is none */
} hsy_entity;

typedef struct hsy_mention {
  hsy_span span;
  int32_t entity;
  const char *form; /* static: "name", "pronoun", "description", "metonym", "group", "title" */
} hsy_mention;

/* ISO 8601-2 / TIMEX3 value of a time expression. */
typedef struct hsy_time {
  hsy_span span;
  const char *type; /* static: "DATE", "TIME", "DURATION", "SET" */
  hsy_str value;    /* "2022-11", "P2D", … */
} hsy_time;

typedef enum hsy_basis { HSY_EXPLICIT, HSY_INHERITED, HSY_INFERRED } hsy_basis;

/* Why a derived field is what it is. */
typedef struct hsy_evidence {
  int32_t attribution;
  const char *field; /* static: "speaker", "via", "to", "said_on", "stance" */
  hsy_basis basis;
  hsy_span span; /* empty where the basis has no words */
} hsy_evidence;

/* An outlet or person through whom a statement came, or its addressee. */
typedef struct hsy_link {
  int32_t attribution;
  bool to; /* the addressee; else via */
  hsy_str name;
  int32_t entity;       /* or NONE */
  const char *relation; /* static: "told", "quoted by", "interview", "statement" */
} hsy_link;

typedef struct hsy_attribution {
  hsy_part part[HSY_ROLES]; /* count 0 where the article has none */
  hsy_kind kind;
  hsy_mode mode;
  int32_t parent;         /* the attribution it is nested in, or NONE */
  int32_t same_run;       /* the attribution whose speaker goes on here, or NONE */
  float confidence;       /* chance that content and source are right, 0 to 1 */
  hsy_index_vec speakers; /* entities; more than one for "Moscow and Tehran" */
  hsy_str speaker;        /* the entity's name; as worded for two; empty for nobody */
  const char *stance;     /* static, a label of stance/; NULL until it is told */
  hsy_str said_on;        /* ISO date or prefix, empty where not told */
  hsy_str statement;      /* of a stored document: id of the statement that it reports, or empty */
} hsy_attribution;

enum { HSY_MEANING_PIECES = 96, HSY_MEANING_WIDTH = 384, HSY_SKETCH_WORDS = HSY_MEANING_WIDTH / 64 };

/* What an attribution says, as the model of meaning reads it (meaning/meaning.h). */
typedef struct hsy_meaning_row {
  int32_t attribution;
  int32_t count;
  uint16_t pieces[HSY_MEANING_PIECES]; /* word pieces of its text, `count` of them */
  int8_t vector[HSY_MEANING_WIDTH];    /* 127 times one of length one */
  uint64_t sketch[HSY_SKETCH_WORDS];   /* a bit a dimension: few differ where vectors are near */
  uint64_t model;                      /* that told it (hsy_meaning_version) */
} hsy_meaning_row;

typedef struct hsy_doc {
  hsy_arena *arena; /* borrowed; every table lies in it */
  hsy_meta meta;
  HSY_VEC(hsy_finding) findings;
  hsy_str text;
  HSY_VEC(hsy_block) blocks;
  HSY_VEC(hsy_origin) origins;
  HSY_VEC(hsy_token) tokens;
  HSY_VEC(hsy_sentence) sentences;
  HSY_VEC(hsy_paragraph) paragraphs;
  HSY_VEC(hsy_quotation) quotations;
  hsy_span_vec pieces;
  HSY_VEC(hsy_attribution) attributions; /* in the order of their first character */
  HSY_VEC(hsy_entity) entities;
  HSY_VEC(hsy_mention) mentions;
  HSY_VEC(hsy_time) times;
  HSY_VEC(hsy_link) links;
  HSY_VEC(hsy_evidence) evidence;
  HSY_VEC(hsy_meaning_row) meanings; /* of speech alone, where the engine tells it */
} hsy_doc;

void hsy_doc_init(hsy_doc *doc, hsy_arena *arena);

hsy_str hsy_doc_span(const hsy_doc *doc, hsy_span span);
static inline hsy_str hsy_doc_token(const hsy_doc *doc, int32_t token) {
  const hsy_token *t = &doc->tokens.data[token];
  return (hsy_str){doc->text.data + t->start, t->end - t->start};
}
/* Bytes from the first to the last token of [first, end), empty for none. */
hsy_span hsy_doc_tokens(const hsy_doc *doc, int32_t first, int32_t end);
/* First token that ends behind byte `at`; tokens.len where there is none. */
int32_t hsy_doc_token_at(const hsy_doc *doc, int32_t at);
/* The sentence that holds the token; as many as there are sentences behind the last. */
int32_t hsy_doc_sentence_of(const hsy_doc *doc, int32_t token);

/* Appends the pieces and returns the part that names them: those that there was
 * room for. */
hsy_part hsy_doc_add_part(hsy_doc *doc, const hsy_span *pieces, int32_t count);
/* The n-th piece of a part. */
hsy_span hsy_doc_piece(const hsy_doc *doc, hsy_part part, int32_t n);

/* Code points before each of the offsets (bytes, ascending): out[i] for at[i].
 * One pass over the text. */
void hsy_doc_points(const hsy_doc *doc, const int32_t *at, int32_t *out, ptrdiff_t count);
/* Byte of the input that the text's byte came from, or -1 where no map is. */
int64_t hsy_doc_source(const hsy_doc *doc, int32_t at);

const char *hsy_kind_name(hsy_kind kind);               /* "direct" … */
const char *hsy_mode_name(hsy_mode mode);               /* "speech" … */
const char *hsy_role_name(hsy_role role);               /* "source" … */
const char *hsy_basis_name(hsy_basis basis);            /* "explicit" … */
const char *hsy_entity_kind_name(hsy_entity_kind kind); /* "person" … */
const char *hsy_block_kind_name(hsy_block_kind kind);

#endif

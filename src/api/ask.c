#include "api/give.h"
#include "export/corrections.h"
#include "export/csv.h"
#include "export/jsonl.h"
#include "export/record.h"
#include "export/spread.h"
#include "format/value.h"
#include "pipeline/engine.h"
#include "query/query.h"

#include <string.h>

enum { HEAP_BYTES = 1 << 30, LINE_BYTES = 64 << 20 }; /* addresses */

typedef struct asking {
  hearsay_row_fn on_row;
  void *user;
  bool thoughts;
  /* A row that is open; the attributions that follow go into it. */
  hsy_json json;
  json_t *row;
  bool csv;
  hsy_csv_sheet sheet;
  hsy_heap *lines; /* of the sheet */
  bool counting;   /* rows are counted, not given */
  int64_t counted;
} asking;

/* ---- rows out ---- */

static bool give_line(asking *a, const json_t *row, void (*write)(asking *, const json_t *, hsy_buf *),
                      hsy_error *err) {
  hsy_arena arena = hsy_heap_reset(a->lines);
  hsy_buf line = hsy_buf_in(&arena);
  write(a, row, &line);
  if (!hsy_arena_check(arena, "api", err)) return false;
  bool on = !a->on_row || a->on_row(a->user, line.len ? line.data : "", (size_t)line.len);
  return on || hsy_fail(err, HSY_STOPPED, "api", -1, "stopped");
}

static void write_header(asking *a, const json_t *row, hsy_buf *line) { hsy_csv_header(&a->sheet, row, line); }
static void write_line(asking *a, const json_t *row, hsy_buf *line) { hsy_csv_line(&a->sheet, row, line); }

/* Takes the row over. */
static bool give(asking *a, hsy_json *json, json_t *row, hsy_error *err) {
  if (!a->csv) return hsy_give_row(json, row, a->on_row, a->user, err);
  if (json->failed) hsy_fail(err, HSY_NO_MEMORY, "api", -1, "out of memory for a row of the answer");
  if (!a->lines) a->lines = hsy_heap_new(LINE_BYTES, err);
  bool ok = err->code == HSY_OK && a->lines;
  if (ok && !a->sheet.columns) ok = give_line(a, row, write_header, err);
  ok = ok && give_line(a, row, write_line, err);
  json_decref(row);
  return ok;
}

/* ---- answers → rows ---- */

static json_t *document_row(hsy_json *json, const hsy_view *view, const hsy_answer *answer, bool thoughts) {
  (void)thoughts;
  json_t *row = hsy_export_document(json, view, false);
  if (answer->attributions >= 0) hsy_json_set(json, row, "attributions", hsy_json_int(json, answer->attributions));
  if (answer->snippet.data) hsy_json_set(json, row, "snippet", hsy_json_str(json, answer->snippet));
  return row;
}

static json_t *article_row(hsy_json *json, const hsy_view *view, const hsy_answer *answer, bool thoughts) {
  (void)answer;
  json_t *row = hsy_export_extract(json, view, (hsy_extract_how){.times = true, .thoughts = thoughts});
  hsy_export_details(json, row, view);
  return row;
}

static json_t *attribution_row(hsy_json *json, const hsy_view *view, const hsy_answer *answer, bool thoughts) {
  (void)thoughts;
  json_t *row = hsy_export_attribution(json, view, answer->attribution);
  hsy_export_attribution_context(json, row, view, answer->attribution);
  return row;
}

static json_t *counts_row(hsy_json *json, const hsy_answer *answer, bool of_rows) {
  json_t *row = hsy_json_object(json);
  hsy_json_set(json, row, "type", hsy_json_z(json, of_rows ? "count" : "stats"));
  for (ptrdiff_t i = 0; i < answer->count_count; i++) {
    const hsy_count *count = &answer->counts[i];
    json_t *object = count->group ? json_object_get(row, count->group) : row;
    if (!object) {
      object = hsy_json_object(json);
      hsy_json_set(json, row, count->group, object);
    }
    char key[64] = {0};
    memcpy(key, count->name.data, (size_t)(count->name.len < 63 ? count->name.len : 63));
    hsy_json_set(json, object, key,
                 count->text.data ? hsy_json_str(json, count->text) : hsy_json_int(json, count->count));
  }
  return row;
}

static json_t *field_value(hsy_json *json, const hsy_field *field) {
  if (field->kind == HSY_FIELD_COUNT) return hsy_json_int(json, field->count);
  if (field->kind == HSY_FIELD_RATE) return hsy_json_rate(json, field->rate);
  if (field->kind == HSY_FIELD_FLAG) return hsy_json_bool(json, field->count != 0);
  if (field->kind == HSY_FIELD_TEXT) return hsy_json_str_or_null(json, field->text);
  if (field->kind == HSY_FIELD_JSON) {
    json_error_t problem;
    bool memory = false;
    json_t *value = field->text.len ? hsy_value_parse(field->text, 0, &problem, &memory) : NULL;
    json->failed |= memory;
    return value ? value : hsy_json_z(json, NULL);
  }
  if (field->kind == HSY_FIELD_SINGLE) return hsy_json_z(json, NULL);
  json_t *list = hsy_json_array(json);
  for (ptrdiff_t i = 0; i < field->list.len; i++) hsy_json_add(json, list, hsy_json_str(json, field->list.data[i]));
  return list;
}

static void set_fields(hsy_json *json, json_t *row, const hsy_answer *answer) {
  for (ptrdiff_t i = 0; i < answer->field_count; i++)
    hsy_json_set(json, row, answer->fields[i].name, field_value(json, &answer->fields[i]));
}

/* A list takes the attribution at its end, a single field is it. */
static void put_part(hsy_json *json, json_t *row, const char *part, json_t *attribution) {
  json_t *list = json_object_get(row, part);
  if (json_is_array(list))
    hsy_json_add(json, list, attribution);
  else
    hsy_json_set(json, row, part, attribution);
}

static bool open_row(asking *a, const hsy_answer *answer) {
  json_decref(a->row);
  a->json = (hsy_json){0};
  a->row = hsy_json_object(&a->json);
  set_fields(&a->json, a->row, answer);
  return true;
}

static bool close_row(asking *a, hsy_error *err) {
  json_t *row = a->row;
  a->row = NULL;
  return give(a, &a->json, row, err);
}

/* Rows that read documents of their own. */
static bool give_own_row(asking *a, const hsy_answer *answer, hsy_arena scratch, hsy_error *err) {
  hsy_json json = {0};
  json_t *row = NULL;
  if (answer->kind == HSY_ANSWER_COPY) row = hsy_export_copy(&json, answer->store, answer->copy, true, scratch, err);
  if (answer->kind == HSY_ANSWER_SPREAD) row = hsy_export_spread(&json, answer->spread, scratch, err);
  if (answer->kind == HSY_ANSWER_REVIEW) {
    row = hsy_export_review(&json, answer->review, scratch);
    hsy_json_set(&json, row, "number", hsy_json_int(&json, answer->review->number));
  }
  if (answer->kind == HSY_ANSWER_CORRECTION) {
    row = hsy_export_correction(&json, answer->correction, scratch);
    hsy_export_correction_known(&json, row, answer->store, answer->correction, scratch, err);
  }
  if (answer->cursor.len) hsy_json_set(&json, row, "cursor", hsy_json_str(&json, answer->cursor));
  if (err->code == HSY_OK && hsy_arena_check(scratch, "api", err)) return give(a, &json, row, err);
  json_decref(row);
  return false;
}

static bool give_answer(void *user, const hsy_answer *answer, hsy_arena scratch, hsy_error *err) {
  static json_t *(*const ROWS[])(hsy_json *, const hsy_view *, const hsy_answer *, bool) = {
      [HSY_ANSWER_DOCUMENT] = document_row,
      [HSY_ANSWER_ARTICLE] = article_row,
      [HSY_ANSWER_ATTRIBUTION] = attribution_row,
  };
  asking *a = user;
  hsy_json json = {0};
  hsy_view view;
  if (a->counting && answer->kind != HSY_ANSWER_COUNTS) { /* the question cannot count by itself */
    a->counted += answer->kind != HSY_ANSWER_CLOSE && !answer->part;
    return true;
  }
  if (a->counting) a->counted = -1;
  if (answer->kind == HSY_ANSWER_OPEN) return open_row(a, answer);
  if (answer->kind == HSY_ANSWER_CLOSE) return close_row(a, err);
  if (answer->kind >= HSY_ANSWER_COPY) return give_own_row(a, answer, scratch, err);
  if (answer->kind == HSY_ANSWER_COUNTS) return give(a, &json, counts_row(&json, answer, a->counting), err);
  if (!hsy_view_init(&view, answer->doc, HSY_IDS_GLOBAL, &scratch, err)) return false;
  if (answer->part && a->row) {
    json_t *inner = attribution_row(&a->json, &view, answer, a->thoughts);
    set_fields(&a->json, inner, answer);
    put_part(&a->json, a->row, answer->part, inner);
    return true;
  }
  json_t *row = ROWS[answer->kind](&json, &view, answer, a->thoughts);
  if (answer->cursor.len) hsy_json_set(&json, row, "cursor", hsy_json_str(&json, answer->cursor));
  return give(a, &json, row, err);
}

/* ---- questions ---- */

static const hsy_question_fn QUESTIONS[HEARSAY_QUESTIONS] = {
    [HEARSAY_LIST] = hsy_query_list,
    [HEARSAY_SHOW] = hsy_query_show,
    [HEARSAY_WHO] = hsy_query_who,
    [HEARSAY_SEARCH] = hsy_query_search,
    [HEARSAY_STATS] = hsy_query_stats,
    [HEARSAY_CLAIMS] = hsy_query_claims,
    [HEARSAY_CLAIM] = hsy_query_claim,
    [HEARSAY_CONFLICTS] = hsy_query_conflicts,
    [HEARSAY_SHIFTS] = hsy_query_shifts,
    [HEARSAY_TIMELINE] = hsy_query_timeline,
    [HEARSAY_COPIES] = hsy_query_copies,
    [HEARSAY_TRACE] = hsy_query_trace,
    [HEARSAY_VARIANTS] = hsy_query_variants,
    [HEARSAY_CORRECTIONS] = hsy_query_corrections,
    [HEARSAY_SPEAKERS] = hsy_query_speakers,
    [HEARSAY_OUTLETS] = hsy_query_outlets,
    [HEARSAY_PAIRS] = hsy_query_pairs,
    [HEARSAY_REVIEWS] = hsy_query_reviews,
    [HEARSAY_UNREVIEWED] = hsy_query_unreviewed,
    [HEARSAY_LIKE] = hsy_query_like,
    [HEARSAY_SUGGEST] = hsy_query_suggest,
    [HEARSAY_DOUBLES] = hsy_query_doubles,
};

static hsy_ask ask_of(const hearsay_filter *filter) {
  static const hearsay_filter NONE;
  if (!filter) filter = &NONE;
  return (hsy_ask){.words = hsy_str_of(filter->words),
                   .speaker = hsy_str_of(filter->speaker),
                   .outlet = hsy_str_of(filter->outlet),
                   .stance = hsy_str_of(filter->stance),
                   .since = hsy_str_of(filter->since),
                   .until = hsy_str_of(filter->until),
                   .without = hsy_str_of(filter->without),
                   .thoughts = filter->thoughts,
                   .min_confidence = filter->min_confidence,
                   .limit = filter->limit,
                   .cursor = hsy_str_of(filter->cursor),
                   .claim = hsy_str_of(filter->claim),
                   .kind = hsy_str_of(filter->kind),
                   .held = filter->held_by_several,
                   .all = filter->all,
                   .sort = hsy_str_of(filter->sort),
                   .reverse = filter->reverse,
                   .count = filter->count};
}

static bool give_count(asking *a, hsy_error *err) {
  hsy_json json = {0};
  json_t *row = hsy_json_object(&json);
  hsy_json_set(&json, row, "type", hsy_json_z(&json, "count"));
  hsy_json_set(&json, row, "rows", hsy_json_int(&json, a->counted));
  return give(a, &json, row, err);
}

/* What the words of HEARSAY_LIKE mean. */
static bool read_words(const hearsay_filter *filter, hsy_ask *ask, hsy_meaning_row *like, hsy_arena scratch,
                       hsy_error *err) {
  const hsy_engine *engine = filter ? (const hsy_engine *)filter->engine : NULL;
  if (!engine || !engine->meaning)
    return hsy_fail(err, HSY_USAGE, "api", -1, "what is like a sentence is found by the deep engine alone");
  if (!ask->words.len) return hsy_fail(err, HSY_USAGE, "api", -1, "nothing is said that it should be like");
  ask->like = like;
  return hsy_meaning_of_words(engine->meaning, ask->words, like, scratch, err);
}

HEARSAY_API bool hearsay_ask(hearsay_store *store, hearsay_question question, const hearsay_filter *filter,
                             hearsay_row_fn on_row, void *user, hearsay_error *err) {
  hsy_error inner = {.offset = -1};
  bool known = (unsigned)question < HEARSAY_QUESTIONS && QUESTIONS[question];
  if (!known) hsy_fail(&inner, HSY_USAGE, "api", -1, "there is no question %d", (int)question);
  hsy_heap *heap = known ? hsy_heap_new(HEAP_BYTES, &inner) : NULL;
  if (heap) {
    hsy_ask ask = ask_of(filter);
    asking a = {
        .on_row = on_row, .user = user, .thoughts = ask.thoughts, .csv = filter && filter->csv, .counting = ask.count};
    if (ask.count) {
      ask.limit = 0;
      ask.cursor = (hsy_str){0};
    }
    hsy_meaning_row like;
    hsy_arena arena = hsy_heap_reset(heap);
    if (question != HEARSAY_LIKE || read_words(filter, &ask, &like, arena, &inner))
      QUESTIONS[question]((hsy_store *)store, &ask, give_answer, &a, arena, &inner);
    if (ask.count && inner.code == HSY_OK && a.counted >= 0) give_count(&a, &inner);
    json_decref(a.row);
    hsy_csv_reset(&a.sheet);
    hsy_heap_free(a.lines);
  }
  hsy_heap_free(heap);
  return hsy_give_error(&inner, err);
}

/* ---- export ---- */

static bool give_row(void *user, hsy_json *json, json_t *row, hsy_error *err) {
  const asking *a = user;
  return hsy_give_row(json, row, a->on_row, a->user, err);
}

HEARSAY_API bool hearsay_export(hearsay_store *store, const char *format, hearsay_row_fn on_row, void *user,
                                hearsay_error *err) {
  hsy_error inner = {.offset = -1};
  asking a = {.on_row = on_row, .user = user, .thoughts = true};
  if (format && strcmp(format, "jsonl") != 0)
    hsy_fail(&inner, HSY_USAGE, "api", -1, "\"%.40s\" is no format of rows (jsonl)", format);
  else
    hsy_export_jsonl((hsy_store *)store, give_row, &a, &inner);
  return hsy_give_error(&inner, err);
}

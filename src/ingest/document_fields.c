#include "ingest/document_fields.h"

#include "format/date.h"
#include "segment/segment.h"
#include "temporal/occasion.h"
#include "temporal/said_on.h"
#include "temporal/temporal.h"

static bool is(hsy_str text, const char *word) { return hsy_str_eq(text, hsy_str_of(word)); }

static bool no_field(hsy_error *err, hsy_str field) {
  return hsy_fail(err, HSY_USAGE, "set", -1, "%.*s cannot be set (title, outlet, date, author can)",
                  (int)(field.len < 40 ? field.len : 40), field.data);
}

/* A value that has one line and is no longer than a line. */
static bool is_line(hsy_str value) {
  enum { LONGEST = 1000 };
  for (ptrdiff_t i = 0; i < value.len; i++)
    if ((unsigned char)value.data[i] < ' ') return false;
  return value.len <= LONGEST;
}

static hsy_str authors_of(const hsy_meta *meta, hsy_arena *arena) {
  hsy_buf out = hsy_buf_in(arena);
  for (ptrdiff_t i = 0; i < meta->authors.len; i++) {
    if (i) hsy_buf_add(&out, HSY_S("; "));
    hsy_buf_add(&out, meta->authors.data[i]);
  }
  return hsy_buf_str(&out);
}

bool hsy_document_field_get(const hsy_doc *doc, hsy_str field, hsy_str *value, hsy_arena *arena, hsy_error *err) {
  const hsy_meta *meta = &doc->meta;
  if (is(field, "title"))
    *value = meta->title;
  else if (is(field, "outlet"))
    *value = meta->outlet;
  else if (is(field, "date"))
    *value = meta->published;
  else if (is(field, "author"))
    *value = authors_of(meta, arena);
  else
    return no_field(err, field);
  return hsy_arena_check(*arena, "set", err);
}

static void set_authors(hsy_doc *doc, hsy_str value) {
  hsy_meta *meta = &doc->meta;
  meta->authors.len = 0;
  meta->byline = hsy_str_copy(doc->arena, value);
  for (hsy_str rest = value; rest.data;) {
    hsy_str name = hsy_str_trim(hsy_str_cut(rest, ';', &rest));
    if (name.len) *hsy_push(&meta->authors, doc->arena) = hsy_str_copy(doc->arena, name);
  }
}

static bool set_date(hsy_doc *doc, hsy_str value, hsy_error *err) {
  hsy_dates dates;
  hsy_date date;
  ptrdiff_t end = 0;
  if (!value.len) {
    doc->meta.published = value;
    return true;
  }
  if (!hsy_dates_load(&dates, doc->arena, err)) return false;
  if (!hsy_date_read(&dates, value, true, &date, &end) || end != value.len)
    return hsy_fail(err, HSY_USAGE, "set", -1, "\"%.*s\" is no day; say it like 2025-03-14",
                    (int)(value.len < 40 ? value.len : 40), value.data);
  doc->meta.published = hsy_date_iso(&date, doc->arena);
  return true;
}

bool hsy_document_field_set(hsy_doc *doc, hsy_str field, hsy_str value, hsy_error *err) {
  value = hsy_str_trim(value);
  if (!is_line(value)) return hsy_fail(err, HSY_USAGE, "set", -1, "a value is one line, and not longer than a line");
  if (is(field, "title"))
    doc->meta.title = hsy_str_copy(doc->arena, value);
  else if (is(field, "outlet"))
    doc->meta.outlet = hsy_str_copy(doc->arena, value);
  else if (is(field, "author"))
    set_authors(doc, value);
  else if (!is(field, "date"))
    return no_field(err, field);
  else if (!set_date(doc, value, err))
    return false;
  return hsy_arena_check(*doc->arena, "set", err);
}

static void forget_days(hsy_doc *doc) {
  ptrdiff_t kept = 0;
  doc->times.len = 0;
  for (ptrdiff_t i = 0; i < doc->attributions.len; i++) doc->attributions.data[i].said_on = (hsy_str){0};
  for (ptrdiff_t i = 0; i < doc->evidence.len; i++)
    if (!is(hsy_str_of(doc->evidence.data[i].field), "said_on")) doc->evidence.data[kept++] = doc->evidence.data[i];
  doc->evidence.len = kept;
}

bool hsy_document_redate(hsy_doc *doc, hsy_arena scratch, hsy_error *err) {
  hsy_segment_lists lists;
  if (!hsy_segment_reads(doc->meta.language)) return true;
  forget_days(doc);
  if (!doc->tokens.len && (!hsy_segment_load(&lists, doc->arena, err) || !hsy_segment_tokenize(doc, &lists, err)))
    return false;
  const hsy_temporal_lists *times = hsy_temporal_load(doc->arena, err);
  return times && hsy_temporal_tag(doc, times, scratch, err) && hsy_temporal_said_on(doc, times, err) &&
         hsy_temporal_carry_occasions(doc, times, scratch, err);
}

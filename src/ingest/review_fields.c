#include "ingest/review_fields.h"

#include "base/utf8.h"
#include "stance/stance.h"

static bool refuse(hsy_error *err, const char *what, hsy_str value) {
  return hsy_fail(err, HSY_USAGE, "review", -1, "\"%.*s\" %s", (int)(value.len < 80 ? value.len : 80), value.data,
                  what);
}

/* ---- who ---- */

static hsy_str get_speaker(const hsy_doc *doc, const hsy_attribution *row) {
  hsy_buf out = hsy_buf_in(doc->arena);
  bool shown = row->speaker.len || row->speakers.len;
  if (shown) hsy_buf_add(&out, row->speaker);
  for (ptrdiff_t i = 0; i < row->speakers.len; i++) {
    hsy_buf_byte(&out, '\n');
    hsy_buf_add(&out, doc->entities.data[row->speakers.data[i]].name);
  }
  return hsy_buf_str(&out);
}

static bool is_called(const hsy_entity *entity, hsy_str folded, hsy_arena *arena) {
  if (hsy_str_eq(hsy_utf8_fold(arena, entity->name), folded)) return true;
  for (ptrdiff_t i = 0; i < entity->aliases.len; i++)
    if (hsy_str_eq(hsy_utf8_fold(arena, entity->aliases.data[i]), folded)) return true;
  return false;
}

/* Whom the article knows by that name; else a new entity of it. */
static int32_t entity_called(hsy_doc *doc, hsy_str name, hsy_entity_kind kind) {
  hsy_str folded = hsy_utf8_fold(doc->arena, name);
  for (int32_t i = 0; i < doc->entities.len; i++)
    if (is_called(&doc->entities.data[i], folded, doc->arena)) return i;
  *hsy_push(&doc->entities, doc->arena) = (hsy_entity){.name = hsy_str_copy(doc->arena, name), .kind = kind};
  return (int32_t)doc->entities.len - 1;
}

static void set_speaker(hsy_doc *doc, hsy_attribution *row, hsy_str value, hsy_entity_kind kind) {
  hsy_str rest, shown = hsy_str_trim(hsy_str_cut(value, '\n', &rest));
  row->speakers = (hsy_index_vec){0};
  row->speaker = hsy_str_copy(doc->arena, shown);
  if (!rest.data && shown.len) rest = shown; /* one name: of one */
  while (rest.data) {
    hsy_str name = hsy_str_trim(hsy_str_cut(rest, '\n', &rest));
    if (!name.len) continue;
    int32_t entity = entity_called(doc, name, kind);
    *hsy_push(&row->speakers, doc->arena) = entity;
    if (hsy_str_eq(name, shown)) row->speaker = doc->entities.data[entity].name;
  }
}

/* ---- what ---- */

static hsy_str get_content(const hsy_doc *doc, hsy_part part) {
  hsy_buf out = hsy_buf_in(doc->arena);
  for (int32_t i = 0; i < part.count; i++) {
    hsy_span span = hsy_doc_piece(doc, part, i);
    int32_t at[] = {span.start, span.end}, points[2];
    hsy_doc_points(doc, at, points, 2);
    hsy_buf_add(&out, hsy_str_printf(doc->arena, "%s%d-%d", i ? ";" : "", points[0], points[1]));
  }
  return hsy_buf_str(&out);
}

static bool read_number(hsy_str text, int64_t *n) {
  *n = 0;
  if (text.len == 0 || text.len > 9) return false;
  for (ptrdiff_t i = 0; i < text.len; i++) {
    if (text.data[i] < '0' || text.data[i] > '9') return false;
    *n = *n * 10 + (text.data[i] - '0');
  }
  return true;
}

/* The byte of a code point, behind a known one; -1 behind the text's end. */
static int32_t byte_behind(const hsy_doc *doc, int64_t from_point, int32_t from_byte, int64_t point) {
  ptrdiff_t at = from_byte;
  for (; from_point < point && at < doc->text.len; from_point++) hsy_utf8_next(doc->text, &at);
  return from_point == point ? (int32_t)at : -1;
}

static bool set_content(hsy_doc *doc, hsy_attribution *row, hsy_str value, hsy_error *err) {
  enum { PIECES_MOST = 64 };
  hsy_span pieces[PIECES_MOST];
  int32_t count = 0, byte = 0;
  int64_t behind = 0;
  for (hsy_str rest = value; rest.data;) {
    hsy_str to, piece = hsy_str_cut(rest, ';', &rest), from = hsy_str_cut(piece, '-', &to);
    int64_t start, end;
    bool sound = count < PIECES_MOST && read_number(hsy_str_trim(from), &start) &&
                 read_number(hsy_str_trim(to), &end) && start >= behind && end > start;
    if (!sound)
      return refuse(err, "are no pieces of the text: ascending numbers of characters are, 120-168;190-204", value);
    int32_t first = byte_behind(doc, behind, byte, start);
    int32_t last = first < 0 ? -1 : byte_behind(doc, start, first, end);
    if (last < 0) return refuse(err, "ends behind the article's text", piece);
    pieces[count++] = (hsy_span){first, last};
    behind = end;
    byte = last;
  }
  if (!count) return refuse(err, "is nothing that was said; mark it as wrong instead", value);
  row->part[HSY_CONTENT] = hsy_doc_add_part(doc, pieces, count);
  return true;
}

/* ---- how ---- */

static bool set_stance(hsy_attribution *row, hsy_str value, hsy_error *err) {
  row->stance = value.len ? hsy_stance_label(value) : NULL;
  return row->stance || !value.len ||
         refuse(err, "is no stance (affirm, admit, deny, decline, urge, promise, ask)", value);
}

static bool set_mode(hsy_attribution *row, hsy_str value, hsy_error *err) {
  for (hsy_mode mode = HSY_SPEECH; mode <= HSY_REJECTED; mode++) {
    if (!hsy_str_eq(value, hsy_str_of(hsy_mode_name(mode)))) continue;
    row->mode = mode;
    return true;
  }
  return refuse(err, "is no mode (speech, thought, rejected)", value);
}

bool hsy_review_field_get(const hsy_doc *doc, int32_t attribution, hsy_str field, hsy_str *value, hsy_error *err) {
  const hsy_attribution *row = &doc->attributions.data[attribution];
  if (hsy_str_eq(field, HSY_S("speaker")))
    *value = get_speaker(doc, row);
  else if (hsy_str_eq(field, HSY_S("content")))
    *value = get_content(doc, row->part[HSY_CONTENT]);
  else if (hsy_str_eq(field, HSY_S("stance")))
    *value = hsy_str_of(row->stance);
  else if (hsy_str_eq(field, HSY_S("mode")))
    *value = hsy_str_of(hsy_mode_name(row->mode));
  else
    return refuse(err, "cannot be corrected (speaker, stance, content can)", field);
  return hsy_arena_check(*doc->arena, "review", err);
}

bool hsy_review_field_set(hsy_doc *doc, int32_t attribution, hsy_str field, hsy_str value, hsy_entity_kind kind,
                          hsy_error *err) {
  hsy_attribution *row = &doc->attributions.data[attribution];
  bool ok = true;
  if (hsy_str_eq(field, HSY_S("speaker")))
    set_speaker(doc, row, value, kind);
  else if (hsy_str_eq(field, HSY_S("content")))
    ok = set_content(doc, row, value, err);
  else if (hsy_str_eq(field, HSY_S("stance")))
    ok = set_stance(row, value, err);
  else if (hsy_str_eq(field, HSY_S("mode")))
    ok = set_mode(row, value, err);
  else
    ok = refuse(err, "cannot be corrected (speaker, stance, content can)", field);
  return ok && hsy_arena_check(*doc->arena, "review", err);
}

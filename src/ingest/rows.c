#include "ingest/rows.h"

#include "base/utf8.h"
#include "stance/stance.h"

enum { STEP = 64 };

typedef struct reading {
  hsy_doc *doc;
  int32_t *bytes; // [points / STEP + 1] byte of every STEP-th code point
  int32_t points;
  hsy_error *err;
} reading;

static bool bad(const reading *r, const char *what) {
  return hsy_fail(r->err, HSY_BAD_INPUT, "import", -1, "a row has no sound \"%s\" (docs/format.md)", what);
}

/* ---- texts ---- */

/* What is not there, or null, is empty; what is of another kind is no row of ours. */
static bool is_lacking(const json_t *value) { return !value || json_is_null(value); }

static hsy_str text(const reading *r, const json_t *object, const char *key) {
  const json_t *value = key ? json_object_get(object, key) : object;
  if (!is_lacking(value) && !json_is_string(value)) bad(r, key ? key : "text");
  if (!json_is_string(value)) return (hsy_str){0};
  return hsy_str_copy(r->doc->arena, (hsy_str){json_string_value(value), (ptrdiff_t)json_string_length(value)});
}

/* NULL for null. */
static const char *word(const reading *r, const json_t *value) {
  hsy_str of = text(r, value, NULL);
  return json_is_string(value) ? hsy_str_z(r->doc->arena, of) : NULL;
}

/* The same where there has to be one. */
static const char *needed(const reading *r, const json_t *value) {
  const char *of = word(r, value);
  return of && *of ? of : NULL;
}

static const json_t *list_of(const reading *r, const json_t *object, const char *key) {
  const json_t *list = json_object_get(object, key);
  if (!is_lacking(list) && !json_is_array(list)) bad(r, key);
  return list;
}

static bool flag_of(const reading *r, const json_t *value, const char *key) {
  if (!is_lacking(value) && !json_is_boolean(value)) bad(r, key);
  return json_is_true(value);
}

static void read_texts(const reading *r, const json_t *object, const char *key, hsy_str_vec *to) {
  const json_t *list = list_of(r, object, key);
  for (size_t i = 0; i < json_array_size(list); i++)
    *hsy_push(to, r->doc->arena) = text(r, json_array_get(list, i), NULL);
}

/* The number of the name among those of an enumeration; -1 where it is none. */
static int number_of(const json_t *value, int last, const char *(*name)(int)) {
  const char *word_of = json_string_value(value);
  for (int i = 0; word_of && i <= last; i++)
    if (!__builtin_strcmp(word_of, name(i))) return i;
  return -1;
}

static const char *block_kind(int i) { return hsy_block_kind_name((hsy_block_kind)i); }
static const char *entity_kind(int i) { return hsy_entity_kind_name((hsy_entity_kind)i); }
static const char *kind(int i) { return hsy_kind_name((hsy_kind)i); }
static const char *mode(int i) { return hsy_mode_name((hsy_mode)i); }
static const char *basis(int i) { return hsy_basis_name((hsy_basis)i); }

/* ---- code points → bytes ---- */

static bool count_points(reading *r) {
  hsy_str all = r->doc->text;
  r->bytes = hsy_new(r->doc->arena, int32_t, all.len / STEP + 2);
  for (ptrdiff_t at = 0; r->bytes && at < all.len; r->points++) {
    if (r->points % STEP == 0) r->bytes[r->points / STEP] = (int32_t)at;
    hsy_utf8_next(all, &at);
  }
  return hsy_arena_check(*r->doc->arena, "import", r->err);
}

static bool byte_of(const reading *r, const json_t *point, int32_t *byte) {
  json_int_t n = json_is_integer(point) ? json_integer_value(point) : -1;
  if (n < 0 || n > r->points) return false;
  if (n == r->points) {
    *byte = (int32_t)r->doc->text.len;
    return true;
  }
  ptrdiff_t at = r->bytes[n / STEP];
  for (json_int_t k = n / STEP * STEP; k < n; k++) hsy_utf8_next(r->doc->text, &at);
  *byte = (int32_t)at;
  return true;
}

/* The first two members of a row. */
static bool span_of(const reading *r, const json_t *row, hsy_span *span) {
  return byte_of(r, json_array_get(row, 0), &span->start) && byte_of(r, json_array_get(row, 1), &span->end) &&
         span->start <= span->end;
}

/* An index into a table of so many rows, or NONE. */
static bool index_of(const json_t *value, ptrdiff_t count, int32_t *index) {
  json_int_t n = json_is_integer(value) ? json_integer_value(value) : HSY_NONE;
  *index = (int32_t)n;
  return (is_lacking(value) || json_is_integer(value)) && n >= HSY_NONE && n < count;
}

/* ---- the article ---- */

static bool read_meta(reading *r, const json_t *row, const json_t *layers) {
  hsy_meta *m = &r->doc->meta;
  const struct {
    hsy_str *to;
    const json_t *from;
    const char *key;
  } FIELDS[] = {
      {&m->source_id, row, "source_id"}, {&m->url, row, "url"},           {&m->title, row, "title"},
      {&m->outlet, row, "outlet"},       {&m->byline, row, "byline"},     {&m->published, row, "published"},
      {&m->modified, row, "modified"},   {&m->language, row, "language"}, {&m->sha256, row, "sha256"},
      {&m->engine, row, "engine"},       {&m->path, layers, "file"},      {&m->item, layers, "item"},
      {&m->agency, layers, "agency"},    {&m->place, layers, "place"},    {&m->format, layers, "format"},
      {&m->article, layers, "article"},
  };
  for (size_t i = 0; i < sizeof FIELDS / sizeof *FIELDS; i++) *FIELDS[i].to = text(r, FIELDS[i].from, FIELDS[i].key);
  const json_t *detours = json_object_get(layers, "detours");
  if (!is_lacking(detours) && !json_is_integer(detours)) return bad(r, "detours");
  read_texts(r, layers, "authors", &m->authors);
  m->detours = (int)json_integer_value(detours);
  m->summary_only = flag_of(r, json_object_get(layers, "summary_only"), "summary_only");
  m->paywalled = flag_of(r, json_object_get(layers, "paywalled"), "paywalled");
  if (!json_is_string(json_object_get(row, "text"))) return bad(r, "text");
  r->doc->text = text(r, row, "text");
  if (hsy_utf8_invalid(r->doc->text) >= 0) return bad(r, "text");
  return count_points(r);
}

static bool read_block(reading *r, const json_t *row) {
  hsy_block block = {.tagged = flag_of(r, json_array_get(row, 3), "blocks"), .why = word(r, json_array_get(row, 5))};
  int which = number_of(json_array_get(row, 2), HSY_BLOCK_FURNITURE, block_kind);
  int32_t lead;
  if (which < 0 || !span_of(r, row, &block.text) || !byte_of(r, json_array_get(row, 4), &lead)) return false;
  block.kind = (hsy_block_kind)which;
  block.lead = lead - block.text.start;
  *hsy_push(&r->doc->blocks, r->doc->arena) = block;
  return block.lead >= 0;
}

static bool read_address(reading *r, const json_t *row) {
  hsy_address address;
  hsy_str *fields[] = {&address.url, &address.id, &address.path, &address.item};
  for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) *fields[i] = text(r, json_array_get(row, i), NULL);
  *hsy_push(&r->doc->meta.addresses, r->doc->arena) = address;
  return address.url.len && address.id.len;
}

static bool read_origin(reading *r, const json_t *row) {
  const json_t *source = json_array_get(row, 1);
  hsy_origin origin = {.exact = flag_of(r, json_array_get(row, 2), "origins"), .source = json_integer_value(source)};
  if (!json_is_integer(source) || !byte_of(r, json_array_get(row, 0), &origin.text)) return false;
  *hsy_push(&r->doc->origins, r->doc->arena) = origin;
  return true;
}

static bool read_finding(reading *r, const json_t *row) {
  hsy_finding finding = {needed(r, json_array_get(row, 0)), needed(r, json_array_get(row, 1))};
  if (!finding.field || !finding.where) return false;
  *hsy_push(&r->doc->findings, r->doc->arena) = finding;
  return true;
}

static bool read_entity(reading *r, const json_t *row) {
  int which = number_of(json_object_get(row, "kind"), HSY_UNNAMED, entity_kind);
  hsy_entity entity = {.name = text(r, row, "name")};
  if (which < 0 || !json_is_string(json_object_get(row, "name"))) return false;
  entity.kind = (hsy_entity_kind)which;
  read_texts(r, row, "titles", &entity.titles);
  read_texts(r, row, "aliases", &entity.aliases);
  *hsy_push(&r->doc->entities, r->doc->arena) = entity;
  return true;
}

static bool read_mention(reading *r, const json_t *row) {
  hsy_mention mention = {.form = word(r, json_array_get(row, 3))};
  if (!span_of(r, row, &mention.span) || !index_of(json_array_get(row, 2), r->doc->entities.len, &mention.entity))
    return false;
  *hsy_push(&r->doc->mentions, r->doc->arena) = mention;
  return true;
}

static bool read_time(reading *r, const json_t *row) {
  hsy_time time = {.type = word(r, json_array_get(row, 2)), .value = text(r, json_array_get(row, 3), NULL)};
  if (!span_of(r, row, &time.span)) return false;
  *hsy_push(&r->doc->times, r->doc->arena) = time;
  return true;
}

static bool read_list(reading *r, const json_t *layers, const char *key, bool (*read)(reading *, const json_t *)) {
  const json_t *list = list_of(r, layers, key);
  for (size_t i = 0; i < json_array_size(list); i++)
    if (!read(r, json_array_get(list, i))) return bad(r, key);
  return true;
}

/* ---- attributions ---- */

static bool read_part(reading *r, const json_t *row, const char *key, hsy_part *part) {
  const json_t *list = list_of(r, row, key);
  part->first = (int32_t)r->doc->pieces.len;
  for (size_t i = 0; i < json_array_size(list); i++) {
    hsy_span span;
    if (!span_of(r, json_array_get(list, i), &span)) return bad(r, key);
    *hsy_push(&r->doc->pieces, r->doc->arena) = span;
    part->count++;
  }
  return true;
}

static bool read_links(reading *r, const json_t *list, int32_t attribution) {
  for (size_t i = 0; i < json_array_size(list); i++) {
    const json_t *row = json_array_get(list, i);
    hsy_link link = {.attribution = attribution,
                     .to = hsy_str_eq(text(r, json_array_get(row, 0), NULL), HSY_S("to")),
                     .name = text(r, json_array_get(row, 1), NULL),
                     .relation = word(r, json_array_get(row, 3))};
    if (!json_is_array(row) || !index_of(json_array_get(row, 2), r->doc->entities.len, &link.entity))
      return bad(r, "links");
    *hsy_push(&r->doc->links, r->doc->arena) = link;
  }
  return true;
}

static bool read_evidence(reading *r, const json_t *list, int32_t attribution) {
  for (size_t i = 0; i < json_array_size(list); i++) {
    const json_t *row = json_array_get(list, i);
    int which = number_of(json_array_get(row, 3), HSY_INFERRED, basis);
    hsy_evidence why = {.attribution = attribution, .field = needed(r, json_array_get(row, 2))};
    if (which < 0 || !why.field || !span_of(r, row, &why.span)) return bad(r, "evidence");
    why.basis = (hsy_basis)which;
    *hsy_push(&r->doc->evidence, r->doc->arena) = why;
  }
  return true;
}

static bool read_speakers(reading *r, const json_t *list, hsy_index_vec *to) {
  for (size_t i = 0; i < json_array_size(list); i++) {
    int32_t entity;
    if (!index_of(json_array_get(list, i), r->doc->entities.len, &entity) || entity == HSY_NONE)
      return bad(r, "speakers");
    *hsy_push(to, r->doc->arena) = entity;
  }
  return true;
}

static bool read_attribution(reading *r, const json_t *row, const json_t *layer, int32_t number, size_t count) {
  hsy_attribution a = {.speaker = text(r, layer, "speaker"), .said_on = text(r, row, "said_on")};
  int which = number_of(json_object_get(row, "kind"), HSY_MIXED, kind);
  int how = number_of(json_object_get(row, "mode"), HSY_REJECTED, mode);
  if (which < 0 || how < 0) return bad(r, which < 0 ? "kind" : "mode");
  if (!json_is_object(layer)) return bad(r, "layers");
  a.kind = (hsy_kind)which;
  a.mode = (hsy_mode)how;
  const json_t *stance = json_object_get(row, "stance"), *confidence = json_object_get(layer, "confidence");
  if (!is_lacking(confidence) && !json_is_number(confidence)) return bad(r, "confidence");
  if (!is_lacking(stance) && !(a.stance = hsy_stance_label(text(r, stance, NULL)))) return bad(r, "stance");
  a.confidence = (float)json_number_value(confidence);
  if (!index_of(json_object_get(layer, "parent"), (ptrdiff_t)count, &a.parent) ||
      !index_of(json_object_get(layer, "same_run"), (ptrdiff_t)count, &a.same_run))
    return bad(r, "parent");
  if (!read_part(r, row, "source", &a.part[HSY_SOURCE]) || !read_part(r, row, "cue", &a.part[HSY_CUE]) ||
      !read_part(r, row, "content", &a.part[HSY_CONTENT]) ||
      !read_speakers(r, list_of(r, layer, "speakers"), &a.speakers))
    return false;
  *hsy_push(&r->doc->attributions, r->doc->arena) = a;
  return read_links(r, list_of(r, layer, "links"), number) && read_evidence(r, list_of(r, layer, "evidence"), number);
}

/* No attribution stands inside itself. */
static bool parents_end(reading *r) {
  const hsy_attribution *rows = r->doc->attributions.data;
  int32_t count = (int32_t)r->doc->attributions.len, *seen = hsy_new(r->doc->arena, int32_t, count);
  for (int32_t i = 0; seen && i < count; i++) {
    int32_t at = i;
    for (; at != HSY_NONE && !seen[at]; at = rows[at].parent) seen[at] = i + 1;
    if (at != HSY_NONE && seen[at] == i + 1) return bad(r, "parent");
  }
  return true;
}

static bool read_attributions(reading *r, const json_t *rows, const json_t *layers) {
  size_t count = json_array_size(rows);
  const json_t *list = json_object_get(layers, "attributions");
  if (json_array_size(list) != count) return bad(r, "attributions");
  for (size_t i = 0; i < count; i++)
    if (!read_attribution(r, json_array_get(rows, i), json_array_get(list, i), (int32_t)i, count)) return false;
  return parents_end(r);
}

bool hsy_rows_read(const json_t *document, const json_t *attributions, hsy_doc *doc, hsy_error *err) {
  reading r = {.doc = doc, .err = err};
  const json_t *layers = json_object_get(document, "layers");
  if (!json_is_object(layers)) return bad(&r, "layers");
  return read_meta(&r, document, layers) && read_list(&r, layers, "blocks", read_block) &&
         read_list(&r, layers, "addresses", read_address) && read_list(&r, layers, "origins", read_origin) &&
         read_list(&r, layers, "findings", read_finding) && read_list(&r, layers, "entities", read_entity) &&
         read_list(&r, layers, "mentions", read_mention) && read_list(&r, layers, "times", read_time) &&
         read_attributions(&r, attributions, layers) && hsy_arena_check(*doc->arena, "import", err) &&
         err->code == HSY_OK;
}

/* Copies among articles that another program keeps. */
#include <stdlib.h>
#include <string.h>

#include "api/give.h"
#include "base/utf8.h"
#include "export/copy_keys.h"
#include "format/value.h"
#include "index/memory.h"
#include "reuse/state.h"
#include "store/index.h"

_Static_assert((int)HEARSAY_SAMPLE == HSY_SAMPLE && (int)HEARSAY_REPRESENTATIVES == HSY_REPRESENTATIVES,
               "as hearsay.h says");

HEARSAY_API int hearsay_copy_standing(const uint64_t *ids, const uint32_t *outlets, size_t count) {
  hsy_listed rows[HSY_SAMPLE];
  if (count > HSY_SAMPLE) count = HSY_SAMPLE;
  for (size_t i = 0; i < count; i++) rows[i] = (hsy_listed){ids[i], outlets[i]};
  hsy_standing standing = hsy_reuse_standing(rows, (ptrdiff_t)count);
  return (standing.furniture ? HEARSAY_FURNITURE : 0) | (standing.common ? HEARSAY_COMMON : 0);
}

enum { HEAP_BYTES = 1 << 30 }; /* addresses, for the postings of others and for a row */

typedef struct comparing {
  hsy_memory *memory;
  hsy_index index;
  hsy_reuse *reuse;
  hsy_heap *heap, *row_heap;
  hsy_arena arena;
  HSY_VEC(hsy_posting) others;
  json_t *texts; /* id → text, for code points */
  hearsay_row_fn on_row;
  void *user;
  hsy_error *err;
} comparing;

/* ---- in ---- */

static bool take_holders(comparing *c, const json_t *row) {
  uint64_t fingerprint = (uint64_t)json_integer_value(json_object_get(row, "fingerprint"));
  const json_t *list = json_object_get(row, "holders"), *pair;
  size_t i;
  json_array_foreach(list, i, pair) {
    const json_t *id = json_array_get(pair, 0), *mark = json_array_get(pair, 1);
    if (json_string_length(id) != 16)
      return hsy_fail(c->err, HSY_BAD_INPUT, "api", -1, "holders wants [id, mark] each");
    *hsy_push(&c->others, &c->arena) = (hsy_posting){fingerprint, hsy_store_key_of(hsy_str_of(json_string_value(id))),
                                                     (uint32_t)json_integer_value(mark)};
  }
  return hsy_arena_check(c->arena, "api", c->err);
}

static bool take_article(comparing *c, const json_t *row) {
  hsy_arena arena = hsy_heap_reset(c->row_heap);
  hsy_reuse_document document;
  if (!hsy_copy_keys_read(row, &document, &arena, c->err)) return false;
  bool kept =
      !json_object_set(c->texts, json_string_value(json_object_get(row, "document")), json_object_get(row, "text"));
  if (!kept) return hsy_fail(c->err, HSY_NO_MEMORY, "api", -1, "out of memory");
  return hsy_memory_put_text(c->memory, document.key, document.text, c->err) &&
         hsy_reuse_add(c->reuse, &document, c->err);
}

static bool take_row(comparing *c, const json_t *row) {
  const char *type = json_string_value(json_object_get(row, "type"));
  if (type && !strcmp(type, "copy_keys")) return take_article(c, row);
  if (type && !strcmp(type, "holders")) return take_holders(c, row);
  return hsy_fail(c->err, HSY_BAD_INPUT, "api", -1, "copies are found among rows of copy_keys and holders alone");
}

static bool take_lines(comparing *c, hsy_str lines) {
  bool ok = true;
  while (ok && lines.data) {
    hsy_str line = hsy_str_cut(lines, '\n', &lines);
    if (!line.len) continue;
    json_error_t problem;
    bool memory;
    json_t *row = hsy_value_parse(line, JSON_ALLOW_NUL, &problem, &memory);
    ok = row ? take_row(c, row)
             : hsy_fail(c->err, memory ? HSY_NO_MEMORY : HSY_BAD_INPUT, "api", -1,
                        memory ? "out of memory" : "a line is no JSON");
    json_decref(row);
  }
  return ok;
}

static int by_fingerprint(const void *a, const void *b) {
  const hsy_posting *x = a, *y = b;
  if (x->fingerprint != y->fingerprint) return x->fingerprint < y->fingerprint ? -1 : 1;
  return (x->member > y->member) - (x->member < y->member);
}

/* Several articles may have told of the same holder. */
static bool put_others(comparing *c) {
  hsy_posting *rows = c->others.data;
  ptrdiff_t kept = 0;
  if (!c->others.len) return true;
  qsort(rows, (size_t)c->others.len, sizeof *rows, by_fingerprint);
  for (ptrdiff_t i = 0; i < c->others.len; i++)
    if (!kept || by_fingerprint(&rows[kept - 1], &rows[i])) rows[kept++] = rows[i];
  return c->index.put(c->index.context, rows, kept, c->err);
}

/* ---- out ---- */

static int64_t points_before(const char *text, int32_t byte) { return hsy_utf8_points((hsy_str){text, byte}); }

static json_t *id_value(hsy_json *json, hsy_key key, hsy_arena scratch) {
  return hsy_json_str(json, hsy_store_id_of(key, &scratch));
}

static json_t *passage_value(hsy_json *json, const comparing *c, const hsy_passage *passage, hsy_arena scratch) {
  json_t *value = hsy_json_array(json);
  hsy_str id = hsy_store_id_of(passage->document, &scratch);
  const char *text = json_string_value(json_object_get(c->texts, hsy_str_z(&scratch, id)));
  hsy_json_add(json, value, hsy_json_str(json, id));
  hsy_json_add(json, value, hsy_json_int(json, points_before(text, passage->start)));
  hsy_json_add(json, value, hsy_json_int(json, points_before(text, passage->end)));
  return value;
}

static bool give_group(void *user, const hsy_copy_group *group) {
  comparing *c = user;
  hsy_arena scratch = hsy_heap_reset(c->row_heap);
  hsy_json json = {0};
  json_t *row = hsy_json_object(&json), *documents = hsy_json_array(&json), *passages = hsy_json_array(&json);
  for (ptrdiff_t i = 0; i < group->document_count; i++)
    hsy_json_add(&json, documents, id_value(&json, group->documents[i], scratch));
  for (ptrdiff_t i = 0; i < group->passage_count; i++)
    hsy_json_add(&json, passages, passage_value(&json, c, &group->passages[i], scratch));
  hsy_json_set(&json, row, "type", hsy_json_z(&json, "copy"));
  hsy_json_set(&json, row, "id", id_value(&json, group->id, scratch));
  hsy_json_set(&json, row, "documents", documents);
  hsy_json_set(&json, row, "whole", hsy_json_bool(&json, group->whole));
  hsy_json_set(&json, row, "passages", passages);
  hsy_json_set(&json, row, "containment", hsy_json_rate(&json, group->containment));
  hsy_json_set(&json, row, "original", id_value(&json, group->original, scratch));
  hsy_json_set(&json, row, "because", hsy_json_str(&json, group->because));
  return hsy_give_row(&json, row, c->on_row, c->user, c->err);
}

static bool open_all(comparing *c) {
  c->memory = hsy_memory_new(NULL, NULL, c->err);
  if (!c->memory) return false;
  c->index = hsy_memory_index(c->memory);
  c->reuse = hsy_reuse_new(&c->index, NULL, c->err);
  c->heap = c->reuse ? hsy_heap_new(HEAP_BYTES, c->err) : NULL;
  c->row_heap = c->heap ? hsy_heap_new(HEAP_BYTES, c->err) : NULL;
  c->texts = json_object();
  if (c->row_heap) c->arena = hsy_heap_reset(c->heap);
  return c->row_heap && (c->texts || hsy_fail(c->err, HSY_NO_MEMORY, "api", -1, "out of memory"));
}

HEARSAY_API bool hearsay_copies(const char *lines, size_t len, hearsay_row_fn on_row, void *user, hearsay_error *err) {
  hsy_error inner = {.offset = -1};
  comparing c = {.on_row = on_row, .user = user, .err = &inner};
  bool ok = open_all(&c) && take_lines(&c, (hsy_str){lines, (ptrdiff_t)len}) && put_others(&c) &&
            hsy_reuse_update(c.reuse, &inner) && hsy_reuse_finish(c.reuse, &inner);
  if (ok) hsy_memory_groups(c.memory, give_group, &c);
  json_decref(c.texts);
  hsy_reuse_free(c.reuse);
  hsy_memory_free(c.memory);
  hsy_heap_free(c.row_heap);
  hsy_heap_free(c.heap);
  return hsy_give_error(&inner, err);
}

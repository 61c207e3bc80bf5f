#include "doc/identity.h"

#include "base/hash.h"

#include <stdlib.h>

enum { ATTRIBUTION_DIGITS = 10 };

/* "./a//b.txt" and "a/b.txt" are one path. */
static hsy_str clean_path(hsy_str path, hsy_arena *arena) {
  hsy_buf out = hsy_buf_in(arena);
  for (ptrdiff_t i = 0; i < path.len; i++) {
    bool begins = i == 0 || path.data[i - 1] == '/';
    hsy_str rest = hsy_str_slice(path, i, path.len);
    if (begins && hsy_str_starts(rest, HSY_S("./")))
      i++;
    else if (!(begins && i > 0 && path.data[i] == '/'))
      hsy_buf_byte(&out, path.data[i]);
  }
  return hsy_buf_str(&out);
}

hsy_str hsy_doc_path_stem(hsy_str path) {
  ptrdiff_t start = path.len, end = path.len;
  while (start > 0 && path.data[start - 1] != '/') start--;
  for (ptrdiff_t i = path.len - 1; i > start && end == path.len; i--)
    if (path.data[i] == '.') end = i;
  return hsy_str_slice(path, start, end);
}

/* Whether the input named the article, or its name was made from the file's
 * ("wire", "wire#12"). */
static bool has_own_id(const hsy_meta *meta) {
  hsy_str stem = hsy_doc_path_stem(meta->path), id = meta->source_id;
  if (!id.len || hsy_str_eq(id, stem)) return false;
  bool numbered = hsy_str_starts(id, stem) && id.data[stem.len] == '#';
  return !numbered || !hsy_str_eq(hsy_str_slice(id, stem.len + 1, id.len), meta->item);
}

hsy_str hsy_doc_origin(const hsy_doc *doc, hsy_arena *arena) {
  const hsy_meta *meta = &doc->meta;
  if (meta->origin.len) return meta->origin;
  if (meta->url.len) return meta->url;
  hsy_str path = clean_path(meta->path, arena);
  if (!meta->item.len) return path;
  bool own_id = has_own_id(meta);
  hsy_str item = own_id ? meta->source_id : meta->item;
  return hsy_str_printf(arena, "%.*s#%s%.*s", HSY_FMT(path), own_id ? "id=" : "", HSY_FMT(item));
}

hsy_str hsy_doc_id(const hsy_doc *doc, hsy_arena *arena) {
  hsy_str parts[] = {hsy_doc_origin(doc, arena), doc->meta.sha256};
  return hsy_hash_id(arena, parts, 2);
}

hsy_str hsy_doc_place(const hsy_doc *doc, hsy_arena *arena) {
  if (!doc->meta.item.len) return doc->meta.path;
  return hsy_str_printf(arena, "%.*s#%.*s", HSY_FMT(doc->meta.path), HSY_FMT(doc->meta.item));
}

typedef struct keyed {
  hsy_str id;
  ptrdiff_t row;
} keyed;

static int by_id(const void *a, const void *b) {
  const keyed *x = a, *y = b;
  int order = hsy_str_cmp(x->id, y->id);
  return order ? order : (x->row > y->row) - (x->row < y->row);
}

void hsy_ids_tell_apart(hsy_str *ids, ptrdiff_t count, hsy_arena *arena) {
  hsy_arena scratch = *arena;
  keyed *sorted = hsy_new(&scratch, keyed, count);
  int32_t *turn = hsy_new(&scratch, int32_t, count);
  if (!sorted || !turn || count < 2) return;
  for (ptrdiff_t i = 0; i < count; i++) sorted[i] = (keyed){ids[i], i};
  qsort(sorted, (size_t)count, sizeof *sorted, by_id);
  bool twice = false;
  for (ptrdiff_t i = 1; i < count; i++)
    if (hsy_str_eq(sorted[i].id, sorted[i - 1].id)) {
      turn[sorted[i].row] = turn[sorted[i - 1].row] + 1;
      twice = true;
    }
  if (!twice) return;
  *arena = scratch;
  for (ptrdiff_t i = 0; i < count; i++)
    if (turn[i]) ids[i] = hsy_str_printf(arena, "%.*s-%d", HSY_FMT(ids[i]), turn[i] + 1);
}

/* "source 3-9,cue 10-14,content 15-40,": what an attribution is, in spans. */
static hsy_str spans_text(const hsy_doc *doc, const hsy_attribution *row, hsy_arena *arena) {
  hsy_buf out = hsy_buf_in(arena);
  for (hsy_role role = 0; role < HSY_ROLES; role++)
    for (int32_t i = 0; i < row->part[role].count; i++) {
      hsy_span span = hsy_doc_piece(doc, row->part[role], i);
      hsy_buf_add(&out, hsy_str_printf(arena, "%s %d-%d,", hsy_role_name(role), span.start, span.end));
    }
  return hsy_buf_str(&out);
}

hsy_str *hsy_doc_attribution_ids(const hsy_doc *doc, hsy_str doc_id, hsy_arena *arena) {
  hsy_str *ids = hsy_new(arena, hsy_str, doc->attributions.len);
  if (!ids) return NULL;
  for (ptrdiff_t i = 0; i < doc->attributions.len; i++) {
    hsy_arena scratch = *arena;
    hsy_str parts[] = {doc_id, spans_text(doc, &doc->attributions.data[i], &scratch)};
    hsy_str hash = hsy_str_slice(hsy_hash_id(&scratch, parts, 2), 0, ATTRIBUTION_DIGITS);
    char digits[ATTRIBUTION_DIGITS + 1] = {0};
    for (ptrdiff_t k = 0; k < hash.len; k++) digits[k] = hash.data[k];
    ids[i] = hsy_str_printf(arena, "%.*s.%s", HSY_FMT(doc_id), digits);
  }
  hsy_ids_tell_apart(ids, doc->attributions.len, arena);
  return ids;
}

hsy_str *hsy_doc_entity_ids(const hsy_doc *doc, hsy_str doc_id, hsy_arena *arena) {
  hsy_str *ids = hsy_new(arena, hsy_str, doc->entities.len);
  if (!ids) return NULL;
  for (ptrdiff_t i = 0; i < doc->entities.len; i++) {
    const hsy_entity *entity = &doc->entities.data[i];
    hsy_str parts[] = {doc_id, HSY_S("entity"), hsy_str_of(hsy_entity_kind_name(entity->kind)), entity->name};
    ids[i] = hsy_hash_id(arena, parts, 4);
  }
  hsy_ids_tell_apart(ids, doc->entities.len, arena);
  return ids;
}

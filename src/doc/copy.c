#include "doc/copy.h"

#include <string.h>

/* The rows of a table, byte for byte; strings inside still borrow. */
#define COPY_ROWS(to, from, arena)                                                                                     \
  do {                                                                                                                 \
    *(to) = *(from);                                                                                                   \
    (to)->data = copy_bytes((from)->data, (from)->len, sizeof *(from)->data, (arena));                                 \
    (to)->len = (to)->data ? (from)->len : 0;                                                                          \
    (to)->cap = (to)->len;                                                                                             \
  } while (0)

static void *copy_bytes(const void *data, ptrdiff_t count, size_t size, hsy_arena *arena) {
  if (count <= 0) return NULL;
  void *to = hsy_alloc(arena, (ptrdiff_t)size, 16, count);
  if (to) memcpy(to, data, size * (size_t)count);
  return to;
}

static void own(hsy_str *s, hsy_arena *arena) { *s = hsy_str_copy(arena, *s); }

static void own_list(hsy_str_vec *list, hsy_arena *arena) {
  hsy_str_vec from = *list;
  COPY_ROWS(list, &from, arena);
  for (ptrdiff_t i = 0; i < list->len; i++) own(&list->data[i], arena);
}

static void own_meta(hsy_meta *meta, hsy_arena *arena) {
  hsy_str *fields[] = {&meta->source_id, &meta->path,     &meta->item,   &meta->url,    &meta->title,
                       &meta->outlet,    &meta->byline,   &meta->agency, &meta->place,  &meta->published,
                       &meta->modified,  &meta->language, &meta->sha256, &meta->format, &meta->engine,
                       &meta->origin,    &meta->article};
  for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) own(fields[i], arena);
  own_list(&meta->authors, arena);
  hsy_address_vec addresses = meta->addresses;
  COPY_ROWS(&meta->addresses, &addresses, arena);
  for (ptrdiff_t i = 0; i < meta->addresses.len; i++) {
    hsy_address *address = &meta->addresses.data[i];
    hsy_str *parts[] = {&address->id, &address->url, &address->path, &address->item};
    for (size_t k = 0; k < sizeof parts / sizeof *parts; k++) own(parts[k], arena);
  }
}

static void own_attributions(hsy_doc *doc, hsy_arena *arena) {
  for (ptrdiff_t i = 0; i < doc->attributions.len; i++) {
    hsy_attribution *row = &doc->attributions.data[i];
    hsy_index_vec speakers = row->speakers;
    COPY_ROWS(&row->speakers, &speakers, arena);
    own(&row->speaker, arena);
    own(&row->said_on, arena);
  }
}

static void own_entities(hsy_doc *doc, hsy_arena *arena) {
  for (ptrdiff_t i = 0; i < doc->entities.len; i++) {
    own(&doc->entities.data[i].name, arena);
    own_list(&doc->entities.data[i].titles, arena);
    own_list(&doc->entities.data[i].aliases, arena);
  }
}

void hsy_doc_copy(const hsy_doc *from, hsy_doc *to, hsy_arena *arena) {
  hsy_doc_init(to, arena);
  to->meta = from->meta;
  own_meta(&to->meta, arena);
  to->text = hsy_str_copy(arena, from->text);
  COPY_ROWS(&to->findings, &from->findings, arena);
  COPY_ROWS(&to->blocks, &from->blocks, arena);
  COPY_ROWS(&to->origins, &from->origins, arena);
  COPY_ROWS(&to->pieces, &from->pieces, arena);
  COPY_ROWS(&to->attributions, &from->attributions, arena);
  COPY_ROWS(&to->entities, &from->entities, arena);
  COPY_ROWS(&to->mentions, &from->mentions, arena);
  COPY_ROWS(&to->times, &from->times, arena);
  COPY_ROWS(&to->links, &from->links, arena);
  COPY_ROWS(&to->evidence, &from->evidence, arena);
  COPY_ROWS(&to->meanings, &from->meanings, arena);
  own_attributions(to, arena);
  own_entities(to, arena);
  for (ptrdiff_t i = 0; i < to->times.len; i++) own(&to->times.data[i].value, arena);
  for (ptrdiff_t i = 0; i < to->links.len; i++) own(&to->links.data[i].name, arena);
}

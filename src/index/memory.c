#include "index/memory.h"

#include <stdlib.h>
#include <string.h>

#include "index/memory_postings.h"

/* One member: what was put for it. Blobs are malloc'ed; len -1 where there is none. */
typedef struct member {
  hsy_key key;
  hsy_str note;
  HSY_VEC(uint32_t) pairs;  /* rows of `pairs` */
  HSY_VEC(uint32_t) groups; /* rows of `groups` */
} member;

typedef struct pair_row {
  hsy_key a, b; /* both 0 where the row is free */
  hsy_str note;
} pair_row;

struct hsy_memory {
  hsy_memory_text_fn text;
  void *user;
  hsy_postings *postings;
  HSY_VEC(member) members;
  HSY_VEC(hsy_str) texts; /* by row of members; may be shorter */
  uint32_t *slots;        /* [mask + 1], row + 1 of members */
  size_t mask;
  HSY_VEC(pair_row) pairs;
  HSY_VEC(uint32_t) free_pairs;
  HSY_VEC(hsy_copy_group) groups;
  HSY_VEC(uint32_t) free_groups;
};

static bool no_memory(hsy_error *err) { return hsy_fail(err, HSY_NO_MEMORY, "index", -1, "out of memory"); }

/* Room for one more element of a malloc'ed vector. */
static bool reserve(void *vec, size_t size) {
  HSY_VEC(char) v;
  memcpy(&v, vec, sizeof v);
  if (v.len < v.cap) return true;
  ptrdiff_t cap = v.cap ? v.cap + v.cap / 2 + 1 : 2;
  char *more = realloc(v.data, (size_t)cap * size);
  if (!more) return false;
  v.data = more;
  v.cap = cap;
  memcpy(vec, &v, sizeof v);
  return true;
}

static bool set_blob(hsy_str *blob, hsy_str bytes) {
  char *copy = malloc((size_t)bytes.len + 1);
  if (!copy) return false;
  if (bytes.len) memcpy(copy, bytes.data, (size_t)bytes.len);
  free((char *)blob->data);
  *blob = (hsy_str){copy, bytes.len};
  return true;
}

/* ---- members ---- */

static size_t slot_of(const hsy_memory *m, hsy_key key) {
  size_t at = (key * 0x9E3779B97F4A7C15u >> 20) & m->mask;
  while (m->slots[at] && m->members.data[m->slots[at] - 1].key != key) at = (at + 1) & m->mask;
  return at;
}

static member *find(const hsy_memory *m, hsy_key key) {
  uint32_t row = m->slots[slot_of(m, key)];
  return row ? &m->members.data[row - 1] : NULL;
}

static bool grow_slots(hsy_memory *m) {
  size_t size = 2 * (m->mask + 1);
  uint32_t *slots = calloc(size, sizeof *slots);
  if (!slots) return false;
  free(m->slots);
  m->slots = slots;
  m->mask = size - 1;
  for (ptrdiff_t i = 0; i < m->members.len; i++) m->slots[slot_of(m, m->members.data[i].key)] = (uint32_t)i + 1;
  return true;
}

/* Rows stay when a member leaves: its number may stand in postings. */
static member *find_or_add(hsy_memory *m, hsy_key key) {
  member *have = find(m, key);
  if (have) return have;
  if ((size_t)m->members.len * 4 >= m->mask * 3 && !grow_slots(m)) return NULL;
  if (!reserve(&m->members, sizeof(member))) return NULL;
  m->slots[slot_of(m, key)] = (uint32_t)m->members.len + 1;
  member *new = &m->members.data[m->members.len++];
  *new = (member){.key = key};
  return new;
}

static bool get_text(void *context, hsy_key key, hsy_arena *arena, hsy_str *text, bool *found, hsy_error *err) {
  hsy_memory *m = context;
  const member *row = find(m, key);
  ptrdiff_t at = row ? row - m->members.data : m->texts.len;
  *found = m->text || (at < m->texts.len && m->texts.data[at].data);
  if (m->text)
    *text = m->text(m->user, key, arena);
  else if (*found)
    *text = hsy_str_copy(arena, m->texts.data[at]);
  return hsy_arena_check(*arena, "index", err);
}

static bool get_note(void *context, hsy_key key, hsy_arena *arena, hsy_str *note, bool *found, hsy_error *err) {
  const member *row = find(context, key);
  *found = row && row->note.data;
  if (*found) *note = hsy_str_copy(arena, row->note);
  return hsy_arena_check(*arena, "index", err);
}

static bool put_note(void *context, hsy_key key, hsy_str note, hsy_error *err) {
  member *row = find_or_add(context, key);
  return (row && set_blob(&row->note, note)) || no_memory(err);
}

static bool drop_note(void *context, hsy_key key, hsy_error *err) {
  (void)err;
  member *row = find(context, key);
  if (!row) return true;
  free((char *)row->note.data);
  row->note = (hsy_str){0};
  return true;
}

bool hsy_memory_put_text(hsy_memory *m, hsy_key key, hsy_str text, hsy_error *err) {
  const member *row = find_or_add(m, key);
  ptrdiff_t at = row ? row - m->members.data : -1;
  while (row && m->texts.len <= at) {
    if (!reserve(&m->texts, sizeof(hsy_str))) return no_memory(err);
    m->texts.data[m->texts.len++] = (hsy_str){0};
  }
  return (row && set_blob(&m->texts.data[at], text)) || no_memory(err);
}

/* ---- postings ---- */

enum { AHEAD = 8 }; /* rows whose slots are fetched while others are worked on */

static bool put(void *context, const hsy_posting *rows, ptrdiff_t count, hsy_error *err) {
  hsy_memory *m = context;
  for (ptrdiff_t i = 0; i < count; i++) {
    if (i + AHEAD < count) hsy_postings_prefetch(m->postings, rows[i + AHEAD].fingerprint);
    member *row = find_or_add(m, rows[i].member);
    if (!row) return no_memory(err);
    hsy_posting_row posting = {rows[i].member, (uint32_t)(row - m->members.data), rows[i].mark};
    if (!hsy_postings_put(m->postings, rows[i].fingerprint, posting)) return no_memory(err);
  }
  return true;
}

static bool drop(void *context, const hsy_posting *rows, ptrdiff_t count, hsy_error *err) {
  (void)err;
  hsy_memory *m = context;
  for (ptrdiff_t i = 0; i < count; i++) {
    member *row = find(m, rows[i].member);
    if (row) hsy_postings_drop(m->postings, rows[i].fingerprint, (uint32_t)(row - m->members.data));
  }
  return true;
}

static bool least(void *context, const uint64_t *fingerprints, ptrdiff_t count, ptrdiff_t limit,
                  hsy_posting_visit visit, void *user, hsy_error *err) {
  hsy_memory *m = context;
  for (ptrdiff_t i = 0; i < count; i++) {
    hsy_posting_rows rows = {0};
    if (i + AHEAD < count) hsy_postings_prefetch(m->postings, fingerprints[i + AHEAD]);
    if (!hsy_postings_least(m->postings, fingerprints[i], limit, &rows)) return no_memory(err);
    for (ptrdiff_t j = 0; j < rows.len; j++)
      if (!visit(user, i, rows.data[j].key, rows.data[j].mark)) return true;
  }
  return true;
}

/* ---- pairs ---- */

static ptrdiff_t pair_row_of(const hsy_memory *m, const member *row, hsy_key a, hsy_key b) {
  for (ptrdiff_t i = 0; row && i < row->pairs.len; i++) {
    const pair_row *p = &m->pairs.data[row->pairs.data[i]];
    if (p->a == a && p->b == b) return row->pairs.data[i];
  }
  return -1;
}

static bool tie_pair(hsy_memory *m, hsy_key key, uint32_t pair) {
  member *row = find_or_add(m, key);
  if (!row || !reserve(&row->pairs, sizeof(uint32_t))) return false;
  row->pairs.data[row->pairs.len++] = pair;
  return true;
}

/* A row for a pair that is not there; -1 when memory is out. */
static ptrdiff_t new_pair(hsy_memory *m, const hsy_pair *pair) {
  uint32_t at;
  if (m->free_pairs.len) {
    at = m->free_pairs.data[--m->free_pairs.len];
  } else {
    if (!reserve(&m->pairs, sizeof(pair_row))) return -1;
    at = (uint32_t)m->pairs.len++;
  }
  m->pairs.data[at] = (pair_row){.a = pair->a, .b = pair->b};
  return tie_pair(m, pair->a, at) && tie_pair(m, pair->b, at) ? (ptrdiff_t)at : -1;
}

static bool put_pairs(void *context, const hsy_pair *pairs, ptrdiff_t count, hsy_error *err) {
  hsy_memory *m = context;
  for (ptrdiff_t i = 0; i < count; i++) {
    /* Look from the member with fewer pairs: a text with many copies has long lists. */
    const member *a = find(m, pairs[i].a), *b = find(m, pairs[i].b);
    const member *fewer = a && b && b->pairs.len < a->pairs.len ? b : a;
    ptrdiff_t at = pair_row_of(m, fewer, pairs[i].a, pairs[i].b);
    if (at < 0) at = new_pair(m, &pairs[i]);
    if (at < 0 || !set_blob(&m->pairs.data[at].note, pairs[i].note)) return no_memory(err);
  }
  return true;
}

static void untie_pair(hsy_memory *m, hsy_key key, uint32_t pair) {
  member *row = find(m, key);
  for (ptrdiff_t i = 0; row && i < row->pairs.len; i++)
    if (row->pairs.data[i] == pair) {
      row->pairs.data[i] = row->pairs.data[--row->pairs.len];
      return;
    }
}

static bool drop_pairs(void *context, hsy_key key, hsy_error *err) {
  hsy_memory *m = context;
  member *row = find(m, key);
  while (row && row->pairs.len) {
    uint32_t at = row->pairs.data[row->pairs.len - 1];
    pair_row *p = &m->pairs.data[at];
    untie_pair(m, p->a, at);
    untie_pair(m, p->b, at);
    free((char *)p->note.data);
    *p = (pair_row){0};
    if (!reserve(&m->free_pairs, sizeof(uint32_t))) return no_memory(err);
    m->free_pairs.data[m->free_pairs.len++] = at;
  }
  return true;
}

static bool visit_pairs(void *context, hsy_key key, hsy_pair_visit visit, void *user, hsy_error *err) {
  (void)err;
  hsy_memory *m = context;
  const member *row = find(m, key);
  for (ptrdiff_t i = 0; row && i < row->pairs.len; i++) {
    const pair_row *p = &m->pairs.data[row->pairs.data[i]];
    if (!visit(user, &(hsy_pair){p->a, p->b, p->note})) break;
  }
  return true;
}

/* ---- groups ---- */

static void free_group(hsy_copy_group *group) {
  free((void *)group->documents);
  free((void *)group->passages);
  free((char *)group->because.data);
  *group = (hsy_copy_group){0};
}

static bool copy_group(hsy_copy_group *out, const hsy_copy_group *group) {
  size_t documents = (size_t)group->document_count * sizeof *group->documents;
  size_t passages = (size_t)group->passage_count * sizeof *group->passages;
  hsy_key *keys = malloc(documents + 1);
  hsy_passage *spans = malloc(passages + 1);
  *out = *group;
  out->because = (hsy_str){0};
  out->documents = keys;
  out->passages = spans;
  if (!keys || !spans || !set_blob(&out->because, group->because)) {
    free_group(out);
    return false;
  }
  memcpy(keys, group->documents, documents);
  if (passages) memcpy(spans, group->passages, passages);
  return true;
}

static bool drop_group(hsy_memory *m, uint32_t at, hsy_key_visit visit, void *user) {
  hsy_copy_group *group = &m->groups.data[at];
  for (ptrdiff_t i = 0; i < group->document_count; i++) {
    member *row = find(m, group->documents[i]);
    for (ptrdiff_t j = 0; row && j < row->groups.len; j++)
      if (row->groups.data[j] == at) row->groups.data[j--] = row->groups.data[--row->groups.len];
    if (visit) visit(user, group->documents[i]);
  }
  free_group(group);
  if (!reserve(&m->free_groups, sizeof(uint32_t))) return false;
  m->free_groups.data[m->free_groups.len++] = at;
  return true;
}

static bool drop_groups(void *context, hsy_key document, hsy_key_visit visit, void *user, hsy_error *err) {
  hsy_memory *m = context;
  const member *row = find(m, document);
  while (row && row->groups.len)
    if (!drop_group(m, row->groups.data[row->groups.len - 1], visit, user)) return no_memory(err);
  return true;
}

static bool drop_same(hsy_memory *m, const hsy_copy_group *group) {
  const member *first = group->document_count ? find(m, group->documents[0]) : NULL;
  for (ptrdiff_t i = 0; first && i < first->groups.len; i++)
    if (m->groups.data[first->groups.data[i]].id == group->id) return drop_group(m, first->groups.data[i], NULL, NULL);
  return true;
}

static bool new_group(hsy_memory *m, uint32_t *at) {
  if (m->free_groups.len) {
    *at = m->free_groups.data[--m->free_groups.len];
    return true;
  }
  if (!reserve(&m->groups, sizeof *m->groups.data)) return false;
  *at = (uint32_t)m->groups.len++;
  m->groups.data[*at] = (hsy_copy_group){0};
  return true;
}

static bool put_group(void *context, const hsy_copy_group *group, hsy_error *err) {
  hsy_memory *m = context;
  uint32_t at;
  if (!drop_same(m, group) || !new_group(m, &at) || !copy_group(&m->groups.data[at], group)) return no_memory(err);
  for (ptrdiff_t i = 0; i < group->document_count; i++) {
    member *row = find_or_add(m, group->documents[i]);
    if (!row || !reserve(&row->groups, sizeof(uint32_t))) return no_memory(err);
    row->groups.data[row->groups.len++] = at;
  }
  return true;
}

bool hsy_memory_groups(hsy_memory *m, bool (*visit)(void *user, const hsy_copy_group *group), void *user) {
  for (ptrdiff_t i = 0; i < m->groups.len; i++)
    if (m->groups.data[i].document_count && !visit(user, &m->groups.data[i])) return false;
  return true;
}

/* ---- the whole ---- */

hsy_memory *hsy_memory_new(hsy_memory_text_fn text, void *user, hsy_error *err) {
  hsy_memory *m = calloc(1, sizeof *m);
  if (m) {
    m->text = text;
    m->user = user;
    m->mask = 1023;
    m->slots = calloc(m->mask + 1, sizeof *m->slots);
    m->postings = hsy_postings_new();
  }
  if (!m || !m->slots || !m->postings) {
    hsy_memory_free(m);
    no_memory(err);
    return NULL;
  }
  return m;
}

void hsy_memory_free(hsy_memory *m) {
  if (!m) return;
  for (ptrdiff_t i = 0; i < m->members.len; i++) {
    member *row = &m->members.data[i];
    free((char *)row->note.data);
    free(row->pairs.data);
    free(row->groups.data);
  }
  for (ptrdiff_t i = 0; i < m->texts.len; i++) free((char *)m->texts.data[i].data);
  for (ptrdiff_t i = 0; i < m->pairs.len; i++) free((char *)m->pairs.data[i].note.data);
  for (ptrdiff_t i = 0; i < m->groups.len; i++) free_group(&m->groups.data[i]);
  free(m->members.data);
  free(m->pairs.data);
  free(m->free_pairs.data);
  free(m->texts.data);
  free(m->free_groups.data);
  free(m->groups.data);
  free(m->slots);
  hsy_postings_free(m->postings);
  free(m);
}

hsy_index hsy_memory_index(hsy_memory *memory) {
  return (hsy_index){
      .context = memory,
      .put = put,
      .drop = drop,
      .least = least,
      .get_text = get_text,
      .get_note = get_note,
      .put_note = put_note,
      .drop_note = drop_note,
      .put_pairs = put_pairs,
      .drop_pairs = drop_pairs,
      .pairs = visit_pairs,
      .put_group = put_group,
      .drop_groups = drop_groups,
  };
}

#include "index/memory_postings.h"

#include <stdlib.h>
#include <string.h>

#include "base/bound.h"

enum {
  PARTS = 1 << 12,
  FREE = 0,  /* value of a slot never used */
  GONE = -1, /* value of a slot whose posting was dropped */
  SHORT = 8, /* members of one fingerprint that stay in the table */
  HEAD = 128 /* least keys of a long list that are kept sorted */
};
static const uint32_t LONG = 1u << 31; /* flag of a value: a row of `lists`, not a member */

typedef struct slot {
  uint32_t tag;   /* low half of the fingerprint */
  uint32_t value; /* number + 1, or LONG | list */
} slot;

typedef struct part {
  slot *slots;
  uint32_t cap, used; /* used counts dropped slots as well */
} part;

/* Members of a common fingerprint: the least keys sorted, the others as they came. */
typedef struct list {
  uint32_t head[HEAD];
  uint32_t head_len;
  HSY_VEC(uint32_t) tail;
} list;

struct hsy_postings {
  part parts[PARTS];
  HSY_VEC(list *) lists;
  HSY_VEC(hsy_key) keys; /* by number */
  HSY_VEC(uint32_t) marks;
  hsy_posting_rows out;
};

static bool grow(void *vec, size_t size, ptrdiff_t need) {
  HSY_VEC(char) v;
  memcpy(&v, vec, sizeof v);
  if (need <= v.cap) return true;
  ptrdiff_t cap = v.cap + v.cap / 2 + 16;
  if (cap < need) cap = need;
  char *more = realloc(v.data, (size_t)cap * size);
  if (!more) return false;
  memset(more + (size_t)v.cap * size, 0, (size_t)(cap - v.cap) * size);
  v.data = more;
  v.cap = cap;
  memcpy(vec, &v, sizeof v);
  return true;
}

hsy_postings *hsy_postings_new(void) { return calloc(1, sizeof(hsy_postings)); }

void hsy_postings_free(hsy_postings *p) {
  if (!p) return;
  for (int i = 0; i < PARTS; i++) free(p->parts[i].slots);
  for (ptrdiff_t i = 0; i < p->lists.len; i++) {
    free(p->lists.data[i]->tail.data);
    free(p->lists.data[i]);
  }
  free(p->lists.data);
  free(p->keys.data);
  free(p->marks.data);
  free(p->out.data);
  free(p);
}

static part *part_of(hsy_postings *p, uint64_t fingerprint) { return &p->parts[fingerprint >> 52]; }
static uint32_t tag_of(uint64_t fingerprint) { return (uint32_t)fingerprint; }
/* Scaled, not masked: a part's size is no power of two. */
static uint32_t home_of(uint32_t tag, uint32_t cap) { return (uint32_t)((uint64_t)(tag * 0x9E3779B1u) * cap >> 32); }

static void place(part *t, slot s) {
  uint32_t at = home_of(s.tag, t->cap);
  while (t->slots[at].value != FREE) at = at + 1 == t->cap ? 0 : at + 1;
  t->slots[at] = s;
  t->used++;
}

/* A sixth more room, when four fifths are taken. */
static bool grow_part(part *t) {
  uint32_t cap = t->cap + t->cap / 6 + 8;
  part more = {calloc(cap, sizeof(slot)), cap, 0};
  if (!more.slots) return false;
  for (uint32_t i = 0; i < t->cap; i++)
    if (t->slots[i].value != FREE && t->slots[i].value != (uint32_t)GONE) place(&more, t->slots[i]);
  free(t->slots);
  *t = more;
  return true;
}

/* The slots of a fingerprint, SHORT + 1 at most; a long list has one. */
static int slots_of(const part *t, uint32_t tag, uint32_t *out) {
  int count = 0;
  if (!t->cap) return 0;
  uint32_t at = home_of(tag, t->cap);
  while (t->slots[at].value != FREE) {
    if (t->slots[at].tag == tag && t->slots[at].value != (uint32_t)GONE && count <= SHORT) out[count++] = at;
    at = at + 1 == t->cap ? 0 : at + 1;
  }
  return count;
}

static bool is_long(uint32_t value) { return value != (uint32_t)GONE && (value & LONG); }
static list *list_of(const hsy_postings *p, uint32_t value) { return p->lists.data[value & ~LONG]; }

/* ---- long lists ---- */

static uint32_t head_place(const hsy_postings *p, const list *l, hsy_key key) {
  hsy_bound half = {.high = l->head_len};
  while (hsy_bound_open(&half)) hsy_bound_cut(&half, p->keys.data[l->head[half.middle]] < key);
  return (uint32_t)half.low;
}

static bool list_put(const hsy_postings *p, list *l, uint32_t number) {
  uint32_t at = head_place(p, l, p->keys.data[number]);
  if (at < l->head_len && l->head[at] == number) return true;
  if (!grow(&l->tail, sizeof(uint32_t), l->tail.len + 1)) return false;
  if (at == HEAD) {
    l->tail.data[l->tail.len++] = number;
    return true;
  }
  if (l->head_len == HEAD) l->tail.data[l->tail.len++] = l->head[--l->head_len];
  memmove(&l->head[at + 1], &l->head[at], (l->head_len - at) * sizeof(uint32_t));
  l->head[at] = number;
  l->head_len++;
  return true;
}

/* The least of the tail moves up into the room that a drop left in the head. */
static void list_refill(const hsy_postings *p, list *l) {
  if (!l->tail.len) return;
  ptrdiff_t best = 0;
  for (ptrdiff_t i = 1; i < l->tail.len; i++)
    if (p->keys.data[l->tail.data[i]] < p->keys.data[l->tail.data[best]]) best = i;
  l->head[l->head_len++] = l->tail.data[best];
  l->tail.data[best] = l->tail.data[--l->tail.len];
}

static void list_drop(const hsy_postings *p, list *l, uint32_t number) {
  uint32_t at = head_place(p, l, p->keys.data[number]);
  if (at < l->head_len && l->head[at] == number) {
    l->head_len--;
    memmove(&l->head[at], &l->head[at + 1], (l->head_len - at) * sizeof(uint32_t));
    list_refill(p, l);
    return;
  }
  for (ptrdiff_t i = 0; i < l->tail.len; i++)
    if (l->tail.data[i] == number) {
      l->tail.data[i] = l->tail.data[--l->tail.len];
      return;
    }
}

/* Moves a fingerprint's slots to a list; the first slot then names the list. */
static bool make_long(hsy_postings *p, part *t, const uint32_t *at, int count) {
  list *l = calloc(1, sizeof *l);
  if (!l || !grow(&p->lists, sizeof(list *), p->lists.len + 1)) {
    free(l);
    return false;
  }
  for (int i = 0; i < count; i++) {
    if (!list_put(p, l, t->slots[at[i]].value - 1)) {
      free(l->tail.data);
      free(l);
      return false;
    }
  }
  for (int i = 1; i < count; i++) t->slots[at[i]].value = (uint32_t)GONE;
  t->slots[at[0]].value = LONG | (uint32_t)p->lists.len;
  p->lists.data[p->lists.len++] = l;
  return true;
}

/* ---- operations ---- */

void hsy_postings_prefetch(const hsy_postings *p, uint64_t fingerprint) {
  const part *t = &p->parts[fingerprint >> 52];
  if (t->cap) __builtin_prefetch(&t->slots[home_of(tag_of(fingerprint), t->cap)]);
}

static bool know(hsy_postings *p, hsy_posting_row row) {
  if (!grow(&p->keys, sizeof(hsy_key), (ptrdiff_t)row.number + 1)) return false;
  if (!grow(&p->marks, sizeof(uint32_t), (ptrdiff_t)row.number + 1)) return false;
  p->keys.data[row.number] = row.key;
  p->marks.data[row.number] = row.mark;
  return true;
}

bool hsy_postings_put(hsy_postings *p, uint64_t fingerprint, hsy_posting_row row) {
  part *t = part_of(p, fingerprint);
  uint32_t at[SHORT + 1];
  if (!know(p, row)) return false;
  int count = slots_of(t, tag_of(fingerprint), at);
  for (int i = 0; i < count; i++) {
    if (is_long(t->slots[at[i]].value)) return list_put(p, list_of(p, t->slots[at[i]].value), row.number);
    if (t->slots[at[i]].value == row.number + 1) return true;
  }
  if (count == SHORT) return make_long(p, t, at, count) && list_put(p, list_of(p, t->slots[at[0]].value), row.number);
  if ((uint64_t)t->used * 5 >= (uint64_t)t->cap * 4 && !grow_part(t)) return false;
  place(t, (slot){tag_of(fingerprint), row.number + 1});
  return true;
}

void hsy_postings_drop(hsy_postings *p, uint64_t fingerprint, uint32_t number) {
  part *t = part_of(p, fingerprint);
  uint32_t at[SHORT + 1];
  int count = slots_of(t, tag_of(fingerprint), at);
  for (int i = 0; i < count; i++) {
    if (is_long(t->slots[at[i]].value))
      list_drop(p, list_of(p, t->slots[at[i]].value), number);
    else if (t->slots[at[i]].value == number + 1)
      t->slots[at[i]].value = (uint32_t)GONE;
  }
}

static bool add_out(hsy_postings *p, uint32_t number) {
  if (p->out.len == p->out.cap && !grow(&p->out, sizeof(hsy_posting_row), p->out.len + 1)) return false;
  p->out.data[p->out.len++] = (hsy_posting_row){p->keys.data[number], number, p->marks.data[number]};
  return true;
}

static int by_key(const void *a, const void *b) {
  hsy_key x = ((const hsy_posting_row *)a)->key, y = ((const hsy_posting_row *)b)->key;
  return (x > y) - (x < y);
}

static bool list_least(hsy_postings *p, const list *l, ptrdiff_t limit) {
  for (uint32_t i = 0; i < l->head_len && i < limit; i++)
    if (!add_out(p, l->head[i])) return false;
  if (limit <= l->head_len) return true;
  for (ptrdiff_t i = 0; i < l->tail.len; i++)
    if (!add_out(p, l->tail.data[i])) return false;
  return true;
}

bool hsy_postings_least(hsy_postings *p, uint64_t fingerprint, ptrdiff_t limit, hsy_posting_rows *rows) {
  const part *t = part_of(p, fingerprint);
  uint32_t at[SHORT + 1];
  int count = slots_of(t, tag_of(fingerprint), at);
  bool ok = true;
  p->out.len = 0;
  for (int i = 0; i < count && ok; i++) {
    uint32_t value = t->slots[at[i]].value;
    ok = is_long(value) ? list_least(p, list_of(p, value), limit) : add_out(p, value - 1);
  }
  /* The head of a long list is sorted already. */
  bool sorted = count == 1 && is_long(t->slots[at[0]].value) && p->out.len <= HEAD && p->out.len == limit;
  if (p->out.len > 1 && !sorted) qsort(p->out.data, (size_t)p->out.len, sizeof *p->out.data, by_key);
  if (p->out.len > limit) p->out.len = limit;
  *rows = p->out;
  return ok;
}

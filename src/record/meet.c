/* Which rows are compared with which (link/candidates.h), kept up to date.
 *
 * Under each key pages and rows stand in a row by day, document and place; who
 * stand within HSY_LOOK of one another meet. One that comes between drives those
 * at its two sides apart, one that goes brings them together: both are noted
 * and looked at when all of some documents have come and gone, so that what is
 * compared is at each end what it would be had they come in any other order. */
#include "record/meet.h"

#include <stdlib.h>
#include <string.h>

#include "record/gather.h"
#include "temporal/calendar.h"

enum { DOCUMENTS = 32 }; /* at a time */

typedef struct known_page {
  hsy_kept_page kept;
  hsy_likest likest[HSY_LIKEST]; /* before */
  int likest_count;
  bool posted; /* just now: it meets others anew */
  bool stood;  /* under the same keys before */
  bool whole;  /* who is likest is to be looked for anew */
} known_page;

typedef struct number_pair {
  int64_t one, other;
} number_pair;

typedef struct offer {
  int64_t page;
  hsy_likest to;
} offer;

typedef HSY_VEC(number_pair) number_pair_vec;
typedef HSY_VEC(offer) offer_vec;

typedef struct meeting {
  hsy_linking *l;
  hsy_arena *arena; /* of these documents */
  hsy_keymap page_of;
  HSY_VEC(known_page *) pages;
  number_pair_vec met, parted;     /* pages; of met some are parted again */
  number_pair_vec nearer, farther; /* likest of one another, or no longer */
  hsy_place_pair_vec rows_met, rows_parted;
  hsy_place_pair_vec pairs; /* to be weighed */
} meeting;

/* ---- pages at hand ---- */

/* NULL where there is none. */
static known_page *page_at(meeting *m, int64_t number) {
  int32_t *at = hsy_keymap_at(&m->page_of, number, m->arena);
  if (*at != HSY_NONE) return m->pages.data[*at];
  bool found = false;
  known_page *page = hsy_new(m->arena, known_page, 1);
  if (!page || !hsy_store_page(m->l->store, number, &page->kept, &found, m->arena, m->l->err) || !found) page = NULL;
  if (page) page->likest_count = hsy_store_likest(m->l->store, number, page->likest, m->l->err);
  *at = (int32_t)m->pages.len;
  *hsy_push(&m->pages, m->arena) = page;
  return page;
}

static void set_page(meeting *m, int64_t number, known_page *page) {
  int32_t *at = hsy_keymap_at(&m->page_of, number, m->arena);
  if (*at == HSY_NONE) {
    *at = (int32_t)m->pages.len;
    hsy_push(&m->pages, m->arena);
  }
  if (!hsy_arena_failed(*m->arena)) m->pages.data[*at] = page;
}

static hsy_member member_of(const known_page *page, int32_t row) {
  return (hsy_member){page->kept.day, page->kept.number, row == HSY_NONE ? HSY_NONE : page->kept.rows[row].n};
}

/* ---- coming between, and going ---- */

static void note(meeting *m, const hsy_member *a, const hsy_member *b, bool meet) {
  if (a->row == HSY_NONE) {
    bool turn = a->document > b->document;
    *hsy_push(meet ? &m->met : &m->parted, m->arena) =
        turn ? (number_pair){b->document, a->document} : (number_pair){a->document, b->document};
    return;
  }
  bool turn = a->document > b->document || (a->document == b->document && a->row > b->row);
  hsy_place x = {a->document, a->row}, y = {b->document, b->row};
  *hsy_push(meet ? &m->rows_met : &m->rows_parted, m->arena) = turn ? (hsy_place_pair){y, x} : (hsy_place_pair){x, y};
}

/* Those at the two sides that are just as far apart that one between them counts. */
static void note_sides(meeting *m, const hsy_member *before, int left, const hsy_member *behind, int right, bool meet) {
  for (int i = 0; i < left; i++)
    if (HSY_LOOK - 1 - i < right) note(m, &before[i], &behind[HSY_LOOK - 1 - i], meet);
}

enum act { POST, UNPOST, MEET };

static bool act_under(meeting *m, uint64_t key, hsy_member member, enum act act) {
  hsy_store *store = m->l->store;
  hsy_error *err = m->l->err;
  hsy_member before[HSY_LOOK], behind[HSY_LOOK];
  if (act == UNPOST && !hsy_store_unpost(store, key, &member, err)) return false;
  int left = hsy_store_before(store, key, &member, before, err);
  int right = hsy_store_behind(store, key, &member, behind, err);
  if (err->code != HSY_OK) return false;
  if (act != MEET) note_sides(m, before, left, behind, right, act == UNPOST);
  if (act == UNPOST) return true;
  for (int i = 0; i < left; i++) note(m, &member, &before[i], true);
  for (int i = 0; i < right; i++) note(m, &member, &behind[i], true);
  return act == MEET || hsy_store_post(store, key, &member, err);
}

/* Under all keys of the page and its rows; of one that stands as it stood only
 * the rows, which are to be weighed anew. */
static bool act_for(meeting *m, const known_page *page, enum act act) {
  uint64_t keys[HSY_PAGE_KEYS];
  int count = act == MEET ? 0 : hsy_page_keys(&page->kept.page, keys);
  for (int k = 0; k < count; k++)
    if (!act_under(m, keys[k], member_of(page, HSY_NONE), act)) return false;
  for (int32_t i = 0; i < page->kept.page.end; i++)
    for (int32_t k = 0; k < page->kept.rows[i].count; k++)
      if (!act_under(m, page->kept.rows[i].key[k], member_of(page, i), act)) return false;
  return hsy_arena_check(*m->arena, "record", m->l->err);
}

/* ---- the documents themselves ---- */

static int64_t day_of(hsy_str published) {
  hsy_moment day = hsy_moment_read(hsy_str_slice(published, 0, published.len < 10 ? published.len : 10));
  return day.grain == HSY_GRAIN_NONE ? INT32_MAX : hsy_moment_first(day);
}

/* What the page of the story is found by. */
static known_page *make_page(meeting *m, const hsy_gathering *g, const hsy_story *story, const hsy_page *from) {
  known_page *page = hsy_new(m->arena, known_page, 1);
  int32_t count = from->end - from->first;
  hsy_kept_row *rows = hsy_new(m->arena, hsy_kept_row, count);
  if (!page || !rows) return NULL;
  const hsy_link_document *document = &g->documents.data[hsy_story_row(story, from->first)->document];
  page->kept = (hsy_kept_page){hsy_store_number(document->id), day_of(document->published), *from, rows};
  page->kept.page.first = 0;
  page->kept.page.end = count;
  for (int32_t i = 0; i < count; i++) {
    rows[i].n = g->numbers.data[story->order[from->first + i]];
    rows[i].count = hsy_row_keys(&story->views[from->first + i], rows[i].key);
  }
  return page;
}

static bool same_rows(const hsy_kept_page *a, const hsy_kept_page *b) {
  bool same = a->page.end == b->page.end;
  for (int32_t i = 0; same && i < a->page.end; i++)
    same = a->rows[i].n == b->rows[i].n && a->rows[i].count == b->rows[i].count &&
           memcmp(a->rows[i].key, b->rows[i].key, (size_t)a->rows[i].count * sizeof(uint64_t)) == 0;
  return same;
}

static bool same_page(const hsy_kept_page *a, const hsy_kept_page *b) {
  bool same = a->day == b->day && a->page.words == b->page.words && same_rows(a, b);
  for (int32_t i = 0; same && i < a->page.words; i++)
    same = a->page.word[i].key == b->page.word[i].key && a->page.word[i].weight == b->page.word[i].weight;
  return same;
}

static bool take_away(meeting *m, known_page *page) {
  hsy_key_vec takers = {0};
  if (!act_for(m, page, UNPOST) || !hsy_store_liked_by(m->l->store, page->kept.number, &takers, m->arena, m->l->err))
    return false;
  for (ptrdiff_t i = 0; i < takers.len; i++) {
    known_page *taker = page_at(m, takers.data[i]);
    if (taker) taker->whole = true;
  }
  return hsy_store_drop_page(m->l->store, page->kept.number, m->l->err);
}

/* Chances of rows that stay are forgotten; new rows have none. */
static bool forget_pairs(meeting *m, const hsy_gathering *g, const hsy_story *story, const hsy_page *page) {
  hsy_arena scratch = *m->arena;
  for (int32_t i = page->first; i < page->end; i++) {
    int64_t row = g->attributions.data[story->order[i]];
    hsy_kept_pair_vec pairs = {0};
    hsy_linking_touch(m->l, row);
    if (!hsy_store_pairs_of(m->l->store, row, &pairs, &scratch, m->l->err)) return false;
    for (ptrdiff_t k = 0; k < pairs.len; k++) {
      hsy_linking_touch(m->l, pairs.data[k].one);
      hsy_linking_touch(m->l, pairs.data[k].other);
      if (!hsy_store_drop_pair(m->l->store, pairs.data[k].one, pairs.data[k].other, m->l->err)) return false;
    }
  }
  return true;
}

/* What the page is from now on; what it was goes, where that is something else. */
static bool replace(meeting *m, known_page *page) {
  known_page *before = page_at(m, page->kept.number);
  if (before && same_page(&before->kept, &page->kept)) {
    before->posted = before->stood = true;
    return true;
  }
  if (before && !take_away(m, before)) return false;
  page->posted = page->whole = true;
  set_page(m, page->kept.number, page);
  return hsy_store_put_page(m->l->store, &page->kept, *m->arena, m->l->err);
}

static bool replace_all(meeting *m, const hsy_gathering *g, hsy_arena *arena) {
  hsy_link_input input = hsy_gather_input(g);
  hsy_story story;
  int32_t count;
  if (!hsy_link_read(&story, &input, m->l->lists, arena, m->l->err)) return false;
  const hsy_page *pages = hsy_pages_find(&story, &count, arena);
  if (!hsy_arena_check(*arena, "record", m->l->err)) return false;
  for (int32_t i = 0; i < count; i++) {
    known_page *page = make_page(m, g, &story, &pages[i]);
    if (!page) return hsy_arena_check(*m->arena, "record", m->l->err);
    if (!forget_pairs(m, g, &story, &pages[i]) || !replace(m, page)) return false;
  }
  return true;
}

/* What is gone, or has no row any more, goes. */
static bool take_gone(meeting *m, const hsy_unlinked *documents, ptrdiff_t count) {
  for (ptrdiff_t i = 0; i < count; i++) {
    known_page *page = page_at(m, documents[i].number);
    if (m->l->err->code != HSY_OK) return false;
    if (!page || page->posted) continue;
    if (!take_away(m, page)) return false;
    set_page(m, documents[i].number, NULL);
  }
  return true;
}

/* Once all is gone that goes: so nobody meets what is no longer there. */
static bool bring_all(meeting *m) {
  for (ptrdiff_t i = 0, count = m->pages.len; i < count; i++) {
    const known_page *page = m->pages.data[i];
    if (page && page->posted && !act_for(m, page, page->stood ? MEET : POST)) return false;
  }
  return true;
}

/* ---- the likest ---- */

static bool meet_under(meeting *m, const uint64_t *keys, int count, const uint64_t *others, int other_count,
                       hsy_member one, hsy_member other) {
  for (int i = 0; i < count; i++)
    for (int k = 0; k < other_count; k++)
      if (keys[i] == others[k] && hsy_store_meet(m->l->store, keys[i], &one, &other, m->l->err)) return true;
  return false;
}

static bool pages_meet(meeting *m, const known_page *a, const known_page *b) {
  uint64_t x[HSY_PAGE_KEYS], y[HSY_PAGE_KEYS];
  int count = hsy_page_keys(&a->kept.page, x), other = hsy_page_keys(&b->kept.page, y);
  return meet_under(m, x, count, y, other, member_of(a, HSY_NONE), member_of(b, HSY_NONE));
}

static int compare_number_pairs(const void *a, const void *b) {
  const number_pair *x = a, *y = b;
  if (x->one != y->one) return x->one < y->one ? -1 : 1;
  return (x->other > y->other) - (x->other < y->other);
}

static void keep_numbers_once(number_pair_vec *pairs) {
  ptrdiff_t kept = 0;
  if (pairs->len > 1) qsort(pairs->data, (size_t)pairs->len, sizeof *pairs->data, compare_number_pairs);
  for (ptrdiff_t i = 0; i < pairs->len; i++)
    if (i == 0 || compare_number_pairs(&pairs->data[i], &pairs->data[kept - 1]) != 0)
      pairs->data[kept++] = pairs->data[i];
  pairs->len = kept;
}

static bool likes(const known_page *page, int64_t other) {
  for (int i = 0; i < page->likest_count; i++)
    if (page->likest[i].number == other) return true;
  return false;
}

static int compare_offers(const void *a, const void *b) {
  const offer *x = a, *y = b;
  if (x->page != y->page) return x->page < y->page ? -1 : 1;
  if (x->to.like != y->to.like) return x->to.like > y->to.like ? -1 : 1;
  return (x->to.number > y->to.number) - (x->to.number < y->to.number);
}

/* Who took one that it does not meet any more looks for all anew. */
static void look_at_parted(meeting *m) {
  keep_numbers_once(&m->parted);
  for (ptrdiff_t i = 0; i < m->parted.len; i++) {
    known_page *a = page_at(m, m->parted.data[i].one), *b = page_at(m, m->parted.data[i].other);
    if (!a || !b || (!likes(a, b->kept.number) && !likes(b, a->kept.number)) || pages_meet(m, a, b)) continue;
    a->whole = a->whole || likes(a, b->kept.number);
    b->whole = b->whole || likes(b, a->kept.number);
  }
}

static bool wants(const known_page *page, const known_page *other, float like) {
  if (page->whole) return false; /* finds it itself */
  const hsy_likest *last = page->likest_count == HSY_LIKEST ? &page->likest[HSY_LIKEST - 1] : NULL;
  return !last || like > last->like || (like == last->like && other->kept.number <= last->number);
}

/* All that it meets now. */
static void offer_all(meeting *m, const known_page *page, offer_vec *offers) {
  uint64_t keys[HSY_PAGE_KEYS];
  hsy_member near[2 * HSY_LOOK], self = member_of(page, HSY_NONE);
  hsy_keymap seen = {0};
  int count = hsy_page_keys(&page->kept.page, keys);
  for (int k = 0; k < count && m->l->err->code == HSY_OK; k++) {
    int found = hsy_store_before(m->l->store, keys[k], &self, near, m->l->err);
    found += hsy_store_behind(m->l->store, keys[k], &self, near + found, m->l->err);
    for (int i = 0; i < found; i++) {
      int32_t *at = hsy_keymap_at(&seen, near[i].document, m->arena);
      const known_page *other = *at == HSY_NONE ? page_at(m, near[i].document) : NULL;
      *at = 1;
      float like = other ? hsy_pages_like(&page->kept.page, &other->kept.page) : 0;
      if (like > 0) *hsy_push(offers, m->arena) = (offer){page->kept.number, {near[i].document, like}};
    }
  }
}

static bool holds(const hsy_likest *list, int count, int64_t number) {
  for (int i = 0; i < count; i++)
    if (list[i].number == number) return true;
  return false;
}

/* offers: of the page, the likest first. What it took before stands beside them. */
static bool choose(meeting *m, known_page *page, const offer *offers, ptrdiff_t count) {
  hsy_likest now[HSY_LIKEST];
  int taken = 0, old = 0, before = page->whole ? 0 : page->likest_count;
  for (ptrdiff_t i = 0; taken < HSY_LIKEST && (i < count || old < before);) {
    const hsy_likest *x = i < count ? &offers[i].to : NULL, *y = old < before ? &page->likest[old] : NULL;
    bool first = x && (!y || x->like > y->like || (x->like == y->like && x->number < y->number));
    const hsy_likest *next = first ? x : y;
    if (!holds(now, taken, next->number)) now[taken++] = *next;
    i += first;
    old += !first;
  }
  bool same = taken == page->likest_count;
  for (int i = 0; same && i < taken; i++) same = now[i].number == page->likest[i].number;
  if (same && !page->posted) return true;
  for (int i = 0; i < taken; i++)
    if (!likes(page, now[i].number)) *hsy_push(&m->nearer, m->arena) = (number_pair){page->kept.number, now[i].number};
  for (int i = 0; i < page->likest_count; i++)
    if (!holds(now, taken, page->likest[i].number))
      *hsy_push(&m->farther, m->arena) = (number_pair){page->kept.number, page->likest[i].number};
  memcpy(page->likest, now, sizeof now);
  page->likest_count = taken;
  return hsy_store_put_likest(m->l->store, page->kept.number, now, taken, m->l->err);
}

static bool find_likest(meeting *m) {
  offer_vec offers = {0};
  look_at_parted(m);
  keep_numbers_once(&m->met);
  for (ptrdiff_t i = 0; i < m->met.len; i++) {
    const known_page *a = page_at(m, m->met.data[i].one), *b = page_at(m, m->met.data[i].other);
    float like = a && b && !(a->whole && b->whole) ? hsy_pages_like(&a->kept.page, &b->kept.page) : 0;
    bool one = like > 0 && wants(a, b, like), other = like > 0 && wants(b, a, like);
    if ((!one && !other) || !pages_meet(m, a, b)) continue;
    if (one) *hsy_push(&offers, m->arena) = (offer){a->kept.number, {b->kept.number, like}};
    if (other) *hsy_push(&offers, m->arena) = (offer){b->kept.number, {a->kept.number, like}};
  }
  for (ptrdiff_t i = 0, count = m->pages.len; i < count;
       i++) /* more may come to hand, of which none is to be looked at */
    if (m->pages.data[i] && m->pages.data[i]->whole) offer_all(m, m->pages.data[i], &offers);
  if (!hsy_arena_check(*m->arena, "record", m->l->err) || m->l->err->code != HSY_OK) return false;
  if (offers.len > 1) qsort(offers.data, (size_t)offers.len, sizeof *offers.data, compare_offers);
  for (ptrdiff_t i = 0, end; i < offers.len; i = end) {
    for (end = i; end < offers.len && offers.data[end].page == offers.data[i].page;) end++;
    known_page *page = page_at(m, offers.data[i].page);
    if (!choose(m, page, offers.data + i, end - i)) return false;
    page->whole = false;
  }
  for (ptrdiff_t i = 0; i < m->pages.len; i++) /* whom nobody is like any more */
    if (m->pages.data[i] && m->pages.data[i]->whole && !choose(m, m->pages.data[i], NULL, 0)) return false;
  return true;
}

/* ---- rows ---- */

static int32_t row_number(const known_page *page, int32_t n) {
  for (int32_t i = 0; i < page->kept.page.end; i++)
    if (page->kept.rows[i].n == n) return i;
  return HSY_NONE;
}

static void pair_pages(meeting *m, const known_page *a, const known_page *b) {
  if (a->kept.number > b->kept.number) {
    const known_page *c = a;
    a = b, b = c;
  }
  for (int32_t i = 0; i < a->kept.page.end; i++) {
    for (int32_t k = a == b ? i + 1 : 0; k < b->kept.page.end; k++) {
      if (!hsy_pages_compare(a->kept.page.end, b->kept.page.end, a == b, k - i)) break;
      hsy_place x = {a->kept.number, a->kept.rows[i].n}, y = {b->kept.number, b->kept.rows[k].n};
      *hsy_push(&m->pairs, m->arena) =
          x.document == y.document && x.n > y.n ? (hsy_place_pair){y, x} : (hsy_place_pair){x, y};
    }
  }
}

/* Whether the two are to be compared, as all stand now. */
static bool is_candidate(meeting *m, const hsy_place_pair *pair) {
  const known_page *a = page_at(m, pair->one.document), *b = page_at(m, pair->other.document);
  int32_t i = a ? row_number(a, pair->one.n) : HSY_NONE, k = b ? row_number(b, pair->other.n) : HSY_NONE;
  if (i == HSY_NONE || k == HSY_NONE) return false;
  bool alike = a == b || likes(a, b->kept.number) || likes(b, a->kept.number);
  if (alike && hsy_pages_compare(a->kept.page.end, b->kept.page.end, a == b, abs(k - i))) return true;
  const hsy_kept_row *x = &a->kept.rows[i], *y = &b->kept.rows[k];
  return meet_under(m, x->key, x->count, y->key, y->count, member_of(a, i), member_of(b, k));
}

static void keep_places_once(hsy_place_pair_vec *pairs) {
  ptrdiff_t kept = 0;
  if (pairs->len > 1) qsort(pairs->data, (size_t)pairs->len, sizeof *pairs->data, hsy_place_pair_compare);
  for (ptrdiff_t i = 0; i < pairs->len; i++)
    if (i == 0 || hsy_place_pair_compare(&pairs->data[i], &pairs->data[kept - 1]) != 0)
      pairs->data[kept++] = pairs->data[i];
  pairs->len = kept;
}

static int64_t attribution_at(meeting *m, hsy_place place) {
  int64_t document = hsy_store_document_key(m->l->store, place.document, m->l->err);
  return document ? hsy_store_attribution(m->l->store, document, place.n, m->l->err) : 0;
}

static bool drop(meeting *m, int64_t a, int64_t b) {
  hsy_linking_touch(m->l, a);
  hsy_linking_touch(m->l, b);
  return hsy_store_drop_pair(m->l->store, a < b ? a : b, a < b ? b : a, m->l->err);
}

/* Rows that were driven apart: no pair, unless something else brings them together. */
static bool part_rows(meeting *m) {
  HSY_VEC(ptrdiff_t) gone = {0};
  keep_places_once(&m->rows_parted);
  for (ptrdiff_t i = 0; i < m->rows_parted.len && m->l->err->code == HSY_OK; i++) {
    const hsy_place_pair *pair = &m->rows_parted.data[i], *weighed = NULL;
    if (m->pairs.len)
      weighed = bsearch(pair, m->pairs.data, (size_t)m->pairs.len, sizeof *pair, hsy_place_pair_compare);
    int64_t a = weighed ? 0 : attribution_at(m, pair->one), b = weighed ? 0 : attribution_at(m, pair->other);
    bool kept = a && b && hsy_store_has_pair(m->l->store, a < b ? a : b, a < b ? b : a, m->l->err);
    if ((!weighed && !kept) || is_candidate(m, pair)) continue;
    if (weighed) *hsy_push(&gone, m->arena) = weighed - m->pairs.data;
    if (kept && !drop(m, a, b)) return false;
  }
  if (!hsy_arena_check(*m->arena, "record", m->l->err)) return false;
  for (ptrdiff_t i = 0; i < gone.len; i++) m->pairs.data[gone.data[i]].one.n = HSY_NONE; /* finds no row */
  return m->l->err->code == HSY_OK;
}

static bool place_of(meeting *m, int64_t attribution, hsy_place *place) {
  int64_t day;
  return hsy_store_place(m->l->store, attribution, &day, &place->document, &place->n, m->l->err);
}

/* Pages that are no longer alike: what else brings their rows together stays. */
static bool part_pages(meeting *m) {
  for (ptrdiff_t i = 0; i < m->farther.len; i++) {
    const known_page *a = page_at(m, m->farther.data[i].one), *b = page_at(m, m->farther.data[i].other);
    if (!a || !b || likes(a, b->kept.number) || likes(b, a->kept.number)) continue;
    hsy_kept_pair_vec pairs = {0};
    int64_t x = hsy_store_document_key(m->l->store, a->kept.number, m->l->err);
    int64_t y = hsy_store_document_key(m->l->store, b->kept.number, m->l->err);
    if (!hsy_store_pairs_between(m->l->store, x, y, &pairs, m->arena, m->l->err)) return false;
    for (ptrdiff_t k = 0; k < pairs.len; k++) {
      hsy_place_pair pair;
      if (!place_of(m, pairs.data[k].one, &pair.one) || !place_of(m, pairs.data[k].other, &pair.other)) return false;
      if (!is_candidate(m, &pair) && !drop(m, pairs.data[k].one, pairs.data[k].other)) return false;
    }
  }
  return true;
}

static bool pair_rows(meeting *m) {
  ptrdiff_t count = m->pages.len;
  for (ptrdiff_t i = 0; i < count; i++) {
    const known_page *page = m->pages.data[i];
    if (!page || !page->posted) continue;
    hsy_key_vec takers = {0};
    pair_pages(m, page, page);
    for (int k = 0; k < page->likest_count; k++) {
      const known_page *other = page_at(m, page->likest[k].number);
      if (other) pair_pages(m, page, other);
    }
    if (!hsy_store_liked_by(m->l->store, page->kept.number, &takers, m->arena, m->l->err)) return false;
    for (ptrdiff_t k = 0; k < takers.len; k++) {
      const known_page *other = page_at(m, takers.data[k]);
      if (other) pair_pages(m, page, other);
    }
  }
  for (ptrdiff_t i = 0; i < m->nearer.len; i++) {
    const known_page *a = page_at(m, m->nearer.data[i].one), *b = page_at(m, m->nearer.data[i].other);
    if (a && b && !a->posted && !b->posted) pair_pages(m, a, b);
  }
  for (ptrdiff_t i = 0; i < m->rows_met.len; i++) *hsy_push(&m->pairs, m->arena) = m->rows_met.data[i];
  if (!hsy_arena_check(*m->arena, "record", m->l->err)) return false;
  keep_places_once(&m->pairs);
  return part_rows(m) && part_pages(m);
}

/* ---- all of it ---- */

static bool gather(hsy_linking *l, const hsy_unlinked *documents, ptrdiff_t count, hsy_gathering *g) {
  for (ptrdiff_t i = 0; i < count; i++)
    if (documents[i].key && !hsy_gather_document(g, documents[i].key)) return false;
  return l->err->code == HSY_OK;
}

static bool meet_some(hsy_linking *l, const hsy_unlinked *documents, ptrdiff_t count, hsy_heap *heap) {
  hsy_arena arena = hsy_heap_reset(heap), kept = hsy_heap_reset(l->gathered);
  hsy_gathering g = {.store = l->store, .arena = &kept, .reading = l->reading, .err = l->err};
  meeting m = {.l = l, .arena = &arena};
  if (!gather(l, documents, count, &g)) return false;
  hsy_arena reading = hsy_arena_split(&kept, (size_t)(kept.end - kept.next) / 4);
  return replace_all(&m, &g, &reading) && take_gone(&m, documents, count) && bring_all(&m) && find_likest(&m) &&
         pair_rows(&m) && hsy_arena_check(arena, "record", l->err) && hsy_linking_weigh(l, &m.pairs);
}

bool hsy_linking_meet(hsy_linking *l) {
  static const size_t HEAP_BYTES = (size_t)16 << 30;
  hsy_unlinked_vec documents = {0};
  if (!hsy_store_unlinked(l->store, &documents, &l->kept, l->err)) return false;
  hsy_heap *heap = hsy_heap_new(HEAP_BYTES, l->err);
  bool ok = heap;
  for (ptrdiff_t i = 0; ok && i < documents.len; i += DOCUMENTS) {
    ptrdiff_t left = documents.len - i;
    ok = meet_some(l, documents.data + i, left < DOCUMENTS ? left : DOCUMENTS, heap);
  }
  hsy_heap_free(heap);
  return ok;
}

#include "ingest/near.h"

#include <math.h>
#include <stdlib.h>

#include "base/hash.h"
#include "base/utf8.h"
#include "ingest/counts.h"
#include "ingest/gather.h"
#include "store/claim_corrections.h"
#include "store/corrections.h"
#include "store/part.h"

/* Addresses. */
static const size_t HEAP_BYTES = (size_t)4 << 30, READING_BYTES = (size_t)1 << 30;

enum {
  AT_ONCE = 32,    /* new documents that are linked together */
  NEIGHBOURS = 4,  /* documents gathered beside each */
  RARE_WORDS = 16, /* of a document that neighbours are sought by */
  LATEST = 12,     /* rows looked at that say such a word */
  LEAST_SHARED = 4,
  A_NAME = 1, /* documents of an entity whose names are compared */
};

/* Linking of one record's news; what is loaded once. */
typedef struct linker {
  hsy_store *store;
  const hsy_link_lists *lists;
  hsy_speaker_lists words;
  hsy_heap *kept, *scratch, *reading;
  hsy_arena arena;      /* for the lists */
  int64_t newest, rows; /* the newest document that does not wait; attributions of the record */
  hsy_error *err;
} linker;

/* A few documents on their way in. */
typedef struct batch {
  linker *l;
  hsy_gathering g;
  hsy_arena *arena;
  hsy_arena scratch;
  const int64_t *documents; /* the new ones, ascending */
  ptrdiff_t count;
  bool again; /* some are older than what is linked already */
  int32_t fresh_rows, fresh_entities;
  hsy_counts counts;
  HSY_VEC(uint64_t) names; /* hashes of those asked for */
  hsy_said_row_vec said;   /* rows of the record that say a rare word of a new document's */
  int64_t *known;          /* [entities] keys of entities, 0 where new */
} batch;

/* What came later than a new document is left out, so that it does not matter
 * when linking takes its turn; a document that is linked again meets all. */
static int64_t seen_before(const batch *b) { return b->again ? INT64_MAX : b->g.attributions.data[0]; }

/* How many rows the record had, near enough: keys count them. */
static int64_t rows_before(const batch *b) { return b->again ? b->l->rows : b->g.attributions.data[0]; }

/* ---- which documents ---- */

typedef struct rated {
  int64_t document;
  double weight;
  int words;
} rated;

typedef HSY_VEC(rated) rated_vec;

typedef struct rare_word {
  hsy_str word;
  int32_t count;
} rare_word;

static void note_rare(rare_word *rare, int *len, hsy_str word, int32_t count) {
  for (int i = 0; i < *len; i++)
    if (hsy_str_eq_nocase(rare[i].word, word)) return;
  if (*len == RARE_WORDS && rare[RARE_WORDS - 1].count <= count) return;
  if (*len < RARE_WORDS) (*len)++;
  int at = *len - 1;
  for (; at > 0 && rare[at - 1].count > count; at--) rare[at] = rare[at - 1];
  rare[at] = (rare_word){word, count};
}

static void rate(rated_vec *found, int64_t document, double weight, hsy_arena *arena) {
  for (ptrdiff_t i = 0; i < found->len; i++) {
    if (found->data[i].document != document) continue;
    found->data[i].weight += weight;
    found->data[i].words++;
    return;
  }
  *hsy_push(found, arena) = (rated){document, weight, 1};
}

/* The documents whose latest rows say most of the rare words. */
static void find_rated(batch *b, const rare_word *rare, int count, rated_vec *found) {
  for (int i = 0; i < count; i++) {
    double weight = log(((double)rows_before(b) + 2) / (rare[i].count + 1.0));
    ptrdiff_t from = b->said.len;
    hsy_part_saying(b->l->store, rare[i].word, seen_before(b), LATEST, &b->said, b->arena, b->l->err);
    for (ptrdiff_t k = from; k < b->said.len; k++) {
      bool again = false; /* a word counts once a document */
      for (ptrdiff_t j = from; j < k; j++) again = again || b->said.data[j].document == b->said.data[k].document;
      if (!again) rate(found, b->said.data[k].document, weight, b->arena);
    }
  }
}

static int compare_rated(const void *a, const void *b) {
  const rated *x = a, *y = b;
  if (x->weight != y->weight) return x->weight > y->weight ? -1 : 1;
  return (x->document > y->document) - (x->document < y->document);
}

static bool holds(const int64_t *keys, ptrdiff_t count, int64_t document) {
  for (ptrdiff_t i = 0; i < count; i++)
    if (keys[i] == document) return true;
  return false;
}

static void choose_neighbours(batch *b, const rare_word *rare, int count, hsy_key_vec *chosen) {
  rated_vec found = {0};
  find_rated(b, rare, count, &found);
  if (hsy_arena_failed(*b->arena)) return;
  if (found.len > 1) qsort(found.data, (size_t)found.len, sizeof *found.data, compare_rated);
  int taken = 0;
  for (ptrdiff_t i = 0; i < found.len && taken < NEIGHBOURS; i++) {
    int64_t document = found.data[i].document;
    if (found.data[i].words < LEAST_SHARED || holds(b->documents, b->count, document)) continue;
    taken++;
    if (!holds(chosen->data, chosen->len, document)) *hsy_push(chosen, b->arena) = document;
  }
}

/* The words of each new row; row i has [first[i], first[i + 1]). */
typedef struct row_terms {
  hsy_link_term_vec terms;
  ptrdiff_t *first; /* [fresh_rows + 1] */
} row_terms;

static bool count_fresh(batch *b, row_terms *t) {
  t->first = hsy_new(b->arena, ptrdiff_t, b->fresh_rows + 1);
  for (int32_t i = 0; t->first && i < b->fresh_rows; i++) {
    hsy_link_term_vec terms = {0};
    hsy_arena scratch = b->scratch;
    if (!hsy_link_words(b->g.rows.data[i].content, b->l->lists, &terms, &scratch, b->l->err)) return false;
    for (ptrdiff_t k = 0; k < terms.len; k++) {
      *hsy_push(&t->terms, b->arena) = terms.data[k];
      if (!b->again) hsy_counts_add(&b->counts, terms.data[k].key); /* counted when it came */
    }
    t->first[i + 1] = t->terms.len;
  }
  return t->first && hsy_arena_check(*b->arena, "ingest", b->l->err) && hsy_counts_write(&b->counts);
}

/* The documents that share the rarest words of one new document's rows. */
static void read_document(batch *b, const row_terms *t, int32_t first, int32_t end, hsy_key_vec *chosen) {
  enum { SHORTEST = 4, LEAST_COUNT = 2 };
  rare_word rare[RARE_WORDS];
  int count = 0;
  for (ptrdiff_t k = t->first[first]; k < t->first[end]; k++) {
    const hsy_link_term *term = &t->terms.data[k];
    int32_t rows = hsy_counts_of(&b->counts, term->key);
    if (rows >= LEAST_COUNT && term->word.len >= SHORTEST) note_rare(rare, &count, term->word, rows);
  }
  choose_neighbours(b, rare, count, chosen);
}

static bool gather_fresh(batch *b) {
  for (ptrdiff_t i = 0; i < b->count; i++)
    if (!hsy_gather_document(&b->g, b->documents[i], NULL, NULL)) return false;
  b->fresh_rows = (int32_t)b->g.rows.len;
  b->fresh_entities = (int32_t)b->g.entities.len;
  return true;
}

static int compare_said(const void *a, const void *b) {
  int64_t x = ((const hsy_said_row *)a)->attribution, y = ((const hsy_said_row *)b)->attribution;
  return (x > y) - (x < y);
}

/* Of a neighbour the rows that say a rare word, and those beside them: keys
 * follow the order of the text. */
static bool is_near_said(void *user, int64_t attribution) {
  enum { BESIDE = 1 };
  const batch *b = user;
  ptrdiff_t low = 0, high = b->said.len;
  while (low < high) {
    ptrdiff_t middle = low + (high - low) / 2;
    if (b->said.data[middle].attribution < attribution - BESIDE)
      low = middle + 1;
    else
      high = middle;
  }
  return low < b->said.len && b->said.data[low].attribution <= attribution + BESIDE;
}

static bool gather_neighbours(batch *b) {
  hsy_key_vec chosen = {0};
  row_terms terms = {0};
  if (!count_fresh(b, &terms)) return false;
  for (int32_t first = 0, end; first < b->fresh_rows; first = end) {
    end = first;
    while (end < b->fresh_rows && b->g.rows.data[end].document == b->g.rows.data[first].document) end++;
    read_document(b, &terms, first, end, &chosen);
  }
  if (b->said.len > 1) qsort(b->said.data, (size_t)b->said.len, sizeof *b->said.data, compare_said);
  for (ptrdiff_t i = 0; i < chosen.len; i++)
    if (!hsy_gather_document(&b->g, chosen.data[i], is_near_said, b)) return false;
  return b->l->err->code == HSY_OK;
}

/* ---- who is who ---- */

static bool has_entity(const batch *b, const hsy_local_entity *which) {
  for (ptrdiff_t i = 0; i < b->g.entities.len; i++)
    if (b->g.entity_documents.data[i] == which->document && b->g.entity_numbers.data[i] == which->number) return true;
  return false;
}

static bool is_new_name(batch *b, uint64_t hash) {
  for (ptrdiff_t i = 0; i < b->names.len; i++)
    if (b->names.data[i] == hash) return false;
  *hsy_push(&b->names, b->arena) = hash;
  return true;
}

/* Entities of the record that go by the name, as some of its documents know them. */
static void gather_named(batch *b, hsy_str name) {
  hsy_arena scratch = b->scratch;
  hsy_local_entity_vec found = {0};
  hsy_str folded = hsy_utf8_fold(&scratch, name);
  if (name.len == 0 || !is_new_name(b, hsy_hash(folded))) return;
  hsy_part_named(b->l->store, folded, A_NAME, &found, &scratch, b->l->err);
  for (ptrdiff_t i = 0; i < found.len; i++) {
    hsy_entity_row row;
    if (has_entity(b, &found.data[i])) continue;
    if (!hsy_part_entity(b->l->store, &found.data[i], &row, b->arena, b->l->err)) return;
    *hsy_push(&b->g.entities, b->arena) = row;
    *hsy_push(&b->g.entity_documents, b->arena) = found.data[i].document;
    *hsy_push(&b->g.entity_numbers, b->arena) = found.data[i].number;
  }
}

static hsy_str last_word(hsy_str name) {
  ptrdiff_t at = name.len;
  while (at > 0 && name.data[at - 1] != ' ') at--;
  return hsy_str_slice(name, at, name.len);
}

static bool gather_entities(batch *b) {
  for (int32_t i = 0; i < b->fresh_entities; i++) {
    hsy_entity_row row = b->g.entities.data[i];
    gather_named(b, row.name);
    if (row.kind == HSY_PERSON) gather_named(b, last_word(row.name));
    for (int32_t k = 0; k < row.alias_count; k++) gather_named(b, row.aliases[k]);
  }
  b->known = hsy_new(b->arena, int64_t, b->g.entities.len + 1);
  for (ptrdiff_t i = b->fresh_entities; b->known && i < b->g.entities.len; i++)
    b->known[i] = hsy_part_linked(b->l->store, b->g.entity_documents.data[i], b->g.entity_numbers.data[i], b->l->err);
  return hsy_arena_check(*b->arena, "ingest", b->l->err) && b->l->err->code == HSY_OK;
}

/* The entity that most rows of each group are linked to, 0 for none. */
static int64_t *keys_of_groups(const batch *b, const hsy_entity_groups *groups) {
  int64_t *keys = hsy_new(b->arena, int64_t, groups->groups.len + 1);
  int32_t *votes = hsy_new(b->arena, int32_t, groups->groups.len + 1);
  for (ptrdiff_t i = b->fresh_entities; keys && votes && i < b->g.entities.len; i++) {
    int32_t group = groups->group_of[i];
    if (!b->known[i]) continue;
    if (votes[group] == 0) keys[group] = b->known[i];
    votes[group] += keys[group] == b->known[i] ? 1 : -1;
  }
  return votes ? keys : NULL;
}

/* Groups that are one entity of the record are one. */
static void join_groups(const batch *b, hsy_entity_groups *groups, const int64_t *keys) {
  int32_t *to = hsy_new(b->arena, int32_t, groups->groups.len + 1);
  for (int32_t i = 0; to && i < groups->groups.len; i++) {
    to[i] = i;
    for (int32_t k = 0; keys[i] && k < i && to[i] == i; k++)
      if (keys[k] == keys[i]) to[i] = k;
  }
  for (ptrdiff_t i = 0; to && i < b->g.entities.len; i++) groups->group_of[i] = to[groups->group_of[i]];
}

/* ---- linking ---- */

static int32_t count_of(void *user, uint64_t key) {
  batch *b = user;
  return hsy_counts_of(&b->counts, key);
}

static bool put(batch *b, const hsy_link_input *input, const hsy_links *links, const int32_t *group_of,
                const int64_t *keys) {
  hsy_record_part part = {.linked = {.input = input,
                                     .links = links,
                                     .attributions = b->g.attributions.data,
                                     .documents = b->g.entity_documents.data,
                                     .numbers = b->g.entity_numbers.data,
                                     .group_of = group_of,
                                     .entity_count = b->fresh_entities},
                          .known = keys,
                          .fresh_rows = b->fresh_rows,
                          .fresh_entities = b->fresh_entities};
  return hsy_part_put(b->l->store, &part, b->scratch, b->l->err);
}

static bool link_batch(batch *b) {
  linker *l = b->l;
  hsy_entity_groups groups;
  hsy_links links;
  hsy_correction_vec named = {0};
  hsy_claim_correction_vec corrections = {0};
  if (!hsy_store_corrections_apply(l->store, &named, b->arena, l->err) ||
      !hsy_store_claim_corrections(l->store, &corrections, b->arena, l->err) ||
      !hsy_entities_group(b->g.entities.data, (int32_t)b->g.entities.len, named.data, (int32_t)named.len, &l->words,
                          &groups, b->arena, b->scratch, l->err))
    return false;
  hsy_link_speaker *speakers = hsy_gather_speakers(&b->g, &groups, b->arena);
  int64_t *keys = keys_of_groups(b, &groups);
  int32_t *bodies = hsy_new(b->arena, int32_t, groups.groups.len + 1);
  if (!speakers || !keys || !hsy_arena_check(*b->arena, "ingest", l->err)) return false;
  join_groups(b, &groups, keys);
  hsy_gather_name_groups(&b->g, groups.group_of);
  hsy_link_input input = {.documents = b->g.documents.data,
                          .speakers = speakers,
                          .rows = b->g.rows.data,
                          .document_count = (int32_t)b->g.documents.len,
                          .speaker_count = (int32_t)groups.groups.len,
                          .row_count = (int32_t)b->g.rows.len,
                          .corpus_rows = (int32_t)rows_before(b) + b->fresh_rows,
                          .count_of = count_of,
                          .user = b,
                          .corrections = corrections.data,
                          .correction_count = (int32_t)corrections.len};
  if (!hsy_link_bodies(&input, l->lists, bodies, b->scratch, l->err)) return false;
  for (ptrdiff_t i = 0; i < groups.groups.len; i++) speakers[i].body = bodies[i];
  return hsy_link_all(&input, l->lists, &links, b->arena, b->scratch, l->err) &&
         put(b, &input, &links, groups.group_of, keys);
}

static bool link_some(linker *l, const int64_t *documents, ptrdiff_t count) {
  hsy_arena arena = hsy_heap_reset(l->kept);
  batch b = {.l = l,
             .arena = &arena,
             .scratch = hsy_heap_reset(l->scratch),
             .documents = documents,
             .count = count,
             .again = documents[0] < l->newest};
  b.counts = (hsy_counts){.store = l->store, .arena = &arena, .err = l->err};
  b.g = (hsy_gathering){.store = l->store, .arena = &arena, .reading = l->reading, .err = l->err};
  bool ok = hsy_store_begin(l->store, l->err) && gather_fresh(&b) &&
            (b.fresh_rows == 0 || (gather_neighbours(&b) && gather_entities(&b) && link_batch(&b))) &&
            hsy_part_done(l->store, documents, count, l->err) && hsy_store_commit(l->store, l->err);
  if (!ok) hsy_store_rollback(l->store);
  return ok;
}

struct counting {
  linker *l;
  hsy_counts counts;
};

static bool count_words(void *user, hsy_str content) {
  struct counting *c = user;
  hsy_arena scratch = hsy_heap_reset(c->l->scratch);
  hsy_link_term_vec terms = {0};
  if (!hsy_link_words(content, c->l->lists, &terms, &scratch, c->l->err)) return false;
  for (ptrdiff_t i = 0; i < terms.len; i++) hsy_counts_add(&c->counts, terms.data[i].key);
  return true;
}

/* A record that grew beyond being linked as a whole: its words were not counted. */
static bool count_standing(linker *l) {
  if (hsy_part_is_counted(l->store, l->err)) return true;
  hsy_arena arena = hsy_heap_reset(l->kept);
  struct counting c = {l, {.store = l->store, .arena = &arena, .err = l->err}};
  bool ok = hsy_store_begin(l->store, l->err) && hsy_part_said(l->store, count_words, &c, l->err) &&
            hsy_counts_write(&c.counts) && hsy_store_commit(l->store, l->err);
  if (!ok) hsy_store_rollback(l->store);
  return ok;
}

static bool begin(linker *l, hsy_store *store, hsy_heap *lists, hsy_error *err) {
  *l = (linker){.store = store, .arena = hsy_heap_reset(lists), .err = err};
  l->kept = hsy_heap_new(HEAP_BYTES, err);
  l->scratch = l->kept ? hsy_heap_new(HEAP_BYTES, err) : NULL;
  l->reading = l->scratch ? hsy_heap_new(READING_BYTES, err) : NULL;
  l->lists = l->reading ? hsy_link_load(&l->arena, err) : NULL;
  return l->lists && hsy_speaker_load(&l->words, &l->arena, err);
}

/* What went left its marks as well. */
static bool tighten(linker *l) {
  bool ok = hsy_store_begin(l->store, l->err) && hsy_part_tighten(l->store, hsy_heap_reset(l->scratch), l->err) &&
            hsy_store_commit(l->store, l->err);
  if (!ok) hsy_store_rollback(l->store);
  return ok;
}

bool hsy_link_near(hsy_store *store, bool all, hsy_error *err) {
  enum { LISTS_BYTES = 1 << 28 };
  linker l = {0};
  hsy_key_vec waiting = {0};
  hsy_heap *lists = hsy_heap_new(LISTS_BYTES, err);
  bool ok =
      lists && begin(&l, store, lists, err) && hsy_part_unlinked(store, &waiting, &l.arena, err) && count_standing(&l);
  if (ok) l.newest = hsy_part_newest_linked(store, err);
  if (ok) l.rows = hsy_db_number(hsy_store_db(store), "SELECT ifnull(max(key), 0) FROM attributions", err);
  for (ptrdiff_t i = 0, left; ok && (left = waiting.len - i) > 0 && (all || left >= AT_ONCE); i += AT_ONCE)
    ok = link_some(&l, waiting.data + i, left < AT_ONCE ? left : AT_ONCE);
  ok = ok && tighten(&l);
  hsy_heap_free(l.kept);
  hsy_heap_free(l.scratch);
  hsy_heap_free(l.reading);
  hsy_heap_free(lists);
  return ok;
}

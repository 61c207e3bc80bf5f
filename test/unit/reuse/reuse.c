/* Groups over an index: the same whatever the order, and after removals. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "index/memory.h"
#include "reuse/reuse.h"

enum { OUTLETS = 6, STORIES = 14, DOCUMENTS = OUTLETS * STORIES };

typedef struct world {
  hsy_heap *heap;
  hsy_arena arena;
  hsy_memory *memory;
  hsy_index index;
  hsy_reuse *reuse;
  int said;
} world;

static void say(void *user, const char *message) {
  (void)message;
  ++*(int *)user;
}

static void open_world(world *w) {
  w->heap = hsy_heap_new((size_t)256 << 20, NULL);
  w->arena = hsy_heap_reset(w->heap);
  w->memory = hsy_memory_new(NULL, NULL, NULL);
  w->index = hsy_memory_index(w->memory);
  w->said = 0;
  w->reuse = hsy_reuse_new(&w->index, &(hsy_reuse_options){say, &w->said}, NULL);
  assert_non_null(w->reuse);
}

static void close_world(world *w) {
  hsy_reuse_free(w->reuse);
  hsy_memory_free(w->memory);
  hsy_heap_free(w->heap);
}

static void add_sentences(hsy_buf *out, uint32_t seed, int count) {
  for (int s = 0; s < count; s++) {
    for (int i = 0; i < 15; i++) {
      seed = seed * 1664525 + 1013904223;
      uint32_t word = seed >> 12;
      for (int k = 0; k < 4; k++, word /= 23) hsy_buf_byte(out, (char)('a' + word % 23));
      hsy_buf_byte(out, ' ');
    }
    hsy_buf_byte(out, '\n');
  }
}

/* Outlet o tells story s: with the agency's words where o takes them for it
 * (whole for some, a passage for others), own words, and its furniture. */
static hsy_reuse_document make_document(world *w, int o, int s) {
  hsy_buf text = hsy_buf_in(&w->arena);
  bool takes = (o + s) % 3 == 0, all = s % 2 == 0;
  if (takes) add_sentences(&text, 1000u + (uint32_t)s, all ? 12 : 3);
  add_sentences(&text, 50000u + (uint32_t)(o * 100 + s) * 17, takes && all ? 3 : 10);
  add_sentences(&text, 90000u + (uint32_t)o * 7, 2);
  hsy_str name = hsy_str_printf(&w->arena, "%d/%d", o, s);
  return (hsy_reuse_document){
      .key = hsy_hash(name),
      .text = hsy_buf_str(&text),
      .outlet = hsy_str_printf(&w->arena, "Outlet %d", o),
      .published = hsy_str_printf(&w->arena, "2024-03-%02d", 1 + o),
      .agency = takes ? HSY_S("TCN") : (hsy_str){0},
  };
}

static void add(world *w, hsy_reuse_document d) {
  assert_true(hsy_memory_put_text(w->memory, d.key, d.text, NULL));
  assert_true(hsy_reuse_add(w->reuse, &d, NULL));
}

typedef struct print {
  uint64_t sum;
  int wholes, parts, largest;
} print;

/* A sum over groups, so that their order does not matter. */
static bool print_group(void *user, const hsy_copy_group *g) {
  print *p = user;
  uint64_t h = g->id;
  h = hsy_hash_mix(h, hsy_hash((hsy_str){(const char *)g->documents, (ptrdiff_t)sizeof(hsy_key) * g->document_count}));
  for (ptrdiff_t i = 0; i < g->passage_count; i++) {
    h = hsy_hash_mix(h, g->passages[i].document);
    h = hsy_hash_mix(h, (uint64_t)g->passages[i].start << 32 | (uint32_t)g->passages[i].end);
  }
  h = hsy_hash_mix(h, hsy_hash_mix(g->original, hsy_hash(g->because)));
  p->sum += hsy_hash_mix(h, (uint64_t)(g->containment * 1e6));
  if (g->whole)
    p->wholes++;
  else
    p->parts++;
  if (g->document_count > p->largest) p->largest = (int)g->document_count;
  return true;
}

static print print_of(world *w) {
  print p = {0};
  assert_true(hsy_reuse_finish(w->reuse, NULL));
  assert_true(hsy_memory_groups(w->memory, print_group, &p));
  return p;
}

static void shuffle(int *order, int count, uint32_t seed) {
  for (int i = 0; i < count; i++) order[i] = i;
  for (int i = count; i > 1; i--) {
    seed = seed * 1664525 + 1013904223;
    int j = (int)((seed >> 8) % (uint32_t)i), swap = order[i - 1];
    order[i - 1] = order[j];
    order[j] = swap;
  }
}

/* batch 0: all at once. */
static print run_in_order(uint32_t seed, int batch) {
  world w;
  int order[DOCUMENTS];
  open_world(&w);
  shuffle(order, DOCUMENTS, seed);
  for (int i = 0; i < DOCUMENTS; i++) {
    add(&w, make_document(&w, order[i] % OUTLETS, order[i] / OUTLETS));
    if (batch && i % batch == 0) assert_true(hsy_reuse_finish(w.reuse, NULL));
  }
  print p = print_of(&w);
  close_world(&w);
  return p;
}

static void order_does_not_matter(void **state) {
  (void)state;
  print first = run_in_order(1, 0);
  assert_int_equal(first.wholes, STORIES / 2);
  assert_int_equal(first.parts, STORIES / 2);
  assert_int_equal(first.largest, 2);
  for (uint32_t seed = 2; seed < 10; seed++) {
    print again = run_in_order(seed, (int)(seed % 4) * 3 + 1);
    assert_true(again.sum == first.sum);
    assert_int_equal(again.parts, first.parts);
  }
}

/* One text in many wordings, so that fingerprints outgrow their representatives. */
static print run_many(uint32_t seed, int batch, int count) {
  world w;
  int order[200];
  open_world(&w);
  shuffle(order, count, seed);
  for (int i = 0; i < count; i++) {
    hsy_buf text = hsy_buf_in(&w.arena);
    add_sentences(&text, 4711, 8);
    add_sentences(&text, 800000u + (uint32_t)order[i] * 31, 1 + order[i] % 3 * 7);
    hsy_str name = hsy_str_printf(&w.arena, "many %d", order[i]);
    add(&w, (hsy_reuse_document){.key = hsy_hash(name), .text = hsy_buf_str(&text), .outlet = name});
    if (i % batch == 0) assert_true(hsy_reuse_finish(w.reuse, NULL));
  }
  print p = print_of(&w);
  close_world(&w);
  return p;
}

static void order_does_not_matter_for_many(void **state) {
  (void)state;
  print first = run_many(1, 200, 200);
  assert_int_equal(first.wholes, 1);
  assert_true(first.largest > 120);
  for (uint32_t seed = 2; seed < 6; seed++) assert_true(run_many(seed, (int)seed * 11 - 20, 200).sum == first.sum);
}

static void removing_is_as_never_having_added(void **state) {
  (void)state;
  world w, without;
  open_world(&w);
  open_world(&without);
  for (int i = 0; i < DOCUMENTS; i++) {
    add(&w, make_document(&w, i % OUTLETS, i / OUTLETS));
    if (i % 5) add(&without, make_document(&without, i % OUTLETS, i / OUTLETS));
  }
  assert_true(hsy_reuse_finish(w.reuse, NULL));
  for (int i = 0; i < DOCUMENTS; i += 5)
    assert_true(hsy_reuse_remove(w.reuse, make_document(&w, i % OUTLETS, i / OUTLETS).key, NULL));
  print after = print_of(&w), never = print_of(&without);
  assert_true(never.wholes > 0 && never.wholes < STORIES / 2);
  assert_true(after.sum == never.sum);
  close_world(&w);
  close_world(&without);
}

static void adding_twice_changes_nothing(void **state) {
  (void)state;
  world w;
  open_world(&w);
  for (int twice = 0; twice < 2; twice++) {
    add(&w, make_document(&w, 0, 0));
    add(&w, make_document(&w, 3, 0));
    print p = print_of(&w);
    assert_int_equal(p.wholes, 1);
  }
  close_world(&w);
}

static bool keep_group(void *user, const hsy_copy_group *g) {
  world *w = user;
  char *because = hsy_str_z(&w->arena, g->because);
  assert_non_null(strstr(because, "Transcontinental News is the agency credited in 2 of 2"));
  assert_non_null(strstr(because, "published first (2022-09-09)"));
  assert_true(g->original == 7);
  return true;
}

static void the_agency_is_the_original(void **state) {
  (void)state;
  world w;
  open_world(&w);
  hsy_buf text = hsy_buf_in(&w.arena);
  add_sentences(&text, 5, 9);
  hsy_reuse_document agency = {
      7, hsy_buf_str(&text), HSY_S("Transcontinental News"), HSY_S("2022-09-09"), HSY_S("TN"), NULL, 0, NULL, 0};
  hsy_reuse_document paper = agency;
  paper.key = 6;
  paper.outlet = HSY_S("The Morning Meridian");
  paper.published = HSY_S("2022-09-10");
  add(&w, paper);
  add(&w, agency);
  assert_int_equal(print_of(&w).wholes, 1);
  assert_true(hsy_memory_groups(w.memory, keep_group, &w));
  close_world(&w);
}

static void odd_articles(void **state) {
  (void)state;
  world w;
  open_world(&w);
  static char many[4000001];
  for (int i = 0; i < 1000000; i++) memcpy(many + i * 4, "dam ", 4);
  const char *texts[] = {
      "", "dam", "dam dam", many, "\xE5\xA4\xA7\xE5\x9D\x9D\xE5\xBB\xBA\xE6\x88\x90", "\xFF\xFF\xFF", " \n \n"};
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
    add(&w, (hsy_reuse_document){.key = i + 1, .text = hsy_str_of(texts[i])});
  print p = print_of(&w);
  assert_int_equal(p.wholes + p.parts, 0);
  close_world(&w);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(order_does_not_matter),
      cmocka_unit_test(order_does_not_matter_for_many),
      cmocka_unit_test(removing_is_as_never_having_added),
      cmocka_unit_test(adding_twice_changes_nothing),
      cmocka_unit_test(the_agency_is_the_original),
      cmocka_unit_test(odd_articles),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

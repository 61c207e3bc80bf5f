/* A small record of rows made by hand, for tests of what is linked across
 * documents. The lists are loaded once a program, by load and unload. */
#ifndef HSY_TEST_RECORD_H
#define HSY_TEST_RECORD_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "link/link.h"

static hsy_heap *heap;
static hsy_arena base;
static const hsy_link_lists *lists;

static int load(void **state) {
  (void)state;
  hsy_error err = {0};
  heap = hsy_heap_new((size_t)1 << 30, &err);
  base = hsy_heap_reset(heap);
  lists = hsy_link_load(&base, &err);
  return lists ? 0 : -1;
}

static int unload(void **state) {
  (void)state;
  hsy_heap_free(heap);
  return 0;
}

/* ---- a small record, written down line by line ---- */

typedef struct record {
  hsy_link_document documents[8];
  hsy_link_speaker speakers[8];
  hsy_link_row rows[32];
  int32_t speaker_of[32];
  hsy_link_input input;
  hsy_links links;
  hsy_arena arena, scratch;
} record;

static void begin(record *r) {
  static const char *const DAYS[] = {"2024-03-11", "2024-03-12", "2024-03-13", "2024-03-20"};
  static const char *const NAMES[] = {"Ada Brink",         "Tomas Weld",      "Ministry of Transport",
                                      "Velia Port Police", "Harbour Courier", "Nadia Orel"};
  static const char *const DOCUMENTS[] = {"d0", "d1", "d2", "d3"};
  memset(r, 0, sizeof *r);
  r->arena = base;
  r->scratch = hsy_arena_split(&r->arena, (size_t)256 << 20);
  for (int i = 0; i < 4; i++)
    r->documents[i] = (hsy_link_document){.id = hsy_str_of(DOCUMENTS[i]), .published = hsy_str_of(DAYS[i])};
  for (int i = 0; i < 6; i++)
    r->speakers[i] = (hsy_link_speaker){.id = hsy_str_of(NAMES[i]), .name = hsy_str_of(NAMES[i]), .body = HSY_NONE};
  r->input = (hsy_link_input){
      .documents = r->documents, .speakers = r->speakers, .rows = r->rows, .document_count = 4, .speaker_count = 6};
}

/* speaker -1: nobody. Returns the row. */
static int32_t say(record *r, const char *id, int32_t document, int32_t speaker, const char *stance, hsy_kind kind,
                   const char *content) {
  int32_t at = r->input.row_count++;
  r->speaker_of[at] = speaker;
  r->rows[at] = (hsy_link_row){.id = hsy_str_of(id),
                               .document = document,
                               .start = at * 200,
                               .paragraph = at,
                               .parent = HSY_NONE,
                               .content = hsy_str_of(content),
                               .kind = kind,
                               .speakers = &r->speaker_of[at],
                               .speaker_count = speaker >= 0,
                               .stance = stance,
                               .confidence = 1};
  return at;
}

static void link_all(record *r) {
  hsy_error err = {0};
  if (!hsy_link_all(&r->input, lists, &r->links, &r->arena, r->scratch, &err)) fail_msg("%s", err.message);
}

static bool holds(const hsy_index_vec *rows, int32_t row) {
  for (ptrdiff_t i = 0; i < rows->len; i++)
    if (rows->data[i] == row) return true;
  return false;
}

#endif

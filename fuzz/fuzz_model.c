/* libFuzzer target: any bytes as a model file. What opens can be read to its last
 * weight. */
#include <stdlib.h>
#include <string.h>

#include "model/crf.h"
#include "model/file.h"
#include "model/ranker.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static volatile int8_t last;

static void open_all(hsy_str bytes) {
  hsy_crf crf;
  hsy_crf_table table;
  hsy_ranker ranker;
  hsy_error err = {0};
  hsy_crf_open(&crf, bytes, &err);
  err = (hsy_error){0};
  if (hsy_crf_open_table(&table, bytes, &err)) last = table.weights[(size_t)table.mask * table.width + table.width - 1];
  err = (hsy_error){0};
  if (hsy_ranker_open(&ranker, bytes, &err)) last = ranker.weights[ranker.mask];
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static const char *const SECTIONS[] = {"words", "outer", "inner", "tie", "content", "pairs", "table", "quote"};
  char *copy = malloc(size + 1); /* a block of its own: reading past it is seen */
  memcpy(copy, data, size);
  hsy_str file = {copy, (ptrdiff_t)size}, section;
  open_all(file);
  for (size_t i = 0; i < sizeof SECTIONS / sizeof *SECTIONS; i++) {
    hsy_error err = {0};
    if (!hsy_model_section(file, SECTIONS[i], &section, &err)) continue;
    if (section.data < file.data || section.len < 0 || section.data + section.len > file.data + file.len) abort();
    open_all(section);
  }
  free(copy);
  return 0;
}

/* What the parity tests share: a heap, and the files that test/parity/generate.py made. */
#ifndef TEST_PARITY_H
#define TEST_PARITY_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/os.h"
#include "model/tensors.h"

static hsy_heap *heap;
static hsy_arena arena;
static hsy_str tiny;
static hsy_tensors expected;

static int load_files(void **state) {
  (void)state;
  hsy_error err = {0};
  hsy_str file;
  heap = hsy_heap_new((size_t)64 << 20, &err);
  if (!heap || !hsy_os_map("test/parity/tiny.bin", &tiny, &err) || !hsy_os_map("test/parity/expected.bin", &file, &err))
    return -1;
  arena = hsy_heap_reset(heap);
  return hsy_tensors_read(file, &expected, &arena, &err) ? 0 : -1;
}

static int unload_files(void **state) {
  (void)state;
  hsy_heap_free(heap);
  return 0;
}

static inline const hsy_tensor *expect(const char *name) {
  const hsy_tensor *t = hsy_tensors_find(&expected, hsy_str_of(name));
  assert_non_null(t);
  return t;
}

#endif

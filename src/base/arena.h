/* Arenas: memory that is taken piece by piece and given back whole.
 *
 * In. A heap, one reserved range of addresses; pages are taken from the
 * system only when they are touched, so a large reservation is cheap.
 * Out. Zeroed blocks. An arena passed by pointer keeps what is taken from it;
 * passed by value it is scratch, and rewinds when the callee returns.
 * Owns. The heap owns the range; an arena borrows it.
 * Fails when. The range is used up: hsy_alloc returns NULL, hsy_push hands out
 * a slot that nobody reads, and the heap stays marked as failed until reset.
 * Check hsy_arena_failed once at the end of a stage.
 *
 * Built with HSY_ARENA_BLOCKS every allocation is a block of its own, so that
 * AddressSanitizer sees overruns and reads after a reset.
 * Method: arenas by value as in "Arena allocator tips and tricks" (C. Wellons).
 */
#ifndef HSY_BASE_ARENA_H
#define HSY_BASE_ARENA_H

#include <setjmp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

typedef struct hsy_heap hsy_heap;

typedef struct hsy_arena {
  char *next; /* first free byte */
  char *end;  /* one past the last */
  hsy_heap *heap;
} hsy_arena;

/* Reserves size bytes of addresses. NULL and *err when the system refuses. */
hsy_heap *hsy_heap_new(size_t size, hsy_error *err);
void hsy_heap_free(hsy_heap *heap); /* NULL is allowed */

/* The whole heap as one arena, everything taken before is gone. Pages past the
 * first few MiB go back to the system, so one large article does not stay. */
hsy_arena hsy_heap_reset(hsy_heap *heap);

/* Splits what is left in two: the first `share` bytes stay in *arena, the rest
 * is returned, to serve as scratch beside it. */
hsy_arena hsy_arena_split(hsy_arena *arena, size_t share);

/* While a guard is set, an allocation that fails goes there (longjmp, 1) instead
 * of returning NULL, so that code in between need not look after each push.
 * Only for code that holds nothing outside its arenas. NULL takes it away. */
void hsy_heap_guard(hsy_heap *heap, jmp_buf *guard);

/* What several heaps may take together, and for how long: an allocation past it
 * fails, and hsy_arena_check tells which it was. Borrowed until the heap goes. */
typedef struct hsy_budget {
  size_t most, used; /* bytes; used: pages that were touched since the last reset */
  int64_t seconds;   /* of this thread's processor time since hsy_budget_begin; 0: any */
  int64_t until;     /* nanoseconds of that clock */
} hsy_budget;

void hsy_budget_begin(hsy_budget *budget);
/* false: no memory to keep account. */
bool hsy_heap_bound(hsy_heap *heap, hsy_budget *budget);

/* Bytes that the arena's budget has given since the last reset; 0 without one. */
size_t hsy_arena_taken(hsy_arena arena);

/* A test's hook: the n-th allocation from now fails (0: none does). */
void hsy_heap_fail_at(hsy_heap *heap, long n);

bool hsy_arena_failed(hsy_arena arena);
/* Memory ran out elsewhere, for something that goes into this arena's article. */
void hsy_arena_fail(hsy_arena arena);
/* false and *err set (HSY_NO_MEMORY) when the heap has failed. */
bool hsy_arena_check(hsy_arena arena, const char *stage, hsy_error *err);

/* count objects of size bytes, zeroed; NULL when there is no room. */
void *hsy_alloc(hsy_arena *arena, ptrdiff_t size, ptrdiff_t align, ptrdiff_t count);
#define hsy_new(arena, type, count) ((type *)hsy_alloc((arena), sizeof(type), _Alignof(type), (count)))

/* A growable array is any struct { T *data; ptrdiff_t len, cap; }. */
#define HSY_VEC(type)                                                                                                  \
  struct {                                                                                                             \
    type *data;                                                                                                        \
    ptrdiff_t len, cap;                                                                                                \
  }

/* Appends a zeroed element and returns a pointer to it, never NULL. */
#define hsy_push(vec, arena)                                                                                           \
  ((__typeof__((vec)->data))((vec)->len < (vec)->cap ? hsy_vec_slot((vec)->data, sizeof *(vec)->data, (vec)->len++)    \
                                                     : hsy_vec_grow((vec), sizeof *(vec)->data, (arena))))

static inline void *hsy_vec_slot(void *data, size_t size, ptrdiff_t index) {
  return (char *)data + (size_t)index * size;
}
void *hsy_vec_grow(void *vec, size_t size, hsy_arena *arena);

#endif

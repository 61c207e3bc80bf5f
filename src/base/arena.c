#include "base/arena.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>

enum {
  KEEP = 4 << 20,   /* bytes of a heap that stay resident over a reset */
  TRASH = 1024,     /* largest element that hsy_push can lead astray */
  CHUNK = 64 << 10, /* bytes that are accounted for at once */
  LOOK_EVERY = 4096 /* allocations between two looks at the clock */
};

typedef enum refusal { NONE, FULL, OVER, LATE } refusal;

struct hsy_heap {
  char *base;
  size_t size;
  bool failed;
  refusal why;
  hsy_budget *budget;             /* borrowed, or NULL */
  unsigned char *touched;         /* [size / CHUNK + 1] whether the budget knows of it; with a budget alone */
  unsigned looked;                /* allocations since the last look at the clock */
  jmp_buf *guard;                 /* borrowed, or NULL */
  long fail_at;                   /* counts down to the allocation that has to fail */
  size_t high;                    /* furthest byte touched since the last trim */
  size_t dirty;                   /* from here on all is zero still, as the system gave it */
  _Alignas(16) char trash[TRASH]; /* where pushes go once the heap has failed */
#ifdef HSY_ARENA_BLOCKS
  void **blocks;
  size_t block_count, block_cap;
#endif
};

hsy_heap *hsy_heap_new(size_t size, hsy_error *err) {
  hsy_heap *heap = calloc(1, sizeof *heap);
  if (!heap) {
    hsy_fail(err, HSY_NO_MEMORY, "base", -1, "out of memory");
    return NULL;
  }
  void *base = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (base == MAP_FAILED) {
    free(heap);
    hsy_fail(err, HSY_NO_MEMORY, "base", -1, "cannot reserve %zu MiB of addresses", size >> 20);
    return NULL;
  }
  heap->base = base;
  heap->size = size;
  return heap;
}

static void release_blocks(hsy_heap *heap) {
#ifdef HSY_ARENA_BLOCKS
  for (size_t i = 0; i < heap->block_count; i++) free(heap->blocks[i]);
  heap->block_count = 0;
#else
  (void)heap;
#endif
}

void hsy_heap_free(hsy_heap *heap) {
  if (!heap) return;
  release_blocks(heap);
#ifdef HSY_ARENA_BLOCKS
  free(heap->blocks);
#endif
  munmap(heap->base, heap->size);
  free(heap->touched);
  free(heap);
}

/* ---- budgets ---- */

static int64_t thread_time(void) {
  struct timespec now;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

void hsy_budget_begin(hsy_budget *budget) {
  budget->until = budget->seconds ? thread_time() + budget->seconds * 1000000000 : 0;
}

bool hsy_heap_bound(hsy_heap *heap, hsy_budget *budget) {
  heap->touched = calloc(heap->size / CHUNK + 1, 1);
  heap->budget = heap->touched ? budget : NULL;
  return heap->budget;
}

size_t hsy_arena_taken(hsy_arena arena) { return arena.heap->budget ? arena.heap->budget->used : 0; }

static void forget_touched(hsy_heap *heap) {
  size_t chunks = heap->size / CHUNK + 1;
  for (unsigned char *at = heap->touched; (at = memchr(at, 1, (size_t)(heap->touched + chunks - at)));) {
    *at = 0;
    heap->budget->used -= CHUNK;
  }
}

/* NONE, or why the budget does not allow the bytes [start, end) of the heap. */
static refusal charge(hsy_heap *heap, size_t start, size_t end) {
  hsy_budget *budget = heap->budget;
  if (budget->until && ++heap->looked >= LOOK_EVERY) {
    heap->looked = 0;
    if (thread_time() > budget->until) return LATE;
  }
  for (size_t c = start / CHUNK; end > start && c <= (end - 1) / CHUNK; c++) {
    if (heap->touched[c]) continue;
    if (budget->used + CHUNK > budget->most) return OVER;
    heap->touched[c] = 1;
    budget->used += CHUNK;
  }
  return NONE;
}

hsy_arena hsy_heap_reset(hsy_heap *heap) {
  release_blocks(heap);
  if (heap->high > KEEP && madvise(heap->base + KEEP, heap->size - KEEP, MADV_DONTNEED) == 0) heap->dirty = KEEP;
  if (heap->budget) forget_touched(heap);
  heap->high = 0;
  heap->failed = false;
  return (hsy_arena){heap->base, heap->base + heap->size, heap};
}

hsy_arena hsy_arena_split(hsy_arena *arena, size_t share) {
  size_t room = (size_t)(arena->end - arena->next);
  if (share > room) share = room;
  hsy_arena rest = {arena->next + share, arena->end, arena->heap};
  arena->end = rest.next;
  return rest;
}

void hsy_heap_guard(hsy_heap *heap, jmp_buf *guard) { heap->guard = guard; }

void hsy_heap_fail_at(hsy_heap *heap, long n) { heap->fail_at = n; }

bool hsy_arena_failed(hsy_arena arena) { return arena.heap->failed; }

void hsy_arena_fail(hsy_arena arena) {
  if (!arena.heap->failed) arena.heap->why = FULL;
  arena.heap->failed = true;
}

bool hsy_arena_check(hsy_arena arena, const char *stage, hsy_error *err) {
  static const struct {
    hsy_code code;
    const char *message;
  } REFUSALS[] = {
      [NONE] = {HSY_NO_MEMORY, "out of memory for this article"},
      [FULL] = {HSY_NO_MEMORY, "out of memory for this article"},
      [OVER] = {HSY_LIMIT, "needs more memory than one article may take"},
      [LATE] = {HSY_LIMIT, "takes longer than one article may take"},
  };
  if (!arena.heap->failed) return true;
  return hsy_fail(err, REFUSALS[arena.heap->why].code, stage, -1, "%s", REFUSALS[arena.heap->why].message);
}

#ifdef HSY_ARENA_BLOCKS
static void *take_block(hsy_heap *heap, size_t bytes) {
  if (heap->block_count == heap->block_cap) {
    size_t cap = heap->block_cap ? 2 * heap->block_cap : 256;
    void **more = realloc(heap->blocks, cap * sizeof *more);
    if (!more) return NULL;
    heap->blocks = more;
    heap->block_cap = cap;
  }
  void *block = calloc(1, bytes ? bytes : 1);
  if (block) heap->blocks[heap->block_count++] = block;
  return block;
}
#endif

static void *refuse(hsy_heap *heap, refusal why) {
  if (!heap->failed) heap->why = why;
  heap->failed = true;
  if (heap->guard) longjmp(*heap->guard, 1);
  return NULL;
}

void *hsy_alloc(hsy_arena *arena, ptrdiff_t size, ptrdiff_t align, ptrdiff_t count) {
  hsy_heap *heap = arena->heap;
  if (heap->failed) return refuse(heap, FULL);
  bool forced = heap->fail_at > 0 && --heap->fail_at == 0;
  ptrdiff_t pad = -(ptrdiff_t)((uintptr_t)arena->next & (uintptr_t)(align - 1)) & (align - 1);
  ptrdiff_t room = arena->end - arena->next - pad;
  if (forced || room < 0 || count < 0 || count > room / size) return refuse(heap, FULL);
#ifdef HSY_ARENA_BLOCKS
  void *block = take_block(heap, (size_t)(size * count));
  return block ? block : refuse(heap, FULL);
#else
  char *p = arena->next + pad;
  if (heap->budget) {
    size_t start = (size_t)(p - heap->base);
    refusal why = charge(heap, start, start + (size_t)(size * count));
    if (why) return refuse(heap, why);
  }
  arena->next = p + size * count;
  size_t start = (size_t)(p - heap->base), end = (size_t)(arena->next - heap->base);
  if (end > heap->high) heap->high = end;
  if (start < heap->dirty) memset(p, 0, (end < heap->dirty ? end : heap->dirty) - start);
  if (end > heap->dirty) heap->dirty = end;
  return p;
#endif
}

typedef HSY_VEC(char) any_vec;

void *hsy_vec_grow(void *vec, size_t size, hsy_arena *arena) {
  any_vec v;
  memcpy(&v, vec, sizeof v);
  ptrdiff_t cap = v.cap ? 2 * v.cap : 16;
  char *more = NULL;
  bool in_place = false;
#ifndef HSY_ARENA_BLOCKS
  const char *end = v.data ? v.data + (size_t)v.cap * size : NULL;
  in_place = end && end == arena->next; /* nothing was taken since: extend where it stands */
#endif
  if (in_place) {
    if (hsy_alloc(arena, (ptrdiff_t)size, 1, cap - v.cap)) more = v.data;
  } else {
    more = hsy_alloc(arena, (ptrdiff_t)size, 16, cap);
    if (more && v.len) memcpy(more, v.data, (size_t)v.len * size);
  }
  if (!more) {
    memset(arena->heap->trash, 0, TRASH);
    return arena->heap->trash;
  }
  v.data = more;
  v.cap = cap;
  v.len++;
  memcpy(vec, &v, sizeof v);
  return hsy_vec_slot(v.data, size, v.len - 1);
}

#include "base/arena.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum {
  KEEP = 4 << 20, /* bytes of a heap that stay resident over a reset */
  TRASH = 1024    /* largest element that hsy_push can lead astray */
};

struct hsy_heap {
  char *base;
  size_t size;
  bool failed;
  jmp_buf *guard;                 /* borrowed, or NULL */
  long fail_at;                   /* counts down to the allocation that has to fail */
  size_t high;                    /* furthest byte touched since the last trim */
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
  free(heap);
}

hsy_arena hsy_heap_reset(hsy_heap *heap) {
  release_blocks(heap);
  if (heap->high > KEEP) madvise(heap->base + KEEP, heap->size - KEEP, MADV_DONTNEED);
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

bool hsy_arena_check(hsy_arena arena, const char *stage, hsy_error *err) {
  if (!arena.heap->failed) return true;
  return hsy_fail(err, HSY_NO_MEMORY, stage, -1, "out of memory for this article");
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

static void *refuse(hsy_heap *heap) {
  heap->failed = true;
  if (heap->guard) longjmp(*heap->guard, 1);
  return NULL;
}

void *hsy_alloc(hsy_arena *arena, ptrdiff_t size, ptrdiff_t align, ptrdiff_t count) {
  hsy_heap *heap = arena->heap;
  if (heap->failed) return refuse(heap);
  bool forced = heap->fail_at > 0 && --heap->fail_at == 0;
  ptrdiff_t pad = -(ptrdiff_t)((uintptr_t)arena->next & (uintptr_t)(align - 1)) & (align - 1);
  ptrdiff_t room = arena->end - arena->next - pad;
  if (forced || room < 0 || count < 0 || count > room / size) return refuse(heap);
#ifdef HSY_ARENA_BLOCKS
  void *block = take_block(heap, (size_t)(size * count));
  return block ? block : refuse(heap);
#else
  char *p = arena->next + pad;
  arena->next = p + size * count;
  if ((size_t)(arena->next - heap->base) > heap->high) heap->high = (size_t)(arena->next - heap->base);
  return memset(p, 0, (size_t)(size * count));
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

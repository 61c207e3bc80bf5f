#include "format/xmlrun.h"

#include <libxml/parser.h>
#include <libxml/xmlerror.h>
#include <libxml/xmlmemory.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum { ALIGN = 16, LEAST_BITS = 5, CLASSES = 44 };

/* A block's size class stands before it; free ones of a class form a list. */
typedef struct block {
  struct block *next; /* while it is free */
  size_t bits;
} block;
_Static_assert(sizeof(block) == ALIGN, "what is handed out is aligned");

typedef struct pool {
  char *base, *next, *end;
  block *free[CLASSES];
  jmp_buf out;
} pool;

static _Thread_local pool *running; /* this thread's, or NULL */
static _Thread_local long fail_in;

void hsy_xml_fail_at(long n) { fail_in = n; }

/* ---- the pool ---- */

static unsigned class_of(size_t size) {
  unsigned bits = LEAST_BITS;
  while (((size_t)1 << bits) < size + sizeof(block)) bits++;
  return bits;
}

static void *take(size_t size) {
  pool *p = running;
  bool forced = fail_in > 0 && --fail_in == 0;
  if (forced || size > (size_t)(p->end - p->base)) longjmp(p->out, 1);
  unsigned bits = class_of(size);
  block *b = p->free[bits];
  if (b) {
    p->free[bits] = b->next;
    return b + 1;
  }
  /* Small blocks by class; large ones as long as they are, so that none wastes half of itself. */
  size_t room = size < (64 << 10) ? (size_t)1 << bits : (size + sizeof(block) + ALIGN - 1) & ~(size_t)(ALIGN - 1);
  if (room > (size_t)(p->end - p->next)) longjmp(p->out, 1);
  b = (block *)p->next;
  p->next += room;
  b->bits = size < (64 << 10) ? bits : CLASSES;
  b->next = (block *)room;
  return b + 1;
}

static bool is_pooled(const void *data) {
  return running && (const char *)data >= running->base && (const char *)data < running->end;
}

static size_t room_of(const block *b) {
  return (b->bits < CLASSES ? (size_t)1 << b->bits : (size_t)b->next) - sizeof(block);
}

static void give(void *data) {
  block *b = (block *)data - 1;
  if (b->bits >= CLASSES) return;
  b->next = running->free[b->bits];
  running->free[b->bits] = b;
}

/* ---- libxml2's allocator ---- */

static void *pooled_malloc(size_t size) { return running ? take(size) : malloc(size); }

static void pooled_free(void *data) {
  if (is_pooled(data))
    give(data);
  else
    free(data);
}

/* The last large block grows where it stands: buffers that are written to grow often. */
static bool grow(block *b, size_t size) {
  pool *p = running;
  size_t room = (size + sizeof(block) + ALIGN - 1) & ~(size_t)(ALIGN - 1);
  bool last = b->bits >= CLASSES && (char *)b + (size_t)b->next == p->next;
  if (!last || room > (size_t)(p->end - (char *)b)) return false;
  p->next = (char *)b + room;
  b->next = (block *)room;
  return true;
}

static void *pooled_realloc(void *data, size_t size) {
  if (!data) return pooled_malloc(size);
  if (!is_pooled(data)) return realloc(data, size);
  size_t had = room_of((block *)data - 1);
  if (size <= had || grow((block *)data - 1, size)) return data;
  void *more = take(size);
  memcpy(more, data, had);
  give(data);
  return more;
}

static char *pooled_strdup(const char *text) {
  size_t size = strlen(text) + 1;
  char *copy = pooled_malloc(size);
  return copy ? memcpy(copy, text, size) : NULL;
}

static pthread_once_t once = PTHREAD_ONCE_INIT;

static void prepare(void) {
  xmlMemSetup(pooled_free, pooled_malloc, pooled_realloc, pooled_strdup);
  xmlInitParser();
}

/* ---- work ---- */

static bool run(pool *p, void (*work)(void *), void *user) {
  if (setjmp(p->out)) return false;
  running = p;
  work(user);
  return true;
}

bool hsy_xml_run(size_t most, void (*work)(void *user), void *user, hsy_error *err) {
  pthread_once(&once, prepare);
  pool p = {0};
  void *base = mmap(NULL, most, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (base == MAP_FAILED) return hsy_fail(err, HSY_NO_MEMORY, "format", -1, "out of memory");
  p.base = p.next = base;
  p.end = p.base + most;
  xmlResetLastError(); /* what stands there was not the pool's */
  bool done = run(&p, work, user);
  xmlResetLastError();
  running = NULL;
  munmap(base, most);
  return done || hsy_fail(err, HSY_NO_MEMORY, "format", -1, "needs more memory than one article may take");
}

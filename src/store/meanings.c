#include "store/meanings.h"

#include <stdlib.h>
#include <string.h>

enum { CHUNK = 1024, SKETCH = HSY_SKETCH_WORDS * 8, FARTHEST = HSY_MEANING_WIDTH };

/* ---- in ---- */

static bool put_sketch(hsy_db *db, const hsy_meaning_row *row, int64_t attribution, hsy_error *err) {
  hsy_query query = hsy_db_query(db, "INSERT OR IGNORE INTO sketches(chunk, bits) VALUES (?, zeroblob(49152))", err);
  hsy_bind_int(&query, attribution / CHUNK);
  if (!hsy_query_run(&query)) return false;
  sqlite3_blob *blob;
  int code = sqlite3_blob_open(db->handle, "main", "sketches", "bits", attribution / CHUNK, 1, &blob);
  if (code == SQLITE_OK) {
    code = sqlite3_blob_write(blob, row->sketch, SKETCH, (int)(attribution % CHUNK) * SKETCH);
    sqlite3_blob_close(blob);
  }
  return code == SQLITE_OK || hsy_db_fail(db, code, err);
}

bool hsy_store_put_meaning(hsy_db *db, const hsy_meaning_row *row, int64_t attribution, hsy_error *err) {
  if (err->code != HSY_OK) return false;
  hsy_query query = hsy_db_query(db, "INSERT INTO meanings(attribution, model, pieces, vector) VALUES (?,?,?,?)", err);
  hsy_bind_int(&query, attribution);
  hsy_bind_int(&query, (int64_t)row->model);
  hsy_bind_blob(&query, (hsy_str){(const char *)row->pieces, row->count * (ptrdiff_t)sizeof *row->pieces});
  hsy_bind_blob(&query, (hsy_str){(const char *)row->vector, sizeof row->vector});
  return hsy_query_run(&query) && put_sketch(db, row, attribution, err);
}

/* ---- the nearest ---- */

typedef struct candidate {
  int64_t attribution;
  int distance; /* bits that differ */
} candidate;

/* What was read so far: how many rows lie at each distance, and those that may
 * still be among the nearest. */
typedef struct sieve {
  const uint64_t *to;
  int64_t at[FARTHEST + 1]; /* rows by distance */
  int most;                 /* the farthest that can be needed */
  HSY_VEC(candidate) kept;
  hsy_arena *arena;
} sieve;

static int differ(const uint64_t *a, const char *bits, bool *empty) {
  uint64_t b[HSY_SKETCH_WORDS], any = 0;
  memcpy(b, bits, sizeof b);
  int n = 0;
  for (int i = 0; i < HSY_SKETCH_WORDS; i++) {
    n += __builtin_popcountll(a[i] ^ b[i]);
    any |= b[i];
  }
  *empty = any == 0;
  return n;
}

/* Nearer ones are enough: what lies farther is not needed any more. */
static void tighten(sieve *s) {
  int64_t n = 0;
  for (int d = 0; d <= s->most; d++)
    if ((n += s->at[d]) >= HSY_NEAR_MOST) {
      s->most = d;
      return;
    }
}

static void drop_far(sieve *s) {
  ptrdiff_t kept = 0;
  for (ptrdiff_t i = 0; i < s->kept.len; i++)
    if (s->kept.data[i].distance <= s->most) s->kept.data[kept++] = s->kept.data[i];
  s->kept.len = kept;
}

static void sift(sieve *s, int64_t chunk, hsy_str bits) {
  for (int i = 0; i < CHUNK && (i + 1) * (ptrdiff_t)SKETCH <= bits.len; i++) {
    bool empty;
    int d = differ(s->to, bits.data + (ptrdiff_t)i * SKETCH, &empty);
    if (empty || d > s->most) continue;
    s->at[d]++;
    *hsy_push(&s->kept, s->arena) = (candidate){chunk * CHUNK + i, d};
  }
  tighten(s);
  if (s->kept.len > 8 * HSY_NEAR_MOST) drop_far(s);
}

static int by_cosine(const void *a, const void *b) {
  const hsy_near *x = a, *y = b;
  if (x->cosine != y->cosine) return x->cosine > y->cosine ? -1 : 1;
  return (x->attribution > y->attribution) - (x->attribution < y->attribution);
}

static float cosine(const int8_t *a, const char *b) {
  int32_t sum = 0;
  for (int i = 0; i < HSY_MEANING_WIDTH; i++) sum += a[i] * (int8_t)b[i];
  return (float)sum / (127.0f * 127.0f);
}

/* What is gone since has a sketch still, and no vector. */
static void weigh(hsy_db *db, const hsy_meaning_row *to, const candidate *c, hsy_near_vec *near, hsy_arena *arena,
                  hsy_error *err) {
  hsy_query query = hsy_db_query(db, "SELECT vector FROM meanings WHERE attribution = ? AND model = ?", err);
  hsy_bind_int(&query, c->attribution);
  hsy_bind_int(&query, (int64_t)to->model);
  if (!hsy_query_next(&query)) return;
  hsy_str vector = hsy_column_str(&query, 0);
  if (vector.len == HSY_MEANING_WIDTH)
    *hsy_push(near, arena) = (hsy_near){c->attribution, cosine(to->vector, vector.data)};
  hsy_query_end(&query);
}

bool hsy_store_vector(hsy_db *db, int64_t attribution, hsy_str *vector, hsy_arena *arena, hsy_error *err) {
  *vector = (hsy_str){0};
  hsy_query query = hsy_db_query(db, "SELECT vector FROM meanings WHERE attribution = ?", err);
  hsy_bind_int(&query, attribution);
  if (hsy_query_next(&query)) *vector = hsy_str_copy(arena, hsy_column_str(&query, 0));
  hsy_query_end(&query);
  return err->code == HSY_OK;
}

bool hsy_store_near(hsy_db *db, const hsy_meaning_row *to, hsy_near_vec *near, hsy_arena *arena, hsy_error *err) {
  sieve *s = hsy_new(arena, sieve, 1);
  if (!s) return hsy_arena_check(*arena, "store", err);
  s->to = to->sketch, s->most = FARTHEST, s->arena = arena;
  hsy_query query = hsy_db_query(db, "SELECT chunk, bits FROM sketches ORDER BY chunk", err);
  while (hsy_query_next(&query)) sift(s, hsy_column_int(&query, 0), hsy_column_str(&query, 1));
  drop_far(s);
  for (ptrdiff_t i = 0; i < s->kept.len && err->code == HSY_OK; i++) weigh(db, to, &s->kept.data[i], near, arena, err);
  if (near->len) qsort(near->data, (size_t)near->len, sizeof *near->data, by_cosine);
  if (near->len > HSY_NEAR_MOST) near->len = HSY_NEAR_MOST;
  return err->code == HSY_OK && hsy_arena_check(*arena, "store", err);
}

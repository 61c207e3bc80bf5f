#include "meaning/meaning.h"

#include <math.h>
#include <string.h>

#include "base/bound.h"
#include "base/hash.h"
#include "base/keyset.h"
#include "base/os.h"
#include "base/resource.h"
#include "model/encoder.h"
#include "model/wordpiece.h"

enum { W = HSY_MEANING_WIDTH, STANCES = 7, BATCH = 32 };
enum { BEFORE = 28, WHO = 10, VERB = 6, CONTENT = 44 }; /* pieces of each part at most */
_Static_assert(BEFORE + WHO + VERB + CONTENT <= HSY_MEANING_PIECES, "a text has room for its parts");

struct hsy_meaning {
  hsy_str mapped; /* the file, where it is none that was built in */
  uint64_t version;
  const hsy_encoder *encoder;
  hsy_wordpiece wordpiece;
  const float *center; // [W], in units of a vector's
  int32_t somebody[WHO], verb[STANCES][VERB];
  int somebody_count, verb_count[STANCES];
};

/* ---- the model ---- */

static const char NAME[] = "meaning.bin";

static const struct {
  const char *stance, *says;
} SAYS[STANCES] = {{"affirm", "says:"}, {"admit", "admits:"},     {"deny", "denies:"}, {"decline", "declines to say:"},
                   {"urge", "urges:"},  {"promise", "promises:"}, {"ask", "asks:"}};

/* The pieces of a text: its first `cap`, or its last where `tail` is set. */
static int cut(const hsy_wordpiece *wordpiece, hsy_str text, int cap, bool tail, int32_t *out, hsy_arena scratch) {
  hsy_pieces pieces = {0};
  hsy_wordpiece_text(wordpiece, text, &pieces, &scratch);
  ptrdiff_t skip = tail && pieces.len > cap ? pieces.len - cap : 0;
  int n = 0;
  for (ptrdiff_t i = skip; i < pieces.len && n < cap; i++) out[n++] = pieces.data[i].id;
  return n;
}

static bool open_model(struct hsy_meaning *m, hsy_str file, hsy_arena *arena, hsy_error *err) {
  if (!(m->encoder = hsy_encoder_open(file, arena, err))) return false;
  if (hsy_encoder_width(m->encoder) != W)
    return hsy_fail(err, HSY_BAD_INPUT, "meaning", -1, "the model's vectors have another width");
  if (!hsy_wordpiece_open(hsy_encoder_tensors(m->encoder), &m->wordpiece, err)) return false;
  m->center = hsy_encoder_tensor(m->encoder, "center", &(int){1}, &(int){W}, err);
  if (!m->center) return false;
  m->version = hsy_hash(hsy_str_slice(file, 0, file.len < 4096 ? file.len : 4096)); /* its checksum stands there */
  m->somebody_count = cut(&m->wordpiece, HSY_S("somebody"), WHO, false, m->somebody, *arena);
  for (int i = 0; i < STANCES; i++)
    m->verb_count[i] = cut(&m->wordpiece, hsy_str_of(SAYS[i].says), VERB, false, m->verb[i], *arena);
  return true;
}

static bool find_file(struct hsy_meaning *m, hsy_str model_dir, hsy_arena *arena, hsy_str *file, hsy_error *err) {
  if (model_dir.len == 0) {
    if (hsy_resource_find(HSY_S("model/meaning.bin"), file)) return true;
    return hsy_fail(err, HSY_NOT_FOUND, "meaning", -1, "no model of meaning was built in");
  }
  hsy_str path = hsy_str_printf(arena, "%.*s/%s", HSY_FMT(model_dir), NAME);
  if (!hsy_os_map(path.data, &m->mapped, err)) return false;
  *file = m->mapped;
  return true;
}

const hsy_meaning *hsy_meaning_load(hsy_str model_dir, hsy_arena *arena, hsy_error *err) {
  struct hsy_meaning *m = hsy_new(arena, struct hsy_meaning, 1);
  hsy_str file;
  if (!m) return NULL;
  if (find_file(m, model_dir, arena, &file, err) && open_model(m, file, arena, err)) return m;
  hsy_meaning_free(m);
  return NULL;
}

void hsy_meaning_free(const hsy_meaning *m) {
  if (m) hsy_os_unmap(m->mapped);
}

uint64_t hsy_meaning_version(const hsy_meaning *m) { return m->version; }

/* ---- texts ---- */

static void put(hsy_meaning_row *text, const int32_t *ids, int count) {
  for (int i = 0; i < count && text->count < HSY_MEANING_PIECES; i++) text->pieces[text->count++] = (uint16_t)ids[i];
}

static int stance_of(const hsy_attribution *row) {
  for (int i = 0; row->stance && i < STANCES; i++)
    if (!strcmp(row->stance, SAYS[i].stance)) return i;
  return 0;
}

/* A token has a piece or more, so that some tokens hold all the pieces that are asked for; twice as many, since the
 * words of pieces may begin elsewhere. The length of a sentence does not matter. */
enum { TOKENS_BEFORE = 2 * BEFORE, TOKENS_OF_CONTENT = 2 * CONTENT };

/* From the sentence before the content's own, up to the content; its end alone where that is long. */
static hsy_str before(const hsy_doc *doc, int32_t start) {
  int32_t at = hsy_doc_token_at(doc, start);
  hsy_bound half = {.high = doc->sentences.len};
  while (hsy_bound_open(&half)) hsy_bound_cut(&half, !(doc->sentences.data[half.middle].end > at));
  int32_t low = (int32_t)half.low;
  if (doc->sentences.len == 0) return (hsy_str){0};
  if (low == doc->sentences.len) low--;
  int32_t first = doc->sentences.data[low > 0 ? low - 1 : 0].first;
  if (first < at - TOKENS_BEFORE) first = at - TOKENS_BEFORE;
  int32_t from = doc->tokens.data[first].start;
  return from < start ? hsy_str_slice(doc->text, from, start) : (hsy_str){0};
}

/* Its first words, as far as they are looked at. */
static hsy_str first_words(const hsy_doc *doc, hsy_span piece) {
  int32_t last = hsy_doc_token_at(doc, piece.start) + TOKENS_OF_CONTENT;
  if (last < doc->tokens.len && doc->tokens.data[last].end < piece.end) piece.end = doc->tokens.data[last].end;
  return hsy_doc_span(doc, piece);
}

static hsy_str content_of(const hsy_doc *doc, const hsy_attribution *row, hsy_arena *arena) {
  hsy_part part = row->part[HSY_CONTENT];
  hsy_str out = first_words(doc, hsy_doc_piece(doc, part, 0));
  for (int32_t i = 1; i < part.count && i < CONTENT; i++) {
    hsy_str more = first_words(doc, hsy_doc_piece(doc, part, i));
    out = hsy_str_printf(arena, "%.*s … %.*s", HSY_FMT(out), HSY_FMT(more));
  }
  return out;
}

static void read_row(const hsy_meaning *m, const hsy_doc *doc, const hsy_attribution *row, hsy_meaning_row *text,
                     hsy_arena scratch) {
  int32_t ids[CONTENT];
  hsy_str lead = before(doc, hsy_doc_piece(doc, row->part[HSY_CONTENT], 0).start);
  put(text, ids, cut(&m->wordpiece, lead, BEFORE, true, ids, scratch));
  if (row->speaker.len)
    put(text, ids, cut(&m->wordpiece, row->speaker, WHO, false, ids, scratch));
  else
    put(text, m->somebody, m->somebody_count);
  int stance = stance_of(row);
  put(text, m->verb[stance], m->verb_count[stance]);
  hsy_str content = content_of(doc, row, &scratch);
  put(text, ids, cut(&m->wordpiece, content, CONTENT, false, ids, scratch));
}

/* ---- what the model says ---- */

typedef struct sequence {
  int32_t ids[HSY_MEANING_PIECES + 2];
  int length;
} sequence;

/* [CLS] text [SEP] */
static void make(const hsy_meaning *m, sequence *s, const hsy_meaning_row *text) {
  s->length = 0;
  s->ids[s->length++] = m->wordpiece.cls;
  for (int i = 0; i < text->count; i++) s->ids[s->length++] = text->pieces[i];
  s->ids[s->length++] = m->wordpiece.sep;
}

static void mean(const float *states, int from, int to, float *out) {
  memset(out, 0, W * sizeof *out);
  for (int t = from; t < to; t++)
    for (int i = 0; i < W; i++) out[i] += states[(ptrdiff_t)t * W + i];
  for (int i = 0; i < W; i++) out[i] /= (float)(to - from);
}

/* Runs `count` sequences, at most BATCH; their states lie one behind the other. */
static float *run(const hsy_meaning *m, const sequence *sequences, int count, hsy_arena *scratch, hsy_error *err) {
  hsy_encoder_input inputs[BATCH];
  ptrdiff_t total = 0;
  for (int i = 0; i < count; i++) {
    inputs[i] = (hsy_encoder_input){.ids = sequences[i].ids, .length = sequences[i].length};
    total += sequences[i].length;
  }
  float *states = hsy_new(scratch, float, total *W);
  if (!states) {
    hsy_arena_check(*scratch, "meaning", err);
    return NULL;
  }
  return hsy_encoder_run(m->encoder, inputs, count, states, *scratch, err) ? states : NULL;
}

static void quantize(const float *mean, int8_t *vector) {
  float norm = 0;
  for (int i = 0; i < W; i++) norm += mean[i] * mean[i];
  norm = norm > 0 ? 127 / sqrtf(norm) : 0;
  for (int i = 0; i < W; i++) {
    float v = rintf(mean[i] * norm);
    vector[i] = (int8_t)(v > 127 ? 127 : v < -127 ? -127 : v);
  }
}

/* On which side of the middle it lies in each dimension. */
static void sketch(const hsy_meaning *m, hsy_meaning_row *row) {
  for (int i = 0; i < W; i++) row->sketch[i / 64] |= (uint64_t)(row->vector[i] > m->center[i]) << i % 64;
}

/* The vectors of rows, given by number. */
static bool set_vectors(const hsy_meaning *m, hsy_meaning_row *rows, const int32_t *which, ptrdiff_t count,
                        hsy_arena scratch, hsy_error *err) {
  sequence *sequences = hsy_new(&scratch, sequence, BATCH);
  if (!sequences) return hsy_arena_check(scratch, "meaning", err);
  for (ptrdiff_t at = 0; at < count; at += BATCH) {
    int n = count - at < BATCH ? (int)(count - at) : BATCH;
    hsy_arena work = scratch;
    for (int i = 0; i < n; i++) make(m, &sequences[i], &rows[which[at + i]]);
    const float *states = run(m, sequences, n, &work, err);
    if (!states) return false;
    for (int i = 0; i < n; states += (ptrdiff_t)sequences[i++].length * W) {
      float u[W];
      mean(states, 1, sequences[i].length, u);
      quantize(u, rows[which[at + i]].vector);
      sketch(m, &rows[which[at + i]]);
    }
  }
  return true;
}

static bool same_pieces(const hsy_meaning_row *a, const hsy_meaning_row *b) {
  return a->count == b->count && !memcmp(a->pieces, b->pieces, (size_t)a->count * sizeof *a->pieces);
}

/* What the same words say is asked once. */
static bool tell_rows(const hsy_meaning *m, hsy_meaning_row *rows, ptrdiff_t count, hsy_arena scratch, hsy_error *err) {
  hsy_keyset seen = {0};
  int32_t *first = hsy_new(&scratch, int32_t, count), *which = hsy_new(&scratch, int32_t, count),
          *as = hsy_new(&scratch, int32_t, count); // first: of each key that was seen
  if (!first || !which || !as) return hsy_arena_check(scratch, "meaning", err);
  ptrdiff_t n = 0;
  for (int32_t i = 0; i < count; i++) {
    uint64_t key = hsy_hash((hsy_str){(const char *)rows[i].pieces, rows[i].count * (ptrdiff_t)sizeof *rows[i].pieces});
    if (hsy_keyset_add(&seen, key, &scratch)) first[seen.keys.len - 1] = i;
    ptrdiff_t row = hsy_keyset_find(&seen, key);
    as[i] = row >= 0 && same_pieces(&rows[first[row]], &rows[i]) ? first[row] : i;
    if (as[i] == i) which[n++] = i;
  }
  if (!set_vectors(m, rows, which, n, scratch, err)) return false;
  for (int32_t i = 0; i < count; i++) {
    if (as[i] == i) continue;
    memcpy(rows[i].vector, rows[as[i]].vector, sizeof rows[i].vector);
    memcpy(rows[i].sketch, rows[as[i]].sketch, sizeof rows[i].sketch);
  }
  return true;
}

bool hsy_meaning_tell(hsy_doc *doc, const hsy_meaning *m, hsy_arena scratch, hsy_error *err) {
  for (int32_t i = 0; i < doc->attributions.len; i++) {
    const hsy_attribution *row = &doc->attributions.data[i];
    if (row->mode != HSY_SPEECH || row->part[HSY_CONTENT].count == 0) continue;
    hsy_meaning_row *meaning = hsy_push(&doc->meanings, doc->arena);
    *meaning = (hsy_meaning_row){.attribution = i, .model = m->version};
    read_row(m, doc, row, meaning, scratch);
  }
  return tell_rows(m, doc->meanings.data, doc->meanings.len, scratch, err) &&
         hsy_arena_check(*doc->arena, "meaning", err) && hsy_arena_check(scratch, "meaning", err);
}

bool hsy_meaning_of_words(const hsy_meaning *m, hsy_str words, hsy_meaning_row *row, hsy_arena scratch,
                          hsy_error *err) {
  int32_t ids[CONTENT];
  *row = (hsy_meaning_row){.attribution = HSY_NONE, .model = m->version};
  put(row, m->somebody, m->somebody_count);
  put(row, m->verb[0], m->verb_count[0]);
  put(row, ids, cut(&m->wordpiece, words, CONTENT, false, ids, scratch));
  return set_vectors(m, row, (int32_t[]){0}, 1, scratch, err);
}

float hsy_meaning_cosine(const int8_t *a, const int8_t *b) {
  int32_t sum = 0;
  for (int i = 0; i < W; i++) sum += a[i] * b[i];
  return (float)sum / (127.0f * 127.0f);
}

#include "reuse/reuse.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "reuse/state.h"

/* Reserved addresses; pages are taken only as they are needed. */
static const size_t HEAP = (size_t)2 << 30;

static void reset_batch(hsy_reuse *r) {
  r->batch = hsy_heap_reset(r->batch_heap);
  memset(&r->pending, 0, sizeof r->pending);
  memset(&r->postings, 0, sizeof r->postings);
  r->pending_keys = (hsy_keyset){0};
}

hsy_reuse *hsy_reuse_new(const hsy_index *index, const hsy_reuse_options *options, hsy_error *err) {
  hsy_reuse *r = calloc(1, sizeof *r);
  if (!r) {
    hsy_fail(err, HSY_NO_MEMORY, "reuse", -1, "out of memory");
    return NULL;
  }
  r->index = *index;
  if (options) r->options = *options;
  r->batch_heap = hsy_heap_new(HEAP, err);
  r->change_heap = hsy_heap_new(HEAP, err);
  r->cache_heap = hsy_heap_new(HEAP, err);
  r->scratch_heap = hsy_heap_new(HEAP, err);
  if (!r->batch_heap || !r->change_heap || !r->cache_heap || !r->scratch_heap) {
    hsy_reuse_free(r);
    return NULL;
  }
  reset_batch(r);
  r->change = hsy_heap_reset(r->change_heap);
  r->scratch = hsy_heap_reset(r->scratch_heap);
  return r;
}

void hsy_reuse_free(hsy_reuse *r) {
  if (!r) return;
  hsy_heap_free(r->batch_heap);
  hsy_heap_free(r->change_heap);
  hsy_heap_free(r->cache_heap);
  hsy_heap_free(r->scratch_heap);
  free(r);
}

hsy_reuse_counts hsy_reuse_count(const hsy_reuse *r) { return r->counts; }

/* ---- describing a document ---- */

static hsy_span *skipped_of(const hsy_doc *doc, hsy_arena *arena, ptrdiff_t *count) {
  hsy_span *out = hsy_new(arena, hsy_span, doc->blocks.len + 1);
  *count = 0;
  for (ptrdiff_t i = 0; out && i < doc->blocks.len; i++)
    if (!doc->blocks.data[i].tagged) out[(*count)++] = doc->blocks.data[i].text;
  return out;
}

/* Outermost quotations, from mark to mark; to the paragraph's end where the
 * closing mark is missing. */
static hsy_span *quoted_of(const hsy_doc *doc, hsy_arena *arena, ptrdiff_t *count) {
  hsy_span *out = hsy_new(arena, hsy_span, doc->quotations.len + 1);
  int32_t behind = 0;
  *count = 0;
  for (ptrdiff_t i = 0; out && i < doc->quotations.len; i++) {
    const hsy_quotation *q = &doc->quotations.data[i];
    if (q->parent != HSY_NONE || q->end <= q->first) continue;
    hsy_span span = hsy_doc_tokens(doc, q->first, q->end);
    if (span.start < behind) span.start = behind;
    if (span.end <= span.start) continue;
    out[(*count)++] = span;
    behind = span.end;
  }
  return out;
}

hsy_reuse_document hsy_reuse_describe(const hsy_doc *doc, hsy_key key, hsy_arena *arena) {
  hsy_reuse_document out = {
      .key = key,
      .text = doc->text,
      .outlet = doc->meta.outlet,
      .published = doc->meta.published,
      .agency = doc->meta.agency,
  };
  out.skip = skipped_of(doc, arena, &out.skip_count);
  out.quoted = quoted_of(doc, arena, &out.quoted_count);
  return out;
}

/* ---- adding and removing ---- */

uint32_t hsy_reuse_mark(hsy_str outlet, hsy_arena scratch) {
  outlet = hsy_str_trim(outlet);
  if (!outlet.len) return 0;
  return (uint32_t)hsy_hash(hsy_str_lower(&scratch, outlet)) | 1;
}

static hsy_span *copy_spans(hsy_arena *arena, const hsy_span *spans, ptrdiff_t count) {
  hsy_span *out = hsy_new(arena, hsy_span, count + 1);
  if (out && count) memcpy(out, spans, (size_t)count * sizeof *out);
  return out;
}

static hsy_reuse_note note_of(hsy_reuse *r, const hsy_reuse_document *d) {
  return (hsy_reuse_note){
      .mark = hsy_reuse_mark(d->outlet, r->scratch),
      .outlet = hsy_str_copy(&r->batch, d->outlet),
      .published = hsy_str_copy(&r->batch, d->published),
      .agency = hsy_str_copy(&r->batch, d->agency),
      .skip = copy_spans(&r->batch, d->skip, d->skip_count),
      .skip_count = d->skip_count,
      .quoted = copy_spans(&r->batch, d->quoted, d->quoted_count),
      .quoted_count = d->quoted_count,
  };
}

static bool is_known(hsy_reuse *r, hsy_key key, bool *known, hsy_error *err) {
  hsy_arena scratch = r->scratch;
  hsy_str note;
  *known = hsy_keyset_find(&r->pending_keys, key) >= 0;
  return *known || r->index.get_note(r->index.context, key, &scratch, &note, known, err);
}

uint64_t *hsy_reuse_prints(const hsy_reuse_document *d, hsy_arena *arena, ptrdiff_t *count) {
  hsy_words words = hsy_words_of(d->text, d->skip, d->skip_count, d->quoted, d->quoted_count, arena);
  ptrdiff_t gram_count, pick_count;
  uint64_t *grams = hsy_words_grams(words, HSY_GRAM, arena, &gram_count);
  int32_t *picks = hsy_words_pick(grams, gram_count, arena, &pick_count);
  uint64_t *picked = hsy_new(arena, uint64_t, pick_count + 1);
  if (hsy_arena_failed(*arena) || !picked) return NULL;
  for (ptrdiff_t i = 0; i < pick_count; i++) picked[i] = grams[picks[i]];
  return hsy_reuse_fingerprints(picked, pick_count, arena, count);
}

bool hsy_reuse_add(hsy_reuse *r, const hsy_reuse_document *d, hsy_error *err) {
  bool known;
  if (!is_known(r, d->key, &known, err)) return false;
  if (known) return true;
  hsy_arena scratch = r->scratch;
  hsy_pending p = {.key = d->key, .note = note_of(r, d)};
  hsy_words words = hsy_words_of(d->text, d->skip, d->skip_count, d->quoted, d->quoted_count, &scratch);
  ptrdiff_t count, distinct;
  uint64_t *grams = hsy_words_grams(words, HSY_GRAM, &scratch, &count);
  int32_t *picks = hsy_words_pick(grams, count, &scratch, &p.pick_count);
  p.note.words = words.len;
  p.picks = hsy_new(&r->batch, uint64_t, p.pick_count + 1);
  if (!hsy_arena_check(scratch, "reuse", err) || !hsy_arena_check(r->batch, "reuse", err)) return false;
  for (ptrdiff_t i = 0; i < p.pick_count; i++) p.picks[i] = grams[picks[i]];
  uint64_t *prints = hsy_reuse_fingerprints(p.picks, p.pick_count, &scratch, &distinct);
  for (ptrdiff_t i = 0; prints && i < distinct; i++)
    *hsy_push(&r->postings, &r->batch) = (hsy_posting){prints[i], p.key, p.note.mark};
  *hsy_push(&r->pending, &r->batch) = p;
  hsy_keyset_add(&r->pending_keys, p.key, &r->batch);
  r->counts.documents++;
  r->counts.fingerprints += (uint64_t)distinct;
  return hsy_arena_check(scratch, "reuse", err) && hsy_arena_check(r->batch, "reuse", err);
}

/* What taking one document out does to the standing of its fingerprints. */
static bool forget(hsy_reuse *r, hsy_key key, const uint64_t *prints, ptrdiff_t count, hsy_arena scratch,
                   hsy_error *err) {
  hsy_lists before;
  hsy_posting *rows = hsy_new(&scratch, hsy_posting, count + 1);
  /* One more than the sample: what moves up into it. */
  if (!rows || !hsy_reuse_lists(r, prints, count, HSY_SAMPLE + 1, &before, &scratch, err)) return false;
  for (ptrdiff_t i = 0; i < count; i++) rows[i] = (hsy_posting){.fingerprint = prints[i], .member = key};
  if (!r->index.drop(r->index.context, rows, count, err)) return false;
  for (ptrdiff_t i = 0; i < count; i++) {
    hsy_listed after[HSY_SAMPLE + 1];
    const hsy_listed *list = before.rows.data + before.first[i];
    ptrdiff_t len = before.first[i + 1] - before.first[i], left = 0;
    for (ptrdiff_t j = 0; j < len; j++)
      if (list[j].key != key) after[left++] = list[j];
    if (left > HSY_SAMPLE) left = HSY_SAMPLE;
    if (len > HSY_SAMPLE) len = HSY_SAMPLE;
    if (!hsy_reuse_changed(r, prints[i], list, len, after, left, scratch, err)) return false;
  }
  return true;
}

bool hsy_reuse_remove(hsy_reuse *r, hsy_key key, hsy_error *err) {
  if (hsy_keyset_find(&r->pending_keys, key) >= 0 && !hsy_reuse_update(r, err)) return false;
  hsy_arena scratch = r->scratch;
  hsy_article article;
  hsy_reuse_note note;
  bool found;
  if (!hsy_reuse_load(r, key, &article, &note, &found, &scratch, err)) return false;
  if (!found) return true;
  uint64_t *picks = hsy_new(&scratch, uint64_t, article.pick_count + 1);
  for (ptrdiff_t i = 0; picks && i < article.pick_count; i++) picks[i] = article.grams[article.picks[i]];
  ptrdiff_t distinct;
  uint64_t *prints = picks ? hsy_reuse_fingerprints(picks, article.pick_count, &scratch, &distinct) : NULL;
  if (!prints) return hsy_arena_check(scratch, "reuse", err);
  hsy_reuse_cache_reset(r);
  return forget(r, key, prints, distinct, scratch, err) && hsy_reuse_part(r, key, err) &&
         r->index.drop_note(r->index.context, key, err);
}

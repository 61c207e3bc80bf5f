/* What a claim is called, and why it was put together (link/draft.h). */
#include <stdio.h>

#include "link/draft.h"

static const hsy_link_word *word_with(const hsy_story *story, int32_t row, uint64_t key) {
  const hsy_reading *r = &story->readings[row];
  for (int32_t i = 0; i < r->count; i++)
    if (r->words[i].key == key && r->words[i].kind != HSY_WORD_STOP) return &r->words[i];
  for (int32_t i = 0; i < r->count; i++)
    for (int k = 0; k < r->words[i].event_count; k++)
      if (r->words[i].events[k].event == key) return &r->words[i];
  return NULL;
}

static const hsy_prop *prop_of(const hsy_story *story, const hsy_clusters *c, int32_t first, int32_t row) {
  for (int32_t i = first; i != HSY_NONE; i = c->next[i])
    if (story->props.data[i].row == row) return &story->props.data[i];
  return NULL;
}

static void add_words(const hsy_story *story, const hsy_draft *d, uint64_t key, hsy_buf *out) {
  hsy_str seen[4];
  int count = 0;
  for (int side = 0; side < 2; side++) {
    const hsy_index_vec *rows = side ? &d->con : &d->pro;
    for (ptrdiff_t i = 0; i < rows->len && count < 4; i++) {
      const hsy_link_word *w = word_with(story, rows->data[i], key);
      bool known = w == NULL;
      for (int k = 0; k < count && !known; k++) known = hsy_str_eq_nocase(seen[k], w->text);
      if (!known) seen[count++] = w->text;
    }
  }
  for (int k = 0; k < count; k++) {
    if (k) hsy_buf_add(out, HSY_S(", "));
    hsy_buf_add(out, seen[k]);
  }
}

/* The words that most members share, the rarest first. */
static int common_keys(const hsy_story *story, const hsy_clusters *c, int32_t first, uint64_t out[6]) {
  const hsy_prop *p = &story->props.data[first];
  int count = 0;
  double weight[6];
  for (int k = 0; k < p->keys; k++) {
    int have = 0, all = 0;
    for (int32_t i = first; i != HSY_NONE && all < HSY_SAMPLE; i = c->next[i], all++)
      have += hsy_prop_has_key(&story->props.data[i], p->key[k]);
    if (have * 2 <= all) continue;
    double w = hsy_story_weight(story, p->key[k]);
    int at = count < 6 ? count++ : 5;
    if (at == 5 && count == 6 && weight[5] >= w && out[5]) continue;
    while (at > 0 && weight[at - 1] < w) {
      weight[at] = weight[at - 1];
      out[at] = out[at - 1];
      at--;
    }
    weight[at] = w;
    out[at] = p->key[k];
  }
  return count;
}

/* At most `most` bytes, and no character cut in two. */
static hsy_str shorten(hsy_str text, ptrdiff_t most) {
  if (text.len <= most) return text;
  while (most > 0 && ((unsigned char)text.data[most] & 0xC0) == 0x80) most--;
  return hsy_str_slice(text, 0, most);
}

hsy_str hsy_draft_reasons(const hsy_story *story, const hsy_clusters *c, const hsy_draft *d, hsy_arena *arena) {
  hsy_buf out = hsy_buf_in(arena);
  const hsy_prop *p = &story->props.data[d->cluster];
  if (p->event) {
    hsy_buf_add(&out, HSY_S("event: "));
    add_words(story, d, p->event, &out);
  }
  uint64_t keys[6] = {0};
  int count = common_keys(story, c, d->cluster, keys);
  bool first = true;
  for (int k = 0; k < count; k++) {
    hsy_buf words = hsy_buf_in(arena);
    add_words(story, d, keys[k], &words);
    if (words.len == 0) continue; /* of a title or a name alone: no row says it */
    hsy_buf_add(&out, !first ? HSY_S(" · ") : out.len == 0 ? HSY_S("words: ") : HSY_S("; words: "));
    hsy_buf_add(&out, hsy_buf_str(&words));
    first = false;
  }
  if (d->figures) {
    char text[48];
    snprintf(text, sizeof text, "%.12g", d->value);
    hsy_buf_add(&out, out.len ? HSY_S("; figure: ") : HSY_S("figure: "));
    hsy_buf_add(&out, hsy_str_of(text));
  }
  for (int side = 0; side < 2; side++) {
    const hsy_index_vec *rows = side ? &d->con : &d->pro;
    for (ptrdiff_t i = 0; i < rows->len && i < 8; i++) {
      const hsy_reading *r = &story->readings[rows->data[i]];
      const hsy_link_row *row = hsy_story_row(story, rows->data[i]);
      if (r->referent == HSY_NONE) continue;
      hsy_buf_add(&out, HSY_S("; “"));
      hsy_buf_add(&out, shorten(row->content, 60));
      hsy_buf_add(&out, HSY_S("” is read of what was said before it"));
      i = 8;
    }
  }
  return hsy_buf_str(&out);
}

/* The wording that tells the claim best: put forward as so, in words of its
 * own, without pronouns, not too long. */
hsy_str hsy_draft_gloss(const hsy_story *story, const hsy_clusters *c, const hsy_draft *d, hsy_arena *arena) {
  int best = -1000;
  hsy_str text = {0};
  bool denied = false;
  for (int side = 0; side < 2; side++) {
    const hsy_index_vec *rows = side ? &d->con : &d->pro;
    for (ptrdiff_t i = 0; i < rows->len; i++) {
      const hsy_link_row *row = hsy_story_row(story, rows->data[i]);
      const hsy_reading *r = &story->readings[rows->data[i]];
      const hsy_prop *p = prop_of(story, c, d->cluster, rows->data[i]);
      bool says = p && p->from == HSY_NONE && !r->content_false && p->sign > 0;
      int points = says ? 10 : 0;
      points += row->kind == HSY_INDIRECT ? 3 : 0;
      points -= row->content.len > 160 ? (int)(row->content.len - 160) / 20 : 0;
      points -= side && says ? 0 : side ? 4 : 0;
      for (int32_t k = 0; k < r->count; k++) {
        points += r->words[k].kind == HSY_WORD_NAME && points < 18;
        points -= r->words[k].is_speaker;
      }
      if (points <= best) continue;
      best = points;
      text = row->content;
      denied = side == 1 && !says;
    }
  }
  if (hsy_str_starts_nocase(text, HSY_S("that "))) text = hsy_str_slice(text, 5, text.len);
  return denied ? hsy_str_printf(arena, "not so: %.*s", HSY_FMT(text)) : hsy_str_trim(text);
}

/* What a claim is called, and why it was put together (link/draft.h). */
#include <stdio.h>

#include "link/draft.h"

enum { LOOK = 16, TOLD = 6 }; /* rows of a side that are looked at; words that are told */

static hsy_str word_with(const hsy_story *story, int32_t row, uint64_t key) {
  const hsy_reading *r = &story->readings[row];
  for (int32_t i = 0; i < r->count; i++)
    if (r->words[i].lemma == key && r->words[i].kind != HSY_WORD_STOP) return r->words[i].text;
  return (hsy_str){0};
}

static bool has_key(const hsy_view *v, uint64_t key) {
  for (int32_t i = 0; i < v->count; i++)
    if (v->key[i] == key) return true;
  return false;
}

/* In how many of the rows looked at the word stands. */
static int rows_with(const hsy_story *story, const hsy_draft *d, uint64_t key) {
  int count = 0;
  for (int side = 0; side < 2; side++) {
    const hsy_index_vec *rows = side ? &d->con : &d->pro;
    for (ptrdiff_t i = 0; i < rows->len && i < LOOK; i++) count += has_key(&story->views[rows->data[i]], key);
  }
  return count;
}

typedef struct told_word {
  uint64_t key;
  double weight;
  hsy_str text;
} told_word;

static bool is_told(const told_word *told, int count, uint64_t key) {
  for (int i = 0; i < count; i++)
    if (told[i].key == key) return true;
  return false;
}

static void note_word(told_word *told, int *count, told_word word) {
  if (*count == TOLD && told[TOLD - 1].weight >= word.weight) return;
  int at = *count < TOLD ? (*count)++ : TOLD - 1;
  for (; at > 0 && told[at - 1].weight < word.weight; at--) told[at] = told[at - 1];
  told[at] = word;
}

/* The words that tell most: rare, and in several of the rows. */
static int shared_words(const hsy_story *story, const hsy_draft *d, told_word told[TOLD]) {
  int count = 0;
  for (int side = 0; side < 2; side++) {
    const hsy_index_vec *rows = side ? &d->con : &d->pro;
    for (ptrdiff_t i = 0; i < rows->len && i < LOOK; i++) {
      const hsy_view *v = &story->views[rows->data[i]];
      for (int32_t k = 0; k < v->count; k++) {
        hsy_str text = word_with(story, rows->data[i], v->key[k]);
        int in = text.len && !is_told(told, count, v->key[k]) ? rows_with(story, d, v->key[k]) : 0;
        if (in > 1) note_word(told, &count, (told_word){v->key[k], (double)v->weight[k] * in, text});
      }
    }
  }
  return count;
}

/* At most `most` bytes, and no character cut in two. */
static hsy_str shorten(hsy_str text, ptrdiff_t most) {
  if (text.len <= most) return text;
  while (most > 0 && ((unsigned char)text.data[most] & 0xC0) == 0x80) most--;
  return hsy_str_slice(text, 0, most);
}

static void add_part(hsy_buf *out, const char *name) {
  if (out->len) hsy_buf_add(out, HSY_S("; "));
  hsy_buf_add(out, hsy_str_of(name));
}

static const hsy_prop *figure_in(const hsy_story *story, int32_t row) {
  const hsy_reading *r = &story->readings[row];
  for (int32_t i = 0; i < r->prop_count; i++)
    if (story->props.data[r->first_prop + i].kind == HSY_PROP_FIGURE) return &story->props.data[r->first_prop + i];
  return NULL;
}

/* The figures of one side, told once each. */
static int figures_of(const hsy_story *story, const hsy_index_vec *rows, double out[4]) {
  int count = 0;
  for (ptrdiff_t i = 0; i < rows->len && i < LOOK && count < 4; i++) {
    const hsy_prop *p = figure_in(story, rows->data[i]);
    bool known = p == NULL;
    for (int k = 0; k < count && !known; k++) known = out[k] == p->value;
    if (!known) out[count++] = p->value;
  }
  return count;
}

bool hsy_draft_of_figures(const hsy_story *story, const hsy_draft *d) {
  double pro[4], con[4];
  int n = figures_of(story, &d->pro, pro), m = figures_of(story, &d->con, con);
  for (int i = 0; i < n; i++)
    for (int k = 0; k < m; k++)
      if (pro[i] == con[k]) return false;
  return n > 0 && m > 0;
}

static void add_figures(const hsy_story *story, const hsy_draft *d, hsy_buf *out) {
  for (int side = 0; side < 2; side++) {
    double values[4];
    int count = figures_of(story, side ? &d->con : &d->pro, values);
    for (int i = 0; i < count; i++) {
      char text[48];
      snprintf(text, sizeof text, "%s%.12g", i ? ", " : side ? " / " : "", values[i]);
      hsy_buf_add(out, hsy_str_of(text));
    }
  }
}

static void add_pointers(const hsy_story *story, const hsy_draft *d, hsy_buf *out) {
  for (int side = 0; side < 2; side++) {
    const hsy_index_vec *rows = side ? &d->con : &d->pro;
    for (ptrdiff_t i = 0; i < rows->len && i < LOOK; i++) {
      if (story->readings[rows->data[i]].referent == HSY_NONE) continue;
      add_part(out, "“");
      hsy_buf_add(out, shorten(hsy_story_row(story, rows->data[i])->content, 60));
      hsy_buf_add(out, HSY_S("” is read of what was said before it"));
      return;
    }
  }
}

/* What the model makes of the pairs across the sides, or of those on the one. */
static void add_share(const hsy_draft *d, hsy_buf *out) {
  char text[64];
  bool divided = d->pro.len && d->con.len;
  snprintf(text, sizeof text, "model: %s %.2f", divided ? "opposite" : "the same", (double)d->sure);
  add_part(out, text);
}

hsy_str hsy_draft_reasons(const hsy_story *story, const hsy_draft *d, hsy_arena *arena) {
  hsy_buf out = hsy_buf_in(arena);
  told_word told[TOLD];
  int count = shared_words(story, d, told);
  for (int i = 0; i < count; i++) {
    hsy_buf_add(&out, i ? HSY_S(" · ") : HSY_S("words: "));
    hsy_buf_add(&out, told[i].text);
  }
  if (hsy_draft_of_figures(story, d)) {
    add_part(&out, "figures: ");
    add_figures(story, d, &out);
  }
  add_pointers(story, d, &out);
  add_share(d, &out);
  return hsy_buf_str(&out);
}

/* How much of what the row says others of the claim say too. */
static int shared_weight(const hsy_story *story, const hsy_draft *d, int32_t row) {
  const hsy_view *v = &story->views[row];
  double sum = 0;
  for (int32_t i = 0; i < v->count; i++)
    if (word_with(story, row, v->key[i]).len && rows_with(story, d, v->key[i]) > 1) sum += v->weight[i];
  return (int)(4 * sum);
}

/* The wording that tells the claim best: put forward as so, in words of its
 * own, without pronouns, not too long. */
hsy_str hsy_draft_gloss(const hsy_story *story, const hsy_draft *d, hsy_arena *arena) {
  int best = -1000;
  hsy_str text = {0};
  bool denied = false;
  for (int side = 0; side < 2; side++) {
    const hsy_index_vec *rows = side ? &d->con : &d->pro;
    for (ptrdiff_t i = 0; i < rows->len; i++) {
      const hsy_link_row *row = hsy_story_row(story, rows->data[i]);
      const hsy_reading *r = &story->readings[rows->data[i]];
      bool says = r->referent == HSY_NONE && !r->content_false && r->stance_side >= 0 && !side;
      bool told = r->stance_side < 0 && side; /* what is denied is worded as the claim is */
      int points = says || told ? 10 : 0;
      points += row->kind == HSY_INDIRECT ? 3 : 0;
      points += shared_weight(story, d, rows->data[i]);
      points -= row->content.len > 160 ? (int)(row->content.len - 160) / 20 : 0;
      for (int32_t k = 0; k < r->count; k++) {
        points += r->words[k].kind == HSY_WORD_NAME && points < 18;
        points -= r->words[k].is_speaker;
      }
      if (points <= best) continue;
      best = points;
      text = row->content;
      denied = side == 1 && !told;
    }
  }
  if (hsy_str_starts_nocase(text, HSY_S("that "))) text = hsy_str_slice(text, 5, text.len);
  return denied ? hsy_str_printf(arena, "not so: %.*s", HSY_FMT(text)) : hsy_str_trim(text);
}

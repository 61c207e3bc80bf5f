#include "words.h"

#include <stdlib.h>

#include "quote/features.h"

enum { COUNT_BITS = 18 };

static word_count *row_of(const word_counts *c, uint32_t word) {
  uint32_t mask = (1u << c->bits) - 1;
  for (uint32_t i = (word * 2654435761u) >> (32 - c->bits);; i = (i + 1) & mask)
    if (c->rows[i].word == word || c->rows[i].word == 0) return &c->rows[i];
}

static uint32_t word_at(const gold_doc *gold, int32_t token) {
  return hsy_quote_word_hash(hsy_doc_token(&gold->doc, token));
}

void words_adjust(word_counts *c, const gold_doc *gold, int sign) {
  for (int32_t t = 0; t < gold->doc.tokens.len; t++) {
    word_count *row = row_of(c, word_at(gold, t));
    if (row->word == 0) {
      row->word = word_at(gold, t);
      c->used++;
    }
    int role = hsy_quote_tag_role(gold->tags[t]);
    row->all += sign;
    row->cue += sign * (role == HSY_CUE);
    row->source += sign * (role == HSY_SOURCE);
  }
}

void words_count(word_counts *c, const corpus *from) {
  c->bits = COUNT_BITS;
  c->rows = calloc((size_t)1 << c->bits, sizeof *c->rows);
  c->used = 0;
  for (ptrdiff_t i = 0; i < from->docs.len; i++) words_adjust(c, &from->docs.data[i], 1);
}

/* Share of uses in eight buckets, drawn toward rarity for words seen seldom. */
static uint8_t bucket(int32_t part, int32_t all) {
  static const double EDGES[] = {0.003, 0.02, 0.06, 0.15, 0.3, 0.5, 0.75};
  if (part <= 0) return 0;
  double share = ((double)part + 0.05) / ((double)all + 1.0);
  uint8_t b = 0;
  while (b < 7 && share > EDGES[b]) b++;
  return b;
}

static void place(hsy_word_use *rows, int bits, const word_count *c) {
  uint32_t mask = (1u << bits) - 1, i = (c->word * 2654435761u) >> (32 - bits);
  while (rows[i].word && rows[i].word != c->word) i = (i + 1) & mask;
  rows[i] = (hsy_word_use){c->word, bucket(c->cue, c->all), bucket(c->source, c->all)};
}

/* Words that never report are kept as well where they are common: that they do
 * not is worth knowing. */
static bool worth(const word_count *c) {
  return c->all >= 8 || (c->all >= 2 && (bucket(c->cue, c->all) || bucket(c->source, c->all)));
}

hsy_word_uses words_buckets(const word_counts *c) {
  int32_t n = 0;
  for (size_t i = 0; i < (size_t)1 << c->bits; i++) n += worth(&c->rows[i]);
  int bits = 4;
  while ((1 << bits) < 2 * n) bits++;
  hsy_word_use *rows = calloc((size_t)1 << bits, sizeof *rows);
  for (size_t i = 0; i < (size_t)1 << c->bits; i++)
    if (worth(&c->rows[i])) place(rows, bits, &c->rows[i]);
  return (hsy_word_uses){rows, bits};
}

hsy_word_uses words_buckets_without(word_counts *c, const gold_doc *gold) {
  words_adjust(c, gold, -1);
  int bits = 4;
  while ((1 << bits) < 2 * gold->doc.tokens.len) bits++;
  hsy_word_use *rows = calloc((size_t)1 << bits, sizeof *rows);
  for (int32_t t = 0; t < gold->doc.tokens.len; t++) {
    const word_count *row = row_of(c, word_at(gold, t));
    if (worth(row)) place(rows, bits, row);
  }
  words_adjust(c, gold, 1);
  return (hsy_word_uses){rows, bits};
}

#include "speaker/state.h"

#include "base/hash.h"
#include "base/utf8.h"

enum { FOLD_ROOM = 128 };

/* ASCII in lower case and ’ as ' without a call; the rest as utf8proc folds it. */
static hsy_str fold(hsy_speaker_state *s, hsy_str word, char room[FOLD_ROOM]) {
  if (word.len >= FOLD_ROOM) return hsy_utf8_fold(s->scratch, word);
  ptrdiff_t n = 0;
  for (ptrdiff_t i = 0; i < word.len; i++) {
    unsigned char c = (unsigned char)word.data[i];
    if (c >= 'A' && c <= 'Z') c |= 32;
    if (c < 0x80) {
      room[n++] = (char)c;
    } else if (i + 2 < word.len && c == 0xE2 && (unsigned char)word.data[i + 1] == 0x80 &&
               (unsigned char)word.data[i + 2] == 0x99) {
      room[n++] = '\'';
      i += 2;
    } else {
      return hsy_utf8_fold(s->scratch, word);
    }
  }
  return (hsy_str){room, n};
}

static void grow_slots(hsy_speaker_state *s) {
  s->id_bits++;
  s->id_slots = hsy_new(s->scratch, int32_t, (ptrdiff_t)1 << s->id_bits);
  if (!s->id_slots) return;
  uint32_t mask = (1u << s->id_bits) - 1;
  for (int32_t i = 0; i < s->ids.len; i++) {
    uint32_t at = (uint32_t)s->ids.data[i].hash & mask;
    while (s->id_slots[at]) at = (at + 1) & mask;
    s->id_slots[at] = i + 1;
  }
}

int32_t hsy_speaker_id_of(hsy_speaker_state *s, hsy_str text) {
  char room[FOLD_ROOM];
  hsy_str word = fold(s, text, room);
  uint64_t hash = hsy_hash(word);
  if (s->ids.len * 2 >= (ptrdiff_t)1 << s->id_bits) grow_slots(s);
  if (!s->id_slots) return 0;
  uint32_t mask = (1u << s->id_bits) - 1, at = (uint32_t)hash & mask;
  for (; s->id_slots[at]; at = (at + 1) & mask) {
    const hsy_speaker_id *known = &s->ids.data[s->id_slots[at] - 1];
    if (known->hash == hash && hsy_str_eq(known->text, word)) return s->id_slots[at] - 1;
  }
  hsy_speaker_id *made = hsy_push(&s->ids, s->scratch);
  uint64_t letters = 0;
  for (ptrdiff_t i = 0; i < word.len; i++) letters |= (uint64_t)1 << ((word.data[i] & 31) | (word.data[i] & 64) >> 1);
  *made = (hsy_speaker_id){.text = word.data == room ? hsy_str_copy(s->scratch, word) : word,
                           .hash = hash,
                           .letters = letters,
                           .word = hsy_speaker_word_find(s->lists, word, hash),
                           .stands_for = HSY_NONE,
                           .actor = HSY_NONE};
  s->id_slots[at] = (int32_t)s->ids.len;
  return (int32_t)s->ids.len - 1;
}

int32_t hsy_speaker_id_find(const hsy_speaker_state *s, hsy_str folded) {
  uint64_t hash = hsy_hash(folded);
  uint32_t mask = (1u << s->id_bits) - 1, at = (uint32_t)hash & mask;
  for (; s->id_slots[at]; at = (at + 1) & mask) {
    const hsy_speaker_id *known = &s->ids.data[s->id_slots[at] - 1];
    if (known->hash == hash && hsy_str_eq(known->text, folded)) return s->id_slots[at] - 1;
  }
  return HSY_NONE;
}

const hsy_speaker_word *hsy_speaker_class(const hsy_speaker_state *s, int32_t token) {
  return s->ids.data[s->id[token]].word;
}

bool hsy_speaker_is(const hsy_speaker_state *s, int32_t token, char mark) {
  if (token < 0 || token >= s->doc->tokens.len) return false;
  const hsy_token *t = &s->doc->tokens.data[token];
  return t->end == t->start + 1 && s->doc->text.data[t->start] == mark;
}

bool hsy_speaker_headline(const hsy_speaker_state *s, int32_t token) {
  int32_t paragraph = s->doc->sentences.data[s->sentence_of[token]].paragraph;
  hsy_block_kind kind = s->doc->blocks.data[s->doc->paragraphs.data[paragraph].block].kind;
  return kind == HSY_BLOCK_HEADLINE || kind == HSY_BLOCK_SUBHEADING;
}

/* Optimal string alignment, cut off past 2: only what lies that near the diagonal is computed, of what stands between
 * the letters that both begin and end with. */
static int distance(hsy_str a, hsy_str b) {
  enum { LONGEST = 24, MOST = 2, FAR = MOST + 1 };
  if (a.len > LONGEST || b.len > LONGEST || a.len - b.len > MOST || b.len - a.len > MOST) return FAR;
  while (a.len && b.len && a.data[0] == b.data[0]) a.data++, b.data++, a.len--, b.len--;
  while (a.len && b.len && a.data[a.len - 1] == b.data[b.len - 1]) a.len--, b.len--;
  int rows[3][LONGEST + 2], n = (int)b.len;
  int *two = rows[0], *one = rows[1], *now = rows[2];
  for (int j = 0; j <= n; j++) one[j] = j;
  for (int i = 1; i <= a.len; i++) {
    int low = i > MOST ? i - MOST : 1, high = i + MOST < n ? i + MOST : n;
    now[low - 1] = low == 1 ? i : FAR;
    for (int j = low; j <= high; j++) {
      int cost = a.data[i - 1] != b.data[j - 1], best = one[j - 1] + cost;
      if (one[j] + 1 < best) best = one[j] + 1;
      if (now[j - 1] + 1 < best) best = now[j - 1] + 1;
      bool swapped = i > 1 && j > 1 && a.data[i - 1] == b.data[j - 2] && a.data[i - 2] == b.data[j - 1];
      if (swapped && two[j - 2] + 1 < best) best = two[j - 2] + 1;
      now[j] = best;
    }
    now[high + 1] = FAR;
    int *spare = two;
    two = one;
    one = now;
    now = spare;
  }
  return one[n];
}

bool hsy_speaker_alike(const hsy_speaker_state *s, int32_t a, int32_t b) {
  if (a == b) return true;
  hsy_str x = s->ids.data[a].text, y = s->ids.data[b].text;
  ptrdiff_t shorter = x.len < y.len ? x.len : y.len;
  if (shorter < 5 || x.data[0] != y.data[0]) return false;
  int most = shorter >= 8 ? 2 : 1;
  /* A letter for another takes one away and brings one. */
  if (__builtin_popcountll(s->ids.data[a].letters ^ s->ids.data[b].letters) > 2 * most) return false;
  return distance(x, y) <= most;
}

bool hsy_speaker_title_case(const hsy_speaker_state *s, const hsy_sentence *sentence) {
  enum { LONG = 4, FEWEST_IN_HEADLINE = 4, FEWEST = 6 };
  int32_t words = 0, capitals = 0;
  for (int32_t i = sentence->first; i < sentence->end; i++) {
    const hsy_token *t = &s->doc->tokens.data[i];
    if (t->kind != HSY_TOKEN_WORD || t->end - t->start < LONG) continue;
    words++;
    capitals += (t->flags & HSY_TOKEN_CAPITAL) != 0;
  }
  int32_t least = hsy_speaker_headline(s, sentence->first) ? FEWEST_IN_HEADLINE : FEWEST;
  return words >= least && capitals * 10 >= words * 8;
}

static void note_case(hsy_speaker_state *s, int32_t token, bool opens) {
  const hsy_token *t = &s->doc->tokens.data[token];
  if (t->kind != HSY_TOKEN_WORD || (t->flags & HSY_TOKEN_SUFFIX)) return;
  if (!(t->flags & HSY_TOKEN_CAPITAL))
    s->ids.data[s->id[token]].seen |= HSY_ID_LOWER;
  else if (!opens)
    s->ids.data[s->id[token]].seen |= HSY_ID_CAPITAL;
}

/* "Iranian", "Tehran" and "Kremlin" stand for Iran. */
static void look_up_place(hsy_speaker_state *s, int32_t token) {
  int32_t id = s->id[token];
  if (s->ids.data[id].seen & HSY_ID_LOOKED_UP) return;
  s->ids.data[id].seen |= HSY_ID_LOOKED_UP;
  const hsy_lexicon_entry *place = hsy_lexicon_find(&s->lists->places, hsy_doc_token(s->doc, token));
  if (!place || hsy_lexicon_field(place, 1).len == 0) return;
  int32_t country = hsy_speaker_id_of(s, hsy_lexicon_field(place, 1));
  s->ids.data[id].stands_for = country;
}

/* "US" folds to "us" and "It" in capitals to "it": what is a short word in lower
 * case is none in capitals, unless the sentence is all in capitals. */
static uint64_t classes_of(const hsy_speaker_state *s, int32_t token) {
  const hsy_speaker_word *word = hsy_speaker_class(s, token);
  const hsy_token *t = &s->doc->tokens.data[token];
  if (!word || t->kind != HSY_TOKEN_WORD) return 0;
  if ((t->flags & HSY_TOKEN_ALL_CAPS) && t->end - t->start <= 3)
    return word->bits & (HSY_W_ROLE | HSY_W_BODY | HSY_W_OUTLET | HSY_W_HONORIFIC);
  return word->bits;
}

static void mark_sources(hsy_speaker_state *s) {
  const hsy_doc *doc = s->doc;
  for (ptrdiff_t i = 0; i < doc->attributions.len; i++) {
    hsy_part source = doc->attributions.data[i].part[HSY_SOURCE];
    for (int32_t k = 0; k < source.count; k++) {
      hsy_span piece = hsy_doc_piece(doc, source, k);
      for (int32_t t = hsy_doc_token_at(doc, piece.start); t < doc->tokens.len && doc->tokens.data[t].start < piece.end;
           t++)
        s->in_source[t] = true;
    }
  }
}

void hsy_speaker_words(hsy_speaker_state *s) {
  hsy_doc *doc = s->doc;
  ptrdiff_t n = doc->tokens.len;
  s->id = hsy_new(s->scratch, int32_t, n);
  s->bits = hsy_new(s->scratch, uint64_t, n);
  s->name_at = hsy_new(s->scratch, int32_t, n);
  s->sentence_of = hsy_new(s->scratch, int32_t, n);
  s->in_source = hsy_new(s->scratch, bool, n);
  s->title_at = hsy_new(s->scratch, int32_t, n);
  s->content_of = hsy_new(s->scratch, int32_t, n);
  s->place_actor = hsy_new(s->scratch, int32_t, s->lists->places.count);
  s->id_bits = 8;
  grow_slots(s);
  if (hsy_arena_failed(*s->scratch)) return;
  mark_sources(s);
  for (ptrdiff_t i = 0; i < n; i++) s->name_at[i] = s->title_at[i] = s->content_of[i] = HSY_NONE;
  for (int32_t k = 0; k < doc->sentences.len; k++) {
    bool opens = true;
    const hsy_sentence *sentence = &doc->sentences.data[k];
    bool tells = !hsy_speaker_headline(s, sentence->first) && !hsy_speaker_title_case(s, sentence);
    for (int32_t i = sentence->first; i < sentence->end; i++) {
      const hsy_token *t = &doc->tokens.data[i];
      s->sentence_of[i] = k;
      s->id[i] = hsy_speaker_id_of(s, hsy_doc_token(doc, i));
      s->bits[i] = classes_of(s, i);
      if (t->flags & HSY_TOKEN_CAPITAL) look_up_place(s, i);
      if (tells) note_case(s, i, opens);
      opens = (opens && t->kind != HSY_TOKEN_WORD && t->kind != HSY_TOKEN_NUMBER) || t->kind == HSY_TOKEN_OPEN ||
              hsy_speaker_is(s, i, ':');
    }
  }
}

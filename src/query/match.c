#include "query/match.h"

#include "base/utf8.h"

static bool is_word(hsy_str piece) {
  for (ptrdiff_t at = 0; at < piece.len;) {
    int32_t point = hsy_utf8_next(piece, &at);
    if (hsy_is_letter(point) || hsy_is_digit(point)) return true;
  }
  return false;
}

/* "piece" as a phrase: marks inside it are blanks. */
static void add_phrase(hsy_str_vec *out, hsy_str piece, hsy_arena *arena) {
  if (!is_word(piece)) return;
  hsy_buf text = hsy_buf_in(arena);
  hsy_buf_byte(&text, '"');
  for (ptrdiff_t i = 0; i < piece.len; i++) {
    bool blank = piece.data[i] == '"' || piece.data[i] == '\0';
    hsy_buf_byte(&text, blank ? ' ' : piece.data[i]);
  }
  hsy_buf_byte(&text, '"');
  *hsy_push(out, arena) = hsy_buf_str(&text);
}

hsy_str_vec hsy_match_phrases(hsy_str words, hsy_arena *arena) {
  hsy_str_vec out = {0};
  hsy_str rest = words;
  for (bool quoted = false; rest.data; quoted = !quoted) {
    hsy_str piece = hsy_str_cut(rest, '"', &rest);
    if (quoted) {
      add_phrase(&out, piece, arena);
      continue;
    }
    for (ptrdiff_t start = 0, i = 0; i <= piece.len; i++) {
      bool ends = i == piece.len || piece.data[i] == ' ' || (piece.data[i] >= '\t' && piece.data[i] <= '\r');
      if (!ends) continue;
      add_phrase(&out, hsy_str_slice(piece, start, i), arena);
      start = i + 1;
    }
  }
  return out;
}

hsy_str hsy_match_all(hsy_str words, hsy_arena *arena) {
  hsy_str_vec phrases = hsy_match_phrases(words, arena);
  hsy_buf out = hsy_buf_in(arena);
  for (ptrdiff_t i = 0; i < phrases.len; i++) {
    if (i) hsy_buf_byte(&out, ' ');
    hsy_buf_add(&out, phrases.data[i]);
  }
  return hsy_buf_str(&out);
}

hsy_str hsy_match_bare(hsy_str phrase) { return phrase.len > 2 ? hsy_str_slice(phrase, 1, phrase.len - 1) : phrase; }

#include "query/query.h"

#include "base/utf8.h"
#include "query/disputes.h"

#include <string.h>

/* Names and outlets that are spelled much like the words, for who found nothing. */

enum { WORD_MOST = 64, SUGGESTIONS = 5 };

/* Optimal string alignment over bytes, given up above `most` (Damerau, 1964). */
static int distance(hsy_str a, hsy_str b, int most) {
  int rows[3][WORD_MOST + 1];
  ptrdiff_t apart = a.len > b.len ? a.len - b.len : b.len - a.len;
  if (apart > most || a.len > WORD_MOST || b.len > WORD_MOST) return most + 1;
  for (ptrdiff_t j = 0; j <= b.len; j++) rows[0][j] = (int)j;
  for (ptrdiff_t i = 1; i <= a.len; i++) {
    int *now = rows[i % 3], *last = rows[(i + 2) % 3], *before = rows[(i + 1) % 3], least = (int)i;
    now[0] = (int)i;
    for (ptrdiff_t j = 1; j <= b.len; j++) {
      int cost = a.data[i - 1] != b.data[j - 1], best = last[j - 1] + cost;
      if (last[j] + 1 < best) best = last[j] + 1;
      if (now[j - 1] + 1 < best) best = now[j - 1] + 1;
      bool turned = i > 1 && j > 1 && a.data[i - 1] == b.data[j - 2] && a.data[i - 2] == b.data[j - 1];
      if (turned && before[j - 2] + 1 < best) best = before[j - 2] + 1;
      now[j] = best;
      if (best < least) least = best;
    }
    if (least > most) return most + 1;
  }
  return rows[a.len % 3][b.len];
}

typedef struct suggestion {
  hsy_str name;
  const char *kind;
  int off;
} suggestion;

typedef HSY_VEC(suggestion) suggestion_vec;

/* How far the words are from the name, or from one of its words; a part of the
 * name that is typed out is nearest. */
static int nearest(hsy_str words, hsy_str folded) {
  int most = words.len < 5 ? 1 : 2, best = distance(words, folded, most);
  if (words.len >= 3 && hsy_str_find(folded, words) >= 0) return 0;
  for (hsy_str rest = folded; rest.data && best;) {
    int off = distance(words, hsy_str_cut(rest, ' ', &rest), most);
    if (off < best) best = off;
  }
  return best <= most ? best : -1;
}

static void keep(suggestion_vec *kept, suggestion one, hsy_arena *arena) {
  ptrdiff_t at = kept->len;
  while (at > 0 && kept->data[at - 1].off > one.off) at--;
  if (at >= SUGGESTIONS) return;
  one.name = hsy_str_copy(arena, one.name);
  *hsy_push(kept, arena) = one;
  for (ptrdiff_t i = kept->len - 1; i > at; i--) kept->data[i] = kept->data[i - 1];
  kept->data[at] = one;
  if (kept->len > SUGGESTIONS) kept->len = SUGGESTIONS;
}

/* Who says most comes first, and stays before others that are as near. */
static const struct source {
  const char *kind, *sql;
} SOURCES[] = {
    {"speaker", "SELECT coalesce(e.name, l.name) FROM speaker_figures g LEFT JOIN entities e ON e.key = g.bearer"
                " LEFT JOIN local_entities l ON g.bearer < 0 AND l.document = (-g.bearer) >> 24"
                " AND l.n = (-g.bearer) & 16777215 ORDER BY -g.attributions, g.bearer LIMIT 200000"},
    {"outlet", "SELECT name FROM counts WHERE kind = 'outlets' ORDER BY n DESC, name"},
};

bool hsy_query_suggest(hsy_store *store, const hsy_ask *ask, hsy_answer_fn fn, void *user, hsy_arena arena,
                       hsy_error *err) {
  suggestion_vec kept = {0};
  hsy_str words = hsy_utf8_fold(&arena, hsy_str_trim(ask->words));
  for (size_t i = 0; words.len && i < sizeof SOURCES / sizeof *SOURCES; i++) {
    if (ask->outlet.len && strcmp(SOURCES[i].kind, "outlet") != 0) continue; /* only of that kind */
    hsy_query query = hsy_db_query(hsy_store_db(store), SOURCES[i].sql, err);
    while (hsy_query_next(&query)) {
      hsy_arena scratch = arena;
      hsy_str name = hsy_column_str(&query, 0);
      int off = nearest(words, hsy_utf8_fold(&scratch, name));
      if (off >= 0) keep(&kept, (suggestion){name, SOURCES[i].kind, off}, &arena);
    }
  }
  hsy_dispute d = hsy_dispute_begin(store, ask, fn, user, &arena, err);
  for (ptrdiff_t i = 0; i < kept.len; i++) {
    hsy_arena scratch = arena;
    hsy_field_vec fields = {0};
    hsy_field_text(&fields, "type", HSY_S("suggestion"), &scratch);
    hsy_field_text(&fields, "kind", hsy_str_of(kept.data[i].kind), &scratch);
    hsy_field_text(&fields, "name", kept.data[i].name, &scratch);
    if (!hsy_dispute_open(&d, &fields, scratch) || !hsy_dispute_close(&d, scratch)) break;
  }
  return hsy_dispute_end(&d);
}

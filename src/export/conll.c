#include "export/files.h"
#include "segment/segment.h"

#include <stdio.h>

/* CoNLL-U: a line a token, its ten columns. What a token is part of stands in the
 * last: Attribution=B-cue:3,I-content:1 (the first token of a piece, the others;
 * behind the colon the number of the attribution in its article). */

typedef struct giving {
  hsy_segment_lists lists;
  hsy_heap *heap;
} giving;

/* Where a token lies in the pieces of attributions. */
static void add_roles(hsy_buf *line, const hsy_doc *doc, const hsy_token *token) {
  char text[64];
  bool any = false;
  for (int32_t i = 0; i < doc->attributions.len; i++) {
    if (doc->attributions.data[i].mode == HSY_REJECTED) continue;
    for (hsy_role role = HSY_SOURCE; role < HSY_ROLES; role++) {
      hsy_part part = doc->attributions.data[i].part[role];
      for (int32_t k = 0; k < part.count; k++) {
        hsy_span piece = hsy_doc_piece(doc, part, k);
        if (token->start < piece.start || token->start >= piece.end) continue;
        /* A token that begins before the piece would hide its first. */
        bool first = token->start == piece.start || hsy_doc_token_at(doc, piece.start) == token - doc->tokens.data;
        snprintf(text, sizeof text, "%s%c-%s:%d", any ? "," : "|Attribution=", first ? 'B' : 'I', hsy_role_name(role),
                 i + 1);
        hsy_buf_add(line, hsy_str_of(text));
        any = true;
      }
    }
  }
}

static void add_token(hsy_buf *line, const hsy_view *view, const hsy_doc *doc, int32_t token, int number) {
  char text[96];
  const hsy_token *t = &doc->tokens.data[token];
  bool last = token + 1 >= doc->tokens.len, space = last || doc->tokens.data[token + 1].start > t->end;
  snprintf(text, sizeof text, "%d\t", number);
  hsy_buf_add(line, hsy_str_of(text));
  hsy_buf_add(line, hsy_doc_token(doc, token));
  snprintf(text, sizeof text, "\t_\t_\t_\t_\t_\t_\t_\t%sStart=%d|End=%d", space ? "" : "SpaceAfter=No|",
           hsy_view_point(view, t->start), hsy_view_point(view, t->end));
  hsy_buf_add(line, hsy_str_of(text));
  add_roles(line, doc, t);
  hsy_buf_byte(line, '\n');
}

/* " text = …" on one line. */
static void add_words(hsy_buf *out, hsy_str words) {
  for (ptrdiff_t i = 0; i < words.len; i++) {
    char c = words.data[i];
    hsy_buf_byte(out, c == '\n' || c == '\r' || c == '\t' ? ' ' : c);
  }
}

static void add_sentence(hsy_buf *out, const hsy_view *view, const hsy_doc *doc, int32_t sentence) {
  char text[96];
  const hsy_sentence *s = &doc->sentences.data[sentence];
  snprintf(text, sizeof text, "# sent_id = %.*s-%d\n# text = ", HSY_FMT(view->id), sentence + 1);
  hsy_buf_add(out, hsy_str_of(text));
  add_words(out, hsy_doc_span(doc, hsy_doc_tokens(doc, s->first, s->end)));
  hsy_buf_byte(out, '\n');
  for (int32_t i = s->first; i < s->end; i++) add_token(out, view, doc, i, i - s->first + 1);
  hsy_buf_byte(out, '\n');
}

static bool put_article(const hsy_files *files, void *user, const hsy_view *view, hsy_arena arena) {
  giving *g = user;
  hsy_arena tokens = hsy_arena_split(&arena, (size_t)(arena.end - arena.next) / 2);
  hsy_doc doc = *view->doc;
  doc.arena = &tokens;
  if (!hsy_segment_tokenize(&doc, &g->lists, files->err)) return false;
  hsy_buf out = hsy_buf_in(&arena);
  hsy_buf_add(&out, HSY_S("# newdoc id = "));
  hsy_buf_add(&out, view->id);
  hsy_buf_byte(&out, '\n');
  for (int32_t i = 0; i < doc.sentences.len; i++) add_sentence(&out, view, &doc, i);
  if (!doc.sentences.len) hsy_buf_byte(&out, '\n');
  return hsy_arena_check(arena, "export", files->err) && hsy_files_put(files, "", hsy_buf_str(&out));
}

bool hsy_files_conll(const hsy_files *files) {
  enum { LIST_BYTES = 64 << 20 };
  giving g = {.heap = hsy_heap_new(LIST_BYTES, files->err)};
  if (!g.heap) return false;
  hsy_arena arena = hsy_heap_reset(g.heap);
  bool ok = hsy_segment_load(&g.lists, &arena, files->err) && hsy_files_articles(files, put_article, &g);
  hsy_heap_free(g.heap);
  return ok;
}

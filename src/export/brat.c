#include "export/files.h"
#include "export/layers.h"
#include "export/record.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "stance/stance.h"

/* An article is three files: ID.txt its text, ID.ann the spans of its attributions
 * with an event each, and ID.json the document row, for who reads it back. */

static const char CONF[] =
    "[entities]\nSource\nCue\nContent\n\n[relations]\n\n"
    "[events]\nCue Source*:Source, Content*:Content\nContent Source*:Source\n"
    "Source Content*:Content\n\n[attributes]\n"
    "Kind Arg:<EVENT>, Value:direct|indirect|mixed\nMode Arg:<EVENT>, Value:speech|thought|rejected\n"
    "Stance Arg:<EVENT>, Value:";

static const char *const ROLES[] = {[HSY_SOURCE] = "Source", [HSY_CUE] = "Cue", [HSY_CONTENT] = "Content"};

static bool put_conf(const hsy_files *files) {
  static const char NAME[] = "annotation.conf";
  bool ok = hsy_files_put(files, NAME, hsy_str_of(CONF));
  for (int i = 0; hsy_stance_labels[i]; i++)
    ok = ok && (i == 0 || hsy_files_put(files, NAME, HSY_S("|"))) &&
         hsy_files_put(files, NAME, hsy_str_of(hsy_stance_labels[i]));
  return ok && hsy_files_put(files, NAME, HSY_S("\n"));
}

typedef struct notes {
  hsy_buf out;
  int spans, attributes;
} notes;

static void add_format(hsy_buf *out, const char *format, ...) __attribute__((format(printf, 2, 3)));
static void add_format(hsy_buf *out, const char *format, ...) {
  char line[256];
  va_list args;
  va_start(args, format);
  int len = vsnprintf(line, sizeof line, format, args);
  va_end(args);
  hsy_buf_add(out, (hsy_str){line, len < (int)sizeof line ? len : (int)sizeof line - 1});
}

/* brat wants no line end inside a fragment: there it is parted. */
static void add_fragments(notes *n, const hsy_view *view, hsy_span piece, bool *first, hsy_buf *words) {
  for (int32_t at = piece.start, end; at < piece.end; at = end) {
    end = at;
    while (end < piece.end && view->doc->text.data[end] != '\n') end++;
    if (end > at) {
      char place[64];
      snprintf(place, sizeof place, "%s%d %d", *first ? " " : ";", hsy_view_point(view, at), hsy_view_point(view, end));
      hsy_buf_add(&n->out, hsy_str_of(place));
      if (!*first) hsy_buf_byte(words, ' ');
      hsy_buf_add(words, hsy_str_slice(view->doc->text, at, end));
      *first = false;
    } else {
      end++;
    }
  }
}

/* "T3\tContent 10 20;30 40\twords"; its number, 0 where the part is empty. */
static int add_part(notes *n, const hsy_view *view, hsy_role role, hsy_part part, hsy_arena scratch) {
  if (part.count == 0) return 0;
  hsy_buf words = hsy_buf_in(&scratch);
  bool first = true;
  add_format(&n->out, "T%d\t%s", ++n->spans, ROLES[role]);
  for (int32_t i = 0; i < part.count; i++) add_fragments(n, view, hsy_doc_piece(view->doc, part, i), &first, &words);
  hsy_buf_byte(&n->out, '\t');
  hsy_buf_add(&n->out, hsy_buf_str(&words));
  hsy_buf_byte(&n->out, '\n');
  return n->spans;
}

static void add_attribute(notes *n, const char *name, int event, const char *value) {
  if (value) add_format(&n->out, "A%d\t%s E%d %s\n", ++n->attributes, name, event, value);
}

/* The event hangs on the cue; where there is none, on what is said. */
static void add_event(notes *n, const int *parts, int event) {
  static const hsy_role ORDER[] = {HSY_CUE, HSY_CONTENT, HSY_SOURCE};
  int at = 0;
  while (at < 2 && !parts[ORDER[at]]) at++;
  add_format(&n->out, "E%d\t%s:T%d", event, ROLES[ORDER[at]], parts[ORDER[at]]);
  for (hsy_role role = HSY_SOURCE; role < HSY_ROLES; role++)
    if (parts[role] && role != ORDER[at]) add_format(&n->out, " %s:T%d", ROLES[role], parts[role]);
  hsy_buf_byte(&n->out, '\n');
}

static void add_attribution(notes *n, const hsy_view *view, int32_t i, hsy_arena scratch) {
  const hsy_attribution *row = &view->doc->attributions.data[i];
  int parts[HSY_ROLES], event = i + 1;
  for (hsy_role role = HSY_SOURCE; role < HSY_ROLES; role++)
    parts[role] = add_part(n, view, role, row->part[role], scratch);
  add_event(n, parts, event);
  add_attribute(n, "Kind", event, hsy_kind_name(row->kind));
  add_attribute(n, "Mode", event, hsy_mode_name(row->mode));
  add_attribute(n, "Stance", event, row->stance);
  if (row->speaker.len) {
    add_format(&n->out, "#%d\tAnnotatorNotes E%d\t", event, event);
    for (ptrdiff_t k = 0; k < row->speaker.len; k++)
      hsy_buf_byte(&n->out, row->speaker.data[k] == '\n' ? ' ' : row->speaker.data[k]);
    hsy_buf_byte(&n->out, '\n');
  }
}

/* Spans with line ends inside, as they are; null where there are none. */
static json_t *whole_parts(hsy_json *json, const hsy_view *view, const hsy_attribution *row) {
  json_t *parts = hsy_json_object(json);
  for (hsy_role role = HSY_SOURCE; role < HSY_ROLES; role++) {
    bool parted = false;
    json_t *spans = hsy_json_array(json);
    for (int32_t i = 0; i < row->part[role].count; i++) {
      hsy_span piece = hsy_doc_piece(view->doc, row->part[role], i);
      parted |= memchr(view->doc->text.data + piece.start, '\n', (size_t)(piece.end - piece.start)) != NULL;
      hsy_json_add(json, spans,
                   hsy_json_pair(json, hsy_view_point(view, piece.start), hsy_view_point(view, piece.end)));
    }
    if (parted)
      hsy_json_set(json, parts, hsy_role_name(role), spans);
    else
      json_decref(spans);
  }
  return parts;
}

/* What no line of the annotations tells, an attribution each. */
static void set_lists(hsy_json *json, json_t *document, const hsy_view *view) {
  json_t *days = hsy_json_array(json), *parts = hsy_json_array(json);
  for (int32_t i = 0; i < view->doc->attributions.len; i++) {
    hsy_json_add(json, days, hsy_json_str_or_null(json, view->doc->attributions.data[i].said_on));
    hsy_json_add(json, parts, whole_parts(json, view, &view->doc->attributions.data[i]));
  }
  hsy_json_set(json, document, "said_on", days);
  hsy_json_set(json, document, "whole", parts);
}

static bool put_article(const hsy_files *files, void *user, const hsy_view *view, hsy_arena arena) {
  char name[64];
  (void)user;
  hsy_arena scratch = hsy_arena_split(&arena, (size_t)(arena.end - arena.next) / 2);
  notes n = {.out = hsy_buf_in(&arena)};
  for (int32_t i = 0; i < view->doc->attributions.len; i++) add_attribution(&n, view, i, scratch);
  if (!hsy_arena_check(arena, "export", files->err)) return false;
  hsy_json json = {0};
  json_t *row = hsy_export_document(&json, view, false);
  hsy_json_set(&json, row, "layers", hsy_export_layers(&json, view));
  set_lists(&json, row, view);
  snprintf(name, sizeof name, "%.*s.txt", HSY_FMT(view->id));
  bool ok = hsy_files_put(files, name, view->doc->text);
  snprintf(name, sizeof name, "%.*s.ann", HSY_FMT(view->id));
  ok = ok && hsy_files_put(files, name, hsy_buf_str(&n.out));
  snprintf(name, sizeof name, "%.*s.json", HSY_FMT(view->id));
  if (ok) return hsy_files_put_json(files, name, &json, row, "\n");
  json_decref(row);
  return false;
}

bool hsy_files_brat(const hsy_files *files) { return put_conf(files) && hsy_files_articles(files, put_article, NULL); }

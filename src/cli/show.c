#include <stdlib.h>
#include <string.h>

#include "cli/page.h"
#include "cli/row.h"
#include "cli/session.h"

/* Marks and margin notes of one article. */
typedef struct margin {
  hsy_cli_mark *marks;
  hsy_cli_note *notes;
  char **texts; /* owned: the notes' */
  size_t mark_count, note_count;
  bool failed;
} margin;

static int64_t bound(const json_t *span, size_t end) { return json_integer_value(json_array_get(span, end)); }

static void add_mark(margin *m, const json_t *span, hsy_cli_style style) {
  hsy_cli_mark *marks = realloc(m->marks, (m->mark_count + 1) * sizeof *marks);
  m->failed |= !marks;
  if (!marks) return;
  m->marks = marks;
  marks[m->mark_count++] = (hsy_cli_mark){bound(span, 0), bound(span, 1), style};
}

/* Takes over `text`. */
static void add_note(margin *m, int64_t at, char *text, hsy_cli_style style) {
  hsy_cli_note *notes = realloc(m->notes, (m->note_count + 1) * sizeof *notes);
  if (notes) m->notes = notes;
  char **texts = realloc(m->texts, (m->note_count + 1) * sizeof *texts);
  if (texts) m->texts = texts;
  m->failed |= !notes || !texts || !text;
  if (m->failed) {
    free(text);
    return;
  }
  notes[m->note_count] = (hsy_cli_note){at, (int64_t)m->note_count, text, style};
  texts[m->note_count++] = text;
}

static char *labelled(const char *label, const char *text) {
  char *joined;
  return asprintf(&joined, "%s%s", label, text) < 0 ? NULL : joined;
}

static void add_links(margin *m, int64_t at, const char *label, const json_t *links) {
  for (size_t i = 0; i < json_array_size(links); i++) {
    add_note(m, at, labelled(label, hsy_cli_field(json_array_get(links, i), "name")), HSY_CLI_FAINT);
  }
}

static void add_attribution(margin *m, const json_t *row) {
  static const struct {
    const char *part;
    hsy_cli_style style;
  } parts[] = {{"content", HSY_CLI_CONTENT}, {"cue", HSY_CLI_CUE}, {"source", HSY_CLI_SOURCE}};
  int64_t at = INT64_MAX;
  for (size_t k = 0; k < 3; k++) {
    const json_t *spans = json_object_get(row, parts[k].part);
    for (size_t i = 0; i < json_array_size(spans); i++) {
      const json_t *span = json_array_get(spans, i);
      add_mark(m, span, parts[k].style);
      if (bound(span, 0) < at) at = bound(span, 0);
    }
  }
  const char *speaker = hsy_cli_field(row, "speaker"), *said = hsy_cli_field(row, "said_on");
  const char *nested = *hsy_cli_field(row, "parent") ? "› " : "";
  char manner[64];
  hsy_cli_manner(row, manner, sizeof manner);
  add_note(m, at, labelled(nested, *speaker ? speaker : "(nobody named)"), HSY_CLI_SOURCE);
  add_note(m, at, labelled("  ", manner), HSY_CLI_FAINT);
  if (*said) add_note(m, at, labelled("  on ", said), HSY_CLI_FAINT);
  add_links(m, at, "  via ", json_object_get(row, "via"));
  add_links(m, at, "  to ", json_object_get(row, "to"));
}

static void free_margin(margin *m) {
  for (size_t i = 0; i < m->note_count; i++) free(m->texts[i]);
  free(m->texts);
  free(m->notes);
  free(m->marks);
}

static void put_article(const hsy_cli_out *out, const json_t *row) {
  margin m = {0};
  const json_t *attributions = json_object_get(row, "attributions"), *text = json_object_get(row, "text");
  for (size_t i = 0; i < json_array_size(attributions); i++) add_attribution(&m, json_array_get(attributions, i));
  hsy_cli_put_document(out, row);
  if (!out->colour) fputs("             {source} <reporting words> [what is said]\n", out->file);
  putc('\n', out->file);
  if (m.failed || !hsy_cli_put_page(out, json_string_value(text), json_string_length(text), m.marks, m.mark_count,
                                    m.notes, m.note_count)) {
    hsy_cli_complain("out of memory");
  }
  free_margin(&m);
}

static bool on_row(void *user, const char *json, size_t len) {
  hsy_cli_session *session = user;
  json_t *row = json_loadb(json, len, JSON_ALLOW_NUL, NULL);
  if (row) put_article(&session->out, row);
  json_decref(row);
  return hsy_cli_put_done(&session->out);
}

static int run(const hsy_cli_options *options) {
  hsy_cli_session session;
  hsy_cli_session_init(&session, options);
  return hsy_cli_ask(&session, HEARSAY_SHOW, options->args[0], on_row, &session);
}

const hsy_cli_command hsy_cli_show = {
    .name = "show",
    .arguments = "DOC",
    .summary = "print an article with its speech marked and the speakers in the margin",
    .about = "DOC is an article's id, path or address, as `hearsay list` shows them. Source,\n"
             "reporting words and content are coloured on a terminal, else in brackets:\n"
             "{source} <reporting words> [what is said].\n"
             "\n"
             "  hearsay show articles/harbour-post.txt | less -R\n",
    .takes = HSY_CLI_TAKES_STORE | HSY_CLI_TAKES_JSON | HSY_CLI_TAKES_THOUGHTS,
    .least = 1,
    .most = 1,
    .run = run,
};

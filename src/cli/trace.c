#include <stdlib.h>
#include <string.h>

#include "cli/row.h"
#include "cli/session.h"
#include "cli/spread.h"

static const char *label_of(const char *role) {
  static const struct {
    const char *role, *label;
  } LABELS[] = {{"first", "first"}, {"own", "on its own"}, {"copy", "copied"}, {"again", "again"}};
  for (size_t i = 0; i < sizeof LABELS / sizeof *LABELS; i++)
    if (!strcmp(LABELS[i].role, role)) return LABELS[i].label;
  return role;
}

static bool same_words(const json_t *a, const json_t *b) {
  return json_equal(json_object_get(a, "content_text"), json_object_get(b, "content_text"));
}

/* Quoted as the fullest quotation has it; that one is printed somewhere. */
static bool quotes_alike(const json_t *variant) { return variant && !hsy_cli_count(variant, "ops"); }

/* Words are printed where they are other than the clearest or the copied ones. */
static void put_report(const hsy_cli_out *out, const json_t *statement, const json_t *report) {
  const json_t *variant = hsy_cli_variant(statement, hsy_cli_field(report, "id"));
  const char *from = hsy_cli_field(report, "copied_from"), *role = hsy_cli_field(report, "role");
  const json_t *source = *from ? hsy_cli_report(statement, from) : NULL;
  char *words = hsy_cli_pieces(json_object_get(report, "content_text"));
  bool clearest = words && !strcmp(words, hsy_cli_field(statement, "text"));
  bool known = clearest || (source && same_words(source, report)) || quotes_alike(variant);
  hsy_cli_put_report(out, label_of(role), report, !known);
  if (variant && !known) hsy_cli_put_ops(out, variant);
  if (source && !strcmp(role, "copy")) {
    fprintf(out->file, "%*sfrom ", HSY_CLI_SPREAD_INDENT, "");
    hsy_cli_put(out, hsy_cli_outlet(source));
    fputs(", ", out->file);
    hsy_cli_put(out, hsy_cli_field(source, "path"));
    putc('\n', out->file);
  }
  free(words);
}

static bool on_row(void *user, const char *json, size_t len) {
  hsy_cli_session *session = user;
  json_t *row = json_loadb(json, len, JSON_ALLOW_NUL, NULL);
  const json_t *reports = json_object_get(row, "attributions");
  hsy_cli_put_statement(&session->out, row);
  for (size_t i = 0; i < json_array_size(reports); i++) put_report(&session->out, row, json_array_get(reports, i));
  if (json_is_true(json_object_get(row, "differs")))
    fprintf(session->out.file, "%*sits quoted words differ: hearsay variants\n", HSY_CLI_SPREAD_INDENT, "");
  json_decref(row);
  return hsy_cli_put_done(&session->out);
}

static int run(const hsy_cli_options *options) { return hsy_cli_ask_words(options, HEARSAY_TRACE, on_row); }

const hsy_cli_command hsy_cli_trace = {
    .name = "trace",
    .arguments = "TEXT|ID",
    .summary = "show how a statement spread: who had it first, who copied, who reported it too",
    .about = "TEXT is a sentence as you remember it; the statement nearest to it is shown, with\n"
             "--limit N the N nearest. ID is that of an attribution or a statement, as --json\n"
             "prints them. Below the statement stand its reports by day: the first, those on\n"
             "their own, those that copied another (their articles share most of the text).\n"
             "Words are printed where they are not those of the line above them. Statements\n"
             "are found by the rarest words of TEXT: up to 2,000 a word (the last that were\n"
             "added), 6,000 in all; those that share the most of it, 200 and more, are\n"
             "compared word by word.\n"
             "\n"
             "  hearsay trace \"not a litre of untreated water went into the river\"\n"
             "  hearsay trace the tank was emptied at night --speaker Lien --limit 3\n",
    .takes = HSY_CLI_TAKES_STORE | HSY_CLI_TAKES_JSON | HSY_CLI_TAKES_FILTER | HSY_CLI_TAKES_PAGE | HSY_CLI_TAKES_SORT,
    .least = 1,
    .most = SIZE_MAX,
    .run = run,
};

#include "cli/spread.h"

#include <stdlib.h>
#include <string.h>

#include "cli/row.h"

static void put_indent(const hsy_cli_out *out) { fprintf(out->file, "%*s", HSY_CLI_SPREAD_INDENT, ""); }

static void put_words(const hsy_cli_out *out, hsy_cli_style style, const char *text) {
  put_indent(out);
  hsy_cli_style_on(out, style);
  hsy_cli_put_wrapped(out, text, HSY_CLI_SPREAD_INDENT);
  hsy_cli_style_on(out, HSY_CLI_PLAIN);
}

const char *hsy_cli_outlet(const json_t *article) {
  const char *outlet = hsy_cli_field(article, "outlet");
  return *outlet ? outlet : "(no outlet)";
}

static const json_t *find(const json_t *list, const char *field, const char *id) {
  for (size_t i = 0; i < json_array_size(list); i++) {
    const json_t *row = json_array_get(list, i);
    if (!strcmp(hsy_cli_field(row, field), id)) return row;
  }
  return NULL;
}

const json_t *hsy_cli_report(const json_t *statement, const char *id) {
  return find(json_object_get(statement, "attributions"), "id", id);
}

const json_t *hsy_cli_variant(const json_t *statement, const char *id) {
  return find(json_object_get(statement, "variants"), "attribution", id);
}

void hsy_cli_put_statement(const hsy_cli_out *out, const json_t *statement) {
  const json_t *first = hsy_cli_report(statement, hsy_cli_field(statement, "first_reported"));
  const char *said = hsy_cli_field(statement, "said_on"), *speaker = hsy_cli_field(statement, "speaker");
  const char *day = *said ? said : hsy_cli_field(first, "published");
  long long reports = (long long)hsy_cli_count(statement, "attributions");
  long long own = (long long)hsy_cli_count(statement, "independent_reports");
  char text[32];
  snprintf(text, sizeof text, *said ? " %.10s" : *day ? "(%.10s)" : "%s", day);
  hsy_cli_put_column(out, text, HSY_CLI_SPREAD_INDENT, true);
  hsy_cli_style_on(out, HSY_CLI_SOURCE);
  hsy_cli_put(out, *speaker ? speaker : "(nobody named)");
  hsy_cli_style_on(out, HSY_CLI_PLAIN);
  fprintf(out->file, "  %lld report%s, %lld on %s own\n", reports, reports == 1 ? "" : "s", own,
          own == 1 ? "its" : "their");
  put_words(out, HSY_CLI_CONTENT, hsy_cli_field(statement, "text"));
}

static void put_cue(const hsy_cli_out *out, const json_t *report) {
  char *cue = hsy_cli_pieces(json_object_get(report, "cue_text")), manner[64];
  hsy_cli_manner(report, manner, sizeof manner);
  if (cue && *cue) {
    fputs("  ", out->file);
    hsy_cli_style_on(out, HSY_CLI_CUE);
    hsy_cli_put(out, cue);
    hsy_cli_style_on(out, HSY_CLI_PLAIN);
  }
  fprintf(out->file, "  (");
  hsy_cli_put(out, manner);
  fputs(")\n", out->file);
  free(cue);
}

static void put_place(const hsy_cli_out *out, const json_t *report) {
  char *place = hsy_cli_place(report), *chain = hsy_cli_chain(report);
  put_indent(out);
  hsy_cli_style_on(out, HSY_CLI_FAINT);
  if (place) hsy_cli_put(out, place);
  if (chain && *chain) fputs("  ", out->file);
  if (chain) hsy_cli_put(out, chain);
  hsy_cli_style_on(out, HSY_CLI_PLAIN);
  putc('\n', out->file);
  free(place);
  free(chain);
}

void hsy_cli_put_report(const hsy_cli_out *out, const char *label, const json_t *report, bool words) {
  const char *published = hsy_cli_field(report, "published");
  char *text = words ? hsy_cli_pieces(json_object_get(report, "content_text")) : NULL;
  char margin[32], day[16];
  snprintf(margin, sizeof margin, "  %s", label);
  snprintf(day, sizeof day, "%.10s", published);
  hsy_cli_put_column(out, margin, HSY_CLI_SPREAD_INDENT, true);
  fprintf(out->file, "%s%s", day, *day ? "  " : "");
  hsy_cli_style_on(out, HSY_CLI_STRONG);
  hsy_cli_put(out, hsy_cli_outlet(report));
  hsy_cli_style_on(out, HSY_CLI_PLAIN);
  put_cue(out, report);
  if (text && *text) put_words(out, HSY_CLI_CONTENT, text);
  put_place(out, report);
  free(text);
}

static void put_op(const hsy_cli_out *out, const json_t *op) {
  const char *kind = hsy_cli_field(op, "kind"), *base = hsy_cli_field(op, "base_words");
  const char *other = hsy_cli_field(op, "other_words");
  bool changed = *base && *other;
  char *line;
  int n =
      asprintf(&line, "%s \"%s\"%s%s%s%s", kind, *base ? base : other, changed ? " to \"" : "", changed ? other : "",
               changed ? "\"" : "", json_is_true(json_object_get(op, "slight")) ? " (slight)" : "");
  if (n < 0) return;
  fprintf(out->file, "%*s- ", HSY_CLI_SPREAD_INDENT, "");
  hsy_cli_put_wrapped(out, line, HSY_CLI_SPREAD_INDENT + 2);
  free(line);
}

void hsy_cli_put_ops(const hsy_cli_out *out, const json_t *variant) {
  const json_t *ops = json_object_get(variant, "ops");
  for (size_t i = 0; i < json_array_size(ops); i++) put_op(out, json_array_get(ops, i));
}

#include "cli/row.h"

#include <stdlib.h>
#include <string.h>

enum { DATE_COLUMNS = 13, SPEAKER_COLUMNS = 30 };

const char *hsy_cli_field(const json_t *row, const char *name) {
  const char *text = json_string_value(json_object_get(row, name));
  return text ? text : "";
}

int64_t hsy_cli_count(const json_t *row, const char *name) {
  const json_t *value = json_object_get(row, name);
  return json_is_array(value) ? (int64_t)json_array_size(value) : (int64_t)json_integer_value(value);
}

char *hsy_cli_pieces(const json_t *list) {
  static const char between[] = " … ";
  size_t size = 1, count = json_array_size(list);
  for (size_t i = 0; i < count; i++) size += json_string_length(json_array_get(list, i)) + sizeof between;
  char *text = malloc(size), *end = text;
  if (!text) return NULL;
  for (size_t i = 0; i < count; i++) {
    const char *piece = json_string_value(json_array_get(list, i));
    if (i) end = stpcpy(end, between);
    if (piece) end = stpcpy(end, piece);
  }
  *end = '\0';
  return text;
}

void hsy_cli_manner(const json_t *attribution, char *text, size_t size) {
  const char *stance = hsy_cli_field(attribution, "stance"), *kind = hsy_cli_field(attribution, "kind");
  bool thought = !strcmp(hsy_cli_field(attribution, "mode"), "thought");
  snprintf(text, size, "%s%s%s%s", stance, *stance ? ", " : "", kind, thought ? ", thought" : "");
}

void hsy_cli_day(const json_t *attribution, char *text, size_t size) {
  const char *said = hsy_cli_field(attribution, "said_on"), *published = hsy_cli_field(attribution, "published");
  if (*said) {
    snprintf(text, size, " %.10s", said);
  } else {
    snprintf(text, size, *published ? "(%.10s)" : "%s", published);
  }
}

char *hsy_cli_place(const json_t *attribution) {
  char *text = NULL;
  size_t size = 0;
  FILE *file = open_memstream(&text, &size);
  if (!file) return NULL;
  const json_t *spans = json_object_get(attribution, "content");
  if (!json_array_size(spans)) spans = json_object_get(attribution, "cue");
  const char *path = hsy_cli_field(attribution, "path");
  fputs(*path ? path : hsy_cli_field(attribution, "document"), file);
  for (size_t i = 0; i < json_array_size(spans); i++) {
    const json_t *span = json_array_get(spans, i);
    fprintf(file, "%c%lld-%lld", i ? ',' : ':', (long long)json_integer_value(json_array_get(span, 0)),
            (long long)json_integer_value(json_array_get(span, 1)));
  }
  fclose(file);
  return text;
}

static void add_names(FILE *file, const char *label, const json_t *list) {
  for (size_t i = 0; i < json_array_size(list); i++) {
    const json_t *link = json_array_get(list, i);
    fprintf(file, "%s%s", i ? ", " : label,
            json_is_string(link) ? json_string_value(link) : hsy_cli_field(link, "name"));
  }
}

char *hsy_cli_chain(const json_t *attribution) {
  char *text = NULL;
  size_t size = 0;
  FILE *file = open_memstream(&text, &size);
  if (!file) return NULL;
  add_names(file, "via ", json_object_get(attribution, "via"));
  fflush(file);
  add_names(file, size ? "  to " : "to ", json_object_get(attribution, "to"));
  fclose(file);
  return text;
}

const char *hsy_cli_short_id(const json_t *attribution) {
  const char *id = hsy_cli_field(attribution, "id"), *stop = strchr(id, '.');
  return stop ? stop + 1 : id;
}

/* "› " for speech inside speech, as in the margin of `show`. */
static void put_speaker(const hsy_cli_out *out, const json_t *row) {
  const char *speaker = hsy_cli_field(row, "speaker");
  bool nested = *hsy_cli_field(row, "parent");
  hsy_cli_style_on(out, HSY_CLI_SOURCE);
  if (nested) fputs("› ", out->file);
  hsy_cli_put_column(out, *speaker ? speaker : "(nobody named)", SPEAKER_COLUMNS - (nested ? 2 : 0), true);
  hsy_cli_style_on(out, HSY_CLI_PLAIN);
  fputs("  ", out->file);
}

static void put_date(const hsy_cli_out *out, const json_t *row) {
  char text[32];
  hsy_cli_day(row, text, sizeof text);
  hsy_cli_put_column(out, text, DATE_COLUMNS, true);
}

/* File and characters of the content, else of the cue; and the chain. */
static void put_place(const hsy_cli_out *out, const json_t *row) {
  char *place = hsy_cli_place(row), *chain = hsy_cli_chain(row);
  if (place) hsy_cli_put(out, place);
  if (chain && *chain) fputs("  ", out->file);
  if (chain) hsy_cli_put(out, chain);
  free(place);
  free(chain);
}

static void put_pieces(const hsy_cli_out *out, hsy_cli_style style, const json_t *list) {
  char *text = hsy_cli_pieces(list);
  if (text) {
    fprintf(out->file, "%*s", DATE_COLUMNS, "");
    hsy_cli_style_on(out, style);
    hsy_cli_put_wrapped(out, text, DATE_COLUMNS);
    hsy_cli_style_on(out, HSY_CLI_PLAIN);
  }
  free(text);
}

static void put_cue(const hsy_cli_out *out, const json_t *row) {
  char *cue = hsy_cli_pieces(json_object_get(row, "cue_text")), manner[64];
  hsy_cli_manner(row, manner, sizeof manner);
  if (cue && *cue) {
    hsy_cli_style_on(out, HSY_CLI_CUE);
    hsy_cli_put(out, cue);
    hsy_cli_style_on(out, HSY_CLI_PLAIN);
    fputs("  ", out->file);
  }
  fprintf(out->file, "(");
  hsy_cli_put(out, manner);
  fprintf(out->file, ")\n");
  free(cue);
}

void hsy_cli_put_attribution(const hsy_cli_out *out, const json_t *row) {
  put_date(out, row);
  put_speaker(out, row);
  put_cue(out, row);
  if (hsy_cli_count(row, "content_text")) put_pieces(out, HSY_CLI_CONTENT, json_object_get(row, "content_text"));
  fprintf(out->file, "%*s", DATE_COLUMNS, "");
  hsy_cli_style_on(out, HSY_CLI_FAINT);
  put_place(out, row);
  hsy_cli_style_on(out, HSY_CLI_PLAIN);
  putc('\n', out->file);
}

/* Where the same article lies, a line each. */
static void put_addresses(const hsy_cli_out *out, const json_t *row) {
  const json_t *all = json_object_get(row, "addresses");
  if (!json_array_size(all)) return;
  for (size_t i = 0; i <= json_array_size(all); i++) {
    const char *url = i ? json_string_value(json_array_get(all, i - 1)) : hsy_cli_field(row, "url");
    if (!url || !*url) continue;
    fprintf(out->file, "\n%*s%s", DATE_COLUMNS, "", i ? "also at " : "at ");
    hsy_cli_put(out, url);
  }
}

void hsy_cli_put_document(const hsy_cli_out *out, const json_t *row) {
  char day[16];
  snprintf(day, sizeof day, "%.10s", hsy_cli_field(row, "published"));
  const char *outlet = hsy_cli_field(row, "outlet"), *title = hsy_cli_field(row, "title");
  hsy_cli_put_column(out, day, DATE_COLUMNS - 1, true);
  putc(' ', out->file);
  hsy_cli_style_on(out, HSY_CLI_STRONG);
  hsy_cli_put(out, *title ? title : "(no headline)");
  hsy_cli_style_on(out, HSY_CLI_PLAIN);
  fprintf(out->file, "\n%*s", DATE_COLUMNS, "");
  hsy_cli_style_on(out, HSY_CLI_FAINT);
  hsy_cli_put(out, hsy_cli_field(row, "path"));
  if (*outlet) fputs("  ", out->file);
  hsy_cli_put(out, outlet);
  if (json_object_get(row, "attributions")) {
    long long n = (long long)hsy_cli_count(row, "attributions");
    fprintf(out->file, "  %lld attribution%s", n, n == 1 ? "" : "s");
  }
  put_addresses(out, row);
  hsy_cli_style_on(out, HSY_CLI_PLAIN);
  putc('\n', out->file);
}

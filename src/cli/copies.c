#include <stdlib.h>
#include <string.h>

#include "cli/row.h"
#include "cli/session.h"
#include "cli/spread.h"

enum { MOST_ARTICLES = 20, MOST_WORDS = 300 }; /* of a group, printed for people; bytes */

/* ":12-140,200-310": the characters of the article that others have too. */
static void put_passages(const hsy_cli_out *out, const json_t *row, const char *document) {
  const json_t *passages = json_object_get(row, "passages");
  bool any = false;
  for (size_t i = 0; i < json_array_size(passages); i++) {
    const json_t *passage = json_array_get(passages, i);
    const char *of = json_string_value(json_array_get(passage, 0));
    if (!of || strcmp(of, document)) continue;
    fprintf(out->file, "%c%lld-%lld", any ? ',' : ':', (long long)json_integer_value(json_array_get(passage, 1)),
            (long long)json_integer_value(json_array_get(passage, 2)));
    any = true;
  }
}

static void put_article(const hsy_cli_out *out, const json_t *row, const json_t *article) {
  const char *id = hsy_cli_field(article, "id");
  bool original = !strcmp(id, hsy_cli_field(row, "original"));
  char day[16];
  snprintf(day, sizeof day, "%.10s", hsy_cli_field(article, "published"));
  hsy_cli_put_column(out, original ? "  original" : "", HSY_CLI_SPREAD_INDENT, true);
  fprintf(out->file, "%s%s", day, *day ? "  " : "");
  hsy_cli_style_on(out, HSY_CLI_STRONG);
  hsy_cli_put(out, hsy_cli_outlet(article));
  hsy_cli_style_on(out, HSY_CLI_PLAIN);
  fprintf(out->file, "\n%*s", HSY_CLI_SPREAD_INDENT, "");
  hsy_cli_style_on(out, HSY_CLI_FAINT);
  hsy_cli_put(out, hsy_cli_field(article, "path"));
  put_passages(out, row, id);
  hsy_cli_style_on(out, HSY_CLI_PLAIN);
  putc('\n', out->file);
}

static void put_words(const hsy_cli_out *out, const char *words) {
  char text[MOST_WORDS + 8];
  size_t len = strlen(words);
  if (len > MOST_WORDS) len = MOST_WORDS;
  while (len && len < strlen(words) && words[len] != ' ') len--;
  snprintf(text, sizeof text, "%.*s%s", (int)len, words, words[len] ? " …" : "");
  fprintf(out->file, "%*s", HSY_CLI_SPREAD_INDENT, "");
  hsy_cli_style_on(out, HSY_CLI_CONTENT);
  hsy_cli_put_wrapped(out, text, HSY_CLI_SPREAD_INDENT);
  hsy_cli_style_on(out, HSY_CLI_PLAIN);
}

static int by_day(const void *a, const void *b, void *original) {
  const json_t *x = *(json_t *const *)a, *y = *(json_t *const *)b;
  bool x_is = !strcmp(hsy_cli_field(x, "id"), original), y_is = !strcmp(hsy_cli_field(y, "id"), original);
  if (x_is != y_is) return x_is ? -1 : 1;
  int days = strcmp(hsy_cli_field(x, "published"), hsy_cli_field(y, "published"));
  return days ? days : strcmp(hsy_cli_field(x, "path"), hsy_cli_field(y, "path"));
}

/* The original, then the others by day. */
static void put_articles(const hsy_cli_out *out, const json_t *row) {
  const json_t *articles = json_object_get(row, "articles");
  size_t count = json_array_size(articles);
  json_t **sorted = calloc(count + 1, sizeof *sorted);
  if (!sorted) return;
  for (size_t i = 0; i < count; i++) sorted[i] = json_array_get(articles, i);
  qsort_r(sorted, count, sizeof *sorted, by_day, (void *)hsy_cli_field(row, "original"));
  for (size_t i = 0; i < count && i < MOST_ARTICLES; i++) put_article(out, row, sorted[i]);
  if (count > MOST_ARTICLES)
    fprintf(out->file, "%*s… and %zu more\n", HSY_CLI_SPREAD_INDENT, "", count - MOST_ARTICLES);
  free(sorted);
}

static void put_reasons(const hsy_cli_out *out, const json_t *row) {
  char *line;
  if (asprintf(&line, "original by: %s", hsy_cli_field(row, "because")) < 0) return;
  fprintf(out->file, "%*s", HSY_CLI_SPREAD_INDENT, "");
  hsy_cli_put_wrapped(out, line, HSY_CLI_SPREAD_INDENT);
  free(line);
}

static void put_group(const hsy_cli_out *out, const json_t *row) {
  const json_t *articles = json_object_get(row, "articles");
  long long count = (long long)json_array_size(articles);
  bool whole = json_is_true(json_object_get(row, "whole"));
  char share[16];
  snprintf(share, sizeof share, "%.0f%%", 100 * json_real_value(json_object_get(row, "containment")));
  hsy_cli_put_column(out, whole ? "copies" : "passages", HSY_CLI_SPREAD_INDENT, true);
  if (whole)
    fprintf(out->file, "%lld articles of one text, %s of the shorter at least\n", count, share);
  else
    fprintf(out->file, "%lld articles share a passage\n", count);
  put_words(out, hsy_cli_field(row, "words"));
  put_articles(out, row);
  put_reasons(out, row);
}

static bool on_row(void *user, const char *json, size_t len) {
  hsy_cli_session *session = user;
  json_t *row = json_loadb(json, len, JSON_ALLOW_NUL, NULL);
  put_group(&session->out, row);
  json_decref(row);
  return hsy_cli_put_done(&session->out);
}

static int run(const hsy_cli_options *options) {
  hsy_cli_session session;
  hsy_cli_session_init(&session, options);
  return hsy_cli_ask(&session, HEARSAY_COPIES, options->count ? options->args[0] : NULL, on_row, &session);
}

const hsy_cli_command hsy_cli_copies = {
    .name = "copies",
    .arguments = "[DOC]",
    .summary = "list articles that copy one another, with the likely original",
    .about = "Articles of one text stand in one group, whatever was cut or put around it; where\n"
             "only a passage is shared, the group says so. Below each article are the characters\n"
             "that others have too. DOC, an id, path or address: only groups that hold it.\n"
             "\n"
             "  hearsay copies --since 2025-05-01\n"
             "  hearsay copies examples/story/02-agency.txt\n",
    .takes = HSY_CLI_TAKES_STORE | HSY_CLI_TAKES_JSON | HSY_CLI_TAKES_PAGE | HSY_CLI_TAKES_SORT,
    .least = 0,
    .most = 1,
    .run = run,
};

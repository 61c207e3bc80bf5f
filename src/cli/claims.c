#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "cli/row.h"
#include "cli/session.h"

enum { INDENT = 18 };

/* "2 for (Per Oskarsen, Halvard Lien)" */
static void put_side(const hsy_cli_out *out, const json_t *row, const char *side) {
  char count[32], names[32];
  snprintf(count, sizeof count, "statements_%s", side);
  snprintf(names, sizeof names, "speakers_%s", side);
  const json_t *speakers = json_object_get(row, names);
  char *text = NULL;
  size_t size = 0;
  FILE *file = open_memstream(&text, &size);
  if (!file) return;
  fprintf(file, "%lld %s", (long long)hsy_cli_count(row, count), side);
  for (size_t i = 0; i < json_array_size(speakers); i++)
    fprintf(file, "%s%s", i ? ", " : ": ", json_string_value(json_array_get(speakers, i)));
  fclose(file);
  fprintf(out->file, "%*s", INDENT, "");
  hsy_cli_put_wrapped(out, text, INDENT);
  free(text);
}

static bool on_row(void *user, const char *json, size_t len) {
  hsy_cli_session *session = user;
  const hsy_cli_out *out = &session->out;
  json_t *row = json_loadb(json, len, JSON_ALLOW_NUL, NULL);
  hsy_cli_style_on(out, HSY_CLI_FAINT);
  hsy_cli_put_column(out, hsy_cli_field(row, "id"), INDENT, true);
  hsy_cli_style_on(out, HSY_CLI_STRONG);
  hsy_cli_put_wrapped(out, hsy_cli_field(row, "about"), INDENT);
  hsy_cli_style_on(out, HSY_CLI_PLAIN);
  put_side(out, row, "for");
  put_side(out, row, "against");
  fprintf(out->file, "%*sconfidence %.2f\n", INDENT, "", json_real_value(json_object_get(row, "confidence")));
  json_decref(row);
  return hsy_cli_put_done(out);
}

/* ---- why ---- */

/* "event: supply, sent; words: drones · Moscow, Russia; …": a line each. */
static void put_reasons(const hsy_cli_out *out, const char *why) {
  while (*why) {
    const char *end = strstr(why, "; ");
    size_t n = end ? (size_t)(end - why) : strlen(why);
    char *part = strndup(why, n);
    if (!part) return;
    fputs("  ", out->file);
    hsy_cli_put_wrapped(out, part, 2);
    free(part);
    why += end ? n + 2 : n;
  }
}

static bool same_letters(const char *a, const char *b, size_t n) {
  for (size_t i = 0; i < n; i++)
    if (tolower((unsigned char)a[i]) != tolower((unsigned char)b[i])) return false;
  return true;
}

static bool letter(char c) { return isalnum((unsigned char)c) || (unsigned char)c >= 0x80 || c == '-'; }

/* Whether the word stands among the matched ones, as the reasons list them. */
static bool matched(const char *why, const char *word, size_t n) {
  for (const char *at = why; *at; at++) {
    bool begins = letter(*at) && (at == why || !letter(at[-1]));
    if (begins && strlen(at) >= n && same_letters(at, word, n) && !letter(at[n])) return true;
  }
  return false;
}

/* The words of a statement, the matched ones in brackets. */
static char *marked(const char *text, const char *why) {
  char *result = NULL;
  size_t size = 0;
  FILE *file = open_memstream(&result, &size);
  if (!file) return NULL;
  while (*text) {
    size_t n = 0;
    while (letter(text[n])) n++;
    bool hit = n > 0 && matched(why, text, n);
    if (n == 0) n = 1;
    fprintf(file, hit ? "[%.*s]" : "%.*s", (int)n, text);
    text += n;
  }
  fclose(file);
  return result;
}

static void put_wordings(const hsy_cli_out *out, const json_t *row, const char *side) {
  const json_t *list = json_object_get(row, side);
  char *why = strdup(hsy_cli_field(row, "why"));
  /* Whose words a response was read of is told behind the matched ones. */
  char *quoted = why ? strstr(why, "; “") : NULL;
  if (quoted) *quoted = '\0';
  fprintf(out->file, "\n%s\n", side);
  for (size_t i = 0; why && i < json_array_size(list); i++) {
    const json_t *said = json_array_get(list, i);
    if (*hsy_cli_field(said, "folded_into")) continue;
    char *words = hsy_cli_pieces(json_object_get(said, "content_text")), *text = words ? marked(words, why) : NULL;
    const char *speaker = hsy_cli_field(said, "speaker"), *stance = hsy_cli_field(said, "stance");
    fputs("  ", out->file);
    hsy_cli_style_on(out, HSY_CLI_SOURCE);
    hsy_cli_put(out, *speaker ? speaker : "(nobody named)");
    hsy_cli_style_on(out, HSY_CLI_PLAIN);
    fprintf(out->file, " (%s)\n    ", stance);
    if (text) hsy_cli_put_wrapped(out, text, 4);
    free(text);
    free(words);
  }
  free(why);
}

static bool on_why(void *user, const char *json, size_t len) {
  hsy_cli_session *session = user;
  const hsy_cli_out *out = &session->out;
  json_t *row = json_loadb(json, len, JSON_ALLOW_NUL, NULL);
  hsy_cli_style_on(out, HSY_CLI_STRONG);
  hsy_cli_put_wrapped(out, hsy_cli_field(row, "about"), 0);
  hsy_cli_style_on(out, HSY_CLI_PLAIN);
  fputs("put together by\n", out->file);
  put_reasons(out, hsy_cli_field(row, "why"));
  put_wordings(out, row, "for");
  put_wordings(out, row, "against");
  json_decref(row);
  return hsy_cli_put_done(out);
}

static int run(const hsy_cli_options *options) {
  hsy_cli_session session;
  hsy_cli_session_init(&session, options);
  if (options->why) return hsy_cli_ask(&session, HEARSAY_CLAIM, options->why, on_why, &session);
  char *words = hsy_cli_joined(options);
  if (!words) return HSY_CLI_FAILED;
  int status = hsy_cli_ask(&session, HEARSAY_CLAIMS, *words ? words : NULL, on_row, &session);
  free(words);
  return status;
}

const hsy_cli_command hsy_cli_claims = {
    .name = "claims",
    .arguments = "[WORDS]",
    .summary = "list what statements disagree about, and who stands on which side",
    .about = "A claim is something that some hold true and others not. A row gives its id, what\n"
             "it is about, how many statements are for and against it and by whom, and how sure\n"
             "it is that they are about one thing; the surest come first. WORDS have to stand\n"
             "in what was said (in one of the 5,000 statements with the word that were added\n"
             "last), or be the name of who spoke.\n"
             "\n"
             "  hearsay claims river --min 0.6\n"
             "  hearsay claims --held-by-several     what several say and nobody disputes\n"
             "  hearsay claims --why 64d53ac0        the words by which it was put together\n"
             "  hearsay claim 64d53ac0               its two sides\n",
    .takes = HSY_CLI_TAKES_STORE | HSY_CLI_TAKES_JSON | HSY_CLI_TAKES_FILTER | HSY_CLI_TAKES_PAGE | HSY_CLI_TAKES_SORT |
             HSY_CLI_TAKES_WHY,
    .least = 0,
    .most = SIZE_MAX,
    .run = run,
};

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "cli/row.h"
#include "cli/session.h"

/* ---- the list ---- */

static void put_end(const hsy_cli_out *out, const json_t *row, const char *name, const char *kind, const char *count,
                    const char *titles) {
  char *called = hsy_cli_pieces(json_object_get(row, titles));
  hsy_cli_style_on(out, HSY_CLI_SOURCE);
  hsy_cli_put(out, hsy_cli_field(row, name));
  hsy_cli_style_on(out, HSY_CLI_PLAIN);
  fprintf(out->file, "  %s, said %lld", hsy_cli_field(row, kind), (long long)hsy_cli_count(row, count));
  if (called && *called) {
    fputs("  (", out->file);
    hsy_cli_put(out, called);
    putc(')', out->file);
  }
  putc('\n', out->file);
  free(called);
}

static void put_signs(const hsy_cli_out *out, const json_t *row, const char *list, const char *label) {
  size_t i;
  json_t *sign;
  json_array_foreach(json_object_get(row, list), i, sign) {
    fputs(i ? "; " : label, out->file);
    hsy_cli_put(out, json_string_value(sign));
  }
  if (i) putc('\n', out->file);
}

static bool print_double(void *user, const char *json, size_t len) {
  const hsy_cli_session *session = user;
  const hsy_cli_out *out = &session->out;
  json_t *row = json_loadb(json, len, JSON_ALLOW_NUL, NULL);
  fprintf(out->file, "%.2f  ", json_real_value(json_object_get(row, "chance")));
  put_end(out, row, "name_of_one", "kind_of_one", "attributions_of_one", "titles_of_one");
  fputs("      ", out->file);
  put_end(out, row, "name_of_other", "kind_of_other", "attributions_of_other", "titles_of_other");
  put_signs(out, row, "evidence", "      for: ");
  put_signs(out, row, "against", "      against: ");
  fprintf(out->file, "      %s\n", hsy_cli_field(row, "id"));
  json_decref(row);
  return hsy_cli_put_done(out);
}

/* ---- answers ---- */

typedef struct answering {
  hsy_cli_session session;
  json_t *rows; /* that are likely enough */
  uint64_t same, different, failed;
} answering;

static bool print_kept(void *user, const char *json, size_t len) {
  const hsy_cli_session *session = user;
  return !session->options->json || hsy_cli_put_json(&session->out, json, len);
}

static bool answer(answering *a, const char *one, const char *other, bool same) {
  hearsay_error err = {.offset = -1};
  bool ok = hearsay_answer_double(a->session.store, one, other, same, print_kept, &a->session, &err);
  if (ok)
    ++*(same ? &a->same : &a->different);
  else if (err.code != HEARSAY_STOPPED)
    hsy_cli_complain("%s %s %s: %s", same ? "same" : "different", one, other, err.message);
  a->failed += !ok;
  return err.code != HEARSAY_STOPPED && err.code != HEARSAY_STORE && err.code != HEARSAY_IO;
}

/* "same ID ID", "different ID ID"; what stands behind the ids, or a #, is a remark. */
static bool take_line(answering *a, char *line, uint64_t number) {
  char *rest = NULL, *word = strtok_r(line, " \t\r\n", &rest), *one, *other;
  if (!word || *word == '#') return true;
  bool same = !strcmp(word, "same");
  one = strtok_r(NULL, " \t\r\n", &rest);
  other = strtok_r(NULL, " \t\r\n", &rest);
  if (other && (same || !strcmp(word, "different"))) return answer(a, one, other, same);
  hsy_cli_complain("line %llu wants same ID ID or different ID ID", (unsigned long long)number);
  a->failed++;
  return true;
}

static bool take_file(answering *a, const char *path) {
  FILE *file = strcmp(path, "-") ? fopen(path, "r") : stdin;
  char *line = NULL;
  size_t size = 0;
  bool on = true;
  if (!file) {
    hsy_cli_complain("%s: cannot be read", path);
    a->failed++;
    return false;
  }
  for (uint64_t number = 1; on && getline(&line, &size, file) >= 0; number++) on = take_line(a, line, number);
  if (on && !feof(file)) { /* a line that finds no room looks like the end */
    hsy_cli_complain("%s: %s", path, strerror(errno));
    a->failed++;
    on = false;
  }
  free(line);
  if (file != stdin) fclose(file);
  return on;
}

static bool keep_row(void *user, const char *json, size_t len) {
  answering *a = user;
  return json_array_append_new(a->rows, json_loadb(json, len, JSON_ALLOW_NUL, NULL)) == 0;
}

static bool take_likely(answering *a, double least, hearsay_error *err) {
  hearsay_filter filter = {.min_confidence = least, .all = true};
  size_t i;
  json_t *row;
  if (!hearsay_ask(a->session.store, HEARSAY_DOUBLES, &filter, keep_row, a, err)) return false;
  json_array_foreach(a->rows, i, row) {
    if (!answer(a, hsy_cli_field(row, "one"), hsy_cli_field(row, "other"), true)) return false;
  }
  return true;
}

static int apply(const hsy_cli_options *options) {
  answering a = {.rows = json_array()};
  hearsay_error err = {.offset = -1};
  hsy_cli_session_init(&a.session, options);
  if (!hsy_cli_session_store(&a.session, false)) return hsy_cli_session_give_up(&a.session);
  bool ok = !options->apply || take_file(&a, options->apply);
  ok = ok && (options->apply_above <= 0 || take_likely(&a, options->apply_above, &err));
  ok = hearsay_settle(a.session.store, &err) && ok;
  if (!options->json)
    printf("%llu taken for one, %llu for two (hearsay corrections lists them)\n", (unsigned long long)a.same,
           (unsigned long long)a.different);
  json_decref(a.rows);
  a.session.failed = a.failed;
  return hsy_cli_session_close(&a.session, ok || !err.message[0], &err);
}

static int run(const hsy_cli_options *options) {
  if (options->apply || options->apply_above > 0) return apply(options);
  return hsy_cli_ask_words(options, HEARSAY_DOUBLES, print_double);
}

const hsy_cli_command hsy_cli_doubles = {
    .name = "doubles",
    .arguments = "[NAME]",
    .summary = "list entities that may be one, and take answers",
    .about = "The surest first, with what speaks for it and against it, and the two ids by which\n"
             "to answer. Answers are corrections of names: kept, never asked again, listed by\n"
             "`hearsay corrections`, and taken back there.\n"
             "\n"
             "  hearsay doubles Greve\n"
             "  hearsay doubles --apply answers.txt\n"
             "  hearsay doubles --apply-above 0.95\n"
             "\n"
             "A line of answers.txt:\n"
             "\n"
             "  same 0a1b2c3d4e5f6071 8192a3b4c5d6e7f8\n"
             "  different 0a1b2c3d4e5f6071 1122334455667788\n",
    .takes = HSY_CLI_TAKES_STORE | HSY_CLI_TAKES_JSON | HSY_CLI_TAKES_DOUBLES,
    .least = 0,
    .most = SIZE_MAX,
    .run = run,
};

#include "cli/correct.h"

#include <string.h>

#include "cli/row.h"

static const char *between(const char *kind) {
  static const struct {
    const char *kind, *words;
  } WORDS[] = {{"merge", "is also"}, {"split", "is not"}, {"alias", "is also called"}};
  for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++)
    if (!strcmp(WORDS[i].kind, kind)) return WORDS[i].words;
  return "";
}

void hsy_cli_put_correction(const hsy_cli_out *out, const json_t *row) {
  fprintf(out->file, "%4lld  ", (long long)hsy_cli_count(row, "number"));
  hsy_cli_style_on(out, HSY_CLI_SOURCE);
  hsy_cli_put(out, hsy_cli_field(row, "a"));
  hsy_cli_style_on(out, HSY_CLI_PLAIN);
  bool article = json_is_true(json_object_get(row, "article"));
  fprintf(out->file, " %s ", article ? "is another in" : between(hsy_cli_field(row, "kind")));
  hsy_cli_style_on(out, HSY_CLI_SOURCE);
  hsy_cli_put(out, hsy_cli_field(row, "b"));
  hsy_cli_style_on(out, HSY_CLI_PLAIN);
  putc('\n', out->file);
}

/* A name that nobody bears is no mistake: the articles may come yet. Of an
 * alias the new name need not stand anywhere. */
static void note_unknown(const json_t *row) {
  const json_t *unknown = json_object_get(row, "unknown");
  bool alias = !strcmp(hsy_cli_field(row, "kind"), "alias");
  for (size_t i = 0; i < json_array_size(unknown); i++) {
    const char *name = json_string_value(json_array_get(unknown, i));
    if (!name || (alias && !strcmp(name, hsy_cli_field(row, "b")))) continue;
    hsy_cli_complain("nobody in the record is called \"%s\" yet; it is kept for when somebody is", name);
  }
}

static bool on_row(void *user, const char *json, size_t len) {
  hsy_cli_session *session = user;
  json_t *row = json_loadb(json, len, JSON_ALLOW_NUL, NULL);
  if (session->options->json) {
    hsy_cli_put_json(&session->out, json, len);
  } else {
    hsy_cli_put_correction(&session->out, row);
    note_unknown(row);
  }
  json_decref(row);
  return hsy_cli_put_done(&session->out);
}

int hsy_cli_correct(const hsy_cli_options *options, hearsay_correction kind) {
  hsy_cli_session session;
  hsy_cli_session_init(&session, options);
  if (!hsy_cli_session_store(&session, false)) return hsy_cli_session_give_up(&session);
  hearsay_error err = {.offset = -1};
  const char *b = options->count > 1 ? options->args[1] : NULL;
  bool ok = hearsay_correct(session.store, kind, options->args[0], b, on_row, &session, &err);
  return hsy_cli_session_close(&session, ok, &err);
}

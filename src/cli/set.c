#include <stdlib.h>
#include <string.h>

#include "cli/row.h"
#include "cli/session.h"

static bool print_row(void *user, const char *json, size_t len) {
  hsy_cli_session *session = user;
  json_t *row = json_loadb(json, len, JSON_ALLOW_NUL, NULL);
  const hsy_cli_out *out = &session->out;
  if (session->options->json) {
    hsy_cli_put_json(out, json, len);
  } else {
    const char *was = hsy_cli_field(row, "was"), *value = hsy_cli_field(row, "value");
    fprintf(out->file, "%4lld  %s: ", (long long)hsy_cli_count(row, "number"), hsy_cli_field(row, "field"));
    hsy_cli_put(out, *value ? value : "(none)");
    fputs(*was ? " (was " : " (was not known", out->file);
    hsy_cli_put(out, was);
    fputs(")\n", out->file);
  }
  json_decref(row);
  return hsy_cli_put_done(&session->out);
}

static const char *who(void) {
  const char *names[] = {getenv("HEARSAY_REVIEWER"), getenv("USER"), "somebody"};
  int i = 0;
  while (!names[i] || !*names[i]) i++;
  return names[i];
}

/* "date=2025-03-14" */
static bool set_one(hsy_cli_session *session, const char *given, hearsay_error *err) {
  char field[16] = "";
  size_t len = strcspn(given, "=");
  memcpy(field, given, len < sizeof field ? len : sizeof field - 1);
  hearsay_mark mark = {.kind = "document",
                       .target = session->options->args[0],
                       .verdict = "corrected",
                       .field = field,
                       .value = given + len + (given[len] == '='),
                       .reviewer = who()};
  return hearsay_review(session->store, &mark, print_row, session, err);
}

static int run(const hsy_cli_options *options) {
  for (size_t i = 1; i < options->count; i++)
    if (!strchr(options->args[i], '=')) {
      hsy_cli_complain("%s: say it like date=2025-03-14 (title, outlet, date and author can be set)", options->args[i]);
      return HSY_CLI_USAGE;
    }
  hsy_cli_session session;
  hsy_cli_session_init(&session, options);
  if (!hsy_cli_session_store(&session, false)) return hsy_cli_session_give_up(&session);
  hearsay_error err = {.offset = -1};
  bool ok = true;
  for (size_t i = 1; i < options->count && ok; i++) ok = set_one(&session, options->args[i], &err);
  hearsay_error later = {.offset = -1};
  bool settled = hearsay_review_settle(session.store, &later); /* what was kept before one failed too */
  return hsy_cli_session_close(&session, ok && settled, ok ? &later : &err);
}

const hsy_cli_command hsy_cli_set = {
    .name = "set",
    .arguments = "DOC FIELD=VALUE…",
    .summary = "put an article's title, outlet, date or author right",
    .about = "DOC is an id, a path or an address; `hearsay list --without date` tells which\n"
             "articles have no day. What is set holds when the article is read again, goes with\n"
             "`export` and `import`, and is taken back by its number. Where the day is another,\n"
             "the days on which things were said are read anew. Authors are parted by \";\"; an\n"
             "empty value takes the field away.\n"
             "\n"
             "  hearsay set notes/fair.txt date=2025-03-14 outlet=\"Ludrey Echo\"\n"
             "  hearsay set notes/fair.txt author=\"Jana Piro; Otto Pell\"\n"
             "  hearsay review --marks\n"
             "  hearsay review --take-back 3\n",
    .takes = HSY_CLI_TAKES_STORE | HSY_CLI_TAKES_JSON,
    .least = 2,
    .most = SIZE_MAX,
    .run = run,
};

#include "cli/row.h"
#include "cli/session.h"

static bool print_check(void *user, const char *json, size_t len) {
  hsy_cli_session *session = user;
  if (session->options->json) return hsy_cli_put_json(&session->out, json, len);
  json_t *row = json_loadb(json, len, JSON_ALLOW_NUL, NULL);
  long long wrong = hsy_cli_count(row, "wrong");
  bool repaired = json_is_true(json_object_get(row, "repaired"));
  printf("%-13s ", hsy_cli_field(row, "check"));
  if (!wrong)
    puts("sound");
  else
    printf("%lld wrong%s: %s\n", wrong, repaired ? ", made anew" : "", hsy_cli_field(row, "about"));
  json_decref(row);
  return !ferror(stdout);
}

static int run(const hsy_cli_options *options) {
  hsy_cli_session session;
  hsy_cli_session_init(&session, options);
  if (!hsy_cli_session_store(&session, false)) return hsy_cli_session_give_up(&session);
  hearsay_error err = {.offset = -1};
  bool ok = hearsay_check(session.store, options->repair, print_check, &session, &session.failed, &err);
  return hsy_cli_session_close(&session, ok, &err);
}

const hsy_cli_command hsy_cli_check = {
    .name = "check",
    .arguments = "",
    .summary = "whether the record is whole",
    .about = "Looks at the file, at rows that refer to others, at places in texts, at the\n"
             "full text and at ids. The exit status is 1 where something is wrong. --repair\n"
             "makes anew what can be made from the rest; an article whose own rows are\n"
             "damaged has to be read again with `hearsay add --replace`.\n"
             "\n"
             "  hearsay check --repair\n",
    .takes = HSY_CLI_TAKES_STORE | HSY_CLI_TAKES_JSON | HSY_CLI_TAKES_REPAIR,
    .least = 0,
    .most = 0,
    .run = run,
};

#include "cli/session.h"

static bool print_row(void *user, const char *json, size_t len) {
  hsy_cli_session *session = user;
  return hsy_cli_put_json(&session->out, json, len);
}

static int run(const hsy_cli_options *options) {
  hsy_cli_session session;
  hsy_cli_session_init(&session, options);
  if (!hsy_cli_session_engine(&session)) return hsy_cli_session_give_up(&session);
  hsy_cli_session_confine(&session, false);
  hearsay_run how = hsy_cli_session_run(&session, print_row);
  hearsay_error err = {.offset = -1};
  bool ok = hearsay_read(session.engine, options->args, options->count, &how, &session.failed, &err);
  return hsy_cli_session_close(&session, ok, &err);
}

const hsy_cli_command hsy_cli_read = {
    .name = "read",
    .arguments = "FILE…",
    .summary = "print the text and metadata of articles, without tagging: one JSON object an article",
    .about = "What the program takes for the article, before it looks for speech in it. With\n"
             "--explain each block says why it was kept or set aside, and each field where it\n"
             "was found.\n"
             "\n"
             "  hearsay read page.html | jq -r .text\n"
             "  hearsay read --explain page.html | jq '.blocks[] | select(.tagged | not)'\n",
    .takes = HSY_CLI_TAKES_FILES | HSY_CLI_TAKES_EXPLAIN,
    .least = 1,
    .most = SIZE_MAX,
    .run = run,
};

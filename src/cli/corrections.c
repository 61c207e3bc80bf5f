#include "cli/correct.h"

static bool on_row(void *user, const char *json, size_t len) {
  hsy_cli_session *session = user;
  json_t *row = json_loadb(json, len, JSON_ALLOW_NUL, NULL);
  hsy_cli_put_correction(&session->out, row);
  json_decref(row);
  return hsy_cli_put_done(&session->out);
}

static int take_back(hsy_cli_session *session) {
  hearsay_error err = {.offset = -1};
  if (!hsy_cli_session_store(session, false)) return hsy_cli_session_give_up(session);
  bool ok = hearsay_correct_back(session->store, session->options->take_back, &err);
  if (ok && !session->options->json) printf("took back %lld\n", (long long)session->options->take_back);
  return hsy_cli_session_close(session, ok, &err);
}

static int run(const hsy_cli_options *options) {
  hsy_cli_session session;
  hsy_cli_session_init(&session, options);
  if (options->take_back) return take_back(&session);
  return hsy_cli_ask(&session, HEARSAY_CORRECTIONS, NULL, on_row, &session);
}

const hsy_cli_command hsy_cli_corrections = {
    .name = "corrections",
    .arguments = "",
    .summary = "list what was said with merge, split and alias, or take it back",
    .about = "One a line, with the number by which it is taken back.\n"
             "\n"
             "  hearsay corrections\n"
             "  hearsay corrections --take-back 3\n",
    .takes = HSY_CLI_TAKES_STORE | HSY_CLI_TAKES_JSON | HSY_CLI_TAKES_TAKE_BACK,
    .least = 0,
    .most = 0,
    .run = run,
};

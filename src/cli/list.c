#include "cli/row.h"
#include "cli/session.h"

static bool on_row(void *user, const char *json, size_t len) {
  hsy_cli_session *session = user;
  json_t *row = json_loadb(json, len, JSON_ALLOW_NUL, NULL);
  hsy_cli_put_document(&session->out, row);
  json_decref(row);
  return hsy_cli_put_done(&session->out);
}

static int run(const hsy_cli_options *options) {
  hsy_cli_session session;
  hsy_cli_session_init(&session, options);
  return hsy_cli_ask(&session, HEARSAY_LIST, NULL, on_row, &session);
}

const hsy_cli_command hsy_cli_list = {
    .name = "list",
    .arguments = "",
    .summary = "list the articles of the record",
    .about = "By day of publication: headline, file, outlet, how many attributions.\n"
             "\n"
             "  hearsay list --outlet \"Harbour Post\" --since 2025-05-01\n",
    .takes = HSY_CLI_TAKES_WITHOUT | HSY_CLI_TAKES_STORE | HSY_CLI_TAKES_JSON | HSY_CLI_TAKES_PAGE | HSY_CLI_TAKES_SORT,
    .least = 0,
    .most = 0,
    .run = run,
};

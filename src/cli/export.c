#include "cli/session.h"

static bool print_row(void *user, const char *json, size_t len) { return hsy_cli_put_json(user, json, len); }

static int run(const hsy_cli_options *options) {
  hsy_cli_session session;
  hsy_cli_session_init(&session, options);
  if (!hsy_cli_session_store(&session, false)) return hsy_cli_session_give_up(&session);
  hearsay_error err = {.offset = -1};
  const char *format = options->format ? options->format : "jsonl";
  bool ok = hearsay_export(session.store, format, print_row, &session.out, &err);
  return hsy_cli_session_close(&session, ok, &err);
}

const hsy_cli_command hsy_cli_export = {
    .name = "export",
    .arguments = "",
    .summary = "print the whole record, for other programs",
    .about = "One JSON object a line, each with its type and id; docs/format.md lists the\n"
             "fields. The record does not depend on the order in which articles were added.\n"
             "\n"
             "  hearsay export | jq -r 'select(.type == \"attribution\") | .speaker' | sort | uniq -c\n",
    .takes = HSY_CLI_TAKES_STORE | HSY_CLI_TAKES_FORMAT,
    .least = 0,
    .most = 0,
    .run = run,
};

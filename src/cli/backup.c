#include "cli/session.h"

static int run(const hsy_cli_options *options) {
  hsy_cli_session session;
  hsy_cli_session_init(&session, options);
  if (!hsy_cli_session_store(&session, false)) return hsy_cli_session_give_up(&session);
  hearsay_error err = {.offset = -1};
  bool ok = hearsay_backup(session.store, options->args[0], &err);
  return hsy_cli_session_close(&session, ok, &err);
}

const hsy_cli_command hsy_cli_backup = {
    .name = "backup",
    .arguments = "FILE",
    .summary = "copy the record into a new file, also while it is in use",
    .about = "The copy is the record at one moment, whole or not there; FILE must not exist.\n"
             "Copying the file itself would miss what stands in its log.\n"
             "\n"
             "  hearsay backup /safe/record-2025-05-04.db\n",
    .takes = HSY_CLI_TAKES_STORE,
    .least = 1,
    .most = 1,
    .run = run,
};

#include "cli/session.h"

static int run(const hsy_cli_options *options) {
  hsy_cli_session session;
  hsy_cli_session_init(&session, options);
  if (!hsy_cli_session_store(&session, false)) return hsy_cli_session_give_up(&session);
  hearsay_error err = {.offset = -1};
  uint64_t removed = 0;
  bool ok = hearsay_remove(session.store, options->args, options->count, &removed, &err);
  if (ok && options->json) printf("{\"removed\":%llu}\n", (unsigned long long)removed);
  if (ok && !options->json) printf("removed %llu\n", (unsigned long long)removed);
  return hsy_cli_session_close(&session, ok, &err);
}

const hsy_cli_command hsy_cli_remove = {
    .name = "remove",
    .arguments = "DOC…",
    .summary = "take articles out of the record, by id, path or address",
    .about = "Where one of the names is not in the record nothing is taken out.\n"
             "\n"
             "  hearsay remove articles/draft.txt\n",
    .takes = HSY_CLI_TAKES_STORE | HSY_CLI_TAKES_JSON,
    .least = 1,
    .most = SIZE_MAX,
    .run = run,
};

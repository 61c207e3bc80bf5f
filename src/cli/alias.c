#include "cli/correct.h"

static int run(const hsy_cli_options *options) { return hsy_cli_correct(options, HEARSAY_ALIAS); }

const hsy_cli_command hsy_cli_alias = {
    .name = "alias",
    .arguments = "NAME ALIAS",
    .summary = "say that somebody is also called so, and by which name to list them",
    .about = "As `merge`, but it goes by the first name, and `hearsay who ALIAS` finds it even\n"
             "where no article says ALIAS.\n"
             "\n"
             "  hearsay alias \"Corran Dyes\" \"the dye works\"\n",
    .takes = HSY_CLI_TAKES_STORE | HSY_CLI_TAKES_JSON,
    .least = 2,
    .most = 2,
    .run = run,
};

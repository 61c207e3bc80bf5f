#include "cli/correct.h"

static int run(const hsy_cli_options *options) { return hsy_cli_correct(options, HEARSAY_MERGE); }

const hsy_cli_command hsy_cli_merge = {
    .name = "merge",
    .arguments = "NAME NAME",
    .summary = "say that two names are one person's, body's or place's",
    .about = "Everybody who is called by either name is one from now on, also in articles that\n"
             "are added, replaced or read again later. It goes by the fuller of the names; use\n"
             "`alias` to say by which. `hearsay corrections` lists what was said.\n"
             "\n"
             "  hearsay merge \"Anton Greve\" \"A. Greve\"\n",
    .takes = HSY_CLI_TAKES_STORE | HSY_CLI_TAKES_JSON,
    .least = 2,
    .most = 2,
    .run = run,
};

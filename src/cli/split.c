#include "cli/correct.h"

static int run(const hsy_cli_options *options) { return hsy_cli_correct(options, HEARSAY_SPLIT); }

const hsy_cli_command hsy_cli_split = {
    .name = "split",
    .arguments = "NAME [NAME|DOC]",
    .summary = "say that two names, or one name in two articles, are not one's",
    .about = "With a second name: who is called so is another than the first. With an article\n"
             "(id, path or address): who is called NAME there is another than elsewhere. With\n"
             "neither: all other names that were put together with NAME are others'.\n"
             "\n"
             "  hearsay split \"Nadia Volk\" Volk\n"
             "  hearsay split \"J. Lien\" articles/tide-118.html\n",
    .takes = HSY_CLI_TAKES_STORE | HSY_CLI_TAKES_JSON,
    .least = 1,
    .most = 2,
    .run = run,
};


#include "cli/row.h"
#include "cli/session.h"

static bool on_row(void *user, const char *json, size_t len) {
  hsy_cli_session *session = user;
  json_t *row = json_loadb(json, len, JSON_ALLOW_NUL, NULL);
  hsy_cli_put_attribution(&session->out, row);
  json_decref(row);
  return hsy_cli_put_done(&session->out);
}

static int run(const hsy_cli_options *options) { return hsy_cli_ask_words(options, HEARSAY_WHO, on_row); }

const hsy_cli_command hsy_cli_who = {
    .name = "who",
    .arguments = "[NAME]",
    .summary = "list what a speaker said, with where each row comes from",
    .about = "Without a name: what everybody said. A row gives the day on which it was said\n"
             "(in brackets the article's, where the article does not tell), the speaker, the\n"
             "words that report it, stance and kind; below them what was said, and the file\n"
             "with the characters that hold it. A speaker behind › stands inside another's\n"
             "speech.\n"
             "\n"
             "  hearsay who Marten\n"
             "  hearsay who \"the ministry\" --stance deny --since 2025-05-01\n",
    .takes = HSY_CLI_TAKES_STORE | HSY_CLI_TAKES_JSON | HSY_CLI_TAKES_FILTER | HSY_CLI_TAKES_THOUGHTS |
             HSY_CLI_TAKES_PAGE | HSY_CLI_TAKES_SORT,
    .least = 0,
    .most = SIZE_MAX,
    .run = run,
};

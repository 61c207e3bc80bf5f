#include <string.h>

#include "cli/row.h"
#include "cli/session.h"

static void put_snippet(const hsy_cli_out *out, const char *snippet) {
  enum { INDENT = 13 };
  if (!*snippet) return;
  fprintf(out->file, "%*s", INDENT, "");
  hsy_cli_put_wrapped(out, snippet, INDENT);
}

static bool on_row(void *user, const char *json, size_t len) {
  hsy_cli_session *session = user;
  json_t *row = json_loadb(json, len, JSON_ALLOW_NUL, NULL);
  if (!strcmp(hsy_cli_field(row, "type"), "document")) {
    hsy_cli_put_document(&session->out, row);
    put_snippet(&session->out, hsy_cli_field(row, "snippet"));
  } else {
    hsy_cli_put_attribution(&session->out, row);
  }
  json_decref(row);
  return hsy_cli_put_done(&session->out);
}

static int run(const hsy_cli_options *options) {
  return hsy_cli_ask_words(options, options->like ? HEARSAY_LIKE : HEARSAY_SEARCH, on_row);
}

const hsy_cli_command hsy_cli_search = {
    .name = "search",
    .arguments = "WORDS",
    .summary = "find what was said, and articles, by their words",
    .about = "All of the words have to be there, in any order. Of words that more than 5,000\n"
             "statements (or articles) hold, the 5,000 that were added last are looked at; with\n"
             "--until or --outlet, the 5,000 up to the last article asked for.\n"
             "\n"
             "With --like the words are a sentence, and what was said comes by meaning, whatever\n"
             "its words: ten statements without --limit, of articles read by the deep engine.\n"
             "\n"
             "  hearsay search bridge inspection\n"
             "  hearsay search --like the bridge is not safe\n"
             "  hearsay search bridge --speaker ministry --limit 5\n",
    .takes = HSY_CLI_TAKES_STORE | HSY_CLI_TAKES_JSON | HSY_CLI_TAKES_FILTER | HSY_CLI_TAKES_THOUGHTS |
             HSY_CLI_TAKES_PAGE | HSY_CLI_TAKES_SORT | HSY_CLI_TAKES_LIKE,
    .least = 1,
    .most = SIZE_MAX,
    .run = run,
};

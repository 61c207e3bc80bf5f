#include "cli/session.h"

static bool print_row(void *user, const char *json, size_t len) {
  hsy_cli_session *session = user;
  return hsy_cli_put_json(&session->out, json, len);
}

static int run(const hsy_cli_options *options) {
  hsy_cli_session session;
  hsy_cli_session_init(&session, options);
  if (!hsy_cli_session_engine(&session)) return hsy_cli_session_give_up(&session);
  hsy_cli_session_confine(&session, false);
  hearsay_run how = hsy_cli_session_run(&session, print_row);
  hearsay_error err = {.offset = -1};
  bool ok = hearsay_extract(session.engine, options->args, options->count, &how, &session.failed, &err);
  return hsy_cli_session_close(&session, ok, &err);
}

const hsy_cli_command hsy_cli_extract = {
    .name = "extract",
    .arguments = "FILE…",
    .summary = "print who says what in articles, without a store: one JSON object an article",
    .about = "Files are plain text, HTML, JSON lines, CSV, feeds, news formats, crawls (WARC),\n"
             "or archives of these, told by their content; folders are walked; - is standard\n"
             "input. Rows come in the order of the files, however many\n"
             "threads there are. docs/format.md lists their fields.\n"
             "\n"
             "  hearsay extract articles/*.txt | jq -r '.attributions[].content_text[0]'\n"
             "  curl -s https://example.org/news.html | hearsay extract -\n",
    .takes = HSY_CLI_TAKES_FILES | HSY_CLI_TAKES_TIMES,
    .least = 1,
    .most = SIZE_MAX,
    .run = run,
};

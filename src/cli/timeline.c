#include <stdlib.h>
#include <string.h>

#include "cli/row.h"
#include "cli/session.h"

/* Rows are kept until a page of them is there: a lane ends at the last row of
 * its speaker, which has to be known before. */
enum { PAGE = 2000, LANES = 12, NAME_COLUMNS = 22, DAY_COLUMNS = 13 };

typedef struct lane {
  const char *speaker; /* a row's */
  int first, last;     /* rows */
} lane;

typedef struct timeline {
  hsy_cli_session *session;
  json_t *rows[PAGE];
  int count;
  lane lanes[LANES]; /* the last takes all that had no room */
  int lane_count;
} timeline;

static const json_t *said(const timeline *t, int row) { return json_object_get(t->rows[row], "attribution"); }

static int lane_of(const timeline *t, int row) {
  const char *speaker = hsy_cli_field(said(t, row), "speaker");
  for (int i = 0; i < t->lane_count; i++)
    if (!strcmp(t->lanes[i].speaker, speaker)) return i;
  return t->lane_count < LANES ? t->lane_count : LANES - 1;
}

static void lay_out(timeline *t) {
  t->lane_count = 0;
  for (int row = 0; row < t->count; row++) {
    int i = lane_of(t, row);
    if (i == t->lane_count) t->lanes[t->lane_count++] = (lane){hsy_cli_field(said(t, row), "speaker"), row, row};
    t->lanes[i].last = row;
  }
}

static void put_lanes(const timeline *t, int row) {
  FILE *file = t->session->out.file;
  int own = lane_of(t, row);
  for (int i = 0; i < t->lane_count; i++) {
    bool runs = t->lanes[i].first < row && row < t->lanes[i].last;
    fputs(i == own ? "●" : runs ? "│" : " ", file);
  }
  fputs("  ", file);
}

static void put_row(const timeline *t, int row) {
  const hsy_cli_out *out = &t->session->out;
  const json_t *attribution = said(t, row);
  char day[32], manner[96];
  const char *speaker = hsy_cli_field(attribution, "speaker");
  const char *on = hsy_cli_field(t->rows[row], "said_on");
  snprintf(day, sizeof day, *on ? " %.10s" : "(%.10s)", *on ? on : hsy_cli_field(t->rows[row], "day"));
  if (!*on && !*hsy_cli_field(t->rows[row], "day")) *day = '\0';
  hsy_cli_put_column(out, day, DAY_COLUMNS, true);
  put_lanes(t, row);
  hsy_cli_style_on(out, HSY_CLI_SOURCE);
  hsy_cli_put_column(out, *speaker ? speaker : "(nobody named)", NAME_COLUMNS, true);
  hsy_cli_style_on(out, HSY_CLI_PLAIN);
  long long reports = (long long)hsy_cli_count(t->rows[row], "reports");
  snprintf(manner, sizeof manner, reports > 1 ? "  %s ×%lld: " : "  %s: ", hsy_cli_field(attribution, "stance"),
           reports);
  hsy_cli_put(out, manner);
  int left = out->width - DAY_COLUMNS - t->lane_count - 2 - NAME_COLUMNS - hsy_cli_text_width(manner);
  char *words = hsy_cli_pieces(json_object_get(attribution, "content_text"));
  if (words) hsy_cli_put_column(out, words, left > 20 ? left : 20, false);
  free(words);
  putc('\n', out->file);
}

static bool flush(timeline *t) {
  lay_out(t);
  for (int row = 0; row < t->count; row++) put_row(t, row);
  for (int row = 0; row < t->count; row++) json_decref(t->rows[row]);
  t->count = 0;
  return hsy_cli_put_done(&t->session->out);
}

static bool on_row(void *user, const char *json, size_t len) {
  timeline *t = user;
  json_t *row = json_loadb(json, len, JSON_ALLOW_NUL, NULL);
  if (row) t->rows[t->count++] = row;
  return t->count < PAGE || flush(t);
}

static int run(const hsy_cli_options *options) {
  hsy_cli_session session;
  hsy_cli_session_init(&session, options);
  timeline *t = calloc(1, sizeof *t);
  char *words = t ? hsy_cli_joined(options) : NULL;
  int status = HSY_CLI_FAILED;
  if (words) {
    t->session = &session;
    status = hsy_cli_ask(&session, HEARSAY_TIMELINE, *words ? words : NULL, on_row, t);
    if (t->count && !flush(t)) status = HSY_CLI_FAILED;
  }
  free(words);
  free(t);
  return status;
}

const hsy_cli_command hsy_cli_timeline = {
    .name = "timeline",
    .arguments = "[WORDS]",
    .summary = "list statements by day, one a line, each speaker in a lane",
    .about = "The statements that hold the words, by the day on which they were said (in brackets\n"
             "the article's, where it does not tell): a lane for each speaker, stance, how many\n"
             "reports there are of it (×3), and the words as far as the line holds them. Without\n"
             "words: all statements. Words are looked for as by `hearsay search`: of more than\n"
             "5,000 statements that hold them, in the 5,000 added last. `--json` gives the words\n"
             "whole and where they stand.\n"
             "\n"
             "  hearsay timeline river\n"
             "  hearsay timeline --speaker \"Per Oskarsen\" --since 2025-05\n",
    .takes = HSY_CLI_TAKES_STORE | HSY_CLI_TAKES_JSON | HSY_CLI_TAKES_FILTER | HSY_CLI_TAKES_PAGE | HSY_CLI_TAKES_SORT,
    .least = 0,
    .most = SIZE_MAX,
    .run = run,
};

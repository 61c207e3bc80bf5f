#include <stdlib.h>
#include <string.h>

#include "cli/column.h"
#include "cli/row.h"
#include "cli/session.h"

enum { WIDE = 100, RULE = 3 }; /* columns from which the sides stand side by side, and between them */

/* The text, which it frees; NULL: no memory. */
static void add(hsy_cli_column *column, hsy_cli_style style, char *text, int indent) {
  if (!text) column->failed = true;
  if (text) hsy_cli_column_add(column, style, text, indent);
  free(text);
}

static char *joined(const char *a, const char *between, const char *b) {
  char *text;
  return asprintf(&text, "%s%s%s", a, *a && *b ? between : "", b) < 0 ? NULL : text;
}

/* " (+2 copies, +1 report)" */
static void folded(const json_t *row, char *text, size_t size) {
  long long copies = (long long)hsy_cli_count(row, "copies"), others = (long long)hsy_cli_count(row, "other_reports");
  char first[32] = "", second[32] = "";
  if (copies) snprintf(first, sizeof first, "+%lld cop%s", copies, copies == 1 ? "y" : "ies");
  if (others) snprintf(second, sizeof second, "+%lld report%s", others, others == 1 ? "" : "s");
  snprintf(text, size, copies || others ? " (%s%s%s)" : "", first, copies && others ? ", " : "", second);
}

static void add_report(hsy_cli_column *column, const json_t *row) {
  char day[32], fold[80];
  const char *speaker = hsy_cli_field(row, "speaker");
  hsy_cli_day(row, day, sizeof day);
  folded(row, fold, sizeof fold);
  add(column, HSY_CLI_SOURCE, joined(day, *day == '(' ? " " : "  ", *speaker ? speaker : "(nobody named)"), 2);
  char *chain = hsy_cli_chain(row), *words = hsy_cli_pieces(json_object_get(row, "content_text"));
  add(column, HSY_CLI_CUE, joined(hsy_cli_field(row, "stance"), "  ", chain ? chain : ""), 2);
  add(column, HSY_CLI_CONTENT, joined(words ? words : "", "", fold), 0);
  char *place = hsy_cli_place(row);
  add(column, HSY_CLI_FAINT, joined(place ? place : "", "  #", hsy_cli_short_id(row)), 2);
  hsy_cli_column_add(column, HSY_CLI_PLAIN, "", 0);
  free(place);
  free(words);
  free(chain);
}

static hsy_cli_column side_of(const json_t *row, const char *side, const char *head, int width) {
  hsy_cli_column column = {.width = width};
  char title[48], count[32];
  snprintf(count, sizeof count, "statements_%s", side);
  long long all = (long long)hsy_cli_count(row, count), shown = 0;
  snprintf(title, sizeof title, "%s (%lld)", head, all);
  hsy_cli_column_add(&column, HSY_CLI_STRONG, title, 0);
  hsy_cli_column_add(&column, HSY_CLI_PLAIN, "", 0);
  const json_t *list = json_object_get(row, side);
  for (size_t i = 0; i < json_array_size(list); i++) {
    const json_t *report = json_array_get(list, i);
    if (*hsy_cli_field(report, "folded_into")) continue;
    add_report(&column, report);
    shown++;
  }
  snprintf(title, sizeof title, "… %lld more", all - shown);
  if (shown < all) hsy_cli_column_add(&column, HSY_CLI_FAINT, title, 0);
  return column;
}

static void put_page(const hsy_cli_out *out, const json_t *row) {
  bool wide = out->width >= WIDE;
  int width = wide ? (out->width - RULE) / 2 : out->width;
  hsy_cli_style_on(out, HSY_CLI_STRONG);
  hsy_cli_put_wrapped(out, hsy_cli_field(row, "about"), 0);
  hsy_cli_style_on(out, HSY_CLI_PLAIN);
  fprintf(out->file, "claim %s  confidence %.2f\n\n", hsy_cli_field(row, "id"),
          json_real_value(json_object_get(row, "confidence")));
  hsy_cli_column pro = side_of(row, "for", "FOR", width), con = side_of(row, "against", "AGAINST", width);
  if (pro.failed || con.failed) {
    hsy_cli_complain("out of memory");
  } else if (wide) {
    hsy_cli_put_columns(out, &pro, &con);
  } else {
    hsy_cli_put_column_lines(out, &pro);
    hsy_cli_put_column_lines(out, &con);
  }
  hsy_cli_column_free(&pro);
  hsy_cli_column_free(&con);
}

static bool on_row(void *user, const char *json, size_t len) {
  hsy_cli_session *session = user;
  json_t *row = json_loadb(json, len, JSON_ALLOW_NUL, NULL);
  if (row) put_page(&session->out, row);
  json_decref(row);
  return hsy_cli_put_done(&session->out);
}

static int show(const hsy_cli_options *options) {
  enum { SHOWN = 40 }; /* statements a side, where a person reads and said no limit */
  hsy_cli_options asked = *options;
  if (!asked.limit && !asked.json) asked.limit = SHOWN;
  hsy_cli_session session;
  hsy_cli_session_init(&session, &asked);
  return hsy_cli_ask(&session, HEARSAY_CLAIM, options->args[0], on_row, &session);
}

/* ---- what a person puts right ---- */

static const struct {
  const char *name;
  hearsay_side side;
} SIDES[] = {{"for", HEARSAY_SIDE_FOR},
             {"against", HEARSAY_SIDE_AGAINST},
             {"none", HEARSAY_SIDE_NONE},
             {"auto", HEARSAY_SIDE_AUTO}};
enum { SIDE_COUNT = sizeof SIDES / sizeof *SIDES };

static int usage(const char *wants) {
  hsy_cli_complain("claim %s; see `hearsay claim --help`", wants);
  return HSY_CLI_USAGE;
}

static int end(hsy_cli_session *session, bool ok, const hearsay_error *err) {
  if (ok) puts(session->options->json ? "{\"kept\":true}" : "kept; the claims are made anew");
  return hsy_cli_session_close(session, ok, err);
}

/* claim [CLAIM] --side ID SIDE */
static int set_side(const hsy_cli_options *options) {
  const char *said = options->count ? options->args[options->count - 1] : "";
  int i = 0;
  while (i < SIDE_COUNT && strcmp(SIDES[i].name, said) != 0) i++;
  if (i == SIDE_COUNT) return usage("--side ID wants for, against, none or auto behind it");
  hsy_cli_session session;
  hearsay_error err = {.offset = -1};
  hsy_cli_session_init(&session, options);
  if (!hsy_cli_session_store(&session, false)) return hsy_cli_session_give_up(&session);
  const char *claim = options->count > 1 ? options->args[0] : NULL;
  return end(&session, hearsay_claim_side(session.store, claim, options->side, SIDES[i].side, &err), &err);
}

/* claim --not-same ID ID */
static int set_same(const hsy_cli_options *options, const char *one, bool same) {
  hsy_cli_session session;
  hearsay_error err = {.offset = -1};
  if (options->count != 1) return usage(same ? "--same wants two ids" : "--not-same wants two ids");
  hsy_cli_session_init(&session, options);
  if (!hsy_cli_session_store(&session, false)) return hsy_cli_session_give_up(&session);
  return end(&session, hearsay_claim_same(session.store, one, options->args[0], same, &err), &err);
}

static int run(const hsy_cli_options *options) {
  if (!!options->side + !!options->not_same + !!options->same > 1) return usage("puts one thing right at a time");
  if (options->side) return set_side(options);
  if (options->not_same) return set_same(options, options->not_same, false);
  if (options->same) return set_same(options, options->same, true);
  return options->count == 1 ? show(options) : usage("wants one ID");
}

const hsy_cli_command hsy_cli_claim = {
    .name = "claim",
    .arguments = "ID",
    .summary = "print a claim with who is for it and who against, by time",
    .about = "ID is a claim's, as `hearsay claims` shows it, or the first six digits or more of\n"
             "it. Each statement gives the day on which it was said (in brackets the\n"
             "article's), the speaker, the stance, through whom it came and to whom it was\n"
             "said, the words, and the file with the characters that hold them. Further reports\n"
             "of the same statement are counted behind the words: (+2 copies, +1 report). From\n"
             "100 columns on the sides stand side by side.\n"
             "\n"
             "  hearsay claim 64d53ac0\n"
             "  hearsay claim 64d53ac0 --speaker ministry --json\n"
             "\n"
             "What was put together wrongly can be put right, and stays so when articles are\n"
             "added or read anew. The ten digits behind # name a statement:\n"
             "\n"
             "  hearsay claim --not-same d70fa481be e56f40749f   these are not about one claim\n"
             "  hearsay claim --side e56f40749f none             it takes no side\n"
             "  hearsay claim 64d53ac0 --side e56f40749f for     and it belongs to this claim\n",
    .takes = HSY_CLI_TAKES_STORE | HSY_CLI_TAKES_JSON | HSY_CLI_TAKES_FILTER | HSY_CLI_TAKES_PAGE |
             HSY_CLI_TAKES_CORRECT_CLAIM,
    .least = 0, /* what is wanted is told above */
    .most = 2,
    .run = run,
};

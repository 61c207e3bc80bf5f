#include <stdlib.h>
#include <string.h>

#include "cli/row.h"
#include "cli/session.h"

/* ---- tables of figures ---- */

typedef struct figure {
  const char *field, *heading;
  int width;
} figure;

static const figure SPEAKER_FIGURES[] = {{"attributions", "said", 6}, {"statements", "statements", 11},
                                         {"articles", "articles", 9}, {"outlets", "outlets", 8},
                                         {"direct", "direct", 7},     {NULL, NULL, 0}};
static const figure OUTLET_FIGURES[] = {{"articles", "articles", 8},      {"attributions", "said", 7},
                                        {"statements", "statements", 11}, {"speakers", "speakers", 9},
                                        {"direct", "direct", 7},          {NULL, NULL, 0}};

typedef struct printing {
  hsy_cli_session session;
  const figure *figures;
  const char *name, *unknown; /* the field that names a row; what is said where it is null */
  bool headed;
} printing;

static void put_headings(const printing *p) {
  const hsy_cli_out *out = &p->session.out;
  hsy_cli_style_on(out, HSY_CLI_FAINT);
  for (const figure *f = p->figures; f->field; f++) fprintf(out->file, "%*s", f->width, f->heading);
  fprintf(out->file, "  %-21s  %s\n", "first to last day", p->name);
  hsy_cli_style_on(out, HSY_CLI_PLAIN);
}

/* "2025-05-02…2025-05-09" */
static void put_days(const hsy_cli_out *out, const json_t *row) {
  const char *first = hsy_cli_field(row, "first"), *last = hsy_cli_field(row, "last");
  hsy_cli_put_column(out, first, 10, true);
  fputs(*first ? "…" : " ", out->file);
  hsy_cli_put_column(out, last, 10, true);
}

static bool on_row(void *user, const char *json, size_t len) {
  printing *p = user;
  const hsy_cli_out *out = &p->session.out;
  json_t *row = json_loadb(json, len, JSON_ALLOW_NUL, NULL);
  if (!p->headed) put_headings(p);
  p->headed = true;
  for (const figure *f = p->figures; f->field; f++)
    fprintf(out->file, "%*lld", f->width, (long long)hsy_cli_count(row, f->field));
  fputs("  ", out->file);
  put_days(out, row);
  fputs("  ", out->file);
  const char *name = hsy_cli_field(row, p->name), *gender = hsy_cli_field(row, "gender");
  hsy_cli_style_on(out, HSY_CLI_SOURCE);
  hsy_cli_put(out, *name ? name : p->unknown);
  hsy_cli_style_on(out, HSY_CLI_FAINT);
  if (*gender) fprintf(out->file, " (%s, by %s)", gender, hsy_cli_field(row, "gender_basis"));
  hsy_cli_style_on(out, HSY_CLI_PLAIN);
  putc('\n', out->file);
  json_decref(row);
  return hsy_cli_put_done(out);
}

static int ask(const hsy_cli_options *options, printing *p, hearsay_question question) {
  hsy_cli_session_init(&p->session, options);
  char *words = hsy_cli_joined(options);
  if (!words) return HSY_CLI_FAILED;
  int status = hsy_cli_ask(&p->session, question, *words ? words : NULL, on_row, p);
  free(words);
  return status;
}

static int run_speakers(const hsy_cli_options *options) {
  printing p = {.figures = SPEAKER_FIGURES, .name = "name", .unknown = "nobody named"};
  return ask(options, &p, HEARSAY_SPEAKERS);
}

static int run_outlets(const hsy_cli_options *options) {
  printing p = {.figures = OUTLET_FIGURES, .name = "outlet", .unknown = "no outlet"};
  return ask(options, &p, HEARSAY_OUTLETS);
}

enum {
  TAKES = HSY_CLI_TAKES_STORE | HSY_CLI_TAKES_JSON | HSY_CLI_TAKES_FILTER | HSY_CLI_TAKES_THOUGHTS |
          HSY_CLI_TAKES_PAGE | HSY_CLI_TAKES_SORT
};

const hsy_cli_command hsy_cli_speakers = {
    .name = "speakers",
    .arguments = "[WORDS]",
    .summary = "who speaks most: a table",
    .about = "Counted over what the filter fits: attributions, statements (a statement that\n"
             "several articles report counts once), articles, outlets, how many in all direct\n"
             "quotation, the first and the last day. --json and --csv have besides: kinds,\n"
             "stances, and whether pronouns, a title or a given name tell a man (m) or a woman (f),\n"
             "by which of the three. WORDS: only names that hold them.\n"
             "\n"
             "  hearsay speakers --limit 20\n"
             "  hearsay speakers --outlet \"Harbour Post\" --sort statements --csv > speakers.csv\n",
    .takes = TAKES,
    .least = 0,
    .most = SIZE_MAX,
    .run = run_speakers,
};

const hsy_cli_command hsy_cli_outlets = {
    .name = "outlets",
    .arguments = "[WORDS]",
    .summary = "outlets with their articles and shares: a table",
    .about = "Counted over what the filter fits: articles, attributions, statements, speakers, how\n"
             "many in all direct quotation, the first and the last day. --json and --csv have\n"
             "besides: stances, and the shares of what is direct and of what has a speaker.\n"
             "\n"
             "  hearsay outlets --sort share_named --limit 10\n"
             "  hearsay outlets --speaker Marten --csv\n",
    .takes = TAKES,
    .least = 0,
    .most = SIZE_MAX,
    .run = run_outlets,
};

/* ---- two beside one another ---- */

static void put_side(const hsy_cli_out *out, const json_t *row, const char *which) {
  enum { INDENT = 18 };
  char side[32], first[32];
  snprintf(side, sizeof side, "side_of_%s", which);
  snprintf(first, sizeof first, "first_of_%s", which);
  const json_t *report = json_object_get(row, first);
  char day[32], *words = hsy_cli_pieces(json_object_get(report, "content_text"));
  hsy_cli_day(report, day, sizeof day);
  fputs("  ", out->file);
  hsy_cli_put_column(out, day, 13, true);
  hsy_cli_style_on(out, HSY_CLI_SOURCE);
  hsy_cli_put(out, hsy_cli_field(row, which));
  hsy_cli_style_on(out, HSY_CLI_PLAIN);
  fprintf(out->file, ", %s: ", hsy_cli_field(row, side));
  hsy_cli_put(out, hsy_cli_field(report, "stance"));
  fprintf(out->file, "\n%*s", INDENT, "");
  hsy_cli_put_wrapped(out, words && *words ? words : "(no words)", INDENT);
  free(words);
}

static bool on_pair(void *user, const char *json, size_t len) {
  hsy_cli_session *session = user;
  const hsy_cli_out *out = &session->out;
  json_t *row = json_loadb(json, len, JSON_ALLOW_NUL, NULL);
  hsy_cli_put_column(out, hsy_cli_field(row, "relation"), 9, true);
  hsy_cli_style_on(out, HSY_CLI_STRONG);
  hsy_cli_put_wrapped(out, hsy_cli_field(row, "about"), 9);
  hsy_cli_style_on(out, HSY_CLI_PLAIN);
  put_side(out, row, "one");
  put_side(out, row, "other");
  json_decref(row);
  return hsy_cli_put_done(out);
}

static int run_pairs(const hsy_cli_options *options) {
  hsy_cli_session session;
  char *names = NULL;
  hsy_cli_session_init(&session, options);
  if (asprintf(&names, "%s\n%s", options->args[0], options->args[1]) < 0) return HSY_CLI_FAILED;
  int status = hsy_cli_ask(&session, HEARSAY_PAIRS, names, on_pair, &session);
  free(names);
  return status;
}

const hsy_cli_command hsy_cli_pairs = {
    .name = "pairs",
    .arguments = "A B",
    .summary = "what two speakers hold against one another, and what with",
    .about = "Claims on which both take a side: where they are on opposite sides first, then\n"
             "where they agree; the first report of each.\n"
             "\n"
             "  hearsay pairs Marten \"fishermen's union\"\n"
             "  hearsay pairs Marten Greve --count\n",
    .takes = TAKES,
    .least = 2,
    .most = 2,
    .run = run_pairs,
};

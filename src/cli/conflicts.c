#include "cli/conflicts.h"

#include <string.h>

#include "cli/row.h"
#include "cli/session.h"

static const struct {
  const char *relation, *told;
} RELATIONS[] = {{"denies", "says it is not so"}, {"figures", "gives another figure"}, {"update", "knows more later"}};

static const char *told(const char *relation) {
  for (size_t i = 0; i < sizeof RELATIONS / sizeof *RELATIONS; i++)
    if (!strcmp(RELATIONS[i].relation, relation)) return RELATIONS[i].told;
  return relation;
}

void hsy_cli_put_conflict(const hsy_cli_out *out, const json_t *row) {
  const json_t *sides = json_object_get(row, "attributions");
  hsy_cli_style_on(out, HSY_CLI_STRONG);
  hsy_cli_put_wrapped(out, hsy_cli_field(row, "about"), 0);
  hsy_cli_style_on(out, HSY_CLI_PLAIN);
  fprintf(out->file, "%s: one side %s  claim %s  confidence %.2f\n", hsy_cli_field(row, "relation"),
          told(hsy_cli_field(row, "relation")), hsy_cli_field(row, "claim"),
          json_real_value(json_object_get(row, "confidence")));
  for (size_t i = 0; i < json_array_size(sides); i++) hsy_cli_put_attribution(out, json_array_get(sides, i));
  putc('\n', out->file);
}

static bool print(hsy_cli_session *session, const char *json, size_t len,
                  void (*put)(const hsy_cli_out *out, const json_t *row)) {
  json_t *row = json_loadb(json, len, JSON_ALLOW_NUL, NULL);
  put(&session->out, row);
  json_decref(row);
  return hsy_cli_put_done(&session->out);
}

static bool on_conflict(void *user, const char *json, size_t len) {
  return print(user, json, len, hsy_cli_put_conflict);
}

static int run_conflicts(const hsy_cli_options *options) {
  return hsy_cli_ask_words(options, HEARSAY_CONFLICTS, on_conflict);
}

const hsy_cli_command hsy_cli_conflicts = {
    .name = "conflicts",
    .arguments = "[WORDS]",
    .summary = "list pairs of statements that cannot both be so",
    .about = "Two statements on opposite sides of a claim, with how they stand to one another:\n"
             "denies (one says that it is not so), figures (they give different figures for one\n"
             "thing), update (the later only knows more). The surest come first, 16 pairs of\n"
             "one claim at most; `hearsay claim ID` shows all of its statements.\n"
             "\n"
             "  hearsay conflicts --speaker Corran --min 0.6\n"
             "  hearsay conflicts --claim 64d53ac0 --json\n",
    .takes = HSY_CLI_TAKES_STORE | HSY_CLI_TAKES_JSON | HSY_CLI_TAKES_FILTER | HSY_CLI_TAKES_PAGE | HSY_CLI_TAKES_SORT |
             HSY_CLI_TAKES_CLAIM,
    .least = 0,
    .most = SIZE_MAX,
    .run = run_conflicts,
};

void hsy_cli_put_shift(const hsy_cli_out *out, const json_t *row) {
  const char *speaker = hsy_cli_field(row, "speaker");
  hsy_cli_style_on(out, HSY_CLI_SOURCE);
  hsy_cli_put(out, *speaker ? speaker : "(nobody named)");
  hsy_cli_style_on(out, HSY_CLI_PLAIN);
  fputs(" on: ", out->file);
  hsy_cli_style_on(out, HSY_CLI_STRONG);
  hsy_cli_put_wrapped(out, hsy_cli_field(row, "about"), 4);
  hsy_cli_style_on(out, HSY_CLI_PLAIN);
  fprintf(out->file, "claim %s  confidence %.2f\nbefore\n", hsy_cli_field(row, "claim"),
          json_real_value(json_object_get(row, "confidence")));
  hsy_cli_put_attribution(out, json_object_get(row, "before"));
  fputs("after\n", out->file);
  hsy_cli_put_attribution(out, json_object_get(row, "after"));
  putc('\n', out->file);
}

static bool on_shift(void *user, const char *json, size_t len) { return print(user, json, len, hsy_cli_put_shift); }

static int run_shifts(const hsy_cli_options *options) { return hsy_cli_ask_words(options, HEARSAY_SHIFTS, on_shift); }

const hsy_cli_command hsy_cli_shifts = {
    .name = "shifts",
    .arguments = "[NAME]",
    .summary = "list who was on one side of a claim and later on the other",
    .about = "Speaker, claim, and a statement of each side with its day and words. A body changes\n"
             "position whoever spoke for it, a person only by what they said themselves.\n"
             "\n"
             "  hearsay shifts\n"
             "  hearsay shifts \"Corran Dyes\" --since 2025-05\n",
    .takes = HSY_CLI_TAKES_STORE | HSY_CLI_TAKES_JSON | HSY_CLI_TAKES_FILTER | HSY_CLI_TAKES_PAGE | HSY_CLI_TAKES_SORT |
             HSY_CLI_TAKES_CLAIM,
    .least = 0,
    .most = SIZE_MAX,
    .run = run_shifts,
};

#include <string.h>

#include "cli/row.h"
#include "cli/session.h"
#include "cli/spread.h"

static void put_variant(const hsy_cli_out *out, const json_t *statement, const json_t *variant) {
  const json_t *report = hsy_cli_report(statement, hsy_cli_field(variant, "attribution"));
  bool differs = json_is_true(json_object_get(variant, "differs"));
  if (!report) return;
  hsy_cli_put_report(out, differs ? "differs" : "agrees", report, true);
  hsy_cli_put_ops(out, variant);
}

/* Those that agree are left out, unless all were asked for. */
static void put_variants(const hsy_cli_out *out, const json_t *statement, bool all) {
  const json_t *variants = json_object_get(statement, "variants");
  const json_t *base = hsy_cli_report(statement, hsy_cli_field(json_array_get(variants, 0), "base"));
  hsy_cli_put_statement(out, statement);
  if (base) hsy_cli_put_report(out, "against", base, true);
  for (size_t i = 0; i < json_array_size(variants); i++) {
    const json_t *variant = json_array_get(variants, i);
    if (all || json_is_true(json_object_get(variant, "differs"))) put_variant(out, statement, variant);
  }
}

static bool on_row(void *user, const char *json, size_t len) {
  hsy_cli_session *session = user;
  json_t *row = json_loadb(json, len, JSON_ALLOW_NUL, NULL);
  put_variants(&session->out, row, session->options->all);
  json_decref(row);
  return hsy_cli_put_done(&session->out);
}

static int run(const hsy_cli_options *options) { return hsy_cli_ask_words(options, HEARSAY_VARIANTS, on_row); }

const hsy_cli_command hsy_cli_variants = {
    .name = "variants",
    .arguments = "[NAME]",
    .summary = "list statements that are quoted in differing words, with what was changed",
    .about = "Quotations of one statement are held against the fullest of them, word by word.\n"
             "Listed are those whose words were altered; spelling, marks, [insertions], what\n"
             "an ellipsis stands for and words cut at either end are no difference. With --all\n"
             "also those that agree. Without a name: of everybody.\n"
             "\n"
             "  hearsay variants\n"
             "  hearsay variants Marten --all\n",
    .takes = HSY_CLI_TAKES_STORE | HSY_CLI_TAKES_JSON | HSY_CLI_TAKES_FILTER | HSY_CLI_TAKES_PAGE | HSY_CLI_TAKES_SORT |
             HSY_CLI_TAKES_VARIANTS,
    .least = 0,
    .most = SIZE_MAX,
    .run = run,
};

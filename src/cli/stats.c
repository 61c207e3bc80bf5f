#include "cli/row.h"
#include "cli/session.h"

static void put_counts(const hsy_cli_out *out, const json_t *object, int indent) {
  const char *key;
  json_t *value;
  json_object_foreach((json_t *)object, key, value) {
    fprintf(out->file, "%*s", indent, "");
    hsy_cli_put_column(out, key, 24 - indent, !json_is_object(value));
    if (json_is_object(value)) {
      putc('\n', out->file);
      put_counts(out, value, indent + 2);
      continue;
    }
    if (json_is_integer(value)) fprintf(out->file, "%10lld", (long long)json_integer_value(value));
    if (json_is_real(value)) fprintf(out->file, "%10.2f", json_real_value(value));
    if (json_is_string(value)) hsy_cli_put(out, json_string_value(value));
    putc('\n', out->file);
  }
}

static bool on_row(void *user, const char *json, size_t len) {
  hsy_cli_session *session = user;
  json_t *row = json_loadb(json, len, JSON_ALLOW_NUL, NULL);
  json_object_del(row, "type");
  put_counts(&session->out, row, 0);
  json_decref(row);
  return hsy_cli_put_done(&session->out);
}

static int run(const hsy_cli_options *options) {
  hsy_cli_session session;
  hsy_cli_session_init(&session, options);
  return hsy_cli_ask(&session, HEARSAY_STATS, NULL, on_row, &session);
}

const hsy_cli_command hsy_cli_stats = {
    .name = "stats",
    .arguments = "",
    .summary = "count what is in the record",
    .about = "  hearsay stats --json | jq .documents\n",
    .takes = HSY_CLI_TAKES_STORE | HSY_CLI_TAKES_JSON,
    .least = 0,
    .most = 0,
    .run = run,
};

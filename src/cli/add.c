#include <string.h>

#include "cli/row.h"
#include "cli/session.h"

typedef struct tally {
  uint64_t added, same, addresses, replaced, attributions;
  uint64_t unread, no_day, no_outlet, no_text; /* of those that came in */
} tally;

static void count_lacks(tally *counts, const json_t *row) {
  if (json_is_false(json_object_get(row, "read"))) counts->unread++;
  size_t i;
  json_t *lack;
  json_array_foreach(json_object_get(row, "without"), i, lack) {
    const char *name = json_string_value(lack);
    counts->no_day += !strcmp(name, "date");
    counts->no_outlet += !strcmp(name, "outlet");
    counts->no_text += !strcmp(name, "text");
  }
}

static void count_row(tally *counts, const char *json, size_t len) {
  json_t *row = json_loadb(json, len, JSON_ALLOW_NUL, NULL);
  const char *state = hsy_cli_field(row, "state");
  if (!strcmp(state, "added")) counts->added++;
  if (!strcmp(state, "same")) counts->same++;
  if (!strcmp(state, "address")) counts->addresses++;
  if (!strcmp(state, "replaced")) counts->replaced++;
  if (strcmp(state, "same") && strcmp(state, "address"))
    counts->attributions += (uint64_t)hsy_cli_count(row, "attributions");
  count_lacks(counts, row);
  json_decref(row);
}

/* hearsay_run has one `user` for all callbacks: the session stands first. */
typedef struct add_session {
  hsy_cli_session session;
  tally counts;
} add_session;

static bool on_row(void *user, const char *json, size_t len) {
  add_session *add = user;
  count_row(&add->counts, json, len);
  return !add->session.options->json || hsy_cli_put_json(&add->session.out, json, len);
}

static void print_tally(const tally *counts, uint64_t failed) {
  printf("added %llu", (unsigned long long)counts->added);
  if (counts->replaced) printf(", read %llu anew", (unsigned long long)counts->replaced);
  if (counts->same) printf(", %llu there already", (unsigned long long)counts->same);
  unsigned long long elsewhere = counts->addresses;
  if (elsewhere) printf(", %llu there already from another address", elsewhere);
  if (failed) printf(", %llu could not be read", (unsigned long long)failed);
  unsigned long long found = counts->attributions;
  printf(" (%llu attribution%s)\n", found, found == 1 ? "" : "s");
}

static int say_count(int said, uint64_t count, const char *what) {
  if (count) printf("%s%llu %s", said ? ", " : "of these ", (unsigned long long)count, what);
  return said || count;
}

/* What is stored and not read, or not placed: one line, where there is any. */
static void print_lacks(const tally *counts) {
  int said = say_count(0, counts->unread, "in a language that is not read");
  said = say_count(said, counts->no_day, "without a day");
  said = say_count(said, counts->no_outlet, "without an outlet");
  said = say_count(said, counts->no_text, "without text");
  if (said) printf(" (hearsay list --without date, outlet, text, speech)\n");
}

static int run(const hsy_cli_options *options) {
  add_session add = {0};
  hsy_cli_session *session = &add.session;
  hsy_cli_session_init(session, options);
  if (!hsy_cli_session_engine(session)) return hsy_cli_session_give_up(session);
  hearsay_error err = {.offset = -1};
  if (!hsy_cli_session_store(session, true)) return hsy_cli_session_give_up(session);
  hsy_cli_session_confine(session, true);
  hearsay_run how = hsy_cli_session_run(session, on_row);
  bool ok = hearsay_add(session->store, session->engine, options->args, options->count, &how, &session->failed, &err);
  int status = hsy_cli_session_close(session, ok, &err);
  if (!options->json && (ok || add.counts.added)) {
    print_tally(&add.counts, session->failed);
    print_lacks(&add.counts);
  }
  return status;
}

const hsy_cli_command hsy_cli_add = {
    .name = "add",
    .arguments = "FILE…",
    .summary = "read articles into the record",
    .about = "Files are plain text, HTML, JSON lines, CSV, feeds, news formats, crawls (WARC),\n"
             "or archives of these, told by their content; folders are walked; - is standard\n"
             "input. An article that is there already is passed over: the\n"
             "same address (or path) with the same bytes. A file that cannot be read is named\n"
             "and skipped, and the exit status is 1.\n"
             "\n"
             "  hearsay add articles/ wire.jsonl\n"
             "  hearsay add --published 2025-05-04 scanned/*.txt\n",
    .takes = HSY_CLI_TAKES_STORE | HSY_CLI_TAKES_FILES | HSY_CLI_TAKES_REPLACE | HSY_CLI_TAKES_JSON,
    .least = 1,
    .most = SIZE_MAX,
    .run = run,
};

/* ---- records that were exported ---- */

static int run_import(const hsy_cli_options *options) {
  add_session add = {0};
  hsy_cli_session *session = &add.session;
  hearsay_error err = {.offset = -1};
  hsy_cli_session_init(session, options);
  if (!hsy_cli_session_store(session, true)) return hsy_cli_session_give_up(session);
  hearsay_run how = hsy_cli_session_run(session, on_row);
  bool ok = hearsay_import(session->store, options->args, options->count, &how, &session->failed, &err);
  int status = hsy_cli_session_close(session, ok, &err);
  if (!options->json && (ok || add.counts.added)) print_tally(&add.counts, session->failed);
  return status;
}

const hsy_cli_command hsy_cli_import = {
    .name = "import",
    .arguments = "FILE…",
    .summary = "take what `export` wrote, or another store, into the record",
    .about = "FILE is JSON lines as `hearsay export` prints them (- is standard input), a folder\n"
             "that it wrote for brat, with what was changed there, or another store. Articles\n"
             "that are there already stay as they are; nothing is tagged again. What people put\n"
             "right comes along.\n"
             "\n"
             "  hearsay import other.db\n"
             "  hearsay export --store old.db | hearsay import -\n",
    .takes = HSY_CLI_TAKES_STORE | HSY_CLI_TAKES_JSON,
    .least = 1,
    .most = SIZE_MAX,
    .run = run_import,
};

#include <errno.h>
#include <fts.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "cli/conflicts.h"
#include "cli/row.h"
#include "cli/session.h"

enum { EVERY_USUAL = 5 }; /* seconds */

/* hearsay_run has one `user` for all callbacks: the session stands first. */
typedef struct watching {
  hsy_cli_session session;
  json_t *found; /* path → what it looked like in the last round */
  json_t *taken; /* path → what it looked like when it was read */
  json_t *fresh; /* ids of articles that came in while we watch */
  json_t *told;  /* pairs of attributions that were printed */
  uint64_t came, printed;
} watching;

static volatile sig_atomic_t stopped;

static void stop(int number) {
  (void)number;
  stopped = 1;
}

static void on_signals(void) {
  struct sigaction how = {.sa_handler = stop};
  sigaction(SIGINT, &how, NULL);
  sigaction(SIGTERM, &how, NULL);
}

/* ---- what is there ---- */

static bool is_hidden(const FTSENT *entry) { return entry->fts_level > 0 && entry->fts_name[0] == '.'; }

/* A file is read when it looked the same in two rounds: what is still being written waits. */
static void look_at(watching *w, const FTSENT *entry, bool at_once, json_t *ready) {
  char looks[80];
  const struct stat *is = entry->fts_statp;
  snprintf(looks, sizeof looks, "%lld.%09ld %lld", (long long)is->st_mtim.tv_sec, is->st_mtim.tv_nsec,
           (long long)is->st_size);
  const char *last = hsy_cli_field(w->found, entry->fts_path), *taken = hsy_cli_field(w->taken, entry->fts_path);
  bool settled = at_once || !strcmp(last, looks);
  json_object_set_new(w->found, entry->fts_path, json_string(looks));
  if (!settled || !strcmp(taken, looks)) return;
  json_object_set_new(w->taken, entry->fts_path, json_string(looks));
  json_array_append_new(ready, json_string(entry->fts_path));
}

/* The paths that have to be read; NULL where none could be looked at. */
static json_t *look(watching *w, bool at_once) {
  const hsy_cli_options *o = w->session.options;
  FTS *walk = fts_open((char *const *)o->args, FTS_PHYSICAL | FTS_COMFOLLOW | FTS_NOCHDIR, NULL);
  if (!walk) {
    hsy_cli_complain("%s", strerror(errno));
    return NULL;
  }
  json_t *ready = json_array();
  for (FTSENT *entry; !stopped && (entry = fts_read(walk));) {
    if (is_hidden(entry))
      fts_set(walk, entry, FTS_SKIP);
    else if (entry->fts_info == FTS_F)
      look_at(w, entry, at_once, ready);
    else if (entry->fts_info == FTS_NS && entry->fts_level == 0)
      hsy_cli_complain("%s: %s", entry->fts_path, strerror(entry->fts_errno));
  }
  fts_close(walk);
  return ready;
}

/* ---- reading it ---- */

static bool on_article(void *user, const char *json, size_t len) {
  watching *w = user;
  json_t *row = json_loadb(json, len, JSON_ALLOW_NUL, NULL);
  if (strcmp(hsy_cli_field(row, "state"), "same") != 0 && strcmp(hsy_cli_field(row, "state"), "address") != 0) {
    json_object_set_new(w->fresh, hsy_cli_field(row, "id"), json_true());
    w->came++;
  }
  json_decref(row);
  return !stopped;
}

static bool take(watching *w, const json_t *ready, hearsay_error *err) {
  size_t count = json_array_size(ready);
  const char **paths = calloc(count + 1, sizeof *paths);
  hearsay_run how = hsy_cli_session_run(&w->session, on_article);
  uint64_t failed = 0; /* is said, and not the end of watching */
  if (!paths) return false;
  for (size_t i = 0; i < count; i++) paths[i] = json_string_value(json_array_get(ready, i));
  bool ok = hearsay_add(w->session.store, w->session.engine, paths, count, &how, &failed, err);
  free(paths);
  w->session.failed += failed;
  return ok;
}

/* ---- what follows from it ---- */

static bool is_fresh(const watching *w, const json_t *attribution) {
  return json_object_get(w->fresh, hsy_cli_field(attribution, "document")) != NULL;
}

static bool tell(watching *w, const char *json, size_t len, const json_t *row, const json_t *one, const json_t *other,
                 void (*put)(const hsy_cli_out *out, const json_t *row)) {
  char pair[160];
  snprintf(pair, sizeof pair, "%.78s %.78s", hsy_cli_field(one, "id"), hsy_cli_field(other, "id"));
  if ((!is_fresh(w, one) && !is_fresh(w, other)) || json_object_get(w->told, pair)) return true;
  json_object_set_new(w->told, pair, json_true());
  w->printed++;
  if (w->session.options->json) return hsy_cli_put_json(&w->session.out, json, len);
  put(&w->session.out, row);
  fflush(w->session.out.file);
  return hsy_cli_put_done(&w->session.out);
}

static bool on_conflict(void *user, const char *json, size_t len) {
  json_t *row = json_loadb(json, len, JSON_ALLOW_NUL, NULL);
  const json_t *pair = json_object_get(row, "attributions");
  bool on = tell(user, json, len, row, json_array_get(pair, 0), json_array_get(pair, 1), hsy_cli_put_conflict);
  json_decref(row);
  return on;
}

static bool on_shift(void *user, const char *json, size_t len) {
  json_t *row = json_loadb(json, len, JSON_ALLOW_NUL, NULL);
  bool on =
      tell(user, json, len, row, json_object_get(row, "before"), json_object_get(row, "after"), hsy_cli_put_shift);
  json_decref(row);
  return on;
}

static bool tell_news(watching *w, hearsay_error *err) {
  const hsy_cli_options *o = w->session.options;
  hearsay_filter filter = {.speaker = o->speaker, .min_confidence = o->min_confidence};
  return hearsay_ask(w->session.store, HEARSAY_CONFLICTS, &filter, on_conflict, w, err) &&
         hearsay_ask(w->session.store, HEARSAY_SHIFTS, &filter, on_shift, w, err);
}

/* ---- round after round ---- */

static bool go_round(watching *w, bool at_once, hearsay_error *err) {
  uint64_t before = w->came;
  json_t *ready = look(w, at_once);
  bool ok = ready != NULL;
  if (ok && json_array_size(ready) && !stopped) ok = take(w, ready, err) && (w->came == before || tell_news(w, err));
  json_decref(ready);
  return ok;
}

static int run(const hsy_cli_options *options) {
  watching w = {.found = json_object(), .taken = json_object(), .fresh = json_object(), .told = json_object()};
  hsy_cli_session *session = &w.session;
  hearsay_error err = {.offset = -1};
  int64_t every = options->every ? options->every : EVERY_USUAL;
  hsy_cli_session_init(session, options);
  if (!hsy_cli_session_engine(session) || !hsy_cli_session_store(session, true))
    return hsy_cli_session_give_up(session);
  hsy_cli_session_confine(session, true);
  on_signals();
  bool ok = go_round(&w, options->once, &err);
  while (ok && !stopped && !options->once) {
    struct timespec pause = {.tv_sec = (time_t)(every > 86400 ? 86400 : every)};
    nanosleep(&pause, NULL);
    if (!stopped) ok = go_round(&w, false, &err);
  }
  if (stopped) ok = true; /* as it was asked to */
  int status = hsy_cli_session_close(session, ok, &err);
  if (!options->json)
    fprintf(stderr, "%llu articles came, %llu contradictions and changes of position\n", (unsigned long long)w.came,
            (unsigned long long)w.printed);
  json_decref(w.found);
  json_decref(w.taken);
  json_decref(w.fresh);
  json_decref(w.told);
  return status;
}

const hsy_cli_command hsy_cli_watch = {
    .name = "watch",
    .arguments = "FILE…",
    .summary = "read what comes into a folder, and print new contradictions and shifts",
    .about = "FILE is a folder, or a file that grows, as a feed that another program fetches. What\n"
             "is there, and what comes or changes, is read into the record as by `add`; each\n"
             "contradiction and each change of position that a new article brings is printed\n"
             "once. It ends with Ctrl-C, or with --once when all that is there is read.\n"
             "\n"
             "  hearsay watch inbox/ --speaker Marten\n"
             "  hearsay watch inbox/ --json | while read -r row; do notify \"$row\"; done\n",
    .takes = HSY_CLI_TAKES_STORE | HSY_CLI_TAKES_FILES | HSY_CLI_TAKES_JSON | HSY_CLI_TAKES_WATCH,
    .least = 1,
    .most = SIZE_MAX,
    .run = run,
};

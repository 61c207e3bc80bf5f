#include "cli/session.h"

#include <errno.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static double seconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void complain_of(const char *where, const hearsay_error *err) {
  const char *message = err->message[0] ? err->message : "failed";
  const char *colon = where ? ": " : "";
  if (!where) where = "";
  if (err->offset >= 0) {
    hsy_cli_complain("%s%sbyte %lld: %s", where, colon, (long long)err->offset, message);
  } else {
    hsy_cli_complain("%s%s%s", where, colon, message);
  }
}

void hsy_cli_session_init(hsy_cli_session *session, const hsy_cli_options *options) {
  *session = (hsy_cli_session){.options = options, .out = hsy_cli_out_to(stdout), .began = seconds()};
}

bool hsy_cli_reader(const hsy_cli_options *options, hearsay_reader *reader) {
  const char *env = getenv("HEARSAY_ENGINE"), *name = options->engine;
  if (!name) name = env && *env ? env : "deep";
  *reader = strcmp(name, "fast") ? HEARSAY_DEEP : HEARSAY_FAST;
  if (*reader == HEARSAY_FAST || !strcmp(name, "deep")) return true;
  hsy_cli_complain("%s wants deep or fast, not \"%s\"", options->engine ? "--engine" : "HEARSAY_ENGINE", name);
  return false;
}

bool hsy_cli_session_engine(hsy_cli_session *session) {
  hearsay_error err = {.offset = -1};
  hearsay_reader reader;
  if (!hsy_cli_reader(session->options, &reader)) return false;
  session->engine = hearsay_engine_new(session->options->model, reader, &err);
  if (!session->engine) complain_of(session->options->model, &err);
  return session->engine;
}

/* ---- the store's place ---- */

char *hsy_cli_store_path(const hsy_cli_options *options) {
  const char *said = options->store;
  const char *env = getenv("HEARSAY_STORE"), *data = getenv("XDG_DATA_HOME"), *home = getenv("HOME");
  if (said) return strdup(said);
  if (env && *env) return strdup(env);
  char *path = NULL;
  int n = data && *data == '/' ? asprintf(&path, "%s/hearsay/hearsay.db", data)
                               : asprintf(&path, "%s/.local/share/hearsay/hearsay.db", home && *home ? home : ".");
  return n < 0 ? NULL : path;
}

static bool make_folders(char *path) {
  for (char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
    *slash = '\0';
    bool made = !mkdir(path, 0777) || errno == EEXIST;
    if (!made) hsy_cli_complain("%s: %s", path, strerror(errno));
    *slash = '/';
    if (!made) return false;
  }
  return true;
}

static bool is_named(const hsy_cli_options *options) {
  const char *env = getenv("HEARSAY_STORE");
  return options->store || (env && *env);
}

bool hsy_cli_store_folders(const hsy_cli_options *options, char *path) {
  return is_named(options) || make_folders(path);
}

bool hsy_cli_session_store(hsy_cli_session *session, bool create) {
  char *path = hsy_cli_store_path(session->options);
  if (!path) {
    hsy_cli_complain("out of memory");
    return false;
  }
  if (!create && access(path, F_OK)) {
    hsy_cli_complain("%s: no store there; `hearsay add FILE…` makes one", path);
  } else if (!create || hsy_cli_store_folders(session->options, path)) {
    hearsay_error err = {.offset = -1};
    session->store = hearsay_store_open(path, create, &err);
    bool named_there = !strncmp(err.message, path, strlen(path));
    if (!session->store) complain_of(named_there ? NULL : path, &err);
  }
  free(path);
  return session->store;
}

/* ---- a run: problems and progress ---- */

static void wipe_bar(hsy_cli_session *session) {
  if (session->bar) fputs("\r\033[K", stderr);
  session->bar = false;
}

static void on_problem(void *user, const char *where, const hearsay_error *problem) {
  wipe_bar(user);
  complain_of(where, problem);
}

static void on_note(void *user, const char *message) {
  wipe_bar(user);
  hsy_cli_complain("%s", message);
}

static void draw_bar(uint64_t articles, uint64_t bytes, uint64_t total, double spent) {
  enum { CELLS = 24 };
  double share = total ? (double)bytes / (double)total : 0, rate = spent > 0 ? (double)bytes / spent / 1e6 : 0;
  if (share > 1) share = 1;
  fputs("\r\033[K", stderr);
  if (total) {
    int full = (int)(share * CELLS);
    fputc('[', stderr);
    for (int i = 0; i < CELLS; i++) fputc(i < full ? '#' : '.', stderr);
    fprintf(stderr, "] %3d%%  ", (int)(share * 100));
  }
  fprintf(stderr, "%llu articles  %.1f MB  %.1f MB/s", (unsigned long long)articles, (double)bytes / 1e6, rate);
  if (total && share > 0.02) fprintf(stderr, "  %.0f s left", spent / share * (1 - share));
  fflush(stderr);
}

/* Short work and work that is read by a program go without. */
static void on_progress(void *user, uint64_t articles, uint64_t bytes, uint64_t total) {
  hsy_cli_session *session = user;
  double now = seconds(), spent = now - session->began;
  if (spent < 1 || now - session->drawn < 0.1 || isatty(STDERR_FILENO) != 1) return;
  session->drawn = now;
  session->bar = true;
  draw_bar(articles, bytes, total, spent);
}

void hsy_cli_session_confine(const hsy_cli_session *session, bool store) {
  const char *wanted = getenv("HEARSAY_CONFINE");
  if (wanted && !strcmp(wanted, "no")) return;
  char *path = store ? hsy_cli_store_path(session->options) : NULL;
  if (!store || path) hearsay_confine(path);
  free(path);
}

hearsay_run hsy_cli_session_run(hsy_cli_session *session, hearsay_row_fn on_row) {
  const hsy_cli_options *o = session->options;
  bool shares_terminal = session->out.terminal; /* rows would run through the bar */
  return (hearsay_run){
      .threads = (int)(o->threads > 256 ? 256 : o->threads),
      .published = o->published,
      .title = o->title,
      .outlet = o->outlet,
      .max_text = (size_t)o->max_text,
      .times = o->times,
      .explain = o->explain,
      .replace = o->replace,
      .fields = o->fields,
      .limits = o->limits,
      .on_row = on_row,
      .on_problem = on_problem,
      .on_note = on_note,
      .on_progress = shares_terminal && strcmp(o->command, "add") ? NULL : on_progress,
      .user = session,
  };
}

int hsy_cli_session_give_up(hsy_cli_session *session) {
  hearsay_store_close(session->store);
  hearsay_engine_free(session->engine);
  session->store = NULL;
  session->engine = NULL;
  return HSY_CLI_FAILED;
}

int hsy_cli_session_close(hsy_cli_session *session, bool ok, const hearsay_error *err) {
  wipe_bar(session);
  /* Where our own output failed, that has been said. */
  bool own = ferror(stdout) && err->code == HEARSAY_STOPPED;
  if (!ok && !own) complain_of(NULL, err);
  hsy_cli_session_give_up(session);
  if (!ok) return err->code == HEARSAY_USAGE ? HSY_CLI_USAGE : HSY_CLI_FAILED;
  return session->failed ? HSY_CLI_FAILED : HSY_CLI_FINE;
}

/* ---- questions ---- */

static bool print_row(void *user, const char *json, size_t len) { return hsy_cli_put_json(user, json, len); }

/* Cells may hold line ends, which are part of the table. */
static bool print_line(void *user, const char *line, size_t len) {
  const hsy_cli_out *out = user;
  for (size_t at = 0; out->terminal && at < len;) hsy_cli_put_point(out, hsy_cli_point(line, len, &at));
  if (!out->terminal) fwrite(line, 1, len, out->file);
  fputs("\r\n", out->file);
  return hsy_cli_put_done(out);
}

static bool print_count(void *user, const char *json, size_t len) {
  const hsy_cli_out *out = user;
  json_t *row = json_loadb(json, len, JSON_ALLOW_NUL, NULL);
  fprintf(out->file, "%lld\n", (long long)json_integer_value(json_object_get(row, "rows")));
  json_decref(row);
  return hsy_cli_put_done(out);
}

typedef struct counter {
  hearsay_row_fn on_row;
  void *user;
  uint64_t rows;
} counter;

static bool count_row(void *user, const char *json, size_t len) {
  counter *c = user;
  c->rows++;
  return c->on_row(c->user, json, len);
}

/* ---- what was meant, where nothing is found ---- */

typedef struct guesses {
  char text[400];
  size_t len;
} guesses;

static bool add_guess(void *user, const char *json, size_t len) {
  guesses *g = user;
  json_t *row = json_loadb(json, len, JSON_ALLOW_NUL, NULL);
  const char *name = json_string_value(json_object_get(row, "name"));
  if (name && g->len < sizeof g->text - 120)
    g->len += (size_t)snprintf(g->text + g->len, sizeof g->text - g->len, "%s%.100s", g->len ? ", " : "", name);
  json_decref(row);
  return true;
}

static void complain_nothing(const hsy_cli_session *session, hearsay_question question, const char *words) {
  const hsy_cli_options *o = session->options;
  bool of_people = question == HEARSAY_WHO || question == HEARSAY_SHIFTS || question == HEARSAY_VARIANTS;
  const char *asked = of_people && words ? words : o->speaker ? o->speaker : o->outlet;
  guesses g = {0};
  hearsay_error ignored = {.offset = -1};
  hearsay_filter filter = {.words = asked, .outlet = asked == o->outlet ? asked : NULL};
  if (asked) hearsay_ask(session->store, HEARSAY_SUGGEST, &filter, add_guess, &g, &ignored);
  if (g.len)
    hsy_cli_complain("nothing found; did you mean %s?", g.text);
  else
    hsy_cli_complain("nothing found");
}

int hsy_cli_ask(hsy_cli_session *session, hearsay_question question, const char *words, hearsay_row_fn on_row,
                void *user) {
  const hsy_cli_options *o = session->options;
  if (!hsy_cli_session_store(session, false)) return hsy_cli_session_give_up(session);
  hearsay_filter filter = {
      .words = words,
      .speaker = o->speaker,
      .outlet = o->outlet,
      .without = o->without,
      .stance = o->stance,
      .since = o->since,
      .until = o->until,
      .thoughts = o->thoughts,
      .min_confidence = o->min_confidence,
      .limit = (uint64_t)o->limit,
      .cursor = o->cursor,
      .held_by_several = o->held_by_several,
      .all = o->all,
      .claim = o->claim,
      .sort = o->sort,
      .reverse = o->reverse,
      .count = o->count_rows,
      .csv = o->csv,
      .engine = session->engine,
  };
  hearsay_error err = {.offset = -1};
  bool plain = o->json || o->csv || o->count_rows;
  counter c = {.on_row = on_row, .user = plain ? &session->out : user};
  if (plain) c.on_row = o->json ? print_row : o->csv ? print_line : print_count;
  bool ok = hearsay_ask(session->store, question, &filter, count_row, &c, &err);
  if (ok && !c.rows && !o->json && !o->csv) complain_nothing(session, question, words);
  return hsy_cli_session_close(session, ok, &err);
}

char *hsy_cli_joined(const hsy_cli_options *options) {
  size_t size = 1;
  for (size_t i = 0; i < options->count; i++) size += strlen(options->args[i]) + 1;
  char *text = malloc(size), *end = text;
  if (!text) {
    hsy_cli_complain("out of memory");
    return NULL;
  }
  for (size_t i = 0; i < options->count; i++) {
    if (i) *end++ = ' ';
    end = stpcpy(end, options->args[i]);
  }
  *end = '\0';
  return text;
}

int hsy_cli_ask_words(const hsy_cli_options *options, hearsay_question question, hearsay_row_fn on_row) {
  hsy_cli_session session;
  hsy_cli_session_init(&session, options);
  char *words = hsy_cli_joined(options);
  if (!words) return HSY_CLI_FAILED;
  bool ready = question != HEARSAY_LIKE || hsy_cli_session_engine(&session);
  int status = !ready ? hsy_cli_session_give_up(&session)
                      : hsy_cli_ask(&session, question, *words ? words : NULL, on_row, &session);
  free(words);
  return status;
}

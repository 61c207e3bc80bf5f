/* Every n-th call of the system fails, for many n; and the program is killed at
 * any moment. What comes out is an error or what would have come out, all of it.
 *
 * usage: torture RUNS          at most so many of each kind, spread over all n; 0: all
 *        torture RUNS ACTION   the faults of memory in this action alone: extract, add, ask, files, import
 *        torture N-TH ACTION x once, in this process, while the N-th allocation fails: for a debugger
 *
 * Each run is a process of its own, forked from one that has the models loaded.
 * The counts are printed; the status is 1 where something went wrong. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/hash.h"
#include "hearsay.h"
#include "torture.h"
#include "torture_articles.h"

enum { SECONDS = 20, MOST_ROWS = 4096, WENT_THROUGH = 0, SAID_SO = 3, DIFFERENT = 4 };

static char folder[64], store_path[80], rows_path[80], brat_path[80];
static hearsay_engine *engine;

/* ---- rows ---- */

typedef struct rows {
  uint64_t hashes[MOST_ROWS];
  int count;
} rows;

static rows reference;
static bool different;               /* a row that the undisturbed run did not give */
static int given;                    /* rows */
static int problems, usual_problems; /* articles that were refused; without faults */

static bool note_row(void *user, const char *json, size_t len) {
  rows *r = user;
  if (r->count < MOST_ROWS) r->hashes[r->count++] = hsy_hash((hsy_str){json, (ptrdiff_t)len});
  return true;
}

static bool compare_row(void *user, const char *json, size_t len) {
  uint64_t hash = hsy_hash((hsy_str){json, (ptrdiff_t)len});
  bool known = false;
  (void)user;
  given++;
  for (int i = 0; i < reference.count; i++) known = known || reference.hashes[i] == hash;
  if (!known) fprintf(stderr, "torture: a row of its own: %.200s\n", json);
  different = different || !known;
  return true;
}

static void note_problem(void *user, const char *where, const hearsay_error *problem) {
  (void)user;
  (void)where;
  (void)problem;
  problems++;
}

/* ---- what is done under faults ---- */

typedef bool (*action)(hearsay_row_fn on_row, void *user, hearsay_error *err);

static bool extract(hearsay_row_fn on_row, void *user, hearsay_error *err) {
  const char *paths[] = {folder};
  hearsay_run run = {.threads = 1, .on_row = on_row, .on_problem = note_problem, .user = user};
  return hearsay_extract(engine, paths, 1, &run, NULL, err);
}

static bool ask(hearsay_row_fn on_row, void *user, hearsay_error *err) {
  hearsay_store *store = hearsay_store_open(store_path, false, err);
  static const struct {
    hearsay_question question;
    const char *words;
  } ASKED[] = {
      {HEARSAY_LIST, NULL},   {HEARSAY_WHO, "Falk"},     {HEARSAY_SEARCH, "ferry hull"},   {HEARSAY_STATS, NULL},
      {HEARSAY_CLAIMS, NULL}, {HEARSAY_CONFLICTS, NULL}, {HEARSAY_SHIFTS, NULL},           {HEARSAY_TIMELINE, "hull"},
      {HEARSAY_COPIES, NULL}, {HEARSAY_VARIANTS, NULL},  {HEARSAY_TRACE, "hull was sound"}};
  bool ok = store;
  for (size_t i = 0; ok && i < sizeof ASKED / sizeof *ASKED; i++) {
    hearsay_filter filter = {.words = ASKED[i].words, .limit = 20};
    ok = hearsay_ask(store, ASKED[i].question, &filter, on_row, user, err);
  }
  ok = ok && hearsay_ask(store, HEARSAY_CLAIMS, &(hearsay_filter){.csv = true}, on_row, user, err);
  ok = ok && hearsay_export(store, "jsonl", on_row, user, err);
  hearsay_store_close(store);
  return ok;
}

static bool add(hearsay_row_fn on_row, void *user, hearsay_error *err) {
  const char *paths[] = {folder};
  hearsay_run run = {.threads = 1, .on_problem = note_problem};
  (void)on_row;
  (void)user;
  hearsay_store *store = hearsay_store_open(store_path, true, err);
  bool ok = store && hearsay_add(store, engine, paths, 1, &run, NULL, err);
  hearsay_store_close(store);
  return ok;
}

/* ---- files of other programs ---- */

/* What is written into all files of a format, as one number. */
static bool note_piece(void *user, const char *name, const char *data, size_t len) {
  uint64_t *all = user;
  uint64_t parts[] = {*all, hsy_hash((hsy_str){name, (ptrdiff_t)strlen(name)}),
                      hsy_hash((hsy_str){data, (ptrdiff_t)len})};
  *all = hsy_hash((hsy_str){(const char *)parts, sizeof parts});
  return true;
}

static bool files(hearsay_row_fn on_row, void *user, hearsay_error *err) {
  static const char *const FORMATS[] = {"csv", "jsonld", "webannotation", "brat", "conll", "citron"};
  hearsay_store *store = hearsay_store_open(store_path, false, err);
  bool ok = store;
  for (size_t i = 0; ok && i < sizeof FORMATS / sizeof *FORMATS; i++) {
    uint64_t all = i;
    char row[64];
    ok = hearsay_export_files(store, FORMATS[i], NULL, note_piece, &all, err);
    int len = snprintf(row, sizeof row, "%s %016llx", FORMATS[i], (unsigned long long)all);
    ok = ok && on_row(user, row, (size_t)len);
  }
  hearsay_store_close(store);
  return ok;
}

/* ---- a record that comes back ---- */

static bool write_row(void *user, const char *json, size_t len) {
  return fwrite(json, 1, len, user) == len && fputc('\n', user) != EOF;
}

static bool write_piece(void *user, const char *name, const char *data, size_t len) {
  char path[256];
  (void)user;
  snprintf(path, sizeof path, "%s/%s", brat_path, name);
  FILE *file = fopen(path, "ab");
  bool ok = file && fwrite(data, 1, len, file) == len;
  return file && !fclose(file) && ok;
}

/* Of the store as it is: for `import`. */
static void write_record(void) {
  hearsay_error err = {.offset = -1};
  hearsay_store *store = hearsay_store_open(store_path, false, &err);
  FILE *file = fopen(rows_path, "wb");
  bool ok = store && file && hearsay_export(store, "jsonl", write_row, file, &err) && !fclose(file) &&
            (!mkdir(brat_path, 0700) || errno == EEXIST) &&
            hearsay_export_files(store, "brat", NULL, write_piece, NULL, &err);
  hearsay_store_close(store);
  if (!ok) exit(1);
}

/* Half of it from either: what the first brought, the second finds there. */
static bool import(hearsay_row_fn on_row, void *user, hearsay_error *err) {
  const char *paths[] = {brat_path, rows_path};
  hearsay_run run = {.threads = 1, .on_problem = note_problem};
  (void)on_row;
  (void)user;
  hearsay_store *store = hearsay_store_open(store_path, true, err);
  bool ok = store && hearsay_import(store, paths, 2, &run, NULL, err);
  hearsay_store_close(store);
  return ok;
}

/* ---- one run ---- */

static int child(action act, torture_fault fault, long n, int stays) {
  hearsay_error err = {.offset = -1};
  alarm(SECONDS);
  torture_fail(fault, n, stays);
  bool ok = act(compare_row, NULL, &err);
  torture_fail(fault, 0, 0);
  alarm(0);
  if (different) return DIFFERENT;
  if (!ok && (err.code == HEARSAY_OK || !err.message[0])) return DIFFERENT;
  if (ok && problems <= usual_problems && given && given != reference.count) return DIFFERENT; /* a row is lacking */
  return ok && problems <= usual_problems ? WENT_THROUGH : SAID_SO;
}

typedef struct tally {
  long runs, through, said, different, crashed, hung;
} tally;

static void count(tally *t, int status) {
  t->runs++;
  if (WIFSIGNALED(status)) {
    if (WTERMSIG(status) == SIGALRM)
      t->hung++;
    else
      t->crashed++;
    return;
  }
  t->through += WEXITSTATUS(status) == WENT_THROUGH;
  t->said += WEXITSTATUS(status) == SAID_SO;
  t->different += WEXITSTATUS(status) != WENT_THROUGH && WEXITSTATUS(status) != SAID_SO;
}

static bool report(const char *what, const char *fault, const tally *t) {
  printf("%-8s %-11s %7ld runs: %7ld as ever, %7ld said so, %ld different, %ld crashed, %ld hung\n", what, fault,
         t->runs, t->through, t->said, t->different, t->crashed, t->hung);
  fflush(stdout);
  return t->different + t->crashed + t->hung == 0;
}

static void forget_store(void) {
  static const char *const BESIDE[] = {"", "-wal", "-shm", "-journal"};
  for (size_t i = 0; i < sizeof BESIDE / sizeof *BESIDE; i++) {
    char name[96];
    snprintf(name, sizeof name, "%s%s", store_path, BESIDE[i]);
    unlink(name);
  }
}

/* After faults in what writes: the store is sound, and the same again makes it whole. */
static bool becomes_whole(action act) {
  hearsay_error err = {.offset = -1};
  uint64_t wrong = 0;
  rows now = {.count = 0};
  struct stat there;
  if (!stat(store_path, &there) && there.st_size) {
    hearsay_store *store = hearsay_store_open(store_path, true, &err);
    if (store && !hearsay_check(store, false, NULL, NULL, &wrong, &err)) wrong++;
    hearsay_store_close(store);
  }
  err = (hearsay_error){.offset = -1};
  if (wrong || !act(NULL, NULL, &err)) return false;
  hearsay_store *store = hearsay_store_open(store_path, false, &err);
  bool ok = store && hearsay_export(store, "jsonl", note_row, &now, &err);
  hearsay_store_close(store);
  return ok && now.count == reference.count &&
         !memcmp(now.hashes, reference.hashes, sizeof *now.hashes * (size_t)now.count);
}

static int run_child(action act, torture_fault fault, long n, int stays) {
  int status;
  pid_t pid = fork();
  if (pid == 0) exit(child(act, fault, n, stays)); /* not _exit: what counts lines writes at the end */
  return waitpid(pid, &status, 0) == pid ? status : -1;
}

/* How many calls there are when none fails; the rows of that run are the reference. */
static long count_calls(action act, torture_fault fault) {
  hearsay_error err = {.offset = -1};
  reference.count = problems = 0;
  long before = torture_calls(fault);
  if (!act(note_row, &reference, &err)) {
    fprintf(stderr, "torture: without any fault: %s\n", err.message);
    exit(1);
  }
  usual_problems = problems;
  problems = 0;
  return torture_calls(fault) - before;
}

static void note_export(void) {
  hearsay_error err = {.offset = -1};
  reference.count = 0;
  hearsay_store *store = hearsay_store_open(store_path, false, &err);
  if (!store || !hearsay_export(store, "jsonl", note_row, &reference, &err)) exit(1);
  hearsay_store_close(store);
}

static bool torture(const char *what, action act, torture_fault fault, int stays, long most) {
  static const char *const FAULT_NAMES[] = {"memory", "write", "sync", "open"};
  tally t = {0};
  bool stores = act == add || act == import;
  if (stores) forget_store();
  long calls = count_calls(act, fault), step = most && calls > most ? calls / most : 1;
  if (stores) note_export();
  for (long n = 1; n <= calls + step; n += step) {
    if (stores) forget_store();
    int status = run_child(act, fault, n, stays);
    bool whole = !stores || !WIFEXITED(status) || becomes_whole(act);
    if (!whole) status = DIFFERENT << 8;
    if (WIFSIGNALED(status) || WEXITSTATUS(status) == DIFFERENT)
      fprintf(stderr, "torture: %s, %s %ld%s: status %x\n", what, FAULT_NAMES[fault], n, stays ? " and on" : "",
              status);
    count(&t, status);
  }
  char name[32];
  snprintf(name, sizeof name, "%s%s", FAULT_NAMES[fault], stays ? " (stays)" : "");
  return report(what, name, &t);
}

/* ---- kills ---- */

static long now_us(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static bool kills(long most) {
  tally t = {0};
  srand(1);
  forget_store();
  long began = now_us();
  count_calls(add, FAULT_MEMORY);
  long spent = now_us() - began;
  note_export();
  for (long i = 0; i < most; i++) {
    forget_store();
    pid_t pid = fork();
    if (pid == 0) {
      hearsay_error err = {.offset = -1};
      _exit(add(NULL, NULL, &err) ? WENT_THROUGH : SAID_SO);
    }
    usleep((useconds_t)(rand() % spent));
    kill(pid, SIGKILL);
    int status;
    waitpid(pid, &status, 0);
    t.runs++;
    t.said += WIFSIGNALED(status);
    t.through += !WIFSIGNALED(status);
    t.different += !becomes_whole(add);
  }
  return report("add", "kill", &t);
}

/* ---- all of it ---- */

static void write_articles(void) {
  for (size_t i = 0; i < sizeof TORTURE_ARTICLES / sizeof *TORTURE_ARTICLES; i++) {
    char path[128];
    snprintf(path, sizeof path, "%s/%s", folder, TORTURE_ARTICLES[i].name);
    FILE *file = fopen(path, "wb");
    if (!file || fputs(TORTURE_ARTICLES[i].text, file) < 0 || fclose(file)) exit(1);
  }
}

static const struct {
  const char *name;
  action act;
} ACTIONS[] = {{"extract", extract}, {"add", add}, {"ask", ask}, {"files", files}, {"import", import}};

static action called(const char *name) {
  for (size_t i = 0; i < sizeof ACTIONS / sizeof *ACTIONS; i++)
    if (!strcmp(ACTIONS[i].name, name)) return ACTIONS[i].act;
  exit(2);
}

/* The store that questions go to, and the record that is read back. */
static void make_store(void) {
  hearsay_error err = {.offset = -1};
  forget_store();
  if (!add(NULL, NULL, &err)) exit(1);
  write_record();
}

static bool everything(long most) {
  bool ok = torture("extract", extract, FAULT_MEMORY, 0, 40 * most); /* readers are quick: nearly all of them */
  ok = torture("extract", extract, FAULT_MEMORY, 1, most / 4 + 1) && ok;
  ok = torture("add", add, FAULT_MEMORY, 0, most / 2 + 1) && ok;
  ok = torture("add", add, FAULT_WRITE, 0, most / 4 + 1) && ok;
  ok = torture("add", add, FAULT_WRITE, 1, most / 4 + 1) && ok;
  ok = torture("add", add, FAULT_SYNC, 0, most / 4 + 1) && ok;
  ok = torture("add", add, FAULT_OPEN, 0, most / 4 + 1) && ok;
  ok = kills(most / 4 + 1) && ok;
  make_store();
  ok = torture("ask", ask, FAULT_MEMORY, 0, most) && ok;
  ok = torture("files", files, FAULT_MEMORY, 0, most / 2 + 1) && ok;
  return torture("import", import, FAULT_MEMORY, 0, most / 8 + 1) && ok;
}

int main(int argc, char **argv) {
  long most = argc > 1 ? atol(argv[1]) : 0;
  hearsay_error err = {.offset = -1};
  snprintf(folder, sizeof folder, "/tmp/torture-XXXXXX");
  if (!mkdtemp(folder) || !(engine = hearsay_engine_new(NULL, HEARSAY_FAST, &err))) return 1;
  snprintf(store_path, sizeof store_path, "%s.db", folder);
  snprintf(rows_path, sizeof rows_path, "%s.rows", folder);
  snprintf(brat_path, sizeof brat_path, "%s.brat", folder);
  write_articles();
  bool ok;
  if (argc > 2) {
    action act = called(argv[2]);
    if (act != extract && act != add) make_store();
    if (argc > 3) count_calls(act, FAULT_MEMORY);
    ok = argc > 3 ? child(act, FAULT_MEMORY, most, 0) == WENT_THROUGH : torture(argv[2], act, FAULT_MEMORY, 0, most);
  } else {
    ok = everything(most);
  }
  forget_store();
  char command[256];
  snprintf(command, sizeof command, "rm -rf '%s' '%s' '%s'", folder, rows_path, brat_path);
  if (system(command)) ok = false;
  hearsay_engine_free(engine);
  return ok ? 0 : 1;
}

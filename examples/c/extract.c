/* hearsay extract in forty lines: who said what in the files named, one JSON
 * object an article. cc extract.c $(pkg-config --cflags --libs hearsay) */
#include <hearsay.h>
#include <stdio.h>

static bool print_row(void *user, const char *json, size_t len) {
  FILE *out = user;
  return fwrite(json, 1, len, out) == len && putc('\n', out) != EOF;
}

static void print_problem(void *user, const char *where, const hearsay_error *problem) {
  (void)user;
  fprintf(stderr, "extract: %s: %s\n", where, problem->message);
}

int main(int argc, char **argv) {
  if (argc < 2) {
    fprintf(stderr, "usage: extract FILE...\n");
    return 2;
  }
  hearsay_error err = {0};
  hearsay_engine *engine = hearsay_engine_new(NULL, HEARSAY_DEEP, &err);
  uint64_t failed = 0;
  hearsay_run run = {.on_row = print_row, .on_problem = print_problem, .user = stdout};
  bool ok = engine && hearsay_extract(engine, (const char *const *)argv + 1, (size_t)argc - 1, &run, &failed, &err);
  if (!ok) fprintf(stderr, "extract: %s\n", err.message);
  hearsay_engine_free(engine);
  return !ok || failed > 0;
}

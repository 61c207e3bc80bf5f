/* libFuzzer target: any words as a question to the record. Two bytes choose the
 * question and its flags; lines behind them are words, cursor, speaker, outlet,
 * stance, since, until and claim. */
#include <string.h>

#include "seed.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { LINES = 8 };

/* Wrong questions are errors of their kinds; nothing else may go wrong. */
static void expect(bool answered, const hearsay_error *err) {
  static const hearsay_code ALLOWED[] = {HEARSAY_USAGE, HEARSAY_NOT_FOUND, HEARSAY_LIMIT};
  if (answered != (err->code == HEARSAY_OK)) abort();
  bool allowed = answered;
  for (size_t i = 0; i < sizeof ALLOWED / sizeof *ALLOWED; i++) allowed = allowed || err->code == ALLOWED[i];
  if (allowed) return;
  fprintf(stderr, "code %d: %s\n", err->code, err->message);
  abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static hearsay_store *store;
  hearsay_error err = {0};
  if (!store) store = hearsay_store_open(seed_store(), false, &err);
  if (!store) abort();
  if (size < 3) return 0;
  char *text = malloc(size - 1), *lines[LINES] = {0};
  memcpy(text, data + 2, size - 2);
  text[size - 2] = '\0';
  char *at = text;
  for (int i = 0; i < LINES && at; i++) {
    char *line = strsep(&at, "\n");
    if (*line || i == 0) lines[i] = line;
  }
  hearsay_filter filter = {.words = lines[0],
                           .cursor = lines[1],
                           .speaker = lines[2],
                           .outlet = lines[3],
                           .stance = lines[4],
                           .since = lines[5],
                           .until = lines[6],
                           .claim = lines[7],
                           .limit = data[1] & 15,
                           .thoughts = data[1] & 16,
                           .all = data[1] & 32,
                           .min_confidence = data[1] & 64 ? 0.5 : 0};
  err = (hearsay_error){0};
  expect(hearsay_ask(store, (hearsay_question)(data[0] % HEARSAY_QUESTIONS), &filter, seed_row, NULL, &err), &err);
  free(text);
  return 0;
}

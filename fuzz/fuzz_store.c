/* libFuzzer target: a store with damage, four bytes each: where (three), and what.
 * It is opened, asked, checked and exported; all of that may fail, none may crash. */
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

#include "seed.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef struct image {
  unsigned char *bytes;
  size_t size;
} image;

static image load(const char *path) {
  FILE *file = fopen(path, "rb");
  struct stat about;
  if (!file || stat(path, &about)) abort();
  image whole = {malloc((size_t)about.st_size), (size_t)about.st_size};
  if (!whole.bytes || fread(whole.bytes, 1, whole.size, file) != whole.size) abort();
  fclose(file);
  return whole;
}

static void write_damaged(const char *path, const image *whole, const uint8_t *data, size_t size) {
  unsigned char *copy = malloc(whole->size);
  size_t len = whole->size;
  memcpy(copy, whole->bytes, len);
  for (size_t i = 0; i + 4 <= size && i < 256; i += 4)
    copy[((size_t)data[i] << 16 | (size_t)data[i + 1] << 8 | data[i + 2]) % len] = data[i + 3];
  if (size % 16 == 7) len = len * (data[0] + 1u) / 257;
  int fd = open(path, O_CREAT | O_TRUNC | O_WRONLY, 0600);
  if (fd < 0 || write(fd, copy, len) != (ssize_t)len) abort();
  close(fd);
  free(copy);
}

static void ask_everything(hearsay_store *store) {
  for (int question = 0; question < HEARSAY_QUESTIONS; question++) {
    hearsay_filter filter = {.limit = 5, .words = "river"};
    hearsay_error err = {0};
    hearsay_ask(store, (hearsay_question)question, &filter, seed_row, NULL, &err);
  }
  hearsay_error err = {0};
  hearsay_export(store, "jsonl", seed_row, NULL, &err);
  err = (hearsay_error){0};
  hearsay_check(store, false, seed_row, NULL, NULL, &err);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static image whole;
  static char path[80];
  if (!whole.bytes) {
    whole = load(seed_store());
    snprintf(path, sizeof path, "%s.damaged", seed_path);
  }
  write_damaged(path, &whole, data, size);
  hearsay_error err = {0};
  hearsay_store *store = hearsay_store_open(path, false, &err);
  if (store) ask_everything(store);
  hearsay_store_close(store);
  static const char *const BESIDE[] = {"", "-wal", "-shm", "-journal"};
  for (size_t i = 0; i < sizeof BESIDE / sizeof *BESIDE; i++) {
    char name[96];
    snprintf(name, sizeof name, "%s%s", path, BESIDE[i]);
    unlink(name);
  }
  return 0;
}

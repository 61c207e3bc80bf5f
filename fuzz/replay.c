/* Runs a fuzz target over files, and over copies of them with random damage:
 * what the tests do without libFuzzer.
 *
 * usage: replay ROUNDS FILE...
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static uint32_t seed = 1;

static uint32_t draw(uint32_t below) { /* the same numbers each time */
  seed = seed * 1664525u + 1013904223u;
  return (seed >> 8) % below;
}

static void damage(uint8_t *data, size_t *size) {
  static const char *const pieces[] = {"“",    "”",   "\"",  "'", "’",    "\n\n", "said ",
                                       "\xff", "\0x", "<p>", "{", ": \"", "&#x"};
  for (uint32_t n = 1 + draw(6); n > 0 && *size > 8; n--) {
    size_t at = draw((uint32_t)*size);
    const char *piece = pieces[draw(sizeof pieces / sizeof *pieces)];
    size_t len = strlen(piece);
    if (draw(4) == 0) {
      *size = at + 1;
    } else if (at + len < *size) {
      memcpy(data + at, piece, len);
    }
  }
}

static size_t load(const char *path, uint8_t *data, size_t room) {
  FILE *file = fopen(path, "rb");
  if (!file) return 0;
  size_t size = fread(data, 1, room, file);
  fclose(file);
  return size;
}

int main(int argc, char **argv) {
  static uint8_t whole[1 << 16], copy[1 << 16];
  int rounds = argc > 2 ? atoi(argv[1]) : 0;
  for (int i = 2; i < argc; i++) {
    size_t size = load(argv[i], whole, sizeof whole);
    LLVMFuzzerTestOneInput(whole, size);
    for (int k = 0; k < rounds; k++) {
      size_t cut = size;
      memcpy(copy, whole, size);
      damage(copy, &cut);
      LLVMFuzzerTestOneInput(copy, cut);
    }
  }
  printf("%d files, %d rounds each\n", argc - 2, rounds);
  return argc < 3;
}

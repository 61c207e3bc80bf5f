/* Bodies that were packed on their way: every coding, whole, cut, damaged, too large. */
#include "format/coding.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <zlib.h>
#include <zstd.h>

enum { ROOM = 1 << 20, LIMIT = 1 << 20, SAID = 60 };

static const char SENTENCE[] = "The gate is shut, the keeper of the lock said. ";

/* The sentence sixty times, packed by brotli's own encoder. */
static const char BROTLI[] =
    "\x62\x60\x01\x80\x40\x9d\x2c\xd5\x5b\x37\x2d\x09\xf5\xb7\x57\x01\x36\xe0\x80\x3d\x0c\x7c\x19\x84\x16\xb2\x61\x63"
    "\xec\x4c\x47\x12\xfd\x5a\x16\x25\xd8\xf4\xb2\xfe\x8b\xdb\x8b\x24\x88\x86\xc1\xc2\x9a\x58\xf9\xa3\x00\x40\x82\x00";

static char plain[sizeof SENTENCE * SAID], packed[ROOM];

static int set_up(void **state) {
  (void)state;
  plain[0] = '\0';
  for (int i = 0; i < SAID; i++) strcat(plain, SENTENCE);
  return 0;
}

static size_t deflate_as(int window, const char *bytes, size_t len) {
  z_stream z = {0};
  assert_int_equal(deflateInit2(&z, 6, Z_DEFLATED, window, 8, Z_DEFAULT_STRATEGY), Z_OK);
  char *out = malloc(ROOM);
  z.next_in = (Bytef *)bytes, z.avail_in = (uInt)len, z.next_out = (Bytef *)out, z.avail_out = ROOM;
  assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
  size_t made = ROOM - z.avail_out;
  deflateEnd(&z);
  memcpy(packed, out, made);
  free(out);
  return made;
}

static size_t pack_gzip(const char *bytes, size_t len) { return deflate_as(15 + 16, bytes, len); }
static size_t pack_zlib(const char *bytes, size_t len) { return deflate_as(15, bytes, len); }
static size_t pack_bare(const char *bytes, size_t len) { return deflate_as(-15, bytes, len); }
static size_t pack_zstd(const char *bytes, size_t len) { return ZSTD_compress(packed, ROOM, bytes, len, 3); }

static size_t pack_brotli(const char *bytes, size_t len) {
  (void)bytes;
  (void)len;
  memcpy(packed, BROTLI, sizeof BROTLI - 1);
  return sizeof BROTLI - 1;
}

static const struct {
  const char *name;
  size_t (*pack)(const char *bytes, size_t len);
} CODINGS[] = {{"gzip", pack_gzip},    {"X-GZIP", pack_gzip}, {"deflate", pack_zlib},
               {"deflate", pack_bare}, {"br", pack_brotli},   {"zstd", pack_zstd}};
enum { COUNT = sizeof CODINGS / sizeof *CODINGS };

static hsy_record record_of(const char *bytes, size_t len) {
  hsy_record record = {.bytes = malloc(len + 1), .len = (ptrdiff_t)len};
  memcpy(record.bytes, bytes, len);
  record.bytes[len] = '\0';
  return record;
}

/* The bytes come out, or stay as they were and it is said what is wrong. */
static void undo(const char *name, size_t len, ptrdiff_t limit, const char *want, const char *wrong) {
  hsy_record record = record_of(packed, len);
  const char *said = hsy_coding_undo(hsy_str_of(name), limit, &record);
  if (wrong) {
    assert_non_null(said);
    if (!strstr(said, wrong)) fail_msg("%s: %s", name, said);
    assert_int_equal(record.len, len);
    assert_memory_equal(record.bytes, packed, len);
  } else {
    if (said) fail_msg("%s: %s", name, said);
    assert_int_equal(record.len, strlen(want));
    assert_string_equal(record.bytes, want);
  }
  hsy_record_free(&record);
}

static void every_coding_is_undone(void **state) {
  (void)state;
  for (int i = 0; i < COUNT; i++) undo(CODINGS[i].name, CODINGS[i].pack(plain, strlen(plain)), LIMIT, plain, NULL);
}

/* Grows past the first guess of its size. */
static void much_comes_out_of_little(void **state) {
  (void)state;
  char *long_one = calloc(1, 400001);
  for (int i = 0; i < 400000; i++) long_one[i] = "the gate "[i % 9];
  for (int i = 0; i < COUNT; i++)
    if (CODINGS[i].pack != pack_brotli) undo(CODINGS[i].name, CODINGS[i].pack(long_one, 400000), LIMIT, long_one, NULL);
  free(long_one);
}

static void what_is_past_the_limit_is_said(void **state) {
  (void)state;
  for (int i = 0; i < COUNT; i++)
    undo(CODINGS[i].name, CODINGS[i].pack(plain, strlen(plain)), 100, NULL, "past the limit");
}

static void damage_is_said(void **state) {
  (void)state;
  for (int i = 0; i < COUNT; i++) {
    size_t len = CODINGS[i].pack(plain, strlen(plain));
    memset(packed, 0xff, len / 2);
    undo(CODINGS[i].name, len, LIMIT, NULL, "damaged");
  }
}

/* Of what gzip packed, browsers show what there is; of the others nothing is sure. */
static void of_what_is_cut_short_the_head_is_read_where_it_can(void **state) {
  (void)state;
  for (int i = 0; i < COUNT; i++) {
    size_t len = CODINGS[i].pack(plain, strlen(plain)) - 12;
    bool head = CODINGS[i].pack != pack_brotli && CODINGS[i].pack != pack_zstd;
    hsy_record record = record_of(packed, len);
    const char *said = hsy_coding_undo(hsy_str_of(CODINGS[i].name), LIMIT, &record);
    if (head) {
      assert_null(said);
      assert_true(record.len > 0);
      assert_memory_equal(record.bytes, plain, (size_t)record.len);
    } else {
      assert_non_null(said);
      assert_non_null(strstr(said, "damaged"));
    }
    hsy_record_free(&record);
  }
}

static void what_is_plain_is_left(void **state) {
  (void)state;
  static const char *const PLAIN[] = {"<p>Shut.</p>", " \n<!doctype html>", "\xef\xbb\xbf<html>"};
  for (size_t i = 0; i < 3; i++) {
    strcpy(packed, PLAIN[i]);
    for (int c = 0; c < COUNT; c++) undo(CODINGS[c].name, strlen(packed), LIMIT, PLAIN[i], NULL);
  }
  static const char *const NAMES[] = {"", "identity", "none", "UTF-8"};
  strcpy(packed, "Shut, they said.");
  for (size_t i = 0; i < 4; i++) undo(NAMES[i], strlen(packed), LIMIT, "Shut, they said.", NULL);
  undo("compress", strlen(packed), LIMIT, NULL, "not read");
}

static void bodies_packed_again_are_undone(void **state) {
  (void)state;
  size_t len = pack_gzip(plain, strlen(plain));
  for (int times = 1; times <= 4; times++) {
    hsy_record record = record_of(packed, len);
    assert_null(hsy_coding_undo_doubled(LIMIT, &record));
    if (times <= 3) assert_string_equal(record.bytes, plain);
    if (times > 3) assert_memory_equal(record.bytes, "\x1f\x8b", 2); /* without end it is not followed */
    hsy_record_free(&record);
    char again[4096];
    memcpy(again, packed, len);
    len = pack_gzip(again, len);
  }
  hsy_record record = record_of("\x1f\x8b\x08\xff\xff\xff\xff", 7);
  assert_non_null(hsy_coding_undo_doubled(LIMIT, &record));
  assert_int_equal(record.len, 7);
  hsy_record_free(&record);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_coding_is_undone),
      cmocka_unit_test(much_comes_out_of_little),
      cmocka_unit_test(what_is_past_the_limit_is_said),
      cmocka_unit_test(damage_is_said),
      cmocka_unit_test(of_what_is_cut_short_the_head_is_read_where_it_can),
      cmocka_unit_test(what_is_plain_is_left),
      cmocka_unit_test(bodies_packed_again_are_undone),
  };
  return cmocka_run_group_tests(tests, set_up, NULL);
}

/* Packed streams: whole, in members, cut short, damaged, and traps. */
#include "format/unpack.h"

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

enum { LINES = 20000, ROOM = 4 << 20 };

typedef struct fixture {
  char *plain, *packed;
  size_t plain_len, packed_len;
  hsy_limits limits;
  hsy_error err;
} fixture;

static int set_up(void **state) {
  fixture *f = calloc(1, sizeof *f);
  f->plain = malloc(ROOM);
  f->packed = malloc(ROOM);
  for (int i = 0; i < LINES; i++)
    f->plain_len += (size_t)sprintf(f->plain + f->plain_len, "Berth %d is shut, the harbour master said.\n", i * 7919);
  f->limits = hsy_limits_usual();
  f->err = (hsy_error){.offset = -1};
  *state = f;
  return 0;
}

static int tear_down(void **state) {
  fixture *f = *state;
  free(f->plain);
  free(f->packed);
  free(f);
  return 0;
}

typedef struct packing {
  hsy_stream *(*unpack)(hsy_stream *packed, const hsy_limits *limits, hsy_error *err);
  void (*pack)(fixture *f, const char *bytes, size_t len); /* behind what is packed already */
} packing;

static void pack_gzip(fixture *f, const char *bytes, size_t len) {
  z_stream z = {0};
  assert_int_equal(deflateInit2(&z, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
  z.next_in = (Bytef *)bytes, z.avail_in = (uInt)len;
  z.next_out = (Bytef *)f->packed + f->packed_len, z.avail_out = (uInt)(ROOM - f->packed_len);
  assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
  f->packed_len = ROOM - z.avail_out;
  deflateEnd(&z);
}

static void pack_zstd(fixture *f, const char *bytes, size_t len) {
  size_t made = ZSTD_compress(f->packed + f->packed_len, ROOM - f->packed_len, bytes, len, 3);
  assert_false(ZSTD_isError(made));
  f->packed_len += made;
}

static const packing PACKINGS[] = {{hsy_unpack_gzip, pack_gzip}, {hsy_unpack_zstd, pack_zstd}};

/* What comes out, compared with the plain bytes from `from` on; how many were as they should be. */
static size_t unpack(fixture *f, const packing *p, size_t len) {
  size_t same = 0;
  f->err = (hsy_error){.offset = -1};
  hsy_stream *in = p->unpack(hsy_stream_of((hsy_str){f->packed, (ptrdiff_t)len}, &f->err), &f->limits, &f->err);
  assert_non_null(in);
  for (;;) {
    hsy_str view = hsy_stream_peek(in, 5000);
    if (view.len == 0) break;
    assert_true(same + (size_t)view.len <= f->plain_len);
    assert_memory_equal(view.data, f->plain + same, (size_t)view.len);
    same += (size_t)view.len;
    hsy_stream_skip(in, view.len);
  }
  f->err = *hsy_stream_error(in);
  hsy_stream_close(in);
  return same;
}

static void what_was_packed_comes_out(void **state) {
  fixture *f = *state;
  for (int i = 0; i < 2; i++) {
    f->packed_len = 0;
    PACKINGS[i].pack(f, f->plain, f->plain_len);
    assert_true(f->packed_len * 2 < f->plain_len);
    assert_int_equal(unpack(f, &PACKINGS[i], f->packed_len), f->plain_len);
    assert_int_equal(f->err.code, HSY_OK);
  }
}

/* As crawls are: a member a record. Behind the last of gzip's there may be padding. */
static void members_follow_one_another(void **state) {
  fixture *f = *state;
  for (int i = 0; i < 2; i++) {
    f->packed_len = 0;
    for (size_t at = 0; at < f->plain_len; at += 100000) {
      size_t left = f->plain_len - at;
      PACKINGS[i].pack(f, f->plain + at, left < 100000 ? left : 100000);
    }
    assert_int_equal(unpack(f, &PACKINGS[i], f->packed_len), f->plain_len);
    assert_int_equal(f->err.code, HSY_OK);
  }
  f->packed_len = 0;
  pack_gzip(f, f->plain, f->plain_len);
  memset(f->packed + f->packed_len, 0, 512);
  assert_int_equal(unpack(f, &PACKINGS[0], f->packed_len + 512), f->plain_len);
  assert_int_equal(f->err.code, HSY_OK);
}

static void what_is_cut_short_is_said(void **state) {
  fixture *f = *state;
  for (int i = 0; i < 2; i++) {
    f->packed_len = 0;
    PACKINGS[i].pack(f, f->plain, f->plain_len);
    for (size_t len = f->packed_len - 1; len > 12; len = len * 2 / 3) {
      assert_true(unpack(f, &PACKINGS[i], len) <= f->plain_len);
      assert_int_equal(f->err.code, HSY_BAD_INPUT);
      assert_non_null(strstr(f->err.message, "in the middle"));
    }
  }
}

static void what_is_damaged_is_said(void **state) {
  fixture *f = *state;
  for (int i = 0; i < 2; i++) {
    f->packed_len = 0;
    PACKINGS[i].pack(f, f->plain, f->plain_len);
    memset(f->packed + 10, 0xff, 64); /* the head of the first block */
    size_t len = f->packed_len, out = 0;
    f->err = (hsy_error){.offset = -1};
    hsy_stream *in =
        PACKINGS[i].unpack(hsy_stream_of((hsy_str){f->packed, (ptrdiff_t)len}, &f->err), &f->limits, &f->err);
    for (hsy_str view; (view = hsy_stream_peek(in, 5000)).len; out += (size_t)view.len) hsy_stream_skip(in, view.len);
    assert_true(out < f->plain_len);
    assert_int_equal(hsy_stream_error(in)->code, HSY_BAD_INPUT);
    assert_non_null(strstr(hsy_stream_error(in)->message, "damaged"));
    assert_true(hsy_stream_error(in)->offset >= 0);
    hsy_stream_close(in);
  }
}

static void no_bytes_are_none(void **state) {
  fixture *f = *state;
  for (int i = 0; i < 2; i++) {
    assert_int_equal(unpack(f, &PACKINGS[i], 0), 0);
    assert_int_equal(f->err.code, HSY_OK);
  }
}

static void traps_are_stopped(void **state) {
  fixture *f = *state;
  size_t size = (size_t)100 << 20;
  char *letters = malloc(size);
  assert_non_null(letters);
  memset(letters, 'a', size);
  for (int i = 0; i < 2; i++) {
    f->packed_len = 0;
    PACKINGS[i].pack(f, letters, size);
    size_t out = 0;
    hsy_stream *in =
        PACKINGS[i].unpack(hsy_stream_of((hsy_str){f->packed, (ptrdiff_t)f->packed_len}, &f->err), &f->limits, &f->err);
    for (hsy_str view; (view = hsy_stream_peek(in, 1 << 16)).len; out += (size_t)view.len)
      hsy_stream_skip(in, view.len);
    assert_true(out < size);
    assert_int_equal(hsy_stream_error(in)->code, HSY_LIMIT);
    hsy_stream_close(in);
  }
  free(letters);
}

static void a_file_has_a_limit_of_its_own(void **state) {
  fixture *f = *state;
  f->limits = (hsy_limits){.ratio = 2000, .unpacked = 2};
  assert_false(hsy_unpack_is_trap(&f->limits, 1000, (2 << 20) - 1, &f->err));
  assert_int_equal(f->err.code, HSY_OK);
  assert_true(hsy_unpack_is_trap(&f->limits, 1000, 2 << 20, &f->err));
  assert_int_equal(f->err.code, HSY_LIMIT);
  assert_non_null(strstr(f->err.message, "2 MiB"));
}

/* ---- below: a stream that fails ---- */

static ptrdiff_t fail_to_fill(void *state, char *to, size_t room, hsy_error *err) {
  hsy_str *head = state;
  (void)room;
  if (!head->len) return hsy_fail(err, HSY_IO, "test", 5, "the disk is gone"), -1;
  ptrdiff_t len = head->len;
  memcpy(to, head->data, (size_t)len);
  *head = (hsy_str){0};
  return len;
}

static void nothing_to_release(void *state) { (void)state; }

static void what_fails_below_is_said(void **state) {
  fixture *f = *state;
  for (int i = 0; i < 2; i++) {
    f->packed_len = 0;
    PACKINGS[i].pack(f, f->plain, f->plain_len);
    hsy_str head = {f->packed, 1000};
    hsy_stream *below = hsy_stream_over(&head, fail_to_fill, nothing_to_release, &f->err);
    hsy_stream *in = PACKINGS[i].unpack(below, &f->limits, &f->err);
    for (hsy_str view; (view = hsy_stream_peek(in, 5000)).len;) hsy_stream_skip(in, view.len);
    assert_int_equal(hsy_stream_error(in)->code, HSY_IO);
    assert_string_equal(hsy_stream_error(in)->message, "the disk is gone");
    hsy_stream_close(in);
  }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void) {
  const struct CMUnitTest tests[] = {
      TEST(what_was_packed_comes_out),     TEST(members_follow_one_another), TEST(what_is_cut_short_is_said),
      TEST(what_is_damaged_is_said),       TEST(no_bytes_are_none),          TEST(traps_are_stopped),
      TEST(a_file_has_a_limit_of_its_own), TEST(what_fails_below_is_said),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

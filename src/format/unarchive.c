#include "format/unarchive.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <stdlib.h>

#include "format/unpack.h"

enum { WINDOW = 64 << 10 };

struct hsy_unarchive {
  struct archive *reader;
  hsy_stream *in;
  const hsy_limits *limits;
  ptrdiff_t given; /* bytes of the window that libarchive holds */
  int64_t out;
};

static la_ssize_t fill_window(struct archive *reader, void *user, const void **bytes) {
  hsy_unarchive *a = user;
  hsy_stream_skip(a->in, a->given);
  hsy_str view = hsy_stream_peek(a->in, WINDOW);
  a->given = view.len;
  *bytes = view.data;
  if (view.len == 0 && hsy_stream_error(a->in)->code) {
    archive_set_error(reader, EIO, "%s", hsy_stream_error(a->in)->message);
    return -1;
  }
  return view.len;
}

hsy_unarchive *hsy_unarchive_open(hsy_stream *in, const hsy_limits *limits, hsy_error *err) {
  hsy_unarchive *a = calloc(1, sizeof *a);
  if (a) a->reader = archive_read_new();
  if (!a || !a->reader) {
    free(a);
    hsy_fail(err, HSY_NO_MEMORY, "format", -1, "out of memory");
    return NULL;
  }
  a->in = in;
  a->limits = limits;
  archive_read_support_format_zip_streamable(a->reader);
  archive_read_support_format_tar(a->reader);
  if (archive_read_open(a->reader, a, NULL, fill_window, NULL) == ARCHIVE_OK) return a;
  hsy_fail(err, HSY_BAD_INPUT, "format", 0, "is no archive that can be read: %.120s", archive_error_string(a->reader));
  hsy_unarchive_close(a);
  return NULL;
}

bool hsy_unarchive_next(hsy_unarchive *a, const char **name, hsy_error *err) {
  for (;;) {
    struct archive_entry *entry;
    int done = archive_read_next_header(a->reader, &entry);
    if (done == ARCHIVE_EOF) return false;
    if (done != ARCHIVE_OK && done != ARCHIVE_WARN)
      return hsy_fail(err, HSY_BAD_INPUT, "format", hsy_stream_position(a->in), "this archive is damaged here: %.120s",
                      archive_error_string(a->reader));
    if (archive_entry_filetype(entry) != AE_IFREG && archive_entry_filetype(entry) != 0) continue;
    *name = archive_entry_pathname_utf8(entry);
    if (!*name) *name = archive_entry_pathname(entry);
    if (!*name) *name = "?";
    return true;
  }
}

static ptrdiff_t fill_from_entry(void *state, char *to, size_t room, hsy_error *err) {
  hsy_unarchive *a = state;
  la_ssize_t n = archive_read_data(a->reader, to, room);
  if (n < 0) {
    hsy_fail(err, HSY_BAD_INPUT, "format", hsy_stream_position(a->in), "this archive is damaged here: %.120s",
             archive_error_string(a->reader));
    return -1;
  }
  a->out += n;
  bool trap = hsy_unpack_is_trap(a->limits, hsy_stream_position(a->in) + a->given, a->out, err);
  return trap ? -1 : n;
}

static void release_nothing(void *state) { (void)state; }

hsy_stream *hsy_unarchive_stream(hsy_unarchive *a, hsy_error *err) {
  return hsy_stream_over(a, fill_from_entry, release_nothing, err);
}

void hsy_unarchive_close(hsy_unarchive *a) {
  if (!a) return;
  archive_read_free(a->reader);
  free(a);
}

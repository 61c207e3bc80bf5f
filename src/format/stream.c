#include "format/stream.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { STEP = 64 << 10 };

struct hsy_stream {
  char *window;
  ptrdiff_t start, end, cap;
  int64_t position;
  bool ended;
  hsy_error error;
  void *state;
  hsy_stream_fill fill;
  void (*release)(void *);
};

typedef struct file_state {
  int fd;
  bool awaited; /* a named pipe into which nobody has written yet */
} file_state;

enum { WAIT_MS = 50, WAITS = 100 };

/* A pipe's end may come before its beginning: whoever writes has not opened it yet. That is waited for, not for ever.
 * Once somebody has it open, reading says "later" and waits as long as it takes. */
static ssize_t read_awaited(file_state *file, char *to, size_t room) {
  for (int waited = 0;;) {
    ssize_t n = read(file->fd, to, room);
    bool later = n < 0 && errno == EAGAIN;
    if (later) poll(&(struct pollfd){file->fd, POLLIN, 0}, 1, -1);
    if (later || (n < 0 && errno == EINTR)) continue;
    if (n == 0 && file->awaited && waited++ < WAITS) {
      poll(NULL, 0, WAIT_MS);
      continue;
    }
    file->awaited = file->awaited && n == 0;
    return n;
  }
}

static ptrdiff_t fill_from_file(void *state, char *to, size_t room, hsy_error *err) {
  file_state *file = state;
  ssize_t n = read_awaited(file, to, room);
  if (n == 0 && file->awaited) {
    hsy_fail(err, HSY_IO, "format", -1, "is a pipe into which nobody writes");
    return -1;
  }
  if (n < 0) hsy_fail(err, HSY_IO, "format", -1, "cannot read: %s", strerror(errno));
  return n;
}

static void release_file(void *state) {
  file_state *file = state;
  if (file->fd > STDIN_FILENO) close(file->fd);
  free(file);
}

hsy_stream *hsy_stream_over(void *state, hsy_stream_fill fill, void (*release)(void *), hsy_error *err) {
  hsy_stream *stream = state ? calloc(1, sizeof *stream) : NULL;
  if (!stream) {
    if (state) release(state);
    hsy_fail(err, HSY_NO_MEMORY, "format", -1, "out of memory");
    return NULL;
  }
  stream->state = state;
  stream->fill = fill;
  stream->release = release;
  return stream;
}

static int open_path(const char *path, hsy_error *err) {
  if (strcmp(path, "-") == 0) return STDIN_FILENO;
  int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK); /* a pipe would keep us until somebody writes */
  struct stat about;
  if (fd >= 0 && fstat(fd, &about) == 0 && S_ISDIR(about.st_mode)) {
    close(fd);
    hsy_fail(err, HSY_IO, "format", -1, "is a folder, not a file");
    return -1;
  }
  if (fd < 0) hsy_fail(err, HSY_IO, "format", -1, "cannot open: %s", strerror(errno));
  return fd;
}

hsy_stream *hsy_stream_open(const char *path, hsy_error *err) {
  int fd = open_path(path, err);
  if (fd < 0) return NULL;
  file_state *file = calloc(1, sizeof *file);
  if (!file && fd > STDIN_FILENO) close(fd);
  struct stat about;
  if (file) *file = (file_state){fd, fd > STDIN_FILENO && fstat(fd, &about) == 0 && S_ISFIFO(about.st_mode)};
  return hsy_stream_over(file, fill_from_file, release_file, err);
}

/* ---- bytes at hand ---- */

static ptrdiff_t fill_from_bytes(void *state, char *to, size_t room, hsy_error *err) {
  hsy_str *rest = state;
  ptrdiff_t count = rest->len < (ptrdiff_t)room ? rest->len : (ptrdiff_t)room;
  (void)err;
  if (count) memcpy(to, rest->data, (size_t)count);
  *rest = hsy_str_slice(*rest, count, rest->len);
  return count;
}

hsy_stream *hsy_stream_of(hsy_str bytes, hsy_error *err) {
  hsy_str *rest = malloc(sizeof *rest);
  if (rest) *rest = bytes;
  return hsy_stream_over(rest, fill_from_bytes, free, err);
}

void hsy_stream_close(hsy_stream *stream) {
  if (!stream) return;
  stream->release(stream->state);
  free(stream->window);
  free(stream);
}

/* Makes room behind the window's end, moving or growing it. */
static bool make_room(hsy_stream *stream, ptrdiff_t want) {
  if (stream->start && stream->cap - stream->start < want + STEP) {
    memmove(stream->window, stream->window + stream->start, (size_t)(stream->end - stream->start));
    stream->end -= stream->start;
    stream->start = 0;
  }
  if (stream->cap - stream->end >= STEP) return true;
  ptrdiff_t cap = stream->cap + stream->cap / 2;
  if (cap < stream->end + STEP) cap = stream->end + STEP;
  char *more = realloc(stream->window, (size_t)cap);
  if (!more) return hsy_fail(&stream->error, HSY_NO_MEMORY, "format", stream->position, "out of memory");
  stream->window = more;
  stream->cap = cap;
  return true;
}

hsy_str hsy_stream_peek(hsy_stream *stream, ptrdiff_t want) {
  while (stream->end - stream->start < want && !stream->ended) {
    ptrdiff_t n = make_room(stream, want) ? stream->fill(stream->state, stream->window + stream->end,
                                                         (size_t)(stream->cap - stream->end), &stream->error)
                                          : -1;
    if (n <= 0) stream->ended = true;
    if (n > 0) stream->end += n;
  }
  ptrdiff_t have = stream->end - stream->start;
  return (hsy_str){stream->window + stream->start, have < want ? have : want};
}

void hsy_stream_skip(hsy_stream *stream, ptrdiff_t count) {
  stream->start += count;
  stream->position += count;
}

hsy_str hsy_stream_line(hsy_stream *stream, ptrdiff_t limit, bool *whole) {
  ptrdiff_t want = 4096, seen = 0;
  for (;;) {
    if (want > limit) want = limit;
    hsy_str view = hsy_stream_peek(stream, want);
    const char *end = view.len > seen ? memchr(view.data + seen, '\n', (size_t)(view.len - seen)) : NULL;
    *whole = end || view.len < want; /* the last line of a file may have no end */
    if (end) view.len = end + 1 - view.data;
    if (*whole || want == limit) {
      hsy_stream_skip(stream, view.len);
      return view;
    }
    seen = view.len;
    want *= 2;
  }
}

void hsy_stream_skip_line(hsy_stream *stream) {
  for (;;) {
    hsy_str view = hsy_stream_peek(stream, 4096);
    const char *end = view.len ? memchr(view.data, '\n', (size_t)view.len) : NULL;
    hsy_stream_skip(stream, end ? end + 1 - view.data : view.len);
    if (end || view.len == 0) return;
  }
}

int64_t hsy_stream_position(const hsy_stream *stream) { return stream->position; }
const hsy_error *hsy_stream_error(const hsy_stream *stream) { return &stream->error; }

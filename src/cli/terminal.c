#include "cli/terminal.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <wchar.h>

static const char *const styles[HSY_CLI_STYLES] = {
    [HSY_CLI_PLAIN] = "\033[0m",     [HSY_CLI_STRONG] = "\033[1m", [HSY_CLI_FAINT] = "\033[2m",
    [HSY_CLI_SOURCE] = "\033[1;36m", [HSY_CLI_CUE] = "\033[33m",   [HSY_CLI_CONTENT] = "\033[32m",
};

/* Characters that move, hide or reorder what stands around them. */
static const struct {
  uint32_t first, last;
} unsafe_ranges[] = {
    {0x00, 0x1F},     {0x7F, 0x9F},     {0x61C, 0x61C},   {0x180E, 0x180E}, {0x200E, 0x200F},   {0x2028, 0x202E},
    {0x2060, 0x206F}, {0xD800, 0xDFFF}, {0xFEFF, 0xFEFF}, {0xFFF9, 0xFFFB}, {0xE0000, 0xE007F},
};

static bool unsafe(uint32_t point) {
  if (point >= 0x20 && point < 0x7F) return false;
  for (size_t i = 0; i < sizeof unsafe_ranges / sizeof *unsafe_ranges; i++) {
    if (point <= unsafe_ranges[i].last) return point >= unsafe_ranges[i].first;
  }
  return false;
}

static int terminal_width(int fd) {
  const char *columns = getenv("COLUMNS");
  int width = columns ? atoi(columns) : 0;
  struct winsize size;
  if (width <= 0 && !ioctl(fd, TIOCGWINSZ, &size)) width = size.ws_col;
  if (width <= 0) width = 80;
  return width < 40 ? 40 : width > 400 ? 400 : width;
}

hsy_cli_out hsy_cli_out_to(FILE *file) {
  int fd = fileno(file);
  hsy_cli_out out = {.file = file, .terminal = isatty(fd) == 1, .width = terminal_width(fd)};
  const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");
  out.colour = out.terminal && !(no_color && *no_color) && !(term && !strcmp(term, "dumb"));
  return out;
}

uint32_t hsy_cli_point(const char *s, size_t len, size_t *at) {
  static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
  const unsigned char *p = (const unsigned char *)s + *at;
  size_t left = len - *at;
  ++*at;
  if (*p < 0x80) return *p;
  size_t n = *p >= 0xF0 && *p < 0xF8 ? 4 : *p >= 0xE0 && *p < 0xF0 ? 3 : *p >= 0xC2 && *p < 0xE0 ? 2 : 0;
  if (!n || n > left) return 0xFFFD;
  uint32_t point = *p & (0xFFu >> (n + 1));
  for (size_t i = 1; i < n; i++) {
    if ((p[i] & 0xC0) != 0x80) return 0xFFFD;
    point = point << 6 | (p[i] & 0x3Fu);
  }
  if (point < least[n] || point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF)) return 0xFFFD;
  *at += n - 1;
  return point;
}

static void put_utf8(FILE *file, uint32_t point) {
  char bytes[4];
  size_t n = 0;
  if (point < 0x80) {
    bytes[n++] = (char)point;
  } else if (point < 0x800) {
    bytes[n++] = (char)(0xC0 | point >> 6);
  } else if (point < 0x10000) {
    bytes[n++] = (char)(0xE0 | point >> 12);
    bytes[n++] = (char)(0x80 | (point >> 6 & 0x3F));
  } else {
    bytes[n++] = (char)(0xF0 | point >> 18);
    bytes[n++] = (char)(0x80 | (point >> 12 & 0x3F));
    bytes[n++] = (char)(0x80 | (point >> 6 & 0x3F));
  }
  if (point >= 0x80) bytes[n++] = (char)(0x80 | (point & 0x3F));
  fwrite(bytes, 1, n, file);
}

static bool blank(uint32_t point) { return point == ' ' || point == '\n' || point == '\t' || point == '\r'; }

void hsy_cli_put_point(const hsy_cli_out *out, uint32_t point) {
  if (blank(point)) point = ' ';
  if (!unsafe(point)) {
    put_utf8(out->file, point);
  } else if (point < 0x20) {
    put_utf8(out->file, 0x2400 + point);
  } else if (point == 0x7F) {
    put_utf8(out->file, 0x2421);
  } else {
    fprintf(out->file, "<U+%04X>", (unsigned)point);
  }
}

int hsy_cli_point_width(uint32_t point) {
  if (point >= 0x20 && point < 0x7F) return 1;
  if (unsafe(point)) return point < 0x80 ? 1 : point > 0xFFFF ? 9 : 8;
  int width = wcwidth((wchar_t)point);
  return width < 0 ? 1 : width;
}

int hsy_cli_text_width(const char *text) {
  size_t len = strlen(text), at = 0;
  int width = 0;
  while (at < len) width += hsy_cli_point_width(hsy_cli_point(text, len, &at));
  return width;
}

void hsy_cli_put(const hsy_cli_out *out, const char *text) {
  size_t len = strlen(text), at = 0;
  while (at < len) hsy_cli_put_point(out, hsy_cli_point(text, len, &at));
}

void hsy_cli_put_column(const hsy_cli_out *out, const char *text, int columns, bool fill) {
  bool cut = hsy_cli_text_width(text) > columns;
  size_t len = strlen(text), at = 0;
  int used = 0;
  while (at < len) {
    uint32_t point = hsy_cli_point(text, len, &at);
    int width = hsy_cli_point_width(point);
    if (used + width > columns - cut) break;
    hsy_cli_put_point(out, point);
    used += width;
  }
  if (cut && columns > 0) {
    fputs("…", out->file);
    used++;
  }
  if (fill) fprintf(out->file, "%*s", columns - used, "");
}

/* Bytes of the word at text + at, and its columns. */
static size_t word_at(const char *text, size_t len, size_t at, int *columns) {
  size_t end = at;
  *columns = 0;
  while (end < len && !blank((unsigned char)text[end])) {
    *columns += hsy_cli_point_width(hsy_cli_point(text, len, &end));
  }
  return end - at;
}

void hsy_cli_put_wrapped(const hsy_cli_out *out, const char *text, int indent) {
  size_t len = strlen(text), at = 0;
  int column = indent;
  while (at < len) {
    if (blank((unsigned char)text[at])) {
      at++;
      continue;
    }
    int columns;
    size_t end = at + word_at(text, len, at, &columns);
    if (column > indent && column + 1 + columns > out->width) {
      fprintf(out->file, "\n%*s", indent, "");
      column = indent;
    } else if (column > indent) {
      putc(' ', out->file);
      column++;
    }
    while (at < end) hsy_cli_put_point(out, hsy_cli_point(text, len, &at));
    column += columns;
  }
  putc('\n', out->file);
}

void hsy_cli_style_on(const hsy_cli_out *out, hsy_cli_style style) {
  if (out->colour) fputs(styles[style], out->file);
}

/* Unsafe characters of a JSON text stand inside its strings (all below a blank
 * are escaped already), so an escape there means the same. */
static void put_json_safely(FILE *file, const char *json, size_t len) {
  size_t at = 0;
  while (at < len) {
    uint32_t point = hsy_cli_point(json, len, &at);
    if (!unsafe(point)) {
      put_utf8(file, point);
    } else if (point > 0xFFFF) {
      fprintf(file, "\\u%04x\\u%04x", (unsigned)(0xD7C0 + (point >> 10)), (unsigned)(0xDC00 | (point & 0x3FF)));
    } else {
      fprintf(file, "\\u%04x", (unsigned)point);
    }
  }
}

bool hsy_cli_put_json(const hsy_cli_out *out, const char *json, size_t len) {
  if (out->terminal) {
    put_json_safely(out->file, json, len);
  } else {
    fwrite(json, 1, len, out->file);
  }
  putc('\n', out->file);
  return hsy_cli_put_done(out);
}

bool hsy_cli_put_done(const hsy_cli_out *out) {
  if (!fflush(out->file) && !ferror(out->file)) return true;
  if (errno != EPIPE) hsy_cli_complain("cannot write the output: %s", strerror(errno));
  return false;
}

void hsy_cli_complain(const char *format, ...) {
  char line[1024];
  va_list args;
  va_start(args, format);
  vsnprintf(line, sizeof line, format, args);
  va_end(args);
  hsy_cli_out err = hsy_cli_out_to(stderr);
  fputs("hearsay: ", stderr);
  hsy_cli_put(&err, line);
  putc('\n', stderr);
}

/* WebVTT and SRT: lines of text between two times each. */
#include <stdlib.h>
#include <string.h>

#include "format/handed.h"
#include "format/plain.h"

enum {
  PAUSE_SECONDS = 4,     /* a longer one begins a paragraph */
  PARAGRAPH_BYTES = 500, /* as does the end of a sentence behind so much */
  ROOM = 1 << 20
};

typedef struct captions {
  FILE *out;
  hsy_arena arena;
  hsy_str voice, last; /* who speaks; the line before */
  ptrdiff_t paragraph; /* bytes of the one at hand */
  double end;          /* of the caption before, in seconds */
  bool sentence_ended;
  ptrdiff_t lines;
  bool hangs; /* a number or times, and no words yet */
} captions;

static hsy_str without_mark(hsy_str s) {
  return hsy_str_starts(s, HSY_S("\xef\xbb\xbf")) ? hsy_str_slice(s, 3, s.len) : s;
}

/* "01:02:03,500" or "02:03.500": seconds, or -1. */
static double seconds_of(hsy_str s) {
  double whole = 0, part = 0, scale = 1;
  int digits = 0, colons = 0;
  bool fraction = false;
  for (ptrdiff_t i = 0; i < s.len; i++) {
    char c = s.data[i];
    if (c >= '0' && c <= '9') {
      digits++;
      if (fraction)
        scale /= 10, whole += (c - '0') * scale;
      else
        part = 10 * part + (c - '0');
    } else if (c == ':' && !fraction) {
      whole = 60 * (whole + part), part = 0, colons++;
    } else if ((c == ',' || c == '.') && !fraction) {
      fraction = true;
    } else {
      return -1;
    }
  }
  return digits > 3 && colons ? whole + part : -1;
}

/* "00:00:01,000 --> 00:00:04,000 align:start" */
static bool times_of(hsy_str line, double *start, double *end) {
  ptrdiff_t at = hsy_str_find(line, HSY_S("-->"));
  if (at < 0) return false;
  hsy_str rest, behind = hsy_str_trim(hsy_str_slice(line, at + 3, line.len));
  *start = seconds_of(hsy_str_trim(hsy_str_slice(line, 0, at)));
  *end = seconds_of(hsy_str_trim(hsy_str_cut(behind, ' ', &rest)));
  return *start >= 0 && *end >= 0;
}

bool hsy_captions_are(hsy_str head) {
  head = without_mark(head);
  if (hsy_str_starts(head, HSY_S("WEBVTT"))) return head.len == 6 || strchr(" \t\r\n", head.data[6]);
  double start, end;
  hsy_str number = hsy_str_trim(hsy_str_cut(head, '\n', &head));
  if (number.len == 0 || number.len > 6) return false;
  for (ptrdiff_t i = 0; i < number.len; i++)
    if (number.data[i] < '0' || number.data[i] > '9') return false;
  return times_of(hsy_str_trim(hsy_str_cut(head, '\n', &head)), &start, &end);
}

/* "<v Jana Piro>words" or "<v.loud Jana Piro>" names who speaks; *line loses it. */
static hsy_str voice_of(hsy_str *line) {
  ptrdiff_t close = hsy_str_find(*line, HSY_S(">"));
  if (close < 0 || !hsy_str_starts(*line, HSY_S("<v"))) return (hsy_str){0};
  hsy_str rest, tag = hsy_str_slice(*line, 2, close);
  hsy_str_cut(tag, ' ', &rest);
  *line = hsy_str_trim(hsy_str_slice(*line, close + 1, line->len));
  return hsy_str_trim(rest);
}

/* A dash or ">>" tells that another speaks. */
static bool changes_speaker(hsy_str *line) {
  static const char *const MARKS[] = {">>>", ">>", "- ", "\xe2\x80\x93 ", "\xe2\x80\x94 "};
  for (size_t i = 0; i < sizeof MARKS / sizeof *MARKS; i++) {
    hsy_str mark = hsy_str_of(MARKS[i]);
    if (!hsy_str_starts(*line, mark)) continue;
    *line = hsy_str_trim(hsy_str_slice(*line, mark.len, line->len));
    return true;
  }
  return false;
}

/* "{\an8}" places a line of SRT. */
static hsy_str without_place(hsy_str line) {
  ptrdiff_t close = hsy_str_starts(line, HSY_S("{\\")) ? hsy_str_find(line, HSY_S("}")) : -1;
  return close < 0 ? line : hsy_str_trim(hsy_str_slice(line, close + 1, line.len));
}

static void put_line(captions *c, hsy_str line, double start) {
  hsy_arena scratch = c->arena;
  line = without_place(line);
  hsy_str voice = voice_of(&line);
  bool other = changes_speaker(&line) || (voice.len && !hsy_str_eq(voice, c->voice));
  if (voice.len) c->voice = voice;
  hsy_str text = hsy_plain_text(line, &scratch);
  if (text.len == 0 || (!other && hsy_str_eq(line, c->last))) return; /* captions that roll say a line twice */
  c->last = line;
  bool breaks = other || start - c->end > PAUSE_SECONDS || (c->sentence_ended && c->paragraph > PARAGRAPH_BYTES);
  if (c->lines && breaks) fputs("\n\n", c->out);
  if (!c->lines || breaks) {
    c->paragraph = 0;
    if (c->voice.len) fprintf(c->out, "%.*s: ", HSY_FMT(c->voice));
  } else {
    fputc(' ', c->out);
  }
  fwrite(text.data, 1, (size_t)text.len, c->out);
  c->paragraph += text.len;
  c->sentence_ended = strchr(".?!\"", text.data[text.len - 1]) != NULL;
  c->lines++;
}

static void put_all(captions *c, hsy_str bytes) {
  double start = 0, end = 0;
  bool inside = false;
  while (bytes.len) {
    hsy_str line = hsy_str_trim(hsy_str_cut(bytes, '\n', &bytes));
    if (line.len) c->hangs = !inside && c->lines && line.data[0] >= '0' && line.data[0] <= '9';
    if (times_of(line, &start, &end)) {
      inside = c->hangs = true;
    } else if (line.len == 0) {
      inside = false;
    } else if (inside) {
      put_line(c, line, start);
      c->end = end;
    }
  }
}

/* In the middle of a caption, or of its last line: a program that writes them ends it. */
static bool is_cut(const captions *c, hsy_str bytes) {
  return c->hangs || (bytes.len && bytes.data[bytes.len - 1] != '\n' && !c->sentence_ended);
}

bool hsy_captions_text(hsy_str bytes, FILE *out, bool *cut, hsy_error *err) {
  hsy_heap *heap = hsy_heap_new(ROOM + 8 * (size_t)bytes.len, err);
  if (!heap) return false;
  captions c = {.out = out, .arena = hsy_heap_reset(heap)};
  put_all(&c, without_mark(bytes));
  *cut = is_cut(&c, bytes);
  hsy_heap_free(heap);
  return c.lines > 0 || hsy_fail(err, HSY_BAD_INPUT, "format", -1, "is a file of captions without any");
}

#include "format/markup.h"

#include <string.h>
#include <strings.h>

typedef struct tag {
  ptrdiff_t start, past, end; /* where it begins; where its attributes are too many, or -1; its ">" */
} tag;

static bool is_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

static bool is_letter(char c) { return (c | 32) >= 'a' && (c | 32) <= 'z'; }

/* From "<" to ">", quoted values stepped over. */
static tag read_tag(hsy_str s, ptrdiff_t start, int64_t most) {
  tag t = {start, -1, s.len};
  int64_t count = 0;
  bool before = false; /* a blank, or the end of a quoted value: what follows is a new attribute */
  for (ptrdiff_t i = start + 1; i < s.len; i++) {
    char c = s.data[i];
    if (c == '>') {
      t.end = i;
      return t;
    }
    bool blank = is_blank(c) || c == '/';
    if (before && !blank && c != '=' && ++count > most && t.past < 0) t.past = i;
    before = blank;
    bool quoted = (c == '"' || c == '\'') && s.data[i - 1] == '=';
    if (!quoted) continue;
    const char *close = memchr(s.data + i + 1, c, (size_t)(s.len - i - 1));
    if (!close) continue;
    i = close - s.data;
    before = true;
  }
  return t;
}

/* Behind what holds no tags though it may look so: a comment, character data, a script. */
static ptrdiff_t skip_untagged(hsy_str s, ptrdiff_t at) {
  static const struct {
    const char *open, *close;
  } UNTAGGED[] = {{"<!--", "-->"},
                  {"<![CDATA[", "]]>"},
                  {"<script", "</script"},
                  {"<style", "</style"},
                  {"<textarea", "</textarea"}};
  for (size_t i = 0; i < sizeof UNTAGGED / sizeof *UNTAGGED; i++) {
    size_t open = strlen(UNTAGGED[i].open), close = strlen(UNTAGGED[i].close);
    if ((size_t)(s.len - at) < open || strncasecmp(s.data + at, UNTAGGED[i].open, open) != 0) continue;
    for (ptrdiff_t k = at + (ptrdiff_t)open; k + (ptrdiff_t)close <= s.len; k++)
      if (s.data[k] == UNTAGGED[i].close[0] && strncasecmp(s.data + k, UNTAGGED[i].close, close) == 0)
        return k + (ptrdiff_t)close;
    return s.len; /* never closed: all that follows is inside */
  }
  return at;
}

/* The next crowded tag at or behind `at`; start is -1 where there is none. */
static tag next_crowded(hsy_str s, ptrdiff_t at, int64_t most) {
  while (at < s.len) {
    const char *open = memchr(s.data + at, '<', (size_t)(s.len - at));
    if (!open) break;
    at = open - s.data;
    ptrdiff_t behind = skip_untagged(s, at);
    if (behind == at && at + 1 < s.len && is_letter(s.data[at + 1])) {
      tag t = read_tag(s, at, most);
      if (t.past >= 0) return t;
      behind = t.end;
    }
    at = behind > at ? behind : at + 1;
  }
  return (tag){-1, -1, s.len};
}

ptrdiff_t hsy_markup_crowded(hsy_str markup, int64_t most) { return next_crowded(markup, 0, most).start; }

void hsy_markup_thin(char *markup, ptrdiff_t len, int64_t most) {
  hsy_str s = {markup, len};
  for (tag t = next_crowded(s, 0, most); t.start >= 0; t = next_crowded(s, t.end, most))
    memset(markup + t.past, ' ', (size_t)(t.end - t.past));
}

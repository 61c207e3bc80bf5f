#include "format/sniff.h"

#include <string.h>

#include "format/cutter.h"
#include "format/entries.h"
#include "format/handed.h"

typedef struct magic {
  int at, len;
  const char *bytes;
  hsy_form form;
  const char *what;
} magic;

static const magic MAGICS[] = {
    {0, 3, "\x1f\x8b\x08", HSY_FORM_GZIP, NULL},
    {0, 4, "\x28\xb5\x2f\xfd", HSY_FORM_ZSTD, NULL},
    {0, 4, "PK\x03\x04", HSY_FORM_ZIP, NULL},
    {0, 4, "PK\x05\x06", HSY_FORM_ZIP, NULL},
    {257, 5, "ustar", HSY_FORM_TAR, NULL},
    {0, 5, "WARC/", HSY_FORM_WARC, NULL},
    {0, 4, "\x89PNG", HSY_FORM_BINARY, "a PNG image"},
    {0, 3, "\xff\xd8\xff", HSY_FORM_BINARY, "a JPEG image"},
    {0, 4, "GIF8", HSY_FORM_BINARY, "a GIF image"},
    {0, 5, "%PDF-", HSY_FORM_PDF, NULL},
    {0, 4,
     "\x7f"
     "ELF",
     HSY_FORM_BINARY, "a program"},
    {0, 4, "RIFF", HSY_FORM_BINARY, "a sound, image or video file"},
    {4, 4, "ftyp", HSY_FORM_BINARY, "a video or image file"},
    {0, 4, "OggS", HSY_FORM_BINARY, "a sound or video file"},
    {0, 3, "ID3", HSY_FORM_BINARY, "a sound file"},
    {0, 16, "SQLite format 3\0", HSY_FORM_BINARY, "a SQLite file"},
    {0, 6, "7z\xbc\xaf\x27\x1c", HSY_FORM_BINARY, "a 7-Zip archive"},
    {0, 6,
     "\xfd"
     "7zXZ\0",
     HSY_FORM_BINARY, "an xz file"},
    {0, 3, "BZh", HSY_FORM_BINARY, "a bzip2 file"},
    {0, 4, "wOF2", HSY_FORM_BINARY, "a font"},
    {0, 8, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", HSY_FORM_BINARY,
     "an old or encrypted Office file: save it as .docx without a password"},
};

static bool has_at(hsy_str s, ptrdiff_t at, const char *bytes, int len) {
  return s.len >= at + len && memcmp(s.data + at, bytes, (size_t)len) == 0;
}

typedef struct mark {
  const char *bytes;
  int len;
  const char *encoding;
} mark;

/* UTF-32LE before UTF-16LE: its mark begins with the other's. */
static const mark MARKS[] = {
    {"\xef\xbb\xbf", 3, "UTF-8"}, {"\xff\xfe\0\0", 4, "UTF-32LE"}, {"\0\0\xfe\xff", 4, "UTF-32BE"},
    {"\xff\xfe", 2, "UTF-16LE"},  {"\xfe\xff", 2, "UTF-16BE"},
};

/* Latin text in UTF-16 or UTF-32 has its NUL bytes at fixed places. */
static const char *unicode_by_nuls(hsy_str head) {
  ptrdiff_t n = head.len < 1024 ? head.len & ~3 : 1024, at[4] = {0};
  if (n < 8) return NULL;
  for (ptrdiff_t i = 0; i < n; i++) at[i & 3] += head.data[i] == 0;
  ptrdiff_t most = n / 4 * 7 / 10, few = n / 4 / 10;
  if (at[0] > most && at[1] > most && at[2] > most && at[3] <= few) return "UTF-32BE";
  if (at[3] > most && at[2] > most && at[1] > most && at[0] <= few) return "UTF-32LE";
  if (at[0] > most && at[2] > most && at[1] <= few && at[3] <= few) return "UTF-16BE";
  if (at[1] > most && at[3] > most && at[0] <= few && at[2] <= few) return "UTF-16LE";
  return NULL;
}

const char *hsy_sniff_unicode(hsy_str head, ptrdiff_t *bytes) {
  *bytes = 0;
  for (size_t i = 0; i < sizeof MARKS / sizeof *MARKS; i++) {
    if (!has_at(head, 0, MARKS[i].bytes, MARKS[i].len)) continue;
    *bytes = MARKS[i].len;
    return MARKS[i].encoding;
  }
  return unicode_by_nuls(head);
}

/* Control characters that no text has; a few may be dirt. */
static bool looks_binary(hsy_str head) {
  ptrdiff_t n = head.len < 8192 ? head.len : 8192, odd = 0;
  for (ptrdiff_t i = 0; i < n; i++) {
    unsigned char c = (unsigned char)head.data[i];
    if (c == 0) return true;
    odd += (c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != 0x1b) || c == 0x7f;
  }
  return odd > 4 + n / 50;
}

/* The first bytes without blanks and marks, NUL bytes of UTF-16 left out, so that one set of tests serves all. */
static hsy_str narrow(hsy_str head, char *room, ptrdiff_t size) {
  ptrdiff_t bytes, n = 0;
  const char *encoding = hsy_sniff_unicode(head, &bytes);
  bool wide = encoding && strcmp(encoding, "UTF-8") != 0;
  for (ptrdiff_t i = bytes; i < head.len && n < size; i++) {
    if (wide && head.data[i] == 0) continue;
    if (n == 0 && (head.data[i] == ' ' || (head.data[i] >= '\t' && head.data[i] <= '\r'))) continue;
    room[n++] = head.data[i];
  }
  return (hsy_str){room, n};
}

static bool has(hsy_str s, const char *what) { return hsy_str_find(s, hsy_str_of(what)) >= 0; }

/* Steps over comments, declarations and blanks to the first element's name. */
static hsy_str first_element(hsy_str s, bool *doctype_html) {
  *doctype_html = false;
  while (s.len) {
    s = hsy_str_trim(s);
    ptrdiff_t end;
    if (hsy_str_starts(s, HSY_S("<!--"))) {
      end = hsy_str_find(s, HSY_S("-->"));
      if (end >= 0) end += 2;
    } else if (hsy_str_starts(s, HSY_S("<?")) || hsy_str_starts(s, HSY_S("<!"))) {
      if (hsy_str_starts_nocase(s, HSY_S("<!doctype html"))) *doctype_html = true;
      end = hsy_str_find(s, HSY_S(">"));
      hsy_str declared = hsy_str_slice(s, 0, end); /* "<!DOCTYPE rss [" goes on to its "]>" */
      if (hsy_str_starts_nocase(s, HSY_S("<!doctype")) && hsy_str_find(declared, HSY_S("[")) >= 0) {
        end = hsy_str_find(s, HSY_S("]>"));
        if (end >= 0) end += 1;
      }
    } else {
      break;
    }
    if (end < 0) return (hsy_str){0};
    s = hsy_str_slice(s, end + 1, s.len);
  }
  if (s.len == 0 || s.data[0] != '<') return (hsy_str){0};
  ptrdiff_t i = 1;
  while (i < s.len && !strchr(" \t\r\n/>", s.data[i])) i++;
  return hsy_str_slice(s, 1, i);
}

static const char *const XML_ROOTS[] = {"rss",    "feed",        "rdf:RDF",     "nitf",        "newsItem",
                                        "NewsML", "newsMessage", "packageItem", "conceptItem", "atom:feed"};

/* Tags that begin a page or a piece of one. */
static const char *const HTML_ROOTS[] = {"html",   "head",  "body",    "meta",    "title", "frameset",
                                         "script", "div",   "article", "section", "p",     "h1",
                                         "h2",     "table", "main",    "center",  "link"};

static bool among(hsy_str name, const char *const *list, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (hsy_str_eq_nocase(name, hsy_str_of(list[i]))) return true;
  return false;
}

static hsy_form tell_markup(hsy_str s) {
  bool doctype_html;
  hsy_str name = first_element(s, &doctype_html);
  if (doctype_html) return HSY_FORM_HTML;
  if (among(name, XML_ROOTS, sizeof XML_ROOTS / sizeof *XML_ROOTS)) return HSY_FORM_XML;
  if (among(name, HTML_ROOTS, sizeof HTML_ROOTS / sizeof *HTML_ROOTS)) return HSY_FORM_HTML;
  if (hsy_str_starts(s, HSY_S("<?xml"))) return has(s, "<html") || has(s, "<HTML") ? HSY_FORM_HTML : HSY_FORM_XML;
  /* Text that happens to begin with a tag of some other kind stays text. */
  return has(s, "<html") || has(s, "<HTML") || has(s, "<body") || has(s, "<BODY") ? HSY_FORM_HTML : HSY_FORM_TEXT;
}

/* One object a line: the first line opens an object and closes it, or the line is longer than what was seen. */
static hsy_form tell_json(hsy_str s) {
  hsy_str rest, line = hsy_str_trim(hsy_str_cut(s, '\n', &rest));
  bool cut = rest.data == NULL && s.len > 4096;
  if (s.data[0] == '{') {
    hsy_str after = hsy_str_trim(hsy_str_slice(line, 1, line.len));
    bool object = after.len && (after.data[0] == '"' || after.data[0] == '}');
    if (object && (cut || line.data[line.len - 1] == '}'))
      return has(s, "jsonfeed.org/version") || (hsy_str_trim(rest).len == 0 && hsy_entries_json_lists(line))
                 ? HSY_FORM_JSON
                 : HSY_FORM_JSONL;
    after = hsy_str_trim(hsy_str_slice(s, 1, s.len));
    return after.len && after.data[0] == '"' ? HSY_FORM_JSON : HSY_FORM_TEXT;
  }
  hsy_str after = hsy_str_trim(hsy_str_slice(s, 1, s.len));
  if (hsy_str_starts_nocase(after, HSY_S("\"http://")) || hsy_str_starts_nocase(after, HSY_S("\"https://")))
    return HSY_FORM_URLS;
  return after.len && after.data[0] == '{' ? HSY_FORM_JSON : HSY_FORM_TEXT;
}

/* The record itself, as `hearsay export` writes it. */
static bool is_record(hsy_str s) {
  return hsy_str_starts(s, HSY_S("{\"type\":\"document\",\"id\":\"")) && has(s, "\"source_id\":") &&
         has(s, "\"sha256\":");
}

/* Header lines of a saved page or message. */
static bool is_mhtml(hsy_str s) {
  hsy_str head = hsy_str_slice(s, 0, 4096);
  if (!has(head, "MIME-Version:") && !has(head, "Mime-Version:")) return false;
  return has(head, "multipart/related") || has(head, "multipart/alternative") || has(head, "text/html");
}

hsy_sniff hsy_sniff_tell(hsy_str head, bool whole) {
  (void)whole;
  if (head.len == 0) return (hsy_sniff){HSY_FORM_EMPTY, NULL};
  if (hsy_office_is_one(head)) return (hsy_sniff){HSY_FORM_OFFICE, NULL};
  for (size_t i = 0; i < sizeof MAGICS / sizeof *MAGICS; i++)
    if (has_at(head, MAGICS[i].at, MAGICS[i].bytes, MAGICS[i].len)) return (hsy_sniff){MAGICS[i].form, MAGICS[i].what};
  ptrdiff_t bytes;
  const char *encoding = hsy_sniff_unicode(head, &bytes);
  bool wide = encoding && strcmp(encoding, "UTF-8") != 0;
  if (!wide && looks_binary(head)) return (hsy_sniff){HSY_FORM_BINARY, "not text"};
  char room[16 << 10];
  hsy_str s = narrow(head, room, sizeof room);
  if (s.len == 0) return (hsy_sniff){HSY_FORM_EMPTY, NULL};
  if (is_record(s))
    return (hsy_sniff){HSY_FORM_BINARY, "what `hearsay export` writes: take it in with `hearsay import FILE`"};
  if (s.data[0] == '<') return (hsy_sniff){tell_markup(s), NULL};
  if (!wide && (s.data[0] == '{' || s.data[0] == '[')) return (hsy_sniff){tell_json(s), NULL};
  if (!wide && hsy_captions_are(s)) return (hsy_sniff){HSY_FORM_CAPTIONS, NULL};
  if (!wide && hsy_mail_is_one(s)) return (hsy_sniff){HSY_FORM_MAIL, NULL};
  if (is_mhtml(s)) return (hsy_sniff){HSY_FORM_MHTML, NULL};
  return (hsy_sniff){HSY_FORM_TEXT, NULL};
}

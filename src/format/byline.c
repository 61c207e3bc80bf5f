#include "format/byline.h"

#include <string.h>

#include "base/utf8.h"

bool hsy_bylines_load(hsy_bylines *bylines, hsy_arena *arena, hsy_error *err) {
  return hsy_lexicon_load(&bylines->words, "lexicon/en/byline_bodies.txt", arena, err) &&
         hsy_lexicon_load(&bylines->openings, "lexicon/page_words.txt", arena, err) &&
         hsy_lexicon_load(&bylines->months, "lexicon/months.txt", arena, err);
}

/* Small words inside names: they need no capital. */
static bool is_particle(hsy_str word) {
  static const char *const PARTICLES[] = {"de", "da",  "do",  "dos", "das", "del", "della", "di",  "du",  "la",
                                          "le", "van", "von", "der", "den", "zu",  "zur",   "zum", "ten", "ter",
                                          "al", "el",  "bin", "ibn", "e",   "y",   "of",    "und", "dal", "af"};
  for (size_t i = 0; i < sizeof PARTICLES / sizeof *PARTICLES; i++)
    if (hsy_str_eq(word, hsy_str_of(PARTICLES[i]))) return true;
  return false;
}

/* "body", "role", or empty. */
static hsy_str kind_of(const hsy_bylines *bylines, hsy_str word, hsy_arena scratch) {
  while (word.len && strchr(".,;:'()", word.data[word.len - 1])) word.len--;
  const hsy_lexicon_entry *entry = hsy_lexicon_find(&bylines->words, hsy_utf8_lower(&scratch, word));
  return entry ? hsy_lexicon_field(entry, 0) : (hsy_str){0};
}

static bool begins_with_capital(hsy_str word) {
  ptrdiff_t at = 0;
  int32_t c = hsy_utf8_next(word, &at);
  /* Scripts without case have no capitals to show. */
  return hsy_is_upper(c) || (c > 0x24F && hsy_is_letter(c) && hsy_to_lower(c) == c && (c < 0x370 || c > 0x52F));
}

/* Names in scripts that part no words: two to four signs. */
static bool is_short_wide(hsy_str name) {
  ptrdiff_t signs = 0;
  for (ptrdiff_t at = 0; at < name.len; signs++) {
    int32_t c = hsy_utf8_next(name, &at);
    if (c < 0x3040 || c >= 0xD7B0) return false;
  }
  return signs >= 2 && signs <= 4;
}

bool hsy_byline_is_person(const hsy_bylines *bylines, hsy_str name, hsy_arena scratch) {
  name = hsy_str_trim(name);
  int words = 0, capitals = 0;
  if (name.len < 4 || name.len > 60) return false;
  for (ptrdiff_t i = 0; i < name.len; i++)
    if (strchr("@/:|_<>?!#\"=", name.data[i]) || (name.data[i] >= '0' && name.data[i] <= '9')) return false;
  for (hsy_str rest = name; rest.len;) {
    hsy_str word = hsy_str_trim(hsy_str_cut(rest, ' ', &rest));
    if (word.len == 0) continue;
    words++;
    if (hsy_str_eq(kind_of(bylines, word, scratch), HSY_S("body"))) return false;
    if (begins_with_capital(word))
      capitals++;
    else if (!is_particle(word) && !(word.len > 2 && (word.data[1] == '\'' || word.data[0] == '(')))
      return false;
  }
  if (words == 1) return is_short_wide(name);
  return words >= 2 && words <= 6 && capitals >= 2;
}

/* Roles at either end: "Political editor Ann Smith", "Ann Smith, reporter" (the comma has cut that). */
static hsy_str strip_roles(const hsy_bylines *bylines, hsy_str name, hsy_arena scratch) {
  for (bool again = true; again && name.len;) {
    again = false;
    ptrdiff_t first = 0, last = name.len;
    while (first < name.len && name.data[first] != ' ') first++;
    while (last > 0 && name.data[last - 1] != ' ') last--;
    if (hsy_str_eq(kind_of(bylines, hsy_str_slice(name, 0, first), scratch), HSY_S("role"))) {
      name = hsy_str_trim(hsy_str_slice(name, first, name.len));
      again = true;
    } else if (hsy_str_eq(kind_of(bylines, hsy_str_slice(name, last, name.len), scratch), HSY_S("role"))) {
      name = hsy_str_trim(hsy_str_slice(name, 0, last));
      again = true;
    }
  }
  return name;
}

/* "Ann Smith May", "Published May": what stood before a figure loses the month, and a word that goes with a day. */
static hsy_str before_figure(const hsy_bylines *bylines, hsy_str name, hsy_arena scratch) {
  static const char *const WORDS[] = {"published", "updated", "posted", "last", "on", "am", "vom"};
  name = hsy_str_trim(name);
  ptrdiff_t last = name.len;
  while (last > 0 && name.data[last - 1] != ' ') last--;
  if (hsy_lexicon_find(&bylines->months, hsy_utf8_lower(&scratch, hsy_str_slice(name, last, name.len))))
    name = hsy_str_trim(hsy_str_slice(name, 0, last));
  for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++)
    if (hsy_str_is_nocase(name, WORDS[i])) return (hsy_str){0};
  return name;
}

static void add_name(const hsy_bylines *bylines, hsy_str name, hsy_str_vec *names, hsy_arena *arena) {
  name = strip_roles(bylines, hsy_str_trim(name), *arena);
  if (!hsy_byline_is_person(bylines, name, *arena)) return;
  for (ptrdiff_t i = 0; i < names->len; i++)
    if (hsy_str_eq_nocase(names->data[i], name)) return;
  *hsy_push(names, arena) = name;
}

typedef struct separator {
  const char *text;
} separator;

static const separator SEPARATORS[] = {
    {","},   {";"}, {" and "}, {" und "},  {" & "},        {" et "},     {" y "},     {" og "},  {" och "},
    {" e "}, {"/"}, {"|"},     {" with "}, {" for "},      {" in "},     {" - "},     {" – "},   {" — "},
    {"•"},   {"·"}, {" mit "}, {"\n"},     {" published"}, {" updated"}, {" posted"}, {" last "}};

/* Bytes of the separator that stands at `at`, or 0. A figure is no part of a name: "Ann Smith 3 minutes ago". */
static ptrdiff_t separator_at(hsy_str s, ptrdiff_t at) {
  if (s.data[at] >= '0' && s.data[at] <= '9') return 1;
  for (size_t i = 0; i < sizeof SEPARATORS / sizeof *SEPARATORS; i++) {
    hsy_str text = hsy_str_of(SEPARATORS[i].text);
    if (hsy_str_starts_nocase(hsy_str_slice(s, at, s.len), text)) return text.len;
  }
  return 0;
}

/* Bytes of the opening that a text begins with, or 0. */
static ptrdiff_t opening_of(const hsy_bylines *bylines, hsy_str s) {
  for (ptrdiff_t i = 0; i < bylines->openings.count; i++) {
    const hsy_lexicon_entry *entry = &bylines->openings.entries[i];
    if (hsy_str_eq(entry->fields, HSY_S("by")) && hsy_str_starts_nocase(s, entry->word)) return entry->word.len;
  }
  return 0;
}

bool hsy_byline_opens(const hsy_bylines *bylines, hsy_str text) { return opening_of(bylines, text) > 0; }

static hsy_str strip_by(const hsy_bylines *bylines, hsy_str s) {
  s = hsy_str_trim(s);
  return hsy_str_trim(hsy_str_slice(s, opening_of(bylines, s), s.len));
}

void hsy_byline_people(const hsy_bylines *bylines, hsy_str byline, hsy_str_vec *names, hsy_arena *arena) {
  hsy_str s = strip_by(bylines, byline);
  ptrdiff_t start = 0;
  for (ptrdiff_t at = 0; at < s.len;) {
    ptrdiff_t cut = separator_at(s, at);
    if (cut) {
      hsy_str name = strip_by(bylines, hsy_str_slice(s, start, at));
      if (s.data[at] >= '0' && s.data[at] <= '9') name = before_figure(bylines, name, *arena);
      add_name(bylines, name, names, arena);
      at += cut > 1 && s.data[at] == ' ' ? cut - 1 : cut; /* its last blank may begin the next one */
      start = at;
    } else {
      at++;
    }
  }
  add_name(bylines, strip_by(bylines, hsy_str_slice(s, start, s.len)), names, arena);
}

bool hsy_byline_is_line(const hsy_bylines *bylines, hsy_str line, hsy_str *rest, hsy_arena scratch) {
  line = hsy_str_trim(line);
  if (line.len > 120 || !hsy_str_starts_nocase(line, HSY_S("by "))) return false;
  *rest = hsy_str_trim(hsy_str_slice(line, 3, line.len));
  if (rest->len == 0 || strchr(".!?", rest->data[rest->len - 1])) return false;
  hsy_str_vec names = {0};
  hsy_byline_people(bylines, *rest, &names, &scratch);
  return names.len > 0;
}

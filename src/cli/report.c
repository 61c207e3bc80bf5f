#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "cli/row.h"
#include "cli/session.h"

/* So much is shown that it prints to four pages; the rest is counted. */
enum { SHOWN_A_SIDE = 7, ASKED_A_SIDE = 200, AROUND = 240, WORDS_MOST = 420 };

typedef struct reporting {
  hsy_cli_session session;
  FILE *out;
  json_t *claim;
  hearsay_error err;
} reporting;

/* ---- HTML ---- */

/* Words of articles: no markup of theirs, and nothing that hides. */
static void put(const reporting *r, const char *words, size_t most) {
  size_t len = strlen(words), at = 0;
  while (at < len && at < most) {
    size_t from = at;
    uint32_t point = hsy_cli_point(words, len, &at);
    bool hides = (point < 0x20 && point != '\n' && point != '\t') || (point >= 0x7F && point < 0xA0) ||
                 (point >= 0x200B && point <= 0x200F) || (point >= 0x202A && point <= 0x202E) ||
                 (point >= 0x2060 && point <= 0x2069) || point == 0xFEFF;
    if (point == '<' || point == '>' || point == '&' || point == '"' || point == '\'')
      fprintf(r->out, "&#%u;", (unsigned)point);
    else if (hides || point == 0xFFFD)
      fprintf(r->out, "<span class=\"hidden\">U+%04X</span>", (unsigned)point);
    else
      fwrite(words + from, 1, at - from, r->out);
  }
  if (at < len) fputs(" …", r->out);
}

static void put_field(const reporting *r, const json_t *row, const char *name) {
  fputs("<bdi>", r->out);
  put(r, hsy_cli_field(row, name), WORDS_MOST);
  fputs("</bdi>", r->out);
}

static const char STYLE[] =
    "body{font:11pt/1.45 Georgia,'DejaVu Serif',serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#1f1c18;"
    "background:#fff}h1{font-size:1.6rem;line-height:1.2;margin:0 0 .4rem}h2{font:600 .8rem/1.3 sans-serif;"
    "letter-spacing:.05em;text-transform:uppercase;color:#5f594f;border-top:1px solid #cfc8b8;padding-top:.4rem;"
    "margin:1.4rem 0 .5rem}p{margin:.3rem 0}article{margin:0 0 .8rem;break-inside:avoid}.who{font-weight:700}"
    ".soft{color:#5f594f;font:.82rem/1.4 sans-serif;overflow-wrap:anywhere}blockquote{margin:.2rem "
    "0;padding-left:.7rem;"
    "border-left:3px solid #cfc8b8}mark{background:#f3e6c4;color:inherit}svg{width:100%;height:auto;display:block}"
    ".hidden{border:1px solid #5f594f;font-size:.7em;padding:0 .2em}"
    ".for{fill:#1f5f8b}.against{fill:#b0261c}"
    "@media(prefers-color-scheme:dark){body{background:#191715;color:#e9e3d8}h2,.soft{color:#aea596}"
    "mark{background:#5a4818}.for{fill:#7db7e0}.against{fill:#f0897c}svg text{fill:#e9e3d8}svg line{stroke:#aea596}"
    "a{color:#eba398}}"
    "@page{size:A4;margin:14mm}@media print{body{font-size:9pt;margin:0;max-width:none}}";

/* ---- what is asked ---- */

static bool keep_row(void *user, const char *json, size_t len) {
  json_t **row = user;
  json_decref(*row);
  *row = json_loadb(json, len, JSON_ALLOW_NUL, NULL);
  return true;
}

static json_t *ask(reporting *r, hearsay_question question, hearsay_filter filter) {
  json_t *row = NULL;
  if (hearsay_ask(r->session.store, question, &filter, keep_row, &row, &r->err)) return row;
  json_decref(row);
  return NULL;
}

static bool is_id(const char *words) {
  size_t len = strlen(words);
  return len >= 6 && len <= 64 && strspn(words, "0123456789abcdef-") == len;
}

/* The claim that is meant: by its id, else the surest that the words fit. */
static bool find_claim(reporting *r, const char *words) {
  hearsay_filter filter = {.words = words, .limit = ASKED_A_SIDE};
  if (is_id(words)) {
    r->claim = ask(r, HEARSAY_CLAIM, filter);
    return r->claim;
  }
  json_t *found = ask(r, HEARSAY_CLAIMS, (hearsay_filter){.words = words, .limit = 1});
  if (found) {
    filter.words = hsy_cli_field(found, "id");
    r->claim = ask(r, HEARSAY_CLAIM, filter);
  }
  json_decref(found);
  return r->claim;
}

/* ---- one statement ---- */

static int64_t edge(const json_t *spans, bool last) {
  size_t count = json_array_size(spans);
  return count ? json_integer_value(json_array_get(json_array_get(spans, last ? count - 1 : 0), last)) : 0;
}

static size_t byte_of(const char *text, size_t len, int64_t point) {
  size_t at = 0;
  while (point-- > 0 && at < len) hsy_cli_point(text, len, &at);
  return at;
}

static bool ends_sentence(const char *text, size_t at) {
  return text[at] == '\n' ||
         ((text[at] == '.' || text[at] == '!' || text[at] == '?') && isspace((unsigned char)text[at + 1]));
}

/* The sentence around what is said, that marked. */
static void put_sentence(reporting *r, const json_t *row) {
  json_t *article = ask(r, HEARSAY_SHOW, (hearsay_filter){.words = hsy_cli_field(row, "document")});
  const char *text = hsy_cli_field(article, "text");
  const json_t *content = json_object_get(row, "content");
  size_t len = strlen(text), first = byte_of(text, len, edge(content, false)),
         behind = byte_of(text, len, edge(content, true));
  size_t from = first, to = behind;
  while (from > 0 && first - from < AROUND && !ends_sentence(text, from - 1)) from--;
  while (from < first && (isspace((unsigned char)text[from]) || ((unsigned char)text[from] & 0xC0) == 0x80)) from++;
  while (to < len && to - behind < AROUND && !ends_sentence(text, to)) to++;
  while (to < len && ((unsigned char)text[to] & 0xC0) == 0x80) to++;
  char *copy = strndup(text + from, to < len ? to + 1 - from : to - from);
  if (copy && first >= from && behind >= first) {
    char *said = strndup(text + first, behind - first);
    fputs("<blockquote><bdi>", r->out);
    char *before = strndup(text + from, first - from);
    put(r, before ? before : "", WORDS_MOST);
    fputs("<mark>", r->out);
    put(r, said ? said : "", WORDS_MOST);
    fputs("</mark>", r->out);
    put(r, behind - from <= strlen(copy) ? copy + (behind - from) : "", WORDS_MOST);
    fputs("</bdi></blockquote>\n", r->out);
    free(before);
    free(said);
  }
  free(copy);
  json_decref(article);
}

static void put_source(const reporting *r, const json_t *row) {
  const char *url = hsy_cli_field(row, "url"), *outlet = hsy_cli_field(row, "outlet");
  char day[40];
  hsy_cli_day(row, day, sizeof day);
  char *place = hsy_cli_place(row), *chain = hsy_cli_chain(row);
  fputs("<p class=\"soft\">", r->out);
  put(r, day, sizeof day);
  fputs(" · ", r->out);
  put(r, *outlet ? outlet : "outlet not told", WORDS_MOST);
  if (*hsy_cli_field(row, "title")) fputs(", ", r->out);
  put(r, hsy_cli_field(row, "title"), WORDS_MOST);
  fputs(" · ", r->out);
  put(r, *url ? url : place ? place : "", WORDS_MOST);
  if (chain && *chain) {
    fputs(" · ", r->out);
    put(r, chain, WORDS_MOST);
  }
  long long copies = (long long)hsy_cli_count(row, "copies"), others = (long long)hsy_cli_count(row, "other_reports");
  if (copies) fprintf(r->out, " · copied %lld time%s", copies, copies == 1 ? "" : "s");
  if (others) fprintf(r->out, " · %lld other report%s", others, others == 1 ? "" : "s");
  fputs("</p>\n", r->out);
  free(place);
  free(chain);
}

static void put_reviews(reporting *r, const json_t *row) {
  json_t *mark = ask(r, HEARSAY_REVIEWS, (hearsay_filter){.words = hsy_cli_field(row, "id")});
  if (mark) {
    fprintf(r->out, "<p class=\"soft\">Reviewed: %s by ", hsy_cli_field(mark, "verdict"));
    put_field(r, mark, "reviewer");
    fprintf(r->out, ", %.10s.</p>\n", hsy_cli_field(mark, "at"));
  } else {
    fputs("<p class=\"soft\">Not reviewed by a person.</p>\n", r->out);
  }
  json_decref(mark);
}

static void put_statement(reporting *r, const json_t *row) {
  char *cue = hsy_cli_pieces(json_object_get(row, "cue_text"));
  const char *speaker = hsy_cli_field(row, "speaker");
  fputs("<article>\n<p><span class=\"who\"><bdi>", r->out);
  put(r, *speaker ? speaker : "Nobody named", WORDS_MOST);
  fputs("</bdi></span> <em>", r->out);
  put(r, cue ? cue : "", WORDS_MOST);
  fprintf(r->out, "</em> <span class=\"soft\">(%s)</span></p>\n", hsy_cli_field(row, "stance"));
  free(cue);
  put_sentence(r, row);
  put_source(r, row);
  put_reviews(r, row);
  fputs("</article>\n", r->out);
}

static bool is_head(const json_t *row) { return !*hsy_cli_field(row, "folded_into"); }

static void put_side(reporting *r, const char *side, const char *heading) {
  const json_t *rows = json_object_get(r->claim, side), *row;
  char count[32];
  size_t i, shown = 0;
  snprintf(count, sizeof count, "statements_%s", side);
  long long all = (long long)hsy_cli_count(r->claim, count);
  fprintf(r->out, "<h2>%s (%lld)</h2>\n", heading, all);
  json_array_foreach(rows, i, row) {
    if (!is_head(row) || shown == SHOWN_A_SIDE) continue;
    put_statement(r, row);
    shown++;
  }
  if ((long long)shown < all)
    fprintf(r->out, "<p class=\"soft\">%lld more %s in the record.</p>\n", all - (long long)shown,
            all - (long long)shown == 1 ? "is" : "are");
}

/* ---- the timeline ---- */

/* Days since 1970 of "2025-05-02…"; -1 where none is told. */
static long day_of(const json_t *row) {
  static const int BEFORE[] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};
  int year, month = 1, day = 1;
  const char *text = *hsy_cli_field(row, "said_on") ? hsy_cli_field(row, "said_on") : hsy_cli_field(row, "published");
  if (sscanf(text, "%4d-%2d-%2d", &year, &month, &day) < 1 || year < 1 || month < 1 || month > 12) return -1;
  long leaps = (year - 1) / 4 - (year - 1) / 100 + (year - 1) / 400 +
               (month > 2 && !(year % 4) && (year % 100 || !(year % 400)));
  return 365L * year + leaps + BEFORE[month - 1] + day;
}

static void span_of(const json_t *rows, long *first, long *last) {
  const json_t *row;
  size_t i;
  json_array_foreach(rows, i, row) {
    long day = day_of(row);
    if (day < 0) continue;
    if (*first < 0 || day < *first) *first = day;
    if (day > *last) *last = day;
  }
}

static const char *text_day(const json_t *row) {
  return *hsy_cli_field(row, "said_on") ? hsy_cli_field(row, "said_on") : hsy_cli_field(row, "published");
}

/* Marks of one day lie above one another; of very many a number says how many. */
static void put_lane(const reporting *r, const char *side, int y, long first, long last) {
  enum { WIDTH = 560, LEFT = 100, STACKED = 4 };
  const json_t *rows = json_object_get(r->claim, side), *row;
  long before = -1;
  int level = 0;
  size_t i;
  fprintf(r->out,
          "<text x=\"0\" y=\"%d\" font-size=\"13\">%s</text><line x1=\"%d\" x2=\"%d\" y1=\"%d\" y2=\"%d\" "
          "stroke=\"#5f594f\"/>",
          y + 4, side, LEFT, LEFT + WIDTH, y, y);
  json_array_foreach(rows, i, row) {
    long day = day_of(row);
    if (day < 0 || !is_head(row)) continue;
    level = day == before ? level + 1 : 0;
    before = day;
    if (level >= STACKED) continue;
    long x = last > first ? LEFT + (day - first) * WIDTH / (last - first) : LEFT + WIDTH / 2;
    fprintf(r->out, "<circle class=\"%s\" cx=\"%ld\" cy=\"%d\" r=\"5\"><title>", side, x, y - 8 * level);
    put(r, hsy_cli_field(row, "speaker"), 80);
    fputs("</title></circle>", r->out);
  }
}

static void put_timeline(const reporting *r) {
  long first = -1, last = -1;
  const json_t *pro = json_object_get(r->claim, "for"), *con = json_object_get(r->claim, "against");
  span_of(pro, &first, &last);
  span_of(con, &first, &last);
  if (first < 0) return;
  fputs(
      "<h2>Over time</h2>\n<svg viewBox=\"0 0 680 150\" role=\"img\" aria-label=\"When each side spoke, from the first"
      " day at the left to the last at the right\">",
      r->out);
  put_lane(r, "for", 50, first, last);
  put_lane(r, "against", 110, first, last);
  const json_t *row, *sides[] = {pro, con};
  for (int end = 0; end < 2; end++) {
    bool done = false;
    size_t i;
    for (int s = 0; s < 2 && !done; s++) {
      json_array_foreach(sides[s], i, row) {
        if (done || day_of(row) != (end ? last : first)) continue;
        fprintf(r->out, "<text x=\"%d\" y=\"142\" font-size=\"12\" text-anchor=\"%s\">%.10s</text>", end ? 660 : 100,
                end ? "end" : "start", text_day(row));
        done = true;
      }
    }
    if (first == last) break;
  }
  fputs("</svg>\n", r->out);
}

/* ---- the whole ---- */

static void put_heading(const reporting *r) {
  const char *about = hsy_cli_field(r->claim, "about");
  fputs("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\""
        " content=\"width=device-width\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';"
        " style-src 'unsafe-inline'\">\n<title>",
        r->out);
  put(r, about, WORDS_MOST);
  fprintf(r->out, "</title>\n<style>%s</style>\n</head>\n<body>\n<main>\n<h1><bdi>", STYLE);
  if (!strncmp(about, "that ", 5)) about += 5;
  char first[2] = {(char)toupper((unsigned char)*about), '\0'};
  put(r, first, 1);
  put(r, *about ? about + 1 : "", WORDS_MOST);
  fprintf(r->out,
          "</bdi></h1>\n<p class=\"soft\">A claim on which statements differ: %lld for it, %lld against it. Confidence"
          " that they are about one thing: %.2f. Claim %s.</p>\n",
          (long long)hsy_cli_count(r->claim, "statements_for"),
          (long long)hsy_cli_count(r->claim, "statements_against"),
          json_real_value(json_object_get(r->claim, "confidence")), hsy_cli_field(r->claim, "id"));
}

static bool put_shift(void *user, const char *json, size_t len) {
  const reporting *r = user;
  json_t *row = json_loadb(json, len, JSON_ALLOW_NUL, NULL);
  char before[40], after[40];
  hsy_cli_day(json_object_get(row, "before"), before, sizeof before);
  hsy_cli_day(json_object_get(row, "after"), after, sizeof after);
  fputs("<li>", r->out);
  put_field(r, row, "speaker");
  fprintf(r->out, ": %s on one side, %s on the other.</li>\n", before, after);
  json_decref(row);
  return true;
}

static void put_shifts(reporting *r) {
  hearsay_filter filter = {.claim = hsy_cli_field(r->claim, "id"), .limit = 8};
  json_t *one = ask(r, HEARSAY_SHIFTS, (hearsay_filter){.claim = filter.claim, .limit = 1});
  if (one) {
    fputs("<h2>Changed position</h2>\n<ul>\n", r->out);
    hearsay_ask(r->session.store, HEARSAY_SHIFTS, &filter, put_shift, r, &r->err);
    fputs("</ul>\n", r->out);
  }
  json_decref(one);
}

static void put_limits(const reporting *r) {
  fprintf(
      r->out,
      "<h2>How this was made, and its limits</h2>\n<p class=\"soft\">hearsay %s read the articles that are in this "
      "record,"
      " and none besides: what nobody added is not here. A program found who says what and put the statements"
      " together; it takes some for about one thing that are not, and misses others. Whether a side is right it does"
      " not know. Days in brackets are those of the articles. Copies of one text count once. Look at each source before"
      " you rely on it.</p>\n</main>\n</body>\n</html>\n",
      hearsay_version());
}

static bool write_report(reporting *r) {
  put_heading(r);
  put_timeline(r);
  put_side(r, "for", "For");
  put_side(r, "against", "Against");
  put_shifts(r);
  put_limits(r);
  return r->err.code == HEARSAY_OK;
}

/* false where not all of it could be written. */
static bool end_report(reporting *r, const char *output) {
  if (r->out == stdout) { /* who says what is wrong there */
    if (hsy_cli_put_done(&r->session.out)) return true;
    r->err.code = HEARSAY_STOPPED;
    return false;
  }
  bool lost = fflush(r->out) || ferror(r->out);
  if (!fclose(r->out) && !lost) return true;
  r->err.code = HEARSAY_IO;
  snprintf(r->err.message, sizeof r->err.message, "%.200s: %s", output, strerror(errno));
  return false;
}

static int run(const hsy_cli_options *options) {
  reporting r = {.err = {.offset = -1}};
  hsy_cli_session_init(&r.session, options);
  char *words = hsy_cli_joined(options);
  if (!words) return HSY_CLI_FAILED;
  if (!hsy_cli_session_store(&r.session, false)) {
    free(words);
    return hsy_cli_session_give_up(&r.session);
  }
  bool ok = find_claim(&r, words);
  if (!ok && r.err.code == HEARSAY_OK) {
    r.err.code = HEARSAY_NOT_FOUND;
    snprintf(r.err.message, sizeof r.err.message,
             "no claim holds these words; `hearsay claims` lists what is disputed");
  }
  r.out = ok && options->output ? fopen(options->output, "w") : stdout;
  if (ok && !r.out) {
    ok = false;
    r.err.code = HEARSAY_IO;
    snprintf(r.err.message, sizeof r.err.message, "%.200s: %s", options->output, strerror(errno));
  }
  if (ok) {
    ok = write_report(&r);
    ok = end_report(&r, options->output) && ok;
  }
  json_decref(r.claim);
  free(words);
  return hsy_cli_session_close(&r.session, ok, &r.err);
}

const hsy_cli_command hsy_cli_write_report = {
    .name = "report",
    .arguments = "CLAIM|WORDS",
    .summary = "write a claim with its sides as one file to send",
    .about = "One HTML file that asks for nothing else: the claim, who is for it and who against,\n"
             "by time, each statement in its sentence with its source, who copied it, what was\n"
             "reviewed, and the limits of the method. It prints to four pages at most; what has no\n"
             "room is counted. CLAIM is an id, as `hearsay claims` shows it; of WORDS the surest\n"
             "claim that holds them is taken.\n"
             "\n"
             "  hearsay report 64d53ac0 -o river.html\n"
             "  hearsay report night flights -o flights.html\n",
    .takes = HSY_CLI_TAKES_STORE | HSY_CLI_TAKES_OUTPUT,
    .least = 1,
    .most = SIZE_MAX,
    .run = run,
};

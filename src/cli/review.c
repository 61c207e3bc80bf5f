#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "cli/row.h"
#include "cli/session.h"

enum { ROWS_AT_ONCE = 200, CONTEXT = 160, LINE_MOST = 400 };

typedef struct reviewing {
  hsy_cli_session session;
  const char *by, *kind;
  json_t *rows; /* attributions to look at */
  size_t at;
  uint64_t right, wrong, corrected, seen;
  int64_t last; /* number of the last mark; 0: none to take back */
  bool terminal;
  struct termios before;
} reviewing;

static const char *reviewer(const hsy_cli_options *options) {
  const char *names[] = {options->by, getenv("HEARSAY_REVIEWER"), getenv("USER"), "somebody"};
  int i = 0;
  while (!names[i] || !*names[i]) i++;
  return names[i];
}

/* ---- one mark ---- */

static bool take_number(void *user, const char *json, size_t len) {
  int64_t *number = user;
  json_t *row = json_loadb(json, len, JSON_ALLOW_NUL, NULL);
  *number = hsy_cli_count(row, "number");
  json_decref(row);
  return true;
}

static bool say(reviewing *r, const hearsay_mark *mark) {
  hearsay_error err = {.offset = -1};
  bool ok = hearsay_review(r->session.store, mark, take_number, &r->last, &err);
  if (!ok) hsy_cli_complain("%s", err.message);
  return ok;
}

static const char *row_id(const reviewing *r) { return hsy_cli_field(json_array_get(r->rows, r->at), "id"); }

static hearsay_mark mark_of(const reviewing *r, const char *verdict) {
  return (hearsay_mark){.kind = r->kind, .target = row_id(r), .verdict = verdict, .reviewer = r->by};
}

/* ---- the terminal ---- */

static void raw(reviewing *r, bool on) {
  if (!r->terminal) return;
  struct termios how = r->before;
  if (on) how.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
  tcsetattr(STDIN_FILENO, TCSANOW, &how);
}

static int read_key(void) {
  unsigned char key;
  return read(STDIN_FILENO, &key, 1) == 1 ? key : 'q';
}

/* A line without its end; false where nothing was typed. */
static bool read_line(reviewing *r, const char *question, char *line, size_t size) {
  size_t len = 0;
  raw(r, false);
  printf("%s: ", question);
  fflush(stdout);
  for (char key; len + 1 < size && read(STDIN_FILENO, &key, 1) == 1 && key != '\n';) line[len++] = key;
  line[len] = '\0';
  raw(r, true);
  return len > 0;
}

/* ---- what is shown ---- */

static size_t byte_of(const char *text, size_t len, int64_t point) {
  size_t at = 0;
  while (point-- > 0 && at < len) hsy_cli_point(text, len, &at);
  return at;
}

typedef struct context {
  reviewing *r;
  const json_t *row;
} context;

static int64_t bound(const json_t *spans, bool last) {
  size_t count = json_array_size(spans);
  return count ? json_integer_value(json_array_get(json_array_get(spans, last ? count - 1 : 0), last)) : 0;
}

/* The words around, the content in colour. */
static bool put_context(void *user, const char *json, size_t json_len) {
  const context *c = user;
  const hsy_cli_out *out = &c->r->session.out;
  json_t *article = json_loadb(json, json_len, JSON_ALLOW_NUL, NULL);
  const char *text = hsy_cli_field(article, "text");
  const json_t *content = json_object_get(c->row, "content");
  if (!json_array_size(content)) content = json_object_get(c->row, "cue");
  int64_t start = bound(content, false), end = bound(content, true);
  size_t len = strlen(text), from = byte_of(text, len, start > CONTEXT ? start - CONTEXT : 0);
  size_t first = byte_of(text, len, start), behind = byte_of(text, len, end), to = byte_of(text, len, end + CONTEXT);
  for (size_t at = from; at < to;) {
    if (at == first) hsy_cli_style_on(out, HSY_CLI_CONTENT);
    if (at == behind) hsy_cli_style_on(out, HSY_CLI_PLAIN);
    hsy_cli_put_point(out, hsy_cli_point(text, len, &at));
  }
  hsy_cli_style_on(out, HSY_CLI_PLAIN);
  fputs("\n\n", out->file);
  json_decref(article);
  return true;
}

static void put_line(const hsy_cli_out *out, const char *label, const char *text) {
  fprintf(out->file, "%-13s", label);
  hsy_cli_put_wrapped(out, text, 13);
}

static void put_list(const hsy_cli_out *out, const char *label, const json_t *list) {
  size_t i;
  json_t *text;
  json_array_foreach(list, i, text) put_line(out, i ? "" : label, json_string_value(text));
}

static void put_part(const hsy_cli_out *out, const json_t *row, const char *part, const char *label) {
  const json_t *attribution = json_object_get(row, part);
  if (!json_is_object(attribution)) return;
  if (label) fprintf(out->file, "%s\n", label);
  hsy_cli_put_attribution(out, attribution);
}

/* What is asked of a row of the kind, and what it rests on. */
static void put_statement(const hsy_cli_out *out, const json_t *row) {
  fprintf(out->file, "one utterance, in %lld reports?\n", (long long)hsy_cli_count(row, "reports"));
  put_part(out, row, "attribution", NULL);
  put_list(out, "in words", json_object_get(row, "wordings"));
}

static void put_side(const hsy_cli_out *out, const json_t *row) {
  fprintf(out->file, "%s this?\n", hsy_cli_field(row, "side"));
  put_line(out, "claim", hsy_cli_field(row, "about"));
  put_part(out, row, "attribution", NULL);
  put_part(out, row, "opposite", "on the other side:");
}

static void put_shift(const hsy_cli_out *out, const json_t *row) {
  fputs("a change of position?\n", out->file);
  put_line(out, "claim", hsy_cli_field(row, "about"));
  put_part(out, row, "before", "before:");
  put_part(out, row, "after", "after:");
}

static void put_name(const hsy_cli_out *out, const json_t *row) {
  fprintf(out->file, "one %s, rightly named? said %lld\n", hsy_cli_field(row, "kind"),
          (long long)hsy_cli_count(row, "attributions"));
  put_line(out, "name", hsy_cli_field(row, "name"));
  put_list(out, "called", json_object_get(row, "called"));
  put_list(out, "titles", json_object_get(row, "titles"));
  put_part(out, row, "attribution", NULL);
}

/* Rows of these are marked as right or wrong alone. */
static bool show_other(const reviewing *r, const json_t *row) {
  static const struct {
    const char *kind;
    void (*put)(const hsy_cli_out *out, const json_t *row);
  } KINDS[] = {{"statement", put_statement}, {"side", put_side}, {"shift", put_shift}, {"name", put_name}};
  for (size_t i = 0; i < sizeof KINDS / sizeof *KINDS; i++) {
    if (strcmp(KINDS[i].kind, r->kind) != 0) continue;
    KINDS[i].put(&r->session.out, row);
    return true;
  }
  return false;
}

static bool is_of_attributions(const reviewing *r) { return !strcmp(r->kind, "attribution"); }

static void show(reviewing *r) {
  const hsy_cli_out *out = &r->session.out;
  const json_t *row = json_array_get(r->rows, r->at);
  if (!is_of_attributions(r)) {
    fprintf(out->file, "\n%llu  ", (unsigned long long)++r->seen);
    show_other(r, row);
    fputs("[y] right  [n] wrong  [space] skip  [u] undo  [q] end\n", out->file);
    fflush(out->file);
    return;
  }
  context c = {r, row};
  hearsay_error err = {.offset = -1};
  hearsay_filter filter = {.words = hsy_cli_field(row, "document")};
  fprintf(out->file, "\n%llu  confidence %.2f\n", (unsigned long long)++r->seen,
          json_real_value(json_object_get(row, "confidence")));
  hsy_cli_put_attribution(out, row);
  fputs("\n  … ", out->file);
  hearsay_ask(r->session.store, HEARSAY_SHOW, &filter, put_context, &c, &err);
  fputs("[y] right  [n] wrong  [s] another speaker  [t] another stance  [c] other words  [space] skip  [u] undo  [q] "
        "end\n",
        out->file);
  fflush(out->file);
}

/* ---- keys ---- */

static bool correct(reviewing *r, const char *field, const char *question) {
  char line[LINE_MOST];
  hearsay_mark mark = mark_of(r, "corrected");
  if (!read_line(r, question, line, sizeof line)) return false;
  mark.field = field;
  mark.value = line;
  if (!say(r, &mark)) return false;
  r->corrected++;
  return true;
}

static bool verdict(reviewing *r, const char *word, uint64_t *count) {
  hearsay_mark mark = mark_of(r, word);
  if (!say(r, &mark)) return false;
  ++*count;
  return true;
}

/* Takes the last mark back and returns to its row. */
static bool undo(reviewing *r) {
  hearsay_error err = {.offset = -1};
  if (!r->last || !r->at || !hearsay_review_back(r->session.store, r->last, &err)) {
    hsy_cli_complain("%s", r->last && r->at ? err.message : "there is no mark to take back");
    return false;
  }
  puts("taken back");
  r->last = 0;
  r->at -= 1;
  r->seen -= 2;
  return true;
}

/* Whether the next row is to be shown. */
static bool press(reviewing *r, int key, bool *end) {
  bool on = true;
  if (!is_of_attributions(r) && strchr("stc", key)) return false; /* right or wrong, no more */
  switch (key) {
  case 'y':
    on = verdict(r, "right", &r->right);
    break;
  case 'n':
    on = verdict(r, "wrong", &r->wrong);
    break;
  case 's':
    on = correct(r, "speaker", "who said it");
    break;
  case 't':
    on = correct(r, "stance", "affirm, admit, deny, decline, urge, promise or ask");
    break;
  case 'c':
    on = correct(r, "content", "characters of what was said (120-168;190-204)");
    break;
  case ' ':
    r->last = 0;
    break;
  case 'u':
    return undo(r);
  case 'q':
  case 4: /* ^D */
    *end = true;
    return false;
  default:
    return false;
  }
  r->at += on;
  return on;
}

static bool keep_row(void *user, const char *json, size_t len) {
  reviewing *r = user;
  json_t *row = json_loadb(json, len, JSON_ALLOW_NUL, NULL);
  return json_array_append_new(r->rows, row) == 0;
}

static bool load_rows(reviewing *r, hearsay_error *err) {
  const hsy_cli_options *o = r->session.options;
  hearsay_filter filter = {.speaker = o->speaker,
                           .outlet = o->outlet,
                           .stance = o->stance,
                           .since = o->since,
                           .until = o->until,
                           .min_confidence = o->min_confidence,
                           .kind = r->kind,
                           .sort = o->sort,
                           .reverse = o->reverse,
                           .limit = o->limit ? (uint64_t)o->limit : ROWS_AT_ONCE};
  return hearsay_ask(r->session.store, HEARSAY_UNREVIEWED, &filter, keep_row, r, err);
}

static void go_through(reviewing *r) {
  bool end = false, next = true;
  r->terminal = isatty(STDIN_FILENO) && !tcgetattr(STDIN_FILENO, &r->before);
  raw(r, true);
  while (!end && r->at < json_array_size(r->rows)) {
    if (next) show(r);
    next = press(r, read_key(), &end);
  }
  raw(r, false);
}

static int review(const hsy_cli_options *options) {
  reviewing r = {.by = reviewer(options), .kind = options->kind ? options->kind : "attribution", .rows = json_array()};
  hearsay_error err = {.offset = -1};
  hsy_cli_session_init(&r.session, options);
  if (!hsy_cli_session_store(&r.session, false)) return hsy_cli_session_give_up(&r.session);
  bool ok = load_rows(&r, &err);
  if (ok && !json_array_size(r.rows)) hsy_cli_complain("nothing is left to review");
  if (ok) go_through(&r);
  ok = ok && hearsay_review_settle(r.session.store, &err);
  if (ok)
    printf("%llu right, %llu wrong, %llu corrected, by %s\n", (unsigned long long)r.right, (unsigned long long)r.wrong,
           (unsigned long long)r.corrected, r.by);
  json_decref(r.rows);
  return hsy_cli_session_close(&r.session, ok, &err);
}

/* ---- one mark by its id; marks that are there ---- */

/* The first line: of several speakers, how they are worded together. */
static void put_value(const hsy_cli_out *out, const char *value) {
  char line[200];
  snprintf(line, sizeof line, "%.*s", (int)strcspn(value, "\n"), value);
  hsy_cli_put(out, *line ? line : "nobody");
}

static bool print_mark(void *user, const char *json, size_t len) {
  hsy_cli_session *session = user;
  const hsy_cli_out *out = &session->out;
  json_t *row = json_loadb(json, len, JSON_ALLOW_NUL, NULL);
  if (session->options->json) {
    hsy_cli_put_json(out, json, len);
  } else {
    fprintf(out->file, "%4lld  %.10s  %s %s by ", (long long)hsy_cli_count(row, "number"), hsy_cli_field(row, "at"),
            hsy_cli_field(row, "kind"), hsy_cli_field(row, "verdict"));
    hsy_cli_put(out, hsy_cli_field(row, "reviewer"));
    if (*hsy_cli_field(row, "field")) {
      fprintf(out->file, "  %s: ", hsy_cli_field(row, "field"));
      put_value(out, hsy_cli_field(row, "was"));
      fputs(" → ", out->file);
      put_value(out, hsy_cli_field(row, "value"));
    }
    fputs("\n      ", out->file);
    hsy_cli_put_wrapped(out, hsy_cli_field(row, "words"), 6);
  }
  json_decref(row);
  return hsy_cli_put_done(out);
}

static const char *field_of(const hsy_cli_options *o, const char **value, int *count) {
  static const char *const NAMES[] = {"speaker", "stance", "content"};
  const char *const values[] = {o->new_speaker, o->new_stance, o->new_content};
  const char *field = NULL;
  for (int i = 0; i < 3; i++) {
    if (!values[i]) continue;
    field = NAMES[i];
    *value = values[i];
    ++*count;
  }
  return field;
}

static int mark_one(const hsy_cli_options *o) {
  int fields = 0;
  const char *target = o->right ? o->right : o->wrong ? o->wrong : o->correct;
  hearsay_mark mark = {.kind = o->kind ? o->kind : "attribution",
                       .target = target,
                       .verdict = o->right   ? "right"
                                  : o->wrong ? "wrong"
                                             : "corrected",
                       .reviewer = reviewer(o)};
  mark.field = field_of(o, &mark.value, &fields);
  if (fields != (o->correct != NULL)) {
    hsy_cli_complain("--correct wants one of --new-speaker, --new-stance and --new-content");
    return HSY_CLI_USAGE;
  }
  hsy_cli_session session;
  hearsay_error err = {.offset = -1};
  hsy_cli_session_init(&session, o);
  if (!hsy_cli_session_store(&session, false)) return hsy_cli_session_give_up(&session);
  bool ok =
      hearsay_review(session.store, &mark, print_mark, &session, &err) && hearsay_review_settle(session.store, &err);
  return hsy_cli_session_close(&session, ok, &err);
}

static int take_back(const hsy_cli_options *options) {
  hsy_cli_session session;
  hearsay_error err = {.offset = -1};
  hsy_cli_session_init(&session, options);
  if (!hsy_cli_session_store(&session, false)) return hsy_cli_session_give_up(&session);
  bool ok = hearsay_review_back(session.store, options->take_back, &err) && hearsay_review_settle(session.store, &err);
  if (ok && !options->json) printf("took back %lld\n", (long long)options->take_back);
  return hsy_cli_session_close(&session, ok, &err);
}

static int run(const hsy_cli_options *options) {
  int asked = !!options->right + !!options->wrong + !!options->correct + options->list_marks + !!options->take_back;
  if (asked > 1) {
    hsy_cli_complain("review does one thing at a time");
    return HSY_CLI_USAGE;
  }
  if (options->take_back) return take_back(options);
  if (options->right || options->wrong || options->correct) return mark_one(options);
  if (!options->list_marks) return review(options);
  hsy_cli_session session;
  hsy_cli_session_init(&session, options);
  return hsy_cli_ask(&session, HEARSAY_REVIEWS, NULL, print_mark, &session);
}

const hsy_cli_command hsy_cli_review = {
    .name = "review",
    .arguments = "",
    .summary = "say of rows whether they are right, the least sure first",
    .about = "Shows one attribution after the other that nobody has marked, with the words\n"
             "around it; one key answers. What is marked is kept as a fact of its own, with who\n"
             "said so and when: it holds when the article is read again, goes with `export`\n"
             "and `import`, and can be taken back. What is wrong is left out of all answers;\n"
             "speaker, stance and words can be put right. `hearsay stats` tells how much was\n"
             "reviewed and how precise the program was on it. --kind goes through statements,\n"
             "sides, shifts or names instead. Without the terminal:\n"
             "\n"
             "  hearsay review --kind side\n"
             "  hearsay review --right 2d68546d83\n"
             "  hearsay review --correct 2d68546d83 --new-speaker \"Per Oskarsen\"\n"
             "  hearsay review --marks\n"
             "  hearsay review --take-back 3\n",
    .takes = HSY_CLI_TAKES_STORE | HSY_CLI_TAKES_JSON | HSY_CLI_TAKES_FILTER | HSY_CLI_TAKES_PAGE | HSY_CLI_TAKES_SORT |
             HSY_CLI_TAKES_MARK | HSY_CLI_TAKES_TAKE_BACK,
    .least = 0,
    .most = 0,
    .run = run,
};

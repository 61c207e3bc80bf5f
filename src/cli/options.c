#include "cli/options.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "cli/terminal.h"

typedef enum option_kind { FLAG, TEXT, SEVERAL, COUNT, SHARE, DAY, DATE } option_kind;

typedef struct option {
  const char *name;
  char letter;
  const char *value; /* what the help calls it, NULL for a flag */
  option_kind kind;
  size_t offset; /* of the field in hsy_cli_options */
  unsigned takes;
  const char *help;
} option;

#define FIELD(name) offsetof(hsy_cli_options, name)

static const option options_table[] = {
    {"store", 0, "FILE", TEXT, FIELD(store), HSY_CLI_TAKES_STORE,
     "the record (else $HEARSAY_STORE, else hearsay/hearsay.db in $XDG_DATA_HOME)"},
    {"json", 0, NULL, FLAG, FIELD(json), HSY_CLI_TAKES_JSON, "one JSON object a line (docs/format.md)"},
    {"jobs", 'j', "N", COUNT, FIELD(threads), HSY_CLI_TAKES_FILES, "threads; one a core if not said"},
    {"published", 0, "DATE", DAY, FIELD(published), HSY_CLI_TAKES_FILES,
     "day of publication where the article gives none"},
    {"date", 0, "DATE", DAY, FIELD(published), HSY_CLI_TAKES_FILES, "as --published"},
    {"title", 0, "TEXT", TEXT, FIELD(title), HSY_CLI_TAKES_FILES, "headline where the article gives none"},
    {"outlet", 0, "NAME", TEXT, FIELD(outlet), HSY_CLI_TAKES_FILES, "outlet where the article gives none"},
    {"without", 0, "WHAT", TEXT, FIELD(without), HSY_CLI_TAKES_WITHOUT,
     "only articles that lack it: date, outlet, speech or text"},
    {"fields", 0, "MAP", TEXT, FIELD(fields), HSY_CLI_TAKES_FILES, "names in JSON lines and CSV: text=body,id=uid"},
    {"max-text", 0, "BYTES", COUNT, FIELD(max_text), HSY_CLI_TAKES_FILES, "refuse articles with more text (8388608)"},
    {"engine", 0, "NAME", TEXT, FIELD(engine), HSY_CLI_TAKES_FILES | HSY_CLI_TAKES_SERVE,
     "deep (as usual), or fast: finds less, for millions ($HEARSAY_ENGINE)"},
    {"limits", 0, "MAP", TEXT, FIELD(limits), HSY_CLI_TAKES_FILES,
     "of one article: memory=256,seconds=60 and others (see the manual)"},
    {"model", 0, "DIR", TEXT, FIELD(model), HSY_CLI_TAKES_FILES, "trained models to use instead of the built-in ones"},
    {"times", 0, NULL, FLAG, FIELD(times), HSY_CLI_TAKES_TIMES, "add the time expressions and their values"},
    {"explain", 0, NULL, FLAG, FIELD(explain), HSY_CLI_TAKES_EXPLAIN, "add where each field and block comes from"},
    {"replace", 0, NULL, FLAG, FIELD(replace), HSY_CLI_TAKES_REPLACE, "read articles that are there already anew"},
    {"repair", 0, NULL, FLAG, FIELD(repair), HSY_CLI_TAKES_REPAIR, "make anew what can be made from the rest"},
    {"speaker", 0, "NAME", SEVERAL, FIELD(speaker), HSY_CLI_TAKES_FILTER | HSY_CLI_TAKES_WATCH,
     "only what NAME said; again: another beside"},
    {"stance", 0, "STANCE", SEVERAL, FIELD(stance), HSY_CLI_TAKES_FILTER,
     "affirm, admit, deny, decline, urge, promise or ask"},
    {"min", 0, "SHARE", SHARE, FIELD(min_confidence),
     HSY_CLI_TAKES_FILTER | HSY_CLI_TAKES_DOUBLES | HSY_CLI_TAKES_WATCH, "least confidence, 0 to 1"},
    {"thoughts", 0, NULL, FLAG, FIELD(thoughts), HSY_CLI_TAKES_THOUGHTS, "with beliefs and wishes that nobody uttered"},
    {"take-back", 0, "N", COUNT, FIELD(take_back), HSY_CLI_TAKES_TAKE_BACK, "forget the correction with this number"},
    {"like", 0, NULL, FLAG, FIELD(like), HSY_CLI_TAKES_LIKE, "by meaning: what says about the same, in whatever words"},
    {"every", 0, "SECONDS", COUNT, FIELD(every), HSY_CLI_TAKES_WATCH, "how often to look (5)"},
    {"once", 0, NULL, FLAG, FIELD(once), HSY_CLI_TAKES_WATCH, "read what is there, and end"},
    {"apply", 0, "FILE", TEXT, FIELD(apply), HSY_CLI_TAKES_DOUBLES,
     "take answers, a line each: same ID ID, different ID ID (- is standard input)"},
    {"apply-above", 0, "CHANCE", SHARE, FIELD(apply_above), HSY_CLI_TAKES_DOUBLES,
     "take all for one that are at least as likely"},
    {"all", 0, NULL, FLAG, FIELD(all), HSY_CLI_TAKES_VARIANTS | HSY_CLI_TAKES_DOUBLES, "also what is usually left out"},
    {"outlet", 0, "NAME", SEVERAL, FIELD(outlet), HSY_CLI_TAKES_PAGE, "only articles of this outlet; again: another"},
    {"since", 0, "DATE", DATE, FIELD(since), HSY_CLI_TAKES_PAGE, "published on that day or later"},
    {"until", 0, "DATE", DATE, FIELD(until), HSY_CLI_TAKES_PAGE, "published on that day or before"},
    {"limit", 'n', "N", COUNT, FIELD(limit), HSY_CLI_TAKES_PAGE | HSY_CLI_TAKES_DOUBLES, "rows at most"},
    {"cursor", 0, "TEXT", TEXT, FIELD(cursor), HSY_CLI_TAKES_PAGE | HSY_CLI_TAKES_DOUBLES,
     "go on behind the row that carried it"},
    {"sort", 0, "FIELD", TEXT, FIELD(sort), HSY_CLI_TAKES_SORT, "order by this field (an unknown one lists them)"},
    {"reverse", 0, NULL, FLAG, FIELD(reverse), HSY_CLI_TAKES_SORT, "the other way round"},
    {"count", 0, NULL, FLAG, FIELD(count_rows), HSY_CLI_TAKES_SORT | HSY_CLI_TAKES_DOUBLES,
     "only how many rows there are"},
    {"csv", 0, NULL, FLAG, FIELD(csv), HSY_CLI_TAKES_SORT, "a table for spreadsheets"},
    {"format", 0, "NAME", TEXT, FIELD(format), HSY_CLI_TAKES_FORMAT,
     "jsonl, csv, xlsx, jsonld, webannotation, brat, conll or citron"},
    {"output", 'o', "PATH", TEXT, FIELD(output), HSY_CLI_TAKES_OUTPUT, "write to this file, or folder, instead"},
    {"table", 0, "NAME", TEXT, FIELD(table), HSY_CLI_TAKES_TABLE, "of csv and xlsx: this table alone"},
    {"by", 0, "NAME", TEXT, FIELD(by), HSY_CLI_TAKES_MARK, "who reviews (else $HEARSAY_REVIEWER, else $USER)"},
    {"right", 0, "ID", TEXT, FIELD(right), HSY_CLI_TAKES_MARK, "mark this row as right"},
    {"wrong", 0, "ID", TEXT, FIELD(wrong), HSY_CLI_TAKES_MARK, "mark this row as wrong"},
    {"correct", 0, "ID", TEXT, FIELD(correct), HSY_CLI_TAKES_MARK, "put this attribution right, with one of:"},
    {"new-speaker", 0, "NAME", TEXT, FIELD(new_speaker), HSY_CLI_TAKES_MARK, "who said it (empty: nobody named)"},
    {"new-stance", 0, "STANCE", TEXT, FIELD(new_stance), HSY_CLI_TAKES_MARK, "with which stance"},
    {"new-content", 0, "SPANS", TEXT, FIELD(new_content), HSY_CLI_TAKES_MARK, "what: characters, 120-168;190-204"},
    {"kind", 0, "KIND", TEXT, FIELD(kind), HSY_CLI_TAKES_MARK,
     "what ID names: attribution (if not said), statement, side, shift or name"},
    {"marks", 0, NULL, FLAG, FIELD(list_marks), HSY_CLI_TAKES_MARK, "list what was marked"},
    {"listen", 0, "ADDR:PORT", TEXT, FIELD(listen), HSY_CLI_TAKES_SERVE, "where to answer (127.0.0.1:7480)"},
    {"host", 0, "NAME", TEXT, FIELD(host), HSY_CLI_TAKES_SERVE, "a further name that browsers may use for it"},
    {"allow-add", 0, NULL, FLAG, FIELD(allow_add), HSY_CLI_TAKES_SERVE, "let the page take articles"},
    {"allow-review", 0, NULL, FLAG, FIELD(allow_review), HSY_CLI_TAKES_SERVE, "let the page take marks of reviewers"},
    {"claim", 0, "ID", TEXT, FIELD(claim), HSY_CLI_TAKES_CLAIM, "only of this claim, as `hearsay claims` names it"},
    {"held-by-several", 0, NULL, FLAG, FIELD(held_by_several), HSY_CLI_TAKES_WHY,
     "what several assert and nobody disputes, in place of what is disputed"},
    {"why", 0, "ID", TEXT, FIELD(why), HSY_CLI_TAKES_WHY, "print what was matched to make this claim"},
    {"not-same", 0, "ID", TEXT, FIELD(not_same), HSY_CLI_TAKES_CORRECT_CLAIM,
     "ID and ID are not about one claim (keeps; undone by --same ID ID)"},
    {"same", 0, "ID", TEXT, FIELD(same), HSY_CLI_TAKES_CORRECT_CLAIM, "forget that ID and ID are not about one"},
    {"side", 0, "ID", TEXT, FIELD(side), HSY_CLI_TAKES_CORRECT_CLAIM,
     "with for, against or none: where ID stands (undone by auto)"},
    {"help", 'h', NULL, FLAG, FIELD(help), ~0u, "this text"},
};
enum { OPTIONS = sizeof options_table / sizeof *options_table };
_Static_assert((int)OPTIONS <= (int)HSY_CLI_OPTIONS_MOST, "a flag each");

static const option *find_name(const char *name, size_t len, unsigned takes) {
  for (int i = 0; i < OPTIONS; i++) {
    const option *o = &options_table[i];
    if ((o->takes & takes) && strlen(o->name) == len && !memcmp(o->name, name, len)) return o;
  }
  return NULL;
}

static const option *find_letter(char letter, unsigned takes) {
  for (int i = 0; i < OPTIONS; i++) {
    const option *o = &options_table[i];
    if ((o->takes & takes) && o->letter == letter) return o;
  }
  return NULL;
}

static bool read_number(const char *text, int64_t *out) {
  char *end;
  errno = 0;
  long long n = strtoll(text, &end, 10);
  *out = n;
  return *text >= '0' && *text <= '9' && !*end && !errno;
}

static bool read_share(const char *text, double *out) {
  char *end;
  *out = strtod(text, &end);
  return end != text && !*end && *out >= 0 && *out <= 1;
}

/* "2025", "2025-05" or "2025-05-02", a day that the calendar has. */
static bool is_date(const char *text, bool day_needed) {
  static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  int year, month = 1, day = 1;
  size_t len = strlen(text);
  for (size_t i = 0; i < len; i++) {
    if (i == 4 || i == 7 ? text[i] != '-' : text[i] < '0' || text[i] > '9') return false;
  }
  if (len != 10 && (day_needed || (len != 4 && len != 7))) return false;
  if (sscanf(text, "%4d-%2d-%2d", &year, &month, &day) < 1) return false;
  if (year < 1 || month < 1 || month > 12 || day < 1) return false;
  bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return day <= days[month - 1] + (month == 2 && leap);
}

/* A further value of an option that may come several times: lines of one text. */
static bool add_value(hsy_cli_options *options, const option *o, const char **field, const char *value) {
  int i = 0;
  while (i < HSY_CLI_SEVERAL_MOST && options->owned[i] && options->owned[i] != *field) i++;
  char *joined = NULL;
  if (i == HSY_CLI_SEVERAL_MOST || strchr(value, '\n') || asprintf(&joined, "%s\n%s", *field, value) < 0) {
    hsy_cli_complain("--%s cannot take \"%s\" as well", o->name, value);
    return false;
  }
  free(options->owned[i]);
  options->owned[i] = joined;
  *field = joined;
  return true;
}

static bool set(hsy_cli_options *options, const option *o, const char *value) {
  bool again = options->seen[o - options_table];
  options->seen[o - options_table] = true;
  if (again && o->kind != FLAG && o->kind != SEVERAL) {
    hsy_cli_complain("--%s is there twice", o->name);
    return false;
  }
  void *field = (char *)options + o->offset;
  const char *wants = NULL;
  switch (o->kind) {
  case FLAG:
    *(bool *)field = true;
    break;
  case COUNT:
    if (!read_number(value, field)) wants = "a number";
    break;
  case SHARE:
    if (!read_share(value, field)) wants = "a number from 0 to 1";
    break;
  case DAY:
  case DATE:
    if (!is_date(value, o->kind == DAY)) wants = o->kind == DAY ? "a day, YYYY-MM-DD" : "a date, YYYY-MM-DD";
    *(const char **)field = value;
    break;
  case SEVERAL:
    if (again) return add_value(options, o, field, value);
    /* fall through */
  case TEXT:
    *(const char **)field = value;
    break;
  }
  if (wants) hsy_cli_complain("--%s wants %s, not \"%s\"", o->name, wants, value);
  return !wants;
}

static bool unknown(const hsy_cli_options *options, const char *word) {
  hsy_cli_complain("%s has no option %s; see `hearsay %s --help`", options->command, word, options->command);
  return false;
}

/* Reads the option at words[*at], and its value there or in the next word. */
static bool read_option(hsy_cli_options *options, unsigned takes, int count, char **words, int *at) {
  const char *word = words[*at], *value = NULL;
  const option *o;
  if (word[1] == '-') {
    size_t len = strcspn(word + 2, "=");
    o = find_name(word + 2, len, takes);
    if (word[2 + len]) value = word + 3 + len;
  } else {
    o = find_letter(word[1], takes);
    if (word[2]) value = word + 2;
  }
  if (!o || (o->kind == FLAG && value)) return unknown(options, word);
  if (o->kind != FLAG && !value) {
    if (*at + 1 >= count) {
      hsy_cli_complain("--%s wants a value (%s)", o->name, o->value);
      return false;
    }
    value = words[++*at];
  }
  return set(options, o, value);
}

bool hsy_cli_options_read(hsy_cli_options *options, const char *command, unsigned takes, int count, char **words) {
  *options = (hsy_cli_options){.command = command};
  options->args = calloc((size_t)count + 1, sizeof *options->args);
  if (!options->args) {
    hsy_cli_complain("out of memory");
    return false;
  }
  bool plain = false; /* behind "--" */
  for (int i = 0; i < count; i++) {
    if (plain || words[i][0] != '-' || !words[i][1]) {
      options->args[options->count++] = words[i];
    } else if (!strcmp(words[i], "--")) {
      plain = true;
    } else if (!read_option(options, takes, count, words, &i)) {
      return false;
    }
  }
  return true;
}

void hsy_cli_options_free(hsy_cli_options *options) {
  for (int i = 0; i < HSY_CLI_SEVERAL_MOST; i++) free(options->owned[i]);
  free(options->args);
  *options = (hsy_cli_options){0};
}

void hsy_cli_options_print(FILE *out, unsigned takes) {
  for (int i = 0; i < OPTIONS; i++) {
    const option *o = &options_table[i];
    if (!(o->takes & takes)) continue;
    char letter[8] = "    ", name[32];
    if (o->letter) snprintf(letter, sizeof letter, "-%c, ", o->letter);
    snprintf(name, sizeof name, "%s%s%s", o->name, o->value ? " " : "", o->value ? o->value : "");
    fprintf(out, "  %s--%-17s %s\n", letter, name, o->help);
  }
}

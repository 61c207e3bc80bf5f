/* Options: one table for all commands.
 *
 * In. The words of the command line behind the command's name.
 * Out. One hsy_cli_options with every option's value and the arguments left.
 * Owns. Nothing but the list of arguments, freed by hsy_cli_options_free; the
 * strings are the command line's.
 * Fails when. An option is unknown to the command, lacks its value, or its
 * value is not of its kind; one line on standard error says so.
 */
#ifndef HSY_CLI_OPTIONS_H
#define HSY_CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

enum { HSY_CLI_SEVERAL_MOST = 8, HSY_CLI_OPTIONS_MOST = 96 };

typedef struct hsy_cli_options {
  const char *command; /* name of the command, for messages */
  const char *store;   /* NULL: HEARSAY_STORE, else the user's data folder */
  const char *model;
  const char *engine; /* deep or fast; NULL: HEARSAY_ENGINE, else deep */
  const char *published, *title;
  const char *without;
  const char *fields;
  const char *limits;
  const char *format;
  const char *speaker, *outlet, *stance;
  const char *since, *until;
  const char *cursor;
  const char *claim, *why;
  const char *not_same, *same, *side; /* what a person corrects of claims */
  const char *listen, *host;
  int64_t threads; /* 0: one a core */
  int64_t limit;   /* 0: all */
  int64_t max_text;
  int64_t every;      /* watch: seconds; 0: as usual */
  bool once;          /* watch: one round */
  int64_t take_back;  /* number of a correction; 0: none */
  const char *apply;  /* doubles: a file of answers */
  double apply_above; /* doubles: least chance of what is taken for one; 0: none */
  double min_confidence;
  bool like; /* search: by meaning */
  bool all;  /* variants: also those that agree; doubles: also the unlikely */
  const char *sort;
  const char *output, *table;
  const char *right, *wrong, *correct, *new_speaker, *new_stance, *new_content, *by, *kind; /* a reviewer's mark */
  bool list_marks;
  char *owned[HSY_CLI_SEVERAL_MOST]; /* what was joined of options given several times */
  bool reverse, count_rows, csv;
  bool seen[HSY_CLI_OPTIONS_MOST]; /* of the table of options */
  bool json, held_by_several, times, explain, replace, repair, thoughts, allow_add, allow_review, help;
  const char **args; /* owned list of borrowed words */
  size_t count;
} hsy_cli_options;

/* Which options a command takes; `help` goes with all. */
enum {
  HSY_CLI_TAKES_REPAIR = 1 << 26,
  HSY_CLI_TAKES_WITHOUT = 1 << 30,
  HSY_CLI_TAKES_OUTPUT = 1 << 23, /* -o */
  HSY_CLI_TAKES_TABLE = 1 << 24,  /* --table */
  HSY_CLI_TAKES_MARK = 1 << 25,   /* --right, --wrong, --by, … */
  HSY_CLI_TAKES_SORT = 1 << 22,   /* --sort, --reverse, --count, --csv */
  HSY_CLI_TAKES_TAKE_BACK = 1 << 21,
  HSY_CLI_TAKES_VARIANTS = 1 << 20, /* --all */
  HSY_CLI_TAKES_LIKE = 1 << 29,
  HSY_CLI_TAKES_DOUBLES = 1 << 19, /* --all, --apply, --apply-above */
  HSY_CLI_TAKES_WATCH = 1 << 27,   /* --every, --once */
  HSY_CLI_TAKES_STORE = 1,
  HSY_CLI_TAKES_FILES = 2, /* -j, --model, --published, --fields, --max-text, --limits */
  HSY_CLI_TAKES_TIMES = 4,
  HSY_CLI_TAKES_EXPLAIN = 8,
  HSY_CLI_TAKES_REPLACE = 16,
  HSY_CLI_TAKES_JSON = 32,
  HSY_CLI_TAKES_FILTER = 64, /* --speaker … --cursor */
  HSY_CLI_TAKES_FORMAT = 128,
  HSY_CLI_TAKES_THOUGHTS = 256,
  HSY_CLI_TAKES_PAGE = 512,   /* --limit, --cursor, --outlet, --since, --until */
  HSY_CLI_TAKES_SERVE = 1024, /* --listen, --host, --allow-add */
  HSY_CLI_TAKES_CLAIM = 1 << 16,
  HSY_CLI_TAKES_WHY = 1 << 17,
  HSY_CLI_TAKES_CORRECT_CLAIM = 1 << 18 /* --not-same, --same, --side */
};

/* `words` are those behind the command's name. */
bool hsy_cli_options_read(hsy_cli_options *options, const char *command, unsigned takes, int count, char **words);
void hsy_cli_options_free(hsy_cli_options *options);
/* The options that a command takes, one a line, for its --help. */
void hsy_cli_options_print(FILE *out, unsigned takes);

#endif

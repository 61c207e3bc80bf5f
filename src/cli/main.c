/* hearsay: the commands, and how to ask for help with them. */
#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "cli/commands.h"
#include "cli/terminal.h"
#include "hearsay.h"

static const hsy_cli_command *const commands[] = {
    &hsy_cli_add,    &hsy_cli_who,       &hsy_cli_search,       &hsy_cli_show,     &hsy_cli_claims,
    &hsy_cli_claim,  &hsy_cli_conflicts, &hsy_cli_shifts,       &hsy_cli_timeline, &hsy_cli_copies,
    &hsy_cli_trace,  &hsy_cli_variants,  &hsy_cli_speakers,     &hsy_cli_outlets,  &hsy_cli_pairs,
    &hsy_cli_list,   &hsy_cli_stats,     &hsy_cli_extract,      &hsy_cli_read,     &hsy_cli_export,
    &hsy_cli_remove, &hsy_cli_merge,     &hsy_cli_split,        &hsy_cli_alias,    &hsy_cli_corrections,
    &hsy_cli_import, &hsy_cli_review,    &hsy_cli_write_report, &hsy_cli_check,    &hsy_cli_backup,
    &hsy_cli_serve,  &hsy_cli_doubles,   &hsy_cli_watch,        &hsy_cli_set,
};
enum { COMMANDS = sizeof commands / sizeof *commands };

static const hsy_cli_command *find(const char *name) {
  for (int i = 0; i < COMMANDS; i++) {
    if (!strcmp(commands[i]->name, name)) return commands[i];
  }
  return NULL;
}

/* Whether the two differ in one letter: another, one more, one less, or two turned round. */
static bool almost(const char *a, const char *b) {
  while (*a && *a == *b) a++, b++;
  bool other = *a && *b && !strcmp(a + 1, b + 1), more = *a && !strcmp(a + 1, b), less = *b && !strcmp(a, b + 1);
  bool turned = *a && *b && a[0] == b[1] && a[1] == b[0] && a[1] && !strcmp(a + 2, b + 2);
  return other || more || less || turned;
}

/* The command that was meant; NULL where none is near. */
static const char *likely(const char *name) {
  for (int i = 0; i < COMMANDS; i++)
    if (almost(name, commands[i]->name)) return commands[i]->name;
  for (int i = 0; i < COMMANDS && strlen(name) > 2; i++)
    if (!strncmp(name, commands[i]->name, strlen(name))) return commands[i]->name;
  return NULL;
}

static void print_overview(FILE *out) {
  fputs("hearsay reads news articles and keeps a record of who said what.\n\n"
        "usage: hearsay COMMAND [OPTION…] [ARGUMENT…]\n\n",
        out);
  for (int i = 0; i < COMMANDS; i++) fprintf(out, "  %-13s%s\n", commands[i]->name, commands[i]->summary);
  fputs("\nTo begin with:\n\n"
        "  hearsay add articles/          read a folder into the record\n"
        "  hearsay who Marten             what people of that name said, and where it stands\n\n"
        "`hearsay COMMAND --help` explains a command by an example.\n",
        out);
}

static void print_help(const hsy_cli_command *command) {
  printf("%s\n\nusage: hearsay %s [OPTION…]%s%s\n\n%s\nOptions:\n", command->summary, command->name,
         *command->arguments ? " " : "", command->arguments, command->about);
  hsy_cli_options_print(stdout, command->takes);
}

static int wrong_count(const hsy_cli_command *command, const hsy_cli_options *options) {
  if (options->count < command->least) {
    hsy_cli_complain("%s wants %s; see `hearsay %s --help`", command->name, command->arguments, command->name);
  } else {
    hsy_cli_complain("%s takes no \"%s\"; see `hearsay %s --help`", command->name, options->args[command->most],
                     command->name);
  }
  return HSY_CLI_USAGE;
}

static int run(const hsy_cli_command *command, int count, char **words) {
  hsy_cli_options options;
  int status;
  if (!hsy_cli_options_read(&options, command->name, command->takes, count, words)) {
    status = HSY_CLI_USAGE;
  } else if (options.help) {
    print_help(command);
    status = HSY_CLI_FINE;
  } else if (options.count < command->least || options.count > command->most) {
    status = wrong_count(command, &options);
  } else {
    status = command->run(&options);
  }
  hsy_cli_options_free(&options);
  return status;
}

static int dispatch(int argc, char **argv) {
  const char *name = argc > 1 ? argv[1] : NULL;
  if (!name) {
    print_overview(stderr);
    return HSY_CLI_USAGE;
  }
  if (!strcmp(name, "--version")) {
    printf("hearsay %s\n", hearsay_version());
    return HSY_CLI_FINE;
  }
  if (!strcmp(name, "--help") || !strcmp(name, "-h") || !strcmp(name, "help")) {
    const hsy_cli_command *asked = argc > 2 ? find(argv[2]) : NULL;
    if (asked) {
      print_help(asked);
    } else {
      print_overview(stdout);
    }
    return HSY_CLI_FINE;
  }
  const hsy_cli_command *command = find(name);
  if (command) return run(command, argc - 2, argv + 2);
  const char *meant = likely(name);
  if (meant)
    hsy_cli_complain("no command \"%s\"; did you mean `hearsay %s`?", name, meant);
  else
    hsy_cli_complain("no command \"%s\"; see `hearsay --help`", name);
  return HSY_CLI_USAGE;
}

int main(int argc, char **argv) {
  /* Widths of characters; numbers stay as in C. */
  if (!setlocale(LC_CTYPE, "C.UTF-8")) setlocale(LC_CTYPE, "");
  /* Past a file-size limit a write fails like any other, and is said. */
  signal(SIGXFSZ, SIG_IGN);
  int status = dispatch(argc, argv);
  bool told = ferror(stdout); /* where a row failed, its command said so */
  if (told || (!hsy_cli_put_done(&(hsy_cli_out){.file = stdout}))) status = HSY_CLI_FAILED;
  return status;
}

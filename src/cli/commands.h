/* The commands: one file each, all of one shape.
 *
 * In. The options, read.
 * Out. Rows or text on standard output, complaints on standard error; the exit
 * status: 0, 1 where something failed, 2 for wrong usage.
 */
#ifndef HSY_CLI_COMMANDS_H
#define HSY_CLI_COMMANDS_H

#include "cli/options.h"

enum { HSY_CLI_FINE = 0, HSY_CLI_FAILED = 1, HSY_CLI_USAGE = 2 };

typedef struct hsy_cli_command {
  const char *name;
  const char *arguments; /* as the usage line shows them */
  const char *summary;   /* one line */
  const char *about;     /* the help's text, with an example */
  unsigned takes;        /* options */
  size_t least, most;    /* arguments */
  int (*run)(const hsy_cli_options *options);
} hsy_cli_command;

extern const hsy_cli_command hsy_cli_add, hsy_cli_extract, hsy_cli_read, hsy_cli_show, hsy_cli_who, hsy_cli_search,
    hsy_cli_list, hsy_cli_stats, hsy_cli_remove, hsy_cli_export, hsy_cli_serve, hsy_cli_claims, hsy_cli_claim,
    hsy_cli_conflicts, hsy_cli_shifts, hsy_cli_timeline, hsy_cli_copies, hsy_cli_trace, hsy_cli_variants, hsy_cli_merge,
    hsy_cli_split, hsy_cli_alias, hsy_cli_corrections, hsy_cli_speakers, hsy_cli_outlets, hsy_cli_pairs, hsy_cli_import,
    hsy_cli_review, hsy_cli_write_report, hsy_cli_check, hsy_cli_backup, hsy_cli_doubles, hsy_cli_watch, hsy_cli_set;

#endif

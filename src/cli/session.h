/* What commands share: engine, store, a run over files, questions.
 *
 * In. The options of a command.
 * Out. Open engine and store; problems printed as they come; an exit status.
 * Owns. A session owns its engine and store until hsy_cli_session_close.
 * Fails when. The library does; the error is printed here, so that commands
 * only pass the status on.
 */
#ifndef HSY_CLI_SESSION_H
#define HSY_CLI_SESSION_H

#include "cli/commands.h"
#include "cli/terminal.h"
#include "hearsay.h"

typedef struct hsy_cli_session {
  const hsy_cli_options *options;
  hsy_cli_out out;        /* standard output */
  hearsay_engine *engine; /* owned, or NULL */
  hearsay_store *store;   /* owned, or NULL */
  uint64_t failed;        /* articles that could not be read */
  double began, drawn;    /* seconds, for the progress bar */
  bool bar;               /* a progress bar stands on the terminal */
} hsy_cli_session;

void hsy_cli_session_init(hsy_cli_session *session, const hsy_cli_options *options);
bool hsy_cli_session_engine(hsy_cli_session *session);
/* The engine that the options name; false, and said, where there is none of that name. */
bool hsy_cli_reader(const hsy_cli_options *options, hearsay_reader *reader);
/* Opens the store that the options name; with `create`, and its folder, where
 * they are not there. */
bool hsy_cli_session_store(hsy_cli_session *session, bool create);
/* Where the store is that the options name; owned, free(). NULL: no memory. */
char *hsy_cli_store_path(const hsy_cli_options *options);
/* Makes the folder that the store is to lie in, where nobody named the store. */
bool hsy_cli_store_folders(const hsy_cli_options *options, char *path);
/* Before strangers' bytes are read: gives up what is not needed (hearsay_confine),
 * unless HEARSAY_CONFINE is "no". store: whether it is written to. */
void hsy_cli_session_confine(const hsy_cli_session *session, bool store);
/* A run that prints problems and progress; `user` is the session. */
hearsay_run hsy_cli_session_run(hsy_cli_session *session, hearsay_row_fn on_row);
/* Closes all where a start failed and was complained of. The exit status. */
int hsy_cli_session_give_up(hsy_cli_session *session);
/* Closes all; `ok` is what the library said. The exit status. */
int hsy_cli_session_close(hsy_cli_session *session, bool ok, const hearsay_error *err);

/* Asks, with the filter of the options; rows go to `on_row`, or as they are to
 * standard output with --json. The exit status. */
int hsy_cli_ask(hsy_cli_session *session, hearsay_question question, const char *words, hearsay_row_fn on_row,
                void *user);
/* A whole command that asks with the words of its arguments, none where there are
 * none; `user` of on_row is the session. The exit status. */
int hsy_cli_ask_words(const hsy_cli_options *options, hearsay_question question, hearsay_row_fn on_row);
/* The words of the arguments joined by blanks; owned, free(). */
char *hsy_cli_joined(const hsy_cli_options *options);

#endif

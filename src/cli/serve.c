#include "server/serve.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "cli/session.h"

/* Blocked in all threads, so that only wait_for_end gets them. */
static sigset_t block_ends(void) {
  sigset_t ends;
  sigemptyset(&ends);
  sigaddset(&ends, SIGINT);
  sigaddset(&ends, SIGTERM);
  sigaddset(&ends, SIGHUP);
  pthread_sigmask(SIG_BLOCK, &ends, NULL);
  signal(SIGPIPE, SIG_IGN);
  return ends;
}

static void wait_for_end(const sigset_t *ends) {
  int which;
  sigwait(ends, &which);
}

static void say_where(const hsy_serve *serve, const char *store) {
  const char *token = hsy_serve_token(serve);
  printf("The record %s is at\n\n  %s%s%s\n\n", store, hsy_serve_address(serve), token ? "?token=" : "",
         token ? token : "");
  printf("Ctrl-C ends it.\n");
  fflush(stdout);
}

static int serve_until_end(const hsy_serve_config *config) {
  hearsay_error err = {.offset = -1};
  sigset_t ends = block_ends();
  hsy_serve *serve = hsy_serve_new(config, &err);
  if (!serve) {
    bool missing = err.code == HEARSAY_NOT_FOUND;
    hsy_cli_complain("%s%s", err.message, missing ? "; `hearsay add FILE…` makes one, and so does --allow-add" : "");
    return err.code == HEARSAY_USAGE ? HSY_CLI_USAGE : HSY_CLI_FAILED;
  }
  say_where(serve, config->store);
  wait_for_end(&ends);
  hsy_serve_free(serve);
  return HSY_CLI_FINE;
}

static int run(const hsy_cli_options *options) {
  const char *token = getenv("HEARSAY_TOKEN");
  hearsay_reader reader;
  if (!hsy_cli_reader(options, &reader)) return HSY_CLI_USAGE;
  char *store = hsy_cli_store_path(options);
  if (!store || (options->allow_add && !hsy_cli_store_folders(options, store))) {
    free(store);
    return HSY_CLI_FAILED;
  }
  hsy_serve_config config = {
      .store = store,
      .listen = options->listen,
      .name = options->host,
      .token = token && *token ? token : NULL,
      .reader = reader,
      .allow_add = options->allow_add,
      .allow_review = options->allow_review,
      .log = stderr,
  };
  int status = serve_until_end(&config);
  free(store);
  return status;
}

const hsy_cli_command hsy_cli_serve = {
    .name = "serve",
    .arguments = "",
    .summary = "show the record in a browser",
    .about = "Opens the record as a page, and as JSON below /api/v1 (docs/openapi.yaml). It\n"
             "answers on this machine alone, and changes nothing unless --allow-add or --allow-review\n"
             "is said.\n"
             "At an address beyond loopback it asks for a token: $HEARSAY_TOKEN, else one made\n"
             "for this run; the address that it prints carries it.\n"
             "\n"
             "  hearsay serve\n"
             "  hearsay serve --store city.db --listen 127.0.0.1:8000 --allow-add\n",
    .takes = HSY_CLI_TAKES_STORE | HSY_CLI_TAKES_SERVE,
    .least = 0,
    .most = 0,
    .run = run,
};

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/session.h"

static bool print_row(void *user, const char *json, size_t len) { return hsy_cli_put_json(user, json, len); }

/* ---- files ---- */

typedef struct writing {
  const char *output; /* a file, a folder, or NULL: standard output */
  bool folder;
  FILE *file;
  char *path; /* owned, of the file */
  const hsy_cli_out *out;
} writing;

static bool complain(const char *path) {
  hsy_cli_complain("%s: %s", path, strerror(errno));
  return false;
}

static bool close_file(writing *w, bool says) {
  bool ok = !w->file || w->file == stdout || !fclose(w->file);
  if (!ok && says) complain(w->path);
  free(w->path);
  w->file = NULL;
  w->path = NULL;
  return ok;
}

/* Names of files come from the library: letters, digits, stops and hyphens. */
static bool turn_to(writing *w, const char *name) {
  char *path = NULL;
  if (!w->output) {
    w->file = stdout;
    return true;
  }
  if (asprintf(&path, w->folder ? "%s/%s" : "%s", w->output, name) < 0) return false;
  if (w->path && !strcmp(w->path, path)) {
    free(path);
    return true;
  }
  if (!close_file(w, true)) {
    free(path);
    return false;
  }
  w->path = path;
  w->file = fopen(path, "wb");
  return w->file || complain(path);
}

static bool write_piece(void *user, const char *name, const char *data, size_t len) {
  writing *w = user;
  if (!turn_to(w, name)) return false;
  for (size_t at = 0; !w->output && w->out->terminal && at < len;) {
    uint32_t point = hsy_cli_point(data, len, &at); /* no command of the text's reaches a terminal */
    if (point == '\n')
      putc('\n', stdout);
    else
      hsy_cli_put_point(w->out, point);
  }
  if (w->output || !w->out->terminal) fwrite(data, 1, len, w->file);
  return !ferror(w->file) || complain(w->path ? w->path : "standard output");
}

static int write_files(hsy_cli_session *session, const char *format) {
  const hsy_cli_options *o = session->options;
  writing w = {.output = o->output, .folder = hearsay_export_is_folder(format) && !o->table, .out = &session->out};
  hearsay_error err = {.offset = -1};
  if (w.folder && !w.output) {
    hsy_cli_complain("%s is several files: name a folder for them with -o", format);
    return HSY_CLI_USAGE;
  }
  if (!w.output && !strcmp(format, "xlsx") && session->out.terminal) {
    hsy_cli_complain("xlsx is nothing to look at here: name a file for it with -o");
    return HSY_CLI_USAGE;
  }
  if (!hsy_cli_session_store(session, false)) return hsy_cli_session_give_up(session);
  if (w.folder && mkdir(w.output, 0777) && errno != EEXIST) {
    complain(w.output);
    return hsy_cli_session_give_up(session);
  }
  bool ok = hearsay_export_files(session->store, format, o->table, write_piece, &w, &err);
  bool said = !ok && err.code == HEARSAY_STOPPED; /* by us */
  said = !close_file(&w, !said) || said;
  return said ? hsy_cli_session_give_up(session) : hsy_cli_session_close(session, ok, &err);
}

static int run(const hsy_cli_options *options) {
  hsy_cli_session session;
  hsy_cli_session_init(&session, options);
  const char *format = options->format ? options->format : "jsonl";
  if (strcmp(format, "jsonl") != 0) return write_files(&session, format);
  if (options->table) {
    hsy_cli_complain("only csv and xlsx have tables");
    return HSY_CLI_USAGE;
  }
  if (options->output) {
    session.out = (hsy_cli_out){.file = fopen(options->output, "wb")};
    if (!session.out.file) {
      complain(options->output);
      return HSY_CLI_FAILED;
    }
  }
  if (!hsy_cli_session_store(&session, false)) return hsy_cli_session_give_up(&session);
  hearsay_error err = {.offset = -1};
  bool ok = hearsay_export(session.store, format, print_row, &session.out, &err);
  bool said = !ok && err.code == HEARSAY_STOPPED; /* by what prints */
  if (options->output && fclose(session.out.file) && !said) said = !complain(options->output);
  return said ? hsy_cli_session_give_up(&session) : hsy_cli_session_close(&session, ok, &err);
}

const hsy_cli_command hsy_cli_export = {
    .name = "export",
    .arguments = "",
    .summary = "print the whole record, for other programs",
    .about = "One JSON object a line, each with its type and id; docs/format.md lists the\n"
             "fields. The record does not depend on the order in which articles were added.\n"
             "`hearsay import` reads it back. Other formats:\n"
             "\n"
             "  csv            tables with a codebook, in a folder; --table NAME: one\n"
             "  xlsx           the same as sheets of Excel\n"
             "  jsonld         schema.org: NewsArticle, Person, Quotation, Claim\n"
             "  webannotation  W3C Web Annotation\n"
             "  brat           a folder for the brat annotation tool; `import` takes it back\n"
             "  conll          tokens in CoNLL-U, what they are part of in the last column\n"
             "  citron         a folder of JSON files as BBC's Citron has them\n"
             "\n"
             "  hearsay export | jq -r 'select(.type == \"attribution\") | .speaker' | sort | uniq -c\n"
             "  hearsay export --format csv -o tables\n"
             "  hearsay export --format xlsx -o record.xlsx\n",
    .takes = HSY_CLI_TAKES_STORE | HSY_CLI_TAKES_FORMAT | HSY_CLI_TAKES_OUTPUT | HSY_CLI_TAKES_TABLE,
    .least = 0,
    .most = 0,
    .run = run,
};

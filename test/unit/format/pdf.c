/* PDF by way of pdftotext: whatever that program does, one clear line. In its
 * place stand scripts that do one thing each, so that the test needs none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "../scratch.h"
#include "format/format.h"

static const char PDF[] = "%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n";
static const char LOCKED[] =
    "%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R /Encrypt 2 0 R >>\n%%EOF\n";

static scratch_dir dir;
static char usual_path[4096];

static int set_up(void **state) {
  char path[sizeof usual_path + 80];
  (void)state;
  scratch_open(&dir);
  snprintf(usual_path, sizeof usual_path, "%s", getenv("PATH"));
  snprintf(path, sizeof path, "%s:%s", dir.path, usual_path);
  return setenv("PATH", path, 1);
}

static int tear_down(void **state) {
  (void)state;
  setenv("PATH", usual_path, 1);
  scratch_close(&dir);
  return 0;
}

static void be_pdftotext(const char *script) {
  char text[256];
  snprintf(text, sizeof text, "#!/bin/sh\n%s\n", script);
  assert_int_equal(chmod(scratch_write(&dir, "pdftotext", text), 0755), 0);
}

/* The article's text, or NULL and what is said. */
static const char *text_of(const char *bytes, const char **said) {
  static char text[256], message[256];
  hsy_error err = {.offset = -1};
  hsy_format_options options = {.max_text = 1000};
  hsy_record record = {0};
  hsy_source *source = hsy_source_of("note.pdf", hsy_str_of(bytes), &options, &err);
  assert_non_null(source);
  hsy_next next = hsy_source_next(source, &record, &err);
  snprintf(message, sizeof message, "%s", err.message);
  snprintf(text, sizeof text, "%.*s", (int)record.len, record.bytes ? record.bytes : "");
  hsy_record_free(&record);
  assert_int_equal(hsy_source_next(source, &record, &err), HSY_NEXT_END);
  hsy_source_close(source);
  *said = message;
  return next == HSY_NEXT_RECORD ? text : NULL;
}

static void refused(const char *bytes, const char *because) {
  const char *said;
  assert_null(text_of(bytes, &said));
  if (!strstr(said, because)) fail_msg("wanted \"%s\", got \"%s\"", because, said);
}

static void its_text_is_the_articles(void **state) {
  const char *said, *text;
  (void)state;
  be_pdftotext("grep -q Catalog && echo 'The gate is shut, they said.'"); /* gets the whole file */
  text = text_of(PDF, &said);
  if (!text) fail_msg("%s", said);
  assert_string_equal(text, "The gate is shut, they said.\n");
}

static void pictures_alone_are_told(void **state) {
  (void)state;
  be_pdftotext("printf '\\n \\n'");
  refused(PDF, "of pictures alone");
}

static void encrypted_and_damaged_are_told_apart(void **state) {
  (void)state;
  be_pdftotext("echo 'Syntax Error: no xref' >&2; exit 1");
  refused(PDF, "is damaged");
  refused(LOCKED, "is encrypted");
  be_pdftotext("kill -9 $$");
  refused(PDF, "is damaged");
}

static void too_much_is_stopped(void **state) {
  (void)state;
  be_pdftotext("while :; do echo endless endless endless; done");
  refused(PDF, "too much text");
}

static void without_the_program_it_is_named(void **state) {
  (void)state;
  setenv("PATH", dir.path, 1);
  refused(PDF, "apt-get install poppler-utils");
  be_pdftotext("");
  assert_int_equal(chmod(scratch_path(&dir, "pdftotext"), 0644), 0);
  refused(PDF, "no other program may be started here");
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
  const struct CMUnitTest tests[] = {
      TEST(its_text_is_the_articles), TEST(pictures_alone_are_told),         TEST(encrypted_and_damaged_are_told_apart),
      TEST(too_much_is_stopped),      TEST(without_the_program_it_is_named),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

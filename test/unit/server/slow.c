/* Slow clients, over sockets: with a server whose patience is short. */
#include <arpa/inet.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "server/serve.h"

typedef struct fixture {
  char folder[64], store[80];
  hsy_serve *serve;
  FILE *log;
} fixture;

static int set_up(void **state) {
  fixture *f = calloc(1, sizeof *f);
  *state = f;
  snprintf(f->folder, sizeof f->folder, "/tmp/hearsay-slow-XXXXXX");
  if (!mkdtemp(f->folder)) return -1;
  snprintf(f->store, sizeof f->store, "%s/r.db", f->folder);
  hearsay_error err = {.offset = -1};
  hearsay_store *store = hearsay_store_open(f->store, true, &err);
  if (!store) return -1;
  hearsay_store_close(store);
  f->log = tmpfile();
  hsy_serve_config config = {.store = f->store,
                             .listen = "127.0.0.1:0",
                             .threads = 1,
                             .head_seconds = 2,
                             .request_seconds = 4,
                             .idle_seconds = 2,
                             .log = f->log};
  f->serve = hsy_serve_new(&config, &err);
  return f->serve ? 0 : -1;
}

static int tear_down(void **state) {
  fixture *f = *state;
  hsy_serve_free(f->serve);
  char command[128];
  snprintf(command, sizeof command, "rm -rf %s", f->folder);
  int status = system(command);
  fclose(f->log);
  free(f);
  return status;
}

static int open_client(const fixture *f) {
  const char *port = strrchr(hsy_serve_address(f->serve), ':') + 1;
  struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)atoi(port))};
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  assert_int_equal(connect(fd, (struct sockaddr *)&to, sizeof to), 0);
  struct timeval patience = {.tv_sec = 60};
  setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  return fd;
}

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Sends a byte every fifth of a second until the other side hangs up; how long
 * that took, or -1 after a minute. */
static double drip(int fd, const char *text) {
  double began = now();
  for (size_t i = 0; now() - began < 60; i++) {
    char c = i < strlen(text) ? text[i] : 'x';
    char got;
    if (send(fd, &c, 1, MSG_NOSIGNAL) < 0) return now() - began;
    ssize_t n = recv(fd, &got, 1, MSG_DONTWAIT);
    if (n == 0) return now() - began;
    usleep(200000);
  }
  return -1;
}

static bool answers(const fixture *f) {
  static const char ASK[] = "GET /api/v1/stats HTTP/1.1\r\nHost: localhost\r\n\r\n";
  char got[16] = "";
  int fd = open_client(f);
  bool ok = send(fd, ASK, strlen(ASK), 0) == (ssize_t)strlen(ASK) && recv(fd, got, 12, MSG_WAITALL) == 12;
  close(fd);
  return ok && !strncmp(got, "HTTP/1.1 200", 12);
}

static void a_head_that_drips(void **state) {
  const fixture *f = *state;
  int fd = open_client(f);
  double took = drip(fd, "GET /api/v1/stats HTTP/1.1\r\nX: ");
  close(fd);
  assert_true(took >= 0);
  assert_true(answers(f));
  char log[400] = "";
  rewind(f->log);
  assert_true(fread(log, 1, sizeof log - 1, f->log) > 0);
  assert_non_null(strstr(log, "took too long"));
}

static void a_body_that_drips(void **state) {
  const fixture *f = *state;
  int fd = open_client(f);
  static const char HEAD[] = "POST /api/v1/add HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n";
  assert_true(send(fd, HEAD, strlen(HEAD), 0) > 0);
  double took = drip(fd, "");
  close(fd);
  assert_true(took >= 0);
  assert_true(answers(f));
}

static void silence(void **state) {
  const fixture *f = *state;
  int fd = open_client(f);
  char got;
  assert_true(answers(f)); /* others are served meanwhile */
  assert_int_equal(recv(fd, &got, 1, 0), 0);
  close(fd);
}

static void an_idle_line_after_an_answer(void **state) {
  const fixture *f = *state;
  static const char ASK[] = "HEAD /api/v1/stats HTTP/1.1\r\nHost: localhost\r\n\r\n";
  char got[4096];
  int fd = open_client(f);
  assert_true(send(fd, ASK, strlen(ASK), 0) > 0);
  ssize_t n;
  while ((n = recv(fd, got, sizeof got, 0)) > 0) continue;
  close(fd);
  assert_int_equal(n, 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(a_head_that_drips, set_up, tear_down),
      cmocka_unit_test_setup_teardown(a_body_that_drips, set_up, tear_down),
      cmocka_unit_test_setup_teardown(silence, set_up, tear_down),
      cmocka_unit_test_setup_teardown(an_idle_line_after_an_answer, set_up, tear_down),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

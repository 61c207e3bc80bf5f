/* libFuzzer target: any bytes as what a client sends to `serve`. An answer may be
 * anything but a 500. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>

#include "seed.h"
#include "server/serve.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int port_of_server(void) {
  static hsy_serve *serve;
  hearsay_error err = {0};
  hsy_serve_config config = {.store = seed_store(), .listen = "127.0.0.1:0", .threads = 1};
  if (!serve) serve = hsy_serve_new(&config, &err);
  if (!serve) abort();
  return atoi(strrchr(hsy_serve_address(serve), ':') + 1);
}

/* Bytes that begin with no letter are the query of a question, in a whole request. */
static char *request_of(const uint8_t *data, size_t size, int port, size_t *len) {
  static const char *const QUESTIONS[] = {"attributions", "search", "claims",   "timeline", "trace", "copies",
                                          "articles",     "stats",  "variants", "shifts",   "about", "conflicts"};
  bool raw = size == 0 || (data[0] >= 'A' && data[0] <= 'z');
  char *text = malloc(size + 256);
  if (!text) abort();
  if (raw) {
    if (size) memcpy(text, data, size);
    *len = size;
    return text;
  }
  int n = sprintf(text, "GET /api/v1/%s?", QUESTIONS[data[0] % (sizeof QUESTIONS / sizeof *QUESTIONS)]);
  for (size_t i = 1; i < size; i++) text[n++] = data[i] <= ' ' || data[i] >= 0x7F ? '+' : (char)data[i];
  n += sprintf(text + n, " HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nConnection: close\r\n\r\n", port);
  *len = (size_t)n;
  return text;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  int port = port_of_server(), fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  struct sockaddr_in to = {
      .sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  if (fd < 0 || connect(fd, (const struct sockaddr *)&to, sizeof to)) abort();
  size_t len, sent = 0;
  char *text = request_of(data, size, port, &len), answer[4096];
  for (ssize_t n; sent < len && (n = send(fd, text + sent, len - sent, MSG_NOSIGNAL)) > 0; sent += (size_t)n) continue;
  shutdown(fd, SHUT_WR);
  free(text);
  bool first = true;
  for (struct pollfd in = {fd, POLLIN, 0}; poll(&in, 1, 3000) > 0; first = false) {
    ssize_t n = recv(fd, answer, sizeof answer - 1, 0);
    if (n <= 0) break;
    answer[n] = '\0';
    if (first && !strncmp(answer, "HTTP/1.1 500", 12)) abort();
  }
  close(fd);
  return 0;
}

#include "server/listen.h"

#include <errno.h>
#include <netdb.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "server/guard.h"

static const char USUAL_HOST[] = "127.0.0.1", USUAL_PORT[] = "7480";

static int fail(hearsay_error *err, const char *where, const char *why) {
  *err = (hearsay_error){.code = HEARSAY_USAGE, .stage = "serve", .offset = -1};
  snprintf(err->message, sizeof err->message, "cannot listen at %.120s: %s", where, why);
  return -1;
}

/* Without brackets; what is not said is the usual. */
static bool split(const char *where, char *host, size_t host_size, char *port, size_t port_size) {
  const char *colon = strrchr(where, ':'), *end = where + strlen(where);
  bool bracket = *where == '[', many = colon && strchr(where, ':') != colon;
  if (bracket) {
    end = strchr(where, ']');
    if (!end || (end[1] && end[1] != ':')) return false;
    colon = end[1] ? end + 1 : NULL;
    where++;
  } else if (many) {
    colon = NULL; /* an IPv6 address alone */
  } else if (colon) {
    end = colon;
  }
  size_t len = (size_t)(end - where);
  if (len >= host_size || (colon && strlen(colon + 1) >= port_size)) return false;
  memcpy(host, where, len);
  host[len] = '\0';
  if (!len) snprintf(host, host_size, "%s", USUAL_HOST);
  snprintf(port, port_size, "%s", colon && colon[1] ? colon + 1 : USUAL_PORT);
  return true;
}

static int listen_at(const struct addrinfo *info) {
  enum { WAITING = 512 };
  int on = 1, fd = socket(info->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (fd < 0) return -1;
  setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (!bind(fd, info->ai_addr, info->ai_addrlen) && !listen(fd, WAITING)) return fd;
  int error = errno;
  close(fd);
  errno = error;
  return -1;
}

static void write_address(int fd, char *address, size_t size) {
  struct sockaddr_storage own = {0};
  socklen_t len = sizeof own;
  char host[64] = "", port[16] = "";
  getsockname(fd, (struct sockaddr *)&own, &len);
  getnameinfo((struct sockaddr *)&own, len, host, sizeof host, port, sizeof port, NI_NUMERICHOST | NI_NUMERICSERV);
  bool six = own.ss_family == AF_INET6;
  snprintf(address, size, "http://%s%s%s:%s/", six ? "[" : "", host, six ? "]" : "", port);
}

int hsy_listen_open(const char *where, bool *loopback, char *address, size_t size, hearsay_error *err) {
  char host[64], port[8];
  if (!where) where = "";
  if (!split(where, host, sizeof host, port, sizeof port)) return fail(err, where, "that is no ADDRESS:PORT");
  if (!strcmp(host, "localhost")) snprintf(host, sizeof host, "%s", USUAL_HOST);
  struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE};
  struct addrinfo *info = NULL;
  int code = getaddrinfo(host, port, &hints, &info);
  if (code) return fail(err, where, "that is no address and port (127.0.0.1:7480, [::1]:7480)");
  *loopback = hsy_guard_loopback(info->ai_addr);
  int fd = listen_at(info);
  int error = errno;
  freeaddrinfo(info);
  if (fd < 0) return fail(err, *where ? where : "127.0.0.1:7480", strerror(error));
  write_address(fd, address, size);
  return fd;
}

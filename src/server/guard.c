#include "server/guard.h"

#include <arpa/inet.h>
#include <stddef.h>
#include <string.h>
#include <strings.h>

bool hsy_guard_loopback(const struct sockaddr *address) {
  if (address->sa_family == AF_INET) {
    const struct sockaddr_in *four = (const void *)address;
    return ntohl(four->sin_addr.s_addr) >> 24 == 127;
  }
  if (address->sa_family == AF_INET6) {
    const struct sockaddr_in6 *six = (const void *)address;
    const unsigned char *bytes = six->sin6_addr.s6_addr;
    return IN6_IS_ADDR_LOOPBACK(&six->sin6_addr) || (IN6_IS_ADDR_V4MAPPED(&six->sin6_addr) && bytes[12] == 127);
  }
  return false;
}

/* The host of "host:port" without port and brackets; false where it is none. */
static bool bare_host(const char *host, char *out, size_t size) {
  const char *start = host, *end;
  if (*host == '[') {
    start = host + 1;
    end = strchr(start, ']');
    if (!end || (end[1] && end[1] != ':')) return false;
  } else {
    end = host + strcspn(host, ":");
  }
  size_t len = (size_t)(end - start);
  const char *port = *end == ']' ? end + 1 : end;
  bool digits = !*port || strspn(port + 1, "0123456789") == strlen(port + 1);
  if (len == 0 || len >= size || !digits) return false;
  memcpy(out, start, len);
  out[len] = '\0';
  return true;
}

/* 1: a loopback address, 0: another address, -1: a name. */
static int kind_of_address(const char *text) {
  struct sockaddr_in four = {.sin_family = AF_INET};
  struct sockaddr_in6 six = {.sin6_family = AF_INET6};
  if (inet_pton(AF_INET, text, &four.sin_addr) == 1) return hsy_guard_loopback((const struct sockaddr *)&four);
  if (inet_pton(AF_INET6, text, &six.sin6_addr) == 1) return hsy_guard_loopback((const struct sockaddr *)&six);
  return -1;
}

bool hsy_guard_host(const char *host, bool loopback, const char *name) {
  char bare[256];
  if (!host || !bare_host(host, bare, sizeof bare)) return false;
  if (!strcasecmp(bare, "localhost") || (name && !strcasecmp(bare, name))) return true;
  int kind = kind_of_address(bare);
  return kind == 1 || (kind == 0 && !loopback);
}

bool hsy_guard_own(const char *origin, const char *site, const char *host) {
  if (site && strcmp(site, "same-origin") && strcmp(site, "none")) return false;
  if (!origin) return true; /* no browser, or one that said where it is from above */
  const char *rest = strstr(origin, "://");
  return rest && host && !strcasecmp(rest + 3, host);
}

bool hsy_guard_foreign_read(const char *site) {
  return site && (!strcmp(site, "cross-site") || !strcmp(site, "same-site"));
}

bool hsy_guard_same(const char *given, const char *token) {
  if (!given || !token) return false;
  size_t len = strlen(token), given_len = strlen(given);
  unsigned char differs = len != given_len;
  for (size_t i = 0; i < len; i++) differs |= (unsigned char)(token[i] ^ (i < given_len ? given[i] : 0));
  return !differs;
}

const char *hsy_guard_bearer(const char *authorization) {
  static const char SCHEME[] = "Bearer ";
  if (!authorization || strncasecmp(authorization, SCHEME, strlen(SCHEME)) != 0) return NULL;
  return authorization + strlen(SCHEME) + strspn(authorization + strlen(SCHEME), " ");
}

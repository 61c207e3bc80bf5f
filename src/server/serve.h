/* The server: the record in a browser, and as JSON.
 *
 * In. Where the store is, where to listen, what is allowed.
 * Out. A server with threads of its own, until it is released.
 * Owns. The listening socket, the store's handles, the threads. The strings of
 * the configuration are borrowed until hsy_serve_free.
 * Fails when. The address cannot be had, the store is not there.
 * Method. A few threads, each waiting for many connections at once (epoll); a
 * question runs on the thread that read it, with a store handle of its own.
 * docs/decisions tells why this library.
 */
#ifndef HSY_SERVER_SERVE_H
#define HSY_SERVER_SERVE_H

#include <stdbool.h>
#include <stdio.h>

#include "hearsay.h"

typedef struct hsy_serve_config {
  const char *store;
  const char *listen; /* "ADDRESS:PORT", ":PORT", "ADDRESS"; NULL: 127.0.0.1:7480; port 0: any */
  const char *name;   /* a further name that browsers may call us by; NULL */
  const char *token;  /* what to ask for; NULL: nothing, beyond loopback one is made */
  const char *model;
  hearsay_reader reader; /* of articles that are handed in */
  bool allow_review;     /* marks of reviewers are taken */
  bool allow_add;
  int threads;                                     /* 0: 4 */
  int head_seconds, request_seconds, idle_seconds; /* 0: 15, 120, 60 */
  unsigned connections;                            /* open at most; 0: 4000, or what the system allows */
  FILE *log;                                       /* NULL: none */
} hsy_serve_config;

typedef struct hsy_serve hsy_serve;

hsy_serve *hsy_serve_new(const hsy_serve_config *config, hearsay_error *err);
void hsy_serve_free(hsy_serve *serve);

/* "http://127.0.0.1:7480/", as a browser takes it; valid until hsy_serve_free. */
const char *hsy_serve_address(const hsy_serve *serve);
const char *hsy_serve_token(const hsy_serve *serve); /* NULL: none is asked for */

#endif

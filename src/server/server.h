/* What the parts of the server share.
 *
 * One hsy_serve for all; one hsy_request a request, made when its first line
 * was read and released when its answer is out.
 */
#ifndef HSY_SERVER_SERVER_H
#define HSY_SERVER_SERVER_H

#include <microhttpd.h>
#include <stdint.h>
#include <stdio.h>

#include "server/adding.h"
#include "server/files.h"
#include "server/serve.h"
#include "server/stores.h"
#include "server/text.h"
#include "server/watch.h"

struct hsy_serve {
  hsy_serve_config config; /* its strings are the caller's */
  struct MHD_Daemon *daemon;
  hsy_stores *stores;
  hsy_adding *adding; /* NULL: nothing is taken */
  hsy_watch *watch;
  char *token; /* NULL: none is asked for */
  char address[128];
  bool loopback;
};

typedef enum hsy_method { HSY_GET, HSY_HEAD, HSY_POST, HSY_METHOD_OTHER } hsy_method;

typedef struct hsy_request {
  hsy_serve *serve;
  struct MHD_Connection *connection;
  const char *url; /* without the query, unescaped; borrowed */
  hsy_method method;
  bool begun;      /* its head is read */
  bool nul;        /* the address holds a zero character */
  bool crowded;    /* the address held very many parameters */
  hsy_text upload; /* body of a POST */
  bool too_large;
} hsy_request;

/* One line on the log, what a terminal could take for a command made safe. */
void hsy_serve_log(const hsy_serve *serve, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif

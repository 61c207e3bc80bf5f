/* Answers: body, type, ETag, gzip, the headers that keep a page ours.
 *
 * In. A body in memory.
 * Out. The response, queued. A GET whose ETag the client has gets 304.
 * Owns. Takes over the body.
 * Fails when. Memory runs out: the connection is closed.
 */
#ifndef HSY_SERVER_REPLY_H
#define HSY_SERVER_REPLY_H

#include "server/server.h"

enum { HSY_REPLY_HEADERS = 4 };

typedef struct hsy_reply {
  unsigned status;
  const char *type;
  hsy_text body;                             /* owned */
  const char *headers[HSY_REPLY_HEADERS][2]; /* further ones; unused are NULL */
} hsy_reply;

enum MHD_Result hsy_reply_send(hsy_request *request, hsy_reply *reply);

/* RFC 9457: {"type", "title", "status", "detail"}. Detail is for a person. */
hsy_reply hsy_reply_problem(unsigned status, const char *detail);
/* The HTTP status that says what the library said. */
unsigned hsy_reply_status_of(const hearsay_error *err);

#endif

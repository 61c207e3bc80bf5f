/* The address to listen at.
 *
 * In. "ADDRESS:PORT", "[ADDRESS]:PORT", ":PORT" or "ADDRESS".
 * Out. A listening socket, and the address as a browser takes it.
 * Owns. Nothing; the socket is the caller's.
 * Fails when. It is no numeric address or "localhost", or cannot be had.
 */
#ifndef HSY_SERVER_LISTEN_H
#define HSY_SERVER_LISTEN_H

#include <stdbool.h>
#include <stddef.h>

#include "hearsay.h"

/* -1 and *err on failure. */
int hsy_listen_open(const char *where, bool *loopback, char *address, size_t size, hearsay_error *err);

#endif

/* Who may ask: names a browser may call us by, where a request comes from, the
 * token.
 *
 * In. Header values as they came, NULL where there are none.
 * Out. Yes or no.
 * Owns. Nothing.
 * Method. A page on another site can make a browser send requests here, and
 * with a name of its own that points here read the answers (DNS rebinding):
 * so only addresses and names we know are answered, and what changes the
 * record must come from our own page (Origin, Fetch Metadata).
 */
#ifndef HSY_SERVER_GUARD_H
#define HSY_SERVER_GUARD_H

#include <stdbool.h>
#include <sys/socket.h>

bool hsy_guard_loopback(const struct sockaddr *address);

/* Whether a Host header names us: localhost, or an IP address (a loopback one
 * where `loopback` is set), or `name` (may be NULL); any port. */
bool hsy_guard_host(const char *host, bool loopback, const char *name);

/* Whether a request that changes something comes from our own page or from no
 * page: `site` is Sec-Fetch-Site. */
bool hsy_guard_own(const char *origin, const char *site, const char *host);
/* Whether another site makes a browser read. */
bool hsy_guard_foreign_read(const char *site);

/* Takes the same time wherever they differ. NULL equals nothing. */
bool hsy_guard_same(const char *given, const char *token);
/* The token in "Bearer TOKEN", or NULL. */
const char *hsy_guard_bearer(const char *authorization);

#endif

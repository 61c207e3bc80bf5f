/* Connections that take too long.
 *
 * In. When a connection opens, gets a request whole, has its answer, closes.
 * Out. Those whose time is over are shut down.
 * Owns. A list of open connections and the thread that looks at it once a second.
 * Fails when. There is no memory or no thread.
 * Method. A deadline a phase: a client that sends a byte now and then keeps an
 * idle timer from running out, but not a deadline.
 */
#ifndef HSY_SERVER_WATCH_H
#define HSY_SERVER_WATCH_H

#include <stdbool.h>

typedef struct hsy_watch hsy_watch;
typedef struct hsy_watched hsy_watched; /* one connection */

typedef void (*hsy_watch_log)(void *user, const char *line);

hsy_watch *hsy_watch_new(hsy_watch_log log, void *user);
void hsy_watch_free(hsy_watch *watch);

/* NULL where there is no memory. The socket stays the caller's and must be
 * open until hsy_watch_remove. */
hsy_watched *hsy_watch_add(hsy_watch *watch, int fd, int seconds);
/* The phase that begins now must end in so many seconds. */
void hsy_watch_phase(hsy_watch *watch, hsy_watched *one, int seconds);
void hsy_watch_remove(hsy_watch *watch, hsy_watched *one);

#endif

/* New contradictions and changes of position as a feed.
 *
 * In. A question's filter: words, a speaker, an outlet, days.
 * Out. Atom (RFC 4287), the latest first.
 * Owns. Nothing.
 * Fails when. The record cannot be read, or the filter makes no sense.
 */
#ifndef HSY_SERVER_FEED_H
#define HSY_SERVER_FEED_H

#include "server/reply.h"

hsy_reply hsy_feed(hsy_request *request, const hearsay_filter *filter);

#endif

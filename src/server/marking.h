/* Marks of reviewers, taken over HTTP.
 *
 * In. The body of a POST: one JSON object, {"kind", "target", "verdict", "field",
 * "value", "reviewer"}, or {"back": number}.
 * Out. The mark as a row; a problem where it makes no sense.
 * Owns. A lock: one mark at a time is put into the rows.
 * Fails when. The record cannot be written, or there is no such row.
 */
#ifndef HSY_SERVER_MARKING_H
#define HSY_SERVER_MARKING_H

#include "server/reply.h"

hsy_reply hsy_marking_take(hsy_request *request);

#endif

/* What people say of the rows, taken over HTTP: marks, and answers about doubles.
 *
 * In. The body of a POST: one JSON object. A mark: {"kind", "target", "verdict",
 * "field", "value", "reviewer"}; an answer: {"one", "other", "same"}; either:
 * {"back": number}. {"settle": true} links what answers wait for.
 * Out. What was kept, as a row; a problem where it makes no sense.
 * Owns. A lock: one at a time is put into the rows.
 * Fails when. The record cannot be written, or there is no such row.
 */
#ifndef HSY_SERVER_MARKING_H
#define HSY_SERVER_MARKING_H

#include "server/reply.h"

hsy_reply hsy_marking_take(hsy_request *request);
hsy_reply hsy_marking_answer(hsy_request *request);

#endif

/* The JSON API: questions of hearsay.h under /api/v1.
 *
 * In. A request for an address under /api/.
 * Out. Its answer: rows as hearsay_ask gives them, {"rows": […], "cursor": …},
 * or the one row there is; a problem where the request makes no sense.
 * Owns. Nothing.
 * Fails when. See docs/openapi.yaml, which lists every address, parameter and
 * status; what it does not list is refused.
 */
#ifndef HSY_SERVER_ANSWER_H
#define HSY_SERVER_ANSWER_H

#include "server/reply.h"

hsy_reply hsy_answer_request(hsy_request *request);

#endif

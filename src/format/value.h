/* JSON values of what strangers wrote: parsed where they can be held.
 *
 * In. Bytes, and how many a value may take in memory.
 * Out. The value; NULL and *err, with where it went wrong.
 * Owns. The value is the caller's (json_decref).
 * Fails when. It is no JSON, memory runs out, or it would take more than allowed:
 * a list of three bytes takes a hundred times that, so the pieces are counted first.
 */
#ifndef HSY_FORMAT_VALUE_H
#define HSY_FORMAT_VALUE_H

#include <jansson.h>

#include "base/error.h"
#include "base/str.h"
#include "format/limits.h"

/* About what the value takes in memory, rather more than less. */
int64_t hsy_value_cost(hsy_str bytes);
/* flags: jansson's. */
/* NULL: none, *problem tells why; *memory: for want of memory, of which jansson itself does not always tell. */
json_t *hsy_value_parse(hsy_str bytes, size_t flags, json_error_t *problem, bool *memory);
/* From here on what jansson does not get is noted (format/shortage.h), where values are made, too. */
void hsy_value_note_memory(void);
json_t *hsy_value_load(hsy_str bytes, size_t flags, const hsy_limits *limits, hsy_error *err);

#endif

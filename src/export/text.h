/* The text of a jansson value.
 *
 * In. A tree of jansson values; every string in it is UTF-8, none of its
 * members is an ancestor of its own.
 * Out. Its text, byte for byte what json_dumps writes of it: compact, numbers
 * with eight digits at most.
 * Owns. The text is malloc'd and the caller's; a NUL stands behind it.
 * Fails when. There is no memory: NULL.
 * Method. json_dumps looks for loops, with a table of addresses as text, at
 * every array and object, and ours are lists of pairs. So brackets, whole
 * numbers, words and strings are written here, fractions, whose digits have
 * rules, by jansson: docs/decisions/012-json-text-by-leaves.md.
 */
#ifndef HSY_EXPORT_TEXT_H
#define HSY_EXPORT_TEXT_H

#include <jansson.h>

char *hsy_json_text(json_t *root, size_t *len);

#endif

/* Which field of an object, or column of a table, is what.
 *
 * In. The caller's names ("text=body,id=uid"), else the usual ones.
 * Out. The value of a field as text: strings as they are, numbers written out,
 * of an object its name, of a list its members parted by ", ".
 * Owns. Copies, in the arena that is handed in.
 * Fails when. The caller's names cannot be read (HSY_USAGE).
 */
#ifndef HSY_FORMAT_FIELDS_H
#define HSY_FORMAT_FIELDS_H

#include <jansson.h>

#include "base/str.h"

typedef enum hsy_field {
  HSY_FIELD_ID,
  HSY_FIELD_TEXT,
  HSY_FIELD_HTML,
  HSY_FIELD_TITLE,
  HSY_FIELD_URL,
  HSY_FIELD_DATE,
  HSY_FIELD_MODIFIED,
  HSY_FIELD_OUTLET,
  HSY_FIELD_BYLINE,
  HSY_FIELD_LANGUAGE,
  HSY_FIELDS
} hsy_field;

typedef struct hsy_fields {
  const char *given[HSY_FIELDS]; /* the caller's name, NUL-terminated, or NULL */
} hsy_fields;

bool hsy_fields_load(hsy_fields *fields, hsy_str given, hsy_arena *arena, hsy_error *err);
/* The key that the object has for the field, or NULL; for TEXT and HTML only keys of strings. */
const char *hsy_fields_key(const hsy_fields *fields, const json_t *object, hsy_field field);
hsy_str hsy_fields_value(const hsy_fields *fields, const json_t *object, hsy_field field, hsy_arena *arena);
/* The field that a column of this name is, or HSY_FIELDS. */
hsy_field hsy_fields_of_name(const hsy_fields *fields, hsy_str name);

#endif

/* XML that is a little broken, as many feeds are, made well-formed enough.
 *
 * In. The bytes of a document that does not parse as it stands.
 * Out. UTF-8 without a declaration, bare ampersands escaped, HTML's entities and
 * the marks that Windows-1252 has at 128 to 159 as characters, control
 * characters left out; what was mended, in words.
 * Owns. The text lies in the arena.
 * Fails when. Memory runs out.
 */
#ifndef HSY_FORMAT_MEND_XML_H
#define HSY_FORMAT_MEND_XML_H

#include "base/arena.h"
#include "base/str.h"

typedef struct hsy_xml_mended {
  hsy_str text;
  ptrdiff_t ampersands, entities, controls, bytes; /* how many of each */
  bool encoding;                                   /* the declared one was wrong */
} hsy_xml_mended;

/* References to 128 to 159, which are well-formed and mean no character of theirs. */
bool hsy_xml_has_old_marks(hsy_str bytes);
bool hsy_xml_mend(hsy_str bytes, hsy_xml_mended *out, hsy_arena *arena, hsy_error *err);
/* "mended: 2 bare ampersands, 1 byte that is no UTF-8": NUL-terminated; empty where nothing was. */
void hsy_xml_say(const hsy_xml_mended *mended, char *to, size_t room);

#endif

/* Text that grows, for answers and messages.
 *
 * In. Bytes, formats.
 * Out. One block of memory.
 * Owns. The block, until hsy_text_free.
 * Fails when. Memory runs out: `failed` is set and later calls do nothing.
 */
#ifndef HSY_SERVER_TEXT_H
#define HSY_SERVER_TEXT_H

#include <stdbool.h>
#include <stddef.h>

typedef struct hsy_text {
  char *data;
  size_t len, cap;
  bool failed;
} hsy_text;

void hsy_text_add(hsy_text *text, const char *data, size_t len);
void hsy_text_addz(hsy_text *text, const char *data);
void hsy_text_printf(hsy_text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* The text as a JSON string with its quotation marks; no UTF-8 becomes U+FFFD. */
void hsy_text_json(hsy_text *text, const char *words);
void hsy_text_free(hsy_text *text);

/* Whether all of it is UTF-8 as the standard has it. */
bool hsy_text_is_utf8(const char *data, size_t len);

#endif

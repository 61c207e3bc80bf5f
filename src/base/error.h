/* Errors as values, sticky.
 *
 * In. A code, the stage that failed, where, and a message for a person.
 * Out. One hsy_error; the first failure is kept, later ones are ignored, so
 * that straight-line code checks once at its end.
 * Owns. Nothing; the message lives inside the struct.
 */
#ifndef HSY_BASE_ERROR_H
#define HSY_BASE_ERROR_H

#include <stdbool.h>
#include <stdint.h>

typedef enum hsy_code {
  HSY_OK = 0,
  HSY_NO_MEMORY, /* an allocation failed or an arena is full */
  HSY_LIMIT,     /* the input is past a limit that the options set */
  HSY_BAD_INPUT, /* the bytes are not what they have to be */
  HSY_IO,        /* the system refused to read or write */
  HSY_STORE,     /* the store is not one, is newer, or is damaged */
  HSY_USAGE,     /* the caller asked for something that cannot be */
  HSY_NOT_FOUND, /* nothing has that name */
  HSY_STOPPED    /* a callback asked to stop */
} hsy_code;

typedef struct hsy_error {
  hsy_code code;
  const char *stage; /* static text: the folder that failed, "segment" */
  int64_t offset;    /* byte of the input, or -1 where none applies */
  char message[256]; /* NUL-terminated, one line, no trailing stop */
} hsy_error;

/* Fills *err unless it already holds a failure. Returns false, always, so that
 * a stage can say `return hsy_fail(...)`. err may be NULL. */
bool hsy_fail(hsy_error *err, hsy_code code, const char *stage, int64_t offset, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

#endif

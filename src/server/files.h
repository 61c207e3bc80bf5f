/* The page's files, which lie in the program.
 *
 * In. A path of an address.
 * Out. A file's bytes and type.
 * Owns. Nothing: the bytes are the program's.
 * Method. A table of the names that are there; no file system, so no path
 * leads anywhere else.
 */
#ifndef HSY_SERVER_FILES_H
#define HSY_SERVER_FILES_H

#include <stdbool.h>
#include <stddef.h>

typedef struct hsy_file {
  const char *name; /* "app.js" */
  const char *data, *end;
} hsy_file;

/* Made by cmake/Page.cmake; ends with a NULL name. */
extern const hsy_file hsy_files_table[];

/* NULL where there is none of that name. */
const hsy_file *hsy_files_find(const char *name);
const char *hsy_files_type(const char *name);
/* Whether an address is one of the page's own places ("/article/…"). */
bool hsy_files_is_place(const char *url);

#endif

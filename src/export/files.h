/* Whole records as files of other programs' formats.
 *
 * In. A store, and the name of a format.
 * Out. Files, piece by piece, one after the other, in an order that does not
 * depend on how the record came about.
 * Owns. Nothing that outlives the call.
 * Fails when. There is no such format or table, the store cannot be read, or who
 * gets the pieces says so.
 */
#ifndef HSY_EXPORT_FILES_H
#define HSY_EXPORT_FILES_H

#include "export/json.h"
#include "export/view.h"
#include "store/store.h"

#include <jansson.h>

/* A piece of the file of that name; a format with one file gives it the name "". */
typedef bool (*hsy_piece_fn)(void *user, const char *name, hsy_str piece, hsy_error *err);

typedef struct hsy_files {
  hsy_store *store;
  hsy_piece_fn fn;
  void *user;
  const char *table; /* csv: this one alone; NULL: all */
  hsy_error *err;
} hsy_files;

typedef bool (*hsy_format_fn)(const hsy_files *files);

/* NULL where there is none. *several: it has more than one file. */
hsy_format_fn hsy_files_format(const char *name, bool *several);
/* "csv, xlsx, …" */
const char *hsy_files_formats(void);

bool hsy_files_put(const hsy_files *files, const char *name, hsy_str piece);
/* The text of a JSON value, which is given back, and what stands behind it. */
bool hsy_files_put_json(const hsy_files *files, const char *name, hsy_json *json, json_t *value, const char *behind);

/* Every article with its layers, in the order of their ids, all of one moment. */
typedef bool (*hsy_article_fn)(const hsy_files *files, void *user, const hsy_view *view, hsy_arena scratch);
bool hsy_files_articles(const hsy_files *files, hsy_article_fn fn, void *user);

/* The formats, one function each. */
bool hsy_files_csv(const hsy_files *files);
bool hsy_files_xlsx(const hsy_files *files);
bool hsy_files_jsonld(const hsy_files *files);
bool hsy_files_webannotation(const hsy_files *files);
bool hsy_files_brat(const hsy_files *files);
bool hsy_files_conll(const hsy_files *files);
bool hsy_files_citron(const hsy_files *files);

#endif

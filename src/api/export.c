#include "api/give.h"
#include "export/files.h"

#include <string.h>

typedef struct giving {
  hearsay_piece_fn on_piece;
  void *user;
} giving;

static bool give_piece(void *user, const char *name, hsy_str piece, hsy_error *err) {
  const giving *g = user;
  (void)err;
  return g->on_piece(g->user, name, piece.data ? piece.data : "", (size_t)piece.len);
}

HEARSAY_API bool hearsay_export_files(hearsay_store *store, const char *format, const char *table,
                                      hearsay_piece_fn on_piece, void *user, hearsay_error *err) {
  hsy_error inner = {.offset = -1};
  giving g = {on_piece, user};
  bool several;
  hsy_format_fn give = hsy_files_format(format ? format : "", &several);
  hsy_files files = {.store = (hsy_store *)store, .fn = give_piece, .user = &g, .table = table, .err = &inner};
  if (!give)
    hsy_fail(&inner, HSY_USAGE, "api", -1, "there is no export format \"%.40s\" (%s)", format ? format : "",
             hsy_files_formats());
  else if (table && strcmp(format, "csv") != 0 && strcmp(format, "xlsx") != 0)
    hsy_fail(&inner, HSY_USAGE, "api", -1, "only csv and xlsx have tables");
  else
    give(&files);
  return hsy_give_error(&inner, err);
}

HEARSAY_API bool hearsay_export_is_folder(const char *format) {
  bool several = false;
  return format && hsy_files_format(format, &several) && several;
}

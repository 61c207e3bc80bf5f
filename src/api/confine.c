#include <stdlib.h>
#include <string.h>

#include "base/confine.h"
#include "hearsay.h"

HEARSAY_API int hearsay_confine(const char *store) {
  char *folder = store ? strdup(store) : NULL, *slash = folder ? strrchr(folder, '/') : NULL;
  if (slash) slash[slash == folder] = '\0';
  int done = hsy_confine(!store ? NULL : slash ? folder : ".");
  free(folder);
  return done;
}

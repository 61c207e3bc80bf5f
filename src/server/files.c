#include "server/files.h"

#include <string.h>

const hsy_file *hsy_files_find(const char *name) {
  for (const hsy_file *file = hsy_files_table; file->name; file++)
    if (!strcmp(file->name, name)) return file;
  return NULL;
}

const char *hsy_files_type(const char *name) {
  static const struct {
    const char *ending, *type;
  } TYPES[] = {
      {".html", "text/html; charset=utf-8"},        {".js", "text/javascript; charset=utf-8"},
      {".css", "text/css; charset=utf-8"},          {".svg", "image/svg+xml"},
      {".yaml", "application/yaml; charset=utf-8"}, {".txt", "text/plain; charset=utf-8"},
  };
  const char *dot = strrchr(name, '.');
  for (size_t i = 0; dot && i < sizeof TYPES / sizeof *TYPES; i++)
    if (!strcmp(dot, TYPES[i].ending)) return TYPES[i].type;
  return "application/octet-stream";
}

bool hsy_files_is_place(const char *url) {
  static const char *const ALONE[] = {"/",         "/search",   "/claims",  "/timeline",  "/add",
                                      "/articles", "/speakers", "/outlets", "/conflicts", "/shifts",
                                      "/copies",   "/variants", "/review",  "/doubles"};
  static const char *const BEFORE[] = {"/article/", "/speaker/", "/claim/", "/spread/"};
  for (size_t i = 0; i < sizeof ALONE / sizeof *ALONE; i++)
    if (!strcmp(url, ALONE[i])) return true;
  for (size_t i = 0; i < sizeof BEFORE / sizeof *BEFORE; i++)
    if (!strncmp(url, BEFORE[i], strlen(BEFORE[i])) && url[strlen(BEFORE[i])]) return true;
  return false;
}

#include "base/resource.h"

bool hsy_resource_find(hsy_str name, hsy_str *bytes) {
  for (const hsy_resource *r = hsy_resource_table; r->name; r++) {
    if (!hsy_str_eq(hsy_str_of(r->name), name)) continue;
    *bytes = (hsy_str){r->start, r->end - r->start};
    return true;
  }
  return false;
}

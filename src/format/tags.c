#include "format/tags.h"

#include <string.h>

enum { B = 1, I = 2, X = 4, H = 8 };

typedef struct tag_row {
  const char *name;
  int kind;
} tag_row;

static const tag_row ROWS[HSY_TAG_COUNT] = {[HSY_TAG_TEXT] = {"#text", I},
                                            [HSY_TAG_ROOT] = {"#root", B},
                                            [HSY_TAG_OTHER] = {"#other", I},
#define TAG_ROW(id, name, kind) [HSY_TAG_##id] = {name, kind},
                                            HSY_TAGS(TAG_ROW)
#undef TAG_ROW
};

/* The rows behind OTHER ascend by name: a search by halves. */
hsy_tag hsy_tag_of(hsy_str name) {
  int low = HSY_TAG_OTHER + 1, high = HSY_TAG_COUNT;
  while (low < high) {
    int middle = low + (high - low) / 2;
    int order = hsy_str_cmp(name, hsy_str_of(ROWS[middle].name));
    if (order == 0) return (hsy_tag)middle;
    if (order < 0)
      high = middle;
    else
      low = middle + 1;
  }
  return HSY_TAG_OTHER;
}

const char *hsy_tag_name(hsy_tag tag) { return ROWS[tag].name; }
bool hsy_tag_is_block(hsy_tag tag) { return ROWS[tag].kind & (B | H); }
bool hsy_tag_is_unread(hsy_tag tag) { return ROWS[tag].kind & X; }
bool hsy_tag_is_heading(hsy_tag tag) { return ROWS[tag].kind & H; }

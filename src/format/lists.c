#include "format/lists.h"

bool hsy_format_lists_load(hsy_format_lists *lists, hsy_arena *arena, hsy_error *err) {
  return hsy_furniture_load(&lists->furniture, arena, err) && hsy_dates_load(&lists->dates, arena, err) &&
         hsy_bylines_load(&lists->bylines, arena, err) &&
         hsy_lexicon_load(&lists->labels, "lexicon/label_lines.txt", arena, err) &&
         hsy_lexicon_load(&lists->outlets, "lexicon/en/outlets.txt", arena, err) &&
         hsy_lexicon_load(&lists->outlet_words, "lexicon/en/outlet_words.txt", arena, err) &&
         hsy_lexicon_load(&lists->addresses, "lexicon/addresses.txt", arena, err);
}

/* An article on the terminal: wrapped, marked, with notes in the margin.
 *
 * In. The text, marks on it and notes, positions in code points.
 * Out. Lines of margin and text. Marks are colours where the stream has them,
 * else brackets: {source} <cue> [content].
 * Owns. Its scratch, freed on return; marks and notes are sorted in place.
 * Fails when. Memory runs out: false.
 * Method. Greedy line filling; one pass over text, marks and notes.
 */
#ifndef HSY_CLI_PAGE_H
#define HSY_CLI_PAGE_H

#include "cli/terminal.h"

typedef struct hsy_cli_mark {
  int64_t start, end;
  hsy_cli_style style; /* HSY_CLI_SOURCE, _CUE or _CONTENT */
} hsy_cli_mark;

typedef struct hsy_cli_note {
  int64_t at;       /* stands beside the line that holds this code point, or below */
  int64_t order;    /* notes of one place keep this order */
  const char *text; /* one line */
  hsy_cli_style style;
} hsy_cli_note;

bool hsy_cli_put_page(const hsy_cli_out *out, const char *text, size_t len, hsy_cli_mark *marks, size_t mark_count,
                      hsy_cli_note *notes, size_t note_count);

#endif

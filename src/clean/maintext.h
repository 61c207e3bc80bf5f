/* Main text: which chunks of a page are the article.
 *
 * In. A page's chunks; the headline and the article's body as the page's own
 * data give them (either may be empty).
 * Out. For each chunk a verdict with its reason.
 * Owns. Verdicts lie in the arena.
 * Fails when. Memory runs out. A page without an article has no chunk kept.
 *
 * Method: the element whose prose outweighs its links and side matter most is
 * the article's; inside it each chunk stands on its length, its links, its
 * neighbours and what the elements around it call themselves.
 */
#ifndef HSY_CLEAN_MAINTEXT_H
#define HSY_CLEAN_MAINTEXT_H

#include "clean/chunks.h"
#include "doc/doc.h"
#include "format/furniture.h"

typedef struct hsy_verdict {
  bool kept;
  hsy_block_kind kind; /* PARAGRAPH or SUBHEADING, where kept */
  const char *why;     /* static */
} hsy_verdict;

typedef struct hsy_maintext {
  const hsy_page *page;
  const hsy_chunks *chunks;
  const hsy_furniture *furniture;
  hsy_str headline;
  int32_t headline_at;   /* its element, or HSY_NONE */
  hsy_str description;   /* of the page's data */
  hsy_str body;          /* articleBody of the page's data */
  hsy_verdict *verdicts; /* [chunks] filled in */
  int32_t container;     /* filled in: the node taken for the article's */
} hsy_maintext;

/* What was kept is hardly anything beside the body that the page's data give: a page that a script draws. */
bool hsy_maintext_is_drawn(const hsy_maintext *text);

bool hsy_maintext_choose(hsy_maintext *text, hsy_arena *arena, hsy_error *err);

#endif

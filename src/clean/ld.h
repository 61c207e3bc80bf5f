/* What a page's own data (JSON-LD) say of its article.
 *
 * In. A page.
 * Out. The fields of the object that describes the article, character
 * references decoded, blanks run together.
 * Owns. Everything lies in the arena.
 * Fails when. Never: data that cannot be read are passed over.
 */
#ifndef HSY_CLEAN_LD_H
#define HSY_CLEAN_LD_H

#include "doc/doc.h"
#include "format/html.h"

typedef struct hsy_ld {
  bool found; /* an object of an article's type was there */
  hsy_str headline, published, modified, outlet, language, url, body;
  hsy_str_vec paragraphs; /* of the body, as its line ends or its mark-up part them */
  hsy_str_vec authors;    /* names as given, persons and bodies alike */
  hsy_str site;           /* name of a WebSite or Organization object */
  hsy_str any_date;       /* datePublished of an object of some other type */
  bool paywalled;
} hsy_ld;

void hsy_ld_read(const hsy_page *page, hsy_ld *out, hsy_arena *arena);

#endif

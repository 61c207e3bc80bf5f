/* Names of elements, and what kind of element each is. */
#ifndef HSY_FORMAT_TAGS_H
#define HSY_FORMAT_TAGS_H

#include "base/str.h"

/* clang-format off */
/* name, kind: B begins a block, I is inline, X holds nothing to read, H a heading */
#define HSY_TAGS(T)                                                                                                    \
  T(A, "a", I)                                                                                                         \
  T(ABBR, "abbr", I)                                                                                                   \
  T(ADDRESS, "address", B)                                                                                             \
  T(AMP_IMG, "amp-img", I) T(ARTICLE, "article", B) T(ASIDE, "aside", B) T(AUDIO, "audio", X) T(B, "b", I) T(          \
      BASE, "base", X) T(BLOCKQUOTE, "blockquote", B) T(BODY, "body", B) T(BR, "br", I) T(BUTTON, "button", B)         \
      T(CANVAS, "canvas", X) T(CAPTION, "caption", B) T(CENTER, "center", B) T(CITE, "cite", I) T(CODE, "code", I) T(  \
          DATALIST, "datalist", X) T(DD, "dd", B) T(DEL, "del", I) T(DETAILS, "details", B) T(DIALOG, "dialog", B)     \
          T(DIV, "div", B) T(DL, "dl", B) T(DT, "dt", B) T(EM, "em", I) T(EMBED, "embed", X)                           \
              T(FIELDSET, "fieldset", B) T(FIGCAPTION, "figcaption", B) T(FIGURE, "figure", B) T(FONT, "font", I)      \
                  T(FOOTER, "footer", B) T(FORM, "form", B) T(FRAME, "frame", X) T(FRAMESET, "frameset", B)            \
                      T(H1, "h1", H) T(H2, "h2", H) T(H3, "h3", H) T(H4, "h4", H) T(H5, "h5", H) T(H6, "h6", H)        \
                          T(HEAD, "head", X) T(HEADER, "header", B) T(HL2, "hl2", H) T(HR, "hr", B) T(HTML, "html", B) \
                              T(I, "i", I) T(IFRAME, "iframe", X) T(IMG, "img", I) T(INPUT, "input", X)                \
                                  T(INS, "ins", I) T(LABEL, "label", I) T(LEGEND, "legend", B) T(LI, "li", B)          \
                                      T(LINK, "link", X) T(MAIN, "main", B) T(MARK, "mark", I) T(MEDIA, "media", X)    \
                                          T(MENU, "menu", B) T(META, "meta", X) T(NAV, "nav", B)                       \
                                              T(NOSCRIPT, "noscript", X) T(OBJECT, "object", X) T(OL, "ol", B)         \
                                                  T(OPTION, "option", X) T(P, "p", B) T(PICTURE, "picture", I) T(      \
                                                      PRE, "pre", B) T(Q, "q", I) T(S, "s", I) T(SCRIPT, "script", X)  \
                                                      T(SECTION, "section", B) T(SELECT, "select", X)                  \
                                                          T(SMALL, "small", I) T(SOURCE, "source", X)                  \
                                                              T(SPAN, "span", I) T(STRONG, "strong", I)                \
                                                                  T(STYLE, "style", X) T(SUB, "sub", I)                \
                                                                      T(SUMMARY, "summary", B) T(SUP, "sup", I)        \
                                                                          T(SVG, "svg", X) T(TABLE, "table", B)        \
                                                                              T(TBODY, "tbody", B) T(TD, "td", B) T(   \
                                                                                  TEMPLATE, "template",                \
                                                                                  X) T(TEXTAREA, "textarea",           \
                                                                                       X) T(TFOOT, "tfoot", B)         \
                                                                                  T(TH, "th", B) T(THEAD, "thead", B)  \
                                                                                      T(TIME, "time",                  \
                                                                                        I) T(TITLE, "title",           \
                                                                                             X) T(TR, "tr", B)         \
                                                                                          T(TT, "tt", I) T(U, "u", I)  \
                                                                                              T(UL, "ul", B)           \
                                                                                                  T(VIDEO, "video", X)

/* clang-format on */

typedef enum hsy_tag {
  HSY_TAG_TEXT,
  HSY_TAG_ROOT,
  HSY_TAG_OTHER,
#define HSY_TAG_NAME(id, name, kind) HSY_TAG_##id,
  HSY_TAGS(HSY_TAG_NAME)
#undef HSY_TAG_NAME
      HSY_TAG_COUNT
} hsy_tag;

/* HSY_TAG_OTHER for names not listed; names in lower case. */
hsy_tag hsy_tag_of(hsy_str name);
const char *hsy_tag_name(hsy_tag tag);
bool hsy_tag_is_block(hsy_tag tag);  /* headings too */
bool hsy_tag_is_unread(hsy_tag tag); /* scripts, styles, forms' parts, embedded things */
bool hsy_tag_is_heading(hsy_tag tag);

#endif

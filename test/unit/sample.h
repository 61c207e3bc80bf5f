/* A small article with every layer, filled in by hand, for tests of what comes
 * behind tagging. Spans are found by their words, so that they cannot be off. */
#ifndef HSY_TEST_SAMPLE_H
#define HSY_TEST_SAMPLE_H

#include <string.h>

#include "base/hash.h"
#include "doc/doc.h"

static const char SAMPLE_TEXT[] =
    "Fähre stays in port\n"
    "\n"
    "“We checked it in March,” said Ilse Čapek – the ferry’s captain – “and it was sound.”\n"
    "The ministry denied on 3 May that Čapek had said the hull was cracked.\n";

static inline hsy_span sample_span(const hsy_doc *doc, const char *words) {
  const char *at = strstr(SAMPLE_TEXT, words);
  int32_t start = at ? (int32_t)(at - SAMPLE_TEXT) : 0;
  (void)doc;
  return (hsy_span){start, start + (int32_t)strlen(words)};
}

static inline hsy_part sample_part(hsy_doc *doc, const char *first, const char *second) {
  hsy_span pieces[2];
  int32_t count = 0;
  if (first) pieces[count++] = sample_span(doc, first);
  if (second) pieces[count++] = sample_span(doc, second);
  return hsy_doc_add_part(doc, pieces, count);
}

static inline void sample_meta(hsy_doc *doc, const char *path) {
  doc->meta.path = hsy_str_copy(doc->arena, hsy_str_of(path));
  doc->meta.source_id = HSY_S("ferry");
  doc->meta.title = HSY_S("Fähre stays in port");
  doc->meta.outlet = HSY_S("Harbour Post");
  doc->meta.byline = HSY_S("By A. Writer");
  *hsy_push(&doc->meta.authors, doc->arena) = HSY_S("A. Writer");
  doc->meta.published = HSY_S("2031-05-04");
  doc->meta.language = HSY_S("en");
  doc->meta.format = HSY_S("text");
  doc->meta.sha256 = hsy_hash_sha256(doc->arena, doc->text);
  *hsy_push(&doc->findings, doc->arena) = (hsy_finding){"title", "first line"};
}

static inline void sample_entities(hsy_doc *doc) {
  hsy_entity captain = {.name = HSY_S("Ilse Čapek"), .kind = HSY_PERSON};
  *hsy_push(&captain.titles, doc->arena) = HSY_S("captain");
  *hsy_push(&captain.aliases, doc->arena) = HSY_S("the skipper");
  *hsy_push(&doc->entities, doc->arena) = captain;
  *hsy_push(&doc->entities, doc->arena) = (hsy_entity){.name = HSY_S("the ministry"), .kind = HSY_ORGANIZATION};
  *hsy_push(&doc->mentions, doc->arena) = (hsy_mention){sample_span(doc, "Ilse Čapek"), 0, "name"};
  *hsy_push(&doc->mentions, doc->arena) = (hsy_mention){sample_span(doc, "The ministry"), 1, "description"};
}

static inline void sample_attributions(hsy_doc *doc) {
  hsy_attribution said = {.kind = HSY_DIRECT,
                          .parent = HSY_NONE,
                          .same_run = HSY_NONE,
                          .confidence = 0.875f,
                          .speaker = HSY_S("Ilse Čapek"),
                          .stance = "affirm"};
  said.part[HSY_CONTENT] = sample_part(doc, "“We checked it in March,”", "“and it was sound.”");
  said.part[HSY_CUE] = sample_part(doc, "said", NULL);
  said.part[HSY_SOURCE] = sample_part(doc, "Ilse Čapek", NULL);
  *hsy_push(&said.speakers, doc->arena) = 0;
  *hsy_push(&doc->attributions, doc->arena) = said;
  hsy_attribution denied = {.kind = HSY_INDIRECT,
                            .parent = HSY_NONE,
                            .same_run = HSY_NONE,
                            .confidence = 0.75f,
                            .speaker = HSY_S("the ministry"),
                            .stance = "deny",
                            .said_on = HSY_S("2031-05-03")};
  denied.part[HSY_SOURCE] = sample_part(doc, "The ministry", NULL);
  denied.part[HSY_CUE] = sample_part(doc, "denied", NULL);
  denied.part[HSY_CONTENT] = sample_part(doc, "that Čapek had said the hull was cracked", NULL);
  *hsy_push(&denied.speakers, doc->arena) = 1;
  *hsy_push(&doc->attributions, doc->arena) = denied;
  hsy_attribution inner = {.kind = HSY_INDIRECT, .mode = HSY_THOUGHT, .parent = 1, .same_run = 0, .confidence = 0.5f};
  inner.part[HSY_CONTENT] = sample_part(doc, "the hull was cracked", NULL);
  *hsy_push(&doc->attributions, doc->arena) = inner;
  *hsy_push(&doc->links, doc->arena) = (hsy_link){0, false, HSY_S("Port Agency"), HSY_NONE, "quoted by"};
  *hsy_push(&doc->links, doc->arena) = (hsy_link){0, true, HSY_S("the ministry"), 1, "told"};
  hsy_span day = sample_span(doc, "3 May");
  *hsy_push(&doc->times, doc->arena) = (hsy_time){day, "DATE", HSY_S("2031-05-03")};
  *hsy_push(&doc->evidence, doc->arena) = (hsy_evidence){1, "said_on", HSY_EXPLICIT, day};
  *hsy_push(&doc->evidence, doc->arena) = (hsy_evidence){2, "speaker", HSY_INFERRED, {0, 0}};
}

/* doc is initialised; everything lies in its arena or in the program. */
static inline void sample_fill(hsy_doc *doc, const char *path) {
  doc->text = hsy_str_of(SAMPLE_TEXT);
  sample_meta(doc, path);
  int32_t head = (int32_t)strlen("Fähre stays in port");
  *hsy_push(&doc->blocks, doc->arena) = (hsy_block){{0, head}, HSY_BLOCK_HEADLINE, true, 0, "first line, short"};
  *hsy_push(&doc->blocks, doc->arena) =
      (hsy_block){{head + 2, (int32_t)sizeof SAMPLE_TEXT - 2}, HSY_BLOCK_PARAGRAPH, true, 0, NULL};
  *hsy_push(&doc->origins, doc->arena) = (hsy_origin){0, true, 100};
  *hsy_push(&doc->origins, doc->arena) = (hsy_origin){head, false, 90};
  *hsy_push(&doc->origins, doc->arena) = (hsy_origin){head + 2, true, 1000000000000};
  sample_entities(doc);
  sample_attributions(doc);
}

#endif

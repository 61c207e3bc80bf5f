#include "server/feed.h"

#include <jansson.h>
#include <string.h>

enum { ENTRIES = 40 };

/* ---- XML ---- */

/* Control characters have no place in XML, not even escaped. */
static void add_escaped(hsy_text *out, const char *words) {
  for (const char *at = words ? words : ""; *at; at++) {
    if (*at == '<' || *at == '>' || *at == '&' || *at == '"')
      hsy_text_printf(out, "&#%d;", *at);
    else if ((unsigned char)*at >= 0x20 || *at == '\n' || *at == '\t')
      hsy_text_add(out, at, 1);
    else
      hsy_text_addz(out, "\xEF\xBF\xBD");
  }
}

static void add_element(hsy_text *out, const char *name, const char *words) {
  hsy_text_printf(out, "<%s>", name);
  add_escaped(out, words);
  hsy_text_printf(out, "</%s>\n", name);
}

/* ---- rows → entries ---- */

typedef struct writing {
  hsy_text entries;
  char updated[32]; /* the latest day */
  const char *base; /* "http://127.0.0.1:7480" */
} writing;

static const char *text(const json_t *row, const char *key) {
  const char *value = json_string_value(json_object_get(row, key));
  return value ? value : "";
}

/* "2025-05-02T00:00:00Z"; undated articles come first of all. */
static void day_of(const json_t *report, char *day, size_t size) {
  const char *published = text(report, "published");
  bool whole = strlen(published) >= 10;
  snprintf(day, size, "%.10sT00:00:00Z", whole ? published : "1970-01-01");
}

static void add_report(hsy_text *out, const json_t *report) {
  const char *speaker = text(report, "speaker");
  hsy_text said = {0};
  const json_t *pieces = json_object_get(report, "content_text"), *cues = json_object_get(report, "cue_text");
  hsy_text_addz(&said, *speaker ? speaker : "nobody named");
  for (size_t i = 0; i < json_array_size(cues); i++)
    hsy_text_printf(&said, " %s", json_string_value(json_array_get(cues, i)));
  hsy_text_addz(&said, ": ");
  for (size_t i = 0; i < json_array_size(pieces); i++)
    hsy_text_printf(&said, "%s%s", i ? " … " : "", json_string_value(json_array_get(pieces, i)));
  hsy_text_add(&said, "", 1);
  hsy_text_addz(out, "&#60;p&#62;");
  /* Twice: the content is HTML in XML. */
  hsy_text once = {0};
  add_escaped(&once, said.data);
  hsy_text_add(&once, "", 1);
  add_escaped(out, once.data);
  hsy_text_addz(out, "&#60;/p&#62;");
  hsy_text_free(&once);
  hsy_text_free(&said);
}

static void add_entry(writing *w, const json_t *row, const char *kind, const json_t *one, const json_t *other) {
  char day[40], last[40];
  day_of(one, day, sizeof day);
  day_of(other, last, sizeof last);
  if (strcmp(day, last) > 0) memcpy(last, day, sizeof last);
  if (strcmp(last, w->updated) > 0) snprintf(w->updated, sizeof w->updated, "%.31s", last);
  hsy_text title = {0};
  hsy_text_printf(&title, "%s: %s", kind, text(row, "about"));
  hsy_text_add(&title, "", 1);
  hsy_text_addz(&w->entries, "<entry>\n");
  add_element(&w->entries, "title", title.data);
  hsy_text_printf(&w->entries, "<id>urn:hearsay:%s:", text(row, "type"));
  add_escaped(&w->entries, text(row, "id"));
  hsy_text_printf(&w->entries, "</id>\n<updated>%s</updated>\n<link href=\"%s/claim/", last, w->base);
  add_escaped(&w->entries, text(row, "claim"));
  hsy_text_addz(&w->entries, "\"/>\n<content type=\"html\">");
  add_report(&w->entries, one);
  add_report(&w->entries, other);
  hsy_text_addz(&w->entries, "</content>\n</entry>\n");
  hsy_text_free(&title);
}

static bool take_conflict(void *user, const char *json, size_t len) {
  json_t *row = json_loadb(json, len, JSON_ALLOW_NUL, NULL);
  const json_t *pair = json_object_get(row, "attributions");
  add_entry(user, row, "Contradiction", json_array_get(pair, 0), json_array_get(pair, 1));
  json_decref(row);
  return true;
}

static bool take_shift(void *user, const char *json, size_t len) {
  json_t *row = json_loadb(json, len, JSON_ALLOW_NUL, NULL);
  add_entry(user, row, "Changed position", json_object_get(row, "before"), json_object_get(row, "after"));
  json_decref(row);
  return true;
}

/* ---- the feed ---- */

hsy_reply hsy_feed(hsy_request *request, const hearsay_filter *filter) {
  hearsay_error err = {.offset = -1};
  writing w = {.updated = "1970-01-01T00:00:00Z", .base = request->serve->address};
  char base[160];
  snprintf(base, sizeof base, "%s", request->serve->address);
  if (*base && base[strlen(base) - 1] == '/') base[strlen(base) - 1] = '\0';
  w.base = base;
  hearsay_filter conflicts = *filter, shifts = *filter;
  conflicts.sort = shifts.sort = "day";
  conflicts.limit = shifts.limit = ENTRIES;
  shifts.words = filter->speaker;
  shifts.speaker = NULL;
  hsy_stores_handle *handle = hsy_stores_take(request->serve->stores, &err);
  bool ok = handle && hearsay_ask(hsy_stores_store(handle), HEARSAY_CONFLICTS, &conflicts, take_conflict, &w, &err) &&
            hearsay_ask(hsy_stores_store(handle), HEARSAY_SHIFTS, &shifts, take_shift, &w, &err);
  if (handle) hsy_stores_give(request->serve->stores, handle);
  if (!ok) {
    hsy_text_free(&w.entries);
    return hsy_reply_problem(hsy_reply_status_of(&err), err.message);
  }
  hsy_reply reply = {.status = MHD_HTTP_OK, .type = "application/atom+xml; charset=utf-8"};
  hsy_text_addz(&reply.body,
                "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n");
  add_element(&reply.body, "title", "hearsay: contradictions and changes of position");
  hsy_text_printf(&reply.body,
                  "<id>urn:hearsay:feed</id>\n<updated>%s</updated>\n<author><name>hearsay</name></author>\n",
                  w.updated);
  hsy_text_add(&reply.body, w.entries.data ? w.entries.data : "", w.entries.len);
  hsy_text_addz(&reply.body, "</feed>\n");
  reply.body.failed |= w.entries.failed;
  hsy_text_free(&w.entries);
  return reply;
}

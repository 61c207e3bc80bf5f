/* .eml and .mbox: each mail an article, its subject the headline. */
#include <gmime/gmime.h>
#include <jansson.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "format/cutter.h"

enum { SIZE_TIMES = 8, /* of the limit: pictures are sent along */ SHORT_BYTES = 200 };

typedef struct mail {
  hsy_cutter cutter;
  GMimeParser *parser;
  int64_t count;
  bool many, ended; /* many: a mailbox */
} mail;

static void start_gmime(void) { g_mime_init(); }

/* ---- telling ---- */

static bool is_header(hsy_str line, const char *name) {
  hsy_str n = hsy_str_of(name);
  return hsy_str_starts_nocase(line, n) && line.len > n.len && line.data[n.len] == ':';
}

static bool starts_mailbox(hsy_str line) {
  line = hsy_str_trim(line);
  return hsy_str_starts(line, HSY_S("From ")) && line.len > 15 && hsy_str_find(line, HSY_S(":")) > 0 &&
         line.data[line.len - 1] >= '0' && line.data[line.len - 1] <= '9';
}

static bool is_any(hsy_str line, const char *const *names, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (is_header(line, names[i])) return true;
  return false;
}

static bool is_encrypted_type(hsy_str value) {
  static const char *const TYPES[] = {"multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"};
  value = hsy_str_trim(value);
  for (size_t i = 0; i < sizeof TYPES / sizeof *TYPES; i++)
    if (hsy_str_starts_nocase(value, hsy_str_of(TYPES[i]))) return true;
  return false;
}

/* What its header lines tell. */
typedef struct telling {
  bool sender, address, subject, only, other, related, encrypted;
} telling;

/* false: no line of a mail. */
static bool tell_line(telling *t, hsy_str line) {
  static const char *const ONLY[] = {"Message-ID", "Received", "Return-Path", "Delivered-To", "DKIM-Signature", "To"},
                           *const OTHER[] = {"Date",    "MIME-Version", "Content-Type", "Content-Transfer-Encoding",
                                             "Cc",      "Reply-To",     "Sender",       "In-Reply-To",
                                             "List-Id", "References",   "X-Mailer",     "List-Unsubscribe"};
  hsy_str value, name = hsy_str_cut(line, ':', &value);
  if (!value.data || name.len == 0 || memchr(name.data, ' ', (size_t)name.len)) return false;
  if (is_header(line, "Snapshot-Content-Location") || hsy_str_find(line, HSY_S("<Saved by")) >= 0) return false;
  bool from = is_header(line, "From"), type = is_header(line, "Content-Type");
  t->sender |= from;
  t->address |= from && hsy_str_find(value, HSY_S("@")) >= 0;
  t->subject |= is_header(line, "Subject");
  t->only |= is_any(line, ONLY, sizeof ONLY / sizeof *ONLY);
  t->other |= is_any(line, OTHER, sizeof OTHER / sizeof *OTHER);
  t->related |= type && hsy_str_starts_nocase(hsy_str_trim(value), HSY_S("multipart/related"));
  t->encrypted |= type && is_encrypted_type(value);
  return true;
}

/* A sender, and what only mails have, or a mailbox; drafts and what was saved from a program lack those, and have an
 * address and a subject or the like. A saved page has a sender of its own kind. */
bool hsy_mail_is_one(hsy_str head) {
  telling t = {0};
  hsy_str line = hsy_str_cut(head, '\n', &head);
  bool mailbox = starts_mailbox(line);
  if (mailbox) line = hsy_str_cut(head, '\n', &head);
  for (; hsy_str_trim(line).len; line = hsy_str_cut(head, '\n', &head)) {
    if (line.data[0] == ' ' || line.data[0] == '\t') continue;
    if (!tell_line(&t, line)) {
      if (head.data) return false;
      break; /* what was looked at ends within the line */
    }
  }
  if (t.encrypted) return true;
  if (!t.sender) return false;
  return t.only || mailbox || (!t.related && ((t.address && (t.subject || t.other)) || (t.subject && t.other)));
}

/* ---- one mail ---- */

typedef struct body {
  char *text, *html; /* owned by GLib */
  bool encrypted;
} body;

static void take_text(GMimeObject *part, char **to) {
  if (!*to) *to = g_mime_text_part_get_text(GMIME_TEXT_PART(part));
}

static void take_part(GMimeObject *parent, GMimeObject *part, gpointer user) {
  body *b = user;
  GMimeContentType *type = g_mime_object_get_content_type(part);
  const char *how = g_mime_object_get_disposition(part);
  (void)parent;
  b->encrypted |= g_mime_content_type_is_type(type, "multipart", "encrypted") ||
                  g_mime_content_type_is_type(type, "application", "pkcs7-mime") ||
                  g_mime_content_type_is_type(type, "application", "x-pkcs7-mime");
  if (!GMIME_IS_TEXT_PART(part) || (how && g_ascii_strcasecmp(how, "attachment") == 0)) return;
  if (g_mime_content_type_is_type(type, "text", "html")) take_text(part, &b->html);
  if (g_mime_content_type_is_type(type, "text", "plain")) take_text(part, &b->text);
}

static void set(json_t *entry, const char *key, const char *value) {
  if (value && *value) json_object_set_new(entry, key, json_string(value));
}

/* Who sends to a list is the outlet, else the sender is who writes. */
static void set_sender(json_t *entry, GMimeMessage *message) {
  InternetAddressList *from = g_mime_message_get_from(message);
  InternetAddress *first =
      from && internet_address_list_length(from) ? internet_address_list_get_address(from, 0) : NULL;
  bool list = g_mime_object_get_header(GMIME_OBJECT(message), "List-Id") ||
              g_mime_object_get_header(GMIME_OBJECT(message), "List-Unsubscribe");
  if (first) set(entry, list ? "outlet" : "byline", internet_address_get_name(first));
}

static void set_date(json_t *entry, GMimeMessage *message) {
  GDateTime *at = g_mime_message_get_date(message);
  char *written = at ? g_date_time_format(at, "%Y-%m-%dT%H:%M:%S%:z") : NULL;
  set(entry, "date", written);
  g_free(written);
}

/* Letters that only a key makes words of, with no words before them. */
static bool is_armoured(const char *text) {
  static const char MARK[] = "-----BEGIN PGP MESSAGE-----";
  if (!text) return false;
  text += strspn(text, " \t\r\n");
  const char *at = strstr(text, MARK);
  return at && (at == text || *text == '<');
}

static void drop_armoured(body *b) {
  char **parts[] = {&b->text, &b->html};
  for (int i = 0; i < 2; i++) {
    if (!is_armoured(*parts[i])) continue;
    b->encrypted = true;
    g_free(*parts[i]);
    *parts[i] = NULL;
  }
}

/* The plain part, unless it only points to the other. */
static void set_body(json_t *entry, const body *b) {
  bool plain = b->text && (!b->html || strlen(b->text) >= SHORT_BYTES);
  set(entry, plain ? "text" : "html", plain ? b->text : b->html);
}

/* The mail as an object with the usual fields; NULL and *err where nothing can be read in it. */
static json_t *entry_of(GMimeMessage *message, hsy_error *err) {
  body b = {0};
  GMimeObject *root = g_mime_message_get_mime_part(message);
  json_t *entry = json_object();
  if (root) take_part(NULL, root, &b);
  if (root && GMIME_IS_MULTIPART(root)) g_mime_multipart_foreach(GMIME_MULTIPART(root), take_part, &b);
  drop_armoured(&b);
  set(entry, "title", g_mime_message_get_subject(message));
  set_sender(entry, message);
  set_date(entry, message);
  set_body(entry, &b);
  bool has = json_object_get(entry, "text") || json_object_get(entry, "html");
  if (!has) {
    hsy_fail(err, HSY_BAD_INPUT, "format", -1,
             b.encrypted ? "is an encrypted mail: let the mail program save it as text" : "is a mail without text");
    json_decref(entry);
    entry = NULL;
  }
  g_free(b.text);
  g_free(b.html);
  return entry;
}

/* ---- cutting ---- */

static hsy_next hand_over(const mail *m, json_t *entry, hsy_stream *in, hsy_record *record, hsy_error *err) {
  if (m->many) record->item = hsy_cut_number(m->count);
  if (!entry) return HSY_NEXT_PROBLEM;
  record->bytes = json_dumps(entry, JSON_COMPACT);
  json_decref(entry);
  if (!record->bytes) return hsy_cut_problem(in, err, HSY_BAD_INPUT, -1, "is a mail that is no text");
  record->len = (ptrdiff_t)strlen(record->bytes);
  record->format = "entry";
  return HSY_NEXT_RECORD;
}

static bool begin(mail *m, hsy_stream *in, hsy_error *err) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  hsy_str all;
  if (!hsy_cut_rest(in, SIZE_TIMES * m->cutter.options.limit, &all, err)) return false;
  pthread_once(&once, start_gmime);
  hsy_str rest;
  m->many = starts_mailbox(hsy_str_cut(all, '\n', &rest));
  GMimeStream *bytes = g_mime_stream_mem_new_with_buffer(all.data, (size_t)all.len);
  m->parser = g_mime_parser_new_with_stream(bytes);
  g_object_unref(bytes);
  g_mime_parser_set_format(m->parser, m->many ? GMIME_FORMAT_MBOX : GMIME_FORMAT_MESSAGE);
  return true;
}

static hsy_next next_mail(hsy_cutter *cutter, hsy_stream *in, hsy_record *record, hsy_error *err) {
  mail *m = (mail *)cutter;
  if (m->ended) return HSY_NEXT_END;
  if (!m->parser && !begin(m, in, err)) return m->ended = true, HSY_NEXT_PROBLEM;
  GMimeMessage *message = g_mime_parser_construct_message(m->parser, NULL);
  m->ended = !m->many || !message || g_mime_parser_eos(m->parser);
  m->count++;
  if (!message) return hsy_cut_problem(in, err, HSY_BAD_INPUT, -1, "is a mail that cannot be read");
  json_t *entry = entry_of(message, err);
  g_object_unref(message);
  return hand_over(m, entry, in, record, err);
}

static void release_mail(hsy_cutter *cutter) {
  mail *m = (mail *)cutter;
  if (m->parser) g_object_unref(m->parser);
  free(m);
}

hsy_cutter *hsy_mail_cutter(hsy_cut_options options, hsy_error *err) {
  mail *m = calloc(1, sizeof *m);
  if (!m) {
    hsy_fail(err, HSY_NO_MEMORY, "format", -1, "out of memory");
    return NULL;
  }
  m->cutter = (hsy_cutter){next_mail, release_mail, options};
  return &m->cutter;
}

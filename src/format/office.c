/* .docx and .odt: paragraphs of the one XML file that holds the text. */
#include <libxml/xmlreader.h>
#include <string.h>

#include "format/cutter.h"
#include "format/handed.h"
#include "format/unarchive.h"

enum { NAME_AT = 30 /* of the first file in a ZIP */ };

bool hsy_office_is_one(hsy_str head) {
  static const char *const FIRST[] = {"[Content_Types].xml", "_rels/", "word/", "docProps/",
                                      "mimetypeapplication/vnd.oasis.opendocument"};
  if (!hsy_str_starts(head, HSY_S("PK\x03\x04"))) return false;
  hsy_str name = hsy_str_slice(head, NAME_AT, head.len);
  for (size_t i = 0; i < sizeof FIRST / sizeof *FIRST; i++)
    if (hsy_str_starts(name, hsy_str_of(FIRST[i]))) return true;
  return false;
}

/* ---- the text of the XML ---- */

typedef enum role { OTHER, PARAGRAPH, WORDS, BLANK, LEFT_OUT } role;

/* What elements mean, without their prefix. In .docx words stand in `t`, in .odt in the paragraph itself. */
static const struct {
  const char *name;
  role role;
} ROLES[] = {{"p", PARAGRAPH},       {"h", PARAGRAPH},
             {"t", WORDS},           {"tab", BLANK},
             {"br", BLANK},          {"cr", BLANK},
             {"s", BLANK},           {"line-break", BLANK},
             {"Fallback", LEFT_OUT}, {"annotation", LEFT_OUT},
             {"note", LEFT_OUT},     {"tracked-changes", LEFT_OUT},
             {"del", LEFT_OUT},      {"instrText", LEFT_OUT},
             {"moveFrom", LEFT_OUT}, {"pPr", LEFT_OUT}};

static role role_of(const xmlChar *name) {
  for (size_t i = 0; i < sizeof ROLES / sizeof *ROLES; i++)
    if (xmlStrEqual(name, BAD_CAST ROLES[i].name)) return ROLES[i].role;
  return OTHER;
}

typedef struct paragraphs {
  FILE *out;
  bool word; /* .docx */
  int paragraph, words;
  bool begun, blank; /* something stands in the paragraph; a blank is due */
  ptrdiff_t count;
} paragraphs;

static void put_words(paragraphs *p, const char *text) {
  for (; *text; text++) {
    if (strchr(" \t\r\n", *text)) {
      p->blank = true;
      continue;
    }
    if (p->blank && p->begun) fputc(' ', p->out);
    p->blank = false;
    p->begun = true;
    fputc(*text, p->out);
  }
}

static void end_paragraph(paragraphs *p) {
  if (p->begun) fputs("\n\n", p->out), p->count++;
  p->begun = p->blank = false;
}

/* false: what stands below is left out. */
static bool take_element(paragraphs *p, xmlTextReader *reader, bool ends) {
  role means = role_of(xmlTextReaderConstLocalName(reader));
  bool empty = xmlTextReaderIsEmptyElement(reader) == 1;
  if (means == LEFT_OUT) return ends;
  if (means == BLANK && !ends) p->blank = true;
  if (means == WORDS && !empty) p->words += ends ? -1 : 1;
  if (means != PARAGRAPH) return true;
  if (!empty) p->paragraph += ends ? -1 : 1;
  if (ends || p->paragraph > 1) end_paragraph(p);
  return true;
}

static bool read_xml(hsy_str xml, paragraphs *p) {
  xmlTextReader *reader =
      xmlReaderForMemory(xml.data, (int)xml.len, NULL, NULL, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
  int more = reader ? xmlTextReaderRead(reader) : -1;
  while (more == 1) {
    int type = xmlTextReaderNodeType(reader);
    bool inside = p->paragraph > 0 && (!p->word || p->words > 0);
    bool text =
        type == XML_READER_TYPE_TEXT || type == XML_READER_TYPE_SIGNIFICANT_WHITESPACE || type == XML_READER_TYPE_CDATA;
    bool deeper = true;
    if (text && inside) put_words(p, (const char *)xmlTextReaderConstValue(reader));
    if (type == XML_READER_TYPE_ELEMENT) deeper = take_element(p, reader, false);
    if (type == XML_READER_TYPE_END_ELEMENT) take_element(p, reader, true);
    more = deeper ? xmlTextReaderRead(reader) : xmlTextReaderNext(reader);
  }
  xmlFreeTextReader(reader);
  return more == 0;
}

/* ---- the files of the ZIP ---- */

typedef enum part { PART_OTHER, PART_WORD, PART_OPEN, PART_LIST, PART_ENCRYPTED } part;

static part part_of(const char *name) {
  static const struct {
    const char *name;
    part part;
  } PARTS[] = {{"word/document.xml", PART_WORD},
               {"content.xml", PART_OPEN},
               {"META-INF/manifest.xml", PART_LIST},
               {"encrypted-package", PART_ENCRYPTED}};
  for (size_t i = 0; i < sizeof PARTS / sizeof *PARTS; i++)
    if (strcmp(name, PARTS[i].name) == 0) return PARTS[i].part;
  return PART_OTHER;
}

typedef struct office {
  hsy_unarchive *archive;
  ptrdiff_t limit;
  paragraphs text;
  bool there, damaged, encrypted;
} office;

static bool read_part(office *o, part which, hsy_error *err) {
  hsy_stream *in = hsy_unarchive_stream(o->archive, err);
  hsy_str xml;
  bool ok = in && hsy_cut_rest(in, 8 * o->limit, &xml, err);
  if (ok && which == PART_LIST) {
    o->encrypted |= hsy_str_find(xml, HSY_S("encryption-data")) >= 0;
  } else if (ok) {
    o->there = true;
    o->text.word = which == PART_WORD;
    o->damaged = !read_xml(xml, &o->text);
  }
  hsy_stream_close(in);
  return ok;
}

static bool read_parts(office *o, hsy_error *err) {
  const char *name;
  while (hsy_unarchive_next(o->archive, &name, err)) {
    part which = part_of(name);
    o->encrypted |= which == PART_ENCRYPTED;
    if (which == PART_OTHER || which == PART_ENCRYPTED) continue;
    if (!read_part(o, which, err)) return false;
  }
  return err->code == HSY_OK;
}

bool hsy_office_text(hsy_stream *in, ptrdiff_t limit, const hsy_limits *limits, FILE *out, hsy_error *err) {
  office o = {.limit = limit, .text = {.out = out}};
  o.archive = hsy_unarchive_open(in, limits, err);
  if (!o.archive) return false;
  bool read = read_parts(&o, err);
  hsy_unarchive_close(o.archive);
  if (!read) return false;
  const char *why = o.encrypted         ? "is encrypted: save it without a password"
                    : !o.there          ? "is an office file and no text: save tables as CSV"
                    : o.damaged         ? "is an office file whose text is damaged"
                    : o.text.count == 0 ? "is an office file that holds no text"
                                        : NULL;
  return !why || hsy_fail(err, HSY_BAD_INPUT, "format", -1, "%s", why);
}

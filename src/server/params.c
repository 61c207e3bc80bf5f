#include "server/params.h"

#include <stdlib.h>
#include <string.h>

enum { LIMIT_USUAL = 20, LIMIT_MOST = 200 };

typedef enum param_kind { TEXT, SEVERAL, FULL_TEXT, FLAG, SHARE, LIMIT, FORMAT } param_kind; /* FULL_TEXT: not empty */

#define AT(field) offsetof(hsy_params, field)

static const struct param {
  const char *name;
  unsigned takes;
  param_kind kind;
  size_t offset;
} PARAMS[] = {
    {"q", HSY_PARAM_Q, TEXT, AT(q)},
    {"name", HSY_PARAM_NAME, TEXT, AT(name)},
    {"document", HSY_PARAM_DOCUMENT, FULL_TEXT, AT(document)},
    {"held_by_several", HSY_PARAM_HELD, FLAG, AT(filter.held_by_several)},
    {"all", HSY_PARAM_ALL, FLAG, AT(filter.all)},
    {"kind", HSY_PARAM_KIND, FULL_TEXT, AT(filter.kind)},
    {"claim", HSY_PARAM_CLAIM, FULL_TEXT, AT(filter.claim)},
    {"speaker", HSY_PARAM_SPEAKER, SEVERAL, AT(filter.speaker)},
    {"outlet", HSY_PARAM_OUTLET, SEVERAL, AT(filter.outlet)},
    {"stance", HSY_PARAM_STANCE, SEVERAL, AT(filter.stance)},
    {"since", HSY_PARAM_DAYS, FULL_TEXT, AT(filter.since)},
    {"until", HSY_PARAM_DAYS, FULL_TEXT, AT(filter.until)},
    {"thoughts", HSY_PARAM_THOUGHTS, FLAG, AT(filter.thoughts)},
    {"min_confidence", HSY_PARAM_CONFIDENCE, SHARE, AT(filter.min_confidence)},
    {"limit", HSY_PARAM_PAGE, LIMIT, AT(filter.limit)},
    {"cursor", HSY_PARAM_PAGE, FULL_TEXT, AT(filter.cursor)},
    {"sort", HSY_PARAM_LIST, FULL_TEXT, AT(filter.sort)},
    {"reverse", HSY_PARAM_LIST, FLAG, AT(filter.reverse)},
    {"count", HSY_PARAM_LIST, FLAG, AT(filter.count)},
    {"format", HSY_PARAM_LIST, FORMAT, AT(csv)},
    {"one", HSY_PARAM_PAIR, FULL_TEXT, AT(one)},
    {"other", HSY_PARAM_PAIR, FULL_TEXT, AT(other)},
};
enum { PARAM_COUNT = sizeof PARAMS / sizeof *PARAMS };

/* ---- values ---- */

static bool read_flag(const char *text, bool *out) {
  *out = !strcmp(text, "true");
  return *out || !strcmp(text, "false");
}

/* Digits, a point, an exponent: no sign before it, no "nan", no hexadecimal. */
static bool read_share(const char *text, double *out) {
  char *end;
  bool plain = *text && strspn(text, "0123456789.eE+-") == strlen(text);
  *out = plain ? strtod(text, &end) : -1;
  return plain && !*end && *out >= 0 && *out <= 1;
}

static bool read_limit(const char *text, uint64_t *out) {
  enum { DIGITS = 3 };
  size_t len = strlen(text);
  if (len == 0 || len > DIGITS || strspn(text, "0123456789") != len) return false;
  *out = strtoull(text, NULL, 10);
  return *out >= 1 && *out <= LIMIT_MOST;
}

static bool read_format(const char *text, bool *csv) {
  *csv = !strcmp(text, "csv");
  return *csv || !strcmp(text, "json");
}

/* A further value beside those that are there: lines of one text. */
static bool add_value(hsy_params *params, const char **field, const char *value) {
  char *joined = NULL;
  if (!*field) {
    *field = value;
  } else if (params->several < HSY_PARAMS_SEVERAL && asprintf(&joined, "%s\n%s", *field, value) >= 0) {
    params->owned[params->several++] = joined;
    *field = joined;
  } else {
    return false;
  }
  return true;
}

void hsy_params_reset(hsy_params *params) {
  while (params->several > 0) free(params->owned[--params->several]);
}

static const char *set(hsy_params *params, const struct param *param, const char *value) {
  void *field = (char *)params + param->offset;
  switch (param->kind) {
  case FLAG:
    return read_flag(value, field) ? NULL : "true or false";
  case SHARE:
    return read_share(value, field) ? NULL : "a number from 0 to 1";
  case LIMIT:
    return read_limit(value, field) ? NULL : "a number from 1 to 200";
  case FORMAT:
    return read_format(value, field) ? NULL : "json or csv";
  case SEVERAL:
    if (strchr(value, '\n')) return "one line";
    return !*value || add_value(params, field, value) ? NULL : "fewer values";
  case FULL_TEXT:
    if (!*value) return "a value";
    /* fall through */
  case TEXT:
    *(const char **)field = *value ? value : NULL;
  }
  return NULL;
}

/* ---- one after another ---- */

typedef struct reading {
  hsy_params *params;
  unsigned takes;
} reading;

static const struct param *find(const char *name, unsigned takes) {
  for (int i = 0; i < PARAM_COUNT; i++)
    if ((PARAMS[i].takes & takes) && !strcmp(PARAMS[i].name, name)) return &PARAMS[i];
  return NULL;
}

static enum MHD_Result complain(reading *r, const char *format, const char *name, const char *wants) {
  char *problem = r->params->problem;
  snprintf(problem, sizeof r->params->problem, format, name, wants);
  return MHD_NO;
}

static enum MHD_Result read_one(void *user, enum MHD_ValueKind kind, const char *key, size_t key_size,
                                const char *value, size_t value_size) {
  (void)kind;
  reading *r = user;
  if (!key || !hsy_text_is_utf8(key, key_size)) return complain(r, "a parameter's name is no UTF-8%s%s", "", "");
  const struct param *param = strlen(key) == key_size ? find(key, r->takes) : NULL;
  if (!param) return complain(r, "there is no parameter \"%.80s\" here%s", key, "");
  unsigned bit = 1u << (param - PARAMS);
  if ((r->params->seen & bit) && param->kind != SEVERAL) return complain(r, "%s is there twice%s", param->name, "");
  r->params->seen |= bit;
  if (!value) value = "", value_size = 0;
  if (strlen(value) != value_size || !hsy_text_is_utf8(value, value_size))
    return complain(r, "%s is no UTF-8 text%s", param->name, "");
  const char *wants = set(r->params, param, value);
  return wants ? complain(r, "%s wants %s", param->name, wants) : MHD_YES;
}

bool hsy_params_read(hsy_request *request, unsigned takes, hsy_params *params) {
  *params = (hsy_params){.filter.limit = LIMIT_USUAL};
  reading r = {params, takes};
  MHD_get_connection_values_n(request->connection, MHD_GET_ARGUMENT_KIND, read_one, &r);
  if (params->problem[0]) hsy_params_reset(params);
  return !params->problem[0];
}

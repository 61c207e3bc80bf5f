#include "server/answer.h"

#include <jansson.h>
#include <string.h>

#include "server/feed.h"
#include "server/marking.h"
#include "server/params.h"

/* ---- what there is ---- */

typedef enum shape { ROWS, ONE } shape;
typedef enum words { NO_WORDS, FROM_Q, MAYBE_Q, FROM_SPEAKER, FROM_DOCUMENT, FROM_PAIR, FROM_PATH } words;

typedef struct route {
  const char *path; /* behind /api/v1/; with FROM_PATH the words stand behind it */
  hearsay_question question;
  shape shape;
  words words;
  unsigned takes;
  uint64_t most; /* ONE: what its lists may hold; 0: all */
} route;

enum { SIDE_MOST = 200 }; /* statements a side of a claim */

static const route ROUTES[] = {
    {"articles", HEARSAY_LIST, ROWS, NO_WORDS, HSY_PARAM_SAID | HSY_PARAM_SPEAKER, 0},
    {"articles/", HEARSAY_SHOW, ONE, FROM_PATH, HSY_PARAM_THOUGHTS, 0},
    {"attributions", HEARSAY_WHO, ROWS, FROM_SPEAKER, HSY_PARAM_SAID | HSY_PARAM_SPEAKER, 0},
    {"claims", HEARSAY_CLAIMS, ROWS, MAYBE_Q, HSY_PARAM_SAID | HSY_PARAM_SPEAKER | HSY_PARAM_Q | HSY_PARAM_HELD, 0},
    {"claims/", HEARSAY_CLAIM, ONE, FROM_PATH, 0, SIDE_MOST},
    {"conflicts", HEARSAY_CONFLICTS, ROWS, MAYBE_Q, HSY_PARAM_SAID | HSY_PARAM_SPEAKER | HSY_PARAM_Q | HSY_PARAM_CLAIM,
     0},
    {"shifts", HEARSAY_SHIFTS, ROWS, FROM_SPEAKER, HSY_PARAM_SAID | HSY_PARAM_SPEAKER | HSY_PARAM_CLAIM, 0},
    {"timeline", HEARSAY_TIMELINE, ROWS, MAYBE_Q, HSY_PARAM_SAID | HSY_PARAM_SPEAKER | HSY_PARAM_Q, 0},
    {"copies", HEARSAY_COPIES, ROWS, FROM_DOCUMENT, HSY_PARAM_PAGE | HSY_PARAM_LIST | HSY_PARAM_DOCUMENT, 0},
    {"statements/", HEARSAY_TRACE, ONE, FROM_PATH, 0, 0},
    {"trace", HEARSAY_TRACE, ROWS, FROM_Q, HSY_PARAM_PAGE | HSY_PARAM_Q, 0},
    {"variants", HEARSAY_VARIANTS, ROWS, FROM_SPEAKER,
     HSY_PARAM_PAGE | HSY_PARAM_LIST | HSY_PARAM_SPEAKER | HSY_PARAM_ALL, 0},
    {"speakers", HEARSAY_SPEAKERS, ROWS, MAYBE_Q, HSY_PARAM_SAID | HSY_PARAM_SPEAKER | HSY_PARAM_Q, 0},
    {"outlets", HEARSAY_OUTLETS, ROWS, MAYBE_Q, HSY_PARAM_SAID | HSY_PARAM_SPEAKER | HSY_PARAM_Q, 0},
    {"pairs", HEARSAY_PAIRS, ROWS, FROM_PAIR, HSY_PARAM_SAID | HSY_PARAM_PAIR, 0},
    {"search", HEARSAY_SEARCH, ROWS, FROM_Q, HSY_PARAM_SAID | HSY_PARAM_SPEAKER | HSY_PARAM_Q, 0},
    {"reviews", HEARSAY_REVIEWS, ROWS, NO_WORDS, HSY_PARAM_PAGE, 0},
    {"unreviewed", HEARSAY_UNREVIEWED, ROWS, FROM_SPEAKER, HSY_PARAM_SAID | HSY_PARAM_SPEAKER | HSY_PARAM_KIND, 0},
    {"suggest", HEARSAY_SUGGEST, ROWS, FROM_Q, HSY_PARAM_Q, 0},
    {"doubles", HEARSAY_DOUBLES, ROWS, MAYBE_Q,
     HSY_PARAM_Q | HSY_PARAM_ALL | HSY_PARAM_CONFIDENCE | HSY_PARAM_PAGE | HSY_PARAM_LIST, 0},
    {"corrections", HEARSAY_CORRECTIONS, ROWS, NO_WORDS, HSY_PARAM_PAGE, 0},
    {"stats", HEARSAY_STATS, ONE, NO_WORDS, 0, 0},
};
enum { ROUTE_COUNT = sizeof ROUTES / sizeof *ROUTES };

static const char PREFIX[] = "/api/v1";

static const route *find_route(const char *path, const char **rest) {
  for (int i = 0; i < ROUTE_COUNT; i++) {
    const route *r = &ROUTES[i];
    size_t len = strlen(r->path);
    bool hit = r->words == FROM_PATH ? !strncmp(path, r->path, len) && path[len] : !strcmp(path, r->path);
    *rest = path + len;
    if (hit) return r;
  }
  return NULL;
}

/* ---- rows → body ---- */

typedef struct gathering {
  hsy_text body;
  uint64_t rows, limit;
  size_t last; /* where the last row that was kept begins */
  bool more;
} gathering;

static bool gather(void *user, const char *json, size_t len) {
  gathering *g = user;
  if (g->limit && g->rows == g->limit) {
    g->more = true; /* asked for to see whether there is another page */
    return true;
  }
  hsy_text_addz(&g->body, g->rows++ ? ",\n" : "");
  g->last = g->body.len;
  hsy_text_add(&g->body, json, len);
  return !g->body.failed;
}

/* `, "cursor": …` of the last row; null where no page follows. */
static void add_cursor(gathering *g) {
  json_t *row = NULL, *cursor = NULL;
  if (g->more) row = json_loadb(g->body.data + g->last, g->body.len - g->last, JSON_ALLOW_NUL, NULL);
  if (row) cursor = json_object_get(row, "cursor");
  hsy_text_addz(&g->body, "],\n\"cursor\": ");
  if (json_is_string(cursor)) {
    hsy_text_json(&g->body, json_string_value(cursor));
  } else {
    hsy_text_addz(&g->body, "null");
  }
  hsy_text_addz(&g->body, "}\n");
  json_decref(row);
}

static hsy_reply problem_of(hsy_request *request, const hearsay_error *err) {
  unsigned status = hsy_reply_status_of(err);
  if (status >= 500) hsy_serve_log(request->serve, "%s: %s", request->url, err->message);
  return hsy_reply_problem(status, err->message[0] ? err->message : "the record could not be read");
}

static hsy_reply ask(hsy_request *request, const route *r, const hearsay_filter *filter) {
  hearsay_error err = {.offset = -1};
  hsy_stores_handle *handle = hsy_stores_take(request->serve->stores, &err);
  if (!handle) return problem_of(request, &err);
  gathering g = {.limit = r->shape == ROWS ? filter->limit : 0};
  hearsay_filter asked = *filter;
  asked.limit = r->shape == ROWS ? filter->limit + 1 : r->most;
  if (r->shape == ROWS) hsy_text_addz(&g.body, "{\"rows\": [\n");
  bool ok = hearsay_ask(hsy_stores_store(handle), r->question, &asked, gather, &g, &err);
  hsy_stores_give(request->serve->stores, handle);
  if (!ok) {
    hsy_text_free(&g.body);
    return problem_of(request, &err);
  }
  if (r->shape == ONE && !g.rows) return hsy_reply_problem(404, "there is nothing of that name");
  if (r->shape == ROWS) add_cursor(&g);
  return (hsy_reply){.status = MHD_HTTP_OK, .type = "application/json", .body = g.body};
}

static bool gather_line(void *user, const char *line, size_t len) {
  gathering *g = user;
  hsy_text_add(&g->body, line, len);
  hsy_text_addz(&g->body, "\r\n");
  return !g->body.failed;
}

/* All rows, or one with their number: no page of them. */
static hsy_reply ask_whole(hsy_request *request, const route *r, const hsy_params *params) {
  enum { ROWS_MOST = 100000 };
  hearsay_error err = {.offset = -1};
  hearsay_filter filter = params->filter;
  hsy_stores_handle *handle = hsy_stores_take(request->serve->stores, &err);
  if (!handle) return problem_of(request, &err);
  gathering g = {0};
  filter.csv = params->csv;
  filter.limit = ROWS_MOST;
  bool ok = hearsay_ask(hsy_stores_store(handle), r->question, &filter, filter.csv ? gather_line : gather, &g, &err);
  hsy_stores_give(request->serve->stores, handle);
  if (!ok) {
    hsy_text_free(&g.body);
    return problem_of(request, &err);
  }
  hsy_reply reply = {.status = MHD_HTTP_OK, .type = filter.csv ? "text/csv; charset=utf-8" : "application/json"};
  reply.body = g.body;
  if (filter.csv) {
    reply.headers[0][0] = "Content-Disposition";
    reply.headers[0][1] = "attachment; filename=\"hearsay.csv\"";
  }
  return reply;
}

static hsy_reply ask_with(hsy_request *request, const route *r, const char *rest, hsy_params *given) {
  hsy_params params = *given;
  char pair[2048];
  if (r->words == FROM_Q && !params.q) return hsy_reply_problem(400, "q wants words to look for");
  if (r->words == FROM_PATH && !hsy_text_is_utf8(rest, strlen(rest)))
    return hsy_reply_problem(400, "the address is no UTF-8 text");
  if (r->words == FROM_Q || r->words == MAYBE_Q) params.filter.words = params.q;
  if (r->words == FROM_DOCUMENT) params.filter.words = params.document;
  if (r->words == FROM_PATH) params.filter.words = rest;
  if (r->words == FROM_PAIR) {
    if (!params.one || !params.other) return hsy_reply_problem(400, "one and other want a name each");
    snprintf(pair, sizeof pair, "%s\n%s", params.one, params.other);
    params.filter.words = pair;
  }
  if (r->words == FROM_SPEAKER) {
    params.filter.words = params.filter.speaker;
    params.filter.speaker = NULL;
  }
  return params.csv || params.filter.count ? ask_whole(request, r, &params) : ask(request, r, &params.filter);
}

static hsy_reply ask_route(hsy_request *request, const route *r, const char *rest) {
  hsy_params params;
  if (!hsy_params_read(request, r->takes, &params)) return hsy_reply_problem(400, params.problem);
  hsy_reply reply = ask_with(request, r, rest, &params);
  hsy_params_reset(&params);
  return reply;
}

/* ---- what is no question ---- */

/* What this server is and can: pages link only what can be asked. */
static hsy_reply about(hsy_request *request) {
  hsy_reply reply = {.status = MHD_HTTP_OK, .type = "application/json"};
  hsy_text_addz(&reply.body, "{\"type\": \"about\", \"version\": ");
  hsy_text_json(&reply.body, hearsay_version());
  hsy_text_printf(&reply.body, ", \"add\": %s, \"review\": %s, \"answers\": [",
                  request->serve->adding ? "true" : "false", request->serve->config.allow_review ? "true" : "false");
  for (int i = 0; i < ROUTE_COUNT; i++) {
    hsy_text_addz(&reply.body, i ? ", " : "");
    hsy_text_json(&reply.body, ROUTES[i].path);
  }
  hsy_text_addz(&reply.body, "]}\n");
  return reply;
}

static hsy_reply description(void) {
  const hsy_file *file = hsy_files_find("openapi.yaml");
  if (!file) return hsy_reply_problem(404, "this program was built without its description");
  hsy_reply reply = {.status = MHD_HTTP_OK, .type = hsy_files_type(file->name)};
  hsy_text_add(&reply.body, file->data, (size_t)(file->end - file->data));
  return reply;
}

static hsy_reply adding_off(void) {
  return hsy_reply_problem(403, "this server does not take articles; start it with --allow-add");
}

static hsy_reply adding_state(hsy_request *request) {
  if (!request->serve->adding) return adding_off();
  hsy_reply reply = {.status = MHD_HTTP_OK, .type = "application/json"};
  hsy_adding_describe(request->serve->adding, &reply.body);
  return reply;
}

static hsy_reply take_article(hsy_request *request) {
  hsy_params params;
  if (!request->serve->adding) return adding_off();
  if (!hsy_params_read(request, HSY_PARAM_NAME, &params)) return hsy_reply_problem(400, params.problem);
  const char *type = MHD_lookup_connection_value(request->connection, MHD_HEADER_KIND, "Content-Type");
  if (!type || strncmp(type, "application/octet-stream", strlen("application/octet-stream")) != 0)
    return hsy_reply_problem(415, "send the file's bytes as application/octet-stream");
  if (request->too_large) return hsy_reply_problem(413, "files of up to 64 MiB are taken; use `hearsay add` for this");
  if (request->upload.failed) return hsy_reply_problem(503, "out of memory");
  if (!request->upload.len) return hsy_reply_problem(400, "the file is empty");
  hearsay_error err = {.offset = -1};
  hsy_reply reply = {.status = MHD_HTTP_ACCEPTED, .type = "application/json"};
  if (hsy_adding_take(request->serve->adding, params.name, &request->upload, &reply.body, &err)) return reply;
  hsy_text_free(&reply.body);
  if (err.code == HEARSAY_LIMIT) return hsy_reply_problem(429, err.message);
  return problem_of(request, &err);
}

static hsy_reply take_mark(hsy_request *request, hsy_reply (*taken)(hsy_request *)) {
  hsy_params params;
  if (!request->serve->config.allow_review)
    return hsy_reply_problem(403, "this server does not take marks; start it with --allow-review");
  if (!hsy_params_read(request, 0, &params)) return hsy_reply_problem(400, params.problem);
  if (request->too_large || request->upload.failed) return hsy_reply_problem(413, "a mark is smaller than that");
  return taken(request);
}

static hsy_reply feed(hsy_request *request) {
  hsy_params params;
  unsigned takes = HSY_PARAM_Q | HSY_PARAM_SPEAKER | HSY_PARAM_OUTLET | HSY_PARAM_DAYS;
  if (!hsy_params_read(request, takes, &params)) return hsy_reply_problem(400, params.problem);
  params.filter.words = params.q;
  hsy_reply reply = hsy_feed(request, &params.filter);
  hsy_params_reset(&params);
  return reply;
}

/* ---- addresses ---- */

static hsy_reply not_allowed(const char *allow) {
  hsy_reply reply = hsy_reply_problem(405, "this address does not take that method");
  reply.headers[0][0] = "Allow";
  reply.headers[0][1] = allow;
  return reply;
}

static hsy_reply without_params(hsy_request *request, hsy_reply (*answer)(hsy_request *)) {
  hsy_params params;
  return hsy_params_read(request, 0, &params) ? answer(request) : hsy_reply_problem(400, params.problem);
}

static hsy_reply describe_api(hsy_request *request) {
  (void)request;
  return description();
}

hsy_reply hsy_answer_request(hsy_request *request) {
  const char *path = request->url, *rest;
  bool ours = !strncmp(path, PREFIX, strlen(PREFIX)) && path[strlen(PREFIX)] == '/';
  if (!ours) return hsy_reply_problem(404, "there is nothing at this address; the answers are below /api/v1/");
  path += strlen(PREFIX) + 1;
  bool reads = request->method == HSY_GET || request->method == HSY_HEAD;
  if (!strcmp(path, "add")) {
    if (request->method == HSY_POST) return take_article(request);
    return reads ? without_params(request, adding_state) : not_allowed("GET, HEAD, POST");
  }
  if (!strcmp(path, "review"))
    return request->method == HSY_POST ? take_mark(request, hsy_marking_take) : not_allowed("POST");
  if (!strcmp(path, "doubles") && !reads)
    return request->method == HSY_POST ? take_mark(request, hsy_marking_answer) : not_allowed("GET, HEAD, POST");
  if (!strcmp(path, "feed")) return reads ? feed(request) : not_allowed("GET, HEAD");
  const route *r = find_route(path, &rest);
  bool other = !strcmp(path, "about") || !strcmp(path, "openapi.yaml");
  if (!r && !other) return hsy_reply_problem(404, "there is nothing at this address; see /api/v1/openapi.yaml");
  if (!reads) return not_allowed("GET, HEAD");
  if (r) return ask_route(request, r, rest);
  return without_params(request, !strcmp(path, "about") ? about : describe_api);
}

#include "server/reply.h"

#include <stdlib.h>
#include <string.h>
#include <xxhash.h>
#include <zlib.h>

/* No inline script or style, nothing from elsewhere, no framing. */
static const char *const ALWAYS[][2] = {
    {"Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
                                " connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'self';"
                                " frame-ancestors 'none'; require-trusted-types-for 'script'"},
    {"X-Content-Type-Options", "nosniff"},
    {"X-Frame-Options", "DENY"},
    {"Referrer-Policy", "no-referrer"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cache-Control", "no-cache"},
    {"Vary", "Accept-Encoding"},
};
enum { ALWAYS_COUNT = sizeof ALWAYS / sizeof *ALWAYS };

/* ---- gzip ---- */

/* "gzip" in Accept-Encoding, unless its weight is 0. */
static bool takes_gzip(const char *accept) {
  const char *at = accept ? strstr(accept, "gzip") : NULL;
  if (!at) return false;
  at += strlen("gzip");
  at += strspn(at, " ");
  if (*at != ';') return true;
  const char *weight = strstr(at, "q=");
  return !weight || strtod(weight + 2, NULL) > 0;
}

static bool gzip(const hsy_text *body, hsy_text *out) {
  enum { GZIP_WINDOW = 15 + 16, LEVEL = 6 };
  z_stream z = {0};
  if (deflateInit2(&z, LEVEL, Z_DEFLATED, GZIP_WINDOW, 8, Z_DEFAULT_STRATEGY) != Z_OK) return false;
  uLong bound = deflateBound(&z, body->len);
  out->data = malloc(bound);
  z.next_in = (Bytef *)body->data;
  z.avail_in = (uInt)body->len;
  z.next_out = (Bytef *)out->data;
  z.avail_out = (uInt)bound;
  bool ok = out->data && deflate(&z, Z_FINISH) == Z_STREAM_END;
  out->len = z.total_out;
  deflateEnd(&z);
  if (!ok) hsy_text_free(out);
  return ok;
}

static bool compress_body(hsy_request *request, hsy_reply *reply) {
  enum { WORTH_IT = 1024, MOST = 1 << 30 };
  if (reply->body.len < WORTH_IT || reply->body.len > MOST) return false;
  if (!takes_gzip(MHD_lookup_connection_value(request->connection, MHD_HEADER_KIND, "Accept-Encoding"))) return false;
  hsy_text packed = {0};
  if (!gzip(&reply->body, &packed)) return false;
  hsy_text_free(&reply->body);
  reply->body = packed;
  return true;
}

/* ---- ETag ---- */

/* Whether If-None-Match lists the tag, weakly compared. */
static bool has_tag(const char *list, const char *tag) {
  if (!list) return false;
  if (!strcmp(list, "*")) return true;
  const char *at = strstr(list, tag);
  return at && (at == list || strchr(" ,/", at[-1]));
}

static bool not_modified(hsy_request *request, const hsy_reply *reply, const char *tag) {
  bool reads = request->method == HSY_GET || request->method == HSY_HEAD;
  if (!reads || reply->status != MHD_HTTP_OK) return false;
  return has_tag(MHD_lookup_connection_value(request->connection, MHD_HEADER_KIND, "If-None-Match"), tag);
}

/* ---- out ---- */

static struct MHD_Response *response_of(hsy_reply *reply) {
  struct MHD_Response *response =
      MHD_create_response_from_buffer_with_free_callback(reply->body.len, reply->body.data, free);
  if (!response) hsy_text_free(&reply->body);
  return response;
}

enum MHD_Result hsy_reply_send(hsy_request *request, hsy_reply *reply) {
  char tag[48] = "";
  if (reply->body.failed) {
    hsy_text_free(&reply->body);
    return MHD_NO;
  }
  XXH128_hash_t hash = XXH3_128bits(reply->body.data ? reply->body.data : "", reply->body.len);
  bool zipped = compress_body(request, reply);
  snprintf(tag, sizeof tag, "\"%016llx%016llx%s\"", (unsigned long long)hash.high64, (unsigned long long)hash.low64,
           zipped ? "-gzip" : "");
  if (not_modified(request, reply, tag)) {
    hsy_text_free(&reply->body);
    reply->status = MHD_HTTP_NOT_MODIFIED;
  }
  bool tagged = reply->status == MHD_HTTP_OK || reply->status == MHD_HTTP_NOT_MODIFIED;
  struct MHD_Response *response = response_of(reply);
  if (!response) return MHD_NO;
  for (int i = 0; i < ALWAYS_COUNT; i++) MHD_add_response_header(response, ALWAYS[i][0], ALWAYS[i][1]);
  for (int i = 0; i < HSY_REPLY_HEADERS && reply->headers[i][0]; i++)
    MHD_add_response_header(response, reply->headers[i][0], reply->headers[i][1]);
  if (reply->type) MHD_add_response_header(response, "Content-Type", reply->type);
  if (tagged) MHD_add_response_header(response, "ETag", tag);
  if (zipped) MHD_add_response_header(response, "Content-Encoding", "gzip");
  enum MHD_Result result = MHD_queue_response(request->connection, reply->status, response);
  MHD_destroy_response(response);
  return result;
}

/* ---- problems ---- */

static const char *title_of(unsigned status) {
  static const struct {
    unsigned status;
    const char *title;
  } TITLES[] = {
      {400, "Bad request"},        {401, "Token needed"}, {403, "Refused"},           {404, "Not found"},
      {405, "Method not allowed"}, {413, "Too large"},    {415, "Unsupported type"},  {421, "Not this server's name"},
      {429, "Too much at once"},   {500, "Failed"},       {503, "No record to read"},
  };
  for (size_t i = 0; i < sizeof TITLES / sizeof *TITLES; i++)
    if (TITLES[i].status == status) return TITLES[i].title;
  return "Problem";
}

hsy_reply hsy_reply_problem(unsigned status, const char *detail) {
  hsy_reply reply = {.status = status, .type = "application/problem+json"};
  hsy_text_addz(&reply.body, "{\"type\": \"about:blank\", \"title\": ");
  hsy_text_json(&reply.body, title_of(status));
  hsy_text_printf(&reply.body, ", \"status\": %u, \"detail\": ", status);
  hsy_text_json(&reply.body, detail);
  hsy_text_addz(&reply.body, "}\n");
  return reply;
}

unsigned hsy_reply_status_of(const hearsay_error *err) {
  static const unsigned STATUS[] = {
      [HEARSAY_OK] = 500,        [HEARSAY_NO_MEMORY] = 503, [HEARSAY_LIMIT] = 413,
      [HEARSAY_BAD_INPUT] = 400, [HEARSAY_IO] = 503,        [HEARSAY_STORE] = 503,
      [HEARSAY_USAGE] = 400,     [HEARSAY_NOT_FOUND] = 404, [HEARSAY_STOPPED] = 503,
  };
  return (unsigned)err->code < sizeof STATUS / sizeof *STATUS ? STATUS[err->code] : 500;
}

#include "server/server.h"

#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "server/answer.h"
#include "server/guard.h"
#include "server/listen.h"

enum { UPLOAD_MOST = 64 << 20 };

/* ---- the log ---- */

void hsy_serve_log(const hsy_serve *serve, const char *format, ...) {
  if (!serve->config.log) return;
  char line[600], when[32];
  time_t now = time(NULL);
  struct tm parts;
  va_list args;
  va_start(args, format);
  vsnprintf(line, sizeof line, format, args);
  va_end(args);
  size_t len = strlen(line);
  while (len && line[len - 1] == '\n') line[--len] = '\0';
  for (char *at = line; *at; at++)
    if ((unsigned char)*at < 0x20 || (unsigned char)*at >= 0x7F) *at = '?';
  strftime(when, sizeof when, "%Y-%m-%d %H:%M:%S", localtime_r(&now, &parts));
  fprintf(serve->config.log, "%s %s\n", when, line);
  fflush(serve->config.log);
}

static void log_line(void *user, const char *line) { hsy_serve_log(user, "%s", line); }

static void log_library(void *user, const char *format, va_list args) __attribute__((format(printf, 2, 0)));
static void log_library(void *user, const char *format, va_list args) {
  char line[400];
  vsnprintf(line, sizeof line, format, args);
  hsy_serve_log(user, "%s", line);
}

/* ---- guards ---- */

static const char *header(const hsy_request *request, const char *name) {
  return MHD_lookup_connection_value(request->connection, MHD_HEADER_KIND, name);
}

static bool has_token(const hsy_request *request) {
  const char *token = request->serve->token;
  const char *cookie = MHD_lookup_connection_value(request->connection, MHD_COOKIE_KIND, "hearsay_token");
  if (!token) return true;
  return hsy_guard_same(hsy_guard_bearer(header(request, "Authorization")), token) || hsy_guard_same(cookie, token);
}

static bool is_api(const hsy_request *request) { return !strncmp(request->url, "/api/", strlen("/api/")); }

/* What was asked for may hold the token: the log gets the address without what stands behind "?". */
static hsy_reply log_refused(const hsy_request *request, hsy_reply reply, const char *why) {
  hsy_serve_log(request->serve, "refused %u %.100s: %s", reply.status, request->url, why);
  return reply;
}

static hsy_reply ask_for_token(const hsy_request *request) {
  static const char WHY[] = "a token is needed: open the address that `hearsay serve` printed, or send it"
                            " as \"Authorization: Bearer TOKEN\"";
  hsy_reply reply = log_refused(request, hsy_reply_problem(401, WHY), WHY);
  reply.headers[0][0] = "WWW-Authenticate";
  reply.headers[0][1] = "Bearer realm=\"hearsay\"";
  if (is_api(request)) return reply;
  hsy_text_free(&reply.body);
  reply.type = "text/html; charset=utf-8";
  hsy_text_addz(&reply.body, "<!doctype html><html lang=en><meta charset=utf-8><title>hearsay</title>"
                             "<h1>This record is locked</h1><p>Open the address with the token that "
                             "<code>hearsay serve</code> printed when it started.</p></html>\n");
  return reply;
}

typedef struct objection {
  unsigned status; /* 0: none */
  const char *why;
} objection;

/* The first thing that speaks against a request. */
static objection object(const hsy_request *request) {
  const hsy_serve *serve = request->serve;
  const char *host = header(request, "Host"), *site = header(request, "Sec-Fetch-Site");
  if (!hsy_guard_host(host, serve->loopback, serve->config.name))
    return (objection){421, "this server does not answer to that name (Host); see --host"};
  if (request->nul) return (objection){400, "the address holds a zero character"};
  if (request->crowded) return (objection){400, "the address holds more parameters than any question has"};
  bool reads = request->method == HSY_GET || request->method == HSY_HEAD;
  if (!reads && !hsy_guard_own(header(request, "Origin"), site, host))
    return (objection){403, "a page of another site must not send this"};
  if (is_api(request) && hsy_guard_foreign_read(site)) return (objection){403, "a page of another site must not ask"};
  return (objection){0};
}

/* ---- the page ---- */

static hsy_reply file_reply(unsigned status, const char *name) {
  const hsy_file *file = hsy_files_find(name);
  if (!file) return hsy_reply_problem(404, "this program was built without its page; /api/v1/ answers");
  hsy_reply reply = {.status = status, .type = hsy_files_type(name)};
  hsy_text_add(&reply.body, file->data, (size_t)(file->end - file->data));
  return reply;
}

/* "/?token=…": the token goes into a cookie and out of the address. */
static hsy_reply take_token(const hsy_request *request, char *cookie, size_t size) {
  snprintf(cookie, size, "hearsay_token=%s; Path=/; HttpOnly; SameSite=Strict", request->serve->token);
  return (hsy_reply){.status = 303, .headers = {{"Location", "/"}, {"Set-Cookie", cookie}}};
}

static hsy_reply page_reply(const hsy_request *request) {
  bool reads = request->method == HSY_GET || request->method == HSY_HEAD;
  if (!reads) {
    hsy_reply reply = hsy_reply_problem(405, "this address does not take that method");
    reply.headers[0][0] = "Allow";
    reply.headers[0][1] = "GET, HEAD";
    return reply;
  }
  bool is_file = request->url[0] == '/' && hsy_files_find(request->url + 1);
  if (is_file) return file_reply(200, request->url + 1);
  return file_reply(hsy_files_is_place(request->url) ? 200 : 404, "index.html");
}

static enum MHD_Result answer(hsy_request *request) {
  char cookie[256];
  const hsy_serve *serve = request->serve;
  hsy_reply reply = {0};
  objection against = object(request);
  if (against.status) reply = log_refused(request, hsy_reply_problem(against.status, against.why), against.why);
  if (!reply.status && serve->token && !is_api(request)) {
    const char *given = MHD_lookup_connection_value(request->connection, MHD_GET_ARGUMENT_KIND, "token");
    if (hsy_guard_same(given, serve->token)) reply = take_token(request, cookie, sizeof cookie);
  }
  if (!reply.status && !has_token(request)) reply = ask_for_token(request);
  if (!reply.status) reply = is_api(request) ? hsy_answer_request(request) : page_reply(request);
  return hsy_reply_send(request, &reply);
}

/* ---- requests ---- */

static hsy_watched *watched_of(struct MHD_Connection *connection) {
  const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
  return info ? info->socket_context : NULL;
}

/* The library has room for some hundred parameters, and closes the connection without a word where there are more.
 * So they are counted before it reads them, and where they are too many made one: the request is refused later. */
static bool join_parameters(char *uri) {
  enum { MOST = 64 };
  char *query = strchr(uri, '?');
  int count = 0;
  for (char *at = query; at && *at; at++) count += *at == '&';
  if (count <= MOST) return false;
  for (char *at = query + 1; *at; at++)
    if (*at == '&' || *at == '=') *at = '_';
  return true;
}

/* The first line is read: the library takes what we return for the request's own. */
static void *begin_request(void *user, const char *uri, struct MHD_Connection *connection) {
  hsy_request *request = calloc(1, sizeof *request);
  if (!request) return NULL;
  request->serve = user;
  request->connection = connection;
  request->nul = strstr(uri, "%00");
  request->crowded = join_parameters((char *)uri); /* lies in the connection's own buffer */
  return request;
}

static void read_head(hsy_request *request, const char *url, const char *method) {
  static const char *const METHODS[] = {[HSY_GET] = "GET", [HSY_HEAD] = "HEAD", [HSY_POST] = "POST"};
  request->begun = true;
  request->url = url;
  request->method = HSY_METHOD_OTHER;
  for (int i = 0; i < HSY_METHOD_OTHER; i++)
    if (!strcmp(method, METHODS[i])) request->method = i;
}

/* Bodies are kept only where they may be taken. */
static void take_body(hsy_request *request, const char *data, size_t len) {
  bool wanted = request->method == HSY_POST && (request->serve->adding || request->serve->config.allow_review);
  if (!wanted) return;
  request->too_large |= request->upload.len + len > UPLOAD_MOST;
  if (!request->too_large) hsy_text_add(&request->upload, data, len);
}

/* What can be refused before its body is read. */
static bool refused_early(const hsy_request *request) {
  const char *length = header(request, "Content-Length");
  return object(request).status || !has_token(request) || (length && strtoull(length, NULL, 10) > UPLOAD_MOST);
}

static enum MHD_Result handle(void *user, struct MHD_Connection *connection, const char *url, const char *method,
                              const char *version, const char *data, size_t *len, void **context) {
  (void)version;
  hsy_serve *serve = user;
  hsy_request *request = *context;
  if (!request) return MHD_NO;
  if (!request->begun) {
    read_head(request, url, method);
    hsy_watch_phase(serve->watch, watched_of(connection), serve->config.request_seconds);
    bool reads = request->method == HSY_GET || request->method == HSY_HEAD;
    if (reads || !refused_early(request)) return MHD_YES;
    request->too_large = true;
    return answer(request);
  }
  if (*len) {
    take_body(request, data, *len);
    *len = 0;
    return MHD_YES;
  }
  return answer(request);
}

static void end_request(void *user, struct MHD_Connection *connection, void **context,
                        enum MHD_RequestTerminationCode why) {
  hsy_serve *serve = user;
  hsy_request *request = *context;
  (void)why;
  hsy_watch_phase(serve->watch, watched_of(connection), serve->config.idle_seconds);
  if (!request) return;
  hsy_text_free(&request->upload);
  free(request);
  *context = NULL;
}

static void note_connection(void *user, struct MHD_Connection *connection, void **socket_context,
                            enum MHD_ConnectionNotificationCode what) {
  hsy_serve *serve = user;
  if (what == MHD_CONNECTION_NOTIFY_STARTED) {
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    *socket_context = hsy_watch_add(serve->watch, info->connect_fd, serve->config.head_seconds);
  } else {
    hsy_watch_remove(serve->watch, *socket_context);
    *socket_context = NULL;
  }
}

/* ---- life ---- */

static bool fail(hearsay_error *err, hearsay_code code, const char *what) {
  *err = (hearsay_error){.code = code, .stage = "serve", .offset = -1};
  snprintf(err->message, sizeof err->message, "%s", what);
  return false;
}

/* Files that may be open: as many as the system lets us. The number. */
static unsigned raise_files(unsigned wanted) {
  struct rlimit limit;
  if (getrlimit(RLIMIT_NOFILE, &limit)) return 512;
  if (limit.rlim_cur < wanted) {
    limit.rlim_cur = limit.rlim_max == RLIM_INFINITY || limit.rlim_max > wanted ? wanted : limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    getrlimit(RLIMIT_NOFILE, &limit);
  }
  return limit.rlim_cur > wanted ? wanted : (unsigned)limit.rlim_cur;
}

static void fill_in(hsy_serve_config *config) {
  enum { OTHER_FILES = 96 };
  if (config->threads <= 0) config->threads = 4;
  if (config->head_seconds <= 0) config->head_seconds = 15;
  if (config->request_seconds <= 0) config->request_seconds = 120;
  if (config->idle_seconds <= 0) config->idle_seconds = 60;
  if (!config->connections) config->connections = 4000;
  unsigned files = raise_files(config->connections + OTHER_FILES);
  if (config->connections + OTHER_FILES > files)
    config->connections = files > 2 * OTHER_FILES ? files - OTHER_FILES : OTHER_FILES;
}

static bool make_token(hsy_serve *serve, hearsay_error *err) {
  enum { BYTES = 16, LEAST = 12 };
  static const char HEX[] = "0123456789abcdef";
  const char *said = serve->config.token;
  if (said && (strlen(said) < LEAST || strlen(said) > 128 ||
               strspn(said, "-._~0123456789abcdefghijklmnopqrstuvwxyz"
                            "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != strlen(said)))
    return fail(err, HEARSAY_USAGE, "a token is 12 to 128 letters, digits and -._~");
  if (!said && serve->loopback) return true;
  unsigned char bytes[BYTES];
  char text[2 * BYTES + 1] = "";
  if (!said && getrandom(bytes, BYTES, 0) != BYTES) return fail(err, HEARSAY_IO, "no random numbers for a token");
  for (int i = 0; i < BYTES && !said; i++) {
    text[2 * i] = HEX[bytes[i] >> 4];
    text[2 * i + 1] = HEX[bytes[i] & 15];
  }
  serve->token = strdup(said ? said : text);
  return serve->token || fail(err, HEARSAY_NO_MEMORY, "out of memory");
}

static bool open_store(hsy_serve *serve, hearsay_error *err) {
  const hsy_serve_config *config = &serve->config;
  hearsay_store *store = hearsay_store_open(config->store, config->allow_add, err);
  if (!store) return false;
  hearsay_store_close(store);
  serve->stores = hsy_stores_new(config->store);
  if (!serve->stores) return fail(err, HEARSAY_NO_MEMORY, "out of memory");
  if (!config->allow_add) return true;
  serve->adding = hsy_adding_new(config->store, config->model, config->reader, err);
  return serve->adding;
}

static bool start(hsy_serve *serve, hearsay_error *err) {
  enum { HEAD_BYTES = 64 << 10, SILENT_SECONDS = 30 };
  const hsy_serve_config *config = &serve->config;
  int fd = hsy_listen_open(config->listen, &serve->loopback, serve->address, sizeof serve->address, err);
  if (fd < 0) return false;
  serve->watch = make_token(serve, err) ? hsy_watch_new(log_line, serve) : NULL;
  if (serve->watch) {
    serve->daemon = MHD_start_daemon(
        MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_ERROR_LOG, 0, NULL, NULL, handle, serve, MHD_OPTION_EXTERNAL_LOGGER,
        log_library, serve, MHD_OPTION_LISTEN_SOCKET, fd, MHD_OPTION_THREAD_POOL_SIZE, (unsigned)config->threads,
        MHD_OPTION_CONNECTION_LIMIT, config->connections, MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)SILENT_SECONDS,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)HEAD_BYTES, MHD_OPTION_URI_LOG_CALLBACK, begin_request, serve,
        MHD_OPTION_NOTIFY_COMPLETED, end_request, serve, MHD_OPTION_NOTIFY_CONNECTION, note_connection, serve,
        MHD_OPTION_END);
  }
  if (serve->daemon) return true;
  close(fd);
  return err->code != HEARSAY_OK ? false : fail(err, HEARSAY_IO, "the server could not be started");
}

hsy_serve *hsy_serve_new(const hsy_serve_config *config, hearsay_error *err) {
  hsy_serve *serve = calloc(1, sizeof *serve);
  *err = (hearsay_error){.offset = -1};
  if (!serve) {
    fail(err, HEARSAY_NO_MEMORY, "out of memory");
    return NULL;
  }
  serve->config = *config;
  fill_in(&serve->config);
  if (open_store(serve, err) && start(serve, err)) return serve;
  hsy_serve_free(serve);
  return NULL;
}

void hsy_serve_free(hsy_serve *serve) {
  if (!serve) return;
  if (serve->daemon) MHD_stop_daemon(serve->daemon);
  hsy_watch_free(serve->watch);
  hsy_adding_free(serve->adding);
  hsy_stores_free(serve->stores);
  free(serve->token);
  free(serve);
}

const char *hsy_serve_address(const hsy_serve *serve) { return serve->address; }
const char *hsy_serve_token(const hsy_serve *serve) { return serve->token; }

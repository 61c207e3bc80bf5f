#include "server/adding.h"

#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

enum { KEPT = 1000, WAITING_MOST = 500, BATCH_MOST = 64 };

typedef enum file_state { FILE_WAITING, FILE_READING, FILE_DONE, FILE_FAILED } file_state;
static const char *const STATES[] = {"waiting", "reading", "done", "failed"};

typedef struct added_file {
  uint64_t id; /* 0: this place of the ring is free */
  file_state state;
  char *name, *path; /* owned; as handed in, as kept */
  char *problem;     /* owned, or NULL */
  hsy_text receipts; /* rows with commas */
} added_file;

struct hsy_adding {
  char *store, *folder; /* owned */
  const char *model;
  hearsay_reader reader;
  pthread_mutex_t lock;
  pthread_cond_t news;
  pthread_t thread;
  bool ending;
  added_file ring[KEPT];
  uint64_t next;          /* id of the next file, from 1 */
  uint64_t read;          /* files below this id have been begun */
  uint64_t batch, behind; /* ids being read: [batch, behind) */
  uint64_t articles, bytes, total_bytes;
};

static bool fail(hearsay_error *err, hearsay_code code, const char *format, const char *what, const char *why) {
  *err = (hearsay_error){.code = code, .stage = "serve", .offset = -1};
  snprintf(err->message, sizeof err->message, format, what, why);
  return false;
}

static added_file *file_of(hsy_adding *adding, uint64_t id) { return &adding->ring[id % KEPT]; }

static void reset_file(added_file *file) {
  free(file->name);
  free(file->path);
  free(file->problem);
  hsy_text_free(&file->receipts);
  *file = (added_file){0};
}

/* ---- keeping ---- */

/* Letters, digits and a few marks; the rest becomes "_". No leading point. */
static void safe_name(const char *name, char *out, size_t size) {
  const char *slash = name ? strrchr(name, '/') : NULL;
  if (slash) name = slash + 1;
  size_t len = 0;
  for (const char *at = name; at && *at && len + 1 < size; at++) {
    unsigned char c = (unsigned char)*at;
    bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
    bool inner = len && (c == '.' || c == '_' || c >= 0x80);
    out[len++] = plain || inner ? (char)c : '_';
  }
  out[len] = '\0';
  if (!hsy_text_is_utf8(out, len)) len = 0;
  if (!len) snprintf(out, size, "pasted.txt");
}

static bool write_all(const char *path, const hsy_text *file) {
  int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0666);
  if (fd < 0) return false;
  size_t done = 0;
  while (done < file->len) {
    ssize_t n = write(fd, file->data + done, file->len - done);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) break;
    done += (size_t)n;
  }
  int error = errno;
  bool ok = done == file->len;
  if (close(fd)) ok = false;
  if (!ok) unlink(path);
  errno = error;
  return ok;
}

/* FOLDER/HASH-NAME; owned. Written beside and renamed: whole or not there. */
static char *keep(hsy_adding *adding, const char *name, const hsy_text *file, hearsay_error *err) {
  char safe[100], *path = NULL, *part = NULL;
  safe_name(name, safe, sizeof safe);
  XXH128_hash_t hash = XXH3_128bits(file->data, file->len);
  if (mkdir(adding->folder, 0777) && errno != EEXIST) {
    fail(err, HEARSAY_IO, "%s: %s", adding->folder, strerror(errno));
    return NULL;
  }
  if (asprintf(&path, "%s/%016llx%016llx-%s", adding->folder, (unsigned long long)hash.high64,
               (unsigned long long)hash.low64, safe) < 0)
    path = NULL;
  if (path && asprintf(&part, "%s.%p.part", path, (const void *)file) < 0) part = NULL;
  bool ok = part && write_all(part, file) && !rename(part, path);
  if (!ok) fail(err, HEARSAY_IO, "%s: %s", adding->folder, strerror(errno));
  free(part);
  if (ok) return path;
  free(path);
  return NULL;
}

/* ---- the list ---- */

static void describe_file(const added_file *file, hsy_text *body) {
  hsy_text_printf(body, "{\"type\": \"file\", \"id\": %llu, \"name\": ", (unsigned long long)file->id);
  hsy_text_json(body, file->name);
  hsy_text_printf(body, ", \"state\": \"%s\", \"problem\": ", STATES[file->state]);
  if (file->problem) {
    hsy_text_json(body, file->problem);
  } else {
    hsy_text_addz(body, "null");
  }
  hsy_text_addz(body, ", \"receipts\": [");
  if (file->receipts.len) hsy_text_add(body, file->receipts.data, file->receipts.len);
  hsy_text_addz(body, "]}");
}

void hsy_adding_describe(hsy_adding *adding, hsy_text *body) {
  pthread_mutex_lock(&adding->lock);
  hsy_text_addz(body, "{\"rows\": [");
  uint64_t first = adding->next > KEPT ? adding->next - KEPT : 1;
  for (uint64_t id = first; id < adding->next; id++) {
    if (id > first) hsy_text_addz(body, ",\n");
    describe_file(file_of(adding, id), body);
  }
  hsy_text_printf(body, "], \"waiting\": %llu, \"articles\": %llu, \"bytes\": %llu, \"total_bytes\": %llu}\n",
                  (unsigned long long)(adding->next - adding->read), (unsigned long long)adding->articles,
                  (unsigned long long)adding->bytes, (unsigned long long)adding->total_bytes);
  pthread_mutex_unlock(&adding->lock);
}

/* Name and path are handed over where it is true. */
static bool enqueue(hsy_adding *adding, char *name, char *path, hsy_text *body) {
  pthread_mutex_lock(&adding->lock);
  bool room = adding->next - adding->batch < WAITING_MOST;
  if (room) {
    added_file *file = file_of(adding, adding->next);
    reset_file(file);
    *file = (added_file){.id = adding->next++, .name = name, .path = path};
    describe_file(file, body);
    hsy_text_addz(body, "\n");
    pthread_cond_signal(&adding->news);
  }
  pthread_mutex_unlock(&adding->lock);
  return room;
}

bool hsy_adding_take(hsy_adding *adding, const char *name, const hsy_text *file, hsy_text *body, hearsay_error *err) {
  char *path = keep(adding, name, file, err), *called = strdup(name ? name : "pasted.txt");
  if (path && called && enqueue(adding, called, path, body)) return true;
  bool kept = path, memory = called;
  free(path);
  free(called);
  if (!kept) return false;
  if (!memory) return fail(err, HEARSAY_NO_MEMORY, "%s%s", "out of memory", "");
  return fail(err, HEARSAY_LIMIT, "%s%s", "too many files wait to be read; try again in a while", "");
}

/* ---- the thread that reads ---- */

/* The file of the batch whose path begins `where` ("path" or "path#12"). */
static added_file *file_called(hsy_adding *adding, const char *where) {
  for (uint64_t id = adding->batch; where && id < adding->behind; id++) {
    added_file *file = file_of(adding, id);
    size_t len = strlen(file->path);
    if (!strncmp(where, file->path, len) && (!where[len] || where[len] == '#')) return file;
  }
  return NULL;
}

static bool on_row(void *user, const char *json, size_t len) {
  hsy_adding *adding = user;
  json_t *row = json_loadb(json, len, JSON_ALLOW_NUL, NULL);
  pthread_mutex_lock(&adding->lock);
  added_file *file = file_called(adding, json_string_value(json_object_get(row, "path")));
  if (file) {
    if (file->receipts.len) hsy_text_addz(&file->receipts, ", ");
    hsy_text_add(&file->receipts, json, len);
  }
  bool on = !adding->ending;
  pthread_mutex_unlock(&adding->lock);
  json_decref(row);
  return on;
}

static void on_problem(void *user, const char *where, const hearsay_error *problem) {
  hsy_adding *adding = user;
  pthread_mutex_lock(&adding->lock);
  added_file *file = file_called(adding, where);
  if (file && !file->problem) file->problem = strdup(problem->message);
  pthread_mutex_unlock(&adding->lock);
}

static void on_progress(void *user, uint64_t articles, uint64_t bytes, uint64_t total_bytes) {
  hsy_adding *adding = user;
  pthread_mutex_lock(&adding->lock);
  adding->articles = articles;
  adding->bytes = bytes;
  adding->total_bytes = total_bytes;
  pthread_mutex_unlock(&adding->lock);
}

/* Whether a file is in the batch already: handed in twice, it is read twice. */
static bool in_batch(const char *const *paths, size_t count, const char *path) {
  for (size_t i = 0; i < count; i++)
    if (!strcmp(paths[i], path)) return true;
  return false;
}

/* Waits for files; how many are now to be read, 0 at the end. */
static size_t next_batch(hsy_adding *adding, const char *paths[BATCH_MOST]) {
  size_t count = 0;
  pthread_mutex_lock(&adding->lock);
  while (!adding->ending && adding->read == adding->next) pthread_cond_wait(&adding->news, &adding->lock);
  adding->batch = adding->read;
  while (!adding->ending && adding->read < adding->next && count < BATCH_MOST) {
    added_file *file = file_of(adding, adding->read);
    if (in_batch(paths, count, file->path)) break;
    adding->read++;
    file->state = FILE_READING;
    paths[count++] = file->path;
  }
  adding->behind = adding->read;
  adding->articles = adding->bytes = adding->total_bytes = 0;
  pthread_mutex_unlock(&adding->lock);
  return count;
}

static void end_batch(hsy_adding *adding, bool ok, const hearsay_error *err) {
  pthread_mutex_lock(&adding->lock);
  for (uint64_t id = adding->batch; id < adding->behind; id++) {
    added_file *file = file_of(adding, id);
    if (!ok && !file->problem) file->problem = strdup(err->message);
    file->state = file->receipts.len ? FILE_DONE : FILE_FAILED;
    if (file->state == FILE_FAILED && !file->problem) file->problem = strdup("there is no article in it");
  }
  adding->batch = adding->behind;
  pthread_mutex_unlock(&adding->lock);
}

static void *read_files(void *user) {
  hsy_adding *adding = user;
  const char *paths[BATCH_MOST];
  hearsay_engine *engine = NULL;
  hearsay_confine(adding->store); /* this thread's: what it reads was written by strangers */
  hearsay_run run = {
      .threads = 1, .on_row = on_row, .on_problem = on_problem, .on_progress = on_progress, .user = adding};
  for (size_t count; (count = next_batch(adding, paths));) {
    hearsay_error err = {.offset = -1};
    if (!engine) engine = hearsay_engine_new(adding->model, adding->reader, &err);
    hearsay_store *store = engine ? hearsay_store_open(adding->store, true, &err) : NULL;
    bool ok = store && hearsay_add(store, engine, paths, count, &run, NULL, &err);
    hearsay_store_close(store);
    end_batch(adding, ok, &err);
  }
  hearsay_engine_free(engine);
  return NULL;
}

/* ---- life ---- */

hsy_adding *hsy_adding_new(const char *store, const char *model, hearsay_reader reader, hearsay_error *err) {
  hsy_adding *adding = calloc(1, sizeof *adding);
  if (adding) {
    adding->store = strdup(store);
    if (asprintf(&adding->folder, "%s.files", store) < 0) adding->folder = NULL;
    adding->model = model;
    adding->reader = reader;
    adding->next = adding->read = adding->batch = adding->behind = 1;
    pthread_mutex_init(&adding->lock, NULL);
    pthread_cond_init(&adding->news, NULL);
  }
  bool ok = adding && adding->store && adding->folder;
  if (ok && !pthread_create(&adding->thread, NULL, read_files, adding)) return adding;
  fail(err, HEARSAY_NO_MEMORY, "%s%s", "out of memory", "");
  if (adding) free(adding->store), free(adding->folder);
  free(adding);
  return NULL;
}

void hsy_adding_free(hsy_adding *adding) {
  if (!adding) return;
  pthread_mutex_lock(&adding->lock);
  adding->ending = true;
  pthread_cond_signal(&adding->news);
  pthread_mutex_unlock(&adding->lock);
  pthread_join(adding->thread, NULL);
  for (int i = 0; i < KEPT; i++) reset_file(&adding->ring[i]);
  pthread_cond_destroy(&adding->news);
  pthread_mutex_destroy(&adding->lock);
  free(adding->store);
  free(adding->folder);
  free(adding);
}

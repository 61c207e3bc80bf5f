#include "server/stores.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct hsy_stores_handle {
  hsy_stores_handle *next;
  hearsay_store *store;
  dev_t device;
  ino_t inode;
};

struct hsy_stores {
  char *path;
  hsy_stores_handle *idle;
  pthread_mutex_t lock;
};

hsy_stores *hsy_stores_new(const char *path) {
  hsy_stores *stores = calloc(1, sizeof *stores);
  if (stores) stores->path = strdup(path);
  if (stores && stores->path) {
    pthread_mutex_init(&stores->lock, NULL);
    return stores;
  }
  free(stores);
  return NULL;
}

static void close_handle(hsy_stores_handle *handle) {
  hearsay_store_close(handle->store);
  free(handle);
}

void hsy_stores_free(hsy_stores *stores) {
  if (!stores) return;
  for (hsy_stores_handle *handle = stores->idle, *next; handle; handle = next) {
    next = handle->next;
    close_handle(handle);
  }
  pthread_mutex_destroy(&stores->lock);
  free(stores->path);
  free(stores);
}

const char *hsy_stores_path(const hsy_stores *stores) { return stores->path; }
hearsay_store *hsy_stores_store(const hsy_stores_handle *handle) { return handle->store; }

static hsy_stores_handle *take_idle(hsy_stores *stores) {
  pthread_mutex_lock(&stores->lock);
  hsy_stores_handle *handle = stores->idle;
  if (handle) stores->idle = handle->next;
  pthread_mutex_unlock(&stores->lock);
  return handle;
}

static hsy_stores_handle *fail(hearsay_error *err, hearsay_code code, const char *format, const char *path) {
  *err = (hearsay_error){.code = code, .stage = "serve", .offset = -1};
  snprintf(err->message, sizeof err->message, format, path);
  return NULL;
}

static hsy_stores_handle *open_handle(hsy_stores *stores, const struct stat *file, hearsay_error *err) {
  hsy_stores_handle *handle = calloc(1, sizeof *handle);
  if (!handle) return fail(err, HEARSAY_NO_MEMORY, "%s: out of memory", stores->path);
  handle->device = file->st_dev;
  handle->inode = file->st_ino;
  handle->store = hearsay_store_open(stores->path, false, err);
  if (handle->store) return handle;
  free(handle);
  return NULL;
}

hsy_stores_handle *hsy_stores_take(hsy_stores *stores, hearsay_error *err) {
  struct stat file;
  bool there = !stat(stores->path, &file);
  for (hsy_stores_handle *handle; (handle = take_idle(stores));) {
    if (there && handle->device == file.st_dev && handle->inode == file.st_ino) return handle;
    close_handle(handle);
  }
  if (!there) return fail(err, HEARSAY_STORE, "%s: the store is not there any more", stores->path);
  return open_handle(stores, &file, err);
}

void hsy_stores_give(hsy_stores *stores, hsy_stores_handle *handle) {
  pthread_mutex_lock(&stores->lock);
  handle->next = stores->idle;
  stores->idle = handle;
  pthread_mutex_unlock(&stores->lock);
}

#include "server/watch.h"

#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>

struct hsy_watched {
  hsy_watched *next, *before;
  int fd;
  int64_t deadline; /* milliseconds */
  bool over;
};

struct hsy_watch {
  hsy_watched *first;
  pthread_mutex_t lock;
  pthread_cond_t end;
  pthread_t thread;
  bool ending;
  hsy_watch_log log;
  void *user;
};

static int64_t now_ms(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* How many were shut down. */
static int shut_down_late(hsy_watch *watch, int64_t now) {
  int count = 0;
  for (hsy_watched *one = watch->first; one; one = one->next) {
    if (one->over || one->deadline > now) continue;
    one->over = true;
    shutdown(one->fd, SHUT_RDWR);
    count++;
  }
  return count;
}

static void *look(void *user) {
  hsy_watch *watch = user;
  pthread_mutex_lock(&watch->lock);
  while (!watch->ending) {
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec++;
    pthread_cond_timedwait(&watch->end, &watch->lock, &until);
    int count = shut_down_late(watch, now_ms());
    if (!count) continue;
    char line[80];
    snprintf(line, sizeof line, "closed %d connection%s that took too long", count, count == 1 ? "" : "s");
    watch->log(watch->user, line);
  }
  pthread_mutex_unlock(&watch->lock);
  return NULL;
}

hsy_watch *hsy_watch_new(hsy_watch_log log, void *user) {
  hsy_watch *watch = calloc(1, sizeof *watch);
  if (!watch) return NULL;
  watch->log = log;
  watch->user = user;
  pthread_mutex_init(&watch->lock, NULL);
  pthread_condattr_t clock;
  pthread_condattr_init(&clock);
  pthread_condattr_setclock(&clock, CLOCK_MONOTONIC);
  pthread_cond_init(&watch->end, &clock);
  pthread_condattr_destroy(&clock);
  if (!pthread_create(&watch->thread, NULL, look, watch)) return watch;
  pthread_cond_destroy(&watch->end);
  pthread_mutex_destroy(&watch->lock);
  free(watch);
  return NULL;
}

void hsy_watch_free(hsy_watch *watch) {
  if (!watch) return;
  pthread_mutex_lock(&watch->lock);
  watch->ending = true;
  pthread_cond_signal(&watch->end);
  pthread_mutex_unlock(&watch->lock);
  pthread_join(watch->thread, NULL);
  while (watch->first) hsy_watch_remove(watch, watch->first);
  pthread_cond_destroy(&watch->end);
  pthread_mutex_destroy(&watch->lock);
  free(watch);
}

hsy_watched *hsy_watch_add(hsy_watch *watch, int fd, int seconds) {
  hsy_watched *one = calloc(1, sizeof *one);
  if (!one) return NULL;
  one->fd = fd;
  one->deadline = now_ms() + (int64_t)seconds * 1000;
  pthread_mutex_lock(&watch->lock);
  one->next = watch->first;
  if (one->next) one->next->before = one;
  watch->first = one;
  pthread_mutex_unlock(&watch->lock);
  return one;
}

void hsy_watch_phase(hsy_watch *watch, hsy_watched *one, int seconds) {
  if (!one) return;
  pthread_mutex_lock(&watch->lock);
  one->deadline = now_ms() + (int64_t)seconds * 1000;
  pthread_mutex_unlock(&watch->lock);
}

void hsy_watch_remove(hsy_watch *watch, hsy_watched *one) {
  if (!one) return;
  pthread_mutex_lock(&watch->lock);
  if (one->before) one->before->next = one->next;
  if (one->next) one->next->before = one->before;
  if (watch->first == one) watch->first = one->next;
  pthread_mutex_unlock(&watch->lock);
  free(one);
}

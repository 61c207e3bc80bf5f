/* What reading a page costs beside the parse that it rests on, and what a crawl
 * takes of memory.
 *
 * usage: pages_bench FILE...        pages, plain or gzipped: MB/s of both, and their ratio
 *        pages_bench --warc SIZE    a made-up crawl of SIZE MB in $TMPDIR: MB/s, peak memory
 */
#include <libxml/HTMLparser.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "clean/clean.h"

enum { ROUNDS = 3 };

static double seconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static double parse_alone(const hsy_record *record) {
  double start = seconds();
  htmlDocPtr doc = htmlReadMemory(record->bytes, (int)record->len, NULL, NULL,
                                  HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING);
  xmlFreeDoc(doc);
  return seconds() - start;
}

/* As the readers of a run do it: one heap for the article, one beside it. */
typedef struct heaps {
  hsy_heap *article, *scratch;
} heaps;

static double read_whole(const heaps *heap, const hsy_record *record) {
  hsy_format_options options = {0};
  hsy_doc doc;
  double start = seconds();
  hsy_arena arena = hsy_heap_reset(heap->article), scratch = hsy_heap_reset(heap->scratch);
  hsy_doc_init(&doc, &arena);
  if (hsy_format_is_markup(record))
    hsy_clean_read_html(record, &options, &doc, scratch, NULL);
  else
    hsy_format_read_text(record, &options, &doc, scratch, NULL);
  return seconds() - start;
}

static double least(double a, double b) { return a < b ? a : b; }

static void bench_files(const heaps *heap, char **paths, int count) {
  double parse = 0, whole = 0, bytes = 0;
  hsy_format_options options = {0};
  for (int i = 0; i < count; i++) {
    hsy_source *source = hsy_source_open(paths[i], &options, NULL);
    hsy_record record;
    while (source && hsy_source_next(source, &record, NULL) == HSY_NEXT_RECORD) {
      double p = 1e9, w = 1e9;
      for (int r = 0; r < ROUNDS; r++) p = least(p, parse_alone(&record)), w = least(w, read_whole(heap, &record));
      parse += p, whole += w, bytes += (double)record.len;
      hsy_record_free(&record);
    }
    hsy_source_close(source);
  }
  printf("pages           %10.1f MB\nparse alone     %10.1f MB/s\nreading         %10.1f MB/s\nratio           %10.2f "
         "(bar: 2 at most)\n",
         bytes / 1e6, bytes / parse / 1e6, bytes / whole / 1e6, whole / parse);
}

/* ---- a crawl ---- */

static size_t make_page(char *to, size_t room, unsigned n) {
  size_t len = (size_t)snprintf(
      to, room,
      "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<!DOCTYPE html><html lang=\"en\"><head>"
      "<title>Bridge %u shut - Wire</title></head><body><nav><a href=\"/\">Home</a></nav><article><h1>Bridge %u "
      "shut</h1>",
      n, n);
  for (unsigned p = 0; p < 40 && len + 800 < room; p++)
    len += (size_t)snprintf(to + len, room - len,
                            "<p class=\"p%u\">The ministry said on day %u that bridge %u would stay shut until the "
                            "talks were over, and that "
                            "&ldquo;nobody crosses&rdquo; before the envoy returns from town %u.</p>\n<!-- %u -->",
                            p, n % 365, n, n * 7 % 1000, n * p);
  return len + (size_t)snprintf(to + len, room - len, "</article><footer>Wire</footer></body></html>");
}

static void make_crawl(const char *path, double size) {
  static char page[64 << 10], head[512];
  FILE *out = fopen(path, "wb");
  double written = 0;
  for (unsigned n = 1; out && written < size; n++) {
    size_t len = make_page(page, sizeof page, n);
    int h = snprintf(head, sizeof head,
                     "WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: http://www.example.org/%u\r\n"
                     "WARC-Date: 2024-03-11T00:00:00Z\r\nContent-Length: %zu\r\n\r\n",
                     n, len);
    fwrite(head, 1, (size_t)h, out);
    fwrite(page, 1, len, out);
    fputs("\r\n\r\n", out);
    written += h + (double)len + 4;
  }
  if (out) fclose(out);
}

static void bench_crawl(const heaps *heap, double megabytes) {
  char path[256];
  const char *folder = getenv("TMPDIR");
  snprintf(path, sizeof path, "%s/hearsay-crawl-%d.warc", folder ? folder : "/tmp", (int)getpid());
  make_crawl(path, megabytes * 1e6);
  hsy_format_options options = {0};
  hsy_source *source = hsy_source_open(path, &options, NULL);
  hsy_record record;
  long records = 0;
  double start = seconds();
  while (source && hsy_source_next(source, &record, NULL) == HSY_NEXT_RECORD) {
    read_whole(heap, &record);
    hsy_record_free(&record);
    records++;
  }
  double spent = seconds() - start;
  hsy_source_close(source);
  unlink(path);
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  printf("crawl           %10.0f MB, %ld pages\nreading         %10.1f MB/s\npeak memory     %10.1f MiB\n", megabytes,
         records, megabytes / spent, (double)usage.ru_maxrss / 1024);
}

int main(int argc, char **argv) {
  heaps heap = {hsy_heap_new((size_t)1 << 30, NULL), hsy_heap_new((size_t)1 << 30, NULL)};
  if (!heap.article || !heap.scratch || argc < 2) return 2;
  if (argc == 3 && strcmp(argv[1], "--warc") == 0)
    bench_crawl(&heap, atof(argv[2]));
  else
    bench_files(&heap, argv + 1, argc - 1);
  hsy_heap_free(heap.article);
  hsy_heap_free(heap.scratch);
  return 0;
}

/* What the linker makes of rows given as JSON: for training and measuring.
 *
 *   pairs features < STORIES      binary: for each candidate pair int32 story, one, other, 1, then the
 *                                 features (link/pair.h) as floats
 *   pairs all < STORIES           the same for all pairs, 0 where it is no candidate
 *   pairs candidates < STORIES    binary: int32 one, other of each candidate pair
 *   pairs names                   the features' names, a line each
 *   pairs link MODEL [BARS] < STORIES  JSON, a line a story: statement a row, claims, shifts; with a file of
 *                                 thresholds, a line a set (link/score.h), a line a story and set
 *
 * STORIES: a JSON object a line: documents [{id, published, outlet, title}], speakers [{name, kind, titles}],
 * rows [{id, document, start, paragraph, parent, content, source, kind, headline, speakers, stance, said_on,
 * confidence}] with indices for references; vector (optional); given
 * (optional): [[one, other, same, opposite, utterance]], the chances of all pairs, in the place of the model's.
 */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "link/candidates.h"
#include "link/pair.h"

typedef struct story_in {
  hsy_link_input input;
  json_t *given; /* [[one, other, same, opposite, utterance]] */
} story_in;

static void *room(size_t count, size_t size) {
  void *p = calloc(count + 1, size);
  if (!p) exit(1);
  return p;
}

static hsy_str text_of(const json_t *object, const char *name) {
  const char *text = json_string_value(json_object_get(object, name));
  return text ? hsy_str_of(text) : (hsy_str){0};
}

static int32_t number_of(const json_t *object, const char *name, int32_t otherwise) {
  const json_t *value = json_object_get(object, name);
  return json_is_integer(value) ? (int32_t)json_integer_value(value) : otherwise;
}

static hsy_entity_kind kind_of(hsy_str name) {
  hsy_entity_kind kind = HSY_PERSON;
  while (kind < HSY_UNNAMED && !hsy_str_eq(name, hsy_str_of(hsy_entity_kind_name(kind)))) kind++;
  return kind;
}

static void read_row(hsy_link_row *row, const json_t *from) {
  static const char *const KINDS[] = {"direct", "indirect", "mixed"};
  const json_t *speakers = json_object_get(from, "speakers");
  int32_t *who = room(json_array_size(speakers), sizeof *who);
  for (size_t i = 0; i < json_array_size(speakers); i++)
    who[i] = (int32_t)json_integer_value(json_array_get(speakers, i));
  const char *stance = json_string_value(json_object_get(from, "stance"));
  *row = (hsy_link_row){.id = text_of(from, "id"),
                        .document = number_of(from, "document", 0),
                        .start = number_of(from, "start", 0),
                        .paragraph = number_of(from, "paragraph", 0),
                        .parent = number_of(from, "parent", HSY_NONE),
                        .content = text_of(from, "content"),
                        .source = text_of(from, "source"),
                        .headline = json_is_true(json_object_get(from, "headline")),
                        .speakers = who,
                        .speaker_count = (int32_t)json_array_size(speakers),
                        .stance = stance ? stance : "",
                        .said_on = text_of(from, "said_on"),
                        .confidence = (float)json_number_value(json_object_get(from, "confidence"))};
  for (int k = 0; k < 3; k++)
    if (hsy_str_eq(text_of(from, "kind"), hsy_str_of(KINDS[k]))) row->kind = (hsy_kind)k;
  const json_t *vector = json_object_get(from, "vector");
  if (json_array_size(vector) == HSY_LINK_VECTOR) {
    int8_t *v = room(HSY_LINK_VECTOR, 1);
    for (size_t i = 0; i < HSY_LINK_VECTOR; i++) v[i] = (int8_t)json_integer_value(json_array_get(vector, i));
    row->vector = v;
  }
}

static void read_story(story_in *out, const json_t *from, const hsy_link_lists *lists, hsy_arena scratch) {
  const json_t *documents = json_object_get(from, "documents"), *speakers = json_object_get(from, "speakers");
  const json_t *rows = json_object_get(from, "rows");
  size_t d = json_array_size(documents), s = json_array_size(speakers), r = json_array_size(rows);
  hsy_link_document *docs = room(d, sizeof *docs);
  hsy_link_speaker *who = room(s, sizeof *who);
  hsy_link_row *all = room(r, sizeof *all);
  for (size_t i = 0; i < d; i++) {
    const json_t *row = json_array_get(documents, i);
    docs[i] = (hsy_link_document){text_of(row, "id"), text_of(row, "published"), text_of(row, "outlet"),
                                  text_of(row, "title"), 0};
  }
  for (size_t i = 0; i < s; i++) {
    const json_t *row = json_array_get(speakers, i);
    who[i] = (hsy_link_speaker){text_of(row, "name"), text_of(row, "name"), kind_of(text_of(row, "kind")),
                                text_of(row, "titles"), HSY_NONE};
  }
  for (size_t i = 0; i < r; i++) {
    read_row(&all[i], json_array_get(rows, i));
    for (int32_t k = 0; k < all[i].speaker_count && all[i].titles.len == 0; k++)
      all[i].titles = who[all[i].speakers[k]].titles;
  }
  out->input = (hsy_link_input){.documents = docs,
                                .speakers = who,
                                .rows = all,
                                .document_count = (int32_t)d,
                                .speaker_count = (int32_t)s,
                                .row_count = (int32_t)r};
  out->given = json_object_get(from, "given");
  int32_t *bodies = room(s, sizeof *bodies);
  hsy_error err = {0};
  if (!hsy_link_bodies(&out->input, lists, bodies, scratch, &err)) exit(1);
  for (size_t i = 0; i < s; i++) who[i].body = bodies[i];
}

static bool is_candidate(const hsy_candidate_vec *pairs, int32_t a, int32_t b) {
  ptrdiff_t low = 0, high = pairs->len;
  while (low < high) {
    ptrdiff_t mid = low + (high - low) / 2;
    const hsy_candidate *p = &pairs->data[mid];
    if (p->one < a || (p->one == a && p->other < b))
      low = mid + 1;
    else
      high = mid;
  }
  return low < pairs->len && pairs->data[low].one == a && pairs->data[low].other == b;
}

static void print_candidates(const hsy_link_input *input, const hsy_link_lists *lists, hsy_arena arena) {
  hsy_story story;
  hsy_error err = {0};
  hsy_candidate_vec pairs = {0};
  hsy_arena more = hsy_arena_split(&arena, (size_t)(arena.end - arena.next) / 2);
  if (!hsy_link_read(&story, input, lists, &arena, &err) || !hsy_candidates_find(&story, &pairs, &more)) exit(1);
  for (ptrdiff_t i = 0; i < pairs.len; i++) {
    int32_t rows[2] = {story.order[pairs.data[i].one], story.order[pairs.data[i].other]};
    fwrite(rows, sizeof rows, 1, stdout);
  }
}

static void print_features(const hsy_link_input *input, const hsy_link_lists *lists, int32_t number, bool every,
                           hsy_arena arena) {
  hsy_story story;
  hsy_error err = {0};
  hsy_candidate_vec pairs = {0};
  hsy_arena more = hsy_arena_split(&arena, (size_t)(arena.end - arena.next) / 2);
  if (!hsy_link_read(&story, input, lists, &arena, &err) || !hsy_candidates_find(&story, &pairs, &more)) exit(1);
  for (int32_t a = 0; a < story.count; a++) {
    for (int32_t b = a + 1; b < story.count; b++) {
      float f[HSY_PAIR_COUNT];
      int32_t head[4] = {number, story.order[a], story.order[b], is_candidate(&pairs, a, b)};
      if (!every && !head[3]) continue;
      hsy_pair_features(&story, a, b, f);
      fwrite(head, sizeof head, 1, stdout);
      fwrite(f, sizeof f, 1, stdout);
    }
  }
}

static json_t *ids_of(const hsy_link_input *input, const hsy_index_vec *rows) {
  json_t *out = json_array();
  for (ptrdiff_t i = 0; i < rows->len; i++)
    json_array_append_new(out,
                          json_stringn(input->rows[rows->data[i]].id.data, (size_t)input->rows[rows->data[i]].id.len));
  return out;
}

static json_t *string_of(hsy_str s) { return json_stringn(s.data ? s.data : "", (size_t)s.len); }

static void print_links(const hsy_story *scored, const float *bars, hsy_arena arena, hsy_arena scratch) {
  const hsy_link_input *input = scored->input;
  hsy_links links = {0};
  hsy_link_lists lists = *scored->lists;
  hsy_story story = *scored;
  if (bars) memcpy(lists.model.bars, bars, sizeof lists.model.bars);
  story.lists = &lists;
  story.arena = &scratch;
  hsy_statements_find(&story, &links, &arena);
  hsy_claims_find(&story, &links, &arena);
  hsy_shifts_find(&story, &links, &arena);
  if (hsy_arena_failed(scratch)) exit(1);
  json_t *out = json_object(), *statements = json_array(), *claims = json_array(), *shifts = json_array();
  for (int32_t i = 0; i < input->row_count; i++) json_array_append_new(statements, json_integer(links.statement_of[i]));
  for (ptrdiff_t i = 0; i < links.claims.len; i++) {
    const hsy_claim *c = &links.claims.data[i];
    json_array_append_new(claims,
                          json_pack("{s:o,s:o,s:o,s:o,s:o,s:f}", "id", string_of(c->id), "about", string_of(c->about),
                                    "why", string_of(c->why), "for", ids_of(input, &c->pro), "against",
                                    ids_of(input, &c->con), "confidence", (double)c->confidence));
  }
  for (ptrdiff_t i = 0; i < links.shifts.len; i++) {
    const hsy_shift *s = &links.shifts.data[i];
    json_array_append_new(shifts, json_pack("{s:o,s:o,s:o,s:f}", "speaker", string_of(input->speakers[s->speaker].name),
                                            "before", string_of(input->rows[s->before].id), "after",
                                            string_of(input->rows[s->after].id), "confidence", (double)s->confidence));
  }
  json_object_set_new(out, "statements", statements);
  json_object_set_new(out, "claims", claims);
  json_object_set_new(out, "shifts", shifts);
  json_dumpf(out, stdout, JSON_COMPACT);
  putchar('\n');
  json_decref(out);
}

typedef struct bar_sets {
  float (*sets)[HSY_BAR_COUNT];
  int count;
} bar_sets;

static int compare_scores(const void *a, const void *b) {
  const hsy_pair_score *x = a, *y = b;
  return x->one != y->one ? x->one - y->one : x->other - y->other;
}

static float chance_in(const json_t *pair, size_t at) { return (float)json_number_value(json_array_get(pair, at)); }

static bool take_given(hsy_story *story, const json_t *given) {
  for (size_t i = 0; i < json_array_size(given); i++) {
    const json_t *pair = json_array_get(given, i);
    int32_t a = story->place[json_integer_value(json_array_get(pair, 0))];
    int32_t b = story->place[json_integer_value(json_array_get(pair, 1))];
    *hsy_push(&story->scores, story->arena) =
        (hsy_pair_score){a < b ? a : b, a < b ? b : a, chance_in(pair, 2), chance_in(pair, 3), chance_in(pair, 4)};
  }
  if (hsy_arena_failed(*story->arena)) return false;
  qsort(story->scores.data, (size_t)story->scores.len, sizeof *story->scores.data, compare_scores);
  return true;
}

static void link_story(const story_in *in, const hsy_link_lists *lists, const bar_sets *bars, hsy_arena arena,
                       hsy_arena scratch) {
  hsy_story story;
  hsy_error err = {0};
  if (!hsy_link_read(&story, &in->input, lists, &scratch, &err) ||
      !(in->given ? take_given(&story, in->given) : hsy_story_score(&story))) {
    fprintf(stderr, "pairs: %s\n", err.message);
    exit(1);
  }
  for (int i = 0; i < bars->count || i < 1; i++)
    print_links(&story, i < bars->count ? bars->sets[i] : NULL, arena, scratch);
}

static hsy_str read_file(const char *path) {
  FILE *in = fopen(path, "rb");
  if (!in) exit(2);
  fseek(in, 0, SEEK_END);
  long size = ftell(in);
  rewind(in);
  char *bytes = room((size_t)size, 1);
  if (fread(bytes, 1, (size_t)size, in) != (size_t)size) exit(2);
  fclose(in);
  return (hsy_str){bytes, size};
}

static bar_sets read_bars(const char *path) {
  bar_sets out = {0};
  hsy_str text = read_file(path);
  out.sets = room((size_t)text.len, sizeof *out.sets);
  for (char *at = (char *)text.data, *end; *at; out.count++)
    for (int i = 0; i < HSY_BAR_COUNT; i++, at = end) {
      out.sets[out.count][i] = strtof(at, &end);
      if (end == at) return out;
    }
  return out;
}

/* A model without trees, so that features can be made before there is one. */
static hsy_str no_model(void) {
  static char bytes[512];
  int32_t claim[8] = {3, HSY_PAIR_COUNT}, utterance[8] = {1, HSY_PAIR_COUNT};
  float bars[HSY_BAR_COUNT] = {0};
  int n = snprintf(bytes, sizeof bytes, "hearsay model 1\n\nclaim %zu\n", sizeof claim);
  memcpy(bytes + n, claim, sizeof claim), n += (int)sizeof claim;
  n += snprintf(bytes + n, sizeof bytes - (size_t)n, "utterance %zu\n", sizeof utterance);
  memcpy(bytes + n, utterance, sizeof utterance), n += (int)sizeof utterance;
  n += snprintf(bytes + n, sizeof bytes - (size_t)n, "bars %zu\n", sizeof bars);
  memcpy(bytes + n, bars, sizeof bars), n += (int)sizeof bars;
  return (hsy_str){bytes, n};
}

int main(int argc, char **argv) {
  bool linking = (argc == 3 || argc == 4) && strcmp(argv[1], "link") == 0,
       every = argc == 2 && strcmp(argv[1], "all") == 0;
  bool features = every || (argc == 2 && strcmp(argv[1], "features") == 0);
  if (argc == 2 && strcmp(argv[1], "names") == 0) {
    for (int i = 0; i < HSY_PAIR_COUNT; i++) puts(hsy_pair_feature_name((hsy_pair_feature)i));
    return 0;
  }
  bool candidates = argc == 2 && strcmp(argv[1], "candidates") == 0;
  if (!linking && !features && !candidates) {
    fputs("usage: pairs candidates|features|all|names|link MODEL [BARS] < STORIES\n", stderr);
    return 2;
  }
  hsy_error err = {0};
  hsy_heap *heap = hsy_heap_new((size_t)4 << 30, &err);
  hsy_arena arena = hsy_heap_reset(heap);
  const hsy_link_lists *lists = hsy_link_load_with(linking ? read_file(argv[2]) : no_model(), &arena, &err);
  if (!lists) {
    fprintf(stderr, "pairs: %s\n", err.message);
    return 1;
  }
  bar_sets bars = argc == 4 ? read_bars(argv[3]) : (bar_sets){0};
  char *line = NULL;
  size_t cap = 0;
  for (int32_t number = 0; getline(&line, &cap, stdin) > 0; number++) {
    json_t *from = json_loads(line, 0, NULL);
    story_in in;
    hsy_arena own = arena, scratch = hsy_arena_split(&own, (size_t)1 << 30);
    read_story(&in, from, lists, scratch);
    if (candidates)
      print_candidates(&in.input, lists, own);
    else if (linking)
      link_story(&in, lists, &bars, own, scratch);
    else
      print_features(&in.input, lists, number, every, scratch);
    json_decref(from);
  }
  free(line);
  hsy_heap_free(heap);
  return 0;
}

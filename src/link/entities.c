#include "link/entities.h"

#include <stdlib.h>

#include "base/bound.h"
#include "base/hash.h"
#include "link/entity_corrections.h"
#include "link/entity_forms.h"
#include "temporal/calendar.h"

enum { BLOCK_MOST = 64, HOLDER_DAYS = 1500 };

/* One way in which an entity is written, over all documents. */
typedef struct form_row {
  const hsy_form *form;
  const hsy_form *level; /* places levelled */
  int32_t first, rows;   /* in `order`: rows written so */
  int32_t root;          /* union-find over forms */
} form_row;

typedef struct grouper {
  const hsy_entity_row *rows;
  int32_t count;
  const hsy_speaker_lists *lists;
  hsy_arena *scratch;
  const hsy_form **form_of_row; /* [count] the same for the same name */
  int32_t *order;               /* [count] rows by key, then document, then name */
  int32_t *form_index;          /* [count] form of each row, or NONE for the unnamed */
  form_row *forms;
  int32_t form_count;
  int32_t *root;    /* [count] union-find over rows */
  bool *went;       /* [count] a short form that went to a longer one by itself */
  hsy_str *singles; /* one-word forms, sorted */
  int32_t single_count;
} grouper;

/* ---- sets ---- */

static int32_t find(int32_t *root, int32_t i) {
  while (root[i] != i) i = root[i] = root[root[i]];
  return i;
}

/* The least member stands for the set, so that the order of unions does not count. */
static void join(int32_t *root, int32_t a, int32_t b) {
  a = find(root, a);
  b = find(root, b);
  if (a < b) root[b] = a;
  if (b < a) root[a] = b;
}

static int32_t form_root(grouper *g, int32_t f) {
  while (g->forms[f].root != f) f = g->forms[f].root = g->forms[g->forms[f].root].root;
  return f;
}

static void join_forms(grouper *g, int32_t a, int32_t b) {
  a = form_root(g, a);
  b = form_root(g, b);
  if (a < b) g->forms[b].root = a;
  if (b < a) g->forms[a].root = b;
}

/* ---- forms ---- */

static bool is_named(const hsy_entity_row *row) { return row->kind < HSY_GROUP; }

static int compare_rows(const void *a, const void *b, void *user) {
  const grouper *g = user;
  int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
  bool named_x = is_named(&g->rows[x]), named_y = is_named(&g->rows[y]);
  if (named_x != named_y) return named_x ? -1 : 1;
  int order = hsy_str_cmp(g->form_of_row[x]->key, g->form_of_row[y]->key);
  if (!order) order = hsy_str_cmp(g->rows[x].document, g->rows[y].document);
  if (!order) order = hsy_str_cmp(g->rows[x].name, g->rows[y].name);
  if (!order) order = (int)g->rows[x].kind - (int)g->rows[y].kind;
  return order;
}

static int compare_names(const void *a, const void *b, void *user) {
  const grouper *g = user;
  int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
  int order = hsy_str_cmp(g->rows[x].name, g->rows[y].name);
  return order ? order : x - y;
}

static hsy_form *keep_form(grouper *g, hsy_form form) {
  hsy_form *kept = hsy_new(g->scratch, hsy_form, 1);
  if (kept) *kept = form;
  return kept;
}

/* Of each row, one a name: most names are called often. */
static void read_names(grouper *g) {
  for (int32_t i = 0; i < g->count; i++) g->order[i] = i;
  qsort_r(g->order, (size_t)g->count, sizeof *g->order, compare_names, g);
  for (int32_t i = 0; i < g->count; i++) {
    hsy_str name = g->rows[g->order[i]].name;
    bool again = i > 0 && hsy_str_eq(name, g->rows[g->order[i - 1]].name);
    g->form_of_row[g->order[i]] =
        again ? g->form_of_row[g->order[i - 1]] : keep_form(g, hsy_form_of(name, g->lists, g->scratch));
  }
}

static bool begins_form(const grouper *g, int32_t i) {
  int32_t row = g->order[i];
  if (!is_named(&g->rows[row])) return false;
  return i == 0 || !hsy_str_eq(g->form_of_row[g->order[i - 1]]->key, g->form_of_row[row]->key);
}

/* The forms of what is named, which stands first in the order; each is long in one place only. */
static void number_forms(grouper *g) {
  int32_t most = 0;
  for (int32_t i = 0; i < g->count; i++) most += begins_form(g, i);
  g->forms = hsy_new(g->scratch, form_row, most + 1);
  g->singles = hsy_new(g->scratch, hsy_str, most + 1);
  if (hsy_arena_failed(*g->scratch)) return;
  for (int32_t i = 0; i < g->count; i++) {
    int32_t row = g->order[i];
    const hsy_form *form = g->form_of_row[row];
    g->form_index[row] = HSY_NONE;
    if (!is_named(&g->rows[row])) continue;
    if (begins_form(g, i)) {
      g->forms[g->form_count] = (form_row){.form = form, .level = form, .first = i, .root = g->form_count};
      if (form->count == 1) g->singles[g->single_count++] = form->key;
      g->form_count++;
    }
    g->forms[g->form_count - 1].rows++;
    g->form_index[row] = g->form_count - 1;
  }
}

static void level_forms(grouper *g) {
  for (int32_t i = 0; i < g->form_count; i++) {
    if (g->forms[i].form->count == 1) continue;
    hsy_form *level = keep_form(g, *g->forms[i].form);
    if (!level) return;
    hsy_form_level_places(level, g->lists, g->singles, g->single_count, g->scratch);
    g->forms[i].level = level;
  }
}

static void make_forms(grouper *g) {
  g->form_of_row = hsy_new(g->scratch, const hsy_form *, g->count + 1);
  g->order = hsy_new(g->scratch, int32_t, g->count + 1);
  g->form_index = hsy_new(g->scratch, int32_t, g->count + 1);
  g->root = hsy_new(g->scratch, int32_t, g->count + 1);
  g->went = hsy_new(g->scratch, bool, g->count + 1);
  if (hsy_arena_failed(*g->scratch)) return;
  read_names(g);
  if (hsy_arena_failed(*g->scratch)) return;
  for (int32_t i = 0; i < g->count; i++) g->order[i] = g->root[i] = i;
  qsort_r(g->order, (size_t)g->count, sizeof *g->order, compare_rows, g);
  number_forms(g);
  if (!hsy_arena_failed(*g->scratch)) level_forms(g);
}

/* ---- full names ---- */

typedef struct block_row {
  hsy_str key;
  int32_t form;
} block_row;

static int compare_blocks(const void *a, const void *b) {
  const block_row *x = a, *y = b;
  int order = hsy_str_cmp(x->key, y->key);
  return order ? order : x->form - y->form;
}

static bool mostly_person(const grouper *g, int32_t f) {
  int32_t people = 0;
  for (int32_t i = 0; i < g->forms[f].rows; i++) people += g->rows[g->order[g->forms[f].first + i]].kind == HSY_PERSON;
  return people * 2 > g->forms[f].rows;
}

static bool same_entity(const grouper *g, int32_t a, int32_t b) {
  const form_row *x = &g->forms[a], *y = &g->forms[b];
  if (hsy_str_eq(x->level->key, y->level->key)) return true;
  bool person = mostly_person(g, a);
  if (person != mostly_person(g, b)) return false;
  return person ? hsy_form_same_person(x->form, y->form, g->lists) : hsy_form_same_words(x->level, y->level);
}

/* A name's blocks: of people the skeleton of the last word with the initial of
 * each word that a shorter name could begin with, and of two words the other
 * way round; of bodies the first and last skeletons, and the levelled key. */
static int32_t add_blocks(grouper *g, int32_t f, block_row *out) {
  const hsy_form *form = g->forms[f].form, *level = g->forms[f].level;
  int32_t n = 0;
  if (form->count < 2) return 0;
  if (mostly_person(g, f)) {
    hsy_str last = hsy_form_skeleton(form->words[form->count - 1], g->scratch);
    for (int i = 0; i + 1 < form->count; i++)
      out[n++] = (block_row){hsy_str_printf(g->scratch, "p %.*s %c", HSY_FMT(last), form->words[i].data[0]), f};
    if (form->count == 2) {
      bool turn = hsy_str_cmp(form->words[0], form->words[1]) > 0;
      out[n++] = (block_row){
          hsy_str_printf(g->scratch, "t %.*s %.*s", HSY_FMT(form->words[turn]), HSY_FMT(form->words[!turn])), f};
    }
  } else {
    hsy_str first = hsy_form_skeleton(level->words[0], g->scratch),
            last = hsy_form_skeleton(level->words[level->count - 1], g->scratch);
    out[n++] =
        (block_row){hsy_str_printf(g->scratch, "o %d %.*s %.*s", level->count, HSY_FMT(first), HSY_FMT(last)), f};
  }
  out[n++] = (block_row){hsy_str_printf(g->scratch, "l %.*s", HSY_FMT(level->key)), f};
  return n;
}

static void join_full_names(grouper *g) {
  ptrdiff_t most = 1;
  for (int32_t f = 0; f < g->form_count; f++) most += g->forms[f].form->count + 2;
  block_row *blocks = hsy_new(g->scratch, block_row, most);
  if (!blocks) return;
  int32_t n = 0;
  for (int32_t f = 0; f < g->form_count; f++) n += add_blocks(g, f, blocks + n);
  if (hsy_arena_failed(*g->scratch)) return;
  qsort(blocks, (size_t)n, sizeof *blocks, compare_blocks);
  for (int32_t i = 0; i < n; i++)
    for (int32_t k = i + 1; k < n && k <= i + BLOCK_MOST && hsy_str_eq(blocks[i].key, blocks[k].key); k++)
      if (same_entity(g, blocks[i].form, blocks[k].form)) join_forms(g, blocks[i].form, blocks[k].form);
}

/* ---- short names ---- */

/* What short forms can stand for: "hollins" for Gareth Hollins. */
static int32_t add_shorts(grouper *g, int32_t f, block_row *out) {
  const hsy_form *form = g->forms[f].form;
  int32_t n = 0;
  if (form->count < 2) return 0;
  bool person = mostly_person(g, f);
  out[n++] = (block_row){form->words[form->count - 1], f};
  if (person) return n;
  out[n++] = (block_row){form->words[0], f};
  char acronym[HSY_FORM_WORDS];
  for (int i = 0; i < form->count; i++) acronym[i] = form->words[i].data[0];
  out[n++] = (block_row){hsy_str_copy(g->scratch, (hsy_str){acronym, form->count}), f};
  return n;
}

static uint64_t word_bits(const grouper *g, hsy_str word) {
  const hsy_speaker_word *w = hsy_speaker_word_find(g->lists, word, hsy_hash(word));
  return w ? w->bits : 0;
}

/* Whether the one-word form can be short for the long one. */
static bool short_for(const grouper *g, int32_t one, int32_t full) {
  const hsy_form *form = g->forms[full].form;
  hsy_str word = g->forms[one].form->words[0];
  if (mostly_person(g, full)) return hsy_str_eq(word, form->words[form->count - 1]);
  if (mostly_person(g, one)) return false;
  if (hsy_form_is_acronym(form, word)) return true;
  bool outlet =
      (word_bits(g, form->words[0]) | word_bits(g, form->words[form->count - 1])) & (HSY_W_OUTLET | HSY_W_OUTLETISH);
  if (outlet || (word_bits(g, word) & (HSY_W_BODY | HSY_W_DEMONYM))) return false;
  if (hsy_lexicon_find(&g->lists->places, g->rows[g->order[g->forms[one].first]].name)) return false;
  if (form->count == 2 && form->words[0].len <= 2 && hsy_str_eq(word, form->words[1])) return true; /* "CD Montavo" */
  if (!hsy_str_eq(word, form->words[0])) return false;
  for (int i = 1; i < form->count; i++)
    if (!(word_bits(g, form->words[i]) & HSY_W_BODY)) return false;
  return true;
}

/* A number of the day of an ISO date, 0 for none. */
static int32_t days_of(hsy_str date) {
  hsy_moment day = hsy_moment_read(hsy_str_slice(date, 0, date.len < 10 ? date.len : 10));
  return day.grain == HSY_GRAIN_DAY ? (int32_t)hsy_moment_first(day) : 0;
}

/* The one group that a short form's row can mean: where there are several, the
 * one that another document of the same week names, if that is one. */
static int32_t meant(grouper *g, int32_t row, const block_row *block, int32_t n) {
  int32_t one = g->form_index[row], found = HSY_NONE, near = HSY_NONE;
  bool several = false, several_near = false;
  int32_t day = days_of(g->rows[row].published);
  for (int32_t i = 0; i < n && i < BLOCK_MOST; i++) {
    if (!short_for(g, one, block[i].form)) continue;
    int32_t root = form_root(g, block[i].form);
    several = several || (found != HSY_NONE && found != root);
    found = root;
    const form_row *f = &g->forms[block[i].form];
    for (int32_t k = 0; k < f->rows; k++) {
      int32_t other = days_of(g->rows[g->order[f->first + k]].published);
      if (!day || !other || abs(day - other) > 7) continue;
      several_near = several_near || (near != HSY_NONE && near != root);
      near = root;
      break;
    }
  }
  if (!several) return found;
  return several_near ? HSY_NONE : near;
}

static void join_short_names(grouper *g) {
  block_row *shorts = hsy_new(g->scratch, block_row, (ptrdiff_t)g->form_count * 3 + 1);
  if (!shorts) return;
  int32_t n = 0;
  for (int32_t f = 0; f < g->form_count; f++) n += add_shorts(g, f, shorts + n);
  if (hsy_arena_failed(*g->scratch)) return;
  qsort(shorts, (size_t)n, sizeof *shorts, compare_blocks);
  for (int32_t f = 0; f < g->form_count; f++) {
    const form_row *form = &g->forms[f];
    if (form->form->count != 1) continue;
    hsy_bound half = {.high = n};
    while (hsy_bound_open(&half)) hsy_bound_cut(&half, hsy_str_cmp(shorts[half.middle].key, form->form->key) < 0);
    int32_t low = (int32_t)half.low;
    int32_t end = low;
    while (end < n && hsy_str_eq(shorts[end].key, form->form->key)) end++;
    for (int32_t k = 0; low < end && k < form->rows; k++) {
      int32_t row = g->order[form->first + k], root = meant(g, row, shorts + low, end - low);
      if (root == HSY_NONE) continue;
      join(g->root, row, g->order[g->forms[root].first]);
      g->went[row] = true;
    }
  }
}

/* A row that stands for the form's set: the first that did not go elsewhere. */
static int32_t base_row(grouper *g, int32_t f) {
  const form_row *form = &g->forms[form_root(g, f)];
  for (int32_t k = 0; k < form->rows; k++)
    if (!g->went[g->order[form->first + k]]) return g->order[form->first + k];
  return HSY_NONE;
}

/* Rows of one form are one, and forms that were joined; but the rows of a short
 * form that went to a longer one each went by itself. */
static void join_rows(grouper *g) {
  for (int32_t f = 0; f < g->form_count; f++) {
    const form_row *form = &g->forms[f];
    int32_t base = base_row(g, f);
    if (base == HSY_NONE) continue;
    for (int32_t k = 0; k < form->rows; k++) {
      int32_t row = g->order[form->first + k];
      if (!g->went[row]) join(g->root, row, base);
    }
  }
}

/* ---- offices ---- */

typedef struct office {
  hsy_str key; /* words of the title, places levelled, sorted */
  int32_t row;
} office;

static int compare_words(const void *a, const void *b) { return hsy_str_cmp(*(const hsy_str *)a, *(const hsy_str *)b); }

/* The office as a key, empty where it says too little: it has to name whose it
 * is ("Iranian foreign minister", not "foreign minister"). */
static hsy_str office_key(const grouper *g, hsy_str title) {
  hsy_arena scratch = *g->scratch;
  hsy_form form = hsy_form_of(title, g->lists, &scratch);
  if (form.count < 2 || !form.capital) return (hsy_str){0};
  hsy_form_level_places(&form, g->lists, g->singles, g->single_count, &scratch);
  bool role = false, owner = false;
  for (int i = 0; i < form.count; i++) {
    uint64_t bits = word_bits(g, form.words[i]);
    if (hsy_str_eq(form.words[i], HSY_S("former"))) return (hsy_str){0};
    role = role || (bits & HSY_W_ROLE);
    owner = owner || hsy_form_is_place(form.words[i], g->lists, g->singles, g->single_count, scratch);
  }
  if (!role || !owner) return (hsy_str){0};
  qsort(form.words, (size_t)form.count, sizeof *form.words, compare_words);
  hsy_buf key = hsy_buf_in(&scratch);
  for (int i = 0; i < form.count; i++) {
    hsy_buf_add(&key, form.words[i]);
    hsy_buf_byte(&key, ' ');
  }
  *g->scratch = scratch;
  return hsy_buf_str(&key);
}

static int compare_offices(const void *a, const void *b) {
  const office *x = a, *y = b;
  int order = hsy_str_cmp(x->key, y->key);
  return order ? order : x->row - y->row;
}

/* Who held the office at the day: whoever is called by it nearest to the day,
 * if nobody else is as near. Rows without a day count only where all agree. */
static int32_t holder(grouper *g, const office *offices, int32_t n, int32_t row) {
  int32_t day = days_of(g->rows[row].published), found = HSY_NONE, least = HOLDER_DAYS;
  bool several = false, tied = false;
  int32_t any = HSY_NONE;
  for (int32_t i = 0; i < n; i++) {
    int32_t root = find(g->root, offices[i].row), other = days_of(g->rows[offices[i].row].published);
    several = several || (any != HSY_NONE && any != root);
    any = root;
    if (!day || !other) continue;
    int32_t far = abs(day - other);
    if (far < least || (far == least && root == found)) {
      tied = far == least && tied;
      least = far;
      found = root;
    } else if (far == least && root != found) {
      tied = true;
    }
  }
  if (!several) return any;
  return tied ? HSY_NONE : found;
}

static void join_offices(grouper *g) {
  int32_t titles = 0;
  for (int32_t i = 0; i < g->count; i++) titles += g->rows[i].kind == HSY_PERSON ? g->rows[i].title_count : 0;
  office *offices = hsy_new(g->scratch, office, titles + 1);
  if (!offices) return;
  int32_t n = 0;
  for (int32_t i = 0; i < g->count; i++) {
    const hsy_entity_row *row = &g->rows[i];
    for (int32_t k = 0; row->kind == HSY_PERSON && k < row->title_count; k++) {
      offices[n] = (office){office_key(g, row->titles[k]), i};
      n += offices[n].key.len > 0;
    }
  }
  if (hsy_arena_failed(*g->scratch)) return;
  qsort(offices, (size_t)n, sizeof *offices, compare_offices);
  int32_t *to = hsy_new(g->scratch, int32_t, g->count + 1); /* first all, then the joins: order does not count */
  if (!to) return;
  for (int32_t i = 0; i < g->count; i++) {
    to[i] = HSY_NONE;
    if (g->rows[i].kind != HSY_UNNAMED) continue;
    office want = {office_key(g, g->rows[i].name), -1};
    if (!want.key.len) continue;
    hsy_bound half = {.high = n};
    while (hsy_bound_open(&half)) hsy_bound_cut(&half, compare_offices(&offices[half.middle], &want) < 0);
    int32_t low = (int32_t)half.low;
    int32_t end = low;
    while (end < n && hsy_str_eq(offices[end].key, want.key)) end++;
    if (low < end) to[i] = holder(g, offices + low, end - low, i);
  }
  for (int32_t i = 0; i < g->count; i++)
    if (to[i] != HSY_NONE) join(g->root, i, to[i]);
}

/* ---- the unnamed ---- */

/* "two officials briefed on the inquiry" in documents of one week are one;
 * "officials" are not. */
static void join_unnamed(grouper *g) {
  for (int32_t i = 1; i < g->count; i++) {
    int32_t a = g->order[i - 1], b = g->order[i];
    if (is_named(&g->rows[a]) || is_named(&g->rows[b])) continue;
    bool same_document = hsy_str_eq(g->rows[a].document, g->rows[b].document);
    const hsy_form *x = g->form_of_row[a], *y = g->form_of_row[b];
    if (same_document || !hsy_str_eq(x->key, y->key) || x->count < 2) continue;
    int32_t day = days_of(g->rows[a].published), other = days_of(g->rows[b].published);
    if (day && other && abs(day - other) <= 7) join(g->root, a, b);
  }
}

/* ---- out ---- */

/* Words of a name, as far as more of them make it fuller: past five it is
 * likelier that something else was taken into it. */
static int32_t fullness(const hsy_entity_row *row) {
  int32_t n = 1;
  for (ptrdiff_t i = 0; i < row->name.len; i++) n += row->name.data[i] == ' ' || row->name.data[i] == '-';
  return n > 5 && row->kind == HSY_PERSON ? 1 : n;
}

static bool better_name(const grouper *g, int32_t a, int32_t a_times, int32_t b, int32_t b_times) {
  const hsy_entity_row *x = &g->rows[a], *y = &g->rows[b];
  if (is_named(x) != is_named(y)) return is_named(x);
  int32_t xw = fullness(x), yw = fullness(y);
  if (xw != yw) return xw > yw;
  if (a_times != b_times) return a_times > b_times;
  return hsy_str_cmp(x->name, y->name) < 0;
}

/* The best row of each group and how often it is called so; rows are visited
 * in the set's order, not the input's. */
static void choose_names(grouper *g, const int32_t *group_of, int32_t *best, int32_t *times) {
  for (int32_t i = 0; i < g->count; i++) best[i] = HSY_NONE;
  for (int32_t i = 0; i < g->count;) {
    int32_t end = i + 1;
    while (end < g->count && hsy_str_eq(g->rows[g->order[end]].name, g->rows[g->order[i]].name)) end++;
    for (int32_t k = i; k < end; k++) {
      int32_t member = g->order[k], group = group_of[member], same = 0;
      for (int32_t m = i; m < end && m < i + 256; m++) same += group_of[g->order[m]] == group;
      if (best[group] != HSY_NONE && !better_name(g, member, same, best[group], times[group])) continue;
      best[group] = member;
      times[group] = same;
    }
    i = end;
  }
}

/* Numbers the groups in the set's order and fills their rows. */
static void fill_groups(grouper *g, const int32_t *group_of, const hsy_str *forced, hsy_entity_groups *out,
                        hsy_arena *arena) {
  int32_t *best = hsy_new(g->scratch, int32_t, g->count + 1), *times = hsy_new(g->scratch, int32_t, g->count + 1);
  int32_t *number = hsy_new(g->scratch, int32_t, g->count + 1);
  int32_t *kinds = hsy_new(g->scratch, int32_t, (ptrdiff_t)(g->count + 1) * 5);
  out->group_of = hsy_new(arena, int32_t, g->count + 1);
  if (hsy_arena_failed(*g->scratch) || hsy_arena_failed(*arena)) return;
  choose_names(g, group_of, best, times);
  for (int32_t i = 0; i < g->count; i++) {
    int32_t row = g->order[i], from = group_of[row];
    if (!number[from]) {
      hsy_entity_group *group = hsy_push(&out->groups, arena);
      number[from] = (int32_t)out->groups.len;
      const hsy_entity_row *named = &g->rows[best[from]];
      group->name = hsy_str_copy(arena, forced[from].len ? forced[from] : named->name);
      group->kind = named->kind;
      hsy_form form = hsy_form_of(group->name, g->lists, g->scratch);
      hsy_str parts[] = {HSY_S("entity"), form.key, is_named(named) ? (hsy_str){0} : g->rows[row].document};
      group->id = hsy_hash_id(arena, parts, 3);
    }
    out->group_of[row] = number[from] - 1;
    hsy_entity_group *group = &out->groups.data[number[from] - 1];
    group->rows++;
    int32_t *count = kinds + (ptrdiff_t)(number[from] - 1) * 5;
    if (++count[g->rows[row].kind] > count[group->kind]) group->kind = g->rows[row].kind;
  }
}

bool hsy_entities_group(const hsy_entity_row *rows, int32_t count, const hsy_correction *corrections,
                        int32_t correction_count, const hsy_speaker_lists *lists, hsy_entity_groups *groups,
                        hsy_arena *arena, hsy_arena scratch, hsy_error *err) {
  grouper g = {.rows = rows, .count = count, .lists = lists, .scratch = &scratch};
  *groups = (hsy_entity_groups){0};
  make_forms(&g);
  if (!hsy_arena_check(scratch, "link", err)) return false;
  join_full_names(&g);
  join_short_names(&g);
  if (!hsy_arena_check(scratch, "link", err)) return false;
  join_rows(&g);
  join_offices(&g);
  join_unnamed(&g);
  if (!hsy_arena_check(scratch, "link", err)) return false;
  int32_t *group_of = hsy_new(&scratch, int32_t, count + 1);
  hsy_str *forced = hsy_new(&scratch, hsy_str, (ptrdiff_t)count + correction_count + 1);
  if (!hsy_arena_check(scratch, "link", err)) return false;
  for (int32_t i = 0; i < count; i++) group_of[i] = find(g.root, i);
  hsy_correct_rows(rows, g.form_of_row, count, corrections, correction_count, lists, group_of, forced, &scratch);
  if (!hsy_arena_check(scratch, "link", err)) return false;
  fill_groups(&g, group_of, forced, groups, arena);
  return hsy_arena_check(scratch, "link", err) && hsy_arena_check(*arena, "link", err);
}

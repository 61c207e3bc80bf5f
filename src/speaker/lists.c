#include "speaker/lists.h"

#include "base/hash.h"
#include "base/os.h"
#include "base/resource.h"
#include "base/utf8.h"
#include "model/file.h"

enum { SLOT_BITS = 17, MOST_WORDS = 1 << (SLOT_BITS - 1), MOST_CLASSES = 32 };

/* A slot: index + 1 of the word, and above it bits of its hash, so that the words
 * of other hashes, which lie far apart, are seldom looked at. */
enum { INDEX_BITS = SLOT_BITS, INDEX = (1 << INDEX_BITS) - 1 };
static uint32_t tag_of(uint64_t hash) { return (uint32_t)(hash >> 32) & ~(uint32_t)INDEX; }

/* Names of classes met so far, numbered from 1. */
typedef struct class_names {
  hsy_str name[MOST_CLASSES];
  int count;
} class_names;

typedef struct loader {
  hsy_speaker_lists *lists;
  hsy_arena *arena;
  hsy_error *err;
  class_names roles, bodies;
} loader;

static uint8_t class_number(class_names *names, hsy_str name) {
  for (int i = 0; i < names->count; i++)
    if (hsy_str_eq(names->name[i], name)) return (uint8_t)(i + 1);
  if (names->count == MOST_CLASSES) return 0;
  names->name[names->count++] = name;
  return (uint8_t)names->count;
}

static uint32_t *slot_of(const hsy_speaker_lists *lists, hsy_str word, uint64_t hash) {
  uint32_t mask = (1u << lists->bits) - 1, tag = tag_of(hash);
  for (uint32_t at = (uint32_t)hash & mask;; at = (at + 1) & mask) {
    uint32_t *slot = &lists->slots[at];
    if (*slot == 0) return slot;
    if ((*slot & ~(uint32_t)INDEX) == tag && hsy_str_eq(lists->words[(*slot & INDEX) - 1].word, word)) return slot;
  }
}

const hsy_speaker_word *hsy_speaker_word_find(const hsy_speaker_lists *lists, hsy_str folded, uint64_t hash) {
  uint32_t index = *slot_of(lists, folded, hash) & INDEX;
  return index ? &lists->words[index - 1] : NULL;
}

static hsy_speaker_word *word_in(loader *l, hsy_str written) {
  hsy_speaker_lists *lists = l->lists;
  hsy_str word = hsy_utf8_fold(l->arena, written);
  uint64_t hash = hsy_hash(word);
  uint32_t *slot = slot_of(lists, word, hash);
  if (*slot) return &lists->words[(*slot & INDEX) - 1];
  if (lists->count == MOST_WORDS) return NULL;
  lists->words[lists->count].word = word;
  *slot = tag_of(hash) | (uint32_t)++lists->count;
  return &lists->words[lists->count - 1];
}

static uint8_t gender_of(hsy_str field) {
  if (field.len != 1) return HSY_GENDER_UNKNOWN;
  return field.data[0] == 'm' ? HSY_MALE : field.data[0] == 'f' ? HSY_FEMALE : HSY_GENDER_UNKNOWN;
}

static uint64_t phrase_bits(hsy_str classes) {
  static const struct {
    const char *name;
    uint64_t bits;
  } CLASSES[] = {{"the", HSY_W_THE},
                 {"a", HSY_W_A},
                 {"prep", HSY_W_PREP},
                 {"stop", HSY_W_END},
                 {"link", HSY_W_LINK},
                 {"and", HSY_W_AND},
                 {"aux", HSY_W_AUX},
                 {"called", HSY_W_CALLED},
                 {"quote", HSY_W_QUOTE},
                 {"quoted", HSY_W_QUOTED},
                 {"by", HSY_W_BY},
                 {"with", HSY_W_WITH},
                 {"saying", HSY_W_SAYING},
                 {"talk", HSY_W_TALK},
                 {"report", HSY_W_REPORT},
                 {"stated", HSY_W_STATED},
                 {"self", HSY_W_SELF},
                 {"state", HSY_W_STATE},
                 {"where", HSY_W_LOCATIVE},
                 {"message", HSY_W_MESSAGE},
                 {"according", HSY_W_ACCORDING},
                 {"be", HSY_W_BE},
                 {"this", HSY_W_THIS},
                 {"calling", HSY_W_CALLING},
                 {"through", HSY_W_THROUGH},
                 {"voice", HSY_W_VOICE},
                 {"shown", HSY_W_SHOWN},
                 {"people", HSY_W_DEMONYM},
                 {"capital", HSY_W_CAPITAL}};
  uint64_t bits = 0;
  for (hsy_str rest = classes; rest.len > 0;) {
    hsy_str name = hsy_str_cut(rest, ' ', &rest);
    for (size_t i = 0; i < sizeof CLASSES / sizeof *CLASSES; i++)
      if (hsy_str_eq(name, hsy_str_of(CLASSES[i].name))) bits |= CLASSES[i].bits;
  }
  return bits;
}

static bool all_capitals(hsy_str word) {
  for (ptrdiff_t i = 0; i < word.len; i++)
    if (word.data[i] >= 'a' && word.data[i] <= 'z') return false;
  return true;
}

typedef void (*put_fn)(loader *l, hsy_speaker_word *word, const hsy_lexicon_entry *entry);

static void put_phrase(loader *l, hsy_speaker_word *word, const hsy_lexicon_entry *entry) {
  (void)l;
  word->bits |= phrase_bits(hsy_lexicon_field(entry, 0));
}
static void put_stop(loader *l, hsy_speaker_word *word, const hsy_lexicon_entry *entry) {
  (void)l;
  word->bits |= hsy_str_eq(hsy_lexicon_field(entry, 0), HSY_S("day")) ? HSY_W_DAY : HSY_W_STOP;
}
static void put_pronoun(loader *l, hsy_speaker_word *word, const hsy_lexicon_entry *entry) {
  (void)l;
  word->bits |= HSY_W_PRONOUN;
  word->pronoun = hsy_lexicon_field(entry, 0).data[0];
  word->casus = hsy_lexicon_field(entry, 1).data[0];
}
static void put_honorific(loader *l, hsy_speaker_word *word, const hsy_lexicon_entry *entry) {
  (void)l;
  word->bits |= HSY_W_HONORIFIC;
  word->office = hsy_lexicon_field(entry, 1);
  word->gender = gender_of(hsy_lexicon_field(entry, 0));
}
static void put_role(loader *l, hsy_speaker_word *word, const hsy_lexicon_entry *entry) {
  word->bits |= HSY_W_ROLE;
  word->gender = gender_of(hsy_lexicon_field(entry, 0));
  word->role = class_number(&l->roles, hsy_lexicon_field(entry, 1));
}
static void put_group(loader *l, hsy_speaker_word *word, const hsy_lexicon_entry *entry) {
  (void)l;
  hsy_str kind = hsy_lexicon_field(entry, 0);
  word->bits |= HSY_W_GROUP;
  word->anonymous = hsy_str_eq(kind, HSY_S("anon"));
  word->media = hsy_str_eq(kind, HSY_S("media"));
}
static void put_body(loader *l, hsy_speaker_word *word, const hsy_lexicon_entry *entry) {
  word->bits |= HSY_W_BODY;
  word->body = class_number(&l->bodies, hsy_lexicon_field(entry, 0));
  word->any = hsy_lexicon_field(entry, 1).len > 0;
}
static void put_outlet_word(loader *l, hsy_speaker_word *word, const hsy_lexicon_entry *entry) {
  (void)l;
  word->bits |= hsy_str_eq(hsy_lexicon_field(entry, 0), HSY_S("sure")) ? HSY_W_OUTLET : HSY_W_OUTLETISH;
}
static void put_given(loader *l, hsy_speaker_word *word, const hsy_lexicon_entry *entry) {
  (void)l;
  word->bits |= HSY_W_GIVEN;
  if (!(word->bits & (HSY_W_ROLE | HSY_W_HONORIFIC))) word->gender = gender_of(hsy_lexicon_field(entry, 0));
}
/* Of the world's names those that are no English word once folded (Vân is no "van"). */
static void put_world_given(loader *l, hsy_speaker_word *word, const hsy_lexicon_entry *entry) {
  uint64_t small = HSY_W_STOP | HSY_W_DAY | HSY_W_LINK | HSY_W_PREP | HSY_W_AND | HSY_W_THE | HSY_W_A | HSY_W_AUX |
                   HSY_W_PRONOUN | HSY_W_NOUN | HSY_W_HONORIFIC | HSY_W_GIVEN;
  if (!(word->bits & small)) put_given(l, word, entry);
}
static void put_document(loader *l, hsy_speaker_word *word, const hsy_lexicon_entry *entry) {
  (void)l;
  word->bits |= HSY_W_DOCUMENT;
  word->authored = hsy_str_eq(hsy_lexicon_field(entry, 0), HSY_S("authored"));
}
static void put_noun(loader *l, hsy_speaker_word *word, const hsy_lexicon_entry *entry) {
  (void)l;
  word->bits |= hsy_str_eq(hsy_lexicon_field(entry, 0), HSY_S("role")) ? HSY_W_ROLE : HSY_W_GROUP;
}
static void put_surname(loader *l, hsy_speaker_word *word, const hsy_lexicon_entry *entry) {
  (void)l, (void)entry;
  word->bits |= HSY_W_SURNAME;
}
static void put_address(loader *l, hsy_speaker_word *word, const hsy_lexicon_entry *entry) {
  (void)l;
  hsy_str manner = hsy_lexicon_field(entry, 0);
  if (manner.len == 0 || manner.data[0] == '-') return;
  word->bits |= HSY_W_ADDRESS;
  word->manner = manner.data[0];
}
static void put_place(loader *l, hsy_speaker_word *word, const hsy_lexicon_entry *entry) {
  (void)l;
  if (hsy_str_eq(hsy_lexicon_field(entry, 0), HSY_S("demonym"))) word->bits |= HSY_W_DEMONYM;
}

static bool load_words(loader *l, const hsy_lexicon *lexicon, put_fn put) {
  for (ptrdiff_t i = 0; i < lexicon->count; i++) {
    const hsy_lexicon_entry *entry = &lexicon->entries[i];
    if (hsy_str_find(entry->word, HSY_S(" ")) >= 0) continue;
    if (put == put_place && all_capitals(entry->word)) continue; /* "US" is not "us" */
    hsy_speaker_word *word = word_in(l, entry->word);
    if (!word) return hsy_fail(l->err, HSY_LIMIT, "speaker", -1, "the word lists hold more than %d words", MOST_WORDS);
    put(l, word, entry);
  }
  return true;
}

static bool load_file(loader *l, const char *name, put_fn put) {
  hsy_lexicon lexicon = {0};
  return hsy_lexicon_load(&lexicon, name, l->arena, l->err) && load_words(l, &lexicon, put);
}

static bool find_classes(hsy_speaker_lists *lists, loader *l) {
  lists->media_class = class_number(&l->bodies, HSY_S("media"));
  lists->head_class = class_number(&l->roles, HSY_S("head"));
  lists->spokes_class = class_number(&l->roles, HSY_S("spokes"));
  return true;
}

bool hsy_speaker_load_model(hsy_speaker_lists *lists, hsy_str model_dir, hsy_arena *arena, hsy_error *err) {
  hsy_str file = {0}, bytes;
  hsy_error ignored = {0}; /* a folder of models can lack this one */
  hsy_str path = model_dir.len ? hsy_str_printf(arena, "%.*s/speakers.bin", HSY_FMT(model_dir)) : (hsy_str){0};
  bool own = path.len && hsy_os_load(path.data, (ptrdiff_t)1 << 20, arena, &file, &ignored);
  if (ignored.code == HSY_NO_MEMORY) return *err = ignored, false; /* which does not say that it lacks it */
  if (!own && !hsy_resource_find(HSY_S("model/speakers.bin"), &file))
    return hsy_fail(err, HSY_NOT_FOUND, "speaker", -1, "no speaker model was built in");
  return hsy_model_section(file, "ranker", &bytes, err) && hsy_ranker_open(&lists->ranker, bytes, err);
}

bool hsy_speaker_load(hsy_speaker_lists *lists, hsy_arena *arena, hsy_error *err) {
  static const struct {
    const char *name;
    put_fn put;
  } FILES[] = {
      {"lexicon/en/phrase_words.txt", put_phrase},
      {"lexicon/en/name_stops.txt", put_stop},
      {"lexicon/en/pronouns.txt", put_pronoun},
      {"lexicon/en/honorifics.txt", put_honorific},
      {"lexicon/en/groups.txt", put_group},
      {"lexicon/en/bodies.txt", put_body},
      {"lexicon/en/documents.txt", put_document},
      {"lexicon/en/nouns.txt", put_noun},
      {"lexicon/en/outlet_words.txt", put_outlet_word},
      {"lexicon/en/addressing_verbs.txt", put_address},
  };
  *lists = (hsy_speaker_lists){.bits = SLOT_BITS};
  lists->words = hsy_new(arena, hsy_speaker_word, MOST_WORDS);
  lists->slots = hsy_new(arena, uint32_t, 1 << SLOT_BITS);
  if (!hsy_arena_check(*arena, "speaker", err)) return false;
  loader l = {.lists = lists, .arena = arena, .err = err};
  for (size_t i = 0; i < sizeof FILES / sizeof *FILES; i++)
    if (!load_file(&l, FILES[i].name, FILES[i].put)) return false;
  return hsy_lexicon_load(&lists->roles, "lexicon/en/roles.txt", arena, err) &&
         load_words(&l, &lists->roles, put_role) && load_file(&l, "lexicon/en/given_names.txt", put_given) &&
         load_file(&l, "lexicon/en/given_names_world.txt", put_world_given) &&
         load_file(&l, "lexicon/en/surnames.txt", put_surname) &&
         hsy_lexicon_load(&lists->reporting, "lexicon/en/reporting_verbs.txt", arena, err) &&
         hsy_lemma_load(&lists->lemmas, arena, err) &&
         hsy_lexicon_load(&lists->outlets, "lexicon/en/outlets.txt", arena, err) &&
         hsy_lexicon_load(&lists->turns, "lexicon/en/turn_labels.txt", arena, err) &&
         hsy_lexicon_load(&lists->cities, "lexicon/en/cities.txt", arena, err) &&
         hsy_lexicon_load(&lists->places, "lexicon/en/places.txt", arena, err) &&
         load_words(&l, &lists->places, put_place) && find_classes(lists, &l) &&
         hsy_arena_check(*arena, "speaker", err);
}

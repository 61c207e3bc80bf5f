#include "speaker/speaker.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "segment/segment.h"

/* A document made of a text in lines: the first a headline where it begins with
 * "# ". Attributions are given as pieces of the text, found from left to right. */
typedef struct fixture {
  hsy_heap *heap;
  hsy_arena arena, scratch;
  hsy_segment_lists segment;
  hsy_speaker_lists lists;
  hsy_doc doc;
  hsy_error err;
} fixture;

static int start(void **state) {
  fixture *f = calloc(1, sizeof *f);
  f->heap = hsy_heap_new((size_t)64 << 20, &f->err);
  f->arena = hsy_heap_reset(f->heap);
  f->scratch = hsy_arena_split(&f->arena, (size_t)32 << 20);
  assert_true(hsy_segment_load(&f->segment, &f->arena, &f->err));
  assert_true(hsy_speaker_load(&f->lists, &f->arena, &f->err));
  assert_true(hsy_speaker_load_model(&f->lists, (hsy_str){0}, &f->arena, &f->err));
  *state = f;
  return 0;
}

static int stop(void **state) {
  fixture *f = *state;
  hsy_heap_free(f->heap);
  free(f);
  return 0;
}

static void text(fixture *f, const char *written) {
  hsy_doc_init(&f->doc, &f->arena);
  f->doc.text = hsy_str_of(written);
  f->doc.meta.language = HSY_S("en");
  for (ptrdiff_t at = 0; at < f->doc.text.len;) {
    ptrdiff_t end = at;
    while (end < f->doc.text.len && f->doc.text.data[end] != '\n') end++;
    bool head = f->doc.text.data[at] == '#';
    *hsy_push(&f->doc.blocks, &f->arena) = (hsy_block){.text = {(int32_t)at + (head ? 2 : 0), (int32_t)end},
                                                       .kind = head ? HSY_BLOCK_HEADLINE : HSY_BLOCK_PARAGRAPH,
                                                       .tagged = true};
    at = end + 1;
  }
  assert_true(hsy_segment_tokenize(&f->doc, &f->segment, &f->err));
}

static hsy_part part(fixture *f, const char *words, int32_t from) {
  if (!words) return (hsy_part){0, 0};
  hsy_str rest = hsy_str_slice(f->doc.text, from, f->doc.text.len);
  ptrdiff_t at = hsy_str_find(rest, hsy_str_of(words));
  assert_true(at >= 0);
  hsy_span span = {(int32_t)(from + at), (int32_t)(from + at + (ptrdiff_t)strlen(words))};
  return hsy_doc_add_part(&f->doc, &span, 1);
}

/* Adds an attribution; `near` is some words of its sentence before which none of
 * its parts stands. */
static int32_t says(fixture *f, const char *near, const char *source, const char *cue, const char *content) {
  ptrdiff_t from = hsy_str_find(f->doc.text, hsy_str_of(near));
  assert_true(from >= 0);
  hsy_attribution *a = hsy_push(&f->doc.attributions, &f->arena);
  a->part[HSY_SOURCE] = part(f, source, (int32_t)from);
  a->part[HSY_CUE] = part(f, cue, (int32_t)from);
  a->part[HSY_CONTENT] = part(f, content, (int32_t)from);
  a->kind = HSY_INDIRECT;
  a->parent = a->same_run = HSY_NONE;
  return (int32_t)f->doc.attributions.len - 1;
}

static void resolve(fixture *f) { assert_true(hsy_speaker_resolve(&f->doc, &f->lists, f->scratch, &f->err)); }

static const char *speaker(fixture *f, int32_t at) {
  return hsy_str_z(&f->arena, f->doc.attributions.data[at].speaker);
}

/* The names of the links, " < " between them. */
static const char *links(fixture *f, int32_t at, bool to) {
  hsy_buf out = hsy_buf_in(&f->arena);
  for (ptrdiff_t i = 0; i < f->doc.links.len; i++) {
    const hsy_link *link = &f->doc.links.data[i];
    if (link->attribution != at || link->to != to) continue;
    if (out.len) hsy_buf_add(&out, HSY_S(" < "));
    hsy_buf_add(&out, link->name);
  }
  return hsy_str_z(&f->arena, hsy_buf_str(&out));
}

static hsy_basis basis(const fixture *f, int32_t at) {
  for (ptrdiff_t i = 0; i < f->doc.evidence.len; i++)
    if (f->doc.evidence.data[i].attribution == at && strcmp(f->doc.evidence.data[i].field, "speaker") == 0)
      return f->doc.evidence.data[i].basis;
  fail();
  return HSY_EXPLICIT;
}

static void test_names_and_titles(void **state) {
  fixture *f = *state;
  text(f, "Kremlin aide Yury Ushakov said the talks went well.\n"
          "Ushakov said they would go on. Yury said so twice. According to Ushako, it is done.\n"
          "Iran's ambassador to Russia, Kazem Jalali, said no. The ambassador said it again.\n"
          "Dr Nomsa Waldheim of the Dambe clinic said five had died.");
  int32_t a = says(f, "Kremlin", "Kremlin aide Yury Ushakov", "said", "the talks went well");
  int32_t b = says(f, "Ushakov said they", "Ushakov", "said", "they would go on");
  int32_t c = says(f, "Yury said so", "Yury", "said", "so twice");
  int32_t d = says(f, "According", "Ushako", "According to", "it is done");
  int32_t e = says(f, "Iran's", "Iran's ambassador to Russia, Kazem Jalali,", "said", "no");
  int32_t g = says(f, "The ambassador", "The ambassador", "said", "it again");
  int32_t h = says(f, "Dr Nomsa", "Dr Nomsa Waldheim of the Dambe clinic", "said", "five had died");
  resolve(f);
  assert_string_equal(speaker(f, a), "Yury Ushakov");
  assert_string_equal(speaker(f, b), "Yury Ushakov");
  assert_string_equal(speaker(f, c), "Yury Ushakov");
  assert_string_equal(speaker(f, d), "Yury Ushakov");
  assert_string_equal(speaker(f, e), "Kazem Jalali");
  assert_string_equal(speaker(f, g), "Kazem Jalali");
  assert_string_equal(speaker(f, h), "Nomsa Waldheim");
  assert_int_equal(basis(f, a), HSY_EXPLICIT);
  assert_int_equal(basis(f, g), HSY_INFERRED);
  const hsy_entity *ushakov = &f->doc.entities.data[f->doc.attributions.data[a].speakers.data[0]];
  assert_int_equal(ushakov->kind, HSY_PERSON);
  assert_true(hsy_str_eq(ushakov->titles.data[0], HSY_S("Kremlin aide")));
}

static void test_pronouns(void **state) {
  fixture *f = *state;
  text(f, "Petra Lindgaard, the finance minister, met Ramiro Teague on Monday.\n"
          "She said the talks were short. He said they were cold.\n"
          "Corvane Motors recalled the cars. It said the hoses were weak.");
  int32_t a = says(f, "She said", "She", "said", "the talks were short");
  int32_t b = says(f, "He said", "He", "said", "they were cold");
  int32_t c = says(f, "It said", "It", "said", "the hoses were weak");
  resolve(f);
  assert_string_equal(speaker(f, a), "Petra Lindgaard");
  assert_string_equal(speaker(f, b), "Ramiro Teague");
  assert_string_equal(speaker(f, c), "Corvane Motors");
  assert_int_equal(basis(f, a), HSY_INFERRED);
}

static void test_metonyms(void **state) {
  fixture *f = *state;
  text(f, "Tehran confirmed the sale. The Kremlin denied it. Moscow and Tehran said more.\n"
          "The Iranian government said less.\n"
          "Quay House, the seat of the Finance Ministry, said nothing had changed.");
  int32_t a = says(f, "Tehran", "Tehran", "confirmed", "the sale");
  int32_t b = says(f, "The Kremlin", "The Kremlin", "denied", "it");
  int32_t c = says(f, "Moscow", "Moscow and Tehran", "said", "more");
  int32_t d = says(f, "The Iranian", "The Iranian government", "said", "less");
  int32_t e = says(f, "Quay", "Quay House, the seat of the Finance Ministry,", "said", "nothing had changed");
  resolve(f);
  assert_string_equal(speaker(f, a), "Iran");
  assert_string_equal(speaker(f, b), "Russia");
  assert_string_equal(speaker(f, c), "Moscow and Tehran");
  assert_int_equal(f->doc.attributions.data[c].speakers.len, 2);
  assert_int_equal(f->doc.attributions.data[c].speakers.data[1], f->doc.attributions.data[a].speakers.data[0]);
  assert_string_equal(speaker(f, d), "Iran");
  assert_string_equal(speaker(f, e), "Finance Ministry");
}

static void test_groups_and_nobody(void **state) {
  fixture *f = *state;
  text(f, "Two villagers, speaking on condition of anonymity, said they had heard a shot.\n"
          "Witnesses and doctors said five had died. Police said two had.\n"
          "It was alleged that a warning had been ignored.\n"
          "Staff were told not to switch on their computers.");
  int32_t a = says(f, "Two", "Two villagers, speaking on condition of anonymity,", "said", "they had heard a shot");
  int32_t b = says(f, "Witnesses", "Witnesses and doctors", "said", "five had died");
  int32_t c = says(f, "Police", "Police", "said", "two had");
  int32_t d = says(f, "It was", "It", "was alleged", "that a warning had been ignored");
  int32_t e = says(f, "Staff", "Staff", "were told", "not to switch on their computers");
  resolve(f);
  assert_string_equal(speaker(f, a), "two villagers");
  assert_string_equal(speaker(f, b), "witnesses and doctors");
  assert_string_equal(speaker(f, c), "police");
  assert_string_equal(speaker(f, d), "");
  assert_string_equal(speaker(f, e), "");
  assert_string_equal(links(f, e, true), "staff");
  assert_int_equal(f->doc.entities.data[f->doc.attributions.data[a].speakers.data[0]].kind, HSY_GROUP);
}

static void test_descriptions(void **state) {
  fixture *f = *state;
  text(f, "Radomir Velk, the interior minister, blamed Kelduria. Its defence ministry said it was not so.\n"
          "The ministry said two Keldurian soldiers were hurt. The minister said four were dead.\n"
          "Maravia's health ministry said seventeen had died.\n"
          "A former engineer said he had warned them. \"I sent photographs,\" Kwabena Lindqvist said.");
  int32_t a = says(f, "Its defence", "Its defence ministry", "said", "it was not so");
  int32_t b = says(f, "The ministry", "The ministry", "said", "two Keldurian soldiers were hurt");
  int32_t c = says(f, "The minister said", "The minister", "said", "four were dead");
  int32_t d = says(f, "Maravia's", "Maravia's health ministry", "said", "seventeen had died");
  int32_t e = says(f, "A former", "A former engineer", "said", "he had warned them");
  int32_t g = says(f, "\"I sent", "Kwabena Lindqvist", "said", "\"I sent photographs,\"");
  resolve(f);
  assert_string_equal(speaker(f, a), "Kelduria's defence ministry");
  assert_string_equal(speaker(f, b), "Kelduria's defence ministry");
  assert_string_equal(speaker(f, c), "Radomir Velk");
  assert_string_equal(speaker(f, d), "Maravia's health ministry");
  assert_string_equal(speaker(f, e), "Kwabena Lindqvist");
  assert_string_equal(speaker(f, g), "Kwabena Lindqvist");
}

static void test_runs_and_missing_sources(void **state) {
  fixture *f = *state;
  text(f, "\"Half the wards were dark,\" Dele Fairweather said.\n"
          "\"One of us walked eleven miles.\"\n"
          "Nordvik Hoses, the supplier, denied changing the compound. It promised tests and urged calm.\n"
          "Radomir Velk (@velk) on X: \"We have the tracks.\"");
  int32_t a = says(f, "\"Half", "Dele Fairweather", "said", "\"Half the wards were dark,\"");
  int32_t b = says(f, "\"One", NULL, NULL, "\"One of us walked eleven miles.\"");
  int32_t c = says(f, "Nordvik", NULL, "denied", "changing the compound");
  int32_t d = says(f, "It promised", "It", "promised", "tests");
  int32_t e = says(f, "and urged", NULL, "urged", "calm");
  int32_t g = says(f, "\"We have", NULL, NULL, "\"We have the tracks.\"");
  f->doc.attributions.data[b].kind = f->doc.attributions.data[g].kind = HSY_DIRECT;
  resolve(f);
  assert_string_equal(speaker(f, a), "Dele Fairweather");
  assert_string_equal(speaker(f, b), "Dele Fairweather");
  assert_int_equal(basis(f, b), HSY_INHERITED);
  assert_string_equal(speaker(f, c), "Nordvik Hoses");
  assert_string_equal(speaker(f, d), "Nordvik Hoses");
  assert_string_equal(speaker(f, e), "Nordvik Hoses");
  assert_string_equal(speaker(f, g), "Radomir Velk");
}

static void test_first_person(void **state) {
  fixture *f = *state;
  text(f, "\"I said then that the bridge was ours,\" Oksana Brill said.");
  int32_t a = says(f, "\"I said", "Oksana Brill", "said.", "\"I said then that the bridge was ours,\"");
  int32_t b = says(f, "\"I said", "I", "said", "that the bridge was ours");
  f->doc.attributions.data[a].part[HSY_CUE].count = 0;
  f->doc.attributions.data[b].parent = a;
  resolve(f);
  assert_string_equal(speaker(f, b), "Oksana Brill");
  assert_string_equal(links(f, b, false), "");
}

static void test_headline(void **state) {
  fixture *f = *state;
  text(f, "# Hospital: no patient records taken in attack\n"
          "St Brannoc's Hospital insisted that no patient records had been taken in the attack.");
  int32_t a = says(f, "Hospital", "Hospital", NULL, "no patient records taken in attack");
  int32_t b = says(f, "St Brannoc's", "St Brannoc's Hospital", "insisted",
                   "that no patient records had been taken in the attack");
  resolve(f);
  assert_string_equal(speaker(f, b), "St Brannoc's Hospital");
  assert_string_equal(speaker(f, a), "St Brannoc's Hospital");
}

static void test_via_and_to(void **state) {
  fixture *f = *state;
  static const struct {
    const char *text, *source, *cue, *content, *speaker, *via, *to;
  } CASES[] = {
      {"Sputnik quoted Yury Ushakov as saying the drones were not discussed.", "Yury Ushakov", "saying",
       "the drones were not discussed", "Yury Ushakov", "Sputnik", ""},
      {"Sputnik quoted Yury Ushakov as saying the drones were not discussed.", "Sputnik", "quoted",
       "the drones were not discussed", "Yury Ushakov", "Sputnik", ""},
      {"The talks went well, Yury Ushakov said as quoted by Sputnik News Agency.", "Yury Ushakov", "said",
       "The talks went well", "Yury Ushakov", "Sputnik News", ""},
      {"Two officials told Reuters that the missiles were promised.", "Two officials", "told",
       "that the missiles were promised", "two officials", "Reuters", "Reuters"},
      {"Jake Sullivan told reporters that drones were on their way.", "Jake Sullivan", "told",
       "that drones were on their way", "Jake Sullivan", "", "reporters"},
      {"In an interview with La Republica newspaper published Wednesday, Hossein Nouri said it was over.",
       "Hossein Nouri", "said", "it was over", "Hossein Nouri", "La Republica", "La Republica"},
      {"Felix Tarimo told Sothara state radio last week, according to the daily Ilembe Star, that it was late.",
       "Felix Tarimo", "told", "that it was late", "Felix Tarimo", "Ilembe Star < Sothara state radio",
       "Sothara state radio"},
      {"KelPress quoted Colonel Aleksei Dorran, a spokesman, as telling state television that talks had not begun.",
       "Colonel Aleksei Dorran, a spokesman,", "telling", "that talks had not begun", "Aleksei Dorran",
       "KelPress < state television", "state television"},
      {"Petra Lindgaard told the Tribune that she had never asked.", "Petra Lindgaard", "told",
       "that she had never asked", "Petra Lindgaard", "", "Sabine Tribune"},
      {"Eoin Marchetti urged owners to stay at home.", "Eoin Marchetti", "urged", "owners to stay at home",
       "Eoin Marchetti", "", "owners"},
      {"Eoin Marchetti urged both sides to stay at home.", "Eoin Marchetti", "urged", "both sides to stay at home",
       "Eoin Marchetti", "", ""},
      {"Eoin Marchetti told a rally in Dambe that it was late.", "Eoin Marchetti", "told", "that it was late",
       "Eoin Marchetti", "", ""},
      {"\"They were stolen,\" Sunniva Adeyemi said in a video message to patients.", "Sunniva Adeyemi", "said",
       "\"They were stolen,\"", "Sunniva Adeyemi", "", "patients"},
  };
  for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
    text(f, CASES[i].text);
    f->doc.meta.outlet = HSY_S("Sabine Tribune");
    int32_t a = says(f, "", CASES[i].source, CASES[i].cue, CASES[i].content);
    resolve(f);
    assert_string_equal(speaker(f, a), CASES[i].speaker);
    assert_string_equal(links(f, a, false), CASES[i].via);
    assert_string_equal(links(f, a, true), CASES[i].to);
  }
}

static void test_nested(void **state) {
  fixture *f = *state;
  text(f, "Amina Terekhe said Josephat Ndalamo had promised her in July to halt the work.\n"
          "Iran's ambassador, Kazem Jalali, said Tehran was urging both to talk.");
  int32_t a = says(f, "Amina", "Amina Terekhe", "said", "Josephat Ndalamo had promised her in July to halt the work");
  int32_t b = says(f, "Josephat", "Josephat Ndalamo", "promised", "to halt the work");
  int32_t c = says(f, "Iran's", "Iran's ambassador, Kazem Jalali,", "said", "Tehran was urging both to talk");
  int32_t d = says(f, "Tehran", "Tehran", "was urging", "both to talk");
  f->doc.attributions.data[b].parent = a;
  f->doc.attributions.data[d].parent = c;
  resolve(f);
  assert_string_equal(speaker(f, b), "Josephat Ndalamo");
  assert_string_equal(links(f, b, false), "Amina Terekhe");
  assert_string_equal(links(f, b, true), "Amina Terekhe");
  assert_string_equal(speaker(f, d), "Iran");
  assert_string_equal(links(f, d, false), ""); /* the ambassador speaks for Iran */
}

static void test_odd_input(void **state) {
  fixture *f = *state;
  static const char *const TEXTS[] = {"", "A", "’s ’s ’s", "said said said", "Mr", "The of the and", "(((((", "“", "I"};
  for (size_t i = 0; i < sizeof TEXTS / sizeof *TEXTS; i++) {
    text(f, TEXTS[i]);
    if (f->doc.text.len) {
      hsy_attribution *a = hsy_push(&f->doc.attributions, &f->arena);
      hsy_span all = {0, (int32_t)f->doc.text.len};
      for (int role = 0; role < HSY_ROLES; role++) a->part[role] = hsy_doc_add_part(&f->doc, &all, 1);
      a->parent = a->same_run = 0; /* itself */
    }
    resolve(f);
  }
}

static void test_long_input(void **state) {
  fixture *f = *state;
  hsy_buf buf = hsy_buf_in(&f->arena);
  uint32_t seed = 1;
  for (int i = 0; i < 4000; i++) {
    char name[2][8] = {"", ""};
    for (int k = 0; k < 14; k++) {
      seed = seed * 1664525u + 1013904223u;
      name[k / 7][k % 7] = (char)((k % 7 ? 'a' : 'A') + (seed >> 16) % 26);
    }
    hsy_buf_add(&buf, hsy_str_printf(&f->arena, "Then %.7s %.7s said so. ", name[0], name[1]));
  }
  text(f, hsy_str_z(&f->arena, hsy_buf_str(&buf)));
  resolve(f);
  assert_true(f->doc.entities.len > 3000);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(test_names_and_titles, start, stop),
      cmocka_unit_test_setup_teardown(test_pronouns, start, stop),
      cmocka_unit_test_setup_teardown(test_metonyms, start, stop),
      cmocka_unit_test_setup_teardown(test_groups_and_nobody, start, stop),
      cmocka_unit_test_setup_teardown(test_descriptions, start, stop),
      cmocka_unit_test_setup_teardown(test_runs_and_missing_sources, start, stop),
      cmocka_unit_test_setup_teardown(test_first_person, start, stop),
      cmocka_unit_test_setup_teardown(test_headline, start, stop),
      cmocka_unit_test_setup_teardown(test_via_and_to, start, stop),
      cmocka_unit_test_setup_teardown(test_nested, start, stop),
      cmocka_unit_test_setup_teardown(test_odd_input, start, stop),
      cmocka_unit_test_setup_teardown(test_long_input, start, stop),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

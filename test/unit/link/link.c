/* Statements, claims and shifts over rows made by hand. */
#include "../record.h"

static const float SURE = 0.3f; /* of claims that count in these tests */

/* Whether some sure claim has the two rows on opposite sides (or on one). */
static bool opposed(const record *r, int32_t a, int32_t b) {
  for (ptrdiff_t i = 0; i < r->links.claims.len; i++) {
    const hsy_claim *c = &r->links.claims.data[i];
    if (c->confidence < SURE) continue;
    if ((holds(&c->pro, a) && holds(&c->con, b)) || (holds(&c->pro, b) && holds(&c->con, a))) return true;
  }
  return false;
}

static bool agreed(const record *r, int32_t a, int32_t b) {
  for (ptrdiff_t i = 0; i < r->links.claims.len; i++) {
    const hsy_claim *c = &r->links.claims.data[i];
    if ((holds(&c->pro, a) && holds(&c->pro, b)) || (holds(&c->con, b) && holds(&c->con, a))) return true;
  }
  return false;
}

static bool one_statement(const record *r, int32_t a, int32_t b) {
  return r->links.statement_of[a] == r->links.statement_of[b];
}

/* ---- statements ---- */

static void one_utterance_told_three_times(void **state) {
  (void)state;
  record r;
  begin(&r);
  r.documents[0].copies = r.documents[1].copies = 7;
  int32_t a = say(&r, "a", 0, 0, "affirm", HSY_INDIRECT, "the harbour bridge had been closed by ice since Sunday");
  int32_t b = say(&r, "b", 1, 0, "affirm", HSY_INDIRECT, "the harbour bridge had been closed by ice since Sunday");
  int32_t c = say(&r, "c", 2, 0, "affirm", HSY_DIRECT, "The harbour bridge is closed by ice");
  int32_t d = say(&r, "d", 2, 1, "affirm", HSY_INDIRECT, "the harbour bridge had been closed by ice since Sunday");
  int32_t e = say(&r, "e", 3, 0, "affirm", HSY_INDIRECT, "the ferry would sail on Friday with twelve cars");
  link_all(&r);
  assert_true(one_statement(&r, a, b));
  assert_true(one_statement(&r, a, c));
  assert_false(one_statement(&r, a, d)); /* another speaker */
  assert_false(one_statement(&r, a, e));
  const hsy_statement *s = &r.links.statements.data[r.links.statement_of[a]];
  assert_int_equal(s->rows.len, 3);
  assert_int_equal(s->independent, 2); /* a and b are copies */
  assert_int_equal(s->first, a);
}

static void another_day_is_another_utterance(void **state) {
  (void)state;
  record r;
  begin(&r);
  int32_t a = say(&r, "a", 0, 0, "affirm", HSY_INDIRECT, "no village would be flooded by the reservoir");
  int32_t b = say(&r, "b", 1, 0, "affirm", HSY_INDIRECT, "no village would be flooded by the reservoir at Velia");
  r.rows[a].said_on = HSY_S("2024-03-10");
  r.rows[b].said_on = HSY_S("2024-03-12");
  link_all(&r);
  assert_false(one_statement(&r, a, b));
}

/* ---- claims ---- */

static void a_denial_meets_what_it_denies(void **state) {
  (void)state;
  record r;
  begin(&r);
  int32_t a = say(&r, "a", 0, 0, "affirm", HSY_INDIRECT, "Orsk had shipped missiles to Velia");
  int32_t b = say(&r, "b", 0, 1, "deny", HSY_INDIRECT, "Orsk had sent any missiles to Velia");
  int32_t c = say(&r, "c", 1, 2, "affirm", HSY_DIRECT, "Not one missile has been delivered to Velia by Orsk.");
  link_all(&r);
  assert_true(opposed(&r, a, b));
  assert_true(opposed(&r, a, c));
  assert_true(agreed(&r, b, c));
  assert_true(r.links.claims.data[0].why.len > 0);
  assert_true(r.links.claims.data[0].about.len > 0);
}

static void opposites_are_never_one_statement(void **state) {
  (void)state;
  record r;
  begin(&r);
  int32_t a = say(&r, "a", 0, 0, "affirm", HSY_INDIRECT, "the harbour bridge of Velia had been closed by ice");
  int32_t b = say(&r, "b", 1, 0, "deny", HSY_INDIRECT, "the harbour bridge of Velia had been closed by ice");
  link_all(&r);
  assert_false(one_statement(&r, a, b));
}

static void a_sweeping_denial_covers(void **state) {
  (void)state;
  record r;
  begin(&r);
  int32_t a = say(&r, "a", 0, 0, "affirm", HSY_INDIRECT, "Orsk had supplied Velia with missiles");
  int32_t b = say(&r, "b", 0, 1, "affirm", HSY_INDIRECT, "Orsk was not helping either side of the war");
  link_all(&r);
  assert_true(opposed(&r, a, b));
}

static void a_response_points_at_what_was_said_before(void **state) {
  (void)state;
  record r;
  begin(&r);
  int32_t a = say(&r, "a", 0, 0, "affirm", HSY_INDIRECT, "the ministry had cut the budget of the port");
  int32_t b = say(&r, "b", 0, 2, "deny", HSY_INDIRECT, "that a lie");
  int32_t c = say(&r, "c", 1, 0, "affirm", HSY_INDIRECT, "Weld had promised her to halt the dredging");
  int32_t d = say(&r, "d", 1, 2, "affirm", HSY_INDIRECT, "no such promise had been made");
  link_all(&r);
  assert_true(opposed(&r, a, b));
  assert_true(opposed(&r, c, d));
  assert_false(opposed(&r, c, b));
}

static void what_calls_itself_false_is_turned_round(void **state) {
  (void)state;
  record r;
  begin(&r);
  int32_t a = say(&r, "a", 0, 0, "affirm", HSY_INDIRECT, "the neighbour had approved the plans for the canal");
  int32_t b = say(&r, "b", 0, 1, "affirm", HSY_INDIRECT,
                  "the assertion that the neighbour had approved the plans for the canal was simply untrue");
  link_all(&r);
  assert_true(opposed(&r, a, b));
}

static void a_figure_that_only_knows_more_disputes_nothing(void **state) {
  (void)state;
  record r;
  begin(&r);
  int32_t a = say(&r, "a", 1, 0, "affirm", HSY_INDIRECT, "at least 12 people were killed in the landslide at Tarn");
  int32_t b = say(&r, "b", 3, 0, "affirm", HSY_INDIRECT,
                  "17 people were now known to have been killed in the landslide at Tarn");
  link_all(&r);
  assert_false(opposed(&r, a, b));
}

/* ---- shifts ---- */

static void who_admits_what_they_denied_has_shifted(void **state) {
  (void)state;
  record r;
  begin(&r);
  r.speakers[0].body = 2; /* she speaks for the ministry */
  int32_t a = say(&r, "a", 0, 0, "affirm", HSY_INDIRECT, "no patient files had been stolen from the clinic");
  int32_t b = say(&r, "b", 3, 2, "admit", HSY_INDIRECT, "patient files had been stolen from the clinic");
  link_all(&r);
  assert_int_equal(r.links.shifts.len, 1);
  const hsy_shift *s = &r.links.shifts.data[0];
  assert_int_equal(s->speaker, 2);
  assert_int_equal(s->before, a);
  assert_int_equal(s->after, b);
}

static void two_people_on_one_day_are_no_shift(void **state) {
  (void)state;
  record r;
  begin(&r);
  r.speakers[0].body = r.speakers[1].body = 2;
  int32_t a = say(&r, "a", 0, 0, "affirm", HSY_INDIRECT, "no patient files had been stolen from the clinic");
  int32_t b = say(&r, "b", 0, 1, "affirm", HSY_INDIRECT, "patient files had been stolen from the clinic");
  link_all(&r);
  assert_true(opposed(&r, a, b));
  assert_int_equal(r.links.shifts.len, 0);
}

/* ---- bodies ---- */

static void titles_tell_whom_one_speaks_for(void **state) {
  (void)state;
  record r;
  begin(&r);
  r.speakers[0] = (hsy_link_speaker){.name = HSY_S("Ada Brink"), .titles = HSY_S("the Danish foreign minister")};
  r.speakers[1] = (hsy_link_speaker){.name = HSY_S("Denmark"), .kind = HSY_PLACE};
  r.speakers[2] = (hsy_link_speaker){.name = HSY_S("Velia Port"), .kind = HSY_ORGANIZATION};
  r.speakers[3] = (hsy_link_speaker){.name = HSY_S("Velia Port Police"), .kind = HSY_ORGANIZATION};
  r.speakers[4] =
      (hsy_link_speaker){.name = HSY_S("Tomas Weld"), .titles = HSY_S("spokesman for the Velia Port Police")};
  r.speakers[5] = (hsy_link_speaker){.name = HSY_S("Nadia Orel"), .titles = HSY_S("a former Danish minister; author")};
  int32_t bodies[6];
  hsy_error err = {0};
  assert_true(hsy_link_bodies(&r.input, lists, bodies, r.scratch, &err));
  assert_int_equal(bodies[0], 1);
  assert_int_equal(bodies[4], 3); /* the longer name */
  assert_int_equal(bodies[5], HSY_NONE);
  assert_int_equal(bodies[1], HSY_NONE);
}

/* ---- bad input, order, bounds ---- */

static void the_order_of_rows_does_not_count(void **state) {
  (void)state;
  record r, s;
  for (int turn = 0; turn < 2; turn++) {
    record *t = turn ? &s : &r;
    begin(t);
    if (turn) t->arena.next += (size_t)100 << 20; /* beside the first */
    static const char *const CONTENTS[] = {"Orsk had shipped missiles to Velia", "Orsk had sent missiles to Velia",
                                           "Orsk had shipped missiles to Velia in spring", "that a lie"};
    static const char *const IDS[] = {"a", "b", "c", "d"}, *const STANCES[] = {"affirm", "deny", "affirm", "deny"};
    for (int i = 0; i < 4; i++) {
      int k = turn ? 3 - i : i;
      int32_t at = say(t, IDS[k], k / 2, k, STANCES[k], HSY_INDIRECT, CONTENTS[k]);
      t->rows[at].start = t->rows[at].paragraph = k;
    }
    link_all(t);
  }
  assert_int_equal(r.links.claims.len, s.links.claims.len);
  assert_true(r.links.claims.len > 0);
  for (ptrdiff_t i = 0; i < r.links.claims.len; i++) {
    const hsy_claim *c = &r.links.claims.data[i], *d = &s.links.claims.data[i];
    assert_true(hsy_str_eq(c->id, d->id));
    assert_int_equal(c->pro.len, d->pro.len);
    for (ptrdiff_t k = 0; k < c->pro.len; k++) assert_int_equal(c->pro.data[k], 3 - d->pro.data[k]);
  }
}

static void odd_contents_are_no_failure(void **state) {
  (void)state;
  record r;
  begin(&r);
  say(&r, "a", 0, 0, "affirm", HSY_INDIRECT, "");
  say(&r, "b", 0, -1, "deny", HSY_INDIRECT, "… ,,, ???");
  say(&r, "c", 0, 0, "deny", HSY_DIRECT, "\xff\xfe not \xc3");
  say(&r, "d", 1, 1, "affirm", HSY_DIRECT, "We did it and we did not do it, and we never did and always did.");
  say(&r, "e", 1, 1, "ask", HSY_DIRECT, "that");
  link_all(&r);
  assert_int_equal(r.links.claims.len, 0);
  assert_int_equal(r.links.shifts.len, 0);
  r.input.row_count = 0;
  link_all(&r);
  assert_int_equal(r.links.statements.len, 0);
}

static void ten_thousand_alike_are_bounded(void **state) {
  (void)state;
  enum { MANY = 10000 };
  record r;
  begin(&r);
  static hsy_link_row rows[MANY];
  static char ids[MANY][8];
  static int32_t who[2] = {0, 1};
  for (int i = 0; i < MANY; i++) {
    snprintf(ids[i], sizeof ids[i], "%05d", i);
    rows[i] = (hsy_link_row){.id = hsy_str_of(ids[i]),
                             .document = i / 2 % 4, /* both speakers in each */
                             .start = i,
                             .paragraph = i,
                             .parent = HSY_NONE,
                             .content = HSY_S("Orsk had shipped missiles to Velia"),
                             .kind = HSY_INDIRECT,
                             .speakers = &who[i % 2],
                             .speaker_count = 1,
                             .stance = i % 2 ? "deny" : "affirm",
                             .confidence = 1};
  }
  r.input.rows = rows;
  r.input.row_count = MANY;
  link_all(&r);
  assert_true(r.links.claims.len >= 1);
  hsy_conflict_vec conflicts = {0};
  hsy_link_conflicts(&r.input, &r.links, 0, 10, &conflicts, &r.arena);
  assert_true(conflicts.len >= 1 && conflicts.len <= 10);
}

static void a_full_arena_is_an_error(void **state) {
  (void)state;
  hsy_error err = {0};
  hsy_heap *small = hsy_heap_new((size_t)1 << 20, &err);
  hsy_arena arena = hsy_heap_reset(small), scratch = hsy_arena_split(&arena, 4096);
  record r;
  begin(&r);
  for (int i = 0; i < 20; i++) say(&r, "x", 0, 0, "affirm", HSY_INDIRECT, "Orsk had shipped missiles to Velia");
  assert_false(hsy_link_all(&r.input, lists, &r.links, &scratch, arena, &err));
  assert_int_equal(err.code, HSY_NO_MEMORY);
  hsy_heap_free(small);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(one_utterance_told_three_times),
      cmocka_unit_test(another_day_is_another_utterance),
      cmocka_unit_test(a_denial_meets_what_it_denies),
      cmocka_unit_test(opposites_are_never_one_statement),
      cmocka_unit_test(a_sweeping_denial_covers),
      cmocka_unit_test(a_response_points_at_what_was_said_before),
      cmocka_unit_test(what_calls_itself_false_is_turned_round),
      cmocka_unit_test(a_figure_that_only_knows_more_disputes_nothing),
      cmocka_unit_test(who_admits_what_they_denied_has_shifted),
      cmocka_unit_test(two_people_on_one_day_are_no_shift),
      cmocka_unit_test(titles_tell_whom_one_speaks_for),
      cmocka_unit_test(the_order_of_rows_does_not_count),
      cmocka_unit_test(odd_contents_are_no_failure),
      cmocka_unit_test(ten_thousand_alike_are_bounded),
      cmocka_unit_test(a_full_arena_is_an_error),
  };
  return cmocka_run_group_tests(tests, load, unload);
}

/* What a person put right of claims, over rows made by hand. */
#include "../record.h"

/* "for", "against" or "" of the row in the one claim that holds `with`; "" where there is none. */
static const char *side_beside(const record *r, int32_t row, int32_t with) {
  for (ptrdiff_t i = 0; i < r->links.claims.len; i++) {
    const hsy_claim *c = &r->links.claims.data[i];
    if (!holds(&c->pro, with) && !holds(&c->con, with)) continue;
    if (holds(&c->pro, row)) return "for";
    if (holds(&c->con, row)) return "against";
  }
  return "";
}

/* Two who say it, two who deny it; copies of one of these. */
enum { SAYS, AGREES, DENIES, REJECTS, COPY, ROWS };

static void tell(record *r) {
  begin(r);
  say(r, "says", 0, 0, "affirm", HSY_INDIRECT, "the ministry had sold the harbour bridge to a scrap dealer");
  say(r, "agrees", 1, 3, "affirm", HSY_INDIRECT, "the harbour bridge had been sold to a scrap dealer by the ministry");
  say(r, "denies", 1, 2, "deny", HSY_INDIRECT, "that it had sold the harbour bridge to a scrap dealer");
  say(r, "rejects", 2, 5, "deny", HSY_INDIRECT, "that the ministry had sold the bridge to a scrap dealer");
  say(r, "copy", 3, 5, "deny", HSY_INDIRECT, "that the ministry had sold the bridge to a scrap dealer");
}

static hsy_claim_mark mark(const char *id, hsy_claim_side side) {
  return (hsy_claim_mark){.id = hsy_str_of(id), .side = side};
}

static void correct(record *r, const hsy_claim_correction *corrections, int32_t count) {
  tell(r);
  r->input.corrections = corrections;
  r->input.correction_count = count;
  link_all(r);
}

static void the_story_is_one_claim(void **state) {
  (void)state;
  record r;
  correct(&r, NULL, 0);
  assert_int_equal(r.links.claims.len, 1);
  assert_string_equal(side_beside(&r, AGREES, SAYS), "for");
  assert_string_equal(side_beside(&r, DENIES, SAYS), "against");
  assert_string_equal(side_beside(&r, COPY, SAYS), "against");
}

static void a_statement_is_taken_out_with_all_its_reports(void **state) {
  (void)state;
  record r;
  hsy_claim_mark marks[] = {mark("rejects", 0), mark("says", HSY_SIDE_FOR), mark("denies", HSY_SIDE_AGAINST)};
  hsy_claim_correction none = {HSY_CLAIM_SIDE, HSY_SIDE_NONE, marks, 3};
  correct(&r, &none, 1);
  assert_int_equal(r.links.claims.len, 1);
  assert_string_equal(side_beside(&r, REJECTS, SAYS), "");
  assert_string_equal(side_beside(&r, COPY, SAYS), "");
  assert_string_equal(side_beside(&r, DENIES, SAYS), "against");
}

static void a_side_is_told_by_the_other_statements(void **state) {
  (void)state;
  record r;
  hsy_claim_mark marks[] = {mark("rejects", 0), mark("says", HSY_SIDE_FOR), mark("denies", HSY_SIDE_AGAINST)};
  hsy_claim_correction moved = {HSY_CLAIM_SIDE, HSY_SIDE_FOR, marks, 3};
  correct(&r, &moved, 1);
  assert_string_equal(side_beside(&r, REJECTS, SAYS), "for");
  /* The sides were the other way round when the person looked. */
  marks[1].side = HSY_SIDE_AGAINST;
  marks[2].side = HSY_SIDE_FOR;
  correct(&r, &moved, 1);
  assert_string_equal(side_beside(&r, REJECTS, SAYS), "against");
  /* The later of two counts. */
  marks[1].side = HSY_SIDE_FOR;
  marks[2].side = HSY_SIDE_AGAINST;
  hsy_claim_correction two[] = {moved, {HSY_CLAIM_SIDE, HSY_SIDE_AGAINST, marks, 3}};
  correct(&r, two, 2);
  assert_string_equal(side_beside(&r, REJECTS, SAYS), "against");
}

static void what_is_not_there_has_no_effect(void **state) {
  (void)state;
  record r;
  hsy_claim_mark gone[] = {mark("gone", 0), mark("says", HSY_SIDE_FOR)}, lost[] = {mark("says", 0), mark("lost", 0)};
  hsy_claim_correction both[] = {{HSY_CLAIM_SIDE, HSY_SIDE_NONE, gone, 2},
                                 {HSY_CLAIM_NOT_SAME, 0, lost, 2},
                                 {HSY_CLAIM_SIDE, HSY_SIDE_NONE, lost, 2}};
  correct(&r, both, 3);
  assert_int_equal(r.links.claims.len, 1);
  assert_string_equal(side_beside(&r, AGREES, SAYS), "for");
}

static void rows_are_known_by_their_words_after_another_reading(void **state) {
  (void)state;
  record r;
  hsy_claim_mark marks[] = {mark("older-reading", 0), mark("says", HSY_SIDE_FOR)};
  marks[0].document = HSY_S("d1");
  marks[0].words = HSY_S("that it had sold the harbour bridge to a scrap dealer");
  hsy_claim_correction none = {HSY_CLAIM_SIDE, HSY_SIDE_NONE, marks, 2};
  correct(&r, &none, 1);
  assert_string_equal(side_beside(&r, DENIES, SAYS), "");
  marks[0].document = HSY_S("d2"); /* the words of another article are others */
  correct(&r, &none, 1);
  assert_string_equal(side_beside(&r, DENIES, SAYS), "against");
}

static void what_is_not_the_same_is_parted(void **state) {
  (void)state;
  record r;
  hsy_claim_mark marks[] = {mark("says", 0), mark("denies", 0)};
  hsy_claim_correction apart = {HSY_CLAIM_NOT_SAME, HSY_SIDE_NONE, marks, 2};
  correct(&r, &apart, 1);
  assert_string_equal(side_beside(&r, DENIES, SAYS), "");
  for (ptrdiff_t i = 0; i < r.links.claims.len; i++)
    assert_true(r.links.claims.data[i].pro.len + r.links.claims.data[i].con.len > 1);
}

static void one_statement_alone_is_no_claim(void **state) {
  (void)state;
  record r;
  hsy_claim_mark marks[] = {mark("denies", 0), mark("says", HSY_SIDE_FOR)};
  hsy_claim_correction none = {HSY_CLAIM_SIDE, HSY_SIDE_NONE, marks, 2};
  correct(&r, &none, 1);
  for (ptrdiff_t i = 0; i < r.links.claims.len; i++) {
    const hsy_claim *c = &r.links.claims.data[i];
    assert_true(c->pro.len > 0); /* what has one side is for it */
    assert_true(c->con.len > 0 || r.links.statement_of[c->pro.data[0]] != r.links.statement_of[c->pro.data[1]]);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_story_is_one_claim),
      cmocka_unit_test(a_statement_is_taken_out_with_all_its_reports),
      cmocka_unit_test(a_side_is_told_by_the_other_statements),
      cmocka_unit_test(what_is_not_there_has_no_effect),
      cmocka_unit_test(rows_are_known_by_their_words_after_another_reading),
      cmocka_unit_test(what_is_not_the_same_is_parted),
      cmocka_unit_test(one_statement_alone_is_no_claim),
  };
  return cmocka_run_group_tests(tests, load, unload);
}

/* Who may ask: names, sites, tokens. */
#include "server/guard.h"

#include <arpa/inet.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void names(void **state) {
  (void)state;
  static const struct {
    const char *host;
    bool loopback_only, beyond;
  } CASES[] = {
      {"localhost", true, true},
      {"LocalHost:80", true, true},
      {"127.0.0.1:7480", true, true},
      {"127.1.2.3", true, true},
      {"[::1]", true, true},
      {"[::1]:7480", true, true},
      {"[::ffff:127.0.0.1]", true, true},
      {"192.168.0.4:80", false, true},
      {"[2001:db8::1]", false, true},
      {"desk.example", true, true},
      {"desk.example.", false, false},
      {"evil.example", false, false},
      {"desk.example.evil", false, false},
      {"127.0.0.1.evil", false, false},
      {"", false, false},
      {":80", false, false},
      {"[::1", false, false},
      {"[::1]x", false, false},
      {"localhost:8a", false, false},
      {"0x7f.1", false, false},
      {"2130706433", false, false},
      {"localhost, evil", false, false},
      {"a@localhost", false, false},
  };
  for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
    if (hsy_guard_host(CASES[i].host, true, "desk.example") != CASES[i].loopback_only ||
        hsy_guard_host(CASES[i].host, false, "desk.example") != CASES[i].beyond)
      fail_msg("%s", CASES[i].host);
  }
  assert_false(hsy_guard_host(NULL, false, NULL));
  assert_false(hsy_guard_host("desk.example", false, NULL));
}

static void addresses(void **state) {
  (void)state;
  struct sockaddr_in four = {.sin_family = AF_INET};
  struct sockaddr_in6 six = {.sin6_family = AF_INET6, .sin6_addr = IN6ADDR_LOOPBACK_INIT};
  assert_false(hsy_guard_loopback((struct sockaddr *)&four)); /* 0.0.0.0: everybody */
  four.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  assert_true(hsy_guard_loopback((struct sockaddr *)&four));
  assert_true(hsy_guard_loopback((struct sockaddr *)&six));
  six.sin6_addr = in6addr_any;
  assert_false(hsy_guard_loopback((struct sockaddr *)&six));
}

static void sites(void **state) {
  (void)state;
  const char *host = "127.0.0.1:7480";
  assert_true(hsy_guard_own(NULL, NULL, host)); /* no browser */
  assert_true(hsy_guard_own("http://127.0.0.1:7480", "same-origin", host));
  assert_true(hsy_guard_own("http://127.0.0.1:7480", NULL, host));
  assert_false(hsy_guard_own("http://127.0.0.1:7481", NULL, host));
  assert_false(hsy_guard_own("http://127.0.0.1:7480", "cross-site", host));
  assert_false(hsy_guard_own("http://127.0.0.1:7480", "same-site", host));
  assert_false(hsy_guard_own("https://evil.example", NULL, host));
  assert_false(hsy_guard_own("null", NULL, host));
  assert_false(hsy_guard_own("http://127.0.0.1:7480", NULL, NULL));
  assert_true(hsy_guard_foreign_read("cross-site"));
  assert_false(hsy_guard_foreign_read("same-origin"));
  assert_false(hsy_guard_foreign_read("none"));
  assert_false(hsy_guard_foreign_read(NULL));
}

static void tokens(void **state) {
  (void)state;
  assert_true(hsy_guard_same("abc", "abc"));
  assert_false(hsy_guard_same("ab", "abc"));
  assert_false(hsy_guard_same("abcd", "abc"));
  assert_false(hsy_guard_same("", "abc"));
  assert_false(hsy_guard_same(NULL, "abc"));
  assert_false(hsy_guard_same("abc", NULL));
  assert_string_equal(hsy_guard_bearer("bearer  t0k"), "t0k");
  assert_null(hsy_guard_bearer("Basic t0k"));
  assert_null(hsy_guard_bearer(NULL));
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(names), cmocka_unit_test(addresses), cmocka_unit_test(sites),
                                     cmocka_unit_test(tokens)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}

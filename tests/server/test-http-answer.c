/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "http-client.h"
#include "http-kit.h"

#include <string.h>

#define LOGO(fields) "GET /api/v1/organisation/logo HTTP/1.1\r\n" HTTP_HOST fields "\r\n"
#define CODE "POST /api/v1/login/code HTTP/1.1\r\n" HTTP_HOST "\r\n"

static void
assert_field (const HttpAnswer *answer, const char *name, const char *value)
{
  g_autofree char *found = http_answer_field (answer, name);

  g_assert_cmpstr (found, ==, value);
}

static void
test_fields (void)
{
  static const char *const requests[] = { HTTP_GET ("/api/v1/version"), HTTP_GET ("/nowhere"),
                                          "DELETE /api/v1/session HTTP/1.1\r\n" HTTP_HOST "\r\n", HTTP_GET ("//") };
  static const int statuses[] = { 200, 404, 204, 400 };
  g_autoptr (HttpKit) kit = http_kit_new ();

  http_kit_start (kit);
  for (guint i = 0; i < G_N_ELEMENTS (requests); i++)
    {
      g_auto (HttpAnswer) answer = http_ask (kit->port, requests[i]);
      g_autofree char *date = http_answer_field (&answer, "Date");

      g_assert_cmpint (answer.status, ==, statuses[i]);
      assert_field (&answer, "Cache-Control", "no-store");
      assert_field (&answer, "X-Content-Type-Options", "nosniff");
      assert_field (&answer, "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
      assert_field (&answer, "Server", NULL);
      assert_field (&answer, "Strict-Transport-Security", NULL);
      g_assert_true (g_str_has_suffix (date, " GMT"));
      g_assert_null (strstr (answer.head, "icrohttpd"));
    }
}

static void
test_kinds (void)
{
  g_autoptr (HttpKit) kit = http_kit_new ();
  g_auto (HttpAnswer) full = { 0 };
  g_auto (HttpAnswer) same = { 0 };
  g_auto (HttpAnswer) none = { 0 };

  http_kit_start (kit);
  full = http_ask (kit->port, LOGO (""));
  g_assert_cmpint (full.status, ==, 200);
  g_assert_cmpstr (full.body, ==, "logo");
  assert_field (&full, "ETag", "\"v1\"");
  assert_field (&full, "Content-Type", "application/json");
  assert_field (&full, "Cache-Control", "max-age=3600");

  same = http_ask (kit->port, LOGO ("If-None-Match: \"v1\"\r\n"));
  g_assert_cmpint (same.status, ==, 304);
  g_assert_cmpstr (same.body, ==, "");
  assert_field (&same, "ETag", "\"v1\"");
  assert_field (&same, "Cache-Control", "max-age=3600");

  none = http_ask (kit->port, "DELETE /api/v1/session HTTP/1.1\r\n" HTTP_HOST "\r\n");
  g_assert_cmpint (none.status, ==, 204);
  assert_field (&none, "Content-Length", NULL);
  assert_field (&none, "Content-Type", NULL);
}

static void
test_problem (void)
{
  g_autoptr (HttpKit) kit = http_kit_new ();
  g_auto (HttpAnswer) answer = { 0 };

  cp_error_details (kit->error)->tries_left = 2;
  http_kit_start (kit);
  answer = http_ask (kit->port, CODE);
  g_assert_cmpint (answer.status, ==, 403);
  assert_field (&answer, "Content-Type", "application/problem+json");
  assert_field (&answer, "Retry-After", NULL);
  g_assert_nonnull (strstr (answer.body, "\"type\":\"about:blank\""));
  g_assert_nonnull (strstr (answer.body, "\"code\":\"code-wrong\""));
  g_assert_nonnull (strstr (answer.body, "\"tries_left\":2"));
  g_assert_nonnull (strstr (answer.body, "\"id\":\""));
  g_assert_null (strstr (answer.body, HTTP_KIT_SECRET));
}

static void
test_retry_and_challenge (void)
{
  g_autoptr (HttpKit) kit = http_kit_new ();
  g_auto (HttpAnswer) later = { 0 };
  g_auto (HttpAnswer) nobody = { 0 };

  http_kit_start (kit);
  kit->error->code = CP_ERROR_THROTTLED;
  cp_error_details (kit->error)->wait_seconds = 17;
  later = http_ask (kit->port, CODE);
  g_assert_cmpint (later.status, ==, 429);
  assert_field (&later, "Retry-After", "17");
  kit->error->code = CP_ERROR_UNAUTHENTICATED;
  nobody = http_ask (kit->port, CODE);
  g_assert_cmpint (nobody.status, ==, 401);
  assert_field (&nobody, "WWW-Authenticate", "Bearer");
  assert_field (&nobody, "Retry-After", NULL);
}

/* What went wrong inside is for the log, under the id that the person can read out. */
static void
test_internal (void)
{
  g_autoptr (HttpKit) kit = http_kit_new ();
  g_auto (HttpAnswer) answer = { 0 };

  http_kit_start (kit);
  g_test_expect_message ("cpd-http", G_LOG_LEVEL_WARNING, "???????????? internal error: " HTTP_KIT_SECRET);
  answer = http_ask (kit->port, HTTP_GET ("/api/v1/invitations"));
  g_test_assert_expected_messages ();
  g_assert_cmpint (answer.status, ==, 500);
  g_assert_nonnull (strstr (answer.body, "\"code\":\"internal\""));
  g_assert_null (strstr (answer.body, HTTP_KIT_SECRET));
}

static void
test_big (void)
{
  g_autoptr (HttpKit) kit = http_kit_new ();
  g_auto (HttpAnswer) answer = { 0 };

  kit->big = 3 * 1024 * 1024;
  http_kit_start (kit);
  answer = http_ask (kit->port, HTTP_GET (HTTP_KIT_BIG));
  g_assert_cmpint (answer.status, ==, 200);
  g_assert_cmpuint (strlen (answer.body), ==, kit->big);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/http/answer/fields", test_fields);
  g_test_add_func ("/http/answer/kinds", test_kinds);
  g_test_add_func ("/http/answer/problem", test_problem);
  g_test_add_func ("/http/answer/retry-and-challenge", test_retry_and_challenge);
  g_test_add_func ("/http/answer/internal", test_internal);
  g_test_add_func ("/http/answer/big", test_big);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "cp-error.h"
#include "cp-session.h"
#include "cpa-answer.h"

static gpointer
read_answer (guint status, const char *type, const char *text, const char *retry_after, GError **error)
{
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));
  CpaAnswer answer = { status, type, retry_after, body };

  return cpa_answer_read (&answer, &cp_version_record, error);
}

static void
test_record (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CpVersion) version =
      read_answer (200, "application/json", "{\"api_min\":1,\"api_max\":3,\"of a newer server\":[]}", NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpint (version->api_max, ==, 3);
}

static void
test_nothing (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (read_answer (204, NULL, "", NULL, &error));
  g_assert_no_error (error);
}

/* A page of something in between does not say that a change was made. */
static void
test_nothing_expected (void)
{
  g_autoptr (GBytes) body = g_bytes_new_static ("{}", 2);
  const CpaAnswer page = { 200, "text/html", NULL, body };
  const CpaAnswer record = { 200, "application/json", NULL, body };
  g_autoptr (GError) error = NULL;

  g_assert_null (cpa_answer_read (&record, NULL, &error));
  g_assert_no_error (error);
  g_assert_null (cpa_answer_read (&page, NULL, &error));
  g_assert_error (error, CP_ERROR, CP_ERROR_NO_ANSWER);
}

typedef struct
{
  guint status;
  const char *type;
  const char *text;
  CpErrorCode code;
} Case;

static const Case cases[] = {
  { 200, "text/html", "<html>", CP_ERROR_NO_ANSWER },
  { 200, "application/json", "{\"api_min\":1", CP_ERROR_BAD_ANSWER },
  { 200, "application/json", "{\"api_min\":1}", CP_ERROR_BAD_ANSWER },
  { 200, "application/json", "", CP_ERROR_BAD_ANSWER },
  /* Of something in between: nobody is logged out for it, nothing is gone, and what was asked may have been done. */
  { 302, "text/html", "", CP_ERROR_NO_ANSWER },
  { 401, NULL, "", CP_ERROR_NO_ANSWER },
  { 401, "text/html", "<html>", CP_ERROR_NO_ANSWER },
  { 403, "text/html", "<html>", CP_ERROR_NO_ANSWER },
  { 404, NULL, "", CP_ERROR_NO_ANSWER },
  { 404, "text/html", "<html>", CP_ERROR_NO_ANSWER },
  { 404, "application/json", "{\"code\":\"not-found\"}", CP_ERROR_NO_ANSWER },
  { 404, "application/problem+json", "{\"type\":\"about:blank\",\"title\":\"x\",\"status\":404}", CP_ERROR_NO_ANSWER },
  { 409, "text/html", "<html>", CP_ERROR_NO_ANSWER },
  { 410, "text/html", "<html>", CP_ERROR_NO_ANSWER },
  { 412, "text/html", "<html>", CP_ERROR_NO_ANSWER },
  { 413, "text/html", "<html>", CP_ERROR_NO_ANSWER },
  { 502, "text/html", "<html>", CP_ERROR_NO_ANSWER },
  { 503, "text/html", "<html>", CP_ERROR_NO_ANSWER },
  { 504, "text/html", "<html>", CP_ERROR_NO_ANSWER },
  { 500, "text/html", "<html>", CP_ERROR_NO_ANSWER },
  { 429, NULL, "", CP_ERROR_NO_ANSWER },
  { 401, "application/problem+json",
    "{\"type\":\"about:blank\",\"title\":\"x\",\"status\":401,\"code\":\"login-failed\"}", CP_ERROR_LOGIN_FAILED },
  { 404, "application/problem+json", "{\"type\":\"about:blank\",\"title\":\"x\",\"status\":404,\"code\":\"not-found\"}",
    CP_ERROR_NOT_FOUND },
  { 404, "application/problem+json",
    "{\"type\":\"about:blank\",\"title\":\"x\",\"status\":404,\"code\":\"of a newer server\"}", CP_ERROR_NOT_FOUND },
  { 401, "application/problem+json",
    "{\"type\":\"about:blank\",\"title\":\"x\",\"status\":401,\"code\":\"of a newer server\"}",
    CP_ERROR_UNAUTHENTICATED },
  { 503, "application/problem+json",
    "{\"type\":\"about:blank\",\"title\":\"x\",\"status\":503,\"code\":\"of a newer server\"}", CP_ERROR_BUSY },
  { 418, "application/problem+json",
    "{\"type\":\"about:blank\",\"title\":\"x\",\"status\":418,\"code\":\"of a newer server\"}", CP_ERROR_BAD_ANSWER },
  /* Only the app itself may say so. */
  { 400, "application/problem+json",
    "{\"type\":\"about:blank\",\"title\":\"x\",\"status\":400,\"code\":\"bad-certificate\"}", CP_ERROR_BAD_ANSWER },
};

static void
test_errors (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (read_answer (cases[i].status, cases[i].type, cases[i].text, NULL, &error));
      g_test_message ("case %zu", i);
      g_assert_error (error, CP_ERROR, (int) cases[i].code);
    }
}

static void
test_details (void)
{
  g_autoptr (GError) error = NULL;
  CpErrorDetails *details;

  read_answer (422, "application/problem+json",
               "{\"type\":\"about:blank\",\"title\":\"x\",\"status\":422,\"code\":\"code-wrong\",\"tries_left\":2,"
               "\"id\":\"abc\",\"until\":\"2026-03-03T14:00:00Z\"}",
               "30", &error);
  g_assert_error (error, CP_ERROR, CP_ERROR_CODE_WRONG);
  details = cp_error_details (error);
  g_assert_cmpint (details->tries_left, ==, 2);
  g_assert_cmpstr (details->id, ==, "abc");
  g_assert_cmpint (details->until, >, 0);
  g_assert_cmpint (details->wait_seconds, ==, 30);
}

static void
test_silly_retry_after (void)
{
  g_autoptr (GError) error = NULL;

  read_answer (503, NULL, "", "99999999999", &error);
  g_assert_cmpint (cp_error_details (error)->wait_seconds, ==, 0);
}

static void
test_network_errors (void)
{
  static const struct
  {
    GQuark (*domain) (void);
    int from;
    int to;
  } rows[] = {
    { g_io_error_quark, G_IO_ERROR_TIMED_OUT, CP_ERROR_TIMEOUT },
    { g_io_error_quark, G_IO_ERROR_CONNECTION_REFUSED, CP_ERROR_UNREACHABLE },
    { g_io_error_quark, G_IO_ERROR_NETWORK_UNREACHABLE, CP_ERROR_NO_NETWORK },
    { g_tls_error_quark, G_TLS_ERROR_BAD_CERTIFICATE, CP_ERROR_BAD_CERTIFICATE },
    { g_tls_error_quark, G_TLS_ERROR_NOT_TLS, CP_ERROR_UNREACHABLE },
    /* It was sent by then, for all that one knows. */
    { g_tls_error_quark, G_TLS_ERROR_EOF, CP_ERROR_NO_ANSWER },
    { g_io_error_quark, G_IO_ERROR_CONNECTION_CLOSED, CP_ERROR_NO_ANSWER },
    { g_io_error_quark, G_IO_ERROR_PARTIAL_INPUT, CP_ERROR_NO_ANSWER },
    { g_resolver_error_quark, G_RESOLVER_ERROR_NOT_FOUND, CP_ERROR_UNREACHABLE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) from = g_error_new_literal (rows[i].domain (), rows[i].from, "x");
      g_autoptr (GError) to = cpa_answer_network_error (from, 0);
      g_assert_error (to, CP_ERROR, rows[i].to);
    }
}

static void
test_cancelled_stays (void)
{
  g_autoptr (GError) from = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "x");
  g_autoptr (GError) to = cpa_answer_network_error (from, 0);

  g_assert_error (to, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/answer/record", test_record);
  g_test_add_func ("/answer/nothing", test_nothing);
  g_test_add_func ("/answer/nothing-expected", test_nothing_expected);
  g_test_add_func ("/answer/errors", test_errors);
  g_test_add_func ("/answer/details", test_details);
  g_test_add_func ("/answer/retry-after", test_silly_retry_after);
  g_test_add_func ("/answer/network", test_network_errors);
  g_test_add_func ("/answer/cancelled", test_cancelled_stays);
  return g_test_run ();
}

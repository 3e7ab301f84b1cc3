/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-http-status.h"

#include <string.h>

#include "cp-json.h"
#include "cp-session.h"

static CpTime
fixed_now (void)
{
  return 1000 * CP_TIME_SECOND;
}

static CpProblem *
problem_of (const CpdHttpStatus *status, GError *error)
{
  g_autoptr (GBytes) body = cpd_http_problem (status, error, "abc", NULL);
  g_autoptr (GError) json_error = NULL;
  gsize size;
  const char *text = g_bytes_get_data (body, &size);
  g_autoptr (JsonNode) node = cp_json_parse (text, size, CP_JSON_DEPTH, &json_error);
  CpProblem *problem = cp_record_from_json (&cp_problem_record, node, CP_RECORD_STRICT, &json_error);

  g_assert_no_error (json_error);
  g_assert_null (g_strstr_len (text, size, "for the log"));
  g_assert_cmpstr (problem->type, ==, "about:blank");
  g_assert_cmpstr (problem->id, ==, "abc");
  return problem;
}

static void
test_every_code (void)
{
  for (int code = 0; code < CP_ERROR_N_CODES; code++)
    {
      g_autoptr (GError) error = g_error_new_literal (CP_ERROR, code, "for the log");
      const CpdHttpStatus *status = cpd_http_status_of_error (code);
      g_autoptr (CpProblem) problem = problem_of (status, error);
      gboolean own = code < CP_ERROR_NO_NETWORK;

      g_test_message ("%s", cp_error_code_name (code));
      g_assert_cmpint (status->status, >=, own && code != CP_ERROR_INTERNAL ? 400 : 500);
      g_assert_cmpint (problem->status, ==, status->status);
      g_assert_cmpstr (problem->code, ==, own ? cp_error_code_name (code) : "internal");
      g_assert_cmpint (status->retry_after > 0, ==, status->status == 429 || status->status == 503);
    }
}

static void
test_every_refusal (void)
{
  for (int refusal = CPD_REFUSAL_NONE + 1; refusal < CPD_N_REFUSALS; refusal++)
    {
      g_autoptr (GError) error = cpd_http_refusal_error (refusal);
      g_autoptr (CpProblem) problem = problem_of (cpd_http_status_of_refusal (refusal), error);

      g_assert_cmpstr (problem->code, ==, cp_error_code_name (error->code));
      g_assert_cmpstr (problem->title, ==, error->message);
    }
}

static void
test_details (void)
{
  g_autoptr (GError) error = g_error_new_literal (CP_ERROR, CP_ERROR_CODES_LATER, "for the log");
  const CpdHttpStatus *status = cpd_http_status_of_error (error->code);
  g_autoptr (CpProblem) problem = NULL;

  cp_time_set_source (fixed_now);
  g_assert_cmpint (cpd_http_retry_after (status, error), ==, status->retry_after);
  cp_error_details (error)->until = fixed_now () + 90 * CP_TIME_SECOND + 1;
  cp_error_details (error)->tries_left = 2;
  cp_error_details (error)->field = g_strdup ("code");
  g_assert_cmpint (cpd_http_retry_after (status, error), ==, 91);
  cp_error_details (error)->until = fixed_now () - 1;
  g_assert_cmpint (cpd_http_retry_after (status, error), ==, status->retry_after);
  cp_error_details (error)->wait_seconds = 7;
  g_assert_cmpint (cpd_http_retry_after (status, error), ==, 7);
  problem = problem_of (status, error);
  g_assert_cmpint (problem->tries_left, ==, 2);
  g_assert_cmpint (problem->wait_seconds, ==, 7);
  g_assert_cmpstr (problem->field, ==, "code");
  cp_time_set_source (NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/http/status/every-code", test_every_code);
  g_test_add_func ("/http/status/every-refusal", test_every_refusal);
  g_test_add_func ("/http/status/details", test_details);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cp-error.h"
#include "cpa-account.h"

/* A door behind which answers lie ready, and that remembers what came. */
#define TEST_TYPE_API (test_api_get_type ())
G_DECLARE_FINAL_TYPE (TestApi, test_api, TEST, API, CpaApi)

struct _TestApi
{
  CpaApi parent_instance;

  char *token;         /* (owned) (nullable): as set now */
  CpRouteId route;     /* of the last call */
  char *token_at_call; /* (owned) (nullable) */
  gboolean refresh;
  CpLoginRequest *login; /* (owned) (nullable) */
  CpLoginAnswer *answer; /* (owned) (nullable): the next answer */
  CpErrorCode error;     /* instead of it, when answer is NULL */
};

G_DEFINE_FINAL_TYPE (TestApi, test_api, CPA_TYPE_API)

static void
test_api_call_async (CpaApi *api, const CpaCall *call, GCancellable *cancellable, GAsyncReadyCallback callback,
                     gpointer user_data)
{
  TestApi *self = TEST_API (api);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  self->route = call->route;
  self->refresh = call->refresh;
  g_free (self->token_at_call);
  self->token_at_call = g_strdup (self->token);
  if (call->route == CP_ROUTE_LOGIN)
    {
      g_clear_pointer (&self->login, cp_login_request_free);
      self->login = cp_record_copy (&cp_login_request_record, call->body);
    }
  if (call->answer_type == NULL)
    g_task_return_pointer (task, NULL, NULL);
  else if (self->answer == NULL)
    g_task_return_new_error (task, CP_ERROR, (int) self->error, "as asked");
  else
    g_task_return_pointer (task, g_steal_pointer (&self->answer), (GDestroyNotify) cp_login_answer_free);
}

static gpointer
test_api_call_finish (CpaApi *api, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
test_api_set_token (CpaApi *api, const char *token)
{
  TestApi *self = TEST_API (api);

  g_free (self->token);
  self->token = g_strdup (token);
}

static void
test_api_finalize (GObject *object)
{
  TestApi *self = TEST_API (object);

  g_free (self->token);
  g_free (self->token_at_call);
  g_clear_pointer (&self->login, cp_login_request_free);
  g_clear_pointer (&self->answer, cp_login_answer_free);
  G_OBJECT_CLASS (test_api_parent_class)->finalize (object);
}

static void
test_api_class_init (TestApiClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = test_api_finalize;
  CPA_API_CLASS (klass)->call_async = test_api_call_async;
  CPA_API_CLASS (klass)->call_finish = test_api_call_finish;
  CPA_API_CLASS (klass)->set_token = test_api_set_token;
}

static void
test_api_init (TestApi *self)
{
}

typedef struct
{
  TestApi *api;         /* (owned) */
  CpaAccount *account;  /* (owned) */
  GAsyncResult *result; /* (owned) (nullable) */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CpOrganisation) organisation = cp_organisation_new ();

  organisation->id = g_strdup ("AAAAAAAAAAAAAAAAAAAAAA");
  organisation->name = g_strdup ("De Linde");
  organisation->time_zone = g_strdup ("Europe/Amsterdam");
  fixture->api = g_object_new (TEST_TYPE_API, NULL);
  fixture->account = cpa_account_new (CPA_API (fixture->api), organisation, "delinde.example");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->result);
  g_clear_object (&fixture->account);
  g_clear_object (&fixture->api);
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fixture *fixture = user_data;
  fixture->result = g_object_ref (result);
}

static void
wait_for (Fixture *fixture)
{
  while (fixture->result == NULL)
    g_main_context_iteration (NULL, TRUE);
}

static CpLoginAnswer *
finish (Fixture *fixture, GError **error)
{
  CpLoginAnswer *answer;

  wait_for (fixture);
  answer = cpa_account_next_finish (fixture->account, fixture->result, error);
  g_clear_object (&fixture->result);
  return answer;
}

static void
lay_ready (Fixture *fixture, CpNext next, const char *token)
{
  fixture->api->answer = cp_login_answer_new ();
  fixture->api->answer->next = (int) next;
  fixture->api->answer->token = g_strdup (token);
}

static CpLoginAnswer *
log_in (Fixture *fixture, gboolean shared, GError **error)
{
  cpa_account_login_async (fixture->account, "M.deBruin", "geheim", "nl", shared, NULL, done_cb, fixture);
  return finish (fixture, error);
}

static void
test_token_follows_each_step (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CpLoginAnswer) first = NULL;
  g_autoptr (CpLoginAnswer) again = NULL;
  g_autoptr (CpLoginAnswer) last = NULL;

  lay_ready (fixture, CP_NEXT_VERIFY_DEVICE, "pending");
  first = log_in (fixture, TRUE, NULL);
  g_assert_cmpint (first->next, ==, CP_NEXT_VERIFY_DEVICE);
  g_assert_cmpstr (fixture->api->token, ==, "pending");
  g_assert_true (fixture->api->login->shared);
  g_assert_null (fixture->api->login->device_token);

  lay_ready (fixture, CP_NEXT_VERIFY_DEVICE, NULL);
  cpa_account_challenge_async (fixture->account, NULL, done_cb, fixture);
  again = finish (fixture, NULL);
  g_assert_nonnull (again);
  g_assert_cmpstr (fixture->api->token, ==, "pending");

  lay_ready (fixture, CP_NEXT_IN, "full");
  cpa_account_code_async (fixture->account, "123456", CP_STEP_SMS, NULL, done_cb, fixture);
  last = finish (fixture, NULL);
  g_assert_cmpint (last->next, ==, CP_NEXT_IN);
  g_assert_cmpstr (fixture->api->token_at_call, ==, "pending");
  g_assert_cmpstr (fixture->api->token, ==, "full");
}

/* Who logs in anew does so without what was left of somebody else's session. */
static void
test_login_starts_without_token (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  cpa_api_set_token (CPA_API (fixture->api), "of somebody else");
  fixture->api->error = CP_ERROR_LOGIN_FAILED;
  g_assert_null (log_in (fixture, TRUE, &error));
  g_assert_error (error, CP_ERROR, CP_ERROR_LOGIN_FAILED);
  g_assert_null (fixture->api->token_at_call);
  g_assert_null (fixture->api->token);
}

static void
test_logout_forgets_at_once (Fixture *fixture, gconstpointer data)
{
  cpa_api_set_token (CPA_API (fixture->api), "full");
  cpa_account_logout_async (fixture->account, 5, done_cb, fixture);
  g_assert_null (fixture->api->token);
  wait_for (fixture);
  cpa_account_logout_finish (fixture->account, fixture->result);
  g_assert_cmpint (fixture->api->route, ==, CP_ROUTE_LOGOUT);
  g_assert_cmpstr (fixture->api->token_at_call, ==, "full");
}

static void
ended_cb (CpaApi *api, const GError *error, int *count)
{
  g_assert_error (error, CP_ERROR, CP_ERROR_SESSION_ENDED_ELSEWHERE);
  (*count)++;
}

static void
test_session_end_is_told (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  int count = 0;

  g_signal_connect (fixture->api, "session-ended", G_CALLBACK (ended_cb), &count);
  fixture->api->error = CP_ERROR_SESSION_ENDED_ELSEWHERE;
  cpa_account_session_async (fixture->account, TRUE, NULL, done_cb, fixture);
  wait_for (fixture);
  g_assert_null (cpa_account_session_finish (fixture->account, fixture->result, &error));
  g_assert_true (fixture->api->refresh);
  g_assert_cmpint (count, ==, 1);
}

#define ADD(path, func) g_test_add ("/account/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("token", test_token_follows_each_step);
  ADD ("login", test_login_starts_without_token);
  ADD ("logout", test_logout_forgets_at_once);
  ADD ("session-end", test_session_end_is_told);
  return g_test_run ();
}

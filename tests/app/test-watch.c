/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one question that is open while somebody is in: what it tells, and that it comes back, neither too soon nor too
 * often. */
#include "cp-error.h"
#include "cp-session.h"
#include "cpa-watch.h"

/* A door that keeps questions for changes until a test answers them. */
#define TEST_TYPE_API (test_api_get_type ())
G_DECLARE_FINAL_TYPE (TestApi, test_api, TEST, API, CpaApi)

struct _TestApi
{
  CpaApi parent_instance;

  GTask *open; /* (owned) (nullable): the question that waits */
  char *query; /* (owned) (nullable): of the last one */
  guint asked; /* questions for changes */
  guint cancelled;
  gboolean marked;   /* the last one said that it waits, and that the app asks by itself */
  gboolean ready;    /* to answer each at once */
  CpErrorCode error; /* or with this, when it is not 0 */
  int wait_seconds;  /* that it says */
  GTask *password;   /* (owned) (nullable): a change of the password under way */
};

G_DEFINE_FINAL_TYPE (TestApi, test_api, CPA_TYPE_API)

static CpChanges *
changes_new (const char *cursor, gboolean reset, guint topics)
{
  CpChanges *changes = cp_changes_new ();

  changes->cursor = g_strdup (cursor);
  changes->reset = reset;
  changes->topics = topics;
  return changes;
}

static void
answer (TestApi *self, CpChanges *changes)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->open);

  g_assert_nonnull (task);
  g_task_return_pointer (task, changes, (GDestroyNotify) cp_changes_free);
}

static void
fail (TestApi *self, CpErrorCode code)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->open);
  GError *error = g_error_new_literal (CP_ERROR, (int) code, "as asked");

  cp_error_details (error)->wait_seconds = self->wait_seconds;
  g_task_return_error (task, error);
}

static void
cancelled_cb (GCancellable *cancellable, TestApi *self)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->open);

  if (task == NULL)
    return;
  self->cancelled++;
  g_task_return_error_if_cancelled (task);
}

static void
test_api_call_async (CpaApi *api, const CpaCall *call, GCancellable *cancellable, GAsyncReadyCallback callback,
                     gpointer user_data)
{
  TestApi *self = TEST_API (api);
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  if (call->route == CP_ROUTE_PASSWORD)
    {
      self->password = task;
      return;
    }
  g_assert_cmpint (call->route, ==, CP_ROUTE_CHANGES);
  g_assert_null (self->open); /* one at a time */
  self->asked++;
  self->marked = call->refresh && call->waits;
  g_free (self->query);
  self->query = g_strdup (call->query);
  self->open = task;
  g_signal_connect_object (cancellable, "cancelled", G_CALLBACK (cancelled_cb), self, 0);
  if (self->error != 0)
    fail (self, self->error);
  else if (self->ready)
    answer (self, changes_new ("c", FALSE, CP_TOPIC_MEMBERS));
}

static gpointer
test_api_call_finish (CpaApi *api, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
test_api_finalize (GObject *object)
{
  TestApi *self = TEST_API (object);

  g_clear_object (&self->open);
  g_clear_object (&self->password);
  g_free (self->query);
  G_OBJECT_CLASS (test_api_parent_class)->finalize (object);
}

static void
test_api_class_init (TestApiClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = test_api_finalize;
  CPA_API_CLASS (klass)->call_async = test_api_call_async;
  CPA_API_CLASS (klass)->call_finish = test_api_call_finish;
}

static void
test_api_init (TestApi *self)
{
}

static gint64 has_slept;

static gint64
test_slept (void)
{
  return has_slept;
}

static const CpaWatchPace pace = { .between = 40,
                                   .first = 40,
                                   .most = 160,
                                   .tick = 20,
                                   .settle = 300,
                                   .slept = test_slept };

typedef struct
{
  TestApi *api;        /* (owned) */
  CpaAccount *account; /* (owned) */
  CpaWatch *watch;     /* (owned) */
  guint told;          /* how often */
  guint topics;        /* the last ones */
  guint back;          /* how often */
} Fixture;

static void
changed_cb (CpaWatch *watch, guint topics, Fixture *fixture)
{
  fixture->told++;
  fixture->topics = topics;
}

static void
back_cb (CpaWatch *watch, Fixture *fixture)
{
  fixture->back++;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  CpOrganisation organisation = { .name = (char *) "De Linde" };

  fixture->api = g_object_new (TEST_TYPE_API, NULL);
  fixture->account = cpa_account_new (CPA_API (fixture->api), &organisation, "delinde.example");
  fixture->watch = cpa_watch_new (fixture->account, &pace);
  g_signal_connect (fixture->watch, "changed", G_CALLBACK (changed_cb), fixture);
  g_signal_connect (fixture->watch, "back", G_CALLBACK (back_cb), fixture);
  cpa_watch_start (fixture->watch);
}

static void
run_for (guint milliseconds)
{
  gint64 end = g_get_monotonic_time () + milliseconds * G_TIME_SPAN_MILLISECOND;

  while (g_get_monotonic_time () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (500);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  cpa_watch_stop (fixture->watch);
  run_for (10); /* what was cancelled comes back */
  g_assert_finalize_object (fixture->watch);
  g_clear_object (&fixture->account);
  g_clear_object (&fixture->api);
}

/* Until the next question is open; how many milliseconds that took. */
static guint
wait_for_question (Fixture *fixture)
{
  gint64 begin = g_get_monotonic_time ();
  guint before = fixture->api->asked;

  while (fixture->api->asked == before && g_get_monotonic_time () - begin < 5 * G_USEC_PER_SEC)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (500);
  g_assert_cmpint (fixture->api->asked, ==, before + 1);
  return (guint) ((g_get_monotonic_time () - begin) / G_TIME_SPAN_MILLISECOND);
}

static void
test_tells (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpint (fixture->api->asked, ==, 1);
  g_assert_null (fixture->api->query);
  g_assert_true (fixture->api->marked);
  answer (fixture->api, changes_new ("a-b_c", TRUE, 0));
  wait_for_question (fixture);
  g_assert_cmpint (fixture->told, ==, 1);
  g_assert_cmpint (fixture->topics, ==, CP_TOPIC_ALL);
  g_assert_cmpstr (fixture->api->query, ==, "since=a-b_c");
  answer (fixture->api, changes_new ("d", FALSE, 0));
  wait_for_question (fixture);
  g_assert_cmpint (fixture->told, ==, 1);
  g_assert_cmpstr (fixture->api->query, ==, "since=d");
  answer (fixture->api, changes_new ("e", FALSE, CP_TOPIC_RIGHTS | CP_TOPIC_SESSION));
  wait_for_question (fixture);
  g_assert_cmpint (fixture->told, ==, 2);
  g_assert_cmpint (fixture->topics, ==, CP_TOPIC_RIGHTS | CP_TOPIC_SESSION);
}

/* A server that always has something new at once. */
static void
test_does_not_spin (Fixture *fixture, gconstpointer data)
{
  fixture->api->ready = TRUE;
  answer (fixture->api, changes_new ("a", FALSE, 0));
  run_for (400);
  g_assert_cmpint (fixture->api->asked, <=, 400 / 40 + 2);
  g_assert_cmpint (fixture->api->asked, >=, 3);
}

/* Longer each time, up to a limit; and it comes back, at the same place. */
static void
test_the_server_is_gone (Fixture *fixture, gconstpointer data)
{
  guint waited;

  answer (fixture->api, changes_new ("a", FALSE, 0));
  wait_for_question (fixture);
  for (int i = 0; i < 6; i++)
    {
      fail (fixture->api, CP_ERROR_UNREACHABLE);
      waited = wait_for_question (fixture);
      g_assert_cmpint (waited, >=, MIN (40 << i, 160) / 2 - 2);
    }
  fixture->api->error = CP_ERROR_NO_NETWORK;
  fail (fixture->api, CP_ERROR_NO_NETWORK);
  fixture->api->asked = 0;
  run_for (800);
  g_assert_cmpint (fixture->api->asked, <=, 800 / 80 + 1);
  g_assert_cmpint (fixture->api->asked, >=, 1);
  fixture->api->error = 0;
  wait_for_question (fixture);
  g_assert_cmpstr (fixture->api->query, ==, "since=a");
  answer (fixture->api, changes_new ("b", FALSE, CP_TOPIC_RIGHTS));
  waited = wait_for_question (fixture);
  g_assert_cmpint (fixture->told, ==, 1);
  fail (fixture->api, CP_ERROR_UNREACHABLE); /* from the beginning */
  g_assert_cmpint (wait_for_question (fixture), <, 40 * 3 / 2 + 60);
}

static void
test_waits_as_told (Fixture *fixture, gconstpointer data)
{
  fixture->api->wait_seconds = 1;
  fail (fixture->api, CP_ERROR_BUSY);
  g_assert_cmpint (wait_for_question (fixture), >=, 1000 - 2);
}

/* The open question was asked with the token that stops to count: its 401 must not throw anybody out. */
static void
test_another_password (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CpLoginAnswer) next = cp_login_answer_new ();

  answer (fixture->api, changes_new ("a", FALSE, 0));
  wait_for_question (fixture);
  cpa_account_password_async (fixture->account, "old", "new", NULL, NULL, NULL);
  g_assert_cmpint (fixture->api->cancelled, ==, 1);
  run_for (200);
  g_assert_null (fixture->api->open);
  next->token = g_strdup ("token");
  g_task_return_pointer (fixture->api->password, g_steal_pointer (&next), (GDestroyNotify) cp_login_answer_free);
  wait_for_question (fixture);
  g_assert_cmpstr (fixture->api->query, ==, "since=a");
}

static void
test_after_sleep_and_another_network (Fixture *fixture, gconstpointer data)
{
  GNetworkMonitor *monitor = g_network_monitor_get_default ();

  run_for (100);
  g_assert_cmpint (fixture->api->asked, ==, 1);
  has_slept += 60 * G_USEC_PER_SEC;
  wait_for_question (fixture);
  g_assert_cmpint (fixture->api->cancelled, ==, 1);
  run_for (100);
  g_signal_emit_by_name (monitor, "network-changed", FALSE);
  g_assert_cmpint (fixture->api->cancelled, ==, 1);
  g_signal_emit_by_name (monitor, "network-changed", TRUE);
  g_signal_emit_by_name (monitor, "network-changed", TRUE);
  wait_for_question (fixture);
  g_assert_cmpint (fixture->api->cancelled, ==, 2);
  run_for (100);
  g_assert_cmpint (fixture->api->asked, ==, 3);
}

/* What is in sight may be old by then: it is told once, when the first answer shows that there is a line, and that
 * answer need not wait for something new. */
static void
test_is_back (Fixture *fixture, gconstpointer data)
{
  answer (fixture->api, changes_new ("a", FALSE, 0));
  wait_for_question (fixture);
  g_assert_cmpint (fixture->back, ==, 0);
  has_slept += 60 * G_USEC_PER_SEC;
  wait_for_question (fixture);
  g_assert_null (fixture->api->query);
  fail (fixture->api, CP_ERROR_NO_NETWORK);
  wait_for_question (fixture);
  g_assert_null (fixture->api->query);
  g_assert_cmpint (fixture->back, ==, 0);
  answer (fixture->api, changes_new ("b", TRUE, 0));
  wait_for_question (fixture);
  g_assert_cmpint (fixture->back, ==, 1);
  answer (fixture->api, changes_new ("c", FALSE, 0));
  wait_for_question (fixture);
  g_assert_cmpint (fixture->back, ==, 1);
  g_signal_emit_by_name (g_network_monitor_get_default (), "network-changed", TRUE);
  wait_for_question (fixture);
  answer (fixture->api, changes_new ("d", TRUE, 0));
  wait_for_question (fixture);
  g_assert_cmpint (fixture->back, ==, 2);
}

/* The line of who has no network monitor that knows of it. */
static void
test_is_back_after_failures (Fixture *fixture, gconstpointer data)
{
  answer (fixture->api, changes_new ("a", FALSE, 0));
  wait_for_question (fixture);
  fail (fixture->api, CP_ERROR_UNREACHABLE);
  wait_for_question (fixture);
  fail (fixture->api, CP_ERROR_UNREACHABLE);
  wait_for_question (fixture);
  answer (fixture->api, changes_new ("b", FALSE, 0));
  wait_for_question (fixture);
  g_assert_cmpint (fixture->back, ==, 1);
  fail (fixture->api, CP_ERROR_BUSY);
  wait_for_question (fixture);
  answer (fixture->api, changes_new ("c", FALSE, 0));
  wait_for_question (fixture);
  g_assert_cmpint (fixture->back, ==, 1);
}

/* One change of Wi-Fi is several of the network, each with a line. */
static void
test_one_change_of_network (Fixture *fixture, gconstpointer data)
{
  answer (fixture->api, changes_new ("a", FALSE, 0));
  wait_for_question (fixture);
  fixture->api->ready = TRUE;
  for (int i = 0; i < 4; i++)
    {
      g_signal_emit_by_name (g_network_monitor_get_default (), "network-changed", TRUE);
      run_for (100);
      g_assert_cmpint (fixture->back, ==, 0);
      g_assert_cmpint (fixture->api->cancelled, ==, 0);
    }
  run_for (500);
  g_assert_cmpint (fixture->back, ==, 1);
}

/* Who was without a line waits for nothing then, and is told of it once. */
static void
test_line_comes_back (Fixture *fixture, gconstpointer data)
{
  answer (fixture->api, changes_new ("a", FALSE, 0));
  wait_for_question (fixture);
  for (int i = 0; i < 4; i++)
    {
      fail (fixture->api, CP_ERROR_UNREACHABLE);
      wait_for_question (fixture);
    }
  fail (fixture->api, CP_ERROR_UNREACHABLE);
  run_for (10);
  g_signal_emit_by_name (g_network_monitor_get_default (), "network-changed", TRUE);
  g_assert_cmpint (wait_for_question (fixture), <, 75);
  answer (fixture->api, changes_new ("b", FALSE, 0));
  wait_for_question (fixture);
  g_assert_cmpint (fixture->back, ==, 1);
  /* The question that is open goes by the line of before, but nothing is old for that. */
  g_signal_emit_by_name (g_network_monitor_get_default (), "network-changed", TRUE);
  wait_for_question (fixture);
  answer (fixture->api, changes_new ("c", FALSE, 0));
  wait_for_question (fixture);
  g_assert_cmpint (fixture->back, ==, 1);
}

static void
test_again (Fixture *fixture, gconstpointer data)
{
  answer (fixture->api, changes_new ("a", FALSE, CP_TOPIC_RIGHTS));
  wait_for_question (fixture);
  cpa_watch_again (fixture->watch);
  g_assert_cmpint (wait_for_question (fixture), >=, 40 / 2 - 2);
  g_assert_null (fixture->api->query);
}

static void
test_stops (Fixture *fixture, gconstpointer data)
{
  cpa_watch_stop (fixture->watch);
  g_assert_cmpint (fixture->api->cancelled, ==, 1);
  g_signal_emit_by_name (g_network_monitor_get_default (), "network-changed", TRUE);
  cpa_watch_again (fixture->watch);
  run_for (200);
  g_assert_cmpint (fixture->api->asked, ==, 1);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (Fixture *fixture, gconstpointer data);
  } tests[] = {
    { "/watch/tells", test_tells },
    { "/watch/does-not-spin", test_does_not_spin },
    { "/watch/the-server-is-gone", test_the_server_is_gone },
    { "/watch/waits-as-told", test_waits_as_told },
    { "/watch/another-password", test_another_password },
    { "/watch/after-sleep-and-another-network", test_after_sleep_and_another_network },
    { "/watch/is-back", test_is_back },
    { "/watch/is-back-after-failures", test_is_back_after_failures },
    { "/watch/one-change-of-network", test_one_change_of_network },
    { "/watch/line-comes-back", test_line_comes_back },
    { "/watch/again", test_again },
    { "/watch/stops", test_stops },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture-api.h"

#include <string.h>

#include "cp-changes.h"
#include "cp-start.h"
#include "fixture-attachment.h"
#include "fixture-file.h"
#include "fixture-period.h"

#define MANY 600

struct _FixtureApi
{
  CpaApi parent_instance;

  char *scenario;            /* (owned) (nullable) */
  FixtureTimeline *timeline; /* (owned) (nullable) */
  FixtureReading *reading;   /* (owned) (nullable) */
  char *query;               /* (owned) (nullable): of the last call about reports */
  CpRouteId failing;         /* CP_N_ROUTES for none */
  CpErrorCode failure;
  CpRouteId held;          /* whose answers wait, CP_N_ROUTES for none */
  GQueue waiting;          /* of Held (owned) */
  FixtureMembers *members; /* (owned) (nullable) */
  char *view_as;           /* (owned) (nullable): of the last call */
  guint view_parts;
  GString *sent; /* (owned): the body of the last call that had one */
  guint counts[CP_N_ROUTES];
  guint refreshes[CP_N_ROUTES]; /* of them, by the app itself */
  char *withdrawn;              /* (owned) (nullable): the item that is not there any more */
  GTask *changes;               /* (owned) (nullable): the question for them */
  guint topics;                 /* to be told */
};

G_DEFINE_FINAL_TYPE (FixtureApi, fixture_api, CPA_TYPE_API)

/* An answer that is ready, and waits. */
typedef struct
{
  GTask *task;
  CpRouteId route;
  const CpRecordType *type; /* (nullable): of record; without, that is bytes, or nothing */
  gpointer record;
} Held;

/* "years" has 100,000 cards of ten years, "seasons" 400 of two, any other scenario those of its dossier. */
static FixtureTimeline *
get_timeline (FixtureApi *self)
{
  CpaCall call = { .route = CP_ROUTE_DOSSIER };
  g_autofree char *path = fixture_file_choose (&call, self->scenario);
  g_autoptr (CpDossierPage) page = NULL;

  if (self->timeline != NULL)
    return self->timeline;
  page = fixture_file_read (&cp_dossier_page_record, path);
  self->timeline = g_strcmp0 (self->scenario, "years") == 0     ? fixture_timeline_new_years (page, 10, 100000)
                   : g_strcmp0 (self->scenario, "seasons") == 0 ? fixture_timeline_new_years (page, 2, 400)
                                                                : fixture_timeline_new_of (page);
  return self->timeline;
}

/* "many" has 600 reports, any other scenario those of its dossier. */
static FixtureReading *
get_reading (FixtureApi *self)
{
  CpaCall call = { .route = CP_ROUTE_DOSSIER };
  g_autofree char *path = fixture_file_choose (&call, self->scenario);
  g_autoptr (CpDossierPage) page = NULL;

  if (self->reading != NULL)
    return self->reading;
  page = fixture_file_read (&cp_dossier_page_record, path);
  self->reading = fixture_reading_new (page, g_strcmp0 (self->scenario, "many") == 0 ? MANY : 0);
  return self->reading;
}

/* Nobody gets it any more. */
static void
drop_record (Held *held)
{
  if (held->type != NULL)
    cp_record_free (held->type, held->record);
  else if (held->record != NULL)
    g_bytes_unref (held->record);
}

static void
held_free (Held *held)
{
  g_object_unref (held->task);
  g_free (held);
}

/* As the real door does: who asked hears of it, and nothing is left to release. */
static void
held_cancelled_cb (GCancellable *cancellable, FixtureApi *self)
{
  GList *next;

  for (GList *item = self->waiting.head; item != NULL; item = next)
    {
      Held *held = item->data;

      next = item->next;
      if (g_task_get_cancellable (held->task) != cancellable)
        continue;
      g_queue_delete_link (&self->waiting, item);
      g_task_return_error_if_cancelled (held->task);
      drop_record (held);
      held_free (held);
    }
}

/* Now, or when it is released. */
static void
give (FixtureApi *self, const CpaCall *call, GTask *task, gpointer record)
{
  Held *held;

  if (call->route != self->held)
    {
      g_task_return_pointer (task, record, NULL);
      return;
    }
  held = g_new0 (Held, 1);
  held->task = g_object_ref (task);
  held->route = call->route;
  held->type = call->answer_type;
  held->record = record;
  g_queue_push_tail (&self->waiting, held);
  if (g_task_get_cancellable (task) != NULL)
    g_signal_connect_object (g_task_get_cancellable (task), "cancelled", G_CALLBACK (held_cancelled_cb), self, 0);
}

/* FALSE when the call is about something else. */
static gboolean
answer_reading (FixtureApi *self, const CpaCall *call, GTask *task)
{
  gboolean of_plan =
      call->query != NULL && strstr (call->query, "plan=") != NULL && g_strcmp0 (self->scenario, "many") != 0;
  gpointer record = !of_plan ? fixture_reading_answer (get_reading (self), call) : NULL;

  if (record == NULL)
    return FALSE;
  give (self, call, task, record);
  return TRUE;
}

static gboolean
answer_timeline (FixtureApi *self, const CpaCall *call, GTask *task)
{
  if (call->route == CP_ROUTE_TIMELINE)
    g_task_return_pointer (task, fixture_timeline_counts (get_timeline (self)), NULL);
  else if (call->route == CP_ROUTE_DOSSIER && call->query != NULL && g_str_has_prefix (call->query, "month="))
    give (self, call, task, fixture_timeline_month (get_timeline (self), call->query));
  else if (call->route == CP_ROUTE_DOSSIER_ITEM_READ || call->route == CP_ROUTE_DOSSIER_READ)
    {
      if (call->route == CP_ROUTE_DOSSIER_READ)
        fixture_timeline_read_all (get_timeline (self));
      else
        {
          fixture_timeline_read (get_timeline (self), call->ids[1]);
          fixture_reading_read (get_reading (self), call->ids[1]);
        }
      g_task_return_pointer (task, NULL, NULL);
    }
  else
    return FALSE;
  return TRUE;
}

FixtureMembers *
fixture_api_get_members (FixtureApi *self)
{
  CpaCall call = { .route = CP_ROUTE_MEMBERS };
  g_autofree char *path = NULL;

  if (self->members != NULL)
    return self->members;
  path = fixture_file_choose (&call, self->scenario);
  self->members = fixture_members_new (fixture_file_read (&cp_member_list_record, path));
  return self->members;
}

const char *
fixture_api_get_view_as (FixtureApi *self)
{
  return self->view_as;
}

guint
fixture_api_get_view_parts (FixtureApi *self)
{
  return self->view_parts;
}

static void
cancelled_cb (GTask *task, GCancellable *cancellable)
{
  g_task_return_error_if_cancelled (task);
  /* The task holds the cancellable, and this handler the task. */
  g_signal_handlers_disconnect_by_func (cancellable, cancelled_cb, task);
}

static void
tell (FixtureApi *self)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->changes);
  CpChanges *changes = cp_changes_new ();

  changes->cursor = g_strdup ("cursor");
  changes->topics = self->topics;
  self->topics = 0;
  g_task_return_pointer (task, changes, (GDestroyNotify) cp_changes_free);
}

static void
stop_waiting_cb (GCancellable *cancellable, FixtureApi *self)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->changes);

  if (task != NULL)
    g_task_return_error_if_cancelled (task);
}

static void
fail (FixtureApi *self, GTask *task)
{
  g_task_return_new_error (task, CP_ERROR, (int) self->failure, "as the test wants it");
}

static void
fail_changes (FixtureApi *self)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->changes);

  if (task != NULL)
    fail (self, task);
}

static void
wait_for_changes (FixtureApi *self, GTask *task)
{
  g_set_object (&self->changes, task);
  g_signal_connect_object (g_task_get_cancellable (task), "cancelled", G_CALLBACK (stop_waiting_cb), self, 0);
  if (self->failing == CP_ROUTE_CHANGES)
    fail_changes (self);
  else if (self->topics != 0)
    tell (self);
}

static void
fixture_api_call_async (CpaApi *api, const CpaCall *call, GCancellable *cancellable, GAsyncReadyCallback callback,
                        gpointer user_data)
{
  FixtureApi *self = FIXTURE_API (api);
  g_autoptr (GTask) task = g_task_new (api, cancellable, callback, user_data);
  g_autofree char *path = NULL;

  self->counts[call->route]++;
  if (call->refresh)
    self->refreshes[call->route]++;
  if (call->body != NULL)
    cp_record_write (call->body_type, call->body, NULL, g_string_truncate (self->sent, 0));
  if (call->route == CP_ROUTE_CHANGES)
    {
      wait_for_changes (self, task);
      return;
    }
  g_free (self->view_as);
  self->view_as = g_strdup (call->view_as);
  self->view_parts = call->view_parts;
  if (call->query != NULL && call->route != CP_ROUTE_DOSSIER_AUTHORS)
    {
      g_free (self->query);
      self->query = g_strdup (call->query);
    }
  if (g_strcmp0 (self->scenario, "loading") == 0)
    {
      g_signal_connect_data (cancellable, "cancelled", G_CALLBACK (cancelled_cb), g_object_ref (task),
                             (GClosureNotify) (void (*) (void)) g_object_unref, G_CONNECT_SWAPPED);
      return;
    }
  if (g_strcmp0 (self->scenario, "failed") == 0 ||
      (g_strcmp0 (self->scenario, "unmarked") == 0 && call->route == CP_ROUTE_DOSSIER_ITEM_READ))
    {
      g_task_return_new_error (task, CP_ERROR, CP_ERROR_UNREACHABLE, "no server");
      return;
    }
  if (call->route == self->failing)
    {
      fail (self, task);
      return;
    }
  if (g_strcmp0 (self->scenario, "full") == 0)
    {
      g_task_return_new_error (task, CP_ERROR, CP_ERROR_SERVER_FULL, "nothing can be recorded");
      return;
    }
  if (answer_timeline (self, call, task))
    return;
  if (fixture_members_answer (fixture_api_get_members (self), call, task))
    return;
  if (call->route == CP_ROUTE_DOSSIER_ITEM &&
      (g_strcmp0 (self->scenario, "removed") == 0 || g_strcmp0 (self->withdrawn, call->ids[1]) == 0))
    {
      g_task_return_new_error (task, CP_ERROR, CP_ERROR_NOT_FOUND, "gone");
      return;
    }
  if (call->route == CP_ROUTE_DOSSIER &&
      (g_strcmp0 (self->scenario, "period") == 0 || g_strcmp0 (self->scenario, "flood") == 0))
    {
      g_task_return_pointer (task, fixture_period_new (call, g_strcmp0 (self->scenario, "flood") == 0), NULL);
      return;
    }
  if (g_strcmp0 (self->scenario, "no-more") == 0 && call->query != NULL && strstr (call->query, "cursor=") != NULL)
    {
      g_task_return_new_error (task, CP_ERROR, CP_ERROR_UNREACHABLE, "no server");
      return;
    }
  if (answer_reading (self, call, task))
    return;
  if (call->answer_type == NULL || g_strcmp0 (self->scenario, "silent") == 0)
    {
      give (self, call, task, NULL);
      return;
    }
  path = fixture_file_choose (call, self->scenario);
  give (self, call, task, fixture_file_read (call->answer_type, path));
}

static gpointer
fixture_api_call_finish (CpaApi *api, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
fixture_api_bytes_async (CpaApi *api, const CpaCall *call, gsize max_bytes, CpaProgress progress,
                         gpointer progress_data, GCancellable *cancellable, GAsyncReadyCallback callback,
                         gpointer user_data)
{
  FixtureApi *self = FIXTURE_API (api);
  g_autoptr (GTask) task = g_task_new (api, cancellable, callback, user_data);
  const char *login =
      g_str_has_prefix (self->scenario != NULL ? self->scenario : "", "login-") ? self->scenario : "login";
  GBytes *bytes = fixture_attachment (call->ids[2] != NULL ? call->ids[2] : login);

  self->counts[call->route]++;
  g_free (self->view_as);
  self->view_as = g_strdup (call->view_as);
  self->view_parts = call->view_parts;
  if (bytes == NULL)
    {
      g_task_return_new_error (task, CP_ERROR, CP_ERROR_UNREACHABLE, "no server");
      return;
    }
  if (progress != NULL)
    progress (g_bytes_get_size (bytes), g_bytes_get_size (bytes), progress_data);
  give (self, call, task, bytes);
}

static GBytes *
fixture_api_bytes_finish (CpaApi *api, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
fixture_api_set_token (CpaApi *api, const char *token)
{
}

static void
fixture_api_finalize (GObject *object)
{
  g_free (FIXTURE_API (object)->scenario);
  g_free (FIXTURE_API (object)->query);
  g_free (FIXTURE_API (object)->withdrawn);
  g_clear_pointer (&FIXTURE_API (object)->timeline, fixture_timeline_free);
  g_clear_pointer (&FIXTURE_API (object)->reading, fixture_reading_free);
  g_clear_object (&FIXTURE_API (object)->changes);
  g_free (FIXTURE_API (object)->view_as);
  g_string_free (FIXTURE_API (object)->sent, TRUE);
  g_clear_pointer (&FIXTURE_API (object)->members, fixture_members_free);
  G_OBJECT_CLASS (fixture_api_parent_class)->finalize (object);
}

static void
fixture_api_class_init (FixtureApiClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fixture_api_finalize;
  CPA_API_CLASS (klass)->call_async = fixture_api_call_async;
  CPA_API_CLASS (klass)->call_finish = fixture_api_call_finish;
  CPA_API_CLASS (klass)->bytes_async = fixture_api_bytes_async;
  CPA_API_CLASS (klass)->bytes_finish = fixture_api_bytes_finish;
  CPA_API_CLASS (klass)->set_token = fixture_api_set_token;
}

static void
fixture_api_init (FixtureApi *self)
{
  self->sent = g_string_new (NULL);
  self->held = CP_N_ROUTES;
  self->failing = CP_N_ROUTES;
}

CpaApi *
fixture_api_new (const char *scenario)
{
  FixtureApi *self = g_object_new (FIXTURE_TYPE_API, NULL);

  fixture_api_set_scenario (self, scenario);
  return CPA_API (self);
}

void
fixture_api_set_scenario (FixtureApi *self, const char *scenario)
{
  g_free (self->scenario);
  self->scenario = g_strdup (scenario);
}

FixtureTimeline *
fixture_api_get_timeline (FixtureApi *self)
{
  return get_timeline (self);
}

FixtureReading *
fixture_api_get_reading (FixtureApi *self)
{
  return get_reading (self);
}

void
fixture_api_set_fetched (FixtureApi *self, CpFreshKind kind, CpTime at)
{
  CpFreshness *told[] = { fixture_timeline_get_freshness (get_timeline (self)),
                          fixture_reading_get_freshness (get_reading (self)) };

  for (guint i = 0; i < G_N_ELEMENTS (told); i++)
    {
      ((CpFreshPart *) g_ptr_array_index (told[i]->kinds, kind))->fetched_at = at;
      told[i]->fetched_at = MIN (told[i]->fetched_at, at);
    }
}

const char *
fixture_api_get_sent (FixtureApi *self)
{
  return self->sent->str;
}

const char *
fixture_api_get_query (FixtureApi *self)
{
  return self->query;
}

void
fixture_api_fail (FixtureApi *self, CpRouteId route, CpErrorCode code)
{
  self->failing = route;
  self->failure = code;
  if (route == CP_ROUTE_CHANGES)
    fail_changes (self);
}

void
fixture_api_withdraw (FixtureApi *self, const char *item)
{
  g_free (self->withdrawn);
  self->withdrawn = g_strdup (item);
}

void
fixture_api_hold (FixtureApi *self, CpRouteId route)
{
  self->held = route;
}

void
fixture_api_release (FixtureApi *self, gboolean newest)
{
  Held *held = newest ? g_queue_pop_tail (&self->waiting) : g_queue_pop_head (&self->waiting);

  g_assert_nonnull (held);
  if (held->route == self->failing)
    {
      fail (self, held->task);
      drop_record (held);
    }
  else
    g_task_return_pointer (held->task, held->record, NULL);
  held_free (held);
}

void
fixture_api_release_all (FixtureApi *self)
{
  while (!g_queue_is_empty (&self->waiting))
    fixture_api_release (self, FALSE);
}

void
fixture_api_tell (FixtureApi *self, guint topics)
{
  self->topics |= topics;
  if (self->changes != NULL)
    tell (self);
}

guint
fixture_api_count (FixtureApi *self, CpRouteId route)
{
  return self->counts[route];
}

guint
fixture_api_count_refreshes (FixtureApi *self, CpRouteId route)
{
  return self->refreshes[route];
}

CpaContext *
fixture_context_new (CpaApi *api, const char *session, int patient)
{
  g_autofree char *organisation_path = fixture_file_path ("organisation", NULL);
  g_autofree char *session_path = fixture_file_path (session, NULL);
  g_autoptr (CpOrganisation) organisation = fixture_file_read (&cp_organisation_record, organisation_path);
  g_autoptr (CpSession) record = fixture_file_read (&cp_session_record, session_path);

  return cpa_context_new (api, organisation, NULL, record,
                          patient >= 0 ? g_ptr_array_index (record->patients, patient) : NULL);
}

static CpTime
fixture_now (void)
{
  return G_GINT64_CONSTANT (1772541600) * CP_TIME_SECOND;
}

void
fixture_set_time (void)
{
  cp_time_set_source (fixture_now);
}

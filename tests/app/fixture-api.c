/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture-api.h"

#include <string.h>

#include "cp-json.h"
#include "cp-start.h"

#define MANY_PAGES 50
#define MANY_ON_A_PAGE 100

struct _FixtureApi
{
  CpaApi parent_instance;

  char *scenario; /* (owned) (nullable) */
  guint counts[CP_N_ROUTES];
};

G_DEFINE_FINAL_TYPE (FixtureApi, fixture_api, CPA_TYPE_API)

static const char *const route_files[CP_N_ROUTES] = {
  [CP_ROUTE_START] = "start",     [CP_ROUTE_APPOINTMENTS] = "appointments", [CP_ROUTE_DOSSIER] = "dossier",
  [CP_ROUTE_PROFILE] = "profile", [CP_ROUTE_DOSSIER_ITEM] = "dossier-item", [CP_ROUTE_CARE_PLANS] = "care-plans",
  [CP_ROUTE_SESSION] = "session",
};

static char *
fixture_path (const char *name, const char *variant)
{
  g_autofree char *file =
      variant != NULL ? g_strconcat (name, "-", variant, ".json", NULL) : g_strconcat (name, ".json", NULL);

  return g_build_filename (FIXTURE_DIR, file, NULL);
}

static gpointer
read_record (const CpRecordType *type, const char *path)
{
  g_autofree char *text = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GError) error = NULL;
  gpointer record;
  gsize length;

  if (!g_file_get_contents (path, &text, &length, &error))
    g_error ("%s", error->message);
  node = cp_json_parse (text, length, CP_JSON_DEPTH, &error);
  if (node == NULL)
    g_error ("%s: %s", path, error->message);
  record = cp_record_from_json (type, node, CP_RECORD_STRICT, &error);
  if (record == NULL)
    g_error ("%s: %s", path, error->message);
  return record;
}

/* The most special file that is there. */
static char *
choose_file (FixtureApi *self, const CpaCall *call)
{
  const char *name = route_files[call->route];
  gboolean past = call->query != NULL && strstr (call->query, "when=past") != NULL;
  const char *variants[] = { self->scenario, call->ids[1], past ? "past" : NULL };

  g_assert_nonnull (name);
  for (guint i = 0; i < G_N_ELEMENTS (variants); i++)
    {
      g_autofree char *path = variants[i] != NULL ? fixture_path (name, variants[i]) : NULL;

      if (path != NULL && g_file_test (path, G_FILE_TEST_EXISTS))
        return g_steal_pointer (&path);
    }
  return fixture_path (name, NULL);
}

static gpointer
many_items (const CpaCall *call)
{
  g_autofree char *path = fixture_path ("dossier", NULL);
  CpDossierPage *page = read_record (&cp_dossier_page_record, path);
  const CpDossierItem *model = g_ptr_array_index (page->items, 0);
  const char *cursor = call->query != NULL ? strstr (call->query, "cursor=") : NULL;
  int number = cursor != NULL ? (int) g_ascii_strtoll (cursor + strlen ("cursor="), NULL, 10) : 0;
  GPtrArray *items = g_ptr_array_new_with_free_func ((GDestroyNotify) cp_dossier_item_free);

  for (int i = 0; i < MANY_ON_A_PAGE; i++)
    {
      CpDossierItem *item = cp_record_copy (&cp_dossier_item_record, model);

      item->at -= (number * MANY_ON_A_PAGE + i) * 7 * CP_TIME_HOUR;
      g_ptr_array_add (items, item);
    }
  g_ptr_array_unref (page->items);
  page->items = items;
  page->next_cursor = number + 1 < MANY_PAGES ? g_strdup_printf ("%d", number + 1) : NULL;
  return page;
}

static void
cancelled_cb (GTask *task, GCancellable *cancellable)
{
  g_task_return_error_if_cancelled (task);
  /* The task holds the cancellable, and this handler the task. */
  g_signal_handlers_disconnect_by_func (cancellable, cancelled_cb, task);
}

static void
fixture_api_call_async (CpaApi *api, const CpaCall *call, GCancellable *cancellable, GAsyncReadyCallback callback,
                        gpointer user_data)
{
  FixtureApi *self = FIXTURE_API (api);
  g_autoptr (GTask) task = g_task_new (api, cancellable, callback, user_data);
  g_autofree char *path = NULL;

  self->counts[call->route]++;
  if (g_strcmp0 (self->scenario, "loading") == 0)
    {
      g_signal_connect_data (cancellable, "cancelled", G_CALLBACK (cancelled_cb), g_object_ref (task),
                             (GClosureNotify) (void (*) (void)) g_object_unref, G_CONNECT_SWAPPED);
      return;
    }
  if (g_strcmp0 (self->scenario, "failed") == 0)
    {
      g_task_return_new_error (task, CP_ERROR, CP_ERROR_UNREACHABLE, "no server");
      return;
    }
  if (g_strcmp0 (self->scenario, "many") == 0 && call->route == CP_ROUTE_DOSSIER)
    {
      g_task_return_pointer (task, many_items (call), NULL);
      return;
    }
  path = choose_file (self, call);
  g_task_return_pointer (task, read_record (call->answer_type, path), NULL);
}

static gpointer
fixture_api_call_finish (CpaApi *api, GAsyncResult *result, GError **error)
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
  G_OBJECT_CLASS (fixture_api_parent_class)->finalize (object);
}

static void
fixture_api_class_init (FixtureApiClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fixture_api_finalize;
  CPA_API_CLASS (klass)->call_async = fixture_api_call_async;
  CPA_API_CLASS (klass)->call_finish = fixture_api_call_finish;
  CPA_API_CLASS (klass)->set_token = fixture_api_set_token;
}

static void
fixture_api_init (FixtureApi *self)
{
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

guint
fixture_api_count (FixtureApi *self, CpRouteId route)
{
  return self->counts[route];
}

CpaContext *
fixture_context_new (CpaApi *api, const char *session, int patient)
{
  g_autofree char *organisation_path = fixture_path ("organisation", NULL);
  g_autofree char *session_path = fixture_path (session, NULL);
  g_autoptr (CpOrganisation) organisation = read_record (&cp_organisation_record, organisation_path);
  g_autoptr (CpSession) record = read_record (&cp_session_record, session_path);

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

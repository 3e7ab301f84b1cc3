/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-organisation-finder.h"

#include "cp-error.h"
#include "cpa-organisation-image.h"
#include "cpa-transport.h"

/* Sharp on a screen of twice the density. */
#define LOGO_PIXELS 160
#define LOGO_MAX_BYTES (512 * 1024)

void
cpa_found_free (CpaFound *self)
{
  g_clear_object (&self->api);
  g_clear_object (&self->logo);
  cp_organisation_free (self->organisation);
  g_free (self->address);
  g_free (self);
}

static void
logo_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  CpaFound *found = g_task_get_task_data (task);
  g_autoptr (GBytes) bytes = cpa_api_bytes_finish (CPA_API (source), result, NULL);

  found->logo = cpa_organisation_image_new (bytes, LOGO_PIXELS);
  g_task_return_boolean (task, TRUE);
}

static gboolean
check_version (const CpOrganisation *organisation, GError **error)
{
  if (organisation->api_min > CP_API_VERSION)
    {
      g_set_error_literal (error, CP_ERROR, CP_ERROR_APP_TOO_OLD, "the server speaks newer versions only");
      return FALSE;
    }
  if (organisation->api_max < CP_API_VERSION)
    {
      g_set_error_literal (error, CP_ERROR, CP_ERROR_SERVER_TOO_OLD, "the server speaks older versions only");
      return FALSE;
    }
  return TRUE;
}

/* On no screen a line may end inside the number that one dials. */
static void
keep_phone_together (CpOrganisation *organisation)
{
  GString *phone = g_string_new (organisation->phone);

  g_string_replace (phone, " ", "\u00a0", 0);
  g_free (organisation->phone);
  organisation->phone = g_string_free (phone, FALSE);
}

static void
organisation_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  CpaFound *found = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  CpaCall logo = { .route = CP_ROUTE_ORGANISATION_LOGO };
  GError *error = NULL;

  found->organisation = cpa_api_call_finish (CPA_API (source), result, &error);
  if (found->organisation == NULL && error == NULL)
    g_set_error_literal (&error, CP_ERROR, CP_ERROR_BAD_ANSWER, "an empty answer");
  if (found->organisation != NULL)
    keep_phone_together (found->organisation);
  if (error != NULL || !check_version (found->organisation, &error))
    g_task_return_error (task, error);
  else if (!found->organisation->has_logo)
    g_task_return_boolean (task, TRUE);
  else
    cpa_api_bytes_async (CPA_API (source), &logo, LOGO_MAX_BYTES, NULL, NULL, cancellable, logo_cb,
                         g_steal_pointer (&task));
}

void
cpa_organisation_find_async (const char *address, CpaSettings *settings, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  CpaFound *found = g_new0 (CpaFound, 1);
  CpaCall call = { .route = CP_ROUTE_ORGANISATION, .answer_type = &cp_organisation_record };
  g_autofree char *ca_file = cpa_settings_get_ca_file (settings, address);
  CpaTransport *transport;
  GError *error = NULL;

  g_task_set_source_tag (task, cpa_organisation_find_async);
  found->address = g_strdup (address);
  g_task_set_task_data (task, found, NULL);
  transport = cpa_transport_new (address, ca_file, &error);
  if (transport == NULL)
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  found->api = CPA_API (transport);
  cpa_api_call_async (found->api, &call, cancellable, organisation_cb, task);
}

CpaFound *
cpa_organisation_find_finish (GAsyncResult *result, GError **error)
{
  CpaFound *found = g_task_get_task_data (G_TASK (result));

  g_task_propagate_boolean (G_TASK (result), error);
  return found;
}

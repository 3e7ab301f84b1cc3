/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-secrets.h"

#include <glib/gi18n.h>
#include <libsecret/secret.h>

#include "cpa-wipe.h"

static const SecretSchema schema = {
  "nl.clientportaal.DeviceToken",
  SECRET_SCHEMA_NONE,
  { { "organisation", SECRET_SCHEMA_ATTRIBUTE_STRING }, { "username", SECRET_SCHEMA_ATTRIBUTE_STRING } },
};

/* User names are the same whatever their case. */
static char *
fold (const char *username)
{
  return g_ascii_strdown (username, -1);
}

static void
lookup_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  char *token = secret_password_lookup_finish (result, &error);

  if (error != NULL)
    g_debug ("No keyring: %s", error->message);
  g_task_return_pointer (task, g_strdup (token), (GDestroyNotify) cpa_wipe_free);
  secret_password_free (token);
}

void
cpa_secrets_lookup_async (const char *organisation_id, const char *username, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  g_autofree char *name = fold (username);

  g_task_set_source_tag (task, cpa_secrets_lookup_async);
  secret_password_lookup (&schema, cancellable, lookup_cb, task, "organisation", organisation_id, "username", name,
                          NULL);
}

char *
cpa_secrets_lookup_finish (GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}

static void
stored_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!secret_password_store_finish (result, &error))
    g_debug ("Not kept in the keyring: %s", error->message);
}

void
cpa_secrets_store (const char *organisation_id, const char *username, const char *organisation_name,
                   const char *token)
{
  g_autofree char *name = fold (username);
  g_autofree char *label = g_strdup_printf ("%s: %s", _("Client Portal"), organisation_name);

  secret_password_store (&schema, SECRET_COLLECTION_DEFAULT, label, token, NULL, stored_cb, NULL, "organisation",
                         organisation_id, "username", name, NULL);
}

static void
cleared_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  secret_password_clear_finish (result, &error);
  if (error != NULL)
    g_debug ("Not removed from the keyring: %s", error->message);
}

void
cpa_secrets_clear (const char *organisation_id, const char *username)
{
  g_autofree char *name = fold (username);

  secret_password_clear (&schema, NULL, cleared_cb, NULL, "organisation", organisation_id, "username", name, NULL);
}

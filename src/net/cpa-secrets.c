/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-secrets.h"

#include <glib/gi18n.h>
#include <libsecret/secret.h>

#include "cpa-wipe.h"

#define PATIENCE_SECONDS 5

/* Nothing here ever unlocks or makes a keyring: that would put a question of the system over the portal, about
 * something that the person did not ask for. */

static const SecretSchema schema = {
  "nl.clientportaal.DeviceToken",
  SECRET_SCHEMA_NONE,
  { { "address", SECRET_SCHEMA_ATTRIBUTE_STRING }, { "username", SECRET_SCHEMA_ATTRIBUTE_STRING } },
};

/* (transfer full). User names are the same whatever their case. */
static GHashTable *
attributes_of (const char *address, const char *username)
{
  g_autofree char *folded = g_ascii_strdown (username, -1);
  return secret_attributes_build (&schema, "address", address, "username", folded, NULL);
}

/* A keyring that does not answer is as good as none: what is asked of it is called off after a while. */
typedef struct
{
  GCancellable *stop;   /* (owned): by the caller or when it is late */
  GCancellable *caller; /* (owned) (nullable) */
  gulong caller_handler;
  guint late;
} Patience;

static void
caller_cancelled_cb (GCancellable *caller, gpointer user_data)
{
  g_cancellable_cancel (user_data);
}

static gboolean
late_cb (gpointer user_data)
{
  Patience *patience = user_data;

  patience->late = 0;
  g_cancellable_cancel (patience->stop);
  return G_SOURCE_REMOVE;
}

static Patience *
patience_new (GCancellable *caller)
{
  Patience *patience = g_new0 (Patience, 1);

  patience->stop = g_cancellable_new ();
  patience->late = g_timeout_add_seconds (PATIENCE_SECONDS, late_cb, patience);
  if (caller != NULL)
    {
      patience->caller = g_object_ref (caller);
      patience->caller_handler = g_cancellable_connect (caller, G_CALLBACK (caller_cancelled_cb),
                                                        g_object_ref (patience->stop), g_object_unref);
    }
  return patience;
}

static void
patience_free (Patience *patience)
{
  g_clear_handle_id (&patience->late, g_source_remove);
  g_cancellable_disconnect (patience->caller, patience->caller_handler);
  g_clear_object (&patience->caller);
  g_object_unref (patience->stop);
  g_free (patience);
}

/* There is no token: could one be kept? */
static void
open_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SecretCollection) keyring = secret_collection_for_alias_finish (result, &error);

  if (keyring == NULL)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "%s", error != NULL ? error->message : "none");
  else if (secret_collection_get_locked (keyring))
    g_task_return_new_error (task, SECRET_ERROR, SECRET_ERROR_IS_LOCKED, "locked");
  else
    g_task_return_pointer (task, NULL, NULL);
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  const Patience *patience = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autolist (SecretItem) items = secret_service_search_finish (NULL, result, &error);
  SecretValue *value = items != NULL ? secret_item_get_secret (items->data) : NULL;

  if (value != NULL)
    g_task_return_pointer (task, g_strdup (secret_value_get_text (value)), (GDestroyNotify) cpa_wipe_free);
  else if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    secret_collection_for_alias (NULL, SECRET_COLLECTION_DEFAULT, SECRET_COLLECTION_NONE, patience->stop, open_cb,
                                 g_object_ref (task));
  g_clear_pointer (&value, secret_value_unref);
}

void
cpa_secrets_lookup_async (const char *address, const char *username, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr (GHashTable) attributes = attributes_of (address, username);
  Patience *patience = patience_new (cancellable);

  g_task_set_source_tag (task, cpa_secrets_lookup_async);
  g_task_set_task_data (task, patience, (GDestroyNotify) patience_free);
  secret_service_search (NULL, &schema, attributes, SECRET_SEARCH_LOAD_SECRETS, patience->stop, found_cb, task);
}

char *
cpa_secrets_lookup_finish (GAsyncResult *result, CpaKeyring *keyring)
{
  g_autoptr (GError) error = NULL;
  char *token = g_task_propagate_pointer (G_TASK (result), &error);

  if (error != NULL)
    g_debug ("No open keyring: %s", error->message);
  *keyring = error == NULL                                                   ? CPA_KEYRING_OPEN
             : g_error_matches (error, SECRET_ERROR, SECRET_ERROR_IS_LOCKED) ? CPA_KEYRING_LOCKED
                                                                             : CPA_KEYRING_NONE;
  return token;
}

/* What is to be stored, until the keyring is found. */
typedef struct
{
  GHashTable *attributes; /* (owned) */
  char *label;            /* (owned) */
  SecretValue *value;     /* (owned) */
  Patience *patience;     /* (owned) */
} Store;

static void
store_free (Store *store)
{
  g_hash_table_unref (store->attributes);
  g_free (store->label);
  secret_value_unref (store->value);
  patience_free (store->patience);
  g_free (store);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Store, store_free)

static void
stored_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  G_GNUC_UNUSED g_autoptr (Store) store = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SecretItem) item = secret_item_create_finish (result, &error);

  if (item == NULL)
    g_debug ("Not kept in the keyring: %s", error->message);
}

static void
keyring_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Store) store = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SecretCollection) keyring = secret_collection_for_alias_finish (result, &error);

  if (keyring == NULL || secret_collection_get_locked (keyring))
    {
      g_debug ("No open keyring: %s", error != NULL ? error->message : "none or locked");
      return;
    }
  secret_item_create (keyring, &schema, store->attributes, store->label, store->value, SECRET_ITEM_CREATE_REPLACE,
                      store->patience->stop, stored_cb, store);
  g_steal_pointer (&store);
}

void
cpa_secrets_store (const char *address, const char *username, const char *organisation_name, const char *token)
{
  Store *store = g_new0 (Store, 1);

  store->attributes = attributes_of (address, username);
  store->label = g_strdup_printf ("%s: %s", _ ("Client Portal"), organisation_name);
  store->value = secret_value_new (token, -1, "text/plain");
  store->patience = patience_new (NULL);
  secret_collection_for_alias (NULL, SECRET_COLLECTION_DEFAULT, SECRET_COLLECTION_NONE, store->patience->stop,
                               keyring_cb, store);
}

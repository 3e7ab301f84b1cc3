/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-cursor.h"

#include <string.h>

#include "cpd-signer.h"

/* What is sealed: the place, and which list it is in. */
typedef struct
{
  gint64 at;
  gint64 id;
  gint64 patient;
  guchar list[16]; /* hash of the route and the query */
} SealedCursor;

#define PURPOSE "cursor"

/* base64url (RFC 4648, section 5) without padding. */
static guchar *
from_base64url (const char *text, gsize *size)
{
  GString *padded = g_string_new (text);
  guchar *data;

  g_strdelimit (padded->str, "-", '+');
  g_strdelimit (padded->str, "_", '/');
  while (padded->len % 4 != 0)
    g_string_append_c (padded, '=');
  data = g_base64_decode (padded->str, size);
  g_string_free (padded, TRUE);
  return data;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (a, b);
}

/* The same list for the same route and parameters in any order, but the cursor itself. */
static void
hash_list (const CpdCall *call, guchar list[16])
{
  g_autoptr (GList) names = g_list_sort (g_hash_table_get_keys (call->request->query), compare_names);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  guchar hash[CPD_HASH_SIZE];

  g_byte_array_append (bytes, (const guint8 *) &call->request->route, sizeof call->request->route);
  for (GList *l = names; l != NULL; l = l->next)
    if (strcmp (l->data, "cursor") != 0)
      {
        const char *value = cpd_request_query (call->request, l->data);
        g_byte_array_append (bytes, l->data, strlen (l->data) + 1);
        g_byte_array_append (bytes, (const guint8 *) value, strlen (value) + 1);
      }
  cpd_hash (bytes->data, bytes->len, hash);
  memcpy (list, hash, 16);
}

/**
 * cpd_cursor_open:
 * @text: (nullable): from a query
 * @inside: (out caller-allocates): @size bytes
 *
 * Returns: FALSE when @text is not of so many bytes that these keys sealed for @purpose.
 */
gboolean
cpd_cursor_open (const CpdKeys *keys, const char *purpose, const char *text, gpointer inside, gsize size)
{
  g_autofree guchar *sealed = NULL;
  g_autoptr (GBytes) bytes = NULL;
  gsize sealed_size;

  if (text == NULL)
    return FALSE;
  sealed = from_base64url (text, &sealed_size);
  bytes = cpd_keys_unseal (keys, purpose, sealed, sealed_size, NULL);
  if (bytes == NULL || g_bytes_get_size (bytes) != size)
    return FALSE;
  memcpy (inside, g_bytes_get_data (bytes, NULL), size);
  return TRUE;
}

/**
 * cpd_cursor_read:
 * @cursor: (out caller-allocates): zeros without one in the query
 *
 * Returns: FALSE with CP_ERROR_BAD_REQUEST for one that this server did not make for this list of this patient.
 */
gboolean
cpd_cursor_read (CpdCall *call, CpdCursor *cursor, GError **error)
{
  const char *text = cpd_request_query (call->request, "cursor");
  SealedCursor inside;
  guchar list[sizeof inside.list];

  *cursor = (CpdCursor){ 0, 0 };
  if (text == NULL)
    return TRUE;
  hash_list (call, list);
  if (cpd_cursor_open (call->services->keys, PURPOSE, text, &inside, sizeof inside) &&
      inside.patient == call->grant.patient && memcmp (inside.list, list, sizeof list) == 0)
    {
      *cursor = (CpdCursor){ inside.at, inside.id };
      return TRUE;
    }
  g_set_error_literal (error, CP_ERROR, CP_ERROR_BAD_REQUEST, "not a cursor of this list");
  return FALSE;
}

/**
 * cpd_cursor_write:
 */
char *
cpd_cursor_write (CpdCall *call, const CpdCursor *cursor)
{
  SealedCursor inside = { cursor->at, cursor->id, call->grant.patient, { 0 } };
  g_autoptr (GBytes) sealed = NULL;

  if (cursor->id == 0)
    return NULL;
  hash_list (call, inside.list);
  sealed = cpd_keys_seal_alike (call->services->keys, PURPOSE, &inside, sizeof inside);
  return cpd_base64url (g_bytes_get_data (sealed, NULL), g_bytes_get_size (sealed));
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-cursor.h"

#include <string.h>

/* What is sealed: the place, and whose list it is in. */
typedef struct
{
  gint64 at;
  gint64 id;
  gint64 patient;
} SealedCursor;

#define PURPOSE "cursor"

/* base64 with the two letters that a query would have to escape replaced, without padding (RFC 4648, section 5). */
static char *
to_base64url (GBytes *bytes)
{
  gsize size;
  const guchar *data = g_bytes_get_data (bytes, &size);
  char *text = g_base64_encode (data, size);

  g_strdelimit (text, "+", '-');
  g_strdelimit (text, "/", '_');
  text[strcspn (text, "=")] = '\0';
  return text;
}

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

/**
 * cpd_cursor_read:
 * @cursor: (out caller-allocates): zeros without one in the query
 *
 * Returns: FALSE with CP_ERROR_BAD_REQUEST for one that this server did not make for this patient.
 */
gboolean
cpd_cursor_read (CpdCall *call, CpdCursor *cursor, GError **error)
{
  const char *text = cpd_request_query (call->request, "cursor");
  g_autofree guchar *sealed = NULL;
  g_autoptr (GBytes) bytes = NULL;
  SealedCursor inside;
  gsize size;

  *cursor = (CpdCursor){ 0, 0 };
  if (text == NULL)
    return TRUE;
  sealed = from_base64url (text, &size);
  bytes = cpd_keys_unseal (call->services->keys, PURPOSE, sealed, size, NULL);
  if (bytes != NULL && g_bytes_get_size (bytes) == sizeof inside)
    {
      memcpy (&inside, g_bytes_get_data (bytes, NULL), sizeof inside);
      if (inside.patient == call->grant.patient)
        {
          *cursor = (CpdCursor){ inside.at, inside.id };
          return TRUE;
        }
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
  SealedCursor inside = { cursor->at, cursor->id, call->grant.patient };
  g_autoptr (GBytes) sealed = NULL;

  if (cursor->id == 0)
    return NULL;
  sealed = cpd_keys_seal_alike (call->services->keys, PURPOSE, &inside, sizeof inside);
  return to_base64url (sealed);
}

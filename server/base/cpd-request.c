/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-request.h"

#include <string.h>

/**
 * cpd_request_new:
 *
 * Returns: (transfer full): an empty request for @route.
 */
CpdRequest *
cpd_request_new (CpRouteId route)
{
  CpdRequest *request = g_new0 (CpdRequest, 1);

  request->route = route;
  request->query = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return request;
}

/**
 * cpd_request_free:
 *
 * Wipes the token before freeing it. The body is wiped by whoever filled it: http/ gives GBytes that wipe themselves.
 */
void
cpd_request_free (CpdRequest *request)
{
  if (request == NULL)
    return;
  if (request->bearer != NULL)
    explicit_bzero (request->bearer, strlen (request->bearer));
  g_free (request->bearer);
  g_free (request->if_none_match);
  g_free (request->if_match);
  g_free (request->address);
  g_free (request->view_as);
  g_hash_table_unref (request->query);
  g_clear_pointer (&request->body, g_bytes_unref);
  g_free (request);
}

typedef struct
{
  char *text;
  gsize length;
} Wiped;

static void
free_wiped (gpointer data)
{
  Wiped *wiped = data;

  explicit_bzero (wiped->text, wiped->length);
  g_free (wiped->text);
  g_free (wiped);
}

/**
 * cpd_request_wiped_bytes:
 * @text: (transfer full)
 */
GBytes *
cpd_request_wiped_bytes (char *text, gsize length)
{
  Wiped *wiped = g_new (Wiped, 1);

  *wiped = (Wiped){ text, length };
  return g_bytes_new_with_free_func (text, length, free_wiped, wiped);
}

/**
 * cpd_request_query:
 *
 * Returns: (nullable) (transfer none): the decoded value of query parameter @name.
 */
const char *
cpd_request_query (const CpdRequest *request, const char *name)
{
  return g_hash_table_lookup (request->query, name);
}

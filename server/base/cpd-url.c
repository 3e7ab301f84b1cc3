/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-url.h"

#include <gio/gio.h>

/**
 * cpd_url_is_loopback:
 * @host: (nullable)
 */
gboolean
cpd_url_is_loopback (const char *host)
{
  g_autoptr (GInetAddress) address = host != NULL ? g_inet_address_new_from_string (host) : NULL;

  return address != NULL && g_inet_address_get_is_loopback (address);
}

/**
 * cpd_url_may_be_asked:
 * @url: (nullable)
 *
 * Returns: TRUE when a request to it is allowed; one with a user or a fragment never is.
 */
gboolean
cpd_url_may_be_asked (const char *url)
{
  g_autoptr (GUri) uri = url != NULL ? g_uri_parse (url, G_URI_FLAGS_HAS_PASSWORD, NULL) : NULL;

  if (uri == NULL || g_uri_get_userinfo (uri) != NULL || g_uri_get_fragment (uri) != NULL ||
      g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0')
    return FALSE;
  if (g_str_equal (g_uri_get_scheme (uri), "https"))
    return TRUE;
  return g_str_equal (g_uri_get_scheme (uri), "http") && cpd_url_is_loopback (g_uri_get_host (uri));
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "cpd-out"
#include "cpd-curl.h"

static void
start_library (void)
{
  static gsize started = 0;

  if (!g_once_init_enter (&started))
    return;
  if (curl_global_init (CURL_GLOBAL_DEFAULT) != 0)
    g_error ("libcurl does not start");
  g_once_init_leave (&started, 1);
}

/**
 * cpd_curl_new:
 *
 * Returns: (transfer full)
 */
CURL *
cpd_curl_new (void)
{
  CURL *curl;

  start_library ();
  curl = curl_easy_init ();
  if (curl == NULL)
    g_error ("no memory for a connection");
  return curl;
}

/**
 * cpd_curl_set_safe:
 */
void
cpd_curl_set_safe (CURL *curl, const char *ca_file)
{
  curl_easy_setopt (curl, CURLOPT_PROXY, "");
  curl_easy_setopt (curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt (curl, CURLOPT_SSL_VERIFYPEER, 1L);
  curl_easy_setopt (curl, CURLOPT_SSL_VERIFYHOST, 2L);
  curl_easy_setopt (curl, CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2);
  if (ca_file == NULL)
    return;
  curl_easy_setopt (curl, CURLOPT_CAINFO, ca_file);
  /* A directory of authorities counts beside the file, and Debian's library has one of its own. */
  curl_easy_setopt (curl, CURLOPT_CAPATH, NULL);
}

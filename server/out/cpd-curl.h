/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <curl/curl.h>
#include <glib.h>

G_BEGIN_DECLS

/* What every connection that leaves the server has in common. */

/* (transfer full): a handle; starts the library the first time. */
CURL *cpd_curl_new (void);
/* TLS 1.2 at least, chain and name checked, by the authorities of the system or of ca_file (nullable); no proxy. */
void cpd_curl_set_safe (CURL *curl, const char *ca_file);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Where this server may send a request, and a password or a dossier with it: https, or http to a loopback address. */
gboolean cpd_url_may_be_asked (const char *url);
/* Whether host (nullable) is an address of this machine alone. A name can lead anywhere, so only an address counts. */
gboolean cpd_url_is_loopback (const char *host);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <microhttpd.h>
#include "cpd-connections.h"

G_BEGIN_DECLS

/* Makes the TLS session of a connection, which has not begun its handshake, use the connection's certificate, pull and
 * push. FALSE: there is no session, or GnuTLS does not take the certificate. */
gboolean cpd_tls_start (CpdConnection *connection, struct MHD_Connection *mhd);

G_END_DECLS

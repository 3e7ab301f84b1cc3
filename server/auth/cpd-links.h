/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-config.h"
#include "cpd-keys.h"
#include "cpd-store-link.h"

G_BEGIN_DECLS

/* Makes a link and stores its keyed hash; in the transaction in which its mail is handed over, so that waiting in the
 * outbox does not eat its life. Returns (transfer full) its address on the server's own host, to be freed with
 * cpd_secret_free(); NULL with error. Earlier links of the same kind keep working. */
char *cpd_links_new (CpdDb *db, const CpdKeys *keys, const CpdConfig *config, CpdLinkKind kind, gint64 account,
                     gint64 object, CpTime now, CpTime life, GError **error);

/* The link of a token that counts now. FALSE with CP_ERROR_LINK_ENDED: used, too late, or never there. */
gboolean cpd_links_find (CpdDb *db, const CpdKeys *keys, const char *token, CpTime now, CpdLink *link, GError **error);
/* Uses it up: CP_ERROR_LINK_ENDED when somebody was first. */
gboolean cpd_links_use (CpdDb *db, const CpdLink *link, CpTime now, GError **error);
/* Ends every link with which a password of the account can be chosen: it has been chosen, or mail no longer goes to
 * who got them. */
gboolean cpd_links_end_passwords (CpdDb *db, gint64 account, CpTime now, GError **error);

G_END_DECLS

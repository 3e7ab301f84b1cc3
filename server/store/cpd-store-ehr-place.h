/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-db.h"

G_BEGIN_DECLS

/* Where the source is: *place is NULL while that was not noted yet, else (transfer full). The other two in a writer
 * job: to note it, and to forget how far a server was read, how, the names that it gave, when anything changed, and
 * which Patient is whom: who is linked stays so, to an id that is nobody's. */
gboolean cpd_store_ehr_place (CpdDb *db, const char *source, char **place, GError **error);
gboolean cpd_store_ehr_put_place (CpdDb *db, const char *source, const char *place, GError **error);
gboolean cpd_store_ehr_forget_server (CpdDb *db, const char *source, GError **error);

/* The address that the absolute references of a directory begin with: *base is NULL while none was certain, else
 * (transfer full). The other one in a writer job. It goes when the source is forgotten. */
gboolean cpd_store_ehr_base (CpdDb *db, const char *source, char **base, GError **error);
gboolean cpd_store_ehr_put_base (CpdDb *db, const char *source, const char *base, GError **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cp-time.h"
#include "cpd-db.h"

G_BEGIN_DECLS

/* The row that says who runs over the EHR. All but looking in writer jobs. */

/* Who has it: (transfer full) (nullable) owner and when that ends. */
gboolean cpd_store_lease_look (CpdDb *db, char **owner, CpTime *expires, GError **error);
/* Gives it to owner, whoever had it. */
gboolean cpd_store_lease_take (CpdDb *db, const char *owner, CpTime expires, GError **error);
/* FALSE in *kept when somebody else has it now. */
gboolean cpd_store_lease_keep (CpdDb *db, const char *owner, CpTime expires, gboolean *kept, GError **error);
gboolean cpd_store_lease_end (CpdDb *db, const char *owner, GError **error);

G_END_DECLS

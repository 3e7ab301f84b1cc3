/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-call.h"

G_BEGIN_DECLS

/* Login in three steps: a transaction that counts the try, the pool that hashes, a transaction that decides. */
gboolean cpd_service_login_begin (CpdCall *call, GError **error);
gboolean cpd_service_login_finish (CpdCall *call, GError **error);

/* The same for changing the password. */
gboolean cpd_service_password_begin (CpdCall *call, GError **error);
gboolean cpd_service_password_finish (CpdCall *call, GError **error);

gboolean cpd_service_login_code (CpdCall *call, GError **error);
gboolean cpd_service_login_challenge (CpdCall *call, GError **error);

/* Whether a temporary password that is right still works. */
gboolean cpd_temporary_counts (const CpdTemporary *temporary, CpTime now);

/* What the pool does with the work. */
void cpd_hash_work_run (CpdHashWork *work, const CpdServices *services);
void cpd_hash_work_free (CpdHashWork *work);

G_END_DECLS

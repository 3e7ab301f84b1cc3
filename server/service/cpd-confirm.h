/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-call.h"

G_BEGIN_DECLS

/* What a person changes about the way in asks the password again. The two halves of a hashing route: */
/* counts the try and hands the password to the pool; */
gboolean cpd_confirm_begin (CpdCall *call, const char *password, GError **error);
/* goes on with rest when it was right; call->failed says when it was not. */
gboolean cpd_confirm_finish (CpdCall *call, CpdServiceFunc rest, GError **error);
/* A password was right: its tries are forgiven, also when rest refuses. */
gboolean cpd_confirm_right (CpdCall *call, CpdServiceFunc rest, GError **error);
/* One was wrong, which call->failed says: it is recorded, as at a login. */
gboolean cpd_confirm_wrong (CpdCall *call, GError **error);

G_END_DECLS

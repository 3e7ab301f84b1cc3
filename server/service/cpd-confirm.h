/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-call.h"

G_BEGIN_DECLS

/* What a person changes about the way in asks the password again. The two halves of a hashing route: */
/* counts the try and hands the password to the pool; */
gboolean cpd_confirm_begin (CpdCall *call, const char *password, GError **error);
/* tells whether it was right. When not, call->failed says so and *right is FALSE. */
gboolean cpd_confirm_finish (CpdCall *call, gboolean *right, GError **error);

G_END_DECLS

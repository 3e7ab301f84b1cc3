/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-call.h"

G_BEGIN_DECLS

/* What anybody may ask who forgot the password, and whoever got a link by mail. */
gboolean cpd_service_forgot (CpdCall *call, GError **error);
gboolean cpd_service_link_look (CpdCall *call, GError **error);
gboolean cpd_service_link_confirm (CpdCall *call, GError **error);

/* In three steps, as a login: cpd_service_login_begin(). */
gboolean cpd_service_link_password_begin (CpdCall *call, GError **error);
gboolean cpd_service_link_password_finish (CpdCall *call, GError **error);

G_END_DECLS

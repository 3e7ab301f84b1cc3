/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-call.h"

G_BEGIN_DECLS

/* A person's own account: cpd-service-account.c. */
gboolean cpd_service_account (CpdCall *call, GError **error);
gboolean cpd_service_account_change (CpdCall *call, GError **error);
gboolean cpd_service_account_notifications (CpdCall *call, GError **error);

/* Devices and sessions: cpd-service-devices.c. */
gboolean cpd_service_device_rename (CpdCall *call, GError **error);
gboolean cpd_service_device_end (CpdCall *call, GError **error);
gboolean cpd_service_session_end (CpdCall *call, GError **error);
gboolean cpd_service_sessions_end_others (CpdCall *call, GError **error);

/* What counts when it was confirmed: cpd-service-contact.c. The first of each pair counts the try of the password. */
gboolean cpd_service_email_begin (CpdCall *call, GError **error);
gboolean cpd_service_email_finish (CpdCall *call, GError **error);
gboolean cpd_service_mobile_begin (CpdCall *call, GError **error);
gboolean cpd_service_mobile_finish (CpdCall *call, GError **error);
gboolean cpd_service_mobile_again (CpdCall *call, GError **error);
gboolean cpd_service_mobile_code (CpdCall *call, GError **error);

/* The second step: cpd-service-second-step.c. */
gboolean cpd_service_confirm_begin (CpdCall *call, GError **error);
gboolean cpd_service_totp_finish (CpdCall *call, GError **error);
gboolean cpd_service_totp_code (CpdCall *call, GError **error);
gboolean cpd_service_totp_off_finish (CpdCall *call, GError **error);
gboolean cpd_service_sheet_finish (CpdCall *call, GError **error);

/* The end: cpd-service-account-end.c. */
gboolean cpd_service_account_end_finish (CpdCall *call, GError **error);

G_END_DECLS

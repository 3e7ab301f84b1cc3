/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-store-account.h"
#include "cpd-throttle.h"

G_BEGIN_DECLS

#define CPD_LOGIN_BUCKETS 4

/* In which buckets a login counts. A trusted device (0: none) counts in its own only: nobody else can fill that. */
gsize cpd_login_throttle_buckets (const CpdKeys *keys, const char *username, gint64 trusted_device, const char *address,
                                  CpdThrottleKey buckets[CPD_LOGIN_BUCKETS]);

/* Whatever was tried with this account, on its devices and elsewhere, is forgotten. */
gboolean cpd_login_throttle_forgive_account (CpdDb *db, const CpdKeys *keys, const CpdAccount *account, GError **error);

G_END_DECLS

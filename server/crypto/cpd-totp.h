/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cp-time.h"

G_BEGIN_DECLS

/* Codes of an authenticator app: RFC 6238 with SHA-1, steps of 30 seconds, six digits. That is what every such app can
 * do. */
#define CPD_TOTP_SEED_SIZE 20

void cpd_totp_new_seed (guchar seed[CPD_TOTP_SEED_SIZE]);
/* (transfer full): the code of one step. */
char *cpd_totp_code (const guchar *seed, gsize size, gint64 step);
/* The step of which code is the code, now or one step earlier or later; 0 when it is of none. */
gint64 cpd_totp_match (const guchar *seed, gsize size, const char *code, CpTime now);
/* (transfer full): the seed in base 32 (RFC 4648), as it is typed into an app; free with cpd_secret_free(). */
char *cpd_totp_key (const guchar seed[CPD_TOTP_SEED_SIZE]);
/* (transfer full): what the QR code says; free with cpd_secret_free(). */
char *cpd_totp_uri (const char *key, const char *organisation, const char *username);

G_END_DECLS

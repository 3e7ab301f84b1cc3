/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cp-time.h"
#include "cpd-db.h"

G_BEGIN_DECLS

/* Purpose under which a seed is sealed, with the number of its account after a space. */
#define CPD_TOTP_SEAL "totp"

/* Codes from an app. */
typedef struct
{
  GBytes *seed_sealed; /* (nullable): none was set up */
  CpTime confirmed;    /* 0: it opens nothing yet */
} CpdTotp;

void cpd_totp_clear (CpdTotp *totp);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CpdTotp, cpd_totp_clear)

gboolean cpd_store_totp_get (CpdDb *db, gint64 account, CpdTotp *totp, GError **error);
/* One that was set up before and never confirmed is replaced; CP_ERROR_CONFLICT when one is in use. */
gboolean cpd_store_totp_add (CpdDb *db, gint64 account, GBytes *seed_sealed, CpTime now, GError **error);
/* The first code was right: it counts from now on, and that code never again. */
gboolean cpd_store_totp_confirm (CpdDb *db, gint64 account, gint64 step, CpTime now, GError **error);
gboolean cpd_store_totp_use (CpdDb *db, gint64 account, gint64 step, GError **error);
gboolean cpd_store_totp_drop (CpdDb *db, gint64 account, gboolean *dropped, GError **error);

/* Codes that were given beforehand. kind is CpStepMethod. */
gboolean cpd_store_given_code_add (CpdDb *db, gint64 account, int kind, const guchar *hash, CpTime now, CpTime expires,
                                   GError **error);
gboolean cpd_store_given_code_use (CpdDb *db, gint64 account, int kind, const guchar *hash, CpTime now, GError **error);
/* All of that kind. */
gboolean cpd_store_given_code_drop (CpdDb *db, gint64 account, int kind, GError **error);
/* How many are left, and when the newest was made (0: none ever). */
gboolean cpd_store_given_code_count (CpdDb *db, gint64 account, int kind, CpTime now, int *left, CpTime *made,
                                     GError **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cp-time.h"
#include "cpd-db.h"

G_BEGIN_DECLS

/* Somebody who manages the users of a patient: an open membership that holds settings. */
typedef struct
{
  gint64 account;
  gint64 membership;
  gboolean for_good; /* no end date */
} CpdManager;

/* (element-type CpdManager) (transfer full): NULL with an error. */
GArray *cpd_store_managers (CpdDb *db, gint64 patient, CpTime now, GError **error);
/* Whether one of them stays for good, that membership apart. */
gboolean cpd_managers_stay_without (GArray *managers, gint64 membership);

G_END_DECLS

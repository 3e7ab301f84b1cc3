/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-db.h"
#include "cpd-keys.h"

G_BEGIN_DECLS

/* Sealed values under an older key are sealed anew with the newest. Begun with zeros; each batch goes on where the one
 * before ended, and what is under the newest key already is passed over: so it can be broken off and begun again. */
typedef struct
{
  const CpdKeys *keys; /* (borrowed) */
  guint table;
  gint64 after;
  guint n_done;
  guint n_failed; /* that do not open with any key */
  gboolean more;  /* out */
} CpdReseal;

/* A writer job, with a CpdReseal. */
gboolean cpd_reseal_batch (CpdDb *db, gpointer data, GError **error);

/* The sealed file of before is now the other one; in a writer job. */
gboolean cpd_reseal_file (CpdDb *db, const char *before, const char *file, GError **error);

/* (transfer full) (element-type int): the peppers that passwords were hashed with
 * (temporary ones have none). NULL with error. */
GArray *cpd_reseal_peppers (CpdDb *db, GError **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cp-time.h"
#include "cpd-db.h"

G_BEGIN_DECLS

/* Everything of one client, and of the people who have to do with nobody else here, out of the database. What stays are
 * numbers, so that the log goes on to name something and no number is given twice: the row of the client, of those
 * people and of their memberships, without what says who they were. */
typedef struct
{
  gint64 patient;
  GBytes *nobody; /* (borrowed): a sealed identifier that is nobody's */
  CpTime now;
  int n_accounts; /* out */
} CpdErase;

/* A writer job of its own, with a CpdErase; with its rows of the log. The sealed files are the caller's to remove. */
gboolean cpd_erase (CpdDb *db, gpointer data, GError **error);

/* What was deleted is still in pages that are not used any more, until this has written the database anew. No other
 * connection may be open. */
gboolean cpd_erase_rewrite (const char *database, GError **error);

G_END_DECLS

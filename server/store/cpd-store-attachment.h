/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-actor.h"
#include "cpd-db.h"
#include "cpd-store-ehr-row.h"

G_BEGIN_DECLS

/* Where the sealed files of a database lie: beside it. (transfer full) */
char *cpd_store_attachments_directory (const char *database);

/* TRUE in *changed when the present files of item have other bytes than attachments (nullable: none). */
gboolean cpd_store_attachments_differ (CpdDb *db, gint64 item, const GPtrArray *attachments, gboolean *changed,
                                       GError **error);

/* Makes the files of the present version of item those of attachments (nullable: none), whose bytes are kept already.
 * When they differ that version is a new one: what the versions before it had stays. In a writer job. */
gboolean cpd_store_attachments_put (CpdDb *db, gint64 item, const GPtrArray *attachments, GError **error);

/* The sealed file of item that holds bytes of that hash; (transfer full), NULL without an error when there is none. */
char *cpd_store_attachment_file (CpdDb *db, gint64 item, const guchar hash[32], GError **error);

/* TRUE in *known when a row names that file. */
gboolean cpd_store_attachment_is_known (CpdDb *db, const char *file, gboolean *known, GError **error);

/* One file of a card. */
typedef struct
{
  gint64 id; /* 0: none */
  CpTime at; /* of the card */
  char *media_type;
  char *file; /* name of the sealed file */
} CpdAttachmentFound;
void cpd_attachment_found_clear (CpdAttachmentFound *found);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CpdAttachmentFound, cpd_attachment_found_clear)

/* The file of a card of the grant's patient among kinds (bits of CpDossierKind), both by their public ids. */
gboolean cpd_store_attachment_find (CpdDb *db, const CpdGrant *grant, guint kinds, const char *item,
                                    const char *attachment, CpdAttachmentFound *found, GError **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-db.h"
#include "cpd-store-ehr-row.h"

G_BEGIN_DECLS

/* A row of a contact inside a Patient: who that is there. */
typedef struct
{
  char *id; /* "wil#1" */
  gboolean removed;
  CpdEhrContact *content; /* name, relation and phone only */
} CpdEhrKeptContact;

/* (transfer full) (element-type CpdEhrKeptContact): those of the Patient with that id that are the client's, tombstones
 * too, in the order in which they came; NULL with error. */
GPtrArray *cpd_store_ehr_kept_contacts (CpdDb *db, gint64 patient, const char *source, const char *fhir_id,
                                        GError **error);

/* TRUE when the Patient's own list of contacts has somebody of that name, and of that number when both have one. */
gboolean cpd_store_ehr_has_own_contact (CpdDb *db, gint64 patient, const CpdEhrContact *contact);

G_END_DECLS

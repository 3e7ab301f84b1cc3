/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cpa-context.h"

G_BEGIN_DECLS

/* The portal of one patient (or of none yet): the header and the pages under it. It is made anew for another patient.
 * Signals "patient-chosen" (char *id) and "answered" (gboolean accepted): an invitation was answered. Inside it the
 * actions main.people and main.person (id of a row) open user management. */
#define CPA_TYPE_MAIN_PAGE (cpa_main_page_get_type ())
G_DECLARE_FINAL_TYPE (CpaMainPage, cpa_main_page, CPA, MAIN_PAGE, AdwBin)

GtkWidget *cpa_main_page_new (CpaContext *context);
void cpa_main_page_open_invitations (CpaMainPage *self);
/* Whether nobody's portal is open, and the answer to an invitation is under way: "answered" comes after it. */
gboolean cpa_main_page_is_answering (CpaMainPage *self);
/* Whether the page in sight is still there when patient, the same one, has that access: home is made anew. */
gboolean cpa_main_page_stays (CpaMainPage *self, const CpPatientAccess *patient);
/* CpPart that the person gives up, until that has been taken. */
guint cpa_main_page_get_given_up (CpaMainPage *self);
/* The access of the same patient changed: what may no longer be seen goes, what is new comes. */
void cpa_main_page_set_access (CpaMainPage *self, CpaContext *context);
/* Something changed on the server (CpTopic). */
void cpa_main_page_look_again (CpaMainPage *self, guint topics);
/* Of who is logged in. */
void cpa_main_page_set_name (CpaMainPage *self, const char *name);
/* Asks again what is shown. */
void cpa_main_page_refresh (CpaMainPage *self);
void cpa_main_page_set_invitations (CpaMainPage *self, gint64 open);

G_END_DECLS

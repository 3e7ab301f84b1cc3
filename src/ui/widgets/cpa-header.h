/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cpa-context.h"

G_BEGIN_DECLS

/* The header of every page after login, in the patient's colour: back and whose portal it is at the left, the page (or
 * on start the organisation) in the middle, log-out, the person's menu and the window's buttons at the right; while
 * one looks as somebody else only the last. Signals "back" and "patient-chosen" (char *id). Rows and buttons activate
 * the actions session.invitations, main.profile, session.change-password and session.log-out. */
#define CPA_TYPE_HEADER (cpa_header_get_type ())
G_DECLARE_FINAL_TYPE (CpaHeader, cpa_header, CPA, HEADER, GtkWidget)

GtkWidget *cpa_header_new (CpaContext *context);
/* The page that is shown; title NULL is the start page, with the organisation instead and without back. */
void cpa_header_set_page (CpaHeader *self, const char *title, const char *icon);
void cpa_header_set_invitations (CpaHeader *self, gint64 open);
/* Of who is logged in. */
void cpa_header_set_name (CpaHeader *self, const char *name);

G_END_DECLS

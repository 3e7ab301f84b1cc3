/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What was typed in a form and not saved when its session ended by itself. It is kept in memory, with the window of the
 * portal, for the next login of the same account; never a password or a code. */

/* Of a form, a window over the portal's: which one it is, in words that tell it from every other, ended by NULL. Where
 * it is about somebody, their ids are among them. */
void cpa_drafts_declare (GtkWindow *form, const char *what, ...) G_GNUC_NULL_TERMINATED;
/* One of its fields: a CpaField, a CpaChoices or a GtkCheckButton. name tells it from the others. */
void cpa_drafts_add (GtkWindow *form, const char *name, GtkWidget *field);
/* Everything stands in it that does so by itself: puts back what was kept of it, which is kept no longer then. Returns
 * (transfer none) (nullable) the sentence that says so. */
const char *cpa_drafts_fill (GtkWindow *form);
/* Its fields go. */
void cpa_drafts_undeclare (GtkWindow *form);

/* Of the portal's window: somebody is in, at that server. What is kept of anybody else is dropped. Returns (transfer
 * full) (nullable) the sentence that says which form something is kept of. */
char *cpa_drafts_claim (GtkWindow *window, const char *address, const char *username);
/* The session ended by itself, as sentence says: keeps what stands in the forms over window (nullable: there are none),
 * but not of those that are about the client with that id (nullable), to whom the access ended: they open no more.
 * Returns (transfer full) the sentence, with another one where something is kept. */
char *cpa_drafts_keep (GtkWindow *window, const char *sentence, const char *ended);
/* Whether a form is open over window of which that is kept. */
gboolean cpa_drafts_has_form (GtkWindow *window);
/* The person is done. */
void cpa_drafts_drop (GtkWindow *window);

G_END_DECLS

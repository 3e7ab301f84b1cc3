/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "screen-kit.h"

G_BEGIN_DECLS

/* What tests of Lezen do with it. */

FixtureApi *get_api (Screen *screen);
/* Mijn dossier, with the tab of Lezen open. */
Screen open_reading (const char *scenario, const char *session, int width);
GtkWidget *find_reports (Screen *screen);
guint count_reports (Screen *screen);
gboolean is_search_entry (GtkWidget *widget, const char *text);
void type (Screen *screen, const char *text);
/* Types, and waits for the pause after it. */
void search (Screen *screen, const char *text);
gboolean is_check_named (GtkWidget *widget, const char *name);
/* Opens the list of a field, and chooses. */
void choose (Screen *screen, const char *field, const char *name);
/* Whether that is the accessible description; "": whether there is none. */
gboolean is_described (GtkWidget *widget, const char *words);

/* The field of a form with that key. */
gboolean is_field (GtkWidget *widget, const char *key);
/* Whether the app keeps files that another program shows. */
gboolean has_private_files (void);

G_END_DECLS

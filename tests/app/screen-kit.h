/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "fixture-api.h"

G_BEGIN_DECLS

/* A page in a window of its own, for tests that look at what is on it. */
typedef struct
{
  CpaApi *api;         /* (owned) */
  CpaContext *context; /* (owned) */
  GtkWidget *page;     /* (borrowed) */
  GtkWidget *window;   /* (owned by GTK) */
} Screen;

typedef gboolean (*Match) (GtkWidget *widget, const char *text);

void settle (void);
Screen open_screen (const char *name, const char *scenario, const char *session, int width);
void close_screen (Screen *screen);
GtkWidget *find (GtkWidget *widget, Match match, const char *text);
gboolean says (GtkWidget *widget, const char *text);
/* By the accessible name, of anything and of buttons alone. */
gboolean is_named (GtkWidget *widget, const char *name);
gboolean is_button_named (GtkWidget *widget, const char *name);
void assert_says (Screen *screen, const char *text);
void assert_does_not_say (Screen *screen, const char *text);
void press (Screen *screen, const char *name);
void choose_tab (Screen *screen, const char *name);
gboolean is_list (GtkWidget *widget, const char *text);
GtkWidget *find_list (Screen *screen);

G_END_DECLS

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

typedef struct
{
  const char *path; /* NULL in the last row */
  void (*run) (void);
} ScreenTest;

/* Speaks language, moves nothing, and it is Tuesday 3 March 2026, 13:40. FALSE where there is no display: then the
 * program has said that it is skipped. */
gboolean screen_init (int *argc, char ***argv, const char *language);
/* The main() of a program with such tests, in English. */
int screen_main (int argc, char **argv, const ScreenTest *tests);

/* Until something is so; it takes as long as it takes. */
#define WAIT_FOR(condition)                                                                                            \
  G_STMT_START                                                                                                         \
  {                                                                                                                    \
    gint64 end = g_get_monotonic_time () + 60 * G_TIME_SPAN_SECOND;                                                    \
    while (!(condition) && g_get_monotonic_time () < end)                                                              \
      settle ();                                                                                                       \
    g_assert_true (condition);                                                                                         \
  }                                                                                                                    \
  G_STMT_END

typedef gboolean (*Match) (GtkWidget *widget, const char *text);

/* Until nothing has happened for a while: data has come, and the frames that show it are drawn. */
void settle (void);
/* Only what is ready, for what has no window. */
void settle_at_once (void);
Screen open_screen (const char *name, const char *scenario, const char *session, int width);
/* In a window of its own, without a frame around it. */
void show_page (Screen *screen, GtkWidget *page, int width);
void close_screen (Screen *screen);
/* As the app does by itself now and then: its page, a CpaPage, asks again. */
void refresh (Screen *screen);
/* Before what ends in which a popover was open: GTK 4.8 asks what the tooltip under the pointer is half a second after
 * it came to rest there, and complains when the popover that it rested on has gone by then. */
void let_tooltip_come (GtkWidget *window);
GtkWidget *find (GtkWidget *widget, Match match, const char *text);
gboolean says (GtkWidget *widget, const char *text);
/* By the accessible name, of anything and of buttons alone. */
gboolean is_named (GtkWidget *widget, const char *name);
gboolean is_button_named (GtkWidget *widget, const char *name);
gboolean is_selectable (GtkWidget *widget, const char *text);
/* A field of a password, and what is typed into in it or in any other. */
gboolean is_password (GtkWidget *widget, const char *text);
gboolean is_text (GtkWidget *widget, const char *text);
/* Whether that is to be read somewhere in widget (nullable). */
gboolean shows (GtkWidget *widget, const char *text);
/* Whether a screen reader tells it at once. */
gboolean tells (GtkWidget *widget, const char *text);
void assert_says (Screen *screen, const char *text);
void assert_does_not_say (Screen *screen, const char *text);
void press (Screen *screen, const char *name);
void choose_tab (Screen *screen, const char *name);
/* How narrow it can be; a window of a newer libadwaita is never narrower than 360 itself. */
int least_width (GtkWidget *widget);
/* Of something that scrolls: whether all of it is within what is shown. */
gboolean is_in_sight (GtkWidget *widget);
gboolean is_list (GtkWidget *widget, const char *text);
GtkWidget *find_list (Screen *screen);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cp-error.h"
#include "cpa-portal.h"
#include "screen-kit.h"

G_BEGIN_DECLS

#define WIL "wilAAAAAAAAAAAAAAAAAAA"

/* A session in a window; a fixture for g_test_add(). */
typedef struct
{
  Screen screen;       /* without a page of its own */
  CpaAccount *account; /* (owned): of who is in, one after the other */
  CpaPortal *portal;   /* (owned) */
  GtkWidget *place;    /* (borrowed) */
  char *left;          /* (owned) (nullable): what was said at the end */
} Session;

/* scenario (nullable): what the server is like. With none, the second client has been chosen. */
void set_up (Session *session, gconstpointer scenario);
void tear_down (Session *session, gconstpointer data);
/* It is over, and somebody logs in again in the same window; the server answers as in session-<scenario>.json. */
void log_in_again (Session *session, const char *scenario);
/* An answer says that the session is over. */
void session_ends (Session *session, CpErrorCode code);
/* What the window shows. */
GtkWidget *shown (Session *session);
/* The server answers as in session-<scenario>.json when the session is looked at again. */
void look_again (Session *session, GtkWidget *main_page, const char *scenario);
/* The feed says that something changed; the server answers as in session-<scenario>.json from now on. */
void change_rights (Session *session, const char *scenario);
/* The person changes their password, which the server does not answer until it is let go. Returns the page. */
GtkWidget *change_password_held (Session *session);
/* Any widget below of that type, or NULL. */
GtkWidget *find_type (GtkWidget *widget, GType type);
/* How often it comes into a window or leaves one from now on; of widget. */
const guint *count_moves (GtkWidget *widget);
/* The dialog over the window, or NULL. */
GtkWidget *dialog_over (GtkWidget *window);
GtkWidget *dialog_of (Session *session);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cpa-settings.h"

G_BEGIN_DECLS

/* The one window: first the way in, then the portal, and back. Closing it ends the session. */
#define CPA_TYPE_WINDOW (cpa_window_get_type ())
G_DECLARE_FINAL_TYPE (CpaWindow, cpa_window, CPA, WINDOW, AdwApplicationWindow)

GtkWidget *cpa_window_new (GtkApplication *application, CpaSettings *settings);
/* uri comes from outside: a link of a mail, or anything else. Who is logged in is asked first. */
void cpa_window_open (CpaWindow *self, const char *uri);

G_END_DECLS

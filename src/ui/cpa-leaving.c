/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-leaving.h"

#include <glib/gi18n.h>

#include "cp-error.h"
#include "cpa-dialog.h"
#include "cpa-error-text.h"
#include "cpa-fill.h"
#include "cpa-time-text.h"

GtkWidget *
cpa_leaving_question_new (GtkWindow *window, gboolean shared)
{
  return cpa_dialog_question_new (
      window, _ ("Log Out?"), shared ? _ ("Nothing is left on this computer.") : _ ("In the portal everything stays."),
      "log-out", _ ("Log Out"));
}

const char *
cpa_leaving_chosen (gboolean shared)
{
  return shared ? _ ("You are logged out. Nothing is left on this computer.") : _ ("You are logged out.");
}

static const char *
not_saved (void)
{
  return _ ("Perhaps not all your last changes in User Management have been saved. Check them when you log in again.");
}

char *
cpa_leaving_said (const char *sentence, gboolean saved)
{
  return saved ? g_strdup (sentence) : g_strdup_printf ("%s %s", sentence, not_saved ());
}

GtkWidget *
cpa_leaving_tell_not_saved (GtkWindow *window)
{
  return cpa_dialog_tell (window, _ ("You Are Logged Out"), not_saved ());
}

char *
cpa_leaving_unused (gint64 seconds)
{
  g_autofree char *wait = cpa_time_wait (seconds);

  return cpa_fill (_ ("You are logged out, because nothing happened for {wait}."), "wait", wait, NULL);
}

char *
cpa_leaving_over (const CpOrganisation *organisation)
{
  g_autoptr (GError) over = g_error_new_literal (CP_ERROR, CP_ERROR_UNAUTHENTICATED, "its time is over");
  g_autoptr (CpaErrorText) text = cpa_error_text_new (over, organisation);

  return g_strdup (text->text);
}

const char *
cpa_leaving_locked (void)
{
  return _ ("You are logged out, because the screen was locked or the computer went to sleep. Nothing is left on this "
            "computer.");
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-account-notifications.h"

#include <glib/gi18n.h>

#include "cp-time.h"
#include "cpa-ask.h"
#include "cpa-fill.h"
#include "cpa-label.h"
#include "cpa-wrap.h"

#define TARGET 44 /* pixels: to be hit by a finger */
#define STEP 30   /* minutes between the times that can be chosen */
#define TIMES (24 * 60 / STEP)
#define FROM (21 * 60) /* what is proposed to who had no quiet hours */
#define UNTIL (8 * 60)

/* What stands in the window, as long as it does. */
typedef struct
{
  GtkWidget *mail;
  GtkWidget *quiet;
  GtkWidget *from;
  GtkWidget *until;
} Choices;

#define CHOICES "choices"

static const Choices *
choices_of (CpaAsk *form)
{
  return g_object_get_data (G_OBJECT (form), CHOICES);
}

const char *
cpa_account_notifications_text (const CpOwnAccount *account)
{
  return account->news_mail ? _ ("You get an e-mail when there is something new.")
                            : _ ("You get no e-mail when there is something new.");
}

char *
cpa_account_notifications_hours (const CpOwnAccount *account)
{
  g_autofree char *hours = NULL;

  if (!account->news_mail || account->quiet_from == NULL || account->quiet_until == NULL)
    return NULL;
  hours = cpa_fill (_ ("from {from} until {until}"), "from", account->quiet_from, "until", account->quiet_until, NULL);
  return g_strdup_printf ("%s: %s", _ ("Do Not Disturb"), hours);
}

/* Saving */

static gboolean
is_ticked (GtkWidget *check)
{
  return gtk_check_button_get_active (GTK_CHECK_BUTTON (check));
}

/* (transfer full) (nullable): NULL when the person is never to be left alone. */
static char *
chosen_time (const Choices *choices, GtkWidget *list)
{
  int minute = (int) gtk_drop_down_get_selected (GTK_DROP_DOWN (list)) * STEP;

  return is_ticked (choices->quiet) ? cp_time_clock_of_minute (minute) : NULL;
}

static void
saved_cb (CpaAsk *form, gpointer record, gpointer data)
{
  cp_own_account_free (record);
  gtk_window_close (GTK_WINDOW (form));
  cpa_account_page_changed (data, _ ("Saved"));
}

static void
save (CpaAsk *form, gpointer data)
{
  const Choices *choices = choices_of (form);
  g_autofree char *from = chosen_time (choices, choices->from);
  g_autofree char *until = chosen_time (choices, choices->until);
  CpNotificationsRequest request = { is_ticked (choices->mail), from, until };
  CpaCall call = { .route = CP_ROUTE_ACCOUNT_NOTIFICATIONS,
                   .body_type = &cp_notifications_request_record,
                   .body = &request,
                   .answer_type = &cp_own_account_record };

  if (from != NULL && g_str_equal (from, until))
    cpa_ask_show_error (form, _ ("Choose two different times."));
  else
    cpa_ask_send (form, &call, saved_cb, data);
}

/* The window */

/* Without the mail there is nothing that could disturb. */
static void
show_what_counts (CpaAsk *form)
{
  const Choices *choices = choices_of (form);
  gboolean quiet = is_ticked (choices->mail) && is_ticked (choices->quiet);

  gtk_widget_set_sensitive (choices->quiet, is_ticked (choices->mail));
  gtk_widget_set_sensitive (choices->from, quiet);
  gtk_widget_set_sensitive (choices->until, quiet);
}

static GtkWidget *
check_new (CpaAsk *form, const char *text, gboolean ticked)
{
  GtkWidget *check = gtk_check_button_new ();

  gtk_check_button_set_child (GTK_CHECK_BUTTON (check), cpa_label_new (text, NULL));
  cpa_name (check, text, NULL);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), ticked);
  gtk_widget_add_css_class (check, "cp-check");
  g_signal_connect_object (check, "toggled", G_CALLBACK (show_what_counts), form, G_CONNECT_SWAPPED);
  cpa_ask_watch (form, check);
  return check;
}

/* clock (nullable): what is chosen already; a time in between shows as the one before it. */
static GtkWidget *
times_new (CpaAsk *form, const char *name, const char *clock, int proposed)
{
  g_autoptr (GtkStringList) times = gtk_string_list_new (NULL);
  int minute = clock != NULL ? cp_time_minute_of_day (clock) : -1;
  GtkWidget *list;

  for (int i = 0; i < TIMES; i++)
    gtk_string_list_take (times, cp_time_clock_of_minute (i * STEP));
  list = gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&times)), NULL);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (list), (guint) ((minute >= 0 ? minute : proposed) / STEP));
  cpa_name (list, name, NULL);
  gtk_widget_set_size_request (list, -1, TARGET);
  cpa_ask_watch (form, list);
  return list;
}

static GtkWidget *
named_new (const char *name, GtkWidget *widget)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *label = cpa_label_new (name, "cp-label");

  cpa_hide_from_reader (label);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), widget);
  return box;
}

static void
add_choices (CpaAsk *form, const CpOwnAccount *account)
{
  Choices *choices = g_new0 (Choices, 1);
  GtkWidget *hours = cpa_wrap_new ();
  const char *from = C_ ("time of the day", "From");
  const char *until = C_ ("time of the day", "Until");

  g_object_set_data_full (G_OBJECT (form), CHOICES, choices, g_free);
  choices->mail = check_new (form, _ ("Send me an e-mail when there is something new"), account->news_mail);
  choices->quiet = check_new (form, _ ("Do Not Disturb"), account->quiet_from != NULL);
  choices->from = times_new (form, from, account->quiet_from, FROM);
  choices->until = times_new (form, until, account->quiet_until, UNTIL);
  cpa_wrap_append (CPA_WRAP (hours), named_new (from, choices->from));
  cpa_wrap_append (CPA_WRAP (hours), named_new (until, choices->until));
  cpa_ask_append (form, choices->mail);
  cpa_ask_append (form, cpa_label_new (_ ("At most once after each time that data is fetched, and never with content."),
                                       "cp-caption"));
  cpa_ask_append (form, choices->quiet);
  cpa_ask_append (form, hours);
  cpa_ask_append (
      form,
      cpa_label_new (_ ("If something new comes in these hours, the e-mail waits until they are over."), "cp-caption"));
  show_what_counts (form);
}

void
cpa_account_change_notifications (CpaAccountPage *page)
{
  CpaAsk *form = cpa_ask_new (cpa_account_page_get_context (page), GTK_WIDGET (page), _ ("Notifications"));

  cpa_ask_begin (form, NULL, _ ("Save"), save, page);
  add_choices (form, cpa_account_page_get_account (page));
  cpa_ask_present (form);
}

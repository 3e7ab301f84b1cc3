/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-resend.h"

#include <glib/gi18n.h>

#include "cp-session.h"
#include "cpa-boot-clock.h"
#include "cpa-button.h"
#include "cpa-fill.h"
#include "cpa-focus.h"
#include "cpa-time-text.h"

struct _CpaResend
{
  AdwBin parent_instance;

  GtkWidget *count_down; /* (borrowed) */
  GtkWidget *limit;      /* (borrowed): from when, where that is not in a moment */
  GtkWidget *button;     /* (borrowed) */
  gint64 until;          /* by cpa_boot_clock(): the computer may sleep meanwhile */
  gint64 seconds_left;
  guint timer;
  gboolean says_when; /* at a limit */
};

enum
{
  SIGNAL_CLICKED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CpaResend, cpa_resend, ADW_TYPE_BIN)

static void
show (CpaResend *self)
{
  g_autofree char *text =
      cpa_fill_n (ngettext ("You can ask for a new code in {n} second.", "You can ask for a new code in {n} seconds.",
                            (gulong) self->seconds_left),
                  self->seconds_left, NULL);

  gtk_label_set_label (GTK_LABEL (self->count_down), text);
  gtk_widget_set_visible (self->count_down, self->seconds_left > 0 && !cpa_resend_is_limit (self->seconds_left));
  gtk_widget_set_visible (self->limit, self->says_when && cpa_resend_is_limit (self->seconds_left));
  gtk_widget_set_visible (self->button, self->seconds_left == 0);
}

static void
look_at_clock (CpaResend *self)
{
  self->seconds_left = (MAX (self->until - cpa_boot_clock (), 0) + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC;
}

static gboolean
second_cb (gpointer user_data)
{
  CpaResend *self = user_data;

  look_at_clock (self);
  show (self);
  if (self->seconds_left > 0)
    return G_SOURCE_CONTINUE;
  self->timer = 0;
  return G_SOURCE_REMOVE;
}

static void
clicked_cb (CpaResend *self)
{
  g_signal_emit (self, signals[SIGNAL_CLICKED], 0);
}

static void
cpa_resend_dispose (GObject *object)
{
  g_clear_handle_id (&CPA_RESEND (object)->timer, g_source_remove);
  G_OBJECT_CLASS (cpa_resend_parent_class)->dispose (object);
}

static void
cpa_resend_class_init (CpaResendClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpa_resend_dispose;
  signals[SIGNAL_CLICKED] =
      g_signal_new ("clicked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static GtkWidget *
sentence_new (void)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  return label;
}

static void
cpa_resend_init (CpaResend *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->count_down = sentence_new ();
  self->limit = sentence_new ();
  self->button = cpa_button_new (_ ("Send New Code"));
  gtk_widget_set_halign (self->button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->button, "cp-outline");
  g_signal_connect_object (self->button, "clicked", G_CALLBACK (clicked_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), self->count_down);
  gtk_box_append (GTK_BOX (box), self->limit);
  gtk_box_append (GTK_BOX (box), self->button);
  adw_bin_set_child (ADW_BIN (self), box);
  show (self);
}

GtkWidget *
cpa_resend_new (void)
{
  return g_object_new (CPA_TYPE_RESEND, NULL);
}

gboolean
cpa_resend_is_limit (gint64 seconds)
{
  return seconds > CP_RESEND_PAUSE;
}

/* (transfer full): a limit of a day may well end tomorrow. What day it is now the server knows, as it does the time. */
static char *
limit_text (gint64 seconds, CpTime resend_at, GTimeZone *zone)
{
  g_autofree char *time = cpa_time_clock (resend_at, zone);
  gboolean today = cp_time_days_between (resend_at - seconds * CP_TIME_SECOND, resend_at, zone) == 0;

  return cpa_fill (today ? _ ("From {time} you can ask for a new code.")
                         : _ ("Tomorrow from {time} you can ask for a new code."),
                   "time", time, NULL);
}

void
cpa_resend_start (CpaResend *self, gint64 seconds, CpTime resend_at, GTimeZone *zone)
{
  g_autofree char *limit = limit_text (seconds, resend_at, zone);

  gtk_label_set_label (GTK_LABEL (self->limit), limit);
  self->says_when = resend_at != 0;
  self->until = cpa_boot_clock () + seconds * G_USEC_PER_SEC;
  self->seconds_left = seconds;
  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->seconds_left > 0)
    self->timer = g_timeout_add_seconds (1, second_cb, self);
  show (self);
}

gboolean
cpa_resend_is_at_limit (CpaResend *self)
{
  return cpa_resend_is_limit (self->seconds_left);
}

void
cpa_resend_set_busy (CpaResend *self, gboolean busy)
{
  cpa_focus_set_busy (self->button, busy, NULL);
}

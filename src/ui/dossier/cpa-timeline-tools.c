/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-timeline-tools.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <stdlib.h>

#include "cp-time.h"
#include "cpa-button.h"
#include "cpa-calendar.h"
#include "cpa-date-text.h"
#include "cpa-field.h"
#include "cpa-fill.h"
#include "cpa-icon-button.h"
#include "cpa-label.h"
#include "cpa-popover-button.h"
#include "cpa-wrap.h"

struct _CpaTimelineTools
{
  GtkWidget parent_instance;

  CpaContext *context;   /* (owned) */
  GtkWidget *box;        /* (owned) */
  GtkWidget *unread;     /* (borrowed) */
  GtkWidget *unread_all; /* (borrowed): in its popover */
  GtkWidget *today;      /* (borrowed) */
  GtkWidget *date;       /* (borrowed): the button */
  GtkWidget *date_icon;  /* (borrowed) */
  GtkWidget *calendar;   /* (borrowed) */
  GtkWidget *field;      /* (borrowed) */
  gboolean setting;      /* the calendar changes because of this widget */
};

enum
{
  SIGNAL_NEXT_UNREAD,
  SIGNAL_READ_ALL,
  SIGNAL_TODAY,
  SIGNAL_GO_TO_DATE,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CpaTimelineTools, cpa_timeline_tools, GTK_TYPE_WIDGET)

static void
next_unread_cb (CpaTimelineTools *self)
{
  g_signal_emit (self, signals[SIGNAL_NEXT_UNREAD], 0);
}

static void
read_all_cb (CpaTimelineTools *self)
{
  cpa_popover_close (self->unread_all);
  g_signal_emit (self, signals[SIGNAL_READ_ALL], 0);
}

static void
today_cb (CpaTimelineTools *self)
{
  g_signal_emit (self, signals[SIGNAL_TODAY], 0);
}

static void
go (CpaTimelineTools *self, const char *date)
{
  cpa_popover_close (self->field);
  g_signal_emit (self, signals[SIGNAL_GO_TO_DATE], 0, date);
}

static void
day_selected_cb (CpaTimelineTools *self)
{
  g_autoptr (GDateTime) day = gtk_calendar_get_date (GTK_CALENDAR (self->calendar));
  g_autofree char *date = g_date_time_format (day, "%Y-%m-%d");

  if (!self->setting)
    go (self, date);
}

static void
typed_cb (CpaTimelineTools *self)
{
  g_autofree char *today = cp_time_date (cp_time_now (), cpa_context_get_zone (self->context));
  g_autofree char *text = cpa_field_get_text (CPA_FIELD (self->field));
  g_autofree char *date = cpa_date_parse (text, today, CPA_DATE_FIRST);

  if (date != NULL)
    go (self, date);
  else
    cpa_field_set_error (CPA_FIELD (self->field), _ ("This is not a date. Type it like this: 3-3-2026"));
}

/* Today is the organisation's, also where the computer's day is another. */
static void
mark_today_cb (CpaTimelineTools *self)
{
  g_autofree char *today = cp_time_date (cp_time_now (), cpa_context_get_zone (self->context));
  g_autoptr (GDateTime) day = g_date_time_new_local (atoi (today), atoi (today + 5), atoi (today + 8), 12, 0, 0);

  self->setting = TRUE;
  gtk_calendar_select_day (GTK_CALENDAR (self->calendar), day);
  self->setting = FALSE;
}

static GtkWidget *
date_popover_new (CpaTimelineTools *self)
{
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);

  self->field = cpa_field_new ("date", _ ("Go to Date"), NULL);
  self->calendar = cpa_calendar_new ();
  gtk_widget_add_css_class (box, "cp-sheet-inner");
  gtk_box_append (GTK_BOX (box), self->field);
  gtk_box_append (GTK_BOX (box), self->calendar);
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  g_signal_connect_object (self->field, "activate", G_CALLBACK (typed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->calendar, "day-selected", G_CALLBACK (day_selected_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (popover, "show", G_CALLBACK (mark_today_cb), self, G_CONNECT_SWAPPED);
  return popover;
}

static GtkWidget *
date_button_new (CpaTimelineTools *self)
{
  GtkWidget *inside = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);

  gtk_widget_set_halign (inside, GTK_ALIGN_CENTER);
  self->date_icon = gtk_image_new_from_icon_name ("x-office-calendar-symbolic");
  gtk_box_append (GTK_BOX (inside), self->date_icon);
  gtk_box_append (GTK_BOX (inside), gtk_label_new (_ ("Go to Date")));
  self->date = cpa_popover_button_new (inside, date_popover_new (self), _ ("Go to Date"));
  gtk_widget_add_css_class (self->date, "cp-outline");
  return self->date;
}

static GtkWidget *
unread_button_new (CpaTimelineTools *self)
{
  GtkWidget *button = adw_split_button_new ();
  GtkWidget *popover = gtk_popover_new ();

  self->unread_all = cpa_button_new (_ ("Mark All as Read"));
  gtk_widget_add_css_class (self->unread_all, "cp-menu-row");
  gtk_widget_add_css_class (popover, "cp-popover");
  gtk_popover_set_child (GTK_POPOVER (popover), self->unread_all);
  adw_split_button_set_popover (ADW_SPLIT_BUTTON (button), GTK_POPOVER (popover));
  gtk_widget_add_css_class (button, "cp-unread-button");
  gtk_widget_set_visible (button, FALSE);
  g_signal_connect_object (button, "clicked", G_CALLBACK (next_unread_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->unread_all, "clicked", G_CALLBACK (read_all_cb), self, G_CONNECT_SWAPPED);
  return button;
}

static void
cpa_timeline_tools_dispose (GObject *object)
{
  CpaTimelineTools *self = CPA_TIMELINE_TOOLS (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (cpa_timeline_tools_parent_class)->dispose (object);
}

static void
cpa_timeline_tools_class_init (CpaTimelineToolsClass *klass)
{
  static const char *const names[] = { "next-unread", "read-all", "today" };

  G_OBJECT_CLASS (klass)->dispose = cpa_timeline_tools_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    signals[i] =
        g_signal_new (names[i], CPA_TYPE_TIMELINE_TOOLS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_GO_TO_DATE] = g_signal_new ("go-to-date", CPA_TYPE_TIMELINE_TOOLS, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                             NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
cpa_timeline_tools_init (CpaTimelineTools *self)
{
  self->box = cpa_wrap_new ();
  self->unread = unread_button_new (self);
  self->today = cpa_button_new (_ ("Today"));
  gtk_widget_add_css_class (self->today, "cp-outline");
  g_signal_connect_object (self->today, "clicked", G_CALLBACK (today_cb), self, G_CONNECT_SWAPPED);
  cpa_wrap_append (CPA_WRAP (self->box), self->unread);
  cpa_wrap_append (CPA_WRAP (self->box), date_button_new (self));
  cpa_wrap_append (CPA_WRAP (self->box), self->today);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

GtkWidget *
cpa_timeline_tools_new (CpaContext *context)
{
  CpaTimelineTools *self = g_object_new (CPA_TYPE_TIMELINE_TOOLS, NULL);

  self->context = g_object_ref (context);
  return GTK_WIDGET (self);
}

void
cpa_timeline_tools_set_unread (CpaTimelineTools *self, gint64 unread)
{
  g_autofree char *words = cpa_fill_n (ngettext ("{n} unread", "{n} unread", unread), unread, NULL);
  g_autofree char *label = g_strconcat ("●  ", words, NULL);
  g_autofree char *cards = cpa_fill_n (ngettext ("{n} unread card", "{n} unread cards", unread), unread, NULL);

  gtk_widget_set_visible (self->unread, unread > 0);
  adw_split_button_set_label (ADW_SPLIT_BUTTON (self->unread), label);
  adw_split_button_set_dropdown_tooltip (ADW_SPLIT_BUTTON (self->unread), cards);
  cpa_name (gtk_widget_get_first_child (self->unread), words, NULL);
  /* The arrow is a toggle button inside a menu button, which GTK 4.8 leaves without a name. */
  cpa_name (gtk_widget_get_first_child (gtk_widget_get_last_child (self->unread)), cards, NULL);
}

void
cpa_timeline_tools_set_narrow (CpaTimelineTools *self, gboolean narrow)
{
  gtk_widget_set_visible (self->today, !narrow);
  gtk_widget_set_visible (self->date_icon, !narrow);
}

static void
tight_cb (CpaTimelineTools *self, GParamSpec *pspec, CpaAdaptive *around)
{
  gboolean tight = cpa_adaptive_is_tight (around);

  cpa_icon_button_show_words (self->date, !tight);
  gtk_widget_set_visible (self->date_icon, tight || !cpa_adaptive_is_narrow (around));
}

void
cpa_timeline_tools_follow (CpaTimelineTools *self, CpaAdaptive *around)
{
  g_signal_connect_object (around, "notify::tight", G_CALLBACK (tight_cb), self, G_CONNECT_SWAPPED);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-appointment-list.h"

#include <glib/gi18n.h>

#include "cpa-appointment-text.h"
#include "cpa-badge.h"
#include "cpa-fill.h"
#include "cpa-label.h"
#include "cpa-time-text.h"
#include "cpa-wrap.h"

struct _CpaAppointmentList
{
  GtkWidget parent_instance;

  GTimeZone *zone; /* (owned) */
  GtkWidget *box;  /* (owned) */
  GtkWidget *card; /* (borrowed) (nullable): of the last day */
  char *day;       /* (owned) (nullable): date of the last day, "" for no date */
};

G_DEFINE_FINAL_TYPE (CpaAppointmentList, cpa_appointment_list, GTK_TYPE_WIDGET)

/* "Today" with the date behind it; the date itself on other days. */
static GtkWidget *
day_heading (CpTime start, GTimeZone *zone)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  int days = start != 0 ? cp_time_days_between (cp_time_now (), start, zone) : 0;
  g_autofree char *long_day = cpa_time_capital (cpa_time_long_day (start, zone));
  g_autofree char *day = cpa_time_capital (cpa_time_day (start, zone));
  GtkWidget *label;

  if (start == 0)
    label = cpa_label_new (_ ("Time not known"), "cp-heading");
  else
    label = cpa_label_new (ABS (days) <= 1 ? day : long_day, "cp-heading");
  gtk_box_append (GTK_BOX (box), label);
  if (start != 0 && ABS (days) <= 1)
    {
      GtkWidget *date = cpa_label_new (long_day, "cp-caption");

      gtk_widget_set_valign (date, GTK_ALIGN_BASELINE);
      gtk_widget_set_valign (label, GTK_ALIGN_BASELINE);
      gtk_box_append (GTK_BOX (box), date);
    }
  return box;
}

static void
append_detail (GtkWidget *box, const char *text)
{
  if (text != NULL && *text != '\0')
    gtk_box_append (GTK_BOX (box), cpa_label_new (text, "cp-caption"));
}

static char *
companions_text (const char *with)
{
  g_auto (GStrv) names = with != NULL ? g_strsplit (with, ", ", -1) : NULL;

  if (names == NULL || names[0] == NULL)
    return NULL;
  return cpa_fill (ngettext ("Comes: {names}", "Come: {names}", g_strv_length (names)), "names", with, NULL);
}

static GtkWidget *
details_new (const CpAppointment *appointment)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *title = cpa_label_new (cpa_appointment_title (appointment), "cp-bold");
  g_autofree char *with = companions_text (appointment->with);
  g_autofree char *reason = appointment->cancel_reason != NULL
                                ? cpa_fill (_ ("Reason: {reason}"), "reason", appointment->cancel_reason, NULL)
                                : NULL;

  if (appointment->status == CP_APPOINTMENT_CANCELLED)
    gtk_widget_add_css_class (title, "cp-cancelled");
  gtk_box_append (GTK_BOX (box), title);
  append_detail (box, appointment->place);
  append_detail (box, with);
  append_detail (box, reason);
  append_detail (box, appointment->instruction);
  append_detail (box, appointment->note);
  gtk_widget_set_hexpand (box, TRUE);
  return box;
}

static GtkWidget *
marks_new (const CpAppointment *appointment)
{
  GtkWidget *wrap = cpa_wrap_new ();
  const char *doubt = cpa_appointment_doubt (appointment);

  if (cpa_appointment_is_now (appointment))
    cpa_wrap_append (CPA_WRAP (wrap), cpa_chip_new (NULL, _ ("Going on now"), "new"));
  if (doubt != NULL)
    cpa_wrap_append (CPA_WRAP (wrap), cpa_chip_new (NULL, doubt, cpa_appointment_doubt_class (appointment)));
  cpa_wrap_append (CPA_WRAP (wrap), cpa_chip_new (cpa_appointment_icon (appointment), cpa_appointment_tag (appointment),
                                                  cpa_appointment_class (appointment)));
  return wrap;
}

static GtkWidget *
row_new (const CpAppointment *appointment, GTimeZone *zone)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *top = g_object_new (CPA_TYPE_WRAP, "spread", TRUE, NULL);
  g_autofree char *clock = cpa_appointment_clock (appointment, zone);
  GtkWidget *clock_label = cpa_label_new (clock, "cp-bold");

  gtk_widget_add_css_class (clock_label, "cp-accent");
  cpa_wrap_append (CPA_WRAP (top), clock_label);
  cpa_wrap_append (CPA_WRAP (top), marks_new (appointment));
  gtk_box_append (GTK_BOX (row), top);
  gtk_box_append (GTK_BOX (row), details_new (appointment));
  gtk_widget_add_css_class (row, "cp-row");
  return row;
}

static void
start_day (CpaAppointmentList *self, CpTime start, char *day)
{
  GtkWidget *heading = day_heading (start, self->zone);

  g_free (self->day);
  self->day = day;
  gtk_widget_set_margin_top (heading, self->card != NULL ? 16 : 4);
  self->card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_add_css_class (self->card, "cp-card");
  gtk_box_append (GTK_BOX (self->box), heading);
  gtk_box_append (GTK_BOX (self->box), self->card);
}

static void
cpa_appointment_list_dispose (GObject *object)
{
  CpaAppointmentList *self = CPA_APPOINTMENT_LIST (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_clear_pointer (&self->day, g_free);
  G_OBJECT_CLASS (cpa_appointment_list_parent_class)->dispose (object);
}

static void
cpa_appointment_list_class_init (CpaAppointmentListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpa_appointment_list_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
cpa_appointment_list_init (CpaAppointmentList *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

void
cpa_appointment_list_set_zone (CpaAppointmentList *self, GTimeZone *zone)
{
  g_clear_pointer (&self->zone, g_time_zone_unref);
  self->zone = g_time_zone_ref (zone);
}

void
cpa_appointment_list_append (CpaAppointmentList *self, const GPtrArray *items)
{
  for (guint i = 0; i < items->len; i++)
    {
      const CpAppointment *appointment = g_ptr_array_index (items, i);
      g_autofree char *day = appointment->start != 0 ? cp_time_date (appointment->start, self->zone) : g_strdup ("");

      if (g_strcmp0 (day, self->day) != 0)
        start_day (self, appointment->start, g_steal_pointer (&day));
      gtk_box_append (GTK_BOX (self->card), row_new (appointment, self->zone));
    }
}

void
cpa_appointment_list_clear (CpaAppointmentList *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->box)) != NULL)
    gtk_box_remove (GTK_BOX (self->box), child);
  self->card = NULL;
  g_clear_pointer (&self->day, g_free);
}

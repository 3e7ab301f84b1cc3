/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-fresh-line.h"

#include <glib/gi18n.h>

#include "cpa-fill.h"
#include "cpa-fresh-text.h"
#include "cpa-label.h"
#include "cpa-popover-button.h"
#include "cpa-record-text.h"

#define POPOVER_WIDTH_CHARS 42
#define SHOWN_KEY "cpa-fresh-shown"
#define WARNS_KEY "cpa-fresh-warns"

static void
append_text (GtkWidget *box, const char *text, const char *css_class)
{
  GtkWidget *label = cpa_label_new (text, css_class);

  gtk_label_set_max_width_chars (GTK_LABEL (label), POPOVER_WIDTH_CHARS);
  gtk_box_append (GTK_BOX (box), label);
}

static GtkWidget *
popover_new (CpaContext *context, const CpFreshness *freshness)
{
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  g_autofree char *times = cpa_fresh_times_text (cpa_context_get_organisation (context));
  g_autofree char *explanation = cpa_fill (_ ("The data of the health record is fetched every day at {times}. What is "
                                              "written after that comes the next time."),
                                           "times", times, NULL);

  gtk_widget_add_css_class (box, "cp-sheet-inner");
  append_text (box, _ ("How Recent Is the Data?"), "cp-heading");
  for (guint i = 0; i < freshness->kinds->len; i++)
    {
      g_autofree char *text = cpa_fresh_kind_text (g_ptr_array_index (freshness->kinds, i), context);

      append_text (box, text, NULL);
    }
  append_text (box, explanation, "cp-caption");
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  return popover;
}

static GtkWidget *
died_line_new (const CpPatientAccess *patient)
{
  g_autofree char *text = cpa_fresh_died_text (patient);

  return cpa_label_new (text, NULL);
}

static GtkWidget *
age_line_new (CpaContext *context, const CpFreshness *freshness)
{
  gboolean good = cpa_fresh_is_good (freshness);
  GtkWidget *button;
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  g_autofree char *line = cpa_fresh_line_text (freshness, cpa_context_get_zone (context));
  g_autofree char *old = cpa_fresh_old_text (freshness);

  gtk_box_append (GTK_BOX (texts), cpa_label_new (line, NULL));
  if (old != NULL)
    gtk_box_append (GTK_BOX (texts), cpa_label_new (old, "cp-bold"));
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (good ? "cp-fresh-symbolic" : "dialog-warning-symbolic"));
  gtk_box_append (GTK_BOX (box), texts);
  button = cpa_popover_button_new (box, popover_new (context, freshness), line);
  gtk_widget_add_css_class (button, "cp-fresh");
  if (!good)
    gtk_widget_add_css_class (button, "late");
  gtk_widget_set_halign (button, good ? GTK_ALIGN_START : GTK_ALIGN_FILL);
  gtk_widget_set_hexpand (button, !good);
  cpa_name (button, line, old != NULL ? old : _ ("How Recent Is the Data?"));
  return button;
}

GtkWidget *
cpa_fresh_line_new (CpaContext *context, const CpFreshness *freshness)
{
  const CpPatientAccess *patient = cpa_context_get_patient (context);

  return patient->deceased ? died_line_new (patient) : age_line_new (context, freshness);
}

/* What comes with the hours, of what the server said: (transfer full) */
static char *
warning_of (const CpFreshness *freshness)
{
  g_autofree char *old = cpa_fresh_old_text (freshness);

  return g_strconcat (cpa_fresh_is_good (freshness) ? "good " : "", old, NULL);
}

/* Of who has died it says what stands elsewhere, and there is nothing to press. */
static gboolean
is_news (GtkWidget *line, char **shown, CpaContext *context, const CpFreshness *freshness)
{
  g_autofree char *warning = warning_of (freshness);

  if (line != NULL && g_strcmp0 (g_object_get_data (G_OBJECT (line), WARNS_KEY), warning) == 0)
    *shown = g_strdup (g_object_get_data (G_OBJECT (line), SHOWN_KEY));
  return cpa_record_text_is_news (shown, &cp_freshness_record, freshness, cpa_context_get_zone (context)) ||
         cpa_context_get_patient (context)->deceased;
}

void
cpa_fresh_line_show (GtkBox *box, CpaContext *context, const CpFreshness *freshness)
{
  g_autofree char *shown = NULL;
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (box));
  GtkWidget *line;

  if (!is_news (child, &shown, context, freshness))
    return;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_box_remove (box, child);
  line = cpa_fresh_line_new (context, freshness);
  g_object_set_data_full (G_OBJECT (line), SHOWN_KEY, g_steal_pointer (&shown), g_free);
  g_object_set_data_full (G_OBJECT (line), WARNS_KEY, warning_of (freshness), g_free);
  gtk_box_append (box, line);
}

gboolean
cpa_fresh_line_is_needed (CpaContext *context, const CpFreshness *freshness)
{
  return cpa_context_get_patient (context)->deceased || !cpa_fresh_is_good (freshness);
}

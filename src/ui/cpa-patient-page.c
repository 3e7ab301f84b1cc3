/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "cpa-patient-page.h"

#include <glib/gi18n.h>

#include "cpa-badge.h"
#include "cpa-column.h"
#include "cpa-fill.h"
#include "cpa-label.h"
#include "cpa-page.h"
#include "cpa-time-text.h"

struct _CpaPatientPage
{
  AdwBin parent_instance;

  GtkBox *rows; /* (borrowed): of the template */
};

enum
{
  SIGNAL_PATIENT_CHOSEN,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void cpa_patient_page_page_init (CpaPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CpaPatientPage, cpa_patient_page, ADW_TYPE_BIN,
                               G_IMPLEMENT_INTERFACE (CPA_TYPE_PAGE, cpa_patient_page_page_init))

static void
clicked_cb (GtkButton *button, CpaPatientPage *self)
{
  g_autofree char *id = g_strdup (g_object_get_data (G_OBJECT (button), "id"));
  g_signal_emit (self, signals[SIGNAL_PATIENT_CHOSEN], 0, id);
}

static void
add_row (CpaPatientPage *self, const CpPatientAccess *patient, guint index)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 14);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  g_autofree char *date = patient->birth_date != NULL ? cpa_time_date (patient->birth_date) : NULL;
  g_autofree char *born = date != NULL ? cpa_fill (_ ("born {date}"), "date", date, NULL) : NULL;
  g_autofree char *name = date != NULL ? cpa_time_born (patient->name, patient->birth_date) : g_strdup (patient->name);

  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (words), cpa_label_new (patient->name, "cp-heading"));
  if (born != NULL)
    gtk_box_append (GTK_BOX (words), cpa_label_new (born, "cp-caption"));
  gtk_box_append (GTK_BOX (box), cpa_patient_avatar_new (patient->name, index));
  gtk_box_append (GTK_BOX (box), words);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("go-next-symbolic"));
  cpa_hide_from_reader (box);
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "cp-panel");
  cpa_name (button, name, NULL);
  g_object_set_data_full (G_OBJECT (button), "id", g_strdup (patient->id), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (clicked_cb), self, 0);
  gtk_box_append (self->rows, button);
}

static const char *
cpa_patient_page_get_title (CpaPage *page)
{
  return _ ("Whose Portal Do You Want to See?");
}

static const char *
cpa_patient_page_get_icon (CpaPage *page)
{
  return "cp-care-symbolic";
}

static void
cpa_patient_page_page_init (CpaPageInterface *iface)
{
  iface->get_title = cpa_patient_page_get_title;
  iface->get_icon = cpa_patient_page_get_icon;
}

static void
cpa_patient_page_class_init (CpaPatientPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  signals[SIGNAL_PATIENT_CHOSEN] = g_signal_new ("patient-chosen", CPA_TYPE_PATIENT_PAGE, G_SIGNAL_RUN_LAST, 0, NULL,
                                                 NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  g_type_ensure (CPA_TYPE_COLUMN);
  gtk_widget_class_set_template_from_resource (widget_class, APP_RESOURCES "/ui/cpa-patient-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CpaPatientPage, rows);
}

static void
cpa_patient_page_init (CpaPatientPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
cpa_patient_page_new (CpaContext *context)
{
  CpaPatientPage *self = g_object_new (CPA_TYPE_PATIENT_PAGE, NULL);
  const CpSession *session = cpa_context_get_session (context);

  for (guint i = 0; i < session->patients->len; i++)
    {
      const CpPatientAccess *patient = g_ptr_array_index (session->patients, i);
      add_row (self, patient, cpa_patient_index (session, patient));
    }
  return GTK_WIDGET (self);
}

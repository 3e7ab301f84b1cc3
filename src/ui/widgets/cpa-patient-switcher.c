/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-patient-switcher.h"

#include <glib/gi18n.h>

#include "cpa-badge.h"
#include "cpa-fill.h"
#include "cpa-label.h"
#include "cpa-popover-button.h"
#include "cpa-time-text.h"

/* Longer names wrap instead of pushing everything else away. */
#define NAME_WIDTH_CHARS 26
/* Where room is short, a name that is longer yet is cut in its middle: given name and end of the family name stay, as
 * does the birth date. A screen reader and the tooltip have all of it. */
#define COMPACT_LINES 2

struct _CpaPatientSwitcher
{
  GtkWidget parent_instance;

  CpaContext *context; /* (owned) */
  GtkWidget *child;    /* (owned) */
  GtkWidget *texts;    /* (borrowed): name and birth */
  GtkLabel *name;      /* (borrowed) */
  GtkWidget *birth;    /* (borrowed) (nullable) */
  GtkWidget *avatar;   /* (borrowed) */
};

enum
{
  SIGNAL_PATIENT_CHOSEN,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CpaPatientSwitcher, cpa_patient_switcher, GTK_TYPE_WIDGET)

static char *
birth_text (const CpPatientAccess *patient, gboolean compact)
{
  g_autofree char *date = cpa_time_date (patient->birth_date);

  return compact ? g_strdup (date) : cpa_fill (_ ("born {date}"), "date", date, NULL);
}

static GtkWidget *
name_and_birth (const CpPatientAccess *patient, GtkWidget **birth)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *name = cpa_label_new (patient->name, "cp-bold");

  gtk_label_set_max_width_chars (GTK_LABEL (name), NAME_WIDTH_CHARS);
  gtk_box_append (GTK_BOX (box), name);
  if (patient->birth_date != NULL)
    {
      g_autofree char *text = birth_text (patient, FALSE);
      GtkWidget *label = cpa_label_new (text, "cp-caption");

      gtk_box_append (GTK_BOX (box), label);
      if (birth != NULL)
        *birth = label;
    }
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  return box;
}

static void
row_clicked_cb (GtkWidget *row, CpaPatientSwitcher *self)
{
  const char *id = g_object_get_data (G_OBJECT (row), "patient-id");

  cpa_popover_close (row);
  if (g_strcmp0 (id, cpa_context_get_patient (self->context)->id) != 0)
    g_signal_emit (self, signals[SIGNAL_PATIENT_CHOSEN], 0, id);
}

static GtkWidget *
patient_row (CpaPatientSwitcher *self, const CpPatientAccess *patient, guint index)
{
  gboolean current = g_strcmp0 (patient->id, cpa_context_get_patient (self->context)->id) == 0;
  GtkWidget *row = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *texts = name_and_birth (patient, NULL);
  g_autofree char *name = cpa_time_born (patient->name, patient->birth_date);

  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (box), cpa_patient_avatar_new (patient->name, index));
  gtk_box_append (GTK_BOX (box), texts);
  if (current)
    {
      GtkWidget *check = gtk_image_new_from_icon_name ("object-select-symbolic");

      gtk_widget_add_css_class (check, "cp-accent");
      gtk_box_append (GTK_BOX (box), check);
    }
  cpa_hide_from_reader (box);
  gtk_button_set_child (GTK_BUTTON (row), box);
  gtk_widget_add_css_class (row, "cp-menu-row");
  cpa_name (row, name, current ? _ ("You are looking here now.") : NULL);
  g_object_set_data_full (G_OBJECT (row), "patient-id", g_strdup (patient->id), g_free);
  g_signal_connect_object (row, "clicked", G_CALLBACK (row_clicked_cb), self, 0);
  return row;
}

static GtkWidget *
patient_popover (CpaPatientSwitcher *self)
{
  const CpSession *session = cpa_context_get_session (self->context);
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *heading = cpa_label_new (_ ("Whose Portal Do You Want to See?"), "cp-quiet");
  GtkWidget *scroller = gtk_scrolled_window_new ();

  gtk_widget_add_css_class (box, "cp-menu");
  gtk_widget_set_margin_start (heading, 14);
  gtk_widget_set_margin_end (heading, 14);
  gtk_widget_set_margin_top (heading, 6);
  gtk_widget_set_margin_bottom (heading, 4);
  gtk_box_append (GTK_BOX (box), heading);
  for (guint i = 0; i < session->patients->len; i++)
    gtk_box_append (GTK_BOX (box), patient_row (self, g_ptr_array_index (session->patients, i), i));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_propagate_natural_width (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 480);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), box);
  gtk_popover_set_child (GTK_POPOVER (popover), scroller);
  return popover;
}

static gboolean
whole_name_cb (GtkWidget *name, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
  gtk_tooltip_set_text (tooltip, gtk_label_get_text (GTK_LABEL (name)));
  return pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (name)));
}

static void
build (CpaPatientSwitcher *self)
{
  const CpSession *session = cpa_context_get_session (self->context);
  const CpPatientAccess *patient = cpa_context_get_patient (self->context);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);

  self->avatar = cpa_patient_avatar_new (patient->name, cpa_patient_index (session, patient));
  gtk_widget_add_css_class (self->avatar, "switcher");
  gtk_box_append (GTK_BOX (box), self->avatar);
  self->texts = name_and_birth (patient, &self->birth);
  self->name = GTK_LABEL (gtk_widget_get_first_child (self->texts));
  gtk_widget_set_has_tooltip (GTK_WIDGET (self->name), TRUE);
  g_signal_connect (self->name, "query-tooltip", G_CALLBACK (whole_name_cb), NULL);
  gtk_box_append (GTK_BOX (box), self->texts);
  if (session->patients->len > 1 && cpa_context_get_viewed_name (self->context) == NULL)
    {
      g_autofree char *name =
          cpa_fill (_ ("You are looking at {client}. Choose another client."), "client", patient->name, NULL);

      gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("pan-down-symbolic"));
      self->child = cpa_popover_button_new (box, patient_popover (self), name);
      gtk_widget_add_css_class (self->child, "cp-header-button");
    }
  else
    {
      self->child = box;
      gtk_widget_add_css_class (box, "cp-switcher");
    }
  gtk_widget_set_parent (self->child, GTK_WIDGET (self));
}

static void
cpa_patient_switcher_dispose (GObject *object)
{
  CpaPatientSwitcher *self = CPA_PATIENT_SWITCHER (object);

  g_clear_pointer (&self->child, gtk_widget_unparent);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (cpa_patient_switcher_parent_class)->dispose (object);
}

static void
cpa_patient_switcher_class_init (CpaPatientSwitcherClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpa_patient_switcher_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  signals[SIGNAL_PATIENT_CHOSEN] = g_signal_new ("patient-chosen", CPA_TYPE_PATIENT_SWITCHER, G_SIGNAL_RUN_LAST, 0,
                                                 NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
cpa_patient_switcher_init (CpaPatientSwitcher *self)
{
}

GtkWidget *
cpa_patient_switcher_new (CpaContext *context)
{
  CpaPatientSwitcher *self = g_object_new (CPA_TYPE_PATIENT_SWITCHER, NULL);

  self->context = g_object_ref (context);
  build (self);
  return GTK_WIDGET (self);
}

void
cpa_patient_switcher_set_compact (CpaPatientSwitcher *self, gboolean compact)
{
  if (self->birth != NULL)
    {
      g_autofree char *text = birth_text (cpa_context_get_patient (self->context), compact);

      gtk_label_set_text (GTK_LABEL (self->birth), text);
    }
  gtk_label_set_ellipsize (self->name, compact ? PANGO_ELLIPSIZE_MIDDLE : PANGO_ELLIPSIZE_NONE);
  gtk_label_set_lines (self->name, compact ? COMPACT_LINES : -1);
}

static int
least_width (GtkWidget *widget)
{
  int minimum;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  return minimum;
}

/* A layout without any width breaks between words all the same, and is as wide as the longest. */
static int
longest_word (GtkWidget *label)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (label, gtk_label_get_text (GTK_LABEL (label)));
  int width;

  pango_layout_set_wrap (layout, PANGO_WRAP_WORD);
  pango_layout_set_width (layout, 0);
  pango_layout_get_pixel_size (layout, &width, NULL);
  return width;
}

int
cpa_patient_switcher_get_whole_width (CpaPatientSwitcher *self)
{
  int words = 0;

  for (GtkWidget *label = gtk_widget_get_first_child (self->texts); label != NULL;
       label = gtk_widget_get_next_sibling (label))
    words = MAX (words, longest_word (label));
  return least_width (GTK_WIDGET (self)) - least_width (self->texts) + MAX (words, least_width (self->texts));
}

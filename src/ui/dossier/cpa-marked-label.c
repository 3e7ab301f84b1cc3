/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-marked-label.h"

#include "cpa-found-marks.h"
#include "cpa-label.h"

struct _CpaMarkedLabel
{
  GtkWidget parent_instance;

  GtkWidget *label;     /* (owned) */
  CpaFoundMarks *marks; /* (owned) */
};

G_DEFINE_FINAL_TYPE (CpaMarkedLabel, cpa_marked_label, GTK_TYPE_WIDGET)

static void
cpa_marked_label_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  GTK_WIDGET_CLASS (cpa_marked_label_parent_class)->snapshot (widget, snapshot);
  cpa_found_marks_snapshot (CPA_MARKED_LABEL (widget)->marks, snapshot);
}

static void
cpa_marked_label_dispose (GObject *object)
{
  CpaMarkedLabel *self = CPA_MARKED_LABEL (object);

  g_clear_pointer (&self->marks, cpa_found_marks_free);
  g_clear_pointer (&self->label, gtk_widget_unparent);
  G_OBJECT_CLASS (cpa_marked_label_parent_class)->dispose (object);
}

static void
cpa_marked_label_class_init (CpaMarkedLabelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cpa_marked_label_dispose;
  widget_class->snapshot = cpa_marked_label_snapshot;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
cpa_marked_label_init (CpaMarkedLabel *self)
{
  self->label = cpa_label_new ("", NULL);
  gtk_widget_set_parent (self->label, GTK_WIDGET (self));
  self->marks = cpa_found_marks_new (GTK_LABEL (self->label));
}

GtkWidget *
cpa_marked_label_new (const char *css_class)
{
  CpaMarkedLabel *self = g_object_new (CPA_TYPE_MARKED_LABEL, NULL);

  if (css_class != NULL)
    gtk_widget_add_css_class (self->label, css_class);
  return GTK_WIDGET (self);
}

void
cpa_marked_label_show (CpaMarkedLabel *self, const char *text, PangoAttrList *attributes, const GPtrArray *marks,
                       gsize at)
{
  gtk_label_set_text (GTK_LABEL (self->label), text);
  cpa_found_marks_show (self->marks, attributes, marks, at);
}

void
cpa_marked_label_set_current (CpaMarkedLabel *self, int mark)
{
  cpa_found_marks_set_current (self->marks, mark);
}

gboolean
cpa_marked_label_get_place (CpaMarkedLabel *self, int mark, graphene_rect_t *place)
{
  return cpa_found_marks_get_place (self->marks, mark, place);
}

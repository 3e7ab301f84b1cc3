/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "cpa-desk-line.h"

#include <glib/gi18n.h>

#include "cpa-fill.h"
#include "cpa-language.h"

struct _CpaDeskLine
{
  AdwBin parent_instance;

  GtkLabel *label; /* (borrowed): of the template */
};

G_DEFINE_FINAL_TYPE (CpaDeskLine, cpa_desk_line, ADW_TYPE_BIN)

static void
cpa_desk_line_class_init (CpaDeskLineClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, APP_RESOURCES "/ui/cpa-desk-line.ui");
  gtk_widget_class_bind_template_child (widget_class, CpaDeskLine, label);
}

static void
cpa_desk_line_init (CpaDeskLine *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
cpa_desk_line_set_organisation (CpaDeskLine *self, const CpOrganisation *organisation)
{
  g_autofree char *desk = g_markup_escape_text (cpa_language_text (organisation->desk), -1);
  g_autofree char *hours = g_markup_escape_text (cpa_language_text (organisation->hours), -1);
  g_autofree char *phone = g_markup_printf_escaped ("<b>%s</b>", organisation->phone);
  g_autofree char *markup = cpa_fill (_ ("Do you need help? Call {desk}: {phone} ({hours})."), "desk", desk, "phone",
                                      phone, "hours", hours, NULL);
  gtk_label_set_markup (self->label, markup);
}

void
cpa_desk_line_move (CpaDeskLine *self, GtkBox *box)
{
  g_autoptr (GtkWidget) widget = g_object_ref (GTK_WIDGET (self));

  gtk_box_remove (GTK_BOX (gtk_widget_get_parent (widget)), widget);
  gtk_box_append (box, widget);
}

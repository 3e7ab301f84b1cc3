/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "cpa-alert.h"

#include "cpa-sight.h"

/* By then it has its place, and the focus that comes with a failure too. */
#define SCROLL_AFTER_MS 60

struct _CpaAlert
{
  AdwBin parent_instance;

  /* template widgets (borrowed) */
  GtkWidget *box;
  GtkImage *icon;
  GtkLabel *label;

  guint scroll_id;
};

G_DEFINE_FINAL_TYPE (CpaAlert, cpa_alert, ADW_TYPE_BIN)

static void
cpa_alert_dispose (GObject *object)
{
  g_clear_handle_id (&CPA_ALERT (object)->scroll_id, g_source_remove);
  G_OBJECT_CLASS (cpa_alert_parent_class)->dispose (object);
}

static void
cpa_alert_class_init (CpaAlertClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cpa_alert_dispose;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_ALERT);
  gtk_widget_class_set_template_from_resource (widget_class, APP_RESOURCES "/ui/cpa-alert.ui");
  gtk_widget_class_bind_template_child (widget_class, CpaAlert, box);
  gtk_widget_class_bind_template_child (widget_class, CpaAlert, icon);
  gtk_widget_class_bind_template_child (widget_class, CpaAlert, label);
}

static void
cpa_alert_init (CpaAlert *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* What is said must be seen, also where the page is longer than the window, with what stands under it: the button that
 * does what it says. */
static gboolean
scroll_cb (gpointer user_data)
{
  CpaAlert *self = user_data;
  GtkWidget *next = gtk_widget_get_next_sibling (GTK_WIDGET (self));

  self->scroll_id = 0;
  cpa_sight_show (GTK_WIDGET (self), next != NULL ? next : GTK_WIDGET (self));
  return G_SOURCE_REMOVE;
}

static void
show (CpaAlert *self, const char *text, const char *css_class, const char *icon)
{
  const char *classes[] = { css_class, NULL };

  gtk_widget_set_css_classes (self->box, classes);
  gtk_image_set_from_icon_name (self->icon, icon);
  gtk_label_set_label (self->label, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  if (self->scroll_id == 0)
    self->scroll_id = g_timeout_add (SCROLL_AFTER_MS, scroll_cb, self);
}

void
cpa_alert_show_error (CpaAlert *self, const char *text)
{
  show (self, text, "cp-error-box", "dialog-warning-symbolic");
}

void
cpa_alert_show_info (CpaAlert *self, const char *text)
{
  show (self, text, "cp-soft", "dialog-information-symbolic");
}

void
cpa_alert_show_aside (CpaAlert *self, const char *text)
{
  cpa_alert_show_info (self, text);
  g_clear_handle_id (&self->scroll_id, g_source_remove);
}

void
cpa_alert_clear (CpaAlert *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

CpaAlert *
cpa_alert_find (GtkWidget *widget)
{
  CpaAlert *found = CPA_IS_ALERT (widget) ? CPA_ALERT (widget) : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = cpa_alert_find (child);
  return found;
}

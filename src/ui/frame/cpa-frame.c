/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "cpa-frame.h"

#include <glib/gi18n.h>

#include "cpa-adaptive.h"
#include "cpa-desk-line.h"

struct _CpaFrame
{
  AdwBin parent_instance;

  /* template widgets (borrowed) */
  CpaAdaptive *adaptive;
  GtkWidget *back_button;
  GtkImage *logo;
  GtkLabel *name;
  GtkBox *end;
  GtkBox *column;
  GtkScrolledWindow *scroller;
  GtkBox *page;
  AdwBin *place;
  CpaDeskLine *desk_line;
};

enum
{
  PROP_CONTENT = 1,
  PROP_CAN_GO_BACK,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

enum
{
  SIGNAL_BACK,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CpaFrame, cpa_frame, ADW_TYPE_BIN)

static void
back_cb (CpaFrame *self)
{
  g_signal_emit (self, signals[SIGNAL_BACK], 0);
}

/* The words of the organisation's name have the width. */
static void
show_logo (CpaFrame *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->logo),
                          gtk_image_get_paintable (self->logo) != NULL && !cpa_adaptive_is_tight (self->adaptive));
}

static void
tight_cb (CpaFrame *self)
{
  cpa_desk_line_move (self->desk_line, cpa_adaptive_is_tight (self->adaptive) ? self->page : self->column);
  show_logo (self);
}

static void
back_action_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  CpaFrame *self = CPA_FRAME (widget);

  if (gtk_widget_get_visible (self->back_button))
    back_cb (self);
}

static void
cpa_frame_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  CpaFrame *self = CPA_FRAME (object);

  switch (id)
    {
    case PROP_CONTENT:
      g_value_set_object (value, adw_bin_get_child (self->place));
      break;
    case PROP_CAN_GO_BACK:
      g_value_set_boolean (value, gtk_widget_get_visible (self->back_button));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
cpa_frame_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  CpaFrame *self = CPA_FRAME (object);

  switch (id)
    {
    case PROP_CONTENT:
      adw_bin_set_child (self->place, g_value_get_object (value));
      break;
    case PROP_CAN_GO_BACK:
      gtk_widget_set_visible (self->back_button, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
cpa_frame_class_init (CpaFrameClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = cpa_frame_get_property;
  object_class->set_property = cpa_frame_set_property;
  props[PROP_CONTENT] =
      g_param_spec_object ("content", NULL, NULL, GTK_TYPE_WIDGET, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  props[PROP_CAN_GO_BACK] =
      g_param_spec_boolean ("can-go-back", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  signals[SIGNAL_BACK] = g_signal_new ("back", CPA_TYPE_FRAME, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (CPA_TYPE_ADAPTIVE);
  g_type_ensure (CPA_TYPE_DESK_LINE);
  gtk_widget_class_install_action (widget_class, "frame.back", NULL, back_action_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "frame.back", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Left, GDK_ALT_MASK, "frame.back", NULL);
  gtk_widget_class_set_template_from_resource (widget_class, APP_RESOURCES "/ui/cpa-frame.ui");
  gtk_widget_class_bind_template_child (widget_class, CpaFrame, adaptive);
  gtk_widget_class_bind_template_child (widget_class, CpaFrame, back_button);
  gtk_widget_class_bind_template_child (widget_class, CpaFrame, logo);
  gtk_widget_class_bind_template_child (widget_class, CpaFrame, name);
  gtk_widget_class_bind_template_child (widget_class, CpaFrame, end);
  gtk_widget_class_bind_template_child (widget_class, CpaFrame, column);
  gtk_widget_class_bind_template_child (widget_class, CpaFrame, scroller);
  gtk_widget_class_bind_template_child (widget_class, CpaFrame, page);
  gtk_widget_class_bind_template_child (widget_class, CpaFrame, place);
  gtk_widget_class_bind_template_child (widget_class, CpaFrame, desk_line);
  gtk_widget_class_bind_template_callback (widget_class, back_cb);
  gtk_widget_class_bind_template_callback (widget_class, tight_cb);
}

static void
cpa_frame_init (CpaFrame *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
cpa_frame_set_organisation (CpaFrame *self, const CpOrganisation *organisation, GdkPaintable *logo)
{
  gtk_label_set_label (self->name, organisation != NULL ? organisation->name : _ ("Client Portal"));
  gtk_image_set_from_paintable (self->logo, logo);
  show_logo (self);
  gtk_widget_set_visible (GTK_WIDGET (self->desk_line), organisation != NULL);
  if (organisation != NULL)
    cpa_desk_line_set_organisation (self->desk_line, organisation);
}

void
cpa_frame_go_to_top (CpaFrame *self)
{
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
}

void
cpa_frame_add_end (CpaFrame *self, GtkWidget *widget)
{
  gtk_box_append (self->end, widget);
}

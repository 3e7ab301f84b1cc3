/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-header.h"

#include <glib/gi18n.h>
#include <string.h>

#include "cpa-account-menu.h"
#include "cpa-adaptive.h"
#include "cpa-badge.h"
#include "cpa-header-bar.h"
#include "cpa-label.h"
#include "cpa-patient-switcher.h"

#define NARROW_BELOW 600 /* as of the pages: the title stands above them */

struct _CpaHeader
{
  GtkWidget parent_instance;

  CpaContext *context;    /* (owned) */
  GtkWidget *box;         /* (owned) */
  GtkWidget *bar;         /* (borrowed) */
  GtkWidget *frame;       /* (borrowed): carries the colour */
  GtkWidget *back;        /* (borrowed) */
  GtkWidget *switcher;    /* (borrowed) (nullable) */
  GtkWidget *logo;        /* (borrowed): of the organisation, on the start screen */
  GtkWidget *tile;        /* (borrowed): of the page */
  GtkWidget *title;       /* (borrowed) */
  GtkWidget *log_out;     /* (borrowed) */
  GtkWidget *menu;        /* (borrowed) (nullable): not while one looks as somebody else */
  GtkWidget *controls[2]; /* (borrowed): of the window, at both ends */
  GtkWidget *below_title; /* (borrowed): the page's title where the middle had no room */
  gboolean on_start;
  gboolean has_tile;
};

enum
{
  SIGNAL_BACK,
  SIGNAL_PATIENT_CHOSEN,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CpaHeader, cpa_header, GTK_TYPE_WIDGET)

static void
back_clicked_cb (CpaHeader *self)
{
  g_signal_emit (self, signals[SIGNAL_BACK], 0);
}

static void
patient_chosen_cb (CpaHeader *self, const char *id)
{
  g_signal_emit (self, signals[SIGNAL_PATIENT_CHOSEN], 0, id);
}

/* (transfer full): of the buttons that the desktop wants, only the one that closes. */
static char *
close_only (void)
{
  g_autofree char *layout = NULL;
  const char *close, *middle;

  g_object_get (gtk_settings_get_default (), "gtk-decoration-layout", &layout, NULL);
  close = layout != NULL ? strstr (layout, "close") : NULL;
  middle = layout != NULL ? strchr (layout, ':') : NULL;
  if (close == NULL)
    return g_strdup (":");
  return g_strdup (middle == NULL || close < middle ? "close:" : ":close");
}

/* Where room is short it is for the client's name. */
static void
show_controls (CpaHeader *self, gboolean compact)
{
  g_autofree char *layout = compact ? close_only () : NULL;

  for (guint i = 0; i < G_N_ELEMENTS (self->controls); i++)
    gtk_window_controls_set_decoration_layout (GTK_WINDOW_CONTROLS (self->controls[i]), layout);
}

static void
room_changed_cb (CpaHeader *self)
{
  gboolean compact = cpa_header_bar_is_compact (CPA_HEADER_BAR (self->bar));
  gboolean middle_shown = cpa_header_bar_is_middle_shown (CPA_HEADER_BAR (self->bar));

  show_controls (self, compact);
  gtk_widget_set_visible (self->log_out, !compact && self->menu != NULL);
  if (self->menu != NULL)
    cpa_account_menu_set_compact (CPA_ACCOUNT_MENU (self->menu), compact);
  if (self->switcher != NULL)
    cpa_patient_switcher_set_compact (CPA_PATIENT_SWITCHER (self->switcher), compact);
  if (compact)
    gtk_widget_add_css_class (self->frame, "cp-narrow");
  else
    gtk_widget_remove_css_class (self->frame, "cp-narrow");
  /* The word is what has to fit. */
  gtk_widget_set_visible (self->tile, self->has_tile && !compact);
  gtk_widget_set_visible (self->below_title, !middle_shown && !self->on_start);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->title), GTK_ACCESSIBLE_STATE_HIDDEN, !middle_shown, -1);
}

static GtkWidget *
window_controls_new (GtkPackType side)
{
  GtkWidget *controls = gtk_window_controls_new (side);

  gtk_widget_set_valign (controls, GTK_ALIGN_CENTER);
  return controls;
}

static GtkWidget *
build_start (CpaHeader *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);

  self->controls[0] = window_controls_new (GTK_PACK_START);
  gtk_box_append (GTK_BOX (box), self->controls[0]);
  self->back = gtk_button_new_from_icon_name ("go-previous-symbolic");
  gtk_widget_add_css_class (self->back, "flat");
  gtk_widget_set_valign (self->back, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (self->back, _ ("Back"));
  cpa_name (self->back, _ ("Back"), NULL);
  g_signal_connect_object (self->back, "clicked", G_CALLBACK (back_clicked_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), self->back);
  return box;
}

/* (nullable): of nobody yet. */
static GtkWidget *
build_who (CpaHeader *self)
{
  if (cpa_context_get_patient (self->context) == NULL)
    return NULL;
  self->switcher = cpa_patient_switcher_new (self->context);
  gtk_widget_set_valign (self->switcher, GTK_ALIGN_CENTER);
  g_signal_connect_object (self->switcher, "patient-chosen", G_CALLBACK (patient_chosen_cb), self, G_CONNECT_SWAPPED);
  return self->switcher;
}

static GtkWidget *
build_middle (CpaHeader *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);

  self->logo = gtk_image_new_from_paintable (cpa_context_get_logo (self->context));
  gtk_widget_add_css_class (self->logo, "cp-logo");
  cpa_hide_from_reader (self->logo);
  self->tile = cpa_tile_new ("cp-care-symbolic", CPA_TILE_SMALL);
  self->title = cpa_label_new ("", "cp-title");
  gtk_label_set_wrap (GTK_LABEL (self->title), FALSE);
  gtk_box_append (GTK_BOX (box), self->logo);
  gtk_box_append (GTK_BOX (box), self->tile);
  gtk_box_append (GTK_BOX (box), self->title);
  return box;
}

static GtkWidget *
build_end (CpaHeader *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  GtkWidget *inside;

  self->log_out = gtk_button_new ();
  inside = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  gtk_box_append (GTK_BOX (inside), gtk_image_new_from_icon_name ("system-log-out-symbolic"));
  gtk_box_append (GTK_BOX (inside), gtk_label_new (_ ("Log Out")));
  cpa_hide_from_reader (inside);
  gtk_button_set_child (GTK_BUTTON (self->log_out), inside);
  cpa_name (self->log_out, _ ("Log Out"), NULL);
  gtk_widget_add_css_class (self->log_out, "flat");
  gtk_widget_set_valign (self->log_out, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->log_out), "session.log-out");
  gtk_box_append (GTK_BOX (box), self->log_out);
  if (cpa_context_get_viewed_name (self->context) == NULL)
    {
      self->menu = cpa_account_menu_new (self->context);
      gtk_widget_set_valign (self->menu, GTK_ALIGN_CENTER);
      gtk_box_append (GTK_BOX (box), self->menu);
    }
  self->controls[1] = window_controls_new (GTK_PACK_END);
  gtk_box_append (GTK_BOX (box), self->controls[1]);
  return box;
}

static void
build (CpaHeader *self)
{
  const CpPatientAccess *patient = cpa_context_get_patient (self->context);
  GtkWidget *start = build_start (self);
  GtkWidget *who = build_who (self);
  GtkWidget *middle = build_middle (self);
  GtkWidget *handle = gtk_window_handle_new ();

  self->bar = cpa_header_bar_new (start, who, middle, build_end (self));
  self->frame = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_set_hexpand (self->bar, TRUE);
  gtk_widget_add_css_class (self->frame, "cp-header");
  if (patient != NULL)
    gtk_widget_add_css_class (self->frame,
                              cpa_patient_class (cpa_patient_index (cpa_context_get_session (self->context), patient)));
  gtk_box_append (GTK_BOX (self->frame), self->bar);
  gtk_window_handle_set_child (GTK_WINDOW_HANDLE (handle), self->frame);
  self->below_title = cpa_label_new ("", "cp-title-1");
  gtk_widget_set_margin_start (self->below_title, 12);
  gtk_widget_set_margin_end (self->below_title, 12);
  gtk_widget_set_margin_top (self->below_title, 12);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (self->box), handle);
  gtk_box_append (GTK_BOX (self->box), cpa_adaptive_new (NARROW_BELOW, self->below_title));
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  g_signal_connect_object (self->bar, "notify", G_CALLBACK (room_changed_cb), self, G_CONNECT_SWAPPED);
}

static void
cpa_header_dispose (GObject *object)
{
  CpaHeader *self = CPA_HEADER (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (cpa_header_parent_class)->dispose (object);
}

static void
cpa_header_class_init (CpaHeaderClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpa_header_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  signals[SIGNAL_BACK] = g_signal_new ("back", CPA_TYPE_HEADER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_PATIENT_CHOSEN] = g_signal_new ("patient-chosen", CPA_TYPE_HEADER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                                 NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
cpa_header_init (CpaHeader *self)
{
}

GtkWidget *
cpa_header_new (CpaContext *context)
{
  CpaHeader *self = g_object_new (CPA_TYPE_HEADER, NULL);

  self->context = g_object_ref (context);
  build (self);
  cpa_header_set_page (self, NULL, NULL);
  return GTK_WIDGET (self);
}

void
cpa_header_set_page (CpaHeader *self, const char *title, const char *icon)
{
  self->on_start = title == NULL;
  gtk_widget_set_visible (self->back, !self->on_start);
  gtk_label_set_text (GTK_LABEL (self->title),
                      title != NULL ? title : cpa_context_get_organisation (self->context)->name);
  gtk_label_set_text (GTK_LABEL (self->below_title), title != NULL ? title : "");
  gtk_widget_set_visible (self->logo, self->on_start && cpa_context_get_logo (self->context) != NULL);
  self->has_tile = icon != NULL;
  if (icon != NULL)
    cpa_tile_set_icon (self->tile, icon);
  room_changed_cb (self);
}

void
cpa_header_set_invitations (CpaHeader *self, gint64 open)
{
  if (self->menu != NULL)
    cpa_account_menu_set_invitations (CPA_ACCOUNT_MENU (self->menu), open);
}

void
cpa_header_set_name (CpaHeader *self, const char *name)
{
  cpa_account_menu_set_name (CPA_ACCOUNT_MENU (self->menu), name);
}

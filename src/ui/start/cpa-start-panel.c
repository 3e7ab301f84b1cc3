/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-start-panel.h"

#include <glib/gi18n.h>

#include "cpa-badge.h"
#include "cpa-label.h"
#include "cpa-wrap.h"

struct _CpaStartPanel
{
  GtkWidget parent_instance;

  CpPart part;
  GtkWidget *frame; /* (owned): the button, or the card */
  GtkWidget *title; /* (borrowed): with the badge beside or below it */
  GtkWidget *body;  /* (borrowed) */
};

enum
{
  SIGNAL_OPENED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CpaStartPanel, cpa_start_panel, GTK_TYPE_WIDGET)

static const struct
{
  CpPart part;
  const char *title, *icon;
} parts[] = {
  { CP_PART_APPOINTMENTS, N_ ("My Appointments"), "cp-appointments-symbolic" },
  { CP_PART_MESSAGES, N_ ("My Messages"), "cp-messages-symbolic" },
  { CP_PART_DOSSIER, N_ ("My Dossier"), "cp-dossier-symbolic" },
  { CP_PART_PROFILE, N_ ("My Details"), "cp-profile-symbolic" },
};

static guint
part_index (CpPart part)
{
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (parts[i].part == part)
      return i;
  g_return_val_if_reached (0);
}

const char *
cpa_part_title (CpPart part)
{
  return _ (parts[part_index (part)].title);
}

const char *
cpa_part_icon (CpPart part)
{
  return parts[part_index (part)].icon;
}

static void
clicked_cb (CpaStartPanel *self)
{
  g_signal_emit (self, signals[SIGNAL_OPENED], 0);
}

static GtkWidget *
build_header (CpaStartPanel *self, gboolean can_open)
{
  GtkWidget *header = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *words = cpa_label_new (cpa_part_title (self->part), "cp-title-2");

  self->title = cpa_wrap_new ();
  gtk_label_set_wrap_mode (GTK_LABEL (words), PANGO_WRAP_WORD);
  gtk_widget_set_hexpand (words, TRUE);
  cpa_wrap_append (CPA_WRAP (self->title), words);
  gtk_widget_set_hexpand (self->title, TRUE);
  gtk_widget_set_valign (self->title, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (header), cpa_tile_new (cpa_part_icon (self->part), CPA_TILE_NORMAL));
  gtk_box_append (GTK_BOX (header), self->title);
  if (can_open)
    {
      GtkWidget *arrow = gtk_image_new_from_icon_name ("go-next-symbolic");

      gtk_widget_add_css_class (arrow, "cp-arrow");
      gtk_box_append (GTK_BOX (header), arrow);
    }
  return header;
}

static void
build (CpaStartPanel *self, gboolean can_open)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);

  self->body = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  gtk_widget_set_valign (box, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (box), build_header (self, can_open));
  gtk_box_append (GTK_BOX (box), self->body);
  if (can_open)
    {
      self->frame = gtk_button_new ();
      gtk_button_set_child (GTK_BUTTON (self->frame), box);
      cpa_hide_from_reader (box);
      cpa_name (self->frame, cpa_part_title (self->part), NULL);
      g_signal_connect_object (self->frame, "clicked", G_CALLBACK (clicked_cb), self, G_CONNECT_SWAPPED);
    }
  else
    {
      self->frame = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
      gtk_widget_set_vexpand (box, TRUE);
      gtk_box_append (GTK_BOX (self->frame), box);
    }
  gtk_widget_add_css_class (self->frame, "cp-panel");
  gtk_widget_set_parent (self->frame, GTK_WIDGET (self));
}

static gboolean
cpa_start_panel_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (CPA_START_PANEL (widget)->frame);
}

static void
cpa_start_panel_dispose (GObject *object)
{
  CpaStartPanel *self = CPA_START_PANEL (object);

  g_clear_pointer (&self->frame, gtk_widget_unparent);
  G_OBJECT_CLASS (cpa_start_panel_parent_class)->dispose (object);
}

static void
cpa_start_panel_class_init (CpaStartPanelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpa_start_panel_dispose;
  GTK_WIDGET_CLASS (klass)->grab_focus = cpa_start_panel_grab_focus;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  signals[SIGNAL_OPENED] =
      g_signal_new ("opened", CPA_TYPE_START_PANEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cpa_start_panel_init (CpaStartPanel *self)
{
}

GtkWidget *
cpa_start_panel_new (CpPart part, gboolean can_open)
{
  CpaStartPanel *self = g_object_new (CPA_TYPE_START_PANEL, NULL);

  self->part = part;
  build (self, can_open);
  return GTK_WIDGET (self);
}

CpPart
cpa_start_panel_get_part (CpaStartPanel *self)
{
  return self->part;
}

void
cpa_start_panel_append (CpaStartPanel *self, GtkWidget *child)
{
  gtk_box_append (GTK_BOX (self->body), child);
}

void
cpa_start_panel_say (CpaStartPanel *self, const char *text)
{
  cpa_start_panel_append (self, cpa_label_new (text, "cp-quiet"));
  cpa_start_panel_describe (self, text);
}

void
cpa_start_panel_set_badge (CpaStartPanel *self, const char *text)
{
  GtkWidget *chip = cpa_chip_new (NULL, text, "new");

  gtk_widget_set_valign (chip, GTK_ALIGN_CENTER);
  cpa_wrap_append (CPA_WRAP (self->title), chip);
}

void
cpa_start_panel_describe (CpaStartPanel *self, const char *description)
{
  /* A plain card speaks through its own labels. */
  if (GTK_IS_BUTTON (self->frame))
    gtk_accessible_update_property (GTK_ACCESSIBLE (self->frame), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description, -1);
}

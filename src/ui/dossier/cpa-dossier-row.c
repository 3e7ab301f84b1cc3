/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-dossier-row.h"

#include <glib/gi18n.h>

#include "cpa-dossier-text.h"
#include "cpa-fill.h"
#include "cpa-label.h"
#include "cpa-time-text.h"

struct _CpaDossierRow
{
  GtkWidget parent_instance;

  CpaContext *context;    /* (owned) */
  CpaDossierEntry *entry; /* (owned) (nullable) */
  gulong open_id;
  GtkWidget *box;     /* (owned) */
  GtkWidget *day;     /* (borrowed) */
  GtkWidget *card;    /* (borrowed) */
  GtkWidget *icon;    /* (borrowed) */
  GtkWidget *kind;    /* (borrowed) */
  GtkWidget *mark;    /* (borrowed): Open or New */
  GtkWidget *title;   /* (borrowed) */
  GtkWidget *preview; /* (borrowed) */
};

G_DEFINE_FINAL_TYPE (CpaDossierRow, cpa_dossier_row, GTK_TYPE_WIDGET)

static void
set_text (GtkWidget *inscription, const char *text)
{
  gtk_inscription_set_text (GTK_INSCRIPTION (inscription), text);
}

static void
show_mark (CpaDossierRow *self)
{
  gboolean open = cpa_dossier_entry_is_open (self->entry);
  gboolean is_new = cpa_dossier_entry_get_item (self->entry)->is_new;

  gtk_label_set_text (GTK_LABEL (self->mark), open ? C_ ("card", "Open") : is_new ? _ ("New") : "");
  gtk_widget_remove_css_class (self->mark, open ? "cp-new-word" : "cp-accent");
  gtk_widget_add_css_class (self->mark, open ? "cp-accent" : "cp-new-word");
  if (open)
    gtk_widget_add_css_class (self->card, "open");
  else
    gtk_widget_remove_css_class (self->card, "open");
}

static void
name_row (CpaDossierRow *self, const CpDossierItem *item, const char *kind)
{
  g_autofree char *when = cpa_dossier_when (item, cpa_context_get_zone (self->context));
  g_autofree char *writer = cpa_dossier_writer (item);
  g_autofree char *name = cpa_fill (_ ("{kind}, {date}, {name}"), "kind", kind, "date", when, "name", writer, NULL);

  cpa_name (GTK_WIDGET (self), name, item->preview);
}

static void
show_item (CpaDossierRow *self, const CpDossierItem *item)
{
  const CpOrganisation *organisation = cpa_context_get_organisation (self->context);
  GTimeZone *zone = cpa_context_get_zone (self->context);
  g_autofree char *kind = cpa_dossier_kind_text (item->kind, organisation);
  g_autofree char *clock = cpa_dossier_clock (item, zone);
  g_autofree char *kind_line = *clock != '\0' ? g_strdup_printf ("%s, %s", clock, kind) : g_strdup (kind);
  g_autofree char *title = item->title != NULL ? g_strdup (item->title) : cpa_dossier_writer (item);
  g_autofree char *day = cpa_time_capital (cpa_time_day (item->at, zone));

  gtk_widget_set_visible (self->day, cpa_dossier_entry_is_first_of_day (self->entry));
  set_text (self->day, day);
  set_text (self->kind, kind_line);
  set_text (self->title, title);
  set_text (self->preview, item->preview);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), cpa_dossier_kind_icon (item->kind));
  name_row (self, item, kind);
}

static void
build (CpaDossierRow *self)
{
  GtkWidget *top = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  self->day = cpa_inscription_new ("cp-heading", 1);
  gtk_widget_add_css_class (self->day, "cp-day");
  self->icon = gtk_image_new ();
  gtk_widget_add_css_class (self->icon, "cp-accent");
  self->kind = cpa_inscription_new ("cp-caption", 1);
  self->mark = gtk_label_new ("");
  gtk_widget_add_css_class (self->mark, "cp-mark");
  self->title = cpa_inscription_new ("cp-bold", 1);
  self->preview = cpa_inscription_new ("cp-small", 2);
  gtk_box_append (GTK_BOX (top), self->icon);
  gtk_box_append (GTK_BOX (top), self->kind);
  gtk_box_append (GTK_BOX (top), self->mark);
  self->card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  gtk_widget_add_css_class (self->card, "cp-item");
  gtk_box_append (GTK_BOX (self->card), top);
  gtk_box_append (GTK_BOX (self->card), self->title);
  gtk_box_append (GTK_BOX (self->card), self->preview);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_box_append (GTK_BOX (self->box), self->day);
  gtk_box_append (GTK_BOX (self->box), self->card);
  cpa_hide_from_reader (self->icon);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

static void
cpa_dossier_row_dispose (GObject *object)
{
  CpaDossierRow *self = CPA_DOSSIER_ROW (object);

  if (self->box != NULL)
    cpa_dossier_row_bind (self, NULL);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (cpa_dossier_row_parent_class)->dispose (object);
}

static void
cpa_dossier_row_class_init (CpaDossierRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpa_dossier_row_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
cpa_dossier_row_init (CpaDossierRow *self)
{
  build (self);
}

GtkWidget *
cpa_dossier_row_new (CpaContext *context)
{
  CpaDossierRow *self = g_object_new (CPA_TYPE_DOSSIER_ROW, NULL);

  self->context = g_object_ref (context);
  return GTK_WIDGET (self);
}

void
cpa_dossier_row_bind (CpaDossierRow *self, CpaDossierEntry *entry)
{
  if (self->entry != NULL)
    g_clear_signal_handler (&self->open_id, self->entry);
  g_set_object (&self->entry, entry);
  if (entry == NULL)
    return;
  self->open_id = g_signal_connect_swapped (entry, "notify::open", G_CALLBACK (show_mark), self);
  show_item (self, cpa_dossier_entry_get_item (entry));
  show_mark (self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-dossier-sheet.h"

#include <glib/gi18n.h>

#include "cpa-badge.h"
#include "cpa-dossier-text.h"
#include "cpa-fill.h"
#include "cpa-label.h"
#include "cpa-time-text.h"

static GtkWidget *
head_new (const CpDossierItem *item, const CpOrganisation *organisation)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  g_autofree char *kind = cpa_dossier_kind_text (item->kind, organisation);
  g_autofree char *title = cpa_dossier_title (item, organisation);

  if (g_strcmp0 (kind, title) != 0)
    gtk_box_append (GTK_BOX (texts), cpa_label_new (kind, "cp-caption"));
  gtk_box_append (GTK_BOX (texts), cpa_label_new (title, "cp-title-2"));
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (head), cpa_tile_new (cpa_dossier_kind_icon (item->kind), CPA_TILE_NORMAL));
  gtk_box_append (GTK_BOX (head), texts);
  return head;
}

static void
append_marks (GtkWidget *sheet, const CpDossierItem *item, GTimeZone *zone)
{
  g_autofree char *amended_at = item->amended_at != 0 ? cpa_time_day_clock (item->amended_at, zone) : g_strdup ("");
  g_autofree char *amended = g_strchomp (cpa_fill (_ ("Changed by the care team {when}"), "when", amended_at, NULL));

  if (item->unfinished)
    gtk_box_append (GTK_BOX (sheet), cpa_chip_new (NULL, _ ("Not finished yet"), "family"));
  if (item->unfinished && item->kind == CP_DOSSIER_FORM)
    gtk_box_append (GTK_BOX (sheet), cpa_label_new (_ ("The care team is still filling in this form."), "cp-quiet"));
  if (item->amended)
    gtk_box_append (GTK_BOX (sheet), cpa_chip_new ("cp-changes-symbolic", amended, "family"));
}

static void
append_about (GtkWidget *sheet, const char *about)
{
  g_autofree char *text = cpa_fill (_ ("Belongs to: {text}"), "text", about, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *icon = gtk_image_new_from_icon_name ("cp-goal-symbolic");

  cpa_hide_from_reader (icon);
  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), cpa_label_new (text, NULL));
  gtk_widget_add_css_class (box, "cp-soft");
  gtk_box_append (GTK_BOX (sheet), box);
}

static GtkWidget *
entry_new (const CpFormEntry *entry)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  const char *label = entry->label != NULL ? entry->label : _ ("Question without text");

  gtk_widget_set_margin_start (box, MIN (entry->level, 4) * 16);
  if (entry->group)
    {
      gtk_widget_set_margin_top (box, 8);
      gtk_box_append (GTK_BOX (box), cpa_label_new (label, "cp-heading"));
      return box;
    }
  gtk_box_append (GTK_BOX (box), cpa_label_new (label, "cp-quiet"));
  for (guint i = 0; entry->answers[i] != NULL; i++)
    gtk_box_append (GTK_BOX (box), cpa_reading_new (entry->answers[i], NULL));
  if (entry->answers[0] == NULL)
    gtk_box_append (GTK_BOX (box), cpa_reading_new (_ ("Not filled in"), "cp-quiet"));
  return box;
}

static void
append_paragraphs (GtkWidget *sheet, const char *text)
{
  g_auto (GStrv) paragraphs = g_strsplit (text, "\n\n", -1);

  for (guint i = 0; paragraphs[i] != NULL; i++)
    if (*g_strstrip (paragraphs[i]) != '\0')
      gtk_box_append (GTK_BOX (sheet), cpa_reading_new (paragraphs[i], NULL));
}

GtkWidget *
cpa_dossier_sheet_new (CpaContext *context, const CpDossierItem *item)
{
  GTimeZone *zone = cpa_context_get_zone (context);
  GtkWidget *sheet = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *by = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  g_autofree char *when = cpa_time_capital (cpa_dossier_long_when (item, zone));
  g_autofree char *writer = cpa_dossier_written_by (item);

  gtk_widget_add_css_class (sheet, "cp-sheet");
  gtk_widget_set_valign (sheet, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (sheet), head_new (item, cpa_context_get_organisation (context)));
  gtk_box_append (GTK_BOX (by), cpa_label_new (when, "cp-caption"));
  gtk_box_append (GTK_BOX (by), cpa_label_new (writer, "cp-caption"));
  gtk_box_append (GTK_BOX (sheet), by);
  append_marks (sheet, item, zone);
  if (item->text != NULL)
    append_paragraphs (sheet, item->text);
  for (guint i = 0; i < item->entries->len; i++)
    gtk_box_append (GTK_BOX (sheet), entry_new (g_ptr_array_index (item->entries, i)));
  if (item->about != NULL)
    append_about (sheet, item->about);
  return sheet;
}

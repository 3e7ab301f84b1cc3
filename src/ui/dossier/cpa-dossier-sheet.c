/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-dossier-sheet.h"

#include <glib/gi18n.h>

#include "cpa-attachment-row.h"
#include "cpa-badge.h"
#include "cpa-dossier-text.h"
#include "cpa-dossier-versions.h"
#include "cpa-fill.h"
#include "cpa-form.h"
#include "cpa-label.h"
#include "cpa-reading-text.h"
#include "cpa-record-text.h"
#include "cpa-time-text.h"

#define TILE_MARGIN 4

GtkWidget *
cpa_dossier_head_new (CpaContext *context, const CpDossierItem *item)
{
  const CpOrganisation *organisation = cpa_context_get_organisation (context);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *tile = cpa_tile_new (cpa_dossier_kind_icon (item->kind), CPA_TILE_NORMAL);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  g_autofree char *kind = cpa_dossier_kind_text (item->kind, organisation);
  g_autofree char *title = cpa_dossier_title (item, organisation);

  if (g_strcmp0 (kind, title) != 0)
    gtk_box_append (GTK_BOX (texts), cpa_label_new (kind, "cp-caption"));
  gtk_box_append (GTK_BOX (texts), cpa_label_new (title, "cp-title-2"));
  /* Higher than two lines, whatever they are rounded to: GtkBox wants one height of them for every width. */
  gtk_widget_set_margin_top (tile, TILE_MARGIN);
  gtk_widget_set_margin_bottom (tile, TILE_MARGIN);
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_add_css_class (head, "cp-dossier-head");
  gtk_box_append (GTK_BOX (head), tile);
  gtk_box_append (GTK_BOX (head), texts);
  return head;
}

GtkWidget *
cpa_dossier_amended_new (CpaContext *context, const CpDossierItem *item)
{
  GTimeZone *zone = cpa_context_get_zone (context);
  CpTime changed = cpa_dossier_changed_at (item);
  g_autofree char *at = changed != 0 ? cpa_time_day_clock (changed, zone) : g_strdup ("");
  g_autofree char *amended = g_strchomp (cpa_fill (_ ("Changed by the care team {when}"), "when", at, NULL));
  GtkWidget *chip = cpa_chip_new ("cp-changes-symbolic", amended, "family");
  GtkWidget *label = gtk_widget_get_last_child (chip);

  /* Too long for one line of a narrow window. */
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_natural_wrap_mode (GTK_LABEL (label), GTK_NATURAL_WRAP_NONE);
  return chip;
}

GtkWidget *
cpa_dossier_by_new (CpaContext *context, const CpDossierItem *item)
{
  g_autofree char *lines = cpa_dossier_by (item, cpa_context_get_zone (context));

  return cpa_label_new (lines, "cp-caption");
}

static void
append_marks (GtkWidget *sheet, const CpDossierItem *item, CpaContext *context)
{
  if (item->unfinished)
    gtk_box_append (GTK_BOX (sheet), cpa_chip_new (NULL, _ ("Not finished yet"), "family"));
  if (item->unfinished && item->kind == CP_DOSSIER_FORM)
    gtk_box_append (GTK_BOX (sheet), cpa_label_new (_ ("The care team is still filling in this form."), "cp-quiet"));
  if (item->versions->len > 1)
    gtk_box_append (GTK_BOX (sheet), cpa_dossier_versions_new (context, item));
  else if (cpa_dossier_is_changed (item))
    gtk_box_append (GTK_BOX (sheet), cpa_dossier_amended_new (context, item));
}

GtkWidget *
cpa_dossier_body_new (CpaContext *context, const CpDossierItem *item)
{
  GtkWidget *body = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  g_autofree char *unshown = cpa_dossier_unshown (item);

  append_marks (body, item, context);
  if (unshown != NULL)
    gtk_box_append (GTK_BOX (body), cpa_label_new (unshown, NULL));
  if (item->text != NULL && *item->text != '\0')
    gtk_box_append (GTK_BOX (body), cpa_reading_text_new (context, item->text, NULL));
  if (item->entries->len > 0)
    gtk_box_append (GTK_BOX (body), cpa_form_new (context, item->entries));
  for (guint i = 0; i < item->attachments->len; i++)
    gtk_box_append (GTK_BOX (body), cpa_attachment_row_new (context, item, g_ptr_array_index (item->attachments, i)));
  return body;
}

gboolean
cpa_dossier_is_news (CpaContext *context, char **shown, const CpDossierItem *item)
{
  return cpa_record_text_is_news (shown, &cp_dossier_item_record, item,
                                  cpa_dossier_is_changed (item) ? cpa_context_get_zone (context) : NULL);
}

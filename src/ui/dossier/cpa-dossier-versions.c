/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-dossier-versions.h"

#include <glib/gi18n.h>

#include "cp-start.h"
#include "cpa-dossier-sheet.h"
#include "cpa-dossier-text.h"
#include "cpa-error-text.h"
#include "cpa-fill.h"
#include "cpa-label.h"
#include "cpa-loader.h"
#include "cpa-time-text.h"

struct _CpaDossierVersions
{
  GtkWidget parent_instance;

  CpaContext *context; /* (owned) */
  char *id;            /* (owned) */
  GtkWidget *box;      /* (owned): of expanders, each with a loader of its own */
};

G_DEFINE_FINAL_TYPE (CpaDossierVersions, cpa_dossier_versions, GTK_TYPE_WIDGET)

static void
show_words (GtkExpander *expander, const char *words)
{
  gtk_expander_set_child (expander, cpa_label_new (words, "cp-caption"));
}

static void
loaded_cb (gpointer owner, gpointer record, const GError *error)
{
  GtkExpander *expander = owner;
  CpaDossierVersions *self =
      CPA_DOSSIER_VERSIONS (gtk_widget_get_ancestor (GTK_WIDGET (expander), CPA_TYPE_DOSSIER_VERSIONS));
  g_autoptr (CpDossierItemAnswer) answer = record;
  GtkWidget *body;

  if (error != NULL)
    {
      g_autoptr (CpaErrorText) text = cpa_error_text_new (error, cpa_context_get_organisation (self->context));

      show_words (expander, text->title);
      return;
    }
  /* An old text is shown by itself, not with the versions of versions. */
  g_ptr_array_set_size (answer->item->versions, 0);
  answer->item->amended = FALSE;
  body = cpa_dossier_body_new (self->context, answer->item);
  gtk_box_prepend (GTK_BOX (body), cpa_label_new (_ ("This is the text from before that change:"), "cp-bold"));
  gtk_widget_add_css_class (body, "cp-soft");
  gtk_expander_set_child (expander, body);
}

static void
expanded_cb (GtkExpander *expander, GParamSpec *pspec, CpaDossierVersions *self)
{
  g_autofree char *query =
      g_strdup_printf ("version=%d", GPOINTER_TO_INT (g_object_get_data (G_OBJECT (expander), "version")));

  if (!gtk_expander_get_expanded (expander))
    return;
  show_words (expander, _ ("Being fetched…"));
  cpa_loader_start (g_object_get_data (G_OBJECT (expander), "loader"), CP_ROUTE_DOSSIER_ITEM, self->id, query,
                    &cp_dossier_item_answer_record, FALSE);
}

static void
free_loader (gpointer data)
{
  cpa_loader_cancel (data);
  g_object_unref (data);
}

static void
append_version (CpaDossierVersions *self, const CpVersionStamp *earlier, CpTime changed)
{
  g_autofree char *when = cpa_time_day_clock (changed, cpa_context_get_zone (self->context));
  g_autofree char *text = cpa_fill (_ ("Changed by the care team {when}"), "when", when, NULL);
  GtkWidget *expander = gtk_expander_new (NULL);
  GtkWidget *label = cpa_label_new (text, NULL);

  /* Too long for one line of a narrow window. */
  gtk_label_set_natural_wrap_mode (GTK_LABEL (label), GTK_NATURAL_WRAP_NONE);
  gtk_expander_set_label_widget (GTK_EXPANDER (expander), label);
  /* By itself an expander says that it is as high at every width, and what is on two lines lies over what follows. */
  gtk_widget_set_layout_manager (expander, gtk_bin_layout_new ());
  gtk_widget_add_css_class (expander, "cp-version");
  g_object_set_data (G_OBJECT (expander), "version", GINT_TO_POINTER ((int) earlier->version));
  g_object_set_data_full (G_OBJECT (expander), "loader", cpa_loader_new (self->context, loaded_cb, expander),
                          free_loader);
  g_signal_connect_object (expander, "notify::expanded", G_CALLBACK (expanded_cb), self, 0);
  gtk_box_append (GTK_BOX (self->box), expander);
}

static void
cpa_dossier_versions_dispose (GObject *object)
{
  CpaDossierVersions *self = CPA_DOSSIER_VERSIONS (object);

  g_clear_object (&self->context);
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (cpa_dossier_versions_parent_class)->dispose (object);
}

static void
cpa_dossier_versions_class_init (CpaDossierVersionsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpa_dossier_versions_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
cpa_dossier_versions_init (CpaDossierVersions *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

GtkWidget *
cpa_dossier_versions_new (CpaContext *context, const CpDossierItem *item)
{
  CpaDossierVersions *self = g_object_new (CPA_TYPE_DOSSIER_VERSIONS, NULL);

  self->context = g_object_ref (context);
  self->id = g_strdup (item->id);
  for (guint i = item->versions->len - 1; i > 0; i--)
    {
      const CpVersionStamp *later = g_ptr_array_index (item->versions, i);
      gboolean newest = i + 1 == item->versions->len;

      append_version (self, g_ptr_array_index (item->versions, i - 1),
                      newest ? cpa_dossier_changed_at (item) : later->seen);
    }
  return GTK_WIDGET (self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-plan-reports.h"

#include <glib/gi18n.h>

#include "cp-start.h"
#include "cpa-dossier-sheet.h"
#include "cpa-dossier-text.h"
#include "cpa-error-text.h"
#include "cpa-label.h"
#include "cpa-loader.h"
#include "cpa-pages-again.h"

struct _CpaPlanReports
{
  GtkWidget parent_instance;

  CpaContext *context; /* (owned) */
  CpaLoader *loader;   /* (owned) */
  CpaLoader *again;    /* (owned): of what is shown */
  char *plan;          /* (owned) (nullable) */
  GString *shown;      /* (owned): what is on the screen, as text */
  guint pages;         /* of it */
  char *cursor;        /* (owned) (nullable): of the next page */
  CpaPagesAgain anew;  /* (owned): what is shown, asked again */
  GtkWidget *box;      /* (owned) */
  GtkWidget *list;     /* (borrowed) */
  GtkWidget *said;     /* (borrowed): how fetching goes */
  GtkWidget *more;     /* (borrowed) */
};

G_DEFINE_FINAL_TYPE (CpaPlanReports, cpa_plan_reports, GTK_TYPE_WIDGET)

static void
say (CpaPlanReports *self, const char *text, const char *button)
{
  gtk_label_set_text (GTK_LABEL (self->said), text != NULL ? text : "");
  gtk_widget_set_visible (self->said, text != NULL);
  gtk_button_set_label (GTK_BUTTON (self->more), button != NULL ? button : "");
  gtk_widget_set_visible (self->more, button != NULL);
}

/* As its card is when it is opened: an evaluation without a title says that it is one, and what is not finished or was
 * changed says so here too. */
static GtkWidget *
report_new (CpaPlanReports *self, const CpDossierItem *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  g_autofree char *title = cpa_dossier_title (item, cpa_context_get_organisation (self->context));

  gtk_box_append (GTK_BOX (box), cpa_dossier_by_new (self->context, item));
  gtk_box_append (GTK_BOX (box), cpa_label_new (title, "cp-bold"));
  gtk_box_append (GTK_BOX (box), cpa_dossier_body_new (self->context, item));
  gtk_widget_add_css_class (box, "cp-row");
  return box;
}

/* Without what each fetch says anew. */
static void
append_text (CpaPlanReports *self, GString *text, const CpDossierPage *page)
{
  for (guint i = 0; i < page->items->len; i++)
    {
      g_autofree char *item = cp_record_to_text (&cp_dossier_item_record, g_ptr_array_index (page->items, i),
                                                 cpa_context_get_zone (self->context), NULL);
      g_string_append (text, item);
    }
}

static void
forget_anew (CpaPlanReports *self)
{
  cpa_loader_cancel (self->again);
  cpa_pages_again_forget (&self->anew);
}

static void
clear_list (CpaPlanReports *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->list)) != NULL)
    gtk_box_remove (GTK_BOX (self->list), child);
  g_string_truncate (self->shown, 0);
  self->pages = 0;
  g_clear_pointer (&self->cursor, g_free);
}

static void
show_page (CpaPlanReports *self, CpDossierPage *page)
{
  append_text (self, self->shown, page);
  self->pages++;
  for (guint i = 0; i < page->items->len; i++)
    gtk_box_append (GTK_BOX (self->list), report_new (self, g_ptr_array_index (page->items, i)));
  g_free (self->cursor);
  self->cursor = g_steal_pointer (&page->next_cursor);
  say (self, NULL, self->cursor != NULL ? _ ("Show More") : NULL);
  gtk_widget_set_visible (self->list, gtk_widget_get_first_child (self->list) != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self), gtk_widget_get_visible (self->list));
}

static void
loaded_cb (gpointer owner, gpointer record, const GError *error)
{
  CpaPlanReports *self = owner;
  g_autoptr (CpDossierPage) page = record;

  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  if (error != NULL)
    {
      g_autoptr (CpaErrorText) text = cpa_error_text_new (error, cpa_context_get_organisation (self->context));

      say (self, text->title, _ ("Try Again"));
      return;
    }
  show_page (self, page);
}

static void
start (CpaPlanReports *self, CpaLoader *loader, const char *cursor, gboolean refresh)
{
  g_autofree char *plan = g_uri_escape_string (self->plan, NULL, FALSE);
  g_autofree char *rest = cpa_loader_query (NULL, cursor);
  g_autofree char *query = g_strconcat ("plan=", plan, rest != NULL ? "&" : NULL, rest, NULL);

  cpa_loader_start (loader, CP_ROUTE_DOSSIER, NULL, query, &cp_dossier_page_record, refresh);
}

/* What is the same is left alone. */
static void
show_anew (CpaPlanReports *self)
{
  guint pages = self->anew.pages;
  g_autoptr (CpDossierPage) page = cpa_pages_again_take (&self->anew);
  g_autoptr (GString) text = g_string_new (NULL);

  append_text (self, text, page);
  if (g_string_equal (text, self->shown) && (page->next_cursor != NULL) == (self->cursor != NULL))
    return;
  cpa_loader_cancel (self->loader);
  clear_list (self);
  show_page (self, page);
  self->pages = pages;
}

/* All that is shown is asked again, page by page. Without an answer the plan says that there is none. */
static void
again_cb (gpointer owner, gpointer record, const GError *error)
{
  CpaPlanReports *self = owner;
  const char *cursor;

  if (error != NULL)
    {
      forget_anew (self);
      return;
    }
  cpa_pages_again_add (&self->anew, &cp_dossier_page_record, record);
  cursor = cpa_pages_again_get_cursor (&self->anew);
  if (cursor != NULL && self->anew.pages < self->pages)
    start (self, self->again, cursor, TRUE);
  else
    show_anew (self);
}

static void
load (CpaPlanReports *self)
{
  say (self, _ ("Being fetched…"), NULL);
  start (self, self->loader, self->cursor, FALSE);
}

static void
cpa_plan_reports_dispose (GObject *object)
{
  CpaPlanReports *self = CPA_PLAN_REPORTS (object);

  if (self->loader != NULL)
    cpa_loader_cancel (self->loader);
  if (self->again != NULL)
    forget_anew (self);
  g_clear_object (&self->loader);
  g_clear_object (&self->again);
  g_clear_object (&self->context);
  g_clear_pointer (&self->plan, g_free);
  g_clear_pointer (&self->cursor, g_free);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (cpa_plan_reports_parent_class)->dispose (object);
}

static void
cpa_plan_reports_finalize (GObject *object)
{
  g_string_free (CPA_PLAN_REPORTS (object)->shown, TRUE);
  G_OBJECT_CLASS (cpa_plan_reports_parent_class)->finalize (object);
}

static void
cpa_plan_reports_class_init (CpaPlanReportsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpa_plan_reports_dispose;
  G_OBJECT_CLASS (klass)->finalize = cpa_plan_reports_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
cpa_plan_reports_init (CpaPlanReports *self)
{
  self->shown = g_string_new (NULL);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  self->list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->said = cpa_label_new ("", "cp-caption");
  self->more = gtk_button_new ();
  gtk_widget_add_css_class (self->list, "cp-card");
  gtk_widget_add_css_class (self->more, "cp-outline");
  gtk_widget_set_halign (self->more, GTK_ALIGN_START);
  gtk_widget_set_visible (self->list, FALSE);
  gtk_box_append (GTK_BOX (self->box), cpa_label_new (_ ("Reports on This Plan"), "cp-title-2"));
  gtk_box_append (GTK_BOX (self->box), self->list);
  gtk_box_append (GTK_BOX (self->box), self->said);
  gtk_box_append (GTK_BOX (self->box), self->more);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  g_signal_connect_object (self->more, "clicked", G_CALLBACK (load), self, G_CONNECT_SWAPPED);
}

GtkWidget *
cpa_plan_reports_new (CpaContext *context)
{
  CpaPlanReports *self = g_object_new (CPA_TYPE_PLAN_REPORTS, NULL);

  self->context = g_object_ref (context);
  self->loader = cpa_loader_new (context, loaded_cb, self);
  self->again = cpa_loader_new (context, again_cb, self);
  return GTK_WIDGET (self);
}

void
cpa_plan_reports_close (CpaPlanReports *self)
{
  cpa_loader_cancel (self->loader);
  forget_anew (self);
  clear_list (self);
  gtk_widget_set_visible (self->list, FALSE);
  say (self, NULL, NULL);
}

void
cpa_plan_reports_open (CpaPlanReports *self, const char *plan)
{
  cpa_plan_reports_close (self);
  g_free (self->plan);
  self->plan = g_strdup (plan);
  load (self);
}

void
cpa_plan_reports_refresh (CpaPlanReports *self)
{
  if (self->pages == 0 || cpa_loader_is_busy (self->again))
    return;
  forget_anew (self);
  start (self, self->again, NULL, TRUE);
}

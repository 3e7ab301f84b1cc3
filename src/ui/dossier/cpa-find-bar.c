/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-find-bar.h"

#include <glib/gi18n.h>

#include "cpa-centered.h"
#include "cpa-dossier-text.h"
#include "cpa-fill.h"
#include "cpa-focus.h"
#include "cpa-icon-button.h"
#include "cpa-label.h"
#include "cpa-report.h"
#include "cpa-time-text.h"
#include "cpa-wrap.h"

#define AROUND 60 /* characters before and after a found word */

struct _CpaFindBar
{
  GtkWidget parent_instance;

  CpaContext *context; /* (owned) */
  GtkWidget *wrap;     /* (owned) */
  GtkWidget *words;    /* (borrowed) */
  GtkWidget *before;   /* (borrowed) */
  GtkWidget *after;    /* (borrowed) */
};

enum
{
  SIGNAL_FIND,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CpaFindBar, cpa_find_bar, GTK_TYPE_WIDGET)

static void
before_cb (CpaFindBar *self)
{
  g_signal_emit (self, signals[SIGNAL_FIND], 0, -1);
}

static void
after_cb (CpaFindBar *self)
{
  g_signal_emit (self, signals[SIGNAL_FIND], 0, 1);
}

/* (transfer full): of many it is not counted how often, of very many not how many there are. */
static char *
found_text (const CpSearchPage *page)
{
  g_autofree char *times = NULL;
  g_autofree char *reports = NULL;

  if (page->more)
    return cpa_fill_n (_ ("Found in more than {n} reports"), page->reports, NULL);
  if (page->times == 0)
    return cpa_fill_n (ngettext ("Found in {n} report", "Found in {n} reports", (gulong) page->reports), page->reports,
                       NULL);
  times = cpa_fill_n (ngettext ("found {n} time", "found {n} times", (gulong) page->times), page->times, NULL);
  reports = cpa_fill_n (ngettext ("in {n} report", "in {n} reports", (gulong) page->reports), page->reports, NULL);
  return cpa_time_capital (cpa_fill (_ ("{found} {where}"), "found", times, "where", reports, NULL));
}

static void
build (CpaFindBar *self)
{
  GtkWidget *said = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *icon = gtk_image_new_from_icon_name ("system-search-symbolic");

  self->wrap = cpa_wrap_new ();
  g_object_set (self->wrap, "spread", TRUE, NULL);
  self->words = cpa_label_new ("", "cp-bold");
  gtk_label_set_natural_wrap_mode (GTK_LABEL (self->words), GTK_NATURAL_WRAP_NONE);
  self->before = cpa_icon_button_new ("go-up-symbolic", _ ("Previous"), G_CALLBACK (before_cb), self);
  self->after = cpa_icon_button_new ("go-down-symbolic", _ ("Next"), G_CALLBACK (after_cb), self);
  cpa_hide_from_reader (icon);
  gtk_widget_add_css_class (self->wrap, "cp-soft");
  gtk_widget_add_css_class (self->wrap, "cp-find-bar");
  gtk_box_append (GTK_BOX (said), cpa_centered_new (icon));
  gtk_box_append (GTK_BOX (said), self->words);
  gtk_box_append (GTK_BOX (buttons), self->before);
  gtk_box_append (GTK_BOX (buttons), self->after);
  cpa_wrap_append (CPA_WRAP (self->wrap), said);
  cpa_wrap_append (CPA_WRAP (self->wrap), buttons);
  gtk_widget_set_parent (self->wrap, GTK_WIDGET (self));
}

static void
cpa_find_bar_dispose (GObject *object)
{
  CpaFindBar *self = CPA_FIND_BAR (object);

  g_clear_pointer (&self->wrap, gtk_widget_unparent);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (cpa_find_bar_parent_class)->dispose (object);
}

static void
cpa_find_bar_class_init (CpaFindBarClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpa_find_bar_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  signals[SIGNAL_FIND] =
      g_signal_new ("find", CPA_TYPE_FIND_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
}

static void
cpa_find_bar_init (CpaFindBar *self)
{
  build (self);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

GtkWidget *
cpa_find_bar_new (CpaContext *context)
{
  CpaFindBar *self = g_object_new (CPA_TYPE_FIND_BAR, NULL);

  self->context = g_object_ref (context);
  return GTK_WIDGET (self);
}

void
cpa_find_bar_show (CpaFindBar *self, const CpSearchPage *page)
{
  g_autofree char *text = found_text (page);

  gtk_label_set_text (GTK_LABEL (self->words), text);
  gtk_widget_set_visible (GTK_WIDGET (self), page->reports > 0);
}

void
cpa_find_bar_clear (CpaFindBar *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

void
cpa_find_bar_say (CpaFindBar *self, const char *sentence)
{
  gtk_label_set_text (GTK_LABEL (self->words), sentence);
  cpa_find_bar_set_ways (self, FALSE, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
}

void
cpa_find_bar_set_tight (CpaFindBar *self, gboolean tight)
{
  cpa_icon_button_show_words (self->before, !tight);
  cpa_icon_button_show_words (self->after, !tight);
}

void
cpa_find_bar_wait (CpaFindBar *self)
{
  gtk_label_set_text (GTK_LABEL (self->words), _ ("Being fetched…"));
  cpa_find_bar_set_ways (self, FALSE, FALSE);
}

void
cpa_find_bar_set_ways (CpaFindBar *self, gboolean before, gboolean after)
{
  cpa_focus_set_ways (self->before, before, self->after, after);
}

/* (transfer full): the found word among those around it, where it was found. */
static char *
around (const CpDossierItem *item, int mark)
{
  for (CpaReportPlace place = 0; place < CPA_REPORT_N_PLACES; place++)
    {
      int own = cpa_report_mark_in (item, place, mark);
      const char *text;
      const GPtrArray *marks = cpa_report_get_marks (item, place, &text);
      const CpTextMark *found = own >= 0 ? g_ptr_array_index (marks, own) : NULL;
      glong start, end;

      if (found == NULL || text == NULL)
        continue;
      start = MAX (found->start - AROUND, 0);
      end = MIN (found->start + found->length + AROUND, g_utf8_strlen (text, -1));
      return start < end ? g_utf8_substring (text, start, end) : g_strdup ("");
    }
  return g_strdup ("");
}

void
cpa_find_bar_set_found (CpaFindBar *self, const CpDossierItem *item, int mark)
{
  g_autofree char *when = item != NULL ? cpa_dossier_when (item, cpa_context_get_zone (self->context)) : NULL;
  g_autofree char *words = item != NULL ? around (item, mark) : g_strdup ("");
  g_autofree char *said = when != NULL ? g_strdup_printf ("%s: %s", when, words) : g_strdup ("");

  /* It is heard where the focus is: on one of these. */
  cpa_name (self->before, _ ("Previous"), said);
  cpa_name (self->after, _ ("Next"), said);
}

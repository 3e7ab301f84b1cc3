/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-reading-view.h"

#include <glib/gi18n.h>

#include "cp-search.h"
#include "cp-start.h"
#include "cp-timeline.h"
#include "cpa-adaptive.h"
#include "cpa-button.h"
#include "cpa-content-view.h"
#include "cpa-dossier-cover.h"
#include "cpa-dossier-text.h"
#include "cpa-error-text.h"
#include "cpa-fill.h"
#include "cpa-find-bar.h"
#include "cpa-fresh-line.h"
#include "cpa-fresh-text.h"
#include "cpa-label.h"
#include "cpa-large-reading.h"
#include "cpa-loader.h"
#include "cpa-print-dialog.h"
#include "cpa-reading-filters.h"
#include "cpa-reading-tools.h"
#include "cpa-reason.h"
#include "cpa-report-list.h"

#define NARROW_BELOW 700

struct _CpaReadingView
{
  GtkWidget parent_instance;

  CpaContext *context;    /* (owned) */
  CpaLoader *counts;      /* (owned): how much is unread */
  CpaLoader *authors;     /* (owned) */
  GtkWidget *tools;       /* (owned) */
  GtkWidget *adaptive;    /* (owned) */
  GtkWidget *choosing;    /* (borrowed): the top scrolls in it */
  GtkWidget *top;         /* (borrowed): around the next five */
  GtkWidget *filters;     /* (borrowed) */
  GtkWidget *fresh;       /* (borrowed): something is late */
  GtkWidget *age;         /* (borrowed): said here where it has no room below the reports */
  GtkWidget *find_bar;    /* (borrowed) */
  GtkWidget *view;        /* (borrowed) */
  GtkWidget *list;        /* (borrowed) */
  GtkWidget *wrong;       /* (borrowed): what is typed cannot be searched */
  char *sought;           /* (owned) (nullable): what is searched */
  char *query;            /* (owned) (nullable): what was asked last */
  CpFreshness *freshness; /* (owned) (nullable): of the newest list */
  gint64 unread[2];       /* general reports, and those on the plan */
  GtkWidget *large;       /* (weak) (nullable): while one reads large */
};

static void cpa_reading_view_dossier_view_init (CpaDossierViewInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CpaReadingView, cpa_reading_view, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (CPA_TYPE_DOSSIER_VIEW, cpa_reading_view_dossier_view_init))

/* While one chooses it scrolls: it may be higher than a small window. A scrolled window does not ask how high it is at
 * its width, so it stands in none else. */
static void
move_top (CpaReadingView *self, gboolean choosing)
{
  g_autoptr (GtkWidget) top = g_object_ref (self->top);
  GtkBox *box = GTK_BOX (gtk_widget_get_parent (self->choosing));

  if (choosing)
    gtk_box_remove (box, top);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->choosing), choosing ? top : NULL);
  if (!choosing)
    gtk_box_prepend (box, top);
  gtk_widget_set_visible (self->choosing, choosing);
}

/* (transfer full): which reports are asked for, in a few words. */
static char *
asked_text (CpaReadingView *self)
{
  CpaReadingFilters *filters = CPA_READING_FILTERS (self->filters);
  g_autofree char *heading = cpa_reading_filters_get_heading (filters);
  g_autofree char *period = cpa_reading_filters_get_period (filters);
  const char *author = cpa_reading_filters_get_author (filters);
  const char *parts[] = { self->sought != NULL ? self->sought : heading, period != NULL ? period : author,
                          period != NULL ? author : NULL, NULL };

  return g_strjoinv (", ", (char **) parts);
}

/* Where it is tight the reports have the room: what one searches and chooses with comes when it is asked for. */
static void
show_fold (CpaReadingView *self)
{
  CpaReadingTools *tools = CPA_READING_TOOLS (self->tools);
  g_autofree char *asked = asked_text (self);
  gboolean folded, choosing;

  cpa_reading_tools_set_tight (tools, cpa_adaptive_is_tight (CPA_ADAPTIVE (self->adaptive)), asked);
  folded = cpa_reading_tools_is_folded (tools);
  choosing = cpa_adaptive_is_tight (CPA_ADAPTIVE (self->adaptive)) && !folded;
  gtk_widget_set_visible (self->filters, !folded);
  gtk_widget_set_visible (self->view, !choosing);
  gtk_widget_set_visible (self->age, choosing);
  if (gtk_widget_get_visible (self->choosing) != choosing)
    move_top (self, choosing);
  cpa_report_list_set_folded (CPA_REPORT_LIST (self->list), folded);
}

/* Asking */

/* "Last week" has another first day after midnight; what one reads is of the day on which it was chosen. */
static void
ask (CpaReadingView *self, gboolean refresh)
{
  if (!refresh)
    {
      g_free (self->query);
      self->query = cpa_reading_filters_get_query (CPA_READING_FILTERS (self->filters), self->sought);
    }
  cpa_report_list_ask (CPA_REPORT_LIST (self->list), self->sought != NULL ? CP_ROUTE_DOSSIER_SEARCH : CP_ROUTE_DOSSIER,
                       self->query, refresh);
}

static void
ask_around (CpaReadingView *self, gboolean refresh)
{
  cpa_loader_start (self->counts, CP_ROUTE_TIMELINE, NULL, NULL, &cp_timeline_record, refresh);
  cpa_loader_start (self->authors, CP_ROUTE_DOSSIER_AUTHORS, NULL, NULL, &cp_author_list_record, refresh);
}

static void
changed_cb (CpaReadingView *self)
{
  if (cpa_report_list_get_count (CPA_REPORT_LIST (self->list)) == 0)
    cpa_content_view_show_loading (CPA_CONTENT_VIEW (self->view));
  cpa_find_bar_wait (CPA_FIND_BAR (self->find_bar));
  ask (self, FALSE);
}

static void
chosen_cb (CpaReadingView *self)
{
  cpa_reading_tools_fold (CPA_READING_TOOLS (self->tools));
  show_fold (self);
  changed_cb (self);
}

/* What is too little is no search yet; of what is too much one is told. */
static void
search_cb (CpaReadingView *self, const char *text)
{
  CpSearchSize size = cp_search_size (text);
  g_autofree char *sought = size == CP_SEARCH_FITS ? g_strdup (text) : NULL;

  cpa_reading_tools_set_error (CPA_READING_TOOLS (self->tools), GTK_LABEL (self->wrong),
                               size == CP_SEARCH_TOO_MUCH ? _ ("This is too long to search for. Type fewer words.")
                                                          : NULL);
  if (g_strcmp0 (sought, self->sought) == 0)
    return;
  g_free (self->sought);
  self->sought = g_steal_pointer (&sought);
  cpa_reading_filters_set_searching (CPA_READING_FILTERS (self->filters), self->sought != NULL);
  cpa_reading_tools_set_searching (CPA_READING_TOOLS (self->tools), self->sought != NULL);
  if (self->sought == NULL)
    cpa_find_bar_clear (CPA_FIND_BAR (self->find_bar));
  show_fold (self);
  changed_cb (self);
}

static void
clear_cb (CpaReadingView *self)
{
  cpa_reading_filters_clear (CPA_READING_FILTERS (self->filters));
  show_fold (self);
  changed_cb (self);
}

/* Answers */

static void
show_unread (CpaReadingView *self)
{
  cpa_reading_filters_set_unread (CPA_READING_FILTERS (self->filters), self->unread[0], self->unread[1]);
}

static void
counts_cb (gpointer owner, gpointer record, const GError *error)
{
  CpaReadingView *self = owner;
  g_autoptr (CpTimeline) timeline = record;

  /* The reports themselves say what is the matter. */
  if (error != NULL)
    return;
  self->unread[0] = timeline->unread_general;
  self->unread[1] = timeline->unread_plan;
  show_unread (self);
}

static void
authors_cb (gpointer owner, gpointer record, const GError *error)
{
  CpaReadingView *self = owner;
  g_autoptr (CpAuthorList) list = record;

  if (error == NULL)
    cpa_reading_filters_set_authors (CPA_READING_FILTERS (self->filters), (const char *const *) list->authors);
}

static void
read_cb (CpaReadingView *self, CpaReport *report)
{
  int kind = cpa_report_get_item (report)->kind;

  if (kind != CP_DOSSIER_REPORT_GENERAL && kind != CP_DOSSIER_REPORT_PLAN)
    return;
  self->unread[kind == CP_DOSSIER_REPORT_PLAN] = MAX (self->unread[kind == CP_DOSSIER_REPORT_PLAN] - 1, 0);
  show_unread (self);
}

static void
show_fresh (CpaReadingView *self, const CpFreshness *freshness)
{
  g_autofree char *age = NULL;
  CpTime fetched_at = self->sought != NULL ? freshness->fetched_at : cpa_fresh_fetched_at (freshness, CP_FRESH_REPORTS);

  gtk_widget_set_visible (self->fresh, cpa_fresh_line_is_needed (self->context, freshness));
  cpa_fresh_line_show (GTK_BOX (self->fresh), self->context, freshness);
  g_clear_pointer (&self->freshness, cp_freshness_free);
  self->freshness = cp_record_copy (&cp_freshness_record, freshness);
  if (self->large != NULL)
    cpa_large_reading_set_freshness (CPA_LARGE_READING (self->large), freshness);
  cpa_report_list_set_fetched (CPA_REPORT_LIST (self->list), fetched_at);
  age = cpa_report_list_dup_age (CPA_REPORT_LIST (self->list));
  gtk_label_set_text (GTK_LABEL (self->age), age);
}

static GtkWidget *
clear_button_new (CpaReadingView *self)
{
  GtkWidget *button;

  if (!cpa_reading_filters_is_narrowed (CPA_READING_FILTERS (self->filters)))
    return NULL;
  button = cpa_button_new (_ ("Clear Filters"));
  gtk_widget_add_css_class (button, "cp-outline");
  g_signal_connect_object (button, "clicked", G_CALLBACK (clear_cb), self, G_CONNECT_SWAPPED);
  return button;
}

/* The reports, and what is said in their place, do not show then. */
static void
say_while_choosing (CpaReadingView *self, const char *sentence)
{
  if (gtk_widget_get_visible (self->choosing))
    cpa_find_bar_say (CPA_FIND_BAR (self->find_bar), sentence);
}

/* Nothing is there: because of what is asked, or at all. */
static void
show_nothing (CpaReadingView *self, int state, const CpFreshness *freshness)
{
  CpaContentView *view = CPA_CONTENT_VIEW (self->view);
  CpaReasonKind reason = cpa_reading_filters_get_reason (CPA_READING_FILTERS (self->filters));
  g_autofree char *text = NULL;

  if (self->sought != NULL)
    {
      text = cpa_fill (_ ("Nothing found for “{text}”. Try a shorter word or a longer period."), "text", self->sought,
                       NULL);
      say_while_choosing (self, text);
      cpa_content_view_show_empty (view, "system-search-symbolic", "", text, clear_button_new (self));
      return;
    }
  if (cpa_reading_filters_is_narrowed (CPA_READING_FILTERS (self->filters)))
    {
      text = cpa_reading_filters_get_nothing (CPA_READING_FILTERS (self->filters));
      cpa_content_view_show_empty (view, "cp-reading-symbolic", "", text, clear_button_new (self));
      return;
    }
  text = cpa_reason_text (reason, MAX (state, CP_CONTENT_EMPTY), freshness, self->context);
  cpa_content_view_show_empty (view, "cp-dossier-symbolic",
                               cpa_reason_title (reason, MAX (state, CP_CONTENT_EMPTY), self->context), text, NULL);
}

static void
first_page_cb (CpaReadingView *self, gpointer page, const GError *error)
{
  const CpSearchPage *found = self->sought != NULL ? page : NULL;
  const CpDossierPage *reports = self->sought == NULL ? page : NULL;
  const CpFreshness *freshness;

  if (error != NULL)
    {
      g_autoptr (CpaErrorText) said = cpa_error_text_new (error, cpa_context_get_organisation (self->context));

      cpa_content_view_show_error (CPA_CONTENT_VIEW (self->view), error, cpa_context_get_organisation (self->context));
      cpa_find_bar_clear (CPA_FIND_BAR (self->find_bar));
      say_while_choosing (self, said->title);
      return;
    }
  freshness = found != NULL ? found->freshness : reports->freshness;
  show_fresh (self, freshness);
  if (found != NULL)
    cpa_find_bar_show (CPA_FIND_BAR (self->find_bar), found);
  if (cpa_report_list_get_count (CPA_REPORT_LIST (self->list)) == 0)
    show_nothing (self, found != NULL ? found->state : reports->state, freshness);
  else
    cpa_content_view_show_content (CPA_CONTENT_VIEW (self->view));
}

/* Large reading */

/* Whose report is not in the list any more keeps the neighbours that it had. */
static void
show_neighbours (CpaReadingView *self)
{
  CpaReportList *list = CPA_REPORT_LIST (self->list);
  CpaReport *report, *before, *after;

  if (self->large == NULL)
    return;
  report = cpa_report_list_find_report (list, cpa_large_reading_get_id (CPA_LARGE_READING (self->large)));
  if (report == NULL)
    return;
  before = cpa_report_list_get_neighbour (list, report, -1);
  after = cpa_report_list_get_neighbour (list, report, 1);
  cpa_large_reading_set_neighbours (CPA_LARGE_READING (self->large),
                                    before != NULL ? cpa_report_get_item (before)->id : NULL,
                                    after != NULL ? cpa_report_get_item (after)->id : NULL);
}

static void
turn_cb (CpaReadingView *self, const char *id)
{
  CpaReport *report = cpa_report_list_find_report (CPA_REPORT_LIST (self->list), id);

  if (report != NULL)
    cpa_report_list_go_to (CPA_REPORT_LIST (self->list), report);
  cpa_large_reading_open (CPA_LARGE_READING (self->large), id);
  show_neighbours (self);
}

static void
large_opened_cb (CpaReadingView *self, const char *id, gint64 seen)
{
  CpaReport *report = cpa_report_list_find_report (CPA_REPORT_LIST (self->list), id);

  if (report != NULL)
    cpa_report_list_read (CPA_REPORT_LIST (self->list), report, seen);
}

static void
opened_cb (CpaReadingView *self, CpaReport *report)
{
  GtkWidget *large = cpa_large_reading_new (self->context);

  cpa_large_reading_set_freshness (CPA_LARGE_READING (large), self->freshness);
  g_set_weak_pointer (&self->large, large);
  g_signal_connect_object (large, "turn", G_CALLBACK (turn_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (large, "opened", G_CALLBACK (large_opened_cb), self, G_CONNECT_SWAPPED);
  cpa_dossier_cover_show (GTK_WIDGET (self), large, cpa_large_reading_refresh);
  cpa_large_reading_open (CPA_LARGE_READING (large), cpa_report_get_item (report)->id);
  show_neighbours (self);
}

/* Found words */

/* Who goes from word to word stays at the button, from which the word is told too. */
static void
find_cb (CpaReadingView *self, int direction)
{
  GtkWidget *pressed = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));

  cpa_reading_tools_fold (CPA_READING_TOOLS (self->tools));
  if (pressed != NULL && gtk_widget_is_ancestor (pressed, self->find_bar))
    gtk_widget_grab_focus (pressed);
  cpa_report_list_find (CPA_REPORT_LIST (self->list), direction);
}

static void
find_changed_cb (CpaReadingView *self)
{
  CpaReportList *list = CPA_REPORT_LIST (self->list);
  CpaReport *found = cpa_report_list_get_found (list);

  cpa_find_bar_set_ways (CPA_FIND_BAR (self->find_bar), cpa_report_list_can_find (list, -1),
                         cpa_report_list_can_find (list, 1));
  cpa_find_bar_set_found (CPA_FIND_BAR (self->find_bar), found != NULL ? cpa_report_get_item (found) : NULL,
                          found != NULL ? cpa_report_get_current (found) : -1);
  show_neighbours (self);
}

static void
read_large_cb (CpaReadingView *self)
{
  CpaReport *report = cpa_report_list_get_looked_at (CPA_REPORT_LIST (self->list));

  if (report != NULL)
    opened_cb (self, report);
}

/* What the filters show, all of it; what is searched is not a period. */
static void
print_cb (CpaReadingView *self)
{
  CpaReadingFilters *filters = CPA_READING_FILTERS (self->filters);
  g_autofree char *query = cpa_reading_filters_get_query (filters, NULL);
  g_autofree char *heading = cpa_reading_filters_get_heading (filters);
  g_autofree char *period = cpa_reading_filters_get_period (filters);

  cpa_print_dialog_present (
      GTK_WIDGET (self), self->context,
      cpa_print_job_new_period (self->context, query, heading, period, cpa_reading_filters_get_author (filters)));
}

/* What was withdrawn is not printed any more. */
static void
taken_away_cb (CpaReadingView *self)
{
  cpa_print_dialog_close_changed (GTK_WIDGET (self));
}

/* As a view */

static void
cpa_reading_view_load (CpaDossierView *view, gboolean refresh)
{
  CpaReadingView *self = CPA_READING_VIEW (view);

  if (!refresh)
    cpa_content_view_show_loading (CPA_CONTENT_VIEW (self->view));
  ask (self, refresh);
  ask_around (self, refresh);
  if (refresh)
    cpa_print_dialog_look_again (GTK_WIDGET (self));
}

static void
retry_cb (CpaReadingView *self)
{
  cpa_reading_view_load (CPA_DOSSIER_VIEW (self), FALSE);
}

/* What is searched goes first. */
static gboolean
cpa_reading_view_go_back (CpaDossierView *view)
{
  CpaReadingView *self = CPA_READING_VIEW (view);

  return cpa_reading_tools_clear_search (CPA_READING_TOOLS (self->tools));
}

static GtkWidget *
cpa_reading_view_get_tools (CpaDossierView *view)
{
  return CPA_READING_VIEW (view)->tools;
}

static void
cpa_reading_view_dossier_view_init (CpaDossierViewInterface *iface)
{
  iface->load = cpa_reading_view_load;
  iface->go_back = cpa_reading_view_go_back;
  iface->get_tools = cpa_reading_view_get_tools;
}

static void
narrow_cb (CpaReadingView *self)
{
  CpaAdaptive *adaptive = CPA_ADAPTIVE (self->adaptive);
  gboolean narrow = cpa_adaptive_is_narrow (adaptive);

  cpa_report_list_set_narrow (CPA_REPORT_LIST (self->list), narrow, cpa_adaptive_is_tight (adaptive));
  cpa_reading_filters_set_narrow (CPA_READING_FILTERS (self->filters), narrow);
  cpa_reading_tools_set_narrow (CPA_READING_TOOLS (self->tools), narrow);
  cpa_find_bar_set_tight (CPA_FIND_BAR (self->find_bar), cpa_adaptive_is_tight (adaptive));
  show_fold (self);
}

static void
cpa_reading_view_dispose (GObject *object)
{
  CpaReadingView *self = CPA_READING_VIEW (object);

  if (self->counts != NULL)
    cpa_loader_cancel (self->counts);
  if (self->authors != NULL)
    cpa_loader_cancel (self->authors);
  g_clear_object (&self->counts);
  g_clear_object (&self->authors);
  g_clear_weak_pointer (&self->large);
  g_clear_object (&self->tools);
  g_clear_pointer (&self->adaptive, gtk_widget_unparent);
  g_clear_object (&self->context);
  g_clear_pointer (&self->sought, g_free);
  g_clear_pointer (&self->query, g_free);
  g_clear_pointer (&self->freshness, cp_freshness_free);
  G_OBJECT_CLASS (cpa_reading_view_parent_class)->dispose (object);
}

static void
cpa_reading_view_class_init (CpaReadingViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpa_reading_view_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
cpa_reading_view_init (CpaReadingView *self)
{
}

static void
connect (CpaReadingView *self, gpointer object, const char *name, GCallback callback)
{
  g_signal_connect_object (object, name, callback, self, G_CONNECT_SWAPPED);
}

static void
connect_all (CpaReadingView *self)
{
  connect (self, self->tools, "search", G_CALLBACK (search_cb));
  connect (self, self->tools, "read-large", G_CALLBACK (read_large_cb));
  connect (self, self->tools, "print", G_CALLBACK (print_cb));
  connect (self, self->filters, "changed", G_CALLBACK (chosen_cb));
  connect (self, self->tools, "folded", G_CALLBACK (show_fold));
  connect (self, self->find_bar, "find", G_CALLBACK (find_cb));
  connect (self, self->view, "retry", G_CALLBACK (retry_cb));
  connect (self, self->list, "first-page", G_CALLBACK (first_page_cb));
  connect (self, self->list, "read", G_CALLBACK (read_cb));
  connect (self, self->list, "opened", G_CALLBACK (opened_cb));
  connect (self, self->list, "find-changed", G_CALLBACK (find_changed_cb));
  connect (self, self->list, "taken-away", G_CALLBACK (taken_away_cb));
  connect (self, self->adaptive, "notify::narrow", G_CALLBACK (narrow_cb));
  connect (self, self->adaptive, "notify::tight", G_CALLBACK (narrow_cb));
}

static void
build (CpaReadingView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->top = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  self->filters = cpa_reading_filters_new (self->context);
  self->fresh = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_visible (self->fresh, FALSE);
  self->age = cpa_label_new ("", "cp-caption");
  gtk_widget_set_visible (self->age, FALSE);
  self->wrong = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR, "visible",
                              FALSE, "accessible-role", GTK_ACCESSIBLE_ROLE_ALERT, NULL);
  gtk_widget_add_css_class (self->wrong, "cp-field-error");
  self->find_bar = cpa_find_bar_new (self->context);
  self->view = g_object_new (CPA_TYPE_CONTENT_VIEW, "vexpand", TRUE, NULL);
  self->list = cpa_report_list_new (self->context);
  cpa_content_view_set_content (CPA_CONTENT_VIEW (self->view), self->list);
  gtk_widget_add_css_class (self->top, "cp-reading-top");
  self->choosing = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->choosing), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_widget_set_vexpand (self->choosing, TRUE);
  gtk_widget_set_visible (self->choosing, FALSE);
  gtk_box_append (GTK_BOX (self->top), self->filters);
  gtk_box_append (GTK_BOX (self->top), self->wrong);
  gtk_box_append (GTK_BOX (self->top), self->find_bar);
  gtk_box_append (GTK_BOX (self->top), self->fresh);
  gtk_box_append (GTK_BOX (self->top), self->age);
  gtk_box_append (GTK_BOX (box), self->top);
  gtk_box_append (GTK_BOX (box), self->choosing);
  gtk_box_append (GTK_BOX (box), self->view);
  self->adaptive = cpa_adaptive_new (NARROW_BELOW, box);
  gtk_widget_set_parent (self->adaptive, GTK_WIDGET (self));
}

GtkWidget *
cpa_reading_view_new (CpaContext *context)
{
  CpaReadingView *self = g_object_new (CPA_TYPE_READING_VIEW, NULL);

  self->context = g_object_ref (context);
  self->counts = cpa_loader_new (context, counts_cb, self);
  self->authors = cpa_loader_new (context, authors_cb, self);
  self->tools = g_object_ref_sink (cpa_reading_tools_new (context));
  build (self);
  connect_all (self);
  return GTK_WIDGET (self);
}

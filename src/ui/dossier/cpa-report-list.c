/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-report-list.h"

#include <glib/gi18n.h>

#include "cpa-button.h"
#include "cpa-centered.h"
#include "cpa-error-text.h"
#include "cpa-fill.h"
#include "cpa-label.h"
#include "cpa-read-marks.h"
#include "cpa-report-model.h"
#include "cpa-report-row.h"
#include "cpa-report-sight.h"
#include "cpa-time-text.h"

#define SCREENS_AHEAD 3 /* so much of the list is there before one scrolls to it */
#define READ_AFTER 2000 /* milliseconds in sight */
#define PLACE_FRAMES 12 /* until rows of another height than was thought have their place */
#define FOUND_AT 0.35   /* of the screen: where a found word is brought */

struct _CpaReportList
{
  GtkWidget parent_instance;

  CpaContext *context;   /* (owned) */
  CpaReportModel *model; /* (owned) */
  CpaReadMarks *marks;   /* (owned) */
  CpTime fetched_at;
  gboolean narrow;
  gboolean tight;
  gboolean folded;
  guint read_id;      /* waits until what is in sight has been read */
  CpaReport *touched; /* (owned) (nullable): had the focus last */
  CpaReport *found;   /* (owned) (nullable): with the found word that one went to */
  gboolean find_next; /* the next page is fetched for its first found word */
  CpaReport *target;  /* (owned) (nullable): to be brought into sight */
  guint target_id;
  int target_frames;
  GtkWidget *box;       /* (owned) */
  GtkWidget *scroller;  /* (borrowed) */
  GtkWidget *view;      /* (borrowed) */
  GtkWidget *foot_text; /* (borrowed) */
  GtkWidget *retry;     /* (borrowed) */
};

enum
{
  SIGNAL_FIRST_PAGE,
  SIGNAL_READ,
  SIGNAL_OPENED,
  SIGNAL_FIND_CHANGED,
  SIGNAL_TAKEN_AWAY,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CpaReportList, cpa_report_list, GTK_TYPE_WIDGET)

static GtkAdjustment *
get_adjustment (CpaReportList *self)
{
  return gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller));
}

/* Reading */

void
cpa_report_list_read (CpaReportList *self, CpaReport *report, CpTime until)
{
  if (!cpa_report_is_unread (report))
    return;
  cpa_read_marks_add (self->marks, cpa_report_get_item (report)->id, until);
  cpa_report_set_unread (report, FALSE);
  g_signal_emit (self, signals[SIGNAL_READ], 0, report);
}

static gboolean
read_cb (gpointer user_data)
{
  CpaReportList *self = user_data;
  CpaReport *report;

  self->read_id = 0;
  for (GtkWidget *child = gtk_widget_get_first_child (self->view); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      CpaReportRow *row = cpa_report_sight_row (child);

      if (row == NULL || !cpa_report_sight_has (self->view, row))
        continue;
      report = cpa_report_row_get_report (row);
      cpa_report_list_read (self, report, cpa_report_get_item (report)->seen);
    }
  return G_SOURCE_REMOVE;
}

/* The two seconds begin again at each move. */
static void
watch_sight (CpaReportList *self)
{
  g_clear_handle_id (&self->read_id, g_source_remove);
  if (cpa_report_list_get_count (self) > 0)
    self->read_id = g_timeout_add (READ_AFTER, read_cb, self);
}

/* Pages */

static void
show_foot (CpaReportList *self, const char *text, gboolean can_retry)
{
  gtk_label_set_text (GTK_LABEL (self->foot_text), text);
  gtk_widget_set_visible (self->retry, can_retry);
  gtk_widget_set_visible (gtk_widget_get_parent (self->foot_text), *text != '\0');
}

char *
cpa_report_list_dup_age (CpaReportList *self)
{
  g_autofree char *when = cpa_time_day_clock (self->fetched_at, cpa_context_get_zone (self->context));

  return self->fetched_at == 0 ? g_strdup ("")
                               : cpa_fill (_ ("As recorded in the health record, as of {when}"), "when", when, NULL);
}

static void
show_age (CpaReportList *self)
{
  g_autofree char *text = cpa_report_list_dup_age (self);

  /* How fetching on goes stands there already. */
  if (!cpa_report_model_is_busy (self->model) && !cpa_report_model_has_failed (self->model))
    show_foot (self, !self->folded ? text : "", FALSE);
}

static void
taken_away_cb (CpaReportList *self)
{
  g_signal_emit (self, signals[SIGNAL_TAKEN_AWAY], 0);
}

static void
load_next (CpaReportList *self)
{
  cpa_report_model_load_next (self->model);
  if (cpa_report_model_is_busy (self->model))
    show_foot (self, _ ("Fetching more reports…"), FALSE);
}

static void
look_ahead (CpaReportList *self)
{
  GtkAdjustment *adjustment = get_adjustment (self);
  double left = gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_value (adjustment);

  if (cpa_report_model_has_next (self->model) && !cpa_report_model_has_failed (self->model) &&
      left <= (SCREENS_AHEAD + 1) * gtk_adjustment_get_page_size (adjustment))
    load_next (self);
}

static void
moved_cb (CpaReportList *self)
{
  look_ahead (self);
  watch_sight (self);
}

static void
forget_place (CpaReportList *self)
{
  g_clear_object (&self->touched);
  self->find_next = FALSE;
  if (self->found != NULL)
    cpa_report_set_current (self->found, -1);
  g_clear_object (&self->found);
}

/* What the care team took away is not told any more, nor gone to. */
static void
drop_if_gone (CpaReportList *self, CpaReport **report)
{
  guint position;

  if (*report != NULL && !cpa_report_model_find (self->model, *report, &position))
    g_clear_object (report);
}

static void
first_page_cb (CpaReportList *self, gpointer page, const GError *error, gboolean anew)
{
  if (anew)
    {
      forget_place (self);
      gtk_adjustment_set_value (get_adjustment (self), 0);
    }
  drop_if_gone (self, &self->found);
  drop_if_gone (self, &self->touched);
  drop_if_gone (self, &self->target);
  show_age (self);
  watch_sight (self);
  g_signal_emit (self, signals[SIGNAL_FIRST_PAGE], 0, page, error);
  g_signal_emit (self, signals[SIGNAL_FIND_CHANGED], 0);
}

static void
next_page_cb (CpaReportList *self, const GError *error)
{
  if (error != NULL)
    {
      g_autoptr (CpaErrorText) text = cpa_error_text_new (error, cpa_context_get_organisation (self->context));

      self->find_next = FALSE;
      show_foot (self, text->title, TRUE);
      return;
    }
  show_age (self);
  g_signal_emit (self, signals[SIGNAL_FIND_CHANGED], 0);
  if (self->find_next)
    cpa_report_list_find (self, 1);
}

/* Going to a report */

/* Only as far as is needed: a word that is well in sight stays where it is. */
static void
bring_word (CpaReportList *self, CpaReportRow *row)
{
  GtkAdjustment *adjustment = get_adjustment (self);
  double height = gtk_adjustment_get_page_size (adjustment);
  graphene_rect_t place;
  graphene_point_t point;

  if (!cpa_report_row_get_place (row, cpa_report_get_current (self->target), &place) ||
      !gtk_widget_compute_point (GTK_WIDGET (row), self->scroller, &place.origin, &point))
    return;
  if (point.y < height * 0.1 || point.y + place.size.height > height * 0.9)
    gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) + point.y - height * FOUND_AT);
}

static gboolean
target_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  CpaReportList *self = CPA_REPORT_LIST (widget);
  CpaReportRow *row = self->target != NULL ? cpa_report_sight_find (self->view, self->target) : NULL;

  if (row != NULL && gtk_widget_get_mapped (GTK_WIDGET (row)) && cpa_report_get_current (self->target) >= 0)
    bring_word (self, row);
  if (--self->target_frames > 0 && self->target != NULL)
    return G_SOURCE_CONTINUE;
  self->target_id = 0;
  g_clear_object (&self->target);
  return G_SOURCE_REMOVE;
}

void
cpa_report_list_go_to (CpaReportList *self, CpaReport *report)
{
  CpaReportRow *row = cpa_report_sight_find (self->view, report);
  guint position;

  if (!cpa_report_model_find (self->model, report, &position))
    return;
  if (row == NULL || !cpa_report_sight_has (self->view, row))
    gtk_widget_activate_action (self->view, "list.scroll-to-item", "u", position);
  g_set_object (&self->target, report);
  self->target_frames = PLACE_FRAMES;
  if (self->target_id == 0)
    self->target_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), target_cb, NULL, NULL);
}

/* Found words */

static guint
count_marks (CpaReport *report)
{
  return cpa_report_count_marks (cpa_report_get_item (report));
}

/* The place of the next found word; FALSE when what is there has none. */
static gboolean
seek (CpaReportList *self, int direction, CpaReport **report, int *mark)
{
  guint position = 0;
  gint64 at;

  if (self->found != NULL && cpa_report_model_find (self->model, self->found, &position))
    {
      *report = self->found;
      *mark = cpa_report_get_current (self->found) + direction;
      if (*mark >= 0 && (guint) *mark < count_marks (self->found))
        return TRUE;
      at = (gint64) position + direction;
    }
  else
    at = direction > 0 ? 0 : -1;
  for (; at >= 0 && at < cpa_report_list_get_count (self); at += direction)
    {
      *report = cpa_report_model_peek (self->model, (guint) at);
      *mark = direction > 0 ? 0 : (int) count_marks (*report) - 1;
      if (count_marks (*report) > 0)
        return TRUE;
    }
  return FALSE;
}

void
cpa_report_list_find (CpaReportList *self, int direction)
{
  CpaReport *report;
  int mark;

  self->find_next = FALSE;
  if (!seek (self, direction, &report, &mark))
    {
      self->find_next = direction > 0 && cpa_report_model_has_next (self->model);
      if (self->find_next)
        load_next (self);
      return;
    }
  if (self->found != NULL)
    cpa_report_set_current (self->found, -1);
  g_set_object (&self->found, report);
  cpa_report_set_current (report, mark);
  cpa_report_list_go_to (self, report);
  g_signal_emit (self, signals[SIGNAL_FIND_CHANGED], 0);
}

gboolean
cpa_report_list_can_find (CpaReportList *self, int direction)
{
  CpaReport *report;
  int mark;

  return seek (self, direction, &report, &mark) || (direction > 0 && cpa_report_model_has_next (self->model));
}

CpaReport *
cpa_report_list_get_found (CpaReportList *self)
{
  return self->found;
}

/* The view */

static void
setup_cb (CpaReportList *self, GtkListItem *list_item)
{
  GtkWidget *row = cpa_report_row_new (self->context);

  cpa_report_row_set_narrow (CPA_REPORT_ROW (row), self->narrow, self->tight);
  gtk_list_item_set_child (list_item, row);
}

static void
bind_cb (CpaReportList *self, GtkListItem *list_item)
{
  CpaReportRow *row = CPA_REPORT_ROW (gtk_list_item_get_child (list_item));

  cpa_report_row_set_narrow (row, self->narrow, self->tight);
  cpa_report_row_bind (row, gtk_list_item_get_item (list_item), cpa_report_model_is_search (self->model));
}

static void
unbind_cb (CpaReportList *self, GtkListItem *list_item)
{
  cpa_report_row_bind (CPA_REPORT_ROW (gtk_list_item_get_child (list_item)), NULL, FALSE);
}

static void
activate_cb (CpaReportList *self, guint position)
{
  CpaReport *report = cpa_report_model_peek (self->model, position);

  if (report != NULL)
    g_signal_emit (self, signals[SIGNAL_OPENED], 0, report);
}

static GtkWidget *
build_view (CpaReportList *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkNoSelection *selection = gtk_no_selection_new (g_object_ref (cpa_report_model_get_list (self->model)));

  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_cb), self, G_CONNECT_SWAPPED);
  self->view = gtk_list_view_new (GTK_SELECTION_MODEL (selection), factory);
  gtk_widget_add_css_class (self->view, "cp-reports");
  cpa_name (self->view, _ ("Reports"), NULL);
  g_signal_connect_object (self->view, "activate", G_CALLBACK (activate_cb), self, G_CONNECT_SWAPPED);
  return self->view;
}

static GtkWidget *
build_foot (CpaReportList *self)
{
  GtkWidget *foot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);

  self->foot_text = cpa_label_new ("", "cp-caption");
  self->retry = cpa_button_new (_ ("Try Again"));
  gtk_widget_add_css_class (self->retry, "cp-outline");
  gtk_widget_add_css_class (foot, "cp-foot");
  gtk_widget_set_visible (self->retry, FALSE);
  gtk_box_append (GTK_BOX (foot), self->foot_text);
  gtk_box_append (GTK_BOX (foot), cpa_centered_new (self->retry));
  g_signal_connect_object (self->retry, "clicked", G_CALLBACK (load_next), self, G_CONNECT_SWAPPED);
  return foot;
}

static void
build (CpaReportList *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), build_view (self));
  gtk_widget_set_vexpand (self->scroller, TRUE);
  gtk_box_append (GTK_BOX (self->box), self->scroller);
  gtk_box_append (GTK_BOX (self->box), build_foot (self));
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  g_signal_connect_object (get_adjustment (self), "value-changed", G_CALLBACK (moved_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (get_adjustment (self), "changed", G_CALLBACK (look_ahead), self, G_CONNECT_SWAPPED);
}

/* The report with the focus stays the one that is looked at when the focus goes to a button. */
static void
focus_cb (CpaReportList *self)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));
  CpaReportRow *row;

  while (focus != NULL && gtk_widget_get_parent (focus) != self->view)
    focus = gtk_widget_get_parent (focus);
  row = focus != NULL ? cpa_report_sight_row (focus) : NULL;
  if (row != NULL)
    g_set_object (&self->touched, cpa_report_row_get_report (row));
}

static void
cpa_report_list_root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (cpa_report_list_parent_class)->root (widget);
  g_signal_connect_object (gtk_widget_get_root (widget), "notify::focus-widget", G_CALLBACK (focus_cb), widget,
                           G_CONNECT_SWAPPED);
}

static void
cpa_report_list_unroot (GtkWidget *widget)
{
  g_signal_handlers_disconnect_by_func (gtk_widget_get_root (widget), focus_cb, widget);
  GTK_WIDGET_CLASS (cpa_report_list_parent_class)->unroot (widget);
}

static void
cpa_report_list_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (cpa_report_list_parent_class)->map (widget);
  watch_sight (CPA_REPORT_LIST (widget));
}

static void
cpa_report_list_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&CPA_REPORT_LIST (widget)->read_id, g_source_remove);
  GTK_WIDGET_CLASS (cpa_report_list_parent_class)->unmap (widget);
}

static void
cpa_report_list_dispose (GObject *object)
{
  CpaReportList *self = CPA_REPORT_LIST (object);

  g_clear_handle_id (&self->read_id, g_source_remove);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  if (self->model != NULL)
    g_object_run_dispose (G_OBJECT (self->model));
  g_clear_object (&self->model);
  g_clear_object (&self->marks);
  g_clear_object (&self->touched);
  g_clear_object (&self->found);
  g_clear_object (&self->target);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (cpa_report_list_parent_class)->dispose (object);
}

static guint
add_signal (const char *name, guint n, GType first, GType second)
{
  return g_signal_new (name, CPA_TYPE_REPORT_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, n, first,
                       second);
}

static void
cpa_report_list_class_init (CpaReportListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cpa_report_list_dispose;
  widget_class->root = cpa_report_list_root;
  widget_class->unroot = cpa_report_list_unroot;
  widget_class->map = cpa_report_list_map;
  widget_class->unmap = cpa_report_list_unmap;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  signals[SIGNAL_FIRST_PAGE] = add_signal ("first-page", 2, G_TYPE_POINTER, G_TYPE_POINTER);
  signals[SIGNAL_READ] = add_signal ("read", 1, CPA_TYPE_REPORT, G_TYPE_NONE);
  signals[SIGNAL_OPENED] = add_signal ("opened", 1, CPA_TYPE_REPORT, G_TYPE_NONE);
  signals[SIGNAL_FIND_CHANGED] = add_signal ("find-changed", 0, G_TYPE_NONE, G_TYPE_NONE);
  signals[SIGNAL_TAKEN_AWAY] = add_signal ("taken-away", 0, G_TYPE_NONE, G_TYPE_NONE);
}

static void
cpa_report_list_init (CpaReportList *self)
{
}

GtkWidget *
cpa_report_list_new (CpaContext *context)
{
  CpaReportList *self = g_object_new (CPA_TYPE_REPORT_LIST, NULL);

  self->context = g_object_ref (context);
  self->model = cpa_report_model_new (context);
  g_signal_connect_object (self->model, "first-page", G_CALLBACK (first_page_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "next-page", G_CALLBACK (next_page_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "taken-away", G_CALLBACK (taken_away_cb), self, G_CONNECT_SWAPPED);
  self->marks = g_object_ref (cpa_read_marks_of (context));
  build (self);
  return GTK_WIDGET (self);
}

void
cpa_report_list_ask (CpaReportList *self, CpRouteId route, const char *query, gboolean refresh)
{
  cpa_report_model_ask (self->model, route, query, refresh);
  if (refresh)
    cpa_report_sight_renew (self->view);
  else
    show_foot (self, _ ("Being fetched…"), FALSE);
}

guint
cpa_report_list_get_count (CpaReportList *self)
{
  return g_list_model_get_n_items (cpa_report_model_get_list (self->model));
}

void
cpa_report_list_set_narrow (CpaReportList *self, gboolean narrow, gboolean tight)
{
  self->narrow = narrow;
  self->tight = tight;
  for (GtkWidget *child = gtk_widget_get_first_child (self->view); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_get_first_child (child) != NULL)
      cpa_report_row_set_narrow (CPA_REPORT_ROW (gtk_widget_get_first_child (child)), narrow, tight);
}

void
cpa_report_list_set_folded (CpaReportList *self, gboolean folded)
{
  self->folded = folded;
  show_age (self);
}

void
cpa_report_list_set_fetched (CpaReportList *self, CpTime fetched_at)
{
  self->fetched_at = fetched_at;
  show_age (self);
}

CpaReport *
cpa_report_list_get_looked_at (CpaReportList *self)
{
  return cpa_report_sight_looked_at (self->view, self->touched);
}

CpaReport *
cpa_report_list_find_report (CpaReportList *self, const char *id)
{
  guint position;

  return cpa_report_model_find_id (self->model, id, &position) ? cpa_report_model_peek (self->model, position) : NULL;
}

CpaReport *
cpa_report_list_get_neighbour (CpaReportList *self, CpaReport *report, int direction)
{
  guint position;

  if (!cpa_report_model_find (self->model, report, &position) || (position == 0 && direction < 0))
    return NULL;
  if (direction > 0 && position + 2 >= cpa_report_list_get_count (self))
    load_next (self);
  return cpa_report_model_peek (self->model, position + (guint) direction);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-people-table.h"

#include <glib/gi18n.h>
#include <math.h>

#include "cpa-adaptive.h"
#include "cpa-label.h"
#include "cpa-member-cell.h"
#include "cpa-member-menu.h"
#include "cpa-part-check.h"
#include "cpa-part-text.h"

/* Below this the end and the last visit have no columns of their own, and stand under the state. */
#define TIGHT_BELOW 900
#define LEAST_HEIGHT 260
#define LIKED_HEIGHT 480 /* titles and about six persons, where they are as many */
/* Above and below it where it fills the window. */
#define MARGIN 16

struct _CpaPeopleTable
{
  GtkWidget parent_instance;

  CpaContext *context;        /* (owned) */
  CpaMemberModel *model;      /* (owned) */
  GtkWidget *adaptive;        /* (owned) */
  GtkWidget *view;            /* (borrowed) */
  GtkSelectionModel *choice;  /* (owned) */
  GtkColumnViewColumn *until; /* (borrowed) */
  GtkColumnViewColumn *state; /* (borrowed) */
  GtkColumnViewColumn *tight; /* (borrowed): the state with what the columns beside it tell */
  GtkColumnViewColumn *last;  /* (borrowed) */
  GtkAdjustment *rows;        /* (borrowed) */
  GtkAdjustment *page;        /* (owned) (nullable): of what it scrolls along with */
  int room;                   /* on that page, or 0 */
  guint room_id;
};

G_DEFINE_FINAL_TYPE (CpaPeopleTable, cpa_people_table, GTK_TYPE_WIDGET)

/* What a column is made of: a box of a part, the menu, or something to read. */
typedef struct
{
  CpaPeopleTable *table; /* (borrowed) */
  CpPart part;
  int cell; /* CpaCellKind, or -1: the menu */
} Column;

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, Column *column)
{
  CpaContext *context = column->table->context;
  CpaMemberModel *model = column->table->model;
  GtkWidget *child = column->part != CP_PART_NONE ? cpa_part_check_new (context, model, column->part, FALSE)
                     : column->cell >= 0          ? cpa_member_cell_new (context, model, column->cell)
                                                  : cpa_member_menu_new (context, model);

  gtk_list_item_set_child (item, child);
}

/* GTK calls a row by the name of its class; it is two above what is in a cell. */
static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *child = gtk_list_item_get_child (item);
  GtkWidget *cell = gtk_widget_get_parent (child);
  GtkWidget *row = cell != NULL ? gtk_widget_get_parent (cell) : NULL;

  cpa_member_bound_set_member (CPA_MEMBER_BOUND (child), gtk_list_item_get_item (item));
  if (row != NULL)
    cpa_name (row, cpa_member_get (gtk_list_item_get_item (item))->name, NULL);
}

static void
unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  cpa_member_bound_set_member (CPA_MEMBER_BOUND (gtk_list_item_get_child (item)), NULL);
}

static GtkColumnViewColumn *
add_column (CpaPeopleTable *self, const char *title, CpPart part, int cell)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkColumnViewColumn *column = gtk_column_view_column_new (title, factory);
  Column *about = g_new0 (Column, 1);

  about->table = self;
  about->part = part;
  about->cell = cell;
  g_signal_connect_data (factory, "setup", G_CALLBACK (setup_cb), about, (GClosureNotify) (void (*) (void)) g_free, 0);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), NULL);
  gtk_column_view_column_set_expand (column, cell == CPA_CELL_PERSON && part == CP_PART_NONE);
  gtk_column_view_append_column (GTK_COLUMN_VIEW (self->view), column);
  g_object_unref (column);
  return column;
}

/* The titles are widgets of GTK's own, made when the table comes on a screen, and reached only by walking: header, then
 * title by title. */
static void
explain_titles (CpaPeopleTable *self)
{
  GtkWidget *title = gtk_widget_get_first_child (gtk_widget_get_first_child (self->view));

  if (title != NULL)
    title = gtk_widget_get_next_sibling (title); /* that of the persons */
  for (int i = 0; i < CP_N_PARTS && title != NULL; i++, title = gtk_widget_get_next_sibling (title))
    {
      g_autofree char *hint = cpa_part_hint (1 << i, cpa_context_get_organisation (self->context));

      gtk_widget_set_tooltip_text (title, hint);
      cpa_name (title, cpa_part_name (1 << i), hint);
      gtk_widget_add_css_class (title, "cp-part-title");
    }
}

static void
add_columns (CpaPeopleTable *self)
{
  add_column (self, _ ("Users"), CP_PART_NONE, CPA_CELL_PERSON);
  for (int i = 0; i < CP_N_PARTS; i++)
    add_column (self, cpa_part_name (1 << i), 1 << i, -1);
  self->until = add_column (self, C_ ("access", "Until"), CP_PART_NONE, CPA_CELL_UNTIL);
  self->state = add_column (self, _ ("Status"), CP_PART_NONE, CPA_CELL_STATE);
  self->tight = add_column (self, _ ("Status"), CP_PART_NONE, CPA_CELL_STATE_AND_REST);
  gtk_column_view_column_set_visible (self->tight, FALSE);
  self->last = add_column (self, _ ("Last Logged In"), CP_PART_NONE, CPA_CELL_LAST_LOGIN);
  add_column (self, NULL, CP_PART_NONE, -1);
}

static void
tight_cb (CpaPeopleTable *self)
{
  gboolean tight = cpa_adaptive_is_narrow (CPA_ADAPTIVE (self->adaptive));

  gtk_column_view_column_set_visible (self->until, !tight);
  gtk_column_view_column_set_visible (self->state, !tight);
  gtk_column_view_column_set_visible (self->tight, tight);
  gtk_column_view_column_set_visible (self->last, !tight);
}

/* Where the window is too low for the whole page, the page scrolls before the table is made too low to find somebody
 * in, but the table is never higher than the window: its row of titles stays in sight. */
static void
cpa_people_table_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                          int *minimum_baseline, int *natural_baseline)
{
  CpaPeopleTable *self = CPA_PEOPLE_TABLE (widget);

  gtk_widget_measure (self->adaptive, orientation, for_size, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_VERTICAL)
    *minimum = MAX (*minimum, MIN (*natural, MIN (LIKED_HEIGHT, self->room - 2 * MARGIN)));
  *minimum_baseline = *natural_baseline = -1;
}

static void
cpa_people_table_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  gtk_widget_allocate (CPA_PEOPLE_TABLE (widget)->adaptive, width, height, baseline, NULL);
}

static GtkSizeRequestMode
cpa_people_table_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static gboolean
room_cb (gpointer data)
{
  CpaPeopleTable *self = data;

  self->room_id = 0;
  gtk_widget_queue_resize (GTK_WIDGET (self));
  return G_SOURCE_REMOVE;
}

static void
page_size_cb (CpaPeopleTable *self)
{
  self->room = (int) gtk_adjustment_get_page_size (self->page);
  if (self->room_id == 0)
    /* Before the next frame is drawn, but not inside an allocation, where nothing may change its size. */
    self->room_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, room_cb, self, NULL);
}

static gboolean
is_at_end (GtkAdjustment *adjustment, gboolean down)
{
  double last = gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment);

  return down ? gtk_adjustment_get_value (adjustment) >= last
              : gtk_adjustment_get_value (adjustment) <= gtk_adjustment_get_lower (adjustment);
}

/* A GtkScrolledWindow keeps the wheel to itself, also where its rows are at their end and the page goes on. */
static gboolean
scroll_cb (CpaPeopleTable *self, double dx, double dy, GtkEventController *controller)
{
  double step;

  if (dy == 0 || self->page == NULL || !is_at_end (self->rows, dy > 0))
    return GDK_EVENT_PROPAGATE;
  /* As far as GTK goes at a notch of a wheel; what comes of a touchpad is in pixels. */
  step = gtk_event_controller_scroll_get_unit (GTK_EVENT_CONTROLLER_SCROLL (controller)) == GDK_SCROLL_UNIT_WHEEL
             ? pow (gtk_adjustment_get_page_size (self->page), 2.0 / 3.0)
             : 1;
  gtk_adjustment_set_value (self->page, gtk_adjustment_get_value (self->page) + dy * step);
  return GDK_EVENT_STOP;
}

static void
cpa_people_table_root (GtkWidget *widget)
{
  CpaPeopleTable *self = CPA_PEOPLE_TABLE (widget);
  GtkWidget *window = gtk_widget_get_ancestor (widget, GTK_TYPE_SCROLLED_WINDOW);

  GTK_WIDGET_CLASS (cpa_people_table_parent_class)->root (widget);
  if (window == NULL)
    return;
  self->page = g_object_ref (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (window)));
  g_signal_connect_object (self->page, "notify::page-size", G_CALLBACK (page_size_cb), self, G_CONNECT_SWAPPED);
  page_size_cb (self);
}

static void
leave_page (CpaPeopleTable *self)
{
  if (self->page != NULL)
    g_signal_handlers_disconnect_by_func (self->page, page_size_cb, self);
  g_clear_object (&self->page);
  g_clear_handle_id (&self->room_id, g_source_remove);
}

static void
cpa_people_table_unroot (GtkWidget *widget)
{
  leave_page (CPA_PEOPLE_TABLE (widget));
  GTK_WIDGET_CLASS (cpa_people_table_parent_class)->unroot (widget);
}

static void
cpa_people_table_dispose (GObject *object)
{
  CpaPeopleTable *self = CPA_PEOPLE_TABLE (object);

  leave_page (self);
  g_clear_pointer (&self->adaptive, gtk_widget_unparent);
  g_clear_object (&self->choice);
  g_clear_object (&self->context);
  g_clear_object (&self->model);
  G_OBJECT_CLASS (cpa_people_table_parent_class)->dispose (object);
}

static gboolean
focus_in_row (GtkWidget *row, GtkDirectionType direction)
{
  gboolean forward = direction == GTK_DIR_TAB_FORWARD;
  GtkWidget *cell = forward ? gtk_widget_get_first_child (row) : gtk_widget_get_last_child (row);

  while (cell != NULL && !gtk_widget_child_focus (cell, direction))
    cell = forward ? gtk_widget_get_next_sibling (cell) : gtk_widget_get_prev_sibling (cell);
  return cell != NULL;
}

/* In newer GTKs Tab goes from the end of a row to the last column of the next one, past its boxes, and out of the table
 * where there is nothing in that column. */
static gboolean
cpa_people_table_focus (GtkWidget *widget, GtkDirectionType direction)
{
  GtkWidget *row = gtk_widget_get_focus_child (gtk_widget_get_last_child (CPA_PEOPLE_TABLE (widget)->view));
  gboolean forward = direction == GTK_DIR_TAB_FORWARD;

  if (row != NULL && (forward || direction == GTK_DIR_TAB_BACKWARD))
    {
      if (gtk_widget_child_focus (row, direction))
        return TRUE;
      while ((row = forward ? gtk_widget_get_next_sibling (row) : gtk_widget_get_prev_sibling (row)) != NULL)
        if (focus_in_row (row, direction))
          return TRUE;
    }
  return GTK_WIDGET_CLASS (cpa_people_table_parent_class)->focus (widget, direction);
}

static void
cpa_people_table_class_init (CpaPeopleTableClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpa_people_table_dispose;
  GTK_WIDGET_CLASS (klass)->focus = cpa_people_table_focus;
  GTK_WIDGET_CLASS (klass)->measure = cpa_people_table_measure;
  GTK_WIDGET_CLASS (klass)->size_allocate = cpa_people_table_size_allocate;
  GTK_WIDGET_CLASS (klass)->get_request_mode = cpa_people_table_get_request_mode;
  GTK_WIDGET_CLASS (klass)->root = cpa_people_table_root;
  GTK_WIDGET_CLASS (klass)->unroot = cpa_people_table_unroot;
}

static void
cpa_people_table_init (CpaPeopleTable *self)
{
}

GtkWidget *
cpa_people_table_new (CpaContext *context, CpaMemberModel *model, GListModel *shown)
{
  CpaPeopleTable *self = g_object_new (CPA_TYPE_PEOPLE_TABLE, NULL);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkEventController *wheel;

  self->context = g_object_ref (context);
  self->model = g_object_ref (model);
  self->choice = GTK_SELECTION_MODEL (
      g_object_new (GTK_TYPE_SINGLE_SELECTION, "model", shown, "autoselect", FALSE, "can-unselect", TRUE, NULL));
  gtk_single_selection_set_selected (GTK_SINGLE_SELECTION (self->choice), GTK_INVALID_LIST_POSITION);
  self->view = gtk_column_view_new (g_object_ref (self->choice));
  gtk_widget_add_css_class (self->view, "cp-table");
  cpa_name (self->view, _ ("Users"), NULL);
  /* Its row of titles and its list, which take the focus and have the names of classes. */
  cpa_name (gtk_widget_get_first_child (self->view), _ ("Users"), NULL);
  cpa_name (gtk_widget_get_last_child (self->view), _ ("Users"), NULL);
  add_columns (self);
  g_signal_connect_object (self->view, "map", G_CALLBACK (explain_titles), self, G_CONNECT_SWAPPED);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->view);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scroller), LEAST_HEIGHT);
  gtk_widget_add_css_class (scroller, "cp-card");
  gtk_widget_set_overflow (scroller, GTK_OVERFLOW_HIDDEN);
  self->rows = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));
  wheel = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_VERTICAL);
  gtk_event_controller_set_propagation_phase (wheel, GTK_PHASE_CAPTURE);
  g_signal_connect_object (wheel, "scroll", G_CALLBACK (scroll_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (scroller, wheel);
  self->adaptive = cpa_adaptive_new (TIGHT_BELOW, scroller);
  gtk_widget_set_parent (self->adaptive, GTK_WIDGET (self));
  g_signal_connect_object (self->adaptive, "notify::narrow", G_CALLBACK (tight_cb), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

/* The box of a row, wherever GTK keeps it. */
static GtkWidget *
find_check (GtkWidget *widget, CpaMember *member)
{
  if (CPA_IS_PART_CHECK (widget))
    return cpa_member_bound_get_member (CPA_MEMBER_BOUND (widget)) == member ? widget : NULL;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_check (child, member);

      if (found != NULL)
        return found;
    }
  return NULL;
}

void
cpa_people_table_select (CpaPeopleTable *self, guint position)
{
  g_autoptr (CpaMember) member = g_list_model_get_item (G_LIST_MODEL (self->choice), position);
  GtkWidget *list = gtk_widget_get_last_child (self->view);
  GtkWidget *check;

  if (member == NULL)
    return;
  gtk_selection_model_select_item (self->choice, position, TRUE);
  gtk_widget_activate_action (list, "list.scroll-to-item", "u", position);
  check = find_check (self->view, member);
  if (check != NULL)
    gtk_widget_child_focus (check, GTK_DIR_TAB_FORWARD);
}

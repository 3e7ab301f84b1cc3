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
#include "cpa-sight.h"

/* Below this the end and the last visit have no columns of their own, and stand under the state. */
#define TIGHT_BELOW 900
/* Of what stays of it at the edge of the window: the titles and a row. */
#define LEAST_HEIGHT 130
/* Below the edge of the window, so that the rounded end of the card is not there: it would look as if nothing followed.
 */
#define OVERHANG 16
/* So many until what comes into sight has its place. */
#define SEEK_FRAMES 4
/* The list reckons in parts of pixels. */
#define ROUNDING 1.5

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
  GtkRoot *root;              /* (borrowed) (nullable) */
  GtkAdjustment *page;        /* (owned) (nullable): of what it scrolls along with */
  int hidden;                 /* how much of the rows is above the edge of that */
  int shown;                  /* how high what is laid out is */
  int whole;                  /* how high all would be, or 0 */
  int height;
  double page_upper; /* of the page, when this was put in its place on it */
  double page_size;
  double moved; /* by the list itself */
  gboolean placing;
  guint follow_id;
  CpaMember *sought; /* (owned) (nullable): who is brought into sight */
  gboolean takes_focus;
  guint seek_id;
  guint frames; /* for that */
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

static gboolean follow_cb (gpointer data);

/* Before the next frame is drawn. */
static void
follow_soon (CpaPeopleTable *self)
{
  if (self->follow_id == 0)
    self->follow_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, follow_cb, self, NULL);
}

/* The page scrolls, and nothing on it does besides: it is as high as all its rows. */
static void
cpa_people_table_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                          int *minimum_baseline, int *natural_baseline)
{
  CpaPeopleTable *self = CPA_PEOPLE_TABLE (widget);

  gtk_widget_measure (self->adaptive, orientation, for_size, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_VERTICAL)
    *minimum = *natural = self->whole > 0 ? self->whole : *natural;
  *minimum_baseline = *natural_baseline = -1;
}

/* How far down on the page it begins. */
static double
top_of (CpaPeopleTable *self)
{
  GtkWidget *viewport = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_VIEWPORT);
  graphene_point_t top;

  if (viewport == NULL ||
      !gtk_widget_compute_point (GTK_WIDGET (self), gtk_viewport_get_child (GTK_VIEWPORT (viewport)),
                                 graphene_point_zero (), &top))
    return 0;
  return top.y;
}

/* The list scrolls when its size or its place is about to change, and not while it is laid out, where nothing may
 * change its size. */
static void
scroll_rows (CpaPeopleTable *self, int hidden, int shown)
{
  double page = gtk_adjustment_get_page_size (self->rows) + shown - self->shown;

  self->hidden = hidden;
  self->shown = shown;
  self->placing = TRUE;
  gtk_adjustment_configure (self->rows, hidden, 0, MAX (gtk_adjustment_get_upper (self->rows), hidden + page),
                            gtk_adjustment_get_step_increment (self->rows),
                            gtk_adjustment_get_page_increment (self->rows), page);
  self->placing = FALSE;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

/* Only what is in sight is laid out, with the row of titles at the edge of the window and the rows scrolled away under
 * it by as much as the page hides: each row is where it would be if all of it were laid out. */
static void
place (CpaPeopleTable *self)
{
  int height = gtk_widget_get_height (GTK_WIDGET (self));
  int least = MIN (height, LEAST_HEIGHT);
  int window = (int) gtk_adjustment_get_page_size (self->page) + OVERHANG;
  int above = (int) (gtk_adjustment_get_value (self->page) - top_of (self));
  int hidden = CLAMP (above, 0, height - least);
  int shown = CLAMP (above + window - hidden, least, height - hidden);

  self->page_upper = gtk_adjustment_get_upper (self->page);
  self->page_size = gtk_adjustment_get_page_size (self->page);
  if (hidden != self->hidden || shown != self->shown ||
      fabs (gtk_adjustment_get_value (self->rows) - hidden) > ROUNDING)
    scroll_rows (self, hidden, shown);
}

static void
cpa_people_table_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  CpaPeopleTable *self = CPA_PEOPLE_TABLE (widget);

  if (height != self->height)
    follow_soon (self);
  self->height = height;
  self->shown = self->shown > 0 ? self->shown : height;
  gtk_widget_allocate (self->adaptive, width, self->shown, baseline,
                       gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT (0, self->hidden)));
}

static GtkSizeRequestMode
cpa_people_table_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* Of the card around it. */
static int
frame_of (CpaPeopleTable *self)
{
  GtkWidget *card = gtk_widget_get_parent (self->view);
  graphene_rect_t bounds;

  return gtk_widget_compute_bounds (card, card, &bounds) ? (int) bounds.size.height - gtk_widget_get_height (card) : 0;
}

/* How high all rows are a list knows when it has laid them out, and not before. */
static void
take_height (CpaPeopleTable *self)
{
  int titles = gtk_widget_get_height (self->view) - (int) gtk_adjustment_get_page_size (self->rows);
  int whole = titles + (int) gtk_adjustment_get_upper (self->rows) + frame_of (self);

  if (whole != self->whole)
    gtk_widget_queue_resize (GTK_WIDGET (self));
  self->whole = whole;
}

/* A list that became shorter or longer also moves by itself; nobody went anywhere then. */
static gboolean
is_gone_to (CpaPeopleTable *self)
{
  GtkWidget *focus = self->root != NULL ? gtk_root_get_focus (self->root) : NULL;

  return self->sought != NULL || (focus != NULL && gtk_widget_is_ancestor (focus, self->view));
}

/* Where the list went by itself, to the row that has the focus, the page goes. */
static gboolean
follow_cb (gpointer data)
{
  CpaPeopleTable *self = data;
  double moved = self->moved;

  self->follow_id = 0;
  self->moved = 0;
  take_height (self);
  if (self->page == NULL)
    return G_SOURCE_REMOVE;
  if (fabs (moved) > ROUNDING && is_gone_to (self))
    gtk_adjustment_set_value (self->page, gtk_adjustment_get_value (self->page) + moved);
  place (self);
  return G_SOURCE_REMOVE;
}

static void
rows_cb (CpaPeopleTable *self)
{
  if (self->placing)
    return;
  self->moved = gtk_adjustment_get_value (self->rows) - self->hidden;
  follow_soon (self);
}

/* A page that is laid out anew may scroll because of that. */
static void
page_cb (CpaPeopleTable *self)
{
  gboolean anew = gtk_adjustment_get_upper (self->page) != self->page_upper ||
                  gtk_adjustment_get_page_size (self->page) != self->page_size;

  if (anew)
    follow_soon (self);
  else if (fabs (self->moved) <= ROUNDING)
    place (self);
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

static guint
position_of (CpaPeopleTable *self, CpaMember *member)
{
  GListModel *list = G_LIST_MODEL (self->choice);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (CpaMember) other = g_list_model_get_item (list, i);

      if (other == member)
        return i;
    }
  return GTK_INVALID_LIST_POSITION;
}

/* Not under the titles, nor under a notice; but what the pointer is on stays there. */
static void
show_widget (CpaPeopleTable *self, GtkWidget *widget)
{
  gboolean by_key = self->takes_focus || gtk_window_get_focus_visible (GTK_WINDOW (self->root));
  GtkWidget *list = gtk_widget_get_last_child (self->view);
  graphene_rect_t bounds, rows;
  double top;

  if (!gtk_widget_compute_bounds (widget, GTK_WIDGET (self), &bounds) ||
      !gtk_widget_compute_bounds (list, self->adaptive, &rows))
    return;
  top = top_of (self) + bounds.origin.y;
  gtk_adjustment_clamp_page (self->page, top - rows.origin.y,
                             top + bounds.size.height + (by_key ? CPA_SIGHT_NOTICE : 0));
}

static void
seek_now (CpaPeopleTable *self)
{
  GtkWidget *list = gtk_widget_get_last_child (self->view);
  GtkWidget *check = find_check (list, self->sought);
  GtkWidget *row = check;
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (list));

  while (row != NULL && gtk_widget_get_parent (row) != list)
    row = gtk_widget_get_parent (row);
  if (row == NULL || !gtk_widget_get_child_visible (row))
    {
      gtk_widget_activate_action (list, "list.scroll-to-item", "u", position_of (self, self->sought));
      return;
    }
  if (self->takes_focus && (focus == NULL || !gtk_widget_is_ancestor (focus, row)))
    gtk_widget_child_focus (check, GTK_DIR_TAB_FORWARD);
  show_widget (self, self->takes_focus || focus == NULL || !gtk_widget_is_ancestor (focus, row) ? row : focus);
}

/* Where it is, is known when the list has laid it out, which it may not have yet. */
static gboolean
seek_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  CpaPeopleTable *self = CPA_PEOPLE_TABLE (widget);

  if (self->page != NULL && self->follow_id == 0 && self->frames++ > 0 &&
      position_of (self, self->sought) != GTK_INVALID_LIST_POSITION)
    seek_now (self);
  if (self->frames < SEEK_FRAMES)
    return G_SOURCE_CONTINUE;
  g_clear_object (&self->sought);
  self->seek_id = 0;
  return G_SOURCE_REMOVE;
}

static void
seek (CpaPeopleTable *self, CpaMember *member, gboolean takes_focus)
{
  if (self->page == NULL)
    return;
  g_set_object (&self->sought, member);
  self->takes_focus = takes_focus;
  self->frames = 0;
  if (self->seek_id == 0)
    self->seek_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), seek_cb, NULL, NULL);
}

/* (transfer none) (nullable) */
static CpaMember *
member_in (GtkWidget *widget)
{
  CpaMember *found = NULL;

  if (CPA_IS_MEMBER_BOUND (widget))
    return cpa_member_bound_get_member (CPA_MEMBER_BOUND (widget));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = member_in (child);
  return found;
}

/* A page shows what has the focus where it stands, and does not know of the titles that may lie over it. */
static void
focus_cb (CpaPeopleTable *self)
{
  GtkWidget *list = gtk_widget_get_last_child (self->view);
  GtkWidget *row = gtk_widget_get_focus_child (list);
  CpaMember *member = row != NULL ? member_in (row) : NULL;

  if (member != NULL && self->sought == NULL)
    seek (self, member, FALSE);
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
  g_signal_connect_object (self->page, "value-changed", G_CALLBACK (page_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->page, "changed", G_CALLBACK (follow_soon), self, G_CONNECT_SWAPPED);
  self->root = gtk_widget_get_root (widget);
  g_signal_connect_object (self->root, "notify::focus-widget", G_CALLBACK (focus_cb), self, G_CONNECT_SWAPPED);
}

static void
leave_page (CpaPeopleTable *self)
{
  if (self->page != NULL)
    g_signal_handlers_disconnect_by_data (self->page, self);
  if (self->root != NULL)
    g_signal_handlers_disconnect_by_func (self->root, focus_cb, self);
  self->root = NULL;
  g_clear_object (&self->page);
  g_clear_handle_id (&self->follow_id, g_source_remove);
  if (self->seek_id != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->seek_id);
  self->seek_id = 0;
  g_clear_object (&self->sought);
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
  /* Sideways only, where large words do not fit. */
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_AUTOMATIC, GTK_POLICY_NEVER);
  gtk_widget_add_css_class (scroller, "cp-card");
  gtk_widget_set_overflow (scroller, GTK_OVERFLOW_HIDDEN);
  self->rows = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));
  g_signal_connect_object (self->rows, "changed", G_CALLBACK (rows_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->rows, "value-changed", G_CALLBACK (rows_cb), self, G_CONNECT_SWAPPED);
  self->adaptive = cpa_adaptive_new (TIGHT_BELOW, scroller);
  gtk_widget_set_parent (self->adaptive, GTK_WIDGET (self));
  g_signal_connect_object (self->adaptive, "notify::narrow", G_CALLBACK (tight_cb), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

void
cpa_people_table_select (CpaPeopleTable *self, guint position)
{
  g_autoptr (CpaMember) member = g_list_model_get_item (G_LIST_MODEL (self->choice), position);
  GtkWidget *check;

  if (member == NULL)
    return;
  /* At once where it is made already: the space bar ticks what has the focus. */
  check = find_check (self->view, member);
  gtk_selection_model_select_item (self->choice, position, TRUE);
  if (check != NULL)
    gtk_widget_child_focus (check, GTK_DIR_TAB_FORWARD);
  seek (self, member, TRUE);
}

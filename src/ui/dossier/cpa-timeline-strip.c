/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-timeline-strip.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "cpa-label.h"
#include "cpa-timeline-card.h"

/* Beside the first and the last card. */
#define END_MARGIN 18
#define GLIDE_MS 220
/* Frames in which a list finds its place. */
#define MOST_TRIES 60
/* Cards beside those in sight that are written too. */
#define WRITE_AROUND 4

struct _CpaTimelineStrip
{
  GtkWidget parent_instance;

  CpaContext *context;     /* (owned) */
  CpaTimelineModel *model; /* (owned) */
  GtkWidget *scroller;     /* (owned) */
  GtkWidget *list;         /* (borrowed) */
  AdwAnimation *glide;     /* (owned) */
  gboolean vertical;
  guint target;    /* where one went last, while it is in sight; else CPA_TIMELINE_NONE */
  guint wanted;    /* to be brought into sight as soon as there is a layout; else CPA_TIMELINE_NONE */
  guint wanted_id; /* waits for it */
  guint tries;     /* frames that it has waited */
  gboolean going;  /* the list moves because of this widget */
};

enum
{
  SIGNAL_CHOSEN,
  SIGNAL_SIGHT_CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CpaTimelineStrip, cpa_timeline_strip, GTK_TYPE_WIDGET)

static GtkAdjustment *
get_adjustment (CpaTimelineStrip *self)
{
  return self->vertical ? gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller))
                        : gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (self->scroller));
}

static guint
count_cards (CpaTimelineStrip *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->model));
}

static double
card_size (CpaTimelineStrip *self)
{
  return gtk_adjustment_get_upper (get_adjustment (self)) / MAX (count_cards (self), 1);
}

static gboolean
is_laid_out (CpaTimelineStrip *self)
{
  GtkAdjustment *adjustment = get_adjustment (self);

  return count_cards (self) > 0 && gtk_adjustment_get_page_size (adjustment) > 1 &&
         gtk_adjustment_get_upper (adjustment) > 1;
}

/* The row (a child of the list) that shows a card. */
static CpaTimelineCard *
card_of_row (GtkWidget *row)
{
  GtkWidget *child = gtk_widget_get_first_child (row);

  return child != NULL && CPA_IS_TIMELINE_CARD (child) ? CPA_TIMELINE_CARD (child) : NULL;
}

static GtkWidget *
find_row (CpaTimelineStrip *self, guint position)
{
  for (GtkWidget *row = gtk_widget_get_first_child (self->list); row != NULL; row = gtk_widget_get_next_sibling (row))
    {
      CpaTimelineCard *card = card_of_row (row);
      CpaTimelineItem *item = card != NULL ? cpa_timeline_card_get_item (card) : NULL;

      if (item != NULL && cpa_timeline_item_get_position (item) == position)
        return row;
    }
  return NULL;
}

/* What is in sight */

/* Rows of a vertical list are not equally high: the day stands above some. Those in sight are looked at themselves. */
static gboolean
get_vertical_sight (CpaTimelineStrip *self, guint *first, guint *last)
{
  double height = gtk_widget_get_height (self->list);
  gboolean found = FALSE;

  for (GtkWidget *row = gtk_widget_get_first_child (self->list); row != NULL; row = gtk_widget_get_next_sibling (row))
    {
      CpaTimelineCard *card = card_of_row (row);
      graphene_rect_t bounds;
      guint position;

      if (card == NULL || cpa_timeline_card_get_item (card) == NULL || !gtk_widget_get_child_visible (row) ||
          !gtk_widget_compute_bounds (row, self->list, &bounds))
        continue;
      if (bounds.origin.y + bounds.size.height < 1 || bounds.origin.y + bounds.size.height / 2 > height)
        continue;
      position = cpa_timeline_item_get_position (cpa_timeline_card_get_item (card));
      *first = found ? MIN (*first, position) : position;
      *last = found ? MAX (*last, position) : position;
      found = TRUE;
    }
  return found;
}

static void
get_horizontal_sight_at (CpaTimelineStrip *self, double value, guint *first, guint *last)
{
  double size = card_size (self);
  guint end = count_cards (self) - 1;

  *first = (guint) CLAMP ((value + size * 0.9) / size, 0, end);
  *last = (guint) CLAMP ((value + gtk_adjustment_get_page_size (get_adjustment (self))) / size - 0.9, *first, end);
}

static void
get_horizontal_sight (CpaTimelineStrip *self, guint *first, guint *last)
{
  get_horizontal_sight_at (self, gtk_adjustment_get_value (get_adjustment (self)), first, last);
}

gboolean
cpa_timeline_strip_get_sight (CpaTimelineStrip *self, guint *current, guint *first, guint *last)
{
  if (!is_laid_out (self))
    return FALSE;
  if (!self->vertical)
    get_horizontal_sight (self, first, last);
  else if (!get_vertical_sight (self, first, last))
    return FALSE;
  *current = self->vertical ? *last : *first;
  if (self->target != CPA_TIMELINE_NONE && (self->going || (self->target >= *first && self->target <= *last)))
    *current = self->target;
  return TRUE;
}

static void
write_cards (CpaTimelineStrip *self, guint first, guint last)
{
  for (GtkWidget *row = gtk_widget_get_first_child (self->list); row != NULL; row = gtk_widget_get_next_sibling (row))
    {
      CpaTimelineCard *card = card_of_row (row);
      CpaTimelineItem *item = card != NULL ? cpa_timeline_card_get_item (card) : NULL;
      guint position = item != NULL ? cpa_timeline_item_get_position (item) : 0;

      if (item != NULL && position + WRITE_AROUND >= first && position <= last + WRITE_AROUND)
        cpa_timeline_card_write (card);
    }
}

static void
sight_changed (CpaTimelineStrip *self)
{
  guint current, first, last;

  if (!cpa_timeline_strip_get_sight (self, &current, &first, &last))
    return;
  if (!self->vertical)
    write_cards (self, first, last);
  if (current != self->target)
    self->target = CPA_TIMELINE_NONE;
  cpa_timeline_model_set_sight (self->model, first, last);
  g_signal_emit (self, signals[SIGNAL_SIGHT_CHANGED], 0);
}

static void
moved_cb (CpaTimelineStrip *self, GtkAdjustment *adjustment)
{
  if (adjustment == get_adjustment (self))
    sight_changed (self);
}

/* Going somewhere */

static double
value_for (CpaTimelineStrip *self, guint position)
{
  GtkAdjustment *adjustment = get_adjustment (self);
  double page = gtk_adjustment_get_page_size (adjustment);
  double middle = (cpa_timeline_model_flip (self->model, position) + 0.5) * card_size (self);
  /* A vertical list is read from the top. */
  double before = self->vertical ? card_size (self) / 2 : page / 2;

  return CLAMP (middle - before, 0, MAX (gtk_adjustment_get_upper (adjustment) - page, 0));
}

gboolean
cpa_timeline_strip_reaches (CpaTimelineStrip *self, guint position, guint from)
{
  guint first, last;

  if (self->vertical || !is_laid_out (self))
    return FALSE;
  get_horizontal_sight_at (self, value_for (self, from), &first, &last);
  return position >= first && position <= last;
}

static void
glide_cb (double value, gpointer data)
{
  CpaTimelineStrip *self = data;

  gtk_adjustment_set_value (get_adjustment (self), value);
}

static void
glide_to (CpaTimelineStrip *self, double value)
{
  adw_timed_animation_set_value_from (ADW_TIMED_ANIMATION (self->glide),
                                      gtk_adjustment_get_value (get_adjustment (self)));
  adw_timed_animation_set_value_to (ADW_TIMED_ANIMATION (self->glide), value);
  self->going = TRUE;
  adw_animation_play (self->glide);
}

static gboolean
set_value (CpaTimelineStrip *self, double value)
{
  GtkAdjustment *adjustment = get_adjustment (self);
  double before = gtk_adjustment_get_value (adjustment);

  gtk_adjustment_set_value (adjustment, value);
  return ABS (gtk_adjustment_get_value (adjustment) - before) < 1;
}

/* The place of a row is known once it is there: first about where it is, then exactly. TRUE when nothing moves more. */
static gboolean
settle (CpaTimelineStrip *self)
{
  GtkWidget *row = find_row (self, self->wanted);
  graphene_rect_t bounds;

  if (!self->vertical)
    return set_value (self, value_for (self, self->wanted));
  if (row != NULL && gtk_widget_compute_bounds (row, self->list, &bounds))
    return set_value (self, gtk_adjustment_get_value (get_adjustment (self)) + bounds.origin.y);
  set_value (self, value_for (self, self->wanted));
  return FALSE;
}

static gboolean
wanted_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  CpaTimelineStrip *self = CPA_TIMELINE_STRIP (widget);

  self->tries++;
  if (self->tries < MOST_TRIES && (!is_laid_out (self) || !settle (self)))
    return G_SOURCE_CONTINUE;
  self->wanted = CPA_TIMELINE_NONE;
  self->wanted_id = 0;
  self->going = FALSE;
  sight_changed (self);
  return G_SOURCE_REMOVE;
}

/* Whatever the list was on its way to. */
static void
stop_going (CpaTimelineStrip *self)
{
  adw_animation_pause (self->glide);
  if (self->wanted_id != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->wanted_id);
  self->wanted_id = 0;
  self->wanted = CPA_TIMELINE_NONE;
  self->going = FALSE;
}

static void
settle_soon (CpaTimelineStrip *self)
{
  self->wanted = self->target;
  self->going = TRUE;
  self->tries = 0;
  if (self->wanted_id == 0)
    self->wanted_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), wanted_cb, NULL, NULL);
}

static void
glide_done_cb (CpaTimelineStrip *self)
{
  self->going = FALSE;
  if (self->target != CPA_TIMELINE_NONE)
    settle_soon (self);
  else
    sight_changed (self);
}

void
cpa_timeline_strip_go_to (CpaTimelineStrip *self, guint position, gboolean glide)
{
  if (count_cards (self) == 0)
    return;
  stop_going (self);
  self->target = MIN (position, count_cards (self) - 1);
  if (self->vertical || !is_laid_out (self))
    {
      settle_soon (self);
      return;
    }
  if (glide)
    {
      glide_to (self, value_for (self, self->target));
      return;
    }
  self->going = TRUE;
  set_value (self, value_for (self, self->target));
  self->going = FALSE;
  sight_changed (self);
}

void
cpa_timeline_strip_look_at (CpaTimelineStrip *self, guint position)
{
  guint current, first, last;

  if (self->going && self->target == position)
    return;
  if (!cpa_timeline_strip_get_sight (self, &current, &first, &last) || position < first || position > last)
    {
      cpa_timeline_strip_go_to (self, position, TRUE);
      return;
    }
  self->target = position;
  sight_changed (self);
}

guint
cpa_timeline_strip_turn (CpaTimelineStrip *self, int direction)
{
  GtkAdjustment *adjustment = get_adjustment (self);
  double size = card_size (self), page = gtk_adjustment_get_page_size (adjustment);
  double amount = MAX ((int) (page / size), 1) * size;
  double value = CLAMP (gtk_adjustment_get_value (adjustment) + direction * amount, 0,
                        MAX (gtk_adjustment_get_upper (adjustment) - page, 0));

  if (!is_laid_out (self))
    return CPA_TIMELINE_NONE;
  stop_going (self);
  self->target = CPA_TIMELINE_NONE;
  glide_to (self, value);
  return cpa_timeline_model_flip (self->model, (guint) ((value + page / 2) / size));
}

void
cpa_timeline_strip_focus (CpaTimelineStrip *self, guint position)
{
  GtkWidget *row = find_row (self, position);

  if (row != NULL)
    gtk_widget_grab_focus (row);
  else
    gtk_widget_grab_focus (self->list);
}

/* Over the cards the wheel is a card. */
static gboolean
scroll_cb (CpaTimelineStrip *self, double dx, double dy)
{
  GtkAdjustment *adjustment = get_adjustment (self);
  double amount = dx != 0 ? dx : dy;

  if (self->vertical || !is_laid_out (self))
    return FALSE;
  stop_going (self);
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) + amount * card_size (self));
  return TRUE;
}

/* Rows */

static gboolean
is_near_sight (CpaTimelineStrip *self, guint position)
{
  guint first, last;

  if (!is_laid_out (self))
    return FALSE;
  get_horizontal_sight (self, &first, &last);
  return position + WRITE_AROUND >= first && position <= last + WRITE_AROUND;
}

static void
setup_cb (CpaTimelineStrip *self, GtkListItem *list_item)
{
  gtk_list_item_set_child (list_item, cpa_timeline_card_new (self->context, self->vertical));
}

static void
bind_cb (CpaTimelineStrip *self, GtkListItem *list_item)
{
  GtkWidget *card = gtk_list_item_get_child (list_item);
  CpaTimelineItem *item = gtk_list_item_get_item (list_item);
  guint position = cpa_timeline_item_get_position (item);

  cpa_timeline_card_bind (CPA_TIMELINE_CARD (card), item);
  if (self->vertical || is_near_sight (self, position))
    cpa_timeline_card_write (CPA_TIMELINE_CARD (card));
  gtk_widget_set_margin_start (card, !self->vertical && position == 0 ? END_MARGIN : 0);
  gtk_widget_set_margin_end (card, !self->vertical && position + 1 == count_cards (self) ? END_MARGIN : 0);
}

static void
unbind_cb (CpaTimelineStrip *self, GtkListItem *list_item)
{
  cpa_timeline_card_bind (CPA_TIMELINE_CARD (gtk_list_item_get_child (list_item)), NULL);
}

static void
activate_cb (CpaTimelineStrip *self, guint index)
{
  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, cpa_timeline_model_flip (self->model, index));
}

static void
set_factory (CpaTimelineStrip *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_cb), self, G_CONNECT_SWAPPED);
  gtk_list_view_set_factory (GTK_LIST_VIEW (self->list), factory);
}

static void
apply_orientation (CpaTimelineStrip *self)
{
  GtkPolicyType along = GTK_POLICY_EXTERNAL, across = GTK_POLICY_NEVER;

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->list),
                                  self->vertical ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), self->vertical ? across : along,
                                  self->vertical ? along : across);
  if (self->vertical)
    gtk_widget_add_css_class (self->list, "vertical");
  else
    gtk_widget_remove_css_class (self->list, "vertical");
  set_factory (self);
}

/* One stop for Tab, at the card that is looked at: a list of 4.8 goes through all its rows, and begins at the first. */
static gboolean
cpa_timeline_strip_tab (GtkWidget *widget, GtkDirectionType direction)
{
  CpaTimelineStrip *self = CPA_TIMELINE_STRIP (widget);
  guint current, first, last;

  if (direction != GTK_DIR_TAB_FORWARD && direction != GTK_DIR_TAB_BACKWARD)
    return GTK_WIDGET_CLASS (cpa_timeline_strip_parent_class)->focus (widget, direction);
  if (gtk_widget_get_focus_child (widget) != NULL || !cpa_timeline_strip_get_sight (self, &current, &first, &last))
    return FALSE;
  cpa_timeline_strip_focus (self, current);
  return TRUE;
}

static void
cpa_timeline_strip_dispose (GObject *object)
{
  CpaTimelineStrip *self = CPA_TIMELINE_STRIP (object);

  if (self->glide != NULL)
    stop_going (self);
  g_clear_object (&self->glide);
  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  g_clear_object (&self->model);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (cpa_timeline_strip_parent_class)->dispose (object);
}

static void
cpa_timeline_strip_class_init (CpaTimelineStripClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpa_timeline_strip_dispose;
  GTK_WIDGET_CLASS (klass)->focus = cpa_timeline_strip_tab;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen", CPA_TYPE_TIMELINE_STRIP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[SIGNAL_SIGHT_CHANGED] =
      g_signal_new ("sight-changed", CPA_TYPE_TIMELINE_STRIP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cpa_timeline_strip_init (CpaTimelineStrip *self)
{
  GtkEventController *scroll =
      gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES | GTK_EVENT_CONTROLLER_SCROLL_DISCRETE);

  self->target = self->wanted = CPA_TIMELINE_NONE;
  self->scroller = gtk_scrolled_window_new ();
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
  gtk_event_controller_set_propagation_phase (scroll, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (scroll, "scroll", G_CALLBACK (scroll_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), scroll);
}

GtkWidget *
cpa_timeline_strip_new (CpaContext *context, CpaTimelineModel *model)
{
  CpaTimelineStrip *self = g_object_new (CPA_TYPE_TIMELINE_STRIP, NULL);
  GtkNoSelection *selection = gtk_no_selection_new (G_LIST_MODEL (g_object_ref (model)));
  GtkScrolledWindow *scroller = GTK_SCROLLED_WINDOW (self->scroller);

  self->context = g_object_ref (context);
  self->model = g_object_ref (model);
  self->list = gtk_list_view_new (GTK_SELECTION_MODEL (selection), NULL);
  gtk_list_view_set_single_click_activate (GTK_LIST_VIEW (self->list), TRUE);
  gtk_widget_add_css_class (self->list, "cp-timeline-list");
  cpa_name (self->list, _ ("Timeline"), NULL);
  gtk_scrolled_window_set_child (scroller, self->list);
  self->glide = adw_timed_animation_new (GTK_WIDGET (self), 0, 0, GLIDE_MS,
                                         adw_callback_animation_target_new (glide_cb, self, NULL));
  g_signal_connect_object (self->glide, "done", G_CALLBACK (glide_done_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "activate", G_CALLBACK (activate_cb), self, G_CONNECT_SWAPPED);
  apply_orientation (self);
  for (int i = 0; i < 2; i++)
    {
      GtkAdjustment *adjustment =
          i == 0 ? gtk_scrolled_window_get_hadjustment (scroller) : gtk_scrolled_window_get_vadjustment (scroller);

      g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (moved_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (adjustment, "changed", G_CALLBACK (moved_cb), self, G_CONNECT_SWAPPED);
    }
  return GTK_WIDGET (self);
}

void
cpa_timeline_strip_set_vertical (CpaTimelineStrip *self, gboolean vertical)
{
  if (self->vertical == vertical)
    return;
  self->vertical = vertical;
  cpa_timeline_model_set_newest_first (self->model, vertical);
  apply_orientation (self);
}

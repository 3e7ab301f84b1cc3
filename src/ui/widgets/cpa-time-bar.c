/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-time-bar.h"

#include <glib/gi18n.h>

#include "cpa-fill.h"
#include "cpa-label.h"
#include "cpa-text-scale.h"
#include "cpa-time-bar-layout.h"
#include "cpa-time-bar-paint.h"
#include "cpa-time-text.h"

#define EDGE 24
#define EDGE_NARROW 12
#define END_WIDTH 44
#define END_HEIGHT 60
#define END_TOP 38
#define END_GAP 8
/* So far the pointer moves before a press is a drag. */
#define DRAG_FROM 4
/* A screen reader is told where one stopped, not each place that one came by. */
#define SAY_AFTER_MS 100

struct _CpaTimeBar
{
  GtkWidget parent_instance;

  CpaTimelineModel *model; /* (owned) */
  CpaTimeBarPaint *paint;  /* (owned) */
  GtkWidget *ends[2];      /* (owned): earlier, later */
  gboolean narrow;
  gboolean tight;
  guint position, first, last; /* in sight */
  CpaTimeBarLayout layout;
  double grabbed; /* from the middle of the handle to the pointer */
  gboolean pressed, dragging;
  double drag_place; /* of the handle while it is dragged */
  guint say_id;
};

enum
{
  SIGNAL_GO_TO,
  SIGNAL_TURN,
  SIGNAL_ENTER,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CpaTimeBar, cpa_time_bar, GTK_TYPE_WIDGET)

static CpaMonths *
get_months (CpaTimeBar *self)
{
  return cpa_timeline_model_get_months (self->model);
}

static GTimeZone *
get_zone (CpaTimeBar *self)
{
  return cpa_timeline_model_get_zone (self->model);
}

static double
margin (CpaTimeBar *self)
{
  double scale = cpa_text_scale (GTK_WIDGET (self));

  return self->narrow ? EDGE_NARROW : EDGE + (END_WIDTH + END_GAP) * scale;
}

/* Where things are */

/* (nullable): the month or year of the card under the handle, when no day is known of it. */
static const char *
partial_date (CpaTimeBar *self)
{
  const CpDossierItem *item = self->dragging ? NULL : cpa_months_peek (get_months (self), self->position);

  return item != NULL ? item->partial_date : NULL;
}

static char *
handle_text (CpaTimeBar *self, double place)
{
  g_autofree char *date = cpa_place_date (place);

  return partial_date (self) != NULL ? cpa_time_date (partial_date (self)) : cpa_time_short_date (date);
}

static double
current_place (CpaTimeBar *self)
{
  return self->dragging ? self->drag_place : cpa_months_place (get_months (self), self->position, get_zone (self));
}

static void
lay_out (CpaTimeBar *self)
{
  CpaMonths *months = get_months (self);
  double place = current_place (self);
  g_autofree char *text = handle_text (self, place);
  CpaTimeBarInput input = {
    .width = MAX (gtk_widget_get_width (GTK_WIDGET (self)) - 2 * margin (self), 1),
    .scale = cpa_text_scale (GTK_WIDGET (self)),
    .narrow = self->narrow,
    .tight = self->tight,
    .first = cpa_months_get (months, 0)->number,
    .last = cpa_months_get (months, months->len - 1)->number,
    .place = place,
    .span = cpa_months_place (months, self->last, get_zone (self)) -
            cpa_months_place (months, self->first, get_zone (self)),
    .text_width = cpa_time_bar_paint_handle_width (self->paint, text),
  };

  cpa_time_bar_layout (&self->layout, &input);
}

static guint
last_card (CpaTimeBar *self)
{
  return cpa_months_get_cards (get_months (self)) - 1;
}

/* What a screen reader is told */

static char *
value_text (CpaTimeBar *self)
{
  const CpaMonth *month = cpa_months_get (get_months (self), cpa_months_of (get_months (self), self->position));
  g_autofree char *day = cpa_place_date (cpa_months_place (get_months (self), self->position, get_zone (self)));
  g_autofree char *date = cpa_time_known_date (partial_date (self) != NULL ? partial_date (self) : day);
  g_autofree char *unread = g_strdup_printf ("%u", month->unread);
  const char *name = cpa_time_month_name (month->number % 12);

  if (month->unread > 0)
    return cpa_fill_n (ngettext ("{date}, {n} card in {month}, {unread} unread",
                                 "{date}, {n} cards in {month}, {unread} unread", month->count),
                       month->count, "date", date, "month", name, "unread", unread, NULL);
  return cpa_fill_n (
      ngettext ("{date}, {n} card in {month}, all read", "{date}, {n} cards in {month}, all read", month->count),
      month->count, "date", date, "month", name, NULL);
}

static gboolean
say_cb (gpointer data)
{
  CpaTimeBar *self = data;
  g_autofree char *text = NULL;

  self->say_id = 0;
  if (get_months (self) == NULL)
    return G_SOURCE_REMOVE;
  text = value_text (self);
  /* GTK 4.8 hands the value of its own sliders alone to AT-SPI; the description reaches everybody. */
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_VALUE_MIN, 0.0, GTK_ACCESSIBLE_PROPERTY_VALUE_MAX,
      (double) last_card (self), GTK_ACCESSIBLE_PROPERTY_VALUE_NOW, (double) self->position,
      GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, text, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
  return G_SOURCE_REMOVE;
}

static void
say_soon (CpaTimeBar *self)
{
  g_clear_handle_id (&self->say_id, g_source_remove);
  self->say_id = g_timeout_add (SAY_AFTER_MS, say_cb, self);
}

/* What somebody is told who points at a month */

static char *
month_text (CpaTimeBar *self, int number)
{
  guint index = cpa_months_from (get_months (self), number);
  const CpaMonth *month = index < get_months (self)->len ? cpa_months_get (get_months (self), index) : NULL;
  guint n = month != NULL && month->number == number ? month->count : 0;
  const char *name = cpa_time_month_name (number % 12);
  g_autofree char *year = g_strdup_printf ("%d", number / 12);
  g_autofree char *unread = g_strdup_printf ("%u", n > 0 ? month->unread : 0);

  if (n == 0)
    return cpa_fill (_ ("{month} {year}: no cards"), "month", name, "year", year, NULL);
  if (month->unread > 0)
    return cpa_fill_n (
        ngettext ("{month} {year}: {n} card, {unread} unread", "{month} {year}: {n} cards, {unread} unread", n), n,
        "month", name, "year", year, "unread", unread, NULL);
  return cpa_fill_n (ngettext ("{month} {year}: {n} card", "{month} {year}: {n} cards", n), n, "month", name, "year",
                     year, NULL);
}

char *
cpa_time_bar_dup_tip (CpaTimeBar *self, double x)
{
  const char *how = _ ("Click or drag the time bar to go to another date.");
  g_autofree char *month = NULL;

  if (get_months (self) == NULL)
    return g_strdup (how);
  lay_out (self);
  x -= margin (self);
  if (x < 0 || x > self->layout.width)
    return g_strdup (how);
  month = month_text (self, (int) cpa_time_bar_place_at (&self->layout, x));
  return g_strconcat (month, "\n", how, NULL);
}

static gboolean
query_tooltip_cb (CpaTimeBar *self, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
  g_autofree char *tip = cpa_time_bar_dup_tip (self, keyboard ? -1 : x);

  gtk_tooltip_set_text (tooltip, tip);
  return TRUE;
}

/* Going somewhere */

static void
go_to (CpaTimeBar *self, guint position, gboolean glide)
{
  g_signal_emit (self, signals[SIGNAL_GO_TO], 0, position, glide);
}

static void
go_by_months (CpaTimeBar *self, int months)
{
  go_to (self, cpa_months_step (get_months (self), self->position, months, get_zone (self)), TRUE);
}

static void
go_by_day (CpaTimeBar *self, int direction)
{
  go_to (self, cpa_months_step_day (get_months (self), self->position, direction, get_zone (self)), TRUE);
}

static void
go_to_end (CpaTimeBar *self, int direction)
{
  go_to (self, direction < 0 ? 0 : last_card (self), TRUE);
}

static void
enter (CpaTimeBar *self, int unused)
{
  g_signal_emit (self, signals[SIGNAL_ENTER], 0);
}

static const struct
{
  guint keyval;
  GdkModifierType modifiers;
  void (*func) (CpaTimeBar *self, int amount);
  int amount;
} keys[] = {
  { GDK_KEY_Left, 0, go_by_day, -1 },
  { GDK_KEY_Right, 0, go_by_day, 1 },
  { GDK_KEY_Page_Up, 0, go_by_months, -1 },
  { GDK_KEY_Page_Down, 0, go_by_months, 1 },
  { GDK_KEY_Page_Up, GDK_CONTROL_MASK, go_by_months, -12 },
  { GDK_KEY_Page_Down, GDK_CONTROL_MASK, go_by_months, 12 },
  { GDK_KEY_Home, 0, go_to_end, -1 },
  { GDK_KEY_End, 0, go_to_end, 1 },
  { GDK_KEY_Return, 0, enter, 0 },
};

/* The keypad has keys of its own for the same. */
static guint
plain_key (guint keyval)
{
  static const guint pairs[][2] = {
    { GDK_KEY_KP_Left, GDK_KEY_Left },       { GDK_KEY_KP_Right, GDK_KEY_Right },
    { GDK_KEY_KP_Page_Up, GDK_KEY_Page_Up }, { GDK_KEY_KP_Page_Down, GDK_KEY_Page_Down },
    { GDK_KEY_KP_Home, GDK_KEY_Home },       { GDK_KEY_KP_End, GDK_KEY_End },
    { GDK_KEY_KP_Enter, GDK_KEY_Return },
  };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    if (pairs[i][0] == keyval)
      return pairs[i][1];
  return keyval;
}

static gboolean
key_cb (CpaTimeBar *self, guint keyval, guint keycode, GdkModifierType state)
{
  GdkModifierType modifiers = state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SHIFT_MASK | GDK_SUPER_MASK);

  keyval = plain_key (keyval);
  for (guint i = 0; i < G_N_ELEMENTS (keys) && get_months (self) != NULL; i++)
    if (keys[i].keyval == keyval && keys[i].modifiers == modifiers)
      {
        keys[i].func (self, keys[i].amount);
        return TRUE;
      }
  return FALSE;
}

static gboolean
scroll_cb (CpaTimeBar *self, double dx, double dy)
{
  double amount = dx != 0 ? dx : dy;

  if (get_months (self) != NULL && amount != 0)
    go_by_months (self, amount > 0 ? 1 : -1);
  return TRUE;
}

static void
drag_to (CpaTimeBar *self, double x, gboolean glide)
{
  double place = cpa_time_bar_place_at (&self->layout, x);
  guint position = cpa_months_find (get_months (self), place, get_zone (self));

  self->drag_place = place;
  go_to (self, position, glide);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
drag_begin_cb (CpaTimeBar *self, double x, double y)
{
  double middle;

  gtk_widget_grab_focus (GTK_WIDGET (self));
  self->pressed = get_months (self) != NULL;
  if (!self->pressed)
    return;
  lay_out (self);
  x -= margin (self);
  middle = self->layout.handle_x + self->layout.handle_width / 2;
  self->grabbed = cpa_time_bar_is_under_handle (&self->layout, x) ? x - middle : 0;
  if (self->grabbed == 0)
    go_to (self, cpa_months_find (get_months (self), cpa_time_bar_place_at (&self->layout, x), get_zone (self)), TRUE);
}

static void
drag_update_cb (CpaTimeBar *self, double offset_x, double offset_y, GtkGestureDrag *gesture)
{
  double x, y;

  if (!self->pressed || get_months (self) == NULL || (!self->dragging && ABS (offset_x) < DRAG_FROM))
    return;
  gtk_gesture_drag_get_start_point (gesture, &x, &y);
  self->dragging = TRUE;
  drag_to (self, x + offset_x - margin (self) - self->grabbed, FALSE);
}

static void
drag_end_cb (CpaTimeBar *self, double offset_x, double offset_y, GtkGestureDrag *gesture)
{
  gboolean dragged = self->dragging;
  double x, y;

  self->pressed = FALSE;
  self->dragging = FALSE;
  if (!dragged || get_months (self) == NULL)
    return;
  gtk_gesture_drag_get_start_point (gesture, &x, &y);
  drag_to (self, x + offset_x - margin (self) - self->grabbed, TRUE);
}

static void
turn_cb (CpaTimeBar *self, GtkWidget *button)
{
  g_signal_emit (self, signals[SIGNAL_TURN], 0, button == self->ends[0] ? -1 : 1);
}

/* As a widget */

static void
cpa_time_bar_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                      int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = 0;
  if (orientation == GTK_ORIENTATION_VERTICAL)
    *minimum = *natural = cpa_time_bar_whole_height (cpa_text_scale (widget), CPA_TIME_BAR (widget)->tight);
  *minimum_baseline = *natural_baseline = -1;
}

static void
cpa_time_bar_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  CpaTimeBar *self = CPA_TIME_BAR (widget);
  double scale = cpa_text_scale (widget);

  for (guint i = 0; i < G_N_ELEMENTS (self->ends); i++)
    {
      int minimum;
      GtkAllocation place = { i == 0 ? EDGE : (int) (width - EDGE - END_WIDTH * scale), (int) (END_TOP * scale),
                              (int) (END_WIDTH * scale), (int) (END_HEIGHT * scale) };

      if (!gtk_widget_should_layout (self->ends[i]))
        continue;
      gtk_widget_measure (self->ends[i], GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
      gtk_widget_size_allocate (self->ends[i], &place, -1);
    }
}

static void
cpa_time_bar_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  CpaTimeBar *self = CPA_TIME_BAR (widget);
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, gtk_widget_get_width (widget), gtk_widget_get_height (widget));
  g_autofree char *text = NULL;
  cairo_t *cr;

  if (get_months (self) != NULL && bounds.size.width > 0)
    {
      lay_out (self);
      text = handle_text (self, current_place (self));
      cr = gtk_snapshot_append_cairo (snapshot, &bounds);
      cpa_time_bar_paint_draw (self->paint, cr, &self->layout, get_months (self), margin (self), text,
                               (int) current_place (self));
      cairo_destroy (cr);
    }
  for (guint i = 0; i < G_N_ELEMENTS (self->ends); i++)
    gtk_widget_snapshot_child (widget, self->ends[i], snapshot);
}

static void
cpa_time_bar_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (cpa_time_bar_parent_class)->css_changed (widget, change);
  if (CPA_TIME_BAR (widget)->paint != NULL)
    cpa_time_bar_paint_forget (CPA_TIME_BAR (widget)->paint);
}

static void
cpa_time_bar_system_setting_changed (GtkWidget *widget, GtkSystemSetting setting)
{
  GTK_WIDGET_CLASS (cpa_time_bar_parent_class)->system_setting_changed (widget, setting);
  cpa_time_bar_paint_forget (CPA_TIME_BAR (widget)->paint);
  gtk_widget_queue_resize (widget);
}

static void
cpa_time_bar_state_flags_changed (GtkWidget *widget, GtkStateFlags before)
{
  GTK_WIDGET_CLASS (cpa_time_bar_parent_class)->state_flags_changed (widget, before);
  gtk_widget_queue_draw (widget);
}

static void
cpa_time_bar_dispose (GObject *object)
{
  CpaTimeBar *self = CPA_TIME_BAR (object);

  g_clear_handle_id (&self->say_id, g_source_remove);
  for (guint i = 0; i < G_N_ELEMENTS (self->ends); i++)
    g_clear_pointer (&self->ends[i], gtk_widget_unparent);
  g_clear_object (&self->model);
  G_OBJECT_CLASS (cpa_time_bar_parent_class)->dispose (object);
}

static void
cpa_time_bar_finalize (GObject *object)
{
  cpa_time_bar_paint_free (CPA_TIME_BAR (object)->paint);
  G_OBJECT_CLASS (cpa_time_bar_parent_class)->finalize (object);
}

/* Not where there was no room for it. */
static gboolean
cpa_time_bar_grab_focus (GtkWidget *widget)
{
  return gtk_widget_get_mapped (widget) && GTK_WIDGET_CLASS (cpa_time_bar_parent_class)->grab_focus (widget);
}

static void
cpa_time_bar_class_init (CpaTimeBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cpa_time_bar_dispose;
  G_OBJECT_CLASS (klass)->finalize = cpa_time_bar_finalize;
  widget_class->grab_focus = cpa_time_bar_grab_focus;
  widget_class->measure = cpa_time_bar_measure;
  widget_class->size_allocate = cpa_time_bar_size_allocate;
  widget_class->snapshot = cpa_time_bar_snapshot;
  widget_class->css_changed = cpa_time_bar_css_changed;
  widget_class->system_setting_changed = cpa_time_bar_system_setting_changed;
  widget_class->state_flags_changed = cpa_time_bar_state_flags_changed;
  signals[SIGNAL_GO_TO] = g_signal_new ("go-to", CPA_TYPE_TIME_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                        2, G_TYPE_UINT, G_TYPE_BOOLEAN);
  signals[SIGNAL_TURN] =
      g_signal_new ("turn", CPA_TYPE_TIME_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  signals[SIGNAL_ENTER] =
      g_signal_new ("enter", CPA_TYPE_TIME_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_css_name (widget_class, "timebar");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_SLIDER);
}

static GtkWidget *
end_new (CpaTimeBar *self, const char *icon, const char *name)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_add_css_class (button, "cp-bar-end");
  /* One stop for the keyboard: the keys of the bar do the same. */
  gtk_widget_set_focusable (button, FALSE);
  cpa_name (button, name, NULL);
  gtk_widget_set_parent (button, GTK_WIDGET (self));
  g_signal_connect_object (button, "clicked", G_CALLBACK (turn_cb), self, G_CONNECT_SWAPPED);
  return button;
}

static void
add_controllers (CpaTimeBar *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkEventController *key = gtk_event_controller_key_new ();
  GtkEventController *scroll =
      gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES | GTK_EVENT_CONTROLLER_SCROLL_DISCRETE);

  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect_swapped (drag, "drag-end", G_CALLBACK (drag_end_cb), self);
  g_signal_connect_swapped (key, "key-pressed", G_CALLBACK (key_cb), self);
  g_signal_connect_swapped (scroll, "scroll", G_CALLBACK (scroll_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  gtk_widget_add_controller (GTK_WIDGET (self), key);
  gtk_widget_add_controller (GTK_WIDGET (self), scroll);
}

static void
cpa_time_bar_init (CpaTimeBar *self)
{
  self->paint = cpa_time_bar_paint_new (GTK_WIDGET (self));
  self->ends[0] = end_new (self, "go-previous-symbolic", _ ("Earlier"));
  self->ends[1] = end_new (self, "go-next-symbolic", _ ("Later"));
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  cpa_name (GTK_WIDGET (self), _ ("Time bar"), NULL);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  g_signal_connect (self, "query-tooltip", G_CALLBACK (query_tooltip_cb), NULL);
  add_controllers (self);
}

GtkWidget *
cpa_time_bar_new (CpaTimelineModel *model)
{
  CpaTimeBar *self = g_object_new (CPA_TYPE_TIME_BAR, NULL);

  self->model = g_object_ref (model);
  return GTK_WIDGET (self);
}

void
cpa_time_bar_set_narrow (CpaTimeBar *self, gboolean narrow)
{
  self->narrow = narrow;
  for (guint i = 0; i < G_N_ELEMENTS (self->ends); i++)
    gtk_widget_set_visible (self->ends[i], !narrow);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
tight_cb (CpaTimeBar *self, GParamSpec *pspec, CpaAdaptive *around)
{
  self->tight = cpa_adaptive_is_tight (around);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

void
cpa_time_bar_follow (CpaTimeBar *self, CpaAdaptive *around)
{
  g_signal_connect_object (around, "notify::tight", G_CALLBACK (tight_cb), self, G_CONNECT_SWAPPED);
}

void
cpa_time_bar_set_sight (CpaTimeBar *self, guint position, guint first, guint last)
{
  if (self->position == position && self->first == first && self->last == last)
    return;
  self->position = position;
  self->first = first;
  self->last = last;
  cpa_time_bar_update (self);
}

void
cpa_time_bar_update (CpaTimeBar *self)
{
  say_soon (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-timeline-view.h"

#include <glib/gi18n.h>

#include "cp-start.h"
#include "cpa-adaptive.h"
#include "cpa-date-text.h"
#include "cpa-footed.h"
#include "cpa-fresh-line.h"
#include "cpa-opened-card.h"
#include "cpa-time-bar.h"
#include "cpa-timeline-large.h"
#include "cpa-timeline-model.h"
#include "cpa-timeline-strip.h"
#include "cpa-timeline-tools.h"

#define NARROW_BELOW 700
#define LEAST_CARDS 60 /* of height, beside the bar */

/* What one is on the way to, until the cards of its month are there. */
typedef enum
{
  GOAL_NONE,
  GOAL_NEWEST, /* open it, on arrival */
  GOAL_DATE,   /* go there */
  GOAL_UNREAD, /* open it */
  GOAL_CARD    /* open it */
} Goal;

struct _CpaTimelineView
{
  GtkWidget parent_instance;

  CpaContext *context;     /* (owned) */
  CpaTimelineModel *model; /* (owned) */
  GtkWidget *tools;        /* (owned) */
  GtkWidget *view;         /* (owned) */
  GtkWidget *adaptive;     /* (borrowed) */
  GtkWidget *fresh;        /* (borrowed): something is late */
  GtkWidget *stack;        /* (borrowed): the opened card; narrow, the cards or the opened card */
  GtkWidget *cards_page;   /* (borrowed) */
  GtkWidget *opened;       /* (borrowed) */
  GtkWidget *below;        /* (borrowed): the cards when it is wide */
  GtkWidget *strip;        /* (borrowed) */
  GtkWidget *bar;          /* (borrowed) */
  char *open_id;           /* (owned) (nullable): whose card is open */
  Goal goal;
  double goal_place;
  guint goal_card;
  guint last_unread; /* went there last */
  gboolean arrived;
  guint frames;     /* since there is a layout: only after the first is known whether it is narrow */
  guint arrival_id; /* waits for them */
};

static void cpa_timeline_view_dossier_view_init (CpaDossierViewInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CpaTimelineView, cpa_timeline_view, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (CPA_TYPE_DOSSIER_VIEW, cpa_timeline_view_dossier_view_init))

static gboolean
is_narrow (CpaTimelineView *self)
{
  return cpa_adaptive_is_narrow (CPA_ADAPTIVE (self->adaptive));
}

static CpaMonths *
get_months (CpaTimelineView *self)
{
  return cpa_timeline_model_get_months (self->model);
}

static void
enter_cb (CpaTimelineView *self)
{
  guint current, first, last;

  if (cpa_timeline_strip_get_sight (CPA_TIMELINE_STRIP (self->strip), &current, &first, &last))
    cpa_timeline_strip_focus (CPA_TIMELINE_STRIP (self->strip), current);
}

/* Opening and closing */

/* A card, or that it was removed: until it is closed. */
static gboolean
is_open (CpaTimelineView *self)
{
  return self->open_id != NULL || cpa_opened_card_is_removed (CPA_OPENED_CARD (self->opened));
}

static void
show_page (CpaTimelineView *self)
{
  gboolean alone = is_narrow (self) && is_open (self);

  gtk_stack_set_visible_child (GTK_STACK (self->stack), is_narrow (self) && !alone ? self->cards_page : self->opened);
  gtk_widget_set_visible (self->bar, !alone);
}

static void
open_card (CpaTimelineView *self, guint position)
{
  const CpDossierItem *record = cpa_months_peek (get_months (self), position);

  if (record == NULL)
    return;
  g_free (self->open_id);
  self->open_id = g_strdup (record->id);
  cpa_timeline_model_set_open (self->model, position);
  cpa_opened_card_open (CPA_OPENED_CARD (self->opened), record->id);
  cpa_timeline_strip_look_at (CPA_TIMELINE_STRIP (self->strip), position);
  show_page (self);
}

static void
put_away (CpaTimelineView *self)
{
  g_clear_pointer (&self->open_id, g_free);
  cpa_timeline_model_set_open (self->model, CPA_TIMELINE_NONE);
  cpa_opened_card_close (CPA_OPENED_CARD (self->opened));
  show_page (self);
}

static void
close_card (CpaTimelineView *self)
{
  guint position = cpa_timeline_model_get_open (self->model);

  put_away (self);
  if (position != CPA_TIMELINE_NONE)
    cpa_timeline_strip_focus (CPA_TIMELINE_STRIP (self->strip), position);
  else
    enter_cb (self);
}

/* To another time, by date or by the bar: a report of elsewhere that stayed open would seem to be of that time. */
static void
leave_for (CpaTimelineView *self, guint position)
{
  guint open = cpa_timeline_model_get_open (self->model);

  if (is_open (self) &&
      (is_narrow (self) || !cpa_timeline_strip_reaches (CPA_TIMELINE_STRIP (self->strip), open, position)))
    put_away (self);
}

static void
travel (CpaTimelineView *self, guint position, gboolean glide)
{
  leave_for (self, position);
  cpa_timeline_strip_go_to (CPA_TIMELINE_STRIP (self->strip), position, glide);
}

static void
opened_cb (CpaTimelineView *self, const char *id, gint64 seen)
{
  guint position = cpa_months_find_card (get_months (self), self->open_id);

  if (position != CPA_TIMELINE_NONE)
    cpa_timeline_model_read (self->model, position, seen);
}

/* Large reading: the card opens underneath as well. */
static void
turn_large_cb (CpaTimelineView *self, const char *id)
{
  guint position = cpa_months_find_card (get_months (self), id);

  if (position != CPA_TIMELINE_NONE)
    open_card (self, position);
}

static void
read_large_cb (CpaTimelineView *self)
{
  GtkWidget *large = cpa_timeline_large_show (GTK_WIDGET (self), self->context, self->model, self->open_id);

  g_signal_connect_object (large, "turn", G_CALLBACK (turn_large_cb), self, G_CONNECT_SWAPPED);
}

static void
removed_cb (CpaTimelineView *self)
{
  g_clear_pointer (&self->open_id, g_free);
  cpa_timeline_model_set_open (self->model, CPA_TIMELINE_NONE);
  cpa_timeline_model_load (self->model, TRUE);
}

/* Goals */

static void
set_goal (CpaTimelineView *self, Goal goal, guint position)
{
  /* What would have been opened by itself is not any more. */
  if (self->goal == GOAL_NEWEST)
    cpa_opened_card_close (CPA_OPENED_CARD (self->opened));
  self->goal = goal;
  self->goal_card = position;
}

static gboolean
is_goal_known (CpaTimelineView *self)
{
  CpaMonths *months = get_months (self);

  return months != NULL && self->goal != GOAL_NONE && self->goal_card < cpa_months_get_cards (months) &&
         cpa_months_is_known (months, cpa_months_of (months, self->goal_card));
}

static void
reach_unread (CpaTimelineView *self)
{
  guint month, position;

  if (!cpa_months_find_unread (get_months (self), self->last_unread, &month, &position) &&
      !cpa_months_find_unread (get_months (self), CPA_TIMELINE_NONE, &month, &position))
    return;
  if (position == CPA_TIMELINE_NONE)
    {
      /* Known when its month is: once there, it goes on. */
      set_goal (self, GOAL_UNREAD, cpa_months_get (get_months (self), month)->start);
      cpa_timeline_strip_go_to (CPA_TIMELINE_STRIP (self->strip), self->goal_card, FALSE);
      return;
    }
  self->last_unread = position;
  set_goal (self, GOAL_NONE, position);
  open_card (self, position);
}

static void
reach_goal (CpaTimelineView *self)
{
  Goal goal = self->goal;

  if (!is_goal_known (self) || self->arrival_id != 0)
    return;
  set_goal (self, GOAL_NONE, self->goal_card);
  if (goal == GOAL_UNREAD)
    reach_unread (self);
  else if (goal == GOAL_DATE)
    travel (self, cpa_months_find (get_months (self), self->goal_place, cpa_context_get_zone (self->context)), TRUE);
  else if (goal == GOAL_CARD || !is_narrow (self))
    open_card (self, self->goal_card);
}

static void
next_unread_cb (CpaTimelineView *self)
{
  if (get_months (self) != NULL)
    reach_unread (self);
}

static void
read_all_cb (CpaTimelineView *self)
{
  cpa_timeline_model_read_all (self->model);
}

static void
today_cb (CpaTimelineView *self)
{
  if (get_months (self) != NULL)
    travel (self, cpa_months_get_cards (get_months (self)) - 1, TRUE);
}

static void
go_to_date_cb (CpaTimelineView *self, const char *date)
{
  int year, month, day;

  if (get_months (self) == NULL || sscanf (date, "%d-%d-%d", &year, &month, &day) != 3)
    return;
  self->goal_place = cpa_place_of_date (year, month, day);
  set_goal (self, GOAL_DATE,
            cpa_months_find (get_months (self), self->goal_place, cpa_context_get_zone (self->context)));
  travel (self, self->goal_card, TRUE);
  gtk_widget_grab_focus (self->bar);
  reach_goal (self);
}

static void
chosen_cb (CpaTimelineView *self, guint position)
{
  if (get_months (self) == NULL)
    return;
  set_goal (self, GOAL_CARD, position);
  reach_goal (self);
}

/* The bar */

static void
bar_go_to_cb (CpaTimelineView *self, guint position, gboolean glide)
{
  set_goal (self, GOAL_NONE, position);
  travel (self, position, glide);
}

static void
turn_cb (CpaTimelineView *self, int direction)
{
  guint position = cpa_timeline_strip_turn (CPA_TIMELINE_STRIP (self->strip), direction);

  if (position != CPA_TIMELINE_NONE)
    leave_for (self, position);
}

static void
sight_changed_cb (CpaTimelineView *self)
{
  guint current, first, last;

  if (get_months (self) == NULL ||
      !cpa_timeline_strip_get_sight (CPA_TIMELINE_STRIP (self->strip), &current, &first, &last))
    return;
  cpa_time_bar_set_sight (CPA_TIME_BAR (self->bar), current, first, last);
}

/* Escape closes what is open and gives the focus back to its card, and from the cards to the bar. */
static gboolean
key_cb (CpaTimelineView *self, guint keyval, guint keycode, GdkModifierType state)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));

  if (keyval != GDK_KEY_Escape || focus == NULL)
    return FALSE;
  if (is_open (self) && (gtk_widget_is_ancestor (focus, self->opened) || gtk_widget_is_ancestor (focus, self->strip)))
    {
      close_card (self);
      return TRUE;
    }
  return gtk_widget_is_ancestor (focus, self->strip) && gtk_widget_grab_focus (self->bar);
}

/* What the model says */

/* Two frames on: nothing may be opened, and read by that, which then has no room on the screen. */
static gboolean
arrival_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  CpaTimelineView *self = CPA_TIMELINE_VIEW (widget);

  if (gtk_widget_get_width (self->adaptive) == 0 || ++self->frames < 2)
    return G_SOURCE_CONTINUE;
  self->arrival_id = 0;
  reach_goal (self);
  return G_SOURCE_REMOVE;
}

static void
expect_newest (CpaTimelineView *self)
{
  set_goal (self, GOAL_NEWEST, cpa_months_get_cards (get_months (self)) - 1);
  cpa_opened_card_expect (CPA_OPENED_CARD (self->opened));
  show_page (self);
}

/* The newest first; afterwards one stays where one was. */
static void
arrive (CpaTimelineView *self)
{
  if (self->arrived || self->arrival_id != 0)
    return;
  self->arrived = TRUE;
  self->arrival_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), arrival_cb, NULL, NULL);
  expect_newest (self);
  cpa_timeline_strip_go_to (CPA_TIMELINE_STRIP (self->strip), self->goal_card, FALSE);
}

static void
loaded_cb (CpaTimelineView *self, const GError *error)
{
  const CpTimeline *timeline = cpa_timeline_model_get_timeline (self->model);

  if (error != NULL)
    {
      cpa_content_view_show_error (CPA_CONTENT_VIEW (self->view), error, cpa_context_get_organisation (self->context));
      return;
    }
  gtk_widget_set_visible (self->fresh, cpa_fresh_line_is_needed (self->context, timeline->freshness));
  cpa_fresh_line_show (GTK_BOX (self->fresh), self->context, timeline->freshness);
  cpa_opened_card_set_freshness (CPA_OPENED_CARD (self->opened), timeline->freshness);
  if (get_months (self) == NULL)
    {
      self->arrived = FALSE;
      if (cpa_opened_card_is_removed (CPA_OPENED_CARD (self->opened)))
        close_card (self);
      cpa_dossier_view_show_empty (CPA_CONTENT_VIEW (self->view), CPA_REASON_DOSSIER, timeline->state,
                                   timeline->freshness, self->context);
      return;
    }
  cpa_content_view_show_content (CPA_CONTENT_VIEW (self->view));
  arrive (self);
  sight_changed_cb (self);
}

static void
month_loaded_cb (CpaTimelineView *self, guint month)
{
  guint open = cpa_months_find_card (get_months (self), self->open_id);

  if (open != CPA_TIMELINE_NONE && open != cpa_timeline_model_get_open (self->model))
    cpa_timeline_model_set_open (self->model, open);
  cpa_time_bar_update (CPA_TIME_BAR (self->bar));
  reach_goal (self);
}

static void
unread_changed_cb (CpaTimelineView *self)
{
  cpa_timeline_tools_set_unread (CPA_TIMELINE_TOOLS (self->tools),
                                 cpa_timeline_model_get_timeline (self->model)->unread);
  cpa_time_bar_update (CPA_TIME_BAR (self->bar));
}

/* As a view */

static void
cpa_timeline_view_load (CpaDossierView *view, gboolean refresh)
{
  CpaTimelineView *self = CPA_TIMELINE_VIEW (view);

  if (!refresh && get_months (self) == NULL)
    cpa_content_view_show_loading (CPA_CONTENT_VIEW (self->view));
  cpa_timeline_model_load (self->model, refresh);
  if (refresh)
    cpa_opened_card_refresh (CPA_OPENED_CARD (self->opened));
}

static void
retry_cb (CpaTimelineView *self)
{
  cpa_timeline_view_load (CPA_DOSSIER_VIEW (self), FALSE);
}

static gboolean
cpa_timeline_view_go_back (CpaDossierView *view)
{
  CpaTimelineView *self = CPA_TIMELINE_VIEW (view);

  if (!is_narrow (self) || !is_open (self))
    return FALSE;
  close_card (self);
  return TRUE;
}

static GtkWidget *
cpa_timeline_view_get_tools (CpaDossierView *view)
{
  return CPA_TIMELINE_VIEW (view)->tools;
}

static void
cpa_timeline_view_dossier_view_init (CpaDossierViewInterface *iface)
{
  iface->load = cpa_timeline_view_load;
  iface->go_back = cpa_timeline_view_go_back;
  iface->get_tools = cpa_timeline_view_get_tools;
}

/* Wide, the cards lie between the opened card and the bar; narrow, they have a page and the opened card another. */
static void
narrow_cb (CpaTimelineView *self)
{
  gboolean narrow = is_narrow (self);
  g_autoptr (GtkWidget) strip = g_object_ref (self->strip);
  guint current = CPA_TIMELINE_NONE, first, last = 0;
  gboolean none_open = !is_open (self) && self->goal == GOAL_NONE && self->arrival_id == 0;

  cpa_timeline_strip_get_sight (CPA_TIMELINE_STRIP (self->strip), &current, &first, &last);
  gtk_box_remove (GTK_BOX (narrow ? self->below : self->cards_page), strip);
  gtk_box_append (GTK_BOX (narrow ? self->cards_page : self->below), strip);
  gtk_widget_set_vexpand (strip, narrow);
  gtk_widget_set_visible (self->below, !narrow);
  cpa_timeline_strip_set_vertical (CPA_TIMELINE_STRIP (strip), narrow);
  cpa_opened_card_set_narrow (CPA_OPENED_CARD (self->opened), narrow);
  cpa_time_bar_set_narrow (CPA_TIME_BAR (self->bar), narrow);
  cpa_timeline_tools_set_narrow (CPA_TIMELINE_TOOLS (self->tools), narrow);
  show_page (self);
  if (current != CPA_TIMELINE_NONE)
    cpa_timeline_strip_go_to (CPA_TIMELINE_STRIP (self->strip), current, FALSE);
  /* As on arrival there; but whoever went elsewhere meanwhile stays there. */
  if (!narrow && none_open && get_months (self) != NULL && last + 1 == cpa_months_get_cards (get_months (self)))
    {
      expect_newest (self);
      reach_goal (self);
    }
}

static void
cpa_timeline_view_dispose (GObject *object)
{
  CpaTimelineView *self = CPA_TIMELINE_VIEW (object);

  if (self->model != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->model, self);
      g_object_run_dispose (G_OBJECT (self->model));
    }
  g_clear_object (&self->tools);
  g_clear_pointer (&self->view, gtk_widget_unparent);
  g_clear_object (&self->model);
  g_clear_object (&self->context);
  g_clear_pointer (&self->open_id, g_free);
  G_OBJECT_CLASS (cpa_timeline_view_parent_class)->dispose (object);
}

static void
cpa_timeline_view_class_init (CpaTimelineViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpa_timeline_view_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
cpa_timeline_view_init (CpaTimelineView *self)
{
  GtkEventController *key = gtk_event_controller_key_new ();

  self->last_unread = CPA_TIMELINE_NONE;
  self->view = g_object_new (CPA_TYPE_CONTENT_VIEW, NULL);
  gtk_widget_set_parent (self->view, GTK_WIDGET (self));
  g_signal_connect_object (self->view, "retry", G_CALLBACK (retry_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_swapped (key, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), key);
}

static void
connect (CpaTimelineView *self, gpointer object, const char *name, GCallback callback)
{
  g_signal_connect_object (object, name, callback, self, G_CONNECT_SWAPPED);
}

static void
connect_all (CpaTimelineView *self)
{
  connect (self, self->model, "loaded", G_CALLBACK (loaded_cb));
  connect (self, self->model, "month-loaded", G_CALLBACK (month_loaded_cb));
  connect (self, self->model, "failed", G_CALLBACK (loaded_cb));
  connect (self, self->model, "unread-changed", G_CALLBACK (unread_changed_cb));
  connect (self, self->tools, "next-unread", G_CALLBACK (next_unread_cb));
  connect (self, self->tools, "read-all", G_CALLBACK (read_all_cb));
  connect (self, self->tools, "today", G_CALLBACK (today_cb));
  connect (self, self->tools, "go-to-date", G_CALLBACK (go_to_date_cb));
  connect (self, self->strip, "chosen", G_CALLBACK (chosen_cb));
  connect (self, self->strip, "sight-changed", G_CALLBACK (sight_changed_cb));
  connect (self, self->bar, "go-to", G_CALLBACK (bar_go_to_cb));
  connect (self, self->bar, "turn", G_CALLBACK (turn_cb));
  connect (self, self->bar, "enter", G_CALLBACK (enter_cb));
  connect (self, self->opened, "opened", G_CALLBACK (opened_cb));
  connect (self, self->opened, "removed", G_CALLBACK (removed_cb));
  connect (self, self->opened, "close", G_CALLBACK (close_card));
  connect (self, self->opened, "read-large", G_CALLBACK (read_large_cb));
  connect (self, self->adaptive, "notify::narrow", G_CALLBACK (narrow_cb));
}

static void
build (CpaTimelineView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->fresh = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_add_css_class (self->fresh, "cp-timeline-fresh");
  self->stack = gtk_stack_new ();
  /* What is not shown makes the window no higher: with large text there is little room on a small screen. */
  gtk_stack_set_vhomogeneous (GTK_STACK (self->stack), FALSE);
  self->cards_page = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->opened = cpa_opened_card_new (self->context);
  gtk_widget_add_css_class (self->opened, "cp-opened-place");
  self->below = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_add_css_class (self->below, "cp-strip");
  self->strip = cpa_timeline_strip_new (self->context, self->model);
  self->bar = cpa_time_bar_new (self->model);
  gtk_widget_set_vexpand (self->stack, TRUE);
  gtk_stack_add_child (GTK_STACK (self->stack), self->opened);
  gtk_stack_add_child (GTK_STACK (self->stack), self->cards_page);
  gtk_box_append (GTK_BOX (self->below), self->strip);
  gtk_box_append (GTK_BOX (box), self->fresh);
  gtk_box_append (GTK_BOX (box), self->stack);
  gtk_box_append (GTK_BOX (box), self->below);
  self->adaptive = cpa_adaptive_new (NARROW_BELOW, cpa_footed_new (box, self->bar, LEAST_CARDS));
  cpa_time_bar_follow (CPA_TIME_BAR (self->bar), CPA_ADAPTIVE (self->adaptive));
  cpa_timeline_tools_follow (CPA_TIMELINE_TOOLS (self->tools), CPA_ADAPTIVE (self->adaptive));
  cpa_content_view_set_content (CPA_CONTENT_VIEW (self->view), self->adaptive);
}

GtkWidget *
cpa_timeline_view_new (CpaContext *context)
{
  CpaTimelineView *self = g_object_new (CPA_TYPE_TIMELINE_VIEW, NULL);

  self->context = g_object_ref (context);
  self->model = cpa_timeline_model_new (cpa_context_get_api (context), cpa_context_get_patient (context)->id,
                                        cpa_context_get_zone (context));
  self->tools = g_object_ref_sink (cpa_timeline_tools_new (context));
  build (self);
  connect_all (self);
  return GTK_WIDGET (self);
}

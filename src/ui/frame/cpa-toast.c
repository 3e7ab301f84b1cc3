/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "cpa-toast.h"

#include <glib/gi18n.h>

#include "cpa-button.h"
#include "cpa-dialog.h"
#include "cpa-label.h"
#include "cpa-one-child.h"
#include "cpa-wrap.h"

#define TOASTS_KEY "cpa-toasts"
#define TEXT_KEY "cpa-text"
#define QUESTION_KEY "cpa-question"

/* Of a notice, left and right together: margins, padding and spacing of style.css, and libadwaita's margin of what is
 * in it. */
#define EDGES 72

/* Long enough to be noticed, read twice and answered by who reads slowly; libadwaita's five seconds are not. */
#define SECONDS 20

/* libadwaita 1.2 aborts when a notice that it put aside comes back too soon, and frees one that goes while it still
 * comes. So it gets one at a time, which goes when it has come; and the next comes when that one has gone. */
#define COMES_MS 700
#define GOES_MS 400

/* What is shown over an overlay, and what waits for that. */
typedef struct
{
  AdwToastOverlay *overlay; /* (borrowed): owns this */
  AdwToast *shown;          /* (owned) (nullable) */
  GtkWidget *widget;        /* (borrowed) (nullable): the shown one's */
  gboolean leaves;          /* the shown one goes when it has come */
  AdwToast *question;       /* (owned) (nullable): waits; it goes before the plain ones */
  GQueue plain;             /* of AdwToast (owned): wait, the oldest first */
  guint moves;              /* source: the shown one comes, or the one before it goes */
} Toasts;

/* How wide what is in a notice can be: beside it stands what closes it. As long as it is nowhere, as wide as it likes.
 */
static int
get_room (GtkWidget *inside)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (inside, ADW_TYPE_TOAST_OVERLAY);
  GtkWidget *part = inside;
  int width = overlay != NULL ? gtk_widget_get_width (overlay) : 0;

  if (width == 0)
    return G_MAXINT;
  while (gtk_widget_get_parent (gtk_widget_get_parent (part)) != overlay)
    part = gtk_widget_get_parent (part);
  while ((part = gtk_widget_get_next_sibling (part)) != NULL)
    {
      int beside = 0;

      if (gtk_widget_should_layout (part))
        gtk_widget_measure (part, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &beside, NULL, NULL);
      width -= beside;
    }
  return MAX (width - EDGES, 1);
}

/* libadwaita 1.2 gives a notice the height of its natural width, and then no more width than there is. */
static void
measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline,
         int *natural_baseline)
{
  int room = get_room (widget);

  *minimum_baseline = *natural_baseline = -1;
  if (orientation == GTK_ORIENTATION_VERTICAL)
    for_size = for_size < 0 ? room : MIN (for_size, room);
  gtk_widget_measure (gtk_widget_get_first_child (widget), orientation, for_size == G_MAXINT ? -1 : for_size, minimum,
                      natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *natural = MAX (*minimum, MIN (*natural, room));
}

/* A GTK before 4.14 announces nothing; there a screen reader tells of an alert that comes. */
static void
tell_when_shown (GtkWidget *title, const char *text)
{
#if !GTK_CHECK_VERSION(4, 14, 0)
  g_object_set (title, "accessible-role", GTK_ACCESSIBLE_ROLE_ALERT, NULL);
  cpa_name (title, text, NULL);
#endif
}

/* Its own words are on one line, and cut off beside its button. */
static AdwToast *
toast_new (const char *text, GtkWidget **words)
{
  AdwToast *toast = adw_toast_new ("");
  GtkWidget *label = cpa_label_new (text, NULL);
  g_autoptr (GtkWidget) title = NULL;

  *words = cpa_wrap_new ();
  gtk_widget_set_valign (*words, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (label, GTK_ALIGN_CENTER);
  cpa_wrap_append (CPA_WRAP (*words), label);
  /* A notice that is never shown would not take what floats. */
  title = g_object_ref_sink (cpa_one_child_new (*words, measure, NULL));
  tell_when_shown (title, text);
  adw_toast_set_custom_title (toast, title);
  adw_toast_set_timeout (toast, SECONDS);
  g_object_set_data_full (G_OBJECT (toast), TEXT_KEY, g_strdup (text), g_free);
  return toast;
}

AdwToast *
cpa_toast_new (const char *text)
{
  GtkWidget *words;

  return toast_new (text, &words);
}

static void
answer_cb (AdwToast *toast)
{
  G_GNUC_UNUSED g_autoptr (AdwToast) keep = g_object_ref (toast);

  g_signal_emit_by_name (toast, "button-clicked");
  cpa_toast_dismiss (toast);
}

AdwToast *
cpa_toast_new_question (const char *text, const char *answer)
{
  GtkWidget *words;
  AdwToast *toast = toast_new (text, &words);
  GtkWidget *button = cpa_button_new (answer);

  /* As libadwaita's own: it goes at once, and the focus would look for another place. */
  gtk_widget_set_focus_on_click (button, FALSE);
  cpa_wrap_append (CPA_WRAP (words), button);
  g_signal_connect_object (button, "clicked", G_CALLBACK (answer_cb), toast, G_CONNECT_SWAPPED);
  g_object_set_data (G_OBJECT (toast), QUESTION_KEY, toast);
  return toast;
}

/* What can be answered, until something newer can. */
static gboolean
is_question (AdwToast *toast)
{
  return g_object_get_data (G_OBJECT (toast), QUESTION_KEY) != NULL;
}

/* Takes it: it is neither shown nor does it wait any more. */
static void
let_go (AdwToast *toast)
{
  g_object_set_data (G_OBJECT (toast), TOASTS_KEY, NULL);
  g_object_unref (toast);
}

static void
drop_plain (Toasts *self)
{
  g_queue_clear_full (&self->plain, (GDestroyNotify) let_go);
}

static void
toasts_free (gpointer data)
{
  Toasts *self = data;

  g_clear_handle_id (&self->moves, g_source_remove);
  g_clear_pointer (&self->shown, let_go);
  g_clear_pointer (&self->question, let_go);
  drop_plain (self);
  g_free (self);
}

static Toasts *
toasts_of (AdwToastOverlay *overlay)
{
  Toasts *self = g_object_get_data (G_OBJECT (overlay), TOASTS_KEY);

  if (self == NULL)
    {
      self = g_new0 (Toasts, 1);
      self->overlay = overlay;
      g_queue_init (&self->plain);
      g_object_set_data_full (G_OBJECT (overlay), TOASTS_KEY, self, toasts_free);
    }
  return self;
}

static void show_next (Toasts *self);

static gboolean
moved_cb (gpointer user_data)
{
  Toasts *self = user_data;

  self->moves = 0;
  if (self->leaves)
    adw_toast_dismiss (self->shown);
  else if (self->shown == NULL)
    show_next (self);
  return G_SOURCE_REMOVE;
}

static void
moves_for (Toasts *self, guint milliseconds)
{
  GtkWidget *overlay = GTK_WIDGET (self->overlay);
  gboolean seen = gtk_widget_get_mapped (overlay) && adw_get_enable_animations (overlay);

  g_clear_handle_id (&self->moves, g_source_remove);
  self->moves = g_timeout_add (seen ? milliseconds : 0, moved_cb, self);
}

static void
dismissed_cb (AdwToastOverlay *overlay, AdwToast *toast)
{
  Toasts *self = toasts_of (overlay);

  if (toast != self->shown)
    return;
  g_clear_pointer (&self->shown, let_go);
  self->widget = NULL;
  self->leaves = FALSE;
  moves_for (self, GOES_MS);
}

/* The button that closes it has a picture only. */
static void
name_close (GtkWidget *widget)
{
  if (GTK_IS_BUTTON (widget) && gtk_button_get_label (GTK_BUTTON (widget)) == NULL)
    cpa_name (widget, _ ("Close"), NULL);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    name_close (child);
}

/* libadwaita 1.6 tells a screen reader the words of a notice that are its own, and these are not. */
static void
announce (Toasts *self)
{
#if GTK_CHECK_VERSION(4, 14, 0)
  G_GNUC_BEGIN_IGNORE_DEPRECATIONS
  gtk_accessible_announce (GTK_ACCESSIBLE (self->overlay), g_object_get_data (G_OBJECT (self->shown), TEXT_KEY),
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
  G_GNUC_END_IGNORE_DEPRECATIONS
#endif
}

static void
show_next (Toasts *self)
{
  GtkWidget *overlay = GTK_WIDGET (self->overlay);

  /* Its window has gone, or is about to. */
  if (gtk_widget_get_root (overlay) == NULL || gtk_widget_in_destruction (overlay))
    return;
  self->shown = self->question != NULL ? g_steal_pointer (&self->question) : g_queue_pop_head (&self->plain);
  if (self->shown == NULL)
    return;
  adw_toast_overlay_add_toast (self->overlay, g_object_ref (self->shown));
  /* After libadwaita's own, which takes it away. */
  g_signal_connect_object (self->shown, "dismissed", G_CALLBACK (dismissed_cb), overlay, G_CONNECT_SWAPPED);
  self->widget = gtk_widget_get_last_child (overlay);
  cpa_dialog_name_buttons (self->widget);
  name_close (self->widget);
  announce (self);
  moves_for (self, COMES_MS);
}

/* The shown one goes. One that still comes cannot yet, and is neither read nor answered until then. */
static void
leave (Toasts *self)
{
  self->leaves = self->moves != 0;
  if (self->leaves)
    gtk_widget_set_visible (self->widget, FALSE);
  else
    adw_toast_dismiss (self->shown);
}

/* What was read makes room for a question. What was not comes back after it, as another one: libadwaita takes each
 * once. */
static void
make_room_for_question (Toasts *self)
{
  AdwToast *again;

  if (self->shown == NULL || self->leaves)
    return;
  if (!is_question (self->shown) && self->moves != 0)
    {
      again = cpa_toast_new (g_object_get_data (G_OBJECT (self->shown), TEXT_KEY));
      g_object_set_data (G_OBJECT (again), TOASTS_KEY, self);
      g_queue_push_head (&self->plain, again);
    }
  leave (self);
}

/* Takes toast. What was told before does not keep waiting what is told now, unless it was told just before. What can
 * still be answered stays, and what waits was not read: it comes after this. */
static void
add_plain (Toasts *self, AdwToast *toast)
{
  gboolean was_read = self->shown != NULL && self->moves == 0 && !is_question (self->shown);

  if (was_read)
    {
      g_queue_push_head (&self->plain, toast);
      leave (self);
    }
  else
    g_queue_push_tail (&self->plain, toast);
}

void
cpa_toast_show (GtkWidget *widget, AdwToast *toast)
{
  GtkWidget *overlay = widget != NULL ? gtk_widget_get_ancestor (widget, ADW_TYPE_TOAST_OVERLAY) : NULL;
  g_autoptr (AdwToast) owned = toast;
  Toasts *self;

  if (overlay == NULL)
    return;
  self = toasts_of (ADW_TOAST_OVERLAY (overlay));
  g_object_set_data (G_OBJECT (toast), TOASTS_KEY, self);
  if (is_question (toast))
    {
      make_room_for_question (self);
      g_clear_pointer (&self->question, let_go);
      self->question = g_steal_pointer (&owned);
    }
  else
    add_plain (self, g_steal_pointer (&owned));
  if (self->shown == NULL && self->moves == 0)
    show_next (self);
}

void
cpa_toast_say (GtkWidget *widget, const char *text)
{
  cpa_toast_show (widget, cpa_toast_new (text));
}

void
cpa_toast_dismiss (AdwToast *toast)
{
  Toasts *self = g_object_get_data (G_OBJECT (toast), TOASTS_KEY);

  if (self == NULL)
    return;
  if (toast == self->shown)
    leave (self);
  else if (toast == self->question)
    g_clear_pointer (&self->question, let_go);
  else if (g_queue_remove (&self->plain, toast))
    let_go (toast);
}

/* A notice names people, so it does not fade over what comes next: what is not on the screen does not move. */
void
cpa_toast_dismiss_all (AdwToastOverlay *overlay)
{
  Toasts *self = toasts_of (overlay);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (overlay));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  g_autoptr (GtkWidget) kept = focus != NULL ? g_object_ref (focus) : NULL;

  g_clear_pointer (&self->question, let_go);
  drop_plain (self);
  if (self->moves == 0 && self->shown == NULL)
    return;
  gtk_widget_set_visible (GTK_WIDGET (overlay), FALSE);
  if (self->shown != NULL)
    adw_toast_dismiss (self->shown);
  g_clear_handle_id (&self->moves, g_source_remove);
  gtk_widget_set_visible (GTK_WIDGET (overlay), TRUE);
  if (kept != NULL && gtk_widget_get_root (kept) == root)
    gtk_root_set_focus (root, kept);
}

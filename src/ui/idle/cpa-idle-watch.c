/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-idle-watch.h"

#include <glib/gi18n.h>

#include "cpa-boot-clock.h"
#include "cpa-count-ring.h"
#include "cpa-dialog.h"
#include "cpa-drafts.h"
#include "cpa-fill.h"
#include "cpa-idle.h"
#include "cpa-label.h"
#include "cpa-lock-watch.h"

struct _CpaIdleWatch
{
  GObject parent_instance;

  GtkWindow *window;   /* (borrowed) (weak) */
  GListModel *windows; /* (owned) (nullable): all there are, until it stops */
  GPtrArray *inputs;   /* (owned) of GtkEventController (owned): one for each of windows, in their order */
  CpaIdle *idle;       /* (owned) */
  CpaLockWatch *lock;  /* (owned) (nullable) */
  guint timer;

  CpaIdleState asked; /* about which the last question is, or was */
  GtkWidget *dialog;  /* (borrowed) (nullable): while the question is asked */
  GtkWidget *ring;    /* (borrowed) */
  GtkWidget *words;   /* (borrowed): change every second */
  GtkWidget *speech;  /* (borrowed): what a screen reader says, now and then */
};

enum
{
  SIGNAL_KEEP_ALIVE,
  SIGNAL_ENDED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

/* The moments at which the count-down is spoken; more often would be a nuisance. */
static const int spoken[] = { 60, 30, 10 };

static const struct
{
  const char *heading, *text, *log_out, *stay;
} questions[] = {
  [CPA_IDLE_WARNING] = { N_ ("Are You Still There?"),
                         N_ ("You have not done anything for a while. That is why we will log you out."),
                         N_ ("Log Out Now"), N_ ("Stay Logged In") },
  [CPA_IDLE_LAST] = { N_ ("Log In Again Soon"),
                      N_ ("You have been logged in for a long time. For safety you must log in again. This cannot be "
                          "put off."),
                      N_ ("Log In Again Now"), N_ ("Go On Until Then") },
};

G_DEFINE_FINAL_TYPE (CpaIdleWatch, cpa_idle_watch, G_TYPE_OBJECT)

static void
close_question (CpaIdleWatch *self)
{
  GtkWidget *dialog = g_steal_pointer (&self->dialog);

  if (dialog == NULL)
    return;
  g_signal_handlers_disconnect_by_data (dialog, self);
  gtk_window_destroy (GTK_WINDOW (dialog));
}

static void
response_cb (CpaIdleWatch *self, const char *response)
{
  G_GNUC_UNUSED g_autoptr (CpaIdleWatch) keep = g_object_ref (self);
  gboolean log_out = g_strcmp0 (response, "log-out") == 0;

  self->dialog = NULL;
  if (self->asked == CPA_IDLE_LAST)
    {
      if (log_out)
        g_signal_emit (self, signals[SIGNAL_ENDED], 0, CPA_IDLE_WATCH_OVER);
      return;
    }
  self->asked = CPA_IDLE_IN_USE;
  if (log_out)
    g_signal_emit (self, signals[SIGNAL_ENDED], 0, CPA_IDLE_WATCH_CHOSEN);
  else if (cpa_idle_stay (self->idle))
    g_signal_emit (self, signals[SIGNAL_KEEP_ALIVE], 0);
  else
    g_signal_emit (self, signals[SIGNAL_ENDED], 0, CPA_IDLE_WATCH_UNUSED);
}

static char *
count_down_words (int seconds)
{
  return cpa_fill_n (
      ngettext ("You will be logged out in {n} second.", "You will be logged out in {n} seconds.", seconds), seconds,
      NULL);
}

/* (transfer full): who types now hears whether that is lost. */
static char *
question_text (CpaIdleWatch *self, CpaIdleState about)
{
  if (about == CPA_IDLE_LAST && cpa_drafts_has_form (self->window))
    return g_strdup_printf ("%s %s", _ (questions[about].text), _ ("What you typed is kept."));
  return g_strdup (_ (questions[about].text));
}

static void
ask (CpaIdleWatch *self, CpaIdleState about)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 16);
  g_autofree char *text = question_text (self, about);

  self->asked = about;
  self->dialog = adw_message_dialog_new (self->window, _ (questions[about].heading), text);
  self->ring = cpa_count_ring_new (cpa_idle_get_warning_seconds (self->idle));
  self->words = g_object_new (GTK_TYPE_LABEL, "wrap", TRUE, "justify", GTK_JUSTIFY_CENTER, NULL);
  cpa_hide_from_reader (self->words);
  self->speech = g_object_new (GTK_TYPE_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_ALERT, NULL);
  gtk_box_append (GTK_BOX (box), self->ring);
  gtk_box_append (GTK_BOX (box), self->words);
  gtk_box_append (GTK_BOX (box), self->speech);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (self->dialog), box);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (self->dialog), "log-out", _ (questions[about].log_out), "stay",
                                    _ (questions[about].stay), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (self->dialog), "stay", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (self->dialog), "stay");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (self->dialog), "stay");
  g_signal_connect_object (self->dialog, "response", G_CALLBACK (response_cb), self, G_CONNECT_SWAPPED);
  cpa_dialog_present (self->dialog);
}

/* A screen reader tells what changes at the thing that has the focus; of an alert, that it comes. */
static void
speak (CpaIdleWatch *self, const char *words)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self->dialog));

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->speech), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  if (focus != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (focus), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words, -1);
}

static void
show_left (CpaIdleWatch *self, int seconds)
{
  g_autofree char *words = count_down_words (seconds);
  gboolean speaks = *gtk_label_get_label (GTK_LABEL (self->words)) == '\0';

  cpa_count_ring_set_left (CPA_COUNT_RING (self->ring), seconds);
  gtk_label_set_label (GTK_LABEL (self->words), words);
  for (gsize i = 0; i < G_N_ELEMENTS (spoken); i++)
    if (seconds == spoken[i])
      speaks = TRUE;
  if (speaks)
    speak (self, words);
}

/* Each is asked once: who goes on until the end of the session is not asked again. */
static void
count_down (CpaIdleWatch *self, CpaIdleState state, int left)
{
  if (self->asked != state)
    {
      close_question (self);
      ask (self, state);
    }
  if (self->dialog != NULL)
    show_left (self, left);
}

static gboolean
second_cb (gpointer user_data)
{
  g_autoptr (CpaIdleWatch) self = g_object_ref (user_data);
  int left;
  CpaIdleState state = cpa_idle_check (self->idle, &left);

  switch (state)
    {
    case CPA_IDLE_ENDED:
    case CPA_IDLE_OVER:
      close_question (self);
      self->timer = 0;
      g_signal_emit (self, signals[SIGNAL_ENDED], 0,
                     state == CPA_IDLE_OVER ? CPA_IDLE_WATCH_OVER : CPA_IDLE_WATCH_UNUSED);
      return G_SOURCE_REMOVE;
    case CPA_IDLE_WARNING:
    case CPA_IDLE_LAST:
      count_down (self, state, left);
      break;
    case CPA_IDLE_IN_USE:
    default:
      break;
    }
  if (cpa_idle_take_keep_alive (self->idle))
    g_signal_emit (self, signals[SIGNAL_KEEP_ALIVE], 0);
  return G_SOURCE_CONTINUE;
}

static gboolean
is_of_portal (CpaIdleWatch *self, GtkWindow *window)
{
  while (window != NULL && window != self->window)
    window = gtk_window_get_transient_for (window);
  return window != NULL;
}

gboolean
cpa_idle_watch_is_use (GdkEventType type, guint32 time)
{
  switch (type)
    {
    case GDK_KEY_PRESS:
    case GDK_BUTTON_PRESS:
    case GDK_SCROLL:
    case GDK_TOUCH_BEGIN:
    case GDK_TOUCH_UPDATE:
      return TRUE;
    case GDK_MOTION_NOTIFY:
      return time != GDK_CURRENT_TIME;
    default:
      return FALSE;
    }
}

static gboolean
event_cb (CpaIdleWatch *self, GdkEvent *event, GtkEventController *input)
{
  if (!is_of_portal (self, GTK_WINDOW (gtk_event_controller_get_widget (input))))
    return GDK_EVENT_PROPAGATE;
  if (cpa_idle_watch_is_use (gdk_event_get_event_type (event), gdk_event_get_time (event)))
    cpa_idle_touch (self->idle);
  return GDK_EVENT_PROPAGATE;
}

static GtkEventController *
input_new (CpaIdleWatch *self)
{
  GtkEventController *input = gtk_event_controller_legacy_new ();

  gtk_event_controller_set_propagation_phase (input, GTK_PHASE_CAPTURE);
  g_signal_connect_object (input, "event", G_CALLBACK (event_cb), self, G_CONNECT_SWAPPED);
  return input;
}

static void
let_go (gpointer data)
{
  GtkEventController *input = data;
  GtkWidget *window = gtk_event_controller_get_widget (input);

  if (window != NULL)
    gtk_widget_remove_controller (window, input);
  g_object_unref (input);
}

/* A window hears nothing of what is done in those over it. Of one that just came is not known yet what it is over. */
static void
windows_changed_cb (CpaIdleWatch *self, guint position, guint removed, guint added, GListModel *windows)
{
  if (removed > 0)
    g_ptr_array_remove_range (self->inputs, position, removed);
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);
      GtkEventController *input = input_new (self);

      gtk_widget_add_controller (window, g_object_ref (input));
      g_ptr_array_insert (self->inputs, (int) i, input);
    }
}

static void
watch_windows (CpaIdleWatch *self)
{
  self->inputs = g_ptr_array_new_with_free_func (let_go);
  self->windows = g_object_ref (gtk_window_get_toplevels ());
  g_signal_connect_object (self->windows, "items-changed", G_CALLBACK (windows_changed_cb), self, G_CONNECT_SWAPPED);
  windows_changed_cb (self, 0, 0, g_list_model_get_n_items (self->windows), self->windows);
}

static void
stop_watching_windows (CpaIdleWatch *self)
{
  if (self->windows == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->windows, self);
  g_clear_object (&self->windows);
  g_clear_pointer (&self->inputs, g_ptr_array_unref);
}

void
cpa_idle_watch_set_end (CpaIdleWatch *self, gint64 seconds)
{
  cpa_idle_set_end (self->idle, seconds);
}

static void
locked_cb (CpaIdleWatch *self)
{
  g_signal_emit (self, signals[SIGNAL_ENDED], 0, CPA_IDLE_WATCH_LOCKED);
}

void
cpa_idle_watch_end_when_locked (CpaIdleWatch *self)
{
  self->lock = cpa_lock_watch_new ();
  g_signal_connect_object (self->lock, "locked", G_CALLBACK (locked_cb), self, G_CONNECT_SWAPPED);
}

GtkWidget *
cpa_idle_watch_get_question (CpaIdleWatch *self)
{
  return self->dialog;
}

void
cpa_idle_watch_stop (CpaIdleWatch *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_object (&self->lock);
  close_question (self);
  stop_watching_windows (self);
  g_clear_weak_pointer (&self->window);
}

static void
cpa_idle_watch_dispose (GObject *object)
{
  CpaIdleWatch *self = CPA_IDLE_WATCH (object);

  cpa_idle_watch_stop (self);
  g_clear_pointer (&self->idle, cpa_idle_free);
  G_OBJECT_CLASS (cpa_idle_watch_parent_class)->dispose (object);
}

static void
cpa_idle_watch_class_init (CpaIdleWatchClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpa_idle_watch_dispose;
  signals[SIGNAL_KEEP_ALIVE] =
      g_signal_new ("keep-alive", CPA_TYPE_IDLE_WATCH, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_ENDED] =
      g_signal_new ("ended", CPA_TYPE_IDLE_WATCH, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
}

static void
cpa_idle_watch_init (CpaIdleWatch *self)
{
}

CpaIdleWatch *
cpa_idle_watch_new (GtkWindow *window, gint64 idle_seconds)
{
  CpaIdleWatch *self = g_object_new (CPA_TYPE_IDLE_WATCH, NULL);

  g_set_weak_pointer (&self->window, window);
  self->idle = cpa_idle_new (idle_seconds, cpa_boot_clock);
  watch_windows (self);
  self->timer = g_timeout_add_seconds (1, second_cb, self);
  return self;
}

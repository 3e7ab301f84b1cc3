/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "cpa-dialog.h"

#include <glib/gi18n.h>

#include "cpa-label.h"
#include "cpa-one-child.h"
#include "cpa-text-scale.h"

#define MARGIN 48 /* for the bars of a desktop */
#define HEIGHT_MAX 960
#define WORDS_MARGIN 30      /* of a question, at each side of it in the window below */
#define WORDS_HEIGHT_MIN 200 /* of a question: over a window that is lower than all of it */
#define WORDS_HEIGHT_MAX 480 /* over none */

void
cpa_dialog_name_buttons (GtkWidget *widget)
{
  if (GTK_IS_BUTTON (widget) && gtk_button_get_label (GTK_BUTTON (widget)) != NULL)
    cpa_name (widget, gtk_button_get_label (GTK_BUTTON (widget)), NULL);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    cpa_dialog_name_buttons (child);
}

static GtkWidget *
find_button (GtkWidget *widget, const char *label)
{
  GtkWidget *found = NULL;

  if (!gtk_widget_get_child_visible (widget))
    return NULL;
  if (GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_button (child, label);
  return found;
}

static GtkWidget *
find_words (GtkWidget *widget)
{
  GtkWidget *found = gtk_widget_has_css_class (widget, "message-area") ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_words (child);
  return found;
}

/* libadwaita 1.2 has each button twice, and chooses when it is laid out which ones are shown: beside or below each
 * other. The focus, which the default one had, is by then at the first of those below each other. */
static void
layout_cb (GtkWidget *dialog, int width, int height, GdkSurface *surface)
{
  const char *response = adw_message_dialog_get_default_response (ADW_MESSAGE_DIALOG (dialog));
  GtkWidget *button =
      response != NULL
          ? find_button (dialog, adw_message_dialog_get_response_label (ADW_MESSAGE_DIALOG (dialog), response))
          : NULL;

  g_signal_handlers_disconnect_by_func (surface, layout_cb, dialog);
  /* Those below each other are higher, which is known only now: the words make room for them. */
  gtk_widget_queue_resize (find_words (dialog));
  if (button != NULL)
    gtk_widget_grab_focus (button);
}

static void
map_cb (GtkWidget *dialog)
{
  g_signal_connect_object (gtk_native_get_surface (GTK_NATIVE (dialog)), "layout", G_CALLBACK (layout_cb), dialog,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
}

/* As wide as the words want to be, which libadwaita 1.2 does not let them be when large answers stand below each other;
 * and as high, which a scrolled window does not know. Where there is no room for that they are low: of a question that
 * is over no window what it needs at least is shown. */
static void
measure_words (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
               int *minimum_baseline, int *natural_baseline)
{
  GtkWidget *scroller = gtk_widget_get_first_child (widget);
  GtkWidget *words = gtk_widget_get_first_child (gtk_scrolled_window_get_child (GTK_SCROLLED_WINDOW (scroller)));
  GtkWindow *below = gtk_window_get_transient_for (GTK_WINDOW (gtk_widget_get_root (widget)));

  gtk_widget_measure (words, orientation, for_size, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_VERTICAL)
    *minimum = MIN (*natural, below != NULL ? WORDS_HEIGHT_MIN : WORDS_HEIGHT_MAX);
  else if (below != NULL)
    *minimum = MAX (*minimum, MIN (*natural, gtk_widget_get_width (GTK_WIDGET (below)) - 2 * WORDS_MARGIN));
  *minimum_baseline = *natural_baseline = -1;
}

/* By keyboard one comes to the words only where there is more than is seen. */
static void
length_cb (GtkWidget *scroller, GtkAdjustment *adjustment)
{
  gtk_widget_set_focusable (scroller,
                            gtk_adjustment_get_upper (adjustment) > gtk_adjustment_get_page_size (adjustment));
}

/* libadwaita 1.2 makes a question as high as what is in it, and what is below the edge of the screen cannot be reached:
 * with large text that is the answers. */
static void
let_words_scroll (GtkWidget *dialog)
{
  g_autoptr (GtkWidget) words = g_object_ref (find_words (dialog));
  GtkWidget *box = gtk_widget_get_parent (words);
  GtkWidget *scroller = gtk_scrolled_window_new ();

  gtk_box_remove (GTK_BOX (box), words);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  /* That there is more is seen before one tries. */
  gtk_scrolled_window_set_overlay_scrolling (GTK_SCROLLED_WINDOW (scroller), FALSE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), words);
  gtk_widget_set_vexpand (scroller, TRUE);
  cpa_name (scroller, adw_message_dialog_get_heading (ADW_MESSAGE_DIALOG (dialog)), NULL);
  g_signal_connect_object (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller)), "changed",
                           G_CALLBACK (length_cb), scroller, G_CONNECT_SWAPPED);
  gtk_widget_set_focusable (scroller, FALSE);
  gtk_box_prepend (GTK_BOX (box), cpa_one_child_new (scroller, measure_words, NULL));
}

void
cpa_dialog_present (GtkWidget *dialog)
{
  let_words_scroll (dialog);
  cpa_dialog_name_buttons (dialog);
  g_signal_connect (dialog, "map", G_CALLBACK (map_cb), NULL);
  gtk_window_present (GTK_WINDOW (dialog));
}

GtkWidget *
cpa_dialog_tell (GtkWindow *window, const char *title, const char *text)
{
  GtkWidget *dialog = adw_message_dialog_new (window, title, text);

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _ ("Close"));
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "close");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "close");
  cpa_dialog_present (dialog);
  return dialog;
}

static GtkWindow *
find_over (GtkWindow *window, GtkWidget *but, GType type)
{
  g_autoptr (GList) toplevels = gtk_window_list_toplevels ();

  for (GList *item = toplevels; item != NULL; item = item->next)
    if (gtk_window_get_transient_for (item->data) == window && item->data != (gpointer) but &&
        G_TYPE_CHECK_INSTANCE_TYPE (item->data, type))
      return item->data;
  return NULL;
}

/* GTK's own dialogs belong to what asks by them: printing goes on in one of which it keeps a plain pointer, and is over
 * when that is answered, not when it is gone. */
static void
close_one (GtkWindow *over)
{
  G_GNUC_UNUSED g_autoptr (GtkWindow) keep = g_object_ref (over);

  if (!GTK_IS_DIALOG (over))
    {
      gtk_window_destroy (over);
      return;
    }
  gtk_window_set_transient_for (over, NULL);
  gtk_widget_set_visible (GTK_WIDGET (over), FALSE);
  gtk_dialog_response (GTK_DIALOG (over), GTK_RESPONSE_CANCEL);
}

/* From the top: a print dialog outlives the window below it. */
void
cpa_dialog_close_all (GtkWindow *window, GtkWidget *but)
{
  GtkWindow *over;

  while ((over = find_over (window, but, GTK_TYPE_WINDOW)) != NULL)
    {
      cpa_dialog_close_all (over, but);
      close_one (over);
    }
}

void
cpa_dialog_cancel_of_gtk (GtkWindow *window)
{
  GtkWindow *over;

  while ((over = find_over (window, NULL, GTK_TYPE_DIALOG)) != NULL)
    close_one (over);
}

/* For_size is the width, or -1. */
static int
size_of (GtkWidget *widget, GtkOrientation orientation, int for_size)
{
  int least, natural;

  /* Where the window below is narrower than this can be, it becomes wider than that. */
  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  gtk_widget_measure (widget, orientation, for_size < 0 ? -1 : MAX (for_size, least), NULL, &natural, NULL, NULL);
  return natural;
}

/* How high a window over window may be: as the screen. */
static int
height_max (GtkWindow *window)
{
  GdkSurface *surface = window != NULL ? gtk_native_get_surface (GTK_NATIVE (window)) : NULL;
  GdkMonitor *monitor =
      surface != NULL ? gdk_display_get_monitor_at_surface (gdk_surface_get_display (surface), surface) : NULL;
  GdkRectangle place;

  if (monitor == NULL)
    return HEIGHT_MAX;
  gdk_monitor_get_geometry (monitor, &place);
  return MIN (HEIGHT_MAX, place.height - MARGIN);
}

/* A scrolled window by itself counts each label as one line, so what is in it is measured apart. Around all there may
 * be an edge, where the desktop draws no shadow. */
void
cpa_dialog_fit (AdwWindow *window, int width, GtkScrolledWindow *scroller)
{
  GtkWindow *below = gtk_window_get_transient_for (GTK_WINDOW (window));
  GtkWidget *content = gtk_widget_get_first_child (gtk_scrolled_window_get_child (scroller));
  int edge, inside, around, height;

  width = (int) (width * cpa_text_scale (GTK_WIDGET (window)));
  if (below != NULL && gtk_widget_get_width (GTK_WIDGET (below)) > 0)
    width = MIN (width, gtk_widget_get_width (GTK_WIDGET (below)));
  edge = size_of (GTK_WIDGET (window), GTK_ORIENTATION_HORIZONTAL, -1) -
         size_of (adw_window_get_content (window), GTK_ORIENTATION_HORIZONTAL, -1);
  inside = width - edge;
  around = size_of (GTK_WIDGET (window), GTK_ORIENTATION_VERTICAL, width) -
           size_of (GTK_WIDGET (scroller), GTK_ORIENTATION_VERTICAL, inside);
  height = around + size_of (content, GTK_ORIENTATION_VERTICAL, inside);
  gtk_window_set_default_size (GTK_WINDOW (window), width, MIN (height, height_max (below)));
}

GtkWidget *
cpa_dialog_question_new (GtkWindow *window, const char *heading, const char *text, const char *response,
                         const char *label)
{
  GtkWidget *dialog = adw_message_dialog_new (window, heading, text);

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("Cancel"), response, label, NULL);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  return dialog;
}

GtkWidget *
cpa_dialog_ask_leave (GtkWindow *window)
{
  GtkWidget *dialog =
      adw_message_dialog_new (window, _ ("Close Without Saving?"), _ ("What you filled in here will be lost."));

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "stay", _ ("Go On Editing"), "leave",
                                    _ ("Do Not Save"), NULL);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "stay");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "stay");
  cpa_dialog_present (dialog);
  return dialog;
}

gboolean
cpa_dialog_leaves (GtkWindow *dialog, const char *response)
{
  if (g_strcmp0 (response, "leave") != 0)
    return FALSE;
  /* The question outlives the window below it by a moment. */
  gtk_window_set_transient_for (dialog, NULL);
  return TRUE;
}

/* With a text of nothing: where there is none, the desktop of GNOME gives back the last text that it kept. */
static void
empty_clipboards (GtkWindow *window)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (window)), "");
  gdk_clipboard_set_text (gtk_widget_get_primary_clipboard (GTK_WIDGET (window)), "");
}

static void
active_cb (GtkWindow *window)
{
  if (!gtk_window_is_active (window))
    return;
  g_signal_handlers_disconnect_by_func (window, active_cb, NULL);
  empty_clipboards (window);
}

void
cpa_dialog_empty_clipboards (GtkWindow *window)
{
  empty_clipboards (window);
  g_signal_handlers_disconnect_by_func (window, active_cb, NULL);
  /* Under Wayland only a program with the focus is listened to. */
  if (!gtk_window_is_active (window))
    g_signal_connect (window, "notify::is-active", G_CALLBACK (active_cb), NULL);
}

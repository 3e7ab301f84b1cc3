/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "cpa-toast.h"

#include <glib/gi18n.h>

#include "cpa-dialog.h"
#include "cpa-label.h"

#define TOASTS_KEY "cpa-toasts"
#define CAME_KEY "cpa-came"

/* Long enough to be noticed, read twice and answered by who reads slowly; libadwaita's five seconds are not. */
#define SECONDS 20

/* A notice that comes does not go yet: libadwaita 1.2 would free it while it moves. */
#define COMES_MS 1000

AdwToast *
cpa_toast_new (const char *text)
{
  g_autofree char *markup = g_markup_escape_text (text, -1);
  AdwToast *toast = adw_toast_new (markup);

  adw_toast_set_timeout (toast, SECONDS);
  return toast;
}

/* What lies over an overlay and is not dismissed yet. */
static GPtrArray *
toasts_of (AdwToastOverlay *overlay)
{
  GPtrArray *toasts = g_object_get_data (G_OBJECT (overlay), TOASTS_KEY);

  if (toasts == NULL)
    {
      toasts = g_ptr_array_new_with_free_func (g_object_unref);
      g_object_set_data_full (G_OBJECT (overlay), TOASTS_KEY, toasts, (GDestroyNotify) g_ptr_array_unref);
    }
  return toasts;
}

static guint
now_ms (void)
{
  return (guint) (g_get_monotonic_time () / 1000);
}

static void
comes_now (AdwToast *toast)
{
  g_object_set_data (G_OBJECT (toast), CAME_KEY, GUINT_TO_POINTER (now_ms ()));
}

static gboolean
comes_still (AdwToast *toast)
{
  return now_ms () - GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (toast), CAME_KEY)) <= COMES_MS;
}

/* When one goes, one of those that waited comes; which, is not told. */
static void
dismissed_cb (AdwToastOverlay *overlay, AdwToast *toast)
{
  GPtrArray *toasts = toasts_of (overlay);

  g_ptr_array_remove (toasts, toast);
  for (guint i = 0; i < toasts->len; i++)
    comes_now (toasts->pdata[i]);
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

/* What was told before does not keep waiting what is told now. What can still be answered stays. */
static void
make_room (AdwToastOverlay *overlay)
{
  GPtrArray *toasts = toasts_of (overlay);
  g_autoptr (GPtrArray) old = g_ptr_array_new_with_free_func (g_object_unref);

  /* Chosen before the first goes, which makes the others look new; the newest first, so that none of them comes. */
  for (guint i = toasts->len; i > 0; i--)
    if (adw_toast_get_button_label (toasts->pdata[i - 1]) == NULL && !comes_still (toasts->pdata[i - 1]))
      g_ptr_array_add (old, g_object_ref (toasts->pdata[i - 1]));
  for (guint i = 0; i < old->len; i++)
    adw_toast_dismiss (old->pdata[i]);
}

void
cpa_toast_show (GtkWidget *widget, AdwToast *toast)
{
  GtkWidget *overlay = widget != NULL ? gtk_widget_get_ancestor (widget, ADW_TYPE_TOAST_OVERLAY) : NULL;
  G_GNUC_UNUSED g_autoptr (AdwToast) owned = toast;
  GtkWidget *shown;

  if (overlay == NULL)
    return;
  /* What can be answered does not wait behind what only tells. */
  if (adw_toast_get_button_label (toast) != NULL)
    adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  make_room (ADW_TOAST_OVERLAY (overlay));
  comes_now (toast);
  g_ptr_array_add (toasts_of (ADW_TOAST_OVERLAY (overlay)), g_object_ref (toast));
  g_signal_connect_object (toast, "dismissed", G_CALLBACK (dismissed_cb), overlay, G_CONNECT_SWAPPED);
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), g_object_ref (toast));
  shown = gtk_widget_get_last_child (overlay);
  if (shown == adw_toast_overlay_get_child (ADW_TOAST_OVERLAY (overlay)))
    return;
  cpa_dialog_name_buttons (shown);
  name_close (shown);
}

void
cpa_toast_say (GtkWidget *widget, const char *text)
{
  cpa_toast_show (widget, cpa_toast_new (text));
}

/* A notice names people, so it does not fade over what comes next: what is not on the screen does not move. That also
 * keeps libadwaita 1.2 from freeing a notice that still comes while it goes. */
void
cpa_toast_dismiss_all (AdwToastOverlay *overlay)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (overlay));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  g_autoptr (GtkWidget) kept = focus != NULL ? g_object_ref (focus) : NULL;
  gsize n;
  gpointer *toasts = g_ptr_array_steal (toasts_of (overlay), &n);

  if (n > 0)
    gtk_widget_set_visible (GTK_WIDGET (overlay), FALSE);
  /* The newest first: none that waits begins to come. */
  for (gsize i = n; i > 0; i--)
    {
      adw_toast_dismiss (toasts[i - 1]);
      g_object_unref (toasts[i - 1]);
    }
  g_free (toasts);
  if (n == 0)
    return;
  gtk_widget_set_visible (GTK_WIDGET (overlay), TRUE);
  if (kept != NULL && gtk_widget_get_root (kept) == root)
    gtk_root_set_focus (root, kept);
}

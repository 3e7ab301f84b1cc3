/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-focus.h"

#define HAD_FOCUS "cpa-focus-had"

static GQuark
func_quark (void)
{
  return g_quark_from_static_string ("cpa-focus-func");
}

void
cpa_focus_install (GtkWidgetClass *widget_class, CpaFocusFunc func)
{
  g_type_set_qdata (G_TYPE_FROM_CLASS (widget_class), func_quark (), (gpointer) func);
}

static gboolean
has_focus_inside (GtkWidget *page)
{
  GtkRoot *root = gtk_widget_get_root (page);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && gtk_widget_is_ancestor (focus, page);
}

/* A button that is below the edge takes the page along, and with it what is to be read before it is pressed. */
static void
go_to_top (GtkWidget *page)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (page));
  GtkWidget *scroller = gtk_widget_get_ancestor (focus, GTK_TYPE_SCROLLED_WINDOW);

  if (scroller != NULL && gtk_widget_is_ancestor (scroller, page))
    gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller)), 0);
}

void
cpa_focus_any (GtkWidget *page)
{
  if (has_focus_inside (page)) /* asked again, it would go on to the second */
    return;
  gtk_widget_child_focus (page, GTK_DIR_TAB_FORWARD);
  if (has_focus_inside (page))
    go_to_top (page);
}

void
cpa_focus_first (GtkWidget *page)
{
  CpaFocusFunc func = (CpaFocusFunc) g_type_get_qdata (G_OBJECT_TYPE (page), func_quark ());

  if (func != NULL)
    func (page);
  else
    cpa_focus_any (page);
}

/* A menu that is closed keeps the focus for a moment. */
static gboolean
is_in_menu (GtkWidget *widget)
{
  return gtk_widget_get_mapped (widget) && gtk_widget_get_ancestor (widget, GTK_TYPE_POPOVER) != NULL;
}

/* What is first is told by where things are, so they must have their places: that is in the frame after this one. */
static gboolean
frame_cb (GtkWidget *page, GdkFrameClock *clock, gpointer user_data)
{
  gboolean *placed = user_data;
  GtkRoot *root = gtk_widget_get_root (page);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (!*placed)
    {
      *placed = TRUE;
      return G_SOURCE_CONTINUE;
    }
  if (!has_focus_inside (page) && (focus == NULL || !is_in_menu (focus)))
    cpa_focus_first (page);
  return G_SOURCE_REMOVE;
}

void
cpa_focus_late (GtkWidget *page)
{
  gtk_widget_add_tick_callback (page, frame_cb, g_new0 (gboolean, 1), g_free);
}

void
cpa_focus_set_ways (GtkWidget *back, gboolean can_go_back, GtkWidget *on, gboolean can_go_on)
{
  gboolean at_back = gtk_widget_has_focus (back), at_on = gtk_widget_has_focus (on);

  gtk_widget_set_sensitive (back, can_go_back);
  gtk_widget_set_sensitive (on, can_go_on);
  if (at_on && !can_go_on)
    gtk_widget_grab_focus (back);
  else if (at_back && !can_go_back)
    gtk_widget_grab_focus (on);
}

static GtkWidget *
focus_of (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);

  return root != NULL ? gtk_root_get_focus (root) : NULL;
}

/* GTK takes the focus from what is insensitive, and does not give it back. */
void
cpa_focus_set_busy (GtkWidget *widget, gboolean busy, GtkWidget *next)
{
  GtkWidget *focus = focus_of (widget);
  gboolean inside = focus != NULL && (focus == widget || gtk_widget_is_ancestor (focus, widget));

  if (busy)
    {
      if (inside)
        g_object_set_data (G_OBJECT (widget), HAD_FOCUS, GINT_TO_POINTER (TRUE));
      gtk_widget_set_sensitive (widget, FALSE);
      return;
    }
  gtk_widget_set_sensitive (widget, TRUE);
  if (g_object_steal_data (G_OBJECT (widget), HAD_FOCUS) == NULL)
    return;
  if (focus != NULL && !inside && gtk_widget_get_mapped (focus) && gtk_widget_is_sensitive (focus))
    return;
  if (gtk_widget_get_visible (widget))
    gtk_widget_grab_focus (widget);
  else if (next != NULL)
    gtk_widget_grab_focus (next);
}

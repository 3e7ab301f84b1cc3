/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-row-focus.h"

#define WHICH "row-focus"
#define OF_ONE "row-focus-of-one"

void
cpa_row_focus_name (GtkWidget *button, const char *text, const char *id)
{
  char *which = id != NULL ? g_strconcat (text, " ", id, NULL) : g_strdup (text);

  g_object_set_data_full (G_OBJECT (button), WHICH, which, g_free);
  g_object_set_data (G_OBJECT (button), OF_ONE, GINT_TO_POINTER (id != NULL));
}

/* Those in widget, in their order. */
static void
collect (GtkWidget *widget, GPtrArray *buttons)
{
  if (g_object_get_data (G_OBJECT (widget), WHICH) != NULL)
    g_ptr_array_add (buttons, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect (child, buttons);
}

void
cpa_row_focus_keep (CpaRowFocus *self, GtkWidget *rows)
{
  GtkRoot *root = gtk_widget_get_root (rows);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  g_autoptr (GPtrArray) buttons = g_ptr_array_new ();
  guint n;

  cpa_row_focus_clear (self);
  collect (rows, buttons);
  if (focus == NULL || !g_ptr_array_find (buttons, focus, &n))
    return;
  self->which = g_strdup (g_object_get_data (G_OBJECT (focus), WHICH));
  self->place = 0;
  for (guint i = 0; i < n; i++)
    if (g_object_get_data (buttons->pdata[i], OF_ONE) == NULL)
      self->place++;
}

/* (nullable): where a thing is gone, not the same button of the next one, which a second press would be about. */
static GtkWidget *
find (const CpaRowFocus *self, GPtrArray *buttons)
{
  guint place = self->place;

  for (guint i = 0; i < buttons->len; i++)
    if (g_str_equal (self->which, g_object_get_data (buttons->pdata[i], WHICH)))
      return buttons->pdata[i];
  for (guint i = 0; i < buttons->len; i++)
    if (g_object_get_data (buttons->pdata[i], OF_ONE) == NULL && place-- == 0)
      return buttons->pdata[i];
  return NULL;
}

void
cpa_row_focus_give_back (CpaRowFocus *self, GtkWidget *rows)
{
  g_autoptr (GPtrArray) buttons = g_ptr_array_new ();
  GtkWidget *button;

  if (self->which == NULL)
    return;
  collect (rows, buttons);
  button = find (self, buttons);
  if (button != NULL)
    gtk_widget_grab_focus (button);
  cpa_row_focus_clear (self);
}

void
cpa_row_focus_clear (CpaRowFocus *self)
{
  g_clear_pointer (&self->which, g_free);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-done-list.h"

#include <glib/gi18n.h>

#include "cpa-fill.h"

#define MOST_LINES 2

typedef struct
{
  char *text; /* (owned) */
  void (*undo) (gpointer data);
  gpointer data; /* (owned) */
  GDestroyNotify destroy;
} Done;

struct _CpaDoneList
{
  GPtrArray *done; /* (owned) of Done, the oldest first */
};

static void
done_free (gpointer data)
{
  Done *done = data;

  done->destroy (done->data);
  g_free (done->text);
  g_free (done);
}

static GPtrArray *
array_new (void)
{
  return g_ptr_array_new_with_free_func (done_free);
}

CpaDoneList *
cpa_done_list_new (void)
{
  CpaDoneList *self = g_new (CpaDoneList, 1);

  self->done = array_new ();
  return self;
}

void
cpa_done_list_free (CpaDoneList *self)
{
  g_ptr_array_unref (self->done);
  g_free (self);
}

void
cpa_done_list_add (CpaDoneList *self, const char *text, void (*undo) (gpointer data), gpointer data,
                   GDestroyNotify destroy)
{
  Done *done = g_new (Done, 1);

  *done = (Done){ g_strdup (text), undo, data, destroy };
  g_ptr_array_add (self->done, done);
}

guint
cpa_done_list_get_length (CpaDoneList *self)
{
  return self->done->len;
}

char *
cpa_done_list_get_text (CpaDoneList *self)
{
  guint n = self->done->len, more = n > MOST_LINES ? n - MOST_LINES : 0;
  GString *text = g_string_new (NULL);

  for (guint i = more; i < n; i++)
    g_string_append_printf (text, "%s%s", i > more ? "\n" : "", ((const Done *) self->done->pdata[i])->text);
  if (more > 0)
    {
      g_autofree char *others =
          cpa_fill_n (ngettext ("And {n} change before that.", "And {n} changes before that.", more), (int) more, NULL);

      g_string_append_printf (text, "\n%s", others);
    }
  return g_string_free (text, FALSE);
}

void
cpa_done_list_clear (CpaDoneList *self)
{
  G_GNUC_UNUSED g_autoptr (GPtrArray) done = self->done;

  self->done = array_new ();
}

void
cpa_done_list_undo (CpaDoneList *self)
{
  g_autoptr (GPtrArray) done = self->done;

  self->done = array_new ();
  for (guint i = done->len; i > 0; i--)
    {
      const Done *last = g_ptr_array_index (done, i - 1);

      last->undo (last->data);
    }
}

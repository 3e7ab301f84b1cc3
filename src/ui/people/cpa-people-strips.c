/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-people-strips.h"

#include <glib/gi18n.h>

#include "cpa-button.h"
#include "cpa-fill.h"
#include "cpa-label.h"
#include "cpa-wrap.h"

#define GAP 8

struct _CpaPeopleStrips
{
  GtkWidget parent_instance;

  CpaMemberModel *model; /* (owned) (nullable) */
  GtkWidget *box;        /* (owned) */
  GPtrArray *shown;      /* (owned) of char *: what the strips are about, "id state" */
  guint timer;
};

G_DEFINE_FINAL_TYPE (CpaPeopleStrips, cpa_people_strips, GTK_TYPE_WIDGET)

static char *
text_of (CpaMember *row)
{
  const CpMember *member = cpa_member_get (row);
  int n = cpa_member_get_seconds_left (row);
  g_autofree char *when = NULL;

  if (n == 0)
    return cpa_fill (_ ("The e-mail to {email} did not arrive. The rights are kept. Check the address and send the "
                        "invitation again."),
                     "email", member->email != NULL ? member->email : member->name, NULL);
  when = cpa_fill_n (ngettext ("The invitation goes out in {n} second.", "The invitation goes out in {n} seconds.", n),
                     n, NULL);
  return g_strdup_printf ("%s: %s", member->name, when);
}

static GtkWidget *
button_new (const char *label, const char *action, const CpMember *member)
{
  GtkWidget *button = cpa_button_new (label);
  g_autofree char *name = cpa_fill (_ ("{action}: {name}"), "action", label, "name", member->name, NULL);

  gtk_widget_add_css_class (button, "cp-outline");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", member->id);
  cpa_name (button, name, NULL);
  return button;
}

static GtkWidget *
strip_new (CpaMember *row)
{
  const CpMember *member = cpa_member_get (row);
  gboolean waits = cpa_member_get_seconds_left (row) > 0;
  GtkWidget *strip = g_object_new (CPA_TYPE_WRAP, "spread", TRUE, NULL);
  GtkWidget *buttons = cpa_wrap_new ();
  g_autofree char *text = text_of (row);
  GtkWidget *words = cpa_label_new (text, NULL);

  gtk_widget_add_css_class (strip, waits ? "cp-soft" : "cp-error-box");
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  cpa_wrap_append (CPA_WRAP (strip), words);
  if (waits)
    {
      cpa_wrap_append (CPA_WRAP (buttons), button_new (_ ("Send Now"), "people.send", member));
      cpa_wrap_append (CPA_WRAP (buttons), button_new (_ ("Undo"), "people.undo-waiting", member));
    }
  else
    {
      if (g_strv_contains ((const char *const *) member->allowed, "email"))
        cpa_wrap_append (CPA_WRAP (buttons), button_new (_ ("Change E-mail Address…"), "people.email", member));
      cpa_wrap_append (CPA_WRAP (buttons), button_new (_ ("Send Invitation Again"), "people.send", member));
    }
  cpa_wrap_append (CPA_WRAP (strip), buttons);
  return strip;
}

/* Where no invitation goes out any more there is nothing to do about one. */
static gboolean
needs_a_strip (CpaMember *row)
{
  const CpMember *member = cpa_member_get (row);
  const char *mends = cpa_member_get_seconds_left (row) > 0    ? "send"
                      : member->state == CP_MEMBER_UNDELIVERED ? "resend"
                                                               : NULL;

  return mends != NULL && g_strv_contains ((const char *const *) member->allowed, mends);
}

static GPtrArray *
find_members (CpaPeopleStrips *self)
{
  GPtrArray *found = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; self->model != NULL && i < g_list_model_get_n_items (G_LIST_MODEL (self->model)); i++)
    {
      g_autoptr (CpaMember) member = g_list_model_get_item (G_LIST_MODEL (self->model), i);

      if (needs_a_strip (member))
        g_ptr_array_add (found, g_steal_pointer (&member));
    }
  return found;
}

static gboolean
is_shown_already (CpaPeopleStrips *self, GPtrArray *members)
{
  if (members->len != self->shown->len)
    return FALSE;
  for (guint i = 0; i < members->len; i++)
    {
      const CpMember *record = cpa_member_get (g_ptr_array_index (members, i));
      g_autofree char *key = g_strdup_printf ("%s %d", record->id, record->state);

      if (!g_str_equal (key, g_ptr_array_index (self->shown, i)))
        return FALSE;
    }
  return TRUE;
}

static void
build (CpaPeopleStrips *self, GPtrArray *members)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->box)) != NULL)
    gtk_box_remove (GTK_BOX (self->box), child);
  g_ptr_array_set_size (self->shown, 0);
  for (guint i = 0; i < members->len; i++)
    {
      CpaMember *member = g_ptr_array_index (members, i);
      const CpMember *record = cpa_member_get (member);

      g_ptr_array_add (self->shown, g_strdup_printf ("%s %d", record->id, record->state));
      gtk_box_append (GTK_BOX (self->box), strip_new (member));
    }
  gtk_widget_set_visible (GTK_WIDGET (self), members->len > 0);
}

/* Only the words change each second: whoever is on a button stays there. */
static void
update (CpaPeopleStrips *self)
{
  g_autoptr (GPtrArray) members = find_members (self);
  GtkWidget *strip;

  if (!is_shown_already (self, members))
    build (self, members);
  strip = gtk_widget_get_first_child (self->box);
  for (guint i = 0; i < members->len; i++, strip = gtk_widget_get_next_sibling (strip))
    {
      g_autofree char *text = text_of (g_ptr_array_index (members, i));
      gtk_label_set_text (GTK_LABEL (gtk_widget_get_first_child (strip)), text);
    }
}

/* When the time is over the server sends it; how it went comes with the list. */
static gboolean
second_cb (gpointer user_data)
{
  CpaPeopleStrips *self = user_data;
  guint before = self->shown->len;

  update (self);
  if (self->shown->len < before)
    cpa_member_model_load (self->model, TRUE);
  return G_SOURCE_CONTINUE;
}

static void
cpa_people_strips_dispose (GObject *object)
{
  CpaPeopleStrips *self = CPA_PEOPLE_STRIPS (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->model);
  G_OBJECT_CLASS (cpa_people_strips_parent_class)->dispose (object);
}

static void
cpa_people_strips_finalize (GObject *object)
{
  g_ptr_array_unref (CPA_PEOPLE_STRIPS (object)->shown);
  G_OBJECT_CLASS (cpa_people_strips_parent_class)->finalize (object);
}

static void
cpa_people_strips_class_init (CpaPeopleStripsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpa_people_strips_dispose;
  G_OBJECT_CLASS (klass)->finalize = cpa_people_strips_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
cpa_people_strips_init (CpaPeopleStrips *self)
{
  self->shown = g_ptr_array_new_with_free_func (g_free);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, GAP);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  self->timer = g_timeout_add_seconds (1, second_cb, self);
}

void
cpa_people_strips_set_model (CpaPeopleStrips *self, CpaMemberModel *model)
{
  g_set_object (&self->model, model);
  g_signal_connect_object (model, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

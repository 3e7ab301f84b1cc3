/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-people-strips.h"

#include <glib/gi18n.h>

#include "cpa-button.h"
#include "cpa-fill.h"
#include "cpa-label.h"
#include "cpa-steady.h"
#include "cpa-wrap.h"

#define GAP 8
/* What a strip is about; an empty place is about nothing. */
#define ABOUT "strip-about"
#define MEMBER "strip-member"

struct _CpaPeopleStrips
{
  GtkWidget parent_instance;

  CpaMemberModel *model; /* (owned) (nullable) */
  GtkWidget *box;        /* (owned) */
  guint n;               /* strips */
  guint timer;
};

enum
{
  SIGNAL_LEAVES,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

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

/* (transfer full): the same for as long as its buttons are. */
static char *
about (CpaMember *row)
{
  return g_strdup_printf ("%s %d", cpa_member_get (row)->id, cpa_member_get_seconds_left (row) > 0);
}

static GtkWidget *
find_strip (CpaPeopleStrips *self, const char *what)
{
  GtkWidget *strip = gtk_widget_get_first_child (self->box);

  while (strip != NULL && g_strcmp0 (g_object_get_data (G_OBJECT (strip), ABOUT), what) != 0)
    strip = gtk_widget_get_next_sibling (strip);
  return strip;
}

/* In an empty place where there is one: what stands around it stays where it is. */
static GtkWidget *
add_strip (CpaPeopleStrips *self, CpaMember *member, char *what)
{
  GtkWidget *strip = strip_new (member);
  GtkWidget *blank = find_strip (self, NULL);

  g_object_set_data_full (G_OBJECT (strip), ABOUT, what, g_free);
  g_object_set_data_full (G_OBJECT (strip), MEMBER, g_strdup (cpa_member_get (member)->id), g_free);
  if (blank != NULL)
    gtk_box_insert_child_after (GTK_BOX (self->box), strip, blank);
  else
    gtk_box_append (GTK_BOX (self->box), strip);
  if (blank != NULL)
    gtk_box_remove (GTK_BOX (self->box), blank);
  return strip;
}

/* The focus goes before it: GTK would give it to a button of another strip, and the next press would be about somebody
 * else. The place stays empty, or another strip would come under the pointer. */
static void
remove_strip (CpaPeopleStrips *self, GtkWidget *strip)
{
  GtkRoot *root = gtk_widget_get_root (strip);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus != NULL && gtk_widget_is_ancestor (focus, strip))
    g_signal_emit (self, signals[SIGNAL_LEAVES], 0, g_object_get_data (G_OBJECT (strip), MEMBER));
  gtk_box_insert_child_after (GTK_BOX (self->box), cpa_steady_blank_new (strip), strip);
  gtk_box_remove (GTK_BOX (self->box), strip);
}

static void
remove_others (CpaPeopleStrips *self, GPtrArray *members)
{
  g_autoptr (GHashTable) wanted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GtkWidget *next;

  for (guint i = 0; i < members->len; i++)
    g_hash_table_add (wanted, about (g_ptr_array_index (members, i)));
  for (GtkWidget *strip = gtk_widget_get_first_child (self->box); strip != NULL; strip = next)
    {
      const char *what = g_object_get_data (G_OBJECT (strip), ABOUT);

      next = gtk_widget_get_next_sibling (strip);
      if (what != NULL && !g_hash_table_contains (wanted, what))
        remove_strip (self, strip);
    }
}

/* Only the words change each second, and a strip that comes or goes leaves the others alone: whoever is on a button
 * stays there. */
static void
update (CpaPeopleStrips *self)
{
  g_autoptr (GPtrArray) members = find_members (self);

  remove_others (self, members);
  for (guint i = 0; i < members->len; i++)
    {
      CpaMember *member = g_ptr_array_index (members, i);
      g_autofree char *what = about (member);
      g_autofree char *text = text_of (member);
      GtkWidget *strip = find_strip (self, what);

      if (strip == NULL)
        strip = add_strip (self, member, g_steal_pointer (&what));
      gtk_label_set_text (GTK_LABEL (gtk_widget_get_first_child (strip)), text);
    }
  self->n = members->len;
  gtk_widget_set_visible (GTK_WIDGET (self), gtk_widget_get_first_child (self->box) != NULL);
  cpa_steady_keep (GTK_WIDGET (self));
}

/* When the time is over the server sends it; how it went comes with the list. */
static gboolean
second_cb (gpointer user_data)
{
  CpaPeopleStrips *self = user_data;
  guint before = self->n;

  update (self);
  if (self->n < before)
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
cpa_people_strips_class_init (CpaPeopleStripsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpa_people_strips_dispose;
  signals[SIGNAL_LEAVES] = g_signal_new ("leaves", CPA_TYPE_PEOPLE_STRIPS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
cpa_people_strips_init (CpaPeopleStrips *self)
{
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

void
cpa_people_strips_close_up (CpaPeopleStrips *self)
{
  GtkWidget *blank;

  while ((blank = find_strip (self, NULL)) != NULL)
    gtk_box_remove (GTK_BOX (self->box), blank);
  gtk_widget_set_visible (GTK_WIDGET (self), self->n > 0);
  cpa_steady_keep (GTK_WIDGET (self));
}

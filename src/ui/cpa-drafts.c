/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-drafts.h"

#include <glib/gi18n.h>

#include "cpa-choices.h"
#include "cpa-field.h"
#include "cpa-fill.h"

#define FORM "cpa-draft"    /* of a form: its Draft, while it is open */
#define DRAFTS "cpa-drafts" /* of the portal's window */

typedef struct
{
  char *name;        /* (owned) */
  GtkWidget *widget; /* (borrowed) (nullable): while the form is open */
  char *began;       /* (owned) (nullable): what stood in it by itself */
  char *typed;       /* (owned) (nullable): once the form has gone */
} Field;

typedef struct
{
  char *key;         /* (owned) */
  char *title;       /* (owned) (nullable): once the form has gone */
  GPtrArray *fields; /* Field */
} Draft;

typedef struct
{
  char *owner;     /* (owned) (nullable) */
  GPtrArray *kept; /* Draft, the oldest first */
} Drafts;

static void
field_free (gpointer data)
{
  Field *field = data;

  g_free (field->name);
  g_free (field->began);
  g_free (field->typed);
  g_free (field);
}

static void
draft_free (gpointer data)
{
  Draft *draft = data;

  g_free (draft->key);
  g_free (draft->title);
  g_ptr_array_unref (draft->fields);
  g_free (draft);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Draft, draft_free)

static void
drafts_free (gpointer data)
{
  Drafts *drafts = data;

  g_free (drafts->owner);
  g_ptr_array_unref (drafts->kept);
  g_free (drafts);
}

static Drafts *
drafts_of (GtkWindow *window)
{
  return window != NULL ? g_object_get_data (G_OBJECT (window), DRAFTS) : NULL;
}

/* What can be kept. A field of a password or a code is none of these. */

static char *
get_text (GtkWidget *widget)
{
  return cpa_field_get_text (CPA_FIELD (widget));
}

static void
set_text (GtkWidget *widget, const char *text)
{
  cpa_field_set_text (CPA_FIELD (widget), text);
}

static char *
get_choice (GtkWidget *widget)
{
  return g_strdup (cpa_choices_get (CPA_CHOICES (widget)));
}

static void
set_choice (GtkWidget *widget, const char *text)
{
  cpa_choices_set (CPA_CHOICES (widget), text);
}

static char *
get_check (GtkWidget *widget)
{
  return g_strdup (gtk_check_button_get_active (GTK_CHECK_BUTTON (widget)) ? "on" : "off");
}

static void
set_check (GtkWidget *widget, const char *text)
{
  gtk_check_button_set_active (GTK_CHECK_BUTTON (widget), g_strcmp0 (text, "on") == 0);
}

typedef struct
{
  GType (*type) (void);
  char *(*get) (GtkWidget *widget);
  void (*set) (GtkWidget *widget, const char *text);
} Kind;

static const Kind kinds[] = {
  { cpa_field_get_type, get_text, set_text },
  { cpa_choices_get_type, get_choice, set_choice },
  { gtk_check_button_get_type, get_check, set_check },
};

static const Kind *
kind_of (GtkWidget *widget)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (G_TYPE_CHECK_INSTANCE_TYPE (widget, kinds[i].type ()))
      return &kinds[i];
  g_assert_not_reached ();
}

/* The form */

void
cpa_drafts_declare (GtkWindow *form, const char *what, ...)
{
  g_autoptr (GString) key = g_string_new (what);
  Draft *draft = g_new0 (Draft, 1);
  const char *id;
  va_list ids;

  va_start (ids, what);
  while ((id = va_arg (ids, const char *)) != NULL)
    g_string_append_printf (key, "\n%s", id);
  va_end (ids);
  draft->key = g_strdup (key->str);
  draft->fields = g_ptr_array_new_with_free_func (field_free);
  g_object_set_data_full (G_OBJECT (form), FORM, draft, draft_free);
}

void
cpa_drafts_add (GtkWindow *form, const char *name, GtkWidget *widget)
{
  Draft *draft = g_object_get_data (G_OBJECT (form), FORM);
  Field *field = g_new0 (Field, 1);

  g_assert (draft != NULL && kind_of (widget) != NULL);
  field->name = g_strdup (name);
  field->widget = widget;
  g_ptr_array_add (draft->fields, field);
}

void
cpa_drafts_undeclare (GtkWindow *form)
{
  g_object_set_data (G_OBJECT (form), FORM, NULL);
}

/* (transfer full) (nullable) */
static Draft *
take_kept (Drafts *drafts, const char *key)
{
  for (guint i = 0; drafts != NULL && i < drafts->kept->len; i++)
    if (g_str_equal (((Draft *) g_ptr_array_index (drafts->kept, i))->key, key))
      return g_ptr_array_steal_index (drafts->kept, i);
  return NULL;
}

static const Field *
find_field (const Draft *draft, const char *name)
{
  for (guint i = 0; i < draft->fields->len; i++)
    {
      const Field *field = g_ptr_array_index (draft->fields, i);

      if (g_str_equal (field->name, name))
        return field;
    }
  return NULL;
}

static void
take_began (Draft *draft)
{
  for (guint i = 0; i < draft->fields->len; i++)
    {
      Field *field = g_ptr_array_index (draft->fields, i);

      g_free (field->began);
      field->began = kind_of (field->widget)->get (field->widget);
    }
}

const char *
cpa_drafts_fill (GtkWindow *form)
{
  Draft *draft = g_object_get_data (G_OBJECT (form), FORM);
  g_autoptr (Draft) kept = NULL;
  gboolean same = TRUE;

  if (draft == NULL)
    return NULL;
  take_began (draft);
  kept = take_kept (drafts_of (gtk_window_get_transient_for (form)), draft->key);
  for (guint i = 0; kept != NULL && i < draft->fields->len; i++)
    {
      const Field *field = g_ptr_array_index (draft->fields, i);
      const Field *then = find_field (kept, field->name);

      if (then == NULL || g_strcmp0 (then->typed, then->began) == 0)
        continue;
      same = same && g_strcmp0 (then->began, field->began) == 0;
      kind_of (field->widget)->set (field->widget, then->typed);
    }
  if (kept == NULL)
    return NULL;
  return same ? _ ("What you had typed is still here.")
              : _ ("What you had typed is still here. What stood here before has been changed since. Check it before "
                   "you save.");
}

/* The portal's window */

static gboolean
take_typed (Draft *draft)
{
  gboolean changed = FALSE;

  for (guint i = 0; i < draft->fields->len; i++)
    {
      Field *field = g_ptr_array_index (draft->fields, i);

      field->typed = kind_of (field->widget)->get (field->widget);
      field->widget = NULL;
      changed = changed || g_strcmp0 (field->typed, field->began) != 0;
    }
  return changed;
}

static gboolean
is_about (const Draft *draft, const char *id)
{
  g_auto (GStrv) words = g_strsplit (draft->key, "\n", -1);

  return id != NULL && g_strv_contains ((const char *const *) words + 1, id);
}

char *
cpa_drafts_keep (GtkWindow *window, const char *sentence, const char *ended)
{
  Drafts *drafts = drafts_of (window);
  g_autoptr (GList) toplevels = gtk_window_list_toplevels ();

  for (GList *item = toplevels; drafts != NULL && item != NULL; item = item->next)
    {
      g_autoptr (Draft) draft =
          gtk_window_get_transient_for (item->data) == window ? g_object_steal_data (item->data, FORM) : NULL;

      if (draft == NULL || is_about (draft, ended) || !take_typed (draft))
        continue;
      draft->title = g_strdup (gtk_window_get_title (item->data));
      g_ptr_array_add (drafts->kept, g_steal_pointer (&draft));
    }
  if (drafts == NULL || drafts->kept->len == 0)
    return g_strdup (sentence);
  return g_strdup_printf ("%s %s", sentence, _ ("What you typed is kept."));
}

gboolean
cpa_drafts_has_form (GtkWindow *window)
{
  g_autoptr (GList) toplevels = gtk_window_list_toplevels ();

  for (GList *item = toplevels; item != NULL; item = item->next)
    if (gtk_window_get_transient_for (item->data) == window && g_object_get_data (item->data, FORM) != NULL)
      return TRUE;
  return FALSE;
}

char *
cpa_drafts_claim (GtkWindow *window, const char *address, const char *username)
{
  g_autofree char *owner = g_strdup_printf ("%s\n%s", address, username);
  Drafts *drafts = drafts_of (window);
  const Draft *newest;

  if (drafts == NULL || g_strcmp0 (drafts->owner, owner) != 0)
    {
      drafts = g_new0 (Drafts, 1);
      drafts->owner = g_steal_pointer (&owner);
      drafts->kept = g_ptr_array_new_with_free_func (draft_free);
      g_object_set_data_full (G_OBJECT (window), DRAFTS, drafts, drafts_free);
    }
  if (drafts->kept->len == 0)
    return NULL;
  newest = g_ptr_array_index (drafts->kept, drafts->kept->len - 1);
  return cpa_fill (_ ("What you had typed at “{form}” is still there. Open it to go on."), "form", newest->title, NULL);
}

void
cpa_drafts_drop (GtkWindow *window)
{
  if (window != NULL)
    g_object_set_data (G_OBJECT (window), DRAFTS, NULL);
}

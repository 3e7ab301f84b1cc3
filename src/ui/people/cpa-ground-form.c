/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-ground-form.h"

#include <glib/gi18n.h>

#include "cp-member.h"
#include "cpa-choices.h"
#include "cpa-fill.h"
#include "cpa-form-window.h"
#include "cpa-label.h"

/* In the order of cp_ground_names. */
static const struct
{
  const char *words, *hint;
} grounds[] = {
  { N_ ("Family or friend, with the client’s consent"), NULL },
  { N_ ("Written authority"),
    N_ ("Written authority: the client has signed a paper that this person may act for the client.") },
  { N_ ("Legal representative"), N_ ("Legal representative: may by law decide when the client cannot.") },
  { N_ ("Mentor"), N_ ("Mentor: appointed by the judge, decides about care when the client cannot.") },
  { N_ ("Curator"), N_ ("Curator: appointed by the judge, decides about care and money.") },
};

typedef struct
{
  CpaFormWindow *window; /* (borrowed): it owns this */
  CpaChoices *choices;   /* (borrowed) */
  char *name;            /* (owned) */
  CpaGroundChosen chosen;
  gpointer user_data;
  GDestroyNotify destroy;
} Ask;

static void
ask_free (Ask *ask)
{
  ask->destroy (ask->user_data);
  g_free (ask->name);
  g_free (ask);
}

static void
submit_cb (CpaFormWindow *window, Ask *ask)
{
  g_autofree char *ground = g_strdup (cpa_choices_get (ask->choices));
  g_autofree char *missing = NULL;

  if (ground != NULL)
    {
      /* What comes next may ask something too: this window goes first, and holds what it was asked with. */
      g_autoptr (CpaFormWindow) keep G_GNUC_UNUSED = g_object_ref (window);

      cpa_form_window_done (window);
      ask->chosen (ground, ask->user_data);
      return;
    }
  missing = cpa_fill (_ ("Choose why {name} may see this."), "name", ask->name, NULL);
  cpa_choices_set_error (ask->choices, missing);
  gtk_widget_grab_focus (GTK_WIDGET (ask->choices));
}

void
cpa_ground_form_ask (GtkWidget *parent, const char *name, const char *known, const char *button, CpaGroundChosen chosen,
                     gpointer user_data, GDestroyNotify destroy)
{
  g_autofree char *title = cpa_fill (_ ("Why May {name} See This?"), "name", name, NULL);
  GtkWidget *window = cpa_form_window_new (parent, title, button);
  Ask *ask = g_new0 (Ask, 1);

  ask->window = CPA_FORM_WINDOW (window);
  ask->choices = CPA_CHOICES (cpa_choices_new (NULL, 1));
  ask->name = g_strdup (name);
  ask->chosen = chosen;
  ask->user_data = user_data;
  ask->destroy = destroy;
  cpa_name (GTK_WIDGET (ask->choices), title, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (grounds); i++)
    cpa_choices_add (ask->choices, cp_ground_names[i], _ (grounds[i].words),
                     grounds[i].hint != NULL ? _ (grounds[i].hint) : NULL);
  if (known != NULL)
    cpa_choices_set (ask->choices, known);
  cpa_form_window_append (ask->window, GTK_WIDGET (ask->choices));
  cpa_form_window_append (
      ask->window,
      cpa_label_new (_ ("A “bewindvoerder” decides about money only. That gives no right to see the dossier."),
                     "cp-soft"));
  g_object_set_data_full (G_OBJECT (window), "ask", ask, (GDestroyNotify) ask_free);
  g_signal_connect (window, "submit", G_CALLBACK (submit_cb), ask);
  cpa_form_window_present (ask->window);
  gtk_widget_grab_focus (GTK_WIDGET (ask->choices));
}

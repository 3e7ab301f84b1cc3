/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-reading-tools.h"

#include <glib/gi18n.h>

#include "cpa-centered.h"
#include "cpa-entry.h"
#include "cpa-icon-button.h"
#include "cpa-label.h"
#include "cpa-search.h"
#include "cpa-words-window.h"
#include "cpa-wrap.h"

#define TYPING_PAUSE 300 /* milliseconds after the last letter */
#define SEARCH_CHARS 22
#define SEARCH_CHARS_NARROW 3 /* at least: it takes the room that is left */
#define SEARCH_CHARS_LIKED 12 /* or it goes below what is beside it, so that a word that is typed can be read */

struct _CpaReadingTools
{
  GtkWidget parent_instance;

  CpaContext *context;   /* (owned) */
  GtkWidget *wrap;       /* (owned) */
  GtkWidget *fold;       /* (borrowed): shows the others where it is tight */
  GtkWidget *fold_words; /* (borrowed) */
  GtkWidget *buttons;    /* (borrowed): around them */
  GtkWidget *search;     /* (borrowed) */
  GtkWidget *large;      /* (borrowed) */
  GtkWidget *print;      /* (borrowed) */
};

enum
{
  SIGNAL_SEARCH,
  SIGNAL_READ_LARGE,
  SIGNAL_PRINT,
  SIGNAL_FOLDED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CpaReadingTools, cpa_reading_tools, GTK_TYPE_WIDGET)

static void
search_cb (CpaReadingTools *self)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->search))));

  g_signal_emit (self, signals[SIGNAL_SEARCH], 0, text);
}

static void
read_large_cb (CpaReadingTools *self)
{
  g_signal_emit (self, signals[SIGNAL_READ_LARGE], 0);
}

static void
print_cb (CpaReadingTools *self)
{
  g_signal_emit (self, signals[SIGNAL_PRINT], 0);
}

static void
words_cb (CpaReadingTools *self)
{
  cpa_words_window_present (GTK_WIDGET (self), self->context);
}

static void
fold_cb (CpaReadingTools *self)
{
  g_signal_emit (self, signals[SIGNAL_FOLDED], 0);
}

static GtkWidget *
fold_new (CpaReadingTools *self)
{
  GtkWidget *inside = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);

  self->fold = gtk_toggle_button_new ();
  self->fold_words = cpa_label_new ("", NULL);
  gtk_widget_set_hexpand (self->fold_words, TRUE);
  gtk_widget_set_hexpand (self->fold, TRUE);
  gtk_box_append (GTK_BOX (inside), gtk_image_new_from_icon_name ("system-search-symbolic"));
  gtk_box_append (GTK_BOX (inside), self->fold_words);
  gtk_box_append (GTK_BOX (inside), gtk_image_new_from_icon_name ("pan-down-symbolic"));
  cpa_hide_from_reader (inside);
  gtk_button_set_child (GTK_BUTTON (self->fold), inside);
  gtk_widget_add_css_class (self->fold, "cp-outline");
  gtk_widget_add_css_class (self->fold, "cp-fold");
  gtk_widget_set_visible (self->fold, FALSE);
  g_signal_connect_object (self->fold, "toggled", G_CALLBACK (fold_cb), self, G_CONNECT_SWAPPED);
  return self->fold;
}

static GtkWidget *
search_new (CpaReadingTools *self)
{
  self->search = gtk_search_entry_new ();
  gtk_search_entry_set_search_delay (GTK_SEARCH_ENTRY (self->search), TYPING_PAUSE);
  gtk_editable_set_width_chars (GTK_EDITABLE (self->search), SEARCH_CHARS);
  g_object_set (self->search, "placeholder-text", _ ("Search the Dossier"), NULL);
  cpa_name (self->search, _ ("Search the Dossier"), NULL);
  gtk_widget_set_hexpand (self->search, TRUE);
  cpa_search_set_escape (self->search);
  g_signal_connect_object (self->search, "search-changed", G_CALLBACK (search_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search, "activate", G_CALLBACK (cpa_reading_tools_fold), self, G_CONNECT_SWAPPED);
  return self->search;
}

static void
append (CpaReadingTools *self, GtkWidget **place, const char *icon, const char *words, GCallback callback)
{
  GtkWidget *button = cpa_icon_button_new (icon, words, callback, self);

  *place = button;
  gtk_box_append (GTK_BOX (self->buttons), cpa_centered_new (button));
}

static void
cpa_reading_tools_dispose (GObject *object)
{
  CpaReadingTools *self = CPA_READING_TOOLS (object);

  g_clear_pointer (&self->wrap, gtk_widget_unparent);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (cpa_reading_tools_parent_class)->dispose (object);
}

static void
cpa_reading_tools_class_init (CpaReadingToolsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpa_reading_tools_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  signals[SIGNAL_SEARCH] = g_signal_new ("search", CPA_TYPE_READING_TOOLS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_READ_LARGE] =
      g_signal_new ("read-large", CPA_TYPE_READING_TOOLS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_FOLDED] =
      g_signal_new ("folded", CPA_TYPE_READING_TOOLS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_PRINT] =
      g_signal_new ("print", CPA_TYPE_READING_TOOLS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cpa_reading_tools_init (CpaReadingTools *self)
{
  GtkWidget *words;

  self->wrap = cpa_wrap_new ();
  self->buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  cpa_wrap_append (CPA_WRAP (self->wrap), fold_new (self));
  cpa_wrap_append (CPA_WRAP (self->wrap), search_new (self));
  self->large = cpa_icon_button_new ("cp-large-text-symbolic", _ ("Read Large"), G_CALLBACK (read_large_cb), self);
  cpa_wrap_append (CPA_WRAP (self->wrap), cpa_centered_new (self->large));
  cpa_wrap_append (CPA_WRAP (self->wrap), self->buttons);
  append (self, &self->print, "document-print-symbolic", _ ("Print"), G_CALLBACK (print_cb));
  append (self, &words, "accessories-dictionary-symbolic", _ ("All Abbreviations"), G_CALLBACK (words_cb));
  cpa_icon_button_show_words (self->print, FALSE);
  cpa_icon_button_show_words (words, FALSE);
  gtk_widget_set_parent (self->wrap, GTK_WIDGET (self));
}

GtkWidget *
cpa_reading_tools_new (CpaContext *context)
{
  CpaReadingTools *self = g_object_new (CPA_TYPE_READING_TOOLS, NULL);

  self->context = g_object_ref (context);
  return GTK_WIDGET (self);
}

void
cpa_reading_tools_set_narrow (CpaReadingTools *self, gboolean narrow)
{
  cpa_icon_button_show_words (self->large, !narrow);
  gtk_editable_set_width_chars (GTK_EDITABLE (self->search), narrow ? SEARCH_CHARS_NARROW : SEARCH_CHARS);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (self->search), narrow ? SEARCH_CHARS_LIKED : SEARCH_CHARS);
  g_object_set (self->search, "placeholder-text", narrow ? _ ("Search") : _ ("Search the Dossier"), NULL);
  gtk_widget_set_hexpand (GTK_WIDGET (self), narrow);
}

void
cpa_reading_tools_set_tight (CpaReadingTools *self, gboolean tight, const char *words)
{
  gboolean folded = tight && !gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->fold));

  gtk_label_set_text (GTK_LABEL (self->fold_words), folded ? words : _ ("Show Less"));
  cpa_name (self->fold, folded ? words : _ ("Show Less"), folded ? _ ("Search and Choose") : "");
  gtk_widget_set_visible (self->fold, tight);
  gtk_widget_set_visible (self->search, !folded);
  gtk_widget_set_visible (self->buttons, !folded);
  /* Which report is read large depends on those in sight. */
  gtk_widget_set_visible (gtk_widget_get_parent (self->large), folded || !tight);
}

gboolean
cpa_reading_tools_is_folded (CpaReadingTools *self)
{
  return !gtk_widget_get_visible (self->search);
}

void
cpa_reading_tools_fold (CpaReadingTools *self)
{
  if (!gtk_widget_get_visible (self->fold) || cpa_reading_tools_is_folded (self))
    return;
  gtk_widget_grab_focus (self->fold);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->fold), FALSE);
}

void
cpa_reading_tools_set_searching (CpaReadingTools *self, gboolean searching)
{
  /* What goes around it too, and the space beside that. */
  gtk_widget_set_visible (gtk_widget_get_parent (self->print), !searching);
}

void
cpa_reading_tools_set_error (CpaReadingTools *self, GtkLabel *label, const char *text)
{
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self->search), GTK_ACCESSIBLE_RELATION_DESCRIBED_BY, label, NULL, -1);
  cpa_entry_set_error (label, GTK_EDITABLE (self->search), text);
}

gboolean
cpa_reading_tools_clear_search (CpaReadingTools *self)
{
  if (*gtk_editable_get_text (GTK_EDITABLE (self->search)) == '\0')
    return FALSE;
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  search_cb (self);
  return TRUE;
}

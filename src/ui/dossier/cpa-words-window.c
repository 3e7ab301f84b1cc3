/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-words-window.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "cpa-content-view.h"
#include "cpa-explanation.h"
#include "cpa-fill.h"
#include "cpa-label.h"
#include "cpa-words.h"

#define WIDTH 460
#define HEIGHT 620

#define CPA_TYPE_WORDS_WINDOW (cpa_words_window_get_type ())
G_DECLARE_FINAL_TYPE (CpaWordsWindow, cpa_words_window, CPA, WORDS_WINDOW, AdwWindow)

struct _CpaWordsWindow
{
  AdwWindow parent_instance;

  CpaContext *context; /* (owned) */
  CpaWords *words;     /* (borrowed): of the context's server */
  GtkWidget *search;   /* (borrowed) */
  GtkWidget *view;     /* (borrowed): around the list */
  GtkWidget *list;     /* (borrowed) */
  GtkWidget *nothing;  /* (borrowed) */
  char *sought;        /* (owned): without case and accents; "" for all */
};

G_DEFINE_FINAL_TYPE (CpaWordsWindow, cpa_words_window, ADW_TYPE_WINDOW)

static char *
fold (const char *text)
{
  g_autofree char *ascii = g_str_to_ascii (text, "C");
  g_autofree char *small = g_ascii_strdown (ascii, -1);
  g_auto (GStrv) parts = g_strsplit (small, ".", -1);

  return g_strjoinv ("", parts);
}

static gboolean
fits_cb (GtkListBoxRow *row, gpointer user_data)
{
  CpaWordsWindow *self = user_data;

  return strstr (g_object_get_data (G_OBJECT (row), "folded"), self->sought) != NULL;
}

static void
sought_cb (CpaWordsWindow *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search));
  g_autofree char *stripped = g_strstrip (g_strdup (text));
  g_autofree char *nothing =
      cpa_fill (_ ("We have no explanation for “{text}”. Ask the care team."), "text", stripped, NULL);

  g_free (self->sought);
  self->sought = fold (stripped);
  gtk_label_set_text (GTK_LABEL (self->nothing), *stripped != '\0' ? nothing : "");
  gtk_list_box_invalidate_filter (GTK_LIST_BOX (self->list));
}

static void
append_word (CpaWordsWindow *self, const CpWord *word)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  GtkWidget *row = gtk_list_box_row_new ();
  g_autofree char *meanings = NULL;
  g_autofree char *all = NULL;
  GtkWidget *shown;

  g_ptr_array_add (words, (gpointer) word);
  meanings = cpa_explanation_text (words);
  all = g_strconcat (word->term, " ", meanings, NULL);
  shown = cpa_explanation_new (self->context, word->term, words, -1);
  cpa_hide_from_reader (shown);
  gtk_widget_add_css_class (row, "cp-word-row");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), shown);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  cpa_name (row, word->term, meanings);
  g_object_set_data_full (G_OBJECT (row), "folded", fold (all), g_free);
  gtk_list_box_append (GTK_LIST_BOX (self->list), row);
}

static void
fill (CpaWordsWindow *self, const CpWordList *list)
{
  if (gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), 0) != NULL)
    return;
  for (guint i = 0; i < list->words->len; i++)
    append_word (self, g_ptr_array_index (list->words, i));
}

static void
show_words (CpaWordsWindow *self)
{
  CpaContentView *view = CPA_CONTENT_VIEW (self->view);
  CpaWordFinder *finder = cpa_words_get_finder (self->words);
  const GError *failure = cpa_words_get_failure (self->words);

  if (finder != NULL)
    {
      fill (self, cpa_word_finder_get_list (finder));
      cpa_content_view_show_content (view);
    }
  else if (failure != NULL)
    cpa_content_view_show_error (view, failure, cpa_context_get_organisation (self->context));
  else
    cpa_content_view_show_loading (view);
}

/* The button goes, and with it the focus. */
static void
retry_cb (CpaWordsWindow *self)
{
  cpa_words_ask_again (self->words);
  show_words (self);
  gtk_widget_grab_focus (self->search);
}

static void
explain_cb (CpaWordsWindow *self, GtkCheckButton *check)
{
  cpa_words_set_explain (self->words, gtk_check_button_get_active (check));
}

static GtkWidget *
build_check (CpaWordsWindow *self)
{
  GtkWidget *check = gtk_check_button_new_with_label (_ ("Explain abbreviations"));

  gtk_widget_add_css_class (check, "cp-check");
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), cpa_words_get_explain (self->words));
  g_signal_connect_object (check, "toggled", G_CALLBACK (explain_cb), self, G_CONNECT_SWAPPED);
  return check;
}

static GtkWidget *
build_search (CpaWordsWindow *self)
{
  self->search = gtk_search_entry_new ();
  g_object_set (self->search, "placeholder-text", _ ("Search a Word or Abbreviation"), NULL);
  cpa_name (self->search, _ ("Search a Word or Abbreviation"), NULL);
  g_signal_connect_object (self->search, "search-changed", G_CALLBACK (sought_cb), self, G_CONNECT_SWAPPED);
  /* It keeps Escape to itself. */
  g_signal_connect_object (self->search, "stop-search", G_CALLBACK (gtk_window_close), self, G_CONNECT_SWAPPED);
  return self->search;
}

static GtkWidget *
build_list (CpaWordsWindow *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->list = gtk_list_box_new ();
  self->nothing = cpa_label_new ("", NULL);
  gtk_widget_add_css_class (self->nothing, "cp-word-row");
  gtk_widget_add_css_class (self->list, "cp-words");
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_list_box_set_filter_func (GTK_LIST_BOX (self->list), fits_cb, self, NULL);
  gtk_list_box_set_placeholder (GTK_LIST_BOX (self->list), self->nothing);
  cpa_name (self->list, _ ("All Abbreviations"), NULL);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->list);
  self->view = g_object_new (CPA_TYPE_CONTENT_VIEW, NULL);
  cpa_content_view_set_content (CPA_CONTENT_VIEW (self->view), scroller);
  g_signal_connect_object (self->view, "retry", G_CALLBACK (retry_cb), self, G_CONNECT_SWAPPED);
  return self->view;
}

static void
build (CpaWordsWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *top = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *bar = adw_header_bar_new ();

  gtk_widget_add_css_class (top, "cp-words-top");
  gtk_box_append (GTK_BOX (top), build_search (self));
  gtk_box_append (GTK_BOX (top), build_check (self));
  gtk_box_append (GTK_BOX (box), bar);
  gtk_box_append (GTK_BOX (box), top);
  gtk_box_append (GTK_BOX (box), build_list (self));
  adw_window_set_content (ADW_WINDOW (self), box);
}

static void
cpa_words_window_dispose (GObject *object)
{
  CpaWordsWindow *self = CPA_WORDS_WINDOW (object);

  if (self->list != NULL)
    gtk_list_box_set_filter_func (GTK_LIST_BOX (self->list), NULL, NULL, NULL);
  self->list = NULL;
  g_clear_object (&self->context);
  G_OBJECT_CLASS (cpa_words_window_parent_class)->dispose (object);
}

static void
cpa_words_window_finalize (GObject *object)
{
  g_free (CPA_WORDS_WINDOW (object)->sought);
  G_OBJECT_CLASS (cpa_words_window_parent_class)->finalize (object);
}

static void
cpa_words_window_class_init (CpaWordsWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpa_words_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = cpa_words_window_finalize;
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
cpa_words_window_init (CpaWordsWindow *self)
{
  self->sought = g_strdup ("");
}

void
cpa_words_window_present (GtkWidget *widget, CpaContext *context)
{
  CpaWordsWindow *self =
      g_object_new (CPA_TYPE_WORDS_WINDOW, "title", _ ("All Abbreviations"), "modal", TRUE, "transient-for",
                    gtk_widget_get_root (widget), "default-width", WIDTH, "default-height", HEIGHT, NULL);

  self->context = g_object_ref (context);
  self->words = cpa_words_of (cpa_context_get_api (context));
  build (self);
  show_words (self);
  g_signal_connect_object (self->words, "changed", G_CALLBACK (show_words), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->words, "failed", G_CALLBACK (show_words), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_grab_focus (self->search);
}

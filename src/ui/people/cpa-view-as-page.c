/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-view-as-page.h"

#include <glib/gi18n.h>

#include "cpa-fill.h"
#include "cpa-focus.h"
#include "cpa-label.h"
#include "cpa-main-page.h"
#include "cpa-wrap.h"

struct _CpaViewAsPage
{
  AdwBin parent_instance;

  char *member;    /* (owned): id */
  GtkWidget *stop; /* (borrowed) */
  GtkWidget *main; /* (borrowed) */
};

enum
{
  SIGNAL_STOPPED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CpaViewAsPage, cpa_view_as_page, ADW_TYPE_BIN)

static void
stop_cb (CpaViewAsPage *self)
{
  g_autofree char *member = g_strdup (self->member);

  g_signal_emit (self, signals[SIGNAL_STOPPED], 0, member);
}

static void
focus_first (GtkWidget *widget)
{
  gtk_widget_grab_focus (CPA_VIEW_AS_PAGE (widget)->stop);
}

static void
cpa_view_as_page_finalize (GObject *object)
{
  g_free (CPA_VIEW_AS_PAGE (object)->member);
  G_OBJECT_CLASS (cpa_view_as_page_parent_class)->finalize (object);
}

static void
cpa_view_as_page_class_init (CpaViewAsPageClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cpa_view_as_page_finalize;
  cpa_focus_install (GTK_WIDGET_CLASS (klass), focus_first);
  signals[SIGNAL_STOPPED] = g_signal_new ("stopped", CPA_TYPE_VIEW_AS_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
cpa_view_as_page_init (CpaViewAsPage *self)
{
}

static GtkWidget *
words_new (const char *name)
{
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *eye = gtk_image_new_from_icon_name ("view-reveal-symbolic");
  g_autofree char *title = cpa_fill (_ ("View as {name}"), "name", name, NULL);
  g_autofree char *text =
      cpa_fill (_ ("You see the portal as {name} would see it. You can look, not change anything. Only you see this."),
                "name", name, NULL);

  cpa_hide_from_reader (eye);
  gtk_widget_set_valign (eye, GTK_ALIGN_START);
  gtk_widget_add_css_class (eye, "cp-first-line");
  gtk_box_append (GTK_BOX (texts), cpa_label_new (title, "cp-bold"));
  gtk_box_append (GTK_BOX (texts), cpa_label_new (text, "cp-small"));
  gtk_box_append (GTK_BOX (words), eye);
  gtk_box_append (GTK_BOX (words), texts);
  return words;
}

static GtkWidget *
bar_new (CpaViewAsPage *self, const char *name)
{
  GtkWidget *bar = g_object_new (CPA_TYPE_WRAP, "spread", TRUE, NULL);
  g_autofree char *label = cpa_fill (_ ("Stop Viewing as {name}"), "name", name, NULL);
  GtkWidget *words = cpa_label_new (label, NULL);

  /* A long name takes a second line, and not the whole window. */
  gtk_label_set_max_width_chars (GTK_LABEL (words), 40);
  self->stop = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (self->stop), words);
  cpa_hide_from_reader (words);
  cpa_name (self->stop, label, NULL);
  gtk_widget_add_css_class (self->stop, "cp-outline");
  gtk_widget_set_valign (self->stop, GTK_ALIGN_CENTER);
  g_signal_connect_object (self->stop, "clicked", G_CALLBACK (stop_cb), self, G_CONNECT_SWAPPED);
  cpa_wrap_append (CPA_WRAP (bar), words_new (name));
  cpa_wrap_append (CPA_WRAP (bar), self->stop);
  gtk_widget_add_css_class (bar, "cp-view-as");
  return bar;
}

GtkWidget *
cpa_view_as_page_new (CpaContext *context, const CpMember *member)
{
  CpaViewAsPage *self = g_object_new (CPA_TYPE_VIEW_AS_PAGE, NULL);
  g_autoptr (CpaContext) as = cpa_context_new_view_as (context, member);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *handle = gtk_window_handle_new ();

  self->member = g_strdup (member->id);
  self->main = cpa_main_page_new (as);
  gtk_widget_set_vexpand (self->main, TRUE);
  gtk_window_handle_set_child (GTK_WINDOW_HANDLE (handle), bar_new (self, member->name));
  gtk_box_append (GTK_BOX (box), handle);
  gtk_box_append (GTK_BOX (box), self->main);
  adw_bin_set_child (ADW_BIN (self), box);
  return GTK_WIDGET (self);
}

void
cpa_view_as_page_refresh (CpaViewAsPage *self)
{
  cpa_main_page_refresh (CPA_MAIN_PAGE (self->main));
}

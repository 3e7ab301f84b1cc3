/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-view-as-page.h"

#include <glib/gi18n.h>

#include "cpa-adaptive.h"
#include "cpa-centered.h"
#include "cpa-fill.h"
#include "cpa-focus.h"
#include "cpa-icon-button.h"
#include "cpa-label.h"
#include "cpa-main-page.h"
#include "cpa-part-text.h"
#include "cpa-popover-button.h"
#include "cpa-view-as-text.h"
#include "cpa-wrap.h"

#define TRY_WIDTH_CHARS 36
/* So wide is the sentence at least beside the buttons: it takes two lines before they go below it. */
#define SENTENCE_WIDTH_CHARS 42
/* Below this the bar would take most of the window: it says whose eyes these are, and the rest when it is asked. */
#define SHORT_BELOW 400

struct _CpaViewAsPage
{
  AdwBin parent_instance;

  CpaContext *context; /* (owned): of who looks */
  CpMember *member;    /* (owned) */
  guint parts;         /* CpPart: as if these were ticked */
  gboolean more_shown; /* where the bar is short */
  GtkWidget *adaptive; /* (borrowed): around the bar */
  GtkWidget *eye;      /* (borrowed) */
  GtkWidget *about;    /* (borrowed): the sentences */
  GtkWidget *try;      /* (borrowed) */
  GtkWidget *more;     /* (borrowed): shows them where the bar is short */
  GtkWidget *stop;     /* (borrowed) */
  GtkWidget *place;    /* (borrowed): of main */
  GtkWidget *main;     /* (borrowed) */
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
  g_autofree char *member = g_strdup (self->member->id);

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
  CpaViewAsPage *self = CPA_VIEW_AS_PAGE (object);

  g_clear_object (&self->context);
  cp_member_free (self->member);
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
sentence_new (const char *text)
{
  GtkWidget *label = cpa_label_new (text, "cp-small");

  gtk_label_set_max_width_chars (GTK_LABEL (label), SENTENCE_WIDTH_CHARS);
  return label;
}

/* "Stop" is the first word of its name. */
static void
show_length (CpaViewAsPage *self)
{
  gboolean is_short = cpa_adaptive_is_narrow (CPA_ADAPTIVE (self->adaptive));
  gboolean whole = !is_short || self->more_shown;
  g_autofree char *stop = cpa_fill (_ ("Stop Viewing as {name}"), "name", self->member->name, NULL);

  gtk_widget_set_visible (self->eye, !is_short);
  gtk_widget_set_visible (self->about, whole);
  gtk_widget_set_visible (self->try, whole);
  gtk_widget_set_visible (gtk_widget_get_parent (self->more), is_short);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->more), GTK_ACCESSIBLE_STATE_EXPANDED, whole, -1);
  gtk_label_set_text (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (self->stop))), is_short ? _ ("Stop") : stop);
}

static void
more_cb (CpaViewAsPage *self)
{
  self->more_shown = !self->more_shown;
  show_length (self);
}

static GtkWidget *
words_new (CpaViewAsPage *self)
{
  const char *name = self->member->name;
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  g_autofree char *title = cpa_fill (_ ("View as {name}"), "name", name, NULL);
  g_autofree char *text =
      cpa_fill (_ ("You see the portal as {name} would see it. You can look, not change anything. Only you see this."),
                "name", name, NULL);
  g_autofree char *hidden = cpa_view_as_hidden_text (self->context, self->member);

  self->eye = gtk_image_new_from_icon_name ("view-reveal-symbolic");
  self->about = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  cpa_hide_from_reader (self->eye);
  gtk_widget_set_valign (self->eye, GTK_ALIGN_START);
  gtk_widget_add_css_class (self->eye, "cp-first-line");
  gtk_box_append (GTK_BOX (self->about), sentence_new (text));
  if (hidden != NULL)
    gtk_box_append (GTK_BOX (self->about), sentence_new (hidden));
  gtk_box_append (GTK_BOX (texts), cpa_label_new (title, "cp-bold"));
  gtk_box_append (GTK_BOX (texts), self->about);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (words), self->eye);
  gtk_box_append (GTK_BOX (words), texts);
  return words;
}

static void
show_main (CpaViewAsPage *self)
{
  g_autoptr (CpaContext) as = cpa_context_new_view_as (self->context, self->member, self->parts);

  self->main = cpa_main_page_new (as);
  adw_bin_set_child (ADW_BIN (self->place), self->main);
}

static void
toggled_cb (CpaViewAsPage *self, GtkCheckButton *check)
{
  guint part = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (check), "part"));

  self->parts ^= part;
  show_main (self);
}

static GtkWidget *
check_new (CpaViewAsPage *self, CpPart part)
{
  GtkWidget *check = gtk_check_button_new_with_label (cpa_part_name (part));
  g_autofree char *name =
      cpa_fill (_ ("{part} for {name}"), "part", cpa_part_name (part), "name", self->member->name, NULL);

  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), (self->parts & part) != 0);
  gtk_widget_add_css_class (check, "cp-check");
  cpa_name (check, name, NULL);
  g_object_set_data (G_OBJECT (check), "part", GUINT_TO_POINTER (part));
  g_signal_connect_object (check, "toggled", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);
  return check;
}

/* Nobody sees through somebody else what they may not see themselves. */
static GtkWidget *
try_new (CpaViewAsPage *self)
{
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *words = cpa_label_new (_ ("Try Other Ticks…"), NULL);
  g_autofree char *text = cpa_fill (_ ("What would {name} see with other ticks? Try it here. It changes nothing."),
                                    "name", self->member->name, NULL);
  GtkWidget *label = cpa_label_new (text, NULL);
  GtkWidget *button;

  gtk_label_set_max_width_chars (GTK_LABEL (label), TRY_WIDTH_CHARS);
  gtk_box_append (GTK_BOX (box), label);
  for (guint part = 1; part <= CP_PART_ALL; part <<= 1)
    if ((cpa_context_get_patient (self->context)->parts & part) != 0)
      gtk_box_append (GTK_BOX (box), check_new (self, part));
  gtk_widget_add_css_class (box, "cp-sheet-inner");
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  button = cpa_popover_button_new (words, popover, _ ("Try Other Ticks…"));
  gtk_widget_add_css_class (button, "cp-outline");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  return button;
}

static GtkWidget *
bar_new (CpaViewAsPage *self)
{
  const char *name = self->member->name;
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
  self->try = try_new (self);
  self->more = cpa_icon_button_new ("help-about-symbolic", _ ("More Information"), G_CALLBACK (more_cb), self);
  cpa_icon_button_show_words (self->more, FALSE);
  cpa_wrap_append (CPA_WRAP (bar), words_new (self));
  cpa_wrap_append (CPA_WRAP (bar), self->try);
  cpa_wrap_append (CPA_WRAP (bar), self->stop);
  cpa_wrap_append (CPA_WRAP (bar), cpa_centered_new (self->more));
  gtk_widget_add_css_class (bar, "cp-view-as");
  self->adaptive = cpa_adaptive_new (SHORT_BELOW, bar);
  g_signal_connect_object (self->adaptive, "notify::narrow", G_CALLBACK (show_length), self, G_CONNECT_SWAPPED);
  show_length (self);
  return self->adaptive;
}

GtkWidget *
cpa_view_as_page_new (CpaContext *context, const CpMember *member)
{
  CpaViewAsPage *self = g_object_new (CPA_TYPE_VIEW_AS_PAGE, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *handle = gtk_window_handle_new ();

  self->context = g_object_ref (context);
  self->member = cp_record_copy (&cp_member_record, member);
  self->parts = member->parts | member->pending;
  self->place = adw_bin_new ();
  gtk_widget_set_vexpand (self->place, TRUE);
  gtk_window_handle_set_child (GTK_WINDOW_HANDLE (handle), bar_new (self));
  gtk_box_append (GTK_BOX (box), handle);
  gtk_box_append (GTK_BOX (box), self->place);
  adw_bin_set_child (ADW_BIN (self), box);
  show_main (self);
  return GTK_WIDGET (self);
}

void
cpa_view_as_page_refresh (CpaViewAsPage *self)
{
  cpa_main_page_refresh (CPA_MAIN_PAGE (self->main));
}

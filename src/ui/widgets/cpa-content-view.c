/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-content-view.h"

#include <glib/gi18n.h>

#include "cpa-badge.h"
#include "cpa-button.h"
#include "cpa-error-text.h"
#include "cpa-focus.h"
#include "cpa-page.h"
#include "cpa-label.h"

/* After this long the words say that it takes longer than usual. */
#define SLOW_AFTER_SECONDS 8

struct _CpaContentView
{
  GtkWidget parent_instance;

  GtkWidget *stack;   /* (borrowed): the template's child */
  GtkWidget *loading; /* (borrowed) */
  GtkWidget *waiting; /* (borrowed) */
  GtkWidget *slow;    /* (borrowed): try again while it takes long */
  GtkWidget *message; /* (borrowed) */
  GtkWidget *tile;    /* (borrowed) */
  GtkWidget *title;   /* (borrowed) */
  GtkWidget *text;    /* (borrowed) */
  GtkWidget *retry;   /* (borrowed) */
  GtkWidget *below;   /* (borrowed): what a page puts under the text */
  GtkWidget *shown;   /* (borrowed): bar and content */
  GtkWidget *bar;     /* (borrowed) */
  GtkWidget *failure; /* (borrowed) */
  GtkWidget *content; /* (borrowed) (nullable) */
  guint slow_id;
  gboolean retried; /* by a person, and not answered yet */
};

enum
{
  SIGNAL_RETRY,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static GtkBuildableIface *parent_buildable;
static void cpa_content_view_buildable_init (GtkBuildableIface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CpaContentView, cpa_content_view, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE, cpa_content_view_buildable_init))

static gboolean
has_focus (GtkWidget *widget)
{
  return (gtk_widget_get_state_flags (widget) & GTK_STATE_FLAG_FOCUS_WITHIN) != 0;
}

static void
retry_cb (CpaContentView *self)
{
  self->retried = TRUE;
  g_signal_emit (self, signals[SIGNAL_RETRY], 0);
}

static gboolean
slow_cb (gpointer data)
{
  CpaContentView *self = data;

  self->slow_id = 0;
  gtk_label_set_text (GTK_LABEL (self->waiting), _ ("This takes longer than usual. You can keep waiting or try again. "
                                                    "Nothing is lost."));
  gtk_widget_set_visible (self->slow, TRUE);
  return G_SOURCE_REMOVE;
}

static void
show_page (CpaContentView *self, GtkWidget *page)
{
  gboolean arrives = gtk_stack_get_visible_child (GTK_STACK (self->stack)) == self->loading && page != self->loading;
  GtkWidget *whole = gtk_widget_get_ancestor (GTK_WIDGET (self), CPA_TYPE_PAGE);
  gboolean in_bar = page == self->shown && has_focus (self->bar);

  g_clear_handle_id (&self->slow_id, g_source_remove);
  gtk_widget_set_visible (self->bar, FALSE);
  gtk_stack_set_visible_child (GTK_STACK (self->stack), page);
  if (page != self->loading)
    self->retried = FALSE;
  if (arrives && whole != NULL && gtk_widget_get_mapped (whole))
    cpa_focus_late (whole);
  else if (in_bar)
    cpa_focus_late (whole != NULL ? whole : self->content);
}

static void
cpa_content_view_add_child (GtkBuildable *buildable, GtkBuilder *builder, GObject *child, const char *type)
{
  CpaContentView *self = CPA_CONTENT_VIEW (buildable);

  /* The template's own children come first. */
  if (self->shown == NULL)
    parent_buildable->add_child (buildable, builder, child, type);
  else
    cpa_content_view_set_content (self, GTK_WIDGET (child));
}

static void
cpa_content_view_buildable_init (GtkBuildableIface *iface)
{
  parent_buildable = g_type_interface_peek_parent (iface);
  iface->add_child = cpa_content_view_add_child;
}

static void
cpa_content_view_dispose (GObject *object)
{
  CpaContentView *self = CPA_CONTENT_VIEW (object);

  g_clear_handle_id (&self->slow_id, g_source_remove);
  g_clear_pointer (&self->stack, gtk_widget_unparent);
  G_OBJECT_CLASS (cpa_content_view_parent_class)->dispose (object);
}

static void
cpa_content_view_class_init (CpaContentViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cpa_content_view_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/nl/clientportaal/Clientportaal/ui/cpa-content-view.ui");
  gtk_widget_class_bind_template_child (widget_class, CpaContentView, stack);
  gtk_widget_class_bind_template_child (widget_class, CpaContentView, loading);
  gtk_widget_class_bind_template_child (widget_class, CpaContentView, waiting);
  gtk_widget_class_bind_template_child (widget_class, CpaContentView, slow);
  gtk_widget_class_bind_template_child (widget_class, CpaContentView, message);
  gtk_widget_class_bind_template_child (widget_class, CpaContentView, title);
  gtk_widget_class_bind_template_child (widget_class, CpaContentView, text);
  gtk_widget_class_bind_template_child (widget_class, CpaContentView, retry);
  gtk_widget_class_bind_template_child (widget_class, CpaContentView, below);
  gtk_widget_class_bind_template_child (widget_class, CpaContentView, shown);
  gtk_widget_class_bind_template_child (widget_class, CpaContentView, bar);
  gtk_widget_class_bind_template_child (widget_class, CpaContentView, failure);
  gtk_widget_class_bind_template_callback (widget_class, retry_cb);
  signals[SIGNAL_RETRY] =
      g_signal_new ("retry", CPA_TYPE_CONTENT_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cpa_content_view_init (CpaContentView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  cpa_button_wrap_all (GTK_WIDGET (self));
  self->tile = cpa_tile_new ("cp-dossier-symbolic", CPA_TILE_LARGE);
  gtk_box_prepend (GTK_BOX (self->message), self->tile);
}

void
cpa_content_view_set_content (CpaContentView *self, GtkWidget *content)
{
  g_return_if_fail (CPA_IS_CONTENT_VIEW (self) && self->content == NULL);
  self->content = content;
  gtk_widget_set_vexpand (content, TRUE);
  gtk_box_append (GTK_BOX (self->shown), content);
}

static void
show_waiting (CpaContentView *self, const char *words)
{
  show_page (self, self->loading);
  gtk_label_set_text (GTK_LABEL (self->waiting), words);
  gtk_widget_set_visible (self->slow, FALSE);
}

static void
show_wait_that_can_be_long (CpaContentView *self, const char *words)
{
  show_waiting (self, words);
  self->slow_id = g_timeout_add_seconds (SLOW_AFTER_SECONDS, slow_cb, self);
}

void
cpa_content_view_show_loading (CpaContentView *self)
{
  show_wait_that_can_be_long (self, _ ("Loading your data…"));
}

void
cpa_content_view_show_opening (CpaContentView *self)
{
  show_wait_that_can_be_long (self, _ ("One moment, please."));
}

void
cpa_content_view_show_moment (CpaContentView *self)
{
  show_waiting (self, _ ("One moment, please."));
}

void
cpa_content_view_show_content (CpaContentView *self)
{
  show_page (self, self->shown);
}

static void
fill_message (CpaContentView *self, const char *icon, const char *title, const char *text, gboolean can_retry)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->below)) != NULL)
    gtk_box_remove (GTK_BOX (self->below), child);
  cpa_tile_set_icon (self->tile, icon);
  gtk_label_set_text (GTK_LABEL (self->title), title);
  gtk_widget_set_visible (self->title, *title != '\0');
  gtk_label_set_text (GTK_LABEL (self->text), text);
  gtk_widget_set_visible (self->retry, can_retry);
}

static void
show_message (CpaContentView *self)
{
  show_page (self, gtk_widget_get_ancestor (self->message, GTK_TYPE_SCROLLED_WINDOW));
}

/* Whoever went on somewhere else meanwhile stays there. */
static gboolean
may_take_focus (CpaContentView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return gtk_widget_get_mapped (GTK_WIDGET (self)) &&
         (focus == NULL || !gtk_widget_get_mapped (focus) || gtk_widget_is_ancestor (focus, GTK_WIDGET (self)));
}

/* Instead of everything. Whoever tried again has the button again, with which a screen reader tells why. */
static void
show_failure (CpaContentView *self, const CpaErrorText *text)
{
  gboolean retried = self->retried;
  g_autofree char *said = g_strdup_printf ("%s. %s", text->title, text->text);

  fill_message (self, "dialog-warning-symbolic", text->title, text->text, text->can_retry);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->retry), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, said, -1);
  show_message (self);
  if (retried && text->can_retry && may_take_focus (self))
    gtk_widget_grab_focus (self->retry);
}

/* Above what was there already. A screen reader tells of an alert when it comes, so one that was there comes anew. */
static void
show_bar (CpaContentView *self, const CpaErrorText *text)
{
  GtkWidget *again = gtk_widget_get_last_child (self->bar);
  gboolean focused = has_focus (self->bar);

  self->retried = FALSE;
  gtk_label_set_text (GTK_LABEL (self->failure), text->title);
  cpa_name (self->bar, text->title, NULL);
  gtk_widget_set_visible (self->bar, FALSE);
  gtk_widget_set_visible (self->bar, TRUE);
  if (focused)
    gtk_widget_grab_focus (again);
}

void
cpa_content_view_add_below (CpaContentView *self, GtkWidget *below)
{
  gtk_widget_set_halign (below, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (self->below), below);
}

void
cpa_content_view_show_empty (CpaContentView *self, const char *icon, const char *title, const char *text,
                             GtkWidget *below)
{
  fill_message (self, icon, title, text, FALSE);
  show_message (self);
  if (below != NULL)
    cpa_content_view_add_below (self, below);
}

void
cpa_content_view_show_error (CpaContentView *self, const GError *error, const CpOrganisation *organisation)
{
  g_autoptr (CpaErrorText) text = cpa_error_text_new (error, organisation);

  if (gtk_stack_get_visible_child (GTK_STACK (self->stack)) != self->shown)
    show_failure (self, text);
  else
    show_bar (self, text);
}

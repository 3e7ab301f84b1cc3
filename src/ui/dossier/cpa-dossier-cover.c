/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-dossier-cover.h"

#include "cpa-focus.h"

struct _CpaDossierCover
{
  GtkWidget parent_instance;

  GtkWidget *stack;    /* (owned) */
  GPtrArray *pages;    /* (owned) of GtkWidget (borrowed): the child, and the covers on it */
  GPtrArray *focussed; /* (owned) of GWeakRef: where the focus was under each cover */
};

enum
{
  SIGNAL_REFRESH,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void cpa_dossier_cover_buildable_init (GtkBuildableIface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CpaDossierCover, cpa_dossier_cover, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE, cpa_dossier_cover_buildable_init))

static void
weak_ref_free (GWeakRef *ref)
{
  g_weak_ref_clear (ref);
  g_free (ref);
}

static GtkWidget *
get_top (CpaDossierCover *self)
{
  return g_ptr_array_index (self->pages, self->pages->len - 1);
}

static void
show_top (CpaDossierCover *self)
{
  gtk_stack_set_visible_child (GTK_STACK (self->stack), get_top (self));
  /* GtkStack 4.8 keeps the pages behind it readable. */
  for (guint i = 0; i < self->pages->len; i++)
    gtk_accessible_update_state (g_ptr_array_index (self->pages, i), GTK_ACCESSIBLE_STATE_HIDDEN,
                                 i + 1 < self->pages->len, -1);
}

static void
cpa_dossier_cover_add_child (GtkBuildable *buildable, GtkBuilder *builder, GObject *child, const char *type)
{
  CpaDossierCover *self = CPA_DOSSIER_COVER (buildable);

  g_return_if_fail (self->pages->len == 0);
  gtk_stack_add_child (GTK_STACK (self->stack), GTK_WIDGET (child));
  g_ptr_array_add (self->pages, child);
}

static void
cpa_dossier_cover_buildable_init (GtkBuildableIface *iface)
{
  iface->add_child = cpa_dossier_cover_add_child;
}

static void
cpa_dossier_cover_dispose (GObject *object)
{
  CpaDossierCover *self = CPA_DOSSIER_COVER (object);

  g_clear_pointer (&self->stack, gtk_widget_unparent);
  G_OBJECT_CLASS (cpa_dossier_cover_parent_class)->dispose (object);
}

static void
cpa_dossier_cover_finalize (GObject *object)
{
  CpaDossierCover *self = CPA_DOSSIER_COVER (object);

  g_ptr_array_unref (self->pages);
  g_ptr_array_unref (self->focussed);
  G_OBJECT_CLASS (cpa_dossier_cover_parent_class)->finalize (object);
}

static void
cpa_dossier_cover_class_init (CpaDossierCoverClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpa_dossier_cover_dispose;
  G_OBJECT_CLASS (klass)->finalize = cpa_dossier_cover_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  signals[SIGNAL_REFRESH] =
      g_signal_new ("refresh", CPA_TYPE_DOSSIER_COVER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cpa_dossier_cover_init (CpaDossierCover *self)
{
  self->pages = g_ptr_array_new ();
  self->focussed = g_ptr_array_new_with_free_func ((GDestroyNotify) weak_ref_free);
  self->stack = gtk_stack_new ();
  gtk_widget_set_parent (self->stack, GTK_WIDGET (self));
}

void
cpa_dossier_cover_refresh (CpaDossierCover *self)
{
  g_signal_emit (self, signals[SIGNAL_REFRESH], 0);
}

gboolean
cpa_dossier_cover_go_back (CpaDossierCover *self)
{
  GtkWidget *top = get_top (self);
  g_autoptr (GtkWidget) focus = NULL;

  if (self->pages->len < 2)
    return FALSE;
  focus = g_weak_ref_get (g_ptr_array_index (self->focussed, self->focussed->len - 1));
  g_ptr_array_set_size (self->focussed, (int) self->focussed->len - 1);
  g_ptr_array_set_size (self->pages, (int) self->pages->len - 1);
  show_top (self);
  gtk_stack_remove (GTK_STACK (self->stack), top);
  if (focus != NULL && gtk_widget_get_mapped (focus))
    gtk_widget_grab_focus (focus);
  else
    cpa_focus_first (get_top (self));
  return TRUE;
}

void
cpa_dossier_cover_show (GtkWidget *inside, GtkWidget *cover, void (*refresh) (GtkWidget *cover))
{
  CpaDossierCover *self = CPA_DOSSIER_COVER (gtk_widget_get_ancestor (inside, CPA_TYPE_DOSSIER_COVER));
  GWeakRef *focus = g_new0 (GWeakRef, 1);

  g_weak_ref_init (focus, gtk_root_get_focus (gtk_widget_get_root (inside)));
  g_ptr_array_add (self->focussed, focus);
  gtk_stack_add_child (GTK_STACK (self->stack), cover);
  g_ptr_array_add (self->pages, cover);
  g_signal_connect_object (self, "refresh", G_CALLBACK (refresh), cover, G_CONNECT_SWAPPED);
  show_top (self);
  cpa_focus_first (cover);
}

void
cpa_dossier_cover_close (GtkWidget *widget)
{
  GtkWidget *self = gtk_widget_get_ancestor (widget, CPA_TYPE_DOSSIER_COVER);

  if (self != NULL)
    cpa_dossier_cover_go_back (CPA_DOSSIER_COVER (self));
}

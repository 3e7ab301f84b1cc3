/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-member-bound.h"

typedef struct
{
  CpaContext *context;   /* (owned) */
  CpaMemberModel *model; /* (owned) */
  CpaMember *member;     /* (owned) (nullable) */
} CpaMemberBoundPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (CpaMemberBound, cpa_member_bound, GTK_TYPE_WIDGET)

static CpaMemberBoundPrivate *
get_private (CpaMemberBound *self)
{
  return cpa_member_bound_get_instance_private (self);
}

static void
changed_cb (CpaMemberBound *self)
{
  CPA_MEMBER_BOUND_GET_CLASS (self)->update (self, get_private (self)->member);
}

void
cpa_member_bound_set_member (CpaMemberBound *self, CpaMember *member)
{
  CpaMemberBoundPrivate *priv = get_private (self);

  if (priv->member == member)
    return;
  if (priv->member != NULL)
    g_signal_handlers_disconnect_by_func (priv->member, changed_cb, self);
  g_set_object (&priv->member, member);
  if (member == NULL)
    return;
  g_signal_connect_object (member, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  changed_cb (self);
}

static void
cpa_member_bound_dispose (GObject *object)
{
  CpaMemberBound *self = CPA_MEMBER_BOUND (object);
  CpaMemberBoundPrivate *priv = get_private (self);
  GtkWidget *child;

  cpa_member_bound_set_member (self, NULL);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&priv->context);
  g_clear_object (&priv->model);
  G_OBJECT_CLASS (cpa_member_bound_parent_class)->dispose (object);
}

static void
cpa_member_bound_class_init (CpaMemberBoundClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpa_member_bound_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
cpa_member_bound_init (CpaMemberBound *self)
{
}

void
cpa_member_bound_setup (CpaMemberBound *self, CpaContext *context, CpaMemberModel *model)
{
  CpaMemberBoundPrivate *priv = get_private (self);

  g_set_object (&priv->context, context);
  g_set_object (&priv->model, model);
}

CpaContext *
cpa_member_bound_get_context (CpaMemberBound *self)
{
  return get_private (self)->context;
}

CpaMemberModel *
cpa_member_bound_get_model (CpaMemberBound *self)
{
  return get_private (self)->model;
}

CpaMember *
cpa_member_bound_get_member (CpaMemberBound *self)
{
  return get_private (self)->member;
}

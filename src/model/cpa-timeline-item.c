/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-timeline-item.h"

struct _CpaTimelineItem
{
  GObject parent_instance;

  guint position;
  GHashTable *live;   /* (owned) */
  GPtrArray *records; /* (owned) (nullable): of its month, with this one at index */
  guint index;
  gboolean first_of_day;
  gboolean failed;
  gboolean open;
};

G_DEFINE_FINAL_TYPE (CpaTimelineItem, cpa_timeline_item, G_TYPE_OBJECT)

enum
{
  PROP_RECORD = 1,
  PROP_OPEN,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

static void
cpa_timeline_item_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  CpaTimelineItem *self = CPA_TIMELINE_ITEM (object);

  if (id == PROP_RECORD)
    g_value_set_pointer (value, (gpointer) cpa_timeline_item_get_record (self));
  else if (id == PROP_OPEN)
    g_value_set_boolean (value, self->open);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
cpa_timeline_item_finalize (GObject *object)
{
  CpaTimelineItem *self = CPA_TIMELINE_ITEM (object);

  if (g_hash_table_lookup (self->live, GUINT_TO_POINTER (self->position)) == self)
    g_hash_table_remove (self->live, GUINT_TO_POINTER (self->position));
  g_hash_table_unref (self->live);
  g_clear_pointer (&self->records, g_ptr_array_unref);
  G_OBJECT_CLASS (cpa_timeline_item_parent_class)->finalize (object);
}

static void
cpa_timeline_item_class_init (CpaTimelineItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = cpa_timeline_item_get_property;
  object_class->finalize = cpa_timeline_item_finalize;
  props[PROP_RECORD] = g_param_spec_pointer ("record", NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_OPEN] = g_param_spec_boolean ("open", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
cpa_timeline_item_init (CpaTimelineItem *self)
{
}

CpaTimelineItem *
cpa_timeline_item_new (guint position, GHashTable *live)
{
  CpaTimelineItem *self = g_object_new (CPA_TYPE_TIMELINE_ITEM, NULL);

  self->position = position;
  self->live = g_hash_table_ref (live);
  g_hash_table_insert (live, GUINT_TO_POINTER (position), self);
  return self;
}

guint
cpa_timeline_item_get_position (CpaTimelineItem *self)
{
  return self->position;
}

const CpDossierItem *
cpa_timeline_item_get_record (CpaTimelineItem *self)
{
  return self->records != NULL ? g_ptr_array_index (self->records, self->index) : NULL;
}

void
cpa_timeline_item_set_record (CpaTimelineItem *self, GPtrArray *records, guint index)
{
  g_return_if_fail (index < records->len);
  g_ptr_array_ref (records);
  g_clear_pointer (&self->records, g_ptr_array_unref);
  self->records = records;
  self->index = index;
  self->failed = FALSE;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_RECORD]);
}

gboolean
cpa_timeline_item_is_first_of_day (CpaTimelineItem *self)
{
  return self->first_of_day;
}

void
cpa_timeline_item_set_first_of_day (CpaTimelineItem *self, gboolean first)
{
  if (self->first_of_day == first)
    return;
  self->first_of_day = first;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_RECORD]);
}

gboolean
cpa_timeline_item_has_failed (CpaTimelineItem *self)
{
  return self->failed;
}

void
cpa_timeline_item_set_failed (CpaTimelineItem *self, gboolean failed)
{
  if (self->failed == failed)
    return;
  self->failed = failed;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_RECORD]);
}

gboolean
cpa_timeline_item_is_open (CpaTimelineItem *self)
{
  return self->open;
}

void
cpa_timeline_item_set_open (CpaTimelineItem *self, gboolean open)
{
  if (self->open == open)
    return;
  self->open = open;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_OPEN]);
}

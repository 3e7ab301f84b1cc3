/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-dossier-entry.h"

struct _CpaDossierEntry
{
  GObject parent_instance;

  CpDossierItem *item; /* (owned) */
  gboolean first_of_day;
  gboolean open;
};

G_DEFINE_FINAL_TYPE (CpaDossierEntry, cpa_dossier_entry, G_TYPE_OBJECT)

enum
{
  PROP_OPEN = 1,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

static void
cpa_dossier_entry_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_OPEN)
    g_value_set_boolean (value, CPA_DOSSIER_ENTRY (object)->open);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
cpa_dossier_entry_finalize (GObject *object)
{
  cp_dossier_item_free (CPA_DOSSIER_ENTRY (object)->item);
  G_OBJECT_CLASS (cpa_dossier_entry_parent_class)->finalize (object);
}

static void
cpa_dossier_entry_class_init (CpaDossierEntryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = cpa_dossier_entry_get_property;
  object_class->finalize = cpa_dossier_entry_finalize;
  props[PROP_OPEN] = g_param_spec_boolean ("open", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
cpa_dossier_entry_init (CpaDossierEntry *self)
{
}

CpaDossierEntry *
cpa_dossier_entry_new (CpDossierItem *item, gboolean first_of_day)
{
  CpaDossierEntry *self = g_object_new (CPA_TYPE_DOSSIER_ENTRY, NULL);

  self->item = item;
  self->first_of_day = first_of_day;
  return self;
}

const CpDossierItem *
cpa_dossier_entry_get_item (CpaDossierEntry *self)
{
  return self->item;
}

gboolean
cpa_dossier_entry_is_first_of_day (CpaDossierEntry *self)
{
  return self->first_of_day;
}

gboolean
cpa_dossier_entry_is_open (CpaDossierEntry *self)
{
  return self->open;
}

void
cpa_dossier_entry_set_open (CpaDossierEntry *self, gboolean open)
{
  if (self->open == open)
    return;
  self->open = open;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_OPEN]);
}

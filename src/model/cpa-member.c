/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-member.h"

#include "cpa-boot-clock.h"
#include "cpa-record-text.h"

struct _CpaMember
{
  GObject parent_instance;

  GTimeZone *zone;   /* (owned): in which it is told what was today */
  CpMember *record;  /* (owned) */
  char *text;        /* (owned): of it */
  gint64 goes_out;   /* by the boot clock: when the invitation that waits does */
  GHashTable *steps; /* (owned) char * -> char *: versions, by own changes; none leads back */
  guint busy;        /* CpPart whose tick is under way */
  guint wanted;      /* of those, the ones that will be held */
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CpaMember, cpa_member, G_TYPE_OBJECT)

static void
cpa_member_finalize (GObject *object)
{
  cp_member_free (CPA_MEMBER (object)->record);
  g_time_zone_unref (CPA_MEMBER (object)->zone);
  g_free (CPA_MEMBER (object)->text);
  g_hash_table_unref (CPA_MEMBER (object)->steps);
  G_OBJECT_CLASS (cpa_member_parent_class)->finalize (object);
}

static void
cpa_member_class_init (CpaMemberClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cpa_member_finalize;
  signals[SIGNAL_CHANGED] =
      g_signal_new ("changed", CPA_TYPE_MEMBER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cpa_member_init (CpaMember *self)
{
  self->steps = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

/* FALSE when it says nothing new. */
static gboolean
take (CpaMember *self, const CpMember *record)
{
  CpMember *copy = cp_record_copy (&cp_member_record, record);

  cp_member_free (self->record);
  self->record = copy;
  self->goes_out = cpa_boot_clock () + record->goes_out_seconds * G_USEC_PER_SEC;
  return cpa_record_text_is_news (&self->text, &cp_member_record, self->record, self->zone);
}

CpaMember *
cpa_member_new (const CpMember *record, GTimeZone *zone)
{
  CpaMember *self = g_object_new (CPA_TYPE_MEMBER, NULL);

  self->zone = g_time_zone_ref (zone);
  take (self, record);
  return self;
}

const CpMember *
cpa_member_get (CpaMember *self)
{
  return self->record;
}

static void
changed (CpaMember *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

void
cpa_member_set (CpaMember *self, const CpMember *record)
{
  if (take (self, record))
    changed (self);
}

/* What it became is how it is now, whatever came after it when it was so before. */
void
cpa_member_add_step (CpaMember *self, const char *version, const char *became)
{
  g_hash_table_remove (self->steps, became);
  if (!g_str_equal (version, became))
    g_hash_table_insert (self->steps, g_strdup (version), g_strdup (became));
}

const char *
cpa_member_follow (CpaMember *self, const char *seen)
{
  const char *next;

  while (seen != NULL && g_strcmp0 (seen, self->record->version) != 0 &&
         (next = g_hash_table_lookup (self->steps, seen)) != NULL)
    seen = next;
  return seen;
}

guint
cpa_member_get_ticked (CpaMember *self)
{
  guint said = self->record->parts | self->record->pending;

  return (said & ~self->busy) | (self->wanted & self->busy);
}

void
cpa_member_set_wanted (CpaMember *self, CpPart part, gboolean held)
{
  self->busy |= part;
  self->wanted = held ? self->wanted | part : self->wanted & ~(guint) part;
  changed (self);
}

void
cpa_member_clear_wanted (CpaMember *self, CpPart part)
{
  self->busy &= ~(guint) part;
  changed (self);
}

int
cpa_member_get_seconds_left (CpaMember *self)
{
  return (int) ((MAX (self->goes_out - cpa_boot_clock (), 0) + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC);
}

gboolean
cpa_member_allows (CpaMember *self, const char *what)
{
  return g_strv_contains ((const char *const *) self->record->allowed, what);
}

int
cpa_member_get_refusal (CpaMember *self, CpPart part)
{
  for (guint i = 0; i < self->record->refused->len; i++)
    {
      const CpRefusal *refusal = g_ptr_array_index (self->record->refused, i);

      if ((1u << refusal->part) == (guint) part)
        return refusal->reason;
    }
  return -1;
}

gboolean
cpa_member_needs_ground (CpaMember *self, CpPart part)
{
  gboolean first = self->record->ground == NULL || (cpa_member_get_ticked (self) & CP_PARTS_GROUNDED) == 0;

  return (part & CP_PARTS_GROUNDED) != 0 && first && self->record->kind != CP_MEMBER_CLIENT;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-context.h"

#include "cp-part.h"
#include "cpa-view-as.h"

struct _CpaContext
{
  GObject parent_instance;

  CpaApi *api;                  /* (owned) */
  CpOrganisation *organisation; /* (owned) */
  GdkPaintable *logo;           /* (owned) (nullable) */
  CpSession *session;           /* (owned) */
  CpPatientAccess *patient;     /* (owned) (nullable) */
  GTimeZone *zone;              /* (owned) */
  char *own_name;               /* (owned) */
  char *viewed_name;            /* (owned) (nullable) */
  gboolean hides_parts;         /* of that person */
};

G_DEFINE_FINAL_TYPE (CpaContext, cpa_context, G_TYPE_OBJECT)

enum
{
  SIGNAL_SESSION_ENDED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void
session_ended_cb (CpaContext *self, const GError *error)
{
  g_signal_emit (self, signals[SIGNAL_SESSION_ENDED], 0, error);
}

static void
cpa_context_finalize (GObject *object)
{
  CpaContext *self = CPA_CONTEXT (object);

  g_clear_object (&self->api);
  g_clear_object (&self->logo);
  cp_organisation_free (self->organisation);
  cp_session_free (self->session);
  cp_patient_access_free (self->patient);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_free (self->own_name);
  g_clear_pointer (&self->viewed_name, g_free);
  G_OBJECT_CLASS (cpa_context_parent_class)->finalize (object);
}

static void
cpa_context_class_init (CpaContextClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cpa_context_finalize;
  signals[SIGNAL_SESSION_ENDED] = g_signal_new ("session-ended", CPA_TYPE_CONTEXT, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                                NULL, G_TYPE_NONE, 1, G_TYPE_ERROR | G_SIGNAL_TYPE_STATIC_SCOPE);
}

static void
cpa_context_init (CpaContext *self)
{
}

CpaContext *
cpa_context_new (CpaApi *api, const CpOrganisation *organisation, GdkPaintable *logo, const CpSession *session,
                 const CpPatientAccess *patient)
{
  CpaContext *self = g_object_new (CPA_TYPE_CONTEXT, NULL);

  self->api = g_object_ref (api);
  self->organisation = cp_record_copy (&cp_organisation_record, organisation);
  g_set_object (&self->logo, logo);
  self->session = cp_record_copy (&cp_session_record, session);
  self->own_name = g_strdup (session->name);
  self->patient = patient != NULL ? cp_record_copy (&cp_patient_access_record, patient) : NULL;
  self->zone = g_time_zone_new_identifier (organisation->time_zone);
  if (self->zone == NULL)
    self->zone = g_time_zone_new_local ();
  g_signal_connect_object (api, "session-ended", G_CALLBACK (session_ended_cb), self, G_CONNECT_SWAPPED);
  return self;
}

CpaContext *
cpa_context_new_view_as (CpaContext *base, const CpMember *member, guint parts)
{
  gboolean as_it_is = parts == (member->parts | member->pending);
  g_autoptr (CpaApi) api = cpa_view_as_new (base->api, member->id, as_it_is ? 0 : parts);
  g_autoptr (CpSession) session = cp_record_copy (&cp_session_record, base->session);
  g_autoptr (CpPatientAccess) patient = cp_record_copy (&cp_patient_access_record, base->patient);
  CpaContext *self;

  g_free (session->name);
  session->name = g_strdup (member->name);
  g_free (session->given_name);
  session->given_name = cp_given_name (member->name);
  session->open_invitations = 0;
  patient->parts &= parts;
  g_free (patient->until);
  patient->until = g_strdup (member->until);
  self = cpa_context_new (api, base->organisation, base->logo, session, patient);
  g_free (self->own_name);
  self->own_name = g_strdup (base->own_name);
  self->viewed_name = g_strdup (member->name);
  self->hides_parts = cpa_context_get_hidden_parts (base, member) != 0;
  return self;
}

void
cpa_context_follow (CpaContext *self, CpaContext *now)
{
  g_return_if_fail (g_strcmp0 (self->patient->id, now->patient->id) == 0);
  cp_patient_access_free (self->patient);
  self->patient = cp_record_copy (&cp_patient_access_record, now->patient);
  cp_session_free (self->session);
  self->session = cp_record_copy (&cp_session_record, now->session);
  g_free (self->own_name);
  self->own_name = g_strdup (now->own_name);
}

const char *
cpa_context_get_own_name (CpaContext *self)
{
  return self->own_name;
}

const char *
cpa_context_get_viewed_name (CpaContext *self)
{
  return self->viewed_name;
}

guint
cpa_context_get_hidden_parts (CpaContext *self, const CpMember *member)
{
  return (member->parts | member->pending) & ~self->patient->parts;
}

gboolean
cpa_context_hides_parts (CpaContext *self)
{
  return self->hides_parts;
}

gboolean
cpa_context_manages_people (CpaContext *self)
{
  return self->patient != NULL && (self->patient->parts & CP_PART_SETTINGS) != 0 && self->viewed_name == NULL;
}

CpaApi *
cpa_context_get_api (CpaContext *self)
{
  return self->api;
}

const CpOrganisation *
cpa_context_get_organisation (CpaContext *self)
{
  return self->organisation;
}

const CpSession *
cpa_context_get_session (CpaContext *self)
{
  return self->session;
}

const CpPatientAccess *
cpa_context_get_patient (CpaContext *self)
{
  return self->patient;
}

GdkPaintable *
cpa_context_get_logo (CpaContext *self)
{
  return self->logo;
}

GTimeZone *
cpa_context_get_zone (CpaContext *self)
{
  return self->zone;
}

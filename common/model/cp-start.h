/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cp-appointment.h"
#include "cp-care-plan.h"
#include "cp-dossier-item.h"
#include "cp-profile.h"

G_BEGIN_DECLS

/* Why something is empty, never guessed. */
typedef enum
{
  CP_CONTENT_FILLED,
  CP_CONTENT_EMPTY,      /* nothing recorded yet */
  CP_CONTENT_NOT_SHARED, /* a setting of the organisation */
  CP_CONTENT_NOT_FETCHED /* not yet synchronised */
} CpContentState;
extern const char *const cp_content_state_names[];

typedef enum
{
  CP_FRESH_CURRENT, /* fetched at the last slot */
  CP_FRESH_RUNNING, /* being fetched now */
  CP_FRESH_LATE,    /* the slot has passed, the run is not done yet */
  CP_FRESH_FAILED,  /* the last run failed for this */
  CP_FRESH_SKIPPED, /* the slot was missed by a fault and is being caught up */
  CP_FRESH_NEVER    /* nothing fetched yet: not asked for, or not given */
} CpFreshState;
extern const char *const cp_fresh_state_names[];

/* The parts of the EHR whose age is told apart. */
typedef enum
{
  CP_FRESH_APPOINTMENTS,
  CP_FRESH_REPORTS,
  CP_FRESH_FORMS,
  CP_FRESH_PLANS,
  CP_FRESH_PROFILE,
  CP_FRESH_CONTACTS,
  CP_FRESH_N_KINDS
} CpFreshKind;
extern const char *const cp_fresh_kind_names[];
/* By CpDossierKind: which of them a card belongs to. An evaluation is about a plan, a document is a report in another
 * form. */
extern const CpFreshKind cp_fresh_kinds_of_cards[CP_DOSSIER_N_KINDS];

typedef struct
{
  int kind;          /* CpFreshKind */
  int state;         /* CpFreshState */
  gboolean shared;   /* FALSE: the organisation does not share this */
  CpTime fetched_at; /* last success; 0: never */
} CpFreshPart;
CP_DECLARE_RECORD (CpFreshPart, cp_fresh_part)

/* How old the data is. Kinds that the asker has no right to are absent. */
typedef struct
{
  int state;         /* CpFreshState: the worst of the kinds; never: of all of them */
  CpTime fetched_at; /* the oldest success of the kinds that were fetched; 0: none ever was */
  CpTime next_at;    /* the next slot */
  CpTime slot_at;    /* the slot that is late, failed or skipped; 0 otherwise */
  GPtrArray *kinds;  /* CpFreshPart */
} CpFreshness;
CP_DECLARE_RECORD (CpFreshness, cp_freshness)

typedef struct
{
  int state;        /* CpContentState */
  GPtrArray *items; /* CpAppointment: the next (or the one going on) and the three that follow */
} CpStartAppointments;
CP_DECLARE_RECORD (CpStartAppointments, cp_start_appointments)

typedef struct
{
  int state;
} CpStartMessages;
CP_DECLARE_RECORD (CpStartMessages, cp_start_messages)

typedef struct
{
  int state;
  gint64 new_reports; /* that came, or were changed, since the previous visit */
  gint64 new_forms;
  gint64 new_evaluations;
  gint64 new_plans;
  gboolean plan_changed; /* one that was there */
  CpTime since;          /* the previous visit; 0: this is the first, and nothing counts as new */
  CpDossierItem *latest; /* (nullable): the newest report, with its preview */
} CpStartDossier;
CP_DECLARE_RECORD (CpStartDossier, cp_start_dossier)

typedef struct
{
  int state;
  char *name;       /* (nullable): unless filled */
  char *birth_date; /* (nullable) */
  char *address;    /* (nullable): one line */
} CpStartProfile;
CP_DECLARE_RECORD (CpStartProfile, cp_start_profile)

/* Access that ends within 14 days: one's own, and to who manages users that of others. */
typedef struct
{
  gboolean self;     /* one's own */
  char *member;      /* (nullable): id of the row in user management; NULL for who does not manage users */
  char *name;        /* (nullable): the same */
  char *until;       /* the last day */
  gint64 days;       /* from today until that day */
  char *renew_until; /* (nullable): the last day that renewing gives; NULL: not for the asker to renew */
  char *version;     /* (nullable): with it, of the row: goes back as If-Match */
} CpAccessEnd;
CP_DECLARE_RECORD (CpAccessEnd, cp_access_end)

/* Somebody whom the asker invited and who declined in the last 30 days. */
typedef struct
{
  char *member;
  char *name;
  CpTime at;
} CpDeclined;
CP_DECLARE_RECORD (CpDeclined, cp_declined)

/* GET /patients/{patient}/start. A panel without the right is absent (NULL). */
typedef struct
{
  CpFreshness *freshness;            /* (nullable): NULL without any part that comes from the EHR */
  CpStartAppointments *appointments; /* (nullable) */
  CpStartMessages *messages;         /* (nullable) */
  CpStartDossier *dossier;           /* (nullable) */
  CpStartProfile *profile;           /* (nullable) */
  GPtrArray *access_ends;            /* CpAccessEnd: the nearest first */
  GPtrArray *declined;               /* CpDeclined: the newest first */
  GStrv allowed;                     /* what the caller may do: see docs/protocol.md */
} CpStart;
CP_DECLARE_RECORD (CpStart, cp_start)

/* GET /patients/{patient}/appointments?when=coming|past&cursor= */
typedef struct
{
  int state; /* CpContentState of the whole list */
  CpFreshness *freshness;
  GPtrArray *items;  /* CpAppointment: coming ones with the nearest first, past ones with the latest first */
  char *next_cursor; /* (nullable): NULL on the last page */
  GStrv allowed;
} CpAppointmentPage;
CP_DECLARE_RECORD (CpAppointmentPage, cp_appointment_page)

/* GET /patients/{patient}/dossier?cursor= : newest first. With month=2026-01: the cards of that month, oldest first.
 * With report=general|plan, from=, until= (dates), author=, plan= (id): newest first, with their text. */
typedef struct
{
  int state;
  CpFreshness *freshness;
  GPtrArray *items;  /* CpDossierItem */
  char *next_cursor; /* (nullable) */
  GStrv allowed;
} CpDossierPage;
CP_DECLARE_RECORD (CpDossierPage, cp_dossier_page)

/* GET /patients/{patient}/dossier/{item} */
typedef struct
{
  CpDossierItem *item;
  GStrv allowed;
} CpDossierItemAnswer;
CP_DECLARE_RECORD (CpDossierItemAnswer, cp_dossier_item_answer)

/* GET /patients/{patient}/care-plans: current ones first, then expired ones, each newest first */
typedef struct
{
  int state;
  CpFreshness *freshness;
  GPtrArray *plans; /* CpCarePlan */
  GStrv allowed;
} CpCarePlanList;
CP_DECLARE_RECORD (CpCarePlanList, cp_care_plan_list)

/* GET /patients/{patient}/profile */
typedef struct
{
  int state;
  CpFreshness *freshness;
  CpProfile *profile; /* (nullable): unless filled */
  GStrv allowed;
} CpProfileAnswer;
CP_DECLARE_RECORD (CpProfileAnswer, cp_profile_answer)

G_END_DECLS

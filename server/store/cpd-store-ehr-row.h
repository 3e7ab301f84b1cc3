/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cp-profile.h"
#include "cp-time.h"

G_BEGIN_DECLS

/* What the EHR says, mapped to what the portal keeps of it. Made by ehr/, kept by store/. */

/* A file of an item. Its bytes are here on their way from the EHR, and in a sealed file once they are kept. */
typedef struct
{
  char *title;      /* (nullable) */
  char *media_type; /* as its bytes say */
  GBytes *data;     /* (nullable): not kept yet */
  char *file;       /* (nullable): name of the sealed file */
  gsize size;
  guchar hash[32]; /* of its bytes */
} CpdEhrAttachment;

/* Takes data. */
CpdEhrAttachment *cpd_ehr_attachment_new (const char *title, const char *media_type, GBytes *data);
void cpd_ehr_attachment_free (CpdEhrAttachment *attachment);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CpdEhrAttachment, cpd_ehr_attachment_free)

/* Another resource whose words stand in the text of a report: a line of it. */
typedef struct
{
  char *id;            /* of the Observation */
  char *version_id;    /* (nullable) */
  CpTime last_updated; /* 0: not given; and without a version_id too: it is not there */
  gboolean told;       /* its words are shown */
} CpdEhrSoapLine;

void cpd_ehr_soap_line_free (CpdEhrSoapLine *line);

typedef struct
{
  int kind; /* CpDossierKind */
  CpTime at;
  gboolean date_only;
  char *partial_date; /* (nullable): "2026-03" or "2026", when no more than that is known */
  char *title;        /* (nullable) */
  char *author;       /* (nullable) */
  char *author_role;  /* (nullable) */
  char *informant;    /* (nullable): who told it, of a form */
  char *about;        /* (nullable) */
  gboolean amended;
  CpTime amended_at;
  gboolean unfinished;
  gboolean unshown; /* something of it cannot be shown: neither its text nor its attachments have it */
  char *preview;
  char *text;             /* what is read and searched; of a form its questions and answers in lines */
  char *entries;          /* (nullable) JSON: array of FormEntry; of a form only */
  char *about_key;        /* (nullable): what it belongs to, "CarePlan/7" or "Goal/3" */
  char *goal_key;         /* (nullable): the goal that it is about, "Goal/3" */
  int month;              /* 202601: the month of at in the organisation's zone */
  GPtrArray *attachments; /* (nullable) CpdEhrAttachment */
  char *replaces;         /* (nullable): ids of resources of its type in whose place it comes, a space between them */
  GPtrArray *lines;       /* (nullable) CpdEhrSoapLine: what its text is made of beside itself */
} CpdEhrItem;

typedef struct
{
  char *title;       /* (nullable) */
  char *description; /* (nullable) */
  int state;         /* CpCarePlanState */
  char *from;        /* (nullable) date */
  char *until;       /* (nullable) date */
  char *own;         /* JSON: CpdPlanOwn, what it says of goals and activities */
} CpdEhrPlan;

/* What plans and care teams are made of: Goal, ServiceRequest, Task, Procedure, CareTeam. */
typedef struct
{
  char *body; /* JSON: CpdPlanAim, CpdPlanWork or CpdCareTeam */
} CpdEhrPiece;

typedef struct
{
  int status;          /* CpAppointmentStatus */
  CpTime start;        /* 0: not known */
  CpTime end;          /* 0: not known */
  char *description;   /* (nullable) */
  char *with;          /* (nullable) */
  char *place;         /* (nullable) */
  char *instruction;   /* (nullable) */
  char *note;          /* (nullable) */
  char *cancel_reason; /* (nullable) */
} CpdEhrAppointment;

typedef struct
{
  char *name;       /* that the person goes by: "Wil de Bruin" */
  char *short_name; /* initials and family name */
  CpProfile *profile;
} CpdEhrProfile;

typedef struct
{
  int position;
  char *name;
  char *relation; /* (nullable) */
  char *role;     /* (nullable) */
  char *phone;    /* (nullable) */
  char *email;    /* (nullable) */
  gboolean hidden;
} CpdEhrContact;

/* The body of a CareTeam. */
typedef struct
{
  GPtrArray *members; /* CpCareTeamMember */
} CpdCareTeam;
CP_DECLARE_RECORD (CpdCareTeam, cpd_care_team)

typedef enum
{
  CPD_EHR_ITEM,
  CPD_EHR_PLAN,
  CPD_EHR_APPOINTMENT,
  CPD_EHR_CONTACT,
  CPD_EHR_PROFILE,
  CPD_EHR_PIECE,
  CPD_EHR_N_KINDS
} CpdEhrKind;

/* One of these with its key: (source, type, id), business identifiers repeat. */
typedef struct
{
  CpdEhrKind kind;
  gint64 patient;
  char *type; /* of the FHIR resource */
  char *id;
  char *version_id;    /* (nullable) */
  CpTime last_updated; /* 0: not given */
  guchar hash[32];     /* of the mapped fields */
  gsize size;          /* about the bytes that it holds */
  gboolean removed;    /* no longer to be shown: content is NULL */
  gboolean untold;     /* removed, and told in no earlier version of what has its place either */
  gboolean first;      /* nothing can be kept under its key yet: it is not looked for */
  gboolean anew;    /* what is kept was made of this very resource by another reading of it: if it says something else
                     * now, the EHR did not correct it */
  gint64 known;     /* the row that was kept under its key when it was read, to be looked at first; 0: none was */
  gpointer content; /* (owned) CpdEhrItem and so on, by kind */
} CpdEhrRow;

/* Takes content (nullable: removed), and makes hash and size from it. */
CpdEhrRow *cpd_ehr_row_new (CpdEhrKind kind, gint64 patient, const char *type, const char *id, gpointer content);
void cpd_ehr_row_free (CpdEhrRow *row);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CpdEhrRow, cpd_ehr_row_free)

/* (transfer full): the id of the resource that a row with that id is of: what stands before '#'. */
char *cpd_ehr_row_base (const char *id);
gboolean cpd_ehr_row_is_of (const char *id, const char *base);

void cpd_ehr_content_free (CpdEhrKind kind, gpointer content);

#define CPD_DECLARE_CONTENT(Type, name, KIND)                                                                          \
  static inline void name##_free (Type *content) { cpd_ehr_content_free (KIND, content); }                             \
  G_DEFINE_AUTOPTR_CLEANUP_FUNC (Type, name##_free)

CPD_DECLARE_CONTENT (CpdEhrItem, cpd_ehr_item, CPD_EHR_ITEM)
CPD_DECLARE_CONTENT (CpdEhrPlan, cpd_ehr_plan, CPD_EHR_PLAN)
CPD_DECLARE_CONTENT (CpdEhrPiece, cpd_ehr_piece, CPD_EHR_PIECE)
CPD_DECLARE_CONTENT (CpdEhrAppointment, cpd_ehr_appointment, CPD_EHR_APPOINTMENT)
CPD_DECLARE_CONTENT (CpdEhrContact, cpd_ehr_contact, CPD_EHR_CONTACT)
CPD_DECLARE_CONTENT (CpdEhrProfile, cpd_ehr_profile, CPD_EHR_PROFILE)

G_END_DECLS

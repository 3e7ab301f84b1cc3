/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cp-record.h"

G_BEGIN_DECLS

/* A text in each language that the portal speaks. */
typedef struct
{
  char *nl;
  char *en;
} CpText;
CP_DECLARE_RECORD (CpText, cp_text)

/* The word of the organisation for the plan. */
typedef enum
{
  CP_PLAN_WORD_CARE_AND_LIFE_PLAN, /* zorgleefplan */
  CP_PLAN_WORD_CARE_PLAN,          /* zorgplan */
  CP_PLAN_WORD_SUPPORT_PLAN,       /* ondersteuningsplan */
} CpPlanWord;
extern const char *const cp_plan_word_names[];

/* What somebody gets who has forgotten the password. */
typedef enum
{
  CP_FORGOTTEN_LINK,     /* with which a new one is chosen */
  CP_FORGOTTEN_TEMPORARY /* a temporary password */
} CpForgotten;
extern const char *const cp_forgotten_names[];

/* GET /organisation: public, what every screen before login needs. */
typedef struct
{
  char *id;
  char *name;
  char *portal_name; /* (nullable): as the organisation calls it on screen; Cliëntportaal */
  char *color;       /* "#rrggbb"; (nullable) */
  char *time_zone;   /* IANA name */
  int plan_word;     /* CpPlanWord */
  CpText *desk;      /* with its article: "de servicedesk", "the service desk" */
  char *phone;
  CpText *hours;
  char *email; /* (nullable) */
  gboolean has_logo;
  gboolean has_picture;       /* one of its own beside the login */
  GStrv sync_times;           /* "08:00", "20:00" */
  gint64 password_min;        /* characters */
  int forgotten;              /* CpForgotten */
  gint64 forgotten_minutes;   /* how long that works */
  gint64 invitation_days;     /* how long an invitation works */
  gint64 device_days;         /* so long without a visit a device stays known */
  gint64 idle_seconds;        /* so long without use nobody is taken to be there any more */
  gint64 shared_idle_seconds; /* the same on a computer that others use too */
  gint64 api_min;
  gint64 api_max;
} CpOrganisation;
CP_DECLARE_RECORD (CpOrganisation, cp_organisation)

G_END_DECLS

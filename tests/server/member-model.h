/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What user management promises, written down apart from the server: small, slow and without a database. */
#include "cp-time.h"

#define N_PEOPLE 6
#define N_PATIENTS 2
#define N_PARTS 5 /* the last is settings */
#define ORGANISATION (-1)

typedef enum
{
  ABSENT,
  WAITING,
  IN,
  OUT
} Place;

typedef struct
{
  Place place;
  gboolean held[N_PARTS];
  int giver[N_PARTS];
  int last_day; /* since 1970; 0: no end */
  int lasts;    /* days for which that end was given */
  CpTime opens; /* of the invitation; 0: none */
  CpTime lapses;
} Tie;

typedef struct
{
  Tie ties[N_PEOPLE][N_PATIENTS];
  CpTime now;
  gboolean at_first_right;
} Model;

/* model_sees is the one question; the functions that change something return whether it may be done. */
int model_today (const Model *model);
gboolean model_sees (const Model *model, int person, int patient, int part);
gboolean model_manages (const Model *model, int person, int patient);
/* By somebody whose own access does not end by itself. */
gboolean model_is_managed (const Model *model, int patient);
gboolean model_add (Model *model, int asker, int person, int patient, guint parts);
gboolean model_give (Model *model, int asker, int person, int patient, int part);
gboolean model_take (Model *model, int asker, int person, int patient, int part);
gboolean model_until (Model *model, int asker, int person, int patient, int day);
gboolean model_renew (Model *model, int asker, int person, int patient);
gboolean model_send (Model *model, int asker, int person, int patient);
gboolean model_withdraw (Model *model, int asker, int person, int patient);
gboolean model_end (Model *model, int asker, int person, int patient);
gboolean model_answer (Model *model, int person, int patient, gboolean accept);
gboolean model_views (const Model *model, int asker, int person, int patient, int part);

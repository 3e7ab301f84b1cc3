/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "member-model.h"

#include <string.h>

#define DAY CP_TIME_DAY

int
model_today (const Model *model)
{
  return (int) (model->now / DAY);
}

static gboolean
is_past (const Model *model, const Tie *tie)
{
  return tie->last_day != 0 && tie->last_day < model_today (model);
}

static gboolean
is_over (const Model *model, const Tie *tie)
{
  return tie->place == OUT || is_past (model, tie);
}

/* The one question: does this person see this part? */
gboolean
model_sees (const Model *model, int person, int patient, int part)
{
  const Tie *tie = &model->ties[person][patient];

  return tie->place == IN && !is_past (model, tie) && tie->held[part];
}

static gboolean
is_ticked (const Model *model, int person, int patient, int part)
{
  const Tie *tie = &model->ties[person][patient];
  int giver = tie->giver[part];

  if (tie->place != WAITING || is_over (model, tie))
    return model_sees (model, person, patient, part);
  return tie->held[part] && (giver == ORGANISATION || model_sees (model, giver, patient, part));
}

gboolean
model_manages (const Model *model, int person, int patient)
{
  return model_sees (model, person, patient, 4);
}

gboolean
model_is_managed (const Model *model, int patient)
{
  for (int person = 0; person < N_PEOPLE; person++)
    if (model_manages (model, person, patient) && model->ties[person][patient].last_day == 0)
      return TRUE;
  return FALSE;
}

/* Nobody else manages the users without an end. */
static gboolean
must_stay (const Model *model, int person, int patient)
{
  if (!model_manages (model, person, patient))
    return FALSE;
  for (int other = 0; other < N_PEOPLE; other++)
    if (other != person && model_manages (model, other, patient) && model->ties[other][patient].last_day == 0)
      return FALSE;
  return TRUE;
}

static int
latest_day (const Model *model, const Tie *asker)
{
  GDate date;
  int year_on;

  g_date_clear (&date, 1);
  g_date_set_julian (&date, model_today (model) + 719163);
  g_date_add_years (&date, 1);
  year_on = (int) g_date_get_julian (&date) - 719163;
  return asker->last_day != 0 ? MIN (asker->last_day, year_on) : year_on;
}

static void
begin_anew (const Model *model, Tie *tie, const Tie *asker)
{
  memset (tie, 0, sizeof *tie);
  tie->place = WAITING;
  tie->last_day = asker->last_day;
  tie->lasts = asker->last_day != 0 ? asker->last_day - model_today (model) : 0;
}

/* Until the end of the day that its mail names; of the tests the zone is UTC. */
static void
put_invitation (Tie *tie, CpTime opens)
{
  tie->opens = opens;
  tie->lapses = (opens / DAY + 7 + 1) * DAY - 1;
}

/* Each returns whether it is done. */
gboolean
model_add (Model *model, int asker, int person, int patient, guint parts)
{
  Tie *tie = &model->ties[person][patient];
  const Tie *own = &model->ties[asker][patient];

  if (!model_manages (model, asker, patient) || tie->place != ABSENT)
    return FALSE;
  for (int part = 0; part < N_PARTS; part++)
    if ((parts & 1u << part) != 0 && !model_sees (model, asker, patient, part))
      return FALSE;
  begin_anew (model, tie, own);
  for (int part = 0; part < N_PARTS; part++)
    {
      tie->held[part] = (parts & 1u << part) != 0;
      tie->giver[part] = asker;
    }
  if (!model->at_first_right)
    put_invitation (tie, model->now);
  else if (parts != 0)
    put_invitation (tie, model->now + CP_TIME_MINUTE);
  return TRUE;
}

gboolean
model_give (Model *model, int asker, int person, int patient, int part)
{
  Tie *tie = &model->ties[person][patient];
  const Tie *own = &model->ties[asker][patient];

  if (!model_manages (model, asker, patient) || tie->place == ABSENT)
    return FALSE;
  if (is_ticked (model, person, patient, part))
    return TRUE;
  if (person == asker || !model_sees (model, asker, patient, part))
    return FALSE;
  if (!is_over (model, tie) && own->last_day != 0 && (tie->last_day == 0 || tie->last_day > own->last_day))
    return FALSE;
  if (is_over (model, tie))
    begin_anew (model, tie, own);
  tie->held[part] = TRUE;
  tie->giver[part] = asker;
  if (tie->place == WAITING && tie->opens == 0)
    put_invitation (tie, model->now + CP_TIME_MINUTE);
  return TRUE;
}

gboolean
model_take (Model *model, int asker, int person, int patient, int part)
{
  Tie *tie = &model->ties[person][patient];

  if (!model_manages (model, asker, patient) || tie->place == ABSENT)
    return FALSE;
  if (!is_ticked (model, person, patient, part))
    return TRUE;
  if (part == 4 && must_stay (model, person, patient))
    return FALSE;
  tie->held[part] = FALSE;
  if (tie->place != WAITING || tie->opens <= model->now)
    return TRUE;
  for (int other = 0; other < N_PARTS; other++)
    if (is_ticked (model, person, patient, other))
      return TRUE;
  tie->opens = 0;
  return TRUE;
}

static gboolean
may_set_end (const Model *model, int asker, int person, int patient)
{
  const Tie *tie = &model->ties[person][patient];

  return model_manages (model, asker, patient) && person != asker && tie->place != ABSENT && !is_over (model, tie) &&
         !must_stay (model, person, patient);
}

/* A later end gives anew all that is held. */
static gboolean
may_prolong (const Model *model, int asker, int person, int patient)
{
  for (int part = 0; part < N_PARTS; part++)
    if (is_ticked (model, person, patient, part) && !model_sees (model, asker, patient, part))
      return FALSE;
  return TRUE;
}

gboolean
model_until (Model *model, int asker, int person, int patient, int day)
{
  Tie *tie = &model->ties[person][patient];
  const Tie *own = &model->ties[asker][patient];

  if (!may_set_end (model, asker, person, patient))
    return FALSE;
  if (day == 0 ? own->last_day != 0 : day <= model_today (model) || day > latest_day (model, own))
    return FALSE;
  if (tie->last_day != 0 && (day == 0 || day > tie->last_day) && !may_prolong (model, asker, person, patient))
    return FALSE;
  tie->last_day = day;
  tie->lasts = day != 0 ? day - model_today (model) : 0;
  return TRUE;
}

gboolean
model_renew (Model *model, int asker, int person, int patient)
{
  Tie *tie = &model->ties[person][patient];
  int day = MIN (tie->last_day + MAX (1, tie->lasts), latest_day (model, &model->ties[asker][patient]));

  if (!may_set_end (model, asker, person, patient) || !may_prolong (model, asker, person, patient) ||
      tie->last_day == 0 || day <= tie->last_day)
    return FALSE;
  tie->last_day = day;
  return TRUE;
}

gboolean
model_send (Model *model, int asker, int person, int patient)
{
  Tie *tie = &model->ties[person][patient];

  if (!model_manages (model, asker, patient) || person == asker || tie->place == ABSENT ||
      (tie->place == IN && !is_over (model, tie)))
    return FALSE;
  if (is_over (model, tie))
    begin_anew (model, tie, &model->ties[asker][patient]);
  put_invitation (tie, model->now);
  return TRUE;
}

static gboolean
has_gone_out (const Model *model, const Tie *tie)
{
  return tie->opens != 0 && tie->opens <= model->now;
}

gboolean
model_withdraw (Model *model, int asker, int person, int patient)
{
  Tie *tie = &model->ties[person][patient];

  if (!model_manages (model, asker, patient) || tie->place != WAITING || is_over (model, tie) ||
      !has_gone_out (model, tie))
    return FALSE;
  tie->place = OUT;
  return TRUE;
}

gboolean
model_end (Model *model, int asker, int person, int patient)
{
  Tie *tie = &model->ties[person][patient];

  if (!model_manages (model, asker, patient) || tie->place == ABSENT || is_over (model, tie) ||
      must_stay (model, person, patient) || (tie->place == WAITING && has_gone_out (model, tie)))
    return FALSE;
  tie->place = OUT;
  return TRUE;
}

gboolean
model_answer (Model *model, int person, int patient, gboolean accept)
{
  Tie *tie = &model->ties[person][patient];
  gboolean counts[N_PARTS];

  if (tie->place != WAITING || is_over (model, tie) || !has_gone_out (model, tie) || tie->lapses <= model->now)
    return FALSE;
  for (int part = 0; part < N_PARTS; part++)
    counts[part] = is_ticked (model, person, patient, part);
  memcpy (tie->held, counts, sizeof counts);
  tie->place = accept ? IN : OUT;
  return TRUE;
}

/* Looking through somebody: what they see, or would see; and nothing that the asker does not see. */
gboolean
model_views (const Model *model, int asker, int person, int patient, int part)
{
  return model_manages (model, asker, patient) && person != asker && is_ticked (model, person, patient, part) &&
         model_sees (model, asker, patient, part);
}

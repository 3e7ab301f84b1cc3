/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-card-age.h"

#include "cpa-fresh-text.h"

static void
take (CpFreshness **place, const CpFreshness *freshness)
{
  g_clear_pointer (place, cp_freshness_free);
  if (freshness != NULL)
    *place = cp_record_copy (&cp_freshness_record, freshness);
}

void
cpa_card_age_clear (CpaCardAge *self)
{
  take (&self->told, NULL);
  take (&self->asked, NULL);
  take (&self->shown, NULL);
}

void
cpa_card_age_tell (CpaCardAge *self, const CpFreshness *freshness)
{
  take (&self->told, freshness);
}

void
cpa_card_age_ask (CpaCardAge *self)
{
  take (&self->asked, self->told);
}

void
cpa_card_age_come (CpaCardAge *self)
{
  take (&self->shown, self->asked);
}

CpTime
cpa_card_age_get (const CpaCardAge *self, int kind)
{
  return cpa_fresh_of_card (self->shown, kind);
}

gboolean
cpa_card_age_is_behind (const CpaCardAge *self, int kind)
{
  return cpa_fresh_of_card (self->shown, kind) < cpa_fresh_of_card (self->told, kind);
}

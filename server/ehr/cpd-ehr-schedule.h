/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-config.h"
#include "cp-time.h"

G_BEGIN_DECLS

/* A moment at which the EHR is read. Its key is the date in the organisation's zone with the minute of that day. */
typedef struct
{
  char date[11];
  int minute;
  CpTime at; /* in the gap of spring the first moment after it, in the double hour of autumn the first of the two */
} CpdEhrSlot;

/* The first slot after a moment, and the last one at or before it. FALSE when there are no slots. */
gboolean cpd_ehr_schedule_next (const CpdConfig *config, CpTime after, CpdEhrSlot *slot);
gboolean cpd_ehr_schedule_last (const CpdConfig *config, CpTime now, CpdEhrSlot *slot);

/* How long after a failed run (the first: 1) the next try is. */
CpTime cpd_ehr_schedule_backoff (int failures);

G_END_DECLS

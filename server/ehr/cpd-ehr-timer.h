/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-ehr-schedule.h"
#include "cpd-ehr-sync.h"
#include "cpd-store-ehr-sync.h"

G_BEGIN_DECLS

/* The thread that runs the sync at its slots: catches up after downtime with one run, runs a slot again whose run died
 * or failed, and notices within 30 seconds when the clock was set or the machine slept. */
typedef struct _CpdEhrTimer CpdEhrTimer;

/* Copies sync; what it points at is kept by the caller. */
CpdEhrTimer *cpd_ehr_timer_new (const CpdEhrSync *sync);
/* Cancels a run that is going on, and waits for its end. */
void cpd_ehr_timer_free (CpdEhrTimer *timer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CpdEhrTimer, cpd_ehr_timer_free)

/* Asks for a run at once, also when the last slot is done. */
void cpd_ehr_timer_run_now (CpdEhrTimer *timer, gboolean accept_removals);

/* The decision, pure: when the slot that was last is to be run, given how it stands and that no run is going on. A time
 * at or before now: at once; 0: not any more, it is done. failures: of this slot. */
CpTime cpd_ehr_timer_due (const CpdEhrSlotState *state, int failures, CpTime now);

G_END_DECLS

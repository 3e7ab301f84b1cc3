/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cp-start.h"
#include "cpa-context.h"

G_BEGIN_DECLS

/* Why something is empty, in the same sentence on the start screen and inside the page. */
typedef enum
{
  CPA_REASON_APPOINTMENTS,
  CPA_REASON_MESSAGES,
  CPA_REASON_DOSSIER,
  CPA_REASON_GENERAL_REPORTS,
  CPA_REASON_PLAN_REPORTS,
  CPA_REASON_PLANS,
  CPA_REASON_PROFILE,
  CPA_REASON_CONTACTS,
  CPA_REASON_N_KINDS
} CpaReasonKind;

/* (transfer full): state is a CpContentState other than filled; freshness (nullable) says when it is fetched. */
char *cpa_reason_text (CpaReasonKind kind, int state, const CpFreshness *freshness, CpaContext *context);
/* The heading above it; "" where the sentence says all. */
const char *cpa_reason_title (CpaReasonKind kind, int state, CpaContext *context);

G_END_DECLS

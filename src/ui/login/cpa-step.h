/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cpa-account.h"

G_BEGIN_DECLS

/* A page that asks the server one thing at a time and goes where the answer leads. Signals: "next" (CpLoginAnswer *),
 * "back", and "ended" (GError *) when this attempt to log in is over. */
#define CPA_TYPE_STEP (cpa_step_get_type ())
G_DECLARE_DERIVABLE_TYPE (CpaStep, cpa_step, CPA, STEP, AdwBin)

struct _CpaStepClass
{
  AdwBinClass parent_class;

  void (*show_busy) (CpaStep *self, gboolean busy);
  void (*show_failure) (CpaStep *self, const GError *error);
};

void cpa_step_setup (CpaStep *self, CpaAccount *account, const CpOrganisation *organisation);
CpaAccount *cpa_step_get_account (CpaStep *self);
const CpOrganisation *cpa_step_get_organisation (CpaStep *self);
gboolean cpa_step_is_busy (CpaStep *self);

/* A question begins; its cancellable ends with the page. */
GCancellable *cpa_step_begin (CpaStep *self);
/* (transfer full) (nullable): NULL when it failed, which has been shown then, or when the page is gone. */
CpLoginAnswer *cpa_step_finish (CpaStep *self, CpaAccount *account, GAsyncResult *result);
/* The same for a question of another kind: FALSE when it failed, which has been shown then, or when the page is gone.
 */
gboolean cpa_step_settle (CpaStep *self, const GError *error);
/* Whatever the answer to the question under way is, it is not wanted any more. */
void cpa_step_abandon (CpaStep *self);
void cpa_step_next (CpaStep *self, CpLoginAnswer *answer);
void cpa_step_back (CpaStep *self);

G_END_DECLS

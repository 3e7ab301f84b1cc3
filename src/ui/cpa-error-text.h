/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cp-error.h"
#include "cp-organisation.h"

G_BEGIN_DECLS

/* What a failure is called on screen: what happened, what was not lost, what to do. */
typedef struct
{
  char *title;
  char *text;
  const char *button; /* (nullable): what the person can do about it, in one word */
  gboolean can_retry; /* button asks the same again */
} CpaErrorText;

/* (transfer full): never NULL, also for an error of another domain. organisation may be NULL before it is known. */
CpaErrorText *cpa_error_text_new (const GError *error, const CpOrganisation *organisation);
void cpa_error_text_free (CpaErrorText *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CpaErrorText, cpa_error_text_free)

G_END_DECLS

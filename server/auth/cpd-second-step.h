/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cp-session.h"
#include "cpd-config.h"
#include "cpd-keys.h"
#include "cpd-store-account.h"

G_BEGIN_DECLS

/* The one interface to the second step. A method is a row of the table in cpd-second-step.c: who has it, what the code
 * that was typed comes to, what is used up by it. Whoever comes with a code passes cpd_second_step_try(), which counts
 * and tests in one statement; a method that goes through a browser (OpenID Connect) is one more row, whose code is what
 * comes back from there. */
typedef struct
{
  CpdDb *db;
  const CpdKeys *keys;
  const CpdConfig *config;
  const CpdAccount *account;
  gint64 attempt; /* that the tries count in */
  CpTime now;
} CpdSecondStep;

/* Which ways there are now (flags of CpStepMethod), and which one is asked for unless the person wants another. */
gboolean cpd_second_step_methods (const CpdSecondStep *step, guint *methods, CpStepMethod *first, GError **error);

/* Counts and tests code. A code that is not right sets *failed (CP_ERROR_CODE_WRONG with tries_left, _USED_UP,
 * _EXPIRED) and returns TRUE: the count is to be kept. FALSE with CP_ERROR_THROTTLED when the method was tried too
 * often for this account; then nothing was tested. */
gboolean cpd_second_step_try (const CpdSecondStep *step, CpStepMethod method, const char *code, GError **failed,
                              GError **error);

/* Codes from an app. New: (transfer full) the seed, kept but of no use until a code of it was typed. */
gboolean cpd_second_step_new_totp (const CpdSecondStep *step, char **key, char **uri, GError **error);
gboolean cpd_second_step_confirm_totp (const CpdSecondStep *step, const char *code, GError **failed, GError **error);

/* (transfer full): codes that are told once and kept as hashes; those of that kind before them count no more. */
GStrv cpd_second_step_new_sheet (const CpdSecondStep *step, GError **error);
char *cpd_second_step_new_desk_code (const CpdSecondStep *step, GError **error);

/* Everything beside the text message is gone. */
gboolean cpd_second_step_reset (const CpdSecondStep *step, GError **error);
/* Tries of before are forgotten. */
gboolean cpd_second_step_forgive (const CpdSecondStep *step, GError **error);

G_END_DECLS

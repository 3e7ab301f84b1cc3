/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cp-start.h"

G_BEGIN_DECLS

/* How recent an opened text is. The list beside it says how recent all is, and its answer and that of the text come
 * each by itself: what was told before the text was asked for is true of it, what is told later only of the next
 * answer. */
typedef struct
{
  CpFreshness *told;  /* (owned) (nullable): by the list, last */
  CpFreshness *asked; /* (owned) (nullable): what was told when the text was asked for */
  CpFreshness *shown; /* (owned) (nullable): the same of the text on the screen */
} CpaCardAge;

void cpa_card_age_clear (CpaCardAge *self);
void cpa_card_age_tell (CpaCardAge *self, const CpFreshness *freshness);
/* The text is asked for, and then: it came. */
void cpa_card_age_ask (CpaCardAge *self);
void cpa_card_age_come (CpaCardAge *self);

/* 0 until it is known; kind is of the card. */
CpTime cpa_card_age_get (const CpaCardAge *self, int kind);
/* Whether the text came to be known as older than the list says: to be asked for once more. */
gboolean cpa_card_age_is_behind (const CpaCardAge *self, int kind);

G_END_DECLS

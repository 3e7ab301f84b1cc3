/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-actor.h"
#include "ehr-kit.h"

#define CARD_KIT_AT(days) (1772539200 * CP_TIME_SECOND + (days) *CP_TIME_DAY) /* 2026-03-03 12:00 UTC */
#define CARD_KIT_ALL 0x1fu                                                    /* kinds of cards */

/* Two clients, of one of whom account 1 reads the dossier; the clock stands at CARD_KIT_AT (0). */
typedef struct
{
  EhrKit ehr;
  gint64 wil;
  gint64 henk;
  CpdGrant grant; /* of account 1 on wil */
} CardKit;

void card_kit_set_up (CardKit *kit, gconstpointer data);
void card_kit_tear_down (CardKit *kit, gconstpointer data);
/* A card as a run writes it. NULL text: removed. known: the row in which it is sought first; 0: by its key. */
void card_kit_put_at (CardKit *kit, gint64 known, gint64 patient, const char *id, int kind, CpTime at,
                      const char *author, const char *title, const char *text);
void card_kit_put (CardKit *kit, gint64 patient, const char *id, int kind, CpTime at, const char *author,
                   const char *title, const char *text);

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-actor.h"
#include "cpd-config.h"
#include "cpd-keys.h"
#include "cpd-writer.h"

/* A database, a key file and a configuration in a temporary directory, and a clock that stands still. */
typedef struct
{
  char *directory;
  char *database;
  CpdConfig *config;
  CpdKeys *keys;
  CpdWriter *writer;
} StoreKit;

void store_kit_set_up (StoreKit *kit);
/* With more groups of the configuration. */
void store_kit_set_up_with (StoreKit *kit, const char *more);
void store_kit_tear_down (StoreKit *kit);
/* Runs func in the writer and expects that it goes well. */
void store_kit_write (StoreKit *kit, CpdWriteFunc func, gpointer data);
/* The one number that a query gives. */
gint64 store_kit_number (CpdDb *db, const char *sql);

/* What the gate gives of a patient for how old their data is. */
CpdGrant store_kit_grant (CpdDb *db, gint64 patient);

/* The clock of this process: stands still until it is set. */
void store_kit_set_now (CpTime now);

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-ehr-map.h"
#include "cpd-ehr-sync.h"
#include "store-kit.h"

/* A resource of JSON written with ' for quotation marks. */
CpdEhrResource *ehr_kit_resource (const char *json);

/* What is a report and so on, as the configuration says without keys. */
void ehr_kit_set_codes (CpdEhrMapper *mapper);
/* (borrowed): how one type went. */
const CpdEhrTypeReport *ehr_kit_type (const CpdEhrSyncReport *report, const char *type);

/* A store with its EHR directory. */
typedef struct
{
  StoreKit store;
  int refreshed;                   /* calls of the refresh function in the last run */
  const CpdTransferLimits *limits; /* (nullable): of requests to a FHIR server */
  gboolean accept_removals;        /* by the next runs */
  GCancellable *running;           /* (owned) (nullable): of the newest run */
} EhrKit;

void ehr_kit_set_up (EhrKit *kit);
/* The same with a client, Wil Bruin: enrolled, and in the directory as Patient/wil. */
void ehr_kit_set_up_wil (EhrKit *kit);
/* For g_test_add: with Wil, and the end of it. */
void ehr_kit_begin_wil (EhrKit *kit, gconstpointer data);
void ehr_kit_end (EhrKit *kit, gconstpointer data);
/* The same with two, Wil and Henk. */
void ehr_kit_set_up_two (EhrKit *kit);
#define EHR_KIT_PATIENT(id, value, name)                                                                               \
  "{'resourceType':'Patient','id':'" id "','identifier':[{'system':'s','value':'" value "'}],'name':[{'text':'" name   \
  "'}]}\n"
#define EHR_KIT_TWO EHR_KIT_PATIENT ("wil", "1", "Wil") EHR_KIT_PATIENT ("henk", "2", "Henk")
void ehr_kit_tear_down (EhrKit *kit);
/* Writes (or with NULL removes) a file of the EHR directory; ' stands for a quotation mark. */
void ehr_kit_file (EhrKit *kit, const char *name, const char *text);
/* Row id of a new enrolled patient. */
gint64 ehr_kit_enrol (EhrKit *kit, const char *identifier, const char *name);
/* A run; stop_after > 0: cancelled after so many changed patients were refreshed. */
gboolean ehr_kit_run (EhrKit *kit, CpdEhrSyncReport *report, int stop_after);
/* A run an hour later, in which everything goes well. */
void ehr_kit_run_well (EhrKit *kit);
/* The same, and afterwards no plan waits to be put together. */
void ehr_kit_run_whole (EhrKit *kit);
/* The reports of the only client are told to be as new as the run of this moment. */
void ehr_kit_assert_current (EhrKit *kit);
/* Runs a statement on a connection of its own. */
void ehr_kit_exec (EhrKit *kit, const char *sql);
/* Makes of what is here what an earlier version of the program would have made of the same resources: other words
 * ("Vroeger ..."), of cards and plans. The next run reads everything again. */
void ehr_kit_read_otherwise (EhrKit *kit);
/* The index of words has those of the cards that show, and no other. */
void ehr_kit_assert_search (EhrKit *kit);
/* A number that a query gives. */
gint64 ehr_kit_count (EhrKit *kit, const char *sql);
/* (transfer full): a text that a query gives. */
char *ehr_kit_text (EhrKit *kit, const char *sql);
/* (transfer full): every row of what the EHR says, without what differs by chance and by the clock. */
char *ehr_kit_dump (EhrKit *kit);

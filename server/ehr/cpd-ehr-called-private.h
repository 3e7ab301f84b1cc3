/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-ehr-server-private.h"

G_BEGIN_DECLS

struct _CpdEhrCalled
{
  GHashTable *fetched; /* key -> when, CpTime * */
  GHashTable *hashes;  /* key -> hash of what is kept, GBytes */
  GHashTable *tried;   /* set of keys that were asked for in this run */
  GHashTable *missed;  /* set of those of tried that the server could not give now, and of what points at them */
  GHashTable *bad;     /* set of keys that made a question fail, alone, in an earlier run */
  GHashTable *failed;  /* type -> how many questions failed since the last one that did not */
};

/* A name to be written. */
typedef struct
{
  const char *source;
  char *key;
  char *body; /* (nullable): it is kept no more; empty: it could not be fetched */
  CpTime now;
} CpdEhrCalledName;

/* cpd-ehr-called-kept.c. body: (nullable) (transfer content), as key. */
CpdEhrCalledName *cpd_ehr_called_name_new (CpdEhrServer *server, char *key, char *body);
void cpd_ehr_called_name_free (gpointer name);
/* The resource counts from now on; it is added to kept (of CpdEhrCalledName) when that is to be written. Who is who is
 * read in each run. fetched: it was asked for, so when that was is to be written. */
void cpd_ehr_called_note (CpdEhrServer *server, const CpdEhrResource *resource, gboolean fetched, GPtrArray *kept);
/* Writes those. FALSE with error. */
gboolean cpd_ehr_called_write (CpdEhrServer *server, GPtrArray *kept, GError **error);

G_END_DECLS

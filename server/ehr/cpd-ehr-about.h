/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-ehr-run.h"

G_BEGIN_DECLS

/* Somebody whom a resource is about and who is read in this run. */
typedef struct
{
  gint64 patient; /* row id */
  char *key;      /* of the Patient: "Patient/1" */
  char *id;       /* of the row: of an appointment of several people each has one */
} CpdEhrAbout;

/* (transfer full) (element-type CpdEhrAbout), in the order of the resource. */
GPtrArray *cpd_ehr_about (const CpdEhrRun *run, const CpdEhrResource *resource);

G_END_DECLS

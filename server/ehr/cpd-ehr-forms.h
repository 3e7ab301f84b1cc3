/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-ehr-resource.h"

G_BEGIN_DECLS

/* What the Questionnaires of a source are called, and their questions: by their address with a version, and without one
 * for who does not say which or says one that is not known. */

typedef struct
{
  char *text;       /* (nullable) */
  gboolean group;   /* a heading */
  gboolean display; /* words to read: nothing is asked */
} CpdEhrQuestion;

GHashTable *cpd_ehr_forms_new (void);
void cpd_ehr_forms_add (GHashTable *forms, const CpdEhrResource *questionnaire);
/* Those of a form that brings its Questionnaire itself: that one alone, under canonical ("#q"), as the same may stand
 * for another one elsewhere. (transfer full), NULL when canonical (nullable) names nothing in container. */
GHashTable *cpd_ehr_forms_contained (JsonObject *container, const char *canonical);
/* (transfer full) (nullable): the address that canonical (nullable), with or without "|version", names. */
char *cpd_ehr_forms_address (const char *canonical);
/* TRUE when that version is known, or any when canonical (nullable) names none. */
gboolean cpd_ehr_forms_knows (GHashTable *forms, const char *canonical);
/* NULL when not known; canonical and link_id are nullable. */
const char *cpd_ehr_forms_title (GHashTable *forms, const char *canonical);
const CpdEhrQuestion *cpd_ehr_forms_question (GHashTable *forms, const char *canonical, const char *link_id);
/* Calls func for each title and each question, under the address of the form. */
void cpd_ehr_forms_each (GHashTable *forms, void (*func) (const char *key, const char *text, gpointer data),
                         gpointer data);

G_END_DECLS

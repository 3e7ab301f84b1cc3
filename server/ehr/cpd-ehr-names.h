/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-ehr-forms.h"
#include "cpd-ehr-reference.h"
#include "cpd-ehr-resource.h"

G_BEGIN_DECLS

/* What the references of a source point at, by name: filled in a first pass, because a reference may come before its
 * target. Also the questions of the Questionnaires. */
typedef struct _CpdEhrNames CpdEhrNames;

/* The types that a first pass must give to cpd_ehr_names_add, NULL-terminated. */
extern const char *const cpd_ehr_names_types[];
/* What it looks at of any of them, NULL-terminated. */
extern const char *const cpd_ehr_names_members[];

CpdEhrNames *cpd_ehr_names_new (void);
void cpd_ehr_names_free (CpdEhrNames *names);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CpdEhrNames, cpd_ehr_names_free)

/* FALSE: one with the same key was added before, and counts. */
gboolean cpd_ehr_names_add (CpdEhrNames *names, const CpdEhrResource *resource);
/* The same of a resource of another type, whose name nobody asks for. */
void cpd_ehr_names_add_address (CpdEhrNames *names, const CpdEhrResource *resource);

/* An address that absolute references to this source begin with. */
void cpd_ehr_names_add_base (CpdEhrNames *names, const char *base);
/* TRUE when one is known, from a fullUrl or by that function: without any an absolute reference leads nowhere. */
gboolean cpd_ehr_names_has_base (CpdEhrNames *names);
/* Of two resources with the same key the first counts: unless the first is forgotten. */
void cpd_ehr_names_forget (CpdEhrNames *names, const char *key);

/* "Patient/123": the resource that reference (nullable) points at, also when it is not known; (transfer full), NULL
 * when it points into container, outside of this source, or nowhere. */
char *cpd_ehr_names_key (CpdEhrNames *names, JsonObject *reference);
/* Of what type that is that reference (nullable) points at, in container or outside, or what it says of it when it is
 * not found; (transfer full) (nullable). */
char *cpd_ehr_names_type (CpdEhrNames *names, JsonObject *reference, JsonObject *container);
/* TRUE when that is this type. */
gboolean cpd_ehr_names_is_a (CpdEhrNames *names, JsonObject *reference, JsonObject *container, const char *type);
/* TRUE when that resource, in container or outside, says that it is not for client or family. */
gboolean cpd_ehr_names_is_withheld (CpdEhrNames *names, JsonObject *reference, JsonObject *container);
/* TRUE when that resource was added. */
gboolean cpd_ehr_names_knows (CpdEhrNames *names, const char *key);

/* Whose the thing is that reference points at: the key of the Patient itself, of who a RelatedPerson is with, of who a
 * CarePlan, Goal or CareTeam is about; "" when that is not told. (transfer full), NULL when it is nobody's in
 * particular, or not known. */
char *cpd_ehr_names_owner (CpdEhrNames *names, JsonObject *reference, JsonObject *container);

/* The same of what lies in a resource itself. */
char *cpd_ehr_names_owner_of_contained (CpdEhrNames *names, JsonObject *object);
/* By which Reference it says whose it is; (transfer none) (nullable). */
JsonObject *cpd_ehr_names_owner_said (CpdEhrNames *names, JsonObject *reference, JsonObject *container);

/* The name of what reference points at, else its display, else for whom who has that role works; (transfer full), NULL
 * without either. role (nullable) gets the function of a carer, when known. */
char *cpd_ehr_names_resolve (CpdEhrNames *names, JsonObject *reference, JsonObject *container, char **role);

/* Until it is NULL: asked (borrowed, of guint32) gets the hash of each key that is asked for, once. */
void cpd_ehr_names_listen (CpdEhrNames *names, GArray *asked);
/* func is asked for the resource with a key that nothing is known of; (transfer full), NULL when it has none. It may
 * give one with another key, and gives each only once. A PractitionerRole or a Questionnaire is to be added at once. */
typedef CpdEhrResource *(*CpdEhrNamesLater) (const char *key, gpointer data);
void cpd_ehr_names_set_later (CpdEhrNames *names, CpdEhrNamesLater func, gpointer data);

/* What a resource that was added told of its key: a text that differs when that differs; (transfer full). */
char *cpd_ehr_names_describe (CpdEhrNames *names, const char *key);
/* What all of them together told beside that: func is called for each key, which may come more than once. */
typedef void (*CpdEhrNamesFunc) (const char *key, const char *text, gpointer data);
void cpd_ehr_names_each (CpdEhrNames *names, CpdEhrNamesFunc func, gpointer data);

/* The title of a Questionnaire and its question link_id; NULL when not known. canonical (nullable) is
 * QuestionnaireResponse.questionnaire, with or without "|version": of that version when it is known, else of any. */
const char *cpd_ehr_names_form_title (CpdEhrNames *names, const char *canonical);
const CpdEhrQuestion *cpd_ehr_names_question (CpdEhrNames *names, const char *canonical, const char *link_id);
/* TRUE when that very version was added, or any when it names none. */
gboolean cpd_ehr_names_knows_form (CpdEhrNames *names, const char *canonical);

G_END_DECLS

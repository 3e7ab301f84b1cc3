/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-ehr-answer.h"

#include "cp-dossier-item.h"
#include "cpd-ehr-date.h"
#include "cpd-ehr-text.h"
#include "cpd-fhir.h"

#define YES "yes"
#define NO "no"

typedef char *(*Say) (const CpdEhrMapper *mapper, JsonObject *answer, const char *name, JsonObject *container);

static char *
say_boolean (const CpdEhrMapper *mapper, JsonObject *answer, const char *name, JsonObject *container)
{
  gboolean yes = cpd_fhir_bool (answer, name, FALSE);

  /* Not a boolean at all: then the answer is what it is told to be otherwise. */
  if (yes != cpd_fhir_bool (answer, name, TRUE))
    return NULL;
  return g_strdup (yes ? YES : NO);
}

static char *
say_number (const CpdEhrMapper *mapper, JsonObject *answer, const char *name, JsonObject *container)
{
  return cpd_fhir_number_text (answer, name);
}

static char *
say_date (const CpdEhrMapper *mapper, JsonObject *answer, const char *name, JsonObject *container)
{
  const char *text = cpd_fhir_string (answer, name);
  g_autofree char *words = cpd_ehr_date_words (text, mapper->zone);

  return words != NULL ? g_strdup (text) : NULL;
}

/* "14:00:00" is said as 14:00. */
static char *
say_time (const CpdEhrMapper *mapper, JsonObject *answer, const char *name, JsonObject *container)
{
  const char *text = cpd_fhir_string (answer, name);
  g_autofree char *minutes = text != NULL ? g_strndup (text, 5) : NULL;

  return cp_time_minute_of_day (minutes) >= 0 ? g_steal_pointer (&minutes) : NULL;
}

static char *
say_text (const CpdEhrMapper *mapper, JsonObject *answer, const char *name, JsonObject *container)
{
  return cpd_ehr_text_block (cpd_fhir_string (answer, name), CPD_EHR_ANSWER_MAX, NULL);
}

static char *
say_attachment (const CpdEhrMapper *mapper, JsonObject *answer, const char *name, JsonObject *container)
{
  JsonObject *attachment = cpd_fhir_object (answer, name);
  char *title = cpd_ehr_text_line (cpd_fhir_string (attachment, "title"));

  return attachment != NULL && title == NULL ? g_strdup ("") : title;
}

static char *
say_coding (const CpdEhrMapper *mapper, JsonObject *answer, const char *name, JsonObject *container)
{
  JsonObject *coding = cpd_fhir_object (answer, name);
  const char *display = cpd_fhir_string (coding, "display");

  return cpd_ehr_text_line (display != NULL ? display : cpd_fhir_string (coding, "code"));
}

static char *
say_quantity (const CpdEhrMapper *mapper, JsonObject *answer, const char *name, JsonObject *container)
{
  JsonObject *quantity = cpd_fhir_object (answer, name);
  const char *comparator = cpd_fhir_string (quantity, "comparator");
  const char *unit = cpd_fhir_string (quantity, "unit");
  g_autofree char *value = cpd_fhir_number_text (quantity, "value");
  g_autofree char *text = NULL;

  if (value == NULL)
    return NULL;
  if (unit == NULL)
    unit = cpd_fhir_string (quantity, "code");
  text = g_strdup_printf ("%s%s%s %s", comparator != NULL ? comparator : "", comparator != NULL ? " " : "", value,
                          unit != NULL ? unit : "");
  return cpd_ehr_text_line (text);
}

static char *
say_reference (const CpdEhrMapper *mapper, JsonObject *answer, const char *name, JsonObject *container)
{
  return cpd_ehr_map_name (mapper, cpd_fhir_object (answer, name), container, NULL);
}

static const struct
{
  const char *name;
  Say say;
  int kind; /* CpAnswerKind */
} kinds[] = {
  { "valueBoolean", say_boolean, CP_ANSWER_YES_NO },     { "valueDecimal", say_number, CP_ANSWER_TEXT },
  { "valueInteger", say_number, CP_ANSWER_TEXT },        { "valueDate", say_date, CP_ANSWER_DATE },
  { "valueDateTime", say_date, CP_ANSWER_DATE },         { "valueTime", say_time, CP_ANSWER_TEXT },
  { "valueString", say_text, CP_ANSWER_TEXT },           { "valueUri", say_text, CP_ANSWER_TEXT },
  { "valueAttachment", say_attachment, CP_ANSWER_FILE }, { "valueCoding", say_coding, CP_ANSWER_TEXT },
  { "valueQuantity", say_quantity, CP_ANSWER_TEXT },     { "valueReference", say_reference, CP_ANSWER_TEXT },
};

/**
 * cpd_ehr_answer:
 * @answer: (nullable):
 * @kind: (out): a CpAnswerKind
 *
 * Returns: (transfer full) (nullable)
 */
char *
cpd_ehr_answer (const CpdEhrMapper *mapper, JsonObject *answer, JsonObject *container, int *kind)
{
  char *text = NULL;

  for (gsize i = 0; answer != NULL && text == NULL && i < G_N_ELEMENTS (kinds); i++)
    {
      text = kinds[i].say (mapper, answer, kinds[i].name, container);
      *kind = kinds[i].kind;
    }
  return text;
}

/**
 * cpd_ehr_answer_words:
 *
 * Returns: (transfer full): in Dutch, for searching.
 */
char *
cpd_ehr_answer_words (const CpdEhrMapper *mapper, int kind, const char *answer)
{
  char *words = NULL;

  if (kind == CP_ANSWER_YES_NO)
    return g_strdup (g_str_equal (answer, YES) ? "Ja" : "Nee");
  if (kind == CP_ANSWER_FILE)
    return *answer != '\0' ? g_strconcat ("Bijlage: ", answer, NULL) : g_strdup ("Bijlage");
  if (kind == CP_ANSWER_DATE)
    words = cpd_ehr_date_words (answer, mapper->zone);
  return words != NULL ? words : g_strdup (answer);
}

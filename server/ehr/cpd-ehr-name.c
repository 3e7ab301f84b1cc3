/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-ehr-name.h"

#include "cpd-ehr-text.h"
#include "cpd-fhir.h"

#define EXTENSION "http://hl7.org/fhir/StructureDefinition/"

/* Which name is chosen when there are several: the lowest. */
static const struct
{
  const char *use;
  int rank;
} uses[] = { { "official", 0 }, { "usual", 2 }, { "nickname", 3 }, { "temp", 4 }, { "anonymous", 5 } };

#define RANK_WITHOUT_USE 1
#define RANK_ENDED 8
#define RANK_NEVER 9    /* old, maiden */
#define OPEN_END "2100" /* a year from which on an end is written for none */

/* mapper: (nullable) */
static gboolean
has_ended (const CpdEhrMapper *mapper, JsonObject *name)
{
  const char *end = cpd_fhir_string (cpd_fhir_object (name, "period"), "end");

  return mapper != NULL ? cpd_ehr_map_has_ended (mapper, name) : end != NULL && strcmp (end, OPEN_END) < 0;
}

static int
rank_of (const CpdEhrMapper *mapper, JsonObject *name)
{
  const char *use = cpd_fhir_string (name, "use");
  int rank = use == NULL ? RANK_WITHOUT_USE : RANK_NEVER;

  for (gsize i = 0; use != NULL && i < G_N_ELEMENTS (uses); i++)
    if (g_str_equal (use, uses[i].use))
      rank = uses[i].rank;
  return rank < RANK_ENDED && has_ended (mapper, name) ? RANK_ENDED : rank;
}

static gboolean
is_whole (JsonObject *name)
{
  return cpd_fhir_string (name, "text") != NULL || cpd_fhir_string (name, "family") != NULL ||
         cpd_fhir_object (name, "_family") != NULL;
}

/**
 * cpd_ehr_name_best:
 * @mapper: (nullable):
 *
 * Returns: (nullable): a name with a family name or text before one without.
 */
JsonObject *
cpd_ehr_name_best (const CpdEhrMapper *mapper, JsonArray *names)
{
  JsonObject *best = NULL;
  int best_rank = G_MAXINT;

  for (guint i = 0; i < cpd_fhir_length (names); i++)
    {
      JsonObject *name = cpd_fhir_nth (names, i);
      int rank = name != NULL ? rank_of (mapper, name) + (is_whole (name) ? 0 : 2 * RANK_NEVER) : G_MAXINT;

      if (rank < best_rank)
        {
          best = name;
          best_rank = rank;
        }
    }
  return best;
}

/**
 * cpd_ehr_name_usual:
 * @mapper: (nullable):
 *
 * Returns: (nullable)
 */
JsonObject *
cpd_ehr_name_usual (const CpdEhrMapper *mapper, JsonArray *names)
{
  for (guint i = 0; i < cpd_fhir_length (names); i++)
    {
      JsonObject *name = cpd_fhir_nth (names, i);

      if (g_strcmp0 (cpd_fhir_string (name, "use"), "usual") == 0 && is_whole (name) && !has_ended (mapper, name))
        return name;
    }
  return cpd_ehr_name_best (mapper, names);
}

static char *
join (const char *prefix, const char *name)
{
  return prefix != NULL && name != NULL ? g_strconcat (prefix, " ", name, NULL) : g_strdup (name);
}

/* (transfer full) (nullable): in the order of the extension; without one as it is written. */
static char *
family_of (JsonObject *name)
{
  JsonObject *family = cpd_fhir_object (name, "_family");
  const char *order = cpd_fhir_extension_string (name, EXTENSION "humanname-assembly-order");
  const char *written = cpd_fhir_string (name, "family");
  g_autofree char *own = join (cpd_fhir_extension_string (family, EXTENSION "humanname-own-prefix"),
                               cpd_fhir_extension_string (family, EXTENSION "humanname-own-name"));
  g_autofree char *partner = join (cpd_fhir_extension_string (family, EXTENSION "humanname-partner-prefix"),
                                   cpd_fhir_extension_string (family, EXTENSION "humanname-partner-name"));

  if (own == NULL && partner == NULL)
    return g_strdup (written);
  if (own == NULL || g_strcmp0 (order, "NL2") == 0)
    return g_strdup (partner != NULL ? partner : own);
  if (partner == NULL || g_strcmp0 (order, "NL1") == 0)
    return g_steal_pointer (&own);
  if (g_strcmp0 (order, "NL3") == 0)
    return g_strconcat (partner, "-", own, NULL);
  if (g_strcmp0 (order, "NL4") == 0 || written == NULL)
    return g_strconcat (own, "-", partner, NULL);
  return g_strdup (written);
}

/* What given name i is: "BR" a name, "IN" an initial, "CL" the name to call somebody by; NULL: not said. */
static const char *
qualifier_of (JsonObject *name, guint i)
{
  return cpd_fhir_extension_string (cpd_fhir_nth (cpd_fhir_array (name, "_given"), i),
                                    EXTENSION "iso21090-EN-qualifier");
}

/* (transfer full) (nullable): the given names that are to be written out. */
static char *
given_of (JsonObject *name)
{
  JsonArray *given = cpd_fhir_array (name, "given");
  g_autoptr (GString) result = g_string_new (NULL);

  for (guint i = 0; i < cpd_fhir_length (given); i++)
    {
      const char *text = cpd_fhir_nth_string (given, i);
      gboolean initial = text != NULL && g_str_has_suffix (text, ".");

      if (text == NULL)
        continue;
      if (g_strcmp0 (qualifier_of (name, i), "CL") == 0)
        return g_strdup (text);
      if (result->len > 0 && !(initial && g_str_has_suffix (result->str, ".")))
        g_string_append_c (result, ' ');
      g_string_append (result, text);
    }
  return result->len > 0 ? g_strdup (result->str) : NULL;
}

/* (transfer full) (nullable): "J.P.M." */
static char *
initials_of (JsonObject *name)
{
  JsonArray *given = cpd_fhir_array (name, "given");
  g_autoptr (GString) result = g_string_new (NULL);

  for (guint i = 0; i < cpd_fhir_length (given); i++)
    {
      const char *text = cpd_fhir_nth_string (given, i);
      const char *qualifier = qualifier_of (name, i);

      if (text == NULL || (g_strcmp0 (qualifier, "CL") == 0 && cpd_fhir_length (given) > 1))
        continue;
      if (g_strcmp0 (qualifier, "IN") == 0 || g_str_has_suffix (text, "."))
        g_string_append (result, text);
      else
        {
          g_string_append_unichar (result, g_unichar_toupper (g_utf8_get_char (text)));
          g_string_append_c (result, '.');
        }
    }
  return result->len > 0 ? g_strdup (result->str) : NULL;
}

/* (transfer full) (nullable) */
static char *
joined_line (const char *first, const char *second)
{
  g_autofree char *text = join (first, second);

  return cpd_ehr_text_line (text != NULL ? text : first);
}

/**
 * cpd_ehr_name_full:
 * @name: (nullable): a HumanName
 *
 * Returns: (transfer full) (nullable)
 */
char *
cpd_ehr_name_full (JsonObject *name)
{
  g_autofree char *text = cpd_ehr_text_line (cpd_fhir_string (name, "text"));
  g_autofree char *given = NULL;
  g_autofree char *family = NULL;

  if (text != NULL)
    return g_steal_pointer (&text);
  given = given_of (name);
  family = family_of (name);
  return joined_line (given, family);
}

/**
 * cpd_ehr_name_short:
 * @name: (nullable): a HumanName
 *
 * Returns: (transfer full) (nullable): never more than initials and family name, so never its text.
 */
char *
cpd_ehr_name_short (JsonObject *name)
{
  g_autofree char *initials = initials_of (name);
  g_autofree char *family = family_of (name);

  return joined_line (initials, family);
}

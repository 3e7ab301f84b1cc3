/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-ehr-link.h"

#include <string.h>

#include "cpd-ehr-sync.h"
#include "cpd-fhir.h"

#define PURPOSE "patient-identifier"
#define MAX_HOPS 8 /* Patients that replace each other */

typedef struct
{
  CpdEhrEnrolled *enrolled; /* (borrowed) of CpdEhrLink.enrolled */
  char *hit;                /* (owned) (nullable): id of the Patient with its identifier */
  char *replaced;           /* (owned) (nullable): id of a Patient with its identifier that another has replaced */
  gboolean several;         /* more than one Patient has it */
  gboolean present;         /* the Patient that it is linked to was there */
  gboolean other_name;      /* the Patient with its identifier has another name than was enrolled */
} Candidate;

struct _CpdEhrLink
{
  const CpdKeys *keys; /* (borrowed) */
  char *source;
  GPtrArray *enrolled;    /* (owned) of CpdEhrEnrolled */
  GHashTable *by_hash;    /* GBytes -> Candidate */
  GHashTable *by_fhir_id; /* id that it was linked to before -> Candidate (borrowed) */
  GHashTable *replaced;   /* Patient id -> key of the Patient that replaces it */
  GHashTable *names;      /* Patient id -> as names_of() writes them: of every Patient of the source */
  GHashTable *died;       /* set of Patient ids: say so in this run */
  GHashTable *patients;   /* key "Patient/1" -> Candidate (borrowed): who is read in this run */
  GHashTable *whole;      /* set of gint64 */
  GHashTable *keeps;      /* set of gint64: see cpd_ehr_link_keeps() */
  GHashTable *people;     /* set of "Patient/1\nfingerprint" of RelatedPersons, and "Patient/1\nname\n*" */
  GHashTable *related;    /* set of "RelatedPerson/7" */
};

static void
candidate_free (gpointer data)
{
  Candidate *candidate = data;

  g_free (candidate->hit);
  g_free (candidate->replaced);
  g_free (candidate);
}

/**
 * cpd_ehr_identifier_hash:
 * @identifier: "system|value"
 */
void
cpd_ehr_identifier_hash (const CpdKeys *keys, const char *source, const char *identifier, guchar out[CPD_HASH_SIZE])
{
  g_autofree char *text = g_strconcat (source, "\n", identifier, NULL);

  cpd_keys_hash (keys, PURPOSE, text, strlen (text), out);
}

/**
 * cpd_ehr_link_new:
 * @enrolled: (transfer full):
 *
 * Returns: (transfer full)
 */
CpdEhrLink *
cpd_ehr_link_new (const CpdKeys *keys, const char *source, GPtrArray *enrolled)
{
  CpdEhrLink *link = g_new0 (CpdEhrLink, 1);

  link->keys = keys;
  link->source = g_strdup (source);
  link->enrolled = enrolled;
  link->by_hash = g_hash_table_new_full (g_bytes_hash, g_bytes_equal, (GDestroyNotify) g_bytes_unref, candidate_free);
  link->by_fhir_id = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  link->replaced = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  link->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  link->died = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  link->patients = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  link->whole = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  link->keeps = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  link->people = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  link->related = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < enrolled->len; i++)
    {
      Candidate *candidate = g_new0 (Candidate, 1);

      candidate->enrolled = g_ptr_array_index (enrolled, i);
      g_hash_table_insert (link->by_hash, g_bytes_new (candidate->enrolled->identifier_hash, CPD_HASH_SIZE), candidate);
      if (candidate->enrolled->fhir_id != NULL)
        g_hash_table_insert (link->by_fhir_id, g_strdup (candidate->enrolled->fhir_id), candidate);
    }
  return link;
}

/**
 * cpd_ehr_link_free:
 * @link: (nullable):
 */
void
cpd_ehr_link_free (CpdEhrLink *link)
{
  if (link == NULL)
    return;
  g_free (link->source);
  g_hash_table_unref (link->by_fhir_id);
  g_hash_table_unref (link->died);
  g_hash_table_unref (link->patients);
  g_hash_table_unref (link->by_hash);
  g_hash_table_unref (link->replaced);
  g_hash_table_unref (link->names);
  g_hash_table_unref (link->whole);
  g_hash_table_unref (link->keeps);
  g_hash_table_unref (link->people);
  g_hash_table_unref (link->related);
  g_ptr_array_unref (link->enrolled);
  g_free (link);
}

static void
add_words (GString *words, GString *initials, const char *text)
{
  g_auto (GStrv) tokens = g_str_tokenize_and_fold (text != NULL ? text : "", NULL, NULL);

  for (gsize i = 0; tokens[i] != NULL; i++)
    {
      g_string_append_printf (words, "%s ", tokens[i]);
      g_string_append_unichar (initials, g_utf8_get_char (tokens[i]));
    }
}

/* (transfer full): the words of every name of a Patient, " wil de bruin hofstra ", and behind a line feed the initials:
 * of given names, or where no name has those apart, of what its texts say. */
static char *
names_of (JsonObject *patient)
{
  JsonArray *names = cpd_fhir_array (patient, "name");
  g_autoptr (GString) words = g_string_new (" ");
  g_autoptr (GString) of_given = g_string_new (NULL);
  g_autoptr (GString) of_texts = g_string_new (NULL);
  g_autoptr (GString) unused = g_string_new (NULL);

  for (guint i = 0; i < cpd_fhir_length (names); i++)
    {
      JsonObject *name = cpd_fhir_nth (names, i);
      JsonArray *given = cpd_fhir_array (name, "given");

      add_words (words, of_texts, cpd_fhir_string (name, "text"));
      add_words (words, unused, cpd_fhir_string (name, "family"));
      for (guint at = 0; at < cpd_fhir_length (given); at++)
        {
          g_autoptr (GString) letters = g_string_new (NULL);

          add_words (unused, letters, cpd_fhir_nth_string (given, at));
          if (letters->len > 0)
            g_string_append_unichar (of_given, g_utf8_get_char (letters->str));
        }
    }
  return g_strconcat (words->str, "\n", of_given->len > 0 ? of_given->str : of_texts->str, NULL);
}

/* A mistyped identifier must not open the dossier of whoever has it: the family name (a part of the last word, whole)
 * that the operator typed has to be in one of the Patient's names, and the first initial. */
static gboolean
has_name (CpdEhrLink *link, const char *fhir_id, const char *short_name)
{
  const char *names = g_hash_table_lookup (link->names, fhir_id);
  const char *initials = names != NULL ? strchr (names, '\n') + 1 : NULL;
  const char *space = strrchr (short_name, ' ');
  g_auto (GStrv) family = g_str_tokenize_and_fold (space != NULL ? space : short_name, NULL, NULL);
  g_auto (GStrv) all = g_str_tokenize_and_fold (short_name, NULL, NULL);
  gboolean found = FALSE;

  if (names == NULL)
    return FALSE;
  for (gsize i = 0; family[i] != NULL && !found; i++)
    {
      g_autofree char *word = g_strdup_printf (" %s ", family[i]);

      found = strstr (names, word) != NULL;
    }
  return found && (space == NULL || g_utf8_strchr (initials, -1, g_utf8_get_char (all[0])) != NULL);
}

static void
look_up_identifier (CpdEhrLink *link, JsonObject *identifier, const char *fhir_id)
{
  const char *system = cpd_fhir_string (identifier, "system");
  const char *value = cpd_fhir_string (identifier, "value");
  g_autofree char *text = NULL;
  g_autoptr (GBytes) key = NULL;
  guchar hash[CPD_HASH_SIZE];
  Candidate *candidate;
  char **hit;

  if (system == NULL || value == NULL)
    return;
  text = g_strconcat (system, "|", value, NULL);
  cpd_ehr_identifier_hash (link->keys, link->source, text, hash);
  key = g_bytes_new (hash, sizeof hash);
  candidate = g_hash_table_lookup (link->by_hash, key);
  if (candidate == NULL)
    return;
  /* A Patient that another one has replaced no longer stands for the person, but its identifier leads to who does. */
  hit = g_hash_table_contains (link->replaced, fhir_id) ? &candidate->replaced : &candidate->hit;
  if (*hit != NULL && !g_str_equal (*hit, fhir_id))
    candidate->several = TRUE;
  else if (*hit == NULL)
    *hit = g_strdup (fhir_id);
}

static void
add_patient (CpdEhrLink *link, const CpdEhrMapper *mapper, const CpdEhrResource *resource)
{
  JsonArray *identifiers = cpd_fhir_array (resource->object, "identifier");
  JsonArray *links = cpd_fhir_array (resource->object, "link");
  Candidate *known = g_hash_table_lookup (link->by_fhir_id, resource->id);

  if (known != NULL)
    known->present = TRUE;
  for (guint i = 0; i < cpd_fhir_length (links); i++)
    {
      JsonObject *other = cpd_fhir_nth (links, i);
      char *key = g_strcmp0 (cpd_fhir_string (other, "type"), "replaced-by") == 0
                      ? cpd_ehr_names_key (mapper->names, cpd_fhir_object (other, "other"))
                      : NULL;

      if (key != NULL)
        g_hash_table_replace (link->replaced, g_strdup (resource->id), key);
    }
  g_hash_table_replace (link->names, g_strdup (resource->id), names_of (resource->object));
  if (cpd_ehr_map_patient_died (resource->object))
    g_hash_table_add (link->died, g_strdup (resource->id));
  for (guint i = 0; i < cpd_fhir_length (identifiers); i++)
    look_up_identifier (link, cpd_fhir_nth (identifiers, i), resource->id);
}

/* (transfer full): the name alone, for when one of two records has no telephone number. */
static char *
name_key (const char *patient_key, const CpdEhrContact *contact)
{
  g_autofree char *name = g_utf8_casefold (contact->name, -1);

  return g_strconcat (patient_key, "\n", name, "\n*", NULL);
}

static void
add_related (CpdEhrLink *link, const CpdEhrMapper *mapper, const CpdEhrResource *resource)
{
  g_autoptr (GPtrArray) patients = cpd_ehr_map_patients (mapper, resource);
  CpdEhrContact *contact = NULL;
  const char *reason = NULL;

  g_hash_table_add (link->related, g_strconcat ("RelatedPerson/", resource->id, NULL));
  if (patients->len > 0 && cpd_ehr_map_related_person (mapper, resource, &contact, &reason) == CPD_EHR_SHOWN)
    {
      const char *patient = g_ptr_array_index (patients, 0);
      g_autofree char *fingerprint = cpd_ehr_contact_fingerprint (contact);

      g_hash_table_add (link->people, g_strconcat (patient, "\n", fingerprint, NULL));
      g_hash_table_add (link->people, name_key (patient, contact));
    }
  cpd_ehr_contact_free (contact);
}

/**
 * cpd_ehr_link_add:
 *
 * Looks at a resource of the first pass.
 */
void
cpd_ehr_link_add (CpdEhrLink *link, const CpdEhrMapper *mapper, const CpdEhrResource *resource)
{
  if (g_str_equal (resource->type, "Patient"))
    add_patient (link, mapper, resource);
  else if (g_str_equal (resource->type, "RelatedPerson"))
    add_related (link, mapper, resource);
}

/* (nullable): the Patient of this source that stands for the one with that id now: the end of the chain. */
static const char *
successor (CpdEhrLink *link, const char *fhir_id)
{
  const char *id = fhir_id;

  for (int hops = 0; hops < MAX_HOPS; hops++)
    {
      const char *key = g_hash_table_lookup (link->replaced, id);

      if (key == NULL)
        return id != fhir_id && g_hash_table_contains (link->names, id) ? id : NULL;
      if (!g_str_has_prefix (key, "Patient/"))
        return NULL;
      id = key + strlen ("Patient/");
    }
  return NULL;
}

static Candidate *
candidate_of (CpdEhrLink *link, guint number)
{
  const CpdEhrEnrolled *enrolled = g_ptr_array_index (link->enrolled, number);
  g_autoptr (GBytes) key = g_bytes_new (enrolled->identifier_hash, CPD_HASH_SIZE);

  return g_hash_table_lookup (link->by_hash, key);
}

/* TRUE when the Patient that somebody was linked to says that the one with the identifier now replaces it. */
static gboolean
was_replaced (CpdEhrLink *link, const Candidate *candidate)
{
  return g_strcmp0 (successor (link, candidate->enrolled->fhir_id), candidate->hit) == 0;
}

/* Nobody has the identifier but a Patient that was replaced: then it is that of who took its place. */
static void
follow (CpdEhrLink *link, Candidate *candidate)
{
  const char *next = candidate->replaced != NULL ? successor (link, candidate->replaced) : NULL;

  if (candidate->hit == NULL && next != NULL)
    candidate->hit = g_strdup (next);
  candidate->other_name = candidate->hit != NULL && !has_name (link, candidate->hit, candidate->enrolled->short_name);
}

static void
accept (CpdEhrLink *link, Candidate *candidate, const char *fhir_id)
{
  g_hash_table_replace (link->patients, g_strconcat ("Patient/", fhir_id, NULL), candidate);
}

/* TRUE when the Patient that somebody is linked to is there but has the identifier no more: its id may have been given
 * to somebody else. One that was replaced may have handed its identifier on. */
static gboolean
has_lost_identifier (CpdEhrLink *link, const Candidate *candidate)
{
  return candidate->hit == NULL && candidate->present &&
         !g_hash_table_contains (link->replaced, candidate->enrolled->fhir_id);
}

/* (nullable): why nobody is read for the candidate in this run. */
static const char *
doubt (CpdEhrLink *link, const Candidate *candidate)
{
  const char *linked = candidate->enrolled->fhir_id;

  if (candidate->several)
    return "more than one Patient has the identifier of somebody enrolled: nobody is linked";
  if (linked != NULL && candidate->other_name && !g_str_equal (linked, candidate->hit))
    return "the Patient that replaces it has another family name or initial: it is left out of this run";
  if (linked == NULL && candidate->other_name)
    return "the Patient with the identifier has another family name or initial than was enrolled: nobody is linked";
  if (candidate->hit == NULL && linked == NULL)
    return "no Patient has the identifier of somebody enrolled";
  if (has_lost_identifier (link, candidate))
    return "the Patient does not have the identifier any more: it is left out of this run";
  if (linked != NULL && candidate->hit != NULL && !g_str_equal (linked, candidate->hit) &&
      !was_replaced (link, candidate))
    return "another Patient has the identifier now: it is left out of this run";
  return NULL;
}

static void
settle_one (CpdEhrLink *link, Candidate *candidate, CpdEhrLinkFunc func, CpdEhrLinkProblem problem, gpointer data)
{
  CpdEhrEnrolled *enrolled = candidate->enrolled;
  const char *reason;

  follow (link, candidate);
  reason = doubt (link, candidate);

  /* Nothing is concluded about somebody in doubt: what was read before is kept. */
  if (reason != NULL)
    {
      problem (enrolled->fhir_id, reason, data);
      return;
    }
  if (candidate->hit != NULL && g_strcmp0 (enrolled->fhir_id, candidate->hit) != 0)
    {
      if (!func (enrolled->id, candidate->hit, data))
        {
          problem (candidate->hit, "the Patient is linked to somebody else", data);
          return;
        }
      if (enrolled->fhir_id != NULL)
        accept (link, candidate, enrolled->fhir_id);
      g_free (enrolled->fhir_id);
      enrolled->fhir_id = g_strdup (candidate->hit);
      candidate->present = TRUE;
    }
  accept (link, candidate, enrolled->fhir_id);
  if (candidate->present)
    g_hash_table_add (link->whole, g_memdup2 (&enrolled->id, sizeof enrolled->id));
  else
    problem (enrolled->fhir_id, "the Patient is not in the directory: what was read before is kept", data);
}

/* What is about a Patient that was replaced is about who took its place, in every run, when it goes by the same family
 * name. */
static void
accept_replaced (CpdEhrLink *link)
{
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, link->replaced);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      const char *next = successor (link, id);
      g_autofree char *key = g_strconcat ("Patient/", (const char *) id, NULL);
      g_autofree char *next_key = g_strconcat ("Patient/", next != NULL ? next : "", NULL);
      Candidate *candidate = g_hash_table_lookup (link->patients, next_key);

      if (candidate != NULL && !g_hash_table_contains (link->patients, key) &&
          has_name (link, id, candidate->enrolled->short_name))
        accept (link, candidate, id);
    }
}

/* So is what is about one that the source does not show any more. One that it shows, replaced by nobody, stands for
 * itself again. */
static void
accept_earlier (CpdEhrLink *link, Candidate *candidate)
{
  char **earlier = candidate->enrolled->earlier;

  for (int i = 0; earlier[i] != NULL; i++)
    {
      g_autofree char *key = g_strconcat ("Patient/", earlier[i], NULL);

      if (!g_hash_table_contains (link->patients, key) && !g_hash_table_contains (link->names, earlier[i]) &&
          !g_hash_table_contains (link->by_fhir_id, earlier[i]))
        accept (link, candidate, earlier[i]);
    }
}

static void
add_keeps (CpdEhrLink *link, const CpdEhrEnrolled *enrolled)
{
  g_hash_table_add (link->keeps, g_memdup2 (&enrolled->id, sizeof enrolled->id));
}

/* Those who had died before this run, and those of whom it tells that they have. */
static void
find_keeps (CpdEhrLink *link)
{
  GHashTableIter iter;
  gpointer key, value;

  for (guint i = 0; i < link->enrolled->len; i++)
    if (candidate_of (link, i)->enrolled->deceased)
      add_keeps (link, candidate_of (link, i)->enrolled);
  g_hash_table_iter_init (&iter, link->patients);
  while (g_hash_table_iter_next (&iter, &key, &value))
    if (g_hash_table_contains (link->died, (const char *) key + strlen ("Patient/")))
      add_keeps (link, ((const Candidate *) value)->enrolled);
}

/**
 * cpd_ehr_link_settle:
 *
 * Decides who is read in this run.
 */
void
cpd_ehr_link_settle (CpdEhrLink *link, CpdEhrLinkFunc func, CpdEhrLinkProblem problem, gpointer data)
{
  for (guint i = 0; i < link->enrolled->len; i++)
    settle_one (link, candidate_of (link, i), func, problem, data);
  accept_replaced (link);
  for (guint i = 0; i < link->enrolled->len; i++)
    {
      Candidate *candidate = candidate_of (link, i);

      if (candidate->enrolled->fhir_id != NULL && cpd_ehr_link_is_main (link, candidate->enrolled->fhir_id))
        accept_earlier (link, candidate);
    }
  find_keeps (link);
}

/**
 * cpd_ehr_link_patient:
 *
 * Returns: the row id of the patient.
 */
gint64
cpd_ehr_link_patient (CpdEhrLink *link, const char *key)
{
  const Candidate *candidate = g_hash_table_lookup (link->patients, key);

  return candidate != NULL ? candidate->enrolled->id : 0;
}

/**
 * cpd_ehr_link_has_died:
 *
 * Returns: FALSE also for nobody who is read in this run.
 */
gboolean
cpd_ehr_link_has_died (CpdEhrLink *link, const char *key)
{
  const Candidate *candidate = g_hash_table_lookup (link->patients, key);

  return candidate != NULL && candidate->enrolled->deceased;
}

/**
 * cpd_ehr_link_keeps:
 *
 * Returns: TRUE when the dossier stays as it is here.
 */
gboolean
cpd_ehr_link_keeps (CpdEhrLink *link, gint64 patient)
{
  return g_hash_table_contains (link->keeps, &patient);
}

/**
 * cpd_ehr_link_each:
 *
 * Calls @func for each Patient whose data is read, also one that another has replaced.
 */
void
cpd_ehr_link_each (CpdEhrLink *link, CpdEhrLinkEach func, gpointer data)
{
  GHashTableIter iter;
  gpointer key;
  gpointer value;

  g_hash_table_iter_init (&iter, link->patients);
  while (g_hash_table_iter_next (&iter, &key, &value))
    func ((const char *) key + strlen ("Patient/"), ((const Candidate *) value)->enrolled->id, data);
}

/**
 * cpd_ehr_link_is_main:
 *
 * Returns: TRUE for the id that somebody is linked to.
 */
gboolean
cpd_ehr_link_is_main (CpdEhrLink *link, const char *fhir_id)
{
  g_autofree char *key = g_strconcat ("Patient/", fhir_id, NULL);
  const Candidate *candidate = g_hash_table_lookup (link->patients, key);

  return candidate != NULL && g_strcmp0 (candidate->enrolled->fhir_id, fhir_id) == 0;
}

/**
 * cpd_ehr_link_by_identifier:
 *
 * Returns: (transfer full) (nullable)
 */
char *
cpd_ehr_link_by_identifier (CpdEhrLink *link, const char *identifier)
{
  guchar hash[CPD_HASH_SIZE];
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *key = NULL;
  const Candidate *candidate;

  cpd_ehr_identifier_hash (link->keys, link->source, identifier, hash);
  bytes = g_bytes_new (hash, sizeof hash);
  candidate = g_hash_table_lookup (link->by_hash, bytes);
  if (candidate == NULL || candidate->enrolled->fhir_id == NULL)
    return NULL;
  key = g_strconcat ("Patient/", candidate->enrolled->fhir_id, NULL);
  return g_hash_table_contains (link->patients, key) ? g_steal_pointer (&key) : NULL;
}

/**
 * cpd_ehr_link_is_whole:
 *
 * Returns: TRUE when the patient is read in this run and its Patient was seen.
 */
gboolean
cpd_ehr_link_is_whole (CpdEhrLink *link, gint64 patient)
{
  return g_hash_table_contains (link->whole, &patient);
}

/**
 * cpd_ehr_link_has_contact:
 *
 * Returns: TRUE when the contact inside the Patient is listed as a RelatedPerson too.
 */
gboolean
cpd_ehr_link_has_contact (CpdEhrLink *link, const char *patient_key, const CpdEhrPatientContact *contact)
{
  g_autofree char *fingerprint = cpd_ehr_contact_fingerprint (contact->content);
  g_autofree char *whole = g_strconcat (patient_key, "\n", fingerprint, NULL);
  g_autofree char *folded = g_utf8_casefold (contact->content->name, -1);
  g_autofree char *without_phone = g_strconcat (patient_key, "\n", folded, "\n", NULL);
  g_autofree char *name = name_key (patient_key, contact->content);

  if (contact->related != NULL && g_hash_table_contains (link->related, contact->related))
    return TRUE;
  return g_hash_table_contains (link->people, whole) || g_hash_table_contains (link->people, without_phone) ||
         (contact->content->phone == NULL && g_hash_table_contains (link->people, name));
}

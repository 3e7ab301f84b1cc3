/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-ehr-contacts.h"

#include "cpd-store-ehr-contact.h"

/* What a row and a contact of one name may have in common beside it. The larger number says more: of two of one name
 * the id that the EHR gives them tells who is who, then the telephone number, then what they are to the client, and
 * only then the place in the list. */
enum
{
  SAME_PLACE = 1,
  SAME_RELATION = 2,
  SAME_PHONE = 4,
  SAME_OWN_ID = 8,
  SAME_ALL = 15
};

typedef struct
{
  const CpdEhrKeptContact *kept; /* (borrowed) */
  char *name;
  char *fingerprint;
  gboolean taken;
} Row;

typedef struct
{
  CpdEhrPatientContact *contact; /* (borrowed) */
  char *name;
  char *fingerprint;
  gboolean settled;
} Person;

static void
row_clear (gpointer data)
{
  Row *row = data;

  g_free (row->name);
  g_free (row->fingerprint);
}

static void
person_clear (gpointer data)
{
  Person *person = data;

  g_free (person->name);
  g_free (person->fingerprint);
}

static void
settle (Person *person, Row *row)
{
  row->taken = person->settled = TRUE;
  g_free (person->contact->id);
  person->contact->id = g_strdup (row->kept->id);
}

/* -1: of another name. */
static int
in_common (const Person *person, const Row *row)
{
  const CpdEhrPatientContact *contact = person->contact;
  gboolean same_id = g_str_equal (contact->id, row->kept->id);

  if (!g_str_equal (person->name, row->name))
    return -1;
  return (same_id ? SAME_PLACE : 0) | (same_id && contact->own ? SAME_OWN_ID : 0) |
         (g_strcmp0 (contact->content->relation, row->kept->content->relation) == 0 ? SAME_RELATION : 0) |
         (g_str_equal (person->fingerprint, row->fingerprint) ? SAME_PHONE : 0);
}

static void
settle_by_name (GArray *people, GArray *rows, int least, gboolean removed)
{
  for (guint i = 0; i < people->len; i++)
    {
      Person *person = &g_array_index (people, Person, i);

      for (guint n = 0; !person->settled && n < rows->len; n++)
        {
          Row *row = &g_array_index (rows, Row, n);
          int common = in_common (person, row);

          if (!row->taken && row->kept->removed == removed && common >= 0 && (common & least) == least)
            settle (person, row);
        }
    }
}

/* Whose name nobody has, by an id of the EHR's own of who is here: the same person by another name. */
static void
settle_renamed (GArray *people, GArray *rows)
{
  for (guint i = 0; i < people->len; i++)
    {
      Person *person = &g_array_index (people, Person, i);

      for (guint n = 0; person->contact->own && !person->settled && n < rows->len; n++)
        {
          Row *row = &g_array_index (rows, Row, n);

          if (!row->taken && !row->kept->removed && g_str_equal (person->contact->id, row->kept->id))
            settle (person, row);
        }
    }
}

/* Somebody who was not here: an id that no row has, also none of who is gone: a membership may still name it. */
static void
settle_new (const CpdEhrResource *resource, GArray *people, GArray *rows)
{
  g_autoptr (GHashTable) used = g_hash_table_new (g_str_hash, g_str_equal);
  guint number = 1;

  for (guint n = 0; n < rows->len; n++)
    g_hash_table_add (used, g_array_index (rows, Row, n).kept->id);
  for (guint i = 0; i < people->len; i++)
    {
      Person *person = &g_array_index (people, Person, i);

      while (!person->settled && g_hash_table_contains (used, person->contact->id))
        {
          g_free (person->contact->id);
          person->contact->id = g_strdup_printf ("%s#%u", resource->id, number++);
        }
      g_hash_table_add (used, person->contact->id);
    }
}

static GArray *
rows_of (const GPtrArray *kept)
{
  GArray *rows = g_array_new (FALSE, TRUE, sizeof (Row));

  g_array_set_clear_func (rows, row_clear);
  for (guint i = 0; i < kept->len; i++)
    {
      const CpdEhrKeptContact *one = g_ptr_array_index (kept, i);
      Row row = { one, g_utf8_casefold (one->content->name, -1), cpd_ehr_contact_fingerprint (one->content), FALSE };

      g_array_append_val (rows, row);
    }
  return rows;
}

static GArray *
people_of (const GPtrArray *contacts)
{
  GArray *people = g_array_new (FALSE, TRUE, sizeof (Person));

  g_array_set_clear_func (people, person_clear);
  for (guint i = 0; i < contacts->len; i++)
    {
      CpdEhrPatientContact *contact = g_ptr_array_index (contacts, i);
      Person person = { contact, g_utf8_casefold (contact->content->name, -1),
                        cpd_ehr_contact_fingerprint (contact->content), FALSE };

      g_array_append_val (people, person);
    }
  return people;
}

/**
 * cpd_ehr_contacts_settle:
 * @patient: whose they are
 * @contacts: (element-type CpdEhrPatientContact): of cpd_ehr_map_patient_contacts()
 *
 * Returns: FALSE with @error when the database fails.
 */
gboolean
cpd_ehr_contacts_settle (CpdEhrRun *run, gint64 patient, const CpdEhrResource *resource, GPtrArray *contacts,
                         GError **error)
{
  g_autoptr (GPtrArray) kept = NULL;
  g_autoptr (GArray) rows = NULL;
  g_autoptr (GArray) people = NULL;

  if (contacts->len == 0)
    return TRUE;
  kept = cpd_store_ehr_kept_contacts (run->db, patient, run->sync->config->source_name, resource->id, error);
  if (kept == NULL)
    return FALSE;
  rows = rows_of (kept);
  people = people_of (contacts);
  for (int least = SAME_ALL; least >= SAME_PHONE; least--)
    settle_by_name (people, rows, least, FALSE);
  /* Who went away comes back by name and number, or id: another of that name may be somebody else. */
  settle_by_name (people, rows, SAME_OWN_ID, TRUE);
  settle_by_name (people, rows, SAME_PHONE, TRUE);
  for (int least = SAME_PHONE - 1; least >= 0; least--)
    settle_by_name (people, rows, least, FALSE);
  settle_renamed (people, rows);
  settle_new (resource, people, rows);
  return TRUE;
}

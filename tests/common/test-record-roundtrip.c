/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cp-invitation.h"
#include "cp-json.h"
#include "cp-member.h"
#include "cp-link.h"
#include "cp-organisation.h"
#include "cp-session.h"
#include "cp-start.h"
#include "cp-timeline.h"

#define MEMBER(T, record, field) G_STRUCT_MEMBER (T, record, (field)->offset)

/* What is written, read again as JSON. */
static JsonNode *
record_to_node (const CpRecordType *type, gconstpointer record, GTimeZone *zone)
{
  gsize length;
  g_autofree char *text = cp_record_to_text (type, record, zone, &length);
  JsonNode *node = cp_json_parse (text, length, CP_JSON_DEPTH, NULL);

  g_assert_nonnull (node);
  return node;
}

static const CpRecordType *const types[] = {
  &cp_appointment_record,
  &cp_form_entry_record,
  &cp_dossier_item_record,
  &cp_care_plan_record,
  &cp_invitation_record,
  &cp_invitation_list_record,
  &cp_text_record,
  &cp_organisation_record,
  &cp_contact_record,
  &cp_care_team_member_record,
  &cp_profile_record,
  &cp_login_request_record,
  &cp_code_request_record,
  &cp_password_request_record,
  &cp_forgot_request_record,
  &cp_link_request_record,
  &cp_link_password_request_record,
  &cp_link_record,
  &cp_challenge_record,
  &cp_login_answer_record,
  &cp_patient_access_record,
  &cp_session_record,
  &cp_problem_record,
  &cp_version_record,
  &cp_fresh_part_record,
  &cp_freshness_record,
  &cp_start_appointments_record,
  &cp_start_messages_record,
  &cp_start_dossier_record,
  &cp_start_profile_record,
  &cp_access_end_record,
  &cp_declined_record,
  &cp_start_record,
  &cp_appointment_page_record,
  &cp_dossier_page_record,
  &cp_dossier_item_answer_record,
  &cp_care_plan_list_record,
  &cp_profile_answer_record,
  &cp_attachment_record,
  &cp_version_stamp_record,
  &cp_text_mark_record,
  &cp_timing_record,
  &cp_plan_goal_record,
  &cp_plan_activity_record,
  &cp_plan_evaluation_record,
  &cp_timeline_month_record,
  &cp_timeline_record,
  &cp_read_request_record,
  &cp_author_list_record,
  &cp_search_page_record,
  &cp_care_plan_answer_record,
  &cp_word_record,
  &cp_word_list_record,
  &cp_refusal_record,
  &cp_member_record,
  &cp_member_options_record,
  &cp_member_list_record,
  &cp_lookup_request_record,
  &cp_lookup_record,
  &cp_member_request_record,
  &cp_member_part_request_record,
  &cp_member_until_request_record,
  &cp_member_ground_request_record,
  &cp_member_mobile_request_record,
  &cp_member_email_request_record,
};

static gpointer make (const CpRecordType *type, GRand *random);

static char *
make_string (GRand *random)
{
  return g_strdup_printf ("€\n\"%d", g_rand_int_range (random, 0, 10000));
}

static gint64
make_int (const CpField *field, GRand *random)
{
  if (field->min == 0 && field->max == 0)
    return g_rand_boolean (random) ? G_MININT64 : G_MAXINT64;
  return g_rand_boolean (random) ? field->min : field->max;
}

static void
fill (const CpField *field, gpointer record, GRand *random)
{
  GStrv strings;

  switch (field->type)
    {
    case CP_FIELD_STRING:
      MEMBER (char *, record, field) = make_string (random);
      break;
    case CP_FIELD_INT:
      MEMBER (gint64, record, field) = make_int (field, random);
      break;
    case CP_FIELD_BOOL:
      MEMBER (gboolean, record, field) = g_rand_int_range (random, 0, 2);
      break;
    case CP_FIELD_TIME:
      MEMBER (CpTime, record, field) = g_rand_int (random) * CP_TIME_SECOND + g_rand_int_range (random, 0, 1000000);
      break;
    case CP_FIELD_DATE:
      MEMBER (char *, record, field) = g_strdup_printf ("19%02d-02-28", g_rand_int_range (random, 0, 100));
      break;
    case CP_FIELD_ENUM:
      MEMBER (int, record, field) = g_rand_int_range (random, 0, g_strv_length ((char **) field->names));
      break;
    case CP_FIELD_FLAGS:
      MEMBER (guint, record, field) = g_rand_int_range (random, 0, 1 << g_strv_length ((char **) field->names));
      break;
    case CP_FIELD_RECORD:
      MEMBER (gpointer, record, field) = make (field->record, random);
      break;
    case CP_FIELD_RECORDS:
      for (int n = g_rand_int_range (random, 0, 4); n > 0; n--)
        g_ptr_array_add (MEMBER (GPtrArray *, record, field), make (field->record, random));
      break;
    case CP_FIELD_STRINGS:
      strings = g_new0 (char *, 3);
      strings[0] = make_string (random);
      strings[1] = make_string (random);
      g_strfreev (MEMBER (GStrv, record, field));
      MEMBER (GStrv, record, field) = strings;
      break;
    }
}

/* A record with every required field, and optional ones as it comes. */
static gpointer
make (const CpRecordType *type, GRand *random)
{
  gpointer record = cp_record_new (type);

  for (const CpField *field = type->fields; field->key != NULL; field++)
    if ((field->flags & CP_FIELD_OPTIONAL) == 0 || g_rand_int_range (random, 0, 4) > 0)
      fill (field, record, random);
  return record;
}

static void assert_equal (const CpRecordType *type, gconstpointer a, gconstpointer b);

static void
assert_arrays_equal (const CpRecordType *type, GPtrArray *a, GPtrArray *b)
{
  g_assert_nonnull (a);
  g_assert_nonnull (b);
  g_assert_cmpuint (a->len, ==, b->len);
  for (guint i = 0; i < a->len; i++)
    assert_equal (type, g_ptr_array_index (a, i), g_ptr_array_index (b, i));
}

static void
assert_equal (const CpRecordType *type, gconstpointer a, gconstpointer b)
{
  if (a == NULL || b == NULL)
    {
      g_assert_true (a == b);
      return;
    }
  for (const CpField *field = type->fields; field->key != NULL; field++)
    switch (field->type)
      {
      case CP_FIELD_STRING:
      case CP_FIELD_DATE:
        g_assert_cmpstr (MEMBER (char *, a, field), ==, MEMBER (char *, b, field));
        break;
      case CP_FIELD_INT:
      case CP_FIELD_TIME:
        g_assert_cmpint (MEMBER (gint64, a, field), ==, MEMBER (gint64, b, field));
        break;
      case CP_FIELD_BOOL:
      case CP_FIELD_ENUM:
      case CP_FIELD_FLAGS:
        g_assert_cmpint (MEMBER (int, a, field), ==, MEMBER (int, b, field));
        break;
      case CP_FIELD_RECORD:
        assert_equal (field->record, MEMBER (gpointer, a, field), MEMBER (gpointer, b, field));
        break;
      case CP_FIELD_RECORDS:
        assert_arrays_equal (field->record, MEMBER (GPtrArray *, a, field), MEMBER (GPtrArray *, b, field));
        break;
      case CP_FIELD_STRINGS:
        g_assert_cmpstrv (MEMBER (GStrv, a, field), MEMBER (GStrv, b, field));
        break;
      }
}

static void
test_round_trip (gconstpointer data)
{
  const CpRecordType *type = data;
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  g_autoptr (GTimeZone) amsterdam = g_time_zone_new_identifier ("Europe/Amsterdam");

  for (int i = 0; i < 50; i++)
    {
      g_autoptr (GError) error = NULL;
      gpointer record = make (type, random);
      gpointer copy = cp_record_copy (type, record);
      g_autoptr (JsonNode) written = record_to_node (type, record, i % 2 == 0 ? amsterdam : NULL);
      gsize length;
      g_autofree char *text = cp_json_text (written, &length);

      cp_record_free (type, record);
      g_autoptr (JsonNode) node = cp_json_parse (text, length, CP_JSON_DEPTH, &error);
      g_assert_no_error (error);
      gpointer again = cp_record_from_json (type, node, CP_RECORD_STRICT, &error);
      g_assert_no_error (error);
      assert_equal (type, copy, again);
      cp_record_free (type, copy);
      cp_record_free (type, again);
    }
}

/* Tables that contradict themselves would be found by nobody else. */
static void
test_table (gconstpointer data)
{
  const CpRecordType *type = data;
  g_autoptr (GHashTable) keys = g_hash_table_new (g_str_hash, g_str_equal);

  for (const CpField *field = type->fields; field->key != NULL; field++)
    {
      gboolean has_names = field->type == CP_FIELD_ENUM || field->type == CP_FIELD_FLAGS;
      gboolean has_record = field->type == CP_FIELD_RECORD || field->type == CP_FIELD_RECORDS;
      g_assert_true (g_hash_table_add (keys, (gpointer) field->key));
      g_assert_cmpuint (field->offset, <, type->size);
      g_assert_cmpint (field->min, <=, field->max);
      g_assert_true ((field->names != NULL) == has_names);
      g_assert_true ((field->record != NULL) == has_record);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autofree char *round_trip = g_strdup_printf ("/record/round-trip/%s", types[i]->name);
      g_autofree char *table = g_strdup_printf ("/record/table/%s", types[i]->name);
      g_test_add_data_func (round_trip, types[i], test_round_trip);
      g_test_add_data_func (table, types[i], test_table);
    }
  return g_test_run ();
}

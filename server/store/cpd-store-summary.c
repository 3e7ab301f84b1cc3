/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-store-summary.h"

#include "cpd-result.h"
#include "cpd-stmt.h"
#include "cpd-store-unread.h"

/**
 * cpd_store_summary_refresh:
 *
 * A form or an evaluation is no report: it is never the latest.
 */
gboolean
cpd_store_summary_refresh (CpdDb *db, gint64 patient, CpTime now, GTimeZone *zone, GError **error)
{
  return cpd_db_run (
             db, error,
             "INSERT OR REPLACE INTO summary (patient, latest, newest_seen, plan_changed, name, birth_date, address)"
             " SELECT ?1,"
             " (SELECT id FROM item WHERE patient = ?1 AND removed IS NULL AND kind IN (0, 1, 4)"
             "  ORDER BY at DESC, id DESC LIMIT 1),"
             " max (coalesce ((SELECT max (first_seen) FROM item WHERE patient = ?1 AND removed IS NULL), 0),"
             "  coalesce ((SELECT max (seen) FROM item INDEXED BY item_renewed WHERE " CPD_RENEWED (
                 "?1") "), 0)),"
                       " (SELECT coalesce (max (seen), 0) FROM care_plan WHERE patient = ?1 AND removed IS NULL"
                       "  AND part_of IS NULL),"
                       " body ->> 'name', body ->> 'birth_date', replace (body ->> 'address', char (10), ', ')"
                       " FROM (SELECT 1) LEFT JOIN profile ON profile.patient = ?1",
             "i", patient) &&
         cpd_store_appointments_keep (db, patient, now, zone, error);
}

/**
 * cpd_store_summary_refresh_appointments:
 */
gboolean
cpd_store_summary_refresh_appointments (CpdDb *db, gint64 patient, CpTime now, GTimeZone *zone, GError **error)
{
  if (!cpd_store_appointments_keep (db, patient, now, zone, error))
    return FALSE;
  /* Nothing was written where there is no row yet. */
  return cpd_db_changes (db) > 0 || cpd_store_summary_refresh (db, patient, now, zone, error);
}

/**
 * cpd_store_summary_rewrite:
 */
gboolean
cpd_store_summary_rewrite (CpdDb *db, CpTime now, GTimeZone *zone, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (GArray) patients = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (CpdStmt) stmt = cpd_db_query (db, &local, "SELECT patient FROM summary", "");

  while (cpd_stmt_next (stmt, &local))
    {
      gint64 patient = cpd_stmt_int (stmt, 0);
      g_array_append_val (patients, patient);
    }
  for (guint i = 0; local == NULL && i < patients->len; i++)
    cpd_store_appointments_keep (db, g_array_index (patients, gint64, i), now, zone, &local);
  return cpd_result (&local, error);
}

/* A text that was corrected is new as one that came, and unread again too; to be told of without being asked it is
 * not. */
static gboolean
count_new (CpdDb *db, gint64 patient, CpTime since, gboolean corrected, CpStartDossier *dossier, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (CpdStmt) stmt =
      cpd_db_query (db, &local,
                    "SELECT kind, count (*) FROM (SELECT kind FROM item WHERE patient = ?1"
                    " AND first_seen > ?2 AND removed IS NULL UNION ALL SELECT kind FROM item"
                    " INDEXED BY item_renewed WHERE " CPD_RENEWED ("?1") " AND seen > ?2"
                                                                         " AND first_seen <= ?2 AND ?3) GROUP BY kind",
                    "iii", patient, since, (gint64) corrected);

  while (cpd_stmt_next (stmt, &local))
    switch (cpd_stmt_int (stmt, 0))
      {
      case CP_DOSSIER_FORM:
        dossier->new_forms += cpd_stmt_int (stmt, 1);
        break;
      case CP_DOSSIER_EVALUATION:
        dossier->new_evaluations += cpd_stmt_int (stmt, 1);
        break;
      default:
        dossier->new_reports += cpd_stmt_int (stmt, 1);
        break;
      }
  return cpd_result (&local, error);
}

/* A plan is new as long as the one who asks has not seen its first version, however often it changed since it came. */
static gboolean
count_plans (CpdDb *db, gint64 patient, CpTime since, CpStartDossier *dossier, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (CpdStmt) stmt =
      cpd_db_query (db, &local,
                    "SELECT coalesce (sum (version = 1 OR first_seen > ?2), 0), count (*) FROM care_plan"
                    " WHERE patient = ?1 AND removed IS NULL AND part_of IS NULL AND seen > ?2",
                    "ii", patient, since);

  if (cpd_stmt_next (stmt, &local))
    {
      dossier->new_plans = cpd_stmt_int (stmt, 0);
      dossier->plan_changed = cpd_stmt_int (stmt, 1) > dossier->new_plans;
    }
  return cpd_result (&local, error);
}

static CpDossierItem *
take_latest (CpdStmt *stmt, CpTime since)
{
  CpDossierItem *item;

  if (cpd_stmt_is_null (stmt, 5))
    return NULL;
  item = cp_record_new_bare (&cp_dossier_item_record);
  item->id = cpd_stmt_dup_text (stmt, 5);
  item->kind = (int) cpd_stmt_int (stmt, 6);
  item->at = cpd_stmt_int (stmt, 7);
  item->date_only = cpd_stmt_int (stmt, 8) != 0;
  item->title = cpd_stmt_dup_text (stmt, 9);
  item->author = cpd_stmt_dup_text (stmt, 10);
  item->author_role = cpd_stmt_dup_text (stmt, 11);
  item->amended = cpd_stmt_int (stmt, 12) != 0;
  item->unfinished = cpd_stmt_int (stmt, 13) != 0;
  item->is_new = since != 0 && cpd_stmt_int (stmt, 14) > since;
  item->preview = cpd_stmt_dup_text (stmt, 15);
  item->partial_date = cpd_stmt_dup_text (stmt, 16);
  return item;
}

static void
take_profile (CpdStmt *stmt, CpStartProfile *profile)
{
  profile->name = cpd_stmt_dup_text (stmt, 2);
  profile->birth_date = cpd_stmt_dup_text (stmt, 3);
  profile->address = cpd_stmt_dup_text (stmt, 4);
}

static gboolean
take_dossier (CpdDb *db, CpdStmt *stmt, const CpdGrant *grant, CpTime since, gboolean corrected,
              CpStartDossier *dossier, GError **error)
{
  dossier->since = since;
  dossier->latest = take_latest (stmt, since);
  if (since != 0 && cpd_stmt_int (stmt, 1) > since && !count_plans (db, grant->patient, since, dossier, error))
    return FALSE;
  if (since == 0 || cpd_stmt_int (stmt, 0) <= since)
    return TRUE;
  return count_new (db, grant->patient, since, corrected, dossier, error);
}

/* The row tells of every kind: what the organisation does not share is taken out. */
static void
clear_unshared (const CpdConfig *config, CpStartDossier *dossier)
{
  if (!cpd_config_shares (config, CP_FRESH_REPORTS))
    {
      dossier->new_reports = 0;
      g_clear_pointer (&dossier->latest, cp_dossier_item_free);
    }
  if (!cpd_config_shares (config, CP_FRESH_FORMS))
    dossier->new_forms = 0;
  if (!cpd_config_shares (config, CP_FRESH_PLANS))
    {
      dossier->plan_changed = FALSE;
      dossier->new_plans = 0;
      dossier->new_evaluations = 0;
    }
}

static gboolean
read_summary (CpdDb *db, const CpdConfig *config, const CpdGrant *grant, CpTime since, gboolean corrected,
              CpStartDossier *dossier, CpStartProfile *profile, CpdNextAppointments *next, GError **error)
{
  const CpdCursor beginning = { 0, 0 };
  g_autoptr (GError) local = NULL;
  g_autoptr (CpdStmt) stmt =
      cpd_db_query (db, &local,
                    "SELECT s.newest_seen, s.plan_changed, s.name, s.birth_date, s.address, i.public_id, i.kind, i.at,"
                    " i.date_only, i.title, i.author, i.author_role, i.amended, i.unfinished, i.seen, i.preview,"
                    " i.partial_date, " CPD_KEPT_COLUMNS
                    " FROM summary s LEFT JOIN item i ON i.id = s.latest AND i.patient = s.patient WHERE s.patient = ?",
                    "i", grant->patient);

  if (cpd_stmt_next (stmt, &local))
    {
      if (profile != NULL && cpd_config_shares (config, CP_FRESH_PROFILE))
        take_profile (stmt, profile);
      if (dossier != NULL && take_dossier (db, stmt, grant, since, corrected, dossier, &local))
        clear_unshared (config, dossier);
      if (next != NULL && local == NULL)
        cpd_store_appointments_take_kept (stmt, 17, next);
    }
  if (local == NULL && next != NULL && next->items == NULL)
    next->items =
        cpd_store_appointments (db, grant, TRUE, next->now, &next->cancelled, &beginning, next->limit, NULL, &local);
  return cpd_result (&local, error);
}

/**
 * cpd_store_summary_read:
 * @dossier: (nullable): to be filled
 * @profile: (nullable): to be filled
 * @next: (nullable): the same
 */
gboolean
cpd_store_summary_read (CpdDb *db, const CpdConfig *config, const CpdGrant *grant, CpTime since,
                        CpStartDossier *dossier, CpStartProfile *profile, CpdNextAppointments *next, GError **error)
{
  return read_summary (db, config, grant, since, TRUE, dossier, profile, next, error);
}

/**
 * cpd_store_summary_came:
 * @came: (out)
 */
gboolean
cpd_store_summary_came (CpdDb *db, const CpdConfig *config, const CpdGrant *grant, CpTime since, gboolean *came,
                        GError **error)
{
  g_autoptr (CpStartDossier) dossier = cp_start_dossier_new ();

  if (!read_summary (db, config, grant, since, FALSE, dossier, NULL, NULL, error))
    return FALSE;
  *came = dossier->new_reports > 0 || dossier->new_forms > 0 || dossier->new_evaluations > 0 ||
          dossier->new_plans > 0 || dossier->plan_changed;
  return TRUE;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "card-kit.h"

#include "cpd-store-ehr.h"

/**
 * card_kit_set_up:
 */
void
card_kit_set_up (CardKit *kit, gconstpointer data)
{
  store_kit_set_now (CARD_KIT_AT (0));
  ehr_kit_set_up (&kit->ehr);
  kit->wil = ehr_kit_enrol (&kit->ehr, "1", "Wil");
  kit->henk = ehr_kit_enrol (&kit->ehr, "2", "Henk");
  ehr_kit_exec (&kit->ehr, "INSERT INTO account (id, public_id, username, name, given_name, email, created)"
                           " VALUES (1, 'a', 'a', 'A', 'A', 'a@x.example', 1);"
                           "INSERT INTO membership (id, public_id, account, patient, state, created, accepted)"
                           " VALUES (5, 'm', 1, 1, 2, 1, 1)");
  kit->grant = (CpdGrant){ .patient = kit->wil, .membership = 5, .parts = 4, .shared = ~0u };
}

/**
 * card_kit_tear_down:
 */
void
card_kit_tear_down (CardKit *kit, gconstpointer data)
{
  ehr_kit_tear_down (&kit->ehr);
}

typedef struct
{
  CpdEhrRow *row;
  CpTime now;
} Put;

static gboolean
put_in_writer (CpdDb *db, gpointer data, GError **error)
{
  Put *put = data;
  g_autoptr (CpdStoreItems) items = cpd_store_items_new (db);
  g_autoptr (GHashTable) changed = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  return cpd_store_ehr_put (db, "ecd", &put->row, 1, put->now, items, changed, error) &&
         cpd_store_items_finish (items, error);
}

/**
 * card_kit_put_at:
 */
void
card_kit_put_at (CardKit *kit, gint64 known, gint64 patient, const char *id, int kind, CpTime at, const char *author,
                 const char *title, const char *text)
{
  CpdEhrItem *item = NULL;
  Put put = { .now = cp_time_now () };

  if (text != NULL)
    {
      item = g_new0 (CpdEhrItem, 1);
      item->kind = kind;
      item->at = at;
      item->author = g_strdup (author);
      item->title = g_strdup (title);
      item->text = g_strdup (text);
      item->preview = g_strdup ("");
      item->month = cp_time_month (at, kit->ehr.store.config->zone);
    }
  put.row = cpd_ehr_row_new (CPD_EHR_ITEM, patient, "Observation", id, item);
  put.row->known = known;
  store_kit_write (&kit->ehr.store, put_in_writer, &put);
  cpd_ehr_row_free (put.row);
}

/**
 * card_kit_put:
 */
void
card_kit_put (CardKit *kit, gint64 patient, const char *id, int kind, CpTime at, const char *author, const char *title,
              const char *text)
{
  card_kit_put_at (kit, 0, patient, id, kind, at, author, title, text);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-timeline-large.h"

#include "cpa-dossier-cover.h"

static const char *
id_at (CpaMonths *months, guint position)
{
  const CpDossierItem *item = cpa_months_peek (months, position);

  return item != NULL ? item->id : NULL;
}

/* Whose card is gone keeps the neighbours that it had. */
static void
show_neighbours (CpaLargeReading *large, CpaTimelineModel *model)
{
  CpaMonths *months = cpa_timeline_model_get_months (model);
  guint position = cpa_months_find_card (months, cpa_large_reading_get_id (large));

  if (position != CPA_TIMELINE_NONE)
    cpa_large_reading_set_neighbours (large, position > 0 ? id_at (months, position - 1) : NULL,
                                      id_at (months, position + 1));
}

static void
month_loaded_cb (CpaTimelineModel *model, guint month, CpaLargeReading *large)
{
  show_neighbours (large, model);
}

static void
turn_cb (CpaLargeReading *large, const char *id, CpaTimelineModel *model)
{
  cpa_large_reading_open (large, id);
  show_neighbours (large, model);
}

static void
loaded_cb (CpaTimelineModel *model, const GError *error, CpaLargeReading *large)
{
  if (error == NULL)
    cpa_large_reading_set_freshness (large, cpa_timeline_model_get_timeline (model)->freshness);
}

GtkWidget *
cpa_timeline_large_show (GtkWidget *inside, CpaContext *context, CpaTimelineModel *model, const char *id)
{
  GtkWidget *large = cpa_large_reading_new (context);

  loaded_cb (model, NULL, CPA_LARGE_READING (large));
  g_signal_connect_object (large, "turn", G_CALLBACK (turn_cb), model, 0);
  g_signal_connect_object (model, "loaded", G_CALLBACK (loaded_cb), large, 0);
  g_signal_connect_object (model, "month-loaded", G_CALLBACK (month_loaded_cb), large, 0);
  cpa_dossier_cover_show (inside, large, cpa_large_reading_refresh);
  turn_cb (CPA_LARGE_READING (large), id, model);
  return large;
}

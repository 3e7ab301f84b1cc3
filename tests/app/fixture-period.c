/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture-period.h"

#include <string.h>

#include "fixture-file.h"

#define PERIOD_ITEMS 60
#define PERIOD_ON_A_PAGE 25
#define FLOOD_ON_A_PAGE 100

CpDossierPage *
fixture_period_new (const CpaCall *call, gboolean flood)
{
  static const char *const texts[] = {
    "Mevrouw sliep goed en at een boterham met kaas. De bloeddruk (RR) was 138 over 76.",
    "Vannacht om 03:10 uur wakker. Thee gedronken, samen even gezeten, daarna weer geslapen.\n\nGeen pijn.",
    "السيدة نامت جيدا وشربت الشاي",
    "Oefenen met de rollator: twintig minuten 🙂 naar de huiskamer en terug.",
  };
  g_autofree char *path = fixture_file_path ("dossier", NULL);
  CpDossierPage *page = fixture_file_read (&cp_dossier_page_record, path);
  const CpDossierItem *model = g_ptr_array_index (page->items, 0);
  const char *cursor = strstr (call->query, "cursor=");
  int start = cursor != NULL ? (int) g_ascii_strtoll (cursor + strlen ("cursor="), NULL, 10) : 0;
  int end = flood ? start + FLOOD_ON_A_PAGE : MIN (start + PERIOD_ON_A_PAGE, PERIOD_ITEMS);
  GPtrArray *items = g_ptr_array_new_with_free_func ((GDestroyNotify) cp_dossier_item_free);

  for (int i = start; i < end; i++)
    {
      CpDossierItem *item = cp_record_copy (&cp_dossier_item_record, model);

      item->at -= i * 7 * CP_TIME_HOUR;
      item->text = g_strdup_printf ("Verslag nummer %d. %s", i, texts[i % (int) G_N_ELEMENTS (texts)]);
      g_ptr_array_add (items, item);
    }
  if (start == 0 && !flood)
    g_ptr_array_add (items, cp_record_copy (&cp_dossier_item_record, g_ptr_array_index (page->items, 3)));
  g_ptr_array_unref (page->items);
  page->items = items;
  page->next_cursor = flood || end < PERIOD_ITEMS ? g_strdup_printf ("%d", end) : NULL;
  return page;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-ehr-about.h"

static void
about_free (gpointer data)
{
  CpdEhrAbout *about = data;

  g_free (about->key);
  g_free (about->id);
  g_free (about);
}

/* By another record of theirs, which stands for them too. */
static gboolean
is_among (GPtrArray *all, gint64 patient)
{
  for (guint i = 0; i < all->len; i++)
    if (((const CpdEhrAbout *) g_ptr_array_index (all, i))->patient == patient)
      return TRUE;
  return FALSE;
}

/**
 * cpd_ehr_about:
 *
 * Returns: (transfer full) (element-type CpdEhrAbout)
 */
GPtrArray *
cpd_ehr_about (const CpdEhrRun *run, const CpdEhrResource *resource)
{
  g_autoptr (GPtrArray) keys = cpd_ehr_map_patients (&run->mapper, resource);
  GPtrArray *all = g_ptr_array_new_with_free_func (about_free);

  for (guint i = 0; i < keys->len; i++)
    {
      const char *key = g_ptr_array_index (keys, i);
      gint64 patient = cpd_ehr_link_patient (run->link, key);
      CpdEhrAbout *about;

      if (patient == 0 || is_among (all, patient))
        continue;
      about = g_new0 (CpdEhrAbout, 1);
      about->patient = patient;
      about->key = g_strdup (key);
      about->id = keys->len == 1 ? g_strdup (resource->id) : g_strconcat (resource->id, "#", key, NULL);
      g_ptr_array_add (all, about);
    }
  return all;
}

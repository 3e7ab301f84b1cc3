/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-view-as-text.h"

#include <glib/gi18n.h>

#include "cpa-fill.h"
#include "cpa-part-text.h"

char *
cpa_view_as_hidden_text (CpaContext *looker, const CpMember *member)
{
  guint hidden = cpa_context_get_hidden_parts (looker, member);
  g_autofree char *parts = cpa_part_names (hidden);

  if (hidden == 0)
    return NULL;
  return cpa_fill ((hidden & member->pending) != 0 ? _ ("{name} also gets {parts}. You do not see that yourself.")
                                                   : _ ("{name} also has {parts}. You do not see that yourself."),
                   "name", member->name, "parts", parts, NULL);
}

const char *
cpa_view_as_nothing_title (void)
{
  return _ ("Nothing to See Here");
}

char *
cpa_view_as_nothing_text (CpaContext *viewed)
{
  const char *name = cpa_context_get_viewed_name (viewed);

  if (name == NULL)
    return NULL;
  return cpa_fill (cpa_context_hides_parts (viewed) ? _ ("Like this {name} sees nothing of {client} that you see too.")
                                                    : _ ("Like this {name} sees nothing of {client}."),
                   "name", name, "client", cpa_context_get_patient (viewed)->name, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-part-text.h"

#include <glib/gi18n.h>

#include "cp-relation.h"
#include "cpa-dossier-text.h"
#include "cpa-fill.h"

/* In the order of cp_relation_names. */
static const char *const relations[] = {
  N_ ("Client"), N_ ("Partner"),    N_ ("Son"),          N_ ("Daughter"),           N_ ("Brother"),
  N_ ("Sister"), N_ ("Grandchild"), N_ ("Other family"), N_ ("Friend or neighbor"), N_ ("Legal representative"),
  N_ ("Other"),
};
G_STATIC_ASSERT (G_N_ELEMENTS (relations) == CP_N_RELATIONS);

/* In the order of CpPart. A hint promises what has a page, and nothing else. */
static const struct
{
  const char *name, *hint;
} parts[CP_N_PARTS] = {
  { NC_ ("part", "Messages"), N_ ("Messages: sees My Messages on the start screen.") },
  { NC_ ("part", "Appointments"), N_ ("Appointments: may see all appointments.") },
  { NC_ ("part", "Dossier"), N_ ("Dossier: may read and print the {plan}, the reports and the forms.") },
  { NC_ ("part", "Details"), N_ ("Details: may see the personal details.") },
  { NC_ ("part", "Settings"), N_ ("Settings: is portal administrator. May give and take rights.") },
};

static int
place_of (CpPart part)
{
  for (int i = 0; i < CP_N_PARTS; i++)
    if (part == (CpPart) (1 << i))
      return i;
  return -1;
}

const char *
cpa_part_name (CpPart part)
{
  int place = place_of (part);

  return place >= 0 ? g_dpgettext2 (NULL, "part", parts[place].name) : NULL;
}

char *
cpa_part_names (guint flags)
{
  GString *text = g_string_new (NULL);

  for (int i = 0; i < CP_N_PARTS; i++)
    if ((flags & (1u << i)) != 0)
      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", cpa_part_name (1 << i));
  return g_string_free (text, FALSE);
}

char *
cpa_part_hint (CpPart part, const CpOrganisation *organisation)
{
  int place = place_of (part);

  return place >= 0 ? cpa_fill (_ (parts[place].hint), "plan", cpa_dossier_plan_word (organisation), NULL) : NULL;
}

const char *
cpa_relation_name (const char *code)
{
  for (gsize i = 0; i < G_N_ELEMENTS (relations); i++)
    if (g_strcmp0 (cp_relation_names[i], code) == 0)
      return _ (relations[i]);
  return code;
}

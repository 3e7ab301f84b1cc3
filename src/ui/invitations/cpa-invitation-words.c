/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-invitation-words.h"

#include <glib/gi18n.h>

#include "cp-part.h"
#include "cpa-fill.h"
#include "cpa-time-text.h"

static const struct
{
  const char *code;
  const char *word;
} relations[] = {
  { "client", N_ ("Client") },
  { "partner", N_ ("Partner") },
  { "son", N_ ("Son") },
  { "daughter", N_ ("Daughter") },
  { "brother", N_ ("Brother") },
  { "sister", N_ ("Sister") },
  { "grandchild", N_ ("Grandchild") },
  { "family", N_ ("Other family") },
  { "friend", N_ ("Friend or neighbor") },
  { "legal-representative", N_ ("Legal representative") },
  { "other", N_ ("Other") },
};

/* In the order of CpPart. */
static const char *const parts[] = {
  NC_ ("part", "Messages"), NC_ ("part", "Appointments"), NC_ ("part", "Dossier"),
  NC_ ("part", "Details"),  NC_ ("part", "Settings"),
};

static const char *
inviter_of (const CpInvitation *invitation, const CpOrganisation *organisation)
{
  return invitation->inviter != NULL ? invitation->inviter : organisation->name;
}

char *
cpa_invitation_title (const CpInvitation *invitation, const CpOrganisation *organisation)
{
  if (invitation->inviter == NULL)
    return cpa_fill (_ ("{organization} Invites You to the Client Portal of {client}"), "organization",
                     organisation->name, "client", invitation->client, NULL);
  return cpa_fill (_ ("{inviter} Invites You to the Client Portal of {client}"), "inviter", invitation->inviter,
                   "client", invitation->client, NULL);
}

char *
cpa_invitation_relation (const CpInvitation *invitation)
{
  const char *word = invitation->relation;

  if (word == NULL)
    return NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (relations); i++)
    if (g_strcmp0 (relations[i].code, invitation->relation) == 0)
      word = _ (relations[i].word);
  return cpa_fill (_ ("As: {relation}"), "relation", word, NULL);
}

static char *
join_parts (guint flags)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if ((flags & (1u << i)) != 0)
      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", g_dpgettext2 (NULL, "part", parts[i]));
  return g_string_free (text, FALSE);
}

char *
cpa_invitation_parts (const CpInvitation *invitation, const CpOrganisation *organisation)
{
  g_autofree char *names = NULL;

  if (invitation->state != CP_INVITATION_OPEN)
    return NULL;
  if ((invitation->parts & CP_PART_ALL) == 0)
    return cpa_fill (_ ("{inviter} still has to choose what you may see."), "inviter",
                     inviter_of (invitation, organisation), NULL);
  names = join_parts (invitation->parts);
  return cpa_fill (_ ("You may see: {parts}"), "parts", names, NULL);
}

char *
cpa_invitation_access (const CpInvitation *invitation)
{
  g_autofree char *date = NULL;

  if (invitation->state != CP_INVITATION_OPEN || invitation->access_until == NULL)
    return NULL;
  date = cpa_time_date (invitation->access_until);
  return cpa_fill (_ ("Your access lasts until {date}."), "date", date, NULL);
}

char *
cpa_invitation_state (const CpInvitation *invitation, const CpOrganisation *organisation, GTimeZone *zone)
{
  g_autofree char *day = cp_time_date (invitation->accept_until, zone);
  g_autofree char *date = cpa_time_date (day);
  const char *inviter = inviter_of (invitation, organisation);

  switch (invitation->state)
    {
    case CP_INVITATION_OPEN:
      return cpa_fill (_ ("You can accept until {date}."), "date", date, NULL);
    case CP_INVITATION_EXPIRED:
      return cpa_fill (_ ("This invitation ended on {date}. Ask {inviter} for a new one."), "date", date, "inviter",
                       inviter, NULL);
    case CP_INVITATION_WITHDRAWN:
      return cpa_fill (_ ("This invitation has been withdrawn. Ask {inviter} if you did not expect this."), "inviter",
                       inviter, NULL);
    case CP_INVITATION_DECLINED:
      return g_strdup (_ ("You declined the invitation."));
    case CP_INVITATION_ACCEPTED:
    default:
      return NULL;
    }
}

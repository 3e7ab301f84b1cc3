/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-invitation-words.h"

#include <glib/gi18n.h>

#include "cpa-fill.h"
#include "cpa-kin-text.h"
#include "cpa-part-text.h"
#include "cpa-time-text.h"

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
  g_autofree char *word = g_strdup (cpa_relation_name (invitation->relation));

  if (word == NULL)
    word = cpa_kin_line (invitation->relation_words);
  return word != NULL ? cpa_fill (_ ("As: {relation}"), "relation", word, NULL) : NULL;
}

const char *
cpa_invitation_granter (const char *name)
{
  return name != NULL ? name : _ ("The portal administrator");
}

char *
cpa_invitation_parts (const CpInvitation *invitation, const CpOrganisation *organisation)
{
  g_autofree char *names = NULL;

  if (invitation->state != CP_INVITATION_OPEN)
    return NULL;
  if ((invitation->parts & CP_PART_ALL) == 0)
    return cpa_fill (_ ("{inviter} still has to choose what you may see."), "inviter",
                     cpa_invitation_granter (invitation->inviter), NULL);
  names = cpa_part_names (invitation->parts);
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
cpa_invitation_declining (const CpInvitation *invitation)
{
  static const char *const sentences[] = {
    [CP_TOLD_NOBODY] = N_ ("You can be invited again later."),
    [CP_TOLD_INVITER] = N_ ("{inviter} is told that you do not take part. You can be invited again later."),
    [CP_TOLD_MANAGERS] =
        N_ ("The portal administrator is told that you do not take part. You can be invited again later."),
  };

  return cpa_fill (_ (sentences[invitation->told]), "inviter", invitation->inviter, NULL);
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

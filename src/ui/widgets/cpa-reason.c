/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-reason.h"

#include <glib/gi18n.h>

#include "cpa-dossier-text.h"
#include "cpa-fill.h"
#include "cpa-fresh-text.h"
#include "cpa-language.h"
#include "cpa-time-text.h"

static const struct
{
  const char *empty_title, *empty, *not_shared, *not_fetched;
  const char *died; /* empty or not fetched, and nothing comes any more */
  CpFreshKind kind; /* the word for {kind} */
} reasons[CPA_REASON_N_KINDS] = {
  [CPA_REASON_APPOINTMENTS] = { "", N_ ("There are no coming appointments."),
                                N_ ("{organization} does not share the appointments with the care team here."),
                                N_ ("The appointments with the care team have not been fetched yet. That happens "
                                    "{when}."),
                                N_ ("There are no appointments here."), CP_FRESH_APPOINTMENTS },
  [CPA_REASON_MESSAGES] = { "", N_ ("There are no messages yet."), N_ ("There are no messages yet."),
                            N_ ("There are no messages yet."), N_ ("There are no messages here."), 0 },
  [CPA_REASON_DOSSIER] = { N_ ("Nothing Has Been Written Yet"),
                           N_ ("There is nothing in the dossier yet. As soon as the care team writes something, you "
                               "can read it here."),
                           N_ ("{organization} does not share the dossier here. Do you have questions? Call {desk}: "
                               "{phone}."),
                           N_ ("The dossier has not been fetched yet. That happens {when}. You do not need to do "
                               "anything."),
                           N_ ("There is nothing in the dossier here."), CP_FRESH_REPORTS },
  /* The dossier may be full of other things. */
  [CPA_REASON_GENERAL_REPORTS] = { "", N_ ("There are no general reports yet."),
                                   N_ ("{organization} does not share {kind} here. Ask the care team if you want to "
                                       "know more."),
                                   N_ ("Not fetched yet: {kind}. That happens {when}."),
                                   N_ ("There are no general reports here."), CP_FRESH_REPORTS },
  [CPA_REASON_PLAN_REPORTS] = { "", N_ ("There are no reports on the {plan} yet."),
                                N_ ("{organization} does not share {kind} here. Ask the care team if you want to "
                                    "know more."),
                                N_ ("Not fetched yet: {kind}. That happens {when}."),
                                N_ ("There are no reports on the {plan} here."), CP_FRESH_REPORTS },
  [CPA_REASON_PLANS] = { N_ ("Nothing Has Been Written Yet"),
                         N_ ("There is no {plan} yet. As soon as the care team makes one, you can read it here."),
                         N_ ("{organization} does not share {kind} here. Ask the care team if you want to know more."),
                         N_ ("Not fetched yet: {kind}. That happens {when}."), N_ ("There is no {plan} here."),
                         CP_FRESH_PLANS },
  [CPA_REASON_PROFILE] = { "", N_ ("No details have been recorded yet."),
                           N_ ("{organization} does not share these details here."),
                           N_ ("The details have not been fetched yet. That happens {when}."),
                           N_ ("There are no details here."), CP_FRESH_PROFILE },
  [CPA_REASON_CONTACTS] = { "", N_ ("There are no {kind} yet."),
                            N_ ("{organization} does not share {kind} here. Ask the care team if you want to know "
                                "more."),
                            N_ ("Not fetched yet: {kind}. That happens {when}."), N_ ("There are no {kind} here."),
                            CP_FRESH_CONTACTS },
};

/* When it is fetched: at the next slot, or before that is known at the organisation's first time of the day. */
static char *
next_time (const CpFreshness *freshness, CpaContext *context)
{
  const CpOrganisation *organisation = cpa_context_get_organisation (context);

  if (freshness == NULL || freshness->next_at == 0)
    return cpa_fill (_ ("at {time}"), "time", organisation->sync_times[0], NULL);
  return cpa_time_at (freshness->next_at, cpa_context_get_zone (context));
}

/* Nothing is fetched or written any more: no "yet" is true. */
static gboolean
has_died (CpaContext *context)
{
  const CpPatientAccess *patient = cpa_context_get_patient (context);

  return patient != NULL && patient->deceased;
}

char *
cpa_reason_text (CpaReasonKind kind, int state, const CpFreshness *freshness, CpaContext *context)
{
  const CpOrganisation *organisation = cpa_context_get_organisation (context);
  g_autofree char *when = next_time (freshness, context);
  const char *template = reasons[kind].empty;

  if (state == CP_CONTENT_NOT_SHARED)
    template = reasons[kind].not_shared;
  else if (has_died (context))
    template = reasons[kind].died;
  else if (state == CP_CONTENT_NOT_FETCHED)
    template = reasons[kind].not_fetched;
  return cpa_fill (_ (template), "organization", organisation->name, "desk", cpa_language_text (organisation->desk),
                   "phone", organisation->phone, "plan", cpa_dossier_plan_word (organisation), "kind",
                   cpa_fresh_kind_word (reasons[kind].kind), "when", when, NULL);
}

const char *
cpa_reason_title (CpaReasonKind kind, int state, CpaContext *context)
{
  if (state == CP_CONTENT_NOT_SHARED)
    return _ ("Not Shared");
  if (has_died (context))
    return "";
  if (state == CP_CONTENT_NOT_FETCHED)
    return _ ("Not Fetched Yet");
  return *reasons[kind].empty_title != '\0' ? _ (reasons[kind].empty_title) : "";
}

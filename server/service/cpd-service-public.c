/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-service-public.h"

#include "cp-session.h"

/**
 * cpd_service_version:
 */
gboolean
cpd_service_version (CpdCall *call, GError **error)
{
  const CpOrganisation *organisation = call->services->config->organisation;
  CpVersion version = { organisation->api_min, organisation->api_max };

  cpd_call_answer (call, &cp_version_record, &version);
  return TRUE;
}

/**
 * cpd_service_organisation:
 */
gboolean
cpd_service_organisation (CpdCall *call, GError **error)
{
  cpd_call_answer (call, &cp_organisation_record, call->services->config->organisation);
  return TRUE;
}

/**
 * cpd_service_logo:
 *
 * SVG or PNG, told apart by its first byte.
 */
gboolean
cpd_service_logo (CpdCall *call, GError **error)
{
  GBytes *logo = call->services->logo;
  const guchar *bytes = logo != NULL ? g_bytes_get_data (logo, NULL) : NULL;

  if (logo == NULL)
    {
      g_set_error_literal (error, CP_ERROR, CP_ERROR_NOT_FOUND, "no logo");
      return FALSE;
    }
  call->reply = cpd_reply_new_bytes (logo, bytes[0] == 0x89 ? "image/png" : "image/svg+xml");
  call->reply->cacheable = TRUE;
  return TRUE;
}

/**
 * cpd_service_words:
 */
gboolean
cpd_service_words (CpdCall *call, GError **error)
{
  cpd_call_answer (call, &cp_word_list_record, g_atomic_pointer_get (call->services->words));
  return TRUE;
}

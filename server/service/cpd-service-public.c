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

/* SVG, PNG or JPEG, told apart by its first byte. */
static gboolean
answer_image (CpdCall *call, GBytes *image, GError **error)
{
  const guchar *bytes = image != NULL ? g_bytes_get_data (image, NULL) : NULL;
  const char *type = "image/svg+xml";

  if (image == NULL)
    {
      g_set_error_literal (error, CP_ERROR, CP_ERROR_NOT_FOUND, "the organisation has none");
      return FALSE;
    }
  if (bytes[0] == 0x89)
    type = "image/png";
  else if (bytes[0] == 0xff)
    type = "image/jpeg";
  call->reply = cpd_reply_new_bytes (image, type);
  call->reply->cacheable = TRUE;
  return TRUE;
}

/**
 * cpd_service_logo:
 */
gboolean
cpd_service_logo (CpdCall *call, GError **error)
{
  return answer_image (call, call->services->logo, error);
}

/**
 * cpd_service_picture:
 */
gboolean
cpd_service_picture (CpdCall *call, GError **error)
{
  return answer_image (call, call->services->picture, error);
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

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-phone.h"

#include <cstring>
#include <string>

#include <phonenumbers/phonenumberutil.h>

#include "cp-error.h"

using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;

/* Numbers without a country code are of here. */
static const char home[] = "NL";

/* Longer is not a number that somebody typed. */
static const gsize max_bytes = 100;

/* For an operator; the app has sentences of its own. */
static const char *
words_of (CpErrorCode code)
{
  switch (code)
    {
    case CP_ERROR_MOBILE_LENGTH:
      return "the mobile number has too few or too many digits";
    case CP_ERROR_MOBILE_LANDLINE:
      return "the number is a landline, which gets no text messages";
    case CP_ERROR_MOBILE_SPECIAL:
      return "the number is a paid or special one";
    case CP_ERROR_MOBILE_EXTENSION:
      return "the number has an extension";
    case CP_ERROR_MOBILE_FOREIGN:
      return "a foreign number begins with + and the country code";
    case CP_ERROR_MOBILE_COUNTRY:
      return "no text messages go to the country of this number; see [sms] countries";
    default:
      return "this is not a telephone number";
    }
}

static gboolean
refuse (CpErrorCode code, GError **error)
{
  GError *local = g_error_new_literal (CP_ERROR, code, words_of (code));

  cp_error_details (local)->field = g_strdup ("mobile");
  g_propagate_error (error, local);
  return FALSE;
}

/* The library reads words as the keys of a telephone, and takes a number out of a sentence: neither is meant here. */
static gboolean
has_letters (const char *text)
{
  for (; *text != '\0'; text = g_utf8_next_char (text))
    if (g_unichar_isalpha (g_utf8_get_char (text)))
      return TRUE;
  return FALSE;
}

static CpErrorCode
code_of_parsing (PhoneNumberUtil::ErrorType type)
{
  switch (type)
    {
    case PhoneNumberUtil::TOO_SHORT_AFTER_IDD:
    case PhoneNumberUtil::TOO_SHORT_NSN:
    case PhoneNumberUtil::TOO_LONG_NSN:
      return CP_ERROR_MOBILE_LENGTH;
    default:
      return CP_ERROR_MOBILE_UNKNOWN;
    }
}

/* Why a number that can be read is nobody's. One of another country, typed as if it were of here, is told apart: it
 * only lacks its country code. */
static CpErrorCode
code_of_invalid (const PhoneNumberUtil &util, const PhoneNumber &number)
{
  std::string national;

  if (util.IsPossibleNumberForTypeWithReason (number, PhoneNumberUtil::MOBILE) != PhoneNumberUtil::IS_POSSIBLE)
    return CP_ERROR_MOBILE_LENGTH;
  util.GetNationalSignificantNumber (number, &national);
  if (number.country_code_source () == PhoneNumber::FROM_DEFAULT_COUNTRY && national[0] != '6')
    return CP_ERROR_MOBILE_FOREIGN;
  return CP_ERROR_MOBILE_UNKNOWN;
}

/* CP_ERROR_N_CODES: it gets text messages. Where one cannot tell a mobile from a landline (North America) it may. */
static CpErrorCode
code_of_type (PhoneNumberUtil::PhoneNumberType type)
{
  switch (type)
    {
    case PhoneNumberUtil::MOBILE:
    case PhoneNumberUtil::FIXED_LINE_OR_MOBILE:
      return CP_ERROR_N_CODES;
    case PhoneNumberUtil::FIXED_LINE:
      return CP_ERROR_MOBILE_LANDLINE;
    case PhoneNumberUtil::UNKNOWN:
      return CP_ERROR_MOBILE_UNKNOWN;
    default:
      return CP_ERROR_MOBILE_SPECIAL;
    }
}

static bool
is_in (const std::string &region, const char *const *allowed)
{
  return allowed == nullptr || allowed[0] == nullptr || g_strv_contains (allowed, region.c_str ());
}

static gboolean
check_country (const std::string &region, const char *const *allowed, GError **error)
{
  /* What is of no country, satellites among them. */
  if (region == "001")
    return refuse (CP_ERROR_MOBILE_SPECIAL, error);
  if (is_in (region, allowed))
    return TRUE;
  return refuse (CP_ERROR_MOBILE_COUNTRY, error);
}

/**
 * cpd_phone_check:
 * @text: as it was typed: with or without country code, spaces and dashes
 * @allowed: (nullable): regions of ISO 3166
 * @e164: (out) (transfer full)
 *
 * Kinds of numbers and their lengths are those of libphonenumber.
 */
gboolean
cpd_phone_check (const char *text, const char *const *allowed, char **e164, GError **error)
{
  const PhoneNumberUtil &util = *PhoneNumberUtil::GetInstance ();
  PhoneNumber number;
  PhoneNumberUtil::ErrorType parsed;
  std::string region;
  std::string formatted;
  CpErrorCode code;

  if (strlen (text) > max_bytes || !g_utf8_validate (text, -1, nullptr))
    return refuse (CP_ERROR_MOBILE_UNKNOWN, error);
  parsed = util.ParseAndKeepRawInput (text, home, &number);
  if (parsed == PhoneNumberUtil::NO_PARSING_ERROR && number.has_extension ())
    return refuse (CP_ERROR_MOBILE_EXTENSION, error);
  if (has_letters (text))
    return refuse (CP_ERROR_MOBILE_UNKNOWN, error);
  if (parsed != PhoneNumberUtil::NO_PARSING_ERROR)
    return refuse (code_of_parsing (parsed), error);
  if (!util.IsValidNumber (number))
    return refuse (code_of_invalid (util, number), error);
  code = code_of_type (util.GetNumberType (number));
  if (code != CP_ERROR_N_CODES)
    return refuse (code, error);
  util.GetRegionCodeForNumber (number, &region);
  if (!check_country (region, allowed, error))
    return FALSE;
  util.Format (number, PhoneNumberUtil::E164, &formatted);
  *e164 = g_strdup (formatted.c_str ());
  return TRUE;
}

/**
 * cpd_phone_is_allowed:
 * @e164: as cpd_phone_check() gave it
 * @allowed: (nullable): regions of ISO 3166
 *
 * Only its country is looked at: what kind of number it is may be told otherwise by a newer libphonenumber, and nobody
 * is locked out by that.
 */
gboolean
cpd_phone_is_allowed (const char *e164, const char *const *allowed)
{
  const PhoneNumberUtil &util = *PhoneNumberUtil::GetInstance ();
  PhoneNumber number;
  std::string region = "ZZ";

  if (util.Parse (e164, home, &number) == PhoneNumberUtil::NO_PARSING_ERROR)
    util.GetRegionCodeForNumber (number, &region);
  return is_in (region, allowed);
}

/**
 * cpd_phone_knows_country:
 */
gboolean
cpd_phone_knows_country (const char *country)
{
  return PhoneNumberUtil::GetInstance ()->GetCountryCodeForRegion (country) != 0;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The one door for mobile numbers. allowed (nullable): the countries that get text messages, as "NL"; NULL or empty for
 * all. On success *e164 (transfer full) is the number as "+31612345678". FALSE with one of CP_ERROR_MOBILE_*, whose
 * field is "mobile". */
gboolean cpd_phone_check (const char *text, const char *const *allowed, char **e164, GError **error);

/* Whether a number that was taken once still gets text messages: allowed may have been another list then. */
gboolean cpd_phone_is_allowed (const char *e164, const char *const *allowed);

/* Whether there are numbers of this country: a region of ISO 3166 in capitals, as "NL". */
gboolean cpd_phone_knows_country (const char *country);

G_END_DECLS

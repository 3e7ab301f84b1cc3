/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Which day of a month or a year is meant. */
typedef enum
{
  CPA_DATE_FIRST,
  CPA_DATE_LAST
} CpaDateEnd;

/* (transfer full) (nullable): the date that a person typed, as "2026-01-12"; NULL when it is none. "12-1-2026",
 * "12/1", "2026-01-12", "12 januari", "January 12, 2026", "januari 2026", "2026". Without a year it is the last such
 * day until then ("2026-03-03"). */
char *cpa_date_parse (const char *text, const char *until, CpaDateEnd end);

G_END_DECLS

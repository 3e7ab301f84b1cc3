/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cp-search.h"

#define TEN_WORDS "een twee drie vier vijf zes zeven acht negen tien"
#define FIFTY "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

/* What people type and paste: of each the rule, the server and the app say the same. */
static const struct
{
  const char *text;
  CpSearchSize size;
} search_texts[] = {
  { "", CP_SEARCH_TOO_LITTLE },
  { "k", CP_SEARCH_TOO_LITTLE },
  { "a.", CP_SEARCH_TOO_LITTLE },
  { "'s", CP_SEARCH_TOO_LITTLE },
  { "’s", CP_SEARCH_TOO_LITTLE },
  { "5%", CP_SEARCH_TOO_LITTLE },
  { "--", CP_SEARCH_TOO_LITTLE },
  { "e\xcc\x81", CP_SEARCH_TOO_LITTLE },
  { "a.d", CP_SEARCH_FITS },
  { "a.d.l.", CP_SEARCH_FITS },
  { "5 %5", CP_SEARCH_FITS },
  { "38", CP_SEARCH_FITS },
  { "e\xcc\x81\xc3\xa9n", CP_SEARCH_FITS },
  { TEN_WORDS " elf twaalf", CP_SEARCH_FITS },
  { TEN_WORDS " cafe\xcc\x81s elf", CP_SEARCH_FITS },
  { TEN_WORDS " elf twaalf dertien", CP_SEARCH_TOO_MUCH },
  { TEN_WORDS " a.d.l.", CP_SEARCH_TOO_MUCH },
  { FIFTY FIFTY FIFTY FIFTY, CP_SEARCH_FITS },
  { FIFTY FIFTY FIFTY FIFTY "a", CP_SEARCH_TOO_MUCH },
};

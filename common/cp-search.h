/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define CP_SEARCH_LETTERS_MIN 2 /* letters and digits, in all words together */
#define CP_SEARCH_WORDS_MAX 12
#define CP_SEARCH_MAX 200 /* characters */

typedef enum
{
  CP_SEARCH_TOO_LITTLE, /* no search yet */
  CP_SEARCH_FITS,
  CP_SEARCH_TOO_MUCH
} CpSearchSize;

/* Whether text can be looked for in the dossier: the app asks nothing else, and the server refuses the rest. */
CpSearchSize cp_search_size (const char *text);

G_END_DECLS

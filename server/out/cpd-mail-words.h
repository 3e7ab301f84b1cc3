/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The lines of a template: each is a sentence or more that belong together, "1. " begins a step, {link} stands alone on
 * its line, and an empty line ends a paragraph. The structure is told from the words before they are filled, so that no
 * value changes it. */
typedef enum
{
  CPD_LINE_EMPTY,
  CPD_LINE_TEXT,
  CPD_LINE_STEP,  /* "1. Open ..." */
  CPD_LINE_VALUE, /* "Gebruikersnaam: {username}" */
  CPD_LINE_LINK,  /* "{link}" or "{link: words of its button}" */
  CPD_LINE_SIGNATURE
} CpdLineKind;

CpdLineKind cpd_mail_line_kind (const char *line);
/* (transfer full) (nullable): the words of the button that a line of a link names itself. */
char *cpd_mail_line_button (const char *line);

#define CPD_MAIL_WIDTH 72

/* (transfer full): the text of a mail as it is sent, its lines broken at CPD_MAIL_WIDTH characters; an address is never
 * broken. */
char *cpd_mail_plain (const char *words, const char *signature, GHashTable *values);

G_END_DECLS

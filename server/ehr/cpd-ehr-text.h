/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define CPD_EHR_TEXT_MAX 1000000   /* characters of a report */
#define CPD_EHR_LINE_TEXT_MAX 1000 /* characters of a title or a name */
#define CPD_EHR_ANSWER_MAX 10000
#define CPD_EHR_PREVIEW_MAX 300

/* Text of several lines as it may be shown: no control characters but newline and tab, none that turns the text, no
 * white space at its ends, at most max characters; *cut (nullable) is set to TRUE when it was longer. (transfer full),
 * NULL when nothing is left. */
char *cpd_ehr_text_block (const char *text, glong max, gboolean *cut);
/* The same on one line. */
char *cpd_ehr_text_line (const char *text);
/* The words of an XHTML narrative or of HTML: paragraphs, list items with their numbers and rows on lines of their own,
 * the spaces and newlines of <pre> as they stand. The cells of a row have bars between them, what is struck out says so
 * in Dutch, and what begins no tag is words. At most CPD_EHR_TEXT_MAX characters; cut as above, and so is *pictures
 * when something in it is told by no words: a picture, or a tick in a box. */
char *cpd_ehr_text_of_xhtml (const char *xhtml, gboolean *cut, gboolean *pictures);
/* The first lines, at most CPD_EHR_PREVIEW_MAX characters, cut at a word. Never NULL. */
char *cpd_ehr_text_preview (const char *text);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "screen-kit.h"

G_BEGIN_DECLS

/* Words twice as large on the narrowest window, in Dutch, which has the longest. */

#define NARROW_WIDTH 360
#define NARROW_FONTS 3

/* The letters of some are wide. */
extern const char *const narrow_fonts[NARROW_FONTS];

/* As screen_init(), with large words and the style of the app. */
gboolean narrow_init (int *argc, char ***argv);
/* The pages of the way in, in a window of that width. */
Screen narrow_open_login (int width);
Screen narrow_open_forgot (int width);
Screen narrow_open_password (int width);
/* challenge NULL: a message was sent. */
Screen narrow_open_verify (const CpChallenge *challenge, int width);
/* Nothing of it sticks out. */
void assert_fits (GtkWidget *window);
int lines_of (GtkWidget *label);
/* A date of a card that is wider than its place. */
gboolean is_cut_date (GtkWidget *widget, const char *text);
/* Whether a line of it begins behind something else than one of word_ends. */
gboolean has_broken_word (GtkWidget *label, const char *word_ends);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cp-error.h"
#include "screen-kit.h"

G_BEGIN_DECLS

/* User management on a screen, and what a person does there. Everything is looked for in every window. */
Screen people_open (const char *scenario, int width);
FixtureMembers *people_members (Screen *screen);
/* The next change or look-up fails so. */
void people_fail (Screen *screen, CpErrorCode code);

GtkWidget *people_find (Match match, const char *text); /* (nullable) */
void people_assert_says (const char *text);
void people_assert_does_not_say (const char *text);
void people_press (const char *button);
/* A tick box or a choice by its name. */
GtkWidget *people_box (const char *name);
gboolean people_is_ticked (const char *name);
void people_click_box (const char *name);
/* Where one types in the field of that name, and the text of it. */
GtkWidget *people_entry (const char *field);
void people_type (const char *field, const char *text);
const char *people_typed (const char *field);
/* Opens the menu of a person and chooses. */
void people_choose (const char *name, const char *choice);
gboolean people_can_choose (const char *name, const char *choice);
/* The description that a screen reader hears with a thing. */
void people_assert_described (const char *name, const char *description);

/* Profielinstellingen on a screen, and a window over it that asks. */
Screen open_account (const char *scenario);
gboolean is_ask (GtkWidget *widget, const char *text);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cp-own-account.h"
#include "cp-session.h"
#include "cpa-code-entry.h"
#include "cpa-context.h"
#include "cpa-field.h"
#include "cpa-password-field.h"

G_BEGIN_DECLS

/* A window over the page with a few fields and one button. It stays until the server has agreed: what is not right is
 * said at the field, and what was typed stays. While something is saved it cannot be closed. Signal "failed":
 * the server did not agree, or the window was destroyed before it could. */
#define CPA_TYPE_ASK (cpa_ask_get_type ())
G_DECLARE_FINAL_TYPE (CpaAsk, cpa_ask, CPA, ASK, AdwWindow)

/* What the button does. It calls cpa_ask_send(), or shows an error. */
typedef void (*CpaAskFunc) (CpaAsk *self, gpointer data);
/* Before it closes: (nullable) the question, shown, of which "leave" closes it; NULL when there is none. */
typedef GtkWidget *(*CpaAskGuard) (CpaAsk *self);
/* The server agreed; record (transfer full) is NULL where there is nothing to say. */
typedef void (*CpaAskDone) (CpaAsk *self, gpointer record, gpointer data);

/* Over page, which data belongs to: when the page goes, the window goes. */
CpaAsk *cpa_ask_new (CpaContext *context, GtkWidget *page, const char *title);
/* Empties it for the next step: its text (nullable) and its button. */
void cpa_ask_begin (CpaAsk *self, const char *text, const char *button, CpaAskFunc func, gpointer data);
/* The button ends something for good. */
void cpa_ask_set_destructive (CpaAsk *self);
void cpa_ask_append (CpaAsk *self, GtkWidget *widget);
/* name is that of the field on the wire: what the server says of it is shown there. */
CpaField *cpa_ask_add_text (CpaAsk *self, const char *name, const char *label, const char *hint, const char *text);
/* choice, a GtkCheckButton or GtkDropDown, belongs to this step: closing asks when it is another than now. With a field
 * of text it does so by itself. */
void cpa_ask_watch (CpaAsk *self, GtkWidget *choice);
/* This step shows what is lost when it closes. */
void cpa_ask_set_guard (CpaAsk *self, CpaAskGuard guard);
/* "For safety fill in your password first." */
CpaPasswordField *cpa_ask_add_password (CpaAsk *self);
/* method: where the person finds it. */
CpaCodeEntry *cpa_ask_add_code (CpaAsk *self, CpStepMethod method);
/* "Send New Code" under it, which does again; from when that may be. */
void cpa_ask_add_resend (CpaAsk *self, const CpNumberChallenge *challenge, CpaAskFunc again);
void cpa_ask_present (CpaAsk *self);
/* For a step in which nothing is filled in. */
void cpa_ask_focus_button (CpaAsk *self);

/* Asks the server; done only when it agreed. */
void cpa_ask_send (CpaAsk *self, const CpaCall *call, CpaAskDone done, gpointer data);
/* FALSE when no password was typed, which is said then. */
gboolean cpa_ask_has_password (CpaAsk *self);
void cpa_ask_show_error (CpaAsk *self, const char *text);

G_END_DECLS

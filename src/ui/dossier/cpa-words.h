/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpa-account.h"
#include "cpa-word-finder.h"

G_BEGIN_DECLS

/* The words that are explained: asked once in a session, and then kept in memory, so that they are there without a
 * connection too. Signals "changed": they came, or the person wants them explained or not any more; "failed": they
 * could not be fetched. */
#define CPA_TYPE_WORDS (cpa_words_get_type ())
G_DECLARE_FINAL_TYPE (CpaWords, cpa_words, CPA, WORDS, GObject)

/* (transfer none): those of the session of which api is the door; they live as long as that. */
CpaWords *cpa_words_of (CpaApi *api);
/* Explains them or not, as the person chose in an earlier session, and keeps what is chosen in this one. */
void cpa_words_follow (CpaAccount *account);
/* (transfer none) (nullable): NULL until the words came; asking is what fetches them. */
CpaWordFinder *cpa_words_get_finder (CpaWords *self);
/* (transfer none) (nullable): why they could not be fetched; NULL when they are there or on their way. */
const GError *cpa_words_get_failure (CpaWords *self);
/* At once, as a person wishes. */
void cpa_words_ask_again (CpaWords *self);
gboolean cpa_words_get_explain (CpaWords *self);
void cpa_words_set_explain (CpaWords *self, gboolean explain);

/* (transfer full) of CpaWordMatch: what is to be explained in text; empty while there are no words or nobody wants them
 * explained. */
GArray *cpa_words_find (CpaWords *self, const char *text);

G_END_DECLS

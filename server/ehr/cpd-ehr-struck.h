/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What is struck out in HTML while its words are read: a card has text only, so that they do not count is read there in
 * words, as how a goal stands is. Begins as all zero. */
typedef struct
{
  char *name;    /* (owned) (nullable): of the element whose words are struck out */
  guint open;    /* how many of that name are open since */
  guint lists;   /* how many lists were open then */
  guint tables;  /* and tables */
  gboolean told; /* the words that say so stand in the text, because words came behind them */
  gsize start;   /* where they do */
} CpdEhrStruck;

typedef struct
{
  const char *name;
  gboolean closes;
  gboolean breaks; /* it begins or ends lines */
  guint lists;     /* that are open before it */
  guint tables;
} CpdEhrStruckTag;

void cpd_ehr_struck_begin (CpdEhrStruck *struck, const CpdEhrStruckTag *tag, gboolean strikes);
void cpd_ehr_struck_see_tag (CpdEhrStruck *struck, const CpdEhrStruckTag *tag, GString *text);
void cpd_ehr_struck_see_word (CpdEhrStruck *struck, GString *text, gsize start);
void cpd_ehr_struck_end (CpdEhrStruck *struck, GString *text);

G_END_DECLS

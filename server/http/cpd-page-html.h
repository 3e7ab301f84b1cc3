/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-config.h"
#include "cpd-page-texts.h"

G_BEGIN_DECLS

/* How all pages look: made once, of the organisation's colour. */
typedef struct
{
  const CpdConfig *config; /* (borrowed) */
  char *style;             /* (owned) */
  char *policy;            /* (owned): Content-Security-Policy that allows this style and nothing else */
} CpdPageLook;

void cpd_page_look_init (CpdPageLook *look, const CpdConfig *config);
void cpd_page_look_clear (CpdPageLook *look);

/* A page while it is written. Everything that is not of the table of texts is escaped. */
typedef struct
{
  const CpdPageLook *look; /* (borrowed) */
  CpdLanguage language;
  CpTime until;     /* {time} */
  int wait_seconds; /* {wait} */
  const char *id;   /* (nullable) {id}: told at the end, to name it on the telephone */
  GString *text;    /* (owned) */
} CpdHtml;

/* The field of a form, under its label. */
typedef struct
{
  const char *name;
  const char *type;
  const char *autocomplete;
  CpdPageText label;
  CpdPageText hint;  /* CPD_N_TEXTS: none */
  const char *value; /* (nullable) */
  const char *wrong; /* (nullable): the sentence that says what is wrong with it */
} CpdHtmlField;

void cpd_html_begin (CpdHtml *html, CpdPageText title);
/* tag is with its attributes: "p class=\"hint\"". */
void cpd_html_add (CpdHtml *html, const char *tag, CpdPageText text);
void cpd_html_add_raw (CpdHtml *html, const char *markup);
void cpd_html_add_link (CpdHtml *html, const char *address, const char *class_names, CpdPageText text);
void cpd_html_add_field (CpdHtml *html, const CpdHtmlField *field);
void cpd_html_add_hidden (CpdHtml *html, const char *name, const char *value);
/* (transfer full): the whole page, with the desk at its end. */
GBytes *cpd_html_end (CpdHtml *html);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-ehr-map.h"

G_BEGIN_DECLS

#define CPD_EHR_ATTACHMENT_MAX (10 * 1024 * 1024)
#define CPD_EHR_ATTACHMENTS_MAX 100

/* What the Attachments of a resource hold: text to read, and files. */
typedef struct
{
  char *text;         /* (nullable): of the first that is text or HTML; others are the same in another form */
  gboolean cut;       /* the text was too long */
  GPtrArray *files;   /* CpdEhrAttachment */
  gboolean exists;    /* one is there, and only its kind, size or label is why it is not shown */
  gboolean unshown;   /* something of them is in neither, other than what the EHR keeps from client and family */
  const char *reason; /* (nullable): why one was left out; the last one counts */
} CpdEhrContent;

void cpd_ehr_content_init (CpdEhrContent *content);
void cpd_ehr_content_clear (CpdEhrContent *content);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CpdEhrContent, cpd_ehr_content_clear)

/* Adds what attachment (an Attachment of FHIR: data, or the url of a Binary) holds. Its kind is told by its bytes: PDF
 * and images become files, text and HTML become text, anything else is left out. patient is the key of whom it is
 * about: a Binary that is kept for somebody else is left out, and so is one of another document than container, unless
 * container came in the place of that. */
void cpd_ehr_content_add (CpdEhrContent *content, const CpdEhrMapper *mapper, JsonObject *attachment,
                          JsonObject *container, const char *patient);

/* What those bytes are: "application/pdf", "image/png"; NULL for none that is kept as a file. */
const char *cpd_ehr_content_sniff (const guchar *data, gsize size);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-print-text.h"

#include <glib/gi18n.h>

#include "cpa-answer-text.h"
#include "cpa-dossier-text.h"
#include "cpa-fill.h"
#include "cpa-time-text.h"

/* Deeper than this a form is not set in. */
#define DEEPEST 4

static void
block_free (CpaPrintBlock *block)
{
  g_free (block->text);
  g_free (block);
}

GPtrArray *
cpa_print_blocks_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) block_free);
}

void
cpa_print_take (GPtrArray *blocks, CpaPrintStyle style, int indent, char *text)
{
  CpaPrintBlock *block;

  if (text == NULL || *g_strchomp (text) == '\0')
    {
      g_free (text);
      return;
    }
  block = g_new0 (CpaPrintBlock, 1);
  block->style = style;
  block->indent = indent;
  block->text = text;
  g_ptr_array_add (blocks, block);
}

void
cpa_print_add (GPtrArray *blocks, CpaPrintStyle style, int indent, const char *text)
{
  cpa_print_take (blocks, style, indent, g_strdup (text));
}

static CpaPrintStyle
style_of (const CpFormEntry *entry)
{
  if (entry->display)
    return CPA_PRINT_BODY;
  return entry->group ? CPA_PRINT_SUBHEADING : CPA_PRINT_QUESTION;
}

static void
add_entries (GPtrArray *blocks, const GPtrArray *entries, GTimeZone *zone)
{
  for (guint i = 0; i < entries->len; i++)
    {
      const CpFormEntry *entry = g_ptr_array_index (entries, i);
      g_auto (GStrv) texts = cpa_answer_texts (entry, zone);
      int indent = (int) MIN (entry->level, DEEPEST);

      cpa_print_add (blocks, style_of (entry), indent, cpa_answer_question (entry));
      for (guint j = 0; texts[j] != NULL; j++)
        cpa_print_add (blocks, CPA_PRINT_BODY, indent, texts[j]);
      if (!entry->group && !entry->display && texts[0] == NULL)
        cpa_print_add (blocks, CPA_PRINT_BODY, indent, _ ("Not filled in"));
    }
}

static void
add_marks (GPtrArray *blocks, CpaContext *context, const CpDossierItem *item)
{
  GTimeZone *zone = cpa_context_get_zone (context);
  CpTime changed = cpa_dossier_changed_at (item);
  g_autofree char *when = changed != 0 ? cpa_time_long_day_clock (changed, zone) : g_strdup ("");

  if (item->unfinished)
    cpa_print_add (blocks, CPA_PRINT_CAPTION, 0, _ ("Not finished yet"));
  if (cpa_dossier_is_changed (item))
    cpa_print_take (blocks, CPA_PRINT_CAPTION, 0, cpa_fill (_ ("Changed by the care team {when}"), "when", when, NULL));
}

static void
add_who (GPtrArray *blocks, const CpDossierItem *item)
{
  cpa_print_take (blocks, CPA_PRINT_CAPTION, 0, cpa_dossier_written_by (item));
  cpa_print_take (blocks, CPA_PRINT_CAPTION, 0, cpa_dossier_told_by (item));
}

/* What an attachment is, in the words of people; (nullable). */
static const char *
attachment_kind (const CpAttachment *attachment)
{
  static const struct
  {
    const char *type; /* media type, or the beginning of one */
    const char *words;
  } kinds[] = {
    { "application/pdf", NC_ ("attachment", "PDF") },
    { "image/", NC_ ("attachment", "picture") },
    { "text/", NC_ ("attachment", "text") },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_has_prefix (attachment->type, kinds[i].type))
      return g_dpgettext2 (NULL, "attachment", kinds[i].words);
  return NULL;
}

/* Their pages are not on this paper, so it says that they are there. */
static void
add_attachments (GPtrArray *blocks, const GPtrArray *attachments)
{
  for (guint i = 0; i < attachments->len; i++)
    {
      const CpAttachment *attachment = g_ptr_array_index (attachments, i);
      const char *title = attachment->title != NULL && *attachment->title != '\0' ? attachment->title : _ ("Document");
      const char *kind = attachment_kind (attachment);

      cpa_print_take (blocks, CPA_PRINT_NOTE, 0,
                      kind != NULL ? cpa_fill (_ ("Attachment, not on this paper: {title} ({kind})"), "title", title,
                                               "kind", kind, NULL)
                                   : cpa_fill (_ ("Attachment, not on this paper: {title}"), "title", title, NULL));
    }
}

static void
add_content (GPtrArray *blocks, CpaContext *context, const CpDossierItem *item)
{
  add_marks (blocks, context, item);
  cpa_print_take (blocks, CPA_PRINT_BODY, 0, cpa_dossier_unshown (item));
  cpa_print_add (blocks, CPA_PRINT_BODY, 0, item->text);
  add_entries (blocks, item->entries, cpa_context_get_zone (context));
  add_attachments (blocks, item->attachments);
  if (item->about != NULL)
    cpa_print_take (blocks, CPA_PRINT_NOTE, 0, cpa_fill (_ ("Belongs to: {text}"), "text", item->about, NULL));
}

void
cpa_print_add_item (GPtrArray *blocks, CpaContext *context, const CpDossierItem *item)
{
  const CpOrganisation *organisation = cpa_context_get_organisation (context);
  g_autofree char *kind = cpa_dossier_kind_text (item->kind, organisation);
  g_autofree char *title = cpa_dossier_title (item, organisation);

  cpa_print_add (blocks, CPA_PRINT_TITLE, 0, title);
  if (g_strcmp0 (kind, title) != 0)
    cpa_print_add (blocks, CPA_PRINT_CAPTION, 0, kind);
  cpa_print_take (blocks, CPA_PRINT_CAPTION, 0,
                  cpa_time_capital (cpa_dossier_long_when (item, cpa_context_get_zone (context))));
  add_who (blocks, item);
  add_content (blocks, context, item);
}

static void
add_of_day (GPtrArray *blocks, CpaContext *context, const CpDossierItem *item)
{
  g_autofree char *clock = cpa_dossier_clock (item, cpa_context_get_zone (context));
  g_autofree char *title = cpa_dossier_title (item, cpa_context_get_organisation (context));

  cpa_print_take (blocks, CPA_PRINT_SUBHEADING, 0,
                  *clock != '\0' ? g_strconcat (clock, "  ", title, NULL) : g_strdup (title));
  add_who (blocks, item);
  add_content (blocks, context, item);
}

void
cpa_print_add_days (GPtrArray *blocks, CpaContext *context, const GPtrArray *items)
{
  GTimeZone *zone = cpa_context_get_zone (context);
  const CpDossierItem *before = NULL;

  for (guint i = 0; i < items->len; i++)
    {
      const CpDossierItem *item = g_ptr_array_index (items, i);

      if (before == NULL || !cp_dossier_item_is_same_day (before, item, zone))
        cpa_print_take (blocks, CPA_PRINT_HEADING, 0, cpa_time_capital (cpa_dossier_long_day (item, zone)));
      add_of_day (blocks, context, item);
      before = item;
    }
}

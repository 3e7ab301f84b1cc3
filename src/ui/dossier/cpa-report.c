/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-report.h"

#include <string.h>

#include "cpa-record-text.h"

struct _CpaReport
{
  GObject parent_instance;

  CpDossierItem *item; /* (owned) */
  gboolean first, last;
  int current;
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CpaReport, cpa_report, G_TYPE_OBJECT)

static void
change (CpaReport *self, int *what, int value)
{
  if (*what == value)
    return;
  *what = value;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
cpa_report_finalize (GObject *object)
{
  cp_dossier_item_free (CPA_REPORT (object)->item);
  G_OBJECT_CLASS (cpa_report_parent_class)->finalize (object);
}

static void
cpa_report_class_init (CpaReportClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cpa_report_finalize;
  signals[SIGNAL_CHANGED] =
      g_signal_new ("changed", CPA_TYPE_REPORT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cpa_report_init (CpaReport *self)
{
  self->current = -1;
}

CpaReport *
cpa_report_new (CpDossierItem *item)
{
  CpaReport *self = g_object_new (CPA_TYPE_REPORT, NULL);

  self->item = item;
  return self;
}

const CpDossierItem *
cpa_report_get_item (CpaReport *self)
{
  return self->item;
}

/* (transfer full) */
static char *
files_of (const CpDossierItem *item)
{
  return item->attachments != NULL ? cpa_record_text_of_list (&cp_attachment_record, item->attachments) : g_strdup ("");
}

/* A file that was put in the place of another is another attachment. */
static gboolean
has_same_files (const CpDossierItem *one, const CpDossierItem *other)
{
  g_autofree char *before = files_of (one);
  g_autofree char *now = files_of (other);

  return strcmp (before, now) == 0;
}

gboolean
cpa_report_is_same (CpaReport *self, const CpDossierItem *item)
{
  const CpDossierItem *own = self->item;

  return g_strcmp0 (own->id, item->id) == 0 && own->at == item->at && own->amended_at == item->amended_at &&
         own->unfinished == item->unfinished && own->unshown == item->unshown &&
         g_strcmp0 (own->text, item->text) == 0 && g_strcmp0 (own->title, item->title) == 0 &&
         g_strcmp0 (own->author, item->author) == 0 && has_same_files (own, item);
}

void
cpa_report_set_ends (CpaReport *self, gboolean first, gboolean last)
{
  change (self, &self->first, first);
  change (self, &self->last, last);
}

gboolean
cpa_report_is_first (CpaReport *self)
{
  return self->first;
}

gboolean
cpa_report_is_last (CpaReport *self)
{
  return self->last;
}

void
cpa_report_follow (CpaReport *self, const CpDossierItem *item)
{
  self->item->seen = item->seen;
  cpa_report_set_unread (self, item->unread);
}

void
cpa_report_set_unread (CpaReport *self, gboolean unread)
{
  change (self, &self->item->unread, unread);
}

gboolean
cpa_report_is_unread (CpaReport *self)
{
  return self->item->unread;
}

void
cpa_report_set_current (CpaReport *self, int mark)
{
  change (self, &self->current, mark);
}

int
cpa_report_get_current (CpaReport *self)
{
  return self->current;
}

const GPtrArray *
cpa_report_get_marks (const CpDossierItem *item, CpaReportPlace place, const char **text)
{
  const GPtrArray *const marks[] = { item->author_marks, item->title_marks, item->marks };
  const char *const texts[] = { item->author, item->title, item->text };

  if (text != NULL)
    *text = texts[place];
  return marks[place];
}

guint
cpa_report_count_marks (const CpDossierItem *item)
{
  guint n = 0;

  for (CpaReportPlace place = 0; place < CPA_REPORT_N_PLACES; place++)
    n += cpa_report_get_marks (item, place, NULL)->len;
  return n;
}

int
cpa_report_mark_in (const CpDossierItem *item, CpaReportPlace place, int mark)
{
  for (CpaReportPlace before = 0; before < place; before++)
    mark -= (int) cpa_report_get_marks (item, before, NULL)->len;
  return mark >= 0 && mark < (int) cpa_report_get_marks (item, place, NULL)->len ? mark : -1;
}

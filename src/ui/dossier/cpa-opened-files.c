/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-opened-files.h"

#include "cp-dossier-item.h"
#include "cp-error.h"
#include "cp-start.h"
#include "cpa-private-files.h"

struct _CpaOpenedFiles
{
  GObject parent_instance;

  CpaApi *api;      /* (borrowed): it owns this */
  GPtrArray *files; /* (owned) of Opened */
};

G_DEFINE_FINAL_TYPE (CpaOpenedFiles, cpa_opened_files, G_TYPE_OBJECT)

typedef struct
{
  char *patient;    /* (owned) */
  char *item;       /* (owned) */
  char *attachment; /* (owned) */
  GFile *file;      /* (owned) */
} Opened;

static void
opened_free (gpointer data)
{
  Opened *opened = data;

  cpa_private_files_remove (opened->file);
  g_free (opened->patient);
  g_free (opened->item);
  g_free (opened->attachment);
  g_object_unref (opened->file);
  g_free (opened);
}

/* Whose item is asked. */
typedef struct
{
  CpaOpenedFiles *files; /* (owned) */
  char *item;            /* (owned) */
} Question;

static void
question_free (Question *question)
{
  g_object_unref (question->files);
  g_free (question->item);
  g_free (question);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, question_free)

/* now (nullable): the item as it is; without, it is gone. */
static void
take_away (CpaOpenedFiles *self, const char *item, const CpDossierItem *now)
{
  for (guint i = self->files->len; i > 0; i--)
    {
      const Opened *opened = g_ptr_array_index (self->files, i - 1);

      if (g_str_equal (opened->item, item) &&
          (now == NULL || !cp_dossier_item_has_attachment (now, opened->attachment)))
        g_ptr_array_remove_index (self->files, i - 1);
    }
}

static void
answer_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Question) question = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CpDossierItemAnswer) answer = cpa_api_call_finish (CPA_API (source), result, &error);

  if (answer != NULL)
    take_away (question->files, question->item, answer->item);
  else if (g_error_matches (error, CP_ERROR, CP_ERROR_NOT_FOUND))
    take_away (question->files, question->item, NULL);
}

static void
ask (CpaOpenedFiles *self, const Opened *opened)
{
  CpaCall call = { .route = CP_ROUTE_DOSSIER_ITEM,
                   .ids = { opened->patient, opened->item },
                   .answer_type = &cp_dossier_item_answer_record,
                   .refresh = TRUE };
  Question *question = g_new0 (Question, 1);

  question->files = g_object_ref (self);
  question->item = g_strdup (opened->item);
  cpa_api_call_async (self->api, &call, NULL, answer_cb, question);
}

static void
cpa_opened_files_finalize (GObject *object)
{
  g_ptr_array_unref (CPA_OPENED_FILES (object)->files);
  G_OBJECT_CLASS (cpa_opened_files_parent_class)->finalize (object);
}

static void
cpa_opened_files_class_init (CpaOpenedFilesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cpa_opened_files_finalize;
}

static void
cpa_opened_files_init (CpaOpenedFiles *self)
{
  self->files = g_ptr_array_new_with_free_func (opened_free);
}

CpaOpenedFiles *
cpa_opened_files_of (CpaApi *api)
{
  static const char key[] = "cpa-opened-files";
  CpaOpenedFiles *self = g_object_get_data (G_OBJECT (api), key);

  if (self != NULL)
    return self;
  self = g_object_new (CPA_TYPE_OPENED_FILES, NULL);
  self->api = api;
  g_object_set_data_full (G_OBJECT (api), key, self, g_object_unref);
  return self;
}

void
cpa_opened_files_add (CpaOpenedFiles *self, const char *patient, const char *item, const char *attachment, GFile *file)
{
  Opened *opened = g_new0 (Opened, 1);

  opened->patient = g_strdup (patient);
  opened->item = g_strdup (item);
  opened->attachment = g_strdup (attachment);
  opened->file = g_object_ref (file);
  g_ptr_array_add (self->files, opened);
}

void
cpa_opened_files_look (CpaOpenedFiles *self)
{
  g_autoptr (GHashTable) asked = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < self->files->len; i++)
    {
      const Opened *opened = g_ptr_array_index (self->files, i);

      if (g_hash_table_add (asked, opened->item))
        ask (self, opened);
    }
}

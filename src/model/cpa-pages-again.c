/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-pages-again.h"

/* Where the field of that key stands in page. */
static gpointer
member (const CpRecordType *type, gpointer page, const char *key)
{
  const CpField *field = type->fields;

  while (g_strcmp0 (field->key, key) != 0)
    {
      g_assert (field->key != NULL);
      field++;
    }
  return G_STRUCT_MEMBER_P (page, field->offset);
}

static GPtrArray *
items_of (const CpRecordType *type, gpointer page)
{
  return *(GPtrArray **) member (type, page, "items");
}

static char **
cursor_of (const CpRecordType *type, gpointer page)
{
  return member (type, page, "next_cursor");
}

void
cpa_pages_again_add (CpaPagesAgain *self, const CpRecordType *type, gpointer page)
{
  self->pages++;
  if (self->all == NULL)
    {
      self->all = page;
      self->type = type;
      return;
    }
  g_ptr_array_extend_and_steal (items_of (type, self->all), g_ptr_array_ref (items_of (type, page)));
  g_free (*cursor_of (type, self->all));
  *cursor_of (type, self->all) = g_steal_pointer (cursor_of (type, page));
  cp_record_free (type, page);
}

const char *
cpa_pages_again_get_cursor (CpaPagesAgain *self)
{
  return self->all != NULL ? *cursor_of (self->type, self->all) : NULL;
}

gpointer
cpa_pages_again_take (CpaPagesAgain *self)
{
  self->pages = 0;
  return g_steal_pointer (&self->all);
}

void
cpa_pages_again_forget (CpaPagesAgain *self)
{
  if (self->all != NULL)
    cp_record_free (self->type, self->all);
  *self = (CpaPagesAgain){ 0 };
}

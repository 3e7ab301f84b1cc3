/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-reply-tag.h"

#include <string.h>

/* The tag of an answer is made of its bytes; an answer that the asker has already is not read again. A keyed hash of
 * 128 bits is enough: a tag is only compared with that of what the same asker may see now, and without the key nobody
 * can make two answers with one tag, or a tag for an answer that they guessed. */
static void
tag_cb (CpdReply *reply, const guchar *key)
{
  guchar tag[CPD_TAG_SIZE];
  g_autofree char *text = NULL;
  gsize size;
  gconstpointer data = g_bytes_get_data (reply->body, &size);

  cpd_tag (key, data, size, tag);
  text = g_base64_encode (tag, sizeof tag);
  reply->etag = g_strconcat ("\"", text, "\"", NULL);
}

/**
 * cpd_reply_tag_with:
 */
void
cpd_reply_tag_with (CpdReply *reply, const guchar key[CPD_TAG_KEY_SIZE])
{
  G_STATIC_ASSERT (CPD_REPLY_KEY_SIZE == CPD_TAG_KEY_SIZE);
  memcpy (reply->tag_key, key, CPD_TAG_KEY_SIZE);
  reply->tag = tag_cb;
}

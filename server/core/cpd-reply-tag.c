/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-reply-tag.h"

/* The tag of an answer is made of its bytes; an answer that the asker has already is not read again, and not recorded.
 * So nobody may be able to make the tag of an answer that they guessed: it is a keyed hash. Of the whole answer that
 * takes SipHash long, so it is of two tags of XXH3, each with a secret of its own. XXH3 is no MAC, but nobody ever sees
 * one of the two, and who does not know the secrets cannot look for two answers that have both in common. Two are
 * needed: XXH3 adds up products of halves of words, so that two digits that change places may go unseen with one secret
 * in 2^32, however long its tag is. With two secrets that is one in 2^64. */
static void
tag_cb (CpdReply *reply, gconstpointer data)
{
  const CpdReplyTagger *tagger = data;
  guchar tag[CPD_TAG_SIZE];
  guint64 halves[2];
  g_autofree char *text = NULL;
  gsize size;
  gconstpointer body = g_bytes_get_data (reply->body, &size);

  for (int i = 0; i < 2; i++)
    halves[i] = cpd_quick_tag (&tagger->halves[i], body, size);
  cpd_tag (tagger->key, halves, sizeof halves, tag);
  text = g_base64_encode (tag, sizeof tag);
  reply->etag = g_strconcat ("\"", text, "\"", NULL);
}

/**
 * cpd_reply_tagger_init:
 * @tagger: (out caller-allocates):
 */
void
cpd_reply_tagger_init (CpdReplyTagger *tagger, const CpdKeys *keys)
{
  cpd_keys_tag_key (keys, tagger->key);
  cpd_quick_tag_init (&tagger->halves[0], keys, "answer-tag");
  cpd_quick_tag_init (&tagger->halves[1], keys, "answer-tag-more");
}

/**
 * cpd_reply_tag_with:
 * @tagger: (transfer none): outlives @reply
 */
void
cpd_reply_tag_with (CpdReply *reply, const CpdReplyTagger *tagger)
{
  reply->tag = tag_cb;
  reply->tag_data = tagger;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-reply-tag.h"

#include <glib/gstdio.h>
#include <string.h>

#define LENGTH 2600
#define PLACES 192 /* how far apart two bytes are that may change places: whole stripes of XXH3, of 64 bytes */
#define AT 152

static CpdReplyTagger tagger;

static void
make_tagger (CpdReplyTagger *made)
{
  static const char path[] = "test-reply-tag-keys";
  g_autoptr (CpdKeys) keys = NULL;

  g_unlink (path);
  g_assert_true (cpd_keys_generate (path, NULL));
  keys = cpd_keys_load (path, NULL);
  g_unlink (path);
  cpd_reply_tagger_init (made, keys);
}

static char *
tag_of (const CpdReplyTagger *with, const char *body)
{
  g_autoptr (GBytes) bytes = g_bytes_new (body, LENGTH);
  g_autoptr (CpdReply) reply = cpd_reply_new_bytes (bytes, "application/json");

  cpd_reply_tag_with (reply, with);
  cpd_reply_write (reply);
  return g_steal_pointer (&reply->etag);
}

static void
fill (char *body)
{
  for (int i = 0; i < LENGTH; i++)
    body[i] = ' ' + i * i % 90;
}

/* The same answer has the same tag, for as long as the key file is the same; any other byte another. */
static void
test_same (void)
{
  CpdReplyTagger other;
  char body[LENGTH];
  g_autofree char *tag = NULL;
  g_autofree char *again = NULL;
  g_autofree char *elsewhere = NULL;

  fill (body);
  tag = tag_of (&tagger, body);
  again = tag_of (&tagger, body);
  g_assert_cmpstr (tag, ==, again);
  make_tagger (&other);
  elsewhere = tag_of (&other, body);
  g_assert_cmpstr (tag, !=, elsewhere);
  for (int i = 0; i < LENGTH; i++)
    {
      g_autofree char *changed = NULL;
      body[i] ^= 1;
      changed = tag_of (&tagger, body);
      g_assert_cmpstr (tag, !=, changed);
      body[i] ^= 1;
    }
}

/* With a secret that has the same in two places XXH3 does not see that two bytes change places: one such secret alone
 * does not make the same tag of two answers. */
static void
test_places (void)
{
  char one[LENGTH];
  char other[LENGTH];

  fill (one);
  memcpy (one + AT + PLACES, one + AT, 8);
  one[AT] = '1';
  one[AT + PLACES] = '2';
  memcpy (other, one, sizeof other);
  other[AT] = '2';
  other[AT + PLACES] = '1';
  for (int i = 0; i < 2; i++)
    {
      CpdReplyTagger weak = tagger;
      CpdQuickTag *quick = &weak.halves[i];
      g_autofree char *tag = NULL;
      g_autofree char *changed = NULL;

      /* Each stripe begins eight bytes further on in the secret. */
      memcpy (quick->secret + AT % 64 + (AT + PLACES) / 64 * 8, quick->secret + AT % 64 + AT / 64 * 8, 8);
      g_assert_cmpuint (cpd_quick_tag (quick, one, sizeof one), ==, cpd_quick_tag (quick, other, sizeof other));
      tag = tag_of (&weak, one);
      changed = tag_of (&weak, other);
      g_assert_cmpstr (tag, !=, changed);
    }
}

/* The two tags that are not for a client are not in what it gets, and without the key it would be another. */
static void
test_hidden (void)
{
  CpdReplyTagger other = tagger;
  char body[LENGTH];
  g_autofree char *tag = NULL;
  g_autofree char *changed = NULL;
  g_autofree guchar *bytes = NULL;
  gsize size;

  fill (body);
  tag = tag_of (&tagger, body);
  tag[strlen (tag) - 1] = '\0';
  bytes = g_base64_decode (tag + 1, &size);
  g_assert_cmpuint (size, ==, CPD_TAG_SIZE);
  for (int i = 0; i < 2; i++)
    {
      guint64 half = cpd_quick_tag (&tagger.halves[i], body, sizeof body);
      g_assert_null (memmem (bytes, size, &half, sizeof half));
    }
  other.key[0] ^= 1;
  changed = tag_of (&other, body);
  g_assert_cmpstr (tag, !=, changed);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  make_tagger (&tagger);
  g_test_add_func ("/reply-tag/same", test_same);
  g_test_add_func ("/reply-tag/places", test_places);
  g_test_add_func ("/reply-tag/hidden", test_hidden);
  return g_test_run ();
}

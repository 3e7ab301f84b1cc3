/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-member-version.h"

#include <string.h>

/* Between the tag of the rest and the boxes. */
#define BOXES '.'

/* An invitation that goes out, expires or is given up is the same invitation: nobody did anything. */
static const char *
standing (CpMemberState state)
{
  return state == CP_MEMBER_ACTIVE || cpd_member_is_over (state) ? cp_member_state_names[state] : "waiting";
}

/* The tag has a key, so that nobody finds out by trying what is not shown to them. The start screen asks for one with
 * each request, so the numbers are taken as bytes. */
static char *
tag_of (const CpdCall *call, const CpdMemberRow *row, const CpdMemberRule *rule)
{
  const CpMember *member = row->member;
  const gint64 numbers[] = { row->facts.membership, row->facts.until };
  const char *const shown[] = { standing (rule->state), member->ground, member->mobile, member->email };
  g_autoptr (GString) text = g_string_sized_new (127);
  guchar tag[CPD_TAG_SIZE];

  g_string_append_len (text, (const char *) numbers, sizeof numbers);
  for (gsize i = 0; i < G_N_ELEMENTS (shown); i++)
    {
      g_string_append (text, shown[i] != NULL ? shown[i] : "");
      g_string_append_c (text, '\n');
    }
  cpd_tag (call->tag_key, text->str, text->len, tag);
  return g_base64_encode (tag, sizeof tag);
}

/**
 * cpd_member_version:
 */
char *
cpd_member_version (const CpdCall *call, const CpdMemberRow *row, const CpdMemberRule *rule)
{
  static const char digits[] = "0123456789abcdef";
  const char boxes[] = { BOXES, digits[rule->parts >> 4 & 15],   digits[rule->parts & 15],
                         '-',   digits[rule->pending >> 4 & 15], digits[rule->pending & 15],
                         '\0' };
  g_autofree char *tag = tag_of (call, row, rule);

  G_STATIC_ASSERT (CP_PART_ALL <= 0xff);
  return g_strconcat (tag, boxes, NULL);
}

/* As an entity tag of RFC 9110: strong, and one. A list, a weak one or "*" is the version of nothing. */
static gboolean
matches (const char *condition, const char *version, CpdMemberSeen what)
{
  gsize length = what == CPD_SEEN_WHOLE ? strlen (version) : (gsize) (strchr (version, BOXES) - version);
  gsize given = strlen (condition);

  return given >= 2 && condition[0] == '"' && strchr (condition + 1, '"') == condition + given - 1 &&
         strncmp (condition + 1, version, length) == 0 &&
         condition[1 + length] == (what == CPD_SEEN_WHOLE ? '"' : BOXES);
}

/**
 * cpd_member_was_seen:
 * @seen: (out)
 */
gboolean
cpd_member_was_seen (const CpdCall *call, const CpdMemberRow *row, const CpdMemberRule *rule, CpdMemberSeen what,
                     gboolean *seen, GError **error)
{
  g_autofree char *version = NULL;

  *seen = TRUE;
  if (what == CPD_SEEN_ANYHOW)
    return TRUE;
  if (call->request->if_match == NULL)
    {
      g_set_error_literal (error, CP_ERROR, CP_ERROR_VERSION_REQUIRED, "If-Match is needed");
      return FALSE;
    }
  version = cpd_member_version (call, row, rule);
  *seen = matches (call->request->if_match, version, what);
  return TRUE;
}

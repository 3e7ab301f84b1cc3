/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <string.h>

/* Where so many more bytes of text are to be written, with NUL after them. An answer has hundreds of pieces of a few
 * bytes: GLib is called only when its text must grow. For common/ only. */
static inline char *
cp_text_extend (GString *text, gsize length)
{
  gsize before = text->len;

  if (length >= text->allocated_len - before)
    return g_string_set_size (text, before + length)->str + before;
  text->len = before + length;
  text->str[text->len] = '\0';
  return text->str + before;
}

static inline void
cp_text_append (GString *text, const char *bytes, gsize length)
{
  memcpy (cp_text_extend (text, length), bytes, length);
}

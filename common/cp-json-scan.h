/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* What text[0..length) says, (transfer full), when it is exactly one JSON document of RFC 8259 that is safe to use:
 * valid UTF-8, no byte order mark, no U+0000 (raw or escaped), no lone surrogate escapes, no duplicate keys in one
 * object (compared after unescaping) and at most 1,000 of them, integers within gint64, other numbers finite, no number
 * of more than 127 bytes, at most max_depth open brackets (and never more than 256). Judging and reading are one pass:
 * what json-glib itself takes is no JSON in many ways, so its parser never sees a byte from outside. Else NULL: *offset
 * (nullable) is the first byte that is wrong and *reason (nullable) a static English phrase. */
JsonNode *cp_json_scan (const char *text, gsize length, int max_depth, gsize *offset, const char **reason);

/* The same, but of an object only those members are kept, NULL-terminated. The others are judged too, except that it is
 * not noticed when a key is there twice among them or inside them: not for text that nobody reads whole later on. */
JsonNode *cp_json_scan_members (const char *text, gsize length, int max_depth, const char *const *members,
                                gsize *offset, const char **reason);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define CP_JSON_DEPTH 16 /* requests and answers of our own protocol */
#define CP_JSON_DEPTH_FHIR 64

/* The one door for JSON from outside: RFC 8259 exactly (one document, no duplicate keys, valid UTF-8, no U+0000,
 * numbers in range, depth bounded), by cp_json_scan. Returns (transfer full) the root, or NULL with
 * CP_ERROR_BAD_REQUEST and the byte offset in the message. */
JsonNode *cp_json_parse (const char *text, gsize length, int max_depth, GError **error);

/* (transfer full): compact text of node, NUL-terminated; length may be NULL. */
char *cp_json_text (JsonNode *node, gsize *length);

/* Appends string in quotes, escaped as RFC 8259 asks. */
void cp_json_append_string (GString *text, const char *string);

G_END_DECLS

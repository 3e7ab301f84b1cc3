/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include "cp-error.h"

G_BEGIN_DECLS

#define CP_USERNAME_MIN 3
#define CP_USERNAME_MAX 64
#define CP_PASSWORD_MIN 12 /* characters */
#define CP_PASSWORD_MAX_BYTES 1024
#define CP_CODE_DIGITS 6 /* of a code that is sent; a code that was given has CP_GIVEN_CODE_DIGITS */
#define CP_GIVEN_CODE_DIGITS 8
#define CP_NAME_MAX 100
#define CP_EMAIL_MAX 254
#define CP_ID_LENGTH 22    /* 128 random bits in base64url without padding */
#define CP_TOKEN_LENGTH 43 /* 256 random bits, the same way */

/* Each rule about what a person may type, once. They return FALSE with CP_ERROR_INVALID_FIELD (or the password codes).
 */
gboolean cp_validate_username (const char *text, GError **error);
gboolean cp_validate_name (const char *text, GError **error);
gboolean cp_validate_email (const char *text, GError **error);
/* Length only; lists and names are the server's business (it knows them). Length counts characters after NFC. */
gboolean cp_validate_new_password (const char *text, GError **error);
/* As the person calls a computer. */
gboolean cp_validate_device_name (const char *text, GError **error);
/* Spaces and dashes as pasted are dropped. (transfer full) so many digits, or NULL with error. */
char *cp_validate_code (const char *text, int digits, GError **error);
/* Host name or IP address with an optional port, no scheme, path or space; "https://" in front and one "/" at the end
 * are forgiven. (transfer full) "host" or "host:port" in lower case, or NULL with error. */
char *cp_validate_address (const char *text, GError **error);

/* A character that turns the text around it. */
gboolean cp_validate_turns (gunichar c);

gboolean cp_validate_is_id (const char *text);
gboolean cp_validate_is_token (const char *text);

G_END_DECLS

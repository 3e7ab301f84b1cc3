/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Every failure that can cross the wire, once. The name of each (cp_error_code_name) is the "code" member of the
 * problem+json answer (RFC 9457) and never changes. The server maps a code to an HTTP status in cpd-http-status.c,
 * the app maps it to a sentence in cpa-error-text.c. */
typedef enum
{
  CP_ERROR_INTERNAL,
  CP_ERROR_BAD_REQUEST,     /* not a request of this protocol: syntax, unknown key, wrong type */
  CP_ERROR_INVALID_FIELD,   /* a value that the person typed breaks a rule; field says which */
  CP_ERROR_UNAUTHENTICATED, /* no session, or it has ended */
  CP_ERROR_SESSION_ENDED_ELSEWHERE,
  CP_ERROR_SESSION_ENDED_PASSWORD,
  CP_ERROR_SESSION_ENDED_ACCOUNT,
  CP_ERROR_NOT_FOUND, /* not there, or not yours: never told apart */
  CP_ERROR_METHOD_NOT_ALLOWED,
  CP_ERROR_TOO_LARGE,
  CP_ERROR_LOGIN_FAILED, /* user name and password do not match */
  CP_ERROR_TEMPORARY_PASSWORD_EXPIRED,
  CP_ERROR_ATTEMPT_ENDED, /* the login attempt is older than 15 minutes */
  CP_ERROR_CODE_WRONG,    /* tries_left says how many remain */
  CP_ERROR_CODE_USED_UP,  /* three wrong tries */
  CP_ERROR_CODE_EXPIRED,
  CP_ERROR_CODES_LATER, /* limit of codes reached; until says when the next may be asked */
  CP_ERROR_CODES_TODAY, /* limit of the day reached */
  CP_ERROR_SMS_BUDGET,  /* no more text messages to anybody for now; until */
  CP_ERROR_NO_MOBILE_NUMBER,
  CP_ERROR_PASSWORD_OLD_WRONG,
  CP_ERROR_PASSWORD_SHORT,
  CP_ERROR_PASSWORD_LONG,
  CP_ERROR_PASSWORD_COMMON,
  CP_ERROR_PASSWORD_PERSONAL, /* contains the name or user name */
  CP_ERROR_PASSWORD_CONTEXT,  /* contains the organisation or the portal */
  CP_ERROR_PASSWORD_SAME,
  CP_ERROR_PASSWORD_WRONG,    /* asked again before something changes */
  CP_ERROR_MOBILE_UNKNOWN,    /* no telephone number, or nobody's */
  CP_ERROR_MOBILE_LENGTH,     /* too few or too many digits */
  CP_ERROR_MOBILE_LANDLINE,   /* gets no text messages */
  CP_ERROR_MOBILE_SPECIAL,    /* paid, free, of a company, over the internet, by satellite */
  CP_ERROR_MOBILE_EXTENSION,  /* with an extension behind it */
  CP_ERROR_MOBILE_FOREIGN,    /* it seems to lack a country code */
  CP_ERROR_MOBILE_COUNTRY,    /* the organisation sends none to this country */
  CP_ERROR_SELF,              /* nobody gives a right to oneself */
  CP_ERROR_NOT_HELD,          /* one gives only parts that one holds */
  CP_ERROR_OWN_END,           /* nobody gives a right for longer than one's own access lasts */
  CP_ERROR_LAST_SETTINGS,     /* the last who holds settings without an end date stays */
  CP_ERROR_DECEASED,          /* the client has died: nobody is invited any more */
  CP_ERROR_LOOKUPS_TODAY,     /* limit of looked up addresses of the day reached */
  CP_ERROR_LINK_ENDED,        /* used, too late, or never there: never told apart */
  CP_ERROR_LINK_USER,         /* the user name is not the one that the link was sent to */
  CP_ERROR_CONFLICT,          /* no longer in the state that this needs */
  CP_ERROR_CHANGED_MEANWHILE, /* what is edited is not as the asker saw it any more */
  CP_ERROR_VERSION_REQUIRED,  /* an edit that does not say which version it was made of */
  CP_ERROR_THROTTLED,         /* wait_seconds says how long */
  CP_ERROR_BUSY,              /* a queue is full; wait_seconds */
  CP_ERROR_SERVER_FULL,       /* the disk is full or fails: nothing is saved, nothing is shown */
  /* Only made by the app itself, never on the wire. */
  CP_ERROR_NO_NETWORK,
  CP_ERROR_UNREACHABLE, /* nothing came to the server */
  CP_ERROR_TIMEOUT,
  CP_ERROR_BAD_CERTIFICATE,
  CP_ERROR_BAD_ANSWER, /* of the server itself, but not of this protocol */
  CP_ERROR_NO_ANSWER,  /* it was sent, and what came is not the server's: nothing, or a page of something in between */
  CP_ERROR_APP_TOO_OLD,
  CP_ERROR_SERVER_TOO_OLD,
  CP_ERROR_VIEW_ONLY,       /* one sees the portal as somebody else would, and changes nothing */
  CP_ERROR_PASSWORD_UNSURE, /* no session, after a change of the password to which no answer came */
  CP_ERROR_N_CODES
} CpErrorCode;

/* What a problem says beyond its code. Zero or NULL where it does not apply. */
typedef struct
{
  char *field;  /* name of the wire field, for CP_ERROR_INVALID_FIELD */
  char *reason; /* which rule it breaks, where a field has more than one: a code of docs/protocol.md */
  char *text;   /* what the reason is about: a name, a free user name */
  char *id;     /* correlation id, as in the server's log */
  gint64 until; /* microseconds since the epoch, UTC */
  int wait_seconds;
  int tries_left;
} CpErrorDetails;

#define CP_ERROR (cp_error_quark ())
GQuark cp_error_quark (void);

const char *cp_error_code_name (CpErrorCode code);
gboolean cp_error_code_from_name (const char *name, CpErrorCode *code);

/* The details of an error of the CP_ERROR domain: owned by the error, writable, never NULL for that domain. */
CpErrorDetails *cp_error_details (GError *error);

void cp_error_set_field (GError **error, const char *field, const char *message);
/* The same with the rule that is broken; text may be NULL. */
void cp_error_set_field_reason (GError **error, const char *field, const char *reason, const char *text);

G_END_DECLS

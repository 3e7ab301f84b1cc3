/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include "cp-organisation.h"
#include "cp-start.h"

G_BEGIN_DECLS

#define CPD_CONFIG_MAX_SLOTS 24

/* How the portal shows the FHIR server who it is. */
typedef enum
{
  CPD_EHR_AUTH_NONE,
  CPD_EHR_AUTH_TOKEN,         /* a token that never changes */
  CPD_EHR_AUTH_CLIENT_SECRET, /* OAuth 2.0 client credentials with a secret */
  CPD_EHR_AUTH_PRIVATE_KEY    /* the same with a signed assertion: SMART Backend Services */
} CpdEhrAuth;

/* How the connection to the mail server is made safe. */
typedef enum
{
  CPD_MAIL_SECURITY_STARTTLS, /* or nothing is sent */
  CPD_MAIL_SECURITY_TLS,      /* from the first byte */
  CPD_MAIL_SECURITY_NONE      /* loopback only */
} CpdMailSecurity;

/* What the body of a request to the gateway is made of. */
typedef enum
{
  CPD_SMS_JSON,
  CPD_SMS_FORM,
  CPD_SMS_XML
} CpdSmsBody;

/* The file of a configuration, by which complaints name file and line. */
typedef struct _CpdConfigReader CpdConfigReader;

/* Everything the operator sets, checked. See clientportaald.conf(5). Immutable after loading, so every thread reads it.
 */
typedef struct
{
  /* [organisation] */
  CpOrganisation *organisation; /* as it goes over the wire */
  GTimeZone *zone;
  char *logo;                   /* (nullable) path */
  char *picture;                /* (nullable) path: beside the login */
  char *words;                  /* (nullable) path: the organisation's own list, see cpd-words.h */
  char *sms_name;               /* at most 20 characters of GSM-7 */
  gboolean password_before_sms; /* SZR's order; otherwise Careyn's */
  guint unshared;               /* bits of CpFreshKind that the organisation does not share */

  /* [server] */
  char *address;               /* to listen on */
  int port;                    /* 0: any free one */
  char *public_address;        /* what people type in the app: host, or host:port */
  char *certificate;           /* PEM path; NULL only with an address of loopback or a Unix socket */
  char *private_key;           /* PEM path */
  char *database;              /* path; the control socket and the lock file lie beside it */
  char *key_file;              /* path */
  GStrv proxies;               /* addresses whose X-Forwarded-For is believed */
  int connections_per_address; /* not counted for loopback */

  /* [sessions] */
  int idle_seconds;
  int shared_idle_seconds;
  int session_hours;
  int device_days;
  int audit_years;   /* how long audit rows are kept */
  int audit_minutes; /* the same range in the same session is not recorded again within this; 0: always recorded */

  /* [password] */
  int argon2_memory_mib;
  int argon2_passes;
  int link_minutes;               /* of a link to reset the password, from handing its mail over */
  int temporary_password_minutes; /* of one that was asked for because the own one is forgotten */
  int invitation_days;

  /* [people] */
  int invitation_at;   /* CpInviteAt */
  int invitation_with; /* CpInviteWith */

  /* [sms] */
  int sms_per_day;
  int sms_per_hour;          /* of all codes together */
  char *sms_url;             /* (nullable): of a gateway; it and what follows are templates, see cpd-sms-request.h */
  int sms_method;            /* of cpd_sms_method_names */
  GStrv sms_headers;         /* "Name: value" */
  int sms_body_type;         /* CpdSmsBody */
  char *sms_body;            /* (nullable) */
  char *sms_sender;          /* (nullable) */
  char *sms_user;            /* (nullable) */
  char *sms_secret_file;     /* (nullable) path */
  char *sms_ca_file;         /* (nullable) PEM path */
  GStrv sms_accepted;        /* statuses of an answer that says yes */
  char *sms_accepted_answer; /* (nullable): pattern that its body must have too */
  GStrv sms_refused;         /* statuses of an answer that says never */
  char *sms_refused_answer;  /* (nullable): pattern that its body must have too */
  GStrv sms_countries;       /* (nullable): regions of ISO 3166 that get text messages; NULL for all */

  /* [ehr] */
  GStrv report_codes; /* "system|code": what is a report, an evaluation, a document */
  GStrv evaluation_codes;
  GStrv document_codes;
  char *source_name;        /* names never change */
  char *source_directory;   /* (nullable): this or server */
  char *ehr_server;         /* (nullable): base address of a FHIR server, without a slash at its end */
  int ehr_auth;             /* CpdEhrAuth */
  char *ehr_client_id;      /* (nullable) */
  char *ehr_secret_file;    /* (nullable) path: of the client secret or the token */
  char *ehr_signing_key;    /* (nullable) PEM path */
  char *ehr_key_id;         /* (nullable) */
  char *ehr_token_endpoint; /* (nullable): the server tells it otherwise */
  char *ehr_scope;
  char *ehr_ca_file;               /* (nullable) PEM path */
  char *ehr_client_certificate;    /* (nullable) PEM path, with its key */
  char *ehr_client_key;            /* (nullable) PEM path */
  char *ehr_export_group;          /* (nullable) id of the Group that a first load exports */
  int slots[CPD_CONFIG_MAX_SLOTS]; /* minutes of the day, ascending */
  int n_slots;

  /* [mail] */
  char *mail_server;        /* (nullable): host, or host:port */
  int mail_security;        /* CpdMailSecurity */
  char *mail_user;          /* (nullable), with the file of its password */
  char *mail_password_file; /* (nullable) path */
  char *mail_ca_file;       /* (nullable) PEM path */
  char *mail_from;          /* (nullable): the organisation's address otherwise */

  /* [outgoing] */
  char *outbox_directory; /* (nullable): of what has no server or gateway */

  CpdConfigReader *reader; /* (nullable) */
} CpdConfig;

/* Reads and checks the file. On failure NULL, and error names file, line, key and what is allowed. Relative paths count
 * from the directory of the file. */
CpdConfig *cpd_config_load (const char *path, GError **error);
void cpd_config_free (CpdConfig *config);
/* For what is wrong with a key, also where only a higher layer sees it. FALSE with CP_ERROR_BAD_REQUEST that names
 * file, line and key. reader (nullable): without it the key alone. */
gboolean cpd_config_complain (const CpdConfigReader *reader, const char *group, const char *name, GError **error,
                              const char *format, ...) G_GNUC_PRINTF (5, 6);
/* Whether the organisation shares what the EHR says of this kind. */
gboolean cpd_config_shares (const CpdConfig *config, CpFreshKind kind);
/* When an invitation that goes out at @when no longer works: the day that the words name is one of its days. */
CpTime cpd_config_invitation_ends (const CpdConfig *config, CpTime when);
/* The host of "host", "host:port" or "[::1]:port". */
char *cpd_config_host (const char *address);
extern const char *const cpd_sms_method_names[];
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CpdConfig, cpd_config_free)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cp-time.h"
#include "cpd-db.h"
#include "cpd-keys.h"

G_BEGIN_DECLS

/* Purpose under which an address of its own is sealed. */
#define CPD_OUTBOX_SEAL "outbox-to"

typedef enum
{
  CPD_OUTBOX_SMS = 1,
  CPD_OUTBOX_MAIL = 2
} CpdOutboxKind;

/* What is to be sent, in the transaction of the change that asks for it, so that neither is without the other. No words
 * and no secret: those are made when it is handed over. Zero and NULL where it does not apply. */
typedef struct
{
  CpdOutboxKind kind;
  const char *template_name;
  gint64 account;            /* whose message; 0: nobody with an account, then to_sealed says where it goes */
  gint64 attempt;            /* of a code: sent only while the attempt lives */
  gint64 membership;         /* what it is about */
  gint64 invitation;         /* sent only while it is open; 0: the newest of membership, when there is one */
  int link_kind;             /* CpdLinkKind of the link with a token; 0: {link} is the portal's own address */
  gint64 link_object;        /* row id of what that link is about */
  gint64 device;             /* that it is about; 0: none, or a shared computer */
  GBytes *to_sealed;         /* (borrowed): an address other than the account's own, see cpd_store_outbox_seal() */
  const guchar *number_hash; /* of a code: keyed hash of the mobile number */
  CpTime give_up;            /* 0: after 72 hours for a mail, 60 seconds for a text message */
} CpdOutboxNew;

gboolean cpd_store_outbox_add_message (CpdDb *db, const CpdOutboxNew *new_message, CpTime now, GError **error);
/* (transfer full): an address or number as to_sealed has it. */
GBytes *cpd_store_outbox_seal (const CpdKeys *keys, const char *to);

/* One thing to send, as its row says. */
typedef struct
{
  gint64 id;
  CpdOutboxKind kind;
  char *template_name;
  gint64 account;
  gint64 attempt; /* 0: none */
  gint64 membership;
  gint64 invitation;
  int link_kind;
  gint64 link_object;
  gint64 device;
  GBytes *to_sealed; /* (nullable) */
  CpTime created;
  CpTime give_up; /* after this it has failed */
  int tries;
  gint64 lease; /* the number of this taking: what is told of the row later needs it */
} CpdOutboxRow;

void cpd_outbox_row_free (CpdOutboxRow *row);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CpdOutboxRow, cpd_outbox_row_free)

/* What the words of a message need to know of what it is about. */
typedef struct
{
  gboolean invited;    /* there is an invitation, and the fields below are of it */
  gboolean open;       /* it can still be accepted */
  CpTime expires;      /* of the invitation */
  char *inviter;       /* (nullable): name; NULL: the organisation */
  gboolean rights;     /* parts count from acceptance */
  CpTime access_until; /* of the membership; 0: no end */
  CpTime access_ended; /* 0: it has not */
  char *device;        /* (nullable): name of the device; NULL: none, or without a name */
  gboolean deceased;   /* the client of the membership */
  CpTime own_since;    /* when who gets it chose their password, or it was hashed anew; 0: they have none */
} CpdOutboxFacts;
void cpd_outbox_facts_clear (CpdOutboxFacts *facts);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CpdOutboxFacts, cpd_outbox_facts_clear)
gboolean cpd_store_outbox_facts (CpdDb *db, const CpdOutboxRow *row, CpTime now, CpdOutboxFacts *facts, GError **error);

/* Row id of what this transaction added last. */
gboolean cpd_store_outbox_newest (CpdDb *db, gint64 *id, GError **error);
/* Takes the row of a kind that is due longest, until leased_until: nobody else gets it before. (nullable) (transfer
 * full): NULL without an error when none is due. */
CpdOutboxRow *cpd_store_outbox_take (CpdDb *db, CpdOutboxKind kind, CpTime now, CpTime leased_until, GError **error);
/* When the next row of a kind can be taken; 0: none waits. */
gboolean cpd_store_outbox_next (CpdDb *db, CpdOutboxKind kind, CpTime *when, GError **error);

/* When nothing of the kind is being handed over, at the start and after the clock was set back: what would wait for a
 * time of the old clock is due now. */
gboolean cpd_store_outbox_put_right (CpdDb *db, CpdOutboxKind kind, CpTime now, GError **error);

/* How handing over a row went. Each needs its lease: *held is FALSE, and nothing is changed, when somebody else has
 * taken it since. */
gboolean cpd_store_outbox_sent (CpdDb *db, const CpdOutboxRow *row, CpTime now, gboolean *held, GError **error);
gboolean cpd_store_outbox_retry (CpdDb *db, const CpdOutboxRow *row, CpTime next_try, const char *reason,
                                 gboolean *held, GError **error);
gboolean cpd_store_outbox_failed (CpdDb *db, const CpdOutboxRow *row, CpTime now, const char *reason, gboolean *held,
                                  GError **error);
/* Gives up all that waits, for the operator to see and to send again. */
gboolean cpd_store_outbox_fail_all (CpdDb *db, CpTime now, const char *reason, GError **error);
/* It is not tried before next_try. */
gboolean cpd_store_outbox_put_off (CpdDb *db, const CpdOutboxRow *row, CpTime next_try, GError **error);
/* Nothing was sent: it can be taken again at once. */
gboolean cpd_store_outbox_release (CpdDb *db, const CpdOutboxRow *row, GError **error);

/* What waits or has failed, for the operator. */
typedef struct
{
  gint64 id;
  CpdOutboxKind kind;
  char *template_name;
  char *username; /* (nullable) of the account */
  CpTime created;
  CpTime next_try;
  CpTime give_up;
  CpTime failed; /* 0: it waits */
  int tries;
  char *reason; /* (nullable) */
} CpdOutboxListed;
void cpd_outbox_listed_free (CpdOutboxListed *listed);
/* (transfer full) (element-type CpdOutboxListed): failed ones first, each oldest first; *total of all there are. */
GPtrArray *cpd_store_outbox_list (CpdDb *db, int max, gint64 *total, GError **error);
/* Begins anew with a failed row, or tries a waiting one now. *done is FALSE when there is none of that id. */
gboolean cpd_store_outbox_try_again (CpdDb *db, gint64 id, CpTime now, gboolean *done, GError **error);
/* Gives a row up for good: it is not listed any more, and an invitation stays undelivered. */
gboolean cpd_store_outbox_drop (CpdDb *db, gint64 id, CpTime now, gboolean *done, GError **error);

/* How many codes went to an account or to its number: the facts of the limits. */
typedef struct
{
  CpTime newest;     /* 0: none in the last day */
  CpTime of_attempt; /* the newest of the attempt; 0: none in the last day */
  int in_quarter;    /* of an hour */
  CpTime quarter_oldest;
  int in_day; /* without those that were given up: nobody got them */
  CpTime day_oldest;
  int asked; /* in the day, with them */
  CpTime asked_oldest;
  int to_number; /* in the day, whoever asked them; 0 unless the number is only claimed */
  CpTime to_number_oldest;
} CpdSmsCount;
/* Codes of the last hour to anybody, and when the oldest of them was. */
gboolean cpd_store_outbox_count_hour (CpdDb *db, CpTime now, int *count, CpTime *oldest, GError **error);
gboolean cpd_store_outbox_count_sms (CpdDb *db, gint64 account, gint64 attempt, const guchar *number_hash, CpTime now,
                                     CpdSmsCount *count, GError **error);

G_END_DECLS

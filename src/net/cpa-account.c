/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-account.h"

#include "cp-validate.h"
#include "cpa-session-door.h"
#include "cpa-wipe.h"

struct _CpaAccount
{
  GObject parent_instance;

  CpaApi *api;                  /* (owned): of all sessions */
  CpaApi *door;                 /* (owned): of this session, to api */
  CpOrganisation *organisation; /* (owned) */
  char *address;                /* (owned): of the server: device tokens are kept by it */
  char *username;               /* (owned) (nullable) */
  GTask *leaving;               /* (borrowed) (weak): the newest log out */
  char *unexplained;            /* (owned) (nullable): username of who wants no words explained */
  gboolean shared;
  gboolean has_session;
  CpaKeyring keyring; /* as it was at the last login with one's own computer */
  int sheet_left;     /* -1: no code of the sheet was used */
};

enum
{
  SIGNAL_RENEWING,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CpaAccount, cpa_account, G_TYPE_OBJECT)

static void
cpa_account_finalize (GObject *object)
{
  CpaAccount *self = CPA_ACCOUNT (object);

  g_clear_weak_pointer (&self->leaving);
  g_clear_object (&self->door);
  g_clear_object (&self->api);
  g_clear_pointer (&self->organisation, cp_organisation_free);
  g_clear_pointer (&self->address, g_free);
  g_clear_pointer (&self->username, g_free);
  g_clear_pointer (&self->unexplained, g_free);
  G_OBJECT_CLASS (cpa_account_parent_class)->finalize (object);
}

static void
cpa_account_class_init (CpaAccountClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cpa_account_finalize;
  signals[SIGNAL_RENEWING] = g_signal_new ("renewing", CPA_TYPE_ACCOUNT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                           G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
}

static void
cpa_account_init (CpaAccount *self)
{
  self->sheet_left = -1;
}

/* Takes over the tokens of an answer. /login/challenge brings none: the one there stays. */
static void
take_tokens (CpaAccount *self, const CpLoginAnswer *answer)
{
  if (answer->sheet_used)
    self->sheet_left = (int) answer->sheet_left;
  if (answer->token != NULL)
    {
      cpa_api_set_token (self->door, answer->token);
      self->has_session = TRUE;
    }
  if (answer->device_token != NULL && !self->shared)
    cpa_secrets_store (self->address, self->username, self->organisation->name, answer->device_token);
}

static void
next_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  CpaAccount *self = g_task_get_source_object (task);
  GError *error = NULL;
  CpLoginAnswer *answer = cpa_api_call_finish (CPA_API (source), result, &error);

  if (answer == NULL && error == NULL)
    g_set_error (&error, CP_ERROR, CP_ERROR_BAD_ANSWER, "a step without an answer");
  if (error == NULL)
    take_tokens (self, answer);
  if (g_task_get_source_tag (task) == cpa_account_password_async)
    g_signal_emit (self, signals[SIGNAL_RENEWING], 0, FALSE);
  if (error != NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  g_task_return_pointer (task, answer, (GDestroyNotify) cp_login_answer_free);
}

/* Takes task. */
static void
step (CpaAccount *self, GTask *task, CpRouteId route, const CpRecordType *body_type, gconstpointer body)
{
  CpaCall call = { .route = route, .body_type = body_type, .body = body, .answer_type = &cp_login_answer_record };

  cpa_api_call_async (self->door, &call, g_task_get_cancellable (task), next_cb, task);
}

static void
device_token_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  CpaAccount *self = g_task_get_source_object (task);
  CpLoginRequest *request = g_task_get_task_data (task);

  request->device_token = cpa_secrets_lookup_finish (result, &self->keyring);
  request->no_keyring = self->keyring != CPA_KEYRING_OPEN;
  step (self, task, CP_ROUTE_LOGIN, &cp_login_request_record, request);
}

/* (transfer full) (nullable): by which a person may know this computer, until they call it otherwise. */
static char *
device_name (void)
{
  const char *name = g_get_host_name ();

  return g_str_has_prefix (name, "localhost") || !cp_validate_device_name (name, NULL) ? NULL : g_strdup (name);
}

void
cpa_account_login_async (CpaAccount *self, const char *username, const char *password, const char *language,
                         gboolean shared, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  CpLoginRequest *request = cp_login_request_new ();

  g_task_set_source_tag (task, cpa_account_login_async);
  request->username = g_strdup (username);
  request->password = g_strdup (password);
  request->language = g_strdup (language);
  request->shared = shared;
  request->device_name = device_name ();
  g_task_set_task_data (task, request, (GDestroyNotify) cp_login_request_free);
  g_free (self->username);
  self->username = g_strdup (username);
  self->shared = shared;
  self->sheet_left = -1;
  cpa_account_forget (self);
  if (shared)
    step (self, task, CP_ROUTE_LOGIN, &cp_login_request_record, request);
  else
    cpa_secrets_lookup_async (self->address, username, cancellable, device_token_cb, task);
}

void
cpa_account_code_async (CpaAccount *self, const char *code, CpStepMethod method, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer user_data)
{
  CpCodeRequest request = { .code = (char *) code, .method = method };

  step (self, g_task_new (self, cancellable, callback, user_data), CP_ROUTE_LOGIN_CODE, &cp_code_request_record,
        &request);
}

void
cpa_account_challenge_async (CpaAccount *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                             gpointer user_data)
{
  step (self, g_task_new (self, cancellable, callback, user_data), CP_ROUTE_LOGIN_CHALLENGE, NULL, NULL);
}

void
cpa_account_password_async (CpaAccount *self, const char *old_password, const char *new_password,
                            GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  CpPasswordRequest request = { .old_password = (char *) old_password, .new_password = (char *) new_password };
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, cpa_account_password_async);
  g_signal_emit (self, signals[SIGNAL_RENEWING], 0, TRUE);
  step (self, task, CP_ROUTE_PASSWORD, &cp_password_request_record, &request);
}

CpLoginAnswer *
cpa_account_next_finish (CpaAccount *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
session_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  CpSession *session = cpa_api_call_finish (CPA_API (source), result, &error);

  if (session == NULL && error == NULL)
    g_set_error (&error, CP_ERROR, CP_ERROR_BAD_ANSWER, "no session in the answer");
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, session, (GDestroyNotify) cp_session_free);
}

void
cpa_account_session_async (CpaAccount *self, gboolean refresh, GCancellable *cancellable, GAsyncReadyCallback callback,
                           gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  CpaCall call = { .route = CP_ROUTE_SESSION, .answer_type = &cp_session_record, .refresh = refresh };

  g_task_set_source_tag (task, cpa_account_session_async);
  cpa_api_call_async (self->door, &call, cancellable, session_cb, task);
}

CpSession *
cpa_account_session_finish (CpaAccount *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* A log out; the data of its task. */
typedef struct
{
  CpaApi *door; /* (owned) */
  guint seconds;
  guint deadline; /* source: changes under way are given up */
  gulong finished;
  gboolean lost;
} Leaving;

static void
leaving_free (gpointer data)
{
  Leaving *leaving = data;

  g_object_unref (leaving->door);
  g_free (leaving);
}

static void
logout_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  cpa_api_call_finish (CPA_API (source), result, &error);
  if (error != NULL)
    g_debug ("The session ends by itself: %s", error->message);
  g_task_return_boolean (task, !((const Leaving *) g_task_get_task_data (task))->lost);
}

static gboolean
deadline_cb (gpointer user_data)
{
  g_cancellable_cancel (user_data);
  return G_SOURCE_REMOVE;
}

/* Takes task. */
static void
end_session (GTask *task)
{
  CpaAccount *self = g_task_get_source_object (task);
  Leaving *leaving = g_task_get_task_data (task);
  CpaSessionDoor *door = CPA_SESSION_DOOR (leaving->door);
  CpaCall call = { .route = CP_ROUTE_LOGOUT, .finishes = TRUE };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  leaving->lost = cpa_session_door_is_finishing (door) || cpa_session_door_has_lost (door);
  g_timeout_add_seconds_full (G_PRIORITY_DEFAULT, leaving->seconds, deadline_cb, g_object_ref (cancellable),
                              g_object_unref);
  cpa_api_call_async (leaving->door, &call, cancellable, logout_cb, task);
  cpa_account_forget (self);
}

/* Takes task. */
static void
stop_waiting (GTask *task)
{
  Leaving *leaving = g_task_get_task_data (task);

  g_signal_handler_disconnect (leaving->door, leaving->finished);
  g_clear_handle_id (&leaving->deadline, g_source_remove);
  end_session (task);
}

static gboolean
give_up_cb (gpointer user_data)
{
  ((Leaving *) g_task_get_task_data (user_data))->deadline = 0;
  stop_waiting (user_data);
  return G_SOURCE_REMOVE;
}

/* Takes task. */
static void
left_already (GTask *task, GParamSpec *pspec, GTask *first)
{
  g_task_return_boolean (task, !((const Leaving *) g_task_get_task_data (first))->lost);
  g_object_unref (task);
}

void
cpa_account_logout_async (CpaAccount *self, guint seconds, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);
  Leaving *leaving;

  g_task_set_source_tag (task, cpa_account_logout_async);
  if (self->leaving != NULL && !g_task_get_completed (self->leaving))
    {
      g_signal_connect_swapped (self->leaving, "notify::completed", G_CALLBACK (left_already), task);
      return;
    }
  g_set_weak_pointer (&self->leaving, task);
  leaving = g_new0 (Leaving, 1);
  g_task_set_task_data (task, leaving, leaving_free);
  leaving->door = g_object_ref (self->door);
  leaving->seconds = seconds;
  cpa_session_door_leave (CPA_SESSION_DOOR (self->door));
  if (!cpa_session_door_is_finishing (CPA_SESSION_DOOR (self->door)))
    {
      end_session (task);
      return;
    }
  leaving->finished = g_signal_connect_swapped (self->door, "finished", G_CALLBACK (stop_waiting), task);
  leaving->deadline = g_timeout_add_seconds (seconds, give_up_cb, task);
}

gboolean
cpa_account_logout_finish (CpaAccount *self, GAsyncResult *result)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), NULL);
}

void
cpa_account_forget (CpaAccount *self)
{
  cpa_session_door_close (CPA_SESSION_DOOR (self->door));
  g_object_unref (self->door);
  self->door = cpa_session_door_new (self->api);
  self->has_session = FALSE;
}

CpaAccount *
cpa_account_new (CpaApi *api, const CpOrganisation *organisation, const char *address)
{
  CpaAccount *self = g_object_new (CPA_TYPE_ACCOUNT, NULL);

  self->api = g_object_ref (api);
  self->door = cpa_session_door_new (api);
  self->organisation = cp_record_copy (&cp_organisation_record, organisation);
  self->address = g_strdup (address);
  return self;
}

CpaApi *
cpa_account_get_api (CpaAccount *self)
{
  return self->door;
}

const char *
cpa_account_get_address (CpaAccount *self)
{
  return self->address;
}

const char *
cpa_account_get_username (CpaAccount *self)
{
  return self->username;
}

gboolean
cpa_account_get_shared (CpaAccount *self)
{
  return self->shared;
}

gboolean
cpa_account_has_session (CpaAccount *self)
{
  return self->has_session;
}

CpaKeyring
cpa_account_get_keyring (CpaAccount *self)
{
  return self->keyring;
}

int
cpa_account_get_sheet_left (CpaAccount *self)
{
  return self->sheet_left;
}

gboolean
cpa_account_get_explains (CpaAccount *self)
{
  return self->unexplained == NULL || self->username == NULL ||
         g_ascii_strcasecmp (self->unexplained, self->username) != 0;
}

void
cpa_account_set_explains (CpaAccount *self, gboolean explains)
{
  g_clear_pointer (&self->unexplained, g_free);
  if (!explains && !self->shared)
    self->unexplained = g_strdup (self->username);
}

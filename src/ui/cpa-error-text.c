/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-error-text.h"

#include <glib/gi18n.h>

#include "cp-validate.h"
#include "cpa-certificate-text.h"
#include "cpa-fill.h"
#include "cpa-language.h"
#include "cpa-time-text.h"

/* Placeholders: organization, desk, phone, id, wait, time, n (tries left, or the least length of a password). */
typedef struct
{
  const char *title;
  const char *text;
  const char *alone; /* (nullable): instead of text when organisation, number or time are not known */
  gboolean can_retry;
} Row;

#define LOG_IN N_ ("Log In")
#define VERIFY N_ ("Device Verification")
#define PASSWORD N_ ("Change Password")
#define PASSWORD_WRONG N_ ("Password")
#define MOBILE N_ ("Mobile Number")
#define NOT_CHANGED N_ ("Nothing Has Been Changed")
#define INTERNAL N_ ("Something Went Wrong on Our Side")
#define BAD_ANSWER N_ ("The Answer Could Not Be Read")
#define LOG_IN_AGAIN N_ ("Please Log In Again")
#define ONE_MOMENT N_ ("One Moment")
#define REFUSED_TEXT                                                                                                   \
  N_ ("The portal sent something that this program does not understand. Nothing has been changed. Try again. Does "    \
      "it happen again? Call {desk}: {phone}.")
#define REFUSED_ALONE                                                                                                  \
  N_ ("The portal sent something that this program does not understand. Nothing has been changed. Try again.")

static const Row rows[CP_ERROR_N_CODES] = {
  [CP_ERROR_INTERNAL] = { INTERNAL,
                          N_ ("That is not your fault. Nothing that was saved is lost, and what you typed is kept. Try "
                              "again. Does it happen "
                              "again? Call {desk}: {phone}, and mention this number: {id}"),
                          N_ ("That is not your fault. Nothing that was saved is lost, and what you typed is kept. Try "
                              "again."),
                          TRUE },
  [CP_ERROR_BAD_REQUEST] = { BAD_ANSWER, REFUSED_TEXT, REFUSED_ALONE, TRUE },
  [CP_ERROR_INVALID_FIELD] = { N_ ("Some Fields Are Not Right Yet"),
                               N_ ("Some fields are not right yet. What you filled in is kept."), NULL, FALSE },
  [CP_ERROR_UNAUTHENTICATED] = { LOG_IN_AGAIN,
                                 N_ ("You were logged in for a long time. For safety we have logged you out."), NULL,
                                 FALSE },
  [CP_ERROR_SESSION_ENDED_ELSEWHERE] = { LOG_IN_AGAIN,
                                         N_ ("You have been logged out from another device. Was that not you? Then "
                                             "change your password."),
                                         NULL, FALSE },
  [CP_ERROR_SESSION_ENDED_PASSWORD] = { LOG_IN_AGAIN,
                                        N_ ("Your password has been changed on another device. Log in with the new "
                                            "password. Was that not you? Choose “Forgot Password?” and call "
                                            "{desk}: {phone}."),
                                        N_ ("Your password has been changed on another device. Log in with the new "
                                            "password."),
                                        FALSE },
  [CP_ERROR_SESSION_ENDED_ACCOUNT] = { LOG_IN_AGAIN, N_ ("Your account has been ended."), NULL, FALSE },
  [CP_ERROR_NOT_FOUND] = { N_ ("This Is Not Here (Any More)"),
                           N_ ("It has been removed, or you have no access to it. The rest is still there. Go back and "
                               "choose something "
                               "else."),
                           NULL, FALSE },
  [CP_ERROR_METHOD_NOT_ALLOWED] = { BAD_ANSWER, REFUSED_TEXT, REFUSED_ALONE, TRUE },
  [CP_ERROR_TOO_LARGE] = { BAD_ANSWER, REFUSED_TEXT, REFUSED_ALONE, TRUE },
  [CP_ERROR_LOGIN_FAILED] = { LOG_IN,
                              N_ ("This username and password do not match. Type your password again, or choose "
                                  "“Forgot Password?”."),
                              NULL, FALSE },
  [CP_ERROR_TEMPORARY_PASSWORD_EXPIRED] = { LOG_IN,
                                            N_ ("This temporary password no longer works. Nothing has changed in your "
                                                "account. Ask for a new one with “Forgot Password?”."),
                                            NULL, FALSE },
  [CP_ERROR_ATTEMPT_ENDED] = { LOG_IN,
                               N_ ("Logging in took too long. Nothing is lost. Log in again, you will then get a new "
                                   "code."),
                               NULL, FALSE },
  [CP_ERROR_CODE_WRONG] = { VERIFY,
                            N_ ("This code is not right. You do not have to start again. Look at the text message and "
                                "try again."),
                            NULL, FALSE },
  [CP_ERROR_CODE_USED_UP] = { VERIFY,
                              N_ ("A wrong code was filled in too often. First ask for a new code. You do not have to "
                                  "start again. "
                                  "Choose “Send New Code”."),
                              NULL, FALSE },
  [CP_ERROR_CODE_EXPIRED] = { VERIFY,
                              N_ ("The time of this code is over. You do not have to start again. Choose “Send New "
                                  "Code”."),
                              NULL, FALSE },
  [CP_ERROR_CODES_LATER] = { VERIFY,
                             N_ ("You have asked for a code several times. From {time} you can ask for a new one. If "
                                 "you still have a code, "
                                 "you can use it until its time is over."),
                             N_ ("You have asked for a code several times. If you still have a code, you can use it "
                                 "until its time is over."),
                             FALSE },
  [CP_ERROR_CODES_TODAY] = { VERIFY,
                             N_ ("For safety there are no more codes today. Try again tomorrow, or call {desk}: "
                                 "{phone}."),
                             N_ ("For safety there are no more codes today. Try again tomorrow."), FALSE },
  [CP_ERROR_SMS_BUDGET] = { VERIFY,
                            N_ ("The text message could not be sent. You are not locked out. Try again later, or call "
                                "{desk}: {phone}."),
                            N_ ("The text message could not be sent. You are not locked out. Try again later."),
                            FALSE },
  [CP_ERROR_NO_MOBILE_NUMBER] = { N_ ("No Usable Mobile Number"),
                                  N_ ("We have no mobile number of yours that we can send a code to. Ask your portal "
                                      "administrator or call {desk}: {phone}. Your access stays as it is."),
                                  N_ ("We have no mobile number of yours that we can send a code to. Ask your portal "
                                      "administrator. Your access stays as it is."),
                                  FALSE },
  [CP_ERROR_PASSWORD_OLD_WRONG] = { PASSWORD,
                                    N_ ("The old password is not right. Your password has not been changed. Type it "
                                        "again."),
                                    NULL, FALSE },
  [CP_ERROR_PASSWORD_SHORT] = { PASSWORD, N_ ("This password is too short. Choose one of at least {n} characters."),
                                NULL, FALSE },
  [CP_ERROR_PASSWORD_LONG] = { PASSWORD, N_ ("This password is too long. Choose a shorter one."), NULL, FALSE },
  [CP_ERROR_PASSWORD_COMMON] = { PASSWORD,
                                 N_ ("Many people use this password. That makes it easy to guess. Choose another one."),
                                 NULL, FALSE },
  [CP_ERROR_PASSWORD_PERSONAL] = { PASSWORD,
                                   N_ ("Your name or username is in this password. That makes it easy to guess. Choose "
                                       "another one."),
                                   NULL, FALSE },
  [CP_ERROR_PASSWORD_CONTEXT] = { PASSWORD,
                                  N_ ("The name of {organization} or of the portal is in this password. That makes it "
                                      "easy to guess. Choose another "
                                      "one."),
                                  NULL, FALSE },
  [CP_ERROR_PASSWORD_SAME] = { PASSWORD, N_ ("This is the same as your old password. Choose another one."), NULL,
                               FALSE },
  [CP_ERROR_PASSWORD_WRONG] = { PASSWORD_WRONG,
                                N_ ("This password is not right. Nothing has been changed. Type it again."), NULL,
                                FALSE },
  [CP_ERROR_MOBILE_UNKNOWN] = { MOBILE,
                                N_ ("This is not a phone number. A mobile number looks like this: 06 12 34 56 78"),
                                NULL, FALSE },
  [CP_ERROR_MOBILE_LENGTH] = { MOBILE, N_ ("This number has too few or too many digits."), NULL, FALSE },
  [CP_ERROR_MOBILE_LANDLINE] = { MOBILE,
                                 N_ ("This is a landline number. It cannot get text messages. Fill in a mobile "
                                     "number."),
                                 NULL, FALSE },
  [CP_ERROR_MOBILE_SPECIAL] = { MOBILE, N_ ("This is a paid or special number. Fill in a mobile number."), NULL,
                                FALSE },
  [CP_ERROR_MOBILE_EXTENSION] = { MOBILE,
                                  N_ ("This number has an extension. It cannot get text messages. Fill in a mobile "
                                      "number."),
                                  NULL, FALSE },
  [CP_ERROR_MOBILE_FOREIGN] = { MOBILE, N_ ("For a foreign number first type + and the country code, for example +32."),
                                NULL, FALSE },
  [CP_ERROR_MOBILE_COUNTRY] = { MOBILE,
                                N_ ("{organization} cannot send text messages to this country. Fill in another mobile "
                                    "number."),
                                NULL, FALSE },
  [CP_ERROR_SELF] = { NOT_CHANGED,
                      N_ ("You cannot give yourself more rights. Ask another portal administrator or {organization}."),
                      NULL, FALSE },
  [CP_ERROR_NOT_HELD] = { NOT_CHANGED, N_ ("You do not have this right yourself, so you cannot give it."), NULL,
                          FALSE },
  [CP_ERROR_OWN_END] = { NOT_CHANGED, N_ ("Your own access ends before this. You cannot give access for longer."), NULL,
                         FALSE },
  [CP_ERROR_LAST_SETTINGS] = { NOT_CHANGED,
                               N_ ("This is the last portal administrator. First make somebody else portal "
                                   "administrator. Nothing has been changed."),
                               NULL, FALSE },
  [CP_ERROR_DECEASED] = { NOT_CHANGED,
                          N_ ("No invitations are sent any more after somebody has died. Whoever has access now can "
                              "still read what is here. Do you have a question? Call {desk}: {phone}."),
                          N_ ("No invitations are sent any more after somebody has died. Whoever has access now can "
                              "still read what is here."),
                          FALSE },
  [CP_ERROR_LOOKUPS_TODAY] = { NOT_CHANGED,
                               N_ ("You have looked up many addresses today. Nothing is lost. You can go on "
                                   "tomorrow."),
                               NULL, FALSE },
  [CP_ERROR_LINK_ENDED] = { N_ ("This Link No Longer Works"),
                            N_ ("A link works for a short time and once. Have you not changed your password with it? "
                                "Then your old password still works. You can ask for a new link."),
                            NULL, FALSE },
  [CP_ERROR_LINK_USER] = { N_ ("Reset Password"),
                           N_ ("This username does not belong to this link. Your password has not been changed. Check "
                               "the username and try again."),
                           NULL, FALSE },
  [CP_ERROR_CONFLICT] = { N_ ("Somebody Else Changed This Too"),
                          N_ ("Nothing has been lost. Look at how it is now and choose again if you want."), NULL,
                          TRUE },
  [CP_ERROR_CHANGED_MEANWHILE] = { N_ ("Somebody Else Changed This Too"),
                                   N_ ("Nothing has been lost. Look at how it is now and choose again if you want."),
                                   NULL, TRUE },
  [CP_ERROR_VERSION_REQUIRED] = { BAD_ANSWER, REFUSED_TEXT, REFUSED_ALONE, TRUE },
  [CP_ERROR_THROTTLED] = { ONE_MOMENT,
                           N_ ("Too much was asked in a short time. Nothing is lost. You can go on in {wait}."),
                           N_ ("Too much was asked in a short time. Nothing is lost. You can go on in a moment."),
                           TRUE },
  [CP_ERROR_BUSY] = { N_ ("It Is Busy"),
                      N_ ("Many people are using the portal now. What you typed is kept. You can try again in {wait}."),
                      N_ ("Many people are using the portal now. What you typed is kept. You can try again in a "
                          "moment."),
                      TRUE },
  [CP_ERROR_SERVER_FULL] = { N_ ("Saving Is Not Possible for a Moment"),
                             N_ ("The portal cannot save or show anything now. What you typed is kept here. Try again "
                                 "later. Does it stay like "
                                 "this? Call {desk}: {phone}."),
                             N_ ("The portal cannot save or show anything now. What you typed is kept here. Try again "
                                 "later."),
                             TRUE },
  [CP_ERROR_NO_NETWORK] = { N_ ("No Internet Connection"),
                            N_ ("This computer has no connection to the internet. What you typed is kept. Check the "
                                "Wi-Fi or the cable and try "
                                "again."),
                            NULL, TRUE },
  [CP_ERROR_UNREACHABLE] = { N_ ("The Portal Cannot Be Reached"),
                             N_ ("We got no answer from {organization}. Your data is safe and what you typed is kept. "
                                 "Try again in a few "
                                 "minutes. Does it still not work? Call {desk}: {phone}."),
                             N_ ("We got no answer from {organization}. Your data is safe and what you typed is kept. "
                                 "Try again in a few "
                                 "minutes."),
                             TRUE },
  [CP_ERROR_TIMEOUT] = { N_ ("It Takes Too Long"),
                         N_ ("The answer did not come in time. What you typed is kept. Were you saving something? "
                             "First look whether that is "
                             "done. Then try again."),
                         NULL, TRUE },
  [CP_ERROR_BAD_CERTIFICATE] = { N_ ("Not Sure That This Is {organization}"),
                                 N_ ("The security of the connection is not right. That is why we stopped. Nothing has "
                                     "been sent, not even your "
                                     "password. Check the date and time of this computer, or use another network. Does "
                                     "it still not work? Call "
                                     "{desk}: {phone}."),
                                 N_ ("The security of the connection is not right. That is why we stopped. Nothing has "
                                     "been sent, not even your "
                                     "password. Check the date and time of this computer, or use another network."),
                                 TRUE },
  [CP_ERROR_BAD_ANSWER] = { BAD_ANSWER,
                            N_ ("The portal sent something that this program does not understand. What you typed is "
                                "kept. Were you saving something? First look whether that is done. Then try again. "
                                "Does it happen again? Call {desk}: {phone}."),
                            N_ ("The portal sent something that this program does not understand. What you typed is "
                                "kept. Were you saving something? First look whether that is done. Then try again."),
                            TRUE },
  [CP_ERROR_NO_ANSWER] = { N_ ("No Answer from the Portal"),
                           N_ ("No answer came from {organization} itself. What you typed is kept. Were you saving "
                               "something? First look whether that is done. Then try again, or use another network. "
                               "Does it still not work? Call {desk}: {phone}."),
                           N_ ("No answer came from {organization} itself. What you typed is kept. Were you saving "
                               "something? First look whether that is done. Then try again, or use another network."),
                           TRUE },
  [CP_ERROR_APP_TOO_OLD] = { N_ ("This Program Is Too Old"),
                             N_ ("The portal of {organization} has been renewed. Your data is safe. Update the program "
                                 "Client Portal and open "
                                 "it again."),
                             NULL, FALSE },
  [CP_ERROR_SERVER_TOO_OLD] = { N_ ("The Portal Has Not Been Updated Yet"),
                                N_ ("This program is newer than the portal of {organization}. Your data is safe. You "
                                    "do not have to do anything. "
                                    "Try again later, or call {desk}: {phone}."),
                                N_ ("This program is newer than the portal of {organization}. Your data is safe. You "
                                    "do not have to do anything. "
                                    "Try again later."),
                                TRUE },
  [CP_ERROR_VIEW_ONLY] = { NOT_CHANGED,
                           N_ ("You see the portal as somebody else would see it. You can look, not change anything."),
                           NULL, FALSE },
  [CP_ERROR_PASSWORD_UNSURE] = { LOG_IN_AGAIN,
                                 N_ ("Your password may have been changed already. Log in with your new password. Does "
                                     "that not work? Then the old one still works."),
                                 NULL, FALSE },
};

/* What the error itself knows. Zero where the domain is not ours. */
static CpErrorDetails
details_of (const GError *error)
{
  return error->domain == CP_ERROR ? *cp_error_details ((GError *) error) : (CpErrorDetails){ 0 };
}

static int
code_of (const GError *error)
{
  if (error->domain == CP_ERROR && error->code >= 0 && error->code < CP_ERROR_N_CODES)
    return error->code;
  return CP_ERROR_BAD_ANSWER;
}

static gboolean
is_known (int code, const CpErrorDetails *details, const CpOrganisation *organisation)
{
  switch (code)
    {
    case CP_ERROR_INTERNAL:
      return organisation != NULL && details->id != NULL;
    case CP_ERROR_CODES_LATER:
      return organisation != NULL && details->until != 0;
    case CP_ERROR_THROTTLED:
    case CP_ERROR_BUSY:
      return details->wait_seconds > 0;
    default:
      return organisation != NULL;
    }
}

static char *
clock_of (const CpErrorDetails *details, const CpOrganisation *organisation)
{
  g_autoptr (GTimeZone) zone = organisation != NULL ? g_time_zone_new_identifier (organisation->time_zone) : NULL;

  if (zone == NULL)
    zone = g_time_zone_new_local ();
  return cpa_time_clock (details->until, zone);
}

static char *
fill (const char *template, const CpErrorDetails *details, const CpOrganisation *organisation)
{
  g_autofree char *wait = cpa_time_wait (details->wait_seconds);
  g_autofree char *clock = clock_of (details, organisation);
  gint64 least = organisation != NULL ? organisation->password_min : CP_PASSWORD_MIN;

  return cpa_fill_n (template, least, "wait", wait, "time", clock, "id", details->id, "organization",
                     organisation != NULL ? organisation->name : _ ("the care organization"), "desk",
                     organisation != NULL ? cpa_language_text (organisation->desk) : NULL, "phone",
                     organisation != NULL ? organisation->phone : NULL, NULL);
}

/* The one sentence with a plural. */
static char *
wrong_code (int tries_left)
{
  return cpa_fill_n (
      ngettext ("This code is not right. You do not have to start again. Look at the text message and try again. You "
                "have {n} try left.",
                "This code is not right. You do not have to start again. Look at the text message and try again. You "
                "have {n} tries left.",
                tries_left),
      tries_left, NULL);
}

static char *
with_reason (char *text, const char *reason)
{
  g_autofree char *before = text;
  g_autofree char *words = cpa_certificate_text (reason);
  g_autofree char *line = cpa_fill (_ ("Technical reason: {reason}"), "reason", words, NULL);
  return g_strconcat (before, "\n\n", line, NULL);
}

static const char *
late_password (const char *reason)
{
  return g_strcmp0 (reason, "invitation") == 0
             ? N_ ("The password in your invitation no longer works. Ask the person who invited you to send the "
                   "invitation again.")
             : rows[CP_ERROR_TEMPORARY_PASSWORD_EXPIRED].text;
}

CpaErrorText *
cpa_error_text_new (const GError *error, const CpOrganisation *organisation)
{
  CpaErrorText *self = g_new0 (CpaErrorText, 1);
  CpErrorDetails details = details_of (error);
  int code = code_of (error);
  const Row *row = &rows[code];
  const char *text = row->alone != NULL && !is_known (code, &details, organisation) ? row->alone : row->text;

  self->title = fill (_ (row->title), &details, organisation);
  if (code == CP_ERROR_CODE_WRONG && details.tries_left > 0)
    self->text = wrong_code (details.tries_left);
  else if (code == CP_ERROR_TEMPORARY_PASSWORD_EXPIRED)
    self->text = fill (_ (late_password (details.reason)), &details, organisation);
  else
    self->text = fill (_ (text), &details, organisation);
  if (code == CP_ERROR_BAD_CERTIFICATE)
    self->text = with_reason (self->text, error->message);
  self->can_retry = row->can_retry;
  self->button = row->can_retry ? _ ("Try Again") : NULL;
  return self;
}

void
cpa_error_text_free (CpaErrorText *self)
{
  g_free (self->title);
  g_free (self->text);
  g_free (self);
}

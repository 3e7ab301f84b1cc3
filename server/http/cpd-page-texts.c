/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-page-texts.h"

#include <string.h>

static const char *const texts[CPD_N_TEXTS][CPD_N_LANGUAGES] = {
  [CPD_TEXT_RESET_TITLE] = { "Wachtwoord herstellen – {organization}", "Reset Password – {organization}" },
  [CPD_TEXT_RESET] = { "Wachtwoord herstellen", "Reset Password" },
  [CPD_TEXT_RESET_INTRO] = { "U heeft een nieuw wachtwoord gevraagd voor het cliëntportaal van {organization}.",
                             "You asked for a new password for the client portal of {organization}." },
  [CPD_TEXT_OPEN_APP] = { "Openen in het programma Cliëntportaal", "Open in the Client Portal Program" },
  [CPD_TEXT_OR_HERE] = { "Of kies uw nieuwe wachtwoord op deze pagina.", "Or choose your new password on this page." },
  [CPD_TEXT_WORKS_UNTIL] = { "Deze link werkt tot {time} uur.", "This link works until {time}." },
  [CPD_TEXT_LOG_IN_AT] = { "Inloggen doet u op {address}.", "Logging in is done at {address}." },
  [CPD_TEXT_USERNAME] = { "Gebruikersnaam", "Username" },
  [CPD_TEXT_NEW_PASSWORD] = { "Nieuwe wachtwoord", "New Password" },
  [CPD_TEXT_PASSWORD_HINT] = { "Minstens 12 tekens. Een paar woorden achter elkaar werkt goed.",
                               "At least 12 characters. A few words in a row work well." },
  [CPD_TEXT_CHANGE] = { "Wachtwoord wijzigen", "Change Password" },
  [CPD_TEXT_CHANGED] = { "Uw wachtwoord is gewijzigd", "Your Password Has Been Changed" },
  [CPD_TEXT_CHANGED_TEXT] = { "Ga terug naar uw computer en log in met uw nieuwe wachtwoord. U kunt deze pagina "
                              "sluiten.",
                              "Go back to your computer and log in with your new password. You can close this page." },
  [CPD_TEXT_NOT_ASKED] = { "Heeft u geen nieuw wachtwoord gevraagd? Sluit deze pagina. Uw oude wachtwoord blijft "
                           "werken.",
                           "Did you not ask for a new password? Close this page. Your old password keeps working." },
  [CPD_TEXT_LINK_ENDED] = { "Deze link werkt niet meer", "This Link No Longer Works" },
  [CPD_TEXT_LINK_ENDED_TEXT] = { "Een link werkt {minutes} en één keer. Heeft u er geen wachtwoord mee gewijzigd? Dan "
                                 "werkt uw oude wachtwoord nog. U kunt een nieuwe link aanvragen.",
                                 "A link works for {minutes} and once. Have you not changed your password with it? "
                                 "Then your old password still works. You can ask for a new link." },
  [CPD_TEXT_NEW_LINK] = { "Nieuwe link aanvragen", "Ask for a New Link" },
  [CPD_TEXT_INVITATION_TITLE] = { "Uitnodiging – {organization}", "Invitation – {organization}" },
  [CPD_TEXT_INVITATION] = { "U bent uitgenodigd", "You Are Invited" },
  [CPD_TEXT_INVITATION_INTRO] = { "U bent uitgenodigd voor het cliëntportaal van {organization}. U gebruikt het met "
                                  "het "
                                  "programma Cliëntportaal op uw computer.",
                                  "You are invited to the client portal of {organization}. You use it with the program "
                                  "Client Portal on your computer." },
  [CPD_TEXT_HAS_APP] = { "Staat het programma op uw computer?", "Is the Program on Your Computer?" },
  [CPD_TEXT_OPEN_PORTAL] = { "Cliëntportaal openen", "Open Client Portal" },
  [CPD_TEXT_NO_APP] = { "Nog niet?", "Not Yet?" },
  [CPD_TEXT_APP_MISSING] = { "Staat het programma niet op uw computer?", "Is the Program Not on Your Computer?" },
  [CPD_TEXT_INSTALL] = { "Installeer het programma ‘Cliëntportaal’ via de softwarewinkel van uw computer. Open het en "
                         "vul dit adres in: {address}",
                         "Install the program “Client Portal” from the software store of your computer. Open it and "
                         "fill in this address: {address}" },
  [CPD_TEXT_LOG_IN_THEN] = { "Log daarna in met de gebruikersnaam uit uw e-mail.",
                             "Then log in with the username from your e-mail." },
  [CPD_TEXT_CHOOSE_HERE] = { "Kies hier uw wachtwoord. Daarna kunt u inloggen.",
                             "Choose your password here. After that you can log in." },
  [CPD_TEXT_CHOOSE] = { "Wachtwoord opslaan", "Save Password" },
  [CPD_TEXT_CHOSEN] = { "Uw wachtwoord is opgeslagen", "Your Password Has Been Saved" },
  [CPD_TEXT_CHOSEN_TEXT] = { "U kunt nu inloggen. Klik daarna op Uitnodigingen.",
                             "You can log in now. Then click Invitations." },
  [CPD_TEXT_INVITATION_ENDED] = { "Deze uitnodiging werkt niet meer", "This Invitation No Longer Works" },
  [CPD_TEXT_INVITATION_ENDED_TEXT] = { "Een uitnodiging werkt {days}. Vraag degene die u uitnodigde om deze "
                                       "opnieuw "
                                       "te sturen. Heeft u al een wachtwoord gekozen? Dan kunt u gewoon inloggen.",
                                       "An invitation works for {days}. Ask the person who invited you to send it "
                                       "again. Have you chosen a password already? Then you can just log in." },
  [CPD_TEXT_CONFIRM_TITLE] = { "E-mailadres bevestigen – {organization}", "Confirm E-mail Address – {organization}" },
  [CPD_TEXT_CONFIRM] = { "Is dit uw e-mailadres?", "Is This Your E-mail Address?" },
  [CPD_TEXT_CONFIRM_INTRO] = { "Er is gevraagd dit adres te gebruiken voor het cliëntportaal van {organization}. Was u "
                               "dat? Kies dan ‘Bevestigen’.",
                               "Someone asked to use this address for the client portal of {organization}. Was it you? "
                               "Then choose “Confirm”." },
  [CPD_TEXT_CONFIRM_BUTTON] = { "Bevestigen", "Confirm" },
  [CPD_TEXT_CONFIRMED] = { "Bevestigd", "Confirmed" },
  [CPD_TEXT_CONFIRMED_TEXT] = { "Uw e-mailadres is bevestigd. U kunt deze pagina sluiten.",
                                "Your e-mail address has been confirmed. You can close this page." },
  [CPD_TEXT_CONFIRM_ENDED_TEXT] = { "Uw oude e-mailadres geldt nog, tenzij u het nieuwe al had bevestigd. Wijzig het "
                                    "opnieuw bij Profielinstellingen.",
                                    "Your old e-mail address still counts, unless you confirmed the new one already. "
                                    "Change it again in Profile Settings." },
  [CPD_TEXT_FORGOT_TITLE] = { "Wachtwoord vergeten – {organization}", "Forgot Password – {organization}" },
  [CPD_TEXT_FORGOT] = { "Wachtwoord vergeten", "Forgot Password" },
  [CPD_TEXT_FORGOT_LINK] = { "Vul uw gebruikersnaam en e-mailadres in. U krijgt een e-mail met een link. Met die link "
                             "kiest u een nieuw wachtwoord.",
                             "Fill in your username and e-mail address. You will get an e-mail with a link. With that "
                             "link you choose a new password." },
  [CPD_TEXT_FORGOT_TEMPORARY] = { "Vul uw gebruikersnaam en e-mailadres in. U krijgt een e-mail met een tijdelijk "
                                  "wachtwoord. Na het inloggen kiest u een nieuw wachtwoord.",
                                  "Fill in your username and e-mail address. You will get an e-mail with a temporary "
                                  "password. After logging in you choose a new password." },
  [CPD_TEXT_EMAIL] = { "E-mailadres", "E-mail Address" },
  [CPD_TEXT_EMAIL_HINT] = { "Het adres waarop u uw uitnodiging kreeg.",
                            "The address at which you got your invitation." },
  [CPD_TEXT_SEND] = { "E-mail versturen", "Send E-mail" },
  [CPD_TEXT_SENT] = { "Kijk in uw e-mail", "Look in Your E-mail" },
  [CPD_TEXT_SENT_LINK] = { "Horen deze gebruikersnaam en dit e-mailadres bij elkaar? Dan krijgt u binnen een paar "
                           "minuten "
                           "een e-mail. De link werkt {minutes} en één keer.",
                           "If this username and e-mail address belong together, you will get an e-mail within a few "
                           "minutes. The link works for {minutes} and once." },
  [CPD_TEXT_SENT_TEMPORARY] = { "Horen deze gebruikersnaam en dit e-mailadres bij elkaar? Dan krijgt u binnen een paar "
                                "minuten een e-mail. Het tijdelijke wachtwoord werkt {minutes} en één keer.",
                                "If this username and e-mail address belong together, you will get an e-mail within a "
                                "few minutes. The temporary password works for {minutes} and once." },
  [CPD_TEXT_NO_MAIL] = { "Geen e-mail gekregen? Kijk ook bij ongewenste e-mail (spam). Controleer of de gebruikersnaam "
                         "en het e-mailadres kloppen. Probeer het daarna opnieuw.",
                         "No e-mail? Look in the folder for unwanted e-mail (spam). Check that the username and e-mail "
                         "address are right and try again." },
  [CPD_TEXT_OLD_WORKS] = { "Uw oude wachtwoord werkt tot u een nieuw wachtwoord heeft gekozen.",
                           "Your old password works until you have chosen a new one." },
  [CPD_TEXT_HOME_TITLE] = { "Cliëntportaal – {organization}", "Client Portal – {organization}" },
  [CPD_TEXT_HOME] = { "Cliëntportaal", "Client Portal" },
  [CPD_TEXT_HOME_INTRO] = { "Het cliëntportaal van {organization} gebruikt u met het programma Cliëntportaal op uw "
                            "computer.",
                            "You use the client portal of {organization} with the program Client Portal on your "
                            "computer." },
  [CPD_TEXT_NO_PAGE] = { "Deze pagina bestaat niet", "This Page Does Not Exist" },
  [CPD_TEXT_NO_PAGE_TEXT] = { "Kijk het adres na, of open de link in uw e-mail opnieuw.",
                              "Check the address, or open the link in your e-mail again." },
  [CPD_TEXT_NOT_NOW] = { "Het lukt even niet", "It Does Not Work for a Moment" },
  [CPD_TEXT_NOT_NOW_TEXT] = { "Er is niets gewijzigd. Probeer het over {wait} opnieuw.",
                              "Nothing has been changed. Try again in {wait}." },
  [CPD_TEXT_NOT_NOW_OLD] = { "Er is niets gewijzigd. Uw oude wachtwoord werkt nog. Probeer het over {wait} opnieuw.",
                             "Nothing has been changed. Your old password still works. Try again in {wait}." },
  [CPD_TEXT_TOO_LONG] = { "Deze pagina stond te lang open. Er is niets gewijzigd. Open de link in uw e-mail opnieuw.",
                          "This page was open too long. Nothing has been changed. Open the link in your e-mail "
                          "again." },
  [CPD_TEXT_QUESTIONS] = { "Vragen? Bel {desk}:", "Questions? Call {desk}:" },
  [CPD_TEXT_NAME_ID] = { "Noem dit nummer als u belt: {id}", "Mention this number when you call: {id}" },
  [CPD_TEXT_MINUTE] = { "1 minuut", "1 minute" },
  [CPD_TEXT_MINUTES] = { "{n} minuten", "{n} minutes" },
  [CPD_TEXT_HOURS] = { "{n} uur", "{n} hours" },
  [CPD_TEXT_DAY] = { "1 dag", "1 day" },
  [CPD_TEXT_DAYS] = { "{n} dagen", "{n} days" },
  [CPD_TEXT_EMPTY_USERNAME] = { "Vul uw gebruikersnaam in.", "Fill in your username." },
  [CPD_TEXT_EMPTY_EMAIL] = { "Vul uw e-mailadres in.", "Fill in your e-mail address." },
  [CPD_TEXT_EMPTY_PASSWORD] = { "Vul een nieuw wachtwoord in.", "Fill in a new password." },
};

static const struct
{
  CpErrorCode code;
  const char *field;
  const char *text[CPD_N_LANGUAGES];
} field_texts[] = {
  { CP_ERROR_LINK_USER,
    "username",
    { "Deze gebruikersnaam hoort niet bij deze link. Uw wachtwoord is niet gewijzigd. Kijk de gebruikersnaam na en "
      "probeer het opnieuw.",
      "This username does not belong to this link. Your password has not been changed. Check the username and try "
      "again." } },
  { CP_ERROR_INVALID_FIELD,
    "email",
    { "Dit is geen e-mailadres. Een e-mailadres ziet er zo uit: naam@example.org",
      "This is not an e-mail address. An e-mail address looks like this: naam@example.org" } },
  { CP_ERROR_PASSWORD_SHORT,
    "new_password",
    { "Dit wachtwoord is te kort. Kies er een van minstens 12 tekens.",
      "This password is too short. Choose one of at least 12 characters." } },
  { CP_ERROR_PASSWORD_LONG,
    "new_password",
    { "Dit wachtwoord is te lang. Kies een korter wachtwoord.", "This password is too long. Choose a shorter one." } },
  { CP_ERROR_PASSWORD_COMMON,
    "new_password",
    { "Veel mensen gebruiken dit wachtwoord. Daardoor is het makkelijk te raden. Kies een ander wachtwoord.",
      "Many people use this password. That makes it easy to guess. Choose another one." } },
  { CP_ERROR_PASSWORD_PERSONAL,
    "new_password",
    { "Uw naam of gebruikersnaam staat in dit wachtwoord. Daardoor is het makkelijk te raden. Kies een ander "
      "wachtwoord.",
      "Your name or username is in this password. That makes it easy to guess. Choose another one." } },
  { CP_ERROR_PASSWORD_CONTEXT,
    "new_password",
    { "De naam van {organization} of van het portaal staat in dit wachtwoord. Daardoor is het makkelijk te raden. Kies "
      "een ander wachtwoord.",
      "The name of {organization} or of the portal is in this password. That makes it easy to guess. Choose another "
      "one." } },
};

/**
 * cpd_page_text:
 *
 * Returns: (transfer none): with its placeholders.
 */
const char *
cpd_page_text (CpdPageText text, CpdLanguage language)
{
  return texts[text][language];
}

/**
 * cpd_page_field_text:
 * @field: (out) (nullable): where the sentence belongs
 */
const char *
cpd_page_field_text (CpErrorCode code, CpdLanguage language, const char **field)
{
  for (gsize i = 0; i < G_N_ELEMENTS (field_texts); i++)
    if (field_texts[i].code == code)
      {
        *field = field_texts[i].field;
        return field_texts[i].text[language];
      }
  return NULL;
}

/* The weight of a language in a list such as "nl-NL, en;q=0.8"; 0 when it is not in it. */
static double
weight (char **ranges, const char *language)
{
  for (char **range = ranges; *range != NULL; range++)
    {
      const char *q = strstr (*range, "q=");
      const char *tag = *range + strspn (*range, " ");
      if (g_ascii_strncasecmp (tag, language, 2) == 0 && !g_ascii_isalpha (tag[2]))
        return q != NULL ? g_ascii_strtod (q + 2, NULL) : 1;
    }
  return 0;
}

/**
 * cpd_page_language:
 * @accepted: (nullable): Accept-Language
 */
CpdLanguage
cpd_page_language (const char *accepted)
{
  g_auto (GStrv) ranges = g_strsplit (accepted != NULL ? accepted : "", ",", 50);

  return weight (ranges, "en") > weight (ranges, "nl") ? CPD_ENGLISH : CPD_DUTCH;
}

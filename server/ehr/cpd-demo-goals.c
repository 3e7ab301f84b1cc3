/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-demo-words.h"

/* Goals of a plan: what carers write about them, what is done for them, how that goes. */

#define DAILY(when) "'scheduledTiming':{'repeat':{'frequency':1,'period':1,'periodUnit':'d','when':['" when "']}}"
#define A_DAY(n) "'scheduledTiming':{'repeat':{'frequency':" n ",'period':1,'periodUnit':'d'}}"
#define A_WEEK(n) "'scheduledTiming':{'repeat':{'frequency':" n ",'period':1,'periodUnit':'wk'}}"
#define EVERY_WEEKS(n, day)                                                                                            \
  "'scheduledTiming':{'repeat':{'frequency':1,'period':" n ",'periodUnit':'wk','dayOfWeek':['" day "']}}"
#define ONCE_A_MONTH "'scheduledTiming':{'repeat':{'frequency':1,'period':1,'periodUnit':'mo'}}"

static const char *const goal_washing[] = {
  "Bovenlichaam zelf gewassen, alleen bij de rug geholpen.",
  "Washandje en handdoek klaargelegd, daarna deed {m} het zelf. Tijd genomen.",
  "Vandaag meer hulp nodig dan anders, {m} was moe. Morgen weer samen proberen.",
  "Aanwijzingen waren genoeg, {z} deed alle stappen zelf.",
  NULL,
};
static const char *const goal_walking[] = {
  "Twee keer met de rollator naar de huiskamer gelopen, zonder stoppen.",
  "Drie keer gelopen vandaag. Bij de drempel even gewacht en toen goed gegaan.",
  "Alleen gistermorgen gelopen, gistermiddag liever de rolstoel i.v.m. vermoeidheid.",
  "Loopt rechterop sinds de oefeningen met FT.",
  NULL,
};
static const char *const goal_sleeping[] = {
  "Na de avondwandeling rustig naar bed, sliep om 22.00 uur.",
  "Avondritme gevolgd: thee, muziek, bed. Eén keer wakker geweest.",
  "Gisteravond te laat gewandeld, inslapen duurde wat langer.",
  "Doorgeslapen van 22.30 tot 6.45 uur.",
  NULL,
};
static const char *const goal_company[] = {
  "Heeft gistermiddag koffie gedronken met de buren, gezellig.",
  "{B} is geweest, dat geeft {o} een goede dag.",
  "Uitgenodigd voor het koor, {z} wil er graag nog eens heen.",
  "Liever alleen vandaag. Dat is ook goed, morgen weer vragen.",
  NULL,
};
static const char *const goal_drinking[] = {
  "Vochtlijst: 1400 ml gedronken, dat is genoeg.",
  "Om het uur een klein glas aangeboden, dat werkt beter dan een groot.",
  "Vandaag 1100 ml, iets te weinig. Collega’s van de avond ingelicht.",
  "Vindt vlierbloesem lekker, die staat nu op {h} kamer.",
  NULL,
};

static const CpdDemoWork washing_works[] = {
  { "Helpen bij wassen en aankleden", "{M} wast zelf gezicht, armen en bovenlichaam. Wij helpen bij rug en benen.",
    DAILY ("MORN"), "{M} wast zich nu zelf, wij helpen alleen bij de rug.", DAILY ("MORN"), 0 },
  { "Douchen en haren wassen", "Op vrijdag na het ontbijt. Washandje en shampoo klaarleggen.", EVERY_WEEKS ("1", "fri"),
    "Twee keer in de week, dat vindt {m} prettiger.", A_WEEK ("2"), 3 },
  { NULL }
};
static const CpdDemoWork walking_works[] = {
  { "Samen lopen met de rollator", "Van de kamer naar de huiskamer, met iemand in de buurt.", A_DAY ("3"),
    "{M} loopt een extra rondje na de middagrust.", A_DAY ("4"), 2 },
  { "Oefenen met de fysiotherapeut", "Staan en zitten aan de leuning, tien minuten.", EVERY_WEEKS ("1", "tue"),
    "Om de week, het gaat goed genoeg.", EVERY_WEEKS ("2", "tue"), 4 },
  { "Belmat voor het bed, lampje aan", NULL, "", NULL, "", 4 },
  { NULL }
};
static const CpdDemoWork sleeping_works[] = {
  { "Avondwandeling", "Om 19.30 uur, al is het maar een klein rondje.", DAILY ("EVE"),
    "Om 19.00 uur, dan is {m} minder moe.", DAILY ("EVE"), 5 },
  { "Vast avondritme: thee, muziek, bed", "Zachte muziek, lamp gedimd.", DAILY ("HS"),
    "Zonder thee, dan hoeft {m} er {h} bed niet voor uit.", DAILY ("HS"), 7 },
  { "Extra ronde in de nacht", "Als {m} onrustig is of belt.", NULL, NULL, NULL, 4 },
  { NULL }
};
static const CpdDemoWork company_works[] = {
  { "Ophalen voor de koffie in de huiskamer", "Ook als het even geen goede dag is.", EVERY_WEEKS ("1", "wed"),
    "{M} gaat nu zelf, even herinneren is genoeg.", A_WEEK ("3"), 6 },
  { "Wandelen of winkelen met een vrijwilliger", NULL, EVERY_WEEKS ("2", "sat"), NULL, EVERY_WEEKS ("1", "sat"), 6 },
  { NULL }
};
static const CpdDemoWork drinking_works[] = {
  { "Klein glas aanbieden", "Op vaste tijden, vlierbloesem vindt {m} het lekkerst.", A_DAY ("8"),
    "Minder vaak, {m} schenkt nu zelf in.", A_DAY ("6"), 3 },
  { "Vochtlijst bijhouden", "1,5 liter is genoeg.", DAILY ("NIGHT"), "Alleen nog bij warm weer.", A_WEEK ("2"), 0 },
  { "Wegen", NULL, ONCE_A_MONTH, NULL, ONCE_A_MONTH, 4 },
  { NULL }
};

static const char *const washing_progress[] = { "Bovenlichaam gaat weer zelf, dat geeft vertrouwen.",
                                                "{M} is soms moe. Wij nemen meer tijd.",
                                                "Gaat goed zo. Doel blijft staan.", NULL };
static const char *const walking_progress[] = { "Er is niet gevallen. {M} loopt rechterop.",
                                                "Na de griep was lopen lastiger, nu weer zoals daarvoor.",
                                                "De rollator staat beter afgesteld.", NULL };
static const char *const sleeping_progress[] = { "{M} slaapt vaker door.", "Eén keer in de week nog wakker.",
                                                 "De avondwandeling helpt, ook volgens de familie.", NULL };
static const char *const company_progress[] = { "{M} komt vaker in de huiskamer.",
                                                "Het koor is een vaste middag geworden.",
                                                "Bezoek doet {o} goed. Wij bellen de familie elke maand.", NULL };
static const char *const drinking_progress[] = { "Drinkt genoeg met kleine glazen.",
                                                 "In de warme weken was het spannend, toen vaker aangeboden.",
                                                 "Gewicht is gelijk gebleven.", NULL };

/* Of the first and of the second half of a year. */
static const char *const washing_evaluations[] = {
  "Wassen van het bovenlichaam gaat weer zelf. Bij de benen en de rug blijft hulp nodig. Afgesproken: wij leggen "
  "alles klaar en nemen de tijd. Doel blijft staan.",
  "Wassen kost {o} nog veel kracht. Gezicht en armen gaan zelf, bij de rest helpen wij. Afgesproken: wij doen het "
  "in kleine stappen en kijken over drie maanden weer.",
};
static const char *const walking_evaluations[] = {
  "Lopen met de rollator gaat goed, er is niet gevallen. Wij gaan door met drie keer per dag lopen, met iemand in "
  "de buurt.",
  "Lopen gaat wisselend. Bij de drempel is {m} onzeker, gevallen is {z} niet. Afgesproken: de fysiotherapeut "
  "kijkt naar de rollator, en er loopt steeds iemand mee.",
};
static const char *const sleeping_evaluations[] = {
  "{M} slaapt nog onrustig: in twee weken werd {z} vijf keer wakker. Een wandeling in de avond doet {o} goed. "
  "Afgesproken: elke avond om 19.30 uur wandelen, en met de VS kijken of de slaaptablet weg kan.",
  "{M} slaapt beter sinds de avondwandeling. In twee weken werd {z} één keer wakker, tegen vijf keer daarvoor. De "
  "slaaptablet is gestopt, in overleg met de VS. De RR bleef goed. Afgesproken: wij gaan door met wandelen om "
  "19.30 uur.",
};
static const char *const company_evaluations[] = {
  "{M} komt vaker in de huiskamer en geniet van bezoek. De woensdag is nu een vaste koffiemiddag. Doel blijft "
  "staan.",
  "{M} is nog veel op {h} kamer en zegt dat de dagen lang zijn. Bezoek doet {o} goed. Afgesproken: wij halen {o} "
  "op voor de koffie en vragen een vrijwilliger om mee te wandelen.",
};
static const char *const drinking_evaluations[] = {
  "Met kleine glazen op vaste tijden drinkt {m} genoeg. De vochtlijst kan eraf; bij warm weer weer beginnen.",
  "Drinken blijft net onder de 1,5 liter. Kleine glazen gaan beter dan grote. Afgesproken: acht keer op een dag "
  "een klein glas aanbieden. De vochtlijst blijft.",
};

const CpdDemoGoal cpd_demo_goals[] = {
  { "Zelf wassen en aankleden, met zo min mogelijk hulp", "Wassen en aankleden", goal_washing, washing_evaluations,
    washing_works, washing_progress },
  { "Veilig lopen in huis", "Veilig lopen", goal_walking, walking_evaluations, walking_works, walking_progress },
  { "Elke nacht zes uur rustig slapen", "Slapen en avondritme", goal_sleeping, sleeping_evaluations, sleeping_works,
    sleeping_progress },
  { "Gezelschap hebben en zich thuis voelen", "Contact met anderen", goal_company, company_evaluations, company_works,
    company_progress },
  { "Genoeg drinken, 1,5 liter op een dag", "Eten en drinken", goal_drinking, drinking_evaluations, drinking_works,
    drinking_progress },
};
const guint cpd_demo_n_goals = G_N_ELEMENTS (cpd_demo_goals);

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-demo-words.h"

#include <string.h>

static const char *const sleeping[] = {
  "{M} heeft goed geslapen en was om 7.30 uur al wakker.",
  "{M} sliep vanmorgen lang uit, pas om 9.00 uur uit bed geholpen.",
  "{Z} was vannacht twee keer wakker, maar voelde zich vanmorgen uitgerust.",
  "{M} lag vanmorgen nog heerlijk te slapen, we hebben {o} even laten liggen.",
  "{M} zei dat {z} niet zo goed geslapen had, i.v.m. de wind om het huis.",
  "Bij binnenkomst zat {m} al op de rand van het bed.",
  "Volgens de nachtdienst een rustige nacht, {m} sliep toen wij kwamen.",
  NULL,
};
static const char *const washing[] = {
  "{Z} waste zich zelf aan de wastafel, bij de rug en benen geholpen.",
  "{M} gedoucht en haren gewassen, dat vond {z} fijn.",
  "Hulp geboden bij het wassen en aankleden, {m} deed zelf {h} gezicht en handen.",
  "ADL volledig overgenomen, {m} was wat moe.",
  "{M} koos zelf {h} kleren uit, de blauwe trui moest aan.",
  "Wassen op bed i.o.m. {m}, dat ging rustig en zonder haast.",
  "{M} wilde vandaag liever niet douchen, morgen opnieuw aanbieden.",
  "Met alleen aanwijzingen kon {m} zich zelf aankleden. Knap!",
  NULL,
};
static const char *const skin[] = {
  "TEK aangetrokken, huid van de benen ziet er goed uit.",
  "Benen ingesmeerd, huid voelt soepel aan.",
  "Kleine rode plek op de re. hiel gezien, hielbeschermer omgedaan en vpk. ingelicht.",
  "Huid onder de borst en in de liezen is droog en heel.",
  "De schaafplek aan de li. elleboog is dicht, pleister is eraf.",
  "Steunkousen vandaag wat lastig aan te krijgen, met twee collega’s gelukt.",
  NULL,
};
static const char *const breakfast[] = {
  "Ontbijt met smaak gegeten: twee boterhammen en een beker karnemelk.",
  "At vanmorgen één boterham, meer lustte {z} niet.",
  "Aan tafel ontbeten met de buren, {m} schonk zelf de thee in.",
  "Brood in kleine stukjes, zo gaat het eten zelfstandig.",
  "Liever pap dan brood vanmorgen, die ging helemaal op.",
  NULL,
};
static const char *const eating[] = {
  "{M} dronk goed, drie bekers thee en een glas water.",
  "Bij de koffie een plak koek gegeten, daar genoot {z} van.",
  "Eten gaat zelfstandig met het aangepaste bestek.",
  "{M} moest wat aangemoedigd worden om te drinken.",
  "Warme maaltijd helemaal op, het was hutspot.",
  "Van de soep gegeten, de rest liet {z} staan.",
  NULL,
};
static const char *const walking[] = {
  "Met de rollator naar de huiskamer gelopen, ging vlot.",
  "Lopen gaat vandaag wat stijfjes, rustig aan gedaan.",
  "Samen een rondje door de gang gelopen, twee keer even gezeten.",
  "Transfer van bed naar stoel met hulp van één, zonder problemen.",
  "In de rolstoel naar beneden geweest, {z} wilde de vissen zien.",
  "{M} liep zonder rollator de kamer in, {o} eraan herinnerd die te gebruiken.",
  "Met FT geoefend aan de leuning, drie keer staan en weer zitten.",
  NULL,
};
static const char *const mood[] = {
  "{M} was vrolijk en maakte grapjes.",
  "Was wat stil vandaag, even bij {o} gezeten en {h} hand vastgehouden.",
  "{M} had zin om te kletsen over vroeger, over de boerderij.",
  "Goed humeur, {z} zong mee met de radio.",
  "Was een beetje onrustig, een kop thee en een praatje hielpen.",
  "{M} vertelde dat {z} zich hier thuis voelt.",
  "Even verdrietig geweest, {z} mist {h} ouders. Foto’s gekeken en gepraat.",
  "Rustig en tevreden, weinig woorden maar veel glimlach.",
  NULL,
};
static const char *const activity[] = {
  "Deed mee met de bingo en won een doosje bonbons.",
  "Heeft in de tuin gezeten, lekker in het zonnetje met een vest om.",
  "Meegedaan met de gymclub, armen gaan goed omhoog.",
  "Bij het bloemschikken een mooi stukje gemaakt voor op tafel.",
  "De krant gelezen en daarna een dutje gedaan.",
  "Naar het koor geweest in de grote zaal, kende nog alle liedjes.",
  "Met AB appels geschild voor de appeltaart.",
  "Op {h} kamer gebleven met de puzzel, die is bijna af.",
  "Spelletje rummikub gespeeld met de buurvrouw.",
  NULL,
};
static const char *const visit[] = {
  "{B} kwam op bezoek en bleef koffie drinken.",
  "Bezoek gehad van {b}, samen foto’s gekeken.",
  "{B} belde, {m} was daar blij mee.",
  "Met {b} een ommetje gemaakt, rozig terug.",
  "{B} bracht bloemen mee, die staan op de vensterbank.",
  "{B} is langs geweest, samen de was opgeruimd en bijgepraat.",
  NULL,
};
static const char *const health[] = {
  "RR gemeten: 135/78, doorgegeven aan de vpk.",
  "Gewogen: 63,4 kg, gelijk aan vorige maand.",
  "Geen pijn aangegeven, ook niet bij het lopen.",
  "Gaf lichte pijn in de schouder aan, PCM gegeven volgens afspraak. Hielp goed.",
  "Medicatie ingenomen met een lepel vla.",
  "HA is gebeld i.v.m. het hoesten, komt morgen even kijken.",
  "Temp. 36,8, geen bijzonderheden.",
  "Oogdruppels gegeven om 8.00 uur, g.b.",
  NULL,
};
static const char *const evening[] = {
  "Om 21.30 uur naar bed geholpen, {z} wilde eerst het nieuws zien.",
  "’s Avonds een kop anijsmelk gedronken, daarna naar bed.",
  "{M} was moe en wilde vroeg naar bed, om 20.15 uur gelegd.",
  "Na de koffie nog een tijdje in de huiskamer gebleven voor een film.",
  "Avondverzorging gedaan, tanden gepoetst en crème op de benen.",
  "Kousen uit, benen licht gezwollen. Morgen opletten.",
  "Deed zelf {h} nachtkleding aan, alleen de knoopjes lukten niet.",
  NULL,
};
static const char *const evening_end[] = {
  "Belletje binnen handbereik gelegd, nachtlampje aan.",
  "Lag tevreden in bed toen ik wegging.",
  "Nog even voorgelezen, {z} viel in slaap.",
  "De belmat ligt voor het bed.",
  NULL,
};
static const char *const night[] = {
  "Rustige nacht, {m} sliep bij elke ronde.",
  "{M} belde om 2.00 uur voor het toilet, daarna goed doorgeslapen.",
  "Om 4.30 uur wakker, even een glas water gegeven en weer ingestopt.",
  "Sliep tot 6.00 uur door, geen bijzonderheden.",
  "Was om 1.15 uur onrustig en zocht {h} tas. Samen gevonden, daarna rust.",
  "Incomateriaal verschoond om 5.00 uur, {m} sliep meteen verder.",
  "Lekker geslapen, {z} snurkte zachtjes.",
  NULL,
};

const CpdDemoSubject cpd_demo_subjects[] = {
  { CPD_DEMO_MORNING, sleeping },
  { CPD_DEMO_MORNING, washing },
  { CPD_DEMO_MORNING, skin },
  { CPD_DEMO_MORNING, breakfast },
  { CPD_DEMO_AFTERNOON, eating },
  { CPD_DEMO_MORNING | CPD_DEMO_AFTERNOON, walking },
  { CPD_DEMO_AFTERNOON | CPD_DEMO_MORNING, mood },
  { CPD_DEMO_AFTERNOON, activity },
  { CPD_DEMO_AFTERNOON, visit },
  { CPD_DEMO_MORNING, health },
  { CPD_DEMO_EVENING, evening },
  { CPD_DEMO_EVENING, evening_end },
  { CPD_DEMO_NIGHT, night },
};
const guint cpd_demo_n_subjects = G_N_ELEMENTS (cpd_demo_subjects);

const char *const cpd_demo_reports[] = {
  ("{M} slaapt goed door en was vanmorgen vrolijk. {Z} waste zich zelf aan de wastafel; bij de rug en benen hielp ik. "
   "Na het ontbijt liepen we naar de huiskamer."),
  "Bezoek gehad van {b}. Genoten van de appeltaart.\nDaarna even gerust op bed.",
  ("Gisteren samen een doos met foto’s opgeruimd. {M} wist bij bijna iedere foto een verhaal, prachtig om te "
   "horen."),
  "{M} had geen trek in brood. I.o.m. {o} een kom soep gegeven, die ging helemaal op.",
  "Kapper geweest! {Z} is er blij mee en liet het aan iedereen zien.",
  "{M} gaf aan dat de bril knelt. {B} neemt hem zaterdag mee naar de opticien.",
  "Met het zonnetje erbij naar de geitjes gewandeld. {Z} had een oude boterham mee om te voeren.",
  "Wat hangerig vandaag, temp. 37,6. Extra drinken aangeboden en vpk. gevraagd mee te kijken. Vanavond opnieuw meten.",
  "Was vanmorgen even de weg kwijt op de gang. Samen naar de kamer gelopen, naambordje op de deur hielp.",
  "De nieuwe sta-op-stoel is gebracht. Uitgelegd hoe de knopjes werken, {m} had het zo door.",
  "{M} heeft meegeholpen met de was opvouwen. ‘Dat deed ik vroeger elke maandag’, zei {z}.",
  "Kleindochter belde via de tablet, met beeld. {M} zwaaide en straalde.",
};
const guint cpd_demo_n_reports = G_N_ELEMENTS (cpd_demo_reports);

const CpdDemoAgreement cpd_demo_agreements[] = {
  { "Wassen en aankleden in de ochtend", "Ik word om half negen geholpen en doe zelf wat ik kan.",
    "Legt kleren en washandjes klaar en helpt bij rug en benen.", "Wast zelf gezicht, armen en bovenlichaam.",
    "Zorgt voor kleren die makkelijk aangaan.", 7, "08:30:00", "Deels" },
  { "Wandelen na het avondeten", "Elke avond om 19.30 uur een korte wandeling.",
    "Loopt mee en schrijft op hoe het ging.", "Zet de rollator klaar bij de deur.", "Belt op zondagavond.", 7,
    "19:30:00", "Met iemand erbij" },
  { "Samen koffiedrinken", "Op woensdag koffie in de huiskamer, ook als het even geen goede dag is.",
    "Haalt op om 10.15 uur.", "Kiest waar de koffie gedronken wordt.", "Komt zo vaak als het lukt mee.", 1, "10:15:00",
    "Ja" },
  { "Meer drinken op een dag", "Ieder uur een klein glas, 1,5 liter op een dag.",
    "Schenkt in en houdt de vochtlijst bij.", "Drinkt het glas leeg voor het volgende komt.", "Neemt vlierbloesem mee.",
    7, "09:00:00", "Meestal" },
};
const guint cpd_demo_n_agreements = G_N_ELEMENTS (cpd_demo_agreements);

const CpdDemoVisit cpd_demo_visits[] = {
  { "Fysiotherapie in de oefenzaal", 14 * 60, 30, "Oefenzaal, begane grond", "Graag makkelijke schoenen aan.", 2, 1 },
  { "Douchen en haren wassen", 9 * 60 + 30, 45, "Eigen kamer", NULL, 5, 1 },
  { "Pedicure", 11 * 60, 30, "Salon", NULL, 4, 6 },
  { "Spreekuur huisarts", 10 * 60 + 15, 15, "Spreekkamer, eerste verdieping", "Neem de medicijnlijst mee.", 3, 8 },
  { "Oogarts", 11 * 60 + 15, 45, "Polikliniek", "Niet zelf met de auto: de ogen worden gedruppeld.", 4, 13 },
  { "Gesprek over het zorgleefplan", 15 * 60, 60, "Huiskamer", "Familie is welkom.", 1, 26 },
  { "Koffiemiddag met de familie", 14 * 60 + 30, 90, "Tuinkamer", NULL, 3, 4 },
};
const guint cpd_demo_n_visits = G_N_ELEMENTS (cpd_demo_visits);

static const struct
{
  char letter;
  const char *woman;
  const char *man;
} words[] = {
  { 'M', "Mevr.", "Dhr." }, { 'm', "mevr.", "dhr." }, { 'Z', "Zij", "Hij" },
  { 'z', "zij", "hij" },    { 'h', "haar", "zijn" },  { 'o', "haar", "hem" },
};

static void
append_word (GString *result, char letter, gboolean woman, const char *visitor)
{
  if (letter == 'b')
    g_string_append (result, visitor);
  else if (letter == 'B')
    g_string_append_printf (result, "%c%s", g_ascii_toupper (*visitor), visitor + 1);
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (words[i].letter == letter)
      g_string_append (result, woman ? words[i].woman : words[i].man);
}

/**
 * cpd_demo_fill:
 * @visitor: "dochter Marijke"
 *
 * Returns: (transfer full)
 */
char *
cpd_demo_fill (const char *sentence, gboolean woman, const char *visitor)
{
  GString *result = g_string_new (NULL);

  for (const char *c = sentence; *c != '\0'; c++)
    if (c[0] == '{' && c[1] != '\0' && c[2] == '}')
      {
        append_word (result, c[1], woman, visitor);
        c += 2;
      }
    else
      g_string_append_c (result, *c);
  return g_string_free (result, FALSE);
}

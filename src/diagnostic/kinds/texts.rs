//! Findings in a text and its values: TOML, keys, words, dates, and logs.

use crate::diagnostic::FindingKind;
use crate::diagnostic::Severity::{Error, Note, Warning};

kinds! {
    // The text itself.
    NOT_UTF8 = "not-utf8", Error,
    "the file is not UTF-8",
    "A timeline is UTF-8, so that every program reads the same characters. Other bytes are shown as `�`; the rest is read.",
    "[[events]]\nwhen  = \"2021\"\ntitle = \"Comit\u{fffd} compromised\"\n" =>
    "[[events]]\nwhen  = \"2021\"\ntitle = \"Comité compromised\"\n";

    CONTROL_CHARACTER = "control-character", Error,
    "the text has a control character",
    "A terminal obeys control characters: a hidden one in a title could recolour or rewrite the screen. dateline never passes them on; it shows `␛` for escape, and so on. They usually come with text that was copied from a log.",
    "[[events]]\nwhen  = \"2021\"\ntitle = \"Log line \\u001b[31mred\\u001b[0m\"\n" =>
    "[[events]]\nwhen  = \"2021\"\ntitle = \"Log line red\"\n";

    INVISIBLE_CHARACTER = "invisible-character", Warning,
    "the text has an invisible character",
    "Zero-width, directional and tag characters can make a text read differently from what it is, and two names look alike that are not. dateline shows them as `⟨U+202E⟩`, and a mark that has no character before it on a circle. A joiner, a variation selector or a tag is fine where it is part of how a word or an emoji is written, as in Persian or Hindi.",
    "[[events]]\nwhen  = \"2021\"\ntitle = \"Sent as invoice\\u202Efdp.exe\"\n" =>
    "[[events]]\nwhen  = \"2021\"\ntitle = \"Sent as invoiceexe.pdf, with the letters reversed\"\n";

    NO_EVENTS = "no-events", Warning,
    "the timeline has no events",
    "Without events there is nothing to show. An event needs no more than a date and a title.",
    "[timeline]\ntitle = \"Intrusion at Example Ltd\"\n" =>
    "[timeline]\ntitle = \"Intrusion at Example Ltd\"\n\n[[events]]\nwhen  = \"2021-08\"\ntitle = \"First access\"\n";

    // TOML.
    TOML_SYNTAX = "toml-syntax", Error,
    "the text is not TOML",
    "This cannot be read. Only this statement is left out; everything else is shown, but for what a marking or a day in it may keep back: with `--max-tlp` that counts as RED, with `--as-of` as not yet public. The rules of TOML fit on one page: toml.io.",
    "[[events]]\nwhen  = \"2021\"\ntitle \"First access\"\n" =>
    "[[events]]\nwhen  = \"2021\"\ntitle = \"First access\"\n";

    JSON_SYNTAX = "json-syntax", Error,
    "the text is not JSON",
    "A timeline in JSON is written by a program, so dateline reads it up to the first mistake and no further. If the marking of the file may follow the mistake, the file counts as RED.",
    "{\n\"format\": 1,\n\"events\": [\n  {\"when\": \"2021\", \"title\": \"First access\"},\n]\n}\n" =>
    "{\n\"format\": 1,\n\"events\": [\n  {\"when\": \"2021\", \"title\": \"First access\"}\n]\n}\n";

    NOT_CLOSED = "not-closed", Error,
    "a text, list or heading is begun and never ended",
    "A quotation mark or bracket has no partner. The statement is left out up to the line where the next one clearly begins.",
    "[[events]]\nwhen  = \"2021\"\ntitle = \"First access\nphase = \"compromise\"\n" =>
    "[[events]]\nwhen  = \"2021\"\ntitle = \"First access\"\nphase = \"compromise\"\n";

    UNQUOTED_DATE = "unquoted-date", Error,
    "a date needs quotation marks",
    "TOML itself knows only whole days and moments. Anything less precise, such as a month, needs quotation marks. dateline reads it as if it did.",
    "[[events]]\nwhen  = 2021-08\ntitle = \"First access\"\n" =>
    "[[events]]\nwhen  = \"2021-08\"\ntitle = \"First access\"\n";

    UNQUOTED_TEXT = "unquoted-text", Error,
    "a text needs quotation marks",
    "In TOML every text is in straight quotation marks. dateline reads it as if it did.",
    "[[events]]\nwhen  = \"2021\"\ntitle = First access\n" =>
    "[[events]]\nwhen  = \"2021\"\ntitle = \"First access\"\n";

    DUPLICATE_KEY = "duplicate-key", Error,
    "a key or table is given twice",
    "TOML allows each key once in its table. The first is used, the second is not shown; of two markings the stricter counts, and what has two days of publication counts as not yet public.",
    "[[events]]\nwhen  = \"2021\"\nwhen  = \"2022\"\ntitle = \"First access\"\n" =>
    "[[events]]\nwhen  = \"2021/2022\"\ntitle = \"First access\"\n";

    NEWER_TOML = "newer-toml", Warning,
    "only TOML 1.1 can read this",
    "dateline reads it, but many editors and programs know TOML 1.0 alone, which has no line breaks or final commas inside `{ }`, no `\\e` and `\\xHH`, and no times without seconds.",
    "[[events]]\nwhen  = 2021-08-14T10:22Z\ntitle = \"First access\"\n" =>
    "[[events]]\nwhen  = \"2021-08-14T10:22Z\"\ntitle = \"First access\"\n";

    // Keys and values.
    UNKNOWN_FORMAT = "unknown-format", Error,
    "the file is written for another dateline",
    "`format` says which edition of the file format is used. This dateline reads format 1; a file without `format` is read as 1.",
    "format = 2\n\n[[events]]\nwhen  = \"2021\"\ntitle = \"First access\"\n" =>
    "format = 1\n\n[[events]]\nwhen  = \"2021\"\ntitle = \"First access\"\n";

    UNKNOWN_KEY = "unknown-key", Error,
    "the key means nothing here",
    "A key that dateline does not know is not shown anywhere, so what it says is lost on the reader. Most often it is a slip, or it belongs to another table. A key that was probably meant for `tlp` counts as RED until it is fixed; a key for a day or source on which `--as-of` depends, as not yet public.",
    "[[events]]\nwhen  = \"2021\"\ntitle = \"First access\"\nactor = [\"apt31\"]\n" =>
    "[[events]]\nwhen   = \"2021\"\ntitle  = \"First access\"\nactors = [\"apt31\"]\n";

    WRONG_TYPE = "wrong-type", Error,
    "the value is of another type than the key wants",
    "A text where a list is wanted, a number where a text is wanted, and the like. The value is left out.",
    "[[events]]\nwhen  = \"2021\"\ntitle = 31\n" =>
    "[[events]]\nwhen  = \"2021\"\ntitle = \"31\"\n";

    MISSING_TITLE = "missing-title", Error,
    "an event has no title",
    "The list shows the title. The event is shown as `(untitled)`.",
    "[[events]]\nwhen = \"2021\"\n" =>
    "[[events]]\nwhen  = \"2021\"\ntitle = \"First access\"\n";

    MISSING_KEY = "missing-key", Error,
    "a table lacks a key that it cannot do without",
    "A link needs `to` and `as`; a question needs its `text`. Without them there is nothing to show.",
    "[[questions]]\nstatus = \"open\"\n\n[[events]]\nwhen  = \"2021\"\ntitle = \"First access\"\n" =>
    "[[questions]]\ntext   = \"Who found it first?\"\nstatus = \"open\"\n\n[[events]]\nwhen  = \"2021\"\ntitle = \"First access\"\n";

    EMPTY_VALUE = "empty-value", Warning,
    "there is nothing between the quotation marks",
    "An empty text says nothing. What is not known is best left out: an event without `when` is listed as undated.",
    "[[events]]\nwhen  = \"\"\ntitle = \"First access\"\n" =>
    "[[events]]\ntitle = \"First access\"\n";

    DUPLICATE_ITEM = "duplicate-item", Warning,
    "a list names the same thing twice",
    "The second changes nothing, and may be in place of another name.",
    "[[events]]\nwhen  = \"2021\"\ntitle = \"First access\"\ntags  = [\"email\", \"email\"]\n" =>
    "[[events]]\nwhen  = \"2021\"\ntitle = \"First access\"\ntags  = [\"email\", \"pixel\"]\n";

    OUT_OF_RANGE = "out-of-range", Error,
    "the number is not a possible one",
    "`minutes` is how long a scene is meant to take: more than none, and no more than a day.",
    "[[scenes]]\ntitle   = \"Opening\"\nminutes = -2\n\n[[events]]\nwhen  = \"2021\"\ntitle = \"First access\"\n" =>
    "[[scenes]]\ntitle   = \"Opening\"\nminutes = 2.5\n\n[[events]]\nwhen  = \"2021\"\ntitle = \"First access\"\n";

    // Closed vocabularies.
    UNKNOWN_WORD = "unknown-word", Error,
    "the word is not one of those that the key knows",
    "Some keys know a fixed list of words, so that they mean the same in every timeline. Another word is left out.",
    "[entities.ncsc]\nname = \"NCSC\"\nkind = \"body\"\n\n[[events]]\nwhen   = \"2021\"\ntitle  = \"Warning sent\"\nactors = [\"ncsc\"]\n" =>
    "[entities.ncsc]\nname = \"NCSC\"\nkind = \"organization\"\n\n[[events]]\nwhen   = \"2021\"\ntitle  = \"Warning sent\"\nactors = [\"ncsc\"]\n";

    UNKNOWN_MARKING = "unknown-marking", Error,
    "the marking is not one of the Traffic Light Protocol",
    "A marking that cannot be read cannot be obeyed: until it is fixed, what bears it counts as RED, and a file that bears it is refused with `--max-tlp`. TLP 2.0 has CLEAR, GREEN, AMBER, AMBER+STRICT and RED. A marking of another scheme belongs in `banner`.",
    "[timeline]\ntlp = \"OFFICIAL\"\n\n[[events]]\nwhen  = \"2021\"\ntitle = \"First access\"\n" =>
    "[timeline]\ntlp    = \"AMBER\"\nbanner = \"OFFICIAL\"\n\n[[events]]\nwhen  = \"2021\"\ntitle = \"First access\"\n";

    MARKING_RENAMED = "marking-renamed", Warning,
    "the marking has another name since TLP 2.0",
    "TLP 2.0 (2022) renamed WHITE to CLEAR. It is read as CLEAR.",
    "[timeline]\ntlp = \"WHITE\"\n\n[[events]]\nwhen  = \"2021\"\ntitle = \"First access\"\n" =>
    "[timeline]\ntlp = \"CLEAR\"\n\n[[events]]\nwhen  = \"2021\"\ntitle = \"First access\"\n";

    MARKING_EXCEEDS_FILE = "marking-exceeds-file", Error,
    "something is marked for fewer people than the file that carries it",
    "A reader of the file can read everything in it, whatever the marking of a single event. Either the file's own marking is too wide, or the event belongs in another file.",
    "[timeline]\ntlp = \"GREEN\"\n\n[[events]]\nwhen  = \"2021\"\ntitle = \"First access\"\ntlp   = \"RED\"\n" =>
    "[timeline]\ntlp = \"RED\"\n\n[[events]]\nwhen  = \"2021\"\ntitle = \"First access\"\ntlp   = \"RED\"\n";

    CONFIDENCE_IS_LIKELIHOOD = "confidence-is-likelihood", Error,
    "a word of likelihood in place of a confidence",
    "How likely something is and how sound the ground for saying so are two things. `confidence` is low, moderate or high; `likely` and its like belong in `likelihood`, and the speaker's own words in `words`.",
    "[[events]]\nwhen  = \"2021\"\ntitle = \"First access\"\n\n[[events.claims]]\nby = \"ncsc\"\nsource = \"advisory\"\nconfidence = \"highly likely\"\n\n[sources.advisory]\ntitle = \"Advisory\"\n" =>
    "[[events]]\nwhen  = \"2021\"\ntitle = \"First access\"\n\n[[events.claims]]\nby = \"ncsc\"\nsource = \"advisory\"\nlikelihood = \"highly likely\"\n\n[sources.advisory]\ntitle = \"Advisory\"\n";

    NOT_ON_YARDSTICK = "not-on-yardstick", Warning,
    "the likelihood is not a term of the yardstick",
    "`likelihood` is a term of the yardstick that the speaker uses, and stands for a range only there. The speaker's own words go into `words`, as they are; a speaker who follows no yardstick has `yardstick = \"none\"`.",
    "[timeline]\nyardstick = \"phia\"\n\n[[events]]\nwhen  = \"2021\"\ntitle = \"First access\"\n\n[[events.claims]]\nby = \"ncsc\"\nsource = \"advisory\"\nlikelihood = \"quite likely\"\n\n[sources.advisory]\ntitle = \"Advisory\"\n" =>
    "[timeline]\nyardstick = \"phia\"\n\n[[events]]\nwhen  = \"2021\"\ntitle = \"First access\"\n\n[[events.claims]]\nby = \"ncsc\"\nsource = \"advisory\"\nwords = \"quite likely\"\nyardstick = \"none\"\n\n[sources.advisory]\ntitle = \"Advisory\"\n";

    LIKELIHOOD_IS_CONFIDENCE = "likelihood-is-confidence", Warning,
    "a word of confidence in place of a likelihood",
    "How likely something is and how sound the ground for saying so are two things. `likelihood` is a term such as `likely`; low, moderate and high are levels of `confidence`, and the speaker's own words belong in `words`.",
    "[[events]]\nwhen  = \"2021\"\ntitle = \"First access\"\n\n[[events.claims]]\nby = \"ncsc\"\nsource = \"advisory\"\nwords = \"high confidence\"\nlikelihood = \"high\"\n\n[sources.advisory]\ntitle = \"Advisory\"\n" =>
    "[[events]]\nwhen  = \"2021\"\ntitle = \"First access\"\n\n[[events.claims]]\nby = \"ncsc\"\nsource = \"advisory\"\nwords = \"high confidence\"\nconfidence = \"high\"\n\n[sources.advisory]\ntitle = \"Advisory\"\n";

    WORDS_NOT_ON_YARDSTICK = "words-not-on-yardstick", Note,
    "the speaker's words are not a term of the yardstick",
    "The yardstick says that the speaker uses its terms, yet these words are none of them and no `likelihood` says which is meant. They are shown as they are, on no place of the scale. A speaker who follows no yardstick has `yardstick = \"none\"`.",
    "[timeline]\nyardstick = \"phia\"\n\n[[events]]\nwhen  = \"2021\"\ntitle = \"First access\"\n\n[[events.claims]]\nby = \"ncsc\"\nsource = \"advisory\"\nwords = \"it is highly likely that\"\n\n[sources.advisory]\ntitle = \"Advisory\"\n" =>
    "[timeline]\nyardstick = \"phia\"\n\n[[events]]\nwhen  = \"2021\"\ntitle = \"First access\"\n\n[[events.claims]]\nby = \"ncsc\"\nsource = \"advisory\"\nwords = \"it is highly likely that\"\nlikelihood = \"highly likely\"\n\n[sources.advisory]\ntitle = \"Advisory\"\n";

    FILTER_MISTAKE = "filter-mistake", Error,
    "the filter of a view cannot be used",
    "A view is a filter with a name. A filter that has a mistake, or names what the timeline does not have, leaves nothing to see; the viewer says so and keeps the filter that was in force.",
    "[views.first]\nfilter = \"phase:compromize\"\n\n[[events]]\nwhen  = \"2021\"\ntitle = \"First access\"\nphase = \"compromise\"\n" =>
    "[views.first]\nfilter = \"phase:compromise\"\n\n[[events]]\nwhen  = \"2021\"\ntitle = \"First access\"\nphase = \"compromise\"\n";

    UNKNOWN_PHASE = "unknown-phase", Note,
    "the phase is not one of the usual ones",
    "Any phase may be used. The usual ones have a place in the order of a case, and filters that people know by heart find them.",
    "[[events]]\nwhen  = \"2021\"\ntitle = \"First access\"\nphase = \"compromized\"\n" =>
    "[[events]]\nwhen  = \"2021\"\ntitle = \"First access\"\nphase = \"compromise\"\n";

    UNKNOWN_TECHNIQUE = "unknown-technique", Warning,
    "the technique has not the form of an ATT&CK id",
    "An ATT&CK technique is `T` and four digits, a sub-technique has a point and three more: `T1190`, `T1566.002`.",
    "[[events]]\nwhen  = \"2021\"\ntitle = \"First access\"\ntechniques = [\"phishing\"]\n" =>
    "[[events]]\nwhen  = \"2021\"\ntitle = \"First access\"\ntechniques = [\"T1566\"]\n";

    UNKNOWN_ATTACK_GROUP = "unknown-attack-group", Warning,
    "the value has not the form of an ATT&CK group id",
    "An ATT&CK group is `G` and four digits, such as `G0128`.",
    "[entities.apt31]\nname   = \"APT31\"\nattack = \"APT31\"\n\n[[events]]\nwhen   = \"2021\"\ntitle  = \"First access\"\nactors = [\"apt31\"]\n" =>
    "[entities.apt31]\nname   = \"APT31\"\nattack = \"G0128\"\n\n[[events]]\nwhen   = \"2021\"\ntitle  = \"First access\"\nactors = [\"apt31\"]\n";

    // Dates.
    DATE_NOT_EDTF = "date-not-edtf", Error,
    "the date cannot be read",
    "A date is written in EDTF (`2021`, `2021-08`, `2021-08-14`, `2021-08/2022-10`, `2021~`) or in the plain words of advisories (`late 2021`, `by 2021-08`). Anything else is refused rather than guessed; the event is shown as undated.",
    "[[events]]\nwhen  = \"a while ago\"\ntitle = \"First access\"\n" =>
    "[[events]]\nwhen  = \"by 2021-08\"\ntitle = \"First access\"\n";

    DATE_AMBIGUOUS = "date-ambiguous", Error,
    "the date can be read in more than one way",
    "`04/08/2021` is the fourth of August to some readers and the eighth of April to others. dateline does not choose.",
    "[[events]]\nwhen  = \"04/08/2021\"\ntitle = \"First access\"\n" =>
    "[[events]]\nwhen  = \"2021-08-04\"\ntitle = \"First access\"\n";

    NO_SUCH_DATE = "no-such-date", Error,
    "the calendar has no such date",
    "The date is well formed, but there is no such day, month or hour.",
    "[[events]]\nwhen  = \"2021-02-30\"\ntitle = \"First access\"\n" =>
    "[[events]]\nwhen  = \"2021-02-28\"\ntitle = \"First access\"\n";

    ENDS_BEFORE_IT_STARTS = "ends-before-it-starts", Error,
    "the end of the interval lies before its start",
    "In `START/END` the end comes last. The event is shown as undated.",
    "[[events]]\nwhen  = \"2022-10/2021-08\"\ntitle = \"First access\"\n" =>
    "[[events]]\nwhen  = \"2021-08/2022-10\"\ntitle = \"First access\"\n";

    SEASON_AMBIGUOUS = "season-ambiguous", Note,
    "programs disagree on which months a season has",
    "EDTF writes spring as `2021-21` and does not say which months it has. dateline reads the northern ones, March to May and so on. Months leave no doubt.",
    "[[events]]\nwhen  = \"2021-21\"\ntitle = \"First access\"\n" =>
    "[[events]]\nwhen  = \"2021-03/2021-05\"\ntitle = \"First access\"\n";

    SAID_BEFORE_EVENT = "said-before-event", Warning,
    "the claim was made before the event can have begun",
    "No one can speak about what has not happened yet. One of the two dates is probably wrong; a forecast is best an event of its own.",
    "[[events]]\nwhen  = \"2021-08\"\ntitle = \"First access\"\n\n[[events.claims]]\nby     = \"ncsc\"\nsource = \"advisory\"\nsaid   = \"2020-03-25\"\n\n[sources.advisory]\ntitle = \"Advisory\"\n" =>
    "[[events]]\nwhen  = \"2021-08\"\ntitle = \"First access\"\n\n[[events.claims]]\nby     = \"ncsc\"\nsource = \"advisory\"\nsaid   = \"2024-03-25\"\n\n[sources.advisory]\ntitle = \"Advisory\"\n";

    SAID_AFTER_PUBLISHED = "said-after-published", Warning,
    "the claim was made after its source was published",
    "A source cannot carry what was said after it. One of the two dates is probably wrong, or another source is meant. A page that was changed later is best a source of its own, with the later date in `published`.",
    "[[events]]\nwhen  = \"2021-08\"\ntitle = \"First access\"\n\n[[events.claims]]\nby     = \"ncsc\"\nsource = \"advisory\"\nsaid   = \"2024-03-26\"\n\n[sources.advisory]\ntitle     = \"Advisory\"\npublished = \"2024-03-25\"\n" =>
    "[[events]]\nwhen  = \"2021-08\"\ntitle = \"First access\"\n\n[[events.claims]]\nby     = \"ncsc\"\nsource = \"advisory\"\nsaid   = \"2024-03-25\"\n\n[sources.advisory]\ntitle     = \"Advisory\"\npublished = \"2024-03-25\"\n";

    SAID_LONG_BEFORE_PUBLISHED = "said-long-before-published", Note,
    "the claim was made more than a year before its source was published",
    "The issuing body's own page is as a rule of the day on which it speaks. What was said more than a year before was probably read in an earlier document, or this one only repeats it: `standing = \"secondary\"` says so, and ends this note.",
    "[[events]]\nwhen  = \"2021-08\"\ntitle = \"First access\"\n\n[[events.claims]]\nby     = \"ncsc\"\nsource = \"review\"\nsaid   = \"2022-03-25\"\n\n[sources.review]\ntitle     = \"Annual review\"\npublished = \"2024-03-25\"\n" =>
    "[[events]]\nwhen  = \"2021-08\"\ntitle = \"First access\"\n\n[[events.claims]]\nby     = \"ncsc\"\nsource = \"review\"\nsaid   = \"2022-03-25\"\n\n[sources.review]\ntitle     = \"Annual review\"\npublished = \"2024-03-25\"\nstanding  = \"secondary\"\n";

    DISCOVERED_BEFORE_EVENT = "discovered-before-event", Warning,
    "the event was discovered before it can have begun",
    "`discovered` is when someone first noticed the event. One of the two dates is probably wrong.",
    "[[events]]\nwhen       = \"2021-08\"\ntitle      = \"First access\"\ndiscovered = \"2020-10\"\n" =>
    "[[events]]\nwhen       = \"2021-08\"\ntitle      = \"First access\"\ndiscovered = \"2022-10\"\n";

    DISCLOSED_BEFORE_EVENT = "disclosed-before-event", Warning,
    "the event was disclosed before it can have begun",
    "`disclosed` is when the event was made public. One of the two dates is probably wrong.",
    "[[events]]\nwhen      = \"2021-08\"\ntitle     = \"First access\"\ndisclosed = \"2020-08-08\"\n" =>
    "[[events]]\nwhen      = \"2021-08\"\ntitle     = \"First access\"\ndisclosed = \"2023-08-08\"\n";

    DISCLOSED_BEFORE_DISCOVERED = "disclosed-before-discovered", Note,
    "the event was disclosed before it was discovered",
    "`discovered` is when someone first noticed the event, and who makes it public has noticed it. Probably one date is wrong, or `discovered` is the day on which the victim found out: then what happened before is best an event of its own.",
    "[[events]]\nwhen       = \"2021-08\"\ntitle      = \"First access\"\ndiscovered = \"2022-10\"\ndisclosed  = \"2022-08-08\"\n" =>
    "[[events]]\nwhen       = \"2021-08\"\ntitle      = \"First access\"\ndiscovered = \"2022-10\"\ndisclosed  = \"2023-08-08\"\n";

    PROSE_MORE_EXACT_THAN_WHEN = "prose-more-exact-than-when", Note,
    "the title or summary has a date that is more exact than the event's",
    "A date in prose alone is not drawn, sorted or found by a filter. A date that the event really has belongs in `when`; a date that only some speaker gives is a claim about the date. A summary with several dates is taken to be about several things.",
    "[[events]]\nwhen  = \"2021\"\ntitle = \"First access on 24 August 2021\"\n" =>
    "[[events]]\nwhen  = \"2021-08-24\"\ntitle = \"First access\"\n";

    PUBLISHED_AFTER_RETRIEVED = "published-after-retrieved", Warning,
    "the source was retrieved before it was published",
    "One of the two dates is probably wrong; or the page was changed later, which `note` can say.",
    "[sources.advisory]\ntitle     = \"Advisory\"\npublished = \"2024-03-25\"\nretrieved = \"2023-11-22\"\n\n[[events]]\nwhen    = \"2021\"\ntitle   = \"First access\"\nsources = [\"advisory\"]\n" =>
    "[sources.advisory]\ntitle     = \"Advisory\"\npublished = \"2024-03-25\"\nretrieved = \"2026-11-22\"\n\n[[events]]\nwhen    = \"2021\"\ntitle   = \"First access\"\nsources = [\"advisory\"]\n";

    VALUE_NOT_A_DATE = "value-not-a-date", Error,
    "a claim about a date gives none",
    "Where `about = \"date\"`, `value` is the date that the speaker gives, written as in `when`, to be compared with what others say. Explanations go into `text`.",
    "[[events]]\nwhen  = \"2021\"\ntitle = \"First access\"\n\n[[events.claims]]\nby = \"ncsc\"\nsource = \"advisory\"\nabout = \"date\"\nvalue = \"some time ago\"\n\n[sources.advisory]\ntitle = \"Advisory\"\n" =>
    "[[events]]\nwhen  = \"2021\"\ntitle = \"First access\"\n\n[[events.claims]]\nby = \"ncsc\"\nsource = \"advisory\"\nabout = \"date\"\nvalue = \"late 2021\"\n\n[sources.advisory]\ntitle = \"Advisory\"\n";

    // Logs.
    SHEET_NOT_READ = "sheet-not-read", Note,
    "a part of a workbook is not read",
    "Only sheets with the columns of a timeline are read, from their header on. What else a workbook has, such as a list of hosts or a title above the header, is not shown. Look whether it says something that the timeline should say.",
    "" => "";

    CONTENT_NOT_READ = "content-not-read", Note,
    "a part of a file of another program is not read",
    "A timeline has no place for everything that other programs keep. Of an event of MISP, an attribute or object is read if it was seen at some time, or if it says what happened, who took part or which report says so; deleted ones are not. What is not read is counted by its type, in one finding for the file.",
    "{\"Event\": {\"info\": \"Intrusion\", \"date\": \"2021-08-14\", \"Attribute\": [\n  {\"type\": \"ip-dst\", \"value\": \"203.0.113.7\"}\n]}}\n" =>
    "{\"Event\": {\"info\": \"Intrusion\", \"date\": \"2021-08-14\", \"Attribute\": [\n  {\"type\": \"ip-dst\", \"value\": \"203.0.113.7\", \"first_seen\": \"2021-08-14T10:22:33Z\"}\n]}}\n";

    HIDDEN_ROWS = "hidden-rows", Note,
    "a workbook hides rows or a sheet",
    "A spreadsheet shows no hidden rows, and none that a filter leaves out. dateline reads them all, so that the timeline has more events than the author of the workbook sees.",
    "" => "";

    CELL_WITHOUT_VALUE = "cell-without-value", Warning,
    "cells of a workbook have no value",
    "A cell may show an error, have a formula that no program has computed yet, or be merged with cells below, whose rows then lack its value. dateline computes no formulas and guesses no values: such a cell counts as empty.",
    "" => "";

    ROW_UNREADABLE = "row-unreadable", Error,
    "a row of a log cannot be read as it is written",
    "Each row of a log has one value for each of its columns, or is one JSON object. Where a row has more values, or a quotation mark without a partner, the event is shown if its title and its date can be read: a value that has no column is kept as `column 4`, by its number. Any other such row is left out. Many of them are reported as a few and a number.",
    "datetime,timestamp_desc,message\n2021-08-14T10:22:33Z,Logon,User logged on\n2021-08-14T10:22:40Z,Logon,User logged on, then off\n" =>
    "datetime,timestamp_desc,message\n2021-08-14T10:22:33Z,Logon,User logged on\n2021-08-14T10:22:40Z,Logon,\"User logged on, then off\"\n";

    UNEVEN_ROW = "uneven-row", Warning,
    "a row of a log has fewer values than there are columns",
    "Spreadsheets leave out empty cells at the end of a row. The values that are missing are taken as empty, and the event is shown. If the row was cut off, the rest of it is missing too. Only the first such row of a log is shown; the others are counted.",
    "datetime,timestamp_desc,message,host\n2021-08-14T10:22:33Z,Logon,User logged on\n" =>
    "datetime,timestamp_desc,message,host\n2021-08-14T10:22:33Z,Logon,User logged on,\n";

    UNTITLED_ROW = "untitled-row", Warning,
    "a row of a log does not say what happened",
    "The event is shown as `(untitled)`, with its date and everything else that the row says.",
    "datetime,timestamp_desc,message\n2021-08-14T10:22:33Z,Logon,\n" =>
    "datetime,timestamp_desc,message\n2021-08-14T10:22:33Z,Logon,User logged on\n";

    STAMPS_DISAGREE = "stamps-disagree", Warning,
    "two columns of a row give different times",
    "Logs often give the time twice, in words and as a number. If the two differ by more than the less precise of them leaves open, the one in words is taken, and the other is kept under its own name. Only the first such row of a log is shown; the others are counted.",
    "message,timestamp,datetime,timestamp_desc\nUser logged on,1723474994349345,2024-01-03T00:00:00Z,Logon\n" =>
    "message,timestamp,datetime,timestamp_desc\nUser logged on,1723474994349345,2024-08-12T15:03:14Z,Logon\n";

    LIST_UNREADABLE = "list-unreadable", Warning,
    "a list in a row of a log cannot be read",
    "Tags and techniques are written with commas between them, or as a list of JSON or Python. A value that begins like such a list and is not one is kept as it is, under its own name.",
    "datetime,timestamp_desc,message,tag\n2021-08-14T10:22:33Z,Logon,User logged on,[ioc\n" =>
    "datetime,timestamp_desc,message,tag\n2021-08-14T10:22:33Z,Logon,User logged on,\"[\"\"ioc\"\"]\"\n";

    UNKNOWN_LOG = "unknown-log", Error,
    "the columns of a table or the names in JSON do not show when and what",
    "dateline recognises a table by its columns, never by the name of its file: by those of a known program, or by their names and values. If no column has dates, or none is sure to say what happened, it asks: `--map when=COLUMN,title=COLUMN` names the two.",
    "time;host;date;text\n10:22;web-1;14 August;User logged on\n" =>
    "datetime;host;timestamp_desc;message\n2021-08-14T10:22Z;web-1;Logon;User logged on\n";

    COLUMNS_GUESSED = "columns-guessed", Note,
    "the columns of a table were recognised by their names and values, not by a known program",
    "dateline knows the tables of some programs. In any other table it takes the columns whose names and values fit best for the date, the title, tags and so on, and says which. Everything else is kept under the table's own names. `--map` names other columns, and `dateline import --columns FILE` prints the mapping as it is understood, to save and change. A table that `--map` reads has no such note.",
    "Timestamp,Description,Host\n2021-08-14T10:22:33Z,User logged on,web-1\n" =>
    "datetime,message,Host\n2021-08-14T10:22:33Z,User logged on,web-1\n";

    ANSWER_LIMITED = "answer-limited", Note,
    "the answer of an engine has only some of the rows that its query found",
    "Search engines and databases send as many rows as the query asks for, and say in the answer how many there are. The filter finds only what was sent. Ask for more rows, or narrow the query.",
    "{\"hits\": {\"total\": {\"value\": 2, \"relation\": \"eq\"}, \"hits\": [\n{\"_index\": \"a\", \"_source\": {\"datetime\": \"2021-08-14T10:22:33Z\", \"message\": \"User logged on\"}}\n]}}\n" =>
    "{\"hits\": {\"total\": {\"value\": 1, \"relation\": \"eq\"}, \"hits\": [\n{\"_index\": \"a\", \"_source\": {\"datetime\": \"2021-08-14T10:22:33Z\", \"message\": \"User logged on\"}}\n]}}\n";

    ANSWER_BROKEN = "answer-broken", Error,
    "the answer of an engine lacks rows that the engine could not read or send",
    "An engine that runs out of time or memory, or loses a shard, sends what it has, and says so in the answer. So does an answer that was cut off on its way. The rows are shown, but a filter says nothing about those that are missing.",
    "{\"timed_out\": true, \"hits\": {\"hits\": [\n{\"_index\": \"a\", \"_source\": {\"datetime\": \"2021-08-14T10:22:33Z\", \"message\": \"User logged on\"}}\n]}}\n" =>
    "{\"timed_out\": false, \"hits\": {\"hits\": [\n{\"_index\": \"a\", \"_source\": {\"datetime\": \"2021-08-14T10:22:33Z\", \"message\": \"User logged on\"}}\n]}}\n";

    DAY_OR_MONTH = "day-or-month", Error,
    "dates of a table could be two days each",
    "In `04/08/2021`, either number may be the month. If any day of the column is above 12, that shows the order for all its dates. Otherwise dateline does not guess: `--dates dmy` or `--dates mdy` states it, and so does `date-order` in a mapping file. Until then the rows are undated. Only the first such row is shown; the others are counted.",
    "datetime,message\n04/08/2021 10:22Z,User logged on\n" =>
    "datetime,message\n2021-08-04T10:22Z,User logged on\n";

    ORDER_MIXED = "order-mixed", Warning,
    "dates of one table have day and month in different orders",
    "Most dates of the column have the day first, or the user says so, and this one can only have the month first; or the other way round. It is read as the only day that it can be. A spreadsheet that was opened in another country makes such columns: it swaps day and month where it can, and leaves the others as they were. Then dates that look right may be swapped.",
    "datetime,message\n13/08/2021 10:22Z,User logged on\n08/14/2021 10:22Z,User logged off\n" =>
    "datetime,message\n2021-08-13T10:22Z,User logged on\n2021-08-14T10:22Z,User logged off\n";

    FOREIGN_FORMAT = "foreign-format", Error,
    "the file is in a format that dateline does not read",
    "dateline reads timelines in TOML, and logs as CSV or JSON, packed with gzip or zstd or not. It recognises other files by their first bytes, reads nothing more of them, and shows nothing of them. The program that wrote the file can usually export it as CSV.",
    "BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nDTSTART:20210814T102233Z\nSUMMARY:User logged on\nEND:VEVENT\nEND:VCALENDAR\n" =>
    "datetime,message\n2021-08-14T10:22:33Z,User logged on\n";

    DUPLICATE_COLUMN = "duplicate-column", Warning,
    "two columns of a log say the same of an event",
    "An event has one title and one date. Where two columns, or two keys of one object, would be the same of these, as two do whose names differ in capital letters only, the one whose name is right to the letter is taken, or else the first. What the other says is kept under its own name, at the bottom of the event.",
    "datetime,message,Message\n2021-08-14T10:22:33Z,User logged on,Logon of alice\n" =>
    "datetime,message,details\n2021-08-14T10:22:33Z,User logged on,Logon of alice\n";

    UNSEEN_IN_LOG = "unseen-in-log", Warning,
    "a row of a log has an invisible character",
    "An attacker who can write into a log can write what a terminal obeys, or what makes a line read differently from what it is. dateline shows `␛` for escape, `⟨U+202E⟩` for what turns letters round, and so on. A log is evidence: leave it as it is, and ask who wrote the row. Many such rows make a few findings and a number.",
    "datetime,message\n2021-08-14T10:22:33Z,Log in as \u{1b}[8mroot\n" =>
    "datetime,message\n2021-08-14T10:22:33Z,Log in as root\n";

    READING_STOPPED = "reading-stopped", Warning,
    "reading was stopped before the end of the file",
    "What was read until then is shown, and nothing behind it: counts are those of that part. What the whole of a timeline would show, such as a name without a declaration, is not reported.",
    "" => "";

    TIME_ZONE_UNKNOWN = "time-zone-unknown", Warning,
    "the time zone of times is not known",
    "Clocks range from 12 hours behind UTC to 14 hours ahead of it, so a time without a zone may be any instant of 26 hours. dateline shows it as written and takes it for all of them: filters find it possibly, and its order among other times is uncertain. The times of one log share a clock, so their order among themselves is certain. An abbreviation such as CET or IST does not help: it means different offsets to different people.",
    "[[events]]\nwhen  = \"2024-03-05T23:30:00\"\ntitle = \"Logon of an administrator\"\n" =>
    "[timeline]\nzone  = \"Europe/London\"\n\n[[events]]\nwhen  = \"2024-03-05T23:30:00\"\ntitle = \"Logon of an administrator\"\n";

    NOT_A_TIME_ZONE = "not-a-time-zone", Error,
    "the time zone cannot be read",
    "`zone` is that of all times of the file which name none: an offset from UTC such as `+01:00`, or a place of the IANA time zone database such as `Europe/London`, whose summer time is then followed. Abbreviations such as CET or IST are refused, because they mean different offsets to different people.",
    "[timeline]\nzone  = \"CET\"\n\n[[events]]\nwhen  = \"2024-03-05T23:30:00\"\ntitle = \"Logon of an administrator\"\n" =>
    "[timeline]\nzone  = \"Europe/Berlin\"\n\n[[events]]\nwhen  = \"2024-03-05T23:30:00\"\ntitle = \"Logon of an administrator\"\n";

    NOT_A_TIME = "not-a-time", Note,
    "a stamp in a log is what a program writes that has no time",
    "Clocks count from a fixed day: 1601 on Windows, 1970 on Unix, 1980 on FAT, 1899 or 1900 in spreadsheets, 1904 and 2001 on Apple's systems, 1582 in UUIDs, the year 1 in .NET and Go. A program without a time writes the midnight of that day, the last second that its clock can hold (1969-12-31T23:59:59, 2038-01-19T03:14:07, 2106-02-07T06:28:15, 9999-12-31T23:59:59), 0, -1, or `Invalid`. Nothing happened then: the row is undated unless another column dates it, its stamp is kept under the log's own name, and all such rows are reported once. In a timeline of your own, such a date means what it says.",
    "datetime,message\n2021-08-14T10:22:33Z,a\n1601-01-01T00:00:00Z,b\n" =>
    "datetime,message\n2021-08-14T10:22:33Z,a\n,b\n";
}

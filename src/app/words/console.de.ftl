# Die Worte der Konsole auf Deutsch. Runde, Personalliste, Versprechensblatt, Gruppe; nichts Technisches. Anrede: Sie.
# Ein Schlüssel beginnt mit dem Namen seiner Seite. Jeder steht in jeder Sprache mit denselben Lücken; die Tests sagen, was fehlt oder übrig ist.

language-name = Deutsch

## every page
shell-skip = Zum Inhalt
shell-foot = Candor zeigt nie, wer geantwortet hat. Ergebnisse dienen nicht der Beurteilung.
shell-error = Fehler:
nav-pages = Seiten
nav-organisation = Organisation
nav-rounds = Runden
nav-team = Ihr Team
nav-sign-out = Abmelden

## moments
moment = { $weekday }, { $day }. { $month } { $year }, { $time } UTC
moment-weekday = { $weekday ->
    [1] Mo
    [2] Di
    [3] Mi
    [4] Do
    [5] Fr
    [6] Sa
   *[7] So
  }
moment-month = { $month ->
    [1] Jan.
    [2] Febr.
    [3] März
    [4] April
    [5] Mai
    [6] Juni
    [7] Juli
    [8] Aug.
    [9] Sept.
    [10] Okt.
    [11] Nov.
   *[12] Dez.
  }

## signing in
sign-in-title = Anmelden
sign-in-name = Name
sign-in-password = Passwort
sign-in-button = Anmelden
sign-in-hint = Hier melden sich Personalabteilung und Führungskräfte an. Um an einer Befragung teilzunehmen, nehmen Sie den persönlichen Link aus Ihrer Mail; dafür brauchen Sie kein Konto.
sign-in-demo = Vorführung: die abgefangenen Mails lesen

## what went wrong: titles
problem-not-found = Diese Seite gibt es nicht
problem-sign-in-needed = Bitte melden Sie sich an
problem-sign-in-failed = Das passt nicht zusammen
problem-too-many-attempts = Zu viele Versuche
problem-foreign-form = Das Formular kam nicht von dieser Seite
problem-bad-form = Das Formular war nicht lesbar
problem-method-not-allowed = Das geht hier nicht
problem-too-large = Das Formular ist zu groß
problem-wrong-type = Das Formular hat die falsche Art
problem-not-allowed = Das ist nicht für Ihr Konto
problem-round-refused = Die Runde lässt das jetzt nicht zu
problem-result-unsound = Dieses Ergebnis kann nicht gezeigt werden
problem-unavailable = Die Datenbank ist nicht erreichbar
problem-not-ready = Nicht bereit
problem-internal = Etwas ist schiefgegangen
problem-back = Zurück zum Anfang

## what went wrong: what happened and what to do
detail-not-found = Die Adresse stimmt nicht, oder die Seite ist nicht für Ihr Konto.
detail-not-allowed = Diese Seite ist für eine andere Art von Konto. Melden Sie sich ab und mit jenem Konto wieder an.
detail-method = Diese Adresse kennt die Methode nicht.
detail-method-takes = Diese Adresse nimmt nur { $methods } an.
detail-internal = Es wurde nichts geändert. Wenn es wieder vorkommt, nennen Sie Ihrer Administration das Kennzeichen { $reference }.
detail-unavailable = Es wurde nichts geändert. Bitte versuchen Sie es in einigen Sekunden noch einmal. Wenn es so bleibt, nennen Sie Ihrer Administration das Kennzeichen { $reference }.
detail-sign-in-failed = Prüfen Sie Name und Passwort, und den Code, falls Sie einen zweiten Faktor eingerichtet haben, und versuchen Sie es noch einmal; oder fragen Sie, wer die Konten verwaltet.
detail-sign-in-needed = Melden Sie sich unter /sign-in an. Eine Anmeldung gilt zwölf Stunden.
detail-too-many-attempts = Bitte warten Sie { $minutes ->
    [one] eine Minute
   *[other] { $minutes } Minuten
  }, und versuchen Sie es dann noch einmal.
detail-foreign-origin = Es wurde nichts geändert. Nehmen Sie die Konsole nur unter { $console }, laden Sie die Seite dort neu und versuchen Sie es noch einmal.
detail-other-session = Es wurde nichts geändert. Ihre Anmeldung ist eine andere als beim Öffnen der Seite: Gehen Sie zurück, laden Sie die Seite neu und versuchen Sie es noch einmal.
detail-bad-form = Es wurde nichts geändert. Ein Feld fehlt, ist doppelt oder nicht lesbar: Gehen Sie zurück, laden Sie die Seite neu und versuchen Sie es noch einmal.
detail-bad-request = Die Anfrage war nicht lesbar. Gehen Sie zurück, laden Sie die Seite neu und versuchen Sie es noch einmal.
detail-too-large = Es wurde nichts geändert. Ein Formular darf { $bytes } Bytes haben.
detail-wrong-type = Es wurde nichts geändert. Senden Sie application/x-www-form-urlencoded.

## why a step of a round is not taken
refused-passphrase = Es wurde nichts geändert. Der Schlüssel ist verschlossen: Geben Sie seine Passphrase ein.
refused-state = Es wurde nichts geändert. Runde { $round } lässt das in ihrem jetzigen Stand nicht zu: { $state }. Vielleicht hat jemand anders oder das Programm selbst einen Schritt getan, seit Sie die Seite geöffnet haben.
refused-ending = Es wurde nichts geändert. Runde { $round } wird ohne Ergebnis beendet ({ $reason }); etwas anderes ist nicht mehr möglich.
refused-not-due = Es wurde nichts geändert. Das ist nicht vor dem { $moment } fällig. Die Termine wurden mit dem Start festgeschrieben; niemand kann sie vorziehen.
refused-objections = Es wurde nichts geöffnet: { $count ->
    [one] Ein Einspruch ist
   *[other] { $count } Einsprüche sind
  } ohne Antwort. Antworten Sie zuerst öffentlich.

## rounds
rounds-title = Runden
rounds-none = Es gibt noch keine Runde. Auf dem Server:
rounds-round = Runde
rounds-state = Stand
rounds-next = Was als Nächstes kommt
rounds-result = Ergebnis
rounds-read = Das Ergebnis lesen

## one round
round-named = Runde { $round }
round-all = Alle Runden
round-now = Was Sie jetzt tun können
round-passphrase = Passphrase des Schlüssels
round-your-answer = Ihre Antwort, 10 bis 1000 Zeichen; alle lesen sie
round-reason = Grund, in einem Satz; alle lesen ihn
round-calendar = Kalender
round-about = Über diese Runde
round-mail = Mail
round-unreached = Wer nicht erreicht wurde
round-no-live = Warum es keine laufenden Ergebnisse gibt
round-no-live-why = Candor zeigt niemandem eine Zahl, bevor die Runde veröffentlicht ist: Ihnen nicht und den Führungskräften nicht. Wer Antworten eintreffen sieht, sieht, wer sie gegeben hat.
round-did-remind = Die Erinnerungen sind eingereiht. Sie gehen in zufälliger Reihenfolge in den nächsten 20 Minuten hinaus.
round-did-end-answering = Es beginnen keine neuen Antworten. Begonnene können noch eintreffen, bis der Kasten geschlossen ist.
round-did-close = Der Kasten ist geschlossen. Die Liste der gezählten Antworten ist öffentlich.
round-did-answer = Ihre Antwort ist öffentlich. Die Öffnung wartet nicht länger.
round-did-open = Die Antworten wurden im Arbeitsspeicher geöffnet, und alles passt zusammen. Niemand hat eine Zahl gesehen.
round-did-publish = Das Ergebnis ist veröffentlicht. Der Schlüssel und die versiegelten Antworten sind vernichtet.
round-did-abort = Die Runde ist ohne Ergebnis beendet. Alle werden per Mail benachrichtigt.

## where a round stands: a label for a table, and what it means
state-draft = in Vorbereitung
state-draft-means = Diese Runde ist ein Entwurf: Nichts wurde verschickt, alles lässt sich noch ändern.
state-launching = wird gestartet
state-launching-means = Der Start wurde unterbrochen. Personalliste und Gruppen sind festgeschrieben, eingeladen ist noch niemand.
state-running = Antworten sind möglich
state-running-means = Die Einladungen sind verschickt, und es kann geantwortet werden. Wie viele geantwortet haben, wird niemandem gezeigt.
state-closing = wird geschlossen
state-closing-means = Es beginnen keine neuen Antworten. Begonnene können noch eintreffen.
state-objections = geschlossen, Einsprüche warten auf eine Antwort
state-objections-means = Der Kasten ist geschlossen, und es { $count ->
    [one] liegt ein Einspruch
   *[other] liegen { $count } Einsprüche
  } vor: Eine Quittung wurde unterschrieben, und ihre Antwort steht nicht auf der Liste der gezählten Antworten. Nichts wird geöffnet, bevor jemand öffentlich geantwortet hat.
state-closed = geschlossen, Einsprüche möglich
state-closed-means = Der Kasten ist geschlossen. Alle können nachsehen, ob ihre Antwort auf der Liste der gezählten Antworten steht, und Einspruch erheben. Candor hat niemandem eine Antwort gezeigt.
state-closed-locked-means = Der Kasten ist geschlossen. Alle können nachsehen, ob ihre Antwort auf der Liste der gezählten Antworten steht, und Einspruch erheben. Der Schlüssel ist verschlossen: Wer die Passphrase kennt, muss die Antworten rechtzeitig öffnen.
state-opened = geprüft, noch nicht veröffentlicht
state-opened-means = Die Antworten wurden einmal im Arbeitsspeicher geöffnet, und alles passt zusammen. Candor hat niemandem eine Zahl gezeigt; nur der Fingerabdruck des Ergebnisses wurde aufgehoben.
state-published = veröffentlicht
state-published-means = Das Ergebnis ist veröffentlicht. Der Schlüssel und die versiegelten Antworten wurden vernichtet; niemand kann sie mehr öffnen.
state-aborted = ohne Ergebnis beendet
state-aborted-means = Diese Runde ist ohne Ergebnis beendet. Die Antworten wurden vernichtet, und alle Eingeladenen werden benachrichtigt; Candor hat niemandem eine Zahl gezeigt. Verläufe zeigen die Lücke.
state-ending = wird ohne Ergebnis beendet
state-ending-means = Es ist entschieden, diese Runde ohne Ergebnis zu beenden. Die Antworten werden vernichtet; Candor hat niemandem eine Zahl gezeigt.

## what comes next in a round
next-launch = Auf dem Server: candor wave launch { $round }
next-launch-again = Es geht von selbst weiter; wenn nicht, auf dem Server: candor wave launch { $round }
next-closes = Die Befragung endet, wenn die Personalabteilung es entscheidet
next-closes-on = Die Befragung endet am { $moment }
next-shuts = Der Kasten wird geschlossen, wenn die Personalabteilung es entscheidet
next-shuts-on = Der Kasten wird geschlossen am { $moment }
next-answer = Eine Antwort auf die Einsprüche
next-answer-by = Eine Antwort auf die Einsprüche; ohne sie endet die Runde ohne Ergebnis am { $moment }
next-opens = Die Antworten werden geöffnet und geprüft, wenn die Personalabteilung es entscheidet
next-opens-on = Die Antworten werden geöffnet und geprüft am { $moment }
next-publishes = Das Ergebnis wird veröffentlicht, wenn die Personalabteilung es entscheidet
next-publishes-on = Das Ergebnis wird veröffentlicht am { $moment }
next-talk = In den Teams darüber sprechen
next-nothing = Nichts mehr
next-told = Alle werden per Mail benachrichtigt

## the calendar of a round
date-by-command = wenn die Personalabteilung es entscheidet
date-opens = Einladungen gehen hinaus, es kann geantwortet werden
date-closes = Die Befragung endet
date-shuts = Der Kasten wird geschlossen; die Liste der gezählten Antworten ist öffentlich
date-opened = Die Zeit für Einsprüche endet; die Antworten werden geöffnet und geprüft, niemand sieht eine Zahl
date-published = Das Ergebnis wird veröffentlicht; Schlüssel und Antworten werden vernichtet
date-aborted = Die Runde endet ohne Ergebnis; die Antworten werden vernichtet
date-aborts = Wenn bis dahin nicht veröffentlicht werden konnte, endet die Runde ohne Ergebnis

## what is known of a round
fact-questionnaire = Fragebogen
fact-invited = Eingeladen
fact-invited-in = { $people } Personen in { $groups }
fact-groups = { $count ->
    [one] einer Gruppe
   *[other] { $count } Gruppen
  }
fact-together = Zusammen gezeigt
fact-never-fewer = nie weniger als { $k } Personen; eine Gruppe hat mindestens { $members } Mitglieder
fact-key = Schlüssel zu den Antworten
key-will-be-locked = wird mit einer Passphrase verschlossen; ein Mensch muss öffnen
key-will-lie-here = wird auf diesem Server liegen; das Programm öffnet von selbst
key-destroyed = vernichtet
key-locked = mit einer Passphrase verschlossen; ein Mensch muss öffnen
key-lies-here = liegt auf diesem Server; wer ihn verwaltet, könnte vor der Veröffentlichung nachsehen
fact-abort-reason = Grund für das Ende
fact-check-words = Prüfwörter
fact-counted = Gezählte Antworten
fact-counted-of = { $counted } von { $invited } Eingeladenen
fact-begun = Begonnen und nicht gesendet
fact-objections = Einsprüche
fact-objections-answer = Antwort auf die Einsprüche

## what can be done with a round: the button, and what it does
action-remind = Alle erinnern, die nicht geantwortet haben
action-remind-does = Reiht eine Mail an alle ein, die nicht geantwortet haben und nicht in Ruhe gelassen werden wollten. Candor zeigt nie, wer das ist; wer die Datenbank verwaltet, könnte nachsehen.
action-close = Die Runde schließen
action-close-does = Es beginnen keine neuen Antworten. Begonnene können noch eintreffen, bis der Kasten geschlossen ist. Das lässt sich nicht zurücknehmen.
action-shut = Den Kasten schließen
action-shut-does = Es treffen keine Antworten mehr ein, und die Liste der gezählten Antworten wird öffentlich.
action-answer = Auf die Einsprüche antworten
action-answer-does = Sagen Sie, was geschehen ist und was Sie deswegen tun. Eine Antwort gilt für alle Einsprüche; sie ist öffentlich und lässt sich nicht ändern. Danach geht die Runde nach ihren Terminen weiter.
action-open = Die Antworten öffnen und prüfen
action-open-does = Öffnet die Antworten im Arbeitsspeicher und prüft, ob alles zusammenpasst. Niemand sieht eine Zahl, auch Sie nicht.
action-publish = Das Ergebnis veröffentlichen
action-publish-does = Alle, die das Versprechensblatt nennt, können das Ergebnis lesen. Der Schlüssel und die versiegelten Antworten werden endgültig vernichtet.
action-abort = Die Runde ohne Ergebnis beenden
action-abort-does = Die Antworten werden vernichtet, ohne dass jemand sie gelesen hat, und alle erfahren es mit Ihrem Grund. Das lässt sich nicht zurücknehmen.

## mails of a round
mail-invitations = Einladungen, die noch zu verschicken sind
mail-closings = Abschlussmails, die noch zu verschicken sind
mail-aborts = Mails über das Ende, die noch zu verschicken sind
mail-waiting = { $waiting } von { $all }
mail-by-card = Mit gedruckter Karte eingeladen, ganz ohne Mail
mail-by-card-all = { $people ->
    [one] eine Person
   *[other] { $people } Personen
  }
mail-by-card-some = { $people ->
    [one] eine Person
   *[other] { $people } Personen
  }, davon { $without } noch ohne Karte (candor cards)
mail-unreached = Per Mail nicht erreicht
mail-nobody = niemand, soweit bekannt
mail-people = { $people ->
    [one] eine Person
   *[other] { $people } Personen
  } ({ $reasons })
mail-reason = { $reason }: { $count }
mark-unknown-address = die Adresse gibt es nicht
mark-full = das Postfach ist voll
mark-refused = der Mailserver hat die Mail abgelehnt
mark-bounced = die Mail kam zurück

## whom mail did not reach
round-mail-title = Per Mail nicht erreicht, Runde { $round }
round-mail-heading = Per Mail nicht erreicht
round-mail-nobody = Candor weiß in dieser Runde von niemandem, den eine Mail an alle nicht erreicht hätte.
round-mail-these = Eine Mail, die an alle geht, hat diese Personen mindestens einmal nicht erreicht. Es sagt nichts darüber, wer geantwortet hat.
round-mail-who = Wer
round-mail-new-link = Wessen Einladung nicht angekommen ist, hat noch keinen persönlichen Link. Die nächste Erinnerung bringt einen neuen, wenn die Adresse bis dahin Mails annimmt.
round-mail-frozen = Die Adressen einer Runde sind mit ihrem Start festgeschrieben. Berichtigen Sie sie in der Personalliste, dann stimmen sie für die nächste Runde. Diese Liste endet mit der Runde.
round-mail-not-listed = Was hier nicht steht
round-mail-reminders = Was aus Erinnerungen geworden ist. Sie gehen nur an Personen, die nicht geantwortet haben; eine zurückgekommene Erinnerung würde das verraten. Sobald Erinnerungen verschickt sind, steht hier auch keine zurückgekommene Mail mehr, die nicht sagt, welche sie war.

## results
report-organisation = Organisation, { $round }
report-team = Ihr Team, { $round }
report-table = Diese Zahlen als Tabelle (CSV)
nothing-organisation = Noch kein Ergebnis
nothing-organisation-why = Hier steht das Ergebnis der Organisation, sobald eine Runde veröffentlicht ist. Bis dahin sieht niemand eine Zahl.
nothing-team = Hier gibt es nichts zu lesen
nothing-team-none = Es gibt noch kein Ergebnis eines Teams von Ihnen. Es steht hier, sobald eine Runde veröffentlicht ist, in der Sie ein Team geführt haben.
nothing-team-led = Als diese Runde gestartet wurde, haben Sie darin kein Team geführt; von ihrem Ergebnis ist deshalb nichts für Sie bestimmt.
nothing-team-wrong = Wenn hier etwas nicht stimmt, sagen Sie es der Personalabteilung: Wer welches Team führt, steht in der Personalliste.
nothing-too-few = In dieser Runde haben zu wenige geantwortet, deshalb hat sie kein Ergebnis: Antworten werden nie von weniger Personen gezeigt, als das Versprechensblatt sagt.

## files to take along
take-heading = Zum Mitnehmen
take-same = Jede Datei sagt, was diese Seite sagt, und sagt dasselbe, wann immer sie noch einmal erstellt wird. Wem Sie sie geben, der kann sie lesen wie Sie.
take-pdf = Diese Seite als Dokument zum Drucken oder Weitergeben (PDF)
take-notice = Eine Seite für das schwarze Brett, mit Platz für das, was folgt (PDF)
take-workbook = Diese Zahlen als Arbeitsmappe (XLSX)
take-programs = Diese Zahlen für Programme (JSON)
take-charts = Einzelne Diagramme als Bilder (PNG)
take-comments = Was Menschen geschrieben haben, steht in keiner dieser Dateien, damit ein Kommentar, der jemanden nennt, noch ausgeblendet werden kann.

## hiding a comment
hide-title = Einen Kommentar verbergen
hide-back = Zurück zum Ergebnis
hide-ask = Diesen Kommentar verbergen?
hide-only-if = Verbergen Sie ihn nur, wenn er eine Person nennt oder so beschreibt, dass alle wissen, wer gemeint ist. Ein Kommentar, der bloß unwillkommen ist, bleibt stehen.
hide-everywhere = Von nun an zeigt ihn keine Seite: Ihre nicht und die einer Führungskraft nicht. Wenn mehrere Personen genau diesen Text auf dieselbe Frage geschrieben haben, verschwinden alle zusammen.
hide-told = An seiner Stelle erfahren alle, die diese Kommentare lesen, wie viele die Personalabteilung verborgen hat, dass nur das Nennen einer Person ein Grund dafür sein darf und dass niemand sonst das prüft.
hide-recorded = Das Verbergen wird als nummerierte, unterschriebene Anmerkung neben dem Ergebnis festgehalten. Es lässt sich nicht zurücknehmen.
hide-unchanged = Das veröffentlichte Ergebnis selbst wird nie geändert: Der Text bleibt darin. Candor zeigt dieses Dokument niemandem, aber wer die Datenbank verwaltet, kann es lesen.
hide-who = Sie erfahren nicht, wer ihn geschrieben hat, und niemand sonst erfährt es.
hide-button = Diesen Kommentar verbergen: Er nennt eine Person

## the mails that the demo catches
mails-title = Abgefangene Mails
mails-lead = Diese Seite gibt es nur in der Vorführung: Sie fängt jede Mail ab, statt sie zu verschicken. Öffnen Sie eine, folgen Sie ihrem Link und antworten Sie als diese Person.
mails-sign-in = Als Personalabteilung oder als Führungskraft anmelden
mails-none = Noch ist keine Mail abgefangen. Laden Sie in einigen Sekunden neu.
mails-shown = Die neuesten { $count } Mails, die neueste zuerst.
mails-to = An
mails-from = Von
mails-subject = Betreff
mails-all = Alle abgefangenen Mails
mails-follow = Dem persönlichen Link folgen
mails-as-html = Als HTML
mails-as-text = Als Text
mails-the-html = Die Mail als HTML
mails-the-text = Die Mail als Text

## accounts and the own account
nav-accounts = Konten
nav-unit = Ihr Bereich
nav-account = Ihr Konto
sign-in-code = Code Ihres zweiten Faktors, falls Sie einen eingerichtet haben
sign-in-did-password = Ihr Passwort ist gesetzt. Melden Sie sich damit an.
detail-former-leader = Sie leiten nach der heutigen Personalliste kein Team, deshalb dürfen Sie kein Ergebnis mehr lesen. Falls Sie doch eines leiten, sagen Sie es HR: In der Personalliste steht, wer welches Team leitet.
detail-second-factor-needed = Konten Ihrer Art brauchen einen zweiten Faktor. Richten Sie ihn auf der Seite Ihres Kontos ein, dann geht es weiter.
detail-link-gone = Ein Link setzt ein Passwort einmal, innerhalb von 72 Stunden. Dieser wurde benutzt, ist abgelaufen oder durch einen neueren ersetzt. Bitten Sie die Verwaltung der Konten um einen neuen.
problem-account-refused = Das wurde nicht getan
problem-second-factor-needed = Bitte richten Sie Ihren zweiten Faktor ein
problem-link-gone = Dieser Link gilt nicht mehr
role-admin = Verwaltung
role-hr = HR
role-partner = HR für einen Bereich
role-leader = Führungskraft
role-former-leader = Führungskraft, heute ohne Team
role-key-holder = Verwahrt den Schlüssel
account-title = Ihr Konto
account-name = Name
account-role = Rolle
account-sessions = Anderswo angemeldet
account-sessions-others = { $count ->
    [0] nirgends sonst
    [one] in einem anderen Browser
   *[other] in { $count } anderen Browsern
  }
account-may-admin = Sie verwalten Konten und Einstellungen. Ergebnisse lesen Sie keine.
account-may-hr = Sie führen Runden durch und lesen die Ergebnisse aller Gruppen und der Organisation.
account-may-partner = Sie lesen die Ergebnisse, die ganz in Ihrem Bereich liegen, und dessen Zwischensumme. Eine Gruppe, die mit Gruppen außerhalb des Bereichs zusammen gezeigt wird, lesen HR und ihre Führungskräfte.
account-may-leader = Sie lesen von jeder Runde die Gruppen mit einem Team, das Sie bei ihrem Start geleitet haben. Ein übernommenes Team lesen Sie ab der nächsten gestarteten Runde; der Verlauf seiner Gruppe reicht dann zurück, was über die Führung gesagt wird, nicht.
account-may-former-leader = Sie leiten nach der heutigen Personalliste kein Team, deshalb dürfen Sie kein Ergebnis mehr lesen.
account-may-key-holder = Sie sehen den Kalender der Runden, beantworten Einwände, und öffnen und veröffentlichen Runden, deren Schlüssel eine Passphrase hat. Ergebnisse lesen Sie keine.
account-password-title = Neues Passwort
account-current = Bisheriges Passwort
account-wrong-password = Das ist nicht das Passwort dieses Kontos. Nichts wurde geändert.
account-password-ends = In allen anderen Browsern werden Sie abgemeldet.
account-password-button = Passwort ändern
account-did-password = Ihr Passwort ist geändert, und überall sonst sind Sie abgemeldet.
account-out-title = Überall abmelden
account-out-explains = Beendet alle Ihre Sitzungen, auch die in diesem Browser.
account-out-button = Überall abmelden
password-rule = Mindestens { $shortest } Zeichen. Ein Satz aus ein paar Wörtern, die nicht zusammengehören, ist leicht zu merken und schwer zu raten; Ziffern und Sonderzeichen braucht es nicht.
password-new = Neues Passwort
password-again = Neues Passwort noch einmal
password-not-the-same = Die beiden neuen Passwörter sind nicht gleich. Nichts wurde geändert.
password-short = Das neue Passwort ist zu kurz. Nichts wurde geändert.
password-long = Das neue Passwort ist zu lang. Nichts wurde geändert.
password-guessed = Das neue Passwort ist kaum mehr als ein Wort, das als Erstes geraten wird. Nichts wurde geändert.
password-named = Das neue Passwort ist kaum mehr als ein Name: der des Kontos oder der Organisation. Nichts wurde geändert.
password-monotonous = Das neue Passwort wiederholt sich oder ist eine Reihe von Nachbarn. Nichts wurde geändert.
factor-title = Zweiter Faktor
factor-change = Einrichten oder ändern
factor-on = { $codes ->
    [0] in Gebrauch; kein Ersatzcode ist übrig
    [one] in Gebrauch; ein Ersatzcode ist übrig
   *[other] in Gebrauch; { $codes } Ersatzcodes sind übrig
  }
factor-off = nicht eingerichtet
factor-what = Mit einem zweiten Faktor öffnet ein Passwort allein nichts: Zum Anmelden gehört dann auch ein Code aus sechs Ziffern, den eine App auf Ihrem Telefon zeigt.
factor-needed = Konten Ihrer Art brauchen einen zweiten Faktor. Alles andere wartet, bis er eingerichtet ist.
factor-begin-explains = Sie brauchen eine App für Einmalcodes (TOTP) auf einem anderen Gerät. Es genügt die, die Sie schon benutzen.
factor-begin-button = Anfangen
factor-begin-again = Mit einem anderen Code neu anfangen
factor-step-app = 1. Das Konto in die App aufnehmen
factor-scan = Scannen Sie dies mit der App:
factor-code-title = QR-Code, der den Schlüssel darunter enthält
factor-type = Oder tippen Sie den Schlüssel ein, für einen zeitbasierten Code aus sechs Ziffern:
factor-step-confirm = 2. Zeigen, dass es geht
factor-code = Code, den die App zeigt
factor-password = Ihr Passwort
factor-confirm-button = Ab jetzt benutzen
factor-wrong-code = Der Code stimmt nicht. Prüfen Sie die Uhr des Geräts, warten Sie auf den nächsten Code und versuchen Sie es noch einmal. Nichts wurde geändert.
factor-is-there = Es gibt schon einen zweiten Faktor. Entfernen Sie ihn zuerst.
factor-is-missing = Es gibt noch keinen zweiten Faktor.
factor-codes-title = Neue Ersatzcodes
factor-codes-explains = Zehn neue Codes treten an die Stelle aller bisherigen.
factor-codes-button = Neue Codes machen
factor-remove-title = Den zweiten Faktor entfernen
factor-remove-explains = Danach öffnet Ihr Passwort allein das Konto.
factor-remove-button = Den zweiten Faktor entfernen
factor-did-remove = Der zweite Faktor ist entfernt.
codes-title = Ihre Ersatzcodes
codes-in-use = Ab jetzt gehört zum Anmelden ein Code.
codes-explains = Jeder dieser Codes ersetzt die App einmal, falls Sie das Gerät verlieren. Sie werden jetzt gezeigt und nie wieder: Drucken Sie sie aus oder schreiben Sie sie auf, und bewahren Sie sie nicht auf jenem Gerät auf.
codes-kept = Ich habe sie aufbewahrt
accounts-title = Konten
accounts-none = Hier gibt es noch kein Konto.
accounts-of = Person oder Bereich
accounts-state = Zustand
accounts-own = (Sie)
accounts-yes = ja
accounts-no = nein
accounts-state-active = aktiv
accounts-state-invited = eingeladen, noch ohne Passwort
accounts-state-disabled = gesperrt
accounts-invite-title = Jemanden einladen
accounts-invite-explains = Legt ein Konto an und zeigt Ihnen einmal einen Link. Wer ihn innerhalb von 72 Stunden öffnet, setzt das Passwort; geben Sie ihn also nur dieser Person.
accounts-login-hint = Zum Beispiel die Mailadresse. Groß- und Kleinschreibung sind gleich.
accounts-person = Person der Personalliste, mit ihrer Kennung (nötig für Führungskräfte)
accounts-unit = Bereich, mit dem Namen des Teams an seiner Spitze (nötig für HR eines Bereichs)
accounts-invite-button = Einladen
accounts-login-taken = Ein Konto dieses Namens gibt es schon. Wählen Sie einen anderen. Nichts wurde geändert.
accounts-bad-login = Ein Name zum Anmelden hat 2 bis 80 Zeichen und keine Leerzeichen. Nichts wurde geändert.
accounts-no-role = Wählen Sie eine Rolle. Nichts wurde geändert.
accounts-no-person = Die Personalliste hat keine Person mit dieser Kennung. Eine Führungskraft braucht eine. Nichts wurde geändert.
accounts-no-unit = Die Personalliste hat kein Team dieses Namens. HR für einen Bereich braucht das Team an dessen Spitze. Nichts wurde geändert.
accounts-incomplete = Person oder Bereich passen nicht zur Rolle. Nichts wurde geändert.
accounts-is-disabled = Das Konto ist gesperrt. Entsperren Sie es zuerst.
accounts-not-your-own = Was Ihr eigenes Konto betrifft, tun Sie auf dessen eigener Seite, oder jemand anders aus der Verwaltung.
accounts-link-title = Link für ein Passwort
accounts-link-again = Der Link der Einladung wurde einmal gezeigt. Ein neuer tritt an seine Stelle.
accounts-link-reset = Für jemanden, der das Passwort vergessen hat. Das alte gilt, bis der Link benutzt wird; dann enden alle Sitzungen. Der zweite Faktor bleibt.
accounts-link-button = Link machen
accounts-role-title = Rolle
accounts-role-explains = Beendet die Sitzungen des Kontos. Von da an liest es, was die neue Rolle lesen darf.
accounts-role-button = Rolle ändern
accounts-did-role = Die Rolle ist geändert.
accounts-enable-explains = Das Konto kann sich wieder anmelden, mit dem Passwort, das es hatte.
accounts-enable = Konto entsperren
accounts-did-enable = Das Konto kann sich wieder anmelden.
accounts-disable = Konto sperren
accounts-disable-explains = Niemand meldet sich damit an, bis es entsperrt wird; seine Sitzungen enden jetzt.
accounts-did-disable = Das Konto ist gesperrt, und seine Sitzungen sind beendet.
accounts-factor-explains = Für jemanden, der das Gerät und die Ersatzcodes verloren hat. Vergewissern Sie sich, wer Sie darum bittet.
accounts-did-second-factor = Der zweite Faktor ist entfernt.
accounts-remove = Konto entfernen
accounts-remove-explains = Das lässt sich nicht rückgängig machen. Die Person kann neu eingeladen werden.
link-made-title = Der Link
link-made-invitation = { $login } ist eingeladen. Geben Sie diesen Link der Person, der das Konto gehört:
link-made-reset = Geben Sie diesen Link der Person, der das Konto { $login } gehört:
link-made-once = Er wird jetzt gezeigt und nie wieder, gilt einmal und { $hours } Stunden lang. Ein neuerer Link desselben Kontos tritt an seine Stelle.
link-made-warns = Wer ihn hat, kann das Passwort setzen. Schicken Sie ihn auf einem Weg, den nur diese Person liest.
link-title = Setzen Sie Ihr Passwort
link-for = Dies ist für das Konto { $login }.
link-button = Passwort setzen
report-unit = { $unit }, { $round }
nothing-unit = { $unit }: Hier gibt es nichts zu lesen
nothing-unit-why = Kein Ergebnis liegt ganz in diesem Bereich. Eines steht hier, sobald eine Runde veröffentlicht ist, in der der Bereich eigene Gruppen hatte. Eine Gruppe, die mit Gruppen außerhalb des Bereichs zusammen gezeigt wird, lesen HR und ihre Führungskräfte.

## promise log
nav-promise-log = Versprechensprotokoll
log-title = Versprechensprotokoll
log-lead = Was mit Runden, Ergebnissen, Konten und Einstellungen getan wurde, von wem und wann. Einträge kommen nur hinzu.
log-broken = Dieses Protokoll hält nicht stand
log-broken-at = Eintrag { $number } ist nicht, was damals geschrieben wurde, oder setzt den davor nicht fort. Nur die Einträge davor werden gezeigt. Bewahren Sie eine Kopie der Datenbank auf, wie sie ist, und fragen Sie, wer sie verwaltet, was geschehen ist.
log-broken-after = Nach Eintrag { $number } fehlen Einträge, oder sie sind doppelt oder verschoben. Nur die Einträge davor werden gezeigt. Bewahren Sie eine Kopie der Datenbank auf, wie sie ist, und fragen Sie, wer sie verwaltet, was geschehen ist.
log-whole = { $count ->
    [0] Noch gibt es nichts zu prüfen.
    [one] Der einzige Eintrag ist, wie er geschrieben wurde.
   *[other] Alle { $count } Einträge passen zusammen: Zwischen dem ersten und dem letzten wurde keiner geändert, ausgelassen oder verschoben.
  }
log-note-title = Notieren Sie den letzten Fingerabdruck
log-note = Auch ein Protokoll, das abgeschnitten oder ganz neu geschrieben wurde, passt in sich zusammen. Wer den letzten Fingerabdruck anderswo aufbewahrt, merkt es: Solange er sich hier noch findet, ist alles bis zu ihm, wie es war.
log-head = Eintrag { $number }: { $fingerprint }
log-noted = Ein Fingerabdruck, den Sie notiert haben
log-noted-look = Ist er noch da?
log-noted-unreadable = Das ist kein Fingerabdruck: Einer hat 64 Zeichen, jedes eine Ziffer oder ein Buchstabe von a bis f.
log-noted-missing = Kein Eintrag hat diesen Fingerabdruck. Wenn er richtig und aus diesem Protokoll abgeschrieben ist, wurde das Protokoll seither abgeschnitten oder neu geschrieben.
log-noted-found = Es ist der Fingerabdruck von Eintrag { $number }, vom { $moment }. Alles bis zu ihm ist, wie es damals war.
log-entries = Einträge, der neueste zuerst
log-none = Noch ist nichts festgehalten.
log-number = Nr.
log-when = Wann
log-who = Wer
log-what = Was
log-earlier = Frühere Einträge
log-file = Das ganze Protokoll als Datei (JSON Lines)
log-file-check = Prüfen lässt sie sich mit: candor log verify promise-log.jsonl. Das Format ist beschrieben; ein eigenes Programm kann es auch.
log-limits-title = Was dieses Protokoll nicht zeigt
log-limits = Wer den Server verwaltet, kann am Programm vorbei handeln, und dann wird nichts festgehalten. Ein Eintrag kann für etwas stehen, das begonnen und nicht zu Ende gebracht wurde.
log-nobody = Nichts hier handelt von jemandem, der befragt wurde: kein Name, keine Adresse und nichts, was verrät, wer geantwortet hat. Auch Führungskräfte werden nicht genannt.
log-by-leader = eine Führungskraft
log-by-command = jemand auf der Befehlszeile des Servers
log-by-itself = das Programm von selbst
log-unknown = Etwas, das eine spätere Fassung des Programms festgehalten hat.
log-launched = Runde { $round } wurde gestartet. Fingerabdruck ihres Versprechensblatts: { $sheet }…
log-extended = Das Ende von Runde { $round } wurde um { $days ->
    [one] einen Tag
   *[other] { $days } Tage
  } verschoben.
log-answering-ended = Runde { $round } nimmt keine neuen Antworten mehr an.
log-box-shut = Der Kasten von Runde { $round } wurde geschlossen.
log-objections-answered = { $count ->
    [one] Ein Einspruch
   *[other] { $count } Einsprüche
  } zu Runde { $round }: öffentlich beantwortet.
log-opened = Die Antworten von Runde { $round } wurden im Arbeitsspeicher geöffnet und geprüft.
log-published = Das Ergebnis von Runde { $round } wurde veröffentlicht; Schlüssel und Antworten wurden vernichtet.
log-abort-decided = Es wurde entschieden, Runde { $round } ohne Ergebnis zu beenden.
log-aborted = Runde { $round } endete ohne Ergebnis; Schlüssel und Antworten wurden vernichtet.
log-exported = Ergebnisse von Runde { $round } haben das Programm als Datei verlassen ({ $file }).
log-comment-hidden = Ein Kommentar aus Runde { $round } wurde verborgen (Anmerkung { $notice }).
log-corrected = Neben das Ergebnis von Runde { $round } wurde eine Berichtigung gestellt (Anmerkung { $notice }).
log-draft-set = Der Entwurf von Runde { $round } bekam diese Einstellungen: { $settings }…
log-draft-deleted = Der Entwurf von Runde { $round } wurde verworfen.
log-setting = Das Programm begann mit { $setting } = { $now }
log-setting-changed = Das Programm begann mit { $setting } = { $now }; vorher war es { $before }
log-addresses = In Runde { $round } { $people ->
    [one] wurde eine Adresse
   *[other] wurden { $people } Adressen
  } geändert; jede Person erfuhr es unter der alten Adresse.
log-staff-list = Eine Personalliste wurde übernommen: { $joined } neu, { $left } ausgeschieden, { $changed } geändert; Teams, die neu oder weggefallen sind oder anders geführt werden: { $teams }.
log-account-made = Ein Konto wurde angelegt: { $account }.
log-account-changed = Ein Konto wurde geändert: { $account }; { $change }.
log-account-named = { $login } ({ $role })
log-account-unnamed = { $role }
log-role-admin = Administration
log-role-hr = Personalabteilung
log-role-partner = HR-Partner
log-role-leader = Führungskraft
log-role-key-holder = Schlüsselverwahrung
log-role-other = andere Rolle
log-change-role = es hat eine andere Rolle oder einen anderen Bereich
log-change-disabled = es kann sich nicht mehr anmelden
log-change-enabled = es kann sich wieder anmelden
log-change-password = jemand anders gab ihm ein anderes Passwort
log-change-factor = sein zweiter Faktor wurde entfernt
log-change-removed = es wurde entfernt
log-restored = Die Datenbank ist älter als zuvor: Dieses Protokoll hatte einmal { $had } Einträge, der letzte mit dem Fingerabdruck { $fingerprint }. Eine Kopie wurde zurückgespielt, oder Einträge wurden abgeschnitten.

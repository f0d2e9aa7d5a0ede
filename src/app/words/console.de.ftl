# Die Worte der Konsole auf Deutsch. Runde, Personalliste, Versprechensblatt, Gruppe; nichts Technisches. Anrede: Sie.
# Ein Schlüssel beginnt mit dem Namen seiner Seite. Jeder steht in jeder Sprache mit denselben Lücken; die Tests sagen, was fehlt oder übrig ist.

language-name = Deutsch

## what an operator has, attacked by the visitor of the demo
open-title = Seien Sie der Betreiber
open-lead = Diese Seite gibt es nur in der Vorführung. Sie haben, was hat, wer diesen Rechner betreibt: die Dateien beider Datenbanken, alles, was das Programm protokolliert hat, die abgefangenen Mails und den Schlüssel der Runde. Antworten Sie als jemand, kommen Sie zurück, und versuchen Sie herauszufinden, was diese Person geantwortet hat: erst ohne den Schlüssel, dann mit ihm.
open-nobody = Es ist niemand übrig, dessen Mail Sie öffnen könnten. Starten Sie die Vorführung neu.
open-person = Als wer haben Sie geantwortet?
open-person-hint = Alle hier haben eine Mail, deren Link Sie folgen können. Candor hält fest, dass jemand zu senden begonnen hat, damit niemand erinnert wird, der geantwortet hat, und alle einmal zählen.
open-answered = hat geantwortet
open-said = Was hat diese Person auf die erste Aussage geantwortet, von 1 bis 7?
open-said-hint = Sie müssen es sagen, denn ohne den Schlüssel kann Candor es nicht. Die gewöhnliche Befragung unten erfährt es, als wäre dort geantwortet worden; und was der Schlüssel öffnet, wird damit verglichen.
open-attack = Angreifen
open-not-yet = Von { $name } ist noch keine Antwort da. Öffnen Sie die Mail, folgen Sie ihrem Link, antworten Sie, und kommen Sie zurück.
open-ordinary = Eine gewöhnliche Befragung
open-ordinary-says = Eine Datenbank der gewöhnlichen Art, eben für diese Seite angelegt: eine Tabelle mit Antworten ohne Namen, und neben jedem Namen der Zeitpunkt für alle, die geantwortet haben. Die Gruppe dieser Person hat dort nacheinander geantwortet, in der Reihenfolge, in der sie nach den Dateien hier geantwortet hat. Diese Person gab die Antwort, die Sie genannt haben; die der anderen sind erfunden, denn Candor kennt sie nicht. Dann las der Angriff die Datei, und mehr erfuhr er nicht.
open-mark = Hat das Häkchen
open-row = Zeile
open-answer = Antwort
open-ordinary-found = Gefunden: { $name } hat { $answer } geantwortet. Wer das dritte Häkchen bekam, schrieb die dritte Zeile.
open-ordinary-missed = Verfehlt: Der Angriff zeigt auf die Antwort { $answer }, und Sie sagten { $said }.
open-ordinary-read = { $bytes } Bytes wurden gelesen, von demselben Programm, das unten Candor angreift.
open-nothing-found = Nichts wurde gefunden.
open-here = Candor, ohne den Schlüssel
open-here-says = Dieselbe Gruppe, „{ $group }“, aus den Dateien dieser Vorführung, wie sie jetzt sind.
open-request = Was von der Anfrage bleibt
open-number = Zufallszahl
open-sealed = Versiegelte Antworten
open-here-order = Jede Seite steht in der Reihenfolge, in der sie nach den Bytes ihrer Dateien geschrieben wurde. Während eine Runde läuft, kann das die Reihenfolge des Eintreffens sein, und beide Seiten lassen sich nebeneinanderlegen; beim Schließen werden die Antworten in der Reihenfolge ihrer Zufallszahlen neu geschrieben.
open-attacks = Was derselbe Angriff hier findet, und andere
open-by-order = Über die Reihenfolge beider Seiten
open-by-order-points = Zeigt auf die versiegelten Antworten { $number }…, vielleicht zu Recht. Das sind { $length } Bytes, die sich ohne den Schlüssel der Runde nicht öffnen lassen.
open-by-order-nothing = Zeigt auf nichts.
open-by-value = Über einen Wert, der auf beiden Seiten steht
open-by-value-nothing = Keiner gefunden. { $values } Werte, die eine Seite über eine Person oder eine Antwort festhält, und die Quittungen wurden in allen Dateien der anderen gesucht: { $bytes } Bytes.
open-by-value-found = { $found } von { $values } Werten, die eine Seite über eine Person oder eine Antwort festhält, stehen auch in den Dateien der anderen ({ $bytes } Bytes wurden durchsucht). Sie halten Personen und versiegelte Antworten zusammen.
open-by-length = Über die Länge
open-by-length-one = Alle { $count } versiegelten Antworten der Runde sind gleich lang, { $length } Bytes. Ein langer Kommentar und ein leerer Bogen sehen gleich aus.
open-by-length-several = Die versiegelten Antworten sind verschieden lang, in Bytes: { $lengths }. Eine Länge kann auf eine Person zeigen.
open-by-length-none = Es gibt keine versiegelten Antworten.
open-by-log = Über das Protokoll des Programms
open-by-log-nothing = Nichts gefunden. { $values } Werte wurden gesucht in { $lines ->
    [one] der einen Zeile, die
   *[other] allen { $lines } Zeilen, die
} das Programm seit dem Start protokolliert hat, samt dem, was es sonst weglässt ({ $bytes } Bytes): was beide Seiten über Personen und Antworten festhalten, die Quittungen sowie Name und Adresse von { $name }.
open-by-log-found = { $found } von { $values } Werten stehen in dem, was das Programm protokolliert hat (Zeilen: { $lines }). Eine Zeile mit ihrer Zeit kann auf eine Person oder auf versiegelte Antworten zeigen.
open-by-log-none = Nicht durchsucht: Dieser Prozess behält kein Protokoll im Arbeitsspeicher.
open-by-mail = Über die Mails
open-by-mail-nothing = Keiner gefunden. { $values } Werte, die zu versiegelten Antworten gehören, darunter die Quittungen, wurden in den { $mails } Mails gesucht, die die Vorführung noch hat ({ $bytes } Bytes).
open-by-mail-found = { $found } von { $values } Werten, die zu versiegelten Antworten gehören, stehen in den { $mails } Mails, die die Vorführung noch hat. Eine Mail nennt, an wen sie ging.
open-by-link = Über den Code des persönlichen Links
open-by-link-nothing = Nicht gefunden: Er steht in den Mails an { $name } und weder in einer Datei der Datenbanken noch im Protokoll noch in einer anderen Mail ({ $bytes } Bytes).
open-by-link-found = Auch außerhalb der Mails an { $name } gefunden, in Datenbanken, Protokoll oder einer anderen Mail ({ $bytes } Bytes wurden durchsucht). Eine Stelle, an der er steht, kann die Person und etwas anderes zusammenhalten.
open-by-link-none = Nicht durchsucht: Keine Mail an diese Person enthält einen Link.
open-here-nothing = Was { $name } geantwortet hat, wurde nicht gefunden. Die Reihenfolge kann sagen, welche versiegelten Antworten es sein könnten, und diese Angriffe öffnen sie nicht.
open-here-found = Etwas wurde gefunden, das dort nicht stehen sollte, siehe oben: Es kann sagen, wessen versiegelte Antworten es sind. Was { $name } geantwortet hat, wurde ohne den Schlüssel nicht gefunden.
open-key = Mit dem Schlüssel der Runde
open-key-says = In dieser Vorführung, wie überall, wo niemand sonst einen Schlüssel oder eine Passphrase hat, bewahrt das Programm den Schlüssel auf: { $file }, bis zur Veröffentlichung, und vernichtet ihn dann. Dass es vor dem Schließen nichts öffnet, ist ein Versprechen, kein Beweis. Brechen Sie es.
open-key-use = Und nun mit dem Schlüssel
open-key-opened = { $opened } von { $all } versiegelten Antworten der Runde wurden geöffnet. Die dieser Gruppe, neben den Namen, wie die Reihenfolge sie hat:
open-key-all = Alle Antworten
open-key-found = Gefunden: Die versiegelten Antworten { $number }…, auf die die Reihenfolge bei { $name } zeigt, sagen { $answer } zur ersten Aussage. Das haben Sie gesagt.
open-key-missed = Nicht gefunden: Die versiegelten Antworten { $number }…, auf die die Reihenfolge zeigt, sagen { $answer } zur ersten Aussage, und Sie sagten { $said }. Entweder haben Sie anders geantwortet, oder sie gehören jemand anderem.
open-key-unread = Nicht gefunden: Die versiegelten Antworten { $number }…, auf die die Reihenfolge zeigt, lassen sich nicht öffnen.
open-key-nowhere = Nicht gefunden: Die versiegelten Antworten der Gruppe ({ $count }) sind zu lesen, und nichts zeigt auf die von { $name }.
open-key-absent = Nichts wurde geöffnet: Auf dieser Platte liegt kein Schlüssel dieser Runde.
open-key-locked = Nichts wurde geöffnet: Der Schlüssel liegt unter einer Passphrase, und die liegt nicht auf dieser Platte.
open-key-unusable = Nichts wurde geöffnet: Die Datei des Schlüssels oder das Versprechen der Runde ist nicht lesbar.
open-key-alike = Von den versiegelten Antworten der Gruppe ({ $count }) sagen so viele { $answer } zur ersten Aussage: { $alike }. Ebenso oft passte es durch Zufall.
open-key-comment = Mit den Worten:
open-key-clear-nothing = Keine der geöffneten Antworten steht irgendwo unversiegelt: { $values } von ihnen wurden als die Bytes, die versiegelt wurden, in Datenbanken, Protokoll und Mails gesucht ({ $bytes } Bytes).
open-key-clear-found = { $found } von { $values } geöffneten Antworten stehen irgendwo unversiegelt, in Datenbanken, Protokoll oder Mails.
open-key-unknown = Was trotzdem unbekannt bleibt
open-key-inside = In den versiegelten Antworten steht nichts, was sagt, wessen sie sind: nur die Antworten, Kommentare, und wie weit oben sie zählen dürfen. Neben ihnen stehen die Gruppe, eine Zufallszahl und der Beweis, dass jemand aus der Gruppe antworten darf.
open-key-order = Die Namen in der Tabelle kommen aus der Reihenfolge; wo aus einer Gruppe erst eine Person geantwortet hat, sagt es schon die Gruppe. Antworten, die zusammen eintreffen, werden in der Reihenfolge ihrer Zufallszahlen geschrieben, zwischen ihnen sagt die Reihenfolge also nichts; und nach dem Schließen ist sie aus den Dateien verschwunden, aus früher gemachten Kopien aber nicht.
open-key-against = Was dagegen steht: eine Passphrase, die jemand anderes hat, oder ein Schlüsselhalter außerhalb, der dem Betreiber keinen Schlüssel lässt; und keine Kopien der Platten, während Menschen antworten. Das Versprechen sagt, was davon in einer Runde gilt.
open-blank = keine Antwort
open-cannot-say = kann ich nicht sagen
open-disk = Was dort liegt, wie es dasteht
open-disk-says = Tabellen mit einigen ihrer Zeilen, die von { $name } zuerst; lange Werte sind gekürzt. Einige Tabellen, etwa die der Sitzungen und der hochgeladenen Dateien, sind hier weggelassen, doch die Suchen oben lesen die ganzen Dateien.
open-disk-people = Die Seite der Menschen
open-disk-answers = Die Seite der Antworten
open-disk-side = { $tables } Tabellen, { $rows } Zeilen, { $bytes } Bytes
open-disk-bytes = { $bytes } Bytes
open-disk-rows = { $rows ->
    [one] { $rows } Zeile
   *[other] { $rows } Zeilen
}
open-disk-empty = Ohne eine Zeile:
open-disk-log = Das Protokoll des Programms: { $lines ->
    [one] { $lines } Zeile
   *[other] { $lines } Zeilen
}
open-disk-log-says = Die neuesten { $shown }. Keine der Datenbanken hält den Zeitpunkt einer Antwort fest, also gibt es hier keinen nachzuschlagen.
open-disk-mails = Die Mails an { $name }: { $mails }
open-left = Was es sonst noch fände
open-left-connections = Eine Aufzeichnung der Verbindungen. Ein Proxy oder ein Netz, das festhält, wer sich wann verbindet, weiß, welche versiegelten Antworten von welchem Gerät kamen; mit dem Schlüssel auch, was darin steht.
open-left-page = Eine veränderte Seite. Ein Betreiber, der einer Person ein anderes Programm gibt, erfährt, was diese Person eingibt. Die Prüfsumme des Programms steht im Versprechen, damit andere es bemerken können.
open-left-who = Dass jemand überhaupt geantwortet hat: Das sagt das Häkchen dem, der die Datenbank liest, wie diese Seite es tut. Keine Seite des Produkts zeigt es.
open-foot = Diese Seite gibt es nur in der Vorführung. Das Produkt zeigt nie, wer geantwortet hat.

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
moment = { $weekday }, { $day }. { $month } { $year }, { $time } { $zone }
day = { $day }. { $month } { $year }
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
demo-who = Wer wer ist in dieser Vorführung
demo-passwords = Die Passwörter stehen dort, wo die Vorführung gestartet wurde.
demo-hr = Personalabteilung: die Organisation, alle Gruppen, die laufende Runde
demo-partner = Personalabteilung für einen Bereich, Sales: dessen Ergebnisse und keine anderen
demo-changed = eine Führungskraft, deren Team sich deutlich verändert hat
demo-together = die Führungskraft eines Teams, das mit einem anderen zusammen gezeigt wird
demo-top = eine Führungskraft, deren Team im obersten Band liegt und einen neuen Namen hat
demo-new = die Führungskraft eines neuen Teams: kein Vergleich
demo-unit = die Leitung eines Bereichs mit dessen Zwischensumme
demo-key-holder = hat die Passphrase von Runden, die eine haben: liest Kalender und Versprechensprotokoll und kein Ergebnis
demo-admin = führt die Konten und liest kein Ergebnis

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
problem-round-refused = Das wurde nicht getan
problem-result-unsound = Dieses Ergebnis kann nicht gezeigt werden
problem-unavailable = Die Datenbank ist nicht erreichbar
problem-not-ready = Nicht bereit
problem-internal = Etwas ist schiefgegangen
problem-back = Zurück zum Anfang

## what went wrong: what happened and what to do
detail-not-found = Die Adresse stimmt nicht, oder die Seite ist nicht für Ihr Konto.
detail-not-allowed = Diese Seite ist für eine andere Art von Konto. Wenn Sie auch ein solches haben, gehen Sie zurück zum Anfang, melden Sie sich dort ab und mit jenem Konto wieder an.
detail-method = Diese Adresse kennt die Methode nicht.
detail-method-takes = Diese Adresse nimmt nur { $methods } an.
detail-internal = Es wurde nichts geändert. Wenn es wieder vorkommt, nennen Sie Ihrer Administration das Kennzeichen { $reference }.
detail-unavailable = Es wurde nichts geändert. Bitte versuchen Sie es in einigen Sekunden noch einmal. Wenn es so bleibt, nennen Sie Ihrer Administration das Kennzeichen { $reference }.
detail-result-unsound = { $why } Ein Ergebnis wird nur gezeigt, wenn es das veröffentlichte ist; eine Kopie der Datenbanken aus der Zeit nach der Veröffentlichung enthält es noch. Bitte melden Sie das Ihrer Administration, mit dem Kennzeichen { $reference }.
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
refused-wrong-passphrase = Es wurde nichts geändert. Die Passphrase ist falsch, oder die Schlüsseldatei wurde verändert.
refused-no-key-holder = Es wurde nichts geändert. In Runde { $round } verwahrt der Betreiber den Schlüssel, also zeichnet niemand ihr Versprechensblatt gegen.
refused-countersignature-needed = Es ist noch niemand eingeladen. Runde { $round } wartet auf die Gegenzeichnung dessen, der ihren Schlüssel verwahrt.
refused-countersignature-unreadable = Es wurde nichts geändert. Das ist keine Gegenzeichnung: Wählen Sie die Datei, deren Name auf .countersignature.json endet.
refused-countersignature-other-sheet = Es wurde nichts geändert, und niemand ist eingeladen. Die Gegenzeichnung gilt einem anderen Versprechensblatt, oder sie wurde unterwegs verändert: Lassen Sie das Blatt dieser Runde lesen und gegenzeichnen.
refused-countersignature-other-key = Es wurde nichts geändert, und niemand ist eingeladen. Die Gegenzeichnung wurde nicht mit dem Schlüssel gegeben, der auf dem Versprechensblatt dieser Runde steht.
refused-countersignature-again = Es wurde nichts geändert. Runde { $round } ist schon gegengezeichnet, und nicht mit dieser Datei.
refused-countersignature-late = Es wurde nichts geändert, und niemand ist eingeladen. Die Befragung würde am { $moment } enden, in weniger als einer Stunde, und die Termine eines gelesenen und gegengezeichneten Blattes ändern sich nicht mehr: Beenden Sie Runde { $round }, und entwerfen Sie eine neue mit einem neuen Schlüssel.
refused-text = Es wurde nichts geändert. Schreiben Sie 10 bis 1000 Zeichen; alle lesen es.
refused-reason = Es wurde nichts geändert. Nennen Sie den Grund in einem Satz von 5 bis 300 Zeichen in einer Zeile; alle Eingeladenen lesen ihn.
refused-key-here = Es wurde nichts geändert. In dieser Runde hält das Programm selbst den Schlüssel; nichts wird ausgehändigt oder entgegengenommen.
refused-signed-here = In Runde { $round } hatte der Betreiber den Schlüssel, also hat niemand außerhalb ihr Ergebnis unterschrieben.
refused-signed-other = Das ist nicht das unterschriebene Ergebnis von Runde { $round }, das veröffentlicht wurde. Wählen Sie die Datei, deren Name auf .result.json endet, wie das Programm zur Schlüsselverwahrung sie geschrieben hat.
refused-too-late = Es wurde nichts geändert. Der { $moment } war der letzte Termin, der allen versprochen war: Diese Runde endet ohne Ergebnis.
refused-result-needed = Es wurde nichts geändert. Der Schlüssel dieser Runde liegt außerhalb, deshalb kann hier niemand die Antworten öffnen: Händigen Sie die versiegelten Antworten aus, und nehmen Sie das unterschriebene Ergebnis entgegen.
refused-result-unreadable = Es wurde nichts geändert. Das ist kein unterschriebenes Ergebnis, oder es kam unvollständig an: Sein Name endet auf .result.json.
refused-result-format = Es wurde nichts geändert. Das unterschriebene Ergebnis hat die Form „{ $found }“, die diese Version von Candor nicht liest.
refused-result-elsewhere = Es wurde nichts geändert. Das unterschriebene Ergebnis gehört zu einer anderen Runde, einem anderen Versprechensblatt oder einer anderen Liste der gezählten Antworten.
refused-result-signature = Es wurde nichts geändert. Die Unterschrift ist nicht die der Schlüsselverwahrung unter diesem Ergebnis aus diesen gezählten Antworten: Die Datei wurde verändert oder mit einem anderen Schlüssel unterschrieben.
refused-result-form = Es wurde nichts geändert. Das Ergebnis ist nicht so geschrieben, wie Candor eines schreibt; darin könnte etwas verborgen sein.
refused-result-rule = Es wurde nichts geändert. Dieses Ergebnis kann nicht veröffentlicht werden: { $why }.
refused-result-another = Es wurde nichts geändert. Für diese Runde wurde schon ein anderes Ergebnis abgegeben. Dieselben Antworten ergeben ein Ergebnis: Fragen Sie die Schlüsselverwahrung, warum es zwei gibt.
refused-no-such-comment = Es wurde nichts geändert. Runde { $round } zeigt keinen solchen Kommentar; vielleicht hat ihn schon jemand ausgeblendet.
refused-no-notices = Es wurde nichts geändert. Runde { $round } wurde mit einer früheren Version gestartet; neben ihr Ergebnis kann nichts gestellt werden.
refused-abort-decided = Es wurde nichts geändert. Runde { $round } wird gerade ohne Ergebnis beendet; etwas anderes ist nicht mehr möglich.
refused-extended-before = Es wurde nichts geändert. Das Ende der Runde { $round } wurde schon um { $days ->
    [one] einen Tag
   *[other] { $days } Tage
  } verschoben; das geht nur einmal.
refused-groups-by-hand = Die von Hand festgelegten Gruppen passen nicht zur heutigen Personalliste: { $why } Kehren Sie zum Vorschlag zurück, oder ändern Sie die Gruppen noch einmal.
refused-unsound = Das Ergebnis der Runde { $round } kann nicht gezeigt werden: { $why }.
unsound-cut-off = Das Ergebnis ist abgeschnitten: { $bytes ->
    [one] Ein Byte ist da
   *[other] { $bytes } Byte sind da
  }, der Rest fehlt
unsound-edited = Das Ergebnis ist nicht das veröffentlichte: Sein Fingerabdruck ist { $found }, bei der Veröffentlichung war er { $published }. Jemand hat es verändert, oder die Festplatte hat es beschädigt
unsound-not-signed = Das Ergebnis wurde nicht mit dem Schlüssel dieser Runde unterschrieben: Jemand hat es und den Fingerabdruck daneben verändert
unsound-not-vouched = Die Schlüsselverwahrung hat es nicht unterschrieben, oder etwas trägt die Unterschrift einer Schlüsselverwahrung, die diese Runde nicht hat
unsound-other-counts = Es zählt andere Antworten als die Liste der gezählten Antworten
unsound-format = Das Ergebnis ist im Format „{ $found }“ geschrieben, das diese Version von Candor nicht liest; eine neuere Version schrieb es, lesen Sie es mit dieser
unsound-other-round = Was hier liegt, gehört zu Runde { $found }
unsound-unreadable = Das Ergebnis ist nicht lesbar
unsound-sheet = Sein Versprechensblatt ist nicht lesbar oder nicht das festgeschriebene
unsound-questionnaire = Sein Fragebogen ist nicht lesbar oder nicht der, der beantwortet wurde
unsound-groups = Seine Liste der Gruppen ist nicht lesbar oder nicht die des Versprechensblatts
unsound-notice = Eine Berichtigung oder ein ausgeblendeter Kommentar daneben wurde nach der Unterschrift verändert
unsound-rule = Es bricht eine Regel, die Menschen schützt
refused-state = Es wurde nichts geändert. Runde { $round } lässt das in ihrem jetzigen Stand nicht zu: { $state }. Vielleicht hat jemand anders oder das Programm selbst einen Schritt getan, seit Sie die Seite geöffnet haben.
refused-ending = Es wurde nichts geändert. Runde { $round } wird ohne Ergebnis beendet ({ $reason }); etwas anderes ist nicht mehr möglich.
refused-not-due = Es wurde nichts geändert. Das ist nicht vor dem { $moment } fällig. Die Termine wurden mit dem Start festgeschrieben; niemand kann sie vorziehen.
refused-extension-undeclared = Es wurde nichts geändert. Diese Runde kann nicht verlängert werden: Im Entwurf war das nicht vorgesehen, und so wurde niemandem gesagt, dass sie länger dauern kann.
refused-extension-again = Es wurde nichts geändert. Diese Runde wurde schon um { $days ->
    [one] einen Tag
   *[other] { $days } Tage
  } verlängert, und das geht einmal: Sie nimmt Antworten an bis { $moment }.
refused-extension-long = Es wurde nichts geändert. Diese Runde kann um mindestens einen ganzen Tag und höchstens { $most ->
    [one] einen
   *[other] { $most } Tage
  } verlängert werden, wie auf ihrem Versprechensblatt steht.
refused-extension-days = Es wurde nichts geändert. Sagen Sie, um wie viele ganze Tage.
refused-extension-due = Es wurde nichts geändert. Das Ende dieser Runde ist seit { $moment } fällig: Was angekündigt war, ist eingetreten.
refused-objections = Es wurde nichts geöffnet: { $count ->
    [one] Ein Einspruch ist
   *[other] { $count } Einsprüche sind
  } ohne Antwort. Antworten Sie zuerst öffentlich.

## rounds
rounds-title = Runden
rounds-none = Es gibt noch keine Runde. Verschickt wird nichts, bevor Sie eine starten.
rounds-none-drafted = Es gibt noch keine Runde. Eine Runde steht hier, sobald die Personalabteilung sie entworfen hat.
rounds-first-draft = Gleich eine Runde entwerfen
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
round-days = Um wie viele Tage
round-days-until = { $days ->
    [one] ein Tag
   *[other] { $days } Tage
  }: bis { $moment }
round-reason = Grund, in einem Satz; alle Eingeladenen lesen ihn
round-reason-early = Grund, in einem Satz; er steht auf dieser Seite, für die Personalabteilung und die Schlüsselverwahrung
round-calendar = Kalender
round-about = Über diese Runde
round-mail = Mail
round-unreached = Wer nicht erreicht wurde
round-no-live = Warum es keine laufenden Ergebnisse gibt
round-no-live-why = Candor zeigt niemandem ein Ergebnis, bevor die Runde veröffentlicht ist: Ihnen nicht und den Führungskräften nicht. Solange geantwortet wird, zeigt Candor auch keine Anzahl: Wer Antworten eintreffen sieht, sieht, wer sie gegeben hat.
round-no-live-why-steps = Candor zeigt niemandem ein Ergebnis, bevor die Runde veröffentlicht ist: Ihnen nicht und den Führungskräften nicht. Wer Antworten eintreffen sieht, sieht, wer sie gegeben hat; darum gibt es nur Stufen und einen Blick am Tag.
round-participation = Wie viele teilnehmen
participation-few = Bei weniger als { $fewest } Eingeladenen zeigt Candor nicht, wie viele teilnehmen, solange geantwortet werden kann: Hinter einer Stufe stünden zu wenige. Die Summen sind nach dem Ende öffentlich.
participation-no-step = In dieser Runde zeigt Candor nicht, wie viele teilnehmen, solange geantwortet werden kann: Keine Stufe fasst genug Personen. Die Summen sind nach dem Ende öffentlich.
participation-none-yet = Das Programm hat noch nicht nachgesehen.
participation-below = Nachgesehen am { $moment }: Die erste Stufe, { $step } von je 100 Eingeladenen, zeigt sich noch nicht.
participation-at-least = Am { $moment } hatten mindestens { $share } von je 100 Eingeladenen auf Senden gedrückt.
participation-next = Der nächste Blick kommt am { $moment }. Bis dahin bleibt dies, wie es ist.
participation-last = Vor dem Ende kommt kein weiterer Blick.
participation-how = Das Programm sieht einmal am Tag nach, für die ganze Organisation und in Stufen von { $step } von 100. Eine Stufe zeigt sich verspätet: um einige Personen, die ausgelost werden, und nie, wenn seit dem Vortag nur wenige geantwortet haben. Über eine Person, ein Team oder eine Gruppe sagt das nichts; bitte fragen Sie nicht, wer geantwortet hat.
round-did-remind = Die Erinnerungen sind auf dem Weg. Sie gehen in zufälliger Reihenfolge in den nächsten 20 Minuten hinaus.
round-did-extend = Die Befragung endet nun später; der Kalender hat die neuen Termine. Niemand hat deshalb eine Mail bekommen. Links aus früheren Mails funktionieren, und die Befragungsseite und spätere Erinnerungen nennen den neuen Termin.
round-did-end-answering = Es beginnen keine neuen Antworten. Begonnene können noch eintreffen, bis der Kasten geschlossen ist.
round-did-close = Der Kasten ist geschlossen. Die Liste der gezählten Antworten ist öffentlich.
round-did-answer = Ihre Antwort ist öffentlich. Die Öffnung wartet nicht länger.
round-did-open = Die Antworten wurden im Arbeitsspeicher geöffnet, und alles passt zusammen. Candor hat niemandem eine Zahl gezeigt.
round-did-result = Das unterschriebene Ergebnis wurde geprüft und wird für die Veröffentlichung aufgehoben. Candor hat es niemandem gezeigt.
round-did-publish = Das Ergebnis ist veröffentlicht. Der Schlüssel und die versiegelten Antworten sind vernichtet.
round-did-publish-outside = Das Ergebnis ist veröffentlicht. Die versiegelten Antworten hier sind vernichtet; die Schlüsselverwahrung vernichtet den Schlüssel.
round-did-abort = Die Runde ist ohne Ergebnis beendet. Alle werden per Mail benachrichtigt.
round-did-abort-early = Die Runde ist beendet, bevor jemand eingeladen war. Niemand bekommt eine Mail.

## where a round stands: a label for a table, and what it means
state-draft = in Vorbereitung
state-draft-means = Diese Runde ist ein Entwurf: Nichts wurde verschickt, alles lässt sich noch ändern.
state-launching = wird gestartet
state-launching-means = Der Start wurde unterbrochen. Personalliste und Gruppen sind festgeschrieben, eingeladen ist noch niemand.
state-unsigned = wartet auf die Gegenzeichnung
state-unsigned-means = Personalliste, Gruppen und Termine sind festgeschrieben. Niemand ist eingeladen, und kein Link funktioniert, bevor { $holder } das Versprechensblatt gelesen und gegengezeichnet hat.
state-unsigned-late-means = { $holder } hat das Versprechensblatt nicht rechtzeitig gegengezeichnet; deshalb wurde niemand eingeladen. Die Termine darauf können sich nicht mehr ändern.
state-running = Antworten sind möglich
state-running-means = Alle sind eingeladen, und es kann geantwortet werden. Wie viele geantwortet haben, wird niemandem gezeigt.
state-running-followed-means = Alle sind eingeladen, und es kann geantwortet werden. Wer geantwortet hat, wird niemandem gezeigt; wie viele teilnehmen, steht auf der Seite der Runde, so weit es das Versprechensblatt sagt.
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
state-closed-outside-means = Der Kasten ist geschlossen. Alle können nachsehen, ob ihre Antwort auf der Liste der gezählten Antworten steht, und Einspruch erheben. { $holder } hält den Schlüssel; Candor kann keine Antwort öffnen.
state-waits-for-holder = geschlossen, wartet auf die Schlüsselverwahrung
state-waits-for-holder-means = Der Kasten ist geschlossen, und die Zeit für Einsprüche ist vorüber. { $holder } hält den Schlüssel und öffnet die Antworten auf einem eigenen Rechner; Candor kann keine öffnen.
state-opened = geprüft, noch nicht veröffentlicht
state-opened-means = Die Antworten wurden einmal im Arbeitsspeicher geöffnet, und alles passt zusammen. Candor hat das Ergebnis niemandem gezeigt; nur sein Fingerabdruck wurde aufgehoben.
state-opened-outside-means = { $holder } hat die Antworten geöffnet und das unterschriebene Ergebnis abgegeben; es wurde geprüft. Candor zeigt es niemandem; bis zur Veröffentlichung liegt es in der Datenbank, und wer die Datenbank verwaltet, könnte nachsehen.
state-published = veröffentlicht
state-published-means = Das Ergebnis ist veröffentlicht. Der Schlüssel und die versiegelten Antworten wurden vernichtet; niemand kann sie mehr öffnen.
state-published-outside-means = Das Ergebnis ist veröffentlicht, wie { $holder } es unterschrieben hat. Die versiegelten Antworten hier wurden vernichtet; der Schlüssel war nie hier, und { $holder } vernichtet ihn.
state-published-few-means = Zu wenige haben geantwortet, deshalb hat diese Runde kein Ergebnis. Der Schlüssel und die versiegelten Antworten wurden vernichtet; niemand kann sie mehr öffnen.
state-published-few-outside-means = Zu wenige haben geantwortet, deshalb hat diese Runde kein Ergebnis, wie { $holder } es unterschrieben hat. Die versiegelten Antworten hier wurden vernichtet; der Schlüssel war nie hier, und { $holder } vernichtet ihn.
state-aborted = ohne Ergebnis beendet
state-aborted-means = Diese Runde ist ohne Ergebnis beendet. Die Antworten wurden vernichtet, und alle Eingeladenen werden benachrichtigt; Candor hat niemandem ein Ergebnis gezeigt. Verläufe zeigen die Lücke.
state-aborted-early-means = Diese Runde endete, bevor jemand eingeladen war. Niemand bekam eine Mail, und niemand konnte antworten.
state-aborted-outside-means = Diese Runde endete ohne Ergebnis. Die versiegelten Antworten hier wurden vernichtet, und alle Eingeladenen erfahren es; Candor hat niemandem ein Ergebnis gezeigt. Der Schlüssel war nie hier, und { $holder } vernichtet ihn. Verläufe zeigen die Lücke.
state-ending = wird ohne Ergebnis beendet
state-ending-means = Es ist entschieden, diese Runde ohne Ergebnis zu beenden. Die Antworten werden vernichtet; Candor hat niemandem ein Ergebnis gezeigt.

## what comes next in a round
next-launch = Sehen Sie den Entwurf durch, und starten Sie die Runde, wenn alles stimmt
next-launch-again = Es geht von selbst weiter
next-countersign = Die Gegenzeichnung von { $holder }
next-unsigned-late = Beenden Sie sie, und entwerfen Sie eine neue Runde mit einem neuen Schlüssel
next-closes = Die Befragung endet, wenn die Personalabteilung es entscheidet
next-closes-on = Die Befragung endet am { $moment }
next-closes-extended = Die Befragung wurde verlängert und endet am { $moment }
next-shuts = Der Kasten wird geschlossen, wenn die Personalabteilung es entscheidet
next-shuts-on = Der Kasten wird geschlossen am { $moment }
next-answer = Eine Antwort auf die Einsprüche
next-answer-by = Eine Antwort auf die Einsprüche; ohne sie endet die Runde ohne Ergebnis am { $moment }
next-answer-from = Ab { $from } eine Antwort auf die Einsprüche; ohne sie endet die Runde ohne Ergebnis am { $moment }
next-opens = Die Antworten werden geöffnet und geprüft, wenn die Personalabteilung es entscheidet
next-opens-on = Die Antworten werden geöffnet und geprüft am { $moment }
next-bundle-on = Die versiegelten Antworten können { $holder } ausgehändigt werden am { $moment }
next-result = Das unterschriebene Ergebnis von { $holder }
next-result-by = Das unterschriebene Ergebnis von { $holder }; ohne es endet die Runde ohne Ergebnis am { $moment }
next-publishes = Das Ergebnis wird veröffentlicht, wenn die Personalabteilung es entscheidet
next-publishes-on = Das Ergebnis wird veröffentlicht am { $moment }
next-talk = In den Teams darüber sprechen
next-nothing = Es kommt nichts mehr
next-told = Alle werden per Mail benachrichtigt

## the calendar of a round
date-by-command = wenn die Personalabteilung es entscheidet
date-opens = Einladungen gehen hinaus, es kann geantwortet werden
date-closes = Die Befragung endet
date-closes-extended = Die Befragung endet, nachdem sie verlängert wurde
date-shuts = Der Kasten wird geschlossen; die Liste der gezählten Antworten ist öffentlich
date-opened = Die Zeit für Einsprüche endet; die Antworten werden geöffnet und geprüft, niemand sieht eine Zahl
date-opened-outside = Die Einspruchsfrist endet; { $holder } kann die Antworten öffnen
date-result-outside = Das unterschriebene Ergebnis von { $holder } kam und wurde geprüft
date-published = Das Ergebnis wird veröffentlicht; Schlüssel und Antworten werden vernichtet
date-published-outside = Das Ergebnis wird veröffentlicht; die versiegelten Antworten hier werden vernichtet
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
fact-extension = Verlängerung
fact-extension-declared = einmal, um bis zu { $days ->
    [one] einen Tag
   *[other] { $days } Tage
  }, solange geantwortet werden kann
fact-extension-done = um { $days ->
    [one] einen Tag
   *[other] { $days } Tage
  } verlängert; zuerst angekündigt war das Ende am { $moment }
fact-key = Schlüssel zu den Antworten
key-will-be-locked = wird mit einer Passphrase verschlossen; ein Mensch muss öffnen
key-will-lie-here = wird auf diesem Server liegen; das Programm öffnet von selbst
key-destroyed = vernichtet
key-lost = mit seinem Ordner verloren, sodass niemand sagen kann, dass er vernichtet ist
key-locked = mit einer Passphrase verschlossen; ein Mensch muss öffnen
key-lies-here = liegt auf diesem Server; wer ihn verwaltet, könnte vor der Veröffentlichung nachsehen
key-will-be-outside = wird von { $holder } verwahrt, nicht hier. Fingerabdruck in Wörtern: { $words }
key-outside = wird von { $holder } verwahrt, nicht hier. Fingerabdruck in Wörtern: { $words }
key-outside-ended = wurde von { $holder } verwahrt, nie hier
fact-abort-reason = Grund für das Ende
fact-check-words = Prüfwörter
fact-counted = Gezählte Antworten
fact-counted-of = { $counted } von { $invited } Eingeladenen
fact-begun = Begonnen und nicht gesendet
fact-objections = Einsprüche
fact-objections-answer = Antwort auf die Einsprüche

## what can be done with a round: the button, and what it does
action-remind = Alle erinnern, die nicht geantwortet haben
action-remind-does = Schickt eine Mail an alle, die nicht geantwortet haben und nicht in Ruhe gelassen werden wollten. Candor zeigt nie, wer das ist; wer die Datenbank oder den Mailserver verwaltet, könnte nachsehen.
action-extend = Die Runde verlängern
action-extend-does = Die Befragung endet am { $moment }. Ihr Ende kann einmal um bis zu { $days ->
    [one] einen Tag
   *[other] { $days } Tage
  } verschoben werden, wie allen gesagt wurde. Kasten, Einspruchszeit und Ergebnis kommen dann um ebenso viel später. Niemand bekommt deshalb eine Mail; Links aus früheren Mails funktionieren, und die Befragungsseite und spätere Erinnerungen nennen den neuen Termin. Geplante Erinnerungen bleiben, wo sie sind. Das lässt sich weder wiederholen noch verkürzen.
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
action-publish-outside-does = Alle, die das Versprechensblatt nennt, können das Ergebnis lesen. Die versiegelten Antworten hier werden endgültig vernichtet; { $holder } vernichtet den Schlüssel.
action-abort = Die Runde ohne Ergebnis beenden
action-abort-does = Die Antworten werden vernichtet, ohne dass Candor jemandem eine gezeigt hat, und alle erfahren es mit Ihrer Begründung. Das lässt sich nicht zurücknehmen.
action-abort-early-does = Noch ist niemand eingeladen, also bekommt niemand eine Mail. Was vorbereitet war, wird vernichtet, und der Name der Runde lässt sich nicht wieder verwenden. Das lässt sich nicht zurücknehmen.
action-abort-outside-does = Die versiegelten Antworten hier und, wenn eines kam, das Ergebnis werden vernichtet, und alle erfahren es mit Ihrer Begründung. { $holder } vernichtet dann den Schlüssel. Das lässt sich nicht zurücknehmen.

## was zu einer Schlüsselverwahrung außerhalb geht und von dort zurückkommt
outside-title = Die Schlüsselverwahrung öffnet die Antworten
outside-step-bundle = Laden Sie die versiegelten Antworten herunter, etwa { $megabytes } MB, und händigen Sie die Datei aus an: { $holder }. Ohne den Schlüssel öffnet sie nichts. Jedes Herunterladen steht im Versprechensprotokoll. Löschen Sie Ihre Kopie, sobald das Ergebnis veröffentlicht ist.
outside-step-list = Die Liste der gezählten Antworten holt sich { $holder } von der Befragungsseite, nicht von Ihnen: { $address }
outside-step-result = Von { $holder } kommt eine Datei zurück, deren Name auf .result.json endet. Sie wird geprüft und bis zur Veröffentlichung aufgehoben; vorher sieht sie niemand.
outside-again = Die Datenbank wurde aus einer Kopie zurückgespielt, und keine Kopie enthält ein Ergebnis, das noch niemand lesen darf. Geben Sie das unterschriebene Ergebnis noch einmal ab.
outside-download = Die versiegelten Antworten herunterladen
outside-file = Unterschriebenes Ergebnis
outside-upload = Das Ergebnis prüfen und entgegennehmen
outside-file-unreadable = Es wurde nichts geändert. Die Datei kam nicht vollständig an. Bitte wählen Sie sie noch einmal.
outside-file-larger = Es wurde nichts geändert. Die Datei hat mehr als { $megabytes } MB, so viel hat kein Ergebnis dieser Runde. Wählen Sie die Datei, deren Name auf .result.json endet.
outside-file-too-large = Es wurde nichts geändert. Die Datei hat mehr als { $megabytes } MB. Auf dem Server wird sie in jeder Größe entgegengenommen: candor wave result
outside-checked-title = Was geprüft wurde
outside-checked-signature = Die Unterschrift ist die von { $holder }, mit dem Schlüssel, der auf dem Versprechensblatt steht, unter diesem Ergebnis und dieser Liste der gezählten Antworten.
outside-checked-list = Die Liste ist die, die alle lesen können: { $counted } Antworten von { $invited } Menschen.
outside-checked-rules = Das Ergebnis hält jede Regel ein, die Menschen schützt. Die Seiten für seine Leser prüfen all das noch einmal.
outside-checked-elsewhere = Ob es das ist, was die Antworten ergeben, kann nur { $holder } prüfen, denn dazu braucht es den Schlüssel.

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
  }, davon { $without } noch ohne Karte (auf dem Server: candor cards)
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
round-mail-frozen = Diese Liste endet mit der Runde. Sobald niemand mehr antworten kann, berichtigen Sie eine Adresse in der Personalliste, dann stimmt sie für die nächste Runde.
round-mail-not-listed = Was hier nicht steht
round-mail-reminders = Was aus Erinnerungen geworden ist. Sie gehen nur an Personen, die nicht geantwortet haben; eine zurückgekommene Erinnerung würde das verraten. Sobald Erinnerungen verschickt sind, steht hier auch keine zurückgekommene Mail mehr, die nicht sagt, welche sie war.

## results
report-organisation = Organisation, { $round }
report-team = Ihr Team, { $round }
report-table = Diese Zahlen als Tabelle (CSV)
nothing-organisation = Noch kein Ergebnis
nothing-organisation-why = Hier steht das Ergebnis der Organisation, sobald eine Runde veröffentlicht ist. Bis dahin sieht es niemand.
nothing-team = Hier gibt es nichts zu lesen
nothing-team-none = Es gibt noch kein Ergebnis eines Teams von Ihnen. Es steht hier, sobald eine Runde veröffentlicht ist, in der Sie ein Team geführt haben.
nothing-team-led = Als diese Runde gestartet wurde, haben Sie darin kein Team geführt; von ihrem Ergebnis ist deshalb nichts für Sie bestimmt.
nothing-team-wrong = Wenn hier etwas nicht stimmt, sagen Sie es der Personalabteilung: Wer welches Team führt, steht in der Personalliste.
nothing-too-few = In dieser Runde haben zu wenige geantwortet, deshalb hat sie kein Ergebnis: Antworten werden nie von weniger Personen gezeigt, als das Versprechensblatt sagt.

## files to take along
take-heading = Zum Herunterladen
take-same = Jede Datei sagt, was Sie von dieser Runde lesen, und sagt dasselbe, wann immer sie noch einmal erstellt wird. Wem Sie sie geben, der kann sie lesen wie Sie.
take-pdf = Das Ergebnis als Dokument zum Drucken oder Weitergeben (PDF)
take-notice = Eine Seite für das schwarze Brett, mit Platz für das, was folgt (PDF)
take-workbook = Diese Zahlen als Arbeitsmappe (XLSX)
take-programs = Diese Zahlen für Programme (JSON)
take-charts = Einzelne Diagramme als Bilder (PNG)
take-comments = Was Menschen geschrieben haben, steht in keiner dieser Dateien, damit ein Kommentar, der jemanden nennt, noch ausgeblendet werden kann.

## hiding a comment
hide-title = Einen Kommentar ausblenden
hide-back = Zurück zum Ergebnis
hide-ask = Diesen Kommentar ausblenden?
hide-only-if = Blenden Sie ihn nur aus, wenn er eine Person nennt oder so beschreibt, dass alle wissen, wer gemeint ist. Ein Kommentar, der bloß unwillkommen ist, bleibt stehen.
hide-everywhere = Von nun an zeigt ihn keine Seite: Ihre nicht und die einer Führungskraft nicht. Wenn mehrere Personen genau diesen Text auf dieselbe Frage geschrieben haben, verschwinden alle zusammen.
hide-told = An seiner Stelle erfahren alle, die diese Kommentare lesen, wie viele die Personalabteilung ausgeblendet hat, dass nur das Nennen einer Person ein Grund dafür sein darf und dass niemand sonst das prüft.
hide-recorded = Das Ausblenden wird als nummerierte, unterschriebene Anmerkung neben dem Ergebnis festgehalten. Es lässt sich nicht zurücknehmen.
hide-unchanged = Das veröffentlichte Ergebnis selbst wird nie geändert: Der Text bleibt darin. Candor zeigt dieses Dokument niemandem, aber wer die Datenbank verwaltet, kann es lesen.
hide-who = Das Ausblenden verrät weder Ihnen noch sonst jemandem, wer ihn geschrieben hat.
hide-button = Diesen Kommentar ausblenden: Er nennt eine Person

## the mails that the demo catches
mails-title = Abgefangene Mails
mails-lead = Diese Seite gibt es nur in der Vorführung: Sie fängt jede Mail ab, statt sie zu verschicken. Öffnen Sie eine, folgen Sie ihrem Link und antworten Sie als diese Person.
mails-sign-in = Als Personalabteilung oder als Führungskraft anmelden
mails-laid-open = Seien Sie der Betreiber: Versuchen Sie herauszufinden, was jemand geantwortet hat
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
sign-in-ended = Sie sind abgemeldet: Eine Anmeldung gilt höchstens zwölf Stunden und endet früher, wenn sie anderswo beendet wird. Wenn Sie gerade ein Formular abgeschickt haben, wurde nichts daraus übernommen.
sign-in-did-password = Ihr Passwort ist gesetzt. Melden Sie sich damit an.
detail-former-leader = Nach der heutigen Personalliste führen Sie kein Team, deshalb ist kein Ergebnis mehr für Sie bestimmt. Falls Sie doch eines führen, sagen Sie es der Personalabteilung: In der Personalliste steht, wer welches Team führt.
detail-second-factor-needed = Konten Ihrer Art brauchen einen zweiten Faktor. Richten Sie ihn auf der Seite Ihres Kontos ein, dann geht es weiter.
detail-link-gone = Ein Link setzt ein Passwort einmal, innerhalb von 72 Stunden. Dieser wurde benutzt, ist abgelaufen oder durch einen neueren ersetzt. Bitten Sie die Verwaltung der Konten um einen neuen.
problem-account-refused = Das wurde nicht getan
problem-second-factor-needed = Bitte richten Sie Ihren zweiten Faktor ein
problem-not-yet = Das öffnet sich später
detail-groups-later = Die Personalabteilung liest die Ergebnisse der Gruppen dieser Runde ab { $at }, wie es in ihrem Versprechensblatt steht: Deren Führungskräfte lesen sie zuerst. Das Ergebnis der Organisation wartet nicht.
problem-link-gone = Dieser Link gilt nicht mehr
role-admin = Verwaltung der Konten
role-hr = Personalabteilung
role-partner = Personalabteilung für einen Bereich
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
account-may-partner = Sie lesen die Ergebnisse, die ganz in Ihrem Bereich liegen, und dessen Zwischensumme. Eine Gruppe, die mit Gruppen außerhalb des Bereichs zusammen gezeigt wird, lesen die Personalabteilung und ihre Führungskräfte.
account-may-leader = Sie lesen von jeder Runde die Gruppen mit einem Team, das Sie bei ihrem Start geführt haben. Ein übernommenes Team lesen Sie ab der nächsten gestarteten Runde; der Verlauf seiner Gruppe reicht dann zurück, was über die Führung gesagt wird, nicht.
account-may-former-leader = Nach der heutigen Personalliste führen Sie kein Team, deshalb ist kein Ergebnis mehr für Sie bestimmt.
account-may-key-holder = Sie sehen den Kalender der Runden, beantworten Einsprüche und öffnen und veröffentlichen Runden, deren Schlüssel eine Passphrase hat. Ergebnisse lesen Sie keine.
account-password-title = Neues Passwort
account-current = Bisheriges Passwort
account-wrong-password = Das ist nicht das Passwort dieses Kontos. Es wurde nichts geändert.
account-password-ends = In allen anderen Browsern werden Sie abgemeldet.
account-password-button = Passwort ändern
account-did-password = Ihr Passwort ist geändert, und überall sonst sind Sie abgemeldet.
account-out-title = Überall abmelden
account-out-explains = Beendet alle Ihre Sitzungen, auch die in diesem Browser.
account-out-button = Überall abmelden
password-rule = Mindestens { $shortest } Zeichen. Ein Satz aus ein paar Wörtern, die nicht zusammengehören, ist leicht zu merken und schwer zu raten; Ziffern und Sonderzeichen braucht es nicht.
password-new = Neues Passwort
password-again = Neues Passwort noch einmal
password-not-the-same = Die beiden neuen Passwörter sind nicht gleich. Es wurde nichts geändert.
password-short = Das neue Passwort ist zu kurz. Es wurde nichts geändert.
password-long = Das neue Passwort ist zu lang. Es wurde nichts geändert.
password-guessed = Das neue Passwort ist kaum mehr als ein Wort, das als Erstes geraten wird. Es wurde nichts geändert.
password-named = Das neue Passwort ist kaum mehr als ein Name: der des Kontos oder der Organisation. Es wurde nichts geändert.
password-monotonous = Das neue Passwort wiederholt sich oder ist eine Reihe von Nachbarn. Es wurde nichts geändert.
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
factor-wrong-code = Der Code stimmt nicht. Prüfen Sie die Uhr des Geräts, warten Sie auf den nächsten Code und versuchen Sie es noch einmal. Es wurde nichts geändert.
factor-is-there = Es gibt schon einen zweiten Faktor. Entfernen Sie ihn zuerst.
factor-is-missing = Es gibt noch keinen zweiten Faktor.
factor-codes-title = Neue Ersatzcodes
factor-codes-explains = Zehn neue Codes treten an die Stelle aller bisherigen.
factor-codes-button = Neue Codes erstellen
factor-remove-title = Den zweiten Faktor entfernen
factor-remove-explains = Danach öffnet Ihr Passwort allein das Konto.
factor-remove-button = Den zweiten Faktor entfernen
factor-did-remove = Der zweite Faktor ist entfernt.
codes-title = Ihre Ersatzcodes
codes-in-use = Ab jetzt gehört zum Anmelden ein Code.
codes-explains = Jeder dieser Codes ersetzt die App einmal, falls Sie das Gerät verlieren. Sie werden jetzt gezeigt und nie wieder: Drucken Sie sie aus oder schreiben Sie sie auf, und bewahren Sie sie nicht auf jenem Gerät auf.
codes-kept = Ich habe sie aufbewahrt
accounts-title = Konten
accounts-none = Es gibt noch kein Konto, das Sie verwalten können. Laden Sie zum Beispiel die Führungskräfte ein.
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
accounts-login-hint = Zum Beispiel die Mailadresse. Groß- und Kleinschreibung spielen keine Rolle.
accounts-person = Person der Personalliste, mit ihrer Nummer (nötig für Führungskräfte)
accounts-unit = Bereich, mit dem Namen des Teams an seiner Spitze (nötig für die Personalabteilung eines Bereichs)
accounts-invite-button = Einladen
accounts-login-taken = Ein Konto dieses Namens gibt es schon. Wählen Sie einen anderen. Es wurde nichts geändert.
accounts-bad-login = Ein Name zum Anmelden hat 2 bis 80 Zeichen und keine Leerzeichen. Es wurde nichts geändert.
accounts-no-role = Wählen Sie eine Rolle. Es wurde nichts geändert.
accounts-no-person = Die Personalliste hat keine Person mit dieser Nummer. Eine Führungskraft braucht eine. Es wurde nichts geändert.
accounts-no-unit = Die Personalliste hat kein Team dieses Namens. Die Personalabteilung für einen Bereich braucht das Team an dessen Spitze. Es wurde nichts geändert.
accounts-incomplete = Person oder Bereich passen nicht zur Rolle. Es wurde nichts geändert.
accounts-is-disabled = Das Konto ist gesperrt. Entsperren Sie es zuerst.
accounts-not-your-own = Was Ihr eigenes Konto betrifft, tun Sie auf dessen eigener Seite, oder jemand anders aus der Verwaltung.
accounts-link-title = Link für ein Passwort
accounts-link-again = Der Link der Einladung wurde einmal gezeigt. Ein neuer tritt an seine Stelle.
accounts-link-reset = Für jemanden, der das Passwort vergessen hat. Das alte gilt, bis der Link benutzt wird; dann enden alle Sitzungen. Der zweite Faktor bleibt.
accounts-link-button = Link erstellen
accounts-mail-it = Den Link an die Adresse schicken, die die Personalliste für diese Person hat. Sonst wird Ihnen der Link einmal gezeigt, und Sie übergeben ihn.
accounts-mail-explains = Oder schicken Sie einen Link an { $address }. Er wird erzeugt, wenn die Mail hinausgeht; hier sieht ihn niemand.
accounts-mail-button = Link schicken
accounts-did-mail = Eine Mail mit einem Link ist unterwegs. Er gilt einmal, innerhalb von 72 Stunden nach dem Versand.
accounts-mail-waits = Eine Mail mit einem Link wartet auf den Versand.
accounts-mail-refused = Die letzte Mail mit einem Link konnte nicht zugestellt werden. Prüfen Sie die Adresse in der Personalliste, oder übergeben Sie selbst einen Link.
accounts-no-mailbox = Die Personalliste hat für dieses Konto keine Mailadresse. Lassen Sie sich den Link zeigen, und übergeben Sie ihn selbst.
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
accounts-unconfirmed = Nichts wurde geändert. Setzen Sie das Häkchen, um zu bestätigen, dass das Konto entfernt werden soll.
accounts-did-remove = Das Konto ist entfernt.
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
nothing-unit-why = Kein Ergebnis liegt ganz in diesem Bereich. Eines steht hier, sobald eine Runde veröffentlicht ist, in der der Bereich eigene Gruppen hatte. Eine Gruppe, die mit Gruppen außerhalb des Bereichs zusammen gezeigt wird, lesen die Personalabteilung und ihre Führungskräfte.

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
log-sheet-prepared = Das Versprechensblatt von Runde { $round } wurde zusammengestellt und wartet auf die Gegenzeichnung. Fingerabdruck des Entwurfs: { $sheet }…
log-countersigned = Das Versprechensblatt von Runde { $round } wurde gegengezeichnet. Sein Fingerabdruck: { $sheet }…
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
log-bundle-handed-out = Die versiegelten Antworten von Runde { $round } wurden für die Schlüsselverwahrung ausgehändigt.
log-result-handed-in = Das unterschriebene Ergebnis der Schlüsselverwahrung von Runde { $round } kam und wurde geprüft.
log-published = Das Ergebnis von Runde { $round } wurde veröffentlicht; die Antworten wurden vernichtet, und der Schlüssel, wo er hier lag.
log-abort-decided = Es wurde entschieden, Runde { $round } ohne Ergebnis zu beenden.
log-aborted-key-lost = Runde { $round } endete ohne Ergebnis; die Antworten wurden vernichtet. Der Schlüssel war vorher verloren, sodass niemand sagen kann, dass er vernichtet ist.
log-aborted = Runde { $round } endete ohne Ergebnis; die Antworten wurden vernichtet, und der Schlüssel, soweit er hier lag.
log-exported = Ergebnisse von Runde { $round } haben das Programm als Datei verlassen ({ $file }).
log-comment-hidden = Ein Kommentar aus Runde { $round } wurde ausgeblendet (Anmerkung { $notice }).
log-corrected = Neben das Ergebnis von Runde { $round } wurde eine Berichtigung gestellt (Anmerkung { $notice }).
log-draft-set = Der Entwurf von Runde { $round } bekam diese Einstellungen: { $settings }…
log-draft-deleted = Der Entwurf von Runde { $round } wurde verworfen.
log-weakened = Während Runde { $round } lief, wurde etwas gefunden, das ihr Versprechen nicht sagt: { $by }
log-setting = Das Programm begann mit dieser Einstellung: { $setting }: { $now } ({ $name })
log-setting-changed = Eine Einstellung wurde geändert, und das Programm begann mit ihr: { $setting }: { $now }, vorher { $before } ({ $name })
setting-version = Version des Programms
setting-organisation = Name der Organisation
setting-purpose = wozu Ergebnisse da sind, als Fingerabdruck des Textes
setting-not-for = wozu Ergebnisse nie da sind, als Fingerabdruck des Textes
setting-accept = hingenommene Schwächen dieses Ortes
setting-respondents = Adresse der Umfrage
setting-console = Adresse der Konsole
setting-mail-from = Absender der Mails
setting-mail-dkim = Domain, die Mails unterschreibt
setting-k = wie viele Menschen mindestens zusammen berichtet werden
setting-group-min = wie viele Menschen eine eigene Gruppe braucht
setting-language = Sprache von Menschen, für die keine bekannt ist
setting-team-reads = ob jede Gruppe ihr eigenes Ergebnis liest
setting-time-zone = Zeitzone aller Termine
log-addresses = In Runde { $round } { $people ->
    [one] wurde eine Adresse
   *[other] wurden { $people } Adressen
  } geändert; jede Person erfuhr es unter der alten Adresse.
log-cards-made = In Runde { $round } { $cards ->
    [one] wurde eine Codekarte hergestellt. Wer die Datei hat, könnte damit antworten, bevor es die Person tut, der sie gehört.
   *[other] wurden { $cards } Codekarten hergestellt. Wer die Datei hat, könnte damit antworten, bevor es die Personen tun, denen sie gehören.
  }
log-teams = Es wurde festgehalten, was mit Teams geschehen ist: { $change }.
log-teams-withdrawn = Was über Teams festgehalten war, wurde zurückgenommen: { $change }.
log-teams-renamed = ein Team wurde umbenannt
log-teams-merged = Teams wurden zusammengelegt
log-teams-split = ein Team wurde geteilt
log-teams-moved = ein Team wurde verschoben
log-staff-list = Eine Personalliste wurde übernommen: { $joined } neu, { $left } ausgeschieden, { $changed } geändert; Teams, die neu oder weggefallen sind oder anders geführt werden: { $teams }.
log-account-made = Ein Konto wurde angelegt: { $account }.
log-account-changed = Ein Konto wurde geändert: { $account }; { $change }.
log-account-named = { $login } ({ $role })
log-account-unnamed = { $role }
log-role-admin = Verwaltung der Konten
log-role-hr = Personalabteilung
log-role-partner = Personalabteilung für einen Bereich
log-role-leader = Führungskraft
log-role-key-holder = Schlüsselverwahrung
log-role-other = andere Rolle
log-change-role = es hat eine andere Rolle oder einen anderen Bereich
log-change-role-from = vorher war es { $before }
log-change-disabled = es kann sich nicht mehr anmelden
log-change-enabled = es kann sich wieder anmelden
log-change-password = jemand anders gab ihm ein anderes Passwort
log-change-invited = ein einmaliger Link wurde erzeugt, mit dem sein erstes Passwort gewählt wird
log-change-link = ein einmaliger Link wurde erzeugt, mit dem ein anderes Passwort gewählt wird
log-change-link-used = sein Passwort wurde mit einem einmaligen Link gewählt
log-change-factor = sein zweiter Faktor wurde entfernt
log-change-removed = es wurde entfernt
log-restored = Die Datenbank ist älter als zuvor: Dieses Protokoll hatte einmal { $had } Einträge, der letzte mit dem Fingerabdruck { $fingerprint }. Eine Kopie wurde zurückgespielt, oder Einträge wurden abgeschnitten.
log-side-people = die Personenseite
log-side-ballots = die versiegelten Antworten und Ergebnisse
log-side-both = beide Datenbanken
log-copy-made = Während die Runde { $round } lief, wurde eine Kopie gemacht: { $sides }
log-copy-restored = Aus einer Kopie zurückgespielt: { $sides }
log-copy-restored-goes-on = Aus einer Kopie zurückgespielt: { $sides }. Die Runde { $round } geht weiter, wo sie stand
log-copy-restored-no-new = Aus einer Kopie zurückgespielt: { $sides }. In der Runde { $round } beginnt keine neue Antwort mehr, damit niemand zweimal zählt; begonnene Antworten, die in der Kopie fehlen: { $lost }
log-copy-restored-only-ended = Aus einer Kopie zurückgespielt: { $sides }. Die Antworten der Runde { $round } können nicht mehr geöffnet werden; sie kann nur noch ohne Ergebnis beendet werden. Begonnene Antworten, die in der Kopie fehlen: { $lost }

## drafts of rounds
draft-new = Neue Runde
draft-named = Entwurf der Runde { $round }
draft-lead = Hier lässt sich noch alles ändern, und vor dem Start der Runde wird nichts verschickt. Was den Menschen versprochen wird, folgt daraus.
draft-saved = Der Entwurf ist gespeichert. Es wurde nichts verschickt.
draft-faults = Das muss sich zuerst ändern
draft-next = Was Sie als Nächstes tun können
draft-obstacles = Die Runde kann noch nicht gestartet werden:
draft-invites = Ein Start würde { $people ->
    [one] eine Person
   *[other] { $people } Personen
  } in { $groups ->
    [one] einer Gruppe
   *[other] { $groups } Gruppen
  } einladen.
draft-to-preview = Fragebogen und Mails so sehen, wie alle sie bekommen
draft-to-groups = Ansehen, in welchen Gruppen geantwortet wird; Gruppen benennen und weiter zusammenlegen
draft-to-forecast = Sehen, welche Gruppen allein gezeigt werden und welche mit anderen
draft-to-rehearsal = Mit erfundenen Antworten proben
draft-to-key-holder = Ansehen, wessen Schlüssel er nennt: { $holder } verwahrt ihn außerhalb
draft-to-no-key-holder = Den Schlüssel von jemandem außerhalb verwahren lassen, etwa vom Betriebsrat
draft-to-launch = Alles durchsehen und starten
draft-hidden = { $items }: braucht mit diesen Einstellungen { $fewest } Antworten; darunter wird es für eine Gruppe nicht gezeigt.
draft-keep = Als Entwurf speichern
draft-save = Änderungen speichern
draft-discard = Diesen Entwurf verwerfen
draft-discard-does = Der Entwurf ist dann fort. Niemand hat von ihm erfahren, und niemand wird es.
draft-groups = Gruppen
draft-group = Gruppe
draft-group-invited = Personen
draft-asked = Was gefragt wird
draft-name = Name
draft-name-hint = Zum Beispiel 2026-q4: Kleinbuchstaben, Ziffern und Bindestriche. Er steht in jedem Link und lässt sich später nicht ändern.
draft-instrument = Fragebogen
draft-instrument-is = { $title } ({ $id }): { $statements } Aussagen. Überschriften: { $headings }
draft-languages = Sprachen
draft-languages-hint = Alle Eingeladenen brauchen die ihre darunter.
draft-comments = Auch die offenen Fragen stellen
draft-comments-hint = Was Menschen schreiben, wird nur von vielen zusammen gezeigt; eine Schreibweise kann dennoch jemanden verraten.
draft-dates = Termine
draft-zone = Alle Uhrzeiten gelten in der Zeitzone { $zone }.
draft-pace = Wer die Zeitpunkte setzt
draft-pace-hint = Von Hand ist nur zum Ausprobieren auf diesem Rechner und steht auf dem Versprechensblatt aller.
draft-by-dates = Die Termine unten
draft-by-hand = Jemand, von Hand
draft-opens = Antworten möglich ab
draft-opens-hint = Leer: ab dem Start.
draft-closes = Ende der Antworten
draft-may-extend = Tage, um die das Ende verschoben werden darf
draft-may-extend-hint = 0 bis 7. Das geht einmal, solange geantwortet werden kann, und um nicht mehr als das: Alle lesen es, bevor sie antworten. Bei 0 bleibt das Ende, wie es ist.
draft-reminder = Erinnerung { $number }
draft-reminder-hint = Erinnerungen gehen nur an die, die nicht geantwortet haben. Candor zeigt nie, wer das ist; wer die Datenbank oder den Mailserver verwaltet, könnte nachsehen. Leer bedeutet keine. Sie können auch von Hand erinnern.
draft-after = Nach dem Ende
draft-after-hint = Üblich sind 15 Minuten, 72, 96 und 336 Stunden, also 3, 4 und 14 Tage. Alle zählen vom Ende der Antworten an.
draft-grace = Minuten für Antworten, die unterwegs sind
draft-grace-hint = Am Ende kann niemand mehr beginnen; was begonnen ist, darf noch so lange ankommen.
draft-window = Stunden für Einsprüche
draft-window-hint = Alle können prüfen, ob ihre Antwort auf der Liste der gezählten steht, und Einspruch erheben. Vorher wird nichts geöffnet.
draft-publish-at = Ergebnis nach so vielen Stunden
draft-publish-at-hint = Vorher sieht niemand das Ergebnis.
draft-publish-by = Spätestens nach so vielen Stunden
draft-publish-by-hint = Was bis dahin nicht veröffentlicht werden kann, endet ohne Ergebnis, und die Antworten werden vernichtet.
draft-readers = Wer was liest, und wozu
draft-readers-hint = Führungskräfte lesen die Gruppen, in denen ein Team von ihnen ist, und die Zwischensumme ihres eigenen Bereichs; Sie lesen alle Gruppen. Das wird allen vor dem Antworten gesagt. Leere Texte sind die der Konfiguration, sonst die von Candor.
draft-team-reads = Alle lesen das Ergebnis ihrer eigenen Gruppe
draft-team-reads-hint = Sonst lesen es nur Führungskräfte und Personalabteilung.
draft-hr-groups-after = Stunden, die die Personalabteilung auf die Ergebnisse der Gruppen wartet
draft-hr-groups-after-hint = 24 bis 336, damit Führungskräfte ihre zuerst lesen; 0 für sofort. Das Ergebnis der Organisation wartet nicht. Das wird allen vor dem Antworten gesagt.
draft-participation = In Stufen verfolgen, wie viele teilnehmen
draft-participation-hint = Nur für die ganze Organisation, einmal am Tag und ab 50 Eingeladenen. Alle lesen es, bevor sie antworten. Ohne dies sieht vor dem Ende niemand eine Zahl.
draft-purpose = Wozu das Ergebnis dient ({ $language })
draft-not-for = Wozu es nicht dienen darf ({ $language })
draft-protection = Schutz
draft-protection-hint = Von Runde zu Runde kann der Schutz nur steigen. Die üblichen Werte passen fast immer.
draft-k = So viele Personen werden mindestens zusammen gezeigt
draft-k-hint = Mindestens 4.
draft-group-min = Kleinste Gruppe, die vorgeschlagen wird
draft-group-min-hint = Mindestens eine Person mehr als oben, damit nicht schon eine fehlende Antwort eine Gruppe verbirgt.
draft-coalition = Kolleginnen und Kollegen, die ihre Antworten zusammenlegen
draft-coalition-hint = Gegen so viele bleibt die Antwort aller anderen geschützt.
draft-min-range = Werte, die für jede Antwort möglich bleiben
draft-min-range-hint = Je mehr, desto gröber die Ergebnisse.
draft-passphrase = Den Schlüssel mit einer Passphrase verschließen
draft-passphrase-hint = Dann muss eine Person rechtzeitig öffnen und veröffentlichen. Ohne sie tut es das Programm von selbst, und wer diesen Server verwaltet, könnte vorher hineinsehen.
draft-key-holder = Wer die Passphrase hat
draft-key-holder-hint = Alle lesen den Namen auf dem Versprechensblatt. Leer: niemand wird genannt.
draft-disk-copies = Werden die Festplatten dieses Servers kopiert, während geantwortet wird?
draft-disk-copies-hint = Durch Snapshots einer virtuellen Maschine oder eines Speichersystems oder durch Backups ganzer Platten. Kein Programm kann es sehen; fragen Sie, wer den Server betreibt. Alle lesen die Antwort auf dem Versprechensblatt.
draft-disk-copies-yes = Ja
draft-disk-copies-no = Nein, ich habe gefragt
draft-disk-copies-unknown = Das weiß ich nicht
language-en = Englisch
language-de = Deutsch
language-fr = Französisch
language-es = Spanisch
round-confirm = Ich weiß, dass sich das nicht zurücknehmen lässt.
round-unconfirmed = Es wurde nichts geändert. Das lässt sich nicht zurücknehmen: Setzen Sie das Häkchen über dem Knopf, um zu bestätigen.
round-to-draft = Den Entwurf ändern und starten
round-to-launch = Sehen, wie weit der Start ist
round-to-countersign = Das Versprechensblatt weitergeben und die Gegenzeichnung abgeben
round-to-hand-over = Die versiegelten Antworten aushändigen und das unterschriebene Ergebnis abgeben
round-to-key-holder = Der Teil der Schlüsselverwahrung
round-did-launch = Die Runde ist gestartet. Hängen Sie die Prüfwörter dort aus, wo alle sie sehen.
date-reminder = Eine Erinnerung geht an die, die nicht geantwortet haben
state-restored = nimmt keine neuen Antworten an
state-restored-means = Die Datenbanken dieser Runde wurden aus einer Kopie zurückgespielt. Niemand kann sagen, wer seit der Kopie geantwortet hat; darum beginnt keine neue Antwort: Jemand könnte zweimal zählen. Die Antworten, die da sind, werden gezählt. Oder die Runde wird ohne Ergebnis beendet und eine neue gestartet, in der alle antworten können.
state-waiting = wartet auf den Beginn
state-waiting-means = Die Runde ist gestartet. Zum Beginn gehen die Einladungen hinaus, und von da an kann geantwortet werden.
next-opening = Die Einladungen gehen hinaus
next-opening-on = Die Einladungen gehen hinaus am { $moment }

## what has to change in a draft
problem-fields-refused = Einige Felder brauchen einen anderen Wert
detail-fields = Es wurde nichts geändert. { $faults }
fault-at = { $field }: { $problem }
fault-name = Schreiben Sie einen Namen aus 1 bis 40 Kleinbuchstaben, Ziffern und Bindestrichen wie 2026-q4; nicht „new“.
fault-name-taken = Es gibt schon eine Runde { $round }: Geben Sie dieser einen anderen Namen, oder ändern Sie jene.
fault-instrument-unknown = Es gibt keinen Fragebogen { $instrument }; es gibt { $known }.
fault-no-open-questions = Der Fragebogen { $instrument } hat keine offenen Fragen: Nehmen Sie einen anderen, oder verzichten Sie darauf.
fault-language-unknown = Den Fragebogen { $instrument } gibt es nicht in { $language }; es gibt ihn in { $has }.
fault-no-language = Wählen Sie mindestens eine Sprache.
fault-by-hand-elsewhere = Eine Runde, die jemand von Hand bewegt, ist nur für diesen Rechner: Nehmen Sie Termine.
fault-by-hand-with-dates = Eine Runde, die jemand von Hand bewegt, hat keine eigenen Termine: Planen Sie weder Beginn noch Erinnerungen, oder nehmen Sie Termine.
fault-closes-missing = Sagen Sie, wann die Antworten enden.
fault-closes-too-soon = Die Antworten würden in weniger als einer Stunde enden: Es braucht mindestens eine Stunde von jetzt an. Wählen Sie ein späteres Ende.
fault-closes-before-opening = Die Antworten würden weniger als eine Stunde nach dem Beginn enden: Beginnen Sie früher, oder enden Sie später.
fault-moment = Schreiben Sie ein Datum mit einer Uhrzeit, wie 2026-12-05T17:00.
fault-number = Schreiben Sie eine ganze Zahl.
fault-extension-long = Höchstens { $most } Tage, und 0 für keine Verlängerung.
fault-schedule = Die Termine passen nicht zusammen.
fault-grace-short = Antworten, die unterwegs sind, brauchen mindestens { $minutes ->
    [one] eine Minute
   *[other] { $minutes } Minuten
  }, um anzukommen.
fault-window-short = Es braucht mindestens { $hours ->
    [one] eine Stunde
   *[other] { $hours } Stunden
  }, um die Liste der gezählten Antworten anzusehen.
fault-publish-before-opening = Das Ergebnis kann nicht kommen, bevor die Zeit für Einsprüche vorbei ist: Wählen Sie einen späteren Zeitpunkt.
fault-publish-by-early = Der letzte Zeitpunkt muss mindestens eine Stunde nach dem geplanten liegen, für einen zweiten Versuch.
fault-reminders-many = Höchstens { $most } Erinnerungen.
fault-reminder-outside = Eine Erinnerung liegt in einer Zeit, in der niemand antworten kann: Wählen Sie Zeitpunkte zwischen Beginn und Ende.
fault-k-small = Mindestens { $least } Personen müssen zusammen gezeigt werden.
fault-group-min-small = Mindestens { $least }, damit nicht schon eine fehlende Antwort eine Gruppe verbirgt.
fault-coalition = Mindestens eine Person muss abgedeckt sein und höchstens { $most }, drei weniger als zusammen gezeigt werden.
fault-min-range = So viele Werte können nicht möglich bleiben: Aussage { $item } von { $instrument } kann dann nicht je Gruppe gezeigt werden. Zwischen 2 und { $points } ihrer { $points } Werte können möglich bleiben.
fault-scale = Aussage { $item } von { $instrument } kann nicht je Gruppe gezeigt werden: Ihre Skala und die Schritte, in denen ihre Summen veröffentlicht werden, passen nicht zusammen. Ändern Sie den Fragebogen.
fault-weaker-k = Zusammen gezeigt würden { $now } Personen, und Runde { $round } wurde mit { $then } veröffentlicht: Der Schutz kann nur steigen, denn im Vertrauen auf ihn wurde geantwortet, und Ergebnisse werden verglichen. Nehmen Sie { $then } oder mehr.
fault-weaker-coalition = Abgedeckt würden { $now } Personen, die ihre Antworten zusammenlegen, und Runde { $round } wurde mit { $then } veröffentlicht: Der Schutz kann nur steigen, denn im Vertrauen auf ihn wurde geantwortet, und Ergebnisse werden verglichen. Nehmen Sie { $then } oder mehr.
fault-weaker-values = Möglich blieben { $now } Werte, und Runde { $round } wurde mit { $then } veröffentlicht: Der Schutz kann nur steigen, denn im Vertrauen auf ihn wurde geantwortet, und Ergebnisse werden verglichen. Nehmen Sie { $then } oder mehr.
fault-hr-groups-after = Schreiben Sie { $least } bis { $most } Stunden, oder 0, wenn die Personalabteilung die Ergebnisse der Gruppen sofort liest.
fault-key-holder-name = Schreiben Sie einen Namen von höchstens { $most } Zeichen.
fault-key-holder-without-passphrase = { $name } kann nicht die Passphrase einer Runde haben, die keine hat: Verschließen Sie den Schlüssel mit einer Passphrase, oder nennen Sie niemanden.
fault-trustee-file = Das ist nicht die Datei, die das Programm zur Schlüsselverwahrung für Sie geschrieben hat: Wählen Sie die, deren Name auf .public.json endet.
fault-trustee-round = Diese Datei gehört zu einem Schlüssel für Runde { $found }, und ein Schlüssel ist nur für eine Runde: Lassen Sie einen für { $round } machen, oder geben Sie dieser Runde jenen Namen.
fault-trustee-passphrase = { $name } verwahrt den Schlüssel außerhalb, also gibt es hier keinen, den eine Passphrase verschließen könnte: Verzichten Sie auf die Passphrase oder auf die Datei.
fault-text = Schreiben Sie höchstens { $most } Zeichen, die alle sehen können.
fault-text-missing = Auf { $languages } steht nichts: Schreiben Sie es in jeder Sprache der Runde oder in keiner.
fault-not-secure = Geantwortet würde unter { $address }, aber Browser bieten die Verschlüsselung der Antworten nur über https an (oder auf diesem Rechner selbst). Tragen Sie eine https-Adresse in die Konfiguration ein.
obstacle-no-staff = Die Personalliste ist leer: Laden Sie sie in der Konsole hoch, oder lesen Sie sie auf dem Server ein.
obstacle-groups = Es lassen sich keine Gruppen bilden: { $why }
obstacle-language = In der Personalliste stehen Menschen mit der Sprache { $language }, in der diese Runde nicht fragt. Ändern Sie sie in der Personalliste, oder lassen Sie die Runde auch in ihr fragen.
obstacle-another-round = Runde { $round } läuft noch. Es läuft immer nur eine Runde.
obstacle-exposed = { $means } Gefunden: { $shown }. Beheben Sie es (candor doctor sagt, wie), oder lassen Sie es das Versprechen allen sagen: storage.accept = ["{ $name }"] in der Konfiguration.
exposed-commit-times = Der Datenbankserver der versiegelten Antworten notiert, wann jede geschrieben wurde.
exposed-statement-log = Der Datenbankserver der versiegelten Antworten schreibt, was er gefragt wird, mit der Zeit in sein Protokoll.
exposed-archive = Das Transaktionsprotokoll der versiegelten Antworten wird in ein Archiv kopiert.
exposed-replication-slot = Das Transaktionsprotokoll der versiegelten Antworten wird für einen Leser aufgehoben (Replication Slot).
exposed-replica = Ein anderer Server erhält jede Änderung der versiegelten Antworten (Replikat).
exposed-one-server = Personalliste und versiegelte Antworten liegen auf einem Datenbankserver.
exposed-one-role = Eine Rolle des Datenbankservers liest Personalliste und versiegelte Antworten.
exposed-unseen = Was der Datenbankserver der versiegelten Antworten daneben behält, ist von hier nicht zu sehen.
exposed-disk-copies = Die Festplatten werden kopiert, während geantwortet wird.
exposed-disk-copies-unknown = Niemand hat gesagt, ob die Festplatten kopiert werden, während geantwortet wird.

## which groups will be shown how
forecast-title = Wer wie gezeigt würde, Runde { $round }
forecast-lead = { $people } Personen in { $groups ->
    [one] einer Gruppe
   *[other] { $groups } Gruppen
  }. Wie eine Gruppe gezeigt wird, hängt davon ab, wie viele aus ihr und aus ihren Nachbarn antworten.
forecast-alone-means = Allein: Das Ergebnis zeigt diese Gruppe und sonst niemanden. Mit anderen: Weniger als { $k } aus ihr haben geantwortet, oder ein kleiner Nachbar musste dazukommen. Keine Antwort fällt weg.
forecast-whole = Die ganze Organisation
forecast-if = Wenn jede Person mit dieser Wahrscheinlichkeit antwortet
forecast-alone = Gruppen, die allein gezeigt werden
forecast-combined = Gruppen, die mit anderen gezeigt werden
forecast-people = Personen, deren Gruppe allein gezeigt wird
forecast-nothing = Gefahr, dass es gar kein Ergebnis gibt
forecast-each = Wie oft jede Gruppe allein gezeigt wird, die kleinsten zuerst
forecast-more = Und { $groups } größere Gruppen, die ihr eigenes Ergebnis seltener verlieren.
forecast-method = Aus je { $draws } Ziehungen, in denen alle unabhängig voneinander antworten; Anteile einer Gruppe sind auf ± { $plusminus } % bekannt.

## the launch
launch-title = Runde { $round } starten
launch-lead = Sie laden gleich { $people } Personen in { $groups ->
    [one] einer Gruppe
   *[other] { $groups } Gruppen
  } ein. Lesen Sie dies zu Ende: Ein Start lässt sich nicht zurücknehmen.
launch-lead-unsigned = Sie schreiben gleich eine Runde für { $people } Personen in { $groups ->
    [one] einer Gruppe
   *[other] { $groups } Gruppen
  } fest. Eingeladen wird dadurch niemand: Zuerst liest { $holder } das Versprechensblatt und zeichnet es gegen. Lesen Sie dies zu Ende; es lässt sich nicht zurücknehmen.
launch-who = Was gestartet wird
launch-questionnaire = Gefragt wird
launch-asks = { $title }, { $statements } Aussagen
launch-comments = , mit den offenen Fragen
launch-invited = Eingeladene Personen
launch-by-card = Davon mit gedruckter Karte, ohne Mail
launch-without-team = Nicht eingeladen, weil ohne Team
launch-languages = Personen je Sprache
launch-promise = Was allen versprochen wird
launch-promise-lead = In den Worten der Einladung, für die größte Gruppe.
launch-final = Was sich danach nicht mehr ändern lässt
launch-final-frozen = Fragebogen, Gruppen, Termine, Leserkreis und Schutz sind festgeschrieben: Niemand kann sie ändern, auch nicht, wer diesen Server betreibt.
launch-final-mails = Die Einladungen gehen hinaus, sobald geantwortet werden kann.
launch-final-unsigned = Die Einladungen gehen hinaus, sobald gegengezeichnet ist und geantwortet werden kann; kommt das nicht rechtzeitig, nie.
launch-final-people = Niemand kann dazukommen, wegfallen oder verschoben werden. Eine Adresse, die keine Mail erreicht hat, lässt sich berichtigen, solange geantwortet werden kann; alle lesen, wie viele es waren.
launch-final-end = Die Runde kann nur noch ohne Ergebnis beendet werden; dann werden alle Antworten vernichtet, und alle werden benachrichtigt.
launch-passphrase-lead = Der Schlüssel zu den Antworten wird mit einer Passphrase von mindestens 12 Zeichen verschlossen. Ohne sie kann sie niemand öffnen, und sie wird nirgends aufbewahrt: Wer als ihr Inhaber genannt ist, sollte sie eingeben.
launch-passphrase-again = Dieselbe Passphrase noch einmal
launch-confirm = Ich habe das gelesen, und die Runde soll beginnen.
launch-confirm-unsigned = Ich habe das gelesen, und alles soll so festgeschrieben werden.
launch-button = Starten und { $people } Personen einladen
launch-button-unsigned = Festschreiben und das Versprechensblatt zusammenstellen
launch-obstacles = Es wurde nichts gestartet. Etwas steht im Weg; es ist unten genannt.
launch-changed = Es wurde nichts gestartet. Der Entwurf oder die Personalliste hat sich geändert, seit Sie die Seite geöffnet haben: Sehen Sie noch einmal hin.
launch-unconfirmed = Es wurde nichts gestartet. Setzen Sie unten das Häkchen, um zu bestätigen.
launch-passphrase-short = Es wurde nichts gestartet. Die Passphrase braucht mindestens 12 Zeichen.
launch-passphrase-twice = Es wurde nichts gestartet. Die beiden Passphrasen sind nicht gleich.
launching-title = Runde { $round } wird gestartet
launching-begun = Der Start hat begonnen.
launching-at = { $work }: { $done } von { $of }
launching-groups = Die Gruppen werden gebildet
launching-staff = Die Personalliste wird festgeschrieben
launching-promises = Das Versprechensblatt wird versiegelt
launching-invitations = Die Einladungen werden eingereiht
launching-wait = Diese Seite sieht von selbst wieder nach. Sie können sie schließen: Der Start geht weiter, auch nach einem Neustart des Servers.
launching-look = Jetzt nachsehen
launching-locked = Der Start wurde unterbrochen, bevor sein Schlüssel gemacht war. Geben Sie eine Passphrase für den Schlüssel ein, und er geht weiter.
launching-go-on = Den Start fortsetzen

## a step of a round that goes on behind its page
step-going-close = Das Antworten wird beendet und der Kasten geschlossen.
step-going-open = Die Antworten werden geöffnet und geprüft. Zahlen sieht dabei niemand.
step-going-publish = Das Ergebnis wird veröffentlicht, und die versiegelten Antworten werden vernichtet.
step-shuts = Der Kasten wird geschlossen
step-checks = Die versiegelten Antworten werden geprüft
step-opens = Die Antworten werden im Arbeitsspeicher geöffnet
step-computes = Das Ergebnis wird berechnet
step-destroys = Schlüssel und versiegelte Antworten werden vernichtet
step-wait = Diese Seite sieht von selbst wieder nach. Sie können sie schließen: Die Arbeit geht weiter. Hält der Server währenddessen an, geht nichts verloren, und Sie können es noch einmal auslösen.

## a draft as people would meet it
preview-title = So würden es alle sehen, Runde { $round }
preview-lead = Das würde die Runde fragen und verschicken, wenn sie jetzt gestartet würde, für eine erfundene Person in der größten Gruppe. Niemand bekommt diese Mails, und ihre Links führen nirgendwohin.
preview-languages = Sprachen
preview-statements = { $statements } Aussagen, eine nach der anderen, jede mit diesen Antworten.
preview-promise = Vor der ersten Aussage lesen alle, was ihnen versprochen wird; danach können sie wählen, eine Ebene höher zu zählen, sehen ihre Antworten durch und senden sie.

## a rehearsal with invented answers
rehearsal-title = Probe der Runde { $round }
rehearsal-name = probe
rehearsal-lead = Candor erfindet für alle auf Ihrer Personalliste eine Antwort, versiegelt, zählt und veröffentlicht sie im Arbeitsspeicher und zeigt die Seiten, die daraus würden. Niemand wird gefragt, nichts wird verschickt, nichts wird gespeichert: Ein Neustart des Servers vergisst es.
rehearsal-rate = Wie viele antworten
rehearsal-begin = Proben
rehearsal-begun = Antworten werden erfunden
rehearsal-at = Erfundene Antworten werden versiegelt: { $done } von { $of }
rehearsal-opening = Die erfundenen Antworten werden geöffnet und geprüft
rehearsal-wait = Diese Seite sieht von selbst wieder nach. Sie können sie schließen und wiederkommen.
rehearsal-failed = Die Probe ließ sich nicht durchführen
rehearsal-not-ready = Es gibt noch nichts zu proben: Die Seite des Entwurfs sagt, was fehlt.
rehearsal-read = Was daraus würde
rehearsal-done = { $answers } erfundene Antworten, jede Person mit einer Wahrscheinlichkeit von { $rate } %.
rehearsal-organisation = Die Seite der Personalabteilung
rehearsal-leaders = Die Seiten der Führungskräfte
rehearsal-nothing = Mit diesen Antworten ließe sich hier nichts zeigen.
rehearsal-mark = Erfundene Antworten
rehearsal-mark-means = Niemand hat das geantwortet. Die Teams sind Ihre, jede Zahl ist Zufall.

## staff list
nav-staff = Personalliste
staff-title = Personalliste
staff-empty = Es gibt noch keine Personalliste. Laden Sie eine hoch: eine CSV-Datei mit einer Zeile je Person. Niemand wird eingeladen, bevor Sie eine Runde starten.
staff-empty-form = Jede Zeile enthält Nummer, Namen, Mailadresse und Team einer Person und die Nummern derer, die dieses Team führen. Für den Anfang:
staff-people = Personen
staff-invited = Haben ein Team und können eingeladen werden
staff-no-team = Ohne Team, nicht eingeladen
staff-cards = Mit gedruckter Karte eingeladen, ohne Mail
staff-teams = Teams
staff-leaders = Führungskräfte
staff-languages = Sprachen
staff-waiting = { $file }, hochgeladen von { $login }, wartet bis { $until } darauf, angesehen und übernommen zu werden. Danach wird die Datei gelöscht.
staff-waiting-look = Ansehen, was sich ändert
staff-done-taken = Die Personalliste wurde übernommen. Runden, die schon gestartet sind, bleiben davon unberührt.
staff-next-step = Weiter auf dem Weg zu Ihrer ersten Runde
staff-done-discarded = Die hochgeladene Datei wurde gelöscht. Die Personalliste ist, wie sie war.
staff-suggestions = { $count ->
    [one] Mit Teams ist seit der letzten Runde vielleicht etwas geschehen: Bitte bestätigen Sie es
   *[other] Mit Teams ist seit der letzten Runde vielleicht { $count }-mal etwas geschehen: Bitte bestätigen Sie es
  }
staff-to-reorganisations = Teams, die umbenannt, zusammengelegt, geteilt oder verschoben wurden
staff-upload-title = Eine neue Liste hochladen
staff-upload-explains = Zuerst sehen Sie alles, was die Datei ändert. Nichts wird zur Personalliste, bevor Sie es bestätigen. Ist eine Zeile falsch, wird nichts aus der Datei übernommen.
staff-under-way = Die Runde { $round } läuft und behält die Personen, Teams und Gruppen, wie sie beim Start waren. Wer neu ist, wird zur nächsten Runde eingeladen; wer nicht mehr auf der Liste steht, behält den eigenen Link, bis die Runde schließt.
staff-upload-file = Personalliste (CSV)
staff-upload-form = UTF-8, Spalten durch Komma oder Semikolon getrennt: person_id, name, mail, team, leaders; auf Wunsch language und invited_by. Auch die deutschen Spaltennamen Personalnummer, Name, Mailadresse, Abteilung, Leitung, Sprache und Einladung gelten.
staff-upload-button = Ansehen, was sich ändert
staff-upload-unreadable = Es wurde nichts geändert. Die Datei kam nicht vollständig an: Gehen Sie zurück, laden Sie die Seite neu, wählen Sie die Datei und versuchen Sie es noch einmal.
staff-upload-too-large = Es wurde nichts geändert. Eine Personalliste darf { $megabytes } MB groß sein.
staff-export = Die Personalliste in derselben Form herunterladen (CSV)
staff-export-empty = eine leere Liste mit den richtigen Spalten (CSV)
staff-like-formulas = Auf dieser Liste beginnt etwas mit =, +, - oder @. Die Datei enthält es so, wie es ist, damit sie wieder hochgeladen werden kann; eine Tabellenkalkulation könnte es für eine Formel halten und ausrechnen. Sehen Sie es sich an, bevor Sie die Datei darin öffnen.
staff-tree = Teams und wer sie führt
staff-more-teams = { $count } weitere Teams stehen nicht hier. Die heruntergeladene Datei enthält alle.
staff-none = niemand
staff-without-team = ohne Team
staff-by-card = gedruckte Karte
staff-column-team = Team
staff-column-people = Personen
staff-column-leaders = Geführt von
staff-column-name = Name
staff-column-id = Nummer
staff-column-mail = Mail
staff-column-language = Sprache
staff-column-before = Bisher
staff-column-after = Neu
staff-column-what = Was
staff-column-line = Zeile
staff-column-column = Spalte
staff-column-fault = Was nicht stimmt und was zu tun ist
staff-faults-title = Die Datei wurde nicht übernommen
staff-faults-found = { $count ->
    [one] Ein Fehler in { $file }.
   *[other] { $count } Fehler in { $file }.
  } Es wurde nichts geändert.
staff-faults-list = Fehler, Zeile für Zeile
staff-faults-more = Gezeigt sind die ersten { $shown } von { $count } Fehlern.
staff-faults-again = Die verbesserte Datei wählen
staff-preview-title = Was die neue Liste ändert
staff-preview-lead = Noch ist nichts geändert. Das ist alles, worin sich { $file } von der heutigen Personalliste unterscheidet.
staff-preview-waits = Hochgeladen von { $login }. Sie können diese Seite schließen: Die Datei wartet bis { $until } und wird dann gelöscht.
staff-preview-to-take = Zum Übernehmen am Ende dieser Seite
staff-preview-counts = In Zahlen
staff-ignored = Spalten, die Candor nicht kennt und nicht liest: { $columns }
staff-many-leave = Mehr als jede fünfte Person verschwindet von der Liste. Ist die Datei vollständig?
staff-nothing = Die Datei enthält genau die heutige Personalliste. Es gibt nichts zu übernehmen.
staff-joined = Neu auf der Liste: { $count }
staff-left = Nicht mehr auf der Liste: { $count }
staff-moved = In einem anderen Team: { $count }
staff-details = Anderer Name, andere Adresse oder Sprache: { $count }
staff-new-teams = Neue Teams: { $count }
staff-gone-teams = Teams, die verschwinden: { $count }
staff-led-otherwise = Teams mit anderen Führungskräften: { $count }
staff-more-lines = { $count } weitere stehen nicht hier.
staff-became = Was aus Teams geworden sein könnte
staff-became-explains = Vermutet danach, wer beim letzten Start in welchem Team war. Nach der Übernahme werden Sie gebeten, jedes davon zu bestätigen; was Sie nicht bestätigen, beginnt in den Verläufen neu.
staff-disagrees = Die Liste sagt etwas anderes, als Sie festgehalten haben
staff-take-explains = Die Liste wird genau so, wie sie hier gezeigt ist. Ändert sie inzwischen jemand anderes, wird nichts übernommen, und Sie erfahren es.
staff-take = Diese Liste übernehmen
staff-discard = Die hochgeladene Datei löschen
staff-refused-not-waiting = Es wurde nichts geändert. Diese Datei wartet nicht mehr: Sie wurde übernommen, ersetzt, gelöscht oder war zu alt.
staff-refused-other-list = Es wurde nichts geändert. Die Personalliste hat sich geändert, seit die Datei mit ihr verglichen wurde. Laden Sie die Datei noch einmal hoch und sehen Sie an, was sie jetzt ändert.
staff-no-upload-title = Es wartet keine Datei
staff-no-upload = Es gibt keine hochgeladene Datei anzusehen.
staff-no-upload-back = Zur Personalliste

## what happened to teams
reorg-title = Was mit Teams geschehen ist
reorg-lead = Eine Personalliste sagt nur, welche Teams es gibt. Wurde ein Team umbenannt, zusammengelegt, geteilt oder verschoben, sagen Sie es hier: Dann gehen seine Ergebnisse weiter, und Vergleiche sagen, welcher Anteil der Personen derselbe ist.
reorg-refused = Es wurde nichts festgehalten
in-quotes = „{ $text }“
reorg-teams = { $before }, { $next }
reorg-no-team = keine
reorg-renamed = „{ $team }“ wurde in „{ $to }“ umbenannt
reorg-merged = { $teams } wurden zu „{ $into }“ zusammengelegt
reorg-split = „{ $team }“ wurde geteilt in { $into }
reorg-moved = „{ $team }“ wurde unter „{ $under }“ verschoben
reorg-moved-top = „{ $team }“ wurde nach ganz oben verschoben
reorg-suggested = Was geschehen sein könnte
reorg-suggested-explains = Vermutet danach, wer beim letzten Start in welchem Team war und heute in welchem ist. Nur Sie wissen es: Bestätigen Sie, was stimmt, und lassen Sie den Rest. Was nicht bestätigt ist, beginnt in den Verläufen neu.
reorg-evidence = { $together } der { $people } Personen, die in diesen Teams waren und noch ein Team haben, finden sich dort.
reorg-confirm = Ja, das ist geschehen
reorg-since = Seit der Runde { $round }
reorg-new = Teams, die neu sind
reorg-gone = Teams, die es nicht mehr gibt
reorg-say = Sagen, was geschehen ist
reorg-kind = Was geschehen ist
reorg-kind-rename = Ein Team wurde umbenannt
reorg-kind-merge = Teams wurden zusammengelegt
reorg-kind-split = Ein Team wurde geteilt
reorg-kind-move = Ein Team wurde verschoben
reorg-before = Team oder Teams vorher, je Zeile eines
reorg-after = Team oder Teams seither, je Zeile eines; beim Verschieben das Team darüber, oder nichts für ganz oben
reorg-on = Seit welchem Tag (leer heißt heute)
reorg-record = Festhalten
reorg-recorded = Festgehalten
reorg-number = Nummer
reorg-day = Tag
reorg-event = Ereignis
reorg-state = Änderbar
reorg-frozen = nein, seither wurde eine Runde gestartet
reorg-withdraw = Zurücknehmen
reorg-withdraw-this = Ereignis { $number } zurücknehmen
reorg-fields-rename = Geben Sie für ein umbenanntes Team einen Namen vorher und einen seither an.
reorg-fields-merge = Geben Sie für zusammengelegte Teams mindestens zwei vorher und eines seither an; es darf eines von ihnen sein.
reorg-fields-split = Geben Sie für ein geteiltes Team eines vorher und mindestens zwei seither an; eines darf den Namen behalten.
reorg-fields-move = Geben Sie für ein verschobenes Team dieses Team an und das eine, das jetzt darüber steht, oder nichts.
reorg-fields-kind = Wählen Sie, was geschehen ist.
reorg-fields-day = Schreiben Sie den Tag als 2026-11-30, oder lassen Sie das Feld leer.
reorg-fields-name = „{ $team }“ kann nicht der Name eines Teams sein.
reorg-refused-same-name = Das Team heißt schon „{ $team }“.
reorg-refused-not-several = Nennen Sie mindestens zwei verschiedene Teams, jedes einmal.
reorg-refused-unknown = In der letzten Runde gibt es kein Team „{ $team }“, und kein Ereignis hat eines daraus gemacht. Prüfen Sie die Schreibweise. Ein neues Team braucht kein Ereignis.
reorg-refused-ended = Das Team „{ $team }“ gibt es an diesem Tag nicht mehr: Ereignis { $event } hat es beendet. Nennen Sie das Team, das daraus wurde, oder nehmen Sie jenes Ereignis zurück.
reorg-refused-taken = Ein Team „{ $team }“ gibt es an diesem Tag schon. Hat es andere aufgenommen, halten Sie eine Zusammenlegung fest, in der es auf beiden Seiten steht.
reorg-refused-unknown-above = Ein Team „{ $team }“ gibt es weder in der letzten Runde noch in der Personalliste. Prüfen Sie die Schreibweise, oder übernehmen Sie zuerst die neue Liste.
reorg-refused-circle = „{ $under }“ steht selbst unter „{ $team }“. Halten Sie zuerst fest, wohin „{ $under }“ kam.
reorg-refused-future = Der { $day } kommt erst noch. Halten Sie es fest, wenn es geschehen ist.
reorg-refused-before = Der { $day } liegt vor dem { $launched }, an dem die Runde { $round } mit den damaligen Teams gestartet wurde. Nennen Sie den Tag, seit dem die Personalliste es sagt, oder lassen Sie das Feld leer.
reorg-refused-nothing-before = Es wurde noch keine Runde gestartet. Kein Team könnte etwas fortsetzen, also gibt es hier nichts zu sagen.
reorg-refused-breaks = Ereignis { $event } würde nicht mehr gelten: { $reason } Nehmen Sie zuerst jenes zurück.
reorg-refused-frozen = Dieses Ereignis gibt es nicht, oder seither wurde eine Runde gestartet, und womit eine Runde gestartet wurde, ändert sich nie. War es falsch, halten Sie mit heutigem Datum fest, was es aufhebt.
reorg-not-listed = Nach Ereignis { $event } gibt es ein Team „{ $team }“, aber die Personalliste hat keines. Übernehmen Sie die Personalliste, die dazu passt, oder nehmen Sie das Ereignis zurück.
reorg-still-listed = Ereignis { $event } hat das Team „{ $team }“ beendet, aber die Personalliste hat es noch. Übernehmen Sie die Personalliste, die dazu passt, oder nehmen Sie das Ereignis zurück.
reorg-elsewhere = Nach Ereignis { $event } steht das Team „{ $team }“ { $said }, in der Personalliste aber { $listed }. Übernehmen Sie die Personalliste, die dazu passt, oder nehmen Sie das Ereignis zurück.
reorg-place-under = unter „{ $team }“
reorg-place-top = ganz oben

## groups of a round
groups-link = Die Gruppen dieser Runde
groups-title = Gruppen der Runde { $round }
groups-back = Runde { $round }
groups-lead = Über diese Gruppen wird berichtet, über jede als eine. Mit dem Start der Runde stehen sie fest.
groups-rule = Zu kleine Teams werden mit ihren Nachbarn zusammengelegt, damit niemandes Antworten allein stehen. Sie können Gruppen weiter zusammenlegen und benennen; feiner als der Vorschlag können sie nicht werden.
groups-frozen = Diese Gruppen stehen seit dem Start der Runde fest.
groups-none = Es gibt noch keine Gruppen
groups-by-hand = Diese Gruppen wurden von Hand geändert. Beim Start werden sie noch einmal geprüft.
groups-reset = Zurück zum Vorschlag
groups-count = { $count ->
    [one] Eine Gruppe
   *[other] { $count } Gruppen
  }, { $people } Personen
groups-list = Gruppen
groups-organisation = die Organisation
groups-column-name = Gruppe
groups-column-unit = Zählt in
groups-column-teams = Teams und wer sie führt
groups-column-remarks = Gut zu wissen
groups-column-change = Ändern
groups-change = Ändern
groups-change-this = { $name } ändern
groups-new = neu
groups-as-before = wie in der Runde { $round }
groups-was-called = hieß „{ $name }“ in der Runde { $round }
groups-parts-of = aus { $names } der Runde { $round }
groups-hardly-the-same = weniger als ein Viertel ihrer Personen war damals darin
groups-combine = { $missing ->
    [one] eine fehlende Antwort legt sie mit einer anderen Gruppe zusammen
   *[other] { $missing } fehlende Antworten legen sie mit einer anderen Gruppe zusammen
  }
groups-people = Personen
groups-refused = Es wurde nichts geändert
groups-rename = Umbenennen
groups-rename-explains = Diesen Namen lesen alle in der Gruppe, bevor sie antworten, und alle, die ihr Ergebnis lesen.
groups-name = Name der Gruppe
groups-rename-button = Umbenennen
groups-merge = Mit einer anderen Gruppe zusammenlegen
groups-merge-explains = Die beiden werden ab dieser Runde als eine Gruppe eingeladen, gezählt und berichtet. Niemand liest mehr eine von ihnen allein, und die Führungskräfte beider lesen dasselbe Ergebnis. Der Vergleich mit früheren Runden umfasst beide zusammen.
groups-merge-with = Zusammenlegen mit
groups-merge-choose = Eine Gruppe wählen
groups-siblings = Im selben Bereich
groups-others = In anderen Bereichen
groups-merge-option = { $name } ({ $people }), zusammen { $together } Personen in { $unit }
groups-merge-name = Name der beiden zusammen
groups-merge-button = Zusammenlegen
groups-refused-no-name = Geben Sie der Gruppe einen Namen, den die Personen wiedererkennen.
groups-refused-unreadable = Schreiben Sie eine Zeile von höchstens 120 Zeichen, die alle sichtbar sind.
groups-refused-counted-up = „{ $label }“ kann die Gruppe nicht heißen: So beginnen die Namen von Antworten, die eine Ebene höher zählen.
groups-refused-other-team = „{ $label }“ kann die Gruppe nicht heißen: Das ist das Team „{ $team }“, dessen Personen nicht darin sind.
groups-refused-name-twice = Eine andere Gruppe heißt schon „{ $label }“ (Groß- und Kleinschreibung und Leerzeichen zählen nicht).
groups-refused-no-teams = Die Gruppe „{ $group }“ hat keine Teams: Lassen Sie sie weg, oder legen Sie ganze Gruppen des Vorschlags hinein.
groups-refused-unknown-team = Die Gruppe „{ $group }“ enthält das Team „{ $team }“, das nicht in der Personalliste steht.
groups-refused-team-twice = Das Team „{ $team }“ ist in der Gruppe „{ $first }“ und in der Gruppe „{ $second }“: Jedes Team antwortet in genau einer Gruppe.
groups-refused-team-missing = Das Team „{ $team }“ ist in keiner Gruppe: Seine Leute könnten nicht antworten.
groups-refused-taken-apart = Die vorgeschlagene Gruppe „{ $group }“ ist zerteilt: Einige ihrer Teams sind in „{ $first }“, andere in „{ $second }“. Gruppen können zusammengelegt und benannt werden, nicht zerteilt.
groups-refused-few-people = { $invited ->
    [one] Eine Person ist eingeladen
   *[other] { $invited } Personen sind eingeladen
  }, mindestens { $needed } werden gebraucht: Bei weniger würde eine fehlende Antwort jedes Ergebnis verbergen.
groups-refused-no-tree = In der Personalliste führen die Teams über „{ $team }“ nicht bis nach oben. Laden Sie die Personalliste noch einmal hoch.
groups-refused-other = Die Gruppen haben sich geändert, seit Sie diese Seite geöffnet haben. Sehen Sie sie noch einmal an.

## corrected addresses
address-changed = Nach dem Start geänderte Adressen
address-done = Die Adresse wurde geändert. Die neue erhält eine Einladung, der bisherigen wird es mitgeteilt.
address-explains = Solange geantwortet werden kann, können Sie hier eine andere Adresse angeben. Die neue Adresse erhält eine Einladung mit einem neuen Link, bei allen dieselbe, ob sie mit einem früheren schon geantwortet haben oder nicht. Der bisherigen Adresse wird es mitgeteilt. In der Mail zum Ende lesen alle, wie viele Adressen geändert wurden: Wer die Mails einer Adresse liest, kann anstelle der Person antworten, der sie gehört.
address-new = Neue Adresse von { $name }
address-button = Adresse ändern
address-refused-none = Das ist keine Mailadresse. Schreiben Sie sie wie name@organisation.example.
address-refused-same = Das ist die Adresse, die Mail nicht erreicht hat.
address-refused-taken = Diese Adresse hat schon jemand anderes. Alle brauchen eine eigene.
address-refused-waits = Die Mail über die vorige Änderung wartet noch. Versuchen Sie es in einigen Minuten noch einmal.

## faults of a staff list, each with what to do
fault-empty = Die Datei ist leer. Exportieren Sie die Personalliste noch einmal, mit einer Zeile je Person unter der Kopfzeile.
fault-no-people = Es gibt eine Kopfzeile und keine Person darunter. Exportieren Sie die Personalliste noch einmal, mit einer Zeile je Person.
fault-utf16 = Die Datei ist in UTF-16 geschrieben. Speichern Sie sie als UTF-8: in Excel mit dem Dateityp „CSV UTF-8“, in LibreOffice mit dem Zeichensatz „Unicode (UTF-8)“.
fault-not-utf8 = Die Datei ist nicht in UTF-8 geschrieben, deshalb lassen sich Umlaute und andere Zeichen nicht lesen, zuerst in dieser Zeile (Byte { $place }). Speichern Sie sie als UTF-8: in Excel mit dem Dateityp „CSV UTF-8“, in LibreOffice mit dem Zeichensatz „Unicode (UTF-8)“.
fault-missing-column = Die Spalte { $column } fehlt; die Kopfzeile hat: { $found }. Ergänzen Sie die Spalte, oder nennen Sie sie in der ersten Zeile so. Spalten werden durch Komma oder Semikolon getrennt.
fault-no-columns = Die erste Zeile nennt keine Spalte einer Personalliste; sie hat: { $found }. Speichern Sie die Personalliste als CSV, mit den Spalten { $columns }, durch Komma oder Semikolon getrennt.
fault-doubled-column = Die Überschriften „{ $first }“ und „{ $second }“ meinen beide die Spalte { $column }. Behalten Sie eine; benennen Sie die andere um oder entfernen Sie sie.
fault-ragged = Die Zeile hat { $found } Felder, die Kopfzeile { $expected }. Geben Sie jeder Zeile so viele Felder wie der Kopfzeile; ein Feld, das das Trennzeichen enthält, gehört in Anführungszeichen.
fault-stray-quote = Mitten in einem Feld steht ein Anführungszeichen. Setzen Sie das ganze Feld in Anführungszeichen und verdoppeln Sie jedes darin.
fault-open-quote = Hier beginnt ein Anführungszeichen, das nie endet. Schließen Sie es am Ende des Feldes; die Zeilen darunter waren nicht lesbar.
fault-missing = Das Feld ist leer. Füllen Sie es aus, oder entfernen Sie die Zeile.
fault-too-long = Der Text hat { $found } Zeichen, möglich sind { $limit }. Kürzen Sie ihn.
fault-invisible = Der Text enthält ein Zeichen, das niemand sieht ({ $character }). Löschen Sie den Text des Feldes und tippen Sie ihn neu.
fault-bar = Die Nummer enthält |, das die Nummern von Führungskräften trennt. Wählen Sie eine ohne dieses Zeichen.
fault-duplicate-id = Die Nummer „{ $id }“ steht schon in Zeile { $line }. Jede Person steht einmal auf der Liste: Entfernen Sie eine der Zeilen, oder berichtigen Sie die Nummer.
fault-duplicate-mail = Die Mailadresse „{ $mail }“ steht schon in Zeile { $line }. Alle brauchen eine eigene Adresse: Berichtigen Sie eine der beiden. Bei einem geteilten Postfach schreiben Sie bei allen, die es nutzen, Karte in die Spalte invited_by: Sie erhalten eine gedruckte Karte und keine Mail.
fault-bad-mail = „{ $mail }“ ist keine Mailadresse. Schreiben Sie sie wie name@organisation.example.
fault-bad-language = „{ $given }“ ist kein Sprachkürzel. Schreiben Sie zwei oder drei Buchstaben wie en oder de, oder lassen Sie das Feld leer.
fault-bad-invitation = „{ $given }“ ist keine Art der Einladung. Schreiben Sie mail oder Karte, oder lassen Sie das Feld leer.
fault-no-address = Die Person soll per Mail eingeladen werden, und das Feld mail ist leer. Tragen Sie die Adresse ein, oder schreiben Sie Karte für eine gedruckte Karte.
fault-unknown-leader = Die Führungskraft „{ $leader }“ steht nicht auf dieser Personalliste. Fügen Sie eine Zeile für sie hinzu (das Team darf leer bleiben), oder berichtigen Sie die Nummer. Führungskräfte werden mit Nummer angegeben, nicht mit Namen.
fault-empty-leader = In der Liste der Führungskräfte ist neben | eine Stelle leer. Entfernen Sie das überzählige |.
fault-repeated-leader = Die Führungskraft „{ $leader }“ ist zweimal genannt. Nennen Sie jede einmal.
fault-many-leaders = Das Team hat { $found } Führungskräfte, möglich sind { $limit }. Nennen Sie die, die das Team im Alltag führen.
fault-leaders-without-team = Das Team ist leer, aber Führungskräfte sind angegeben. Schreiben Sie den Namen des Teams; oder lassen Sie bei einer Person, die nicht eingeladen wird, auch die Führungskräfte leer.
fault-blank-team = Der Name des Teams besteht nur aus Leerzeichen. Schreiben Sie den Namen; oder lassen Sie das Feld bei einer Person, die nicht eingeladen wird, ganz leer.
fault-team-spelling = Das Team „{ $given }“ ist in Zeile { $line } „{ $first }“ geschrieben. Schreiben Sie den Namen des Teams in jeder Zeile gleich.
fault-leaders-differ = Die Führungskräfte des Teams „{ $team }“ sind hier { $given } und in Zeile { $line } { $first }. Geben Sie bei allen eines Teams dieselben Führungskräfte in derselben Reihenfolge an.
fault-own-team = „{ $leader }“ führt das Team „{ $team }“ und antwortet darin (Zeile { $line }). Setzen Sie die Führungskraft in das Team darüber (oder lassen Sie ihr Team leer), oder nehmen Sie sie aus den Führungskräften des Teams.
fault-circle = Die Teams führen einander im Kreis: { $chain }. Berichtigen Sie die Führungskräfte eines dieser Teams, damit die Kette oben endet.
## die Seiten eines Ergebnisses
result-pages = Seiten dieses Ergebnisses
result-page = { $page }, { $round }
result-parts = Teile der Liste
result-contents = Auf dieser Seite
result-under-way = Runde { $round } läuft
result-no-live = Statt Zwischenergebnissen steht hier ihr Kalender.
result-under-way-more = Mehr zu dieser Runde
result-take = Herunterladen
result-raw = Warum es keinen Rohdatenexport gibt
result-raw-gone = Es gibt keine Zeilen, die sich ausgeben ließen. Jede Antwort wurde dort versiegelt, wo sie gegeben wurde, einmal im Arbeitsspeicher geöffnet, in ihrer Gruppe gezählt und zusammen mit dem Schlüssel vernichtet. Was nie aufbewahrt wurde, kann niemand herausgeben: Sie nicht und, wenn nicht gegen das Versprechen Kopien blieben, die IT auch nicht.
result-raw-people = Eine Tabelle mit einer Zeile je Person verrät Menschen auch ohne Namen: Die Gruppe und drei oder vier Antworten zusammen passen oft nur auf eine Person. Eigene Filter täten dasselbe, eine Subtraktion nach der anderen.
result-raw-live = Aus demselben Grund gibt es keine Zwischenergebnisse: Wer Zahlen beim Wachsen zusieht, kann erkennen, wer gerade geantwortet hat.
result-instead = Was es stattdessen gibt
result-instead-table = Jede Gruppe, soweit sie sich sicher zeigen lässt, mit ihrer Spanne, ihrer Veränderung und der Zahl der Antworten: als Seiten und als Tabelle für eigene Berechnungen.
result-instead-other = Ein Vergleich, der Ihnen fehlt: Vor der nächsten Runde lassen sich Gruppen anders zusammenstellen, und in ihr lässt sich eine Frage stellen.
result-instead-check = Für alle, die das Ergebnis prüfen wollen: die Datei, die der Befehl candor release audit schreibt. Sie enthält jede Zahl, die veröffentlicht wurde, und wer will, prüft sie mit einem eigenen Programm.
result-instead-own = Daten, die Sie anderswo erhoben haben: Der Befehl candor analyse berechnet daraus dieselben Maße.
## first steps
first-title = Der Weg zu Ihrer ersten Runde
first-lead = Fünf Schritte, in dieser Reihenfolge. Vor dem letzten bekommt niemand eine Mail, und Sie können jederzeit aufhören und später weitermachen.
first-done = Erledigt
first-next = Das können Sie jetzt tun
first-later = Später: Dafür braucht es die Schritte davor
first-staff = Die Personalliste einlesen
first-staff-what = Eine Datei mit allen, die Sie fragen wollen: wer sie sind, ihre Mailadresse, ihr Team und wer es führt. Sie sehen, was sich dadurch ändert, bevor etwas übernommen wird.
first-staff-there = { $people ->
    [one] Eine Person
   *[other] { $people } Personen
  } in { $teams ->
    [one] einem Team
   *[other] { $teams } Teams
  }.
first-staff-go = Die Personalliste einlesen
first-staff-see = Die Personalliste ansehen
first-draft = Die Runde entwerfen
first-draft-what = Wählen Sie den Fragebogen und die Termine. Der Entwurf zeigt das Versprechen, wie es alle lesen werden; verschickt wird nichts.
first-draft-there = Runde { $round } ist entworfen. Alles lässt sich noch ändern.
first-draft-go = Die Runde entwerfen
first-draft-see = Den Entwurf ansehen
first-groups = Die Gruppen ansehen
first-groups-what = Kleine Teams werden zusammen mit anderen gezeigt, damit niemandes Antworten allein stehen. Sehen Sie nach, wer mit wem gezeigt wird, geben Sie den Gruppen Namen, und legen Sie weitere zusammen, wo Sie möchten.
first-groups-go = Die Gruppen ansehen
first-forecast = Abschätzen, was gezeigt wird
first-forecast-what = Wie viele Gruppen ein eigenes Ergebnis hätten, wenn 40, 60 oder 80 von 100 Personen antworteten, und was die Einstellungen in kleinen Gruppen verbergen.
first-forecast-go = Die Prognose ansehen
first-launch = Starten
first-launch-what = Sie bestätigen eine Zusammenfassung, dann bekommen alle ihren persönlichen Link. Von da an lassen sich Gruppen, Fragen und Versprechen nicht mehr ändern.
first-launch-go = Die Zusammenfassung ansehen
first-after = Und danach
first-after-what = Die Runde läuft nach ihren Terminen. Während geantwortet wird, sehen Sie Termine und Mails, aber keine Ergebnisse; das Ergebnis wird an dem Tag veröffentlicht, den Sie im Entwurf gewählt haben.
first-after-leaders = Führungskräfte lesen das Ergebnis ihrer Gruppe mit einem eigenen Konto. Laden Sie sie ein, bevor es veröffentlicht wird:

## the key holder outside the operator
key-holder-title = Schlüsselverwahrung von Runde { $round }
key-holder-lead-nobody = In diesem Entwurf verwahrt der Betreiber den Schlüssel, der die Antworten öffnet. Stattdessen kann ihn jemand außerhalb verwahren, etwa der Betriebsrat oder wer den Datenschutz vertritt: Dieser Server hat ihn dann nie.
key-holder-lead-draft = Nach diesem Entwurf verwahrt { $holder } den Schlüssel, der die Antworten öffnet. Niemand wird eingeladen, bevor das Versprechensblatt von dort gegengezeichnet ist.
key-holder-who = Verwahrt den Schlüssel
key-holder-fingerprint = Fingerabdruck des Schlüssels
key-holder-compare = Vergleichen Sie diese sechs Wörter mit denen auf dem Papier zum Schlüssel: laut, am Telefon, und nicht in einer Mail, die unterwegs verändert werden könnte.
key-holder-compare-words = Auch { $holder } macht die Prüfwörter bekannt. Es müssen dieselben sein: So kommt ein falsches Versprechensblatt ans Licht.
key-holder-public = Die Gegenzeichnung, wie alle sie lesen können
key-holder-sheet-title = 1. Das Versprechensblatt weitergeben
key-holder-sheet-explains = Die Datei enthält alles, was versprochen wird, mit allen Gruppen und ihren Führungskräften. Das Programm zur Schlüsselverwahrung prüft sie, erzählt sie in einfachen Worten und zeichnet sie gegen.
key-holder-sheet-button = Den Entwurf des Versprechensblatts herunterladen
key-holder-signed-title = 2. Die Gegenzeichnung abgeben
key-holder-signed-explains = Sie wird gegen Blatt und Schlüssel dieser Runde geprüft. Wenn sie gilt, werden alle eingeladen, und das lässt sich nicht zurücknehmen.
key-holder-signed-file = Die Datei, deren Name auf .countersignature.json endet
key-holder-signed-button = Mit dieser Gegenzeichnung alle einladen
key-holder-inviting = Die Gegenzeichnung gilt, und alle werden unter ihr eingeladen.
key-holder-inviting-wait = Sie können diese Seite schließen: Die Einladungen gehen weiter, auch nach einem Neustart des Servers. Sie sieht von selbst wieder nach.
key-holder-words-later = Die Prüfwörter sind noch nicht bekannt: Beim Gegenzeichnen kommt eine eigene Zufallszahl in das Blatt.
key-holder-file-title = Die Schlüsselverwahrung nennen
key-holder-file-other = Einen anderen Schlüssel nennen
key-holder-file-explains = Wer den Schlüssel verwahren soll, macht ihn für Runde { $round } auf einem eigenen Rechner und gibt Ihnen seine öffentliche Hälfte. Sie enthält kein Geheimnis.
key-holder-file = Die Datei, deren Name auf .public.json endet
key-holder-file-button = Diesen Schlüssel in den Entwurf nehmen
key-holder-remove = Niemanden nennen
key-holder-remove-does = Dann verwahrt der Betreiber den Schlüssel: Dieser Server öffnet die Antworten von selbst oder mit einer Passphrase.
key-holder-did-name = Der Entwurf nennt nun diesen Schlüssel. Vergleichen Sie seinen Fingerabdruck.
key-holder-did-remove = Der Entwurf nennt niemanden mehr, der den Schlüssel verwahrt.
key-holder-file-unreadable = Es wurde nichts geändert. Die Datei kam nicht vollständig an: Gehen Sie zurück, laden Sie die Seite neu, wählen Sie die Datei und versuchen Sie es noch einmal.
key-holder-file-large = Es wurde nichts geändert. Die Datei ist zu groß, um die des Programms zur Schlüsselverwahrung zu sein.
signed-title = Das Ergebnis mit allen Unterschriften
signed-explains = Eine Datei enthält das Versprechensblatt mit der Gegenzeichnung von { $holder } und das ganze Ergebnis mit den Unterschriften von { $holder } und dieser Runde. Wem Sie vertrauen, der kann sie auf einem eigenen Rechner prüfen, ohne diesen Server.
signed-holds = Sie enthält alle Gruppen mit ihren Führungskräften, jede veröffentlichte Zahl und, wo es offene Fragen gab, jeden veröffentlichten Kommentar, auch einen, der seither ausgeblendet wurde. Wer die Datei hat, kann alles davon lesen.
signed-check = Geprüft wird sie mit: candor release check DATEI. Das Format ist beschrieben, also kann es auch ein eigenes Programm.
signed-take = Das Ergebnis mit allen Unterschriften mitnehmen
signed-bring-explains = Ihr Konto liest keine Ergebnisse. Geben Sie deshalb die Datei ab, deren Name auf .result.json endet und die Ihr eigenes Programm geschrieben hat: Sie bekommen dasselbe Ergebnis mit allen Unterschriften zurück.
signed-bring = Mit allen Unterschriften zurückbekommen

# Mails an Menschen, auf Deutsch. Runde, Personalliste, Versprechen; nichts Technisches. Die Befragungsseite sagt dasselbe in client/words.
# Zwei Formen der Anrede stehen als [förmlich|vertraut] nebeneinander; welche gilt, sagt der Fragebogen.

weekday = { $weekday ->
    [1] Montag
    [2] Dienstag
    [3] Mittwoch
    [4] Donnerstag
    [5] Freitag
    [6] Samstag
   *[7] Sonntag
  }
month = { $month ->
    [1] Januar
    [2] Februar
    [3] März
    [4] April
    [5] Mai
    [6] Juni
    [7] Juli
    [8] August
    [9] September
    [10] Oktober
    [11] November
   *[12] Dezember
  }
date = { $weekday }, { $day }. { $month } { $year }
moment = { $date }, { $time } Uhr ({ $zone })
time-of = Ortszeit { $place }
quoted = „{ $text }“
and = und
# „und“ vor einem Namen, der mit einem i-Laut beginnt; nur manche Sprachen haben dort ein anderes Wort.
and-before-i = und

greeting = [Guten Tag|Hallo] { $name },
greeting-all = [Guten Tag|Hallo],

invitation-subject = { $organisation }: anonyme Befragung, geöffnet bis { $date }
invitation-subject-manual = { $organisation }: anonyme Befragung
invitation-lead = { $organisation } fragt [Sie|dich]: { $title }. { $statements ->
    [one] Eine Aussage
   *[other] { $statements } Aussagen
  }, etwa { $minutes ->
    [one] eine Minute
   *[other] { $minutes } Minuten
  }. [Sie dürfen|Du darfst] jede davon auslassen.

reminder-subject = Erinnerung: { $organisation }, anonyme Befragung, geöffnet bis { $date }
reminder-subject-manual = Erinnerung: { $organisation }, anonyme Befragung
reminder-lead = Die Befragung von { $organisation } ist noch geöffnet: { $title }. { $statements ->
    [one] Eine Aussage
   *[other] { $statements } Aussagen
  }, etwa { $minutes ->
    [one] eine Minute
   *[other] { $minutes } Minuten
  }. Die Teilnahme ist freiwillig.
reminder-crossed = Falls [Sie inzwischen geantwortet haben|du inzwischen geantwortet hast], hat sich diese Mail mit [Ihrer|deiner] Antwort überschnitten, und es ist nichts mehr zu tun. Dieser Link und die Links aus früheren Mails öffnen dieselbe Befragung; alle zählen genau einmal.

open-until = Geöffnet bis { $moment }.
open-until-extended = Verlängert: geöffnet bis { $moment }.
days = { $days ->
    [one] { $days } Tag
   *[other] { $days } Tage
  }
open-manual = Dies ist eine Vorführung: Die Runde wird von Hand geschlossen.

answer-button = Zur Befragung
answer-personal = Dieser Link ist persönlich. Wer ihn hat, kann an [Ihrer|deiner] Stelle antworten. Bitte [leiten Sie|leite] diese Mail nicht weiter.
code-intro = Falls der Link nicht funktioniert oder [Sie lieber ein anderes Gerät nehmen|du lieber ein anderes Gerät nimmst]: [Öffnen Sie|Öffne] { $page } und [geben Sie|gib] diesen Code ein.
code-label = [Ihr|Dein] Code

group-led = [Ihr|Dein] Team ist { $team }, geführt von { $leaders }.
group-teams = In dieser Gruppe antworten mehrere Teams: { $teams }.
group-unled = [Ihr|Dein] Team ist { $team }; eine Führungskraft ist nicht genannt.

protection-receipt = Nach dem Senden [bekommen Sie|bekommst du] eine Quittung. Mit ihr [können Sie|kannst du] prüfen, dass [Ihre|deine] Antwort gezählt wurde.
limits-more = Was noch schiefgehen könnte und wie sich dieses Versprechen nachprüfen lässt, steht auf der Befragungsseite: { $page }

# Was auf dem Versprechen steht, wenn die Organisation nichts Eigenes sagt, hinter „Wozu es dient:“ und „Wozu es nicht verwendet werden darf:“; keine Beurteilung ist ein Satz für sich.
sheet-purpose = Um zu sehen, ob man hier offen sprechen, Fehler zugeben und um Hilfe bitten kann, während die Ansprüche hoch bleiben, und um im Team darüber zu reden.
sheet-not-for = Für Gehalt, Beförderung, Disziplinarmaßnahmen oder um herauszufinden, wer was gesagt hat.

words-title = Prüfwörter
words-intro = Diese Wörter sind ein Fingerabdruck des Versprechens dieser Runde und [Ihrer|deiner] Gruppe. Auch die Befragungsseite zeigt sie. Wenn sie dort anders lauten oder anders als bei Kolleginnen und Kollegen, [antworten Sie|antworte] bitte nicht und [sagen Sie|sag] es [Ihrem|deinem] Betriebsrat oder der Personalabteilung.
words-round = Für alle in dieser Runde gleich
words-group = Für alle in [Ihrer|deiner] Gruppe gleich

reminders-until = Erinnerungen kommen nur, solange mit keinem [Ihrer|deiner] Links eine Antwort eingegangen ist.
reminders-none = [Sie möchten|Du möchtest] in dieser Runde nicht mehr erinnert werden? [Sagen Sie|Sag] es hier; das ist keine Antwort, und [Ihr|dein] Link gilt weiter.
reminders-button = In dieser Runde nicht erinnern

closing-subject = { $organisation }: Die Befragung ist beendet. Was ist über [Sie|dich] vermerkt?
closing-lead = Die Befragung von { $organisation } nimmt keine Antworten mehr an: { $title }. Alle, die per Mail eingeladen wurden, erhalten diese Mail mit demselben Text.
closing-status = Die Seite hinter diesem Link sagt, was über [Sie|dich] vermerkt ist: geantwortet oder nicht geantwortet. Was [Sie geantwortet haben|du geantwortet hast], weiß sie nicht.
closing-button = Was ist über mich vermerkt?
closing-receipt = Dort steht auch eine Liste aller gezählten Antworten, ohne Namen. Wenn [Sie Ihre Quittung aufgehoben haben, können Sie|du deine Quittung aufgehoben hast, kannst du] sie dort suchen.
closing-objections = Wenn [Ihre|deine] Quittung nicht auf der Liste steht, [erheben Sie|erheb] dort bis { $moment } Einspruch; bis dahin wird nichts geöffnet. Wenn nicht stimmt, was über [Sie|dich] vermerkt ist, [sagen Sie|sag] es dem Betriebsrat oder der Personalabteilung.
closing-objections-manual = Wenn [Ihre|deine] Quittung nicht auf der Liste steht, [erheben Sie|erheb] dort Einspruch, bevor die Antworten geöffnet werden. Wenn nicht stimmt, was über [Sie|dich] vermerkt ist, [sagen Sie|sag] es dem Betriebsrat oder der Personalabteilung.
closing-publication = Das Ergebnis wird frühestens am { $moment } veröffentlicht. Danach werden der Schlüssel und alle versiegelten Antworten vernichtet.
closing-publication-manual = Wenn das Ergebnis veröffentlicht ist, werden der Schlüssel und alle versiegelten Antworten vernichtet.
closing-publication-holder = { $holder } öffnet die Antworten, mit einem Schlüssel, den der Betreiber nicht hat. Das Ergebnis wird frühestens am { $moment } veröffentlicht. Danach vernichtet der Betreiber alle versiegelten Antworten und { $holder } den Schlüssel.
closing-publication-holder-manual = { $holder } öffnet die Antworten, mit einem Schlüssel, den der Betreiber nicht hat. Wenn das Ergebnis veröffentlicht ist, vernichtet der Betreiber alle versiegelten Antworten und { $holder } den Schlüssel.
closing-team = Frühestens ab { $moment } führt derselbe Link zum Ergebnis [Ihrer|deiner] Gruppe. Dazu kommt keine weitere Mail.
closing-team-manual = Sobald das Ergebnis veröffentlicht ist, führt derselbe Link zum Ergebnis [Ihrer|deiner] Gruppe. Dazu kommt keine weitere Mail.
closing-addresses = Nach Beginn der Runde erreichte Mail { $count ->
    [one] eine Person nicht, und die Personalabteilung gab für sie eine andere Adresse an. Der bisherigen Adresse wurde das mitgeteilt.
   *[other] { $count } Personen nicht, und die Personalabteilung gab für sie andere Adressen an. Den bisherigen Adressen wurde das mitgeteilt.
  }
closing-found-later = Während die Runde lief, wurde etwas gefunden, das ihr Versprechen nicht sagt:

moved-subject = { $organisation }: [Ihre|deine] Adresse für die Befragung wurde geändert
moved-lead = Von dieser Adresse kamen Mails der Befragung „{ $title }“ von { $organisation } zurück. Die Personalabteilung hat eine andere angegeben; an diese hier geht zu dieser Runde keine Mail mehr.
moved-tell = Wenn [Sie davon nichts wissen, sagen Sie|du davon nichts weißt, sag] es dem Betriebsrat oder der Personalabteilung: Wer die Mails an der neuen Adresse liest, kann an [Ihrer|deiner] Stelle antworten. Alle erfahren, wie viele Adressen geändert wurden.
moved-keep = Links, die hier angekommen sind, gelten weiter, solange geantwortet werden kann. Wie viele Links jemand auch hat: Gezählt wird einmal.

aborted-subject = { $organisation }: Die Befragung endet ohne Ergebnis
aborted-lead = Die Befragung von { $organisation } ist ohne Ergebnis beendet worden: { $title }. Alle, die per Mail eingeladen wurden, erhalten diese Mail mit demselben Text.
aborted-reason = Als Grund wurde angegeben: { $reason }
aborted-destroyed = Alle Antworten wurden vernichtet und mit ihnen der Schlüssel, der sie öffnet. Niemandem wurde ein Ergebnis gezeigt, und Candor kann keines mehr zeigen.
aborted-key-lost = Alle Antworten wurden vernichtet. Der Schlüssel, der sie öffnet, war vorher verloren gegangen; darum kann niemand sagen, dass auch er vernichtet ist. Niemandem wurde ein Ergebnis gezeigt, und Candor kann keines mehr zeigen.
aborted-destroyed-holder = Alle Antworten, die der Betreiber hatte, wurden vernichtet. Der Schlüssel, der sie öffnet, ist bei { $holder } und soll ebenfalls vernichtet werden. Niemandem wurde ein Ergebnis gezeigt, und Candor kann keines mehr zeigen.
aborted-trend = Berichte zeigen für diese Runde eine Lücke. [Sie brauchen|Du brauchst] nichts zu tun; [Ihr|dein] Link gilt nicht mehr.

access-subject = { $organisation }: [Ihr|Dein] Zugang zu Umfrageergebnissen
access-subject-again = { $organisation }: [Wählen Sie|Wähle] ein neues Passwort
access-lead = [Sie haben|Du hast] ein Konto für die Umfragen von { $organisation } bekommen. [Ihr|Dein] Name zum Anmelden ist { $login }. Bitte [wählen Sie|wähle] zuerst ein Passwort.
access-lead-again = Wer die Konten für die Umfragen von { $organisation } führt, hat diese Mail schicken lassen, damit [Sie|du] ein anderes Passwort für den Namen { $login } wählen [können|kannst]. Bis dahin gilt das bisherige.
access-button = Passwort wählen
access-once = Der Link gilt einmal, innerhalb von { $hours ->
    [one] einer Stunde
   *[other] { $hours } Stunden
  }, und für alle, die ihn haben: Bitte [geben Sie|gib] ihn nicht weiter. Eine neuere Mail tritt an seine Stelle.
access-unasked = Wenn [Sie diese Mail nicht erwartet haben, benutzen Sie|du diese Mail nicht erwartet hast, benutze] den Link nicht und [sagen Sie|sag] es denen, die die Konten führen.

footer-automatic = Diese Mail wurde von { $organisation } mit Candor verschickt. Antworten auf diese Mail erreichen die Befragung nicht; bitte [schreiben Sie|schreib] keine Angaben zur Befragung hinein.
footer-tracking = Sie enthält kein Bild und keinen Zähler: Candor erfährt nicht, ob [Sie sie geöffnet haben|du sie geöffnet hast].

# Die kleinen Seiten ohne Programm; jede zeigt alle Sprachen, die des Browsers zuerst. Hier: eine Adresse, unter der nichts ist, und ein Augenblick,
# in dem nichts zu lesen ist.
language-name = Deutsch
nowhere = Unter dieser Adresse gibt es keine Befragung
nowhere-way = [Öffnen Sie|Öffne] den Link aus [Ihrer|deiner] Mail noch einmal, oder [öffnen Sie|öffne] die Adresse, die neben [Ihrem|deinem] Code steht, und [tippen Sie|tipp] den Code dort ein.
nowhere-code = Code eintippen
away = Gerade nicht erreichbar
away-later = Antworten, die angekommen sind, sind nicht verloren. Bitte [laden Sie|lade] diese Seite in einer Minute neu.

# Die Seite hinter „In dieser Runde nicht erinnern“; sie zeigt alle Sprachen, die des Browsers zuerst.
quiet-ask = Keine Erinnerungen mehr an diese Runde?
quiet-ask-link = Wenn [Sie auf die Schaltfläche drücken, bekommen Sie|du auf die Schaltfläche drückst, bekommst du] keine Erinnerungen mehr an diese Runde. [Ihr|Dein] persönlicher Link gilt weiter, solange die Runde offen ist.
quiet-button = Nicht mehr erinnern
quiet-done = [Sie werden|Du wirst] nicht mehr erinnert
quiet-done-link = [Sie bekommen|Du bekommst] keine Erinnerungen mehr an diese Runde. [Ihr|Dein] persönlicher Link gilt weiter.
quiet-last-mail = Nach dem Ende der Runde [bekommen Sie|bekommst du] noch eine E-Mail, wie alle, die per E-Mail eingeladen wurden.
quiet-over = Diese Runde ist zu Ende
quiet-over-no-more = Sie nimmt keine Antworten mehr an, und es gibt keine Erinnerungen mehr an sie.
quiet-unknown = Unter dieser Adresse wurde nichts gefunden
quiet-unknown-copy = Es wurde nichts geändert. Vielleicht ist die Adresse abgeschnitten: Bitte [kopieren Sie|kopiere] sie ganz aus [Ihrer|deiner] E-Mail.
quiet-unavailable = Gerade nicht erreichbar
quiet-unavailable-later = Es wurde nichts geändert. Bitte [versuchen Sie|versuch] es in einer Minute noch einmal.

# Gedruckte Codekarten für Menschen ohne eigenes Postfach und das Deckblatt für diejenigen, die drucken. Für lange Sätze ist kein Platz.
card-group = Gruppe: { $group }
card-how = Scannen, oder diese Adresse öffnen und den Code eingeben:
card-link = QR-Code mit dem Link dieser Karte
card-words = Prüfwörter: { $words }; der Gruppe: { $group }
card-promise = Antworten werden vor dem Senden versiegelt; aus den Aussagen werden nur Zahlen für { $k } oder mehr Personen.
card-drawn = Candor weiß nicht, wer diese Karte hat.
card-printed = Wer diese Karte gedruckt hat, kennt ihren Code und könnte ihn benutzen. Sie zählt einmal. Nach dem Ende zeigt ihr Code unter derselben Adresse, ob sie benutzt wurde.

cards-title = { $organisation }: Codekarten
cards-heap = { $cards ->
    [one] Eine Karte
   *[other] { $cards } Karten
  } für die Gruppe { $group }: eine für jede Person daraus, die keine Mail bekommt.
cards-teams = Teams dieser Gruppe: { $teams }.
cards-draw = Die Karten auseinanderschneiden, jede in einen geschlossenen Umschlag stecken, mischen und alle eine ziehen lassen. Nirgends aufschreiben, wer welche gezogen hat.
cards-alone = Da es nur eine Karte gibt, ist klar, wem sie gehört. Wie bei einem Link aus einer Mail könnte nachsehen, wer die Datenbank verwaltet: ob sie benutzt wurde, aber nicht, was geantwortet wurde.
cards-lost = Eine verlorene Karte lässt sich nicht ersetzen, solange die Runde läuft: Niemand kann sagen, welche es war.
cards-printed = Wer einen Code sieht, könnte damit antworten, nach dem Ende sehen, ob er benutzt wurde, und das Ergebnis der Gruppe öffnen, wenn Gruppen ihres lesen. Bitte die Karten verschlossen ausgeben, übrige vernichten und die Datei nach dem Drucken löschen.
cards-named-title = Karten mit Namen
cards-named = { $cards ->
    [one] Eine Karte
   *[other] { $cards } Karten
  }: Jede ist für die Person, deren Namen sie trägt. Bitte auseinanderschneiden und in geschlossenen Umschlägen übergeben.
cards-named-lost = Eine verlorene Karte kann für dieselbe Person noch einmal gedruckt werden. Dann gelten beide, und zusammen zählen sie einmal.

# Die Seite, auf der eine Gruppe ihr Ergebnis liest.
team-title = Das Ergebnis [Ihrer|deiner] Gruppe
team-lead = Das sagt die Runde { $round } von { $organisation } über [Ihre|deine] Gruppe. Die hier genannten Gruppen und ihre Führungskräfte lesen dieselben Zahlen, die Personalabteilung auch.
team-earlier = Frühere Runden fehlen hier: Was dort versprochen wurde, nannte die Gruppen nicht als Leser. Wo diese Seite von einer ersten Runde spricht, meint sie die erste, die [Ihre|deine] Gruppe lesen darf.
team-none = Für ein Ergebnis [Ihrer|deiner] Gruppe haben zu wenige geantwortet. Antworten von weniger Menschen als versprochen werden nie gezeigt.
team-shared = Die Adresse dieser Seite ist für alle in [Ihrer|deiner] Gruppe gleich. Wer sie hat, kann die Seite lesen. Sie nennt niemanden von denen, die geantwortet haben, und Candor hält nicht fest, wer sie liest.

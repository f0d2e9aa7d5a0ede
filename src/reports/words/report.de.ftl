# Ergebnisse von Runden, auf Deutsch. Punkte von 100, nie Prozent; Runde und Gruppe; nichts Technisches. Kein Satz behauptet mehr als seine Zahl.

# Jeder Bericht
not-for-appraisal = Nicht zur Beurteilung einzelner Personen.
why-not = Dieses Ergebnis gehört der Gruppe: um darüber zu sprechen und etwas daraus zu machen. Es sagt nichts über die Arbeit einzelner Personen aus, und keine Entscheidung über eine Person darf sich darauf stützen.
not-validated = Die Aussagen sind noch nicht validiert: Sie wurden mit Sorgfalt geschrieben, aber noch hat niemand geprüft, wie gut sie messen, was ihre Überschriften sagen.
scale = 0 Punkte hieße, dass alle auf jede Aussage die ungünstigste Antwort gegeben haben, 100 Punkte die günstigste.
range = Jede Spanne ist so bestimmt, dass sie den wahren Wert in etwa 19 von 20 Fällen enthält. Sie ist enger, wo mehr Personen geantwortet haben, und nie genau, weil Summen nur in Stufen veröffentlicht werden, damit sich keine einzelne Antwort errechnen lässt.
silent = Er kann nicht zeigen, was die denken, die nicht geantwortet haben.
never-seen = Er kann nicht zeigen, wer geantwortet hat oder was jemand geantwortet hat, und auch die Berichte aller Runden zusammen können das nicht. Candor zeigt nie, wer geantwortet hat; wer die Datenbank verwaltet, könnte nachsehen.
one-sided = Nahe am Ende der Skala wird nur „so viel oder mehr“ oder „so viel oder weniger“ veröffentlicht, weil eine genaue Zahl verraten würde, dass fast alle gleich geantwortet haben.
level-only = Er kann zeigen, wo die Antworten dieser Personen liegen, innerhalb einer Spanne.

# Überschriften
one-minute = In einer Minute
further = Weitere Fragen dieser Runde
next = Worüber Sie als Nächstes sprechen könnten
method = Wie diese Zahlen zustande kommen
statement = Aussage
over-time = Im Lauf der Zeit
limits = Was dieser Bericht zeigen kann und was nicht
statements = Die Aussagen dahinter
round = Runde
points = Punkte von 100
organisation = Die gesamte Organisation

# Bausteine
colon = :
semicolon = ;
list = { $first } und { $last }
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
date = { $day }. { $month } { $year }
round-named = Runde { $round }

# Wer geantwortet hat
people-between = { $from } bis { $to } Personen haben geantwortet
people-from = { $from } oder mehr Personen haben geantwortet
participation = { $people }.
participation-under = { $people }: weniger als { $share } von je 100 Eingeladenen.
participation-from = { $people }: { $low } oder mehr von je 100 Eingeladenen.
participation-between = { $people }: { $low } bis { $high } von je 100 Eingeladenen.
few-answered = Weniger als 70 von je 100 haben geantwortet. Wenn die übrigen anders denken, könnte der Wert für alle außerhalb der Spannen liegen.
combined = In diesem Quartal werden Ihre Antworten zusammen mit denen von { $groups } gezeigt. Das ist die Regel für kleine Gruppen: Niemandes Antworten sollen allein stehen. Über keines der Teams sagt das etwas aus. Bitte fragen Sie nicht, wer geantwortet hat.
counted-up = eine Ebene höher gezählte Antworten
counted-up-title = { $unit }: eine Ebene höher gezählte Antworten
counted-up-with = { $groups }, mit eine Ebene höher gezählten Antworten
upward = Antworten von Personen, die lieber eine Ebene höher zählen wollten, sind Teil dieses Ergebnisses. Niemand sieht, wer das gewählt hat; an Zahlen kann zu erkennen sein, dass es jemand getan hat.
covers-all = Alle Gruppen dieses Bereichs sind darin enthalten.
covers-under = Es umfasst Gruppen, zu denen weniger als { $share } von je 100 Personen dieses Bereichs gehören; die anderen zählen zusammen mit Gruppen von außerhalb.
covers-between = Es umfasst Gruppen, zu denen { $low } bis { $high } von je 100 Personen dieses Bereichs gehören; die anderen zählen zusammen mit Gruppen von außerhalb.

# Werte
score-between = Irgendwo zwischen { $low } und { $high } von 100 Punkten.
score-at-least = Bei denen, die geantwortet haben: { $points } oder mehr von 100 Punkten.
score-at-most = Bei denen, die geantwortet haben: { $points } oder weniger von 100 Punkten.
score-too-few = Nicht zu sehen: Zu wenige Personen haben auf diese Aussagen geantwortet.
score-no-safe-range = Nicht zu sehen: Bei so wenigen Antworten wäre keine Spanne weit genug, um alle zu schützen, die sie gegeben haben.
score-both-ends = Nicht zu sehen: Die Aussagen liegen an entgegengesetzten Enden der Skala, wo nur „so viel oder mehr“ und „so viel oder weniger“ veröffentlicht wird.
score-not-asked = In dieser Runde nicht gefragt.
short-between = { $low } bis { $high }
short-at-least = { $points } oder mehr
short-at-most = { $points } oder weniger
short-hidden = nicht zu sehen
short-not-asked = nicht gefragt
scale-title = { $dimension }: wo der Wert zwischen 0 und 100 Punkten liegt
rungs-even = Die Stufen: Bei so wenigen Antworten wird jede Aussage nur in Stufen von { $step } Punkten veröffentlicht, zwischen { $first } und { $last }.
rungs-about = Die Stufen: Bei so wenigen Antworten wird jede Aussage nur in Stufen von etwa { $step } Punkten veröffentlicht, zwischen { $first } und { $last }.
rungs-listed = Die Stufen: Bei so wenigen Antworten wird jede Aussage nur in diesen Stufen veröffentlicht: { $steps }.
turned = Zustimmung zu dieser Aussage senkt den Wert

# Veränderungen. Was auf das Wort für eine Veränderung folgt, steht dahinter im selben Satz.
change-clear = klare Veränderung
change-possible = mögliche Veränderung
change-none = keine klare Veränderung
change-hidden = nicht zu sehen
change-before-hidden = Veränderung:
detail-hidden = : Ob es seit { $since } eine Veränderung gab, verbirgt das Ende der Skala oder die zu kleine Zahl der Antworten.
detail-at-least-less = { " " }seit { $since }: mindestens { $points ->
    [one] { $points } Punkt
   *[other] { $points } Punkte
  } weniger.
detail-at-least-more = { " " }seit { $since }: mindestens { $points ->
    [one] { $points } Punkt
   *[other] { $points } Punkte
  } mehr.
detail = { " " }seit { $since }: { $points } { $count ->
    [one] Punkt
   *[other] Punkte
  }, irgendwo zwischen { $low } und { $high }.
change-short-at-least = mindestens { $points }
detectable = Eine tatsächliche Veränderung um { $points } Punkte würde in vier von fünf Fällen gefunden; kleinere bleiben oft unbemerkt.
detectable-from = Eine Veränderung seit der letzten Runde wäre hier zu sehen ab etwa { $points } Punkten; eine kleinere Veränderung kann tatsächlich bestehen und hier trotzdem nicht zu sehen sein.
detectable-between = Eine Veränderung seit der letzten Runde wäre hier zu sehen ab etwa { $smallest } bis { $largest } Punkten; eine kleinere Veränderung kann tatsächlich bestehen und hier trotzdem nicht zu sehen sein.
not-compared = Diesmal kein Vergleich: In der letzten Runde wurde nicht nach denselben Aussagen gefragt, oder jemand anderes hat die Gruppe geführt.
no-comparison-first = Diesmal kein Vergleich: Dies ist die erste Runde mit einem Ergebnis.
no-comparison-new = Diesmal kein Vergleich: Eine der Gruppen, die hier zählen, ist neu.
no-comparison-too-many = Diesmal kein Vergleich: In der letzten Runde waren die Gruppen anders zusammengesetzt, und nun müssten zu viele von ihnen zusammengenommen werden.
no-comparison-nothing = Diesmal kein Vergleich: Die letzte Runde hatte für diese Personen kein Ergebnis.
no-comparison-upward = Diesmal kein Vergleich: Diese Personen wollten lieber eine Ebene höher zählen, und das wird in jeder Runde neu gewählt.
compared-together = Nur für die Veränderung werden { $groups } zusammengenommen, weil sie in dieser oder der letzten Runde zusammen gezählt wurden; bei jeder von ihnen steht dieselbe Veränderung.
compared-with-corrected = Runde { $since }, mit der hier verglichen wird, wurde berichtigt: siehe dort.
same-three-quarters = Mindestens drei Viertel der Personen waren hier schon beim letzten Mal eingeladen.
same-half = Mindestens die Hälfte der Personen war hier schon beim letzten Mal eingeladen.
same-quarter = Vielleicht war weniger als die Hälfte der Personen hier schon beim letzten Mal eingeladen: Eine Veränderung kann ebenso von neuen Personen kommen wie von neuen Meinungen.
same-few = Vielleicht war weniger als ein Viertel der Personen hier schon beim letzten Mal eingeladen: Eine Veränderung sagt mehr darüber, wer jetzt hier ist, als über neue Meinungen.

# Im Lauf der Zeit
no-trend-yet = Dies ist die erste Runde mit einem Ergebnis; ab der nächsten steht hier der Verlauf.
earlier-rounds = Frühere Runden
trend-title = { $dimension }: Punkte von 100 in jeder Runde
trend-aborted = ohne Ergebnis beendet
trend-not-comparable = nicht vergleichbar
trend-together = zusammen mit { $groups }
trend-hollow = Ein offener Punkt oder Pfeil: in jener Runde zusammen mit anderen Gruppen gezählt.
trend-cross = Ein Kreuz: Diese Runde endete ohne Ergebnis.
trend-gaps = Ein Fragezeichen: Diese Personen zählten damals in anderen Gruppen, oder es war kaum etwas zu sehen.

# Berichtigungen
errata = Berichtigungen zu diesem Ergebnis
never-changed = Ein veröffentlichtes Ergebnis wird nie geändert. Was sich daran als falsch herausgestellt hat, steht hier, unterschrieben mit dem Schlüssel dieser Runde.

# Kommentare
comments = Was geschrieben wurde
comments-together = Kommentare werden nur von vielen Personen zusammen gezeigt, in einer Reihenfolge, die nichts verrät: Weder Zeit noch Gruppe noch Antworten stehen dahinter.
comments-style = Die Art zu schreiben kann erkannt werden; dass sie geschützt wäre, wird nicht behauptet.
comments-no-search = Versuchen Sie nicht herauszufinden, wer etwas geschrieben hat, und fragen Sie nicht danach: Sprechen Sie über das, was gesagt wird. Wer einmal gefragt wurde, schreibt nie wieder etwas Ehrliches.
comments-of-upward = Kommentare von Personen, deren Antworten eine Ebene höher gezählt wurden:
comments-of-one = Kommentare von { $group }:
comments-of-several = Kommentare von { $groups } zusammen:
comments-of-several-upward = Kommentare von { $groups } zusammen, mit eine Ebene höher gezählten Antworten:
comments-too-few = Zu wenige Personen haben hier etwas geschrieben. Kommentare werden nur von { $people } oder mehr Personen zusammen gezeigt, von denen mindestens { $comments } einen geschrieben haben.
comments-hidden = { $count ->
    [one] Die Personalabteilung hat { $count } Kommentar ausgeblendet. Der einzige erlaubte Grund ist, dass er eine Person nennt; niemand sonst prüft das.
   *[other] Die Personalabteilung hat { $count } Kommentare ausgeblendet. Der einzige erlaubte Grund ist, dass sie eine Person nennen; niemand sonst prüft das.
  }
hide = Ausblenden: nennt eine Person

# Alle Gruppen
groups = Alle Gruppen
groups-of = Gruppen von { $unit }
group = Gruppe
answers = Antworten
directly-under = Direkt unter der Organisation
no-ranking = In der Reihenfolge der Organisation, nicht der Werte: Wo Spannen sich überschneiden, lassen sich Gruppen nicht unterscheiden, und die meisten Unterschiede zwischen Gruppen sind Zufall.
short-people-between = { $from } bis { $to }
short-people-from = { $from } oder mehr
short-participation-under = { $people }; unter { $share } von 100 Eingeladenen
short-participation-from = { $people }; { $low } oder mehr von 100 Eingeladenen
short-participation-between = { $people }; { $low } bis { $high } von 100 Eingeladenen

# Offen sprechen und Ansprüche zusammen
quadrant-in = Offen sprechen und Ansprüche zusammen: { $zone }.
quadrant-between = Offen sprechen und Ansprüche zusammen: entweder { $zone }, oder { $other }.
quadrant-untold = Offen sprechen und Ansprüche zusammen: Welches von beiden hoch ist, lässt sich nicht sagen.
quadrant-unseen = Offen sprechen und Ansprüche zusammen: lässt sich nicht sagen, weil eines von beiden zu ungenau bekannt ist.
quadrant-method = Hoch heißt 58 Punkte von 100 oder mehr. Gesagt wird etwas nur mit einer Wahrscheinlichkeit von mindestens 80 von 100.
zone-learning = beides ist hoch (Lernen)
zone-comfort = offen sprechen ist hoch, die Ansprüche sind es nicht (Komfort)
zone-anxiety = die Ansprüche sind hoch, offen sprechen ist es nicht (Angst)
zone-apathy = keines von beiden ist hoch (Gleichgültigkeit)

# Ein Gespräch wert
conversation = Ein Gespräch wert
conversation-order = In der Reihenfolge der Organisation, nicht der Größe; auch Verbesserungen sind ein Gespräch wert. Fragen Sie, was geschehen ist, bevor Sie entscheiden, was es bedeutet.
conversation-claim = Wo sich nirgends etwas verändert hat, bleibt die Liste in mindestens neun von zehn Runden leer; wo sich viel verändert hat, kann etwa einer von zehn Einträgen Zufall sein.
tested-first = Dies ist die erste Runde mit einem Ergebnis: Noch gibt es keine Veränderung, die man ansehen könnte.
tested-nothing = Keine Veränderung seit { $since } ließ sich prüfen.
tested-one-stands-out = Eine Veränderung seit { $since } ließ sich prüfen, und sie fällt auf.
tested-one-chance = Eine Veränderung seit { $since } ließ sich prüfen, und sie hebt sich nicht vom Zufall ab.
tested-chance = { $tested } Veränderungen seit { $since } ließen sich prüfen, und keine hebt sich von dem ab, was der Zufall aus so vielen macht.
tested-together = { $tested } Veränderungen seit { $since } ließen sich prüfen; einzelne Gruppen fallen nicht auf, aber zusammen haben sie sich bewegt: siehe die gesamte Organisation.
tested-stand-out = { $entries ->
    [one] { $tested } Veränderungen seit { $since } ließen sich prüfen; eine fällt auf.
   *[other] { $tested } Veränderungen seit { $since } ließen sich prüfen; diese fallen auf.
  }

# Die gesamte Organisation
course = Wohin sich die gesamte Organisation bewegt
course-method = Menschen kommen und gehen; ein Verlauf handelt von denen, die jeweils da waren.
course-too-few = für eine Linie braucht es mindestens drei Runden nacheinander mit denselben Aussagen.
course-untold = ob die Runden auf einer Linie liegen, lässt sich nicht sagen.
course-up-and-down = auf und ab über { $rounds } Runden seit { $since }; keine Linie beschreibt das.
course-line = { $change } entlang einer Linie durch { $rounds } Runden seit { $since }: { $points } { $count ->
    [one] Punkt
   *[other] Punkte
  }, irgendwo zwischen { $low } und { $high }.
differences = Wie weit sich Gruppen unterscheiden
differences-method = In jeder Gruppe unterscheiden sich die Menschen. Der Anteil, der zwischen den Gruppen liegt, ist aus den Spannen aller Gruppen zusammen geschätzt, der Zufall ist herausgerechnet. Wo er klein ist, sagt ein Vergleich von Gruppen wenig.
differences-too-few = nicht geschätzt, weil weniger als 10 Gruppen einen Wert haben.
differences-untold = lässt sich nicht sagen: Die Gruppen liegen näher beieinander, als der Zufall sie lässt.
differences-share = von 100 Teilen der Unterschiede zwischen Menschen liegen etwa { $share } zwischen Gruppen, irgendwo zwischen { $low } und { $high }.
estimates-method = Eine kleine Gruppe wirkt durch Zufall leichter extrem als eine große. Jede Schätzung ist so weit zum Mittel aller Gruppen gerückt, wie der Zufall ihren Abstand erklärt: um Hilfe über alle Gruppen zu planen, nicht um sie zu ordnen.
estimates-none = Die Gruppen unterscheiden sich nicht mehr, als der Zufall sie lässt: Keine Schätzung für eine einzelne Gruppe sagt mehr als das Mittel aller.
estimate = { $low } bis { $high }
estimates-rest-on = Stützt sich vor allem auf
weight-faint = die anderen Gruppen
weight-own = die eigenen Antworten

# Gesagt oder gelebt
said = Gesagt oder gelebt
said-method = Manche Aussagen fragen danach, was gesagt wird, andere danach, was geschieht. Wo das Gesagte weiter über dem Geschehenden liegt als anderswo oder zuvor, ist das ein Grund zu fragen, wie es dazu kommt. Es beweist nichts, und es sagt nichts über die Ehrlichkeit irgendeiner Person.
said-consistent = stimmig
said-mixed = gemischt
said-conversation = ein Gespräch wert
said-hidden = nicht zu sehen
said-first = noch nichts zum Vergleichen
said-clear-one = In der einen Gruppe, in der es zu sehen ist, fällt nichts auf.
said-clear = In keiner der { $groups } Gruppen, in denen es zu sehen ist, fällt etwas auf.
said-unseen = { $groups ->
    [one] In einer Gruppe ist es nicht zu sehen.
   *[other] In { $groups } Gruppen ist es nicht zu sehen.
  }
said-gap = Gesagt minus gelebt ergibt { $points } { $count ->
    [one] Punkt
   *[other] Punkte
  }, irgendwo zwischen { $low } und { $high }, in der gesamten Organisation. Einen natürlichen Nullpunkt gibt es nicht: Vergleichen Sie Gruppen und Runden, nicht diese Zahl.
said-gap-at-least = Gesagt minus gelebt ergibt mindestens { $points } { $count ->
    [one] Punkt
   *[other] Punkte
  } in der gesamten Organisation. Einen natürlichen Nullpunkt gibt es nicht: Vergleichen Sie Gruppen und Runden, nicht diese Zahl.
signals = Von je 100 Personen, die auf alle Aussagen geantwortet haben, haben etwa { $row } für acht oder mehr hintereinander denselben Punkt gewählt, darunter umgedrehte Aussagen, und etwa { $throughout } für alle.
farther = das Gesagte liegt { $points } { $count ->
    [one] Punkt
   *[other] Punkte
  } weiter über dem Geschehenden (irgendwo zwischen { $low } und { $high })
farther-at-least = das Gesagte liegt mindestens { $points } { $count ->
    [one] Punkt
   *[other] Punkte
  } weiter über dem Geschehenden
than-elsewhere = { $farther } als in der gesamten Organisation
than-before = { $farther } als zuvor
than-in = { $farther } als in { $since }
same-in-a-row = viele haben immer wieder denselben Punkt gewählt
same-throughout = viele haben für alle Aussagen denselben Punkt gewählt

# Die Leiter
ladder-note = Ausgefüllt ist die Stufe, in der die Mitte der Antworten liegt; der Balken darüber ist die ganze Spanne.
ladder-before = Der gestrichelte Rahmen ist die Stufe der Runde davor.
round-before = In der Runde davor: { $score }.

# Die letzten Runden zusammen
recent-rounds = { $rounds } zusammen
recent-untold = lässt sich nicht sagen: Von einer ist nur „so viel oder mehr“ oder „so viel oder weniger“ bekannt
recent-method = Die letzten Runden zusammen: ihr Mittel, in dem jede Runde einmal zählt. Es ist das Niveau über diese Zeit, nicht das von heute. Die Spanne wird dadurch weniger eng, als man hoffen könnte, weil zum Teil jedes Mal dieselben Personen gehört wurden und zum Teil dieselben nicht geantwortet haben.
recent-lines = Gestrichelte Linien: die letzten Runden zusammen.

# Zwei Bereiche zusammen
plane-title = Offen sprechen und Ansprüche zusammen
plane-axes = Nach rechts { $standards }: { $across }. Nach oben { $safety }: { $upwards }.
plane-ellipse = Die farbige Fläche enthält den wahren Ort in etwa 19 von 20 Fällen; die gestrichelten Linien stehen bei 58 Punkten.
plane-rectangle = Die farbige Fläche besteht aus beiden Spannen, weil bei so wenigen Personen niemand weiß, wie beides zusammenhängt; die gestrichelten Linien stehen bei 58 Punkten.

# Was gesagt wird neben dem, was geschieht
said-legend = Volles Zeichen: was gesagt wird. Offenes Zeichen: was geschieht. Die Balken sind die Spannen.
said-says = Was gesagt wird
said-does = Was geschieht

# Einzelne Aussagen
statements-from = Was von einzelnen Aussagen zu sehen ist, steht hier ab 10 Antworten; bei weniger würde eine Spanne so gut wie nichts sagen.
statements-without = Ohne eigene Überschrift

# Wie die Zahlen zustande kommen
method-people = Veröffentlicht werden nur Ergebnisse von mindestens { $k } Personen zusammen. Hier: { $people }.
answered-from = Auf die Aussagen unter „{ $lead-in }“ wurde von „{ $lowest }“ bis „{ $highest }“ geantwortet.
method-rules = Zahlen und Wörter entstehen nach den Regeln { $rules }; wer will, kann sie aus dem, was veröffentlicht ist, nachrechnen.
method-holder = Allen war versprochen, dass { $holder } den Schlüssel zu den Antworten hat und nicht der Betreiber. { $holder } hat alle Antworten auf einmal geöffnet und das Ergebnis unterschrieben.

# Worüber man sprechen könnte
next-introduction = Höchstens zwei Dinge, und nur, was der Zufall nicht erklärt. Jedes braucht 20 Minuten der nächsten Teambesprechung. Sprechen Sie über Situationen, nicht über Personen, und nie darüber, wer was geantwortet hat.
suggestion-fell = Das ist seit { $since } klar gesunken.
suggestion-rose = Das ist seit { $since } klar gestiegen: Es lohnt sich zu verstehen, warum, damit es so bleibt.
suggestion-low = Die ganze Spanne liegt unter 58 von 100 Punkten.
suggestion-low-statement = Eine der Aussagen dazu liegt für sich allein niedrig.
suggestion-statement = Die niedrigste Aussage dazu, deren ganze Spanne unter 58 von 100 Punkten liegt: „{ $statement }“
suggestion-anything = Nichts ist hier niedriger, als der Zufall es aus diesen Antworten machen kann, und nichts hat sich klar verändert. Das ist keine Note und kein Grund, etwas zu suchen.
suggestion-anything-title = Ein Gespräch lohnt sich trotzdem
kit-together = An Sie und die Führungskräfte von { $groups } gemeinsam: Treffen Sie sich zuerst für 20 Minuten. Lesen Sie diese Seite laut, und raten Sie nicht, welches Team was gesagt hat. Wählen Sie eines der Dinge unten, finden Sie für alle Teams dieselben Worte, besprechen Sie es in jedem Team, und kommen Sie an einem festen Tag noch einmal zusammen.
kit-both = Dieselben Worte passen zu beidem. Wählen Sie, was Ihrem Team wichtiger ist, oder nehmen Sie sich für jedes einen eigenen Tag.
kit-begin = Zum Einstieg, in Ihren eigenen Worten:
kit-agenda = Zwanzig Minuten im Team:
kit-minutes = { $minutes } Minuten
kit-share-title = Zeigen.
kit-share = Zeigen Sie die Seite, wie sie ist, mit ihren Spannen, und sagen Sie, was sie nicht sehen kann. Niemand muss sagen, was die eigene Antwort war; fragen Sie nicht danach, und sprechen Sie keine Vermutung aus.
kit-ask-title = Fragen.
kit-agree-title = Eine Sache vereinbaren.
kit-date-title = Einen Tag festlegen.
kit-date = Schreiben Sie sie in einem Satz auf, mit einer Person, die sich darum kümmert, und dem Tag, an dem alle wieder darauf schauen.
kit-safety-start = „Ich möchte von Problemen hören, solange sie noch klein sind. Wann hat es uns zuletzt geholfen, dass jemand früh etwas gesagt hat?“
kit-safety-ask = Erst zwei Minuten allein, dann zu zweit: Was macht es hier leichter, einen Fehler oder einen Zweifel auszusprechen, und was macht es schwerer? Jedes Paar nennt eine Sache. Hören Sie zu, danken Sie, und verteidigen Sie heute nichts.
kit-safety-agree = Etwas, das in jeder Besprechung geschieht, zum Beispiel: Bevor wir entscheiden, nennen alle eine Sache, die schiefgehen könnte; wer eine nennt, bekommt Dank, bevor jemand antwortet.
kit-standards-start = „Vereinbarungen helfen nur, wenn wir auch nach ihnen fragen dürfen. Welche unserer Vereinbarungen funktionieren, ohne dass jemand erinnern muss?“
kit-standards-ask = Zu zweit: Auf welche Vereinbarung würden wir uns gern mehr verlassen können, und woran fehlt es: Ist es zu viel, ist es unklar, oder fragt niemand nach? Sprechen Sie über die Vereinbarung, nicht darüber, wer sie nicht eingehalten hat.
kit-standards-agree = Eine Vereinbarung in einem Satz, mit wer und bis wann, und wie wir fragen, wenn es hakt: „Was fehlt noch, damit es klappt?“
kit-learning-start = „Kürzlich lief etwas anders als geplant; das passiert allen, die arbeiten. Mich interessiert, wie es dazu kam, nicht, wer es war.“
kit-learning-ask = Wählen Sie zusammen einen solchen Fall, einen kleinen. Was wussten wir damals, was kam dazwischen, und woran hätten wir es früher gemerkt?
kit-learning-agree = Eine Änderung, die daraus folgt und in zwei Wochen gilt, und woran wir merken werden, ob sie hilft.
kit-other-start = „Das sagen die Antworten zu diesem Thema. Was davon kennen Sie aus unserer Arbeit?“
kit-other-ask = Zu zweit: Über welche der Aussagen lohnt es sich am meisten zu sprechen, und wann ist es gut gelungen? Jedes Paar nennt eine Sache.
kit-other-agree = Eine Sache, die wir vier Wochen lang versuchen, klein genug, um morgen anzufangen.
kit-rise-start = „Hier ist etwas besser geworden. Was haben wir anders gemacht?“
kit-rise-ask = Zu zweit: Was hat geholfen, und wodurch würden wir es wieder verlieren? Jedes Paar nennt eine Sache.
kit-rise-agree = Eine Gewohnheit, die wir bewusst behalten, auch wenn viel zu tun ist.
kit-anything-start = „Auf dieser Seite fällt nichts Einzelnes auf. Also frage ich Sie: Über welche dieser Aussagen würden Sie am liebsten sprechen?“
kit-anything-ask = Zu zweit: Wählen Sie eine Aussage. Wann traf sie hier zu, und was war da anders? Jedes Paar nennt eine Sache.
kit-anything-agree = Eine Sache, die wir vier Wochen lang versuchen, klein genug, um morgen anzufangen.

# Die Seiten mit dem Ergebnis der Organisation
part-overview = Die Organisation
part-comparison = Seit der Runde davor
part-groups = Gruppen
part-differences = Unterschiede
part-participation = Beteiligung
part-quality = Wie gut gemessen wird
chart-beside-table = Die Tabelle neben dieser Zeichnung enthält dieselben Zahlen.
from-to = { $first } bis { $last }

# Gruppen und Dimensionen
map = Gruppen und Dimensionen
map-method-few = Wo weniger als 10 Gruppen einen Wert haben, wird nichts gerückt: Jede Spanne ist der Wert der Gruppe, wie er ist.
map-legend = Blau liegt über der Mitte der Skala, Orange darunter; je kräftiger die Farbe, desto weiter. Blass und in Klammern: stützt sich vor allem auf die anderen Gruppen. Ganz schraffiert: nicht zu sehen. Ein Pfeil nach oben: so viel oder mehr; nach unten: so viel oder weniger. Zwei Quadrate vor einem Namen und ein schraffierter unterer Rand: zusammen gezählt.
map-title = Gruppen und Dimensionen: wo jede Gruppe zwischen 0 und 100 Punkten wahrscheinlich liegt
map-like-all = wie alle
map-faint = { $range }, vor allem aus den anderen Gruppen
untold = lässt sich nicht sagen

# Gruppen und Zufall
funnel = Gruppen und Zufall
funnel-method = Wären alle Gruppen gleich, würde der Zufall ihre Werte trotzdem streuen, die kleiner Gruppen weiter als die großer. Die blassen Bänder zeigen, wie weit: Von gleichen Gruppen liegen mindestens 19 von 20 im inneren Band und mindestens 998 von 1000 im äußeren. Bis zu eine von 20 Gruppen liegt also allein durch Zufall außerhalb des inneren Bandes. Eine Reihenfolge der Gruppen folgt daraus nicht.
funnel-legend = Ein offener Punkt liegt im inneren Band, ein voller außerhalb, eine Raute außerhalb von beiden. Ein Pfeil: so viel oder mehr, oder so viel oder weniger.
funnel-title = { $dimension }: alle Gruppen, und wie weit der Zufall allein Gruppen ihrer Größe tragen würde
funnel-mean = Das Mittel aller Gruppen liegt bei { $mean } von 100 Punkten.
funnel-people = Personen, die geantwortet haben
funnel-inner = Mindestens 19 von 20 gleichen
funnel-outer = Mindestens 998 von 1000 gleichen
funnel-within = im Rahmen des Zufalls
funnel-below = niedriger, als der Zufall die meisten Gruppen trägt
funnel-above = höher, als der Zufall die meisten Gruppen trägt
funnel-far-below = weit niedriger, als der Zufall erklärt
funnel-far-above = weit höher, als der Zufall erklärt
quadrant-groups = Offen sprechen und Ansprüche zusammen
quadrant-groups-method = Jeder Punkt ist eine Gruppe, voll, wo sich ihre Zone sagen lässt. Um diese steht eine Linie, die den wahren Ort in etwa 19 von 20 Fällen umschließt, wenn es nicht mehr als 12 sind.
quadrant-title = { $safety } und { $standards }: wo jede Gruppe zwischen 0 und 100 Punkten liegt
quadrant-zone = Zone
zone-either = entweder { $zone }, oder { $other }

# Beteiligung aller Gruppen
strip = Wie viele geantwortet haben, Gruppe für Gruppe
strip-method = In Bändern. Ein Anteil steht nur da, wo 10 oder mehr Personen eingeladen waren, und nicht, wo eine Ebene höher gezählte Antworten zu einer Gruppe gehören. Candor zeigt nie, wer geantwortet hat. Wenige Antworten sind ein Grund zu fragen, was vom Antworten abhält, nicht wen.
strip-legend = Gefüllt: das Band, in dem der Anteil liegt, von 100 Eingeladenen. Schraffiert: kein Anteil wird gezeigt. Zwei Quadrate vor einem Namen: zusammen gezählt.
strip-title = Wie viele von 100 Eingeladenen geantwortet haben, Gruppe für Gruppe

# Wie gut die Aussagen messen
quality = Wie gut die Aussagen messen
quality-method = Aus allen Antworten der Organisation zusammen berechnet, bevor sie vernichtet wurden, nie aus denen einer einzelnen Gruppe. Diese Zahlen sagen, wie weit die Aussagen einer Dimension ein und dasselbe messen; ob es das Richtige ist, sagen sie nicht.
quality-none = Weniger als 100 Personen haben auf alle Aussagen geantwortet. Aus so wenigen würden solche Zahlen mehr über den Zufall sagen als über die Aussagen; darum gibt es keine.
quality-old = Dieses Ergebnis hat eine frühere Version von Candor geschrieben, die diese Zahlen nicht berechnet hat.
quality-measure = Maß
quality-rests = { $groups ->
    [one] Aus den Antworten von { $people } Personen in einer Gruppe.
   *[other] Aus den Antworten von { $people } Personen in { $groups } Gruppen.
  }
quality-alpha = Cronbachs Alpha
quality-alpha-means = wie ähnlich Menschen auf die Aussagen einer Dimension antworten. Bei 0 haben die Antworten nichts gemeinsam, bei 1 alles. Ab etwa 0,7 werden Aussagen meist als eine Skala gelesen; das ist Gewohnheit und kein Beweis.
quality-omega = McDonalds Omega
quality-omega-means = dasselbe, ohne anzunehmen, dass jede Aussage so viel zählt wie die nächste. Wo es nahe bei Alpha liegt, schadet diese Annahme wenig.
quality-icc-one = ICC(1)
quality-icc-one-means = welcher Anteil der Unterschiede zwischen Menschen zwischen den Gruppen liegt, aus den Antworten selbst berechnet. Bei 0,05 liegen 5 von 100 Teilen zwischen Gruppen und 95 zwischen Menschen einer Gruppe.
quality-icc-two = ICC(2)
quality-icc-two-means = wie verlässlich das Mittel einer Gruppe von durchschnittlicher Größe ist. Unter 0,5 ist mehr als die Hälfte dessen, was die Mittel der Gruppen unterscheidet, Zufall.
coefficient = { $sign }{ $whole },{ $hundredths }
coefficient-few-items = zu wenige Aussagen
coefficient-few-groups = weniger als 20 Gruppen
coefficient-no-spread = alle haben gleich geantwortet
coefficient-no-difference = die Gruppen unterscheiden sich nicht mehr als die Menschen in ihnen
coefficient-out-of-range = die Aussagen messen nicht ein und dasselbe, oder eine ist falsch herum gedreht

# Seit der Runde davor
since = Seit { $since }
comparison-only-before = Eine Runde wird mit der veröffentlichten Runde davor verglichen und mit keiner anderen: Gruppen werden von einer Runde zur nächsten verfolgt, und jeder weitere Vergleich wäre eine weitere Gelegenheit, durch Zufall etwas zu finden. Der Verlauf über alle Runden steht bei den Werten der Organisation.
comparison-groups = Veränderungen, Gruppe für Gruppe
origins = Woher die Gruppen kommen
origins-method = Eine Veränderung wird nur zwischen Mengen von Gruppen genannt, die, soweit das geht, dieselben Menschen enthalten. Was jede Gruppe fortsetzt, wurde beim Start der Runde mit der Personalliste eingefroren.
origins-what = Was geschehen ist
origins-before = Zuvor, und wie viele der heutigen Personen darin waren
origins-ended = Beendet
origins-same = { $count ->
    [one] Eine Gruppe ist, wie sie war.
   *[other] { $count } Gruppen sind, wie sie waren.
  }
event-none = wie sie war
event-new = neu
event-merged = zusammengelegt
event-split = geteilt
event-renamed = umbenannt
event-moved = in einen anderen Bereich gewechselt
continued = { $group }: { $share }
share-three-quarters = drei Viertel oder mehr
share-half = die Hälfte bis drei Viertel
share-quarter = ein Viertel bis die Hälfte
share-few = unter einem Viertel
multiples = Im Lauf der Zeit, Gruppe für Gruppe
multiples-title = { $group }: Punkte von 100 in jeder Runde
multiples-legend = Ein Punkt mit seiner Spanne, in jeder Zeichnung von 0 bis 100; ein Kreuz: Die Runde endete ohne Ergebnis; ein Fragezeichen: nicht vergleichbar; schraffiert: nicht zu sehen.

# Das erfundene Beispiel einer Ergebnisseite, für alle, die um Antworten gebeten werden
specimen-title = Ein erfundenes Beispiel für die Seite einer Führungskraft
specimen-mark = Erfundenes Beispiel
specimen-nobody = Die Gruppe, die Runden und alle Zahlen auf dieser Seite sind erfunden. Sie enthält niemandes Antwort und ist für alle gleich, die sie öffnen.
specimen-made = So sieht die Seite einer Führungskraft aus. Das Beispiel entsteht mit demselben Programm, aus den Aussagen dieser Runde und nach ihren Regeln für kleine Gruppen.
specimen-differs = Was im wirklichen Ergebnis zu sehen ist, hängt davon ab, wie viele antworten und wie. In einer ersten Runde gibt es nichts zum Vergleichen.
specimen-back = Zurück zur Befragung: einfach diesen Tab schließen.
specimen-end = Hier endet das erfundene Beispiel.
specimen-group = Erfundene Gruppe
specimen-round = beispiel

# Files to take along: workbook, paper, notice board
about-title = Zu diesem Ergebnis
about-what = Was das ist
about-not-for = Wofür es nicht da ist
about-reading = Wie man es liest
about-unseen = Was nicht zu sehen ist
about-round = Das Ergebnis der Runde { $round } von { $organisation }. Es entsteht aus dem, was veröffentlicht wurde, und aus nichts sonst: Wer es noch einmal erstellt, erhält dasselbe.
about-form = Der Fragebogen: { $title }, Fassung { $version }.
about-method = Zahlen und Wörter folgen den Regeln { $method }; die Dokumentation von Candor erklärt sie.
about-smallest = Von weniger als { $people } Personen, die zusammen geantwortet haben, wird nichts gezeigt.
about-comments = Was Menschen geschrieben haben, steht in keiner Datei. Es steht allein auf der Seite, damit ein Kommentar, der jemanden nennt, noch ausgeblendet werden kann.
file-what = Was
file-unit = Bereich
file-name = Name
file-answers-from = Antworten, von
file-answers-to = Antworten, bis
file-rate-from = Von 100 Eingeladenen, von
file-rate-to = Von 100 Eingeladenen, bis
file-covers-from = Von 100 Personen des Bereichs darin, von
file-covers-to = Von 100 Personen des Bereichs darin, bis
file-topic = Thema
file-score = Punkte von 100
file-lowest = Mindestens
file-highest = Höchstens
file-since = Seit Runde
file-change = Veränderung
file-difference = Unterschied in Punkten
file-difference-lowest = Unterschied, mindestens
file-difference-highest = Unterschied, höchstens
file-detectable = Eine wahre Veränderung von so vielen Punkten fände man in vier von fünf Fällen
file-remark = Bemerkung
file-at-least = Der Unterschied ist der kleinstmögliche; wie groß er darüber hinaus ist, weiß man nicht.
file-together = Zusammengezählt mit
file-finding = Was sich sagen lässt
file-rounds = Runden
file-share = Von 100 Teilen zwischen Gruppen
file-share-lowest = Von 100 Teilen, mindestens
file-share-highest = Von 100 Teilen, höchstens
file-statement = Aussage
file-rests-on = Worauf es beruht
file-lowest-statement = Die niedrigste Aussage dazu
file-begin = Zum Einstieg
file-ask = Zum Fragen
file-agree = Zum Vereinbaren
file-low-by-itself = für sich allein niedrig: Die ganze Spanne liegt unter 58, auch wenn danach bei allen Aussagen zugleich gefragt wird
file-number = Nummer
file-day = Tag
file-correction = Berichtigung
file-sheets = Die anderen Blätter
file-empty = Ein leeres Feld heißt, dass es nichts zu sagen gibt oder dass es nicht zu sehen ist; Punkte, Wörter oder Bemerkung in derselben Zeile sagen, was davon. Alle Zahlen sind ganze Punkte von 100, wenn ihre Spalte nichts anderes sagt.
sheet-read-me = Bitte zuerst lesen
sheet-results = Ergebnisse
sheet-over-time = Im Lauf der Zeit
sheet-next = Worüber als Nächstes sprechen
sheet-recent = Letzte Runden zusammen
sheet-single = Einzelne Aussagen
sheet-together = Offen sprechen und Ansprüche
sheet-conversation = Ein Gespräch wert
sheet-course = Verlauf
sheet-differences = Unterschiede
sheet-estimates = Schätzungen
sheet-said = Gesagt oder gelebt
sheet-statements = Aussagen
sheet-corrections = Berichtigungen
paper-numbering = Seite { $page } von { $pages }
paper-title = { $whose }, { $round }
paper-replaced = Ein Fragezeichen steht hier anstelle von Zeichen, die diese Datei nicht drucken kann ({ $characters }); die Seite am Bildschirm zeigt sie.
paper-comments = Was Menschen geschrieben haben, steht allein auf der Seite am Bildschirm, damit ein Kommentar, der jemanden nennt, noch ausgeblendet werden kann.
notice-title = Was wir gelernt haben
notice-thanks = Danke an alle, die geantwortet haben.
notice-next = Wie es weitergeht
notice-commitments = Zwei Dinge, die wir uns vornehmen, jedes mit einem Tag:

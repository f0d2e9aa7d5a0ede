# Mails to people, in English. Round, staff list, promise sheet; nothing technical. The survey page says the same things in client/words.
# $date is a day and $moment a day with its time, both made of the messages below.

weekday = { $weekday ->
    [1] Monday
    [2] Tuesday
    [3] Wednesday
    [4] Thursday
    [5] Friday
    [6] Saturday
   *[7] Sunday
  }
month = { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
  }
date = { $weekday } { $day } { $month } { $year }
moment = { $date }, { $time } { $zone }
time-of = { $place } time
quoted = “{ $text }”
and = and
# “and” before a name that begins with the sound of an i; only some languages have another word there.
and-before-i = and

greeting = Hello { $name },
greeting-all = Hello,

invitation-subject = { $organisation }: anonymous survey, open until { $date }
invitation-subject-manual = { $organisation }: anonymous survey
invitation-lead = { $organisation } asks you: { $title }. { $statements ->
    [one] One statement
   *[other] { $statements } statements
  }, about { $minutes ->
    [one] one minute
   *[other] { $minutes } minutes
  }. You may leave any of them blank.

reminder-subject = Reminder: { $organisation }, anonymous survey, open until { $date }
reminder-subject-manual = Reminder: { $organisation }, anonymous survey
reminder-lead = The survey of { $organisation } is still open: { $title }. { $statements ->
    [one] One statement
   *[other] { $statements } statements
  }, about { $minutes ->
    [one] one minute
   *[other] { $minutes } minutes
  }. Taking part is voluntary.
reminder-crossed = If you have answered in the meantime, this mail has crossed your answer: there is nothing left to do. This link and the ones in earlier mails all open the same survey; everybody counts once.

open-until = Open until { $moment }.
open-until-extended = Extended: open until { $moment }.
days = { $days ->
    [one] { $days } day
   *[other] { $days } days
  }
open-manual = This is a demonstration: the organisers close the round by hand.

answer-button = Answer the survey
answer-personal = This link is personal. Whoever has it can answer in your place, so please do not forward this mail.
code-intro = If the link does not work, or you prefer another device: open { $page } and type this code.
code-label = Your code

group-led = Your team is { $team }, led by { $leaders }.
group-teams = Several teams answer in this group: { $teams }.
group-unled = Your team is { $team }; no leader is named.

protection-receipt = After sending you get a receipt. With it you can check that your answer was counted.
limits-more = What else could go wrong, and how to check this promise, stands on the survey page: { $page }

# What a promise sheet says where the organisation says nothing of its own. It stands behind “What it is for:” and “What it must not be used for:”; no appraisal is a sentence of its own.
sheet-purpose = To see whether people can speak up, admit mistakes and ask for help while standards stay high, and to talk about it in the team.
sheet-not-for = Pay, promotion, discipline, or finding out who said what.

words-title = Check words
words-intro = These words are a fingerprint of the promise sheet of this round and of your group. The survey page shows them too. If they differ there, or from those of your colleagues, do not answer, and tell your works council or HR.
words-round = The same for everybody in this round
words-group = The same for everybody in your group

reminders-until = Reminders come only while no answer has arrived with a link of yours.
reminders-none = You do not want to be reminded about this round? Say so here; it is not an answer, and your link keeps working.
reminders-button = Do not remind me about this round

closing-subject = { $organisation }: the survey has closed. What is recorded about you?
closing-lead = The survey of { $organisation } takes no more answers: { $title }. Everybody who was invited by mail gets this one, with the same text.
closing-status = The page behind this link says what is recorded about you: answered or not answered. It does not know what you answered.
closing-button = What is recorded about me?
closing-receipt = A list of all counted answers, without names, stands there too. If you kept your receipt, you can look for it.
closing-objections = If your receipt is not on the list, object there until { $moment }; until then nothing is opened. If what is recorded about you is wrong, tell your works council or HR.
closing-objections-manual = If your receipt is not on the list, object there before the answers are opened. If what is recorded about you is wrong, tell your works council or HR.
closing-publication = The result is published on { $moment } at the earliest. Then the key and all sealed answers are destroyed.
closing-publication-manual = When the result is published, the key and all sealed answers are destroyed.
closing-publication-holder = { $holder } opens the answers, with a key that the operator does not have. The result is published on { $moment } at the earliest. Then the operator destroys all sealed answers, and { $holder } destroys the key.
closing-publication-holder-manual = { $holder } opens the answers, with a key that the operator does not have. When the result is published, the operator destroys all sealed answers, and { $holder } destroys the key.
closing-team = From { $moment } at the earliest, the same link leads to the result of your group. There is no further mail about it.
closing-team-manual = Once the result is published, the same link leads to the result of your group. There is no further mail about it.
closing-addresses = After the beginning of the round, mail did not reach { $count ->
    [one] one person, and HR gave another address for them. The address before was told.
   *[other] { $count } people, and HR gave other addresses for them. The addresses before were told.
  }
closing-found-later = While the round ran, something was found that its promise does not say:

moved-subject = { $organisation }: your address for the survey was changed
moved-lead = Mails of the survey “{ $title }” of { $organisation } came back from this address. HR has given another one, and this one gets no more mails about this round.
moved-tell = If you know nothing of it, tell your works council or HR: whoever reads the mails at the new address can answer in your place. Everybody is told how many addresses were changed.
moved-keep = Links that have arrived here keep working while people can answer. However many links somebody has, they count once.

aborted-subject = { $organisation }: the survey ended without a result
aborted-lead = The survey of { $organisation } has ended without a result: { $title }. Everybody who was invited by mail gets this one, with the same text.
aborted-reason = The reason that was given: { $reason }
aborted-destroyed = All answers were destroyed, and so was the key that opens them. Nobody was shown a result, and Candor can show none any more.
aborted-key-lost = All answers were destroyed. The key that opens them was lost before that, so nobody can say that it was destroyed as well. Nobody was shown a result, and Candor can show none any more.
aborted-destroyed-holder = All answers that the operator had were destroyed. The key that opens them is with { $holder } and is to be destroyed, too. Nobody was shown a result, and Candor can show none any more.
aborted-trend = Reports will show a gap for this round. You need not do anything; your link no longer works.

access-subject = { $organisation }: your access to survey results
access-subject-again = { $organisation }: choose a new password
access-lead = You have been given an account for the surveys of { $organisation }. Your name to sign in is { $login }. Please choose a password first.
access-lead-again = Whoever keeps the accounts for the surveys of { $organisation } had this mail sent, so that you can choose another password for the name { $login }. The present one counts until then.
access-button = Choose a password
access-once = The link works once, within { $hours ->
    [one] one hour
   *[other] { $hours } hours
  }, for whoever has it: please do not pass it on. A newer mail takes its place.
access-unasked = If you did not expect this mail, leave the link alone and tell whoever keeps the accounts.

footer-automatic = This mail was sent by { $organisation } with Candor. Replies do not reach the survey; please do not write answers into a mail.
footer-tracking = It holds no picture and no counter: Candor does not learn whether you opened it.

# The small pages without a program; each shows every language, the browser's first. Here: an address where nothing is, and a moment in which
# nothing can be read.
language-name = English
nowhere = There is no survey at this address
nowhere-way = Open the link from your mail once more, or the address that stands beside your code, and type the code there.
nowhere-code = Type my code
away = Not available for a moment
away-later = Answers that have arrived are not lost. Please reload this page in a minute.

# The page behind "do not remind me about this round"; it shows every language, the browser's first.
quiet-ask = No more reminders about this round?
quiet-ask-link = Press the button, and you will get no more reminders about this round. Your personal link keeps working as long as the round is open.
quiet-button = Do not remind me
quiet-done = You will not be reminded
quiet-done-link = You will get no more reminders about this round. Your personal link still works.
quiet-last-mail = When the round has closed you get one more mail, like everybody who was invited by mail.
quiet-over = This round is over
quiet-over-no-more = It takes no more answers, and there will be no more reminders about it.
quiet-unknown = Nothing was found at this address
quiet-unknown-copy = Nothing was changed. Perhaps the address was cut off: please copy it whole from your mail.
quiet-unavailable = Not available for a moment
quiet-unavailable-later = Nothing was changed. Please try again in a minute.

# Printed code cards, for people without a mailbox of their own, and the page in front of them for whoever prints. No room for long sentences.
card-group = Group: { $group }
card-how = Scan the code, or open this address and type the code:
card-link = QR code with the link of this card
card-words = Check words: { $words }; of the group: { $group }
card-promise = Answers are sealed before they are sent; shown of the statements are only numbers for { $k } or more people.
card-drawn = Candor does not know who holds this card.
card-printed = Whoever printed this card has seen its code and could use it. It counts once. After the close its code shows, at the same address, whether it was used.

cards-title = { $organisation }: code cards
cards-heap = { $cards ->
    [one] One card
   *[other] { $cards } cards
  } for the group { $group }: one for each of its people who get no mail.
cards-teams = Teams in this group: { $teams }.
cards-draw = Cut the cards apart, put each into a closed envelope, mix them, and let everybody draw one. Write down nowhere who drew which.
cards-alone = As there is only one card, it is clear whose it is. As with a mailed link, whoever administers the database could look whether it was used, and not what was answered.
cards-lost = A lost card cannot be replaced while the round runs: nobody can say which one it was.
cards-printed = Whoever sees a code could answer with it, and after the close see whether it was used and open the group’s result, if groups read theirs. Hand the cards out closed, destroy those that are left over, and delete the file once it is printed.
cards-named-title = Cards with names
cards-named = { $cards ->
    [one] One card
   *[other] { $cards } cards
  }: each is for the person whose name it carries. Cut them apart and hand them over in closed envelopes.
cards-named-lost = A lost card can be printed again for the same person. Both cards then work, and together they count once.

# The page on which the people of a group read its result.
team-title = Your group’s result
team-lead = This is what round { $round } of { $organisation } says about your group. The people and leaders of the groups named here read the same numbers, and so does HR.
team-earlier = Earlier rounds are left out: their promise did not name the groups as readers. Where this page speaks of a first round, it means the first one that your group may read.
team-none = Too few people answered for a result of your group. Answers are never shown of fewer people than the promise says.
team-shared = The address of this page is the same for everybody in your group. Whoever has it can read the page. It names none of the people who answered, and Candor does not record who reads it.

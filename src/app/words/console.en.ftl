# The console's words, and what the command line says about rounds. Round, staff list, promise sheet, group; nothing technical.
# A key begins with the name of its page. Every key stands in every language with the same fillings; the tests say what is missing or left over.

language-name = English

## every page
shell-skip = Skip to content
shell-foot = Candor never shows who has answered. Results are not for appraisal.
shell-error = Error:
nav-pages = Pages
nav-organisation = Organisation
nav-rounds = Rounds
nav-team = Your team
nav-sign-out = Sign out

## moments
moment = { $weekday } { $day } { $month } { $year }, { $time } { $zone }
day = { $day } { $month } { $year }
moment-weekday = { $weekday ->
    [1] Mon
    [2] Tue
    [3] Wed
    [4] Thu
    [5] Fri
    [6] Sat
   *[7] Sun
  }
moment-month = { $month ->
    [1] Jan
    [2] Feb
    [3] Mar
    [4] Apr
    [5] May
    [6] Jun
    [7] Jul
    [8] Aug
    [9] Sep
    [10] Oct
    [11] Nov
   *[12] Dec
  }

## signing in
sign-in-title = Sign in
sign-in-name = Name
sign-in-password = Password
sign-in-button = Sign in
sign-in-hint = This is for HR and for leaders. To answer a survey, use the personal link in your mail; it needs no account.
sign-in-demo = Demo: read the captured mails
demo-who = Who is who in this demo
demo-passwords = Their passwords stand where the demo was started.
demo-hr = HR: the organisation, all groups, the running round
demo-partner = HR for one unit, Sales: its results and no others
demo-changed = a leader whose team clearly changed
demo-together = a leader of a team shown together with another
demo-top = a leader whose team is in the top band, and has a new name
demo-new = a leader of a new team: no comparison
demo-unit = the head of a unit with its sub-total
demo-key-holder = holds passphrases of rounds that have one: reads the calendar and the promise log, and no result
demo-admin = keeps the accounts, and reads no result

## what went wrong: titles
problem-not-found = There is no such page
problem-sign-in-needed = Please sign in
problem-sign-in-failed = This does not fit together
problem-too-many-attempts = Too many attempts
problem-foreign-form = The form did not come from this page
problem-bad-form = The form could not be read
problem-method-not-allowed = This cannot be done here
problem-too-large = The form is too large
problem-wrong-type = The form has the wrong type
problem-not-allowed = This is not for your account
problem-round-refused = That was not done
problem-result-unsound = This result cannot be shown
problem-unavailable = The database cannot be reached
problem-not-ready = Not ready
problem-internal = Something went wrong
problem-back = Back to the start

## what went wrong: what happened and what to do
detail-not-found = The address is wrong, or the page is not for your account.
detail-not-allowed = This page is for another kind of account. If you have that one too, go back to the start, sign out there, and sign in with it.
detail-method = This address does not know the method.
detail-method-takes = This address takes { $methods } only.
detail-internal = Nothing was changed. If it happens again, tell your administrator the reference { $reference }.
detail-unavailable = Nothing was changed. Please try again in a few seconds. If it stays, tell your administrator the reference { $reference }.
detail-result-unsound = { $why } A result is shown only if it is the one that was published; a copy of the databases from after the publication still holds that one. Please tell your administrator, with the reference { $reference }.
detail-sign-in-failed = Check name and password, and the code if you have set up a second factor, and try again; or ask whoever keeps the accounts.
detail-sign-in-needed = Sign in at /sign-in. A session lasts twelve hours.
detail-too-many-attempts = Please wait { $minutes ->
    [one] a minute
   *[other] { $minutes } minutes
  }, then try again.
detail-foreign-origin = Nothing was changed. Use the console at { $console } only, reload the page there and try again.
detail-other-session = Nothing was changed. Your session has changed since the page was opened: go back, reload the page and try again.
detail-bad-form = Nothing was changed. A field is missing, doubled or unreadable: go back, reload the page and try again.
detail-bad-request = The request could not be read. Go back, reload the page and try again.
detail-too-large = Nothing was changed. A form may have { $bytes } bytes.
detail-wrong-type = Nothing was changed. Send application/x-www-form-urlencoded.

## why a step of a round is not taken
refused-passphrase = Nothing was changed. The key is locked: give its passphrase.
refused-wrong-passphrase = Nothing was changed. The passphrase is wrong, or the key file was changed.
refused-no-key-holder = Nothing was changed. In round { $round } the operator holds the key, so nobody countersigns its promise sheet.
refused-countersignature-needed = Nobody is invited yet. Round { $round } waits for the countersignature of its key holder.
refused-countersignature-unreadable = Nothing was changed. This is no countersignature: choose the file whose name ends in .countersignature.json.
refused-countersignature-other-sheet = Nothing was changed, and nobody is invited. The countersignature was given for another promise sheet, or was changed on its way: let the key holder read and sign the sheet of this round.
refused-countersignature-other-key = Nothing was changed, and nobody is invited. The countersignature was not given with the key that stands on the promise sheet of this round.
refused-countersignature-again = Nothing was changed. Round { $round } was countersigned before, and not with this file.
refused-countersignature-late = Nothing was changed, and nobody is invited. Answering would end on { $moment }, within an hour, and the dates of a sheet that was read and signed cannot change: end round { $round } and draft a new one, with a new key.
refused-text = Nothing was changed. Write 10 to 1000 characters; everybody reads it.
refused-reason = Nothing was changed. Give the reason in one sentence of 5 to 300 characters on one line; everybody who was invited reads it.
refused-key-here = Nothing was changed. In this round the program itself holds the key; nothing is handed out or taken in.
refused-signed-here = In round { $round } the operator held the key, so nobody outside signed its result.
refused-signed-other = This is not the signed result of round { $round } that was published. Choose the file whose name ends in .result.json, as the key holder’s program wrote it.
refused-too-late = Nothing was changed. { $moment } was the last date that people were promised: this round ends without a result.
refused-result-needed = Nothing was changed. The key of this round is held outside, so nobody here can open the answers: hand the sealed answers out, and take the key holder’s signed result in.
refused-result-unreadable = Nothing was changed. This is not a signed result, or it arrived incomplete: its name ends in .result.json.
refused-result-format = Nothing was changed. The signed result has the form “{ $found }”, which this version of Candor does not read.
refused-result-elsewhere = Nothing was changed. The signed result belongs to another round, to another promise sheet or to another list of counted answers.
refused-result-signature = Nothing was changed. The signature is not the key holder’s over this result of these counted answers: the file was altered, or signed with another key.
refused-result-form = Nothing was changed. The result is not written as Candor writes one, so that something could be hidden in it.
refused-result-rule = Nothing was changed. This result cannot be published: { $why }.
refused-result-another = Nothing was changed. Another result of this round was handed in before. The same answers give one result: ask the key holder why there are two.
refused-no-such-comment = Nothing was changed. Round { $round } shows no such comment; somebody may have hidden it already.
refused-no-notices = Nothing was changed. Round { $round } was launched by an earlier version, and nothing can be put beside its result.
refused-abort-decided = Nothing was changed. Round { $round } is being ended without a result; nothing else is possible any more.
refused-extended-before = Nothing was changed. The end of round { $round } was put off before, by { $days ->
    [one] one day
   *[other] { $days } days
  }; that can be done once.
refused-groups-by-hand = The groups that were set by hand do not fit today’s staff list: { $why } Return to the proposal, or change the groups again.
refused-unsound = The result of round { $round } cannot be shown: { $why }.
unsound-cut-off = the result is cut off: { $bytes ->
    [one] one byte is there
   *[other] { $bytes } bytes are there
  }, and the rest is missing
unsound-edited = the result is not the one that was published: its fingerprint is { $found }, at the publication it was { $published }. Somebody edited it, or the disk damaged it
unsound-not-signed = the result was not signed with this round’s key: somebody edited it and the fingerprint beside it
unsound-not-vouched = the key holder did not sign it, or something is signed in the name of a key holder whom this round does not have
unsound-other-counts = it counts other answers than the list of counted answers
unsound-format = the result is written in the format “{ $found }”, which this version of Candor does not read; a newer version wrote it, so read it with that one
unsound-other-round = what is kept here belongs to round { $found }
unsound-unreadable = the result cannot be read
unsound-sheet = its promise sheet cannot be read, or is not the one that was frozen
unsound-questionnaire = its questionnaire cannot be read, or is not the one that people answered
unsound-groups = its list of groups cannot be read, or is not the one of the promise sheet
unsound-notice = a correction or a hidden comment beside it was changed after it was signed
unsound-rule = it breaks a rule that protects people
refused-state = Nothing was changed. Round { $round } cannot do this in its present state: { $state }. Somebody else, or the program itself, may have taken a step since you opened the page.
refused-ending = Nothing was changed. Round { $round } is being ended without a result ({ $reason }); nothing else is possible any more.
refused-not-due = Nothing was changed. This is not due before { $moment }. The dates were frozen at the launch; nobody can bring them forward.
refused-extension-undeclared = Nothing was changed. This round cannot be extended: that was not declared in its draft, so people were not told that it may take longer.
refused-extension-again = Nothing was changed. This round was extended before, by { $days ->
    [one] one day
   *[other] { $days } days
  }, and that can be done once: it takes answers until { $moment }.
refused-extension-long = Nothing was changed. This round can be extended by at least one whole day and at most { $most ->
    [one] one
   *[other] { $most }
  }, as its promise sheet says.
refused-extension-days = Nothing was changed. Say by how many whole days.
refused-extension-due = Nothing was changed. The end of this round is due since { $moment }: what was announced has come.
refused-objections = Nothing was opened: { $count ->
    [one] one objection is
   *[other] { $count } objections are
  } without an answer. Answer in public first.

## rounds
rounds-title = Rounds
rounds-none = There is no round yet. Nothing is sent before you launch one.
rounds-none-drafted = There is no round yet. One stands here as soon as HR has drafted it.
rounds-first-draft = Draft a round at once
rounds-round = Round
rounds-state = State
rounds-next = What comes next
rounds-result = Result
rounds-read = Read the result

## one round
round-named = Round { $round }
round-all = All rounds
round-now = What you can do now
round-passphrase = Passphrase of the key
round-your-answer = Your answer, of 10 to 1000 characters; everybody reads it
round-days = By how many days
round-days-until = { $days ->
    [one] one day
   *[other] { $days } days
  }: until { $moment }
round-reason = Reason, in one sentence; everybody who was invited reads it
round-reason-early = Reason, in one sentence; it stands on this page, for HR and key holders
round-calendar = Calendar
round-about = About this round
round-mail = Mail
round-unreached = Who was not reached
round-no-live = Why there are no live results
round-no-live-why = Candor shows nobody a result before the round is published: not you, not the leaders. While people answer it shows no count either: watching answers come in would tell who gave them.
round-no-live-why-steps = Candor shows nobody a result before the round is published: not you, not the leaders. Watching answers come in would tell who gave them; that is why there are only steps, and one look a day.
round-participation = How many take part
participation-few = With fewer than { $fewest } people invited, Candor does not show how many take part while people can answer: too few of them would stand behind a step. The totals are public after the close.
participation-no-step = Candor does not show how many take part in this round while people can answer: no step would hold enough of them. The totals are public after the close.
participation-none-yet = Nobody has looked yet.
participation-below = Looked at on { $moment }: the first step, { $step } of every 100 people invited, does not show yet.
participation-at-least = On { $moment } at least { $share } of every 100 people invited had pressed Send.
participation-next = Next look on { $moment }. Until then this stays as it is.
participation-last = There is no further look before the close.
participation-how = The program looks once a day, at the whole organisation and in steps of { $step } of 100. A step shows late: by some people that are drawn by lot, and never when only a few have answered since the day before. It says nothing about a person, a team or a group; please do not ask who answered.
round-did-remind = Reminders are on their way. They go out in random order over the next 20 minutes.
round-did-extend = Answering ends later now; the calendar has the new dates. Nobody was sent a mail about it. Links in earlier mails work, and the survey page and later reminders tell the new date.
round-did-end-answering = No new answers begin. Answers under way may still arrive until the box is shut.
round-did-close = The box is shut. The list of counted answers is public.
round-did-answer = Your answer is public. The opening does not wait any longer.
round-did-open = The answers were opened in memory and everything fits together. Candor has shown nobody a number.
round-did-result = The signed result was checked and is kept for its publication. Candor has shown it to nobody.
round-did-publish = The result is published. The key and the sealed answers are destroyed.
round-did-publish-outside = The result is published. The sealed answers here are destroyed; the key holder destroys the key.
round-did-abort = The round has ended without a result. Everybody is told by mail.
round-did-abort-early = The round has ended before anybody was invited. Nobody gets a mail.

## where a round stands: a label for a table, and what it means
state-draft = being prepared
state-draft-means = This round is a draft: nothing was sent, everything can still change.
state-launching = being launched
state-launching-means = The launch was interrupted. The staff list and the groups are frozen, nobody was invited yet.
state-unsigned = waits for the key holder
state-unsigned-means = Staff list, groups and dates are frozen. Nobody is invited, and no link works, before { $holder } has read the promise sheet and countersigned it.
state-unsigned-late-means = { $holder } has not countersigned the promise sheet in time, so nobody was invited. The dates on it cannot change any more.
state-running = people can answer
state-running-means = Everybody is invited and people can answer. How many have answered is shown to nobody.
state-running-followed-means = Everybody is invited and people can answer. Who has answered is shown to nobody; how many take part stands on the round’s page, as far as the promise sheet says.
state-closing = closing
state-closing-means = No new answers begin. Answers that were under way may still arrive.
state-objections = closed, objections wait for an answer
state-objections-means = The box is shut, and { $count ->
    [one] one objection is
   *[other] { $count } objections are
  } raised: a receipt was signed, and its answer is not on the list of counted answers. Nothing is opened before somebody has answered in public.
state-closed = closed, objections possible
state-closed-means = The box is shut. Everybody can look up whether their answer is on the list of counted answers, and object. Candor has shown nobody an answer.
state-closed-locked-means = The box is shut. Everybody can look up whether their answer is on the list of counted answers, and object. The key is locked: somebody who knows its passphrase must open the answers in time.
state-closed-outside-means = The box is shut. Everybody can look up whether their answer is on the list of counted answers, and object. { $holder } holds the key; Candor cannot open an answer.
state-waits-for-holder = closed, waits for the key holder
state-waits-for-holder-means = The box is shut, and the time for objections is over. { $holder } holds the key and opens the answers on a machine of their own; Candor cannot open one.
state-opened = checked, not yet published
state-opened-means = The answers were opened once in memory and everything fits together. Candor has shown nobody the result; only its fingerprint was kept.
state-opened-outside-means = { $holder } opened the answers and handed in the signed result, which was checked. Candor shows it to nobody; until the publication it lies in the database, and whoever administers the database could look at it.
state-published = published
state-published-means = The result is published. The key and the sealed answers were destroyed; nobody can open them again.
state-published-outside-means = The result is published, as { $holder } signed it. The sealed answers here were destroyed; the key was never here, and { $holder } destroys it.
state-published-few-means = Too few people answered, so this round has no result. The key and the sealed answers were destroyed; nobody can open them again.
state-published-few-outside-means = Too few people answered, so this round has no result, as { $holder } signed it. The sealed answers here were destroyed; the key was never here, and { $holder } destroys it.
state-aborted = ended without a result
state-aborted-means = This round ended without a result. The answers were destroyed and everybody who was invited is told; Candor has shown nobody a result. Trends show the gap.
state-aborted-early-means = This round ended before anybody was invited. Nobody got a mail, and nobody could answer.
state-aborted-outside-means = This round ended without a result. The sealed answers here were destroyed and everybody who was invited is told; Candor has shown nobody a result. The key was never here, and { $holder } destroys it. Trends show the gap.
state-ending = ending without a result
state-ending-means = It was decided to end this round without a result. The answers are being destroyed; Candor has shown nobody a result.

## what comes next in a round
next-launch = Look through the draft, and launch the round when everything is right
next-launch-again = It goes on by itself
next-countersign = The countersignature of { $holder }
next-unsigned-late = End it, and draft a new round with a new key
next-closes = Answering ends when HR decides
next-closes-on = Answering ends on { $moment }
next-closes-extended = Answering was extended and ends on { $moment }
next-shuts = The box is shut when HR decides
next-shuts-on = The box is shut on { $moment }
next-answer = An answer to the objections
next-answer-by = An answer to the objections; without one the round ends without a result on { $moment }
next-answer-from = From { $from } on, an answer to the objections; without one the round ends without a result on { $moment }
next-opens = The answers are opened and checked when HR decides
next-opens-on = The answers are opened and checked on { $moment }
next-bundle-on = The sealed answers can be handed to { $holder } on { $moment }
next-result = The signed result of { $holder }
next-result-by = The signed result of { $holder }; without it the round ends without a result on { $moment }
next-publishes = The result is published when HR decides
next-publishes-on = The result is published on { $moment }
next-talk = Talk about it in the teams
next-nothing = Nothing more comes
next-told = Everybody is told by mail

## the calendar of a round
date-by-command = when HR decides
date-opens = Invitations go out, people can answer
date-closes = Answering ends
date-closes-extended = Answering ends, after it was extended
date-shuts = The box is shut; the list of counted answers is public
date-opened = Objections end; the answers are opened and checked, nobody sees a number
date-opened-outside = Objections end; { $holder } can open the answers
date-result-outside = The signed result of { $holder } came in and was checked
date-published = The result is published; key and answers are destroyed
date-published-outside = The result is published; the sealed answers here are destroyed
date-aborted = The round ends without a result; the answers are destroyed
date-aborts = If it could not be published by then, the round ends without a result

## what is known of a round
fact-questionnaire = Questionnaire
fact-invited = Invited
fact-invited-in = { $people } people in { $groups }
fact-groups = { $count ->
    [one] one group
   *[other] { $count } groups
  }
fact-together = Shown together
fact-never-fewer = never fewer than { $k } people; a group has at least { $members } members
fact-extension = Extension
fact-extension-declared = once, by up to { $days ->
    [one] one day
   *[other] { $days } days
  }, while people can answer
fact-extension-done = extended by { $days ->
    [one] one day
   *[other] { $days } days
  }; the end that was announced first was { $moment }
fact-key = Key to the answers
key-will-be-locked = will be locked with a passphrase; a person must open
key-will-lie-here = will lie on this server; the program opens by itself
key-destroyed = destroyed
key-lost = lost with its folder, so that nobody can say that it was destroyed
key-locked = locked with a passphrase; a person must open
key-lies-here = lies on this server; whoever administers it could look before the publication
key-will-be-outside = will be held by { $holder }, not here. Fingerprint in words: { $words }
key-outside = is held by { $holder }, not here. Fingerprint in words: { $words }
key-outside-ended = was held by { $holder }, never here
fact-abort-reason = Reason for its end
fact-check-words = Check words
fact-counted = Answers counted
fact-counted-of = { $counted } of { $invited } invited
fact-begun = Begun and not sent
fact-objections = Objections
fact-objections-answer = Answer to the objections

## what can be done with a round: the button, and what it does
action-remind = Remind those who have not answered
action-remind-does = Sends a mail to everybody who has not answered and has not asked to be left alone. Candor never shows who that is; whoever administers the database or the mail server could look.
action-extend = Extend the round
action-extend-does = Answering ends on { $moment }. Its end can be put off once, by up to { $days ->
    [one] one day
   *[other] { $days } days
  }, as everybody was told. The box, the time for objections and the result then come as much later. Nobody gets a mail about it; links in earlier mails work, and the survey page and later reminders tell the new date. Planned reminders stay where they are. It can neither be repeated nor shortened.
action-close = Close the round
action-close-does = No new answers begin. Answers under way may still arrive until the box is shut. This cannot be taken back.
action-shut = Shut the box
action-shut-does = No answers arrive any more, and the list of counted answers becomes public.
action-answer = Answer the objections
action-answer-does = Say what happened and what you do about it. One answer is for all objections; it is public and cannot be changed. Then the round goes on by its dates.
action-open = Open and check the answers
action-open-does = Opens the answers in memory and checks that everything fits together. Nobody sees a number, you neither.
action-publish = Publish the result
action-publish-does = Everybody whom the promise sheet names can read the result. The key and the sealed answers are destroyed for good.
action-publish-outside-does = Everybody whom the promise sheet names can read the result. The sealed answers here are destroyed for good; { $holder } destroys the key.
action-abort = End the round without a result
action-abort-does = The answers are destroyed without Candor having shown one to anybody, and everybody is told with your reason. This cannot be taken back.
action-abort-early-does = Nobody is invited yet, so nobody gets a mail. What was prepared is destroyed, and the name of the round cannot be used again. This cannot be taken back.
action-abort-outside-does = The sealed answers here, and a result if one came in, are destroyed, and everybody is told with your reason. { $holder } then destroys the key. This cannot be taken back.

## what goes to a key holder outside and comes back
outside-title = The key holder opens the answers
outside-step-bundle = Take the sealed answers, about { $megabytes } MB, and hand the file to { $holder }. Without the key it opens nothing. Each time it is taken stands in the promise log. Delete your copy once the result is published.
outside-step-list = { $holder } takes the list of counted answers from the survey page, not from you: { $address }
outside-step-result = { $holder } hands back a file whose name ends in .result.json. It is checked and kept until the publication; nobody is shown it before.
outside-again = The database was put back from a copy, which never holds a result that nobody may read yet. Hand the signed result in again.
outside-download = Take the sealed answers
outside-file = Signed result
outside-upload = Check the result and take it in
outside-file-unreadable = Nothing was changed. The file did not arrive as a whole. Please choose it again.
outside-file-larger = Nothing was changed. The file has more than { $megabytes } MB, and no result of this round can. Choose the file whose name ends in .result.json.
outside-file-too-large = Nothing was changed. The file has more than { $megabytes } MB. On the server it can be taken in whatever its size: candor wave result
outside-checked-title = What was checked
outside-checked-signature = The signature is that of { $holder }, with the key that stands on the promise sheet, over this result and this list of counted answers.
outside-checked-list = The list is the one that everybody can read: { $counted } answers of { $invited } people.
outside-checked-rules = The result keeps every rule that protects people. Its readers’ pages check all of this again.
outside-checked-elsewhere = That it is what the answers give, only { $holder } can check, because that takes the key.

## mails of a round
mail-invitations = Invitations still to be sent
mail-closings = Closing mails still to be sent
mail-aborts = Mails about its end still to be sent
mail-waiting = { $waiting } of { $all }
mail-by-card = Invited by printed card, without any mail
mail-by-card-all = { $people ->
    [one] one person
   *[other] { $people } people
  }
mail-by-card-some = { $people ->
    [one] one person
   *[other] { $people } people
  }, { $without } of them without a card yet (candor cards)
mail-unreached = Not reached by mail
mail-nobody = nobody that is known
mail-people = { $people ->
    [one] one person
   *[other] { $people } people
  } ({ $reasons })
mail-reason = { $reason }: { $count }
mark-unknown-address = there is no such address
mark-full = the mailbox is full
mark-refused = the mail server refused the mail
mark-bounced = the mail came back

## whom mail did not reach
round-mail-title = Not reached by mail, round { $round }
round-mail-heading = Not reached by mail
round-mail-nobody = Candor knows of nobody whom a mail to everybody did not reach in this round.
round-mail-these = A mail that goes to everybody did not reach these people at least once. It says nothing about who has answered.
round-mail-who = Who
round-mail-frozen = This list ends with the round. Once nobody can answer any more, correct an address in the staff list, and it is right for the next round.
round-mail-not-listed = What is not listed here
round-mail-reminders = What became of reminders. They go only to people who have not answered, so a reminder that came back would tell that. Once reminders have gone out, a returned mail that does not say which mail it was is not listed either.

## results
report-organisation = Organisation, { $round }
report-team = Your team, { $round }
report-table = These numbers as a table (CSV)
nothing-organisation = No result yet
nothing-organisation-why = The organisation's result stands here once a round has been published. Until then nobody sees it.
nothing-team = Nothing to read here
nothing-team-none = There is no result of a team of yours yet. It will stand here once a round has been published in which you led a team.
nothing-team-led = When this round was launched you led no team in it, so nothing of its result is yours to read.
nothing-team-wrong = If something is wrong here, tell HR: the staff list says who leads which team.
nothing-too-few = Too few people answered in this round, so it has no result: answers are never shown of fewer people than the promise sheet says.

## files to take along
take-heading = Take it with you
take-same = Each file says what you read of this round, and says the same whenever it is made again. Whoever you hand it to can read it as you can.
take-pdf = The result as a document to print or hand on (PDF)
take-notice = One page for the notice board, with room for what comes next (PDF)
take-workbook = These numbers as a workbook (XLSX)
take-programs = These numbers for programs (JSON)
take-charts = Single charts as pictures (PNG)
take-comments = What people wrote is in none of these files, so that a comment that names a person can still be hidden.

## hiding a comment
hide-title = Hide a comment
hide-back = Back to the result
hide-ask = Hide this comment?
hide-only-if = Hide it only if it names a person, or describes one so that everybody knows who is meant. A comment that is merely unwelcome stays.
hide-everywhere = From now on no page shows it: not yours, not a leader's. If several people wrote exactly this text to the same question, all of them disappear together.
hide-told = In its place everybody who reads these comments is told how many HR hid, that naming a person is the only reason allowed, and that nobody else checks it.
hide-recorded = Hiding is recorded as a numbered, signed notice beside the result. It cannot be taken back.
hide-unchanged = The published result itself is never changed: the text stays in it. Candor shows that document to nobody, but whoever administers the database can read it.
hide-who = Hiding it tells neither you nor anybody else who wrote it.
hide-button = Hide this comment: it names a person

## what an operator has, attacked by the visitor of the demo
open-title = Be the operator
open-lead = Only the demo has this page. You hold what whoever runs this computer holds: the files of both databases, everything that the program has logged, the captured mails, and the key of the round. Answer as somebody, come back, and try to find out what that person answered: first without the key, then with it.
open-nobody = Nobody is left whose mail you could open. Start the demo anew.
open-person = As whom did you answer?
open-person-hint = Everybody here has a mail whose link you can follow. Candor keeps that somebody began to send, so that they are not reminded and count once.
open-answered = has answered
open-said = What did this person answer to the first statement, from 1 to 7?
open-said-hint = You have to say it, because without the key Candor cannot. The ordinary survey below is told, as if it had been answered there; and once you use the key, what it opens is compared with it.
open-attack = Attack
open-not-yet = No answer of { $name } has arrived yet. Open the mail, follow its link, answer, and come back.
open-ordinary = An ordinary survey
open-ordinary-says = A database of the ordinary kind, made for this page just now: a table of answers without names, and beside each name the moment for who has answered. This person's group answered there one after the other, in the order in which the files say they answered here. This person gave the answer that you named; the others' are invented, as Candor does not know them. Then the attack read the file, and was told nothing else.
open-mark = Has the mark
open-row = Row
open-answer = Answer
open-ordinary-found = Found: { $name } answered { $answer }. Whoever was third to get the mark wrote the third row.
open-ordinary-missed = Missed: the attack points at the answer { $answer }, and you said { $said }.
open-ordinary-read = { $bytes } bytes were read, by the same program that attacks Candor below.
open-nothing-found = Nothing was found.
open-here = Candor, without the key
open-here-says = The same group, “{ $group }”, from the files of this demo as they are now.
open-request = What is kept of the request
open-number = Random number
open-sealed = Sealed answers
open-here-order = Each side stands in the order in which the bytes of its files say that it was written. While a round runs, that can be the order of arrival, and both sides can be laid beside each other; at the close the answers are written anew in the order of their random numbers.
open-attacks = What the same attack finds here, and others
open-by-order = By the order of both sides
open-by-order-points = Points at the sealed answers { $number }…, perhaps rightly. They are { $length } bytes that do not open without the key of the round.
open-by-order-nothing = Points at nothing.
open-by-value = By a value that stands on both sides
open-by-value-nothing = None found. { $values } values that one side keeps about a person or an answer, and the receipts, were looked for in all files of the other: { $bytes } bytes.
open-by-value-found = { $found } of { $values } values that one side keeps about a person or an answer stand in the files of the other as well ({ $bytes } bytes were searched). They hold persons and sealed answers together.
open-by-length = By the length
open-by-length-one = All { $count } sealed answers of the round have the same length, { $length } bytes. A long comment and an empty form look alike.
open-by-length-several = The sealed answers have different lengths, in bytes: { $lengths }. A length can point at a person.
open-by-length-none = There are no sealed answers.
open-by-log = By the log
open-by-log-nothing = None found. { $values } values were looked for in { $lines ->
    [one] the one line
   *[other] all { $lines } lines
} that the program has logged since it started, with those that it usually leaves out ({ $bytes } bytes): what both sides keep about persons and answers, the receipts, and name and address of { $name }.
open-by-log-found = { $found } of { $values } values stand in what the program has logged (lines: { $lines }). A line with its time can point at a person or at sealed answers.
open-by-log-none = Not searched: this process keeps no log in memory.
open-by-mail = By the mails
open-by-mail-nothing = None found. { $values } values that belong to sealed answers, the receipts among them, were looked for in the { $mails } mails that the demo still holds ({ $bytes } bytes).
open-by-mail-found = { $found } of { $values } values that belong to sealed answers stand in the { $mails } mails that the demo still holds. A mail names whom it was sent to.
open-by-link = By the code of the personal link
open-by-link-nothing = Not found: it stands in the mails to { $name }, and neither in a file of the databases nor in the log nor in another mail ({ $bytes } bytes).
open-by-link-found = Found outside the mails to { $name } as well, in databases, log or another mail ({ $bytes } bytes were searched). A place where it stands can hold the person and something else together.
open-by-link-none = Not searched: no mail to this person holds a link.
open-here-nothing = What { $name } answered was not found. The order can tell which sealed answers may be theirs, and these attacks do not open them.
open-here-found = Something was found that should not be there, see above: it can tell whose sealed answers are whose. What { $name } answered was not found without the key.
open-key = With the key of the round
open-key-says = In this demo, as wherever nobody else holds a key or a passphrase, the program keeps the key: { $file }, until the result is published, and then destroys it. That it opens nothing before the close is a promise, not proof. Break it.
open-key-use = And now with the key
open-key-opened = { $opened } of { $all } sealed answers of the round were opened. This group's, beside the names as the order has them:
open-key-all = All answers
open-key-found = Found: the sealed answers { $number }…, at which the order points for { $name }, say { $answer } to the first statement. That is what you said.
open-key-missed = Not found: the sealed answers { $number }…, at which the order points, say { $answer } to the first statement, and you said { $said }. Either you answered otherwise, or they are somebody else's.
open-key-unread = Not found: the sealed answers { $number }…, at which the order points, do not open.
open-key-nowhere = Not found: the sealed answers of the group ({ $count }) can be read, and nothing points at those of { $name }.
open-key-absent = Nothing was opened: there is no key of this round on this disk.
open-key-locked = Nothing was opened: the key lies under a passphrase, and the passphrase is not on this disk.
open-key-unusable = Nothing was opened: the file of the key, or the promise sheet of the round, cannot be read.
open-key-alike = Of the sealed answers of this group ({ $count }) so many say { $answer } to the first statement: { $alike }. As often it would fit by chance.
open-key-comment = With the words:
open-key-clear-nothing = None of the opened answers stands anywhere unsealed: { $values } of them were looked for, as the bytes that were sealed, in databases, log and mails ({ $bytes } bytes).
open-key-clear-found = { $found } of { $values } opened answers stand somewhere unsealed, in databases, log or mails.
open-key-unknown = What stays unknown all the same
open-key-inside = Inside the sealed answers there is nothing that says whose they are: only the answers, comments, and how far up they may count. Beside them stand the group, a random number, and the proof that somebody of the group may answer.
open-key-order = The names in the table come from the order; where one person of a group alone has answered, the group says it by itself. Answers that arrive together are written in the order of their random numbers, so between them the order says nothing; and after the close it is gone from the files, though not from copies that were made before.
open-key-against = What stands against it: a passphrase that somebody else has, or a key holder outside, who leaves the operator no key; and no copies of the disks while people answer. The promise sheet says which of these hold in a round.
open-blank = no answer
open-cannot-say = cannot say
open-disk = What lies there, as it stands
open-disk-says = Tables with some of their rows, those of { $name } first; long values are cut. Some tables, such as those of sessions and of uploads, are left out here, but the searches above read the whole files.
open-disk-people = The side of the people
open-disk-answers = The side of the answers
open-disk-side = { $tables } tables, { $rows } rows, { $bytes } bytes
open-disk-bytes = { $bytes } bytes
open-disk-rows = { $rows ->
    [one] { $rows } row
   *[other] { $rows } rows
}
open-disk-empty = Without a row:
open-disk-log = The log: { $lines ->
    [one] { $lines } line
   *[other] { $lines } lines
}
open-disk-log-says = The newest { $shown }. Neither database keeps the moment of an answer, so there is none to look up here.
open-disk-mails = The mails to { $name }: { $mails }
open-left = What else would find it
open-left-connections = A record of connections. A proxy or a network that notes who connects when knows which sealed answers came from which device; with the key also what is in them.
open-left-page = A changed page. An operator who gives one person another program learns what that person types. The program's hash stands in the promise sheet, so that others can notice.
open-left-who = That somebody answered at all, which the mark says to whoever reads the database, as this page does. No page of the product shows it.
open-foot = Only the demo has this page. The product never shows who has answered.

## the mails that the demo catches
mails-title = Captured mails
mails-lead = Only the demo has this page: it catches every mail instead of sending it. Open one, follow its link, and answer as that employee.
mails-sign-in = Sign in as HR or as a leader
mails-laid-open = Be the operator: try to find out what somebody answered
mails-none = No mail has been caught yet. Reload in a few seconds.
mails-shown = The newest { $count } mails, newest first.
mails-to = To
mails-from = From
mails-subject = Subject
mails-all = All captured mails
mails-follow = Follow the personal link
mails-as-html = As HTML
mails-as-text = As text
mails-the-html = The mail as HTML
mails-the-text = The mail as text

## accounts and the own account
nav-accounts = Accounts
nav-unit = Your unit
nav-account = Your account
sign-in-code = Code of your second factor, if you have set one up
sign-in-ended = You are signed out: a session lasts twelve hours at most, and ends sooner when it is ended elsewhere. If you have just sent a form, nothing of it was taken over.
sign-in-did-password = Your password is set. Sign in with it.
detail-former-leader = You lead no team in today's staff list, so no result is yours to read any more. If you do lead a team, tell HR: the staff list says who leads which.
detail-second-factor-needed = Accounts of your kind need a second factor. Set it up on your account's page, then go on.
detail-link-gone = A link sets a password once, within 72 hours. This one was used, has expired, or was replaced by a newer one. Ask whoever keeps the accounts for another.
problem-account-refused = This was not done
problem-second-factor-needed = Please set up your second factor
problem-not-yet = This opens later
detail-groups-later = HR reads the results of this round's groups from { $at } on, as its promise sheet says: their leaders read them first. The organisation's result does not wait.
problem-link-gone = This link cannot be used any more
role-admin = Administrator
role-hr = HR
role-partner = HR partner of a unit
role-leader = Leader
role-former-leader = Leader without a team today
role-key-holder = Key holder
account-title = Your account
account-name = Name
account-role = Role
account-sessions = Signed in elsewhere
account-sessions-others = { $count ->
    [0] nowhere else
    [one] in one other browser
   *[other] in { $count } other browsers
  }
account-may-admin = You keep accounts and settings. You read no result.
account-may-hr = You run rounds and read the results of all groups and of the organisation.
account-may-partner = You read the results that lie wholly within your unit, and its sub-total. A group of it that is shown together with groups outside of the unit is read by HR and by its leaders.
account-may-leader = Of each round you read the groups that hold a team you led when it was launched. A team that you took over is yours from the next launched round on; the course of its group then reaches back, what is said about its leader does not.
account-may-former-leader = You lead no team in today's staff list, so no result is yours to read any more.
account-may-key-holder = You see the calendar of the rounds, answer objections, and open and publish rounds whose key has a passphrase. You read no result.
account-password-title = Another password
account-current = Password so far
account-wrong-password = The password is not the one of this account. Nothing was changed.
account-password-ends = All other browsers in which you are signed in are signed out.
account-password-button = Change the password
account-did-password = Your password is changed, and everywhere else you are signed out.
account-out-title = Sign out everywhere
account-out-explains = Ends all your sessions, in this browser too.
account-out-button = Sign out everywhere
password-rule = At least { $shortest } characters. A sentence of a few words that do not belong together is easy to keep and hard to guess; digits and signs are not needed.
password-new = New password
password-again = New password once more
password-not-the-same = The two new passwords are not the same. Nothing was changed.
password-short = The new password is too short. Nothing was changed.
password-long = The new password is too long. Nothing was changed.
password-guessed = The new password is little more than a word that is guessed first. Nothing was changed.
password-named = The new password is little more than a name: of the account, or of the organisation. Nothing was changed.
password-monotonous = The new password repeats itself, or is a row of neighbours. Nothing was changed.
factor-title = Second factor
factor-change = Set up or change
factor-on = { $codes ->
    [0] in use; no recovery code is left
    [one] in use; one recovery code is left
   *[other] in use; { $codes } recovery codes are left
  }
factor-off = not set up
factor-what = With a second factor, a password alone opens nothing: signing in also takes a code of six digits that an app on your phone shows.
factor-needed = Accounts of your kind need a second factor. Everything else waits until it is set up.
factor-begin-explains = You need an app for one-time codes (TOTP) on another device. Whichever you use already will do.
factor-begin-button = Begin
factor-begin-again = Begin again with another code
factor-step-app = 1. Take the account into your app
factor-scan = Scan this with the app:
factor-code-title = QR code that holds the key below
factor-type = Or type the key, for a time-based code of six digits:
factor-step-confirm = 2. Show that it works
factor-code = Code that the app shows
factor-password = Your password
factor-confirm-button = Use it from now on
factor-wrong-code = The code is not right. Check the clock of the device, wait for the next code and try again. Nothing was changed.
factor-is-there = There is a second factor already. Remove it first.
factor-is-missing = There is no second factor yet.
factor-codes-title = New recovery codes
factor-codes-explains = Ten new codes take the place of all earlier ones.
factor-codes-button = Make new codes
factor-remove-title = Remove the second factor
factor-remove-explains = From then on your password alone opens the account.
factor-remove-button = Remove the second factor
factor-did-remove = The second factor is removed.
codes-title = Your recovery codes
codes-in-use = From now on, signing in takes a code.
codes-explains = Each of these codes stands in for the app once, should you lose the device. They are shown now and never again: print them or write them down, and do not keep them on that device.
codes-kept = I have kept them
accounts-title = Accounts
accounts-none = There is no account yet that you can manage. Invite the leaders, for instance.
accounts-of = Person or unit
accounts-state = State
accounts-own = (you)
accounts-yes = yes
accounts-no = no
accounts-state-active = active
accounts-state-invited = invited, has set no password yet
accounts-state-disabled = disabled
accounts-invite-title = Invite somebody
accounts-invite-explains = Makes an account and shows you a link once. Whoever opens it within 72 hours sets the password, so give it to that person alone.
accounts-login-hint = For instance the mail address. Upper and lower case are the same.
accounts-person = Person of the staff list, by their id (a leader needs it)
accounts-unit = Unit, by the name of the team that heads it (a partner needs it)
accounts-invite-button = Invite
accounts-login-taken = There is an account of this name already. Choose another one. Nothing was changed.
accounts-bad-login = A name to sign in with has 2 to 80 characters and no spaces. Nothing was changed.
accounts-no-role = Choose a role. Nothing was changed.
accounts-no-person = The staff list has no person of this id. A leader needs one. Nothing was changed.
accounts-no-unit = The staff list has no team of this name. A partner needs the team that heads the unit. Nothing was changed.
accounts-incomplete = Person or unit do not fit the role. Nothing was changed.
accounts-is-disabled = The account is disabled. Let it sign in again first.
accounts-not-your-own = What concerns your own account is done on its own page, or by another administrator.
accounts-link-title = Link for a password
accounts-link-again = The link of the invitation was shown once. A new one takes its place.
accounts-link-reset = For somebody who has forgotten the password. The old one counts until the link is used; then all sessions end. The second factor stays.
accounts-link-button = Make a link
accounts-mail-it = Mail the link to the address that the staff list has for this person. Without this, the link is shown to you once, and you hand it over.
accounts-mail-explains = Or mail a link to { $address }. It is made when the mail leaves, so nobody sees it here.
accounts-mail-button = Mail a link
accounts-did-mail = A mail with a link is on its way. It works once, within 72 hours of leaving.
accounts-mail-waits = A mail with a link waits to be sent.
accounts-mail-refused = The last mail with a link could not be delivered. Check the address in the staff list, or hand a link over yourself.
accounts-no-mailbox = The staff list has no mail address for this account. Leave the link to be shown, and hand it over yourself.
accounts-role-title = Role
accounts-role-explains = Ends the sessions of the account. It reads from the next moment on what the new role may read.
accounts-role-button = Change the role
accounts-did-role = The role is changed.
accounts-enable-explains = Lets the account sign in again, with the password it had.
accounts-enable = Let it sign in again
accounts-did-enable = The account can sign in again.
accounts-disable = Disable the account
accounts-disable-explains = Nobody signs in with it until it is enabled again; its sessions end now.
accounts-did-disable = The account is disabled, and its sessions have ended.
accounts-factor-explains = For somebody who has lost the device and the recovery codes. Make sure that it is them who ask.
accounts-did-second-factor = The second factor is removed.
accounts-remove = Remove the account
accounts-remove-explains = Cannot be undone. The person can be invited again.
accounts-unconfirmed = Nothing was changed. Tick the box to confirm that the account is to be removed.
accounts-did-remove = The account is removed.
link-made-title = The link
link-made-invitation = { $login } is invited. Give this link to its owner:
link-made-reset = Give this link to the owner of { $login }:
link-made-once = It is shown now and never again, works once, and for { $hours } hours. A newer link of the same account takes its place.
link-made-warns = Whoever holds it can set the password. Send it in a way that only its owner can read.
link-title = Set your password
link-for = This is for the account { $login }.
link-button = Set the password
report-unit = { $unit }, { $round }
nothing-unit = { $unit }: nothing to read here
nothing-unit-why = No result lies wholly within this unit. One stands here once a round has been published in which the unit had groups of its own. A group that is shown together with groups outside of the unit is read by HR and by its leaders.

## promise log
nav-promise-log = Promise log
log-title = Promise log
log-lead = What was done with rounds, results, accounts and settings, by whom and when. Entries are only ever added.
log-broken = This log does not hold
log-broken-at = Entry { $number } is not what was written then, or does not continue the one before it. Only the entries before it are shown. Keep a copy of the database as it is, and ask whoever administers it what happened.
log-broken-after = After entry { $number } entries are missing, doubled or moved. Only the entries before that are shown. Keep a copy of the database as it is, and ask whoever administers it what happened.
log-whole = { $count ->
    [0] There is nothing to check yet.
    [one] The only entry is as it was written.
   *[other] All { $count } entries fit together: none between the first and the last was changed, left out or moved.
  }
log-note-title = Note the last fingerprint
log-note = A log that was cut off, or written anew as a whole, also fits together. Whoever keeps the last fingerprint somewhere else can tell: as long as it is still found here, everything up to it is as it was.
log-head = Entry { $number }: { $fingerprint }
log-noted = A fingerprint that you noted
log-noted-look = Is it still there?
log-noted-unreadable = That is no fingerprint: one has 64 characters, each a digit or a letter from a to f.
log-noted-missing = No entry has this fingerprint. If it was copied right and from this log, then the log was cut off or written anew since.
log-noted-found = It is the fingerprint of entry { $number }, of { $moment }. Everything up to it is as it was then.
log-entries = Entries, the newest first
log-none = Nothing has been recorded yet.
log-number = No.
log-when = When
log-who = Who
log-what = What
log-earlier = Earlier entries
log-file = The whole log as a file (JSON Lines)
log-file-check = Check it with: candor log verify promise-log.jsonl. The format is described, so a program of your own can do it too.
log-limits-title = What this log does not show
log-limits = Whoever administers the server can do things past the program, and then nothing is recorded. An entry may stand for something that was begun and not finished.
log-nobody = Nothing here is about anybody who was asked: no name, no address, and nothing that tells who answered. Leaders are not named either.
log-by-leader = a leader
log-by-command = somebody on the server's command line
log-by-itself = the program by itself
log-unknown = Something that a later version of the program recorded.
log-launched = Round { $round } was launched. Fingerprint of its promise sheet: { $sheet }…
log-sheet-prepared = The promise sheet of round { $round } was composed and waits for its key holder’s countersignature. Fingerprint of the draft: { $sheet }…
log-countersigned = The key holder countersigned the promise sheet of round { $round }. Its fingerprint: { $sheet }…
log-extended = The end of round { $round } was put off by { $days ->
    [one] one day
   *[other] { $days } days
  }.
log-answering-ended = Round { $round } stopped taking new answers.
log-box-shut = The box of round { $round } was shut.
log-objections-answered = { $count ->
    [one] One objection
   *[other] { $count } objections
  } to round { $round } got an answer that everybody can read.
log-opened = The answers of round { $round } were opened in memory and checked.
log-bundle-handed-out = The sealed answers of round { $round } were handed out for the key holder.
log-result-handed-in = The key holder’s signed result of round { $round } came in and was checked.
log-published = The result of round { $round } was published; its answers were destroyed, and its key where it lay here.
log-abort-decided = It was decided to end round { $round } without a result.
log-aborted-key-lost = Round { $round } ended without a result; its answers were destroyed. Its key was lost before, so nobody can say that it was destroyed.
log-aborted = Round { $round } ended without a result; its answers were destroyed, and its key where it lay here.
log-exported = Results of round { $round } left the product as a file ({ $file }).
log-comment-hidden = A comment of round { $round } was hidden (notice { $notice }).
log-corrected = A correction was put beside the result of round { $round } (notice { $notice }).
log-draft-set = The draft of round { $round } got these settings: { $settings }…
log-draft-deleted = The draft of round { $round } was thrown away.
log-weakened = While round { $round } ran, something was found that its promise does not say: { $by }
log-setting = The program started with this setting: { $setting }: { $now } ({ $name })
log-setting-changed = A setting changed, and the program started with it: { $setting }: { $now }, before it was { $before } ({ $name })
setting-version = version of the program
setting-organisation = name of the organisation
setting-purpose = what results are for, as the fingerprint of its text
setting-not-for = what results are never for, as the fingerprint of its text
setting-accept = weaknesses of this place that were accepted
setting-respondents = address of the survey
setting-console = address of the console
setting-mail-from = sender of the mails
setting-mail-dkim = domain that signs the mails
setting-k = how many people are reported together at least
setting-group-min = how many people a group of its own needs
setting-language = language of people for whom none is known
setting-team-reads = whether each group reads its own result
setting-time-zone = time zone of all dates
log-addresses = { $people ->
    [one] One address
   *[other] { $people } addresses
  } of round { $round } changed; each person was told at the old address.
log-cards-made = { $cards ->
    [one] One code card was made in round { $round }. Whoever has its file could answer with it before its holder.
   *[other] { $cards } code cards were made in round { $round }. Whoever has their file could answer with them before their holders.
  }
log-teams = What happened to teams was recorded: { $change }.
log-teams-withdrawn = What was recorded about teams was taken back: { $change }.
log-teams-renamed = a team was renamed
log-teams-merged = teams were merged
log-teams-split = a team was split
log-teams-moved = a team was moved
log-staff-list = A staff list was taken over: { $joined } joined, { $left } left, { $changed } changed; teams that are new, gone or led otherwise: { $teams }.
log-account-made = An account was made: { $account }.
log-account-changed = An account was changed: { $account }; { $change }.
log-account-named = { $login } ({ $role })
log-account-unnamed = { $role }
log-role-admin = administrator
log-role-hr = HR
log-role-partner = HR partner
log-role-leader = leader
log-role-key-holder = key holder
log-role-other = another role
log-change-role = it has another role or unit
log-change-role-from = it was { $before } before
log-change-disabled = it may no longer sign in
log-change-enabled = it may sign in again
log-change-password = somebody else gave it another password
log-change-invited = a one-time link was made by which its first password is chosen
log-change-link = a one-time link was made by which another password is chosen
log-change-link-used = its password was chosen by a one-time link
log-change-factor = its second factor was removed
log-change-removed = it was removed
log-restored = The database was found to be older than before: this log once held { $had } entries, the last with the fingerprint { $fingerprint }. A copy was put back, or entries were cut off.
log-side-people = the people side
log-side-ballots = the sealed answers and results
log-side-both = both databases
log-copy-made = While round { $round } was under way, a copy was made: { $sides }
log-copy-restored = Put back from a copy: { $sides }
log-copy-restored-goes-on = Put back from a copy: { $sides }. Round { $round } goes on where it stood
log-copy-restored-no-new = Put back from a copy: { $sides }. In round { $round } no new answer begins any more, so that nobody counts twice; answers that were begun and are not in the copy: { $lost }
log-copy-restored-only-ended = Put back from a copy: { $sides }. The answers of round { $round } cannot be opened any more; it can only be ended without a result. Answers that were begun and are not in the copy: { $lost }

## drafts of rounds
draft-new = New round
draft-named = Draft of round { $round }
draft-lead = Everything here can still change, and nothing is sent before you launch the round. What people are promised follows from it.
draft-saved = The draft is kept. Nothing was sent.
draft-faults = This has to change first
draft-next = What you can do next
draft-obstacles = The round cannot be launched yet:
draft-invites = A launch would invite { $people ->
    [one] one person
   *[other] { $people } people
  } in { $groups ->
    [one] one group
   *[other] { $groups } groups
  }.
draft-to-preview = See the questionnaire and the mails as people get them
draft-to-groups = See in which groups people answer, name them and merge more of them
draft-to-forecast = See which groups will be shown alone, and which with others
draft-to-rehearsal = Rehearse it with invented answers
draft-to-key-holder = Look at whose key it names: { $holder } holds it outside
draft-to-no-key-holder = Let somebody outside hold the key, such as the works council
draft-to-launch = Look through everything and launch
draft-hidden = { $items }: needs { $fewest } answers with these settings; below that it is not shown for a group.
draft-keep = Keep as a draft
draft-save = Keep the changes
draft-discard = Discard this draft
draft-discard-does = The draft is gone then. Nobody was told of it, and nobody will be.
draft-groups = Groups
draft-group = Group
draft-group-invited = People
draft-asked = What is asked
draft-name = Name
draft-name-hint = For instance 2026-q4: lower-case letters, digits and hyphens. It stands in every link and cannot change later.
draft-instrument = Questionnaire
draft-instrument-is = { $title } ({ $id }): { $statements } statements. Headings: { $headings }
draft-languages = Languages
draft-languages-hint = Everybody who is invited needs their own among them.
draft-comments = Ask the open questions too
draft-comments-hint = What people write is shown only of many people together, but a way of writing can give somebody away.
draft-dates = Dates
draft-zone = All times are those of { $zone }.
draft-pace = Who sets the moments
draft-pace-hint = By hand is for trying things out on this machine only, and stands on everybody's promise sheet.
draft-by-dates = The dates below
draft-by-hand = Somebody, by hand
draft-opens = People can answer from
draft-opens-hint = Empty: from the launch on.
draft-closes = Answering ends
draft-may-extend = Days by which the end may be put off
draft-may-extend-hint = 0 to 7. It can be done once, while people can answer, and by no more than this: everybody reads it before they answer. 0 means that the end stays as it is.
draft-reminder = Reminder { $number }
draft-reminder-hint = Reminders go only to those who have not answered. Candor never shows who that is; whoever administers the database or the mail server could look. Leave them empty for none. You can also remind by hand.
draft-after = After the close
draft-after-hint = The usual values: 15 minutes, 72, 96 and 336 hours, which are 3, 4 and 14 days. All are counted from the close.
draft-grace = Minutes for answers that are under way
draft-grace-hint = At the close nobody can begin any more; what has begun may still arrive for so long.
draft-window = Hours for objections
draft-window-hint = Everybody can check that their answer is on the list of counted answers, and object. Nothing is opened before.
draft-publish-at = Result after so many hours
draft-publish-at-hint = Before then nobody sees the result.
draft-publish-by = At the latest after so many hours
draft-publish-by-hint = What cannot be published by then ends without a result, and the answers are destroyed.
draft-readers = Who reads what, and what for
draft-readers-hint = Leaders read the groups that hold a team of theirs and the sub-total of their own unit; you read every group. This is said to everybody before they answer. Texts that are left empty are those of the configuration, else Candor's own.
draft-team-reads = People read the result of their own group
draft-team-reads-hint = Without this, only leaders and HR do.
draft-hr-groups-after = Hours for which HR waits for the results of groups
draft-hr-groups-after-hint = 24 to 336, so that leaders read theirs first; 0 for at once. The organisation's result does not wait. This is said to everybody before they answer.
draft-participation = Follow in steps how many take part
draft-participation-hint = For the whole organisation only, once a day, and from 50 people invited on. Everybody reads it before they answer. Without this nobody sees any number before the close.
draft-purpose = What the result is for ({ $language })
draft-not-for = What it may not be used for ({ $language })
draft-protection = Protection
draft-protection-hint = From round to round protection can only rise. The usual values fit nearly everybody.
draft-k = Fewest people who are ever shown together
draft-k-hint = At least 4.
draft-group-min = Smallest group that is proposed
draft-group-min-hint = At least one more than the number above, so that one missing answer does not hide a group.
draft-coalition = Colleagues who put their answers together
draft-coalition-hint = Against so many everybody's answer stays protected.
draft-min-range = Values that stay possible for every answer
draft-min-range-hint = The more, the coarser the results.
draft-passphrase = Lock the key with a passphrase
draft-passphrase-hint = Then a person must open and publish in time. Without it the program does so by itself, and whoever administers this server could look before.
draft-key-holder = Who holds the passphrase
draft-key-holder-hint = Everybody reads the name on the promise sheet. Empty: nobody is named.
draft-disk-copies = Are the disks of this server copied while people answer?
draft-disk-copies-hint = By snapshots of a virtual machine or a storage system, or by backups of whole disks. No program can see it; ask whoever runs the server. Everybody reads the answer on the promise sheet.
draft-disk-copies-yes = Yes
draft-disk-copies-no = No: I have asked
draft-disk-copies-unknown = I do not know
language-en = English
language-de = German
language-fr = French
language-es = Spanish
round-confirm = I know that this cannot be taken back.
round-unconfirmed = Nothing was changed. This cannot be taken back: tick the box above the button to confirm.
round-to-draft = Change and launch the draft
round-to-launch = See how far the launch is
round-to-countersign = Hand over the promise sheet, and hand in its countersignature
round-to-hand-over = Hand over the sealed answers, and hand in the signed result
round-to-key-holder = The key holder’s part
round-did-launch = The round is launched. Publish the check words where everybody sees them.
date-reminder = A reminder goes to those who have not answered
state-restored = takes no new answers
state-restored-means = The databases of this round were put back from a copy. Nobody can tell who has answered since the copy was made, so no new answer begins: somebody could count twice. Those that are in the box are counted. Or end the round without a result and launch a new one, in which everybody can answer.
state-waiting = waiting for its opening
state-waiting-means = The round is launched. Its invitations go out at the opening, and people can answer from then on.
next-opening = Invitations go out
next-opening-on = Invitations go out on { $moment }

## what has to change in a draft
problem-fields-refused = Some fields need another value
detail-fields = Nothing was changed. { $faults }
fault-at = { $field }: { $problem }
fault-name = Write a name of 1 to 40 lower-case letters, digits and hyphens, such as 2026-q4; not “new”.
fault-name-taken = There is a round { $round } already: give this one another name, or change that one.
fault-instrument-unknown = There is no questionnaire { $instrument }; there are { $known }.
fault-no-open-questions = The questionnaire { $instrument } has no open questions, so none can be asked: choose another one, or do without them.
fault-language-unknown = The questionnaire { $instrument } does not exist in { $language }; it has { $has }.
fault-no-language = Choose at least one language.
fault-by-hand-elsewhere = A round that somebody moves by hand is for this machine only: use dates.
fault-by-hand-with-dates = A round that somebody moves by hand has no dates of its own: plan neither an opening nor reminders, or use dates.
fault-closes-missing = Say when answering ends.
fault-closes-too-soon = Answering would end within an hour: people need at least an hour from now. Choose a later close.
fault-closes-before-opening = Answering would end less than an hour after it begins: open earlier, or close later.
fault-moment = Write a date with a time, such as 2026-12-05T17:00.
fault-number = Write a whole number.
fault-extension-long = At most { $most } days, and 0 for no extension.
fault-schedule = The dates do not fit together.
fault-grace-short = Answers under way need at least { $minutes ->
    [one] one minute
   *[other] { $minutes } minutes
  } to arrive.
fault-window-short = People need at least { $hours ->
    [one] one hour
   *[other] { $hours } hours
  } to look at the list of counted answers.
fault-publish-before-opening = The result cannot come before the time for objections has ended: choose a later moment.
fault-publish-by-early = The last moment must be at least an hour after the planned one, for a second try.
fault-reminders-many = { $most } reminders are the most.
fault-reminder-outside = A reminder is planned for a time when nobody can answer: choose moments between the opening and the close.
fault-k-small = At least { $least } people must be shown together.
fault-group-min-small = At least { $least }, so that one missing answer does not hide a group.
fault-coalition = At least one colleague must be covered, and at most { $most }, three fewer than are shown together.
fault-min-range = So many values cannot stay possible: statement { $item } of { $instrument } cannot be shown per group then. Between 2 and { $points } of its { $points } values can stay possible.
fault-scale = Statement { $item } of { $instrument } cannot be shown per group: its scale and the steps in which its sums are published do not fit together. Change the questionnaire.
fault-weaker-k = k (people shown together) would be { $now }, and round { $round } was published with { $then }: protection can only rise, since people have answered trusting it and results are compared. Use { $then } or more.
fault-weaker-coalition = The number of colleagues covered would be { $now }, and round { $round } was published with { $then }: protection can only rise, since people have answered trusting it and results are compared. Use { $then } or more.
fault-weaker-values = The number of values kept possible would be { $now }, and round { $round } was published with { $then }: protection can only rise, since people have answered trusting it and results are compared. Use { $then } or more.
fault-hr-groups-after = Write { $least } to { $most } hours, or 0 if HR reads the results of groups at once.
fault-key-holder-name = Write a name of at most { $most } characters.
fault-key-holder-without-passphrase = { $name } cannot hold the passphrase of a round without one: lock the key with a passphrase, or name nobody.
fault-trustee-file = This is not what the key holder's program wrote for you: choose the file whose name ends in .public.json.
fault-trustee-round = This file is of a key for round { $found }, and a key is for one round only: let the key holder make one for { $round }, or give this round that name.
fault-trustee-passphrase = { $name } holds the key outside, so there is none here that a passphrase could lock: do without the passphrase, or without the key holder’s file.
fault-text = Write at most { $most } characters that everybody can see.
fault-text-missing = Nothing is written in { $languages }: write it in every language of the round, or in none.
fault-not-secure = People would answer at { $address }, but browsers offer the cryptography that seals answers only over https (or on this machine itself). Set an https address in the configuration.
obstacle-no-staff = The staff list is empty: upload it in the console, or import it on the server.
obstacle-groups = No groups can be formed: { $why }
obstacle-language = The staff list has people with the language { $language }, in which this round does not ask. Change it in the staff list, or let the round ask in it.
obstacle-another-round = Round { $round } is still under way. One round runs at a time.
obstacle-exposed = { $means } Found: { $shown }. Mend it (candor doctor says how), or let the promise say it to everybody: storage.accept = ["{ $name }"] in the configuration.
exposed-commit-times = The database server of the sealed answers notes when each of them was written.
exposed-statement-log = The database server of the sealed answers writes what it is asked, with the time, into its log.
exposed-archive = The write-ahead log of the sealed answers is copied into an archive.
exposed-replication-slot = The write-ahead log of the sealed answers is kept for a reader (replication slot).
exposed-replica = Another server receives every change of the sealed answers (replica).
exposed-one-server = Staff list and sealed answers lie on one database server.
exposed-one-role = One role of the database server reads staff list and sealed answers.
exposed-unseen = What the database server of the sealed answers keeps beside them cannot be seen from here.
exposed-disk-copies = The disks are copied while people answer.
exposed-disk-copies-unknown = Nobody has said whether the disks are copied while people answer.

## which groups will be shown how
forecast-title = Who would be shown how, round { $round }
forecast-lead = { $people } people in { $groups ->
    [one] one group
   *[other] { $groups } groups
  }. How a group is shown depends on how many of it and of its neighbours answer.
forecast-alone-means = Alone: the result shows this group and nobody else. With others: fewer than { $k } of it answered, or a small neighbour had to join it. No answer is dropped.
forecast-whole = The whole organisation
forecast-if = If each person answers with probability
forecast-alone = Groups shown alone
forecast-combined = Groups shown with others
forecast-people = People whose group is shown alone
forecast-nothing = Chance that there is no result at all
forecast-each = How often each group is shown alone, smallest first
forecast-more = And { $groups } larger groups, which lose their own result more rarely.
forecast-method = From { $draws } random draws each, in which everybody answers independently of all others; shares of one group are known to ± { $plusminus } %.

## the launch
launch-title = Launch round { $round }
launch-lead = You are about to invite { $people } people in { $groups ->
    [one] one group
   *[other] { $groups } groups
  }. Read this to the end: a launch cannot be taken back.
launch-lead-unsigned = You are about to freeze a round for { $people } people in { $groups ->
    [one] one group
   *[other] { $groups } groups
  }. Nobody is invited by that: { $holder } reads and countersigns the promise sheet first. Read this to the end; it cannot be taken back.
launch-who = What is launched
launch-questionnaire = Asked
launch-asks = { $title }, { $statements } statements
launch-comments = , with the open questions
launch-invited = People invited
launch-by-card = Of them by a printed card, without mail
launch-without-team = Not invited because they belong to no team
launch-languages = People per language
launch-promise = What everybody is promised
launch-promise-lead = In the words of the invitation, for the largest group.
launch-final = What cannot be changed afterwards
launch-final-frozen = Questionnaire, groups, dates, readers and protection are frozen: nobody can change them, not even whoever runs this server.
launch-final-mails = The invitations leave as soon as people can answer.
launch-final-unsigned = The invitations leave once the key holder has countersigned and people can answer; if that does not come in time, never.
launch-final-people = Nobody can be added, removed or moved. An address that mail did not reach can be corrected while people can answer; everybody reads how many were.
launch-final-end = The round can only be ended without a result; then all answers are destroyed and everybody is told.
launch-passphrase-lead = The key that opens the answers is locked with a passphrase of at least 12 characters. Without it nobody can open them, and it is kept nowhere: the one who is named as its holder should type it.
launch-passphrase-again = The same passphrase again
launch-confirm = I have read this, and the round is to begin.
launch-confirm-unsigned = I have read this, and everything is to be frozen like this.
launch-button = Launch, and invite { $people } people
launch-button-unsigned = Freeze it, and compose the promise sheet
launch-obstacles = Nothing was launched. Something stands in the way; it is listed below.
launch-changed = Nothing was launched. The draft or the staff list has changed since you opened the page: look at it again.
launch-unconfirmed = Nothing was launched. Tick the box below to confirm.
launch-passphrase-short = Nothing was launched. The passphrase needs at least 12 characters.
launch-passphrase-twice = Nothing was launched. The two passphrases are not the same.
launching-title = Round { $round } is being launched
launching-begun = The launch has begun.
launching-at = { $work }: { $done } of { $of }
launching-groups = Forming the groups
launching-staff = Freezing the staff list
launching-promises = Sealing the promise sheet
launching-invitations = Queueing the invitations
launching-wait = This page looks again by itself. You may close it: the launch goes on, also after a restart of the server.
launching-look = Look again now
launching-locked = The launch was interrupted before its key was made. Give a passphrase for the key, and it goes on.
launching-go-on = Go on with the launch

## a step of a round that goes on behind its page
step-going-close = Answering is being ended, and the box shut.
step-going-open = The answers are being opened and checked. Nobody sees a number.
step-going-publish = The result is being published, and the sealed answers are destroyed.
step-shuts = Shutting the box
step-checks = Checking the sealed answers
step-opens = Opening the answers in memory
step-computes = Working out the result
step-destroys = Destroying key and sealed answers
step-wait = This page looks again by itself. You may close it: the work goes on. If the server stops meanwhile, nothing is lost, and it can be pressed for again.

## a draft as people would meet it
preview-title = As people would see it, round { $round }
preview-lead = This is what the round would ask and send if it were launched now, for an invented person in the largest group. Nobody gets these mails, and their links lead nowhere.
preview-languages = Languages
preview-statements = { $statements } statements, one after the other, each with these answers.
preview-promise = Before the first statement everybody reads what they are promised; afterwards they may choose to count one level up, look through their answers, and send them.

## a rehearsal with invented answers
rehearsal-title = Rehearsal of round { $round }
rehearsal-name = rehearsal
rehearsal-lead = Candor invents an answer for everybody on your staff list, seals, counts and publishes them in memory, and shows the pages that would come of it. Nobody is asked, nothing is sent, and nothing is stored: a restart of the server forgets it.
rehearsal-rate = How many answer
rehearsal-begin = Rehearse
rehearsal-begun = Inventing answers
rehearsal-at = Sealing invented answers: { $done } of { $of }
rehearsal-opening = Opening and checking the invented answers
rehearsal-wait = This page looks again by itself. You may close it and come back.
rehearsal-failed = The rehearsal was not carried through
rehearsal-not-ready = There is nothing to rehearse yet: the draft page says what is missing.
rehearsal-read = What would come of it
rehearsal-done = { $answers } invented answers, each person with a probability of { $rate } %.
rehearsal-organisation = HR's page
rehearsal-leaders = Pages of the leaders
rehearsal-nothing = With these answers nothing could be shown here.
rehearsal-mark = Invented answers
rehearsal-mark-means = Nobody answered this. The teams are yours, every number is chance.

## staff list
nav-staff = Staff list
staff-title = Staff list
staff-empty = There is no staff list yet. Upload one: a CSV file with one line per person. Nobody is invited before you launch a round.
staff-empty-form = Each line holds a person’s id, name, mail address, team and the ids of those who lead that team. For a start:
staff-people = People
staff-invited = Have a team and can be invited
staff-no-team = Without a team, not invited
staff-cards = Invited by printed card, without mail
staff-teams = Teams
staff-leaders = Leaders
staff-languages = Languages
staff-waiting = { $file }, uploaded by { $login }, waits to be looked at and taken over until { $until }. Then it is deleted.
staff-waiting-look = See what it changes
staff-done-taken = The staff list was taken over. Rounds that are already launched are not touched.
staff-next-step = On with the way to your first round
staff-done-discarded = The uploaded file was deleted. The staff list is as it was.
staff-suggestions = { $count ->
    [one] Something may have happened to teams since the last round: please confirm it
   *[other] { $count } things may have happened to teams since the last round: please confirm them
  }
staff-to-reorganisations = Teams that were renamed, merged, split or moved
staff-upload-title = Upload a new list
staff-upload-explains = First you see everything that the file changes. Nothing is stored as the staff list before you confirm it. If one line is wrong, nothing of the file is taken.
staff-under-way = Round { $round } is under way and keeps the people, teams and groups as they were at its launch. People who are new are invited to the next round; people who have left the list keep their link until the round closes.
staff-upload-file = Staff list (CSV)
staff-upload-form = UTF-8, columns separated by commas or semicolons: person_id, name, mail, team, leaders; language and invited_by if you like.
staff-upload-button = Look at what it changes
staff-upload-unreadable = Nothing was changed. The upload was incomplete: go back, reload the page, choose the file and try again.
staff-upload-too-large = Nothing was changed. A staff list may have { $megabytes } MB.
staff-export = Download the staff list in the same form (CSV)
staff-export-empty = an empty list with the right columns (CSV)
staff-like-formulas = Something on this list begins with =, +, - or @. The file holds it as it is, so that it can be uploaded again; a spreadsheet could take it for a formula and compute it. Look at it before you open the file in one.
staff-tree = Teams and their leaders
staff-more-teams = { $count } more teams are not shown here. The downloaded file holds all of them.
staff-none = none
staff-without-team = without a team
staff-by-card = printed card
staff-column-team = Team
staff-column-people = People
staff-column-leaders = Led by
staff-column-name = Name
staff-column-id = Id
staff-column-mail = Mail
staff-column-language = Language
staff-column-before = Until now
staff-column-after = New
staff-column-what = What
staff-column-line = Line
staff-column-column = Column
staff-column-fault = What is wrong, and what to do
staff-faults-title = The file was not taken
staff-faults-found = { $count ->
    [one] One problem in { $file }.
   *[other] { $count } problems in { $file }.
  } Nothing was changed.
staff-faults-list = Problems, line by line
staff-faults-more = The first { $shown } of { $count } problems are shown.
staff-faults-again = Choose the corrected file
staff-preview-title = What the new list changes
staff-preview-lead = Nothing is changed yet. This is everything by which { $file } differs from today’s staff list.
staff-preview-waits = Uploaded by { $login }. You may close this page: the file waits until { $until } and is then deleted.
staff-preview-to-take = To taking it, at the end of this page
staff-preview-counts = In numbers
staff-ignored = Columns that Candor does not know and does not read: { $columns }
staff-many-leave = More than one person in five disappears from the list. Is the file complete?
staff-nothing = The file holds exactly today’s staff list. There is nothing to take over.
staff-joined = New on the list: { $count }
staff-left = No longer on the list: { $count }
staff-moved = In another team: { $count }
staff-details = Other name, address or language: { $count }
staff-new-teams = New teams: { $count }
staff-gone-teams = Teams that disappear: { $count }
staff-led-otherwise = Teams with other leaders: { $count }
staff-more-lines = { $count } more are not shown here.
staff-became = What may have become of teams
staff-became-explains = Guessed from who was in which team at the last launch. After taking the list over you are asked to confirm each; what you do not confirm begins anew in the trends.
staff-disagrees = The list says something else than what you recorded
staff-take-explains = The list becomes exactly what is shown here. If somebody else changes it meanwhile, nothing is taken over and you are told.
staff-take = Take this list over
staff-discard = Delete the uploaded file
staff-refused-not-waiting = Nothing was changed. This file does not wait any more: it was taken over, replaced, deleted, or too old.
staff-refused-other-list = Nothing was changed. The staff list has changed since the file was compared with it. Upload the file again and look at what it changes now.
staff-no-upload-title = No file waits
staff-no-upload = There is no uploaded file to look at.
staff-no-upload-back = To the staff list

## what happened to teams
reorg-title = What happened to teams
reorg-lead = A staff list only says which teams there are. If a team was renamed, merged, split or moved, say so here: then its results go on, and comparisons say which share of the people is the same.
reorg-refused = Nothing was recorded
in-quotes = “{ $text }”
reorg-teams = { $before }, { $next }
reorg-no-team = none
reorg-renamed = “{ $team }” was renamed to “{ $to }”
reorg-merged = { $teams } were merged into “{ $into }”
reorg-split = “{ $team }” was split into { $into }
reorg-moved = “{ $team }” was moved under “{ $under }”
reorg-moved-top = “{ $team }” was moved to the top
reorg-suggested = What may have happened
reorg-suggested-explains = Guessed from who was in which team at the last launch and is in which one now. Only you know: confirm what is right, and leave the rest. What is not confirmed begins anew in the trends.
reorg-evidence = { $together } of the { $people } people who were in these teams and still have a team are found there.
reorg-confirm = Yes, this happened
reorg-since = Since round { $round }
reorg-new = Teams that are new
reorg-gone = Teams that are gone
reorg-say = Say what happened
reorg-kind = What happened
reorg-kind-rename = A team was renamed
reorg-kind-merge = Teams were merged
reorg-kind-split = A team was split
reorg-kind-move = A team was moved
reorg-before = Team or teams before, one to a line
reorg-after = Team or teams since then, one to a line; for a move, the team above, or nothing for the top
reorg-on = Since which day (empty is today)
reorg-record = Record
reorg-recorded = Recorded
reorg-number = Number
reorg-day = Day
reorg-event = Event
reorg-state = Can be changed
reorg-frozen = no, a round was launched since
reorg-withdraw = Withdraw
reorg-withdraw-this = Withdraw event { $number }
reorg-fields-rename = For a renamed team, give one name before and one since then.
reorg-fields-merge = For a merger, give at least two teams before and one since then, which may be one of them.
reorg-fields-split = For a split, give one team before and at least two since then, one of which may keep the name.
reorg-fields-move = For a move, give the team, and the one team that stands above it now, or nothing.
reorg-fields-kind = Choose what happened.
reorg-fields-day = Write the day as 2026-11-30, or leave it empty.
reorg-fields-name = “{ $team }” cannot be the name of a team.
reorg-refused-same-name = The team is called “{ $team }” already.
reorg-refused-not-several = Give at least two different teams, each once.
reorg-refused-unknown = There is no team “{ $team }” in the last round, and no event made one. Check how it is written. A team that is new needs no event.
reorg-refused-ended = There is no team “{ $team }” any more on that day: event { $event } ended it. Name the team that came of it, or withdraw that event.
reorg-refused-taken = There is a team “{ $team }” already on that day. If it took in others, record a merger that names it on both sides.
reorg-refused-unknown-above = There is no team “{ $team }”, neither in the last round nor in the staff list. Check how it is written, or take over the new list first.
reorg-refused-circle = “{ $under }” stands under “{ $team }” itself. Record first where “{ $under }” went.
reorg-refused-future = { $day } has not come yet. Record it when it has happened.
reorg-refused-before = { $day } lies before { $launched }, when round { $round } was launched with the teams as they were then. Give the day since which the staff list says it, or leave the day empty.
reorg-refused-nothing-before = No round was launched yet. There is nothing that a team could continue, so there is nothing to say here.
reorg-refused-breaks = Event { $event } would no longer hold: { $reason } Withdraw that one first.
reorg-refused-frozen = There is no such event, or a round was launched since, and what a round was launched with never changes. If it was wrong, record what undoes it, with today’s date.
reorg-not-listed = After event { $event } there is a team “{ $team }”, but the staff list has none. Take over the staff list that follows it, or withdraw the event.
reorg-still-listed = Event { $event } ended the team “{ $team }”, but the staff list still has it. Take over the staff list that follows it, or withdraw the event.
reorg-elsewhere = By event { $event } the team “{ $team }” stands { $said }, but in the staff list it stands { $listed }. Take over the staff list that follows it, or withdraw the event.
reorg-place-under = under “{ $team }”
reorg-place-top = at the top

## groups of a round
groups-link = The groups of this round
groups-title = Groups of round { $round }
groups-back = Round { $round }
groups-lead = These groups are reported on, each as one. They are frozen when the round is launched.
groups-rule = Teams that are too small are put together with their neighbours, so that nobody’s answers stand alone. You can merge groups further and name them; they cannot be taken apart below the proposal.
groups-frozen = These groups were frozen when the round was launched.
groups-none = There are no groups yet
groups-by-hand = These groups were changed by hand. They are checked again at the launch.
groups-reset = Back to the proposal
groups-count = { $count ->
    [one] One group
   *[other] { $count } groups
  }, { $people } people
groups-list = Groups
groups-organisation = the organisation
groups-column-name = Group
groups-column-unit = Counts in
groups-column-teams = Teams and their leaders
groups-column-remarks = Worth knowing
groups-column-change = Change
groups-change = Change
groups-change-this = Change { $name }
groups-new = new
groups-as-before = as in round { $round }
groups-was-called = was “{ $name }” in round { $round }
groups-parts-of = from { $names } of round { $round }
groups-hardly-the-same = less than a quarter of its people were in it then
groups-combine = { $missing ->
    [one] one missing answer combines it with another group
   *[other] { $missing } missing answers combine it with another group
  }
groups-people = People
groups-refused = Nothing was changed
groups-rename = Rename
groups-rename-explains = Everybody in the group reads this name before answering, and so do all who read its result.
groups-name = Name of the group
groups-rename-button = Rename
groups-merge = Merge with another group
groups-merge-explains = The two are invited, counted and reported as one group from this round on. Nobody reads either of them alone any more, and the leaders of both read the same result. The comparison with earlier rounds covers both together.
groups-merge-with = Merge with
groups-merge-choose = Choose a group
groups-siblings = In the same unit
groups-others = In other units
groups-merge-option = { $name } ({ $people }), together { $together } people in { $unit }
groups-merge-name = Name of both together
groups-merge-button = Merge
groups-refused-no-name = Give the group a name that people will recognise.
groups-refused-unreadable = Use one line of at most 120 characters, each of which can be seen.
groups-refused-counted-up = The group cannot be called “{ $label }”: so begin the names of answers that people count one level up.
groups-refused-other-team = The group cannot be called “{ $label }”: that is the team “{ $team }”, whose people are not in it.
groups-refused-name-twice = Another group is called “{ $label }” already (upper and lower case and spacing do not count).
groups-refused-no-teams = The group “{ $group }” has no teams: leave it out, or put whole groups of the proposal into it.
groups-refused-unknown-team = The group “{ $group }” contains the team “{ $team }”, which is not in the staff list.
groups-refused-team-twice = The team “{ $team }” is in the group “{ $first }” and in the group “{ $second }”: every team answers in exactly one group.
groups-refused-team-missing = The team “{ $team }” is in no group: its people could not answer.
groups-refused-taken-apart = The proposed group “{ $group }” is taken apart: some of its teams are in “{ $first }”, others in “{ $second }”. Groups can be merged and named, not taken apart.
groups-refused-few-people = { $invited ->
    [one] One person is invited
   *[other] { $invited } people are invited
  }, at least { $needed } are needed: with fewer, one missing answer would hide every result.
groups-refused-no-tree = In the staff list the teams above “{ $team }” do not lead to the top. Upload the staff list again.
groups-refused-other = The groups have changed since you opened this page. Look at them again.

## corrected addresses
address-changed = Addresses changed after the launch
address-done = The address was changed. The new one gets an invitation, the one before is told.
address-explains = You can give another address here while people can answer. The new address gets an invitation with a new link, the same for everybody, whether or not they have answered with an earlier one. The address before is told. Everybody reads in the closing mail how many addresses were changed: whoever reads the mails of an address can answer in its owner’s place.
address-new = New address of { $name }
address-button = Change the address
address-refused-none = That is not a mail address. Write it as name@organisation.example.
address-refused-same = That is the address that mail did not reach.
address-refused-taken = Somebody else has this address. Everybody needs one of their own.
address-refused-waits = The mail that tells of the change before still waits. Try again in some minutes.

## faults of a staff list, each with what to do
fault-empty = The file is empty. Export the staff list again, with one line per person below the header.
fault-no-people = There is a header and no person below it. Export the staff list again, with one line per person.
fault-utf16 = The file is written in UTF-16. Save it as UTF-8: in Excel choose the file type “CSV UTF-8”, in LibreOffice the character set “Unicode (UTF-8)”.
fault-not-utf8 = The file is not written in UTF-8, so letters with accents and other characters cannot be read, first in this line (byte { $place }). Save it as UTF-8: in Excel choose the file type “CSV UTF-8”, in LibreOffice the character set “Unicode (UTF-8)”.
fault-missing-column = There is no column { $column }; the header has: { $found }. Add the column, or name it so in the first line. Columns are separated by commas or semicolons.
fault-no-columns = The first line names no column of a staff list; it has: { $found }. Save the staff list as CSV, with the columns { $columns }, separated by commas or semicolons.
fault-doubled-column = The headers “{ $first }” and “{ $second }” both mean the column { $column }. Keep one of them, and rename or remove the other.
fault-ragged = The line has { $found } fields, the header has { $expected }. Give every line as many fields as the header; put a field that contains the separator in quotation marks.
fault-stray-quote = A quotation mark stands in the middle of a field. Put the whole field in quotation marks and write each mark inside it twice.
fault-open-quote = A quotation mark is opened here and never closed. Close it at the end of the field; the lines below could not be read.
fault-missing = The field is empty. Fill it in, or remove the line.
fault-too-long = The text has { $found } characters, at most { $limit } are possible. Shorten it.
fault-invisible = The text contains a character that nobody sees ({ $character }). Delete the field’s text and type it anew.
fault-bar = The id contains |, which separates the ids of leaders. Choose an id without it.
fault-duplicate-id = The person id “{ $id }” stands already in line { $line }. Every person stands on the list once: remove one of the lines or correct the id.
fault-duplicate-mail = The mail address “{ $mail }” stands already in line { $line }. Everybody needs an address of their own: correct one of the two. For a mailbox that people share, write card into the column invited_by of everybody who uses it: they get a printed card and no mail.
fault-bad-mail = “{ $mail }” is not a mail address. Write it as name@organisation.example.
fault-bad-language = “{ $given }” is not a language code. Write a code of two or three letters such as en or de, or leave the field empty for the default.
fault-bad-invitation = “{ $given }” is no way to be invited. Write mail or card, or leave the field empty.
fault-no-address = The person is to be invited by mail, and the field mail is empty. Fill in the address, or write card for a printed card.
fault-unknown-leader = The leader “{ $leader }” is not on this staff list. Add a line for this person (the team may stay empty), or correct the id. Leaders are given by person id, not by name.
fault-empty-leader = The list of leaders has an empty place beside |. Remove the superfluous |.
fault-repeated-leader = The leader “{ $leader }” is named twice. Name each leader once.
fault-many-leaders = The team has { $found } leaders, at most { $limit } are possible. Name the people who lead the team from day to day.
fault-leaders-without-team = The team is empty, but leaders are given. Write the team’s name; or, for a person who is not to be invited, leave the leaders empty too.
fault-blank-team = The team’s name consists of blanks only. Write the team’s name; or leave the field quite empty for a person who is not to be invited.
fault-team-spelling = The team “{ $given }” is written “{ $first }” in line { $line }. Write the team’s name the same way in every line.
fault-leaders-differ = The leaders of team “{ $team }” are { $given } here and { $first } in line { $line }. Give every member of one team the same leaders in the same order.
fault-own-team = “{ $leader }” leads the team “{ $team }” and answers in it (line { $line }). Put the leader into the team above (or leave their team empty), or take them off the team’s leaders.
fault-circle = The teams lead each other in a circle: { $chain }. Correct the leaders of one of these teams, so that the chain ends at the top.
## the pages of a result
result-pages = Pages of this result
result-page = { $page }, { $round }
result-parts = Parts of the list
result-contents = On this page
result-under-way = Round { $round } is under way
result-no-live = In place of live results here is its calendar.
result-under-way-more = More about this round
result-take = Take it with you
result-raw = Why there is no raw export
result-raw-gone = There are no rows to export. Every answer was sealed where it was given, opened once in memory, counted into its group and destroyed together with the key. What was never kept cannot be given away: not by you and, unless copies were kept against the promise, not by IT.
result-raw-people = A table with one line per person gives people away even without names: the group and three or four answers together are often one person only. Filters of your own would do the same, one subtraction at a time.
result-raw-live = For the same reason there are no live results: whoever watches numbers change can tell who has just answered.
result-instead = What there is instead
result-instead-table = Every group as far as it can be shown safely, with its range, its change and how many answered: as pages, and as a table for calculations of your own.
result-instead-other = A comparison that you miss: standing groups can be put together differently before the next round, and a question can be asked in it.
result-instead-check = For whoever wants to check the result: the file that the command candor release audit writes. It holds every number that was published, and anybody can check it with a program of their own.
result-instead-own = Data that you collected elsewhere: the command candor analyse computes the same measures from them.
## first steps
first-title = The way to your first round
first-lead = Five steps, in this order. Nobody gets a mail before the last one, and you can stop and go on at any time.
first-done = Done
first-next = You can do this now
first-later = Later: it needs the steps before it
first-staff = Bring in the staff list
first-staff-what = A file with everybody you want to ask: who they are, their mail address, their team and who leads it. You see what it changes before anything is taken over.
first-staff-there = { $people ->
    [one] One person
   *[other] { $people } people
  } in { $teams ->
    [one] one team
   *[other] { $teams } teams
  }.
first-staff-go = Bring in the staff list
first-staff-see = See the staff list
first-draft = Draft the round
first-draft-what = Choose the questionnaire and the dates. The draft shows the promise as people will read it; nothing is sent.
first-draft-there = Round { $round } is drafted. Everything can still be changed.
first-draft-go = Draft the round
first-draft-see = See the draft
first-groups = Look at the groups
first-groups-what = Small teams are shown together with others, so that nobody's answers stand alone. Look at who is shown with whom, name the groups, and merge more of them where you like.
first-groups-go = See the groups
first-forecast = See what will be shown
first-forecast-what = How many groups would have a result of their own if 40, 60 or 80 of 100 people answered, and what the settings hide in small groups.
first-forecast-go = See the forecast
first-launch = Launch
first-launch-what = You confirm a summary, then everybody gets their personal link. From then on groups, questions and promise cannot be changed.
first-launch-go = See the summary
first-after = And then
first-after-what = The round runs by its dates. While people answer you see dates and mails, and no results; the result is published on the day that you chose in the draft.
first-after-leaders = Leaders read the result of their group with accounts of their own. Invite them before it is published:

## the key holder outside the operator
key-holder-title = Key holder of round { $round }
key-holder-lead-nobody = In this draft the operator holds the key that opens the answers. Somebody outside can hold it instead, such as the works council or a data protection officer: this server then never has it.
key-holder-lead-draft = By this draft { $holder } holds the key that opens the answers. Nobody is invited before they have countersigned the promise sheet.
key-holder-who = Holds the key
key-holder-fingerprint = Fingerprint of the key
key-holder-compare = Compare these six words with those on the key holder’s paper: aloud, by telephone, and not by a mail that could be changed on its way.
key-holder-compare-words = { $holder } makes the check words known as well. They must be the same: that is how a false promise sheet comes to light.
key-holder-public = The countersignature, as everybody can read it
key-holder-sheet-title = 1. Hand over the promise sheet
key-holder-sheet-explains = The file holds everything that people will be promised, with all groups and their leaders. The key holder’s program checks it, tells it in plain words, and signs it.
key-holder-sheet-button = Take the draft of the promise sheet
key-holder-signed-title = 2. Hand in the countersignature
key-holder-signed-explains = It is checked against this round’s sheet and key. If it holds, everybody is invited, and that cannot be taken back.
key-holder-signed-file = The file whose name ends in .countersignature.json
key-holder-signed-button = Invite everybody under this countersignature
key-holder-inviting = The countersignature holds, and everybody is being invited under it.
key-holder-inviting-wait = You may close this page: the invitations go on, also after a restart of the server. It looks again by itself.
key-holder-words-later = The check words are not known yet: the key holder’s program puts a number of its own into the sheet when it signs.
key-holder-file-title = Name the key holder
key-holder-file-other = Name another key
key-holder-file-explains = The key holder makes a key for round { $round } on a machine of their own, and hands you its public half. It holds no secret.
key-holder-file = The file whose name ends in .public.json
key-holder-file-button = Take this key into the draft
key-holder-remove = Name no key holder
key-holder-remove-does = The operator then holds the key: this server opens the answers by itself, or with a passphrase.
key-holder-did-name = The draft names this key from now on. Compare its fingerprint.
key-holder-did-remove = The draft names no key holder any more.
key-holder-file-unreadable = Nothing was changed. The upload was incomplete: go back, reload the page, choose the file and try again.
key-holder-file-large = Nothing was changed. The file is too large to be what the key holder’s program wrote for you.
signed-title = The result with all its signatures
signed-explains = One file holds the promise sheet with the countersignature of { $holder }, and the whole result with the signatures of { $holder } and of this round. Somebody whom you trust can check it on a machine of their own, without this server.
signed-holds = It holds all groups with their leaders, every published number and, where there were open questions, every published comment, also one that was hidden since. Whoever has the file can read all of it.
signed-check = It is checked with: candor release check FILE. The format is described, so a program of their own can do it too.
signed-take = Take the result with all its signatures
signed-bring-explains = Your account reads no result. So hand in the file whose name ends in .result.json, which your own program wrote: you get the same result back with all its signatures.
signed-bring = Get it back with all its signatures

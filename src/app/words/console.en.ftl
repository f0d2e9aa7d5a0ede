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
moment = { $weekday } { $day } { $month } { $year }, { $time } UTC
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
problem-round-refused = The round does not allow this now
problem-result-unsound = This result cannot be shown
problem-unavailable = The database cannot be reached
problem-not-ready = Not ready
problem-internal = Something went wrong
problem-back = Back to the start

## what went wrong: what happened and what to do
detail-not-found = The address is wrong, or the page is not for your account.
detail-not-allowed = This page is for another kind of account. Sign out and sign in with that account.
detail-method = This address does not know the method.
detail-method-takes = This address takes { $methods } only.
detail-internal = Nothing was changed. If it happens again, tell your administrator the reference { $reference }.
detail-unavailable = Nothing was changed. Please try again in a few seconds. If it stays, tell your administrator the reference { $reference }.
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
refused-state = Nothing was changed. Round { $round } cannot do this in its present state: { $state }. Somebody else, or the program itself, may have taken a step since you opened the page.
refused-ending = Nothing was changed. Round { $round } is being ended without a result ({ $reason }); nothing else is possible any more.
refused-not-due = Nothing was changed. This is not due before { $moment }. The dates were frozen at the launch; nobody can bring them forward.
refused-objections = Nothing was opened: { $count ->
    [one] one objection is
   *[other] { $count } objections are
  } without an answer. Answer in public first.

## rounds
rounds-title = Rounds
rounds-none = There is no round yet. On the server:
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
round-reason = Reason, in one sentence; everybody reads it
round-calendar = Calendar
round-about = About this round
round-mail = Mail
round-unreached = Who was not reached
round-no-live = Why there are no live results
round-no-live-why = Candor shows nobody a number before the round is published: not you, not the leaders. Watching answers come in would tell who gave them.
round-did-remind = Reminders are queued. They go out in random order over the next 20 minutes.
round-did-end-answering = No new answers begin. Answers under way may still arrive until the box is shut.
round-did-close = The box is shut. The list of counted answers is public.
round-did-answer = Your answer is public. The opening does not wait any longer.
round-did-open = The answers were opened in memory and everything fits together. Nobody has seen a number.
round-did-publish = The result is published. The key and the sealed answers are destroyed.
round-did-abort = The round has ended without a result. Everybody is told by mail.

## where a round stands: a label for a table, and what it means
state-draft = being prepared
state-draft-means = This round is a draft: nothing was sent, everything can still change.
state-launching = being launched
state-launching-means = The launch was interrupted. The staff list and the groups are frozen, nobody was invited yet.
state-running = people can answer
state-running-means = Invitations are out and people can answer. How many have answered is shown to nobody.
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
state-opened = checked, not yet published
state-opened-means = The answers were opened once in memory and everything fits together. Candor has shown nobody a number; only the result's fingerprint was kept.
state-published = published
state-published-means = The result is published. The key and the sealed answers were destroyed; nobody can open them again.
state-aborted = ended without a result
state-aborted-means = This round ended without a result. The answers were destroyed and everybody who was invited is told; Candor has shown nobody a number. Trends show the gap.
state-ending = ending without a result
state-ending-means = It was decided to end this round without a result. The answers are being destroyed; Candor has shown nobody a number.

## what comes next in a round
next-launch = On the server: candor wave launch { $round }
next-launch-again = It goes on by itself; if it does not, on the server: candor wave launch { $round }
next-closes = Answering ends when HR decides
next-closes-on = Answering ends on { $moment }
next-shuts = The box is shut when HR decides
next-shuts-on = The box is shut on { $moment }
next-answer = An answer to the objections
next-answer-by = An answer to the objections; without one the round ends without a result on { $moment }
next-opens = The answers are opened and checked when HR decides
next-opens-on = The answers are opened and checked on { $moment }
next-publishes = The result is published when HR decides
next-publishes-on = The result is published on { $moment }
next-talk = Talk about it in the teams
next-nothing = Nothing more
next-told = Everybody is told by mail

## the calendar of a round
date-by-command = when HR decides
date-opens = Invitations go out, people can answer
date-closes = Answering ends
date-shuts = The box is shut; the list of counted answers is public
date-opened = Objections end; the answers are opened and checked, nobody sees a number
date-published = The result is published; key and answers are destroyed
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
fact-key = Key to the answers
key-will-be-locked = will be locked with a passphrase; a person must open
key-will-lie-here = will lie on this server; the program opens by itself
key-destroyed = destroyed
key-locked = locked with a passphrase; a person must open
key-lies-here = lies on this server; whoever administers it could look before the publication
fact-abort-reason = Reason for its end
fact-check-words = Check words
fact-counted = Answers counted
fact-counted-of = { $counted } of { $invited } invited
fact-begun = Begun and not sent
fact-objections = Objections
fact-objections-answer = Answer to the objections

## what can be done with a round: the button, and what it does
action-remind = Remind those who have not answered
action-remind-does = Queues a mail to everybody who has not answered and has not asked to be left alone. Candor never shows who that is; whoever administers the database could look.
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
action-abort = End the round without a result
action-abort-does = The answers are destroyed without anybody having read them, and everybody is told with your reason. This cannot be taken back.

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
round-mail-new-link = Somebody whose invitation did not arrive has no personal link yet. The next reminder brings a new one, if the address takes mail by then.
round-mail-frozen = The addresses of a round are frozen at its launch. Correct them in the staff list, and they are right for the next round. This list ends with the round.
round-mail-not-listed = What is not listed here
round-mail-reminders = What became of reminders. They go only to people who have not answered, so a reminder that came back would tell that. Once reminders have gone out, a returned mail that does not say which mail it was is not listed either.

## results
report-organisation = Organisation, { $round }
report-team = Your team, { $round }
report-table = These numbers as a table (CSV)
nothing-organisation = No result yet
nothing-organisation-why = The organisation's result stands here once a round has been published. Until then nobody sees a number.
nothing-team = Nothing to read here
nothing-team-none = There is no result of a team of yours yet. It will stand here once a round has been published in which you led a team.
nothing-team-led = When this round was launched you led no team in it, so nothing of its result is yours to read.
nothing-team-wrong = If something is wrong here, tell HR: the staff list says who leads which team.
nothing-too-few = Too few people answered in this round, so it has no result: answers are never shown of fewer people than the promise sheet says.

## files to take along
take-heading = Take it with you
take-same = Each file says what this page says, and says the same whenever it is made again. Whoever you hand it to can read it as you can.
take-pdf = This page as a document to print or hand on (PDF)
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
hide-who = You do not learn who wrote it, and nobody else does.
hide-button = Hide this comment: it names a person

## the mails that the demo catches
mails-title = Captured mails
mails-lead = Only the demo has this page: it catches every mail instead of sending it. Open one, follow its link, and answer as that employee.
mails-sign-in = Sign in as HR or as a leader
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
sign-in-did-password = Your password is set. Sign in with it.
detail-former-leader = You lead no team in today's staff list, so no result is yours to read any more. If you do lead a team, tell HR: the staff list says who leads which.
detail-second-factor-needed = Accounts of your kind need a second factor. Set it up on your account's page, then go on.
detail-link-gone = A link sets a password once, within 72 hours. This one was used, has expired, or was replaced by a newer one. Ask whoever keeps the accounts for another.
problem-account-refused = This was not done
problem-second-factor-needed = Please set up your second factor
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
accounts-none = There is no account here yet.
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
link-made-title = The link
link-made-invitation = { $login } is invited. Give this link to its owner:
link-made-reset = Give this link to the owner of { $login }:
link-made-once = It is shown now and never again, works once, and for { $hours } hours. A newer link of the same account takes its place.
link-made-warns = Whoever holds it can set the password. Send it on a way that only its owner reads.
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
log-published = The result of round { $round } was published; its key and its answers were destroyed.
log-abort-decided = It was decided to end round { $round } without a result.
log-aborted = Round { $round } ended without a result; its key and its answers were destroyed.
log-exported = Results of round { $round } left the product as a file ({ $file }).
log-comment-hidden = A comment of round { $round } was hidden (notice { $notice }).
log-corrected = A correction was put beside the result of round { $round } (notice { $notice }).
log-draft-set = The draft of round { $round } got these settings: { $settings }…
log-draft-deleted = The draft of round { $round } was thrown away.
log-setting = The program began with { $setting } = { $now }
log-setting-changed = The program began with { $setting } = { $now }; before it was { $before }
log-addresses = { $people ->
    [one] One address
   *[other] { $people } addresses
  } of round { $round } changed; each person was told at the old address.
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
log-change-disabled = it may no longer sign in
log-change-enabled = it may sign in again
log-change-password = somebody else gave it another password
log-change-factor = its second factor was removed
log-change-removed = it was removed
log-restored = The database was found to be older than before: this log once held { $had } entries, the last with the fingerprint { $fingerprint }. A copy was put back, or entries were cut off.

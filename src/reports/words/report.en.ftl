# Results of rounds, in English. Points of 100, never a percent sign; round and group; nothing technical. No sentence claims more than the number in it.
# A language is a file report.<code>.ftl and nothing else; the tests say what it lacks.

# Every report
not-for-appraisal = Not for appraisal.
why-not = This result belongs to the group, to talk about and to act on. It says nothing about the work of any single person, and no decision about a person may rest on it.
not-validated = The statements are not yet validated: they were written with care, but nobody has tested yet how well they measure what their headings say.
scale = 0 points would mean that everybody gave the least favourable answer to every statement, 100 points the most favourable.
range = Each range is made so that it holds the true score about 19 times out of 20. It is narrower where more people answered, and never exact, because sums are published only in steps, so that no single answer can be worked out.
silent = It cannot show what people think who did not answer.
never-seen = It cannot show who answered or what anybody answered, and neither can the reports of all rounds together. Candor never shows who has answered; whoever administers the database could look.
one-sided = Near an end of the scale only “this or more” or “this or less” is published, because an exact number would give away that nearly everybody answered alike.
level-only = It can show where the answers of these people lie, within a range.

# Headings
one-minute = In one minute
further = Further questions of this round
next = What to talk about next
method = How these numbers come about
statement = Statement
over-time = Over time
limits = What this report can and cannot see
statements = The statements behind it
round = Round
points = Points of 100
organisation = The whole organisation

# Pieces
colon = :
semicolon = ;
list = { $first } and { $last }
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
# $iso is the day as year-month-day; a language may write it out instead.
date = { $iso }
round-named = Round { $round }

# Who answered
people-between = { $from } to { $to } people answered
people-from = { $from } or more people answered
participation = { $people }.
participation-under = { $people }: fewer than { $share } of every 100 who were invited.
participation-from = { $people }: { $low } or more of every 100 who were invited.
participation-between = { $people }: { $low } to { $high } of every 100 who were invited.
few-answered = Fewer than 70 of every 100 answered. If those who did not answer think differently, the score of all could lie outside the ranges.
combined = This quarter your answers are shown together with { $groups }. That is the rule for small groups: nobody's answers should stand alone. It says nothing about either team. Please do not ask who answered.
counted-up = answers counted one level up
counted-up-title = { $unit }: answers counted one level up
counted-up-with = { $groups }, with answers counted one level up
upward = Answers that people chose to count one level up are part of this result. Nobody sees who chose this; counts can show that somebody did.
covers-all = All groups of this unit are in it.
covers-under = It covers groups to which fewer than { $share } of every 100 people of this unit belong; the others are counted together with groups outside it.
covers-between = It covers groups to which { $low } to { $high } of every 100 people of this unit belong; the others are counted together with groups outside it.

# Scores
score-between = Somewhere between { $low } and { $high } of 100 points.
score-at-least = Of those who answered, { $points } or more of 100 points.
score-at-most = Of those who answered, { $points } or less of 100 points.
score-too-few = Cannot be seen: too few people answered these statements.
score-no-safe-range = Cannot be seen: with so few answers no range would be wide enough to protect everybody who gave them.
score-both-ends = Cannot be seen: the statements lie at opposite ends of the scale, where only “this or more” and “this or less” are published.
score-not-asked = Not asked in this round.
short-between = { $low } to { $high }
short-at-least = { $points } or more
short-at-most = { $points } or less
short-hidden = cannot be seen
short-not-asked = not asked
scale-title = { $dimension }: where the score lies between 0 and 100 points
rungs-even = The steps: with so few answers each statement is published only in steps of { $step } points, between { $first } and { $last }.
rungs-about = The steps: with so few answers each statement is published only in steps of about { $step } points, between { $first } and { $last }.
rungs-listed = The steps: with so few answers each statement is published only in these steps: { $steps }.
turned = agreeing with this one lowers the score

# Changes. What follows the word for a change stands behind it in the same sentence.
change-clear = clear change
change-possible = possible change
change-none = no clear change
change-hidden = cannot be seen
change-before-hidden = Change:
detail-hidden = : whether there was a change since { $since } is hidden at the end of the scale or by too few answers.
detail-at-least-less = { " " }since { $since }: at least { $points ->
    [one] { $points } point
   *[other] { $points } points
  } less.
detail-at-least-more = { " " }since { $since }: at least { $points ->
    [one] { $points } point
   *[other] { $points } points
  } more.
# $points, $low and $high carry their sign; $count is $points without it.
detail = { " " }since { $since }: { $points } { $count ->
    [one] point
   *[other] points
  }, somewhere between { $low } and { $high }.
change-short-at-least = at least { $points }
detectable = A true change of { $points } points would be found four times out of five; smaller ones often stay unseen.
detectable-from = A change since the last round could be seen here from about { $points } points on; a smaller change can be real and still not be seen here.
detectable-between = A change since the last round could be seen here from about { $smallest } to { $largest } points on; a smaller change can be real and still not be seen here.
not-compared = No comparison this time: the last round did not ask the same statements, or another person led the group.
no-comparison-first = No comparison this time: this is the first round with a result.
no-comparison-new = No comparison this time: a group that counts here is new.
no-comparison-too-many = No comparison this time: groups were put together differently in the last round, and too many of them would have to be taken together now.
no-comparison-nothing = No comparison this time: the last round had no result for these people.
no-comparison-upward = No comparison this time: these people chose to count one level up, and that choice is made anew in every round.
compared-together = Only for the change, { $groups } are taken together, because they were counted together in this round or in the last one; each of them reads the same change.
compared-with-corrected = Round { $since }, with which this is compared, was corrected: see there.
same-three-quarters = At least three quarters of the people were already invited here last time.
same-half = At least half of the people were already invited here last time.
same-quarter = Perhaps fewer than half of the people were already invited here last time: a change may come from new people as much as from new opinions.
same-few = Perhaps fewer than a quarter of the people were already invited here last time: a change says more about who is here now than about new opinions.

# Over time
no-trend-yet = This is the first round with a result; from the next one on, the course over time stands here.
earlier-rounds = Earlier rounds
trend-title = { $dimension }: points of 100 in every round
trend-aborted = ended without a result
trend-not-comparable = not comparable
trend-together = together with { $groups }
trend-hollow = An open dot or arrow: counted together with other groups in that round.
trend-cross = A cross: that round ended without a result.
trend-gaps = A question mark: these people were counted in other groups then, or hardly anything could be seen.

# Corrections
errata = Corrections to this result
never-changed = A published result is never changed. What turned out to be wrong about it is said here, signed with the key of this round.

# Comments
comments = What people wrote
comments-together = Comments are shown only of many people together, in an order that tells nothing: neither time nor group nor answers stand behind it.
comments-style = A way of writing can be recognised; against that nothing is claimed.
comments-no-search = Do not try to find out who wrote something, and do not ask: talk about what is said. Whoever is asked once will write nothing honest again.
comments-of-upward = Comments of people whose answers were counted one level up:
comments-of-one = Comments of { $group }:
comments-of-several = Comments of { $groups } together:
comments-of-several-upward = Comments of { $groups } together, with answers counted one level up:
comments-too-few = Too few people wrote something here. Comments are shown only of { $people } or more people together, of whom at least { $comments } wrote one.
comments-hidden = { $count ->
    [one] HR hid { $count } comment. The only reason allowed is that it names a person; nobody else checks this.
   *[other] HR hid { $count } comments. The only reason allowed is that they name a person; nobody else checks this.
  }
hide = Hide: it names a person

# All groups
groups = All groups
groups-of = Groups of { $unit }
group = Group
answers = Answers
directly-under = Directly under the organisation
no-ranking = In the order of the organisation, not of the scores: where ranges overlap, groups cannot be told apart, and most differences between groups are chance.
short-people-between = { $from } to { $to }
short-people-from = { $from } or more
short-participation-under = { $people }; under { $share } of 100 invited
short-participation-from = { $people }; { $low } or more of 100 invited
short-participation-between = { $people }; { $low } to { $high } of 100 invited

# Speaking up and standards together
quadrant-in = Speaking up and standards together: { $zone }.
quadrant-between = Speaking up and standards together: either { $zone }, or { $other }.
quadrant-untold = Speaking up and standards together: which of the two is high cannot be told.
quadrant-unseen = Speaking up and standards together: cannot be told, because one of the two is known too roughly.
quadrant-method = High means 58 points of 100 or more. Something is said only with a probability of at least 80 of 100.
zone-learning = both are high (learning)
zone-comfort = speaking up is high and standards are not (comfort)
zone-anxiety = standards are high and speaking up is not (anxiety)
zone-apathy = neither is high (apathy)

# Worth a conversation
conversation = Worth a conversation
conversation-order = In the order of the organisation, not of sizes; improvements are worth a conversation, too. Ask what happened before you decide what it means.
conversation-claim = Where nothing changed anywhere, the list stays empty in at least nine of ten rounds; where much changed, about one in ten entries may be chance.
tested-first = This is the first round with a result: there is no change to look at yet.
tested-nothing = No change since { $since } could be tested.
tested-one-stands-out = One change since { $since } could be tested, and it stands out.
tested-one-chance = One change since { $since } could be tested, and it does not stand out from chance.
# $tested is two or more, $entries one or more.
tested-chance = { $tested } changes since { $since } could be tested, and none stands out from what chance makes of so many.
tested-together = { $tested } changes since { $since } could be tested; single groups do not stand out, but together they moved: see the whole organisation.
tested-stand-out = { $entries ->
    [one] { $tested } changes since { $since } could be tested; one stands out.
   *[other] { $tested } changes since { $since } could be tested; these stand out.
  }

# The organisation as a whole
course = Where the whole organisation goes
course-method = People come and go; a course is about whoever was there.
course-too-few = a line needs at least three rounds, one after the other, with the same statements.
course-untold = whether the rounds lie on a line cannot be told.
course-up-and-down = up and down over { $rounds } rounds since { $since }; no line describes it.
course-line = { $change } along a line through { $rounds } rounds since { $since }: { $points } { $count ->
    [one] point
   *[other] points
  }, somewhere between { $low } and { $high }.
differences = How far groups differ
differences-method = People differ within every group. The share that lies between groups is estimated from the ranges of all groups together, with chance taken out of it. Where it is small, comparing groups says little.
differences-too-few = not estimated, because fewer than 10 groups have a score.
differences-untold = cannot be told: the groups lie closer together than chance lets them.
differences-share = of 100 parts of the differences between people about { $share } lie between groups, somewhere between { $low } and { $high }.
estimates-method = A small group looks extreme by chance more easily than a large one. Each estimate is moved towards the mean of all groups as far as chance explains its distance: for planning help over all groups, and no order of them.
estimates-none = Groups differ no more than chance lets them: no estimate of a single group says more than the mean of all.
estimate = { $low } to { $high }
estimates-rest-on = Rests mostly on
weight-faint = the other groups
weight-own = its own answers

# Said or lived
said = Said or lived
said-method = Some statements ask what is said, others what happens. Where what is said stands farther above what happens than elsewhere or before, that is a reason to ask how it comes about. It proves nothing, and it says nothing about the honesty of any person.
said-consistent = consistent
said-mixed = mixed
said-conversation = worth a conversation
said-hidden = cannot be seen
said-first = nothing to compare with yet
said-clear-one = In the one group that can be seen nothing stands out.
said-clear = In none of the { $groups } groups that can be seen does anything stand out.
said-unseen = { $groups ->
    [one] In one group it cannot be seen.
   *[other] In { $groups } groups it cannot be seen.
  }
said-gap = Said minus lived is { $points } { $count ->
    [one] point
   *[other] points
  }, somewhere between { $low } and { $high } in the whole organisation. There is no natural zero: compare groups and rounds, not this number.
said-gap-at-least = Said minus lived is at least { $points } { $count ->
    [one] point
   *[other] points
  } in the whole organisation. There is no natural zero: compare groups and rounds, not this number.
signals = Of every 100 who answered all statements about { $row } chose the same point for eight or more in a row, statements that are turned around among them, and about { $throughout } chose it for all.
# $before is a round.
farther = what is said stands { $points } { $count ->
    [one] point
   *[other] points
  } farther above what happens (somewhere between { $low } and { $high })
farther-at-least = what is said stands at least { $points } { $count ->
    [one] point
   *[other] points
  } farther above what happens
than-elsewhere = { $farther } than in the whole organisation
than-before = { $farther } than before
than-in = { $farther } than in { $since }
same-in-a-row = many chose the same point again and again
same-throughout = many chose the same point for all statements

# The ladder
ladder-note = Filled is the step in which the middle of the answers lies; the bar above it is the whole range.
ladder-before = The dashed frame is the step of the round before.
round-before = The round before: { $score }.

# The last rounds together
recent-rounds = { $rounds } together
recent-untold = cannot be told: of one of them only “this or more” or “this or less” is known
recent-method = The last rounds together: their mean, in which each round counts once. It is the level over this time, not today’s. It narrows the range less than one might hope, because it is partly the same people who were heard each time, and partly the same who were silent.
recent-lines = Dashed lines: the last rounds together.

# Two dimensions together
plane-title = Speaking up and standards together
plane-axes = To the right { $standards }: { $across }. Upwards { $safety }: { $upwards }.
plane-ellipse = The coloured area holds the true place about 19 times out of 20; the dashed lines stand at 58 points.
plane-rectangle = The coloured area is made of both ranges, because with so few people nobody knows how the two go together; the dashed lines stand at 58 points.

# What is said beside what happens
said-legend = Full mark: what is said. Open mark: what happens. The bars are the ranges.
said-says = What is said
said-does = What happens

# Single statements
statements-from = What can be seen of single statements stands here from 10 answers on; with fewer a range would say next to nothing.
statements-without = Without a heading of their own

# How the numbers come about
method-people = Only results of at least { $k } people together are published. Here: { $people }.
answered-from = The statements under “{ $lead-in }” were answered from “{ $lowest }” to “{ $highest }”.
method-rules = Numbers and words were made by the rules { $rules }; anybody can compute them again from what is published.
method-holder = Everybody was promised that { $holder } has the key to the answers, and not the operator. { $holder } opened all answers at once and signed the result.

# What to talk about next
next-introduction = At most two things, and only what chance does not explain. Each takes 20 minutes of the next team meeting. Speak about situations, not about persons, and never about who answered what.
suggestion-fell = It clearly fell since { $since }.
suggestion-rose = It clearly rose since { $since }: that is worth understanding, so that it lasts.
suggestion-low = The whole range lies below 58 of 100 points.
suggestion-low-statement = One of its statements stands low by itself.
suggestion-statement = Its lowest statement, the whole range of which lies below 58 of 100 points: “{ $statement }”
suggestion-anything = Nothing here is low beyond what chance can make of these answers, and nothing clearly changed. That is no grade, and no reason to look for something.
suggestion-anything-title = A conversation is worth it all the same
kit-together = To you and the leaders of { $groups } together: meet for 20 minutes first. Read this page aloud and do not guess which team said what. Choose one of the things below, find the same words for all teams, take it into every team, and meet once more on a fixed day.
kit-both = The same words fit both. Choose the one that your team cares about more, or talk about each on a day of its own.
kit-begin = To begin with, in your own words:
kit-agenda = Twenty minutes in the team:
kit-minutes = { $minutes } minutes
kit-share-title = Share.
kit-share = Show the page as it is, ranges included, and say what it cannot see. Nobody has to say what they answered; do not ask, and do not tell your own guess.
kit-ask-title = Ask.
kit-agree-title = Agree on one thing.
kit-date-title = Set a date.
kit-date = Write it down in one sentence, with somebody who looks after it and the day on which all of you look at it again.
kit-safety-start = “I want to hear of problems while they are still small. When did it help us lately that somebody said something early?”
kit-safety-ask = First two minutes alone, then in pairs: what makes it easier to say a mistake or a doubt here, and what makes it harder? Each pair reports one thing. Listen, thank, and do not defend anything today.
kit-safety-agree = Something that happens in every meeting, for instance: before we decide, everybody names one thing that could go wrong; whoever names one is thanked before anybody answers.
kit-standards-start = “Agreements only help if we may also ask about them. Which of our agreements work without anybody having to remind us?”
kit-standards-ask = In pairs: which agreement would we like to be able to rely on more, and what does it lack: is it too much, unclear, or does nobody ask? Speak about the agreement, not about who broke it.
kit-standards-agree = One agreement in one sentence, with who and until when, and how we ask when it slips: “What is missing for it to work?”
kit-learning-start = “Something did not go as planned lately; that happens to everybody who works. I am interested in how it came about, not in who it was.”
kit-learning-ask = Choose one such case together, a small one. What did we know at the time, what got in the way, and what would have shown it earlier?
kit-learning-agree = One change that follows from it and is in place within two weeks, and how we shall notice whether it helps.
kit-other-start = “This is what the answers say about this subject. What of it do you know from our work?”
kit-other-ask = In pairs: which of the statements is most worth talking about, and when did it go well? Each pair reports one thing.
kit-other-agree = One thing that we try for four weeks, small enough to begin tomorrow.
kit-rise-start = “Something has become better here. What did we do differently?”
kit-rise-ask = In pairs: what helped, and what would make us lose it again? Each pair reports one thing.
kit-rise-agree = One habit that we keep on purpose, also when there is much to do.
kit-anything-start = “No single thing stands out on this page. So tell me: which of these statements would you most like to talk about?”
kit-anything-ask = In pairs: choose one statement. When was it true here, and what was different then? Each pair reports one thing.
kit-anything-agree = One thing that we try for four weeks, small enough to begin tomorrow.

# The pages of the organisation's result
part-overview = The organisation
part-comparison = Since the round before
part-groups = Groups
part-differences = Differences
part-participation = Participation
part-quality = How well it measures
chart-beside-table = The table beside this drawing holds the same numbers.
from-to = { $first } to { $last }

# Groups and dimensions
map = Groups and dimensions
map-method-few = Where fewer than 10 groups have a score nothing is moved: each range is the score of the group as it stands.
map-legend = Blue lies above the middle of the scale and orange below; the deeper the colour, the farther. Pale and in brackets: it rests mostly on the other groups. Hatched all over: cannot be seen. An arrow upwards: this or more; downwards: this or less. Two squares before a name and a hatched edge below: counted together.
map-title = Groups and dimensions: where each group probably lies between 0 and 100 points
map-like-all = like all
map-faint = { $range }, mostly from the other groups
untold = cannot be told

# Groups and chance
funnel = Groups and chance
funnel-method = If all groups were alike, chance would still spread their scores, those of small groups more than those of large ones. The pale bands show how far: of groups that are alike at least 19 of 20 lie in the inner band and at least 998 of 1000 in the outer one. So up to one group in 20 lies outside the inner band by chance alone. No order of groups follows from this.
funnel-legend = An open dot lies in the inner band, a full dot outside it, a diamond outside both. An arrow: this or more, or this or less.
funnel-title = { $dimension }: every group, and how far chance alone would take groups of its size
funnel-mean = The mean of all groups is { $mean } of 100 points.
funnel-people = People who answered
funnel-inner = At least 19 of 20 alike
funnel-outer = At least 998 of 1000 alike
funnel-within = within chance
funnel-below = lower than chance takes most groups
funnel-above = higher than chance takes most groups
funnel-far-below = far lower than chance explains
funnel-far-above = far higher than chance explains
quadrant-groups = Speaking up and standards together
quadrant-groups-method = Every dot is a group, full where its zone can be told. Around these stands a line that holds the true place about 19 times out of 20, unless there are more than 12 of them.
quadrant-title = { $safety } and { $standards }: where each group lies between 0 and 100 points
quadrant-zone = Zone
zone-either = either { $zone }, or { $other }

# Participation of all groups
strip = How many answered, group by group
strip-method = In bands. A rate is shown only where 10 or more people were invited, and not where answers counted one level up are part of a group. Candor never shows who has answered. Few answers are a reason to ask what keeps people from answering, not whom.
strip-legend = Filled: the band in which the rate lies, of 100 who were invited. Hatched: no rate is shown. Two squares before a name: counted together.
strip-title = Of 100 who were invited, how many answered, group by group

# How well the statements measure
quality = How well the statements measure
quality-method = Computed from all answers of the organisation together before they were destroyed, never from those of a single group. These numbers say how far the statements of a dimension measure one thing; whether it is the right thing they do not say.
quality-none = Fewer than 100 people answered all statements. From so few such numbers would say more about chance than about the statements, so there are none.
quality-old = This result was written by an earlier version of Candor, which did not compute these numbers.
quality-measure = Measure
quality-rests = { $groups ->
    [one] From the answers of { $people } people in one group.
   *[other] From the answers of { $people } people in { $groups } groups.
  }
quality-alpha = Cronbach’s alpha
quality-alpha-means = how alike people answer the statements of a dimension. At 0 the answers have nothing in common, at 1 everything. From about 0.7 on, statements are usually read as one scale; that is a custom and no proof.
quality-omega = McDonald’s omega
quality-omega-means = the same without supposing that every statement counts as much as the next. Where it is close to alpha, that supposition does little harm.
quality-icc-one = ICC(1)
quality-icc-one-means = which share of the differences between people lies between groups, computed from the answers themselves. At 0.05, 5 of 100 parts lie between groups and 95 between people of one group.
quality-icc-two = ICC(2)
quality-icc-two-means = how reliable the mean of a group of average size is. Below 0.5 more than half of what tells the means of groups apart is chance.
coefficient = { $sign }{ $whole }.{ $hundredths }
coefficient-few-items = too few statements
coefficient-few-groups = fewer than 20 groups
coefficient-no-spread = everybody answered alike
coefficient-no-difference = groups differ no more than the people in them
coefficient-out-of-range = the statements do not measure one thing, or one of them is turned the wrong way

# Since the round before
since = Since { $since }
comparison-only-before = A round is compared with the published round before it and with no other: groups are followed from one round to the next, and every further comparison would be one more chance to find something by chance. The course over all rounds stands beside the scores of the organisation.
comparison-groups = Changes, group by group
origins = Where the groups come from
origins-method = A change is only told between sets of groups that hold the same people, as far as that is possible. What each group continues was frozen with the staff list when the round was launched.
origins-what = What happened
origins-before = Before, and how many of today’s people were in it
origins-ended = Ended
origins-same = { $count ->
    [one] One group is as it was.
   *[other] { $count } groups are as they were.
  }
event-none = as it was
event-new = new
event-merged = merged
event-split = split
event-renamed = renamed
event-moved = moved to another unit
continued = { $group }: { $share }
share-three-quarters = three quarters or more
share-half = half to three quarters
share-quarter = a quarter to a half
share-few = under a quarter
multiples = Over time, group by group
multiples-title = { $group }: points of 100 in every round
multiples-legend = A dot with its range, from 0 to 100 in every drawing; a cross: the round ended without a result; a question mark: not comparable; hatched: cannot be seen.

# The invented example of a leader's page, for people who are asked to answer
specimen-title = An invented example of a leader’s page
specimen-mark = Invented example
specimen-nobody = The group, the rounds and every number on this page are invented. It holds no answer of anybody, and it is the same for everybody who opens it.
specimen-made = The page of a leader looks like this. The example is made by the same program, with the statements of this round and its rules for small groups.
specimen-differs = What can be seen in the real result depends on how many people answer, and how. In a first round there is nothing to compare with.
specimen-back = To go back to the survey, close this tab.
specimen-end = Here the invented example ends.
specimen-group = Invented group
specimen-round = example

# Files to take along: workbook, paper, notice board
about-title = About this result
about-what = What this is
about-not-for = What it is not for
about-reading = How to read it
about-unseen = What cannot be seen
about-round = The result of round { $round } of { $organisation }. It is made from what was published and from nothing else: whoever makes it again gets the same.
about-form = The questionnaire: { $title }, version { $version }.
about-method = Numbers and words follow the rules { $method }, which Candor’s documentation explains.
about-smallest = Nothing is shown of fewer than { $people } people who answered together.
about-comments = What people wrote is in no file. It stands on the page alone, so that a comment that names a person can still be hidden.
file-what = What
file-unit = Unit
file-name = Name
file-answers-from = Answers, from
file-answers-to = Answers, to
file-rate-from = Of 100 invited, from
file-rate-to = Of 100 invited, to
file-covers-from = Of 100 of the unit’s people in it, from
file-covers-to = Of 100 of the unit’s people in it, to
file-topic = Topic
file-score = Points of 100
file-lowest = Lowest
file-highest = Highest
file-since = Since round
file-change = Change
file-difference = Difference in points
file-difference-lowest = Difference, lowest
file-difference-highest = Difference, highest
file-detectable = A true change of so many points would be found four times out of five
file-remark = Remark
file-at-least = The difference is the smallest possible one; how large it is beyond that is not known.
file-together = Counted together with
file-finding = What can be said
file-rounds = Rounds
file-share = Of 100 parts, between groups
file-share-lowest = Of 100 parts, lowest
file-share-highest = Of 100 parts, highest
file-statement = Statement
file-rests-on = What it rests on
file-lowest-statement = Its lowest statement
file-begin = To begin with
file-ask = To ask
file-agree = To agree on
file-low-by-itself = low by itself: the whole range lies below 58, even when that is asked of all statements at once
file-number = Number
file-day = Day
file-correction = Correction
file-sheets = The other sheets
file-empty = An empty field means that there is nothing to say or that it cannot be seen; points, words or remark in the same row say which. All numbers are whole points of 100 unless their column says otherwise.
sheet-read-me = Read me first
sheet-results = Results
sheet-over-time = Over time
sheet-next = What to talk about next
sheet-recent = Last rounds together
sheet-single = Single statements
sheet-together = Speaking up and standards
sheet-conversation = Worth a conversation
sheet-course = Course
sheet-differences = Differences
sheet-estimates = Estimates
sheet-said = Said or lived
sheet-statements = Statements
sheet-corrections = Corrections
paper-numbering = Page { $page } of { $pages }
paper-title = { $whose }, { $round }
paper-replaced = A question mark stands here in place of characters that this file cannot print ({ $characters }); the page on the screen shows them.
paper-comments = What people wrote stands on the page on the screen alone, so that a comment that names a person can still be hidden.
notice-title = What we learned
notice-thanks = Thank you to everybody who answered.
notice-next = What comes next
notice-commitments = Two things that we take on, each with a day:

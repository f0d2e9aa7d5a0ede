"""The work of benches/statistics in numpy, for comparison: called by the bench with the answers of an invented survey.

People are put team after team once per wave, so that every sum over a team is one `reduceat`; small integers stay small; each scale
is a contiguous array with one row per item. Prints the seconds of every repetition, then per kind of number how many have a value
and their sum.
"""
import sys
import time

import numpy as np

folder = sys.argv[1]
WAVES, PEOPLE, TEAMS, SCALES, COLUMNS, POINTS, FAVOURABLE, TIMES = map(int, sys.argv[2:10])
REVERSED = np.zeros(COLUMNS, dtype=bool)
REVERSED[[int(column) for column in sys.argv[10].split(",")]] = True
ITEMS = COLUMNS // SCALES
NEEDED = 2 if ITEMS == 2 else (ITEMS + 1) // 2
assert POINTS < 16, "squares of answers are computed in one byte"
UNIFORM = (POINTS**2 - 1) / 12

answers = np.fromfile(f"{folder}/answers", dtype=np.uint8).reshape(WAVES, PEOPLE, COLUMNS)
teams = np.fromfile(f"{folder}/teams", dtype="<u4").reshape(WAVES, PEOPLE)


def wave_summary(rows, team):
    order = np.argsort(team.astype(np.uint16) if TEAMS < 65536 else team, kind="stable")
    sizes = np.bincount(team, minlength=TEAMS)
    there = np.flatnonzero(sizes)
    starts = (np.cumsum(sizes) - sizes)[there]

    def over_teams(values, kind):
        return np.add.reduceat(values, starts, dtype=kind)

    raw = np.ascontiguousarray(rows[order].T)
    found = []
    for scale in range(SCALES):
        columns = slice(scale * ITEMS, (scale + 1) * ITEMS)
        items = raw[columns]
        given = items > 0
        turned = np.where(REVERSED[columns, None] & given, np.uint8(POINTS + 1) - items, items)
        answered = given.sum(axis=0, dtype=np.uint8)
        total = turned.sum(axis=0, dtype=np.uint16)

        has_score = answered >= NEEDED
        score = np.where(has_score, total / np.maximum(answered, 1), 0.0)
        n = over_teams(has_score, np.int64)
        x = over_teams(score, np.float64)
        score_squares = score * score
        xx = over_teams(score_squares, np.float64)
        with np.errstate(divide="ignore", invalid="ignore"):
            mean = x / n
            within = xx - x * mean
            sd = np.sqrt(np.maximum(within, 0) / (n - 1))
            sd[n < 2] = np.nan

            favourable = np.zeros(len(there))
            variances = np.zeros(len(there))
            shares = np.zeros(len(there))
            compared = np.zeros(len(there))
            for item in range(ITEMS):
                count = over_teams(given[item], np.int64)
                of = over_teams(turned[item], np.int64)
                squares = over_teams(turned[item] * turned[item], np.int64)
                positive = over_teams(turned[item] >= FAVOURABLE, np.int64)
                has, two = count > 0, count > 1
                favourable += np.where(has, positive / count, 0)
                shares += has
                variances += np.where(two, (count * squares - of * of) / (count * (count - 1)), 0)
                compared += two
            favourable /= shares
            ratio = np.minimum(variances / compared / UNIFORM, 1)
            agreement = ITEMS * (1 - ratio) / (ITEMS * (1 - ratio) + ratio)

        complete = answered == ITEMS
        full = turned[:, complete].astype(np.float64)
        of_sum = full.sum(axis=0)
        alpha = ITEMS / (ITEMS - 1) * (1 - full.var(axis=1, ddof=1).sum() / of_sum.var(ddof=1))

        some = n > 0
        n, x, within = n[some], x[some], within[some]
        people, groups = n.sum(), len(n)
        between = (x * x / n).sum() - x.sum() ** 2 / people
        msb, msw = between / (groups - 1), within.sum() / (people - groups)
        size = (people - (n * n).sum() / people) / (groups - 1)
        icc1 = (msb - msw) / (msb + (size - 1) * msw)
        icc2 = (msb - msw) / msb if msb > msw else np.nan
        found.append((n, mean, sd, favourable, agreement, alpha, msb / msw, icc1, icc2))
    return found


def all_waves():
    return [wave_summary(answers[wave], teams[wave]) for wave in range(WAVES)]


for _ in range(TIMES):
    wall, processor = time.perf_counter(), time.process_time()
    summaries = all_waves()
    print("seconds", time.perf_counter() - wall, time.process_time() - processor)

for place, name in enumerate(["n", "mean", "sd", "favourable", "rwgj", "alpha", "f", "icc1", "icc2"]):
    values = np.concatenate([np.atleast_1d(scale[place]) for wave in summaries for scale in wave]).astype(np.float64)
    values = values[~np.isnan(values)]
    # A team in which nobody has a score has the number 0, which the sizes above leave out.
    print(name, WAVES * SCALES * TEAMS if name == "n" else len(values), repr(float(values.sum())))

"""Checks an audit file of Candor (sdc-audit/1) without trusting Candor: python3 check_audit.py FILE.json
One line per finding, exit code 1; without any 0. Then this holds, whatever people answered and whoever knows the file and the staff list:
* Blocks share no unit and have k or more respondents each; all else is made of whole blocks: no sum or difference is about fewer than k,
  and none of pools of comments about fewer than comments_k.
* Even if `coalition` people of a block tell what they answered, each range of means leaves everybody else `min_range` possible answers.
* If one block lies within one of another wave, or at most two persons (where the file has ids) are in one of them only, and all who are in
  both answered the same again, the answers of those who joined, left or were exchanged keep `pair_min_range` values.
* Derived means follow from the printed middles, weighted by n (pages weigh by who answered). No other number is here, nor a second version.
It does not prove that the file shows all that was published, and truly (compare it with the pages; constants of the whole organisation are not
in it), that respondents are real (see the board), or anything about answers that stand still over three waves, more colluding people, or talk."""
import collections, fractions, itertools, json, pathlib, sys

POLICY = {"k", "coalition", "min_range", "comments_k", "hist_min_n", "cross_wave", "strict_roster", "pair_min_range", "pair_coalition"}
STATS = {"mean_range": {"lo", "hi", "rep"}, "pool": set(), "derived": {"blocks", "value", "decimals"}}
findings = []

def check(holds, finding):
    if not holds:
        findings.append(finding)
    return holds

def unique(pairs):
    check(len(dict(pairs)) == len(pairs), f"a field stands twice among {[name for name, _ in pairs]}")
    return dict(pairs)

def fields(what, found, known, optional=frozenset()):
    return check(known - optional <= set(found) <= known, f"{what}: unknown or missing fields: {sorted((known - optional) ^ set(found) - optional)}")

def sums(stat, measure, n, k):
    """What a range can stand for: (answers m, lowest sum, highest sum, most), with sums and the highest answer `most` above the minimum.
    lo and hi count all that n - m people could have answered where they left a blank; rep is the middle over m, or anything at an end."""
    low, high, rep = (fractions.Fraction(stat[name] - measure["min"]) / measure["step"] for name in ("lo", "hi", "rep"))
    first, full, most = -(-low * n // 1), high * n // 1, (measure["max"] - measure["min"]) // measure["step"]
    outward = max(first - low * n, high * n - full) * 10**6 * measure["step"] < n
    for m in range(n, k - 1, -1):
        last = full - most * (n - m)
        if outward and first <= last and (first == 0 or last == most * m or abs(2 * m * rep - first - last) * 10**6 * measure["step"] <= m):
            yield m, first, last, most

def values(low, high, people, most):
    """How many values one of these people's answers (0 to most) can have, if their sum lies in low..high; all of them if none can."""
    low, high = max(0, low), min(people * most, high)
    return most + 1 if low > high else min(most, high) - max(0, low - (people - 1) * most) + 1

def safe_alone(m, first, last, most, policy):
    """Whether the others keep min_range values when up to `coalition` people tell their answers, whatever these are."""
    told = [(c, total) for c in range(policy["coalition"] + 1) for total in range(c * most + 1)]
    return m > policy["coalition"] + 1 and min(values(first - t, last - t, m - c, most) for c, t in told) >= policy["min_range"]

def safe_pair(one, two, least):
    """Whether those by whom two blocks differ keep `least` values when all other answers stand still. Of equal size: one was exchanged."""
    (m, first, last, most), (n, low, high, _) = sorted((one, two))
    return values(low - last, high - first + (most if n == m else 0), max(n - m, 1), most) >= least

def check_ranges(block, policy, measures, reps):
    """The ranges of a block. Returns by measure everything they can stand for that keeps the promise."""
    kept = {}
    for stat in block["stats"]:
        name, measure, where = stat["measure"], measures[stat["measure"]], f"{block['id']}, {stat['measure']}"
        check(name not in kept, f"{where}: two ranges of one statement")
        check(measure["min"] <= stat["lo"] <= stat["rep"] <= stat["hi"] <= measure["max"], f"{where}: lo, rep, hi are not in order on the scale")
        check(not any(stat[mean] * 10**6 % 1 for mean in ("lo", "hi", "rep")), f"{where}: more than six decimals")
        check(reps.setdefault((name, block["n"], stat["lo"], stat["hi"]), stat["rep"]) == stat["rep"], f"{where}: an equal range has another rep")
        check(fits := list(sums(stat, measure, block["n"], policy["k"])), f"{where}: no number of answers has these ends and this middle")
        kept[name] = [fit for fit in fits if fit[2] - fit[1] >= policy["pair_min_range"] - 1 and safe_alone(*fit, policy)]
        check(kept[name] or not fits, f"{where}: the range is so narrow that somebody's answer keeps fewer values than promised")
    return kept

def check_derived(stat, where, inside):
    reps = [(inside[b]["n"], s["rep"]) for b in set(stat["blocks"]) & set(inside) for s in inside[b]["stats"] if s["measure"] == stat["measure"]]
    if check(reps and len(reps) == len(stat["blocks"]), f"{where}: derived from something that is no block with this measure within the group"):
        scale, mean = 10 ** stat["decimals"], fractions.Fraction(sum(n * rep for n, rep in reps)) / sum(n for n, _ in reps)
        check(stat["decimals"] in range(3) and stat["value"] * scale % 1 == 0, f"{where}: the derived value has too many decimals")
        check(abs(mean - stat["value"]) * 2 * scale <= 1, f"{where}: the derived value does not recompute")

def check_wave(wave, groups, roster, policy, measures):
    """All that is said of one wave. Returns by block its units, the people whom the file names, and what check_ranges found."""
    kinds = {group["id"]: {stat["stat"] for stat in group["stats"]} for group in groups}
    blocks = {group["id"]: group for group in groups if group["published"] and kinds[group["id"]] <= {"mean_range"}}
    sets, alike, reps, named = {}, collections.Counter(), {}, {unit: heads for unit, heads in roster.items() if isinstance(heads, list)}
    check(len(set().union(*named.values())) == sum(map(len, named.values())), f"{wave}: somebody stands in two units")
    for group in groups:
        for unit in group["units"]:
            sets.setdefault(unit, []).append(group)
        check(group["published"] or not ("n" in group or "n_range" in group or group["stats"]), f"{group['id']}: not published, yet with numbers")
        check("n" not in group or group["n_range"][0] <= group["n"] <= group["n_range"][1], f"{group['id']}: n is not in n_range")
    for unit in roster:
        own = [group["id"] for group in sets.get(unit, []) if group["id"] in blocks or not group["published"]]
        check(len(own) == 1, f"{wave}: unit {unit} is in {len(own)} blocks instead of one: {own}")
    for name, group in blocks.items():
        heads = sum(heads if isinstance(heads, int) else len(heads) for heads in (roster[unit] for unit in group["units"]))
        check(policy["k"] <= group["n"] <= heads, f"{name}: {group['n']} respondents: fewer than k = {policy['k']}, or more than its units have")
        alike[tuple(other["id"] for other in sets[group["units"][0]] if kinds[other["id"]] == {"pool"})] += group["n"]
    for pools, n in alike.items():  # whoever subtracts pools gets to blocks that are in the same ones, and no further
        check(not pools or n >= policy["comments_k"], f"comments of fewer than {policy['comments_k']} respondents, {n}: {', '.join(pools)}")
    for group in (group for group in groups if group["published"] and group["id"] not in blocks):
        name, units = group["id"], set(group["units"])
        inside = {other["id"]: other for unit in units for other in sets[unit] if other["id"] in blocks and set(other["units"]) <= units}
        check(set().union(*(block["units"] for block in inside.values())) == units, f"{name}: not made of whole blocks")
        check("n" not in group or group["n"] == sum(block["n"] for block in inside.values()), f"{name}: another n than its blocks have")
        check(len(kinds[name]) == 1, f"{name}: statistics of several kinds in one group")
        for stat in (stat for stat in group["stats"] if stat["stat"] == "derived"):
            check_derived(stat, f"{name}, {stat['measure']}", inside)
    people = {name: {person for unit in block["units"] for person in named.get(unit, ())} for name, block in blocks.items()}
    return {(wave, name): (set(block["units"]), people[name], check_ranges(block, policy, measures, reps)) for name, block in blocks.items()}

def apart(sets):
    """Of every two sets of different waves that share a member, how many members are in the first alone, and how many in the second."""
    holders = itertools.groupby(sorted((member, name) for name, members in sets.items() for member in members), lambda held: held[0])
    both = (pair for _, held in holders for pair in itertools.combinations((name for _, name in held), 2))
    common = collections.Counter((one, two) for one, two in both if one[0] != two[0])
    return {(one, two): (len(sets[one]) - shared, len(sets[two]) - shared) for (one, two), shared in common.items()}

def check_file(data):
    fields("the file", data, {"format", "policy", "measures", "rosters", "groups"})
    policy, groups = data["policy"], data["groups"]
    check(data["format"] == "sdc-audit/1" and policy["cross_wave"] == "pairs", "only sdc-audit/1 with pairs of waves is known here")
    fields("policy", policy, POLICY)
    least = {"k": 4, "coalition": 1, "min_range": 2, "pair_min_range": 2, "comments_k": max(10, 2 * policy["k"])}
    check(all(policy[name] >= value for name, value in least.items()), "policy: it promises too little")
    check(len({group["id"] for group in groups}) == len(groups), "two groups have one id")
    for group in groups:
        fields(group["id"], group, {"id", "wave", "version", "units", "published", "n", "n_range", "stats"}, frozenset({"n", "n_range"}))
        check(group["version"] == 1, f"{group['id']}: version {group['version']}: a result is published once")
        known = [stat for stat in group["stats"] if check(stat["stat"] in STATS, f"{group['id']}: statistic {stat['stat']} may not be published")]
        group["stats"] = [stat for stat in known if fields(f"{group['id']}, {stat['measure']}", stat, STATS[stat["stat"]] | {"measure", "stat"})]
    check({group["wave"] for group in groups} == set(data["rosters"]), "groups and rosters are of different waves")
    found = {name: parts for wave, roster in data["rosters"].items() for name, parts in
             check_wave(wave, [group for group in groups if group["wave"] == wave], roster, policy, data["measures"]).items()}
    units, people, ranges = ({name: parts[place] for name, parts in found.items()} for place in range(3))
    persons = {pair: sum(alone) for pair, alone in apart(people).items()}
    pairs = {pair for pair, alone in apart(units).items() if 0 in alone} | {pair for pair, differ in persons.items() if differ <= 2}
    for one, two in sorted(pairs):
        for measure, fits in ranges[one].items():
            safe = [safe_pair(a, b, policy["pair_min_range"]) for a in fits for b in ranges[two].get(measure, [])]
            check(any(safe) or not safe, f"{one[1]} and {two[1]}, {measure}: the answer of somebody who joined or left could be seen")
    near = sum(2 < differ < policy["k"] for differ in persons.values())
    followed = f"{near} pairs of blocks differ by 3 to k - 1 people: known only to within a cell; see docs/disclosure.md section 4."
    promise = ", ".join(f"{name} {policy[name]}" for name in least)
    summary = f"{len(data['rosters'])} waves, {len(groups)} groups, {sum(len(g['stats']) for g in groups)} numbers, {len(pairs)} pairs"
    return f"{summary}; {promise}", followed if any(people.values()) else "People were not followed between rounds: the file names nobody."

if __name__ == "__main__":
    try:
        summary, remark = check_file(json.loads(pathlib.Path(sys.argv[1]).read_bytes(), parse_float=fractions.Fraction, object_pairs_hook=unique))
    except (ArithmeticError, IndexError, LookupError, OSError, TypeError, ValueError, AttributeError) as problem:
        summary, remark = findings.append(f"the file cannot be read as sdc-audit/1: {type(problem).__name__}: {problem}"), ""
    print("\n".join(findings) or f"Nothing found: {summary}.", remark, sep="\n")
    sys.exit(1 if findings else 0)

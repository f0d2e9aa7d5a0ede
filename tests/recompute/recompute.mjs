// A second implementation of docs/reading.md: every number and word of the report pages from published documents alone.
// Usage: node tests/recompute/recompute.mjs waves.json     Plain Node 20, no packages. Section numbers refer to docs/reading.md.
import { readFileSync } from "node:fs";
const density = (z) => Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI); // distributions
function normalTail(z) { // P(Z > z): Taylor series near zero, Laplace's continued fraction from 3 on
  if (z < 0) return 1 - normalTail(-z);
  let value = z, term = z;
  if (z > 3) for (let i = 300; i > 0; i -= 1) value = z + i / value;
  else for (let i = 1; term > 1e-18; i += 1) value += term *= z * z / (2 * i + 1);
  return z > 3 ? density(z) / value : 0.5 - density(z) * value;
}
function tail(t, df) { // P(T > t), t >= 0: the finite series for whole degrees of freedom (Abramowitz & Stegun 26.7.3 and 26.7.4)
  if (df > 100000) return normalTail(t);
  const angle = Math.atan(t / Math.sqrt(df)), cos2 = Math.cos(angle) ** 2, odd = df % 2;
  let term = odd ? Math.cos(angle) : 1, series = df > 1 ? term : 0;
  for (let i = odd ? 2 : 1; i <= df - 2; i += 2) series += term *= cos2 * i / (i + 1);
  return (1 - (odd ? 2 / Math.PI * (angle + Math.sin(angle) * series) : Math.sin(angle) * series)) / 2;
}
const once = (known, key, make) => { if (!known.has(key)) known.set(key, make()); return known.get(key); };
const quantiles = new Map();
const upperPoint = (p, df) => once(quantiles, `${p} ${df}`, () => { // the value exceeded with probability p < .5
  let [low, high] = [0, 1e4];
  for (let i = 0; i < 100; i += 1) { const mid = (low + high) / 2; if (tail(mid, df) > p) low = mid; else high = mid; }
  return low;
});
const six = (x) => Math.sign(x) * Math.round(Math.abs(x) * 1e6) / 1e6; // rounding (3)
const clamp = (x, low, high) => Math.min(high, Math.max(low, x)) + 0; // + 0 turns -0 into 0
const down = (x, low = 0) => clamp(Math.floor(six(x)), low, 100), up = (x, low = 0) => clamp(Math.ceil(six(x)), low, 100);
const nearest = (x) => clamp(Math.sign(x) * Math.round(Math.abs(six(x))), -100, 100);
const sum = (list, of = (x) => x) => list.reduce((total, x) => total + of(x), 0);
const inside = (unit, other) => unit.every((label, i) => other[i] === label); // one wave: cells as ranges (1), blocks by group
function prepare({ manifest, groups, instrument, release }) {
  const { base } = release, wave = { ...release, id: release.wave, closes: manifest.schedule.closes_at, groups: new Map(groups.map((g) => [g.group, g])), instrument, home: new Map(), fits: new Map() };
  if (manifest.wave !== release.wave) throw new Error("manifest and Release are of different waves");
  wave.blocks = base.blocks.map((block, index) => {
    const own = block.members.flatMap((m) => "group" in m ? [m.group] : []), upward = own.length < block.members.length;
    own.forEach((g) => wave.home.set(g, index));
    const cells = block.cells.map((cell, place) => cell && rangeOf(base, place, cell, instrument.items[place].reversed));
    return { ...block, cells, groups: own, invited: upward ? null : sum(own, (g) => wave.groups.get(g).invited) };
  });
  return wave;
}
function bounds(base, place, n) {
  const { points, grid: g } = base.items[place], R = points - 1, s = base.coalition * R + base.min_range - 1;
  return { g, all: n * R, lo: Math.ceil((s + 1) / g) * g, hi: Math.floor((n * R - s) / g) * g };
}
function rangeOf(base, place, { n, cell }, reversed) {
  const { g, all, lo, hi } = bounds(base, place, n), last = (hi - lo) / g + 1, [a, b] = cell === 0 ? [0, lo - 1] : cell === last ? [hi, all] : [lo + (cell - 1) * g, lo + cell * g - 1];
  let [low, high, band] = [100 * a / all, 100 * b / all, cell === 0 ? "bottom" : cell === last ? "top" : null];
  if (reversed) [low, high, band] = [100 - high, 100 - low, band && (band === "top" ? "bottom" : "top")];
  return { n, low, high, band, mid: (low + high) / 2, variance: (100 * (b - a + 1) / all) ** 2 / 12 };
}
function cut(mu, sigma, l, h) { // bands inside a larger set (4)
  const a = (l - mu) / sigma, b = (h - mu) / sigma, Z = a > 0 ? normalTail(a) - normalTail(b) : normalTail(-b) - normalTail(-a), uniform = (h - l) ** 2 / 12;
  if (Z < 1e-10) return { mid: (l + h) / 2, variance: uniform };
  const d = (density(a) - density(b)) / Z;
  return { mid: clamp(mu + sigma * d, l, h), variance: clamp(sigma ** 2 * (1 + (a * density(a) - b * density(b)) / Z - d * d), 0, uniform) };
}
const fit = (wave, place) => once(wave.fits, place, () => {
  let mu, sigma;
  for (let step = 0; step <= 50; step += 1) {
    const now = wave.blocks.map((b) => b.cells[place]).filter(Boolean).map((c) => step && c.band ? cut(mu, sigma, c.low, c.high) : { mid: c.mid, variance: 0 });
    mu = sum(now, (x) => x.mid) / now.length;
    sigma = Math.max(5, Math.sqrt(sum(now, (x) => x.variance + (x.mid - mu) ** 2) / now.length));
  }
  return [mu, sigma];
});
const items = (wave, dimension) => wave.instrument.items.map((item, place) => ({ ...item, place, points: wave.base.items[place].points })).filter((i) => i.dimension === dimension && i.publish === "team"); // a dimension of a set of blocks (2, 3)
const counts = ({ wave, at }, place) => { const mine = at.map((i) => wave.blocks[i]), some = mine.filter((b) => b.cells[place]); return some.length > 0 && 2 * sum(some, (b) => b.n) >= sum(mine, (b) => b.n); };
function read({ wave, at }, places) {
  const blocks = at.map((i) => wave.blocks[i]), one = blocks.length === 1, m = places.length, total = { low: 0, high: 0, mid: 0, variance: 0, top: 0, bottom: 0 };
  for (const place of places) {
    const cells = blocks.map((b) => b.cells[place]).filter(Boolean), all = sum(cells, (c) => c.n);
    for (const cell of cells) {
      const v = cell.n / all, { mid, variance } = cell.band && !one ? cut(...fit(wave, place), cell.low, cell.high) : cell;
      total.low += v * cell.low / m; total.high += v * cell.high / m; total.mid += v * mid / m; total.variance += v * v * variance / (m * m);
      if (cell.band) total[cell.band] += v / m;
    }
  }
  const parts = blocks.flatMap((b) => { const ns = places.flatMap((p) => b.cells[p] ? [b.cells[p].n] : []); return ns.length ? [{ n: Math.min(...ns), invited: b.invited }] : []; });
  const n = sum(parts, (p) => p.n), half = (x) => x >= 0.5 - 1e-9;
  const kind = (one && total.top > 0 && total.bottom > 0) || (half(total.top) && half(total.bottom)) ? "both" : half(total.top) ? "least" : half(total.bottom) ? "most" : "middle";
  return { ...total, kind, sampling: (sd, rho) => sd ** 2 * sum(parts, (p) => p.n * (1 - rho * (p.invited ? Math.min(1, p.n / p.invited) : 0))) / n ** 2 };
}
function spread(wave, dimension) {
  const constant = wave.org.constants?.dimensions.find((d) => d.dimension === dimension), known = constant && constant.respondents > constant.groups;
  const [raw, df] = known ? [constant.sd_tenths / 10, constant.respondents - constant.groups] : [wave.instrument.dimensions.find((d) => d.id === dimension).declared_sd, Infinity];
  return { sd: raw * 100 / (Math.min(...items(wave, dimension).map((i) => i.points)) - 1), df };
}
function sight(set, dimension, asked) {
  const places = asked.filter((place) => counts(set, place));
  if (!asked.length) return { hidden: "not-asked" };
  const base = set.wave.base, cramped = (p) => set.at.map((i) => set.wave.blocks[i]).filter((b) => !b.cells[p]).every((b) => { const { lo, hi } = bounds(base, p, b.n); return lo > hi; });
  if (places.length * 2 < asked.length) return { hidden: 2 * asked.filter((p) => places.includes(p) || cramped(p)).length >= asked.length ? "no-safe-range" : "too-few-items" };
  const seen = read(set, places), { sd, df } = spread(set.wave, dimension);
  const reach = upperPoint(0.025, df) * Math.sqrt(seen.sampling(sd, 0.5) + seen.variance), middle = { between: { low: down(seen.mid - reach), high: up(seen.mid + reach), mid: seen.mid } };
  return { both: { hidden: "bands-at-both-ends" }, least: { "at-least": down(seen.low) }, most: { "at-most": up(seen.high) }, middle }[seen.kind];
}
function score(set, dimension) {
  const asked = items(set.wave, dimension).map((i) => i.place), shown = sight(set, dimension, asked), ladder = new Set();
  const block = set.wave.blocks[set.at[0]], places = asked.filter((place) => counts(set, place)), n = Math.min(...places.map((p) => block.cells[p]?.n ?? 0));
  if (set.at.length === 1 && n < 12 && !["too-few-items", "no-safe-range"].includes(shown.hidden)) for (const p of places) { const { g, all, lo, hi } = bounds(set.wave.base, p, n); for (let e = lo; e <= hi; e += g) ladder.add(six(100 * e / all)); }
  return { dimension, sight: shown, ladder: sorted(ladder) };
}
const rate = (part, whole) => [[85, 100], [70, 84], [50, 69], [0, 49]].find(([from]) => part * 100 >= whole * from); // participation and coverage (5, 6)
const people = (n, k) => [[501, null], [251, 500], [101, 250], [51, 100], [26, 50], [16, 25], [11, 15], [8, 10]].find(([start]) => n >= start) ?? [Math.min(5, k), 7];
const participation = (wave, n, invited, [from, to] = people(n, wave.base.k)) => ({ from, to, rate: invited !== null && invited >= 10 ? rate(n, invited) : null });
const BANDS = ["under-quarter", "quarter-to-half", "half-to-three-quarters", "three-quarters-or-more"]; // comparison (7, 8)
const kept = (wave, g) => Math.max(0, ...wave.groups.get(g).predecessors.map((p) => BANDS.indexOf(p.same)));
function join(later, earlier, start) {
  const now = new Set(start), before = new Set(), reasons = new Set();
  for (const index of now) for (const g of later.blocks[index].groups) { // a Set is walked to its end even while it grows
    const { predecessors } = later.groups.get(g);
    if (!predecessors.length) reasons.add("new-group");
    for (const home of predecessors.map((p) => earlier.home.get(p.group))) {
      if (home === undefined) reasons.add("nothing-before"); else before.add(home);
      for (const other of later.groups.values()) if (home !== undefined && later.home.has(other.group) && other.predecessors.some((q) => earlier.home.get(q.group) === home)) now.add(later.home.get(other.group));
    }
  }
  return { now: sorted(now), before: sorted(before), reason: ["new-group", "nothing-before"].find((r) => reasons.has(r)) ?? null };
}
const sorted = (numbers) => [...new Set(numbers)].sort((x, y) => x - y);
const members = (wave, at) => sorted(at.flatMap((i) => wave.blocks[i].groups)), labels = (wave, groups) => sorted(groups).map((g) => wave.groups.get(g).label);
const siblings = (wave, at) => members(wave, at).length <= 3 && new Set(members(wave, at).map((g) => JSON.stringify(wave.groups.get(g).unit))).size <= 1;
const counterpart = (wave, item) => items(wave, item.dimension).find((i) => i.id === item.id && i.reversed === item.reversed && i.points === item.points);
const leaders = ({ wave, at }) => [...new Set(members(wave, at).flatMap((g) => wave.groups.get(g).teams.flatMap((t) => t.leaders)))].sort();
const sameLeaders = (a, b, x = leaders(a), y = leaders(b)) => JSON.stringify(x) === JSON.stringify(y) || (x.length >= 3 && y.length >= 3);
function differ(a, b) { // the difference of two readings; with a band the smallest possible one
  const [x, y] = [a, b].map((r) => ({ middle: r.mid, least: r.low, most: r.high })[r.kind]), d = x - y, pair = `${a.kind} ${b.kind}`;
  const rise = ["least middle", "least most", "middle most"].includes(pair) && six(d) > 0, fall = ["most middle", "most least", "middle least"].includes(pair) && six(d) < 0;
  return pair === "middle middle" || rise || fall ? { d, rise, fall, cells: sum([a, b], (r) => r.kind === "middle" ? r.variance : 0) } : null;
}
function shown(d, se, df, rise, fall) {
  const t = upperPoint(0.025, df), points = rise ? down(d, -100) : fall ? up(d, -100) : nearest(d);
  return { points, low: fall ? -100 : down(d - t * se, -100), high: rise ? 100 : up(d + t * se, -100), at_least: rise || fall };
}
const adjust = (tested) => tested.sort((x, y) => x.p - y.p).forEach((r, i) => { r.holm = Math.min(1, Math.max(i ? tested[i - 1].holm : 0, r.p * (tested.length - i))); }); // Holm
const wordOf = (holm, d) => holm < 0.05 && Math.abs(six(d)) >= 6 ? "clear" : holm < 0.2 ? "possible" : "none";
const pOf = new WeakMap(); // the p-value of a change that was tested, not adjusted
function changes(now, before) {
  const rows = [];
  for (const { id: dimension } of now.wave.instrument.dimensions) {
    const asked = items(now.wave, dimension).map((i) => [i, counterpart(before.wave, i)]).filter(([, c]) => c);
    if (!asked.length || (asked.some(([i]) => i.about_leader) && !sameLeaders(now, before))) continue;
    const row = { dimension, word: "cannot-be-seen", difference: null, detectable: null }, use = asked.filter(([i, c]) => counts(now, i.place) && counts(before, c.place));
    rows.push({ row });
    if (use.length * 2 < asked.length) continue;
    const a = read(now, use.map(([i]) => i.place)), b = read(before, use.map(([, c]) => c.place)), [x, y] = [spread(now.wave, dimension), spread(before.wave, dimension)];
    const seen = differ(a, b);
    if (!seen) continue;
    const { d, cells, rise, fall } = seen, se = Math.sqrt(a.sampling(x.sd, 0.4) + b.sampling(y.sd, 0.4) + cells), df = Math.min(x.df, y.df);
    Object.assign(rows.at(-1), { d, se, df, rise, fall, p: Math.min(1, 2 * tail(Math.abs(d) / se, df)) });
    pOf.set(row, rows.at(-1).p);
  }
  const tested = rows.filter((r) => r.p !== undefined);
  adjust(tested);
  for (const { row, d, se, df, rise, fall, holm } of tested) {
    row.word = wordOf(holm, d) === "none" && (rise || fall) ? "cannot-be-seen" : wordOf(holm, d);
    if (row.word === "cannot-be-seen") continue;
    row.difference = shown(d, se, df, rise, fall);
    row.detectable = up((upperPoint(0.025, df) + upperPoint(0.2, Infinity)) * se);
  }
  return rows.map((r) => r.row);
}
const made = (later, now, earlier, before, same) => ({ made: { since: earlier.id, groups: labels(later, members(later, now)), same: BANDS[same], changes: changes({ wave: later, at: now }, { wave: earlier, at: before }) } });
function compareBlock(later, earlier, index) {
  if (!earlier || !later.blocks[index].groups.length) return earlier ? { "not-possible": "upward-only" } : "first-wave";
  const { now, before, reason } = join(later, earlier, [index]), why = reason ?? (siblings(later, now) && siblings(earlier, before) ? null : "too-many-together");
  return why ? { "not-possible": why } : made(later, now, earlier, before, Math.min(...members(later, now).map((g) => kept(later, g))));
}
function compareTotal(later, earlier, unit, at) {
  const least = (now) => { const all = members(later, now).map((g) => later.groups.get(g)), n = sum(all, (g) => g.invited); return n ? Math.floor(sum(all, (g) => g.invited * kept(later, g.group)) / n) : 0; };
  if (!earlier || (!unit.length && !earlier.blocks.length)) return earlier ? { "not-possible": "nothing-before" } : "first-wave";
  if (!unit.length) return made(later, at, earlier, [...earlier.blocks.keys()], least(at));
  const start = at.filter((i) => later.blocks[i].groups.length);
  const { now, before, reason } = join(later, earlier, start), why = start.length ? reason ?? (now.length > start.length ? "too-many-together" : null) : "upward-only";
  return why ? { "not-possible": why } : made(later, now, earlier, before, least(now));
}
const ZONES = ["learning", "comfort", "anxiety", "apathy"]; // speaking up and standards together (10)
function zones(x, y, r) { // P(both above 58) by Simpson's rule over x, the conditional distribution of y given x being normal
  const h = (58 - x.mid) / x.sd, k = (58 - y.mid) / y.sd, N = 4000, from = clamp(h, -12, 12), step = (12 - from) / N;
  const f = (z) => density(z) * normalTail((k - r * z) / Math.sqrt(1 - r * r));
  let both = 0;
  for (let i = 0; i <= N; i += 1) both += f(from + i * step) * (i % N ? 2 + 2 * (i % 2) : 1) * step / 3;
  return [both, normalTail(k) - both, normalTail(h) - both, 1 - normalTail(h) - normalTail(k) + both];
}
function quadrant(set) { // [the zone, the place in the plane]
  const [y, x] = ["SAF", "STD"].map((dimension) => {
    if (!set.wave.instrument.dimensions.some((d) => d.id === dimension)) return null;
    const asked = items(set.wave, dimension).map((i) => i.place), use = asked.filter((p) => counts(set, p));
    if (!asked.length) return null;
    const seen = use.length && use.length * 2 >= asked.length ? read(set, use) : { kind: "too few" };
    if (seen.kind !== "middle") return {};
    const sampling = seen.sampling(spread(set.wave, dimension).sd, 0.5);
    return { mid: seen.mid, sampling, sd: Math.sqrt(sampling + seen.variance) };
  });
  if (!x || !y) return [null, null];
  if (!x.sd || !y.sd) return ["not-seen", null];
  const stated = set.wave.org.constants?.correlations.find((c) => [c.first, c.second].sort().join() === "SAF,STD");
  const ofMiddles = (r) => r * Math.sqrt(x.sampling * y.sampling) / (x.sd * y.sd), plane = { standards: { mid: x.mid, sd: x.sd }, safety: { mid: y.mid, sd: y.sd }, correlation: stated ? ofMiddles(stated.hundredths / 100) : null };
  const all = (stated ? [stated.hundredths / 100] : [-0.2, 0.9]).map((r) => zones(x, y, ofMiddles(r)));
  const p = all[0].map((_, i) => Math.min(...all.map((a) => a[i]))), best = ZONES.findIndex((_, i) => six(p[i]) >= 0.8);
  if (best >= 0) return [{ in: { zone: ZONES[best] } }, plane];
  const [i, j] = [[0, 1], [0, 2], [0, 3], [1, 2], [1, 3], [2, 3]].reduce((a, b) => (p[b[0]] + p[b[1]] >= p[a[0]] + p[a[1]] ? b : a));
  return [six(p[i] + p[j]) >= 0.8 ? { between: { zones: [ZONES[i], ZONES[j]] } } : "cannot-be-told", plane];
}
const inOrder = (a, b) => { for (let i = 0; i < Math.max(a.length, b.length); i += 1) if (a[i] !== b[i]) return a[i] === undefined || a[i] < b[i] ? -1 : 1; return 0; };
function conversation(latest, earlier) { // worth a conversation (11): Benjamini and Hochberg's step-up rule itself
  const done = new Set(), tests = [];
  for (const index of latest.blocks.keys()) {
    const set = done.has(index) ? undefined : compareBlock(latest, earlier, index).made;
    if (!set) continue;
    const { now } = join(latest, earlier, [index]), { unit } = latest.groups.get(members(latest, now)[0]);
    now.forEach((block) => done.add(block));
    for (const { dimension, word, difference, ...change } of set.changes.map((c) => ({ ...c, p: pOf.get(c) }))) if (change.p !== undefined) tests.push({ p: change.p, entry: { unit, groups: set.groups, dimension, word, difference } });
  }
  const ascending = tests.map((t) => t.p).sort((a, b) => a - b), last = ascending.findLast((p, i) => p <= 0.1 * (i + 1) / tests.length);
  const together = tests.filter((t) => t.p <= last), entries = together.filter((t) => ["clear", "possible"].includes(t.entry.word)).map((t) => t.entry);
  return { since: earlier?.id ?? null, tested: tests.length, together: together.length, entries: entries.sort((a, b) => inOrder(a.unit, b.unit) || inOrder(a.groups, b.groups)) };
}
function chiTail(x, df) { // P(chi-squared > x): the finite series for whole degrees of freedom (Abramowitz & Stegun 26.4.4 and 26.4.5)
  const z = Math.sqrt(x), even = df % 2 === 0;
  let term = even ? 1 : z, series = even || df > 1 ? term : 0;
  for (let i = even ? 2 : 3; i <= df - 2; i += 2) series += term *= x / i;
  return even ? Math.exp(-x / 2) * (df > 0 ? series : 0) : 2 * normalTail(z) + 2 * density(z) * series;
}
function between(wave, dimension) { // how far groups differ (12)
  const asked = items(wave, dimension).map((i) => i.place), { sd } = spread(wave, dimension), groups = [];
  for (const [index, block] of wave.blocks.entries()) {
    const use = asked.filter((p) => block.cells[p]);
    if (!use.length || use.length * 2 < asked.length) continue;
    const seen = read({ wave, at: [index] }, use), parts = use.map((p) => block.cells[p].band ? cut(...fit(wave, p), block.cells[p].low, block.cells[p].high) : block.cells[p]);
    const cells = sum(parts, (c) => c.variance) / use.length ** 2;
    groups.push({ block, index, y: sum(parts, (c) => c.mid) / use.length, v: seen.sampling(sd, 0) + cells, own: seen.sampling(sd, 0.5) + cells, shown: seen.kind === "middle" });
  }
  if (groups.length < 10) return null;
  const at = (t) => { const w = groups.map((g) => 1 / (g.v + t)), W = sum(w), mu = sum(groups, (g) => g.y / (g.v + t)) / W; return { W, mu, Q: sum(groups, (g) => (g.y - mu) ** 2 / (g.v + t)), loss: W ? Math.log(W) + sum(groups, (g) => Math.log(g.v + t) + (g.y - mu) ** 2 / (g.v + t)) : 0, slope: sum(w) - sum(w, (x) => x * x) / W - sum(groups, (g) => ((g.y - mu) / (g.v + t)) ** 2) }; };
  const zero = (f, low, high) => { for (let i = 0; i < 200; i += 1) { const mid = (low + high) / 2; if (f(mid) < 0) low = mid; else high = mid; } return (low + high) / 2; };
  const grid = [0, ...Array.from({ length: 400 }, (_, i) => 1e-4 * 1.06 ** i)], turns = grid.flatMap((t, i) => (i && at(grid[i - 1]).slope < 0 && at(t).slope >= 0 ? [zero((x) => at(x).slope, grid[i - 1], t)] : []));
  const tau2 = [...turns, ...(at(0).slope >= 0 ? [0] : [])].reduce((a, b) => (at(b).loss < at(a).loss ? b : a));
  return { groups, at, zero, sd, tau2, ...at(tau2) };
}
function differences(wave, dimension) {
  const found = between(wave, dimension);
  if (!found) return "too-few-groups";
  const { groups, at, zero, sd, tau2, mu, W } = found;
  const end = (p) => chiTail(at(0).Q, groups.length - 1) >= p ? 0 : zero((t) => chiTail(at(t).Q, groups.length - 1) - p, 0, 1e7);
  const share = (t) => six(100 * t / (t + sd * sd)), best = share(tau2), z = upperPoint(0.025, Infinity);
  const estimates = groups.filter((g) => g.shown && tau2 > 0 && g.block.groups.length).map((g) => {
    const weight = tau2 / (tau2 + g.own), mid = mu + weight * (g.y - mu), reach = z * Math.sqrt(tau2 * (1 - weight) + (1 - weight) ** 2 / W);
    return { block: g.block.id, unit: g.block.unit, groups: labels(wave, g.block.groups), interval: { low: down(mid - reach), high: up(mid + reach), mid }, weight: down(100 * weight), faint: six(weight) < 0.5 };
  }).sort((a, b) => inOrder(a.unit, b.unit) || inOrder(a.groups, b.groups));
  const [low, high] = [end(0.025), end(0.975)];
  return { found: { share: high > 0 ? { hundredths: Math.round(best), low: down(Math.min(best, share(low))), high: up(Math.max(best, share(high))) } : null, groups: estimates } };
}
const itemSpread = (wave, p) => { const known = wave.org.constants?.items.find((c) => c.item === wave.instrument.items[p].id); return (known ? known.sd_tenths / 10 : 2) * 100 / (wave.base.items[p].points - 1); };
function statements(set) { // single statements (15)
  const found = set.wave.instrument.items.flatMap((item, p) => item.publish === "team" && counts(set, p) && sum(set.at, (i) => set.wave.blocks[i].cells[p]?.n ?? 0) >= 10 ? [{ item: item.id, r: read(set, [p]), sampling: read(set, [p]).sampling(itemSpread(set.wave, p), 0) }] : []);
  const alone = upperPoint(0.025, Infinity), together = found.length && upperPoint(0.025 / found.length, Infinity);
  return found.map(({ item, r, sampling }) => {
    const error = Math.sqrt(sampling + (r.kind === "middle" ? r.variance : 0)), highest = { both: 100, least: 100, most: r.high + together * error, middle: r.mid + together * error }[r.kind];
    const middle = { between: { low: down(r.mid - alone * error), high: up(r.mid + alone * error), mid: r.mid } };
    return { item, sight: { both: { hidden: "bands-at-both-ends" }, least: { "at-least": down(r.low) }, most: { "at-most": up(r.high) }, middle }[r.kind], low: six(highest) < 58 };
  });
}
function suggestions(wave, { scores, comparison, statements: single }) { // what to talk about next (16)
  const end = (s) => s.between?.high ?? s["at-most"] ?? 100, all = scores.map((s) => s.dimension), of = (id) => wave.instrument.items.find((i) => i.id === id).dimension;
  const change = (d) => comparison.made?.changes.find((c) => c.dimension === d && c.word === "clear")?.difference.points ?? 0;
  const lowest = (d) => single.filter((s) => s.low && of(s.item) === d).reduce((a, b) => (a && end(a.sight) <= end(b.sight) ? a : b), null)?.item ?? null;
  const found = [...all.filter((d) => change(d) < 0).map((d) => ["fell", d]), ...scores.filter((s) => end(s.sight) < 58 || lowest(s.dimension)).map((s) => ["low", s.dimension]), ...all.filter((d) => change(d) > 0).map((d) => ["rose", d])];
  const chosen = found.filter(([, d], i) => found.findIndex(([, other]) => other === d) === i).slice(0, 2);
  return chosen.length ? chosen.map(([kind, dimension]) => ({ [kind]: kind === "rose" ? { dimension } : { dimension, statement: lowest(dimension) } })) : ["anything"];
}
const asked = (wave, dimension) => items(wave, dimension).map((i) => i.place);
function funnel(wave, dimension) { // groups and chance (17)
  const found = between(wave, dimension);
  if (!found) return "too-few-groups";
  const dots = wave.blocks.map((block, index) => ({ block, index, band: people(block.n, wave.base.k), known: found.groups.find((g) => g.index === index && g.shown) })).filter((d) => d.block.groups.length);
  const sizes = [...new Map(dots.filter((d) => d.known).map((d) => [d.band[0], d.band])).values()].sort((a, b) => a[0] - b[0]);
  const bands = sizes.map(([from, to]) => {
    const sd = Math.sqrt(Math.max(...dots.filter((d) => d.known && d.band[0] === from).map((d) => d.known.v))), around = (z) => [down(found.mu - z * sd), up(found.mu + z * sd)];
    return { from, to, inner: around(1.959964), outer: around(3.090232) };
  });
  const place = (y, { inner, outer }) => y < outer[0] ? "far-below" : y > outer[1] ? "far-above" : y < inner[0] ? "below" : y > inner[1] ? "above" : "within";
  const groups = dots.map(({ block, index, band }) => {
    const at = bands.findIndex((b) => b.from === band[0]);
    const seen = sight({ wave, at: [index] }, dimension, asked(wave, dimension));
    return { block: block.id, unit: block.unit, groups: labels(wave, block.groups), band: Math.max(0, at), sight: seen, place: seen.between && at >= 0 ? place(six(seen.between.mid), bands[at]) : "cannot-be-told" };
  }).sort(byPlace);
  return { drawn: { mean: nearest(found.mu), bands, groups } };
}
const byPlace = (a, b) => inOrder(a.unit, b.unit) || inOrder(a.groups, b.groups);
function panorama(wave, dimensions) { // all groups side by side (17)
  const found = dimensions.map((d) => differences(wave, d)), both = ["SAF", "STD"].every((d) => dimensions.includes(d));
  const cell = (set, id, d) => {
    const seen = sight(set, d, asked(wave, d)), known = found[dimensions.indexOf(d)], own = known.found?.groups.find((g) => g.block === id);
    if (!seen.between) return seen;
    if (own) return { estimate: { interval: own.interval, weight: own.weight, faint: own.faint } };
    return known.found && !known.found.groups.length ? "like-all" : { score: seen.between };
  };
  const groups = wave.blocks.map((block, index) => ({ block, set: { wave, at: [index] } })).filter(({ block }) => block.groups.length).map(({ block, set }) => ({
    block: block.id, unit: block.unit, groups: labels(wave, block.groups), combined: block.members.length > 1, participation: participation(wave, block.n, block.invited),
    scores: dimensions.map((d) => sight(set, d, asked(wave, d))), cells: dimensions.map((d) => cell(set, block.id, d)), quadrant: quadrant(set)[0], plane: quadrant(set)[1],
  })).sort(byPlace);
  return { wave: wave.id, dimensions, axes: both ? ["SAF", "STD"] : null, groups, funnels: dimensions.map((dimension) => ({ dimension, found: funnel(wave, dimension) })) };
}
function origins(latest, earlier) { // where groups come from (18)
  if (!earlier) return { since: null, groups: [], ended: [] };
  const all = [...latest.groups.values()], heirs = (g) => all.filter((l) => l.predecessors.some((p) => p.group === g)), same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
  const was = (g) => ({ unit: earlier.groups.get(g).unit, label: earlier.groups.get(g).label }), sort = (a, b) => inOrder(a.unit, b.unit) || inOrder([a.label], [b.label]);
  const groups = all.map(({ group, label, unit, predecessors }) => {
    const before = predecessors.map((p) => ({ ...was(p.group), same: p.same })), happened = { merged: before.length > 1, split: predecessors.some((p) => heirs(p.group).length > 1), renamed: before.every((b) => b.label !== label), moved: before.every((b) => !same(b.unit, unit)) };
    return { group, label, unit, events: before.length ? Object.keys(happened).filter((e) => happened[e]) : ["new"], before };
  }).sort(sort);
  return { since: earlier.id, groups, ended: [...earlier.groups.keys()].filter((g) => !heirs(g).length).map(was).sort(sort) };
}
const quality = (wave) => wave.org.constants?.dimensions.map((c) => ({ dimension: c.dimension, respondents: people(c.respondents, wave.base.k), groups: c.groups, quality: c.quality ?? null })) ?? null; // how well it measures (19)
function gapOf(set, places) { // said or lived (14)
  if (!places.every((p) => counts(set, p))) return null;
  const [said, lived] = places.map((p) => read(set, [p])), seen = differ(said, lived), sd = (p) => itemSpread(set.wave, p);
  return seen && { d: seen.d, band: seen.rise || seen.fall, sd: Math.sqrt(seen.cells + said.sampling(sd(places[0]), 0) + lived.sampling(sd(places[1]), 0)) };
}
function gaps(here, there, pairs) {
  const used = [];
  for (const [own, other] of pairs) {
    const a = gapOf(here, own), b = there ? gapOf(there, other) : { d: 0, sd: 0 };
    if (a && b && ((a.band && a.d < 0) || (b.band && b.d > 0))) return null;
    if (a && b) used.push([a, b]);
  }
  if (!used.length || used.length * 2 < pairs.length) return null;
  const mean = (of) => sum(used, of) / used.length, d = mean(([a, b]) => a.d - b.d), se = Math.hypot(mean(([a]) => a.sd), mean(([, b]) => b.sd));
  return { d, se, band: used.some(([a, b]) => a.band || b.band), p: 2 * tail(Math.abs(d) / se, Infinity) };
}
function saidOrLived(latest, earlier) {
  const at = (wave, id) => wave.instrument.items.findIndex((i) => i.id === id), pairs = (latest.instrument.pairs ?? []).map((p) => [at(latest, p.said), at(latest, p.lived)]);
  if (!pairs.length || !latest.blocks.length) return null;
  const all = { wave: latest, at: [...latest.blocks.keys()] }, ranks = ["cannot-be-seen", "consistent", "mixed", "worth-a-conversation"];
  const since = (now, before) => {
    const there = (p) => { const item = latest.instrument.items[p]; return earlier.instrument.items.findIndex((i, q) => i.id === item.id && (i.dimension ?? null) === (item.dimension ?? null) && i.reversed === item.reversed && i.publish === "team" && earlier.base.items[q].points === latest.base.items[p].points); };
    const both = pairs.map((own) => [own, own.map(there)]).filter(([, other]) => !other.includes(-1)), [a, b] = [{ wave: latest, at: now }, { wave: earlier, at: before }];
    return !before.length || (both.flatMap(([own]) => own).some((p) => latest.instrument.items[p].about_leader) && !sameLeaders(a, b)) ? null : gaps(a, b, both);
  };
  const verdict = (seen, found) => {
    const tested = found.filter((f) => f.gap).map((f) => ({ ...f, p: f.gap.p }));
    adjust(tested);
    const reasons = tested.map((t) => ({ ...t, word: wordOf(t.holm, t.gap.d) })).filter((t) => t.word !== "none" && t.gap.d > 0);
    const word = reasons.some((r) => r.word === "clear") ? 3 : reasons.length ? 2 : seen ? 1 : 0;
    return { word: ranks[word], reasons: reasons.map((r) => ({ [r.kind]: shown(r.gap.d, r.gap.se, Infinity, r.gap.band, false) })) };
  };
  const groups = latest.blocks.map((block, index) => ({ block, index })).filter(({ block }) => block.groups.length).map(({ block, index }) => {
    const gap = all.at.length > 1 ? gaps({ wave: latest, at: [index] }, all, pairs.map((p) => [p, p])) : null, made = earlier && compareBlock(latest, earlier, index).made, sides = made && join(latest, earlier, [index]);
    return { block: block.id, unit: block.unit, groups: labels(latest, block.groups), verdict: verdict(gap !== null && !gap.band, [{ kind: "farther-than-elsewhere", gap }, { kind: "farther-than-before", gap: sides ? since(sides.now, sides.before) : null }]) };
  }).sort((a, b) => inOrder(a.unit, b.unit) || inOrder(a.groups, b.groups));
  const grown = earlier ? since(all.at, [...earlier.blocks.keys()]) : null, signals = latest.org.constants?.signals ?? null, organisation = verdict(grown !== null && !grown.band, [{ kind: "farther-than-before", gap: grown }]);
  for (const [kind, share, mixed, talk] of signals ? [["same-throughout", signals.same_throughout, 10, 20], ["same-in-a-row", signals.same_in_a_row, 15, 30]] : []) if (share >= mixed) {
    organisation.word = ranks[Math.max(ranks.indexOf(organisation.word), share >= talk ? 3 : 2)];
    organisation.reasons.push({ [kind]: share });
  }
  const gap = gaps(all, null, pairs.map((p) => [p, p]));
  return { organisation, gap: gap && (!gap.band || gap.d > 0) ? shown(gap.d, gap.se, Infinity, gap.band, false) : null, signals, groups };
}
function recent(dimension, list) { // the last rounds together (9)
  const seen = [];
  for (const { set, asked } of list) {
    const places = asked.filter((p) => counts(set, p));
    if (places.length && places.length * 2 >= asked.length) seen.push({ id: set.wave.id, ...read(set, places), ...spread(set.wave, dimension) });
    else if (!seen.length) return "too-few-rounds";
  }
  if (seen.length < 2) return "too-few-rounds";
  const rounds = seen.map((r) => r.id).reverse();
  if (seen.some((r) => r.kind !== "middle")) return { "cannot-be-told": { rounds } };
  const mean = (of) => sum(seen, of) / seen.length, lasting = mean((r) => Math.sqrt(r.sampling(r.sd, 1))) ** 2, passing = mean((r) => r.sampling(r.sd, 0)) / seen.length, cells = mean((r) => Math.sqrt(r.variance));
  const mid = mean((r) => r.mid), reach = upperPoint(0.025, Math.min(...seen.map((r) => r.df))) * Math.sqrt(Math.max(lasting, (lasting + passing) / 2) + cells ** 2);
  return { mean: { rounds, interval: { low: down(mid - reach), high: up(mid + reach), mid } } };
}
function trends(entries, at, unit) { // trends (9)
  const published = entries.filter((e) => e.blocks), latest = published.at(-1), places = new Map([[latest, { at, together: [] }]]);
  let families = members(latest, at).map((g) => [g]);
  for (let i = published.length - 1; i > 0; i -= 1) {
    const earlier = published[i - 1];
    families = families.map((family) => [...new Set(family.flatMap((g) => published[i].groups.get(g)?.predecessors.map((p) => p.group) ?? []))]);
    const all = families.flat(), homes = sorted(all.map((g) => earlier.home.get(g)));
    if (unit && !unit.length) { if (earlier.blocks.length) places.set(earlier, { at: [...earlier.blocks.keys()], together: [] }); } else if (families.length && families.every((f) => f.length) && !homes.includes(undefined) && (unit || homes.length === 1))
      places.set(earlier, { at: homes, together: labels(earlier, members(earlier, homes).filter((g) => !all.includes(g))) });
  }
  return latest.instrument.dimensions.map(({ id: dimension }) => {
    const own = items(latest, dimension), asking = published.filter((w) => own.some((i) => counterpart(w, i))), use = own.filter((i) => asking.every((w) => counterpart(w, i)));
    const points = entries.map((wave) => {
      const place = places.get(wave), set = place && { wave, at: place.at };
      if (!wave.blocks) return { wave: wave.aborted, point: "aborted" };
      if (!place || (use.some((i) => i.about_leader) && !sameLeaders({ wave: latest, at }, set))) return { wave: wave.id, point: "not-comparable" };
      return { wave: wave.id, point: { score: { sight: sight(set, dimension, use.flatMap((i) => counterpart(wave, i)?.place ?? [])), together: place.together } } };
    });
    const alone = published.slice(-4).reverse().map((wave) => ({ wave, at: places.get(wave)?.at, together: places.get(wave)?.together })).filter((set) => set.at && !set.together.length && (set.wave === latest || !use.some((i) => i.about_leader) || sameLeaders({ wave: latest, at }, set)));
    return { dimension, points, recent: recent(dimension, alone.map((set) => ({ set, asked: use.flatMap((i) => counterpart(set.wave, i)?.place ?? []) }))) };
  });
}
function lowest(f) { // where a function of t >= 0 is smallest: a look over powers, then golden sections around the best
  const grid = [0, ...Array.from({ length: 28 }, (_, i) => 1e-3 * 2 ** i)], values = grid.map(f), best = values.indexOf(Math.min(...values)), phi = (Math.sqrt(5) - 1) / 2;
  let [low, high] = [grid[Math.max(0, best - 1)], grid[Math.min(best + 1, grid.length - 1)]];
  for (let i = 0; i < 40; i += 1) { const [x, y] = [high - phi * (high - low), low + phi * (high - low)]; if (f(x) < f(y)) high = y; else low = x; }
  return values[best] <= f((low + high) / 2) ? grid[best] : (low + high) / 2;
}
function model(series, t1, t2) { // restricted likelihood of line + series + series in a wave, by sums over each series
  const sums = (list, w, of) => list.reduce((total, z) => total.map((x, i) => x + of(z)[i] / w(z)), [0, 0, 0, 0, 0, 0]);
  let A = [0, 0, 0, 0, 0, 0], logs = 0;
  for (const cells of series) {
    const w = (c) => c.v + t2, [a, at, ay, att, aty, ayy] = sums(cells, w, (c) => [1, c.t, c.y, c.t * c.t, c.t * c.y, c.y * c.y]), k = t1 / (1 + t1 * a);
    A = A.map((x, i) => x + [a - k * a * a, at - k * a * at, ay - k * a * ay, att - k * at * at, aty - k * at * ay, ayy - k * ay * ay][i]);
    logs += Math.log(1 + t1 * a) + sum(cells, (c) => Math.log(w(c)));
  }
  const [one, t, y, tt, ty, yy] = A, det = one * tt - t * t, slope = (one * ty - t * y) / det, start = (y - slope * t) / one;
  return { slope, se: Math.sqrt(one / det), loss: logs + Math.log(det) + yy - start * y - slope * ty };
}
function courses(published) { // where the organisation goes (13)
  const latest = published.at(-1), everybody = (wave) => ({ wave, at: [...wave.blocks.keys()] }), ids = [];
  let next = 0;
  published.forEach((wave, n) => ids.push(wave.blocks.map((_, i) => {
    const { now, before, reason } = n ? join(wave, published[n - 1], [i]) : { now: [], before: [] };
    return !reason && now.length === 1 && before.length === 1 ? ids[n - 1][before[0]] : next++;
  })));
  const lines = [], all = inGroups.map((dimension) => {
    const own = items(latest, dimension), asking = published.filter((w) => own.some((i) => counterpart(w, i))), use = own.filter((i) => asking.every((w) => counterpart(w, i))), about = use.some((i) => i.about_leader), rounds = [];
    let bands = 0, nowIsBand = false;
    for (const [n, wave] of published.entries()) {
      const set = everybody(wave), asked = use.flatMap((i) => counterpart(wave, i)?.place ?? []), places = asked.filter((p) => counts(set, p));
      if (!places.length || places.length * 2 < asked.length || (about && !sameLeaders(everybody(latest), set))) continue;
      const seen = read(set, places), { sd } = spread(wave, dimension);
      nowIsBand = seen.kind !== "middle";
      if (nowIsBand) { bands += 1; continue; }
      const blocks = wave.blocks.flatMap((b, i) => {
        const mine = asked.filter((p) => b.cells[p]), parts = mine.map((p) => b.cells[p].band ? cut(...fit(wave, p), b.cells[p].low, b.cells[p].high) : b.cells[p]);
        return mine.length && mine.length * 2 >= asked.length ? [{ series: `${ids[n][i]} ${about ? leaders({ wave, at: [i] }).join("|") : ""}`, y: sum(parts, (c) => c.mid) / mine.length, v: read({ wave, at: [i] }, mine).sampling(sd, 0.4) + sum(parts, (c) => c.variance) / mine.length ** 2 }] : [];
      });
      const everyone = places.map((p) => wave.blocks.map((b, i) => ({ c: b.cells[p], i })).filter(({ c }) => c)), total = { mid: 0, variance: 0 };
      for (const cells of everyone) { const N = sum(cells, ({ c }) => c.n); for (const { c } of cells) { const x = c.band ? cut(...fit(wave, places[everyone.indexOf(cells)]), c.low, c.high) : c; total.mid += c.n / N * x.mid / places.length; total.variance += (c.n / N) ** 2 * x.variance / places.length ** 2; } }
      const ns = wave.blocks.flatMap((b) => { const mine = places.flatMap((p) => b.cells[p] ? [b.cells[p].n] : []); return mine.length ? [Math.min(...mine)] : []; });
      rounds.push({ wave, date: Date.parse(wave.closes), blocks, mid: total.mid, v: seen.sampling(sd, 0.4) + total.variance, dense: sum(ns, (x) => x * x) / sum(ns) ** 2 });
    }
    if (rounds.length + bands < 3) return { dimension, found: "too-few-rounds" };
    if (nowIsBand || rounds.length < 3) return { dimension, found: "cannot-be-told" };
    if (rounds.some((r, i) => i && r.date <= rounds[i - 1].date)) return { dimension, found: "too-few-rounds" };
    rounds.forEach((r) => { r.t = (r.date - rounds[0].date) / (rounds.at(-1).date - rounds[0].date); });
    const map = new Map();
    for (const r of rounds) for (const b of r.blocks) once(map, b.series, () => []).push({ t: r.t, ...b });
    const series = [...map.values()], cells = sum(series, (x) => x.length);
    if (series.length < 2 || series.every((x) => x.length < 2)) return { dimension, found: "cannot-be-told" };
    const inner = (t2) => lowest((t1) => model(series, t1, t2).loss), t2 = lowest((x) => model(series, inner(x), x).loss), { slope, se } = model(series, inner(t2), t2);
    const w = rounds.map((r) => 1 / (r.v + t2 * r.dense)), W = sum(w), mean = (of) => sum(rounds.map((r, i) => w[i] * of(r))) / W, t = mean((r) => r.t), y = mean((r) => r.mid), line = mean((r) => (r.t - t) * (r.mid - y)) / mean((r) => (r.t - t) ** 2);
    const head = { since: rounds[0].wave.id, rounds: rounds.length };
    if (chiTail(W * mean((r) => (r.mid - y - line * (r.t - t)) ** 2), rounds.length - 2) < 0.05) return { dimension, found: { "up-and-down": head } };
    const df = Math.max(1, cells - series.length - 1), found = { ...head, difference: shown(slope, se, df, false, false), word: "" };
    lines.push({ found, slope, p: 2 * tail(Math.abs(slope) / se, df) });
    return { dimension, found: { line: found } };
  });
  adjust([...lines]);
  for (const { found, slope, holm } of lines) found.word = wordOf(holm, slope);
  return all;
}
const entries = JSON.parse(readFileSync(process.argv[2], "utf8")).waves.map((w) => "aborted" in w ? w : prepare(w)); // pages
const published = entries.filter((e) => e.blocks), [earlier, latest] = [published.at(-2), published.at(-1)];
const common = (at, unit) => ({ scores: latest.instrument.dimensions.map((d) => score({ wave: latest, at }, d.id)), quadrant: quadrant({ wave: latest, at })[0], plane: quadrant({ wave: latest, at })[1], statements: statements({ wave: latest, at }), comparison: unit ? compareTotal(latest, earlier, unit, at) : compareBlock(latest, earlier, at[0]), trends: trends(entries, at, unit) });
const said = saidOrLived(latest, earlier), blocks = latest.blocks.map((block, i) => ({ block: block.id, labels: labels(latest, block.groups), participation: participation(latest, block.n, block.invited), ...common([i]), said: said?.groups.find((g) => g.block === block.id)?.verdict ?? null })).map((block) => ({ ...block, suggestions: suggestions(latest, block) }));
const totals = [...new Set([...latest.groups.values()].flatMap((g) => [...g.unit.keys(), g.unit.length].map((depth) => JSON.stringify(g.unit.slice(0, depth)))))].map((u) => JSON.parse(u)).flatMap((unit) => {
  const at = [...latest.blocks.keys()].filter((i) => inside(unit, latest.blocks[i].unit)), n = sum(at, (i) => latest.blocks[i].n);
  const here = [...latest.groups.values()].filter((g) => inside(unit, g.unit)), all = sum(here, (g) => g.invited), covered = sum(here.filter((g) => at.includes(latest.home.get(g.group))), (g) => g.invited);
  const invited = !unit.length ? latest.counts.invited : covered < all && at.some((i) => latest.blocks[i].invited === null) ? null : covered;
  const covers = covered >= all || !unit.length ? [100, 100] : rate(covered, all).map((x) => x === 100 ? 99 : x);
  return at.length ? [{ unit, participation: participation(latest, n, invited), covers, ...common(at, unit) }] : [];
});
const inGroups = latest.instrument.dimensions.map((d) => d.id).filter((id) => items(latest, id).length);
const overview = { conversation: conversation(latest, earlier), differences: inGroups.map((dimension) => ({ dimension, found: differences(latest, dimension) })), courses: courses(published), said_or_lived: said };
console.log(JSON.stringify({ blocks, overview, panorama: panorama(latest, inGroups), origins: origins(latest, earlier), quality: quality(latest), organisation: totals.find((t) => !t.unit.length), units: totals.filter((t) => t.unit.length) }, null, 1));

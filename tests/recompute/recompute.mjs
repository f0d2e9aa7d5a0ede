// A second implementation of docs/statistics.md: every number and word of the report pages from published documents alone.
// Usage: node tests/recompute/recompute.mjs waves.json     Plain Node 20, no packages. Section numbers refer to docs/statistics.md.
import { readFileSync } from "node:fs";

// ---- distributions ----
const LANCZOS = [676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7];
function lnGamma(x) {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - lnGamma(1 - x);
  let sum = 0.99999999999980993;
  LANCZOS.forEach((c, i) => { sum += c / (x + i); });
  const t = x + 6.5;
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(sum);
}
function continuedFraction(first, a, b) { // modified Lentz: first / (b0 + a1 / (b1 + a2 / (b2 + ...)))
  let f = b(0), c = f, d = 0;
  for (let i = 1; i < 5000; i += 1) {
    d = 1 / (b(i) + a(i) * d);
    c = b(i) + a(i) / c;
    f *= c * d;
    if (Math.abs(c * d - 1) < 1e-15) break;
  }
  return first / f;
}
function incompleteBeta(x, a, b) { // regularised
  if (x <= 0 || x >= 1) return x <= 0 ? 0 : 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a);
  const front = Math.exp(lnGamma(a + b) - lnGamma(a) - lnGamma(b) + a * Math.log(x) + b * Math.log1p(-x)) / a;
  const term = (i) => { const m = i >> 1; return i % 2 ? -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)) : m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)); };
  return continuedFraction(front, term, () => 1);
}
function normalTail(z) { // P(Z > z)
  if (z < 0) return 1 - normalTail(-z);
  if (z > 3) return continuedFraction(density(z), (i) => i, () => z);
  let sum = 0, term = z;
  for (let i = 1; Math.abs(term) > 1e-18; i += 1) { sum += term; term *= z * z / (2 * i + 1); }
  return 0.5 - density(z) * sum;
}
const density = (z) => Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
const tail = (t, df) => df > 100000 ? normalTail(t) : 0.5 * incompleteBeta(df / (df + t * t), df / 2, 0.5);
const quantiles = new Map();
function upperPoint(p, df) { // the value exceeded with probability p < .5
  const key = `${p} ${df}`;
  if (!quantiles.has(key)) {
    let [low, high] = [0, 1e4];
    for (let i = 0; i < 200; i += 1) { const mid = (low + high) / 2; if (tail(mid, df) > p) low = mid; else high = mid; }
    quantiles.set(key, (low + high) / 2);
  }
  return quantiles.get(key);
}

// ---- rounding (3) ----
const six = (x) => Math.sign(x) * Math.round(Math.abs(x) * 1e6) / 1e6;
const clamp = (x, low, high) => Math.min(high, Math.max(low, x)) + 0;
const down = (x, low = 0) => clamp(Math.floor(six(x)), low, 100);
const up = (x, low = 0) => clamp(Math.ceil(six(x)), low, 100);
const nearest = (x) => clamp(Math.sign(x) * Math.round(Math.abs(six(x))), -100, 100);
const sum = (list, of = (x) => x) => list.reduce((total, x) => total + of(x), 0);

// ---- one wave: cells as ranges (1), blocks by group ----
const groupsOf = (block) => block.members.flatMap((m) => "group" in m ? [m.group] : []);
const inside = (unit, other) => unit.every((label, i) => other[i] === label);
function prepare({ manifest, groups, instrument, release }) {
  const { base, org, counts } = release;
  const wave = { id: release.wave, groups: new Map(groups.map((g) => [g.group, g])), instrument, base, org, counts, home: new Map(), fits: new Map() };
  if (manifest.wave !== release.wave) throw new Error("manifest and Release are of different waves");
  wave.blocks = base.blocks.map((block, index) => {
    groupsOf(block).forEach((g) => wave.home.set(g, index));
    const upward = block.members.some((m) => "upward" in m);
    const cells = block.cells.map((cell, place) => cell && rangeOf(base, place, cell, instrument.items[place].reversed));
    return { ...block, cells, groups: groupsOf(block), invited: upward ? null : sum(groupsOf(block), (g) => wave.groups.get(g).invited) };
  });
  return wave;
}
function bounds(base, place, n) {
  const { points, grid: g } = base.items[place], R = points - 1, s = base.coalition * R + base.min_range - 1;
  return { g, all: n * R, lo: Math.ceil((s + 1) / g) * g, hi: Math.floor((n * R - s) / g) * g };
}
function rangeOf(base, place, { n, cell }, reversed) {
  const { g, all, lo, hi } = bounds(base, place, n), last = (hi - lo) / g + 1;
  const [a, b] = cell === 0 ? [0, lo - 1] : cell === last ? [hi, all] : [lo + (cell - 1) * g, lo + cell * g - 1];
  let [low, high, band] = [100 * a / all, 100 * b / all, cell === 0 ? "bottom" : cell === last ? "top" : null];
  if (reversed) [low, high, band] = [100 - high, 100 - low, band && (band === "top" ? "bottom" : "top")];
  return { n, low, high, band, mid: (low + high) / 2, variance: (100 * (b - a + 1) / all) ** 2 / 12 };
}

// ---- bands inside a larger set (4) ----
function cut(mu, sigma, l, h) {
  const a = (l - mu) / sigma, b = (h - mu) / sigma, Z = a > 0 ? normalTail(a) - normalTail(b) : normalTail(-b) - normalTail(-a), uniform = (h - l) ** 2 / 12;
  if (Z < 1e-10) return { mid: (l + h) / 2, variance: uniform };
  const d = (density(a) - density(b)) / Z;
  return { mid: clamp(mu + sigma * d, l, h), variance: clamp(sigma ** 2 * (1 + (a * density(a) - b * density(b)) / Z - d * d), 0, uniform) };
}
function fit(wave, place) {
  if (!wave.fits.has(place)) {
    const cells = wave.blocks.map((b) => b.cells[place]).filter(Boolean);
    let now = cells.map((c) => ({ mid: c.mid, variance: 0 })), mu, sigma;
    for (let step = 0; step <= 50; step += 1) {
      if (step) now = cells.map((c) => c.band ? cut(mu, sigma, c.low, c.high) : { mid: c.mid, variance: 0 });
      mu = sum(now, (x) => x.mid) / now.length;
      sigma = Math.max(5, Math.sqrt(sum(now, (x) => x.variance + (x.mid - mu) ** 2) / now.length));
    }
    wave.fits.set(place, [mu, sigma]);
  }
  return wave.fits.get(place);
}

// ---- a dimension of a set of blocks (2, 3) ----
const items = (wave, dimension) => wave.instrument.items.map((item, place) => ({ ...item, place, points: wave.base.items[place].points })).filter((i) => i.dimension === dimension && i.publish === "team");
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
  const sampling = (sd, rho) => sd ** 2 * sum(parts, (p) => p.n * (1 - rho * (p.invited ? Math.min(1, p.n / p.invited) : 0))) / n ** 2;
  const kind = (one && total.top > 0 && total.bottom > 0) || (half(total.top) && half(total.bottom)) ? "both" : half(total.top) ? "least" : half(total.bottom) ? "most" : "middle";
  return { ...total, kind, sampling };
}
function spread(wave, dimension) {
  const constant = wave.org.constants?.dimensions.find((d) => d.dimension === dimension), known = constant && constant.respondents > constant.groups;
  const raw = known ? constant.sd_tenths / 10 : wave.instrument.dimensions.find((d) => d.id === dimension).declared_sd;
  return { sd: raw * 100 / (Math.min(...items(wave, dimension).map((i) => i.points)) - 1), df: known ? constant.respondents - constant.groups : Infinity };
}
function sight(set, dimension, asked) {
  const places = asked.filter((place) => counts(set, place));
  if (!asked.length) return { hidden: "not-asked" };
  if (places.length * 2 < asked.length) return { hidden: "too-few-items" };
  const seen = read(set, places), { sd, df } = spread(set.wave, dimension);
  if (seen.kind === "both") return { hidden: "bands-at-both-ends" };
  if (seen.kind === "least") return { "at-least": down(seen.low) };
  if (seen.kind === "most") return { "at-most": up(seen.high) };
  const reach = upperPoint(0.025, df) * Math.sqrt(seen.sampling(sd, 0.5) + seen.variance);
  return { between: { low: down(seen.mid - reach), high: up(seen.mid + reach), mid: seen.mid } };
}
function score(set, dimension) {
  const asked = items(set.wave, dimension).map((i) => i.place), shown = sight(set, dimension, asked), ladder = new Set();
  const block = set.wave.blocks[set.at[0]], places = asked.filter((place) => counts(set, place)), n = Math.min(...places.map((p) => block.cells[p]?.n ?? 0));
  if (set.at.length === 1 && n < 12 && shown.hidden !== "too-few-items") for (const p of places) { const { g, all, lo, hi } = bounds(set.wave.base, p, n); for (let e = lo; e <= hi; e += g) ladder.add(six(100 * e / all)); }
  return { dimension, sight: shown, ladder: [...ladder].sort((x, y) => x - y) };
}

// ---- participation and coverage (5, 6) ----
const rate = (part, whole) => [[85, 100], [70, 84], [50, 69], [0, 49]].find(([from]) => part * 100 >= whole * from);
function participation(wave, n, invited) {
  const [from, to] = [[501, null], [251, 500], [101, 250], [51, 100], [26, 50], [16, 25], [11, 15], [8, 10], [Math.min(5, wave.base.k), 7]].find(([start], i) => n >= start || i === 8);
  return { from, to, rate: invited !== null && invited >= 10 ? rate(n, invited) : null };
}

// ---- comparison (7, 8) ----
const BANDS = ["under-quarter", "quarter-to-half", "half-to-three-quarters", "three-quarters-or-more"];
const kept = (wave, g) => Math.max(0, ...wave.groups.get(g).predecessors.map((p) => BANDS.indexOf(p.same)));
function join(later, earlier, start) {
  const now = new Set(start), before = new Set(), open = [...start];
  let reason = null;
  const found = (why) => { if (reason !== "new-group") reason = why; };
  while (open.length) for (const g of later.blocks[open.pop()].groups) {
    const { predecessors } = later.groups.get(g);
    if (!predecessors.length) found("new-group");
    for (const p of predecessors) {
      if (!earlier.home.has(p.group)) { found("nothing-before"); continue; }
      before.add(earlier.home.get(p.group));
      for (const other of later.groups.values()) if (later.home.has(other.group) && other.predecessors.some((q) => earlier.home.get(q.group) === earlier.home.get(p.group)) && !now.has(later.home.get(other.group))) { now.add(later.home.get(other.group)); open.push(later.home.get(other.group)); }
    }
  }
  return { now: [...now].sort((x, y) => x - y), before: [...before].sort((x, y) => x - y), reason };
}
const members = (wave, at) => at.flatMap((i) => wave.blocks[i].groups).sort((x, y) => x - y);
const labels = (wave, groups) => [...new Set(groups)].sort((x, y) => x - y).map((g) => wave.groups.get(g).label);
const siblings = (wave, at) => members(wave, at).length <= 3 && new Set(members(wave, at).map((g) => JSON.stringify(wave.groups.get(g).unit))).size <= 1;
const counterpart = (wave, item) => items(wave, item.dimension).find((i) => i.id === item.id && i.reversed === item.reversed && i.points === item.points);
function sameLeaders(a, b) {
  const [x, y] = [a, b].map(({ wave, at }) => [...new Set(members(wave, at).flatMap((g) => wave.groups.get(g).teams.flatMap((t) => t.leaders)))].sort());
  return JSON.stringify(x) === JSON.stringify(y) || (x.length >= 3 && y.length >= 3);
}
function changes(now, before) {
  const rows = [];
  for (const { id: dimension } of now.wave.instrument.dimensions) {
    const asked = items(now.wave, dimension).map((i) => [i, counterpart(before.wave, i)]).filter(([, c]) => c);
    if (!asked.length || (asked.some(([i]) => i.about_leader) && !sameLeaders(now, before))) continue;
    const row = { dimension, word: "cannot-be-seen", difference: null, detectable: null }, use = asked.filter(([i, c]) => counts(now, i.place) && counts(before, c.place));
    rows.push({ row });
    if (use.length * 2 < asked.length) continue;
    const a = read(now, use.map(([i]) => i.place)), b = read(before, use.map(([, c]) => c.place)), [x, y] = [spread(now.wave, dimension), spread(before.wave, dimension)];
    const level = (r) => ({ middle: r.mid, least: r.low, most: r.high })[r.kind], d = level(a) - level(b), pair = `${a.kind} ${b.kind}`;
    const rise = ["least middle", "least most", "middle most"].includes(pair) && six(d) > 0, fall = ["most middle", "most least", "middle least"].includes(pair) && six(d) < 0;
    if (pair !== "middle middle" && !rise && !fall) continue;
    const se = Math.sqrt(a.sampling(x.sd, 0.4) + b.sampling(y.sd, 0.4) + sum([a, b], (r) => r.kind === "middle" ? r.variance : 0)), df = Math.min(x.df, y.df);
    Object.assign(rows.at(-1), { d, se, df, rise, fall, p: Math.min(1, 2 * tail(Math.abs(d) / se, df)) });
  }
  const tested = rows.filter((r) => r.p !== undefined).sort((x, y) => x.p - y.p);
  tested.forEach((r, i) => { r.holm = Math.min(1, Math.max(i ? tested[i - 1].holm : 0, r.p * (tested.length - i))); });
  for (const { row, d, se, df, rise, fall, holm } of tested) {
    row.word = holm < 0.05 && Math.abs(six(d)) >= 6 ? "clear" : holm < 0.2 ? "possible" : rise || fall ? "cannot-be-seen" : "none";
    if (row.word === "cannot-be-seen") continue;
    const t = upperPoint(0.025, df), points = rise ? down(d, -100) : fall ? up(d, -100) : nearest(d);
    row.difference = { points, low: fall ? -100 : down(d - t * se, -100), high: rise ? 100 : up(d + t * se, -100), at_least: rise || fall };
    row.detectable = up((t + upperPoint(0.2, Infinity)) * se);
  }
  return rows.map((r) => r.row);
}
function made(later, now, earlier, before, same) {
  return { made: { since: earlier.id, groups: labels(later, members(later, now)), same: BANDS[same], changes: changes({ wave: later, at: now }, { wave: earlier, at: before }) } };
}
function compareBlock(later, earlier, index) {
  if (!earlier) return "first-wave";
  if (!later.blocks[index].groups.length) return { "not-possible": "upward-only" };
  const { now, before, reason } = join(later, earlier, [index]), why = reason ?? (siblings(later, now) && siblings(earlier, before) ? null : "too-many-together");
  return why ? { "not-possible": why } : made(later, now, earlier, before, Math.min(...members(later, now).map((g) => kept(later, g))));
}
function compareTotal(later, earlier, unit, at) {
  if (!earlier) return "first-wave";
  const least = (now) => { const all = members(later, now).map((g) => later.groups.get(g)), n = sum(all, (g) => g.invited); return n ? Math.floor(sum(all, (g) => g.invited * kept(later, g.group)) / n) : 0; };
  if (!unit.length) return earlier.blocks.length ? made(later, at, earlier, [...earlier.blocks.keys()], least(at)) : { "not-possible": "nothing-before" };
  const start = at.filter((i) => later.blocks[i].groups.length);
  if (!start.length) return { "not-possible": "upward-only" };
  const { now, before, reason } = join(later, earlier, start), why = reason ?? (now.length > start.length ? "too-many-together" : null);
  return why ? { "not-possible": why } : made(later, now, earlier, before, least(now));
}

// ---- trends (9) ----
function trends(entries, at, unit) {
  const published = entries.filter((e) => e.blocks), latest = published.at(-1), places = new Map([[latest, { at, together: [] }]]);
  let families = members(latest, at).map((g) => [g]);
  for (let i = published.length - 1; i > 0; i -= 1) {
    const earlier = published[i - 1];
    families = families.map((family) => [...new Set(family.flatMap((g) => published[i].groups.get(g)?.predecessors.map((p) => p.group) ?? []))]);
    const all = families.flat(), homes = [...new Set(all.map((g) => earlier.home.get(g)))].sort((x, y) => x - y);
    if (unit && !unit.length) { if (earlier.blocks.length) places.set(earlier, { at: [...earlier.blocks.keys()], together: [] }); } else if (families.length && families.every((f) => f.length) && !homes.includes(undefined) && (unit || homes.length === 1))
      places.set(earlier, { at: homes, together: labels(earlier, members(earlier, homes).filter((g) => !all.includes(g))) });
  }
  return latest.instrument.dimensions.map(({ id: dimension }) => {
    const own = items(latest, dimension), asking = published.filter((w) => own.some((i) => counterpart(w, i))), use = own.filter((i) => asking.every((w) => counterpart(w, i)));
    const points = entries.map((wave) => {
      if (!wave.blocks) return { wave: wave.aborted, point: "aborted" };
      const place = places.get(wave), set = place && { wave, at: place.at };
      if (!place || (use.some((i) => i.about_leader) && !sameLeaders({ wave: latest, at }, set))) return { wave: wave.id, point: "not-comparable" };
      return { wave: wave.id, point: { score: { sight: sight(set, dimension, use.flatMap((i) => counterpart(wave, i)?.place ?? [])), together: place.together } } };
    });
    return { dimension, points };
  });
}

// ---- pages ----
const entries = JSON.parse(readFileSync(process.argv[2], "utf8")).waves.map((w) => "aborted" in w ? w : prepare(w));
const published = entries.filter((e) => e.blocks), [earlier, latest] = [published.at(-2), published.at(-1)];
const common = (at, unit) => ({ scores: latest.instrument.dimensions.map((d) => score({ wave: latest, at }, d.id)), comparison: unit ? compareTotal(latest, earlier, unit, at) : compareBlock(latest, earlier, at[0]), trends: trends(entries, at, unit) });
const blocks = latest.blocks.map((block, i) => ({ block: block.id, labels: labels(latest, block.groups), participation: participation(latest, block.n, block.invited), ...common([i]) }));
const totals = [...new Set([...latest.groups.values()].flatMap((g) => [...g.unit.keys(), g.unit.length].map((depth) => JSON.stringify(g.unit.slice(0, depth)))))].map((u) => JSON.parse(u)).flatMap((unit) => {
  const at = [...latest.blocks.keys()].filter((i) => inside(unit, latest.blocks[i].unit)), n = sum(at, (i) => latest.blocks[i].n);
  const here = [...latest.groups.values()].filter((g) => inside(unit, g.unit)), all = sum(here, (g) => g.invited), covered = sum(here.filter((g) => at.includes(latest.home.get(g.group))), (g) => g.invited);
  const invited = !unit.length ? latest.counts.invited : covered < all && at.some((i) => latest.blocks[i].invited === null) ? null : covered;
  const covers = !unit.length || covered >= all ? [100, 100] : rate(covered, all).map((x) => x === 100 ? 99 : x);
  return at.length ? [{ unit, participation: participation(latest, n, invited), covers, ...common(at, unit) }] : [];
});
console.log(JSON.stringify({ blocks, organisation: totals.find((t) => !t.unit.length), units: totals.filter((t) => t.unit.length) }, null, 1));

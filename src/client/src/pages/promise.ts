// The promise: who answers together, how it is protected, who reads what, and what it does not protect from.
//
// Every sentence comes from the manifest and the group's leaf, so that the page cannot claim more than the round's configuration gives.
import { GROUP_WORDS, WAVE_WORDS, checkWords } from '../checkwords.ts';
import { type Child, button, el } from '../dom.ts';
import { type Group, groupListHolds } from '../group.ts';
import { fromUtf8 } from '../bytes.ts';
import { Value } from '../json.ts';
import type { Manifest } from '../manifest.ts';
import { type Page, ownLanguage, say, t } from '../ui.ts';
import { type Wave, fetchBytes } from '../wave.ts';
import { type Key, date, listed, span } from '../words.ts';
import { wordList } from './code.ts';
import { length } from './section.ts';

/** The name of the unit above a group: the last unit of its path, or the organisation. */
export function unitOf(group: Group, organisation: string): string {
  return group.unit.at(-1) ?? organisation;
}

/** Splits a sentence at `{name}`, so that the value can stand in bold. */
function emphasised(key: Key, values: Readonly<Record<string, string | number>>, strong: readonly string[]): HTMLElement {
  const parts = t(key).split(/\{(\w+)\}/);
  return el(
    'p',
    { class: 'key-fact' },
    parts.map((part, i) => {
      if (i % 2 === 0) return part;
      const value = String(values[part] ?? '');
      return strong.includes(part) ? el('strong', {}, value) : value;
    }),
  );
}

/** A sentence that ends in the organisers' own words, marked with the language they are in. */
function quoted(key: Key, own: string, language: string | undefined): HTMLElement {
  return el('p', {}, t(key), ' ', el('q', { lang: language !== ownLanguage() && language }, own));
}

/** Whom "my leader" means, in one line for the statements. */
export function leaderLine(group: Group): string {
  const [team, ...others] = group.teams;
  const known = team !== undefined && others.length === 0 && team.leaders.length > 0;
  return known ? t('section.leader', { leaders: listed(ownLanguage(), team.leaders) }) : t('section.ownLeader');
}

function leaders(wave: Wave, group: Group): Child[] {
  if (!wave.instrument.items.some((item) => item.aboutLeader)) return [];
  const named = (team: { leaders: readonly string[] }): string => (team.leaders.length > 0 ? listed(ownLanguage(), team.leaders) : t('promise.leader.none'));
  const [first, ...others] = group.teams;
  if (first === undefined || (others.length === 0 && first.leaders.length === 0)) return [];
  return [
    el('h2', {}, t('promise.leader.title')),
    others.length === 0
      ? el('p', { id: 'leader' }, t('promise.leader.one', { leaders: named(first) }))
      : el(
          'div',
          { id: 'leader' },
          el('p', {}, t('promise.leader.many')),
          el('ul', {}, group.teams.map((team) => el('li', {}, `${team.label}: ${named(team)}`))),
        ),
  ];
}

/** What the rounding of the results leaves open, as far as the manifest promises it. */
function coarse({ coalition, valuesKept }: Manifest): string {
  const who = coalition === 0 ? 'none' : coalition === 1 ? 'one' : 'several';
  return t(`promise.coarse.${who}`, { values: valuesKept, colleagues: coalition });
}

function dates({ manifest }: Wave): HTMLElement {
  const { closesAt, grace, window, publishAt, publishBy, pace } = manifest.schedule;
  const language = ownLanguage();
  const at = (seconds: number): string => date(language, closesAt + seconds * 1000);
  if (pace === 'manual') return el('p', {}, t('promise.dates.manual'));
  return el(
    'ul',
    {},
    el('li', {}, t('promise.dates.close', { date: at(0) })),
    grace > 0 && el('li', {}, t('promise.dates.grace', { span: span(language, grace) })),
    window > 0 && el('li', {}, t('promise.dates.board', { span: span(language, window) })),
    el('li', {}, t('promise.dates.publish', { date: at(publishAt), latest: at(publishBy) })),
  );
}

/** Fetches the list of all groups and says whether it holds: nobody has a group of their own under a doubled name. */
function listCheck(wave: Wave): HTMLElement {
  const result = el('p', { id: 'group-list-result', role: 'status' });
  const check = async (): Promise<void> => {
    const { groups, invited } = wave.manifest;
    try {
      const list = Value.parse(fromUtf8(await fetchBytes(`${wave.base}groups`)), 'groups');
      result.textContent = groupListHolds(list, wave.manifest) ? t('promise.words.listGood', { groups, invited }) : t('promise.words.listBad');
    } catch {
      result.textContent = t('promise.words.listLater');
    }
  };
  return el('div', {}, button('check-groups', 'quiet', t('promise.words.list'), () => void check()), result);
}

/** The promise page. `start` leads to the statements; `kept` says that a draft of this tab is there. */
export function promisePage(wave: Wave, group: Group, kept: boolean, start: () => void): Page {
  const { manifest, instrument, h } = wave;
  const { organisation, k } = manifest;
  const language = ownLanguage();
  const lead = t('promise.lead', { organisation, ...length(instrument.items.length), title: '\n' }).split('\n');
  return {
    name: 'promise',
    title: t('promise.title'),
    body: [
      el('p', { class: 'lead' }, lead[0], say(instrument.title), lead[1]),
      el('p', { class: 'until' }, manifest.schedule.pace === 'manual' ? t('promise.untilManual') : t('promise.until', { date: date(language, manifest.schedule.closesAt) })),
      kept && el('p', { id: 'kept', class: 'inset' }, t('promise.kept')),

      el('h2', {}, t('promise.group.title')),
      emphasised('promise.group.one', { n: group.invited, group: group.label }, ['n', 'group']),
      el('p', { id: 'honest-promise' }, t('promise.group.few', { group: group.label, unit: unitOf(group, organisation), k })),
      el('p', {}, t('promise.group.level')),
      ...leaders(wave, group),

      el('h2', {}, t('promise.locks.title')),
      el(
        'ul',
        { class: 'points' },
        el('li', {}, t('promise.locks.seal')),
        el('li', {}, manifest.comments ? t('promise.locks.openComments', { k, ...manifest.comments }) : t('promise.locks.open', { k })),
        el('li', { id: 'coarse' }, coarse(manifest)),
        el('li', { id: 'mode' }, t(manifest.passphrase ? 'promise.locks.soloPassphrase' : 'promise.locks.solo')),
        el('li', { id: 'reminders' }, t('promise.locks.seen')),
      ),

      el('h2', {}, t('promise.readers.title')),
      el(
        'ul',
        { class: 'points' },
        el('li', {}, t('promise.readers.leaders')),
        el('li', {}, t('promise.readers.hr')),
        manifest.comments && el('li', { id: 'comments' }, t('promise.readers.comments')),
        el('li', {}, t(manifest.teamReads ? 'promise.readers.team' : 'promise.readers.noTeam')),
      ),
      quoted('promise.purpose.for', manifest.purpose, manifest.languages[0]),
      quoted('promise.purpose.notFor', manifest.notFor, manifest.languages[0]),
      el('p', {}, el('strong', {}, t('promise.purpose.appraisal'))),

      el(
        'details',
        { id: 'results' },
        el('summary', {}, t('promise.results.title')),
        el(
          'ul',
          {},
          el('li', {}, t('promise.results.others')),
          el('li', {}, t('promise.results.everybody')),
          el('li', {}, t('promise.results.low')),
          el('li', {}, t('promise.results.rounds')),
          manifest.comments && el('li', {}, t('promise.results.style')),
          el('li', {}, t('promise.results.known')),
        ),
      ),
      el(
        'details',
        { id: 'limits' },
        el('summary', {}, t('promise.limits.title')),
        el('ul', {}, el('li', {}, t('promise.limits.page')), el('li', {}, t('promise.limits.key')), el('li', {}, t('promise.limits.invent'))),
      ),
      el('details', { id: 'dates' }, el('summary', {}, t('promise.dates.title')), dates(wave)),
      el('h2', {}, t('promise.words.title')),
      el('p', {}, t('promise.words.body')),
      el('p', { class: 'hint' }, t('promise.words.wave')),
      wordList(checkWords(h, WAVE_WORDS)),
      el('p', { class: 'hint' }, t('promise.words.group')),
      wordList(checkWords(group.leaf, GROUP_WORDS)),
      listCheck(wave),
      el('div', { class: 'bar' }, button('start', 'primary', t(kept ? 'promise.resume' : 'promise.start'), start)),
    ],
  };
}

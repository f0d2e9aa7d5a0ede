// Everything about the promise, in full sentences: what stands in short before the statements, and all that it leaves out.
import { type Child, button, el } from '../dom.ts';
import type { Group } from '../group.ts';
import type { Manifest } from '../manifest.ts';
import { type Page, ownLanguage, say, t } from '../ui.ts';
import type { Wave } from '../wave.ts';
import { date, listed, span } from '../words.ts';
import { contactList } from './contacts.ts';
import { byTrustee, keyed, quoted, unitOf, until } from './promise.ts';
import { length } from './section.ts';
import { weakenings } from './weakenings.ts';

/** What "this team" and "my leader" mean, where the statements speak of them. */
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

/** A day in seconds. */
const DAY = 86_400;

function dates({ manifest }: Wave): HTMLElement {
  const { closesAt, grace, window, publishAt, publishBy, pace, mayExtend, extended } = manifest.schedule;
  const language = ownLanguage();
  const at = (seconds: number): string => date(language, closesAt + seconds * 1000);
  if (pace === 'manual') return el('p', {}, t('promise.dates.manual'));
  return el(
    'ul',
    {},
    el('li', {}, t('promise.dates.close', { date: at(0) })),
    mayExtend > 0 && extended === 0 && el('li', { id: 'extension' }, t('promise.dates.extend', { span: span(language, mayExtend * DAY) })),
    extended > 0 && el('li', { id: 'extension' }, t('promise.dates.extended', { date: at(-extended * DAY) })),
    grace > 0 && el('li', {}, t('promise.dates.grace', { span: span(language, grace) })),
    window > 0 && el('li', {}, t('promise.dates.board', { date: at(grace + window) })),
    el('li', {}, t('promise.dates.publish', { date: at(publishAt), latest: at(publishBy) })),
  );
}

/** A list of promises. */
function points(...items: Child[]): HTMLElement {
  return el('ul', { class: 'points' }, items);
}

/** The whole promise. `back` leads to where the person came from, `verify` to the ways to check it. */
export function morePage(wave: Wave, group: Group, back: () => void, verify: () => void): Page {
  const { manifest, instrument } = wave;
  const { organisation, k, comments, cards, trustee, weakenedBy } = manifest;
  const lead = t('promise.lead', { organisation, title: '\n' }).split('\n');
  return {
    name: 'more',
    title: t('promise.more'),
    above: button('back', 'quiet', `‹ ${t('common.back')}`, back),
    body: [
      el('p', { class: 'lead' }, lead[0], say(instrument.title), lead[1], ' ', t('promise.length', length(instrument.items.length))),
      el('p', { class: 'until' }, until(manifest)),

      el('h2', {}, t('promise.group.title')),
      el('p', {}, t('promise.group.one', { n: group.invited, group: group.label })),
      el('p', { id: 'honest-promise' }, t('promise.group.few', { group: group.label, unit: unitOf(group, organisation), k })),
      el('p', {}, t('promise.group.level')),
      ...leaders(wave, group),

      el('h2', {}, t('promise.locks.title')),
      points(
        el('li', {}, t('promise.locks.seal')),
        el('li', {}, comments ? t('promise.locks.openComments', { k, ...comments }) : t('promise.locks.open', { k })),
        el('li', { id: 'coarse' }, coarse(manifest)),
        el('li', { id: 'mode' }, keyed(manifest, 'promise.locks.solo', 'promise.locks.soloPassphrase', 'promise.locks.soloHolder', 'promise.locks.trustee')),
        trustee !== undefined && el('li', { id: 'trustee-words' }, t('promise.locks.trusteeWords', { holder: trustee })),
        el('li', { id: 'reminders' }, t('promise.locks.seen'), cards > 0 && ` ${t('promise.locks.seenCards')}`),
      ),

      el('h2', {}, t('promise.stored.title')),
      points(el('li', {}, byTrustee(manifest, 'promise.stored.answers', 'promise.stored.answersTrustee')), el('li', {}, t('promise.stored.part')), el('li', {}, t('promise.stored.not'))),

      el('h2', {}, t('promise.readers.title')),
      points(
        el('li', {}, t('promise.readers.leaders')),
        el('li', {}, manifest.hrWaits > 0 ? t('promise.readers.hrLater', { hours: manifest.hrWaits }) : t('promise.readers.hr')),
        manifest.hrFollows && el('li', { id: 'participation' }, t('promise.readers.participation')),
        comments && el('li', { id: 'comments' }, t('promise.readers.comments')),
        el('li', {}, t(manifest.teamReads ? 'promise.readers.team' : 'promise.readers.noTeam')),
      ),
      el('p', {}, t('promise.purpose.for'), ' ', quoted(manifest.purpose)),
      el('p', {}, t('promise.purpose.notFor'), ' ', quoted(manifest.notFor)),
      el('p', {}, el('strong', {}, t('promise.purpose.appraisal'))),

      el('h2', {}, t('promise.results.title')),
      el(
        'ul',
        { id: 'results' },
        el('li', {}, t('promise.results.others')),
        el('li', {}, t('promise.results.everybody')),
        el('li', {}, t('promise.results.low')),
        el('li', {}, t('promise.results.rounds')),
        comments && el('li', {}, t('promise.results.style')),
        el('li', {}, t('promise.results.known')),
      ),

      el('h2', {}, t('promise.limits.title')),
      points(
        el('li', {}, t('promise.limits.page')),
        el('li', {}, byTrustee(manifest, 'promise.limits.key', 'promise.limits.keyTrustee')),
        trustee !== undefined && el('li', { id: 'limits-sheet' }, t('promise.limits.sheetTrustee', { holder: trustee })),
        el('li', {}, t('promise.limits.invent')),
        cards > 0 && el('li', { id: 'limits-cards' }, t('promise.limits.cards', { cards })),
      ),

      ...(weakenedBy.length > 0 ? [el('h2', {}, t('promise.weak.title')), el('div', { id: 'weakened' }, weakenings(weakenedBy, manifest))] : []),

      el('h2', {}, t('promise.dates.title')),
      el('div', { id: 'dates' }, dates(wave)),

      ...(manifest.contacts.length > 0 ? [el('h2', {}, t('promise.contacts.title')), contactList(manifest.contacts)] : []),

      el('p', { class: 'aside' }, button('verify', 'quiet', t('verify.title'), verify)),
    ],
  };
}

// The promise on one screen: who answers together, who reads the results, what is stored and what they are not for. The rest is one press away.
//
// Every sentence comes from the manifest and the group's leaf, so that the page cannot claim more than the round's configuration gives.
import { type Child, button, el } from '../dom.ts';
import type { Group } from '../group.ts';
import type { Texts } from '../instrument.ts';
import { isShared } from '../kiosk.ts';
import type { Manifest } from '../manifest.ts';
import { type Page, ownLanguage, say, t } from '../ui.ts';
import type { Wave } from '../wave.ts';
import { type Key, date, listed } from '../words.ts';
import { length } from './section.ts';

/** Where the promise leads. */
export interface PromiseWays {
  start(): void;
  /** To the whole promise. */
  more(): void;
  /** To the ways to check it. */
  verify(): void;
}

/** The name of the unit above a group: the last unit of its path, or the organisation. */
export function unitOf(group: Group, organisation: string): string {
  return group.unit.at(-1) ?? organisation;
}

/** Whom "my leader" means, in one line for the statements. */
export function leaderLine(group: Group): string {
  const [team, ...others] = group.teams;
  const known = team !== undefined && others.length === 0 && team.leaders.length > 0;
  return known ? t('section.leader', { leaders: listed(ownLanguage(), team.leaders) }) : t('section.ownLeader');
}

/** The organisers' own words, marked with the language they are in. */
export function quoted(own: Texts): HTMLElement {
  return el('q', {}, say(own));
}

/** When the round takes answers. */
export function until({ schedule }: Manifest): string {
  if (schedule.pace === 'manual') return t('promise.untilManual');
  return t(schedule.extended > 0 ? 'promise.untilExtended' : 'promise.until', { date: date(ownLanguage(), schedule.closesAt) });
}

/** One fact: what it is about, as a heading in the line, and what is promised. */
function fact(id: string, about: string, ...promised: (Child | Child[])[]): HTMLElement {
  const sentences = promised.flat().filter((one) => one !== undefined && one !== false);
  return el('section', { id, class: 'fact' }, el('h2', {}, about), el('p', {}, sentences.flatMap((one) => [' ', one])));
}

/** One of four sentences on the key: the operator's process alone has it, behind a passphrase, or behind one that somebody named has; or somebody outside has it. */
export function keyed({ passphrase, keyHolder, trustee }: Manifest, alone: Key, locked: Key, held: Key, outside: Key): string {
  if (trustee !== undefined) return t(outside, { holder: trustee });
  return keyHolder === undefined ? t(passphrase ? locked : alone) : t(held, { holder: keyHolder });
}

/** One of two sentences: whatever of the operator's process has the key, or somebody outside. */
export function byTrustee(manifest: Manifest, operators: Key, outside: Key): string {
  return keyed(manifest, operators, operators, operators, outside);
}

/** The way to an invented example of the page that a leader gets, beside this one so that nothing is left here. */
function example({ base, manifest }: Wave): HTMLElement {
  const language = manifest.languages.includes(ownLanguage()) ? ownLanguage() : manifest.languages[0];
  return el(
    'div',
    {},
    el('a', { id: 'example', class: 'button quiet', href: `${base}example/${language}`, target: '_blank', rel: 'noopener', 'aria-describedby': 'example-hint' }, t('promise.example')),
    el('p', { id: 'example-hint', class: 'hint' }, t('promise.exampleHint')),
  );
}

/** The promise page. `kept` says that a draft of this tab is there. */
export function promisePage(wave: Wave, group: Group, kept: boolean, ways: PromiseWays): Page {
  const { manifest, instrument } = wave;
  const { organisation, k } = manifest;
  const leaders = [...new Set(group.teams.flatMap((team) => team.leaders))];
  return {
    name: 'promise',
    title: t('promise.title'),
    body: [
      kept && el('p', { id: 'kept', class: 'inset' }, t('promise.kept')),
      el(
        'div',
        { id: 'promise', class: 'facts' },
        fact('group', t('promise.group.one', { n: group.invited, group: group.label }), t('promise.short.few', { unit: unitOf(group, organisation), k })),
        fact(
          'readers',
          t('promise.short.readers'),
          leaders.length > 0 ? t('promise.short.readersLed', { leaders: listed(ownLanguage(), leaders) }) : t('promise.short.readersUnled'),
          manifest.hrWaits > 0 && t('promise.short.readersHrLater', { hours: manifest.hrWaits }),
          manifest.hrFollows && t('promise.readers.participation'),
          t(manifest.teamReads ? 'promise.short.readersTeam' : 'promise.short.readersNoTeam'),
          manifest.comments && t('promise.short.readersComments'),
        ),
        fact('stored', t('promise.short.stored'), keyed(manifest, 'promise.short.storedSolo', 'promise.short.storedPassphrase', 'promise.short.storedHolder', 'promise.short.storedTrustee'), t(manifest.comments ? 'promise.short.storedAfterComments' : 'promise.short.storedAfter')),
        fact('not-stored', t('promise.short.notStored'), t('promise.short.notStoredBody'), manifest.weakenedBy.some((name) => !name.startsWith('disk')) && t('promise.short.weak'), byTrustee(manifest, 'promise.short.dishonest', 'promise.short.dishonestTrustee')),
        fact('not-for', t('promise.purpose.appraisal'), t('promise.short.notFor'), quoted(manifest.notFor)),
      ),
      el('p', { class: 'go' }, button('start', 'primary', t(kept ? 'promise.resume' : 'promise.start'), ways.start)),
      el('p', { class: 'hint' }, t('promise.length', length(instrument.items.length)), ' ', until(manifest)),
      el(
        'ul',
        { class: 'onward' },
        el('li', {}, button('more', 'quiet', t('promise.more'), ways.more)),
        el('li', {}, button('verify', 'quiet', t('verify.title'), ways.verify)),
        // Not where people come one after the other: the tab would stay open.
        !isShared() && el('li', {}, example(wave)),
      ),
    ],
  };
}

// What the closing mail's link says: where the round is, what comes next, what is recorded about the person, and where their group's result can be read.
import type { Standing } from '../box.ts';
import { now } from '../clock.ts';
import { type Child, el } from '../dom.ts';
import { isShared } from '../kiosk.ts';
import { ownLanguage, t } from '../ui.ts';
import type { Wave } from '../wave.ts';
import { date } from '../words.ts';

/** The title of the page, by where the round is. */
export function statusTitle({ stage }: Standing): string {
  return t(`status.title.${stage}`);
}

/** What comes next, with its date where dates move the round. */
function next({ manifest }: Wave, { stage, closedAt, publishedAt }: Standing): Child[] {
  const { trustee } = manifest;
  const { pace, grace, window, publishAt } = manifest.schedule;
  const at = (moment: number): string => date(ownLanguage(), moment);
  if (stage === 'published') return [el('p', {}, t(trustee === undefined ? 'status.published' : 'status.publishedTrustee', { date: at(publishedAt), holder: trustee ?? '' }))];
  const team = manifest.teamReads && t(isShared() ? 'status.nextElsewhere' : 'status.nextTeam');
  if (pace === 'manual') return [el('p', {}, t('promise.dates.manual'), ' ', team)];
  const earliest = closedAt + publishAt * 1000;
  return [
    stage === 'closed' && el('p', {}, t('status.window', { date: at(closedAt + (grace + window) * 1000) })),
    el('p', {}, now() < earliest && t('status.next', { date: at(earliest) }), ' ', team),
  ];
}

/** The way to the group's result, or that there is none for the groups. */
function result({ base, manifest }: Wave, { stage, result }: Standing): Child[] {
  if (stage !== 'published') return [];
  if (result === undefined) return [!manifest.teamReads && el('p', { id: 'no-team-result' }, t('promise.readers.noTeam'))];
  // That page cannot clear itself, and its code would stay in the address for the next person.
  if (isShared()) return [el('p', { id: 'team-elsewhere' }, t('status.elsewhere'))];
  return [el('p', { class: 'go' }, el('a', { id: 'team-result', class: 'button primary', href: `${base}${result}` }, t('status.result')))];
}

/** Everything above the search for a receipt. */
export function statusPart(wave: Wave, standing: Standing): Child[] {
  const { answered } = standing;
  return [
    ...next(wave, standing),
    ...result(wave, standing),
    el('h2', {}, t('status.title')),
    el('p', { id: 'status', class: 'lead' }, el('strong', {}, t(answered ? 'status.answered' : 'status.notAnswered'))),
    el('p', {}, t(answered ? 'status.answeredBody' : 'status.notAnsweredBody')),
    el('p', {}, t('status.wrong'), ' ', t('common.tellWhom')),
    el('h2', {}, t('check.title')),
  ];
}

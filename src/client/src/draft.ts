// The draft: answers and comments that are not sent yet, in this tab only (sessionStorage), gone with Send, with the tab and with another link.
//
// The code stands beside it, because the address no longer holds the link: without it a reload would lose the way back.
import { type Answer, BLANK, CANNOT_SAY, type Level } from './ballot.ts';
import { readCode, writeCode } from './code.ts';
import { Value } from './json.ts';
import type { Link } from './link.ts';

export interface Draft {
  readonly answers: readonly Answer[];
  /** One per open question, empty where nothing was written. */
  readonly comments: readonly string[];
  readonly level: Level;
  /** The page of statements that was open; -1 before the first. */
  readonly section: number;
}

const LINK = 'candor-link';
const DRAFT = 'candor-draft-';

/** Whether the tab may keep anything: not on a device that other people use, too. */
let keeps = true;

/** From now on links and drafts outlive a reload of this tab, or not. What is kept already stays until it is forgotten. */
export function keepInTab(value: boolean): void {
  keeps = value;
}

function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}

function eachDraft(work: (name: string) => void): void {
  for (const name of Object.keys(sessionStorage)) if (name.startsWith(DRAFT)) work(name);
}

/** Keeps the link of a round for a reload of this tab, and drops the draft of any other link. `id` names the link without telling it. */
export function keepLink(wave: string, link: Link, id: string): void {
  if (!keeps) return;
  attempt(() => {
    eachDraft((name) => {
      if (name !== DRAFT + id) sessionStorage.removeItem(name);
    });
    sessionStorage.setItem(LINK, JSON.stringify([wave, link.purpose, link.manifest ?? '', writeCode(link.secret)]));
  });
}

/** The link with which this tab opened this round, after a reload. */
export function keptLink(wave: string): Link | undefined {
  return attempt(() => {
    const text = sessionStorage.getItem(LINK);
    if (text === null) return undefined;
    const [of, purpose, manifest, code] = Value.parse(text, 'link').list().map((value) => value.text());
    const secret = readCode(code ?? '');
    if (of !== wave || typeof secret === 'string') return undefined;
    return { purpose: purpose === 'status' ? 'status' : 'answer', manifest: manifest || undefined, secret };
  });
}

/** Whether this tab keeps anything over a reload. */
export function tabKeeps(): boolean {
  const probe = 'candor-probe';
  return attempt(() => {
    sessionStorage.setItem(probe, '1');
    const kept = sessionStorage.getItem(probe) === '1';
    sessionStorage.removeItem(probe);
    return kept;
  }) ?? false;
}

/** Forgets the answers, as soon as they are sealed. */
export function forgetDraft(): void {
  attempt(() => eachDraft((name) => sessionStorage.removeItem(name)));
}

/** Forgets link and answers: with the receipt, when the link is used, or on request. */
export function forget(): void {
  forgetDraft();
  attempt(() => sessionStorage.removeItem(LINK));
}

export function saveDraft(id: string, draft: Draft): void {
  if (!keeps) return;
  attempt(() => sessionStorage.setItem(DRAFT + id, JSON.stringify(draft)));
}

/** The draft of this link; `undefined` when there is none or it does not fit the questionnaire. */
export function loadDraft(id: string, points: readonly number[], questions: number): Draft | undefined {
  return attempt(() => {
    const text = sessionStorage.getItem(DRAFT + id);
    if (text === null) return undefined;
    const json = Value.parse(text, 'draft');
    const answers = json.field('answers').list().map((answer) => answer.whole(BLANK));
    const comments = json.field('comments').list().map((comment) => comment.text());
    const level = json.field('level').whole();
    const fits = answers.length === points.length && answers.every((answer, i) => answer <= (points[i] ?? 0) || answer === CANNOT_SAY);
    if (!fits || comments.length !== questions || (level !== 0 && level !== 1 && level !== 2)) return undefined;
    return { answers, comments, level, section: json.field('section').whole(-1) };
  });
}

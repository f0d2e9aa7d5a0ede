// The way through the survey: promise, statements, open questions, overview, Send. The browser's own back button walks the same way.
import { Answers } from './answers.ts';
import { writeBallot } from './ballot.ts';
import type { Bytes } from './bytes.ts';
import { type Child, button, el } from './dom.ts';
import { forget, tabKeeps } from './draft.ts';
import type { Group } from './group.ts';
import { addressOf, clear, guard, isShared } from './kiosk.ts';
import { commentsPage } from './pages/comments.ts';
import { morePage } from './pages/more.ts';
import { left, moment } from './pages/notices.ts';
import { leaderLine, promisePage } from './pages/promise.ts';
import { reviewPage } from './pages/review.ts';
import { sectionPage } from './pages/section.ts';
import { verifyPage } from './pages/verify.ts';
import { patience, withNotice } from './pages/waiting.ts';
import { getReady, persist } from './sending.ts';
import { fetchAllWords, hasAllWords } from './speech.ts';
import { type Page, show, shownLanguage, t, update } from './ui.ts';
import type { Wave } from './wave.ts';

/** Pages to read beside the way. */
type Reading = 'more' | 'verify';

/** A place on the way: the promise, a page of statements or of open questions from 0, or the overview; or beside it. */
type Step = 'promise' | 'review' | number | Reading;

/** The step that a history entry stands for; anything unknown is the promise. */
function stepOf(state: unknown): Step {
  const step: unknown = typeof state === 'object' && state !== null && 'step' in state ? state.step : undefined;
  return step === 'review' || step === 'more' || step === 'verify' || typeof step === 'number' ? step : 'promise';
}

function isReading(step: Step): step is Reading {
  return step === 'more' || step === 'verify';
}

/** A survey that is being answered. */
export interface Survey {
  /** Ends it without a word: another page takes over and the back button no longer leads to the statements. */
  end(): void;
  /** Whether it has ended, by whatever way. */
  readonly over: boolean;
  /** Whether anything was entered. */
  readonly begun: boolean;
}

/** Whether what is entered outlives a reload. */
const draftsKept = (): boolean => !isShared() && tabKeeps();

/** Says on a page, before anything else, what this browser does not keep. */
function withStorage(page: Page, durable: boolean): Page {
  const drafts = draftsKept();
  if (drafts && durable) return page;
  const note: Child = el('div', { id: 'storage', class: 'inset' }, !drafts && el('p', {}, t('storage.entries')), !durable && el('p', {}, t('storage.sending')));
  return { ...page, body: [note, ...page.body] };
}

/**
 * Lets a person answer; `send` gets the ballot once, when Send is pressed with at least one answer. `id` names the draft, `durable` tells whether a
 * Send outlives the page. `broken` hears what ends the survey because the page is not what was announced.
 */
export function survey(wave: Wave, group: Group, id: string, durable: boolean, send: (ballot: Bytes) => void, broken: (error: unknown) => void): Survey {
  const answers = new Answers(wave.instrument, id);
  let over = false;
  let empty = false;
  /** The statement or open question that the person came to change from the overview. */
  let changing: number | undefined;

  const onpopstate = (): void => showStep(stepOf(history.state));
  const unguard = guard(() => answers.begun && !draftsKept());
  const end = (): void => {
    over = true;
    removeEventListener('popstate', onpopstate);
    unguard();
  };
  const go = (step: Step): void => {
    history.pushState({ step }, '', addressOf(wave.base));
    showStep(step);
  };
  const leave = (): void => {
    end();
    if (isShared()) return clear();
    forget();
    show(left);
  };
  const press = (): void => {
    empty = answers.answered === 0;
    if (empty) return showStep('review');
    if (over) return;
    end();
    send(writeBallot(answers.level, answers.all(), answers.points(), answers.comments()));
  };

  const showPromise = (): void => {
    const start = (): void => go(Math.max(0, answers.section));
    show(() => withStorage(promisePage(wave, group, answers.begun, { start, more, verify }), durable));
  };
  // What is read beside the way has an entry of its own, and leads back to wherever the person came from.
  const more = (): void => go('more');
  const verify = (): void => go('verify');
  /** Counts what was shown, so that nothing that arrives late takes the place of another step. */
  let steps = 0;
  const showReading = (page: Reading): void => {
    let gone = false;
    // Once: a double click must not lead out of the survey.
    const back = (): void => {
      if (!gone) history.back();
      gone = true;
    };
    const make = (): Page => (page === 'more' ? morePage(wave, group, back, verify) : verifyPage(wave, group, back));
    // What weakens a promise is not said in every round, and so it stands with the words of pages that few people open.
    if (page === 'more' && wave.manifest.weakenedBy.length === 0) return show(make);
    showOnceSaid(make, back).catch((error: unknown) => {
      if (over) return;
      end();
      broken(error);
    });
  };
  /** Shows a page once all that it says is here; until then the way back is. */
  const showOnceSaid = async (make: () => Page, back: () => void): Promise<void> => {
    const mine = steps;
    const awaited = (): boolean => !over && steps === mine;
    const waiting = (): Page => ({ ...moment(), above: button('back', 'quiet', `‹ ${t('common.back')}`, back) });
    const waits = patience((shown, again) => awaited() && (again ? update : show)(() => withNotice(waiting(), shown)));
    if (!hasAllWords(shownLanguage())) show(waiting);
    await persist(async () => awaited() && fetchAllWords(shownLanguage()), waits);
    if (awaited()) show(make);
  };
  let ready = false;
  const whenIdle = (work: () => void): unknown => (globalThis.requestIdleCallback === undefined ? setTimeout(work) : requestIdleCallback(work));
  const showReview = (): void => {
    if (!ready) whenIdle(() => void getReady(wave, group.id).catch(() => undefined));
    ready = true;
    changing = undefined;
    const warned = empty;
    empty = false;
    const change = (index: number): void => {
      changing = index;
      go(answers.sectionOf(index));
    };
    const back = (): void => go(answers.pages - 1);
    show(() => withStorage(reviewPage(wave, group, answers, { back, change, send: press, leave, more, empty: warned }), durable));
  };
  const showSection = (n: number): void => {
    answers.section = n;
    const focus = changing;
    const next = (): void => go(n + 1);
    const review = (): void => go('review');
    const back = (): void => (focus !== undefined ? review() : go(n === 0 ? 'promise' : n - 1));
    const ways = { back, next, review, leave, changing: focus !== undefined, focus };
    const { comments } = wave.manifest;
    if (n >= answers.sections.length && comments) show(() => commentsPage(answers, comments, wave.manifest.contacts, ways));
    else show(() => sectionPage(answers, n, { ...ways, leader: leaderLine(group) }));
  };
  const showStep = (step: Step): void => {
    steps += 1;
    if (step === 'promise') showPromise();
    else if (step === 'review') showReview();
    else if (isReading(step)) showReading(step);
    else showSection(Math.min(Math.max(0, step), answers.pages - 1));
  };

  addEventListener('popstate', onpopstate);
  const entry = stepOf(history.state);
  const resumed: Step = isReading(entry) ? entry : !answers.kept || answers.section < 0 ? 'promise' : history.state === null ? answers.section : entry;
  history.replaceState({ step: resumed }, '', addressOf(wave.base));
  showStep(resumed);
  return {
    end,
    get over() {
      return over;
    },
    get begun() {
      return answers.begun;
    },
  };
}

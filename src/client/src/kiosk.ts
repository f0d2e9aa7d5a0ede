// A device that people use one after the other: a tablet in a canteen, a computer in a workshop. The tab keeps nothing of a visit, and clears itself
// when the person says so or is gone.
//
// Clearing starts the page anew. Whatever the old one still waited for ends with it, and can show nothing to the next person.
import { REQUEST, timeout } from './box.ts';
import { button, el } from './dom.ts';
import { forget, keepInTab } from './draft.ts';
import { type Page, pageShown, setStrip, showLast, t, wipe } from './ui.ts';

/** What stands in the address of a shared device; an attendant bookmarks it. */
const MARK = '#shared';
const FLAG = 'candor-shared';
/** For how many milliseconds nobody touches the page before it asks, and how long it then waits. */
const IDLE = 90_000;
const IDLE_WITH_RECEIPT = 30_000;
const WARNING = 30_000;
/** After how many milliseconds a page that could not start anew tries again. */
const RETRY = 5000;
/** When the seconds that are left are said aloud, too. */
const SAID: readonly number[] = [20, 10];
/** Pages on which something can be lost. */
const ENTERED: readonly string[] = ['promise', 'more', 'verify', 'section', 'comments', 'review'];

let on = false;
let base = '/';
let cleared = false;
/** Whether anybody has touched the page. Nothing happens to one that waits for the next person. */
let touched = false;
/** When the page was touched last, or became another one. */
let since = Date.now();
let seen = '';
let question: { readonly dialog: HTMLDialogElement; readonly tell: (seconds: number) => void } | undefined;

/** Whether this tab stands on a shared device. */
export function isShared(): boolean {
  return on;
}

/** The address of a page of this tab: on a shared device it says so, and a reload knows it. */
export function addressOf(path: string): string {
  return on ? path + MARK : path;
}

function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}

function setShared(value: boolean): void {
  on = value;
  attempt(() => (value ? sessionStorage.setItem(FLAG, '1') : sessionStorage.removeItem(FLAG)));
  if (value) forget();
  keepInTab(!value);
}

/** Makes the tab that of a shared device, or no longer, and lets its address say so. */
export function switchShared(value: boolean): void {
  setShared(value);
  history.replaceState(history.state, '', addressOf(base));
}

/** Looks whether the tab is that of a shared device, and from now on at what happens in it. `path` is the address of the round. */
export function watchShared(path: string): void {
  base = path;
  const marked = (): boolean => location.hash === MARK || location.pathname.endsWith(`%23${MARK.slice(1)}`);
  if (marked() || attempt(() => sessionStorage.getItem(FLAG)) === '1') setShared(true);
  setStrip((page) => {
    if (page !== seen) since = Date.now();
    seen = page;
    return strip(page);
  });
  addEventListener('hashchange', (event) => {
    // A link that is opened now waits in the address for the page that comes.
    if (cleared) event.stopImmediatePropagation();
    if (cleared || on || !marked()) return;
    setShared(true);
    if (!isSending()) clear();
  });
  for (const event of ['pointerdown', 'keydown', 'wheel', 'touchmove', 'input', 'click']) addEventListener(event, touch, { capture: true, passive: true });
  setInterval(look, 1000);
  document.addEventListener('visibilitychange', look);
  // A browser may keep the whole page for its back button, as it stood.
  addEventListener('pagehide', () => {
    if (on && !isSending()) wipe();
  });
  addEventListener('pageshow', ({ persisted }) => {
    if (on && persisted && !isSending()) clear();
  });
}

function isSending(): boolean {
  return pageShown() === 'sending';
}

function touch(): void {
  touched = true;
  // Somebody may lean on the glass: the question is answered by its buttons alone.
  if (question === undefined) since = Date.now();
}

function look(): void {
  if (!on || cleared) return;
  const now = Date.now();
  const page = pageShown();
  // A clock that was set back would otherwise hold the page up for as long.
  if (now < since || page === 'sending' || (page === 'code' && !touched)) since = now;
  const asks = since + (page === 'receipt' ? IDLE_WITH_RECEIPT : IDLE);
  // A device that has slept over both does not ask any more: who comes back to it may be somebody else.
  if (now >= asks + WARNING) clear();
  else if (now >= asks) ask(Math.ceil((asks + WARNING - now) / 1000));
  else endQuestion();
}

/** Asks at once, as if nobody had touched the page for long. */
function askNow(): void {
  since = Date.now() - (pageShown() === 'receipt' ? IDLE_WITH_RECEIPT : IDLE);
  look();
}

function endQuestion(): void {
  question?.dialog.remove();
  question = undefined;
}

/** Lets the person stay, as often as they like, or clear the page. */
function ask(seconds: number): void {
  if (question === undefined) {
    const left = el('p', { id: 'still-left', class: 'lead' });
    const said = el('p', { class: 'unseen', role: 'status' });
    const stay = (): void => {
      since = Date.now();
      endQuestion();
    };
    const dialog = el(
      'dialog',
      { id: 'still', role: 'alertdialog', 'aria-labelledby': 'still-title', 'aria-describedby': 'still-left still-lost' },
      el('h2', { id: 'still-title' }, t('shared.ask')),
      left,
      el('p', { id: 'still-lost' }, ENTERED.includes(pageShown()) && t('shared.lost')),
      el('p', { class: 'ways' }, button('stay', 'primary', t('shared.stay'), () => dialog.close()), button('clear', 'secondary', t('shared.clear'), clear)),
      said,
    );
    dialog.addEventListener('close', stay);
    const tell = (n: number): void => {
      left.textContent = t('shared.left', { seconds: n });
      if (SAID.includes(n)) said.textContent = left.textContent;
    };
    question = { dialog, tell };
    tell(seconds);
    document.body.append(dialog);
    return dialog.showModal();
  }
  question.tell(seconds);
}

/** What stands on every page that somebody may leave behind. */
function strip(page: string): HTMLElement | undefined {
  if (!on || page === 'code' || page === 'sending') return undefined;
  return el('aside', { class: 'shared', 'aria-label': t('shared.device') }, el('p', {}, t('shared.device')), button('clear-page', 'quiet', t('shared.clear'), askNow));
}

/** Lets the browser ask before a reload, or a way out of the page, loses what was entered; not when the page clears itself. Gives how to end that. */
export function guard(entered: () => boolean): () => void {
  const ask = (event: BeforeUnloadEvent): void => {
    if (!cleared && entered()) event.preventDefault();
  };
  addEventListener('beforeunload', ask);
  return () => removeEventListener('beforeunload', ask);
}

/** Clears everything of this visit and shows the first page to the next person. */
export function clear(): void {
  if (cleared) return;
  cleared = true;
  endQuestion();
  forget();
  history.replaceState(null, '', addressOf(base));
  const page = (offline: boolean): Page => ({
    name: 'cleared',
    title: t('shared.cleared'),
    body: [el('p', { role: 'status' }, t(offline ? 'shared.offline' : 'shared.anew'))],
  });
  showLast(() => page(false));
  void startAnew(() => showLast(() => page(true)));
}

/** Loads the page anew as soon as there is a server: without one the browser would show a page of its own, and stay there. */
async function startAnew(offline: () => void): Promise<void> {
  for (let tries = 0; ; tries++) {
    const there = await fetch(base, { ...REQUEST, method: 'HEAD', signal: timeout() }).then(({ status }) => status < 500, () => false);
    if (there) return location.reload();
    // Said once: whoever has it read aloud is not told again every few seconds.
    if (tries === 0) offline();
    await new Promise<void>((resolve) => {
      setTimeout(resolve, RETRY);
      addEventListener('online', () => resolve(), { once: true });
    });
  }
}

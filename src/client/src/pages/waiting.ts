// Waiting for the server: shown while a request is repeated, with a countdown and a button.
import type { NoAnswer } from '../box.ts';
import { button, el } from '../dom.ts';
import { type Patience, backoff } from '../sending.ts';
import { type Page, t } from '../ui.ts';
import { onWaking } from '../waking.ts';

/** The part of a page that says why and how long it waits. */
export interface Notice {
  readonly body: () => HTMLElement;
}

/** Waits with backoff; `shown` puts the notice on the page, where it stays until the request has an answer: `again` from the second time on. */
export function patience(shown: (notice: Notice, again: boolean) => void): Patience {
  return (reason: NoAnswer, tries: number) =>
    new Promise((resolve) => {
      // A moment, not a count: timers stand still while a laptop sleeps.
      const started = Date.now();
      const due = started + 1000 * Math.ceil(backoff(tries, reason.wait, Math.random()));
      const left = (): number => Math.ceil((due - Date.now()) / 1000);
      const look = (): void => {
        // A clock that was set back would otherwise hold the page up for as long.
        if (left() <= 0 || Date.now() < started) go();
        else if (seconds) seconds.textContent = t('waiting.next', { seconds: left() });
      };
      const clock = setInterval(look, 1000);
      let seconds: HTMLElement | undefined;
      const go = (): void => {
        clearInterval(clock);
        awake();
        removeEventListener('online', go);
        // Its line stays, so that nothing below it moves.
        if (seconds) seconds.textContent = '\u00a0';
        resolve();
      };
      addEventListener('online', go);
      // The connection of a tab that is seen again is worth a try at once; a busy server has said itself how long to wait.
      const awake = onWaking(reason.busy ? look : go);
      const kind = reason.busy ? 'busy' : 'offline';
      shown({
        body: () => {
          const words = t(`waiting.${kind}.body`);
          seconds = el('p', { class: 'hint', 'aria-hidden': 'true' }, t('waiting.next', { seconds: left() }));
          return el(
            'div',
            { id: 'waiting', class: 'inset', role: 'status' },
            el('h2', {}, t(`waiting.${kind}.title`)),
            words !== '' && el('p', {}, words),
            seconds,
            button('try-now', 'secondary', t('waiting.now'), go),
          );
        },
      }, tries > 1);
    });
}

/** A page that can carry a waiting notice below its own words. */
export function withNotice(page: Page, notice: Notice | undefined): Page {
  return { ...page, body: [...page.body, notice?.body()] };
}

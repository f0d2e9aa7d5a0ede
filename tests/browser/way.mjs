// One way of a person through the survey page, and what befalls them on it: lost connections, clocks that stand still, a browser that keeps nothing.
import { readFile } from 'node:fs/promises';
import { PHONE, begin, shows } from './browser.mjs';

const WORDS = new URL('../../src/client/words/', import.meta.url);
export const DAY = 86_400_000;
/** The kinds of request to the box. */
export const LEAF = 1;
export const ISSUE = 2;
export const REDEEM = 3;

/** One way through the page on one round. `at` shows a state to whoever looks. */
export class Way {
  contexts = [];

  constructor(browser, locale, round, at) {
    Object.assign(this, { browser, locale, round, at });
  }

  /** A page of a fresh device. */
  async tab(options = {}) {
    // No finger and no zoom of a phone: the look sets the width itself.
    const context = await this.browser.newContext({ viewport: PHONE.viewport, timezoneId: PHONE.timezoneId, locale: this.locale, ...options });
    this.contexts.push(context);
    return context.newPage();
  }

  /** Opens the link of a person and goes to the overview with the first statement answered. */
  async toReview(page, person) {
    await begin(page, this.round.link(person));
    await page.locator('#statement-1-6').check();
    await page.locator('#early').click();
    await shows(page, 'review');
  }

  /** Answers with the code of a receipt, for the pages behind it. */
  async sent(page, person) {
    await this.toReview(page, person);
    await page.locator('#send').click();
    await shows(page, 'receipt');
    return page.locator('#receipt-code').innerText();
  }

  async end() {
    for (const context of this.contexts) await context.close();
    await this.round.stop();
  }
}

/**
 * Requests of one kind to the box get no answer until `go` is called; refused, they fail at once. `held` is there with the first of them: only then has a
 * page that waits for it said all that it says meanwhile.
 */
export async function hold(page, kind, refused = false) {
  let go = () => undefined;
  let reached = () => undefined;
  const free = new Promise((resolve) => (go = resolve));
  const held = new Promise((resolve) => (reached = resolve));
  await page.route('**/box', async (route) => {
    if (route.request().postDataBuffer()?.[1] !== kind) return route.fallback();
    if (refused) return route.abort('connectionreset');
    reached();
    await free;
    return route.continue().catch(() => undefined);
  });
  return { held, go };
}

/** The box answers one kind of request with this outcome. */
export async function outcome(page, kind, number) {
  await page.route('**/box', async (route) => {
    if (route.request().postDataBuffer()?.[1] !== kind) return route.fallback();
    const response = await route.fetch();
    const body = await response.body();
    body[1] = number;
    return route.fulfill({ response, body });
  });
}

/** What the page can say, in the language that it speaks. */
export const words = async (page) => JSON.parse(await readFile(new URL(`${await page.locator('html').getAttribute('lang')}.json`, WORDS), 'utf8'));

/** Clocks of the page stand still, so that what waits goes on waiting while it is looked at. */
export const still = (page) =>
  page.addInitScript(() => {
    globalThis.setInterval = () => 0;
    // Nor is a request given up that somebody looks at for longer.
    const soon = globalThis.setTimeout;
    globalThis.setTimeout = (work, wait, ...given) => (wait >= 10_000 ? 0 : soon(work, wait, ...given));
  });

/** A browser that keeps nothing. */
export const forgetful = (page) =>
  page.addInitScript(() => {
    for (const name of ['indexedDB', 'sessionStorage', 'localStorage']) {
      Object.defineProperty(globalThis, name, {
        get() {
          throw new DOMException('storage is off', 'SecurityError');
        },
      });
    }
  });

/** Types into the check page and presses the button. */
export async function check(page, { code = '', file }) {
  await page.locator('#short-code').fill(code);
  if (file) await page.locator('#receipt-file').setInputFiles({ name: 'receipt.json', mimeType: 'application/json', buffer: Buffer.from(file) });
  // What was found before stays on the page until something new is.
  await page.evaluate(() => document.getElementById('main')?.setAttribute('data-earlier', ''));
  await page.locator('#check').click();
  await page.locator('main:not([data-earlier])').locator('#check-result, #error-summary').first().waitFor();
}

// Starts Chromium for the tests and walks through the survey page by its roles, labels and stable ids.
import { createServer } from 'node:net';
import { chromium } from 'playwright-core';

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // A name without https that is not loopback, for the page that explains secure connections.
  '--host-resolver-rules=MAP insecure.test 127.0.0.1',
];

/** Starts the browser, with further flags of its own. */
export function launch(...flags) {
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: [...FLAGS, ...flags] });
}

/** A browser that Lighthouse can reach, too. */
export async function reachable() {
  const port = await new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
  return { port, browser: await launch(`--remote-debugging-port=${port}`) };
}

export const PHONE = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true, locale: 'en-GB', timezoneId: 'Europe/Berlin' };
export const DESK = { viewport: { width: 1280, height: 900 }, locale: 'en-GB', timezoneId: 'Europe/Berlin' };

/** Chooses another language and waits for its words: they are fetched first, and until then the page stays as it is. */
export async function speak(page, language) {
  await page.locator(`#language-${language}`).click();
  await page.locator(`html[lang=${language}]`).waitFor({ state: 'attached' });
}

/** Waits until the page shows one of these, by the name on `<main data-page>`. */
export async function shows(page, ...names) {
  await page.locator(names.map((name) => `main[data-page="${name}"]`).join(', ')).waitFor({ timeout: 10_000 });
  return page.locator('main').getAttribute('data-page');
}

/** A page whose program did not start speaks up some seconds later, by its style alone; this lets the seconds pass at once. */
export async function speakUp(page) {
  await page.waitForFunction(() => document.querySelector('.late')?.getAnimations().length === 1);
  await page.locator('.late').evaluate((element) => element.getAnimations()[0].finish());
}

/** Opens a link and starts. */
export async function begin(page, link) {
  await page.goto(link);
  await shows(page, 'promise');
  await page.locator('#start').click();
  await shows(page, 'section');
}

/** Answers statements, given as `{ 1: 6, 3: 0 }` (0 is the last choice), walking through all sections to the overview. */
export async function answer(page, answers) {
  for (;;) {
    for (const [statement, choice] of Object.entries(answers)) {
      const radio = page.locator(`#statement-${statement}-${choice}`);
      if (await radio.count()) await radio.check();
    }
    await page.locator('#next').click();
    if ((await shows(page, 'section', 'comments', 'review')) === 'review') return;
  }
}

/** Presses Send and gives the short code of the receipt. */
export async function send(page) {
  await page.locator('#send').click();
  await shows(page, 'receipt');
  return page.locator('#receipt-code').innerText();
}

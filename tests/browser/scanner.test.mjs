// Mail scanners open every link in a real browser, run its scripts and press what can be pressed. That must never use a link up:
// only somebody who answers a statement can. Against the real program, whose databases must not change by one byte; but for the
// address that ends reminders, where a press is what a mail program's own button sends.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { DESK, PHONE, begin, launch, send, shows } from './browser.mjs';
import { startDemo } from './demo.mjs';

/** Everything that can be pressed or ticked without answering a statement. */
const PRESSABLE = 'button, a[href], summary, label, select, [role=button], [onclick], input:not([type=text]):not([type=file])';
/** The kinds of request of docs/protocol.md that record nothing: the group behind a link, and the status of a closing mail's. */
const LOOKS = [1, 4];

let browser;
let demo;
let links;
/** The address of each mail that ends reminders about the round. */
let quiet;
/** Pages and things that were pressed by any visit, and the kinds of request that reached the box. */
const pressed = new Set();
const kinds = [];

before(async () => {
  [browser, demo] = await Promise.all([launch(), startDemo()]);
  const page = await browser.newPage();
  await page.goto(`${demo.console}/mails`);
  const mails = await page.getByRole('link', { name: /anonymous survey/ }).evaluateAll((all) => all.slice(0, 4).map((mail) => mail.href));
  [links, quiet] = [[], []];
  for (const mail of mails) {
    await page.goto(mail);
    links.push(await page.getByRole('link', { name: 'Follow the personal link' }).getAttribute('href'));
    quiet.push(/http\S+\/quiet\/\S+/.exec(await page.getByRole('region', { name: 'The mail as text' }).innerText())[0]);
  }
  await page.context().close();
});
after(async () => {
  await browser?.close();
  await demo?.stop();
});

/** A number that stands for everything in the databases, both or those that are named, their logs included. */
async function databases(...stores) {
  const hash = createHash('sha256');
  for (const name of (stores.length > 0 ? stores : ['identity', 'responses']).flatMap((store) => [`${store}.db`, `${store}.db-wal`])) {
    hash.update(await readFile(path.join(demo.folder, name)).catch(() => 'none'));
  }
  return hash.digest('hex');
}

/** A scanner's device: everything is accepted, every request is noted. */
async function device(options) {
  const context = await browser.newContext({ ...options, acceptDownloads: true });
  context.setDefaultTimeout(5_000);
  context.on('request', (request) => {
    if (request.url().endsWith('/box')) kinds.push(request.postDataBuffer()?.[1]);
  });
  context.on('page', (page) => {
    page.on('dialog', (dialog) => void dialog.accept().catch(() => undefined));
    void leafThrough(page).catch(() => undefined);
  });
  return context;
}

/** A tab that a press opened is loaded, and closed so that hundreds of them do not stay. */
async function leafThrough(page) {
  if ((await page.opener()) === null) return;
  await page.waitForLoadState();
  await page.close();
}

/** How many presses one visit makes. */
const PRESSES = 120;

/** Presses things as a script does: first what was never pressed on a page of this name, then anything. Ends early when the link was left. */
async function press(page, seed) {
  let made = 0;
  await page.exposeFunction('pressedThat', (key) => {
    made += 1;
    pressed.add(key);
  });
  // What is pressed may lead to a new document, as clearing a shared device does; the script of that one goes on.
  for (let documents = 0, ended = false; !ended && made < PRESSES && documents < PRESSES; documents++) {
    await page.locator('main[data-page]:not([data-page="loading"])').waitFor({ timeout: 30_000 });
    ended = await pressOn(page, seed + made, PRESSES - made).catch((error) => {
      if (/context was destroyed/.test(error.message)) return false;
      throw error;
    });
  }
}

/** Presses in one document; says whether the link was left. */
function pressOn(page, seed, most) {
  return page.evaluate(
    async ({ kinds, before, seed, most }) => {
      const known = new Set(before);
      let state = seed;
      const chance = () => (state = (state * 1103515245 + 12345) % 2147483648) / 2147483648;
      for (let presses = 0; presses < most; presses++) {
        const name = document.querySelector('main')?.dataset.page;
        const things = [...document.querySelectorAll(kinds)].filter((thing) => thing.checkVisibility() && thing.closest('fieldset.statement') === null);
        const keys = things.map((thing) => `${name} ${thing.id || thing.tagName.toLowerCase()}`);
        const fresh = keys.findIndex((key) => !known.has(key));
        const choice = fresh >= 0 ? fresh : Math.floor(chance() * things.length);
        known.add(keys[choice]);
        // Said before the press, because the document may end with it.
        void window.pressedThat(keys[choice]);
        things[choice].click();
        await new Promise((resolve) => setTimeout(resolve, 5));
        if (name === 'left') return true;
      }
      return false;
    },
    { kinds: PRESSABLE, before: [...pressed], seed, most },
  );
}

async function signIn(page) {
  await page.goto(`${demo.console}/sign-in`);
  await page.getByLabel('Name').fill('hr');
  await page.getByLabel('Password').fill(demo.passwords.hr);
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/organisation\//);
}

/** Goes straight to Send with a pointer and presses it again and again. */
async function point(page) {
  await shows(page, 'promise');
  await page.locator('#start').click();
  await page.locator('#early').click();
  for (let again = 0; again < 3; again++) {
    await page.locator('#level-2').check();
    await page.locator('#send').click();
    await shows(page, 'review');
  }
}

test('whatever a scanner presses without answering, nothing is recorded and nothing is asked for but the group', async () => {
  const before = await databases();
  for (const [visit, options] of [DESK, PHONE, DESK, PHONE].entries()) {
    const context = await device(options);
    const visitOnce = async (how) => {
      const page = await context.newPage();
      await page.goto(links[visit % 2]);
      await how(page);
      await page.close();
    };
    for (let time = 0; time < 3; time++) await visitOnce((page) => press(page, 10 * visit + time));
    // Two tabs of one browser share its storage.
    await Promise.all([visitOnce(point), visitOnce((page) => press(page, 10 * visit + 9))]);
    await context.close();
  }
  for (const wanted of ['promise start', 'promise more', 'promise verify', 'verify check-groups', 'section next', 'section early', 'review send', 'review change-1', 'review level-2', 'review leave']) {
    assert.ok(pressed.has(wanted), `${wanted} was never pressed: ${[...pressed].join(', ')}`);
  }
  assert.ok(kinds.length >= 4, 'the scripts ran and asked for the group');
  assert.deepEqual(kinds.filter((kind) => !LOOKS.includes(kind)), []);
  assert.equal(await databases(), before);
});

test('a scanner that presses the button that ends reminders records that and nothing else', async () => {
  const [people, ballots] = [await databases('identity'), await databases('responses')];
  const context = await device(DESK);
  const page = await context.newPage();
  const heading = (name) => page.getByRole('heading', { level: 1, name });
  await page.goto(quiet[0]);
  await heading('No more reminders about this round?').waitFor();
  assert.deepEqual([await databases('identity'), await databases('responses')], [people, ballots], 'opening the address records nothing');
  // One form in each language; the reader's own stands open, and scanners press hidden ones, too.
  const buttons = await page.locator('form button').count();
  assert.equal(buttons, 4);
  for (let button = 0; button < buttons; button++) {
    await page.goto(quiet[0]);
    await page.locator('form button').nth(button).evaluate((hidden) => hidden.click());
    await heading('You will not be reminded').waitFor();
    assert.equal(await page.locator(PRESSABLE).and(page.locator(':not(summary)')).count(), 0, 'nothing else can be pressed');
  }
  assert.notEqual(await databases('identity'), people, 'the wish is recorded');
  assert.equal(await databases('responses'), ballots, 'and nothing of an answer');
  await context.close();
});

test('the scanned links still take an answer each, also the one without reminders, and that does change the databases', async () => {
  const before = await databases();
  for (const link of links.slice(0, 2)) {
    const context = await device(DESK);
    const page = await context.newPage();
    await begin(page, link);
    await page.locator('#statement-1-4').check();
    await page.locator('#early').click();
    await shows(page, 'review');
    assert.match(await send(page), /^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$/);
    await context.close();
  }
  assert.deepEqual([2, 3].map((kind) => kinds.filter((other) => other === kind).length), [2, 2], 'one credential and one ballot each');
  assert.notEqual(await databases(), before, 'the comparison sees an answer');
});

test('the public list of the ended round counts exactly those two more', async () => {
  const page = await (await device(DESK)).newPage();
  await signIn(page);
  await page.goto(`${demo.console}/rounds/${demo.round}`);
  await page.locator('#confirm-close').check();
  await page.locator(`form[action="/rounds/${demo.round}/close"] button`).click();
  await page.getByRole('status').filter({ hasText: 'The box is shut' }).waitFor();
  const { issued, spent } = await (await page.request.get(new URL('board', links[0]).href)).json();
  assert.deepEqual({ issued, spent }, { issued: demo.answered + 2, spent: demo.answered + 2 });
  await page.context().close();
});

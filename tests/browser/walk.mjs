// A walk that reaches every state of the survey page once, by name, on the stand-in: for whatever shall hold on all of them.
//
// A state is a page with what can stand on it: the code page, the same with an error. Each is reached as a person reaches it, through links, buttons,
// lost connections and closing times. Pages that the walk does not know fail the test of `survey-access.test.mjs`, which reads their names in the source.
import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { PHONE, begin, shows, speakUp } from './browser.mjs';
import { OUTSIDE, startStandIn } from './standin.mjs';
import { pulse } from './template.mjs';

const SOURCE = new URL('../../src/client/src/', import.meta.url);
const DAY = 86_400_000;
/** The kinds of request to the box. */
const LEAF = 1;
const ISSUE = 2;
const REDEEM = 3;

/** The names of all pages, as they stand in the source: `name: 'promise'` before a title, or the first word of a notice. */
export async function pageNames() {
  const names = new Set();
  for (const file of (await readdir(SOURCE, { recursive: true })).filter((name) => name.endsWith('.ts'))) {
    const source = await readFile(new URL(file, SOURCE), 'utf8');
    for (const [, named] of source.matchAll(/\bname: ([^\n]*?),\s*title:/g)) for (const [, name] of named.matchAll(/'([\w-]+)'/g)) names.add(name);
    for (const [, name] of source.matchAll(/\bnotice\('([\w-]+)'/g)) names.add(name);
  }
  return names;
}

/** One way through the page on one round. `at` shows a state to whoever looks. */
class Way {
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
async function hold(page, kind, refused = false) {
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
async function outcome(page, kind, number) {
  await page.route('**/box', async (route) => {
    if (route.request().postDataBuffer()?.[1] !== kind) return route.fallback();
    const response = await route.fetch();
    const body = await response.body();
    body[1] = number;
    return route.fulfill({ response, body });
  });
}

/** What the page can say, in the language that it speaks. */
const words = async (page) => JSON.parse(await readFile(new URL(`../words/${await page.locator('html').getAttribute('lang')}.json`, SOURCE), 'utf8'));

/** Clocks of the page stand still, so that what waits goes on waiting while it is looked at. */
const still = (page) =>
  page.addInitScript(() => {
    globalThis.setInterval = () => 0;
    // Nor is a request given up that somebody looks at for longer.
    const soon = globalThis.setTimeout;
    globalThis.setTimeout = (work, wait, ...given) => (wait >= 10_000 ? 0 : soon(work, wait, ...given));
  });

/** A browser that keeps nothing. */
const forgetful = (page) =>
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
async function check(page, { code = '', file }) {
  await page.locator('#short-code').fill(code);
  if (file) await page.locator('#receipt-file').setInputFiles({ name: 'receipt.json', mimeType: 'application/json', buffer: Buffer.from(file) });
  // What was found before stays on the page until something new is.
  await page.evaluate(() => document.getElementById('main')?.setAttribute('data-earlier', ''));
  await page.locator('#check').click();
  await page.locator('main:not([data-earlier])').locator('#check-result, #error-summary').first().waitFor();
}

/** Every way, each with the round that it needs. */
const WAYS = [
  {
    name: 'the typed code',
    async walk(way) {
      const page = await way.tab();
      await page.goto(way.round.base);
      await way.at(page, 'code', 'code');
      await page.locator('#open').click();
      await way.at(page, 'code', 'code that cannot be read');
      await page.locator('#code').fill(way.round.code(0));
      await page.locator('#open').click();
      await way.at(page, 'compare', 'check words to compare');
      await page.locator('#different').click();
      await way.at(page, 'keys', 'other check words');
      const damaged = await way.tab();
      await damaged.goto(way.round.link(0).slice(0, -6));
      await way.at(damaged, 'code', 'damaged link');
    },
  },
  {
    name: 'answering',
    async walk(way) {
      const page = await way.tab();
      await still(page);
      await page.goto(way.round.link(0));
      await way.at(page, 'promise', 'promise');
      await page.locator('#more').click();
      await way.at(page, 'more', 'everything about the promise');
      await page.locator('#verify').click();
      await shows(page, 'verify');
      await page.locator('#check-groups').click();
      await page.locator('#group-list-result').getByText(/./).waitFor();
      await way.at(page, 'verify', 'how to check, with the list of groups checked');
      await page.goBack();
      await page.locator('#back').click();
      await shows(page, 'promise');
      await page.locator('#start').click();
      for (let section = 1; (await shows(page, 'section', 'comments')) === 'section'; section++) {
        await page.locator('fieldset.statement').first().locator('label.option').nth(5).click();
        await page.locator('fieldset.statement').last().locator('label.option').last().click();
        await way.at(page, 'section', `section ${section}`);
        const title = await page.locator('#title').innerText();
        await page.locator('#next').click();
        await page.waitForFunction((before) => document.getElementById('title')?.textContent !== before, title);
      }
      await way.at(page, 'comments', 'open questions');
      await page.locator('#comment-1').fill(`Mr Vogt, ${'unteilbar'.repeat(40)}`);
      await page.locator('#comment-1-notice').getByText(/./).waitFor();
      await way.at(page, 'comments', 'open questions with a warning');
      await page.locator('#next').click();
      await way.at(page, 'review', 'overview');
      await page.locator('#change-2').click();
      await way.at(page, 'section', 'an answer to change');
      await page.locator('#next').click();
      await shows(page, 'review');
      const { held, go } = await hold(page, ISSUE);
      await page.locator('#send').click();
      await held;
      await way.at(page, 'sending', 'sending');
      await page.evaluate((link) => location.assign(link), way.round.link(1));
      await page.locator('#other-link').waitFor();
      await way.at(page, 'sending', 'sending while another link waits');
      go();
      await shows(page, 'receipt');
      await page.locator('#open-other').waitFor();
      await way.at(page, 'receipt', 'receipt while another link waits');
      await page.locator('#open-other').click();
      await shows(page, 'promise');
    },
  },
  {
    name: 'the overview without an answer, stopping and coming back',
    async walk(way) {
      const page = await way.tab();
      await begin(page, way.round.link(0));
      await page.locator('#early').click();
      await shows(page, 'review');
      await page.locator('#send').click();
      await way.at(page, 'review', 'overview without an answer');
      await page.locator('#leave').click();
      await way.at(page, 'left', 'stopped');
      await begin(page, way.round.link(0));
      await page.locator('#statement-1-6').check();
      await page.locator('#back').click();
      await way.at(page, 'promise', 'promise with answers kept');
    },
  },
  {
    name: 'receipt and check',
    async walk(way) {
      const page = await way.tab({ acceptDownloads: true });
      const code = await way.sent(page, 0);
      await way.at(page, 'receipt', 'receipt');
      const [download] = await Promise.all([page.waitForEvent('download'), page.locator('#save-receipt').click()]);
      const file = await readFile(await download.path(), 'utf8');
      await way.at(page, 'receipt', 'receipt saved');
      await page.reload();
      await way.at(page, 'sent', 'reload after the receipt');
      await page.locator('#check-receipt').click();
      await way.at(page, 'check', 'check');
      await page.locator('#check').click();
      await page.locator('#error-summary').waitFor();
      await way.at(page, 'check', 'check without anything to check');
      await check(page, { code });
      await way.at(page, 'check', 'check before the list is there');
      const none = await way.tab();
      await none.goto(way.round.statusLink(1));
      await way.at(none, 'status', 'status: not answered');
      way.round.state = 'closed';
      await check(page, { code });
      await way.at(page, 'check', 'receipt found');
      await check(page, { code: '0000000000000000' });
      await way.at(page, 'check', 'code not found');
      await page.goto(way.round.statusLink(0));
      await way.at(page, 'status', 'status: answered');
      way.round.ballots.clear();
      await check(page, { file });
      await way.at(page, 'status', 'receipt missing');
      await page.locator('#object').click();
      await page.locator('#objected').waitFor();
      await way.at(page, 'status', 'objection counted');
      way.round.answerToObjections = 'A disk was full. It was replaced, and the copy of the night before holds the answer.';
      await check(page, { file });
      await way.at(page, 'status', 'objection answered');
    },
  },
  {
    name: 'links that were used or are not known',
    async walk(way) {
      const device = await way.tab();
      await hold(device, REDEEM, true);
      await still(device);
      await way.toReview(device, 0);
      await device.locator('#send').click();
      await device.locator('#waiting').waitFor();
      await way.at(device, 'sending', 'no connection between the requests');
      const again = await device.context().newPage();
      await again.goto(way.round.link(0));
      await way.at(again, 'used', 'used, with an unfinished sending');
      const other = await way.tab();
      await other.goto(way.round.link(0));
      await way.at(other, 'used', 'used');
      await other.goto(way.round.link(1).replace(/.{17}$/, '00000000000000000'));
      await way.at(other, 'unknown', 'unknown link');
      await other.route('**/round', (route) => route.fulfill({ status: 404, body: '' }));
      await other.goto(way.round.base);
      await other.goto(way.round.link(1));
      await way.at(other, 'no-round', 'unknown round');
    },
  },
  {
    name: 'connections',
    async walk(way) {
      const before = await way.tab();
      await hold(before, ISSUE, true);
      await still(before);
      await way.toReview(before, 0);
      await before.locator('#send').click();
      await before.locator('#waiting').waitFor();
      await way.at(before, 'sending', 'no connection before the requests');
      const opening = await way.tab();
      await still(opening);
      const { held } = await hold(opening, LEAF);
      await opening.goto(way.round.link(1));
      await held;
      await way.at(opening, 'loading', 'loading');
      const busy = await way.tab();
      await still(busy);
      way.round.busy = 1;
      way.round.wait = 300;
      await busy.goto(way.round.link(1));
      await busy.locator('#waiting').waitFor();
      await way.at(busy, 'loading', 'busy server');
    },
  },
  {
    name: 'a browser that keeps nothing',
    async walk(way) {
      const page = await way.tab();
      await forgetful(page);
      await still(page);
      await page.goto(way.round.link(0));
      await way.at(page, 'promise', 'promise without storage');
      await page.locator('#start').click();
      await way.at(page, 'section', 'section without storage');
      await page.locator('#statement-1-6').check();
      await page.locator('#early').click();
      await way.at(page, 'review', 'overview without storage');
      await hold(page, REDEEM, true);
      await page.locator('#send').click();
      await page.locator('#waiting').waitFor();
      await way.at(page, 'sending', 'no connection and no storage');
      await page.unroute('**/box');
      await page.locator('#try-now').click();
      await way.at(page, 'receipt', 'receipt without storage');
    },
  },
  {
    name: 'another tab',
    async walk(way) {
      const link = way.round.link(0);
      const first = await way.tab();
      const second = await first.context().newPage();
      await begin(second, link);
      await first.bringToFront();
      await begin(first, link);
      await first.locator('#statement-1-6').check();
      await first.locator('#early').click();
      await shows(first, 'review');
      await first.locator('#send').click();
      await shows(first, 'receipt');
      await way.at(second, 'elsewhere', 'sent from another tab');
    },
  },
  {
    name: 'the close',
    async walk(way) {
      const [late, between, kept] = [await way.tab(), await way.tab(), await way.tab()];
      await way.toReview(late, 0);
      await way.toReview(between, 1);
      await way.toReview(kept, 2);
      await between.route('**/box', async (route) => {
        if (route.request().postDataBuffer()?.[1] === REDEEM) way.round.state = 'closed';
        return route.continue();
      });
      await between.locator('#send').click();
      await way.at(between, 'closed', 'closed between the requests');
      way.round.state = 'closing';
      await late.locator('#send').click();
      await way.at(late, 'closed', 'closed before Send');
      await kept.reload();
      await way.at(kept, 'closed', 'closed with entries');
      await kept.locator('#delete').click();
      await way.at(kept, 'closed', 'closed');
      const gone = await way.tab();
      way.round.state = 'open';
      await way.toReview(gone, 3);
      way.round.state = 'closed';
      way.round.ahead = 11 * DAY;
      await gone.reload();
      await way.at(gone, 'closed', 'closed, entries deleted');
    },
  },
  {
    name: 'the end without a result',
    async walk(way) {
      const [begun, plain] = [await way.tab(), await way.tab()];
      const { held, go } = await hold(begun, ISSUE);
      await way.toReview(begun, 0);
      await begun.locator('#send').click();
      await held;
      way.round.state = 'ended';
      go();
      await way.at(begun, 'ended', 'ended while answers were on their way');
      await plain.goto(way.round.link(1));
      await way.at(plain, 'ended', 'ended without a result');
    },
  },
  {
    name: 'before the opening',
    round: { opensAt: Date.now() + DAY },
    async walk(way) {
      way.round.state = 'closing';
      const page = await way.tab();
      await page.goto(way.round.link(0));
      await way.at(page, 'not-yet', 'not yet open');
    },
  },
  {
    name: 'a promise of another edition',
    round: { promise: { format: 'candor-manifest/99' } },
    async walk(way) {
      const page = await way.tab();
      await page.goto(way.round.link(0));
      await way.at(page, 'unsupported', 'another edition');
    },
  },
  {
    name: 'what is refused',
    async walk(way) {
      const leaf = await way.tab();
      await outcome(leaf, LEAF, 1);
      await leaf.goto(way.round.link(0));
      await way.at(leaf, 'refused', 'refused');
      const redeem = await way.tab();
      await outcome(redeem, REDEEM, 5);
      await way.toReview(redeem, 0);
      await redeem.locator('#send').click();
      await way.at(redeem, 'refused', 'refused, to be tried again');
      const failing = await way.tab();
      await failing.addInitScript(() => (crypto.subtle.importKey = () => Promise.reject(new Error('no key'))));
      await failing.goto(way.round.link(1));
      await way.at(failing, 'unexpected', 'unexpected');
      const insecure = await way.tab();
      await insecure.goto(way.round.link(1).replace('127.0.0.1', 'insecure.test'));
      await way.at(insecure, 'insecure', 'without https');
    },
  },
  {
    name: 'what is not believed',
    async walk(way) {
      const tagged = await way.tab();
      await way.toReview(tagged, 0);
      const { issuingKey } = way.round;
      way.round.issuingKey = Uint8Array.from(issuingKey, (byte, i) => (i === 0 ? byte ^ 1 : byte));
      await tagged.locator('#send').click();
      await way.at(tagged, 'keys', 'another key for one person');
      way.round.issuingKey = issuingKey;
      const moved = await way.tab();
      await way.toReview(moved, 2);
      way.round.issuedGroup = 0;
      await moved.locator('#send').click();
      await way.at(moved, 'keys', 'a right to answer for another group');
      way.round.issuedGroup = undefined;
      const altered = await way.tab();
      way.round.served = { instrument: '{"items":[]}' };
      await altered.goto(way.round.link(1));
      await way.at(altered, 'altered', 'other statements');
      const another = await way.tab();
      way.round.served = { manifest: Buffer.from(way.round.manifestBytes.toString().replace('"k":5', '"k":4')) };
      await another.goto(way.round.link(1));
      await way.at(another, 'keys', 'another promise');
      way.round.served = {};
      const list = await way.tab();
      await list.goto(way.round.statusLink(1));
      await shows(list, 'status');
      way.round.state = 'closed';
      const none = '0'.repeat(64);
      way.round.served = { board: JSON.stringify({ format: 'candor-board/1', wave: '2026-q4', manifest: Buffer.from(way.round.h).toString('hex'), invited: 44, issued: 0, spent: 0, root: none, signature: 'A'.repeat(86), leaves: [] }) };
      await list.locator('#short-code').fill('ABCDEFGHJKMNPQRS');
      await list.locator('#check').click();
      await way.at(list, 'keys', 'a list that is not signed');
    },
  },
  {
    name: 'a key outside the operator',
    round: { promise: { ...OUTSIDE, weakened_by: ['disk-copies-unknown'] } },
    async walk(way) {
      const page = await way.tab();
      await still(page);
      await page.goto(way.round.link(0));
      await way.at(page, 'promise', 'promise with the key outside');
      await page.route('**/later/*', (route) => route.abort('internetdisconnected'), { times: 1 });
      await page.locator('#more').click();
      await page.locator('#waiting').waitFor();
      await way.at(page, 'loading', 'everything about the promise, without a connection');
      await page.locator('#try-now').click();
      await way.at(page, 'more', 'everything about the promise with the key outside');
      await page.locator('#verify').click();
      await way.at(page, 'verify', 'how to check with the key outside');
      await page.goBack();
      await page.locator('#back').click();
      await shows(page, 'promise');
      await page.locator('#start').click();
      await page.locator('#statement-1-6').check();
      await page.locator('#early').click();
      await way.at(page, 'review', 'overview with the key outside');
    },
  },
  {
    name: 'a shared device',
    async walk(way) {
      const page = await way.tab();
      await still(page);
      await page.goto(`${way.round.base}#shared`);
      await way.at(page, 'code', 'code on a shared device');
      await page.locator('#code').fill(way.round.code(0));
      await page.locator('#open').click();
      await shows(page, 'compare');
      await page.locator('#same').click();
      await way.at(page, 'promise', 'promise on a shared device');
      await page.locator('#start').click();
      await page.locator('#statement-1-6').check();
      await way.at(page, 'section', 'section on a shared device');
      await page.locator('#clear-page').click();
      await page.locator('#still').waitFor();
      await way.at(page, 'section', 'still there?');
      await page.locator('#stay').click();
      await page.locator('#early').click();
      await hold(page, ISSUE, true);
      await page.locator('#send').click();
      await page.locator('#waiting').waitFor();
      await way.at(page, 'sending', 'no connection on a shared device');
      await page.unroute('**/box');
      await page.locator('#try-now').click();
      await way.at(page, 'receipt', 'receipt on a shared device');
      await page.route('**/*', (route) => route.abort('internetdisconnected'));
      await page.locator('#done').click();
      await shows(page, 'cleared');
      // What it says at first gives way to this as soon as the page has asked for the server in vain.
      await page.getByText((await words(page))['shared.offline']).waitFor();
      await way.at(page, 'cleared', 'cleared, without a connection');
    },
  },
  {
    name: 'before the program runs',
    async walk(way) {
      // What a browser without scripts shows, in one that has them: nothing could be asked of the other.
      const bare = await way.tab();
      await bare.route(way.round.base, async (route) => {
        const response = await route.fetch();
        const shell = await response.text();
        await route.fulfill({ response, body: shell.replace(/<script .*?<\/script>/g, '').replaceAll('noscript>', 'div>').replace(/<div class="late">[^]*?<\/div>/, '') });
      });
      await bare.goto(way.round.link(0));
      await bare.getByText('needs JavaScript').waitFor();
      await way.at(bare, undefined, 'without JavaScript');
      const blocked = await way.tab();
      way.round.served = { 'client.js': 'alert(1)' };
      await blocked.goto(way.round.link(0));
      await speakUp(blocked);
      await blocked.waitForFunction(() => getComputedStyle(document.querySelector('.late')).visibility === 'visible');
      await way.at(blocked, undefined, 'program blocked');
    },
  },
];

/**
 * Looks at a page that stays as it is: one that is put together anew meanwhile would be looked at in parts that never stood together, and axe then finds
 * headings that it cannot place. `look` may change anything but the page itself.
 */
async function standing(page, state, look) {
  await page.evaluate(() => {
    globalThis.renderings = 0;
    globalThis.watched?.disconnect();
    globalThis.watched = new MutationObserver((records) => (globalThis.renderings += records.length));
    globalThis.watched.observe(document.getElementById('page'), { childList: true });
  });
  await look(page, state);
  assert.equal(await page.evaluate(() => globalThis.renderings), 0, `"${state}" was put together anew while it was looked at`);
}

/** The names of the ways, which can be gone one by one. */
export const ways = WAYS.map(({ name }) => name);

/**
 * Goes one way in the language of `locale`. `look` is called with the page and the name of its state, at each; it may change the size of the window and what
 * the screen or the paper is like, but not the page. Gives the names of the pages that were seen.
 */
export async function walk(browser, name, look, { locale = 'en-GB' } = {}) {
  const seen = new Set();
  const at = async (page, wanted, state) => {
    await page.bringToFront();
    if (wanted) {
      await shows(page, wanted);
      seen.add(wanted);
    }
    await standing(page, state, look);
  };
  const found = WAYS.find((way) => way.name === name);
  const questionnaire = await pulse();
  const promise = { languages: questionnaire.languages, ...found.round?.promise };
  const way = new Way(browser, locale, await startStandIn({ comments: true, questionnaire, ...found.round, promise }), at);
  try {
    await found.walk(way);
  } finally {
    await way.end();
  }
  return seen;
}

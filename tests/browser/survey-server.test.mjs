// What happens to the server while somebody answers, against the real program: it is killed, it is upgraded, and its round closes by its dates.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { answer, begin, launch, shows } from './browser.mjs';
import { eventually, install } from './installation.mjs';
import { brief } from './looks.mjs';
import { AFTERWARDS, RUNNING, addresses, close, serve } from './served.mjs';
import { remains, text } from './survey-fixture.mjs';

const REDEEM = 3;
const HOURS = 3600;

let browser;
let server;
let links;

before(async () => {
  server = await install();
  browser = await launch();
  links = await eventually('everybody is invited', async () => {
    const found = await server.links();
    return found.length >= 12 && found;
  });
});
after(async () => {
  await browser?.close();
  await server?.remove();
});

/** The page of somebody who has answered the first statement and looks at the overview. */
async function ready(link, context) {
  const page = await (context ?? (await browser.newContext({ locale: 'en-GB' }))).newPage();
  await begin(page, link);
  await answer(page, { 1: 4 });
  return page;
}

/** Holds requests of one kind back until the function that this gives is called. */
async function hold(page, kind) {
  let go = () => undefined;
  const free = new Promise((resolve) => (go = resolve));
  let reached = () => undefined;
  const held = new Promise((resolve) => (reached = resolve));
  await page.route('**/box', async (route) => {
    if (route.request().postDataBuffer()?.[1] !== kind) return route.continue();
    reached();
    await free;
    return route.continue().catch(() => undefined);
  });
  return { held, go };
}

const closed = /takes no more answers/;

test('a server that is killed between the two requests and started again: the page finishes by itself, with a receipt', async () => {
  const page = await ready(links[0]);
  const { held, go } = await hold(page, REDEEM);
  await page.locator('#send').click();
  await held;
  await server.end('SIGKILL');
  go();
  await page.locator('#waiting').waitFor();
  assert.match(await text(page), /Your right to answer has been given\. That your answers have arrived is not confirmed yet/);
  await server.start();
  await shows(page, 'receipt');
  assert.equal((await remains(page)).rows, 0);
});

test('a server that is upgraded during the round serves the page that the round began with, to whoever begins and to whoever had begun', async () => {
  const page = async () => Buffer.from(await (await fetch(`${server.base}client.js`)).arrayBuffer());
  const before = await page();
  assert.ok(before.includes('candor-draft-'));
  const context = await browser.newContext({ locale: 'en-GB' });
  const begun = await ready(links[1], context);
  const sending = await ready(links[2], context);
  const { held } = await hold(sending, REDEEM);
  await sending.locator('#send').click();
  await held;
  await sending.close();

  await server.end();
  await server.start(await server.edition('candor-draft-', 'candor-later-'));
  assert.ok(before.equals(await page()), 'not one byte of what was announced has changed');

  const unfinished = await context.newPage();
  await unfinished.goto(links[2]);
  await shows(unfinished, 'receipt');
  await begun.reload();
  await shows(begun, 'review');
  await begun.locator('#send').click();
  await shows(begun, 'receipt');
  const fresh = await ready(links[3]);
  assert.ok(await fresh.evaluate(() => Object.keys(sessionStorage).some((name) => name.startsWith('candor-draft-'))));
  await fresh.locator('#send').click();
  await shows(fresh, 'receipt');
});

/** Looks at pages that are no states of the survey page, in German. */
async function sound(states) {
  const wrong = [];
  await serve(browser, server, states, brief(wrong), { locale: 'de-DE' });
  assert.deepEqual(wrong, []);
}

test('every address of this host that people may come to is looked at, or is known to hold no page', async () => {
  const { known, missing, gone } = await addresses();
  assert.ok(known.length >= 8, `the addresses are read in the source: ${known}`);
  assert.deepEqual([missing, gone], [[], []]);
});

test('the pages beside the survey are accessible while the round runs: reminders, the example, addresses where nothing is', () => sound(RUNNING));

test('a round that closes by its date while people answer: who had sent gets in, who had not is told, and so is whoever comes after the grace', async () => {
  const [inTime, tooLate, unsent] = await Promise.all([ready(links[4]), ready(links[5]), ready(links[6])]);
  const [first, second] = [await hold(inTime, REDEEM), await hold(tooLate, REDEEM)];
  await Promise.all([inTime.locator('#send').click(), tooLate.locator('#send').click(), first.held, second.held]);

  await server.ahead(2 * HOURS);
  await eventually('the round closes', async () => (await server.outcome()) === 4);
  await unsent.locator('#send').click();
  await shows(unsent, 'closed');
  assert.match(await text(unsent), closed);
  assert.match(await text(unsent), /could not be delivered before the close\. They are not counted, and nobody has seen them/);
  first.go();
  await shows(inTime, 'receipt');
  const counted = await inTime.locator('#receipt-code').innerText();
  const late = await browser.newPage({ locale: 'en-GB' });
  await late.goto(links[7]);
  await shows(late, 'closed');
  assert.match(await text(late), /If you did not answer, nothing is missing from you now/);

  await server.ahead(2 * HOURS + 70);
  await eventually('the list is there', () => fetch(`${server.base}board`).then((response) => response.ok));
  second.go();
  await shows(tooLate, 'closed');
  assert.match(await text(tooLate), /closed while your answers were on their way/);
  const lost = await tooLate.locator('#receipt-code').innerText();
  await tooLate.locator('#check-receipt').click();
  for (const [code, found] of [
    [lost, 'bad'],
    [counted, 'good'],
  ]) {
    await tooLate.locator('#short-code').fill(code);
    await tooLate.locator('#check').click();
    await tooLate.locator(`#check-result.${found}`).waitFor();
  }
});

test('the pages beside the survey are accessible afterwards: reminders, the result of a group, and a moment in which nothing can be read', async () => {
  await close(server);
  await sound(AFTERWARDS);
});

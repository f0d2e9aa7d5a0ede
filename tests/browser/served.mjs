// Every page of the respondents' host that people read without the survey page's program, on the real program: the end of reminders, the example of a
// leader's page, the result of a group, an address where nothing is, and a moment in which nothing can be read.
//
// The addresses of that host are read in the source of the server: one that neither leads to a state below nor is known to hold no page fails
// `survey-server.test.mjs`.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { PHONE, shows } from './browser.mjs';
import { eventually } from './installation.mjs';

const ROUTES = ['../../src/app/respondents/mod.rs', '../../src/app/operating/health.rs'].map((path) => new URL(path, import.meta.url));
const HOURS = 3600;

const QUIET = '/w/{wave}/quiet/{code}';
const EXAMPLE = '/w/{wave}/example/{language}';
const TEAM = '/w/{wave}/team/{code}';
const ROUND = '/w/{wave}/{what:.*}';
const ANYTHING = 'any other address';

/** Addresses at which nobody reads a page: what they give instead. */
const WITHOUT_A_PAGE = { '/w/{wave}/box': 'bytes', '/w/{wave}': 'the way to the address with a slash', '/health/live': 'a word', '/health/ready': 'a word' };

/** The pages while the round runs: how each is reached, the address that serves it, and the status that it comes with. */
export const RUNNING = [
  { state: 'no more reminders?', route: QUIET, status: 200, open: async (page, server) => page.goto(await server.quiet()) },
  {
    state: 'no more reminders?, after another form',
    route: QUIET,
    status: 400,
    async open(page, server) {
      await page.goto(await server.quiet());
      return answered(page, () => (document.querySelector('form input').value = 'something else'));
    },
  },
  {
    state: 'reminders have ended',
    route: QUIET,
    status: 200,
    async open(page, server) {
      await page.goto(await server.quiet());
      return answered(page, () => undefined);
    },
  },
  { state: 'an address for reminders that is not known', route: QUIET, status: 404, open: (page, server) => page.goto(`${server.base}quiet/nobody`) },
  { state: 'reminders, when nothing can be looked up', route: QUIET, status: 503, open: async (page, server) => server.away(async () => page.goto(await server.quiet())) },
  { state: 'the page that a leader would get', route: EXAMPLE, status: 200, open: (page, server, language) => page.goto(`${server.base}example/${language}`) },
  { state: 'nothing at this address of a round', route: ROUND, status: 404, open: (page, server) => page.goto(`${server.base}nothing`) },
  { state: 'nothing at this address', route: ANYTHING, status: 404, open: (page, server) => page.goto(new URL('/nothing', server.base).href) },
];

/** The pages of a round whose result is published; `close` has led there. */
export const AFTERWARDS = [
  { state: 'reminders of a round that is over', route: QUIET, status: 200, open: async (page, server) => page.goto(await server.quiet()) },
  { state: 'the result of a group', route: TEAM, status: 200, open: async (page, server) => page.goto(await result(page, server)) },
  {
    state: 'the result of a group, when nothing can be read',
    route: TEAM,
    status: 503,
    async open(page, server) {
      const address = await result(page, server);
      return server.away(() => page.goto(address));
    },
  },
];

/** Sends the form of a page after `change` was made to it. */
async function answered(page, change) {
  await page.evaluate(change);
  const [response] = await Promise.all([page.waitForResponse((one) => one.request().method() === 'POST'), page.locator('form button').first().click()]);
  await page.waitForLoadState();
  return response;
}

/** Where the link of a closing mail leads once the result is published. */
async function result(page, server) {
  const [link] = await server.statusLinks();
  return eventually('the result is published', async () => {
    await page.goto('about:blank');
    await page.goto(link);
    await shows(page, 'status');
    const way = page.locator('#team-result');
    return (await way.count()) > 0 && new URL(await way.getAttribute('href'), page.url()).href;
  });
}

/** Lets a round close by its date, and be published. */
export async function close(server) {
  await server.ahead(2 * HOURS + 70);
  await eventually('the list is there', () => fetch(`${server.base}board`).then((response) => response.ok));
  await server.ahead(4.5 * HOURS);
  await eventually('closing mails are sent', async () => (await server.statusLinks()).length > 0);
}

/** Leads through pages, in the language of `locale`. `look` is called with the page and the name of its state. */
export async function serve(browser, server, states, look, { locale = 'en-GB' } = {}) {
  const context = await browser.newContext({ viewport: PHONE.viewport, timezoneId: PHONE.timezoneId, locale });
  for (const { state, status, open } of states) {
    const page = await context.newPage();
    const response = await open(page, server, locale.slice(0, 2));
    assert.equal(response.status(), status, state);
    assert.equal(await page.locator('html').getAttribute('lang'), locale.slice(0, 2), `${state}: the browser's own language comes first`);
    await look(page, state);
    await page.close();
  }
  await context.close();
}

/** Addresses of the respondents' host that the server knows, and those that neither a state of any list stands for nor are known to hold no page. */
export async function addresses() {
  const known = [ANYTHING];
  for (const file of ROUTES) {
    const source = await readFile(file, 'utf8');
    // The health of the console's host stands in the same file; its addresses are the same.
    for (const [, route] of source.matchAll(/(?:web::resource|reading)\("([^"]+)"\)/g)) if (!known.includes(route)) known.push(route);
  }
  const served = [...RUNNING, ...AFTERWARDS].map(({ route }) => route);
  return { known, missing: known.filter((route) => !served.includes(route) && !(route in WITHOUT_A_PAGE)), gone: [...new Set([...served, ...Object.keys(WITHOUT_A_PAGE)])].filter((route) => !known.includes(route)) };
}

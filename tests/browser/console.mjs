// Walks through every page of the console as the accounts that read them, on a running demo. `console-pages.json` lists the pages; here is what
// has to be there before: a draft, an uploaded staff list, an invitation, a second factor that is begun, and for the long run a rehearsal.
import { readFile } from 'node:fs/promises';
import { DESK } from './browser.mjs';

const { pages: PAGES } = JSON.parse(await readFile(new URL('./console-pages.json', import.meta.url), 'utf8'));
const DRAFT = '2031-q1';
/** The accounts of the demo by the names of the list. */
const LOGINS = { hr: 'hr', leader: 'engineering', combined: 'quality', new: 'automation' };
const PASSWORD = 'eleven quiet lamps by the sea';

/** Prepares the demo and gives the ways to every page of the list: `{ address, as, path }`, and the browser contexts of the accounts. */
export async function prepare(browser, demo, { long = false } = {}) {
  const contexts = { nobody: await browser.newContext(DESK) };
  const signIn = async (name, login, password) => {
    const context = (contexts[name] = await browser.newContext(DESK));
    // A forecast is a thousand draws, and the program of the tests is not optimised.
    context.setDefaultNavigationTimeout(120_000);
    context.setDefaultTimeout(30_000);
    const page = await context.newPage();
    await page.goto(`${demo.console}/sign-in`);
    await page.locator('#login').fill(login);
    await page.locator('#password').fill(password);
    await page.locator('main button').click();
    await page.locator('form.out').waitFor();
    return page;
  };
  const hr = await signIn('hr', LOGINS.hr, demo.passwords[LOGINS.hr]);
  for (const name of ['leader', 'combined', 'new']) await (await signIn(name, LOGINS[name], demo.passwords[LOGINS[name]])).close();
  const go = (path) => hr.goto(`${demo.console}${path}`);
  const links = (selector) => hr.locator(selector).evaluateAll((all) => all.map((link) => link.getAttribute('href')));
  const places = { running: demo.round, draft: DRAFT };

  await go('/rounds/new');
  await hr.locator('#name').fill(DRAFT);
  await hr.locator('main form button').last().click();
  await hr.waitForURL(new RegExp(`/rounds/${DRAFT}/draft`));

  const invited = async (login, role, unit) => {
    await go('/accounts');
    await hr.locator('#login').fill(login);
    await hr.locator('#role').selectOption(role);
    await hr.locator('#unit').fill(unit);
    await hr.locator('main form button').click();
    return new URL(await hr.locator('#link').innerText()).pathname;
  };
  const link = await invited('partner', 'partner', 'Engineering');
  const partner = await contexts.nobody.newPage();
  await partner.goto(`${demo.console}${link}`);
  for (const field of ['#new', '#again']) await partner.locator(field).fill(PASSWORD);
  await partner.locator('main button').click();
  await partner.waitForURL(/\/sign-in/);
  await partner.close();
  await (await signIn('partner', 'partner', PASSWORD)).close();
  places.link = await invited('somebody', 'partner', 'Sales');
  await go('/accounts');
  places.account = await hr.getByRole('link', { name: 'somebody' }).getAttribute('href');

  // One person has another team, one is new, one is gone.
  const list = (await (await hr.request.get(`${demo.console}/staff/staff-list.csv`)).text()).trim().split(/\r?\n/);
  const changed = [...list.slice(0, -2), list.at(-2).replace(/^"[^"]*"/, '"p-new"').replace(/"[^"]*@/, '"new.person@')];
  await go('/staff');
  await hr.locator('#list').setInputFiles({ name: 'staff.csv', mimeType: 'text/csv', buffer: Buffer.from(`${changed.join('\r\n')}\r\n`) });
  await hr.locator('form[action="/staff/upload"] button').click();
  await hr.waitForURL(/\/staff\/upload/);

  await go('/account/second-factor');
  await hr.locator('form[action$="/begin"] button').click();
  await hr.locator('svg.qr').waitFor();

  await go('/organisation');
  places.published = new URL(hr.url()).pathname.split('/')[2];
  const rounds = await links('nav.pick a');
  places.first = rounds.at(-1).split('/')[2];
  // Whichever round has them: the pages of results that not every round has.
  places.parts = (await links('nav.pages a')).filter((href) => /\/organisation\/[^/]+\/(?!take)/.test(href));
  for (const round of rounds) {
    await go(`${round}/comments`);
    const hide = await links('a.report-hide');
    if (hide.length > 0) {
      places.comment = hide[0];
      break;
    }
  }
  await go('/mails');
  places.mail = (await links('main td a'))[0];

  if (long) {
    await go(`/rounds/${DRAFT}/rehearsal`);
    await hr.locator('main form button').click();
    await hr.locator(`a[href="/rounds/${DRAFT}/rehearsal/organisation"]`).waitFor({ timeout: 240_000 });
    places.rehearsed = (await links('a[href*="/rehearsal/leader/"]'))[0];
  }
  await hr.close();

  const ways = PAGES.filter((page) => long || !page.long).flatMap(({ address, as, at }) =>
    at
      .flatMap((path) => (path === ':parts' ? places.parts : path.replace(/:(\w+)/g, (_, name) => places[name] ?? fail(`nothing prepared ${name} for ${address}`))))
      .map((path) => ({ address, as, path })),
  );
  return { contexts, ways };
}

function fail(message) {
  throw new Error(message);
}

/** Opens every page in the browser context of its account, one tab per account, and looks at it. */
export async function visit(demo, { contexts, ways }, look) {
  const tabs = {};
  for (const { as, path } of ways) {
    tabs[as] ??= await contexts[as].newPage();
    const response = await tabs[as].goto(`${demo.console}${path}`);
    if (response.status() !== 200) fail(`${as} gets ${response.status()} at ${path}`);
    await quiet(tabs[as]);
    await look(tabs[as], `${as} ${path}`);
  }
}

/** axe waits for ever for a frame that runs no scripts, as the frame of a mail; the document of a mail is looked at on its own. */
const quiet = (page) =>
  page.locator('iframe[sandbox]').evaluateAll((frames) =>
    frames.forEach((frame) => {
      frame.removeAttribute('sandbox');
      frame.src = 'about:blank';
    }),
  );

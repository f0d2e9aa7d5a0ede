// One round of the stand-in and one browser for every test of the survey page.
import { after, afterEach, before, beforeEach } from 'node:test';
import { DESK, launch } from './browser.mjs';
import { startStandIn } from './standin.mjs';

/** The round that runs during a test, and the ways into it. Call once at the top of a test file. */
export function surveyFixture() {
  let browser;
  let contexts = [];
  const fixture = {
    round: undefined,
    /** A fresh device with its own storage. */
    async device(options = DESK) {
      const context = await browser.newContext(options);
      contexts.push(context);
      return context;
    },
    /** A page on a fresh device. */
    async tab(options) {
      return (await fixture.device(options)).newPage();
    },
    /** Stops the round and starts another. */
    async restart(options) {
      await fixture.round?.stop();
      fixture.round = await startStandIn(options);
    },
    /** The kinds of request that reached the box. */
    kinds: () => fixture.round.requests.map(([kind]) => kind),
  };
  before(async () => {
    browser = await launch();
  });
  after(() => browser.close());
  beforeEach(() => fixture.restart());
  afterEach(async () => {
    await Promise.all(contexts.map((context) => context.close()));
    contexts = [];
    await fixture.round.stop();
    fixture.round = undefined;
  });
  return fixture;
}

export const text = (page) => page.locator('main').innerText();

/** What a browser still holds after a visit. */
export async function remains(page) {
  return page.evaluate(async () => {
    const database = await new Promise((resolve, reject) => {
      const request = indexedDB.open('candor');
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const rows = database.objectStoreNames.contains('sending')
      ? await new Promise((resolve) => {
          const request = database.transaction('sending').objectStore('sending').getAll();
          request.onsuccess = () => resolve(request.result.length);
        })
      : 0;
    database.close();
    return { rows, session: sessionStorage.length, local: localStorage.length, cookies: document.cookie };
  });
}

// The survey page under the server's headers: it works without a word from the browser, and what does not belong to it is refused.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answer, begin, send, shows, speakUp } from './browser.mjs';
import { surveyFixture } from './survey-fixture.mjs';

const survey = surveyFixture();

/** A page that notes what the browser complains about, and what its policy refused. */
async function watched() {
  const page = await survey.tab();
  const complaints = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.addInitScript(() => {
    window.refused = [];
    document.addEventListener('securitypolicyviolation', (event) => window.refused.push(event.effectiveDirective));
  });
  return { page, complaints };
}

/** The directives by which something was refused since the page was opened; the browser tells them a moment later. */
async function refused(page, count) {
  await page.waitForFunction((least) => window.refused.length >= least, count);
  return page.evaluate(() => window.refused);
}

test('a whole visit gives a browser no reason to complain', async () => {
  await survey.restart({ comments: true });
  const { page, complaints } = await watched();
  await begin(page, survey.round.link(0));
  await answer(page, { 1: 6, 3: 0 });
  await send(page);
  await shows(page, 'receipt');
  assert.deepEqual(complaints, []);
  assert.deepEqual(await page.evaluate(() => window.refused), []);
  assert.ok(survey.round.arrived.every(([path]) => path.startsWith('/w/2026-q4/')), 'no icon is asked for');
});

test('a script inside the page is refused, and so is any program but the one of the round', async () => {
  survey.round.served[''] = Buffer.from(
    `<!doctype html><html lang="en"><title>Altered</title><script>window.ran = 'inline'</script><script src="client.js"></script>
     <p id="here" onclick="window.ran = 'handler'" style="color: red">here</p><script src="other.js"></script>`,
  );
  const { page } = await watched();
  await page.goto(survey.round.base);
  await page.locator('#here').click();
  const directives = await refused(page, 3);
  assert.ok(['script-src-elem', 'script-src-attr', 'style-src-attr'].every((directive) => directives.includes(directive)), directives.join(' '));
  assert.equal(await page.evaluate(() => window.ran), undefined);
  assert.ok(!survey.round.arrived.some(([path]) => path.endsWith('other.js')), 'not even asked for');
});

test('another program at the right address is refused', async () => {
  survey.round.served['client.js'] = Buffer.from("window.ran = 'another'");
  const { page } = await watched();
  await page.goto(survey.round.base);
  await speakUp(page);
  await page.getByText('was blocked or altered on its way').waitFor();
  assert.equal(await page.evaluate(() => window.ran), undefined);
});

test('no text becomes markup or code, whoever would try', async () => {
  const { page } = await watched();
  await page.goto(survey.round.link(0));
  await shows(page, 'promise');
  const tried = await page.evaluate(() => {
    const attempts = {
      innerHTML: () => (document.querySelector('main').innerHTML = '<b>markup</b>'),
      insertAdjacentHTML: () => document.body.insertAdjacentHTML('beforeend', '<b>markup</b>'),
      write: () => document.write('<b>markup</b>'),
      text: () => (document.createElement('script').text = '1'),
      src: () => (document.createElement('script').src = 'client.js'),
      policy: () => window.trustedTypes.createPolicy('mine', { createHTML: (text) => text }),
      default: () => window.trustedTypes.createPolicy('default', { createHTML: (text) => text }),
    };
    return Object.entries(attempts).map(([name, attempt]) => {
      try {
        attempt();
        return `${name} went through`;
      } catch (error) {
        return error.name;
      }
    });
  });
  assert.deepEqual(tried, Array(7).fill('TypeError'));
  assert.equal(await page.locator('b', { hasText: 'markup' }).count(), 0);
});

test('the page is lent nothing by the browser, and sends nothing elsewhere', async () => {
  const { page } = await watched();
  const response = await page.goto(survey.round.link(0));
  await shows(page, 'promise');
  const named = (await response.allHeaders())['permissions-policy'].split(', ').map((one) => one.replace('=()', ''));
  assert.ok(named.includes('camera') && named.includes('microphone') && named.includes('geolocation'));
  const lent = await page.evaluate(() => document.featurePolicy.allowedFeatures());
  assert.deepEqual(named.filter((feature) => lent.includes(feature)), []);
  const sent = await page.evaluate(async () => {
    const elsewhere = location.origin.replace('127.0.0.1', 'localhost');
    const image = new Image();
    const loaded = new Promise((resolve) => Object.assign(image, { onload: () => resolve('loaded'), onerror: () => resolve('refused') }));
    image.src = `${elsewhere}/pixel`;
    return [await fetch(elsewhere).then(() => 'sent', () => 'refused'), await loaded];
  });
  assert.deepEqual(sent, ['refused', 'refused']);
  assert.deepEqual((await refused(page, 2)).sort(), ['connect-src', 'img-src']);
});

// What the eye is told while answering: what is chosen and what only pointed at, where things stand, and paper.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DESK, PHONE, begin, shows } from './browser.mjs';
import { surveyFixture, text } from './survey-fixture.mjs';

const survey = surveyFixture();

const ground = (label) => label.evaluate((element) => getComputedStyle(element).backgroundColor);

for (const colorScheme of ['light', 'dark']) {
  test(`an option under the pointer does not look like a chosen one (${colorScheme})`, async () => {
    const page = await survey.tab({ ...DESK, colorScheme });
    await begin(page, survey.round.link(0));
    const [chosen, pointed, other] = [2, 4, 5].map((n) => page.locator('#statement-1 label.option').nth(n));
    await chosen.click();
    await pointed.hover();
    const [a, b, c] = [await ground(chosen), await ground(pointed), await ground(other)];
    assert.equal(new Set([a, b, c]).size, 3, `${a} chosen, ${b} pointed at, ${c} neither`);
    const shadows = await pointed.evaluate((element) => getComputedStyle(element).boxShadow);
    assert.equal(shadows, 'none', 'nor has it the frame of a chosen one');
    await chosen.hover();
    assert.equal(await ground(chosen), a, 'the pointer does not change a chosen one');
  });
}

test('a finger leaves no tint behind', async () => {
  const page = await survey.tab(PHONE);
  await begin(page, survey.round.link(0));
  const option = page.locator('#statement-1 label.option').nth(3);
  const before = await ground(option);
  await option.hover();
  assert.equal(await ground(option), before);
});

/** Where every target on the page stands. */
const places = (page) =>
  page.evaluate(() => [...document.querySelectorAll('label.option, #next, #early, #leave')].map((element) => {
    const { x, y, width, height } = element.getBoundingClientRect();
    return [x, y + scrollY, width, height].map(Math.round).join(' ');
  }));

for (const [name, options] of [['phone', PHONE], ['phone, in German', { ...PHONE, locale: 'de-DE' }], ['tablet', { ...DESK, viewport: { width: 768, height: 1024 } }], ['desk', DESK]]) {
  test(`nothing moves when an answer is chosen or cleared, and no room is left empty for it (${name})`, async () => {
    const page = await survey.tab(options);
    await begin(page, survey.round.link(0));
    const before = await places(page);
    const below = await page.locator('#statement-2').evaluate((fieldset) => {
      const lowest = Math.max(...[...fieldset.querySelectorAll('label.option')].map((label) => label.getBoundingClientRect().bottom));
      return fieldset.getBoundingClientRect().bottom - lowest;
    });
    assert.ok(below <= 24, `${below} px below the last choice`);
    await page.locator('#statement-1 label.option').nth(1).click();
    await page.locator('#statement-2 label.option').nth(7).click();
    assert.deepEqual(await places(page), before);
    const clear = page.locator('#statement-2-clear');
    assert.ok(await clear.isVisible());
    const { height, width } = await clear.boundingBox();
    assert.ok(height >= 44 && width >= 36, `the way to clear is ${width} by ${height} px`);
    const covered = await clear.evaluate((element) => {
      const own = element.getBoundingClientRect();
      return [...document.querySelectorAll('#statement-2 label.option, #statement-2 legend > *')].some((other) => {
        const { left, right, top, bottom } = other.getBoundingClientRect();
        return left < own.right && right > own.left && top < own.bottom && bottom > own.top;
      });
    });
    assert.equal(covered, false, 'it covers nothing');
    await clear.click();
    assert.deepEqual(await places(page), before);
  });
}

test('the length is said on the first page of statements, and the open questions are no section', async () => {
  await survey.restart({ statements: 20, comments: true });
  const page = await survey.tab(PHONE);
  await begin(page, survey.round.link(0));
  assert.equal(await page.locator('#title').innerText(), 'Section 1 of 4');
  assert.equal(await page.locator('#length').innerText(), '20 statements, about 4 minutes');
  for (const title of ['Section 2 of 4', 'Section 3 of 4', 'Section 4 of 4', 'Open questions']) {
    await page.locator('#next').click();
    await page.getByRole('heading', { name: title, exact: true }).waitFor();
    assert.equal(await page.locator('#length').count(), 0);
  }
});

test('on paper the text of the promise is covered by nothing', async () => {
  const page = await survey.tab();
  await page.goto(survey.round.link(0));
  await shows(page, 'promise');
  await page.emulateMedia({ media: 'print' });
  const sticking = await page.evaluate(() =>
    [...document.querySelectorAll('body *')]
      .filter((element) => element.checkVisibility() && ['sticky', 'fixed'].includes(getComputedStyle(element).position))
      .map((element) => element.id || element.className),
  );
  assert.deepEqual(sticking, []);
  assert.equal(await page.locator('#start').isVisible(), false, 'nobody presses Start on paper');
  assert.match(await text(page), /one of 12 people in Dispatch and Returns/);
});

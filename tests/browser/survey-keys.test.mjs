// Answering with the keyboard alone: how many presses it takes, what each key does, and which keys are left as the browser has them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DESK, PHONE, begin, shows } from './browser.mjs';
import { surveyFixture } from './survey-fixture.mjs';

const survey = surveyFixture();

const focused = (page) => page.evaluate(() => document.activeElement?.id ?? '');
const told = (page) => page.locator('.unseen[role=status]').innerText();

/** Every press of a key is counted. */
function presses(page) {
  let count = 0;
  const press = async (key) => {
    count += 1;
    await page.keyboard.press(key);
  };
  return {
    press,
    count: () => count,
    /** Presses Tab until the focus is where it should be. */
    async tabTo(id) {
      for (let i = 0; i < 40; i++) {
        if ((await focused(page)) === id) return;
        await press('Tab');
      }
      assert.fail(`Tab does not lead to ${id}`);
    },
  };
}

test('twenty statements take at most 42 presses, from the promise to the receipt', async () => {
  await survey.restart({ statements: 20 });
  const page = await survey.tab();
  await page.goto(survey.round.link(2));
  await shows(page, 'promise');
  const { press, count, tabTo } = presses(page);
  await tabTo('start');
  await press('Enter');
  for (let section = 0; section < 4; section++) {
    await page.getByRole('heading', { name: `Section ${section + 1} of 4`, exact: true }).waitFor();
    assert.equal(await focused(page), 'title', 'the focus is at the title of the new page');
    for (let i = 0; i < 5; i++) {
      const statement = section * 5 + i + 1;
      if (i === 0) await tabTo(`statement-${statement}-1`);
      assert.equal(await focused(page), `statement-${statement}-1`, 'the digit before led here');
      await press(String(1 + (statement % 7)));
    }
    assert.equal(await focused(page), 'next');
    await press('Enter');
  }
  await shows(page, 'review');
  assert.equal(await focused(page), 'title');
  await tabTo('to-send');
  await press('Enter');
  assert.equal(await focused(page), 'level-0', 'where the answers shall count is not passed over');
  await press('Enter');
  await shows(page, 'receipt');
  console.log(`  ${count()} presses for 20 statements`);
  assert.ok(count() <= 42, `${count()} presses`);
  const [ballot] = await survey.round.open();
  assert.deepEqual(ballot.answers, Array.from({ length: 20 }, (_, i) => 1 + ((i + 1) % 7)));
});

test('a digit is told and leads on, to the answer that is there already or to the first choice', async () => {
  const page = await survey.tab();
  await begin(page, survey.round.link(0));
  await page.locator('#statement-2-4').check();
  await page.locator('#statement-1-1').focus();
  await page.keyboard.press('6');
  assert.ok(await page.locator('#statement-1-6').isChecked());
  assert.equal(await focused(page), 'statement-2-4');
  assert.equal(await told(page), 'Statement 1: agree');
  await page.keyboard.press('0');
  assert.equal(await told(page), 'Statement 2: cannot say');
  assert.equal(await focused(page), 'statement-3-1');
  await page.keyboard.press('8');
  await page.keyboard.press('x');
  await page.keyboard.press('Control+3');
  assert.equal(await focused(page), 'statement-3-1', 'no other key does anything');
  assert.equal(await page.locator('#statement-3 input:checked').count(), 0);
});

test('a key held down answers one statement only', async () => {
  const page = await survey.tab();
  await begin(page, survey.round.link(0));
  await page.locator('#statement-1-1').focus();
  for (let i = 0; i < 4; i++) await page.keyboard.down('5');
  await page.keyboard.up('5');
  assert.equal(await page.locator('input[type=radio]:checked').count(), 1);
  assert.equal(await focused(page), 'statement-2-1');
});

test('Tab, arrows, Space, clicks and Enter do what they do in every form', async () => {
  const page = await survey.tab();
  await begin(page, survey.round.link(0));
  await page.keyboard.press('Tab');
  assert.equal(await focused(page), 'statement-1-1');
  assert.equal(await page.locator('input:checked[type=radio]').count(), 0, 'Tab chooses nothing');
  await page.keyboard.press('Space');
  assert.ok(await page.locator('#statement-1-1').isChecked());
  assert.equal(await focused(page), 'statement-1-1', 'Space stays');
  await page.keyboard.press('ArrowDown');
  assert.ok(await page.locator('#statement-1-2').isChecked());
  assert.equal(await focused(page), 'statement-1-2', 'an arrow stays in the statement');
  await page.keyboard.press('Tab');
  assert.equal(await focused(page), 'statement-1-clear', 'an answer can be cleared by a button, too');
  await page.keyboard.press('Tab');
  assert.equal(await focused(page), 'statement-2-1');
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Shift+Tab');
  assert.equal(await focused(page), 'statement-1-2');
  await page.locator('#statement-2 label').nth(2).click();
  assert.equal(await focused(page), 'statement-2-3', 'a click stays');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Section 2 of 3' }).waitFor();
});

test('Backspace and Delete take an answer back and stay', async () => {
  const page = await survey.tab();
  await begin(page, survey.round.link(0));
  for (const key of ['Backspace', 'Delete']) {
    await page.locator('#statement-1-3').check();
    await page.keyboard.press(key);
    assert.equal(await page.locator('#statement-1 input:checked').count(), 0);
    assert.equal(await page.locator('#statement-1-clear').isVisible(), false);
    assert.equal(await told(page), 'Statement 1: left blank');
    assert.equal(await focused(page), 'statement-1-3');
  }
  await page.locator('#statement-1-3').check();
  await page.locator('#statement-1-clear').focus();
  await page.keyboard.press('Backspace');
  assert.match(await focused(page), /^statement-1-\d$/, 'the focus does not fall off the button that goes');
  await page.reload();
  await shows(page, 'section', 'promise');
  assert.equal(await page.locator('#statement-1 input:checked').count(), 0, 'the draft forgets it as well');
});

test('whoever came to change one answer goes back to the overview after the digit', async () => {
  const page = await survey.tab();
  await begin(page, survey.round.link(0));
  await page.locator('#statement-2-3').check();
  await page.locator('#early').click();
  await page.locator('#change-2').click();
  assert.equal(await focused(page), 'statement-2-3');
  await page.keyboard.press('6');
  assert.equal(await focused(page), 'next');
  await page.keyboard.press('Enter');
  await shows(page, 'review');
});

test('the moving on can be switched off, and the hint says what holds', async () => {
  const page = await survey.tab({ ...DESK, locale: 'de-DE' });
  await begin(page, survey.round.link(0));
  const hint = page.locator('.hint.keys');
  assert.match(await hint.innerText(), /mit der nächsten Aussage weiter/);
  await page.locator('#moves-on').focus();
  await page.keyboard.press('Space');
  assert.equal(await focused(page), 'moves-on');
  assert.doesNotMatch(await hint.innerText(), /mit der nächsten Aussage weiter/);
  assert.match(await hint.innerText(), /Rücktaste/);
  await page.locator('#statement-1-1').focus();
  await page.keyboard.press('3');
  assert.equal(await focused(page), 'statement-1-3');
  await page.locator('#next').click();
  await page.locator('#statement-5-1').focus();
  await page.keyboard.press('3');
  assert.equal(await focused(page), 'statement-5-3', 'it stays off on the next page');
});

test('the hint is there wherever a keyboard was used, and not on a phone without one', async () => {
  const page = await survey.tab(PHONE);
  await begin(page, survey.round.link(0));
  assert.equal(await page.locator('.hint.keys').isVisible(), false);
  await page.keyboard.press('Tab');
  assert.ok(await page.locator('.hint.keys').isVisible());
  assert.ok(await page.locator('#moves-on').isVisible());
});

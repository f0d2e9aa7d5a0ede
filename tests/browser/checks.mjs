// What shall hold on every page that somebody meets. Each check gives a list of what is wrong, in words; an empty one is good.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

const AXE = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe finds, and what it could not decide. It looks at the page as it stands, and leaves it so. */
export const axe = (page) => findings(page, RULES, 10);

/**
 * The same of a mail, which stands inside of the page of a mail program: it has no landmarks and no first heading, and where it names no colours,
 * as in the dark, it shows those of that program.
 */
export const axeOfMail = async (page) =>
  (await findings(page, RULES.filter((rule) => rule !== 'best-practice'), 8)).filter((one) => !one.startsWith('axe cannot decide color-contrast'));

/** The same of colours alone, where all the rest was looked at already. */
export const contrast = (page) => findings(page, { type: 'rule', values: ['color-contrast'] }, 1);

async function findings(page, rules, fewest) {
  if (await page.evaluate(() => globalThis.axe === undefined)) await page.evaluate(AXE);
  const found = await page.evaluate(async ([rules, fewest]) => {
    const { violations, incomplete, passes } = await globalThis.axe.run(document, { runOnly: rules, resultTypes: ['violations', 'incomplete'], elementRef: true });
    // What lies behind an open question is dimmed: axe cannot tell which of the two grounds its letters stand on. They stand on its own.
    const dimmed = document.querySelector('dialog[open]') !== null;
    // Nor does it know what letters of a drawing stand on: `drawn` does. What is scrolled away in a frame of a page stands on the page.
    const open = ({ element }) => !dimmed && element.closest('svg, .scroll') === null;
    const undecided = incomplete
      .map(({ id, nodes }) => ({ id, nodes: id === 'color-contrast' ? nodes.filter(open) : nodes }))
      // The frame of a mail runs no scripts, and the head of a group of lines has its lines below.
      .filter(({ id, nodes }) => nodes.length > 0 && !['frame-tested', 'th-has-data-cells'].includes(id));
    const told = (how) => ({ id, nodes }) => `axe ${how} ${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`;
    return [...violations.map(told('finds')), ...undecided.map(told('cannot decide')), ...(passes.length < fewest ? [`axe looked at ${passes.length} rules only`] : [])];
  }, [rules, fewest]);
  return [...found, ...(await drawn(page))];
}

/** Letters of drawings have the contrast that WCAG 2.2 asks for (1.4.3) with whatever is drawn below them. */
const drawn = (page) =>
  page.evaluate(() => {
    const context = Object.assign(document.createElement('canvas'), { width: 1, height: 1 }).getContext('2d', { willReadFrequently: true });
    /** A colour as red, green, blue and opacity from 0 to 1, whatever form it is written in. */
    const parts = (colour) => {
      context.clearRect(0, 0, 1, 1);
      context.fillStyle = colour;
      context.fillRect(0, 0, 1, 1);
      return [...context.getImageData(0, 0, 1, 1).data].map((value) => value / 255);
    };
    const over = (ground, [r, g, b, a], opacity) => [r, g, b].map((value, i) => value * a * opacity + ground[i] * (1 - a * opacity));
    const luminance = (rgb) => {
      const [r, g, b] = rgb.map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const opacity = (element) => {
      let product = Number(getComputedStyle(element).fillOpacity);
      for (let one = element; one.tagName !== 'svg'; one = one.parentElement) product *= Number(getComputedStyle(one).opacity);
      return product;
    };
    const wrong = [];
    for (const letters of document.querySelectorAll('svg text')) {
      if (!letters.checkVisibility({ visibilityProperty: true })) continue;
      const svg = letters.ownerSVGElement;
      const box = letters.getBoundingClientRect();
      const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
      const behind = [];
      for (let one = svg; one !== null; one = one.parentElement) behind.unshift(parts(getComputedStyle(one).backgroundColor));
      let ground = behind.reduce((below, colour) => over(below, colour, 1), parts('Canvas').slice(0, 3));
      for (const shape of svg.querySelectorAll('rect, circle, ellipse, path, polygon')) {
        const { left, right, top, bottom } = shape.getBoundingClientRect();
        const covers = left <= x && x <= right && top <= y && y <= bottom && shape.compareDocumentPosition(letters) & Node.DOCUMENT_POSITION_FOLLOWING;
        const { fill } = getComputedStyle(shape);
        if (covers && fill !== 'none' && !fill.startsWith('url')) ground = over(ground, parts(fill), opacity(shape));
      }
      const { fill, fontSize, fontWeight } = getComputedStyle(letters);
      // As large as they are on the page, not as the drawing counts.
      const size = (parseFloat(fontSize) * svg.getBoundingClientRect().width) / (svg.viewBox.baseVal?.width || svg.getBoundingClientRect().width);
      const least = size >= 24 || (size >= 18.66 && Number(fontWeight) >= 700) ? 3 : 4.5;
      const [one, other] = [luminance(ground), luminance(over(ground, parts(fill), opacity(letters)))].sort((a, b) => b - a);
      const contrast = (one + 0.05) / (other + 0.05);
      if (contrast < least) wrong.push(`letters of a drawing, "${letters.textContent}": contrast ${contrast.toFixed(2)}`);
    }
    return wrong;
  });

/** Whether something is cut off at the side, or would have to be scrolled to. */
export const narrow = (page) =>
  page.evaluate(() => {
    const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
    // Shapes of a drawing, what scrolls in a frame of its own, and heads of tables that only screen readers meet.
    const framed = ({ parentElement }) => {
      for (let around = parentElement; around && around !== document.body; around = around.parentElement) {
        const { overflowX, clipPath } = getComputedStyle(around);
        if (around.tagName === 'svg' || ['auto', 'scroll'].includes(overflowX) || clipPath !== 'none') return true;
      }
      return false;
    };
    const hidden = (element) => element.closest('.skip, .unseen') !== null || !element.checkVisibility({ visibilityProperty: true }) || framed(element);
    const out = [...document.querySelectorAll('body *')].filter((element) => {
      const { left, right, width } = element.getBoundingClientRect();
      return width > 0 && !hidden(element) && (left < -0.5 || right > document.documentElement.clientWidth + 0.5);
    });
    const cut = [...document.querySelectorAll('button, summary, label, p, li, dd, dt, h1, h2, legend')].filter(
      (element) => !hidden(element) && getComputedStyle(element).display !== 'inline' && element.scrollWidth > element.clientWidth + 1,
    );
    const named = (element) => element.id || element.className || element.tagName.toLowerCase();
    return [
      ...(wide > 0 ? [`${wide} px too wide`] : []),
      ...(out.length > 0 ? [`reaches out of the page: ${out.map(named).slice(0, 5).join(', ')}`] : []),
      ...(cut.length > 0 ? [`text wider than its box: ${cut.map(named).slice(0, 5).join(', ')}`] : []),
    ];
  });

/** Letters of drawings stay large enough to be read. */
export const letters = (page) =>
  page.evaluate(() => {
    const sizes = [...document.querySelectorAll('svg.chart text')].map((text) => parseFloat(getComputedStyle(text).fontSize) * (text.getScreenCTM()?.a ?? 1));
    const small = sizes.filter((size) => size > 0 && size < 10.95);
    return small.length > 0 ? [`${small.length} texts of drawings are small, down to ${Math.min(...small).toFixed(1)} px`] : [];
  });

/** Texts of a drawing touch neither each other nor its edge. */
export const crowded = (page) =>
  page.evaluate(() => {
    // Boxes of letters are as high as their line: so much of one may reach into the next without letters touching.
    const SLACK = 0.3;
    const wrong = [];
    for (const svg of document.querySelectorAll('svg.chart')) {
      const frame = svg.getBoundingClientRect();
      if (frame.width === 0) continue;
      const title = svg.querySelector('title')?.textContent;
      const boxes = [...svg.querySelectorAll('text')].map((text) => ({ text: text.textContent, ...text.getBoundingClientRect().toJSON() }));
      for (const [place, one] of boxes.entries()) {
        if (one.left < frame.left - 1 || one.right > frame.right + 1) wrong.push(`"${one.text}" reaches out of the drawing "${title}"`);
        for (const other of boxes.slice(place + 1)) {
          const across = Math.min(one.right, other.right) - Math.max(one.left, other.left);
          const down = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
          if (across > 0.5 && down > SLACK * Math.min(one.height, other.height)) wrong.push(`"${one.text}" and "${other.text}" touch in the drawing "${title}"`);
        }
      }
    }
    return wrong;
  });

/** Whatever scrolls by itself takes the focus and has a name, and whatever is a table has heads. */
export const tables = (page) =>
  page.evaluate(() => {
    const shown = (selector) => [...document.querySelectorAll(selector)].filter((element) => element.checkVisibility({ visibilityProperty: true }));
    const named = (element) => element.getAttribute('aria-label') ?? element.id ?? element.className;
    const scrolling = shown('main *').filter((element) => ['auto', 'scroll'].includes(getComputedStyle(element).overflowX) && !element.matches('textarea, select, iframe'));
    const silent = scrolling.filter((element) => element.tabIndex !== 0 || element.getAttribute('role') !== 'region' || !element.getAttribute('aria-label'));
    const headless = shown('table').filter((table) => table.querySelector('thead th[scope=col]') === null);
    return [...silent.map((element) => `scrolls without focus or name: ${named(element)}`), ...headless.map((table) => `a table without a head row: ${table.innerText.slice(0, 40)}`)];
  });

/** Opens what is folded, so that it is looked at, too. */
export const unfold = (page) => page.evaluate(() => document.querySelectorAll('details').forEach((details) => (details.open = true)));

/** One title, headings without a gap, and a title of the window that begins with that of the page. */
export const headings = (page) =>
  page.evaluate(() => {
    const all = [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].filter((heading) => heading.checkVisibility()).map((heading) => Number(heading.tagName[1]));
    const ones = all.filter((level) => level === 1).length;
    const gap = all.some((level, i) => level > (all[i - 1] ?? 0) + 1);
    return [...(ones === 1 ? [] : [`${ones} first headings`]), ...(gap ? [`headings ${all.join(' ')}`] : [])];
  });

/** Everything that can be pressed or typed into is at least 44 px high and wide; a link within a sentence need not be. */
export const targets = (page) =>
  page.evaluate(() =>
    [...document.querySelectorAll('button, label.option, label:has(input[type=checkbox]), summary, input[type=text], input[type=file], textarea, a[href]:not(p a, li a, .skip)')]
      .filter((element) => element.checkVisibility({ visibilityProperty: true }))
      .map((element) => ({ element, ...element.getBoundingClientRect().toJSON() }))
      .filter(({ width, height }) => width < 43.5 || height < 43.5)
      .map(({ element, width, height }) => `${element.id || element.textContent}: ${Math.round(width)} × ${Math.round(height)} px`),
  );

/** Whatever has the focus shows it by a line of at least two pixels, and nothing lies over it. */
export const focus = (page) =>
  page.evaluate(() => {
    const before = document.activeElement;
    const place = [scrollX, scrollY];
    const wrong = [];
    // Behind a question that has to be answered first nothing takes the focus.
    const frame = document.querySelector('dialog[open]') ?? document;
    for (const element of frame.querySelectorAll('a[href], button, input, textarea, select, summary, [tabindex="0"]')) {
      if (element.disabled || !element.checkVisibility({ visibilityProperty: true })) continue;
      document.activeElement?.blur();
      element.focus({ focusVisible: true });
      const name = element.id || element.getAttribute('aria-label') || element.textContent.slice(0, 40);
      if (document.activeElement !== element) {
        wrong.push(`takes no focus: ${name}`);
        continue;
      }
      const marked = [element, element.closest('label.option')].some((one) => {
        if (one === null) return false;
        const { outlineStyle, outlineWidth } = getComputedStyle(one);
        return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
      });
      if (!marked) wrong.push(`shows no focus: ${name}`);
      const { x, y, width, height } = element.getBoundingClientRect();
      const over = document.elementFromPoint(x + width / 2, y + height / 2);
      // The middle of what is higher than the window need not be in it.
      if (height > innerHeight) continue;
      if (over === null || !(element.contains(over) || over.contains(element) || element.closest('label')?.contains(over))) wrong.push(`lies under something: ${name}`);
    }
    before?.focus({ preventScroll: true });
    scrollTo(...place);
    return wrong;
  });

/** Runs `look` with text twice as large. */
export async function twiceAsLarge(page, look) {
  await page.evaluate(() => document.documentElement.style.setProperty('font-size', '200%'));
  try {
    return await look();
  } finally {
    await page.evaluate(() => document.documentElement.style.removeProperty('font-size'));
  }
}

/** Where the system chooses the colours: what is chosen and what has the focus can be told apart from the rest, and from each other. */
export const forcedColours = (page) =>
  page.evaluate(() => {
    const before = document.activeElement;
    const looks = (label) => {
      const { outlineStyle, outlineWidth, outlineColor, outlineOffset, backgroundColor, color } = getComputedStyle(label);
      return `${outlineStyle === 'none' ? 'no outline' : `${outlineStyle} ${outlineWidth} ${outlineColor} ${outlineOffset}`}, ${color} on ${backgroundColor}`;
    };
    const wrong = [];
    for (const fieldset of (document.querySelector('dialog[open]') ?? document).querySelectorAll('fieldset')) {
      const labels = [...fieldset.querySelectorAll('label.option')];
      const chosen = labels.find((label) => label.querySelector(':checked'));
      const other = labels.find((label) => label !== chosen);
      if (chosen === undefined || other === undefined) continue;
      document.activeElement?.blur();
      const seen = [['chosen', looks(chosen)], ['not chosen', looks(other)]];
      for (const [name, label] of [['chosen, with focus', chosen], ['not chosen, with focus', other]]) {
        label.querySelector('input').focus({ focusVisible: true });
        seen.push([name, looks(label)]);
        document.activeElement?.blur();
      }
      for (const [i, [name, look]] of seen.entries()) for (const [same, other] of seen.slice(i + 1)) if (look === other) wrong.push(`${fieldset.id}: "${name}" looks like "${same}": ${look}`);
    }
    before?.focus({ preventScroll: true });
    return wrong;
  });

/** On paper nothing sticks to the window or waits to be pressed, and every letter is dark on white, whatever colours the screen had. */
export const printed = (page) =>
  page.evaluate(() => {
    const seen = [...document.querySelectorAll('body *')].filter((element) => element.checkVisibility({ visibilityProperty: true }));
    const named = (element) => element.id || element.className || element.tagName.toLowerCase();
    const sticking = seen.filter((element) => ['sticky', 'fixed'].includes(getComputedStyle(element).position)).map(named);
    const pressable = seen.filter((element) => element.matches('button')).map(named);
    const luminance = (colour) => {
      const [r, g, b] = colour.match(/[\d.]+/g).map((value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4));
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const pale = seen
      .filter((element) => [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent.trim() !== ''))
      .filter((element) => 1.05 / (luminance(getComputedStyle(element).color) + 0.05) < 4.5)
      .map(named);
    return [
      ...(sticking.length > 0 ? [`sticks to the window: ${sticking.join(', ')}`] : []),
      ...(pressable.length > 0 ? [`to be pressed: ${pressable.join(', ')}`] : []),
      ...(pale.length > 0 ? [`pale on paper: ${pale.slice(0, 5).join(', ')}`] : []),
    ];
  });

/** What moves by itself. */
export const moving = (page) =>
  page.evaluate(() => document.getAnimations().filter(({ effect, playState }) => playState === 'running' && effect.getComputedTiming().duration > 0).map(({ animationName }) => `moves: ${animationName}`));

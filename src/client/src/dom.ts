// Building the page from nodes. Text is always text: nothing here reads HTML.

export type Child = Node | string | false | undefined;

export interface Props {
  readonly id?: string;
  readonly class?: string;
  readonly onclick?: (event: MouseEvent) => void;
  readonly onchange?: (event: Event) => void;
  readonly onsubmit?: (event: SubmitEvent) => void;
  readonly onkeydown?: (event: KeyboardEvent) => void;
  readonly oninput?: (event: Event) => void;
  /** Any other attribute; `false` leaves it out. */
  readonly [attribute: string]: string | number | boolean | ((event: never) => void) | undefined;
}

/** Makes an element with attributes, listeners and children. */
export function el<K extends keyof HTMLElementTagNameMap>(tag: K, props: Props = {}, ...children: (Child | Child[])[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (typeof value === 'function') element.addEventListener(name.slice(2), value as EventListener);
    else if (value === true) element.setAttribute(name, '');
    else if (value !== false && value !== undefined) element.setAttribute(name, String(value));
  }
  for (const child of children.flat()) if (child !== false && child !== undefined) element.append(child);
  return element;
}

/** A form whose submission is handled here and never leaves the page. */
export function form(props: Props, submit: () => void, ...children: (Child | Child[])[]): HTMLFormElement {
  const onsubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    submit();
  };
  return el('form', { novalidate: true, ...props, onsubmit }, ...children);
}

export function button(id: string, kind: 'primary' | 'secondary' | 'quiet', label: string, onclick: () => void): HTMLButtonElement {
  return el('button', { id, type: 'button', class: `button ${kind}`, onclick }, label);
}

/** The pattern of an error summary: says what is wrong and leads to the field. */
export function errorSummary(title: string, problem: string, field: string): HTMLElement {
  const lead = (event: MouseEvent): void => {
    event.preventDefault();
    document.getElementById(field)?.focus();
  };
  return el(
    'div',
    { id: 'error-summary', class: 'error-summary', role: 'alert', tabindex: -1, 'aria-labelledby': 'error-title' },
    el('h2', { id: 'error-title' }, title),
    el('ul', {}, el('li', {}, el('a', { href: `#${field}`, onclick: lead }, problem))),
  );
}

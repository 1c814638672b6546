import { shown } from '../../escape.js';

type Child = Node | string;

/**
 * An element with attributes and children. The only way this script makes any: a string becomes a text node, escaped for
 * the eye as on a terminal, and is never parsed as markup.
 */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string | number | boolean | undefined>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes))
    if (value === true) made.setAttribute(name, '');
    else if (value !== undefined && value !== false) made.setAttribute(name, shown(String(value)));
  made.append(...children.map((child) => (typeof child === 'string' ? shown(child) : child)));
  return made;
}

/** A name from a file, set apart so that its direction stays its own. */
export function name(text: string, className = 'path'): HTMLElement {
  return element('bdi', { class: className }, text);
}

export function button(
  label: Child,
  attributes: Readonly<Record<string, string | boolean>>,
  act: () => void,
): HTMLButtonElement {
  const made = element('button', { type: 'button', ...attributes }, label);
  made.addEventListener('click', act);
  return made;
}

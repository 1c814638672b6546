import { shownBlock } from '../../escape.js';
import { element } from './element.js';
import type { MatchTexts } from './report-data.js';

/** Two texts beside each other, the runs they share marked; pointing at a run lights its twin. */
export function collation(texts: MatchTexts, code: boolean): HTMLElement {
  const runs: { item: readonly [number, number]; document: readonly [number, number] }[] = [];
  for (let i = 0; i < texts.runs.length; i += 4)
    runs.push({
      item: [texts.runs[i], texts.runs[i + 1]],
      document: [texts.runs[i + 2] - texts.documentStart, texts.runs[i + 3] - texts.documentStart],
    });
  const sides = [
    textSide(
      texts.item,
      runs.map(({ item }) => item),
      titled('Benchmark item'),
    ),
    textSide(
      texts.document,
      runs.map(({ document }) => document),
      { ...titled('Corpus document'), cutBefore: texts.documentStart > 0 },
    ),
  ];
  const root = element('div', { class: `collation${code ? ' code' : ''}` }, ...sides);
  root.addEventListener('pointerover', (event) => light(root, runAt(event)));
  root.addEventListener('pointerleave', () => light(root, undefined));
  root.addEventListener('click', (event) => {
    const run = runAt(event);
    if (run !== undefined) follow(root, run);
  });
  return root;
}

function titled(label: string): TextSide {
  return { label, title: element('h4', {}, label) };
}

export interface TextSide {
  /** Above the text. */
  readonly title: HTMLElement;
  /** What the text is, to whoever does not see where it stands. */
  readonly label: string;
  /** Class of what is marked. */
  readonly mark?: string;
  /** The text is a piece of a longer one. */
  readonly cutBefore?: boolean;
  readonly cutAfter?: boolean;
}

/** A text under its title, some stretches of it marked, which know their numbers. */
export function textSide(
  text: string,
  stretches: readonly (readonly [number, number])[],
  { title, label, mark = 'shared', cutBefore = false, cutAfter = false }: TextSide,
): HTMLElement {
  const body = element('div', { class: 'text', dir: 'auto', tabindex: 0, role: 'region', 'aria-label': label });
  let at = 0;
  if (cutBefore) body.append(element('span', { class: 'cut' }, '… '));
  // Stretches may reach into each other; what is marked twice is marked once.
  for (const [run, [from, to]] of [...stretches.entries()].sort((a, b) => a[1][0] - b[1][0])) {
    const start = Math.max(from, at);
    const end = Math.min(to, text.length);
    if (start >= end) continue;
    body.append(shownBlock(text.slice(at, start)));
    const marked = element('mark', { class: mark, 'data-run': run });
    marked.append(shownBlock(text.slice(start, end)));
    body.append(marked);
    at = end;
  }
  body.append(shownBlock(text.slice(at)));
  if (cutAfter) body.append(element('span', { class: 'cut' }, ' …'));
  return element('div', { class: 'side' }, title, body);
}

function runAt(event: Event): string | undefined {
  const mark = event.target instanceof Element ? event.target.closest('mark') : null;
  return mark?.dataset['run'];
}

function light(root: HTMLElement, run: string | undefined): void {
  for (const mark of root.querySelectorAll('mark'))
    mark.classList.toggle('lit', run !== undefined && mark.dataset['run'] === run);
}

/** Brings both ends of a run into view. */
function follow(root: HTMLElement, run: string): void {
  for (const mark of root.querySelectorAll('mark'))
    if (mark.dataset['run'] === run) mark.scrollIntoView({ block: 'nearest' });
}

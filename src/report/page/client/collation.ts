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
    side(
      'Benchmark item',
      texts.item,
      runs.map(({ item }) => item),
      false,
    ),
    side(
      'Corpus document',
      texts.document,
      runs.map(({ document }) => document),
      texts.documentStart > 0,
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

function side(
  title: string,
  text: string,
  runs: readonly (readonly [number, number])[],
  cutBefore: boolean,
): HTMLElement {
  const body = element('div', { class: 'text', dir: 'auto', tabindex: 0, role: 'region', 'aria-label': title });
  let at = 0;
  if (cutBefore) body.append(element('span', { class: 'cut' }, '… '));
  // Runs may reach into each other on one side; what is marked twice is marked once.
  for (const [run, [from, to]] of [...runs.entries()].sort((a, b) => a[1][0] - b[1][0])) {
    const start = Math.max(from, at);
    const end = Math.min(to, text.length);
    if (start >= end) continue;
    body.append(shownBlock(text.slice(at, start)));
    const mark = element('mark', { 'data-run': run });
    mark.append(shownBlock(text.slice(start, end)));
    body.append(mark);
    at = end;
  }
  body.append(shownBlock(text.slice(at)));
  return element('div', { class: 'side' }, element('h4', {}, title), body);
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

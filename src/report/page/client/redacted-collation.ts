import { count } from '../../numbers.js';
import { element } from './element.js';
import type { MatchTexts } from './report-data.js';

/** Where the texts were taken out: how long they were, their digests, and where the runs they share stand in them. */
export function redactedCollation({ redacted, runs, documentStart }: MatchTexts): HTMLElement | undefined {
  if (!redacted) return undefined;
  const [itemHmac, itemLength, documentHmac, documentLength] = redacted;
  const item: (readonly [number, number])[] = [];
  const document: (readonly [number, number])[] = [];
  for (let i = 0; i < runs.length; i += 4) {
    item.push([runs[i], runs[i + 1]]);
    document.push([runs[i + 2] - documentStart, runs[i + 3] - documentStart]);
  }
  return element(
    'div',
    { class: 'collation' },
    redactedSide(element('h4', {}, 'Benchmark item'), itemHmac, itemLength, item),
    redactedSide(element('h4', {}, 'Corpus document'), documentHmac, documentLength, document),
  );
}

/** What stands for a text: its length, its digest, and where runs of it stand, if it is of any. */
export function redactedSide(
  title: HTMLElement,
  hmac: string,
  length: number,
  runs: readonly (readonly [number, number])[],
): HTMLElement {
  const strip = element('div', { class: 'strip', role: 'img', 'aria-label': `${runs.length} shared runs` });
  for (const [start, end] of runs) {
    const run = element('span', {});
    run.style.left = `${(start / Math.max(1, length)) * 100}%`;
    run.style.width = `${((end - start) / Math.max(1, length)) * 100}%`;
    strip.append(run);
  }
  return element(
    'div',
    { class: 'side' },
    title,
    ...(runs.length > 0 ? [strip] : []),
    element('p', { class: 'note' }, `${count(length)} characters, redacted`),
    element('p', { class: 'note' }, element('span', { class: 'path' }, hmac)),
  );
}

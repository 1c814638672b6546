import type { Stretch } from './record-text.js';

/**
 * What is to be taken out of a text: the spans, each with up to `margin` characters on either side (fewer where a word would
 * be cut), ascending, and joined where they meet.
 */
export function stretchesOf(text: string, spans: readonly Stretch[], margin: number): Stretch[] {
  const wide = spans
    .filter(([from, to]) => from < Math.min(to, text.length))
    .map(([from, to]) => [widened(text, from, -margin), widened(text, to, margin)] as const)
    .map(([from, to]) => [splitsPair(text, from) ? from - 1 : from, splitsPair(text, to) ? to + 1 : to] as const)
    .filter(([from, to]) => from < to)
    .sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const joined: [number, number][] = [];
  for (const [from, to] of wide) {
    const last = joined.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else joined.push([from, to]);
  }
  return joined;
}

/** Moved by up to `by` characters, to the furthest place between words; where there is none (no spaces at all), by all of them. */
function widened(text: string, from: number, by: number): number {
  const at = Math.min(Math.max(from, 0), text.length);
  const furthest = Math.min(Math.max(at + by, 0), text.length);
  if (furthest === 0 || furthest === text.length) return furthest;
  const step = by < 0 ? 1 : -1;
  for (let p = furthest; p !== at; p += step) {
    const beside = by < 0 ? text[p - 1] : text[p];
    if (/\s/.test(beside)) return p;
  }
  return /\s/.test(text.slice(Math.min(at, furthest), Math.max(at, furthest))) ? at : furthest;
}

function splitsPair(text: string, at: number): boolean {
  return (text.charCodeAt(at) & 0xfc00) === 0xdc00 && (text.charCodeAt(at - 1) & 0xfc00) === 0xd800;
}

/** The text without the stretches, `mask` in the place of each. */
export function applied(text: string, stretches: readonly Stretch[], mask: string): string {
  let rest = '';
  let kept = 0;
  for (const [from, to] of stretches) {
    rest += text.slice(kept, from) + mask;
    kept = to;
  }
  return rest + text.slice(kept);
}

/**
 * Where a span of a text that stretches were taken out of stood before: from the first of its characters to the last, what was
 * taken out between them included. A place inside a mask is that of the stretch it stands for.
 */
export function spanBefore(
  [from, to]: Stretch,
  stretches: readonly Stretch[],
  maskLength: number,
): [start: number, end: number] {
  let start = from;
  let end = to;
  let shift = 0;
  for (const [a, b] of stretches) {
    const at = a + shift;
    shift += maskLength - (b - a);
    if (from >= at) start = Math.max(from - shift, b);
    if (to > at) end = Math.max(to - shift, b);
  }
  return [Math.min(start, end), end];
}

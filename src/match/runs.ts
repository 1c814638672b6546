import type { Pair } from './align.js';
import type { DocumentTokens } from './document-tokens.js';
import type { Run } from './finding.js';
import { follows } from './measure.js';

/** The aligned pairs as runs without a gap, in bytes of the input buffer. */
export function runsOf(pairs: readonly Pair[], tokens: DocumentTokens): Run[] {
  if (pairs.length === 0) return [];
  const offset = pairs[0].document;
  const stretch = tokens.stretch(offset, pairs[pairs.length - 1].document + 1);
  const runs: Run[] = [];
  let from = 0;
  for (let i = 1; i <= pairs.length; i++) {
    if (i < pairs.length && follows(pairs[i - 1], pairs[i])) continue;
    runs.push({
      itemStart: pairs[from].item,
      itemEnd: pairs[i - 1].item + 1,
      start: stretch.starts[pairs[from].document - offset],
      end: stretch.ends[pairs[i - 1].document - offset],
    });
    from = i;
  }
  return runs;
}

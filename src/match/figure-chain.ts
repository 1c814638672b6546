import type { Pair } from './align.js';

/** Bits that a figure costs which only the text, or only the document, has. A figure has 4 to 12. */
export const MISSING = 4;
export const EXTRA = 4;

const STOP = 0;
const MET = 1;
const UP = 2;
const LEFT = 3;

/** The heaviest chain of equal figures that stand in the same order on both sides, by their numbers there. */
export function figureChain(own: Uint32Array, bits: Uint8Array, there: Uint32Array): Pair[] {
  const width = there.length + 1;
  const scores = new Int32Array((own.length + 1) * width);
  const steps = new Uint8Array(scores.length);
  let best = 0;
  for (let i = 0; i < own.length; i++) {
    for (let j = 0; j < there.length; j++) {
      const cell = (i + 1) * width + j + 1;
      const up = scores[cell - width] - MISSING;
      const left = scores[cell - 1] - EXTRA;
      const met = own[i] === there[j] ? scores[cell - width - 1] + bits[i] : 0;
      const score = Math.max(0, met, up, left);
      scores[cell] = score;
      steps[cell] = score === 0 ? STOP : score === met ? MET : score === up ? UP : LEFT;
      if (score > scores[best]) best = cell;
    }
  }
  const pairs: Pair[] = [];
  for (let cell = best; steps[cell] !== STOP;) {
    const step = steps[cell];
    if (step === MET) pairs.push({ item: Math.floor(cell / width) - 1, document: (cell % width) - 1 });
    cell -= step === MET ? width + 1 : step === UP ? width : 1;
  }
  return pairs.reverse();
}

// Estimates of one-permutation and k-permutation signatures against exact Jaccard similarity, on seeded pairs of records of
// all sizes: bias and root-mean-square error beside theory, how often a pair shares a band, and what an insertion at the front
// does. Also draws the picture.
import { estimateJaccard } from '../dist/neardup/jaccard.js';
import { bandRecall } from '../dist/neardup/bands.js';
import { Random } from './random.js';
import { signatureOf, sketcher } from './sketcher.js';

const SEED = 20_260_501;
const BINS = 128;
const PAIRS = 1000;
/** Shingles that the two records have together. */
const SIZES = [10, 20, 60, 200, 1000];
const SIMILARITIES = Array.from({ length: 20 }, (_, i) => (i + 1) / 20);
const METHODS = ['one-permutation', 'k-permutation'];

/** Least samples for a bias to be told: how many of its own standard errors it may be. */
const MOST_DEVIATIONS = 4;

export function measureEstimates() {
  const random = new Random(SEED);
  const cells = [];
  for (const method of METHODS) {
    const core = sketcher({ method, shingle: { unit: 'words', size: 1 } });
    for (const size of SIZES)
      for (const similarity of SIMILARITIES) cells.push({ method, ...measureCell(random, core, size, similarity) });
  }
  return { bins: BINS, pairs: PAIRS, cells, insertions: measureInsertions(random) };
}

/** Pairs of sets of single words, so that the similarity is what it is said to be. */
function measureCell(random, core, size, wanted) {
  const shared = Math.max(1, Math.round(wanted * size));
  const jaccard = shared / size;
  let [sum, squares, together] = [0, 0, 0];
  for (let n = 0; n < PAIRS; n++) {
    const words = Array.from({ length: size }, () => `w${Math.floor(random.next() * 2 ** 32).toString(36)}`);
    const own = (size - shared) / 2;
    const a = [...words.slice(0, shared), ...words.slice(shared, shared + Math.ceil(own))];
    const b = [...words.slice(0, shared), ...words.slice(shared + Math.ceil(own))];
    const [first, second] = [signatureOf(core, a.join(' ')), signatureOf(core, b.join(' '))];
    const error = estimateJaccard(first.signature, second.signature) - jaccard;
    sum += error;
    squares += error * error;
    if (shareBand(first.keys, second.keys)) together++;
  }
  const rmse = Math.sqrt(squares / PAIRS);
  const bias = sum / PAIRS;
  return {
    size,
    jaccard,
    bias,
    /** Of the bias. */
    standardError: Math.sqrt(Math.max(0, squares / PAIRS - bias * bias) / PAIRS),
    rmse,
    theory: Math.sqrt((jaccard * (1 - jaccard)) / BINS),
    sharedBand: together / PAIRS,
    bandTheory: bandRecall(jaccard, core.scheme.bands, core.scheme.rows),
  };
}

function shareBand(a, b) {
  for (let i = 0; i < a.length; i += 2) if (a[i] === b[i] && a[i + 1] === b[i + 1]) return true;
  return false;
}

/** A record of 850 words against itself with some words put in front. */
function measureInsertions(random) {
  const core = sketcher();
  const words = Array.from({ length: 850 }, () => `w${random.between(0, 50_000)}`);
  const text = words.join(' ');
  return [0, 1, 2, 5, 20].map((count) => {
    const longer = `${Array.from({ length: count }, (_, i) => `new${i}`).join(' ')} ${text}`.trim();
    const [a, b] = [core.shinglesOf(text), core.shinglesOf(longer)];
    const inBoth = new Set(a);
    const shared = b.filter((shingle) => inBoth.has(shingle)).length;
    const exact = shared / (a.length + b.length - shared);
    const estimate = estimateJaccard(signatureOf(core, text).signature, signatureOf(core, longer).signature);
    return { count, exact, estimate };
  });
}

/** Cells that break the promise: biased beyond chance, or worse than theory beyond chance. */
export function broken({ cells, pairs }) {
  return cells.filter(({ method, bias, standardError, rmse, theory }) => {
    const biased = Math.abs(bias) > MOST_DEVIATIONS * standardError + 1e-12;
    // The RMSE of n samples of a normal error has itself a relative error of 1/√(2n).
    const worse = rmse > theory * (1 + MOST_DEVIATIONS / Math.sqrt(2 * pairs)) + 1e-12;
    return method === 'one-permutation' && (biased || worse);
  });
}

const [WIDTH, HEIGHT, LEFT, TOP, PLOT] = [900, 380, 60, 40, 300];
const COLOURS = ['#1b6ca8', '#2a9d5c', '#c77d11', '#a83279', '#555555'];

/** Two panels: RMSE beside theory, and the chance of a shared band beside theory. */
export function drawEstimates({ cells, bins }) {
  const own = cells.filter(({ method }) => method === 'one-permutation');
  const errors = panel(
    LEFT,
    'true Jaccard similarity',
    `RMSE, ${bins} bins, one permutation`,
    0.06,
    own,
    'rmse',
    'theory',
  );
  const bands = panel(
    LEFT + PLOT + 110,
    'true Jaccard similarity',
    'share of pairs with a band in common',
    1,
    own,
    'sharedBand',
    'bandTheory',
  );
  const legend = [...SIZES, 'theory']
    .map((size, i) => {
      const y = TOP + 20 + i * 20;
      const x = LEFT + 2 * PLOT + 130;
      const dash = size === 'theory' ? ' stroke-dasharray="5 4"' : '';
      const colour = size === 'theory' ? '#000' : COLOURS[i];
      const label = size === 'theory' ? 'theory' : `${size} shingles`;
      return `<line x1="${x}" y1="${y}" x2="${x + 22}" y2="${y}" stroke="${colour}" stroke-width="2"${dash}/><text x="${x + 28}" y="${y + 4}">${label}</text>`;
    })
    .join('\n');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12">
<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>
${errors}
${bands}
${legend}
</svg>
`;
}

function panel(left, xLabel, title, top, cells, value, theory) {
  const x = (jaccard) => (left + jaccard * PLOT).toFixed(1);
  const y = (v) => (TOP + PLOT - (Math.min(v, top) / top) * PLOT).toFixed(1);
  const line = (points, colour, dash = '') =>
    `<polyline fill="none" stroke="${colour}" stroke-width="1.6"${dash} points="${points.map(([a, b]) => `${x(a)},${y(b)}`).join(' ')}"/>`;
  const ticks = [0, 0.25, 0.5, 0.75, 1]
    .map(
      (t) =>
        `<text x="${x(t)}" y="${TOP + PLOT + 16}" text-anchor="middle">${t}</text><text x="${left - 6}" y="${Number(y(t * top)) + 4}" text-anchor="end">${(t * top).toFixed(top < 0.1 ? 3 : 2)}</text><line x1="${left}" x2="${left + PLOT}" y1="${y(t * top)}" y2="${y(t * top)}" stroke="#ddd"/>`,
    )
    .join('\n');
  const lines = SIZES.map((size, i) =>
    line(
      cells.filter((cell) => cell.size === size).map((cell) => [cell.jaccard, cell[value]]),
      COLOURS[i],
    ),
  );
  const largest = cells.filter((cell) => cell.size === SIZES.at(-1)).map((cell) => [cell.jaccard, cell[theory]]);
  return `<text x="${left + PLOT / 2}" y="${TOP - 14}" text-anchor="middle" font-weight="bold">${title}</text>
<rect x="${left}" y="${TOP}" width="${PLOT}" height="${PLOT}" fill="none" stroke="#999"/>
${ticks}
<text x="${left + PLOT / 2}" y="${TOP + PLOT + 34}" text-anchor="middle">${xLabel}</text>
${lines.join('\n')}
${line(largest, '#000', ' stroke-dasharray="5 4"')}`;
}

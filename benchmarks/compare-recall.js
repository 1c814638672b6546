// Near-duplicate pairs of real records against brute force: every pair is counted, but for those whose sizes alone rule it out.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { compare } from '../dist/compare.js';
import { DEFAULT_COMPARE } from '../dist/model/comparison.js';
import { listJsonl, readJsonl } from './jsonl.js';
import { sketcher } from './sketcher.js';

const RECORDS = 20_000;
const SETTINGS = [
  { threshold: 0.5 },
  { threshold: 0.7 },
  { threshold: 0.8 },
  { threshold: 0.9 },
  { threshold: 0.8, method: 'k-permutation' },
  { threshold: 0.8, shingle: { unit: 'characters', size: 5 } },
];

/** `folders`: each gives as many records, file by file in turn, from the beginning. */
export async function measureRecall(folders) {
  const texts = pick(folders);
  const folder = mkdtempSync(path.join(tmpdir(), 'heldout-recall-'));
  try {
    const file = path.join(folder, 'records.jsonl');
    writeFileSync(file, texts.map((text, id) => `${JSON.stringify({ id, text })}\n`).join(''));
    const truths = new Map();
    const results = [];
    for (const settings of SETTINGS) {
      const shingle = settings.shingle ?? DEFAULT_COMPARE.shingle;
      const key = JSON.stringify(shingle);
      if (!truths.has(key)) truths.set(key, bruteForce(texts, shingle, Math.min(...SETTINGS.map((s) => s.threshold))));
      results.push(await measureOne(file, { ...DEFAULT_COMPARE, ...settings, within: true }, truths.get(key)));
      console.log(JSON.stringify(results.at(-1)));
    }
    return { records: texts.length, results };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function pick(folders) {
  const files = folders.flatMap(listJsonl).filter((file) => !file.includes('oracle-hits') && !file.includes('truth'));
  const share = Math.ceil(RECORDS / files.length);
  const lists = files.map((file) =>
    readJsonl(file)
      .map(textOf)
      .filter((text) => text !== ''),
  );
  const picked = lists.flatMap((list) => list.slice(0, share));
  // What small files lack, the larger ones have more of.
  for (const list of lists) picked.push(...list.slice(share, share + Math.max(0, RECORDS - picked.length)));
  return picked.slice(0, RECORDS);
}

function textOf(record) {
  return (
    record.text ??
    [record.passage, record.question, record.answer].filter((part) => typeof part === 'string').join('\n')
  );
}

/** Pairs of records of different words with a similarity of at least `least`, counted. */
function bruteForce(texts, shingle, least) {
  const core = sketcher({ shingle });
  const digests = new Set();
  const records = [];
  texts.forEach((text, id) => {
    const shingles = core.shinglesOf(text);
    const digest = core.wordsDigest();
    // Of the same words once: identical records are a matter of their own.
    if (shingles.length === 0 || digests.has(digest)) return;
    digests.add(digest);
    records.push({ id, shingles });
  });
  records.sort((a, b) => a.shingles.length - b.shingles.length || a.id - b.id);
  const pairs = new Map();
  let counted = 0;
  for (let i = 0; i < records.length; i++) {
    const a = records[i];
    for (let j = i + 1; j < records.length; j++) {
      const b = records[j];
      if (a.shingles.length < least * b.shingles.length) break;
      counted++;
      const jaccard = similarity(a.shingles, b.shingles, least);
      if (jaccard >= least) pairs.set(key(a.id, b.id), jaccard);
    }
  }
  return { pairs, counted, distinct: records.length };
}

/** Exact where it is at least `least`, else less than that: it stops when too many are in one list alone. */
function similarity(a, b, least) {
  const most = ((1 - least) / (1 + least)) * (a.length + b.length) + 1e-9;
  let [i, j, alone] = [0, 0, 0];
  while (i < a.length && j < b.length) {
    if (a[i] === b[j]) {
      i++;
      j++;
      continue;
    }
    if (a[i] < b[j]) i++;
    else j++;
    if (++alone > most) return 0;
  }
  alone += a.length - i + b.length - j;
  const shared = (a.length + b.length - alone) / 2;
  return shared / (a.length + b.length - shared);
}

function key(a, b) {
  return a < b ? `${a} ${b}` : `${b} ${a}`;
}

async function measureOne(file, settings, truth) {
  const result = await compare({ sets: [{ name: 'records', paths: [file] }], settings, memoryBytes: 256 << 20 });
  const reported = new Map(
    [...result.pairs()]
      .filter(({ kind }) => kind === 'near')
      .map(({ left, right, jaccard }) => [key(Number(left.id), Number(right.id)), jaccard]),
  );
  const { totals, bands } = result;
  result.close();
  const wanted = [...truth.pairs].filter(([, jaccard]) => jaccard >= settings.threshold);
  const found = wanted.filter(([pair]) => reported.has(pair)).length;
  const right = [...reported].filter(
    ([pair, jaccard]) => Math.abs((truth.pairs.get(pair) ?? -1) - jaccard) < 1e-9,
  ).length;
  const { threshold, method, shingle } = settings;
  return {
    threshold,
    method,
    shingle,
    bands: bands.bands,
    rows: bands.rows,
    distinct: truth.distinct,
    counted: truth.counted,
    pairs: wanted.length,
    found,
    recall: wanted.length === 0 ? 1 : found / wanted.length,
    reported: reported.size,
    precision: reported.size === 0 ? 1 : right / reported.size,
    candidates: totals.candidates,
    largeBuckets: totals.largeBuckets,
  };
}

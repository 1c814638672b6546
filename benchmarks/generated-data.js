// Seeded benchmarks and a corpus for bench:speed. The same figures give the same bytes.
import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs';
import path from 'node:path';
import { Random } from './random.js';
import { TextGenerator } from './generated-text.js';

const SEED = 20_260_101;
const BENCHMARKS = 8;
/** Items planted in a corpus of any size: findings cost time and memory too, and those are not what grows. */
const PLANTED = 400;
/** Share of records written as Python's json.dumps does unless told otherwise: \u00e9 for é. */
const ESCAPED_SHARE = 0.15;
const HTML_SHARE = 0.05;

/** Writes the benchmarks, one JSON lines file each, and returns their items. */
export function writeBenchmarks(folder, count) {
  const random = new Random(SEED);
  const text = new TextGenerator(random);
  const items = Array.from({ length: count }, (_, i) => ({ id: `item-${i}`, ...questionOf(random, text) }));
  const files = Array.from({ length: BENCHMARKS }, (_, b) => {
    const own = items.filter((_, i) => i % BENCHMARKS === b);
    const file = path.join(folder, `bench-${b}.jsonl`);
    writeFileSync(file, own.map((item) => JSON.stringify(item) + '\n').join(''));
    return file;
  });
  return { items, files };
}

/** Half are multiple choice, half have an answer in words. */
function questionOf(random, text) {
  const question = text.prose(random.between(12, 60));
  if (random.chance(0.5)) return { question, answer: text.sentence(random.between(1, 25)) };
  const choices = Array.from({ length: 4 }, () => text.sentence(random.between(2, 12)));
  return { question, choices, answer: 'ABCD'[random.between(0, 3)] };
}

/** Writes a corpus of about `bytes`; returns which items it planted in which documents. */
export function writeCorpus(file, bytes, items) {
  const random = new Random(SEED + 1);
  const text = new TextGenerator(random);
  const planted = [];
  const handle = openSync(file, 'w');
  let written = 0;
  let buffer = '';
  for (let number = 0; written < bytes; number++) {
    const id = `doc-${number}`;
    let body = text.prose(wordsOf(random));
    // Thicker at the beginning, so that a piece of it holds some too; from the first half of the items: the other is nowhere.
    if (planted.length < PLANTED * Math.sqrt((written + buffer.length) / bytes)) {
      const item = items[random.between(0, Math.floor(items.length / 2))];
      body = embed(random, body, item.question);
      planted.push({ document: id, item: item.id });
    }
    if (random.chance(HTML_SHARE)) body = asHtml(body);
    buffer += lineOf(random, { id, text: body, source: 'generated' });
    if (buffer.length >= 1 << 20) {
      written += writeSync(handle, buffer);
      buffer = '';
    }
  }
  writeSync(handle, buffer);
  closeSync(handle);
  return planted;
}

/** A few hundred words, with a long tail: log-normal about 420, between 40 and 6,000. */
function wordsOf(random) {
  const gauss = Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
  return Math.round(Math.min(6000, Math.max(40, 420 * Math.exp(0.8 * gauss))));
}

function embed(random, body, question) {
  const at = body.indexOf('. ', Math.floor(random.next() * body.length));
  return at < 0 ? `${body}\n${question}` : `${body.slice(0, at + 2)}${question} ${body.slice(at + 2)}`;
}

function asHtml(body) {
  return body
    .replaceAll('"', '&quot;')
    .split('\n\n')
    .map((paragraph) => `<p class="text">${paragraph}</p>`)
    .join('\n');
}

function lineOf(random, record) {
  const line = JSON.stringify(record);
  return (random.chance(ESCAPED_SHARE) ? line.replace(/[^\0-\x7f]/g, escaped) : line) + '\n';
}

function escaped(unit) {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

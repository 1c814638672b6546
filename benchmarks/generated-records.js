// Seeded short records for bench:compare: prose of 15 to 60 words, of which some are copies of an earlier one: to the
// character, shouted, with a few words changed, or one of many from the same template. The same figures give the same bytes.
import { closeSync, openSync, writeSync } from 'node:fs';
import { Random } from './random.js';
import { TextGenerator } from './generated-text.js';

const SEED = 20_260_401;
/** Shares of records that are made from an earlier one. */
const EXACT = 0.01;
const SHOUTED = 0.01;
const EDITED = 0.03;
/** Records that fill one of a few hundred templates with numbers, as word problems and log lines do. */
const TEMPLATED = 0.02;
const TEMPLATES = 400;
/** Copies are of a record at most this many before. */
const REACH = 10_000;

/** Writes `count` records; returns how many of each kind. */
export function writeRecords(file, count) {
  const random = new Random(SEED);
  const text = new TextGenerator(random);
  const templates = Array.from({ length: TEMPLATES }, () => text.prose(random.between(20, 50)).split(' '));
  const recent = [];
  const kinds = { fresh: 0, exact: 0, shouted: 0, edited: 0, templated: 0 };
  const handle = openSync(file, 'w');
  let buffer = '';
  for (let number = 0; number < count; number++) {
    const [kind, body] = recordOf(random, text, templates, recent);
    kinds[kind]++;
    if (recent.length < REACH) recent.push(body);
    else recent[number % REACH] = body;
    buffer += `${JSON.stringify({ id: `r${number}`, text: body })}\n`;
    if (buffer.length < 1 << 20) continue;
    writeSync(handle, buffer);
    buffer = '';
  }
  writeSync(handle, buffer);
  closeSync(handle);
  return kinds;
}

function recordOf(random, text, templates, recent) {
  const chance = random.next();
  if (recent.length > 0) {
    const earlier = random.pick(recent);
    if (chance < EXACT) return ['exact', earlier];
    if (chance < EXACT + SHOUTED) return ['shouted', `${earlier.toUpperCase()}!`];
    if (chance < EXACT + SHOUTED + EDITED) return ['edited', edited(random, text, earlier)];
  }
  if (chance > 1 - TEMPLATED) return ['templated', filled(random, random.pick(templates))];
  return ['fresh', text.prose(random.between(15, 60))];
}

/** One to four words replaced. */
function edited(random, text, body) {
  const words = body.split(' ');
  for (let n = random.between(1, 4); n > 0; n--) words[random.between(0, words.length - 1)] = text.word();
  return words.join(' ');
}

function filled(random, template) {
  const words = template.slice();
  words[5] = String(random.between(2, 999));
  words[12] = String(random.between(2, 999));
  return words.join(' ');
}

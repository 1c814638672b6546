import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildSearch } from '../../dist/seeds/build-catalog.js';
import type { Catalog } from '../../dist/seeds/catalog.js';
import { hashSeed, tokenize } from '../../dist/text/tokenize.js';
import { buildWeights } from '../../dist/text/weights.js';
import { HashCore } from '../../dist/hashcore/hash-core.js';
import { writeTextTables } from '../../dist/hashcore/layout.js';
import { compileCore, createMemory } from '../../dist/hashcore/load.js';
import { unicode } from './core.js';

const module = compileCore();
const encoder = new TextEncoder();
const hashesOf = (text: string): bigint[] => [...tokenize(encoder.encode(text), unicode)].map(({ hash }) => hash);

interface Posting {
  readonly part: number;
  readonly bucket: number;
  readonly weight: number;
}

/** Grams of the texts: three tokens, six where the last is of a script without spaces. The family has those of all poor texts. */
function postingsOf(texts: readonly string[], catalog: Catalog): Map<bigint, Posting[]> {
  const postings = new Map<bigint, Posting[]>();
  texts.forEach((text, part) => {
    const tokens = hashesOf(text);
    tokens.forEach((token, i) => {
      const size = token & 1n ? 6 : 3;
      if (i + 1 < size) return;
      const gram = hashSeed(tokens.slice(i + 1 - size, i + 1));
      const from = catalog.textOffsets[part] + i + 1 - size;
      const weight = catalog.weights.subarray(from, from + size).reduce((a, b) => a + b, 0);
      const bucket = tokens.length <= 64 ? i : Math.floor((i * 64) / tokens.length);
      const list = [...(postings.get(gram) ?? []), { part, bucket, weight: Math.min(weight, 255) }];
      postings.set(gram, list);
      if (catalog.poor[part] === 0) return;
      const family = list.find((posting) => posting.part === texts.length);
      const most = Math.max(family?.weight ?? 0, Math.min(weight, 255));
      const rest = list.filter((posting) => posting !== family);
      postings.set(gram, [...rest, { part: texts.length, bucket: 0, weight: most }]);
    });
  });
  return postings;
}

/** The grams of a document that some text has, in order; the second of a token leaves out the middle of seven. */
function hitsOf(document: string, postings: Map<bigint, Posting[]>): { token: number; found: Posting[] }[] {
  const t = hashesOf(document);
  return t.flatMap((last, i) => {
    const grams: bigint[][] = [];
    if ((last & 1n) === 0n) grams.push(i >= 2 ? t.slice(i - 2, i + 1) : []);
    else
      grams.push(
        i >= 5 ? t.slice(i - 5, i + 1) : [],
        i >= 6 ? [...t.slice(i - 6, i - 3), ...t.slice(i - 2, i + 1)] : [],
      );
    return grams.flatMap((gram) => {
      const found = gram.length > 0 ? postings.get(hashSeed(gram)) : undefined;
      return found ? [{ token: i, found }] : [];
    });
  });
}

/** The parts whose seeds gather the weight they need, draining two bits a token. */
function candidatesOf(hits: ReturnType<typeof hitsOf>, needs: readonly number[]): Set<number> {
  const family = needs.length - 1;
  const states = new Map<number, { last: number; weight: number; seen: Set<number> }>();
  const candidates = new Set<number>();
  hits.forEach(({ token, found }) => {
    for (const { part, bucket, weight } of found) {
      let state = states.get(part);
      const drained = state ? (token - state.last) * 2 : 0;
      if (!state || drained >= state.weight) state = { last: token, weight: 0, seen: new Set() };
      else state.weight -= drained;
      state.last = token;
      states.set(part, state);
      if (part !== family && state.seen.has(bucket)) continue;
      state.seen.add(bucket);
      state.weight += weight;
      if (state.weight >= needs[part]) candidates.add(part);
    }
  });
  return candidates;
}

const word = fc.constantFrom(
  ...'alder birch cedar dogwood elm fir gorse hazel iris juniper 桥 洞 宽 米 果 度 カ ナ é 12 7'.split(' '),
);
const sentence = (most: number): fc.Arbitrary<string> =>
  fc.array(word, { minLength: 3, maxLength: most }).map((words) => words.join(' '));

describe('the seed kernel, the table it asks and their plain twin', () => {
  it('make the same parts candidates', () => {
    let seen = 0;
    fc.assert(
      fc.property(
        fc.array(sentence(30), { minLength: 1, maxLength: 6 }),
        sentence(20),
        sentence(20),
        fc.nat(5),
        (all, a, b, n) => {
          const texts = [...new Set(all)];
          const items = texts.map((text, i) => ({
            ...{ benchmark: 'b', id: String(i), file: 'b', record: i },
            parts: [{ name: 'question' as const, text }],
          }));
          const memory = createMemory();
          const core = new HashCore({ module, memory, text: writeTextTables(memory, unicode) }, 1 << 16);
          const { catalog, table } = buildSearch(core, memory, items, buildWeights([]));
          const rules = new Uint32Array(memory.buffer, table.rules, texts.length * 2 + 2);
          const document = `${a} ${texts[n % texts.length]} ${b}`;
          const length = core.writeText(document);
          core.core.scanText(core.input, core.input + length);
          const found = new Set(core.candidates(false).map(({ part }) => part));
          const hits = hitsOf(document, postingsOf(texts, catalog));
          const needs = Array.from({ length: texts.length + 1 }, (_, part) => rules[part * 2]);
          seen += found.size;
          expect(found).toEqual(candidatesOf(hits, needs));
        },
      ),
      {
        numRuns: 120,
        // The family's weight went to another posting where a text that is not of it had a gram first.
        examples: [
          [
            ['alder alder alder', 'alder alder カ', 'alder alder juniper 宽 hazel', 'juniper 宽 hazel'],
            'alder alder alder',
            'alder alder 果',
            3,
          ],
        ],
      },
    );
    expect(seen).toBeGreaterThan(60);
  });
});

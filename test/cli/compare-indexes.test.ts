import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sentence } from '../neardup/support.js';
import { Bench } from './run.js';

interface Report {
  readonly sets: readonly { readonly name: string; readonly grams: number; readonly keyBits: number }[];
  readonly overlaps: readonly {
    readonly of: string;
    readonly in: string;
    readonly chance: number;
    readonly containment: { readonly value: number; readonly standardError: number; readonly sampled: number };
  }[];
}

const bench = new Bench();
afterAll(() => bench.remove());

/** A third of the second set's records are the first's. */
const FIRST = Array.from({ length: 600 }, (_, i) => ({ id: `a${i}`, text: sentence(i) }));
const SECOND = Array.from({ length: 900 }, (_, i) => ({ id: `b${i}`, text: sentence(300 + i) }));

async function report(...args: string[]): Promise<Report> {
  const { stdout, code, stderr } = await bench.run('compare', ...args, '--json', '--out', 'report', '--quiet');
  expect([code, stderr]).toEqual([code === 1 ? 1 : 0, '']);
  return JSON.parse(stdout) as Report;
}

describe('heldout compare of two indexes', () => {
  beforeAll(async () => {
    bench.jsonl('first.jsonl', FIRST);
    bench.jsonl('second.jsonl', SECOND);
    for (const name of ['first', 'second']) {
      const { code } = await bench.run('index', `${name}.jsonl`, '--out', `${name}.heldout`, '--quiet');
      expect(code).toBe(0);
    }
  }, 60_000);

  it('estimates what the texts count, within its standard errors, both ways', async () => {
    const counted = await report('first.jsonl', 'second.jsonl');
    const estimated = await report('first.heldout', 'second.heldout');
    expect(estimated.overlaps.map(({ of, in: other }) => [of, other])).toEqual([
      ['first', 'second'],
      ['second', 'first'],
    ]);
    estimated.overlaps.forEach(({ containment }, i) => {
      const truth = counted.overlaps[i].containment.value;
      expect(containment.sampled).toBeGreaterThan(500);
      expect(Math.abs(containment.value - truth)).toBeLessThan(5 * containment.standardError);
    });
    expect(counted.overlaps[0].containment.value).toBeCloseTo(0.5, 1);
    expect(counted.overlaps[1].containment.value).toBeCloseTo(1 / 3, 1);
  });

  it('says of text and an index what the texts count, within its standard errors, both ways', async () => {
    const counted = await report('first.jsonl', 'second.jsonl');
    const mixed = await report('first.jsonl', 'second.heldout');
    expect(mixed.sets).toMatchObject([
      { kind: 'text', name: 'first', records: 600, grams: counted.sets[0].grams },
      { kind: 'index', name: 'second', records: 900 },
    ]);
    mixed.overlaps.forEach(({ of, containment }, i) => {
      expect(of).toBe(['first', 'second'][i]);
      const truth = counted.overlaps[i].containment.value;
      expect(containment.standardError).toBeGreaterThan(0);
      expect(Math.abs(containment.value - truth)).toBeLessThan(5 * containment.standardError);
    });
    // The same grams of either set, whichever way it came.
    const indexes = await report('first.heldout', 'second.heldout');
    expect(mixed.overlaps).toEqual(indexes.overlaps);
  });

  it('says the same of published indexes, with shorter keys, but for what they may share by chance', async () => {
    for (const name of ['first', 'second'])
      await bench.run('merge', `${name}.heldout`, '--publish', '--out', `${name}-public.heldout`);
    const [whole, published] = [
      await report('first.heldout', 'second.heldout'),
      await report('first-public.heldout', 'second-public.heldout'),
    ];
    expect(published.sets[0].keyBits).toBeLessThan(64);
    published.overlaps.forEach(({ containment, chance }, i) => {
      expect(containment.value).toBeGreaterThanOrEqual(whole.overlaps[i].containment.value - 0.01);
      expect(containment.value).toBeLessThanOrEqual(whole.overlaps[i].containment.value + chance + 0.01);
    });
  }, 60_000);

  it('says what was asked, and that records cannot be told', async () => {
    const { code, stdout } = await bench.run('compare', 'first.heldout', 'second.heldout', '--out', 'said');
    expect(code).toBe(0);
    expect(stdout).toContain('How much of the wording of one corpus is in another');
    expect(stdout).toMatch(
      /COMPARED {2}\d+\.\d% of the wording of first is in second; which records, only the text of both can say\n$/,
    );
    expect(readFileSync(bench.path('said/report.json'), 'utf8')).toContain('"measure": "containment"');
  });

  it('refuses what cannot be answered', async () => {
    for (const [args, message] of [
      [['first.heldout', '--split-column', 'split'], 'need the text'],
      [['first.heldout', 'nothing.jsonl'], 'nothing.jsonl'],
      [['--within', 'first.heldout'], 'need the text'],
      [['first.heldout'], 'there is nothing to compare with'],
      [['x=first.heldout', 'x=second.heldout', 'first.jsonl'], 'an index is a set by itself'],
      [['first.heldout', 'second.heldout', '--format', 'csv'], 'is report.json and the page, not csv'],
    ] as const) {
      const { code, stderr } = await bench.run('compare', ...args, '--out', 'refused');
      expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
    }
    bench.write('broken.heldout/manifest.json', '{"format": "heldout-index"');
    const { code } = await bench.run('compare', 'first.heldout', 'broken.heldout', '--out', 'refused');
    expect(code).toBe(2);
  });
});

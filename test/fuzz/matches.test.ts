import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { reportLines } from '../../dist/audit/report-lines.js';
import { hasPlace, removalsOf } from '../../dist/clean/removals.js';
import { HeldoutError } from '../../dist/model/errors.js';
import type { Match } from '../../dist/model/match.js';
import { loadDigester } from '../../dist/report/digest.js';
import { matchLine } from '../../dist/report/lines.js';
import { matchFromLine } from '../../dist/report/match-from-line.js';
import { fullResult } from '../report/fixture.js';

const dir = mkdtempSync(path.join(tmpdir(), 'heldout-fuzz-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
const digester = await loadDigester();
const GOOD = fullResult().matches.map(matchLine).join('');

/** `honest`: report.json tells of these very bytes, so that what is in the lines is all that can be wrong. */
async function read(text: string, honest: boolean): Promise<Match[] | HeldoutError> {
  writeFileSync(path.join(dir, 'matches.jsonl'), text);
  const digest = digester();
  const told = Buffer.from(honest ? text : GOOD);
  digest.update(told);
  const output = { path: 'matches.jsonl', lines: 0, bytes: told.length, xxh64: digest.hex() };
  const placed = (line: string): Match | undefined => {
    const match = matchFromLine(line);
    return match && hasPlace(match) ? match : undefined;
  };
  const matches: Match[] = [];
  try {
    for await (const match of reportLines(dir, output, placed)) matches.push(match);
    return matches;
  } catch (error) {
    if (error instanceof HeldoutError) return error;
    throw error;
  }
}

/** Matches that can be acted on, or one clear error, and nothing else. */
async function holds(text: string): Promise<void> {
  const found = await read(text, true);
  if (found instanceof HeldoutError)
    expect(found.message).toMatch(/matches\.jsonl: line \d+ is none that heldout writes/);
  else {
    const files = await removalsOf(
      (async function* () {
        yield* found;
      })(),
      { from: 'suspect' },
      digester,
    );
    for (const removal of [...files.values()].flat()) {
      expect(removal.offset).toBeGreaterThanOrEqual(-1);
      for (const { spans } of removal.matches)
        for (const { document } of spans) expect(document[0]).toBeLessThanOrEqual(document[1]);
    }
  }
  // Other bytes than those that report.json tells of are never taken for them.
  if (text !== GOOD) expect(await read(text, false)).toBeInstanceOf(HeldoutError);
}

describe('The reader of matches.jsonl', () => {
  it('takes what heldout writes', async () => {
    const found = await read(GOOD, false);
    expect(found).toHaveLength(fullResult().matches.length);
  });

  it('takes any text', async () => {
    await fc.assert(fc.asyncProperty(fc.string({ unit: 'binary' }), holds), { numRuns: 200 });
  });

  it('takes good lines with a piece cut out, doubled or changed, cut short anywhere', async () => {
    const place = fc.nat(GOOD.length);
    const piece = fc.constantFrom('', '"', '{', '}', '[', ']', '\n', '-1', '1e99', 'null', '[[]]', '"__proto__":1,');
    await fc.assert(
      fc.asyncProperty(place, place, piece, (a, b, text) => holds(GOOD.slice(0, a) + text + GOOD.slice(b))),
      { numRuns: 300 },
    );
    await fc.assert(
      fc.asyncProperty(place, (at) => holds(GOOD.slice(0, at))),
      { numRuns: 100 },
    );
  });
});

import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'vitest';
import type { Bench, Run } from './run.js';

/** Words of any writing; in scripts without spaces, characters. */
function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/\p{Script=Han}|[\p{L}\p{N}]+/gu) ?? [];
}

/** Looks for texts that must stand nowhere. */
export class LeakSearch {
  private readonly bench: Bench;
  /** Runs of eight words that may stand nowhere, as `a b c …`. */
  private readonly forbidden: readonly string[];

  constructor(bench: Bench, secret: readonly string[]) {
    this.bench = bench;
    this.forbidden = secret.flatMap((text) => {
      const words = wordsOf(text);
      return words.slice(7).map((_, i) => words.slice(i, i + 8).join(' '));
    });
  }

  /** The first eight words of a secret that a text holds, however they are escaped or joined. */
  in(text: string): string | undefined {
    const plain = text
      .replace(/\\u([0-9a-f]{4})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
      .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
      .replace(/%([0-9a-f]{2})/gi, ' ')
      .replace(/\\[nrt"\\/]/g, ' ');
    const words = ` ${wordsOf(plain).join(' ')} `;
    return this.forbidden.find((run) => words.includes(` ${run} `));
  }

  /** Files of a folder, their names too. */
  outputsOf(dir: string): [name: string, text: string][] {
    return readdirSync(this.bench.path(dir)).map((name) => [
      name,
      readFileSync(this.bench.path(`${dir}/${name}`), 'utf8'),
    ]);
  }

  expectNone(run: Run, dir?: string): void {
    expect(this.in(run.stdout)).toBe(undefined);
    expect(this.in(run.stderr)).toBe(undefined);
    if (dir === undefined) return;
    for (const [name, text] of this.outputsOf(dir)) expect(this.in(`${name}\n${text}`), name).toBe(undefined);
  }
}

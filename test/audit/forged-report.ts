import { readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'vitest';
import { loadDigester } from '../../dist/report/digest.js';
import { Bench, FILLER, OTHER, QUESTION } from '../cli/run.js';
import type { Run } from '../cli/run.js';

export type Line = Record<string, unknown>;

const digester = await loadDigester();

/** A report in a folder of its own, to be edited as a forger would, digests and all. */
export class ForgedReport {
  readonly bench = new Bench();

  async scan(): Promise<void> {
    const { bench } = this;
    bench.jsonl('bench.jsonl', [
      { id: 'natalia', question: QUESTION, answer: '72' },
      { id: 'robe', question: OTHER, answer: '3' },
    ]);
    bench.jsonl('corpus/a.jsonl', [{ text: FILLER }, { nothing: 1 }]);
    bench.jsonl('corpus/b.jsonl', [{ text: QUESTION }, { text: `${QUESTION} It is 72. ${FILLER}` }]);
    await bench.run('scan', 'bench.jsonl', '--against', 'corpus', '--out', 'report', '--quiet');
  }

  /** Edits the lines of a file, and puts its digest and length into report.json. */
  lines(file: string, edit: (lines: Line[]) => Line[], also: (report: Line) => void = () => undefined): void {
    const path = this.bench.path(`report/${file}`);
    const lines = readFileSync(path, 'utf8').split('\n').filter(Boolean);
    const text = edit(lines.map((line) => JSON.parse(line) as Line)).map((line) => `${JSON.stringify(line)}\n`);
    writeFileSync(path, text.join(''));
    this.report((report) => {
      const digest = digester();
      digest.update(Buffer.from(text.join('')));
      for (const output of report['outputs'] as Line[])
        if (output['path'] === file)
          Object.assign(output, { lines: text.length, bytes: Buffer.byteLength(text.join('')), xxh64: digest.hex() });
      also(report);
    });
  }

  report(edit: (report: Line) => void): void {
    const path = this.bench.path('report/report.json');
    const report = JSON.parse(readFileSync(path, 'utf8')) as Line;
    edit(report);
    writeFileSync(path, `${JSON.stringify(report, null, 2)}\n`);
  }

  async expectFound(...contradictions: (string | RegExp)[]): Promise<void> {
    const run: Run = await this.bench.run('verify', 'report', '--attest', 'statement.json');
    for (const one of contradictions) expect(run.stdout).toMatch(one);
    expect(run.stdout).toContain('\nDOES NOT HOLD ');
    expect(run.code).toBe(3);
  }
}

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Bench, FILLER, QUESTION } from './run.js';

let bench: Bench;
beforeEach(() => {
  bench = new Bench();
});
afterEach(() => bench.remove());

describe('heldout inspect', () => {
  it('shows how a benchmark was understood, with three items', async () => {
    bench.jsonl(
      'bench.jsonl',
      ['a', 'b', 'c', 'd'].map((id) => ({ id, question: `${QUESTION} (${id})`, answer: '72' })),
    );
    const run = await bench.run('inspect', 'bench.jsonl');
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(run.stdout).toMatch(/jsonl, .* read as a benchmark/);
    expect(run.stdout).toContain('bench: 4 items from 4 records');
    expect(run.stdout).toContain('question ← question');
    expect(run.stdout.match(/record \d/g)).toEqual(['record 1', 'record 2', 'record 3']);
  });

  it('shows a file without questions as a corpus, with its text field and three texts', async () => {
    bench.jsonl(
      'c.jsonl',
      [1, 2, 3, 4].map((i) => ({ text: `${FILLER} ${i}`, url: `https://e.org/${i}` })),
    );
    const run = await bench.run('inspect', 'c.jsonl', '--id-field', 'url');
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(run.stdout).toContain('read as a corpus');
    expect(run.stdout).toContain('text from text');
    expect(run.stdout).toContain('id https://e.org/3');
    expect(run.stdout).not.toContain('id https://e.org/4');
  });

  it('reads a file as it is told to', async () => {
    bench.jsonl('both.jsonl', [{ question: QUESTION, text: FILLER }]);
    expect((await bench.run('inspect', 'both.jsonl')).stdout).toContain('read as a benchmark');
    expect((await bench.run('inspect', 'both.jsonl', '--as', 'corpus')).stdout).toContain('text from text');
    expect((await bench.run('inspect', 'both.jsonl', '--text-field', 'question')).stdout).toContain(
      'text from question',
    );
    expect((await bench.run('inspect', 'both.jsonl', '--map', 'question=text')).stdout).toContain('question ← text');
  });

  it('goes on after a file it cannot read, and exits 2', async () => {
    bench.write('bad.jsonl.gz', Uint8Array.of(0x1f, 0x8b, 8, 0, 1, 2, 3));
    bench.jsonl('good.jsonl', [{ question: QUESTION }]);
    const run = await bench.run('inspect', 'bad.jsonl.gz', 'good.jsonl');
    expect(run.code).toBe(2);
    expect(run.stderr).toMatch(/^heldout: bad\.jsonl\.gz/);
    expect(run.stdout).toContain('good.jsonl');
  });

  it('lets no escape sequence of a file through', async () => {
    bench.jsonl('evil.jsonl', [{ text: `${FILLER}\u001b[2J\u001b]0;owned\u0007 \u202e` }]);
    const run = await bench.run('inspect', 'evil.jsonl');
    expect(run.stdout).toContain('␛[2J');
    // eslint-disable-next-line no-control-regex -- controls are what this is about
    expect(run.stdout).not.toMatch(/[\u001b\u0007\u202e]/);
  });

  it('prints the same as JSON', async () => {
    bench.jsonl('bench.jsonl', [{ id: 'a', question: QUESTION, answer: '72' }]);
    const run = await bench.run('inspect', 'bench.jsonl', '--json');
    expect(JSON.parse(run.stdout)).toMatchObject([
      { path: 'bench.jsonl', container: 'jsonl', readAs: 'benchmark', items: 1, examples: [{ id: 'a', record: 1 }] },
    ]);
  });
});

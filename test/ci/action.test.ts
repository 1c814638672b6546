import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { Bench, FILLER, QUESTION } from '../cli/run.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const yaml = (file: string): unknown => parse(readFileSync(`${root}/${file}`, 'utf8'));

interface Step {
  readonly id?: string;
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly env?: Record<string, string>;
}
interface Action {
  readonly inputs: Record<string, { readonly default: string }>;
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
}

const action = yaml('action.yml') as Action;
const step = (name: string): Step => {
  const found = action.runs.steps.find((one) => one.name === name);
  if (!found?.run) throw new Error(`no step ${name}`);
  return found;
};

let bench: Bench;
beforeEach(() => {
  bench = new Bench();
  bench.jsonl('bench.jsonl', [{ id: 'natalia', question: QUESTION, answer: '72' }]);
  bench.write('heldout.config.json', JSON.stringify({ benchmarks: ['bench.jsonl'], against: ['corpus'] }));
});
afterEach(() => bench.remove());

/** A step's own script, as a runner runs it. */
function runStep(
  name: string,
  given: Record<string, string>,
): { status: number | null; stdout: string; output: string; summary: string } {
  const files = { GITHUB_OUTPUT: bench.path('output'), GITHUB_STEP_SUMMARY: bench.path('summary') };
  const { status, stdout } = spawnSync(
    'bash',
    ['--noprofile', '--norc', '-eo', 'pipefail', '-c', step(name).run ?? ''],
    {
      cwd: bench.dir,
      env: { PATH: process.env['PATH'], GITHUB_ACTION_PATH: root, ...files, ...given },
      encoding: 'utf8',
    },
  );
  const read = (file: string): string => (existsSync(file) ? readFileSync(file, 'utf8') : '');
  return { status, stdout, output: read(files.GITHUB_OUTPUT), summary: read(files.GITHUB_STEP_SUMMARY) };
}

const scan = (given: Record<string, string> = {}): ReturnType<typeof runStep> =>
  runStep('Scan', {
    HELDOUT_CONFIG: 'heldout.config.json',
    HELDOUT_REPORT: 'heldout-report',
    HELDOUT_BASELINE: '',
    ...given,
  });

describe('The GitHub Action', () => {
  it('pastes nothing that a caller passes into a script', () => {
    for (const { run = '' } of action.runs.steps) expect(run).not.toContain('${{');
    for (const name of Object.values(step('Scan').env ?? {})) expect(name).toMatch(/^\$\{\{ inputs\.[a-z-]+ \}\}$/);
  });

  it('passes for a clean corpus, and shows the result in the summary', () => {
    bench.jsonl('corpus/a.jsonl', [{ text: FILLER }]);
    const run = scan();
    expect(run).toMatchObject({ status: 0, output: 'status=0\n' });
    expect(run.summary).toContain('bench');
    expect(runStep('Decide', { HELDOUT_STATUS: '0' }).status).toBe(0);
  });

  it('fails for a contaminated one only after the report was kept, and for a baseline only where something is new', () => {
    bench.jsonl('corpus/a.jsonl', [{ text: QUESTION }]);
    expect(scan({ HELDOUT_REPORT: 'base' })).toMatchObject({ status: 0, output: 'status=1\n' });
    expect(existsSync(bench.path('base/index.html'))).toBe(true);
    expect(runStep('Decide', { HELDOUT_STATUS: '1' }).status).toBe(1);
    expect(scan({ HELDOUT_BASELINE: 'base' }).output).toBe('status=1\nstatus=0\n');
  });

  it('prints texts only where the runner takes no commands, under a word that nobody can know', () => {
    const hostile = `##[add-mask]a ::error::b ${QUESTION}`;
    bench.jsonl('bench.jsonl', [{ id: 'natalia', question: hostile }]);
    bench.jsonl('corpus/a.jsonl', [{ text: hostile }]);
    const words = [scan(), scan()].map(({ stdout }) => {
      const lines = stdout.trimEnd().split('\n');
      expect(stdout).toContain('add-mask');
      const word = /^::stop-commands::([0-9a-f-]{36})$/.exec(lines[0])?.[1];
      expect(lines.at(-1)).toBe(`::${word}::`);
      return word;
    });
    expect(words[0]).not.toBe(words[1]);
  });

  it('takes a hostile name for a name', () => {
    bench.jsonl('corpus/a.jsonl', [{ text: FILLER }]);
    const run = scan({ HELDOUT_CONFIG: '$(touch pwned); touch pwned' });
    expect(run.output).toBe('status=2\n');
    expect(existsSync(bench.path('pwned'))).toBe(false);
  });
});

describe('The pre-commit hook', () => {
  it('runs a command that there is, whatever files changed', () => {
    const [hook] = yaml('.pre-commit-hooks.yaml') as { entry: string; files: string; pass_filenames: boolean }[];
    expect(hook.pass_filenames).toBe(false);
    expect('data/test.jsonl.gz').toMatch(new RegExp(hook.files));
    expect('README.md').not.toMatch(new RegExp(hook.files));
    bench.jsonl('corpus/a.jsonl', [{ text: QUESTION }]);
    const [script, ...args] = hook.entry.split(' ');
    const run = spawnSync(`${root}/${script}`, args, { cwd: bench.dir, encoding: 'utf8' });
    expect(run).toMatchObject({ status: 1 });
    expect(run.stdout).toContain('CONTAMINATED');
  });
});

describe('The example workflow', () => {
  it('gives the action inputs that it has', () => {
    const { jobs } = yaml('docs/example-workflow.yml') as {
      jobs: { gate: { steps: { uses: string; with?: Record<string, string> }[] } };
    };
    const own = jobs.gate.steps.find(({ uses }) => uses.includes('heldout'));
    for (const name of Object.keys(own?.with ?? {})) expect(Object.keys(action.inputs)).toContain(name);
  });
});

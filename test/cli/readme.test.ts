import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';

/** What README shows is what the program prints: who tries it in the first five minutes compares. */
const root = fileURLToPath(new URL('../..', import.meta.url));
const binary = path.join(root, 'bin', 'heldout.js');
const folder = mkdtempSync(path.join(tmpdir(), 'heldout-readme-'));
cpSync(path.join(root, 'corpora-samples'), path.join(folder, 'corpora-samples'), { recursive: true });
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Shown {
  readonly command: string;
  /** Pieces between `…` lines, each of which stands as it is in what was printed, in this order. */
  readonly pieces: readonly string[];
}

function shown(): Shown[] {
  const readme = readFileSync(path.join(root, 'README.md'), 'utf8');
  const blocks = [...readme.matchAll(/^```\n([^]*?)^```$/gm)].map(([, block]) => block);
  return blocks.flatMap((block) =>
    block
      .split(/^\$ /m)
      .slice(1)
      .map((one) => {
        const [command, ...lines] = one.trimEnd().split('\n');
        return {
          command,
          pieces: lines
            .join('\n')
            .split(/\n? *…(?: *\n|$)|…$/)
            .filter((piece) => piece.trim() !== ''),
        };
      }),
  );
}

function run(command: string): string {
  const heldout = `heldout() { ${JSON.stringify(process.execPath)} ${JSON.stringify(binary)} "$@"; }`;
  const { stdout, stderr } = spawnSync('sh', ['-c', `${heldout}; ${command}`], { cwd: folder, encoding: 'utf8' });
  return `${stdout}\n${stderr}`;
}

describe('README', () => {
  const all = shown();

  it('shows commands and what they print', () => {
    expect(all.filter(({ command }) => command.startsWith('heldout ')).length).toBeGreaterThan(7);
  });

  it.each(all)('$command', ({ command, pieces }) => {
    // A file that is shown is there for the commands after it.
    const file = /^cat (\S+)$/.exec(command)?.[1];
    if (file !== undefined) writeFileSync(path.join(folder, file), pieces.join('\n'));
    let printed = run(command);
    for (const piece of pieces) {
      expect(printed).toContain(piece);
      printed = printed.slice(printed.indexOf(piece) + piece.length);
    }
  });
});

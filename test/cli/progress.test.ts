import { describe, expect, it } from 'vitest';
import { progressReport } from '../../dist/cli/progress.js';
import { screenOf } from '../../dist/cli/screen.js';
import type { Progress } from '../../dist/model/progress.js';
import { textWidth } from '../../dist/report/width.js';

const GB = 1024 ** 3;

function run(redraw: boolean, seconds: number, columns = 80, bytesTotal = 100 * GB): string[] {
  const written: string[] = [];
  let time = 0;
  const report = progressReport({
    write: (text) => written.push(text),
    redraw,
    columns: () => columns,
    now: () => time,
  });
  for (; time <= seconds * 1000; time += 50) {
    const bytesDone = (time / 1000) * GB;
    const at: Progress = { phase: 'corpus', bytesDone, bytesTotal, documents: time, hits: 3 };
    report.update(at);
  }
  report.end();
  return written;
}

describe('progress', () => {
  it('says nothing of a short run where it cannot redraw', () => {
    expect(run(false, 9)).toEqual([]);
  });

  it('is a plain line now and then where it cannot redraw, less often as time goes on', () => {
    const lines = run(false, 90);
    expect(lines[0]).toBe('heldout: 10%, 3 hits, 1.0 GB/s, 1 min 30 s left, 10.0 GB of 100 GB, 10,000 documents\n');
    expect(lines.length).toBeLessThanOrEqual(7);
    // eslint-disable-next-line no-control-regex -- no redrawing in a log
    expect(lines.join('')).not.toMatch(/[\r\u001b]/);
  });

  it('redraws one line on a terminal, at most ten times a second and within its width', () => {
    for (const columns of [40, 80, 200]) {
      const lines = run(true, 5, columns);
      expect(lines.length).toBeLessThanOrEqual(53);
      for (const line of lines.slice(0, -2)) {
        const shown = line.replace('\r', '').replace('\u001b[K', '');
        expect(textWidth(shown)).toBeLessThan(columns);
      }
      expect(lines.at(-2)).toBe('\r\u001b[K');
    }
  });

  it('shows what is known where the size is not', () => {
    expect(run(false, 12, 80, 0)[0]).toBe('heldout: 3 hits, 1.0 GB/s, 10.0 GB, 10,000 documents\n');
  });
});

describe('the screen', () => {
  const terminal = { isTTY: true, columns: 90 };

  it.each([
    ['on a terminal', terminal, {}, true, true],
    ['not into a pipe', {}, {}, true, false],
    ['not with NO_COLOR', terminal, { NO_COLOR: '1', FORCE_COLOR: '1' }, true, false],
    ['with an empty NO_COLOR', terminal, { NO_COLOR: '' }, true, true],
    ['into a pipe with FORCE_COLOR', {}, { FORCE_COLOR: '1' }, true, true],
    ['not with FORCE_COLOR=0', terminal, { FORCE_COLOR: '0' }, true, false],
    ['not with --no-color', terminal, { FORCE_COLOR: '1' }, false, false],
    ['not on a dumb terminal', terminal, { TERM: 'dumb' }, true, false],
    ['not into a pipe in CI', {}, { CI: 'true' }, true, false],
  ])('has colour %s', (_when, stdout, env, wanted, colour) => {
    expect(screenOf(stdout, terminal, env, wanted).colour).toBe(colour);
  });

  it('is redrawn only where somebody looks at it', () => {
    expect(screenOf({}, terminal, {}, true).redraw).toBe(true);
    expect(screenOf(terminal, {}, {}, true).redraw).toBe(false);
    expect(screenOf(terminal, terminal, { CI: '1' }, true).redraw).toBe(false);
  });

  it('is as wide as the terminal, as COLUMNS says, or 100', () => {
    expect(screenOf(terminal, {}, { COLUMNS: '70' }, true).width).toBe(90);
    expect(screenOf({}, {}, { COLUMNS: '70' }, true).width).toBe(70);
    expect(screenOf({}, {}, { COLUMNS: 'wide' }, true).width).toBe(100);
  });
});

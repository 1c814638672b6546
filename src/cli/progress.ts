import type { Progress } from '../model/progress.js';
import { bytes, count, counted, duration } from '../report/numbers.js';
import { textWidth } from '../report/width.js';

export interface ProgressOptions {
  readonly write: (text: string) => void;
  /** One line redrawn on a terminal; plain lines now and then anywhere else. */
  readonly redraw: boolean;
  readonly columns: () => number;
  /** Milliseconds, from anywhere. */
  readonly now: () => number;
}

export interface ProgressReport {
  update(progress: Progress): void;
  /** Takes the line away, for something else to be said. */
  clear(): void;
  /** Takes the line away, and says how it went where there was something to see. */
  end(): void;
}

/** Between two drawings of the line. */
const REDRAW_MS = 100;

/** Plain lines: nothing for a short run, then ever fewer. */
const FIRST_LINE_MS = 10_000;
const LAST_GAP_MS = 30_000;

const BAR = 20;

/** Driven by the calls of the scan, without a timer of its own. */
export function progressReport(options: ProgressOptions): ProgressReport {
  const { write, redraw, now } = options;
  const started = now();
  let phaseStarted = started;
  let latest: Progress | undefined;
  let due = started + (redraw ? 0 : FIRST_LINE_MS);
  let gap = redraw ? REDRAW_MS : FIRST_LINE_MS;
  let drawn = false;
  return {
    update(progress) {
      const time = now();
      if (latest?.phase !== progress.phase) phaseStarted = time;
      latest = progress;
      if (time < due) return;
      due = time + gap;
      drawn = true;
      const seconds = (time - phaseStarted) / 1000;
      if (redraw) write(`\r${fitted(pieces(progress, seconds, true), options.columns() - 1)}\u001b[K`);
      else {
        write(`heldout: ${pieces(progress, seconds, false).join(', ')}\n`);
        gap = Math.min(LAST_GAP_MS, gap * 1.5);
      }
    },
    clear() {
      if (redraw && drawn) write('\r\u001b[K');
    },
    end() {
      if (!drawn || !latest) return;
      if (redraw) write('\r\u001b[K');
      const seconds = (now() - started) / 1000;
      const speed = seconds > 0 ? `, ${bytes(latest.bytesDone / seconds)}/s` : '';
      write(
        `heldout: ${counted(latest.documents, 'document')}, ${bytes(latest.bytesDone)} in ${duration(seconds)}${speed}\n`,
      );
    },
  };
}

/** What there is to say, most important first: a narrow terminal shows the first few. */
function pieces(progress: Progress, seconds: number, bar: boolean): string[] {
  if (progress.phase === 'benchmarks') return ['reading benchmarks'];
  if (progress.phase === 'judge') return ['judging', counted(progress.hits, 'hit')];
  const { bytesDone, bytesTotal } = progress;
  if (progress.phase === 'write')
    return [`writing the index  ${Math.floor((100 * bytesDone) / Math.max(1, bytesTotal))}%`];
  const found: string[] = [];
  const done = bytesTotal > 0 ? Math.min(1, bytesDone / bytesTotal) : 0;
  if (bytesTotal > 0) found.push(`${bar ? `${barOf(done)} ` : ''}${Math.floor(done * 100)}%`);
  found.push(counted(progress.hits, 'hit'));
  if (seconds >= 1 && bytesDone > 0) {
    found.push(`${bytes(bytesDone / seconds)}/s`);
    if (done > 0.01) found.push(`${duration(Math.ceil((seconds * (1 - done)) / done))} left`);
  }
  found.push(bytesTotal > 0 ? `${bytes(bytesDone)} of ${bytes(bytesTotal)}` : bytes(bytesDone));
  found.push(`${count(progress.documents)} documents`);
  return found;
}

/** Eighths of a character, so that it moves before a whole one is full. */
function barOf(done: number): string {
  const eighths = Math.round(done * BAR * 8);
  const full = Math.floor(eighths / 8);
  const part = eighths % 8 === 0 ? '' : String.fromCodePoint(0x2590 - (eighths % 8));
  return `${'█'.repeat(full)}${part}${'░'.repeat(BAR - full - (part === '' ? 0 : 1))}`;
}

function fitted(found: readonly string[], width: number): string {
  let line = '';
  for (const piece of found) {
    const longer = line === '' ? piece : `${line}  ${piece}`;
    if (textWidth(longer) > width) break;
    line = longer;
  }
  return line;
}

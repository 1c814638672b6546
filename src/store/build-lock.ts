import { linkSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { kill, pid } from 'node:process';
import { HeldoutError } from '../model/errors.js';
import { writing } from './durable.js';

/** A lock that says nothing for so long is a killed process's. */
const SAYING_MS = 10_000;

/** Who holds a lock. */
interface Holder {
  readonly pid: number;
  readonly host: string;
  /** Of the process, and of the machine's last start: a number may have gone to another process since. Empty where they cannot be told. */
  readonly born: string;
  readonly since: string;
}

/**
 * A file beside the place of an index that says who is making it: two at once would write over each other's work. A lock whose
 * process was killed is nobody's, and is taken over.
 */
export class BuildLock {
  readonly path: string;
  private readonly out: string;
  private readonly own = JSON.stringify({ pid, host: hostname(), born: bornOf(pid), since: new Date().toISOString() });

  constructor(out: string) {
    this.out = out;
    this.path = `${out}.lock`;
  }

  take(): void {
    writing(this.path, () => mkdirSync(dirname(this.path), { recursive: true }));
    // Once for a lock that is nobody's, and once more for one whose holder has just finished.
    for (let left = 3; left > 0; left--) {
      if (this.create()) return;
      const said = this.read();
      const holder = said === undefined ? undefined : holderOf(said);
      const isHeld = holder ? isAlive(holder) : said !== undefined && !this.isOld();
      if (isHeld) throw this.held(holder);
      // Whoever else found it as it was may have taken it over by now.
      if (said !== undefined && this.read() === said) writing(this.path, () => rmSync(this.path, { force: true }));
    }
    throw this.held(undefined);
  }

  /** Before what is done is shown: that nobody took the lock over meanwhile. */
  check(): void {
    const said = this.read();
    if (said !== this.own) throw this.held(said === undefined ? undefined : holderOf(said));
  }

  release(): void {
    if (this.read() === this.own) rmSync(this.path, { force: true });
  }

  /** Written under a name of its own first: whoever is killed meanwhile leaves no lock that does not say whose it is. */
  private create(): boolean {
    return writing(this.path, () => {
      const unnamed = `${this.path}.${pid}`;
      try {
        writeFileSync(unnamed, this.own);
        return this.link(unnamed);
      } finally {
        rmSync(unnamed, { force: true });
      }
    });
  }

  /** False where there is a lock. */
  private link(unnamed: string): boolean {
    try {
      linkSync(unnamed, this.path);
    } catch (error) {
      if (codeOf(error) === 'EEXIST') return false;
      // A file system that knows no links.
      return this.createAlone();
    }
    this.sweep();
    return true;
  }

  private createAlone(): boolean {
    try {
      writeFileSync(this.path, this.own, { flag: 'wx' });
      return true;
    } catch (error) {
      if (codeOf(error) === 'EEXIST') return false;
      // The disk is full: a lock without a name would be in the way of the next.
      rmSync(this.path, { force: true });
      throw error;
    }
  }

  /** What killed processes left of locks that they were about to take. */
  private sweep(): void {
    const start = `${basename(this.path)}.`;
    for (const name of readdirSync(dirname(this.path))) {
      const number = name.startsWith(start) ? Number(name.slice(start.length)) : NaN;
      if (Number.isSafeInteger(number) && !isAlive({ pid: number, host: hostname(), born: '' }))
        rmSync(join(dirname(this.path), name), { force: true });
    }
  }

  private read(): string | undefined {
    try {
      return readFileSync(this.path, 'utf8');
    } catch {
      return undefined;
    }
  }

  /** Killed before it could say who it is, where there are no links; who is about to say it needs no such time. */
  private isOld(): boolean {
    const at = statSync(this.path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
    return Date.now() - at > SAYING_MS;
  }

  private held(holder: Holder | undefined): HeldoutError {
    const who = holder ? `process ${holder.pid} on ${holder.host}, since ${holder.since}` : 'another process';
    return new HeldoutError(
      'output',
      `${this.out}: it is being made already, by ${who} (${this.path}). Wait for it, or choose another --out; ` +
        `if that process is no more, delete ${this.path}.`,
    );
  }
}

/** Undefined where it says nothing that can be checked. */
function holderOf(said: string): Holder | undefined {
  try {
    const holder = JSON.parse(said) as Holder;
    return Number.isSafeInteger(holder.pid) && typeof holder.host === 'string' ? holder : undefined;
  } catch {
    return undefined;
  }
}

/** A process of another machine, whose folder this may be too, cannot be asked for. */
function isAlive({ pid: number, host, born }: Omit<Holder, 'since'>): boolean {
  if (host !== hostname()) return true;
  const now = bornOf(number);
  if (born !== '' && now !== '' && born !== now) return false;
  try {
    kill(number, 0);
    return true;
  } catch (error) {
    // EPERM: somebody else's.
    return codeOf(error) !== 'ESRCH';
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

/** When the machine and the process started, as Linux tells it. */
function bornOf(number: number): string {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    const stat = readFileSync(`/proc/${number}/stat`, 'utf8');
    // Behind the name in parentheses, which may hold spaces; the start is field 22, the state field 3.
    return `${boot} ${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]}`;
  } catch {
    return '';
  }
}

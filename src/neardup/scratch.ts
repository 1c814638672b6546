import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HeldoutError, messageOf } from '../model/errors.js';

/**
 * A folder for what does not fit into memory, and how much does: made when it is first needed, gone when the comparison is
 * closed.
 */
export class Scratch {
  /** What may be held in memory; each holder takes its share of it. */
  readonly memoryBytes: number;
  private readonly parent: string;
  private folder: string | undefined;
  private readonly files = new Set<ScratchFile>();
  private made = 0;

  constructor(memoryBytes: number, parent = tmpdir()) {
    this.memoryBytes = memoryBytes;
    this.parent = parent;
  }

  file(): ScratchFile {
    const file = new ScratchFile(this);
    this.files.add(file);
    return file;
  }

  /** A new path in the folder, which is made for it. */
  path(): string {
    this.folder ??= this.attempt(() => mkdtempSync(join(this.parent, 'heldout-compare-')));
    return join(this.folder, String(this.made++));
  }

  forget(file: ScratchFile): void {
    this.files.delete(file);
  }

  close(): void {
    for (const file of [...this.files]) file.discard();
    if (this.folder !== undefined) rmSync(this.folder, { recursive: true, force: true });
    this.folder = undefined;
  }

  attempt<T>(action: () => T): T {
    try {
      return action();
    } catch (cause) {
      throw new HeldoutError(
        'output',
        `${this.parent}: what does not fit into memory cannot be kept there: ${messageOf(cause)}. ` +
          'Choose another folder with --scratch.',
        { cause },
      );
    }
  }
}

/** Bytes that are appended, and read at any position. */
export class ScratchFile {
  private readonly scratch: Scratch;
  private opened: { readonly path: string; readonly descriptor: number } | undefined;
  private length = 0;

  constructor(scratch: Scratch) {
    this.scratch = scratch;
  }

  /** Its path, for readers of files: it is there from now on, whether something was appended or not. */
  get path(): string {
    return (this.opened ??= this.open()).path;
  }

  /** Returns where the bytes begin. */
  append(bytes: Uint8Array): number {
    const { descriptor } = (this.opened ??= this.open());
    for (let done = 0; done < bytes.length;)
      done += this.scratch.attempt(() => writeSync(descriptor, bytes, done, bytes.length - done, this.length + done));
    this.length += bytes.length;
    return this.length - bytes.length;
  }

  /** Fills `target`; all of it must have been written. */
  read(target: Uint8Array, position: number): void {
    if (!this.opened) throw new Error('nothing was written yet');
    const { descriptor } = this.opened;
    for (let done = 0; done < target.length;) {
      const count = this.scratch.attempt(() =>
        readSync(descriptor, target, done, target.length - done, position + done),
      );
      if (count === 0) throw new Error('the scratch file is shorter than what was written');
      done += count;
    }
  }

  /** Gives its place on the disk back at once. */
  discard(): void {
    this.scratch.forget(this);
    if (!this.opened) return;
    closeSync(this.opened.descriptor);
    rmSync(this.opened.path, { force: true });
    this.opened = undefined;
  }

  private open(): { path: string; descriptor: number } {
    const path = this.scratch.path();
    return { path, descriptor: this.scratch.attempt(() => openSync(path, 'w+')) };
  }
}

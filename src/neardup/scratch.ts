import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HeldoutError, messageOf } from '../model/errors.js';

/** A folder for what does not fit into memory: made when it is first needed, gone when the comparison is closed. */
export class Scratch {
  private readonly parent: string;
  private folder: string | undefined;
  private readonly files: ScratchFile[] = [];

  constructor(parent = tmpdir()) {
    this.parent = parent;
  }

  file(): ScratchFile {
    const file = new ScratchFile(() => {
      this.folder ??= this.attempt(() => mkdtempSync(join(this.parent, 'heldout-compare-')));
      const path = join(this.folder, String(this.files.indexOf(file)));
      return this.attempt(() => openSync(path, 'w+'));
    }, this);
    this.files.push(file);
    return file;
  }

  close(): void {
    for (const file of this.files.splice(0)) file.close();
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
          'Choose another folder with --scratch, or raise --memory.',
        { cause },
      );
    }
  }
}

/** Bytes that are appended, and read at any position. */
export class ScratchFile {
  private readonly open: () => number;
  private readonly scratch: Scratch;
  private descriptor: number | undefined;
  private length = 0;

  constructor(open: () => number, scratch: Scratch) {
    this.open = open;
    this.scratch = scratch;
  }

  /** Returns where the bytes begin. */
  append(bytes: Uint8Array): number {
    this.descriptor ??= this.open();
    const { descriptor } = this;
    for (let done = 0; done < bytes.length;)
      done += this.scratch.attempt(() => writeSync(descriptor, bytes, done, bytes.length - done, this.length + done));
    this.length += bytes.length;
    return this.length - bytes.length;
  }

  /** Fills `target`; all of it must have been written. */
  read(target: Uint8Array, position: number): void {
    const { descriptor } = this;
    if (descriptor === undefined) throw new Error('nothing was written yet');
    for (let done = 0; done < target.length;) {
      const count = this.scratch.attempt(() =>
        readSync(descriptor, target, done, target.length - done, position + done),
      );
      if (count === 0) throw new Error('the scratch file is shorter than what was written');
      done += count;
    }
  }

  close(): void {
    if (this.descriptor !== undefined) closeSync(this.descriptor);
    this.descriptor = undefined;
  }
}

import { readingOf } from '../read/reading.js';
import type { Reading } from '../read/reading.js';
import type { Settings } from '../model/settings.js';
import type { Unit } from './unit.js';

/** What one thread reads of the files it is given: a large file comes in many units, one after another. */
export class Readings {
  private readonly elsewhere: boolean;
  private last: { readonly file: number; readonly reading: Reading } | undefined;

  constructor(settings: Settings) {
    this.elsewhere = settings.textFields.length === 0;
  }

  of(unit: Unit): Reading {
    if (this.last?.file !== unit.file) this.last = { file: unit.file, reading: readingOf(unit, this.elsewhere) };
    return this.last.reading;
  }
}

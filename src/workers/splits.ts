import type { CompareSettings, NamedPaths } from '../model/comparison.js';
import { HeldoutError } from '../model/errors.js';

/** What the usual names say about which split is to be kept, least first. */
const USUAL = [/^train/i, /^(valid|val\b|dev)/i, /^test/i];

/** The sets of a comparison: named on the command line, or found in a column while it is read. */
export class Splits {
  /** More sets would be a column that says something else. */
  static readonly most = 64;
  private readonly settings: CompareSettings;
  private readonly found: string[];

  constructor(sets: readonly NamedPaths[], settings: CompareSettings) {
    this.settings = settings;
    this.found = settings.splitColumn === '' ? sets.map(({ name }) => name) : [];
    if (this.found.length > Splits.most) throw tooMany(this.found);
  }

  get names(): readonly string[] {
    return this.found;
  }

  /** The set of a record of a file that was given as set `given`; undefined where its split is missing. */
  setOf(given: number, split: unknown): number | undefined {
    if (this.settings.splitColumn === '') return given;
    if (typeof split !== 'string' && typeof split !== 'number' && typeof split !== 'boolean') return undefined;
    const name = String(split);
    if (name.trim() === '') return undefined;
    const known = this.found.indexOf(name);
    if (known >= 0) return known;
    if (this.found.length === Splits.most) throw tooMany([...this.found, name]);
    return this.found.push(name) - 1;
  }

  /**
   * By set: the higher rank is kept where two sets share a record. Sets named with --keep first, the first of them highest; then
   * test, validation, train by their usual names; then whichever came later.
   */
  ranks(): number[] {
    const { keep } = this.settings;
    const unknown = keep.find((name) => !this.found.includes(name));
    if (unknown !== undefined)
      throw new HeldoutError('usage', `--keep ${unknown}: there is no such set. Sets: ${this.found.join(', ')}.`);
    const usual = this.found.map((name) => USUAL.findIndex((pattern) => pattern.test(name)));
    const order = this.found
      .map((name, set) => ({
        set,
        kept: keep.includes(name) ? keep.length - keep.indexOf(name) : 0,
        usual: usual[set],
      }))
      .sort((a, b) => a.kept - b.kept || (usual.includes(-1) ? 0 : a.usual - b.usual) || a.set - b.set);
    const ranks: number[] = [];
    order.forEach(({ set }, rank) => (ranks[set] = rank));
    return ranks;
  }
}

function tooMany(names: readonly string[]): HeldoutError {
  return new HeldoutError(
    'usage',
    `more than ${Splits.most} sets: ${names.slice(0, 4).join(', ')}, … A split column has a few values; name the right one with --split-column.`,
  );
}

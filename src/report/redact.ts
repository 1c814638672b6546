import { createHmac, randomBytes } from 'node:crypto';
import type { Skip } from '../model/input.js';
import type { GateReport } from '../model/gate-report.js';
import type { ScanPlan } from '../model/plan.js';
import type { Match } from '../model/match.js';
import type { Redaction, RedactedText } from '../model/redaction.js';
import type { ItemResult, ScanResult } from '../model/result.js';
import { shown } from './escape.js';
import { isIdentifier, mayBeText } from './name-or-text.js';
import type { Report } from './report.js';
import type { SkipJson } from './shared-json.js';

/** Hex digits of an HMAC that are kept: 128 bits for a text, 64 for a name that is only to be told from others. */
const DIGITS = 32;
const NAME_DIGITS = 16;

/**
 * Takes the text out of a result: of benchmark and corpus there remain keyed digests and lengths. What was decided, how
 * surely and where stays. The same key gives the same digests, so that the owner of a test set can find the item.
 */
export class Redactor {
  readonly redaction: Redaction;
  private readonly key: Uint8Array;
  private readonly replaced = new Map<string, string>();

  /** Without a key a random one is made and forgotten: nobody can ask it anything. */
  constructor(key: Uint8Array = randomBytes(32)) {
    this.key = key;
    this.redaction = { method: 'hmac-sha256/128', keyId: this.hmac('heldout key id').slice(0, NAME_DIGITS) };
  }

  text(text: string): RedactedText {
    return { hmac: this.hmac(text), length: text.length };
  }

  /** Names of files and sets stay, unless they are so long that they may be text: each segment of a path by itself. */
  name(name: string): string {
    const safe = name
      .split('/')
      .map((segment) => (mayBeText(segment) ? this.stand(segment) : segment))
      .join('/');
    // Short segments may make a sentence together.
    const whole = safe === name && /\s/.test(name) && mayBeText(name) ? this.stand(name) : safe;
    if (whole !== name) this.replaced.set(name, whole);
    return whole;
  }

  /** Ids stay where they have the form of one: others may be the question, or a slug of it. */
  id(id: string): string {
    if (isIdentifier(id)) return id;
    const stand = this.stand(id);
    this.replaced.set(id, stand);
    return stand;
  }

  /** The id of a record; one that is made of its file and number stays so. */
  recordId({ id, file, record }: Pick<Match['document'], 'id' | 'file' | 'record'>): string {
    return id === `${file}#${record}` ? `${this.name(file)}#${record}` : this.id(id);
  }

  /** A line for a person, in which what was replaced is replaced too: the longest first, for one may be in another. */
  line(text: string): string {
    let safe = text;
    for (const [name, stand] of [...this.replaced].sort(([a], [b]) => b.length - a.length))
      safe = safe.replaceAll(shown(name), stand);
    return safe;
  }

  /** A result that holds no text. */
  result(result: ScanResult): ScanResult {
    return {
      ...result,
      redaction: this.redaction,
      benchmarks: this.names(result.benchmarks),
      corpus: this.names(result.corpus),
      ...(result.certificate ? { certificate: this.names(result.certificate) } : {}),
      items: result.items.map((item) => this.item(item)),
      matches: result.matches.map((match) => this.match(match)),
      skips: result.skips.map(({ examples, ...skip }) => ({
        ...skip,
        examples: examples.map((one) => this.skip(one)),
      })),
    };
  }

  /** What a policy said, once the names in it have been replaced elsewhere: its lines stay lines. */
  gate({ lines, baseline, ...gate }: GateReport): GateReport {
    const { state, ...rest } = this.names(gate);
    // A note is a sentence, no name, however long.
    const { notes = [], ...about } = baseline ?? {};
    const named = this.names(about);
    return {
      state,
      lines: lines.map(({ word, text }) => ({ word, text: this.line(text) })),
      ...rest,
      ...(baseline ? { baseline: { ...baseline, ...named, notes: notes.map((note) => this.line(note)) } } : {}),
    };
  }

  /** What would be read. The items of its benchmarks are counted when it is shown, never printed. */
  plan(plan: ScanPlan): ScanPlan {
    return {
      benchmarks: plan.benchmarks.map((benchmark) => ({
        ...benchmark,
        name: this.name(benchmark.name),
        files: this.names(benchmark.files),
        fields: this.names(benchmark.fields),
      })),
      corpus: this.names(plan.corpus),
      skips: plan.skips.map((skip) => this.skip(skip)),
    };
  }

  /** A report that was read again; fields of report.json that are not known are kept where they hold no text. */
  report({ report, items, matches }: Report): Report {
    const { benchmarks, skipped, provenance, schema, tool, settings, guarantee, totals, outputs, gate, ...rest } =
      report;
    // Names first: the lines of the gate have them too.
    const safe = { items: items.map((item) => this.item(item)), matches: matches.map((match) => this.match(match)) };
    const safeBenchmarks = this.names(benchmarks);
    const safeProvenance = this.names(provenance);
    return {
      report: {
        schema,
        tool,
        ...this.names(rest),
        redaction: report.redaction ?? this.redaction,
        settings: this.names(settings),
        guarantee,
        totals,
        benchmarks: safeBenchmarks,
        skipped: this.skipped(skipped),
        ...(gate ? { gate: this.gate(gate) } : {}),
        provenance: safeProvenance,
        outputs,
      },
      ...safe,
    };
  }

  /** What was skipped and why, without the words that a parser quotes of what it could not read. */
  skip(skip: Skip): Skip {
    return { ...skip, file: this.name(skip.file), detail: '' };
  }

  skipped(skipped: readonly SkipJson[]): SkipJson[] {
    return skipped.map(({ examples, ...skip }) => ({
      ...skip,
      examples: examples.map(({ file, record }) => ({ file: this.name(file), record, detail: '' })),
    }));
  }

  item(item: ItemResult): ItemResult {
    const { bestMatch, nearRecords } = item;
    return {
      ...item,
      benchmark: this.name(item.benchmark),
      item: this.id(item.item),
      file: this.name(item.file),
      ...(nearRecords
        ? {
            nearRecords: {
              ...nearRecords,
              closest: nearRecords.closest.map((one) => ({ ...one, file: this.name(one.file) })),
            },
          }
        : {}),
      ...(bestMatch
        ? { bestMatch: { ...bestMatch, file: this.name(bestMatch.file), id: this.recordId(bestMatch) } }
        : {}),
    };
  }

  match(match: Match): Match {
    const { document } = match;
    return {
      ...match,
      benchmark: this.name(match.benchmark),
      item: this.id(match.item),
      document: { ...document, file: this.name(document.file), id: this.recordId(document) },
      itemText: '',
      documentText: '',
      redacted: match.redacted ?? { item: this.text(match.itemText), document: this.text(match.documentText) },
    };
  }

  /**
   * Every string in a value that may be text, replaced; ids of items (of waivers, say) held to more; keys as well, since a
   * benchmark's fields may have any.
   */
  names<T>(value: T): T {
    return JSON.parse(JSON.stringify(value), (key, one: unknown) => {
      if (typeof one === 'string') return key === 'item' || key === 'id' ? this.id(one) : this.name(one);
      if (typeof one !== 'object' || one === null || Array.isArray(one)) return one;
      return Object.fromEntries(Object.entries(one).map(([key, member]) => [this.name(key), member]));
    }) as T;
  }

  private stand(text: string): string {
    return `redacted-${this.hmac(text).slice(0, NAME_DIGITS)}`;
  }

  private hmac(text: string): string {
    return createHmac('sha256', this.key).update(text, 'utf8').digest('hex').slice(0, DIGITS);
  }
}

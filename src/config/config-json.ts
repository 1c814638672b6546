import type { PartName } from '../model/benchmark.js';
import type { SkipReason } from '../model/input.js';
import type { MatchedPart } from '../model/match.js';
import type { Bar, Waiver } from '../model/policy.js';

/** heldout.config.json, as heldout.config.schema.json has it. */
export interface ConfigJson {
  readonly benchmarks?: readonly string[];
  readonly against?: readonly string[];
  readonly out?: string;
  readonly baseline?: string;
  readonly redact?: boolean;
  readonly redactKey?: string;
  readonly textFields?: readonly string[];
  readonly idField?: string;
  readonly map?: Readonly<Partial<Record<PartName | 'id', string>>>;
  readonly maxRecordBytes?: number;
  readonly policy?: PolicyJson;
  readonly waivers?: readonly Waiver[];
}

/** What may be said at every level. */
export interface LevelJson extends Partial<Bar> {
  readonly maxContaminated?: number;
  readonly maxContaminatedRate?: number;
}

export interface PolicyJson extends LevelJson {
  readonly maxSkippedRate?: number;
  readonly skips?: Readonly<Partial<Record<SkipReason, number | 'any'>>>;
  readonly benchmarks?: Readonly<Record<string, BenchmarkJson>>;
}

export interface BenchmarkJson extends LevelJson {
  readonly parts?: Readonly<Partial<Record<MatchedPart, LevelJson>>>;
}

import type { PartName } from './benchmark.js';

/** Everything that can change a result. Digested into the report's settings id; how fast it runs is not in here. */
export interface Settings {
  /** Text model and token weights: text/profile-N. */
  readonly profile: 1;
  /** Fields named by the user (dotted), empty for automatic. */
  readonly textFields: readonly string[];
  /** Field of a document's id. */
  readonly idField: string;
  /** Benchmark fields named by the user, `question` → `prompt.text`; empty for automatic. */
  readonly map: Readonly<Partial<Record<PartName | 'id', string>>>;
  /** Longest record read, in bytes. */
  readonly maxRecordBytes: number;
  /** Stop after this many records a file (0: all). */
  readonly limit: number;
  /** Share of records that may be skipped before the run counts as incomplete. */
  readonly maxSkippedRate: number;
  /** Contaminated items that are still a pass. */
  readonly maxContaminated: number;
}

export const DEFAULT_SETTINGS: Settings = {
  profile: 1,
  textFields: [],
  idField: 'id',
  map: {},
  maxRecordBytes: 256 * 1024 * 1024,
  limit: 0,
  maxSkippedRate: 0.001,
  maxContaminated: 0,
};

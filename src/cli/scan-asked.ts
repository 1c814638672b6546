import type { Config } from '../config/config-file.js';
import { CONFIG_FILE } from '../config/config-name.js';
import { HeldoutError } from '../model/errors.js';
import { plainPolicy } from '../model/policy.js';
import type { Policy } from '../model/policy.js';
import type { Settings } from '../model/settings.js';

/** The options that a config can speak for. */
export interface Configurable {
  readonly against: readonly string[];
  readonly config?: string;
  readonly baseline?: string;
  readonly redact?: boolean;
  readonly redactKey?: string;
  readonly textField: readonly string[];
  readonly idField: string;
  readonly map: Settings['map'];
  readonly out: string;
  readonly maxRecordBytes: number;
  readonly maxContaminated: number;
  readonly maxSkippedRate: number;
}

/** Whether an option was typed, and is no default. */
export type IsTyped = (option: keyof Configurable) => boolean;

/** What a scan is asked to do, by the command line and the config together. */
export interface ScanAsked<Options> {
  readonly benchmarks: readonly string[];
  readonly options: Options;
  readonly policy: Policy;
}

/**
 * Puts the command line and the config together; what is typed wins. A config is read where it is named, and where neither
 * benchmarks nor a corpus are: a scan of something else is not held to it unasked.
 */
export async function scanAsked<Options extends Configurable>(
  benchmarks: readonly string[],
  options: Options,
  isTyped: IsTyped,
): Promise<ScanAsked<Options>> {
  const wanted = options.config ?? (benchmarks.length === 0 && options.against.length === 0 ? CONFIG_FILE : undefined);
  if (wanted === undefined) {
    checkNamed(benchmarks, options.against);
    return { benchmarks, options, policy: plainPolicy(options.maxContaminated, options.maxSkippedRate) };
  }
  const config = await configAt(wanted, options.config !== undefined);
  const against = options.against.length > 0 ? options.against : (config.against ?? []);
  const named = benchmarks.length > 0 ? benchmarks : (config.benchmarks ?? []);
  checkNamed(named, against, config.file);
  const policy = typedOver(config.policy, options, isTyped);
  return { benchmarks: named, options: filled({ ...options, against }, config, policy, isTyped), policy };
}

async function configAt(file: string, isNamed: boolean): Promise<Config> {
  try {
    const { readConfig } = await import('../config/config-file.js');
    return await readConfig(file, new Date().toISOString().slice(0, 10));
  } catch (error) {
    const missing = error instanceof HeldoutError && error.cause instanceof Error && 'code' in error.cause;
    if (isNamed || !missing || (error.cause as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw new HeldoutError(
      'usage',
      `nothing to scan: name benchmarks and --against a corpus, or write a ${file} (docs/CI.md), which a scan without ` +
        `arguments runs.`,
    );
  }
}

function checkNamed(benchmarks: readonly string[], against: readonly string[], config?: string): void {
  const also = config === undefined ? '' : `, or set it in ${config}`;
  if (benchmarks.length === 0)
    throw new HeldoutError(
      'usage',
      `no benchmark is named${also}. Benchmarks go before --against, which takes every path after it.`,
    );
  if (against.length === 0)
    throw new HeldoutError('usage', `no corpus is named. Name the corpus to scan: --against corpus/${also}.`);
}

/** --max-contaminated speaks for everything that has no allowance of its own. */
function typedOver(policy: Policy, options: Configurable, isTyped: IsTyped): Policy {
  return {
    ...policy,
    ...(isTyped('maxContaminated') ? { allowance: { maxContaminated: options.maxContaminated } } : {}),
    ...(isTyped('maxSkippedRate') ? { maxSkippedRate: options.maxSkippedRate } : {}),
  };
}

function filled<Options extends Configurable>(
  options: Options,
  config: Config,
  policy: Policy,
  isTyped: IsTyped,
): Options {
  const baseline = options.baseline ?? config.baseline;
  const redactKey = options.redactKey ?? config.redactKey;
  // A test set that is secret by the config is secret whatever else is typed.
  const redact = options.redact === true || (config.redact ?? config.redactKey !== undefined);
  return {
    ...options,
    ...(isTyped('out') ? {} : { out: config.out ?? options.out }),
    ...(isTyped('textField') ? {} : { textField: config.textFields ?? options.textField }),
    ...(isTyped('idField') ? {} : { idField: config.idField ?? options.idField }),
    ...(isTyped('map') ? {} : { map: config.map ?? options.map }),
    ...(isTyped('maxRecordBytes') ? {} : { maxRecordBytes: config.maxRecordBytes ?? options.maxRecordBytes }),
    ...(baseline === undefined ? {} : { baseline }),
    redact,
    ...(redactKey === undefined ? {} : { redactKey }),
    // The report keeps the two numbers that it has a place for.
    maxContaminated: policy.allowance.maxContaminated ?? options.maxContaminated,
    maxSkippedRate: policy.maxSkippedRate,
  };
}

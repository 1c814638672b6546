import path from 'node:path';
import { HeldoutError, messageOf } from '../model/errors.js';
import type { Policy } from '../model/policy.js';
import { readWhole } from '../read/whole.js';
import type { ConfigJson } from './config-json.js';
import { policyOf } from './policy-of.js';
import { configCheck, faultOf } from './schema.js';
import { waiverFault } from './waivers.js';

/** A config that is larger than this is another file. */
const MOST_BYTES = 16 * 1024 * 1024;

/** A config, checked, with its paths as seen from where the command runs. */
export interface Config extends Omit<ConfigJson, 'policy'> {
  readonly file: string;
  readonly policy: Policy;
}

/** Reads a config. `today` (`2026-11-24`) decides which waivers have expired; one that has is an error. */
export async function readConfig(file: string, today: string): Promise<Config> {
  const bytes = await readWhole(file, MOST_BYTES);
  const config = parseConfig(new TextDecoder().decode(bytes), file, today);
  const { benchmarks, against, out, baseline, redactKey } = config;
  const from = path.dirname(file);
  const placed = (name: string): string => (name === '-' || path.isAbsolute(name) ? name : path.join(from, name));
  return {
    ...config,
    ...(benchmarks ? { benchmarks: benchmarks.map(placed) } : {}),
    ...(against ? { against: against.map(placed) } : {}),
    ...(out === undefined ? {} : { out: placed(out) }),
    ...(baseline === undefined ? {} : { baseline: placed(baseline) }),
    ...(redactKey === undefined ? {} : { redactKey: placed(redactKey) }),
  };
}

/** The config that a text is, its paths as they are written. Throws `usage` with the key and the way out. */
export function parseConfig(text: string, file: string, today: string, check = configCheck()): Config {
  const value = parseJson(text, file);
  if (!check(value)) throw fault(file, faultOf(check.errors ?? []));
  const expired = waiverFault(value.waivers ?? [], today, value.redact ?? value.redactKey !== undefined);
  if (expired !== undefined) throw fault(file, `${expired}.`);
  return { ...value, file, policy: policyOf(value) };
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const at = /position (\d+)/.exec(messageOf(error))?.[1];
    const before = text.slice(0, Number(at ?? 0)).split('\n');
    const where = at === undefined ? '' : ` in line ${before.length}, column ${(before.at(-1) ?? '').length + 1}`;
    throw fault(file, `not valid JSON${where}: ${messageOf(error)}. Comments and trailing commas are not JSON.`, error);
  }
}

function fault(file: string, what: string, cause?: unknown): HeldoutError {
  return new HeldoutError('usage', `${file}: ${what}`, { cause });
}

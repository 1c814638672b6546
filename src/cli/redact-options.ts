import { Option } from 'commander';
import { HeldoutError } from '../model/errors.js';
import { readWhole } from '../read/whole.js';
import { Redactor } from '../report/redact.js';
import { name } from './option-values.js';

export interface RedactOptions {
  readonly redact?: boolean;
  readonly redactKey?: string;
}

/** Where a key is looked for when no file is named. On a command line everyone on the machine could read it. */
const VARIABLE = 'HELDOUT_REDACT_KEY';

/** Shorter keys can be tried out. */
const LEAST_BYTES = 16;
const MOST_BYTES = 64 * 1024;

export function redactOption(): Option {
  return new Option('--redact', 'leave all text out of every output: keyed digests and lengths stand for it');
}

export function redactKeyOption(): Option {
  return new Option(
    '--redact-key <file>',
    `file with the key of the digests (default: ${VARIABLE}, else a random one that is forgotten)`,
  )
    .argParser(name)
    .implies({ redact: true });
}

/** What takes the text out of every output, or undefined where that is not asked for. */
export async function redactorOf({ redact, redactKey }: RedactOptions): Promise<Redactor | undefined> {
  if (!redact) return undefined;
  if (redactKey !== undefined) return new Redactor(checked(await readWhole(redactKey, MOST_BYTES), redactKey));
  const key = process.env[VARIABLE];
  return key === undefined || key === ''
    ? new Redactor()
    : new Redactor(checked(new TextEncoder().encode(key), VARIABLE));
}

function checked(key: Uint8Array, from: string): Uint8Array {
  if (key.length < LEAST_BYTES)
    throw new HeldoutError(
      'usage',
      `${from}: a key of ${key.length} bytes could be tried out. Give at least ${LEAST_BYTES}, such as from: openssl rand -hex 32`,
    );
  return key;
}

/** Runs something whose errors may quote what may be text: where there is a redactor, they do not. */
export async function sayingNoText<T>(redactor: Redactor | undefined, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (!redactor || !(error instanceof HeldoutError) || error.withoutText === undefined) throw error;
    throw new HeldoutError(error.code, error.withoutText);
  }
}

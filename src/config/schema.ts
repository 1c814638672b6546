import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import type { ErrorObject, ValidateFunction } from 'ajv';
import type { ConfigJson } from './config-json.js';
import { nearest } from './nearest.js';

/** The check that the shipped schema describes. */
export function configCheck(): ValidateFunction<ConfigJson> {
  const schema: unknown = JSON.parse(
    readFileSync(new URL('../../heldout.config.schema.json', import.meta.url), 'utf8'),
  );
  if (typeof schema !== 'object' || schema === null) throw new Error('heldout.config.schema.json is not a schema');
  return new Ajv({ allErrors: true, verbose: true }).compile<ConfigJson>(schema);
}

/** What is wrong, in one sentence: where, what it is, what it should be. A key that is not known goes first: it explains others. */
export function faultOf(errors: readonly ErrorObject[]): string {
  const unknown = errors.find(({ keyword }) => keyword === 'additionalProperties');
  // Of `anyOf`, the sentence of the whole; its branches contradict each other.
  const whole = errors.find(({ keyword }) => keyword === 'anyOf');
  const error = unknown ?? whole ?? errors[0];
  return unknown ? unknownKey(unknown) : `${placeOf(error)} ${expected(error)}${found(error)}.`;
}

function unknownKey({ params, parentSchema, instancePath }: ErrorObject): string {
  const key = String((params as { readonly additionalProperty?: unknown }).additionalProperty);
  const known = Object.keys((parentSchema as { readonly properties?: object } | undefined)?.properties ?? {});
  const close = nearest(key, known);
  const hint = close === undefined ? `What may stand here: ${known.join(', ')}.` : `Did you mean ${close}?`;
  return `${dotted(`${instancePath}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`)} is no key that is known here. ${hint}`;
}

function expected({ keyword, params, parentSchema }: ErrorObject): string {
  const { type, limit, allowedValues, missingProperty } = params as Readonly<Record<string, unknown>>;
  const meaning = (parentSchema as { readonly description?: string } | undefined)?.description;
  switch (keyword) {
    case 'type':
      return `must be ${TYPE_WORDS[String(type)] ?? String(type)}`;
    case 'minimum':
      return `must be ${String(limit)} or more`;
    case 'maximum':
      return `must be ${String(limit)} or less`;
    case 'enum':
      return `must be ${(allowedValues as readonly unknown[]).map((value) => JSON.stringify(value)).join(' or ')}`;
    case 'required':
      return `lacks ${String(missingProperty)}`;
    case 'minItems':
    case 'minLength':
      return 'must not be empty';
    case 'anyOf':
      return 'must be a whole number, 0 or more, or "any"';
    case 'pattern':
      return `must be as described: ${meaning ?? 'see the schema'}`;
    default:
      return 'is not as the schema has it';
  }
}

const TYPE_WORDS: Readonly<Record<string, string>> = {
  array: 'a list',
  boolean: 'true or false',
  integer: 'a whole number',
  number: 'a number',
  object: 'an object',
  string: 'a text in quotes',
};

function found({ keyword, data }: ErrorObject): string {
  if (keyword === 'required' || keyword === 'minItems' || keyword === 'minLength') return '';
  const text = JSON.stringify(data) ?? 'nothing';
  return `; it is ${text.length > 60 ? `${text.slice(0, 60)}…` : text}`;
}

function placeOf({ instancePath }: ErrorObject): string {
  const where = dotted(instancePath);
  return where === '' ? 'it' : where;
}

/** `/waivers/0/expires` → `waivers[0].expires` */
function dotted(pointer: string): string {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((step) => (/^[\w$+-]+$/.test(step) ? step : JSON.stringify(step)))
    .map((step, i) => (/^\d+$/.test(step) ? `[${step}]` : `${i > 0 ? '.' : ''}${step}`))
    .join('');
}

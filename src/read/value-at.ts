/** The values at a dotted field; arrays on the way are crossed. Empty where there is no such field. */
export function valueAt(value: unknown, field: string): unknown[] {
  if (isRecord(value) && Object.hasOwn(value, field)) return [value[field]];
  let values = [value];
  for (const step of field.split('.')) {
    if (step === '*') continue;
    values = values.flatMap((one) => (Array.isArray(one) ? (one as unknown[]) : [one]));
    values = values.flatMap((one) => (isRecord(one) && Object.hasOwn(one, step) ? [one[step]] : []));
  }
  return values;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

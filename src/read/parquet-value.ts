/** A Parquet value as JSON would have it: BigInt as number (as string where that would lose digits), dates as ISO text. */
export function plainValue(value: unknown): unknown {
  if (typeof value === 'bigint') {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : String(value);
  }
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  // Images and sound: no text in them.
  if (ArrayBuffer.isView(value)) return null;
  if (Array.isArray(value)) return (value as unknown[]).map(plainValue);
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, plainValue(child)]));
}

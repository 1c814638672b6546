import type { Waiver } from '../model/policy.js';

/**
 * What is wrong with waivers on a day (`2026-11-24`), in words; undefined where they all hold. Of a secret test set neither item nor
 * reason is said: either may be its text.
 */
export function waiverFault(waivers: readonly Waiver[], today: string, isSecret: boolean): string | undefined {
  for (const [i, waiver] of waivers.entries()) {
    const where = `waivers[${i}]${isSecret ? '' : ` (${waiver.benchmark} ${waiver.item})`}`;
    if (!isDay(waiver.expires)) return `${where}: ${waiver.expires} is no day. Write it as 2027-01-31`;
    if (waiver.expires < today)
      return (
        `${where} expired on ${waiver.expires}${isSecret ? '' : ` ("${waiver.reason}")`}. ` +
        `Take the item out of the corpus or the benchmark and remove the waiver, or set a later day in "expires"`
      );
  }
  return undefined;
}

/** Not the 30th of February. */
function isDay(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

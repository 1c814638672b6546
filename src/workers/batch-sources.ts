import { BatchSource } from '../store/batch-source.js';
import type { UnitPlace } from '../store/batch-source.js';
import type { RecordSource } from '../store/record-source.js';
import { batchName } from './batch.js';
import type { BatchResult } from './batch.js';
import type { Unit } from './unit.js';

/** What the batches have left of their records. `inputOf`: the number that a file of the plan has in the index. */
export function batchSources(
  folder: string,
  units: readonly Unit[],
  batches: readonly BatchResult[],
  inputOf: (file: number) => number,
): RecordSource[] {
  const places = new Map<number, UnitPlace>();
  const lines = new Map<number, number>();
  // Records of a range count from its own first line: the lines of the ranges before are added.
  for (const { number, result } of batches.flatMap((batch) => batch.units).sort((a, b) => a.number - b.number)) {
    const { file } = units[number];
    const shift = lines.get(file) ?? 0;
    places.set(number, { input: inputOf(file), shift });
    lines.set(file, shift + result.lines);
  }
  const placeOf = (unit: number): UnitPlace => {
    const place = places.get(unit);
    if (!place) throw new Error(`unit ${unit} is of no batch`);
    return place;
  };
  return batches.flatMap(({ records }, number) =>
    records ? [new BatchSource(folder, batchName(number), records, placeOf)] : [],
  );
}

/** Each value as it is made of another, when it is asked for. */
export function* mapped<T, R>(values: Iterable<T>, as: (value: T) => R): Generator<R> {
  for (const value of values) yield as(value);
}

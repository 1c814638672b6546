/** `path`: key path, `*` for the elements of an array; the same array for all, to be copied if it is kept. */
type Visit = (text: string, path: readonly string[], isKey: boolean) => void;

interface Level {
  /** Undefined in an array. */
  readonly keys: readonly string[] | undefined;
  readonly values: readonly unknown[];
  next: number;
}

/** Every string in a value, keys of objects too, in the order they stand there. Without recursion: hostile records are nested deep. */
export function visitStrings(value: unknown, visit: Visit): void {
  const path: string[] = [];
  const levels: Level[] = [];
  const enter = (one: unknown): void => {
    if (typeof one === 'string') visit(one, path, false);
    else if (Array.isArray(one)) levels.push({ keys: undefined, values: one as unknown[], next: 0 });
    else if (typeof one === 'object' && one !== null)
      levels.push({ keys: Object.keys(one), values: Object.values(one), next: 0 });
  };
  enter(value);
  for (let level = levels.at(-1); level !== undefined; level = levels.at(-1)) {
    path.length = levels.length - 1;
    const at = level.next++;
    if (at >= level.values.length) {
      levels.pop();
      continue;
    }
    const key = level.keys?.[at];
    if (key !== undefined) visit(key, path, true);
    path.push(key ?? '*');
    enter(level.values[at]);
  }
}

/** A path as one string that no other path has. */
export function stepsOf(path: readonly string[]): string {
  return path.join('\0');
}

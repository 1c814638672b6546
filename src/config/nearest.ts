/** The one of `words` that `word` was most likely meant to be, or undefined where none is close. */
export function nearest(word: string, words: readonly string[]): string | undefined {
  const own = word.toLowerCase();
  const near = words
    .map((other) => ({ other, steps: editSteps(own, other.toLowerCase()) }))
    // A third of the letters, as compilers do.
    .filter(({ other, steps }) => steps <= Math.max(1, Math.max(own.length, other.length) / 3))
    .sort((a, b) => a.steps - b.steps);
  return near[0]?.other;
}

/** Letters to insert, drop or change, two neighbours that changed places counting as one (optimal string alignment). */
function editSteps(a: string, b: string): number {
  // Keys are short; a longer one is near to nothing.
  if (Math.abs(a.length - b.length) > 40) return Infinity;
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = rows[i - 1][j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      row[j] = Math.min(rows[i - 1][j] + 1, row[j - 1] + 1, change);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) row[j] = Math.min(row[j], rows[i - 2][j - 2] + 1);
    }
    rows.push(row);
  }
  return rows[a.length][b.length];
}

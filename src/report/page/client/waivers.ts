/** Says of each waiver on the page whose last day has passed by the reader's clock that it has: the report is older than today. */
export function markExpired(today: string): void {
  for (const day of document.querySelectorAll<HTMLTimeElement>('time[data-expires]')) {
    if ((day.dataset['expires'] ?? '') >= today) continue;
    const said = document.createElement('b');
    said.className = 'v-contaminated';
    said.textContent = ' expired since';
    day.after(said);
  }
}

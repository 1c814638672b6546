// Imported before a program that is measured (node --import): writes what the process took to HELDOUT_USAGE_FILE as it ends.
import { writeFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

if (isMainThread && process.env.HELDOUT_USAGE_FILE) {
  process.on('exit', () => {
    const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
    const usage = { cpu: (userCPUTime + systemCPUTime) / 1e6, maxRssBytes: maxRSS * 1024 };
    writeFileSync(process.env.HELDOUT_USAGE_FILE, JSON.stringify(usage));
  });
}

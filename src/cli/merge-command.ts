import type { Progress } from '../model/progress.js';
import type { ExitCode } from './exit-code.js';
import { PUBLISH_EPSILON, PUBLISH_WARNING, showBuilt } from './index-command.js';
import { say } from './output.js';
import { stderrProgress } from './watched.js';

/** As commander gives them. */
export interface MergeOptions {
  readonly out: string;
  readonly locations: boolean;
  readonly records: boolean;
  readonly epsilon?: number;
  readonly publish?: boolean;
  readonly memory: number;
  readonly quiet?: boolean;
}

export async function mergeCommand(indexes: readonly string[], options: MergeOptions): Promise<ExitCode> {
  const { publish = false } = options;
  const epsilon = options.epsilon ?? (publish ? PUBLISH_EPSILON : undefined);
  const progress = stderrProgress();
  try {
    const { mergeIndexes } = await import('../indexing.js');
    if (publish) say(`note: ${PUBLISH_WARNING}`);
    const built = await mergeIndexes({
      indexes,
      out: options.out,
      locations: options.locations && !publish,
      records: options.records,
      publish,
      ...(epsilon === undefined ? {} : { epsilon }),
      memoryBytes: options.memory,
      onNotice: say,
      ...(options.quiet ? {} : { onProgress: (at: Progress) => progress.update(at) }),
    });
    return showBuilt(built, options.out);
  } finally {
    progress.clear();
  }
}

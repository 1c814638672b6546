/** What a report can be shown as. */
export type Format = 'html' | 'markdown' | 'csv' | 'sarif' | 'junit';

export const FORMATS: readonly Format[] = ['html', 'markdown', 'csv', 'sarif', 'junit'];

/** What a comparison can be shown as. SARIF speaks of a place in the user's own code, which a record of a data set is not. */
export const COMPARISON_FORMATS = ['html', 'markdown', 'csv', 'junit'] as const satisfies readonly Format[];

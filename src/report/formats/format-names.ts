/** What a report can be shown as. */
export type Format = 'html' | 'markdown' | 'csv' | 'sarif' | 'junit';

export const FORMATS: readonly Format[] = ['html', 'markdown', 'csv', 'sarif', 'junit'];

/** What each layer of src may import (design: a folder imports only those to its left). Pure layers import no package. */
export const LAYERS = {
  codec: { pure: true, imports: [] },
  inspection: { pure: true, imports: ['codec'] },
  policy: { pure: true, imports: ['codec', 'inspection'] },
  scanning: { pure: false, imports: ['codec', 'inspection'] },
  limits: { pure: false, imports: ['codec', 'inspection', 'policy'] },
  storage: { pure: false, imports: ['codec', 'inspection', 'policy'] },
  proxy: { pure: false, imports: ['codec', 'inspection', 'policy', 'scanning', 'limits', 'storage'] },
  admin: { pure: false, imports: ['codec', 'inspection', 'policy', 'scanning', 'limits', 'storage'] },
  lab: { pure: false, imports: ['codec'] },
};

/** The import fence of one layer, as an ESLint configuration block. */
export function fence(layer, { pure, imports }) {
  const allowed = imports.length === 0 ? '(?!)' : `(${imports.join('|')})/`;
  const patterns = [
    {
      regex: `^\\.\\./(?!${allowed})`,
      message: `src/${layer} may import only: ${imports.join(', ') || 'itself'}`,
    },
  ];
  if (pure) patterns.push({ regex: '^[^.]', message: `src/${layer} is pure: no Node API, no package` });
  const rules = { 'no-restricted-imports': ['error', { patterns }] };
  if (pure) {
    rules['no-restricted-globals'] = [
      'error',
      'process',
      'Buffer',
      'setTimeout',
      'setInterval',
      'performance',
      'fetch',
    ];
    rules['no-restricted-properties'] = [
      'error',
      { object: 'Date', property: 'now', message: 'pass now in' },
      { object: 'Math', property: 'random', message: 'pass randomness in' },
    ];
  }
  return { files: [`src/${layer}/**/*.ts`], rules };
}

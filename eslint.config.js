import tseslint from 'typescript-eslint';

const typed = [
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { project: './tsconfig.test.json', tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      // Numbers in messages are what a tool that counts is made of.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidOperator: true },
      ],
      '@typescript-eslint/no-meaningless-void-operator': 'off',
      '@typescript-eslint/no-non-null-assertion': 'error',
      // Arrays are indexed without a check (noUncheckedIndexedAccess is off: typed arrays everywhere), so this one would
      // call necessary conditions unnecessary.
      '@typescript-eslint/no-unnecessary-condition': 'off',
      // `[...text]` is how a text is taken apart by code point.
      '@typescript-eslint/no-misused-spread': 'off',
      // An async generator without await is a stream like the others.
      '@typescript-eslint/require-await': 'off',
      eqeqeq: 'error',
      'no-control-regex': 'error',
      'no-empty': 'error',
      'no-fallthrough': 'error',
      'no-self-compare': 'error',
      'no-unmodified-loop-condition': 'error',
      'no-useless-escape': 'error',
      'no-console': 'error',
      'prefer-const': 'error',
      'object-shorthand': 'error',
    },
  },
];

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', 'heldout-report/', 'corpora-samples/', 'src/hashcore/assembly/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  { files: ['**/*.ts'], extends: typed },
  // What the program prints goes through cli/output.ts; tests read what comes out, whatever its type.
  { files: ['test/**/*.ts'], rules: { '@typescript-eslint/explicit-module-boundary-types': 'off' } },
  { files: ['**/*.js'], extends: [tseslint.configs.recommended], rules: { eqeqeq: 'error', 'prefer-const': 'error' } },
);

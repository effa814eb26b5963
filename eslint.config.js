import reactHooks from 'eslint-plugin-react-hooks'
import tseslint from 'typescript-eslint'

const bannedNames = /(^|\/)(utils?|helpers?|common|misc|shared|manager|types|constants)(\.|\/|$)/

/** Forbids drawer names: a thing without a home lacks a concept. */
const namedConcepts = {
  meta: {
    type: 'problem',
    schema: [],
    messages: { drawer: 'This file or folder name is a drawer for anything. Name the concept instead.' },
  },
  create: (context) => ({
    Program(node) {
      const path = context.filename.slice(context.cwd.length + 1)
      if (bannedNames.test(path)) context.report({ node, messageId: 'drawer' })
    },
  }),
}

export default tseslint.config(
  { ignores: ['dist/', '.tsbuild/', 'node_modules/', '**/*.cjs', 'coverage/', 'renderer/ui/code/alloy-parser.ts'] },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [...tseslint.configs.strictTypeChecked],
    plugins: { weir: { rules: { 'named-concepts': namedConcepts } } },
    languageOptions: {
      parserOptions: {
        project: [
          './tsconfig.checks.json',
          './collector-core/tsconfig.json',
          './collector-core/tsconfig.pure.json',
          './host/contract/tsconfig.json',
          './host/tsconfig.json',
          './renderer/tsconfig.json',
          './electron/tsconfig.json',
        ],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      'weir/named-concepts': 'error',
      'max-lines': ['error', 500],
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportDefaultDeclaration', message: 'Name what you export.' },
        { selector: 'NewExpression[callee.name="Function"]', message: 'No code from strings.' },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    files: ['renderer/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': reactHooks },
    rules: { 'react-hooks/rules-of-hooks': 'error', 'react-hooks/exhaustive-deps': 'error' },
  },
  { files: ['**/*.config.ts', 'eslint.config.js'], rules: { 'no-restricted-syntax': 'off' } },
)

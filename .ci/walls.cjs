const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to })
const { readdirSync } = require('node:fs')
const { dirname, join } = require('node:path')

const componentFolders = readdirSync(join(__dirname, '../collector-core/components'), { recursive: true })
  .filter((path) => path.endsWith('definition.ts'))
  .map((path) => `collector-core/components/${dirname(path).split('\\').join('/')}`)
const test = '[.](test|e2e)[.]tsx?$|/testing/'
const pureCore =
  '^collector-core/(language|schema|signal|graph)/|^collector-core/(catalog|protocol|known-components|weir-error|http-api/contract)[.]ts$|/definition[.]ts$|^host/contract/'

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    rule(
      'no-cycles',
      'A cycle means two files are really one, or a third is missing.',
      {},
      { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    ),
    rule(
      'everything-resolves',
      'An import nothing can find is not checked by any other rule.',
      {},
      { couldNotResolve: true },
    ),
    rule(
      'core-is-headless',
      'collector-core runs as plain Node: no Electron, no React, nothing from the app around it.',
      { path: '^collector-core/' },
      { path: '^(electron|renderer|host)/|(^|node_modules/)(electron|react|react-dom|reactflow|@xyflow)(/|$)' },
    ),
    rule(
      'language-stands-alone',
      'The configuration language knows nothing of components or telemetry.',
      { path: '^collector-core/language/', pathNot: test },
      { path: '^collector-core/', pathNot: '^collector-core/language/' },
    ),
    rule(
      'definitions-are-data',
      'A definition is read by the editor, so it may not reach Node or running code.',
      { path: '^collector-core/(catalog|known-components|schema/.*|components/.*/definition)[.]ts$', pathNot: test },
      {
        path: '^collector-core/',
        pathNot:
          '^collector-core/(language|schema|signal|config-blocks)/|/definition[.]ts$|^collector-core/components/[^.]*/pure/|^collector-core/known-components[.]ts$',
      },
    ),
    rule(
      'pure-core-is-pure',
      'The editor runs these files in a browser: no Node modules, and only the two packages that run there too.',
      {
        path: '^collector-core/(language|schema|signal|graph|catalog|protocol|known-components)|^collector-core/components/.*/(definition[.]ts|pure/)',
        pathNot: test,
      },
      {
        dependencyTypes: ['core', 'npm', 'npm-dev', 'npm-no-pkg'],
        pathNot: 'node_modules/(re2js|yaml|@jmespath-community)/',
      },
    ),
    rule(
      'pure-core-stays-inside',
      'Pure code does not reach the runtime.',
      { path: '^collector-core/(language|schema|signal|graph)/', pathNot: test },
      {
        path: '^collector-core/(runtime|outbox|wire|net|docker|telemetry|http-api|testing)/|^collector-core/components/.*/component[.]ts$',
      },
    ),
    ...componentFolders.map((folder) =>
      rule(
        'components-do-not-meet',
        'Components talk through receivers; what two of them need has a named home outside.',
        { path: `^${folder}/` },
        { path: '^collector-core/components/', pathNot: `^${folder}/` },
      ),
    ),
    rule(
      'the-outbox-and-the-wire-know-no-components',
      'Delivery and encodings serve any component.',
      { path: '^collector-core/(outbox|wire|net|docker)/', pathNot: test },
      { path: '^collector-core/(components|http-api|graph)/' },
    ),
    rule(
      'host-knows-no-window',
      'The host runs without Electron.',
      { path: '^host/' },
      { path: '^(electron|renderer)/|(^|node_modules/)electron(/|$)' },
    ),
    rule(
      'the-contract-is-pure',
      'A window and the host both run it: messages and checks only, from code that runs in a browser.',
      { path: '^host/contract/', pathNot: test },
      { path: '^(host|collector-core|renderer)/|^node_modules/(?!zod/)', pathNot: pureCore },
    ),
    rule(
      'only-the-shell-knows-electron',
      'Everything but electron/ runs in plain Node or in a browser.',
      { path: '^(collector-core|host|renderer|bin|e2e|bench)/' },
      { path: '^electron/|(^|node_modules/)electron/' },
    ),
    rule(
      'the-shell-is-thin',
      'The collector is a process of its own, and the page another: the shell starts them and runs none of their code.',
      { path: '^electron/', pathNot: test },
      {
        path: '^renderer/|^collector-core/(?!weir-error|protocol|runtime/clock[.]|http-api/(page-headers|static-files)[.])',
      },
    ),
    rule(
      'the-page-speaks-to-the-collector',
      'What the page shows comes over HTTP or from code that is pure.',
      { path: '^renderer/', pathNot: test },
      { path: '^(collector-core|host|electron)/', pathNot: pureCore },
    ),
    rule(
      'the-page-runs-in-a-browser',
      'No Node modules in the page.',
      { path: '^renderer/', pathNot: test },
      { dependencyTypes: ['core'] },
    ),
    rule(
      'features-do-not-meet',
      'Features are put together in app/; what two of them need has a home in model/, live/ or ui/.',
      { path: '^renderer/features/([^/]+)/' },
      { path: '^renderer/(features/(?!$1/)|app/)' },
    ),
    rule(
      'the-model-draws-nothing',
      'The document, the layout and the numbers are computed without React or the page around them.',
      { path: '^renderer/(model|live|bridge)/', pathNot: `${test}|context[.]ts$` },
      { path: '^renderer/(features|app|ui)/|(^|node_modules/)(react|react-dom|reactflow|@xyflow)(/|$)' },
    ),
    rule(
      'query-languages-are-pure',
      'A query language knows where samples, lines and spans are asked for, not how they are stored or asked over HTTP.',
      { path: '^host/stack/embedded/(query-text|promql|logql|traceql)/', pathNot: test },
      {
        path: '^host/(?!stack/embedded/(query-text|promql|logql|traceql)/)|^collector-core/(?!signal/)|^node:',
        dependencyTypesNot: ['npm'],
      },
    ),
    rule(
      'embedded-storage-knows-no-queries',
      'The store of the embedded backend answers matchers and times; languages and HTTP lie above it.',
      { path: '^host/stack/embedded/(storage|ingest)/', pathNot: test },
      { path: '^host/(?!stack/embedded/(storage|ingest)/)' },
    ),
    rule(
      'one-file-knows-the-storage-engine',
      'The engine behind the embedded backend can be changed in one place.',
      { path: '^(host|electron|renderer|collector-core)/', pathNot: '^host/stack/embedded/storage/level-store[.]ts$' },
      { path: '(^|node_modules/)classic-level(/|$)' },
    ),
    rule(
      'no-test-in-production',
      'What tests need stays in tests.',
      { path: '^(collector-core|host|electron|renderer)/', pathNot: test },
      { path: test },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '[.]tsbuild/|^dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
  },
}

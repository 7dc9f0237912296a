const capability =
  '(catalog|agreements|demands|duties|intake|delivery|notices|reports|stream|compare|lookup|derive|geo|audit)';
const builtin = '^(node:|fs|path|crypto)';

/** The layout's import rules (README, "Where things are"). A rule forbids what is not in its `pathNot` list. */
module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    // `aws-lambda` is types only (@types/aws-lambda): there is no such module to find.
    { name: 'imports-resolve', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: '^aws-lambda$' } },
    {
      name: 'schemas-import-zod-only',
      severity: 'error',
      from: { path: '^schemas/', pathNot: '^schemas/contracts/openapi/' },
      to: { pathNot: ['^schemas/', 'node_modules/zod/'] },
    },
    {
      name: 'openapi-imports-schemas-and-zod-openapi',
      severity: 'error',
      from: { path: '^schemas/contracts/openapi/' },
      to: { pathNot: ['^schemas/', 'node_modules/zod(-openapi)?/', builtin] },
    },
    {
      name: 'records-rooms-one-way',
      scope: 'folder',
      severity: 'error',
      from: { path: '^functions/records/[^/]+$' },
      to: { circular: true },
    },
    {
      // What a file is and what is to be changed in it is decided without any file: only `read` opens one.
      name: 'cleaning-is-pure',
      severity: 'error',
      from: { path: '^functions/records/clean/', pathNot: '^functions/records/clean/read/' },
      to: { path: ['^functions/records/clean/read/', builtin, 'node_modules/'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'records-know-no-aws',
      severity: 'error',
      from: { path: '^functions/records/' },
      to: {
        pathNot: [
          '^functions/records/',
          '^schemas/',
          'node_modules/(re2js|temporal-polyfill|hyparquet|hyparquet-compressors|hyparquet-writer|hucre|yauzl|yaml)/',
          '^(node:)?(crypto|buffer|util|fs|os|path|worker_threads|zlib|stream|url|net)$',
        ],
      },
    },
    {
      // What every capability, every adapter and every client may ask of a shared thing; it knows none of them.
      name: 'reading-is-pure',
      severity: 'error',
      from: { path: '^functions/reading/' },
      to: {
        pathNot: ['^functions/(records|reading)/', '^functions/kernel/(outcome|digest|time|fault)\\.ts$', '^schemas/'],
      },
    },
    {
      // What a dataset is, for whoever makes one and whoever reads one; it knows none of them.
      name: 'datasets-are-for-all',
      severity: 'error',
      from: { path: '^functions/datasets/', pathNot: '^functions/datasets/represent/' },
      to: {
        pathNot: [
          '^functions/(records|reading|datasets)/',
          '^functions/kernel/(outcome|digest|time|fault|macs)\\.ts$',
          '^schemas/',
          '^(node:)?crypto$',
        ],
      },
    },
    {
      // The function that makes other forms of them: its handlers reach the world through ports, and nobody asks it anything.
      name: 'represent-reaches-the-world-through-ports',
      severity: 'error',
      from: { path: '^functions/datasets/represent/', pathNot: '\\.lambda\\.ts$' },
      to: {
        pathNot: ['^functions/(kernel|records|reading|datasets)/', '^schemas/', 'node_modules/@types/aws-lambda/'],
      },
    },
    {
      name: 'nobody-imports-represent',
      severity: 'error',
      from: { path: '^functions/', pathNot: '^functions/(datasets/represent|adapters)/' },
      to: { path: '^functions/datasets/represent/' },
    },
    {
      name: 'domain-is-pure',
      severity: 'error',
      from: { path: `^functions/${capability}/domain/` },
      to: {
        pathNot: [
          '^functions/$1/domain/',
          '^functions/(records|reading|datasets)/',
          '^functions/kernel/(outcome|digest|time|calendar|working-days|fault|officer|lease|quota)\\.ts$',
          '^schemas/',
          'node_modules/(temporal-polyfill|opencc-js)/',
        ],
      },
    },
    {
      name: 'ports-are-types',
      severity: 'error',
      from: { path: `^functions/${capability}/ports\\.ts$` },
      to: { pathNot: ['^schemas/', '^functions/(kernel|records|reading|datasets)/', '^functions/$1/domain/'] },
    },
    {
      name: 'handlers-reach-the-world-through-ports',
      severity: 'error',
      from: { path: `^functions/${capability}/[^/]+\\.ts$`, pathNot: '(\\.lambda|ports)\\.ts$' },
      to: {
        pathNot: [
          '^functions/$1/',
          '^functions/(kernel|records|reading|datasets)/',
          '^schemas/',
          'node_modules/@types/aws-lambda/',
        ],
      },
    },
    {
      name: 'no-capability-imports-another',
      severity: 'error',
      from: { path: `^functions/${capability}/` },
      to: { path: `^functions/${capability}/`, pathNot: '^functions/$1/' },
    },
    {
      name: 'adapters-implement-ports',
      severity: 'error',
      from: { path: '^functions/adapters/' },
      to: { path: ['\\.(handler|lambda)\\.ts$', '^infra/', '^clients/'] },
    },
    {
      name: 'kernel-stands-alone',
      severity: 'error',
      from: { path: '^functions/kernel/' },
      to: {
        path: [
          `^functions/(${capability}|adapters|records|reading|datasets)/`,
          '^infra/',
          '^clients/',
          'node_modules/@aws-sdk/',
        ],
      },
    },
    {
      name: 'aws-stays-in-adapters',
      severity: 'error',
      from: { path: '^(functions|schemas|clients)/', pathNot: ['^functions/adapters/', '^clients/'] },
      to: { path: 'node_modules/@(aws-sdk|smithy)/' },
    },
    {
      name: 'only-wiring-imports-adapters',
      severity: 'error',
      from: {
        path: '^(functions|infra|schemas|clients)/',
        pathNot: ['^functions/adapters/', '\\.lambda\\.ts$', '^infra/local/', '^clients/cli/derive/preview/'],
      },
      to: { path: '^functions/adapters/' },
    },
    {
      name: 'clients-speak-the-protocol',
      severity: 'error',
      from: { path: '^clients/' },
      // Statements of derivations are tried on this machine by the code that runs them in the hub.
      to: {
        path: ['^functions/', '^infra/'],
        pathNot: '^functions/((records|reading)/|adapters/duckdb/workshop\\.ts$)',
      },
    },
    {
      name: 'the-client-runs-in-node-and-browsers',
      severity: 'error',
      from: { path: '^clients/protocol/' },
      to: {
        path: [builtin, '^clients/', 'node_modules/'],
        pathNot: ['^clients/protocol/', 'node_modules/(@smithy/(core|signature-v4)|canonicalize|zod)/'],
      },
    },
    {
      name: 'words-know-no-terminal',
      severity: 'error',
      from: { path: '^clients/words/' },
      to: { path: [builtin, '^clients/', 'node_modules/'], pathNot: '^clients/(words|protocol)/' },
    },
    {
      // Definitions that a deployment publishes are judged by the engine's own rules.
      name: 'infra-imports-schemas-and-definition-rules-only',
      severity: 'error',
      from: { path: '^infra/', pathNot: '^infra/local/' },
      to: { path: ['^functions/', '^clients/', '^infra/local/'], pathNot: '^functions/records/index\\.ts$' },
    },
    {
      name: 'nothing-imports-infra',
      severity: 'error',
      from: { path: '^(functions|schemas|clients)/' },
      to: { path: '^infra/' },
    },
    { name: 'nothing-imports-tests', severity: 'error', from: { pathNot: '^test/' }, to: { path: '^test/' } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(cdk\\.out|\\.build|\\.hub)/' },
    tsPreCompilationDeps: true,
    parser: 'swc',
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
    },
  },
};

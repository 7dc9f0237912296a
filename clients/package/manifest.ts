import project from '../../package.json' with { type: 'json' };
import { SOFTWARE_VERSION } from '../../schemas/version.ts';

/** What is started, and what that loads. */
export const START = 'hub.cjs';
export const BUNDLE = 'client.cjs';

/** The package.json of what is installed: the bundle, and nothing that it depends on. */
export const manifest = {
  name: '@exchange-hub/cli',
  version: SOFTWARE_VERSION,
  description: 'The command line of an exchange hub: publish, agree, upload, receive',
  license: project.license,
  type: 'commonjs',
  bin: { hub: START },
  files: [START, BUNDLE, 'NOTICES.txt'],
  engines: { node: '>=20' },
  // For `hub derive preview` and `hub derive publish` alone, which say so where it is not there.
  peerDependencies: { '@duckdb/node-api': project.dependencies['@duckdb/node-api'] },
  peerDependenciesMeta: { '@duckdb/node-api': { optional: true } },
} as const;

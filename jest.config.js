import { availableParallelism } from 'node:os';
import { join } from 'node:path';

// Processes that tests start, a command or a function of a local hub, are compiled once and not at each start.
process.env['NODE_COMPILE_CACHE'] ??= join(import.meta.dirname, '.build/compile-cache');

export default {
  testEnvironment: '<rootDir>/jest.environment.js',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  // Of `npm run test:long` (jest.long.config.js).
  testPathIgnorePatterns: ['/node_modules/', '\\.long\\.test\\.ts$'],
  extensionsToTreatAsEsm: ['.ts'],
  modulePathIgnorePatterns: ['<rootDir>/cdk.out', '<rootDir>/.build', '<rootDir>/.hub'],
  transform: {
    '\\.ts$': [
      '@swc/jest',
      {
        swcrc: false,
        module: { type: 'es6' },
        jsc: { target: 'es2024', parser: { syntax: 'typescript' }, experimental: { keepImportAttributes: true } },
      },
    ],
  },
  // A thread for each Parquet file, started from some sixty sources, would be a third of a second each.
  moduleNameMapper: { '/thread-script\\.ts$': '<rootDir>/test/support/bundled-thread.ts' },
  setupFiles: ['<rootDir>/test/support/quiet.ts'],
  // Far above what any test takes: a test waits for facts, and a busy machine is no failure.
  testTimeout: 300_000,
  testSequencer: '<rootDir>/jest.slow-first.js',
  // Suites that drive a local hub wait for a third of their time: one worker more than there are cores.
  maxWorkers: availableParallelism() + 1,
  // A worker keeps the modules of every suite that it has run, and each collection of garbage goes through them; a new one has
  // what all suites share to compile again (jest.compiled.js).
  workerIdleMemoryLimit: '300MB',
};

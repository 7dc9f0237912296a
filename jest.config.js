export default {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
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
  setupFiles: ['<rootDir>/test/support/quiet.ts'],
  // Far above what any test takes: a test waits for facts, and a busy machine is no failure.
  testTimeout: 300_000,
  // Suites that drive a local hub mostly wait for it: a worker for every core, renewed before its modules fill the memory.
  maxWorkers: '100%',
  workerIdleMemoryLimit: '400MB',
};

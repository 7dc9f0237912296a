import config from './jest.config.js';

/** `npm run test:long`: the searches of `npm test` again, for longer, and what takes too long for every change. */
export default {
  ...config,
  testMatch: ['<rootDir>/test/**/*.long.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  globals: { isLong: true },
};

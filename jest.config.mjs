// The tests run as compiled JavaScript (tsconfig.test.json), so what is tested is what tsc accepted.
export default {
  rootDir: 'build-test',
  testEnvironment: 'node',
  transform: {},
  testMatch: ['<rootDir>/__tests__/**/*.test.js'],
  maxWorkers: 2,
  testTimeout: 120_000,
};

/**
 * On-demand list prices in US dollars of us-east-1, as published in November 2026 for arm64 where it matters; other
 * regions are some per cent apart, China's are listed in yuan by their own operators. Figures to replace, not to trust:
 * https://aws.amazon.com/pricing/
 */
export const prices = {
  lambdaGbSecond: 0.0000133334,
  lambdaStorageGbSecond: 0.0000000309,
  lambdaRequest: 0.2 / 1e6,
  apiCall: 3.5 / 1e6,
  queueRequest: 0.4 / 1e6,
  scheduleRun: 1 / 1e6,
  storageGbMonth: 0.023,
  objectWrite: 0.005 / 1e3,
  objectRead: 0.0004 / 1e3,
  tableWriteUnit: 0.625 / 1e6,
  tableReadUnit: 0.125 / 1e6,
  tableGbMonth: 0.25,
  backupGbMonth: 0.2,
  queriedTb: 5,
  logGb: 0.5,
  metricMonth: 0.3,
  alarmMonth: 0.1,
  dashboardMonth: 3,
  keyMonth: 1,
  keyRequest: 0.03 / 1e4,
  trailDataEvent: 0.1 / 1e5,
  transferOutGb: 0.09,
} as const;

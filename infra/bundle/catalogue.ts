import type { Capability } from '../../schemas/contracts/routes.ts';

/** The Lambda functions of the hub and their entries, relative to the functions folder. */
export const entries = {
  'catalog-api': 'catalog/api.lambda.ts',
  definitions: 'catalog/definitions.lambda.ts',
  'catalog-spread': 'catalog/spread.lambda.ts',
  'demands-api': 'demands/api.lambda.ts',
  'agreements-api': 'agreements/api.lambda.ts',
  'agreements-clock': 'agreements/clock.lambda.ts',
  'duties-api': 'duties/api.lambda.ts',
  'duties-watch': 'duties/watch.lambda.ts',
  router: 'stream/route.lambda.ts',
  notices: 'notices/send.lambda.ts',
  'notices-sweep': 'notices/sweep.lambda.ts',
  'intake-api': 'intake/api.lambda.ts',
  receive: 'intake/receive.lambda.ts',
  check: 'intake/check.lambda.ts',
  'intake-follow': 'intake/follow.lambda.ts',
  'intake-sweep': 'intake/sweep.lambda.ts',
  represent: 'datasets/represent/represent.lambda.ts',
  'represent-sweep': 'datasets/represent/sweep.lambda.ts',
  'derive-api': 'derive/api.lambda.ts',
  derive: 'derive/derive.lambda.ts',
  'derive-sweep': 'derive/sweep.lambda.ts',
  'delivery-api': 'delivery/api.lambda.ts',
  dispatch: 'delivery/dispatch.lambda.ts',
  deliver: 'delivery/deliver.lambda.ts',
  release: 'delivery/release.lambda.ts',
  'delivery-sweep': 'delivery/sweep.lambda.ts',
  'lookup-api': 'lookup/api.lambda.ts',
  'compare-api': 'compare/api.lambda.ts',
  'compare-receive': 'compare/receive.lambda.ts',
  compare: 'compare/compare.lambda.ts',
  'compare-sweep': 'compare/sweep.lambda.ts',
  'reports-api': 'reports/api.lambda.ts',
  'reports-count': 'reports/count.lambda.ts',
} as const;

export type FunctionName = keyof typeof entries;
export const functionNames = Object.keys(entries) as readonly FunctionName[];

/** The function that serves a capability's routes. */
export const apiFunctionOf = (capability: Capability): FunctionName => `${capability}-api`;

/** Threads that a function starts, as files beside its own; relative to the project, as they are not a deployment's to replace. */
export const threads: readonly { readonly of: FunctionName; readonly source: string; readonly name: string }[] = (
  ['check', 'derive', 'compare'] as const
).map((of) => ({ of, source: 'functions/records/formats/parquet/parquet-worker.ts', name: 'parquet-worker' }));

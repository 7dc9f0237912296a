/** What the thread runs: its source, or beside the bundle of a function what became of it (`infra/bundle`). */
export const threadScript = (): URL =>
  new URL(import.meta.url.endsWith('.ts') ? './parquet-worker.ts' : './parquet-worker.mjs', import.meta.url);

import type { CostLine } from './estimate.ts';

/** The estimate as a Markdown table: what `npm run cost` prints and docs/deploy.md shows. */
export const costTable = (lines: readonly CostLine[]): string =>
  [
    '| what | amount a month | USD a month |',
    '|---|---|---:|',
    ...lines.map(({ what, amount, dollars }) => `| ${what} | ${amount} | ${dollars.toFixed(2)} |`),
    `| **together** | | **${lines.reduce((sum, { dollars }) => sum + dollars, 0).toFixed(2)}** |`,
  ].join('\n');

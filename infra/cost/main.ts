import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { estimate } from './estimate.ts';
import { builtOf, type Template } from './built.ts';
import { sample } from './volumes.ts';

/** `npm run cost [-- DIR]`: what the synthesized app (default: cdk.out) costs in a month at the sample's volumes. */
const folder = process.argv[2] ?? 'cdk.out';
const templates = readdirSync(folder)
  .filter((name) => name.endsWith('.template.json'))
  .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Template);
const lines = estimate(builtOf(templates), sample);
const total = lines.reduce((sum, { dollars }) => sum + dollars, 0);

console.log('| what | amount a month | USD a month |\n|---|---|---:|');
for (const { what, amount, dollars } of lines) console.log(`| ${what} | ${amount} | ${dollars.toFixed(2)} |`);
console.log(`| **together** | | **${total.toFixed(2)}** |`);

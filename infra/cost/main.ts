import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { builtOf, type Template } from './built.ts';
import { estimate } from './estimate.ts';
import { costTable } from './table.ts';
import { sample } from './volumes.ts';

/** `npm run cost [-- DIR]`: what the synthesized app (default: cdk.out) costs in a month at the sample's volumes. */
const folder = process.argv[2] ?? 'cdk.out';
const templates = readdirSync(folder)
  .filter((name) => name.endsWith('.template.json'))
  .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Template);
console.log(costTable(estimate(builtOf(templates), sample)));

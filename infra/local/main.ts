import { readOptions } from './options.ts';
import { run } from './run.ts';

await run(readOptions(process.argv.slice(2)));

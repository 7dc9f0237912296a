import './http-alone.mjs';
import { enableCompileCache } from 'node:module';

// Half of the hub's start would be compiling. Not TypeScript itself, as stripping its types comes before any cache.
enableCompileCache();
const [{ readOptions }, { run }] = await Promise.all([import('./options.ts'), import('./run.ts')]);
await run(readOptions(process.argv.slice(2)));

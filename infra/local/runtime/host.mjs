import '../http-alone.mjs';
import { enableCompileCache } from 'node:module';

// Bundles have megabytes, and a hub has a dozen of them. Not TypeScript itself, as stripping its types comes before any
// cache.
enableCompileCache(process.argv[5]);
await import('./host.ts');

import { readFile, writeFile } from 'node:fs/promises';
import { openApiDocument } from './document.ts';

/** `npm run openapi` writes docs/openapi.json; with `--check` it only says whether that file is current. */
const file = new URL('../../../docs/openapi.json', import.meta.url);
const wanted = `${JSON.stringify(openApiDocument(), null, 2)}\n`;

if (process.argv.includes('--check')) {
  const present = await readFile(file, 'utf8').catch(() => '');
  if (present !== wanted) {
    console.error('docs/openapi.json is not what the routes table says. Run: npm run openapi');
    process.exitCode = 1;
  }
} else {
  await writeFile(file, wanted);
  console.log(`docs/openapi.json written: ${Object.keys(openApiDocument().paths ?? {}).length} paths`);
}

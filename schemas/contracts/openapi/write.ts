import { readFile, writeFile } from 'node:fs/promises';
import { openApiDocument } from './document.ts';
import { apiPage } from './page.ts';

/** `npm run openapi` writes the API's documents into docs/; with `--check` it only says whether they are current. */
const document = openApiDocument();
const wanted = {
  'openapi.json': `${JSON.stringify(document, null, 2)}\n`,
  'api.html': apiPage(document),
};

for (const [name, text] of Object.entries(wanted)) {
  const file = new URL(`../../../docs/${name}`, import.meta.url);
  if (!process.argv.includes('--check')) {
    await writeFile(file, text);
    console.log(`docs/${name} written: ${text.length.toLocaleString('en')} characters`);
  } else if ((await readFile(file, 'utf8').catch(() => '')) !== text) {
    console.error(`docs/${name} is not what the routes table says. Run: npm run openapi`);
    process.exitCode = 1;
  }
}

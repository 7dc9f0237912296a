import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { entries } from '../../infra/bundle/catalogue.ts';
import type { TemplateJson } from './resolve.ts';

const root = resolve(import.meta.dirname, '../..');

export interface Assembly {
  readonly data: TemplateJson;
  readonly access: TemplateJson;
  readonly service: TemplateJson;
}

/** Functions of one line each: the templates do not depend on what functions do. */
function writeStubs(folder: string): void {
  for (const entry of Object.values(entries)) {
    mkdirSync(dirname(join(folder, entry)), { recursive: true });
    writeFileSync(join(folder, entry), 'export const handler = async () => {};\n');
  }
}

type Settings = Readonly<Record<string, string>>;
const known = new Map<string, Assembly>();

/** The templates as `npm run synth` writes them, with these settings; about a second, once for each. */
export function synthesized(settings: Settings = {}): Assembly {
  const key = JSON.stringify(settings);
  const assembly = known.get(key) ?? made(settings);
  known.set(key, assembly);
  return assembly;
}

function made(settings: Settings): Assembly {
  const folder = mkdtempSync(join(tmpdir(), 'hub-templates-'));
  try {
    writeStubs(join(folder, 'functions'));
    const context = { 'hub:functions': join(folder, 'functions'), ...settings };
    execFileSync(process.execPath, ['--no-warnings', 'infra/app.ts'], {
      cwd: root,
      stdio: ['ignore', 'ignore', 'inherit'],
      env: {
        ...process.env,
        NODE_OPTIONS: '',
        CDK_OUTDIR: join(folder, 'out'),
        CDK_VALIDATION: 'false',
        HUB_NATIVE_CODE: 'of-this-machine',
        CDK_CONTEXT_JSON: JSON.stringify(context),
      },
    });
    const stage = settings['hub:stage'] ?? 'dev';
    const template = (part: string) =>
      JSON.parse(readFileSync(join(folder, 'out', `hub-${stage}-${part}.template.json`), 'utf8')) as TemplateJson;
    return { data: template('data'), access: template('access'), service: template('service') };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

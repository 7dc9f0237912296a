import type { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cdkApp } from '../../infra/cdk-app.ts';
import { settingsFrom } from '../../infra/settings.ts';
import { addHub } from '../../infra/stacks/hub.ts';
import type { TemplateJson } from './resolve.ts';

// The CDK's own check of the templates takes most of a synthesis; `npm run check:infra` does it.
process.env['CDK_VALIDATION'] = 'false';

type Settings = Readonly<Record<string, unknown>>;
type Stacks = ReturnType<typeof made>;
const known = new Map<string, Stacks>();

/** The stacks of a hub with these settings (without the prefix of their keys), and no bundles: functions are empty. */
export function stacksOf(settings: Settings = {}): Stacks {
  const key = JSON.stringify(settings);
  const stacks = known.get(key) ?? made(settings);
  known.set(key, stacks);
  return stacks;
}

/** Settings none of which says anything of another: what each of them changes is asked of one synthesis. */
export const otherwise = {
  tlsPolicy: 'TLS_1_2',
  trailDataEvents: 'false',
  alarmEmail: 'duty@example.cn',
  reserveConcurrency: 'false',
};

function made(settings: Settings) {
  const outdir = mkdtempSync(join(tmpdir(), 'hub-stacks-'));
  // The CDK notes a trace of the stack at everything that it makes; Jest maps each of their lines.
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    const app = cdkApp(outdir);
    const context = Object.fromEntries(Object.entries(settings).map(([name, value]) => [`hub:${name}`, value]));
    const stacks = addHub(app, settingsFrom(context), { folderOf: () => import.meta.dirname });
    const { account } = stacks;
    const templateOf = (stack: Stack) => Template.fromStack(stack).toJSON() as unknown as TemplateJson;
    return {
      stacks,
      data: templateOf(stacks.data),
      access: templateOf(stacks.access),
      service: templateOf(stacks.service),
      account: account && templateOf(account),
    };
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
    rmSync(outdir, { recursive: true, force: true });
  }
}

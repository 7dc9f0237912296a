import type { Command } from 'commander';
import { SOFTWARE_VERSION } from '../../../schemas/version.ts';
import type { Context } from '../terminal/context.ts';
import { examples } from '../terminal/help.ts';
import { shown } from '../terminal/printable.ts';
import { told } from '../terminal/told.ts';
import { versionScreen, type Versions } from './version-screen.ts';

/** Whoever asks for a version does not wait for a network that swallows what it is sent. */
const PATIENCE_MS = 5_000;

/** `hub version`, or `hub --version`. */
export function versionCommand(program: Command, context: Context): void {
  program
    .command('version')
    .description('version of this tool, and of the hub where one is named and answers')
    .addHelpText('after', examples(['hub --version', 'the same'], ['hub --profile tax version --json', 'for a script']))
    .action(async () => {
      const found = await ofHub(context);
      if (found.problem) context.say(shown([found.problem.what, found.problem.why].filter(Boolean).join(' ')));
      context.print({ version: SOFTWARE_VERSION, ...found }, versionScreen);
    });
}

/** A hub that cannot be asked is no failure: the tool has a version without any. */
async function ofHub(context: Context): Promise<Pick<Versions, 'hub' | 'problem'>> {
  try {
    const hub = await context.connect(AbortSignal.timeout(PATIENCE_MS));
    const { hubVersion: version } = await hub.me();
    return { hub: { api: hub.api, ...(version !== undefined && { version }) } };
  } catch (fault) {
    const { code, what, why } = told(fault);
    return code === 'no-hub' ? {} : { problem: { code, what, ...(why !== undefined && { why }) } };
  }
}

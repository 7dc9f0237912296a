import { Command, Option, type CommanderError } from 'commander';
import manifest from '../../package.json' with { type: 'json' };
import { catalogCommands } from './catalog/commands.ts';
import { agreementsCommands } from './commands/agreements.ts';
import { completionCommand } from './commands/completion.ts';
import { deliveriesCommand } from './commands/deliveries.ts';
import { departmentsCommand } from './commands/departments.ts';
import { fetchCommand } from './commands/fetch.ts';
import { meCommand } from './commands/me.ts';
import { pollCommand } from './commands/poll.ts';
import { publishCommand } from './commands/publish.ts';
import { qualityCommand } from './commands/quality.ts';
import { resourcesCommands } from './commands/resources.ts';
import { watchCommand } from './commands/watch.ts';
import type { Context } from './context.ts';
import { followCommand } from './follow/command.ts';
import { demandsCommands } from './demands/commands.ts';
import { describeCommands } from './describe/commands.ts';
import { exit } from './failure.ts';
import { examples } from './help.ts';
import { recordsCommands } from './records/commands.ts';
import { reportsCommands } from './reports/commands.ts';
import { terminalContext } from './terminal-context.ts';
import { uploadCommands } from './upload/commands.ts';

const afterAll = `${examples(
  ['hub me', 'who you are to the hub, and which hub it is'],
  ['hub resources streets', 'search the catalog'],
  ['hub upload streets.csv --resource streets', 'send a file and wait for its verdict'],
  ["hub watch --exec './load.sh'", 'run a program on everything that is delivered'],
)}

Which hub:   --api, --local, HUB_API, hub_api in the AWS profile, or the nearest .hub/hub.json
Who you are: the standard AWS credentials chain (--profile, AWS_PROFILE, environment, instance role)
Exit codes:  0 done · 1 refused or failed · 2 wrong usage · 3 no hub · 4 the file was rejected
             5 it is held until you decide
`;

export interface Hub {
  readonly program: Command;
  readonly context: Context;
}

/** The whole command line. Errors are thrown: who runs it tells them. */
export function hubProgram(): Hub {
  const program = new Command('hub')
    .description('The exchange hub from the command line: publish, agree, upload, receive.')
    .version(manifest.version, '-V', 'version of this tool')
    .option('--json', 'data instead of text: one JSON document, or one a line for streams')
    .addOption(new Option('--lang <language>', 'language of texts (HUB_LANG, LANG)').choices(['en', 'zh']))
    .option('--api <url>', 'address of the hub (HUB_API)')
    .option('--local <dir>', 'data folder of a local hub (default: the nearest .hub)')
    .option('--profile <name>', 'AWS profile; on a local hub the department (AWS_PROFILE, HUB_DEPARTMENT)')
    .option('--region <name>', 'AWS region, where the address does not tell')
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({ outputError: (text, write) => write(text.replace(/^error:/, 'hub:')) })
    .showHelpAfterError('Run the same command with --help to see what it takes.')
    .addHelpText('after', afterAll)
    .exitOverride();
  const context = terminalContext(program);
  for (const register of registered) register(program, context);
  return { program, context };
}

const registered = [
  meCommand,
  departmentsCommand,
  resourcesCommands,
  publishCommand,
  catalogCommands,
  demandsCommands,
  agreementsCommands,
  deliveriesCommand,
  pollCommand,
  fetchCommand,
  watchCommand,
  followCommand,
  uploadCommands,
  recordsCommands,
  qualityCommand,
  reportsCommands,
  describeCommands,
  completionCommand,
];

/** commander has told its own errors when it throws them; help and version are no errors. */
export const usageExit = (fault: CommanderError): number => (fault.exitCode === 0 ? exit.ok : exit.usage);

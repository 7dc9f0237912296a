import { Command, Option } from 'commander';
import type { Context } from './terminal/context.ts';
import { groupsFor } from './groups.ts';
import { examples } from './terminal/help.ts';
import { completeIds } from './terminal/id-prefixes.ts';
import { printable } from './terminal/printable.ts';
import { terminalContext } from './terminal/terminal-context.ts';
import { missingOptionsLast } from './terminal/usage.ts';

const afterAll = `${examples(
  ['hub me', 'who you are to the hub, and which hub it is'],
  ['hub --version', 'of this tool, and of the hub'],
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
  /** What is parsed: the arguments, with `--version` as the command that it stands for. */
  readonly words: readonly string[];
}

/**
 * The command line, with the commands that these arguments need. Errors are thrown: who runs it tells them.
 *
 * @param args without any, or for help, every command is there
 */
export async function hubProgram(args: readonly string[] = []): Promise<Hub> {
  const program = new Command('hub')
    .description('The exchange hub from the command line: publish, agree, upload, receive.')
    .option('--json', 'data instead of text: one JSON document, or one a line for streams')
    .addOption(new Option('--lang <language>', 'language of texts (HUB_LANG, LANG)').choices(['en', 'zh']))
    .option('--api <url>', 'address of the hub (HUB_API)')
    .option('--local <dir>', 'data folder of a local hub (default: the nearest .hub)')
    .option('--profile <name>', 'AWS profile; on a local hub the department (AWS_PROFILE, HUB_DEPARTMENT)')
    .option('--region <name>', 'AWS region, where the address does not tell')
    .option('--yes', 'do not ask before what cannot be undone (in a terminal)')
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      writeOut: (text) => void process.stdout.write(printable(text, false)),
      writeErr: (text) => void (context.json || process.stderr.write(printable(text, false))),
      // Told by who runs it, as any other failure.
      outputError: () => {},
    })
    .addHelpText('after', afterAll)
    .exitOverride();
  const context = terminalContext(program);
  const words = meant(program, args);
  const registers = await Promise.all(groupsFor(firstWord(program, words)).map(({ load }) => load()));
  for (const register of registers) register(program, context);
  missingOptionsLast(program);
  completeIds(program, context);
  return { program, context, words };
}

/** Commands have a `--version` of their own (of a resource); before any command it is the tool's. */
function meant(program: Command, args: readonly string[]): readonly string[] {
  const asksVersion = (arg: string) => arg === '--version' || arg === '-V';
  if (firstWord(program, args) !== undefined || !args.some(asksVersion)) return args;
  return [...args.filter((arg) => !asksVersion(arg)), 'version'];
}

/** Neither an option of the program nor the value of one. */
function firstWord({ options }: Command, args: readonly string[]): string | undefined {
  const takesValue = (arg: string) => options.some(({ long, required }) => required && long === arg);
  return args.find((arg, index) => !arg.startsWith('-') && !takesValue(args[index - 1] ?? ''));
}

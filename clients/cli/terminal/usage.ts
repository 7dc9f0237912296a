import type { Command, CommanderError, Option } from 'commander';
import { exit, Failure } from './failure.ts';

/**
 * commander looks for missing options before unknown ones, and so tells of `--resorce streets` that `--resource` is missing.
 * Here what is unknown comes first, with what is like it, and then all that is missing at once.
 */
export function missingOptionsLast(program: Command): void {
  const needed = new Map(commandsOf(program).map((command) => [command, takenOver(command)] as const));
  program.hook('preAction', (_program, command) => {
    const missing = (needed.get(command) ?? []).filter(
      (option) => command.getOptionValue(option.attributeName()) === undefined,
    );
    const named = missing.map(({ flags }) => `'${flags}'`).join(', ');
    if (missing.length > 0)
      command.error(`error: required option${missing.length > 1 ? 's' : ''} ${named} not specified`, {
        code: 'commander.missingMandatoryOptionValue',
      });
  });
}

function takenOver({ options }: Command): Option[] {
  const mandatory = options.filter((option) => option.mandatory);
  for (const option of mandatory) option.mandatory = false;
  return mandatory;
}

const commandsOf = (command: Command): Command[] => [command, ...command.commands.flatMap(commandsOf)];

/** What commander found wrong with a line, as any other failure. @returns undefined where it is none: help was asked for */
export function usageFailure({ exitCode, code, message }: CommanderError): Failure | undefined {
  if (exitCode === 0) return undefined;
  const [first = '', ...more] = message.replace(/^error: /, '').split('\n');
  // Of a command that has commands of its own, alone: its help is the answer.
  const what = code === 'commander.help' ? 'a command is missing' : first;
  const next = [
    ...more.map((line) => line.replace(/^\((.*)\)$/, '$1')),
    'The same command with --help shows what it takes.',
  ];
  return new Failure({ what: sentence(what), next, code: 'usage', exit: exit.usage });
}

const sentence = (text: string): string =>
  `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.?!)]$/.test(text) ? '' : '.'}`;

import type { Command } from 'commander';

/** What can be typed after a command: the completion of every shell is made from this. */
export interface Typed {
  /** `hub agreements sign`, without `hub`. */
  readonly path: readonly string[];
  readonly description: string;
  readonly subcommands: readonly { readonly name: string; readonly description: string }[];
  readonly options: readonly TypedOption[];
  /** Whether a file is expected as an argument. */
  readonly takesFile: boolean;
}

export interface TypedOption {
  readonly flag: string;
  readonly description: string;
  readonly takesValue: boolean;
  readonly choices: readonly string[];
  readonly takesFile: boolean;
}

/** Every command of a program, the program itself first, with its own options and the global ones. */
export function typedCommands(program: Command): Typed[] {
  const global = optionsOf(program);
  const walk = (command: Command, path: readonly string[]): Typed[] => [
    {
      path,
      description: command.description(),
      subcommands: command.commands.map((sub) => ({ name: sub.name(), description: sub.description() })),
      options: path.length === 0 ? global : [...optionsOf(command), ...global],
      takesFile: command.registeredArguments.some((argument) => isFile(argument.name())),
    },
    ...command.commands.flatMap((sub) => walk(sub, [...path, sub.name()])),
  ];
  return walk(program, []);
}

const isFile = (name: string): boolean => /(?:^|\|)(?:file|dir)$/.test(name);

const optionsOf = (command: Command): TypedOption[] =>
  command.options
    .filter(({ hidden, long }) => !hidden && typeof long === 'string')
    .map(({ long, description, flags, argChoices = [] }) => ({
      flag: long ?? '',
      description,
      takesValue: /[<[]/.test(flags),
      choices: argChoices,
      takesFile: /[<[](file|dir)[>\]]/.test(flags),
    }));

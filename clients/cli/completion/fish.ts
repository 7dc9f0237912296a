import type { Typed, TypedOption } from './tree.ts';

/** For `hub completion fish | source`, or a file in ~/.config/fish/completions. */
export const fishCompletion = (commands: readonly Typed[]): string =>
  ['# hub: completion for fish', 'complete -c hub -f', ...commands.flatMap(lines)].join('\n').concat('\n');

function lines({ path, subcommands, options, takesFile }: Typed): string[] {
  const when = `-n ${quoted(
    condition(
      path,
      subcommands.map(({ name }) => name),
    ),
  )}`;
  return [
    ...subcommands.map(({ name, description }) => `complete -c hub ${when} -a ${name} -d ${quoted(description)}`),
    ...options.map((option) => `complete -c hub -n ${quoted(within(path))} ${optionLine(option)}`),
    ...(takesFile ? [`complete -c hub -n ${quoted(within(path))} -F`] : []),
  ];
}

function optionLine({ flag, description, takesValue, choices, takesFile }: TypedOption): string {
  const value = choices.length > 0 ? ` -x -a ${quoted(choices.join(' '))}` : takesFile ? ' -r -F' : ' -x';
  return `-l ${flag.slice(2)} -d ${quoted(description)}${takesValue ? value : ''}`;
}

/** Subcommands are offered until one of them stands there. */
const condition = (path: readonly string[], subcommands: readonly string[]): string =>
  path.length === 0
    ? '__fish_use_subcommand'
    : `${within(path)}; and not __fish_seen_subcommand_from ${subcommands.join(' ')}`;

const within = (path: readonly string[]): string =>
  path.length === 0 ? 'true' : path.map((name) => `__fish_seen_subcommand_from ${name}`).join('; and ');

const quoted = (text: string): string => `'${text.replace(/\\/g, '\\\\').replace(/'/g, "\\'")}'`;

import type { Typed, TypedOption } from './tree.ts';

/** For a file `_hub` in a folder of `fpath`, or `source <(hub completion zsh)` after compinit. */
export const zshCompletion = (commands: readonly Typed[]): string => `#compdef hub
# hub: completion for zsh
_hub() {
  local typed= word
  integer i
  for ((i = 2; i < CURRENT; i++)); do
    word=\${words[i]}
    case "$typed $word" in
${commands
  .filter(({ path }) => path.length > 0)
  .map(({ path }) => `      (' ${path.join(' ')}') typed=' ${path.join(' ')}' ;;`)
  .join('\n')}
    esac
  done
  case $typed in
${commands.map(commandCase).join('\n')}
  esac
}
compdef _hub hub
`;

function commandCase({ path, subcommands, options, takesFile }: Typed): string {
  const label = path.length === 0 ? "''" : `' ${path.join(' ')}'`;
  const depth = path.length + 1;
  const described = subcommands.map(({ name, description }) => quoted(`${name}:${escaped(description)}`)).join(' ');
  const offer = [
    ...(subcommands.length > 0
      ? [`((CURRENT == ${depth + 1})) && { local -a subcommands=(${described}); _describe command subcommands }`]
      : []),
    `_arguments -s ${[...options.map(specification), quoted('--help[what it takes]'), quoted(takesFile ? '*:file:_files' : '*:: :')].join(' ')}`,
  ];
  return `    (${label})\n${offer.map((line) => `      ${line}`).join('\n')}\n      ;;`;
}

function specification({ flag, description, takesValue, choices, takesFile }: TypedOption): string {
  const what = `${flag}[${escaped(description)}]`;
  if (!takesValue) return quoted(what);
  if (choices.length > 0) return quoted(`${what}:value:(${choices.join(' ')})`);
  return quoted(`${what}:value:${takesFile ? '_files' : ' '}`);
}

const escaped = (text: string): string => text.replace(/[[\]:\\]/g, (sign) => `\\${sign}`);
const quoted = (text: string): string => `'${text.replace(/'/g, "'\\''")}'`;

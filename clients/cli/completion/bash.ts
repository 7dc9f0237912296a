import type { Typed, TypedOption } from './tree.ts';

/** For `source <(hub completion bash)`, or a file in bash_completion.d. */
export function bashCompletion(commands: readonly Typed[]): string {
  const valued = unique(commands.flatMap(({ options }) => options.filter(({ takesValue }) => takesValue)));
  return `# hub: completion for bash
_hub() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]} typed= word i
  for ((i = 1; i < COMP_CWORD; i++)); do
    word=\${COMP_WORDS[i]}
    case $word in -*) continue ;; esac
    case "$typed $word" in
${commands
  .filter(({ path }) => path.length > 0)
  .map(({ path }) => `      ' ${path.join(' ')}') typed=' ${path.join(' ')}' ;;`)
  .join('\n')}
    esac
  done
  case "$typed $previous" in
${ownChoices(commands).join('\n')}
  esac
  case $previous in
${valued.map((option) => valueCase(option)).join('\n')}
  esac
  case $typed in
${commands.map(wordCase).join('\n')}
  esac
}
complete -F _hub hub
`;
}

/** Where a flag has other choices at another command, each command has its own. */
function ownChoices(commands: readonly Typed[]): string[] {
  const withChoices = commands.flatMap(({ path, options }) =>
    options.filter(({ choices }) => choices.length > 0).map((option) => ({ path, option })),
  );
  const differs = ({ flag, choices }: TypedOption) =>
    withChoices.some(({ option }) => option.flag === flag && option.choices.join() !== choices.join());
  return withChoices
    .filter(({ option }) => differs(option))
    .map(({ path, option }) => valueCase(option, `'${path.map((word) => ` ${word}`).join('')} ${option.flag}'`));
}

function valueCase({ flag, choices, takesFile }: TypedOption, label = flag): string {
  if (choices.length > 0)
    return `    ${label}) COMPREPLY=($(compgen -W '${choices.join(' ')}' -- "$current")); return ;;`;
  return `    ${label}) ${takesFile ? 'COMPREPLY=($(compgen -f -- "$current"))' : 'COMPREPLY=()'}; return ;;`;
}

function wordCase({ path, subcommands, options, takesFile }: Typed): string {
  const words = [...subcommands.map(({ name }) => name), ...options.map(({ flag }) => flag), '--help'].join(' ');
  const files = takesFile ? ' $(compgen -f -- "$current")' : '';
  const label = path.length === 0 ? "''" : `' ${path.join(' ')}'`;
  return `    ${label}) COMPREPLY=($(compgen -W '${words}' -- "$current")${files}) ;;`;
}

/** One flag may stand for several options: choices of all of them. */
function unique(options: readonly TypedOption[]): TypedOption[] {
  const byFlag = new Map<string, TypedOption>();
  for (const option of options) {
    const before = byFlag.get(option.flag);
    byFlag.set(option.flag, before ? joined(before, option) : option);
  }
  return [...byFlag.values()];
}

const joined = (one: TypedOption, other: TypedOption): TypedOption => ({
  ...one,
  choices: [...new Set([...one.choices, ...other.choices])],
  takesFile: one.takesFile || other.takesFile,
});

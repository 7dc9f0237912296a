import { Argument, type Command } from 'commander';
import { bashCompletion } from './bash.ts';
import { fishCompletion } from './fish.ts';
import { typedCommands } from './tree.ts';
import { zshCompletion } from './zsh.ts';
import type { Context } from '../terminal/context.ts';
import { examples } from '../terminal/help.ts';

const shells = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion };
type Shell = keyof typeof shells;

export function completionCommand(program: Command, context: Context): void {
  program
    .command('completion')
    .description('prints what your shell needs to complete commands, options and their values')
    .addArgument(new Argument('<shell>').choices(Object.keys(shells)))
    .addHelpText(
      'after',
      examples(
        ['source <(hub completion bash)', 'in ~/.bashrc'],
        ['hub completion zsh > ~/.zfunc/_hub', 'with ~/.zfunc in fpath before compinit'],
        ['hub completion fish > ~/.config/fish/completions/hub.fish', 'once'],
      ),
    )
    .action((shell: Shell) => {
      const script = shells[shell](typedCommands(program));
      context.print({ shell, script }, () => script.trimEnd());
    });
}

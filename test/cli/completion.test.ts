import { execFileSync } from 'node:child_process';
import { expect, test } from '@jest/globals';
import { Command } from 'commander';
import { bashCompletion } from '../../clients/cli/completion/bash.ts';
import { fishCompletion } from '../../clients/cli/completion/fish.ts';
import { typedCommands } from '../../clients/cli/completion/tree.ts';
import { zshCompletion } from '../../clients/cli/completion/zsh.ts';
import { groups } from '../../clients/cli/groups.ts';
import { hubProgram, type Hub } from '../../clients/cli/program.ts';

const commands = typedCommands((await hubProgram()).program);

/** What bash offers after these words; the last one is being typed. */
function offered(...words: string[]): string[] {
  const script = `${bashCompletion(commands)}
COMP_WORDS=(hub ${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length}; _hub; printf '%s\\n' "\${COMPREPLY[@]}"`;
  return execFileSync('bash', ['-c', script], { encoding: 'utf8' }).split('\n').filter(Boolean);
}

test.each([
  [['ag'], ['agreements']],
  [['agreements', 'ter'], ['terminate']],
  [['agreements', 'sign', '--di'], ['--digest']],
  [['--profile', 'tax', 'agreements', 'pro'], ['propose']],
  [
    ['agreements', '--state', 's'],
    ['signed', 'suspended'],
  ],
  [
    ['--lang', ''],
    ['en', 'zh'],
  ],
  [['completion', '--js'], ['--json']],
  [['fetch', '--to', 'tsconf'], ['tsconfig.json']],
  [['publish', 'package.j'], ['package.json']],
])('bash completes hub %j to %j', (words, expected) => {
  expect(offered(...words)).toEqual(expected);
});

test('zsh and fish know every command and every option', () => {
  const [zsh, fish] = [zshCompletion(commands), fishCompletion(commands)];
  for (const { path, options } of commands) {
    const name = path.at(-1);
    if (name !== undefined)
      expect([zsh.includes(`' ${path.join(' ')}'`), fish.includes(` -a ${name} `)]).toEqual([true, true]);
    for (const { flag } of options)
      expect([zsh.includes(`${flag}[`), fish.includes(`-l ${flag.slice(2)} `)]).toEqual([true, true]);
  }
});

const named = ({ program }: Hub) => program.commands.map((command) => command.name());
test.each(groups.map(({ words, load }) => [words.join(', '), words, load] as const))(
  'the words of a group are its commands: %s',
  async (_, words, load) => {
    const { program, context } = await hubProgram(['completion']);
    const alone = new Command();
    (await load())(alone, context);
    expect(alone.commands.map((command) => command.name())).toEqual(words);
    expect(program.commands.map((command) => command.name())).toEqual(expect.arrayContaining([...words]));
  },
);

test.each([
  [['quality', 'streets', '--json'], ['quality']],
  [['--json', 'me'], ['me']],
  [
    ['--profile', 'quality', '--api=http://h', 'demand', 'state'],
    ['theme', 'demand'],
  ],
])('of hub %j only what is typed is loaded', async (args, expected) => {
  expect(named(await hubProgram(args))).toEqual(expected);
});

test.each([[[]], [['--help']], [['help', 'me']], [['completion', 'bash']], [['agreemens']], [['--profile', 'me']]])(
  'of hub %j every command is known',
  async (args) => {
    expect(named(await hubProgram(args))).toEqual(groups.flatMap(({ words }) => words));
  },
);

test('no description breaks the quotes of a shell', () => {
  for (const script of [bashCompletion(commands), fishCompletion(commands), zshCompletion(commands)]) {
    const quotes =
      script
        .replaceAll(String.raw`'\''`, '')
        .replaceAll(String.raw`\'`, '')
        .split("'").length - 1;
    expect(quotes % 2).toBe(0);
  }
});

import type { Command } from 'commander';
import type { Language } from '../../../schemas/words/language.ts';
import { either } from '../../words/speech.ts';
import { choice, isSomebodyThere, saysYes } from './ask.ts';
import { connectTo } from './connect.ts';
import type { Context } from './context.ts';
import { findEndpoint, type EndpointOptions } from './endpoint.ts';
import { Failure } from './failure.ts';
import type { Look, Screen } from './look.ts';
import { jsonText, printable, shown } from './printable.ts';
import { liveProgress, silentProgress } from './progress.ts';

interface GlobalOptions extends EndpointOptions {
  readonly json?: boolean;
  readonly lang?: Language;
  readonly yes?: boolean;
}

type Env = Readonly<Record<string, string | undefined>>;

/** Chinese where the environment speaks Chinese; `HUB_LANG` decides first. */
export const langOf = (env: Env): Language =>
  /^zh/i.test(env['HUB_LANG'] ?? env['LC_ALL'] ?? env['LC_MESSAGES'] ?? env['LANG'] ?? '') ? 'zh' : 'en';

interface Output {
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** Colours on terminals, unless NO_COLOR (no-color.org) or a dumb terminal says no. */
export function lookOf(stream: Output, env: Env, lang: Language): Look {
  const tty = stream.isTTY === true;
  const color = tty && !env['NO_COLOR'] && env['TERM'] !== 'dumb';
  return { lang, tty, color, columns: stream.columns ?? 80 };
}

/** The context of a run in a terminal or a pipe: this process's own streams, environment and signals. */
export function terminalContext(program: Command): Context {
  const options = () => program.opts<GlobalOptions>();
  const { env, stdout, stderr } = process;
  const typist = () => ({ input: process.stdin, output: stderr });
  const stop = stopSignal();
  const lang = () => options().lang ?? langOf(env);
  const json = () => options().json === true;
  const look = () => lookOf(stdout, env, lang());
  const write = (text: string) => stdout.write(text === '' ? '' : `${printable(text, look().color)}\n`);
  const screened = <T>(data: T, screen: Screen<T>) => write(screen(shown(data), look()));
  return {
    get json() {
      return json();
    },
    get lang() {
      return lang();
    },
    get look() {
      return look();
    },
    get stopping() {
      return stop();
    },
    env,
    connect: async (signal) => connectTo(await findEndpoint(options(), env, process.cwd()), signal),
    print: (data, screen) => (json() ? write(jsonText(data, 2)) : screened(data, screen)),
    document: (data) => write(jsonText(data, 2)),
    emit: (data, screen) => (json() ? write(jsonText(data)) : screened(data, screen)),
    confirm: async (question) => {
      if (json() || options().yes || !isSomebodyThere(typist())) return;
      if (!(await saysYes(typist(), printable(question[lang()], false)))) throw notConfirmed(lang());
    },
    say: (text) => void (json() || stderr.write(`${printable(text, look().color)}\n`)),
    ask: async (asked) =>
      json() || !isSomebodyThere(typist())
        ? undefined
        : choice(typist(), { ...asked, text: printable(asked.text, false) }, stop()),
    progress: (title, total) => (stderr.isTTY && !json() ? liveProgress(stderr, title, total) : silentProgress),
    leaveWith: (code) => (process.exitCode = code),
  };
}

const notConfirmed = (lang: Language): Failure =>
  new Failure({ what: either({ lang }, 'Nothing was done.', '未执行任何操作。'), code: 'not-confirmed' });

/** Signals are listened to from the first time that somebody wants to know; until then they end the process. */
function stopSignal(): () => AbortSignal {
  let controller: AbortController | undefined;
  return () => {
    if (controller) return controller.signal;
    const stop = (controller = new AbortController());
    // Once each: the second Ctrl-C ends the process at once.
    for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stop.abort());
    return stop.signal;
  };
}

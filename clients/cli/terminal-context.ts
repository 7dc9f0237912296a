import type { Command } from 'commander';
import { connectTo } from './connect.ts';
import type { Context } from './context.ts';
import { findEndpoint, type EndpointOptions } from './endpoint.ts';
import type { Lang, Look } from './look.ts';
import { liveProgress, silentProgress } from './progress.ts';

interface GlobalOptions extends EndpointOptions {
  readonly json?: boolean;
  readonly lang?: Lang;
}

type Env = Readonly<Record<string, string | undefined>>;

/** Chinese where the environment speaks Chinese; `HUB_LANG` decides first. */
export const langOf = (env: Env): Lang =>
  /^zh/i.test(env['HUB_LANG'] ?? env['LC_ALL'] ?? env['LC_MESSAGES'] ?? env['LANG'] ?? '') ? 'zh' : 'en';

interface Output {
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** Colours on terminals, unless NO_COLOR (no-color.org) or a dumb terminal says no. */
export function lookOf(stream: Output, env: Env, lang: Lang): Look {
  const tty = stream.isTTY === true;
  const color = tty && !env['NO_COLOR'] && env['TERM'] !== 'dumb';
  return { lang, tty, color, columns: stream.columns ?? 80 };
}

/** The context of a run in a terminal or a pipe: this process's own streams, environment and signals. */
export function terminalContext(program: Command): Context {
  const options = () => program.opts<GlobalOptions>();
  const { env, stdout, stderr } = process;
  const stop = stopSignal();
  const lang = () => options().lang ?? langOf(env);
  const json = () => options().json === true;
  const write = (text: string) => stdout.write(text === '' ? '' : `${text}\n`);
  return {
    get json() {
      return json();
    },
    get lang() {
      return lang();
    },
    get look() {
      return lookOf(stdout, env, lang());
    },
    get stopping() {
      return stop();
    },
    env,
    connect: async () => connectTo(await findEndpoint(options(), env, process.cwd())),
    print: (data, screen) =>
      write(json() ? JSON.stringify(data, undefined, 2) : screen(data, lookOf(stdout, env, lang()))),
    emit: (data, screen) => write(json() ? JSON.stringify(data) : screen(data, lookOf(stdout, env, lang()))),
    say: (text) => void (json() || stderr.write(`${text}\n`)),
    progress: (title, total) => (stderr.isTTY && !json() ? liveProgress(stderr, title, total) : silentProgress),
    leaveWith: (code) => (process.exitCode = code),
  };
}

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

import { fork, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import type { Printed, Told, Typed } from './typed.ts';

/**
 * The client in a process that stays: a command takes a tenth of the processor time that it takes with a start. One command
 * at a time.
 */
export class KeptClient {
  readonly #child: ChildProcess;
  readonly #gone: Promise<number | string>;
  #said = { out: '', err: '' };

  /** @param entry of the bundle (`typed.ts`) */
  constructor(entry: string) {
    const child = fork(entry, { env: {}, execArgv: [], stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
    child.stdout?.setEncoding('utf8').on('data', (text: string) => (this.#said.out += text));
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (this.#said.err += text));
    this.#gone = new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code, signal) => resolve(code ?? signal ?? 'lost'));
    });
    this.#child = child;
  }

  get alive(): boolean {
    return this.#child.connected;
  }

  /** What it prints, programs that it starts included; a process that ends instead is what it leaves with. */
  async type(typed: Omit<Typed, 'end'>): Promise<Printed> {
    const end = `\n${randomUUID()}\n`;
    this.#said = { out: '', err: '' };
    const code = new Promise<number>((resolve) => this.#child.once('message', resolve));
    this.#tell({ ...typed, end });
    const ended = Promise.all([code, this.#says('out', end), this.#says('err', end)]);
    const left = await Promise.race([ended.then(([given]) => given), this.#gone]);
    const { out, err } = this.#said;
    return { code: left, out: out.replace(end, ''), err: err.replace(end, '') };
  }

  #tell(told: Told): void {
    this.#child.send(told);
  }

  #says(which: 'out' | 'err', end: string): Promise<void> {
    return new Promise((resolve) => {
      const stream = which === 'out' ? this.#child.stdout : this.#child.stderr;
      const look = () => {
        if (!this.#said[which].endsWith(end)) return;
        stream?.off('data', look);
        resolve();
      };
      stream?.on('data', look);
      look();
    });
  }

  async leave(): Promise<void> {
    // By itself: where the channel is closed from here, its end is never told.
    if (this.alive) this.#tell('leave');
    await this.#gone;
  }
}

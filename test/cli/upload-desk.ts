import { readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Terminal } from './terminal.ts';
import type { Printed } from './typed.ts';

/** A steward's working folder: files to send, the notes of interrupted uploads, and the commands that screens tell. */
export class Desk {
  readonly terminal: Terminal;

  private constructor(terminal: Terminal) {
    this.terminal = terminal;
  }

  /** @param department none for a machine that knows no hub */
  static async of(hub?: { readonly data: string }, department?: string): Promise<Desk> {
    const desk = new Desk(await Terminal.open(department === undefined ? {} : { AWS_PROFILE: department }));
    // As on a machine on which `npm start` runs: the hub of the folder is found without being named.
    if (hub) await symlink(hub.data, join(desk.terminal.folder, '.hub'));
    return desk;
  }

  leave(): Promise<void> {
    return this.terminal.close();
  }

  async put(name: string, content: string | Uint8Array): Promise<void> {
    await writeFile(join(this.terminal.folder, name), content);
  }

  bytes(name: string): Promise<Buffer> {
    return readFile(join(this.terminal.folder, name));
  }

  async read(name: string): Promise<string> {
    return (await this.bytes(name)).toString('utf8');
  }

  /** Where interrupted uploads are noted. */
  get journals(): string {
    return join(this.terminal.folder, '.cache/hub/uploads');
  }

  hub(line: string, env: Readonly<Record<string, string>> = {}): Promise<Printed> {
    return this.terminal.hub(line, { env });
  }

  /** Typed, and killed at once when the moment has come. */
  async killed(line: string, env: Readonly<Record<string, string>>, moment: Promise<unknown>): Promise<Printed> {
    const { child, printed } = this.terminal.start(line, { env });
    await moment;
    child.kill('SIGKILL');
    return printed;
  }

  /** The commands that a screen tells to type, without the `hub` before them. */
  static commandsOn(screen: string): string[] {
    return [...screen.matchAll(/^ +hub (.*)$/gm)].map(([, command]) => command ?? '');
  }
}

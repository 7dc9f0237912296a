import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { Transform, type TransformCallback } from 'node:stream';

/** What is kept back of an answer that is not to arrive whole. */
const KEPT_BACK = 4;

/** A slow network between a client and everything: an HTTP proxy (CONNECT) that counts, throttles, withholds and cuts. */
export class Tunnel {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #bytesPerSecond: number;
  #up = 0;
  #cut = false;
  #withheld: RegExp | undefined;
  #held: RegExp | undefined;

  private constructor(bytesPerSecond: number) {
    this.#bytesPerSecond = bytesPerSecond;
    this.#server = createServer((_, response) => response.writeHead(405).end());
    this.#server.on('connect', ({ url = '' }, client: Socket) => this.#join(url, client));
  }

  /** @param bytesPerSecond towards the hub, for each connection */
  static async open(bytesPerSecond = Infinity): Promise<Tunnel> {
    const tunnel = new Tunnel(bytesPerSecond);
    tunnel.#server.listen(0, '127.0.0.1');
    await once(tunnel.#server, 'listening');
    return tunnel;
  }

  /** What makes Node's `fetch` go through it. */
  get env(): Record<string, string> {
    const url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
    return { NODE_USE_ENV_PROXY: '1', HTTP_PROXY: url, http_proxy: url, NO_PROXY: '', no_proxy: '' };
  }

  /** Bytes that clients sent since it was opened. */
  get sent(): number {
    return this.#up;
  }

  /** The network is gone, until `mend`. */
  cut(): void {
    this.#cut = true;
    for (const socket of this.#sockets) socket.destroy();
  }

  mend(): void {
    this.#cut = false;
  }

  /** From a request like this on, the last bytes of what the hub answers on its connection do not arrive. */
  withholdFrom(request: RegExp): void {
    this.#withheld = request;
  }

  /** A request like this does not arrive, nor what its connection sends behind it. */
  holdFrom(request: RegExp): void {
    this.#held = request;
  }

  async close(): Promise<void> {
    this.cut();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #join(address: string, client: Socket): void {
    if (this.#cut) return void client.destroy();
    const [host = '', port = ''] = address.split(':');
    const hub = connect(Number(port), host, () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      const answers = new Withholding();
      client
        .pipe(this.#metered((request) => this.#withheld?.test(request.toString('latin1')) && answers.begin()))
        .pipe(hub);
      hub.pipe(answers).pipe(client);
    });
    for (const [one, other] of [
      [client, hub],
      [hub, client],
    ] as const) {
      this.#sockets.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        this.#sockets.delete(one);
        other.destroy();
      });
    }
  }

  #metered(look: (request: Buffer) => void): Transform {
    return new Transform({
      highWaterMark: 16 * 1024,
      transform: (chunk: Buffer, _encoding, done) => {
        this.#up += chunk.length;
        look(chunk);
        if (this.#held?.test(chunk.toString('latin1'))) return;
        setTimeout(() => done(null, chunk), (chunk.length / this.#bytesPerSecond) * 1000);
      },
    });
  }
}

/** Gives everything on until it begins; from then on all but the last bytes that came. */
class Withholding extends Transform {
  #begun = false;
  #kept: Buffer = Buffer.alloc(0);

  begin(): void {
    this.#begun = true;
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    if (!this.#begun) return done(null, chunk);
    const all = Buffer.concat([this.#kept, chunk]);
    const given = Math.max(0, all.length - KEPT_BACK);
    this.#kept = all.subarray(given);
    return done(null, all.subarray(0, given));
  }
}

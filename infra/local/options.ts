import { resolve } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';

export interface Options {
  readonly port: number;
  /** Absolute. */
  readonly dataDir: string;
  readonly fresh: boolean;
  readonly cold: boolean;
  readonly ticking: boolean;
  readonly json: boolean;
  readonly assembly: string | undefined;
  readonly untilStdinEnds: boolean;
}

const port = (text: string): number => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0 || value > 65_534)
    throw new InvalidArgumentError('a port from 0 to 65534 is wanted');
  return value;
};

const GUIDE = `
Once it says "ready", <data>/hub.json tells where everything is:
  api           the hub's API; sign requests with AWS Signature V4 for the service execute-api
  aws           S3, SQS, DynamoDB and STS for real AWS tools (always the next port)
  credentials   an AWS shared-credentials file with one profile for each department

Try it, as the department "tax":
  export AWS_SHARED_CREDENTIALS_FILE=.hub/credentials AWS_PROFILE=tax
  aws --endpoint-url http://127.0.0.1:4601 sts get-caller-identity
  curl --aws-sigv4 aws:amz:us-east-1:execute-api --user "$KEY_ID:$SECRET" http://127.0.0.1:4600/v1/me

Move the hub's clock forward (schedules, validity, expiry; never back), or read it:
  curl -d '{"advance": 86400}' -H 'content-type: application/json' http://127.0.0.1:4600/_local/clock
  curl http://127.0.0.1:4600/_local/clock

Logs of the functions are in <data>/logs, one file each. Ctrl-C stops the hub; a killed hub goes on where it was when it
is started again. Examples:
  npm start                             keeps its data in .hub
  npm start -- --fresh                  begins anew
  npm start -- --port 5000 --data /tmp/hub`;

type Given = Omit<Options, 'dataDir' | 'assembly'> & { readonly data: string; readonly assembly?: string };

/** The command line; ends the process for --help and for mistakes, which are told. */
export function readOptions(argv: readonly string[]): Options {
  const command = new Command('npm start --')
    .description('Runs the whole exchange hub on this machine: the synthesized templates on embedded emulators.')
    .addOption(
      new Option('--port <port>', 'port of the API; AWS endpoints on the next one; 0 takes two free ones')
        .default(4600)
        .argParser(port),
    )
    .option('--data <dir>', 'where everything is kept', '.hub')
    .option('--fresh', 'empty the data folder first', false)
    .option('--json', 'when ready, print hub.json on standard output; progress goes to standard error', false)
    .option('--assembly <dir>', 'a synthesized CDK app, instead of synthesizing this one')
    .option('--cold', 'start each function with its first event: ready sooner, slower at first', false)
    .option('--no-ticking', 'schedules fire when the clock is moved, not as time passes')
    .option('--until-stdin-ends', 'stop when standard input ends, for programs that start a hub of their own', false)
    .helpOption('--help', 'this text')
    .addHelpText('after', GUIDE)
    .showHelpAfterError('(--help explains)');
  const given = command.parse([...argv], { from: 'user' }).opts<Given>();
  const { data, assembly, ...others } = given;
  return { ...others, dataDir: resolve(data), assembly: assembly === undefined ? undefined : resolve(assembly) };
}

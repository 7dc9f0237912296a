import { Option, type Command } from 'commander';
import { Mode } from '../../../schemas/contracts/definition.ts';
import { Frequency } from '../../../schemas/contracts/terms.ts';
import type { Body } from '../../protocol/route-types.ts';
import { routes } from '../../protocol/routes.ts';
import type { Context } from '../terminal/context.ts';
import { wrongUsage } from '../terminal/failure.ts';
import { examples } from '../terminal/help.ts';
import { readJson } from '../terminal/json-file.ts';
import { commaList } from '../terminal/option-values.ts';
import { demandStepScreen } from './demands-screen.ts';
import { fieldsOf } from './field-text.ts';

interface StateOptions {
  readonly from?: string;
  readonly in?: string;
  readonly title?: string;
  readonly fields?: string;
  readonly description?: string;
  readonly ask?: string;
  readonly resource?: string;
  readonly mode?: string;
  readonly frequency?: string;
  readonly purpose?: string;
  readonly basis?: string;
  readonly by?: string;
}

export function stateCommand(demand: Command, context: Context): void {
  demand
    .command('state')
    .description('say what your department needs')
    .option('--from <file>', 'the demand as JSON; the options below stand in place of its entries')
    .option('--in <theme>', 'in the demand catalog of this theme')
    .option('--title <text>', 'what is needed, in a few words')
    .option('--fields <list>', 'name|title|type, separated by semicolons; title and type may be left out')
    .option('--description <text>', 'what is needed, in more words')
    .option('--ask <departments>', 'from whom, if you know, separated by commas')
    .option('--resource <resource>', 'the resource, if you know it')
    .addOption(new Option('--mode <mode>', 'how').choices(Mode.options))
    .addOption(new Option('--frequency <frequency>', 'how often').choices(Frequency.options))
    .option('--purpose <text>', 'what the data are needed for')
    .option('--basis <text>', 'the law or duty that it rests on')
    .option('--by <date>', 'until when, YYYY-MM-DD')
    .addHelpText(
      'after',
      examples([
        "hub demand state --in emergency --title 避难场所 --fields '名称;地址;容纳人数' --ask civil-affairs --purpose … --basis …",
        'a need whose fields you know by their titles',
      ]),
    )
    .action(async ({ from, in: themeId, ...options }: StateOptions) => {
      const demanded = { ...(from === undefined ? {} : await demandFile(from)), ...stated(options) };
      const sent = { body: demanded as Body<'stateDemand'> };
      const { client } = await context.connect();
      const made =
        themeId === undefined
          ? client.call(routes.stateDemand, sent)
          : client.call(routes.stateThemeDemand, { params: { themeId }, ...sent });
      context.print(await made, demandStepScreen);
    });
}

async function demandFile(file: string): Promise<object> {
  const content = await readJson(file);
  if (typeof content === 'object' && content !== null && !Array.isArray(content)) return content;
  throw wrongUsage(`${file} holds no demand.`, 'A demand is a JSON object with title, fields, purpose and legalBasis.');
}

const stated = (options: Omit<StateOptions, 'from' | 'in'>): object => ({
  ...(options.title !== undefined && { title: options.title }),
  ...(options.fields !== undefined && { fields: fieldsOf(options.fields) }),
  ...(options.description !== undefined && { description: options.description }),
  ...(options.ask !== undefined && { from: commaList(options.ask) }),
  ...(options.resource !== undefined && { resourceId: options.resource }),
  ...(options.mode !== undefined && { mode: options.mode }),
  ...(options.frequency !== undefined && { frequency: options.frequency }),
  ...(options.purpose !== undefined && { purpose: options.purpose }),
  ...(options.basis !== undefined && { legalBasis: options.basis }),
  ...(options.by !== undefined && { neededBy: options.by }),
});

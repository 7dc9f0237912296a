import type { Command } from 'commander';
import type { CataloguedResource } from '../../../schemas/contracts/resources.ts';
import type { Body } from '../../protocol/route-types.ts';
import { routes } from '../../protocol/routes.ts';
import { either } from '../../words/speech.ts';
import { printAnswer } from '../terminal/answers.ts';
import type { Context } from '../terminal/context.ts';
import { examples } from '../terminal/help.ts';
import { green, type Look } from '../terminal/look.ts';

/** `hub catalog deprecate` and `retire`: the end of a resource, said beforehand and done. */
export function lifeCommands(catalog: Command, context: Context): void {
  catalog
    .command('deprecate')
    .description('say that a resource will be retired; consumers get a notice, and on the day the hub retires it')
    .argument('<resource>', 'its id')
    .requiredOption('--retire-on <day>', 'the day, YYYY-MM-DD')
    .requiredOption('--reason <text>', 'why; everybody can read it')
    .option('--replaced-by <resource>', 'what to use instead')
    .addHelpText(
      'after',
      examples([
        "hub catalog deprecate streets-old --retire-on 2027-06-30 --reason '合并' --replaced-by streets",
        'can be said anew, with another day',
      ]),
    )
    .action((resourceId: string, body: Body<'deprecateResource'>) =>
      printAnswer(context, routes.deprecateResource, { params: { resourceId }, body }, endScreen),
    );
  catalog
    .command('retire')
    .description('retire a resource at once and for good: no uploads, no versions, no new agreements')
    .argument('<resource>', 'its id')
    .requiredOption('--reason <text>', 'why; everybody can read it')
    .addHelpText('after', examples(["hub catalog retire streets-old --reason '合并'", 'agreements in force go on']))
    .action(async (resourceId: string, body: Body<'retireResource'>) => {
      await context.confirm({ en: `Retire ${resourceId} for good?`, zh: `下架 ${resourceId}？下架后不可恢复。` });
      await printAnswer(context, routes.retireResource, { params: { resourceId }, body }, endScreen);
    });
}

const endScreen = ({ resourceId, deprecation, retiredAt }: CataloguedResource, look: Look): string =>
  green(
    retiredAt === undefined
      ? either(
          look,
          `${resourceId} is deprecated and will be retired on ${deprecation?.retireOn}; its consumers are told.`,
          `${resourceId} 已标记为停用，将于 ${deprecation?.retireOn} 下架；正在通知使用方。`,
        )
      : either(
          look,
          `${resourceId} is retired; agreements in force go on with what was delivered last.`,
          `${resourceId} 已下架；生效中的协议继续使用最后一次交付的数据。`,
        ),
    look,
  );

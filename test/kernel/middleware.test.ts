import { beforeEach, expect, test } from '@jest/globals';
import { through, type Middleware } from '../../functions/kernel/middleware.ts';

interface Named {
  readonly name: string;
}
interface Aged extends Named {
  readonly age: number;
}

const passed: string[] = [];
beforeEach(() => void passed.splice(0));
const named: Middleware<object, Named, string> = (next) => async (request) => {
  passed.push('named');
  return `<${await next({ ...request, name: 'Li' })}>`;
};
const aged: Middleware<Named, Aged, string> = (next) => async (request) => {
  passed.push('aged');
  return `[${await next({ ...request, age: 7 })}]`;
};
const closed: Middleware<Named, Named, string> =
  () =>
  async ({ name }) =>
    `${name} stays out`;

test('a request passes middlewares in their order, its answer the other way round, with what each has added', async () => {
  const answer = through(named)
    .use(aged)
    .handle(async ({ name, age }) => `${name} ${age}`);
  expect(await answer({})).toBe('<[Li 7]>');
  expect(passed).toEqual(['named', 'aged']);
});

test('one that answers by itself keeps the request from all behind it', async () => {
  const answer = through(named)
    .use(closed)
    .use(aged)
    .handle(async () => 'never');
  expect(await answer({})).toBe('<Li stays out>');
  expect(passed).toEqual(['named']);
});

test('a chain in another order does not compile', async () => {
  const answer = through(aged)
    .use(named)
    .handle(async () => '');
  // @ts-expect-error -- what `aged` needs, `named` has not added yet
  await answer({});
});

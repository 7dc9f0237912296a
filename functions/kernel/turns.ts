/** Which of so many turns work takes, from 0: by the number that it has among its like, or as its id falls. */
export type TurnOf = (place: number | string, turns: number) => number;

export const turnOf: TurnOf = (place, turns) =>
  (typeof place === 'number' ? place : place.charCodeAt(place.length - 1)) % turns;

/**
 * Any other turn, for what is sent again because nobody does it: where a worker died before it could hold its message, that
 * keeps its own turn for the sixteen minutes for which the queue hides it.
 * @param random from 0 up to, not including, 1
 */
export const anotherTurn =
  (random: () => number): TurnOf =>
  (place, turns) =>
    turns === 1 ? 0 : (turnOf(place, turns) + 1 + Math.floor(random() * (turns - 1))) % turns;

import pLimit from 'p-limit';

/** Moves in flight once one has succeeded. Later functions reuse the interfaces that the first one made (domain.md row 22). */
const WIDTH = 5;

/** Runs a move when it is its turn; `isDone` tells from what it gave whether it succeeded. */
export type MoveLimit = <T>(move: () => Promise<T>, isDone: (result: T) => boolean) => Promise<T>;

/** Lets one move after the other run until one has succeeded, then five at a time. */
export function makeMoveLimit(): MoveLimit {
  const limit = pLimit(1);
  return (move, isDone) =>
    limit(async () => {
      const result = await move();
      if (isDone(result)) limit.concurrency = WIDTH;
      return result;
    });
}

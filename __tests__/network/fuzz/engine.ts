import { prepare } from '../../../src/network/prepared.js';
import { judge } from '../../../src/network/reach.js';
import { type Judge, judgeOf } from './compare.js';

/** The engine under test. */
export const engine: Judge = judgeOf((network, question) => judge(prepare(network), question));

import type { Problem } from '../model/problem.js';
import { nearest } from '../text/nearest.js';
import { counted } from '../text/words.js';
import { shownText } from './shown.js';

/** What is wrong with one value of an input. */
export interface Complaint {
  readonly value: string;
  /** What would have been right, completing "expected …". */
  readonly expected: string;
  /** Words that could have been meant. */
  readonly words?: readonly string[];
  /** The part of the value that is like one of them; the whole value where it is left out. */
  readonly near?: string;
}

/** Takes the complaints about one input while it is parsed; parsing goes on after each. */
export type Complain = (complaint: Complaint) => void;

/** Makes the problem a user sees: the value, what was expected, the nearest word, the grammar. */
function inputProblem(input: string, grammar: string, complaint: Complaint): Problem {
  const written = (complaint.near ?? complaint.value).slice(0, 100);
  const word = complaint.words && nearest(written, complaint.words);
  // A word in the wrong place was meant as it stands.
  const hint = word === undefined || word === written ? '' : ` Did you mean \`${word}\`?`;
  return {
    code: 'invalid-input',
    message: `Input ${input}: \`${shownText(complaint.value)}\` is not ${complaint.expected}.${hint}`,
    remedy: `Write ${input} as ${grammar}.`,
  };
}

/** A list with more wrong entries than these is wrong as a whole. */
const MOST = 20;

/** The problems of one input: as many as a reader wants to see, then how many more entries are wrong. */
export function inputProblems(input: string, grammar: string, complaints: readonly Complaint[]): Problem[] {
  const shown = complaints.slice(0, MOST).map((complaint) => inputProblem(input, grammar, complaint));
  const more = complaints.length - shown.length;
  if (more === 0) return shown;
  const rest = counted(more, 'more entry is', 'more entries are');
  const message = `Input ${input}: ${rest} wrong.`;
  return [...shown, { code: 'invalid-input', message, remedy: `Write ${input} as ${grammar}.` }];
}

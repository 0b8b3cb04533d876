/** A parameter value of a call as it was on the wire: the query protocol knows only strings. */
export type InputValue =
  | string
  | number
  | boolean
  | null
  | readonly InputValue[]
  | { readonly [key: string]: InputValue };

/** The parameters of a call, by their names on the wire (`SubnetId`, not the SDK's `SubnetIds`). */
export type Input = { readonly [key: string]: InputValue };

/** Turns `Filter.1.Name=a&Filter.1.Value.1=b` into `{ Filter: [{ Name: 'a', Value: ['b'] }] }`. */
export function inputOfForm(form: URLSearchParams): Input {
  const root: Branch = new Map();
  for (const [key, value] of form) {
    if (key === 'Action' || key === 'Version') continue;
    place(root, key.split('.'), value);
  }
  return toValue(root) as Input;
}

type Branch = Map<string, Branch | string>;

function place(branch: Branch, [head = '', ...rest]: readonly string[], value: string): void {
  if (rest.length === 0) {
    branch.set(head, value);
    return;
  }
  const next = branch.get(head);
  const inner: Branch = next instanceof Map ? next : new Map();
  branch.set(head, inner);
  place(inner, rest, value);
}

/** IAM and STS write lists as `Name.member.1`, EC2 as `Name.1`; both become arrays. */
function toValue(branch: Branch | string): InputValue {
  if (typeof branch === 'string') return branch;
  const member = branch.get('member');
  if (branch.size === 1 && member !== undefined) return toValue(member);
  const keys = [...branch.keys()];
  if (keys.length > 0 && keys.every((key) => /^\d+$/.test(key))) {
    return keys.sort((a, b) => Number(a) - Number(b)).map((key) => toValue(branch.get(key) ?? ''));
  }
  return Object.fromEntries([...branch].map(([key, inner]) => [key, toValue(inner)]));
}

/** The opposite of `inputOfForm` for EC2 (`Name.1`). */
export function formOfInput(action: string, version: string, input: Input): string {
  const form = new URLSearchParams({ Action: action, Version: version });
  const add = (key: string, value: InputValue): void => {
    if (value === null) return;
    if (typeof value !== 'object') form.append(key, String(value));
    else for (const [name, inner] of partsOf(value)) add(`${key}.${name}`, inner);
  };
  for (const [key, value] of Object.entries(input)) add(key, value);
  return form.toString();
}

/** The parts of a list, numbered from 1, or of a record, by their names. */
function partsOf(value: readonly InputValue[] | Input): [string | number, InputValue][] {
  if (isRecord(value)) return Object.entries(value);
  return value.map((inner, index) => [index + 1, inner]);
}

/** A parameter as text, '' when it is absent. */
export function textOf(input: InputValue | undefined, key: string): string {
  const value = isRecord(input) ? input[key] : undefined;
  return value === undefined || value === null || typeof value === 'object' ? '' : String(value);
}

/** A list parameter's elements as texts; none when it is absent. */
export function textsOf(input: InputValue | undefined, key: string): string[] {
  return valuesOf(input, key).map((value) =>
    value === null || typeof value === 'object' ? '' : String(value),
  );
}

/** A list parameter's elements as records; none when it is absent. */
export function recordsOf(input: InputValue | undefined, key: string): Input[] {
  return valuesOf(input, key).filter(isRecord);
}

function valuesOf(input: InputValue | undefined, key: string): readonly InputValue[] {
  const value = isRecord(input) ? input[key] : undefined;
  return Array.isArray(value) ? value : [];
}

/** A nested record, `{}` when it is absent. */
export function recordOf(input: InputValue | undefined, key: string): Input {
  const value = isRecord(input) ? input[key] : undefined;
  return isRecord(value) ? value : {};
}

/** True for an object that is not a list. */
export function isRecord(value: InputValue | undefined): value is Input {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A text that is equal for equal inputs, whatever the order of their keys. */
export function canonical(value: InputValue): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (!isRecord(value)) return JSON.stringify(value);
  const fields = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonical(value[key] ?? null)}`);
  return `{${fields.join(',')}}`;
}

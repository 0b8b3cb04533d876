import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';

/** An operation of GitHub's REST API that a request is for. */
export interface Operation {
  readonly template: string;
  /** In lower case. */
  readonly method: string;
  /** The values in the path, by name. */
  readonly path: Readonly<Record<string, string>>;
}

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema: object;
}

interface Method {
  readonly parameters?: readonly (Parameter | { readonly $ref: string })[];
  readonly requestBody?: { readonly content: Record<string, unknown> };
  readonly responses: Record<string, unknown>;
}

interface Document {
  readonly paths: Record<string, Record<string, Method>>;
  readonly components: Record<string, Record<string, unknown>>;
}

const JSON_TYPE = 'application/json';
const file = createRequire(import.meta.url).resolve('@octokit/openapi/generated/api.github.com.json');

/** GitHub's own description of its REST API, and what a request or an answer gets wrong by it. */
export class Description {
  private readonly document: Document = JSON.parse(readFileSync(file, 'utf8'));
  private readonly bodies = new Ajv({ strict: false, allErrors: true });
  private readonly values = new Ajv({ strict: false, allErrors: true, coerceTypes: true });
  private readonly compiled = new Map<string, ValidateFunction>();

  /** `templates` are the paths that may be asked for. */
  constructor(private readonly templates: readonly string[]) {
    const paths = Object.fromEntries(templates.map((one) => [one, this.document.paths[one]]));
    for (const ajv of [this.bodies, this.values]) {
      addFormats.default(ajv);
      ajv.addSchema({ paths, components: this.document.components }, 'github');
    }
  }

  /** An example that the description gives, for the fields that nobody looks at. */
  example(name: string): Record<string, unknown> {
    const example = this.document.components.examples?.[name] as { value: Record<string, unknown> };
    return structuredClone(example.value);
  }

  /** The operation of a request; undefined where there is none. */
  find(method: string, path: string): Operation | undefined {
    const parts = path.split('/');
    for (const template of this.templates) {
      const names = template.split('/');
      const pairs = names.map((name, index) => [name, decodeURIComponent(parts[index] ?? '')] as const);
      const fits = pairs.every(([name, part]) => (name.startsWith('{') ? part !== '' : name === part));
      const lower = method.toLowerCase();
      if (!fits || names.length !== parts.length || !this.document.paths[template]?.[lower]) continue;
      const values = pairs.filter(([name]) => name.startsWith('{'));
      return {
        template,
        method: lower,
        path: Object.fromEntries(values.map(([name, part]) => [name.slice(1, -1), part])),
      };
    }
    return undefined;
  }

  /** What a request gets wrong. */
  requestFaults(operation: Operation, query: URLSearchParams, body: unknown): string[] {
    const parameters = this.parametersOf(operation);
    const faults = parameters.flatMap((parameter) => this.valueFaults(parameter, operation, query));
    const known = parameters.filter(({ in: place }) => place === 'query').map(({ name }) => name);
    faults.push(
      ...[...query.keys()].filter((name) => !known.includes(name)).map((name) => `${name} is unknown`),
    );
    const hasBody = this.methodOf(operation).requestBody !== undefined;
    if (hasBody)
      faults.push(...this.check(['paths', operation.template, operation.method, 'requestBody'], body));
    else if (body !== undefined) faults.push('a body is not expected');
    return faults;
  }

  private valueFaults(
    { name, in: place, required, schema }: Parameter,
    { path }: Operation,
    query: URLSearchParams,
  ): string[] {
    if (place === 'header') return [];
    const value = (place === 'path' ? path[name] : query.get(name)) ?? undefined;
    if (value === undefined) return required ? [`${name} is missing`] : [];
    const fits = this.values.validate({ type: 'object', properties: { [name]: schema } }, { [name]: value });
    return fits ? [] : this.texts(this.values.errors);
  }

  /** What an answer gets wrong; statuses that the description leaves out have the body of every error. */
  answerFaults(operation: Operation, status: number, body: unknown): string[] {
    const known = this.methodOf(operation).responses[status];
    if (status >= 400) return this.checkSchema(['components', 'schemas', 'basic-error'], body);
    if (known === undefined) return [`status ${status} is unknown`];
    if (status === 204) return body === undefined ? [] : ['a body is not expected'];
    return this.check(['paths', operation.template, operation.method, 'responses', String(status)], body);
  }

  private check(place: readonly string[], body: unknown): string[] {
    return this.checkSchema([...place, 'content', JSON_TYPE, 'schema'], body);
  }

  private checkSchema(place: readonly string[], body: unknown): string[] {
    const encoded = place.map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1')));
    const $ref = `github#/${encoded.join('/')}`;
    const validate = this.compiled.get($ref) ?? this.bodies.compile({ $ref });
    this.compiled.set($ref, validate);
    return validate(body) ? [] : this.texts(validate.errors);
  }

  private texts(errors: ValidateFunction['errors']): string[] {
    return (errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  }

  private methodOf({ template, method }: Operation): Method {
    return this.document.paths[template]?.[method] ?? { responses: {} };
  }

  private parametersOf(operation: Operation): Parameter[] {
    return (this.methodOf(operation).parameters ?? []).map((one) =>
      '$ref' in one
        ? (this.document.components.parameters?.[one.$ref.split('/').at(-1) ?? ''] as Parameter)
        : one,
    );
  }
}

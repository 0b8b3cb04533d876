import { schema as github } from '@octokit/graphql-schema';
import { buildSchema, type GraphQLSchema, graphql, parse, validate } from 'graphql';
import type { Author, State } from './state.js';

let schema: GraphQLSchema | undefined;

/** Executes a query by GitHub's published schema. */
export async function execute(
  state: State,
  viewer: Author,
  asked: unknown,
): Promise<{ readonly faults: readonly string[]; readonly body: unknown }> {
  schema ??= buildSchema(github.idl, { assumeValid: true });
  const { query = '', variables }: { query?: string; variables?: Record<string, unknown> } = Object(asked);
  const faults = validate(schema, parse(query)).map(({ message }) => message);
  const nodes = ({ ids }: { ids: readonly string[] }): unknown[] =>
    ids.map((id) => {
      const found = state.comments.find(({ nodeId }) => nodeId === id);
      if (found === undefined) return null;
      const viewerDidAuthor = found.author.login === viewer.login;
      return { __typename: 'IssueComment', id, viewerDidAuthor };
    });
  const result = await graphql({ schema, source: query, rootValue: { nodes }, variableValues: variables });
  const body = JSON.parse(JSON.stringify(result));
  return { faults: [...faults, ...(result.errors ?? []).map(({ message }) => message)], body };
}

/** An alias and every published version it sends traffic to; `$LATEST` is not listed. */
export interface Alias {
  readonly name: string;
  readonly versions: readonly string[];
}

/** Execution environments that are asked for at an alias (by its name) or a published version (by its number). */
export interface ProvisionedConcurrency {
  readonly qualifier: string;
  readonly requested: number;
}

/** An event source mapping that invokes a published version or an alias of a function. */
export interface EventSource {
  /** Id of the mapping. */
  readonly uuid: string;
  /** What is polled, as `sqs orders`; `self-managed Kafka` where it has no ARN. */
  readonly source: string;
  readonly functionName: string;
  /** Name of the alias, or number of the version. */
  readonly qualifier: string;
}

/** When AWS deprecated a runtime, and from when on it refuses updates of its functions; dates as `YYYY-MM-DD`. */
export interface Deprecation {
  readonly deprecated: string;
  readonly updatesBlocked: string;
}

const on = (deprecated: string, updatesBlocked: string): Deprecation => ({ deprecated, updatesBlocked });

/** The date AWS names for all runtimes that were deprecated since December 2023. */
const NEXT = '2027-08-31';

/**
 * Runtimes deprecated by November 2026 (Lambda developer guide, "Lambda runtimes", table of deprecated runtimes).
 * AWS has moved the second date to later more than once, never to earlier.
 */
const DEPRECATIONS: Readonly<Record<string, Deprecation>> = {
  'dotnetcore1.0': on('2019-06-27', '2019-07-30'),
  'dotnetcore2.0': on('2019-05-30', '2019-05-30'),
  'dotnetcore2.1': on('2022-01-05', '2022-04-13'),
  'dotnetcore3.1': on('2023-04-03', '2023-05-03'),
  dotnet6: on('2024-12-20', NEXT),
  dotnet8: on('2026-11-10', NEXT),
  'go1.x': on('2024-01-08', NEXT),
  java8: on('2024-01-08', NEXT),
  nodejs: on('2016-08-30', '2016-10-31'),
  'nodejs4.3': on('2020-03-05', '2020-03-05'),
  'nodejs4.3-edge': on('2020-03-05', '2019-04-30'),
  'nodejs6.10': on('2019-08-12', '2019-08-12'),
  'nodejs8.10': on('2020-03-06', '2020-03-06'),
  'nodejs10.x': on('2021-07-30', '2022-02-14'),
  'nodejs12.x': on('2023-03-31', '2023-04-30'),
  'nodejs14.x': on('2023-12-04', NEXT),
  'nodejs16.x': on('2024-06-12', NEXT),
  'nodejs18.x': on('2025-09-01', NEXT),
  'nodejs20.x': on('2026-04-30', NEXT),
  provided: on('2024-01-08', NEXT),
  'provided.al2': on('2026-07-31', NEXT),
  'python2.7': on('2021-07-15', '2022-05-30'),
  'python3.6': on('2022-07-18', '2022-08-29'),
  'python3.7': on('2023-12-04', NEXT),
  'python3.8': on('2024-10-14', NEXT),
  'python3.9': on('2025-12-15', NEXT),
  'python3.10': on('2026-10-31', NEXT),
  'ruby2.5': on('2021-07-30', '2022-03-31'),
  'ruby2.7': on('2023-12-07', NEXT),
  'ruby3.2': on('2026-03-31', NEXT),
};

/** What AWS announced of a runtime; undefined for one that is supported, unknown, or a container image. */
export function deprecationOf(runtime: string | undefined): Deprecation | undefined {
  return runtime !== undefined && Object.hasOwn(DEPRECATIONS, runtime) ? DEPRECATIONS[runtime] : undefined;
}

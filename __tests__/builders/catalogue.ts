import type { EndpointService, PrefixList } from '../../src/model/observed.js';
import { derivedNames } from '../../src/reach/service-names.js';
import { id } from './ids.js';

const ZONES = ['a', 'b', 'c', 'd'];

interface Row {
  readonly word: string;
  readonly types?: readonly string[];
  readonly zones?: readonly string[];
  readonly privateDns?: boolean;
}

const ROWS: readonly Row[] = [
  { word: 'logs' },
  { word: 'ssm' },
  { word: 'ssm-fips' },
  { word: 'ssmmessages' },
  { word: 'secretsmanager' },
  { word: 'sts' },
  { word: 'execute-api' },
  { word: 'ecr.api' },
  { word: 'ecr.dkr' },
  { word: 's3', types: ['Gateway', 'Interface'] },
  { word: 'dynamodb', types: ['Gateway', 'Interface'], privateDns: false },
  { word: 's3express', types: ['Gateway'], privateDns: false },
  { word: 'email-smtp', zones: ['a', 'b'] },
  { word: 'nameless', privateDns: false },
];

/** A catalogue of services as AWS lists them in a region; `prefix` is that of the partition. */
export function catalogue(region: string, prefix = 'com.amazonaws'): EndpointService[] {
  const services = ROWS.map(({ word, types = ['Interface'], zones = ZONES, privateDns = true }) => ({
    name: `${prefix}.${region}.${word}`,
    types,
    zones: zones.map((letter) => `${region}${letter}`),
    privateDns,
    privateNames: privateDns ? derivedNames(word, region) : [],
  }));
  const notebook = {
    name: `aws.sagemaker.${region}.notebook`,
    types: ['Interface'],
    zones: ZONES.map((letter) => `${region}${letter}`),
    privateDns: true,
    privateNames: [`*.notebook.${region}.sagemaker.aws`],
  };
  return [...services, notebook].sort((one, other) => one.name.localeCompare(other.name));
}

/** The prefix lists AWS has for the gateway services of a region. */
export function prefixLists(region: string, prefix = 'com.amazonaws'): PrefixList[] {
  return [
    { id: id('pl', 1), name: `${prefix}.${region}.s3` },
    { id: id('pl', 2), name: `${prefix}.${region}.dynamodb` },
    { id: id('pl', 3), name: `${prefix}.${region}.s3express` },
  ];
}

// Makes src/main/resources/io/openqpr/place/regions.tsv: the names of regions, and their ISO 3166-2
// codes. Codes are those that Unicode's CLDR has; more names for the same codes come from
// iso3166-2-db. To run again, in an empty directory:
//
//   npm install cldr-subdivisions-full iso3166-2-db
//   node …/server/src/build/regions.mjs > …/server/src/main/resources/io/openqpr/place/regions.tsv

import { existsSync, readdirSync, readFileSync } from 'node:fs';

const read = (path) => JSON.parse(readFileSync('node_modules/' + path, 'utf8'));
const version = (name) => name + ' ' + read(name + '/package.json').version;

const lines = new Map(); // 'US<tab>California' -> codes
const known = new Set();

function add(country, name, code) {
  const key = country + '\t' + name;
  lines.set(key, (lines.get(key) ?? new Set()).add(code));
}

const cldr = read('cldr-subdivisions-full/subdivisions/en/en.json');
for (const [id, name] of Object.entries(cldr.subdivisions.localeDisplayNames.subdivisions)) {
  const [, country, code] = id.toUpperCase().match(/^(..)([A-Z0-9]{1,3})/);
  known.add(country + code);
  add(country, name, code);
}
const ofCldr = new Set([...lines.keys()].map((key) => key.normalize('NFD').toLowerCase()));

for (const country of readdirSync('node_modules/iso3166-2-db/regions').sort()) {
  for (const language of ['en', 'geonames']) {
    const file = `iso3166-2-db/regions/${country}/${language}.json`;
    if (!existsSync('node_modules/' + file)) continue;
    for (const { name, iso } of read(file)) {
      const told = ofCldr.has(`${country}\t${name}`.normalize('NFD').toLowerCase());
      if (name && iso && known.has(country + iso) && !told) add(country, name, iso);
    }
  }
}

console.log(`# Country, name of a region, its code. Made by src/build/regions.mjs from
# ${version('cldr-subdivisions-full')} and ${version('iso3166-2-db')}; their licences: regions.LICENSE.txt.`);
for (const [key, codes] of [...lines].sort(([a], [b]) => (a < b ? -1 : 1))) {
  if (codes.size === 1) console.log(key + '\t' + [...codes][0]);
}

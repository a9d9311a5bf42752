// Makes src/main/resources/io/openqpr/visitor/bots.tsv: how the user agents of bots are known. The names
// and most patterns are those of crawler-user-agents; behind them come isbot's, which name no bot but
// know many that are in no list. To run again, in an empty directory:
//
//   npm install crawler-user-agents isbot
//   node …/server/src/build/bots.mjs > …/server/src/main/resources/io/openqpr/visitor/bots.tsv
//
// Then look at what changed, and run LabelledAgentsTest.

import { readFileSync } from 'node:fs';

const text = (path) => readFileSync('node_modules/' + path, 'utf8');
const version = (name) => name + ' ' + JSON.parse(text(name + '/package.json')).version;

// The first tag that is here gives the reason; all others are crawlers.
const reasons = [
  ['social-preview', 'PREVIEW'],
  ['browser-automation', 'HEADLESS'],
  ['monitoring', 'MONITOR'],
  ['http-library', 'SCRIPT'],
];

// Patterns that people's agents have too. Each with what it would take for a bot.
const leftOut = new Map([
  ['MetaIAB Facebook', "the browser inside Meta's apps, where people open links"],
  ['Code\\/1\\.', 'the browser inside an editor'],
  ['Trae\\/', 'the browser inside an editor'],
  ['Sogou', "Sogou's mobile browser and input method; its spiders say spider"],
  ['Valve\\/Steam', "the browser inside Steam's program"],
  ['Viber', 'the browser inside Viber; its preview is in our-bots.tsv'],
  ['Goodreads', 'the browser inside an app'],
  ['Tumblr\\/', 'the browser inside an app'],
  ['Mastodon', 'its app for phones; its preview is in our-bots.tsv'],
  ['Fluid', 'makes programs of sites for people'],
  ['Bluesky\\/', 'the browser inside an app; its preview is Bluesky Cardyb'],
  ['Notion\\/', 'the program for desktops'],
  ['Salesforce\\.com', 'the browser inside an app'],
  ['Blackboard', 'the browser inside an app'],
  ['WhatsApp', 'in our-bots.tsv, bound to the beginning: WhatsApp is also an app whose browser people use'],
]);

// A name for people of what is a pattern for programs.
function nameOf(pattern) {
  return pattern
    .replace(/\((\^\| )\)|\(\[\^.*/g, '')
    .replace(/\[\\s\\S\].*|\\\/\\d.*/, '')
    .replace(/\[([^\]]*)\]/g, (_, letters) => letters.match(/[A-Z]/)?.[0] ?? letters[0])
    .replace(/\((?!\\)([^|)\\]*)\|[^)]*\)/g, '$1')
    .replace(/\|.*/, '')
    .replace(/\\(.)/g, '$1')
    .replace(/(.) \(.*/, '$1')
    .replace(/^[\^; ]+|[/$;() ]+$/g, '');
}

const lines = [];
for (const { pattern, tags = [] } of JSON.parse(text('crawler-user-agents/crawler-user-agents.json'))) {
  const reason = reasons.find(([tag]) => tags.includes(tag))?.[1] ?? 'CRAWLER';
  // A short one must stand at a word's beginning, or it would be found inside names of phones.
  const bound = /^\w{2,4}(\\\/)?$/.test(pattern) ? '\\b' + pattern : pattern;
  if (!leftOut.has(pattern)) lines.push([reason, nameOf(pattern), bound]);
}
const { list } = await import(process.cwd() + '/node_modules/isbot/index.mjs');
for (const pattern of list) lines.push(['CRAWLER', '', '(?i)' + pattern]);

console.log(`# Reason, name (none: told by no list), pattern. Made by src/build/bots.mjs from
# ${version('crawler-user-agents')} and ${version('isbot')}; their licences: bots.LICENSE.txt.`);
for (const line of lines) {
  if (line.some((cell) => /[\t\n]/.test(cell))) throw new Error('a tab inside ' + line);
  console.log(line.join('\t'));
}

// Mozilla's readability on linkedom: pages a second of processor time, peak memory, the slowest page.
import { readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { Readability } from '@mozilla/readability';
import { parseHTML } from 'linkedom';

const version = name => JSON.parse(readFileSync(new URL(`./node_modules/${name}/package.json`, import.meta.url))).version;
const folder = process.argv[2];
const pages = readdirSync(folder).filter(name => name.endsWith('.html') || name.endsWith('.html.gz')).sort()
  .map(name => readFileSync(`${folder}/${name}`))
  .map((bytes, i) => (bytes[0] === 0x1f ? gunzipSync(bytes) : bytes).toString('utf8'));

let failed = 0;
function read(html) {
  try {
    return new Readability(parseHTML(html).document).parse()?.textContent ?? '';
  } catch {
    failed++;
    return '';
  }
}

const seconds = () => { const used = process.cpuUsage(); return (used.user + used.system) / 1e6; };
pages.forEach(read);
failed = 0;
let slowest = 0;
const start = seconds();
for (const page of pages) {
  const before = seconds();
  read(page);
  slowest = Math.max(slowest, seconds() - before);
}
const took = seconds() - start;
console.log(`@mozilla/readability ${version('@mozilla/readability')}, linkedom ${version('linkedom')}, node ${process.version}`);
console.log(`${(pages.length / took).toFixed(0)} pages/s   ${pages.length} pages, ${failed} failed   slowest page ${(slowest * 1000).toFixed(0)} ms   peak memory ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB`);

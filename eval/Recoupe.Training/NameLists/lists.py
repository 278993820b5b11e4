"""lists.py OUT LOCALES FR_DIC FR_CLASSIC EN_UNMUNCHED

The other lists of names.model, after cities.js has run:
LOCALES      /usr/share/locale of libgeonames-common (Debian): the names of cities and regions in French and English
FR_DIC       fr.dic of hunspell-fr-comprehensive (Debian), which says what is a first name, a surname, a verb
FR_CLASSIC   folder of the npm package dictionary-fr (index.dic, index.aff): the French words in small letters, in all forms
EN_UNMUNCHED what `unmunch index.dic index.aff` of the npm package dictionary-en prints
"""
import collections
import gettext
import json
import re
import sys

out, locales, fr_dic, fr_classic, en_unmunched = sys.argv[1:]


def write(name, lines):
    with open(f'{out}/{name}', 'w', encoding='utf8') as file:
        file.write('\n'.join(lines) + '\n')


inhabitants = json.load(open(f'{out}/pop.json'))
cities = {}
for language in ['fr', 'en']:
    catalog = gettext.GNUTranslations(open(f'{locales}/{language}/LC_MESSAGES/geonames.mo', 'rb'))._catalog
    for key, name in catalog.items():
        if isinstance(key, str) and key:
            cities[name] = max(cities.get(name, 0), inhabitants.get(key, 100000))  # a region has no count
write('cities-translated.tsv', [f'{name}\t{count}' for name, count in sorted(cities.items())])

first, surnames, parts = [], [], {}
for line in open(fr_dic, encoding='utf8'):
    word = re.split(r'[/ \t]', line.strip())[0]
    if 'po:prn' in line:
        first.append(word)
    if 'po:patr' in line:
        surnames.append(word)
    part = re.search(r'po:(\w+)', line)
    parts.setdefault(word, set()).add(part.group(1) if part else '')
write('first-names-fr.txt', first)
write('surnames-fr.txt', surnames)

suffixes = collections.defaultdict(list)
for line in open(f'{fr_classic}/index.aff', encoding='utf8'):
    rule = line.split()
    if len(rule) >= 5 and rule[0] == 'SFX':
        suffixes[rule[1]].append((rule[2], rule[3].split('/')[0], re.compile(rule[4] + '$') if rule[4] != '.' else None))
# Of verbs only the forms that begin sentences and titles.
begins = re.compile(r'(er|ir|re|ant|ante|antes|ants|é|és|ée|ées|i|is|ie|ies|u|us|ue|ues|ez|ons)$')
small = set()
for line in open(f'{fr_classic}/index.dic', encoding='utf8'):
    word, _, flags = line.strip().split('\t')[0].partition('/')
    if not word or not word[0].islower() or len(word) < 2:
        continue
    forms = {word}
    for flag in [flags[i:i + 2] for i in range(0, len(flags), 2)]:
        for cut, added, condition in suffixes.get(flag, ()):
            if (condition and not condition.search(word)) or (cut != '0' and not word.endswith(cut)):
                continue
            forms.add((word if cut == '0' else word[:-len(cut)]) + ('' if added == '0' else added))
    if parts.get(word, {''}) == {'v'} or (flags[:1] in 'abcft' and flags[1:2].isalnum() and re.search('(er|ir|re|oir)$', word)):
        forms = {form for form in forms if begins.search(form)}
    small |= forms
write('small-fr.txt', sorted(form for form in small if form[0].islower() and "'" not in form and not form.endswith('-') and len(form) < 15))
english = {word.strip() for word in open(en_unmunched, encoding='utf8', errors='replace')}
write('small-en.txt', sorted(word for word in english if re.match('[a-z]', word) and "'" not in word and len(word) < 15))

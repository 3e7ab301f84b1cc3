#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Dutch is complete: each string of the sources is in po/nl.po, translated, not fuzzy, with the same placeholders; and
promises nothing that is not there yet."""
import os
import re
import subprocess
import tempfile

import tree

PO = os.path.join(tree.ROOT, 'po', 'nl.po')
# What has no page yet is not promised in a sentence either: each goes from here with the change that brings its page.
NO_PAGE = {
    'the notice board': r'prikbord',
    'who looked': r'mee(ge)?k(ee|e|ij)k|ke(e)?k(en)? mee\b',
    'messages': r'berichten? (lezen|sturen|schrijven|die|van|aan)\b|ongelezen bericht',
    "members' own appointments": r'afspra(ak|ken) (maken|toevoegen|wijzigen|verwijderen|verzetten)\b',
}
TRANSLATABLE = re.compile(r'\b(_|N_|C_|NC_|ngettext|NPC_) ?\(|translatable="yes"|gettext-domain=')


def run(*command):
    return subprocess.run(command, cwd=tree.ROOT, capture_output=True, text=True)


def entries(text):
    """(msgid, translations) of a .po file that msgcat wrote without wrapping."""
    for block in text.split('\n\n'):
        found = re.findall(r'^(msgid|msgstr(?:\[\d\])?) "(.*)"$', block, re.M)
        if found:
            yield found[0][1], [value for key, value in found if key.startswith('msgstr')]


def check_placeholders():
    for source, translations in entries(run('msgcat', '--no-wrap', PO).stdout):
        for translation in translations:
            extra = set(re.findall(r'\{\w+\}', translation)) ^ set(re.findall(r'\{\w+\}', source))
            # A plural may write its number out ("1 nieuw verslag").
            if source and translation and extra - {'{n}', '{count}'}:
                tree.complain('po/nl.po', 0, f'"{source}": the placeholders differ ({", ".join(sorted(extra))})')


def check_promises():
    texts = [('po/nl.po', ' '.join(translations)) for _, translations in entries(run('msgcat', '--no-wrap', PO).stdout)]
    texts += [(name, tree.read(name)) for name in tree.files('.txt') if name.startswith('server/out/texts/nl/')]
    for name, text in texts:
        for page, words in NO_PAGE.items():
            for match in re.finditer(words, text, re.I):
                tree.complain(name, 0, f'"{match.group(0)}" is about {page}, which has no page yet')


def check_complete(listed):
    with tempfile.TemporaryDirectory() as folder:
        pot = os.path.join(folder, 'all.pot')
        own_keywords = re.findall(r"--keyword=[^']+", tree.read('po/meson.build'))
        made = run('xgettext', '--from-code=UTF-8', '--keyword=_', '--keyword=N_', '--keyword=C_:1c,2',
                   '--keyword=NC_:1c,2', *own_keywords, '-o', pot, *listed)
        if made.returncode != 0:
            tree.complain('po/POTFILES', 0, made.stderr.strip())
            return
        missing = run('msgcmp', '--use-untranslated', PO, pot)
        for line in missing.stderr.splitlines():
            if 'is used but not defined' in line or 'this message' in line:
                tree.complain('po/nl.po', 0, line.replace(pot, 'sources'))


if not os.path.exists(PO):
    print('there is no po/nl.po')
    raise SystemExit(77)
checked = run('msgfmt', '--check', '--statistics', '-o', os.devnull, PO)
if checked.returncode != 0 or 'fuzzy' in checked.stderr or 'untranslated' in checked.stderr:
    tree.complain('po/nl.po', 0, checked.stderr.strip())
potfiles = [line for line in tree.read('po/POTFILES').split('\n') if line and not line.startswith('#')]
for name in potfiles:
    if not os.path.exists(os.path.join(tree.ROOT, name)):
        tree.complain('po/POTFILES', 0, f'{name} is not there')
for name in tree.files('.c', '.ui', '.desktop.in', '.metainfo.xml.in'):
    if name.startswith(('src/', 'data/')) and name not in potfiles and TRANSLATABLE.search(tree.read(name)):
        tree.complain('po/POTFILES', 0, f'{name} has texts and is not listed')
check_placeholders()
check_promises()
check_complete([name for name in potfiles if os.path.exists(os.path.join(tree.ROOT, name))])
tree.finish('po')

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Templates: well formed, in the resources, every text translatable, every button with an icon alone has a name."""
import re
import xml.etree.ElementTree as ElementTree

import tree

TEXTS = {'label', 'title', 'subtitle', 'description', 'tooltip-text', 'placeholder-text', 'heading', 'body', 'button-label'}
resources = ''.join(tree.read(name) for name in tree.files('.gresource.xml'))


def check(name, root):
    for node in root.iter():
        text = (node.text or '').strip()
        is_text = (node.tag == 'property' and node.get('name') in TEXTS) or \
                  (node.tag == 'property' and node.get('name') in ('label', 'description'))
        if is_text and re.search(r'[A-Za-z]{2}', text) and node.get('translatable') != 'yes':
            tree.complain(name, 0, f'"{text}" is not translatable')
    for button in root.iter('object'):
        if button.get('class') not in ('GtkButton', 'GtkMenuButton', 'GtkToggleButton'):
            continue
        own = {child.get('name') for child in button if child.tag == 'property'}
        named = {child.get('name') for child in button.findall('accessibility/property')} | \
                {child.get('name') for child in button.findall('accessibility/relation')}
        if 'icon-name' in own and not own & {'label', 'tooltip-text'} and not named & {'label', 'labelled-by'}:
            tree.complain(name, 0, f'a button with the icon alone ({button.get("id")}) has no accessible name')


for name in tree.files('.ui'):
    try:
        root = ElementTree.parse(f'{tree.ROOT}/{name}').getroot()
    except ElementTree.ParseError as error:
        tree.complain(name, 0, str(error))
        continue
    if name.startswith('data/') and name[len('data/'):] not in resources and name.split('/')[-1] not in resources:
        tree.complain(name, 0, 'is in no .gresource.xml')
    check(name, root)
tree.finish('templates')

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Behind the gate: what reads rows of a client is bound to the client of the grant, and is asked for somebody else's rows in
tests/server/test-second-wall.c. What does without a grant is here by name, with what binds it."""
import os
import re

import tree

TEST = 'tests/server/test-second-wall.c'
DECLARED = re.compile(r'\b(cpd_\w+) \([^;]*?const CpdGrant \*')
FUNCTION = re.compile(r'^(\w+) \(([^{;]*)\)\n\{\n(.*?)^\}', re.M | re.S)
# SQL stands in macros and in tables of a file too: what a name of these says.
MACRO = re.compile(r'^#define (\w+)(?:\([^)]*\))?((?:.*\\\n)*.*)', re.M)
TABLE = re.compile(r'^static const [^;{}()=]*?(\w+)(?:\[[^\]]*\])* = (.*?);$', re.M | re.S)
WORD = re.compile(r'\b[A-Za-z_]\w+\b')
LITERAL = re.compile(r'"((?:\\.|[^"\\\n])*)"')
READS = re.compile(r'\b(?:FROM|JOIN) (?:item|item_version|item_search|item_word|item_month|item_author|item_read|appointment|care_plan'
                   r'|care_plan_version|care_plan_key|contact|profile|summary|attachment|plan_piece|item_replaced|item_line)\b')

# Of a function that takes the client's id: from a grant only, by who calls it in the same file; the last one by a run over the
# EHR too, which answers nobody.
OF_CLIENT = {
    'cpd-store-appointment:query_appointments', 'cpd-store-dossier:query_page', 'cpd-store-summary:count_new',
    'cpd-store-summary:count_plans',
    'cpd-store-month:count_months', 'cpd_store_care_plan_evaluations',
}
# Of one row, which the caller has found by the grant.
OF_ROW = {
    'cpd-store-care-plan:add_versions', 'cpd-store-dossier:add_versions', 'cpd-store-care-plan:find_version',
    'cpd-store-dossier:set_version', 'cpd-store-dossier:add_attachments', 'cpd-store-dossier:add_attachments_of_page',
    'cpd-store-timeline:set_oldest',
}
# What a search finds are numbers of rows; each is read by cpd_store_dossier_found.
OF_SEARCH = {
    'cpd-store-search:ask_index', 'cpd-store-search:step', 'cpd-sought:find_endings', 'cpd-store-search:look_up_each',
    'cpd-store-search:count_times', 'cpd-store-search:is_by_author',
}
# For no account: runs over the EHR, what the writer keeps beside the rows, copies. Nothing of it is answered to anybody.
FOR_NOBODY = {
    'cpd_copy_files', 'cpd_store_attachments_differ', 'cpd-store-attachment:put_one', 'cpd_store_attachments_put',
    'cpd_store_attachment_file', 'cpd_store_attachment_is_known', 'cpd-store-ehr-put:read_was', 'cpd_store_ehr_count',
    'cpd_store_replaced_by', 'cpd_store_replaced_text_of', 'cpd_store_replaced_forget', 'cpd_store_items_leave', 'cpd-store-item:write_month', 'cpd-store-item:write_author',
    'cpd-store-month:judge_items', 'cpd_store_plan_touch', 'cpd_store_plan_touch_card', 'cpd-store-plan:touch_by_evaluation',
    'cpd_store_ehr_has_own_contact', 'cpd_store_plans_of', 'cpd_store_ehr_kept_contacts', 'cpd_store_pieces_of',
    'cpd_store_plan_appointment', 'cpd_store_ehr_find_alike', 'cpd_store_plan_is_of_other', 'cpd_store_plan_cards',
    'cpd_store_plan_card', 'cpd_store_plan_card_content', 'cpd_store_plan_set_body', 'cpd_store_plan_set_keys', 'cpd_store_plan_note_others', 'cpd_store_summary_refresh',
    'cpd_store_summary_rewrite', 'cpd_erase', 'cpd_store_ehr_find', 'cpd-store-ehr:find_kept', 'cpd_store_ehr_is_fresh',
    'cpd_store_ehr_each_live', 'cpd_store_ehr_each_removed', 'cpd-store-ehr:each_of_kind', 'cpd_store_ehr_each_live_of',
    'cpd-store-replaced:unnamed', 'cpd_store_replaced_let_go', 'cpd_store_member_find',
    'cpd_store_lines_after', 'cpd-store-line:was_told', 'cpd_store_lines_put', 'cpd_store_lines_forget',
}
# Its own answer: for whom somebody is invited, by the short name of the client.
OF_ACCOUNT = {'cpd_store_invitation_list'}
KNOWN = OF_CLIENT | OF_ROW | OF_SEARCH | FOR_NOBODY | OF_ACCOUNT


def line_of(text, place):
    return text.count('\n', 0, place) + 1


def named_in(text):
    """name: what it stands for, of the macros and tables of a file."""
    return dict(MACRO.findall(text)) | dict(TABLE.findall(text))


def spelled_out(body, names):
    """The strings of a function with those of all that it names."""
    seen, waiting, out = set(), [body], []
    while waiting:
        text = waiting.pop()
        out += LITERAL.findall(text)
        # what a string says is no name
        new = set(WORD.findall(LITERAL.sub('', text))) & names.keys() - seen
        seen |= new
        waiting += [names[name] for name in new]
    return ''.join(out)


test = tree.read(TEST)
met = set()
shared = {}
for name in tree.files('.h', under='server/store/'):
    shared |= named_in(tree.read(name))
for name in tree.files('.h', '.c', under='server/store/'):
    text = tree.read(name)
    if name.endswith('.h'):
        for function in DECLARED.findall(text):
            if not re.search(rf'\b{function} \(', test):
                tree.complain(TEST, 0, f'does not ask {function} of {os.path.basename(name)}')
        continue
    names = shared | named_in(text)
    for match in FUNCTION.finditer(text):
        function, parameters, body = match.groups()
        if not READS.search(spelled_out(body, names)):
            continue
        # a name that begins with cpd_ is there once; another one may be in each file
        key = function if function.startswith('cpd_') else f'{os.path.basename(name)[:-2]}:{function}'
        met.add(key)
        if 'CpdGrant' in parameters:
            if 'grant->patient' not in body and 'grant->membership' not in body:
                tree.complain(name, line_of(text, match.start()), f'{function} has a grant, and does not bind what it reads to it')
        elif key not in KNOWN:
            tree.complain(name, line_of(text, match.start()), f'{function} reads rows of a client, without a grant')
for key in sorted(KNOWN - met):
    tree.complain('tests/lint/second_wall.py', 0, f'{key} does not read rows of a client any more')
tree.finish('second_wall')

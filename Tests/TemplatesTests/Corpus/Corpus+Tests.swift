extension Corpus {
    static let tests = [
        "{{ name is defined }} {{ missing is defined }} {{ missing is undefined }} {{ settings.missing is defined }} {{ settings.workers is defined }} {{ numbers[99] is defined }}",
        "{{ nothing is none }} {{ zero is none }} {{ missing is none }} {{ missing is string }} {{ missing is mapping }} {{ missing is number }}",
        "{{ 'x' is string }} {{ 1 is string }} {{ ('x'|e) is string }} {{ 1 is number }} {{ 1.5 is number }} {{ true is number }} {{ '1' is number }}",
        "{{ 1 is integer }} {{ true is integer }} {{ 1.0 is integer }} {{ 1.0 is float }} {{ 1 is float }} {{ true is boolean }} {{ 1 is boolean }}",
        "{{ settings is mapping }} {{ {} is mapping }} {{ [] is mapping }} {{ [] is sequence }} {{ 'x' is sequence }} {{ {} is sequence }} {{ 1 is sequence }} {{ range(2) is sequence }} {{ settings.items() is sequence }}",
        "{{ [] is iterable }} {{ 'x' is iterable }} {{ settings is iterable }} {{ 1 is iterable }} {{ none is iterable }} {{ words|map('upper') is iterable }} {{ (words|map('upper')) is iterable }} {{ range(2) is iterable }}",
        "{{ true is true }} {{ 1 is true }} {{ false is false }} {{ 0 is false }} {{ none is false }} {{ yes is true }}",
        "{{ 3 is odd }} {{ 4 is even }} {{ -3 is odd }} {{ 0 is even }} {{ 2.0 is even }} {{ 9 is divisibleby 3 }} {{ 9 is divisibleby(4) }} {{ 9 is not divisibleby 4 }}",
        "{{ 1 is eq 1 }} {{ 1 is equalto(1.0) }} {{ 1 is ne 2 }} {{ 1 is lt 2 }} {{ 1 is le 1 }} {{ 1 is gt 2 }} {{ 1 is ge 1 }} {{ 1 is lessthan 2 }} {{ 2 is greaterthan 1 }}",
        "{{ 1 is in [1, 2] }} {{ 'a' is in 'abc' }} {{ 3 is not in [1] }} {{ 'workers' is in settings }}",
        "{{ 'abc' is lower }} {{ 'ABC' is upper }} {{ 'Abc' is lower }} {{ '12' is lower }} {{ 'a1' is lower }} {{ '' is upper }}",
        "{{ 'upper' is filter }} {{ 'nope' is filter }} {{ 'odd' is test }} {{ 'nope' is test }} {{ ('<'|e) is escaped }} {{ '<' is escaped }}",
        "{{ 1 is odd and 2 is even }} {{ not 1 is odd }} {{ 1 is not odd }} {{ 1 is odd or missing }} {{ 1 is defined == true }} {{ 'a' if 1 is odd else 'b' }}",
        "{{ 1 + 2 is odd }} {{ (1 + 2) is odd }} {{ 2 * 3 is even }} {{ 'a' ~ 1 is odd }} {{ users is sequence and users|length is odd }} {{ -1 is odd }}",
        "{{ 8 is divisibleby settings.workers }} {{ 4 is eq settings['workers'] }} {{ [1] is eq [1] }} {{ (1, 2) is eq((1, 2)) }} {{ 'xy' is eq 'x' 'y' }} {{ 1 is eq none }} {{ {} is eq {} }}",
        "{% if missing is defined and missing.attribute %}a{% else %}b{% endif %} {% if missing is not defined or missing %}c{% endif %}",
        "{% if settings.missing is undefined %}undefined{% endif %} {{ 'ok' if tricky.none is not defined }}",
    ]

    static let methods = [
        "{{ settings.get('workers') }} {{ settings.get('missing') }} {{ settings.get('missing', 7) }} {{ {1: 'a'}.get(1) }} {{ tricky.get('items') }}",
        "{{ settings.items()|list|length }} {{ settings.keys()|list }} {{ settings.values()|list }} {% for k, v in tricky.items() %}{{ k }}={{ v }} {% endfor %}",
        "{{ 'a,b,c'.split(',') }} {{ ' a  b '.split() }} {{ 'a,b,c'.split(',', 1) }} {{ 'a b c'.split(none, 1) }} {{ ''.split() }} {{ ''.split(',') }} {{ 'a,b'.split(sep=',') }} {{ ' a  b  c '.split(maxsplit=1) }}",
        "{{ 'a,b,c'.rsplit(',', 1) }} {{ ' a b c '.rsplit(none, 1) }} {{ 'a--b--c'.rsplit('--', 1) }} {{ 'abc'.rsplit('x') }}",
        "{{ ', '.join(words) }} {{ '-'.join('abc') }} {{ ''.join([]) }}|",
        "{{ text.upper() }} {{ text.lower() }} {{ 'hELLO wORLD'.title() }} {{ \"it's a2b\".title() }} {{ 'hELLO'.capitalize() }}",
        "{{ '  x '.strip() }}| {{ '  x '.lstrip() }}| {{ '  x '.rstrip() }}| {{ 'xxaxx'.strip('x') }} {{ 'xay'.lstrip('xy') }} {{ 'xay'.rstrip('xy') }}",
        "{{ name.startswith('key') }} {{ name.endswith('stone') }} {{ name.startswith(('a', 'k')) }} {{ name.endswith('x') }} {{ name.startswith('') }}",
        "{{ 'aaa'.replace('a', 'b') }} {{ 'aaa'.replace('a', 'b', 1) }} {{ 'hello'.find('l') }} {{ 'hello'.find('x') }} {{ unicode.find('東') }} {{ 'hello'.index('e') }} {{ 'hello'.count('l') }} {{ 'abc'.count('') }}",
        "{{ '12'.isdigit() }} {{ '1a'.isdigit() }} {{ 'ab'.isalpha() }} {{ 'a1'.isalnum() }} {{ ' '.isspace() }} {{ ''.isdigit() }} {{ 'ab'.islower() }} {{ 'AB'.isupper() }}",
        "{{ '7'.zfill(3) }} {{ '-7'.zfill(4) }} {{ 'a'.ljust(3) }}| {{ 'a'.rjust(3) }}| {{ 'a'.ljust(3, '.') }} {{ 'ab'.center(5, '*') }} {{ 'abc'.zfill(2) }}",
        "{{ lines.splitlines() }} {{ 'a\\n\\nb\\n'.splitlines() }} {{ 'a\\r\\nb'.splitlines(true) }} {{ ''.splitlines() }} {{ 'a\\x0bb\\u2028c'.splitlines() }}",
        "{{ 'prefix-x'.removeprefix('prefix-') }} {{ 'x.j2'.removesuffix('.j2') }} {{ 'x'.removesuffix('y') }}",
        "{{ numbers.index(2) }} {{ [1, 1, 2].count(1) }} {{ (1, 2).index(2) }} {{ settings.copy() == settings }}",
        "{{ 'a=1;b=2'.split(';')|map('replace', '=', ':')|join(',') }} {{ name.split('s')[0].upper() }} {{ ('a' ~ 'b').upper() }} {{ 'x'.upper().lower() }}",
    ]
}

import Model

/// Templates that must render to the same bytes as in Python's Jinja, and templates that both must refuse.
enum Corpus {
    static let context: [String: Value] = [
        "name": "keystone",
        "empty": "",
        "text": "The quick brown fox, it's <b>bold</b> & \"quoted\"",
        "lines": "first\nsecond\n\n  third\r\nlast",
        "unicode": "Grüße, 東京 – ŠŽ",
        "count": 3,
        "zero": 0,
        "negative": -7,
        "pi": 3.14159,
        "big": 1e22,
        "small": 1.5e-7,
        "yes": true,
        "no": false,
        "nothing": nil,
        "numbers": [3, 1, 2, 10, -4],
        "words": ["beta", "Alpha", "gamma", "alpha", "Beta"],
        "mixed": [1, "two", 3.0, nil, true, ["nested", 2], ["key": "value"]],
        "none_of": [],
        "no_keys": .map(ValueMap()),
        "settings": ["workers": 4, "log_level": "debug", "ratio": 1.0, "debug": true, "hosts": ["a", "b"]],
        "users": [
            ["name": "ann", "age": 31, "city": "Rome", "admin": true],
            ["name": "Bob", "age": 25, "city": "rome", "admin": false],
            ["name": "cid", "age": 31, "city": "Oslo", "admin": false],
        ],
        "members": [
            ["name": "db1", "address": "198.18.0.1", "ports": ["sql": 3306]],
            ["name": "db2", "address": "198.18.0.2", "ports": ["sql": 3307]],
        ],
        "tree": [
            ["name": "root", "children": [["name": "leaf", "children": []], ["name": "twig", "children": []]]],
            ["name": "other", "children": []],
        ],
        "tricky": ["items": "own", "keys": [1], "with space": "s", "0": "zero", "o'clock": "q\"uote"],
    ]

    static let all = whitespace + expressions + statements + filters + tests + methods
    static let refused = refusedWhenParsed + refusedWhenRendered
}

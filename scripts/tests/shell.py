"""Reads shell scripts as far as it takes to tell which commands they call."""

import re

BUILTINS = set(
    ". : [ [[ alias bg break builtin cd command compgen complete continue declare dirs disown echo enable eval exec exit"
    " export false getopts hash help history jobs kill let local logout mapfile printf pwd read readonly return set shift"
    " shopt source test times trap true type typeset ulimit umask unalias unset wait"
    " if then else elif fi while until for do done case esac in select function time { } ! coproc".split()
)
# Commands whose own arguments are a command, after options, numbers and assignments.
WRAPPERS = {
    "command", "coproc", "env", "exec", "nice", "nsenter", "set_apart", "setpriv", "setsid", "time", "timeout", "unshare",
    "wait_for", "wait_until", "xargs", "!",
}
OPENERS = {"if", "then", "else", "elif", "while", "until", "do", "{", "!", "time"}


def functions(text):
    """The names of the functions that a script defines."""
    return set(re.findall(r"^\s*(?:function\s+)?([\w-]+)\s*\(\)", text, re.MULTILINE))


class Shell:
    """One script."""

    def __init__(self, text):
        self.text = text
        self.place = 0
        self.found = set()
        self.heredocs = []

    def commands(self):
        """The names of the commands that it calls, its own functions among them."""
        self.list(end="")
        return {name for name in self.found - BUILTINS - functions(self.text) if re.fullmatch(r"[\w./+-]+", name)}

    def peek(self, length=1):
        return self.text[self.place:self.place + length]

    def list(self, end):
        """Reads commands up to `end`, a parenthesis or the end of the text."""
        begins, wrapped, skips, cases, script = True, False, False, [], False
        while self.place < len(self.text):
            character = self.peek()
            if character in " \t":
                self.place += 1
            elif self.peek(2) == "\\\n":
                self.place += 2
            elif character == "#":
                while self.peek() not in ("", "\n"):
                    self.place += 1
            elif character == "\n":
                self.place += 1
                self.skip_heredocs()
                begins, wrapped, skips, script = True, False, False, False
            elif self.peek(2) in (";;", ";&"):
                self.place += 2
                if cases:
                    cases[-1] = True
            elif begins and self.peek(2) == "((":
                self.arithmetic()
                begins = False
            elif character in ";&|(" :
                self.place += 1
                begins, wrapped, skips, script = True, False, False, False
            elif character == ")":
                self.place += 1
                if cases and cases[-1]:
                    cases[-1], begins = False, True
                elif end == ")":
                    return
            elif self.peek(2) in ("<(", ">("):
                self.place += 2
                self.list(")")
            elif heredoc := re.compile(r"<<-?\s*(['\"]?)([\w]+)\1").match(self.text, self.place):
                if self.peek(3) != "<<<":
                    self.heredocs.append(heredoc[2])
                self.place = heredoc.end()
            elif character in "<>":
                self.place += len(re.compile(r"<<<|[<>]+[&|]?").match(self.text, self.place)[0])
                skips = True
            else:
                word = self.word()
                if skips:
                    skips = False
                elif word == "esac":
                    cases = cases[:-1]
                    begins = False
                elif cases and cases[-1] is None:
                    if word == "in":
                        cases[-1] = True
                elif cases and cases[-1]:
                    pass  # a pattern
                elif re.fullmatch(r"\d+", word) and self.peek() in "<>":
                    pass
                elif wrapped and word == "--propagation":
                    skips = True
                elif begins or wrapped:
                    if re.match(r"[\w]+(\[[^]]*\])?\+?=", word) or (wrapped and re.match(r"[-\d$\"]", word)):
                        if word.startswith("$") or word.startswith('"'):
                            begins = wrapped = False
                        continue
                    name = word.strip("'\"")
                    self.found.add(name)
                    if name == "case":
                        cases.append(None)
                    if name == "[[":
                        self.test()
                    script = name in ("sh", "bash")
                    wrapped = name in WRAPPERS
                    begins = name in OPENERS
                elif script and word[0] in "'\"" and len(word) > 2:
                    # A script within the script, behind sh -c.
                    self.found |= Shell(word[1:-1]).commands()
                    script = False

    def test(self):
        """Reads an expression in double brackets, whose words are no commands."""
        while self.place < len(self.text):
            if self.peek() in " \t\n()<>|&;":
                self.place += 1
            elif self.word() == "]]":
                return

    def word(self):
        """Reads a word, and the commands that are substituted in it."""
        start = self.place
        while (character := self.peek()) and character not in " \t\n;&|<>)":
            if character == "(":
                # Of an array, a function or a pattern.
                if self.text[start:self.place].endswith("="):
                    self.place += 1
                    self.array()
                    continue
                if self.peek(2) == "()":
                    self.place += 2
                    continue
                self.place += 1
                self.skip_group()
            elif character == "\\":
                self.place += 2
            elif character == "'":
                self.place = self.text.find("'", self.place + 1) + 1 or len(self.text)
            elif self.peek(2) == "$'":
                self.place += 2
                while self.peek() not in ("", "'"):
                    self.place += 2 if self.peek() == "\\" else 1
                self.place += 1
            elif character == '"':
                self.quoted()
            elif character == "$":
                self.expansion()
            else:
                self.place += 1
        if self.place == start:
            self.place += 1
        return self.text[start:self.place]

    def array(self):
        """Reads the words of an array up to its end."""
        while self.peek() not in ("", ")"):
            if self.peek() == "#":
                while self.peek() not in ("", "\n"):
                    self.place += 1
            elif self.peek() in " \t\n<>;&|":
                self.place += 1
            else:
                self.word()
        self.place += 1

    def skip_group(self):
        """Skips up to the parenthesis that ends a pattern."""
        depth = 1
        while depth and self.place < len(self.text):
            depth += {"(": 1, ")": -1}.get(self.peek(), 0)
            self.place += 1

    def quoted(self):
        """Reads a text in double quotes."""
        self.place += 1
        while self.peek() not in ("", '"'):
            if self.peek() == "\\":
                self.place += 2
            elif self.peek() == "$":
                self.expansion()
            else:
                self.place += 1
        self.place += 1

    def expansion(self):
        """Reads what a dollar sign begins."""
        if self.peek(3) == "$((":
            self.place += 1
            self.arithmetic()
        elif self.peek(2) == "$(":
            self.place += 2
            self.list(")")
        elif self.peek(2) == "${":
            self.place += 2
            while self.peek() not in ("", "}"):
                if self.peek() == "\\":
                    self.place += 2
                elif self.peek() == "$":
                    self.expansion()
                elif self.peek() == '"':
                    self.quoted()
                else:
                    self.place += 1
            self.place += 1
        else:
            self.place += 1

    def arithmetic(self):
        """Reads an arithmetic expression in double parentheses."""
        depth = 0
        while self.place < len(self.text):
            if self.peek() == "$":
                self.expansion()
                continue
            depth += {"(": 1, ")": -1}.get(self.peek(), 0)
            self.place += 1
            if depth == 0:
                return

    def skip_heredocs(self):
        """Skips the texts whose operators were in the line that ended."""
        for delimiter in self.heredocs:
            end = re.compile(rf"^\t*{delimiter}$", re.MULTILINE).search(self.text, self.place)
            self.place = end.end() + 1 if end else len(self.text)
        self.heredocs = []

"""The corpus: strings that want to do harm, built family by family.

`FAMILIES` is family → strings. Each string is raw and of any length. `fitting` gives those for a narrower field.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

ESC, BEL, ST = "\x1b", "\x07", "\x1b\\"
MEGABYTE = 1_000_000
LONGEST_NAME = 1_000
_SURROGATE = re.compile("[\ud800-\udfff]")
"""Characters that a name may have in a scenario and in a CSV file."""


def _csi() -> Iterator[str]:
    for final in "ABCDEFGHJKLMPSTXZ@`abcdefghilmnpqrstux":
        yield f"{ESC}[2{final}owned"
    yield from (f"{ESC}[?{mode}h" for mode in (5, 25, 47, 1000, 1003, 1049, 2004, 2026))
    yield from (f"{ESC}[{query}" for query in ("c", "6n", ">c", "=c", "21t", "18t", "14t"))
    yield from (f"{ESC}[", f"{ESC}[999999999999m", f"{ESC}[1;1H{ESC}[2J", f"{ESC}[?1;2;3;4y")
    yield from (
        f"{ESC}[38;2;255;0;0mred{ESC}[0m",
        f"{ESC}[8minvisible",
        f"{ESC}[!p",
        f"{ESC}[>4;2m",
    )


def _osc() -> Iterator[str]:
    for number, what in (
        (0, "owned"), (1, "icon"), (2, "title"), (4, "1;rgb:ff/00/00"), (7, "file:///etc/passwd"),
        (8, ";https://evil.example"), (9, "notice"), (10, "?"), (11, "#000000"), (12, "red"),
        (50, "Font"), (52, "c;cm0gLXJmIC8="), (52, "c;?"), (104, ""), (133, "A"),
        (777, "notify;a;b"), (1337, "File=inline=1:AAAA"),
    ):  # fmt: skip
        yield f"{ESC}]{number};{what}{BEL}"
        yield f"{ESC}]{number};{what}{ST}"
    yield f"{ESC}]8;;https://evil.example{ST}click{ESC}]8;;{ST}"
    yield f"{ESC}]0;never ended"


def _other_strings() -> Iterator[str]:
    """DCS, APC, PM, SOS, and what stands alone."""
    for opener in "P_^X":
        yield f"{ESC}{opener}owned{ST}"
        yield f"{ESC}{opener}owned"
    yield from (f"{ESC}P+q544e{ST}", f'{ESC}P$q"p{ST}', f"{ESC}PtmuX;{ESC}{ESC}]0;x{BEL}{ST}")
    yield f"{ESC}_Ga=T,f=100;AAAA{ST}"  # the graphics of kitty
    yield from (f"{ESC}{final}x" for final in "NOcDEHMZ78=>lmno|}~")
    yield from (f"{ESC}{set_}" for set_ in ("(0", ")0", "%G", "%@", "#8", " F", ESC, ""))


def _c1() -> Iterator[str]:
    yield from (f"a{chr(code)}31mb" for code in range(0x80, 0xA0))
    yield "\x9d0;owned\x9c"
    yield "\x9b2J"


def _c0() -> Iterator[str]:
    yield from (f"a{chr(code)}b" for code in range(0x20))
    yield from (
        "\x7f" * 3,
        "a\x08\x08\x08bcd",
        "real\rfake",
        "\x00",
        "\r\n" * 5,
        "\x0e0\x0f",
        "\x1a",
    )


def _markup() -> Iterator[str]:
    yield from (
        "[/prod] [b", "[bold red]x[/]", "[/]", "[", "]", "[[", "\\[b]", "[@click=app.quit]x[/]",
        "[@click=app.bell()]x[/]", "[link=https://evil.example]x[/link]", "[on red]", "[$error]x",
        "[reverse][blink]x", "[/bold", "[b]" * 300, ":skull:", "{0}", "{name}", "$name", "${x}",
        "<b>x</b>", "&lt;", "[red", "[not a tag]", "[1,2]", "[#ff0000]x", "[/not-open]", "[]",
    )  # fmt: skip


def _bidi() -> Iterator[str]:
    yield from (f"invoice{chr(code)}gpj.exe" for code in (*range(0x202A, 0x202F), 0x61C))
    yield from (f"a{chr(code)}b\u2069" for code in range(0x2066, 0x206A))
    yield from ("\u200emixed\u200f", "\u202e" * 50, "مصنع 4 \u202eabc", "שלום [b]")


def _no_width() -> Iterator[str]:
    for code in (0xAD, 0x34F, 0x115F, 0x1160, 0x17B4, 0x180E, 0x200B, 0x200C, 0x200D, 0x2060,
                 0x2061, 0x206A, 0x2800, 0x3164, 0xFEFF, 0xFFA0, 0xFFF9, 0xFFFC, 0xFFFE, 0x1D173,
                 0xE0001, 0xE0041, 0x13430, 0x600):  # fmt: skip
        yield f"Fac{chr(code)}tory"
    yield from ("\u200b" * 200, "\ufeff", "tag\U000e0068\U000e0069\U000e007f")


def _combining() -> Iterator[str]:
    yield from ("e\u0301" * 20, "\u0301start", "Z" + "\u0300\u0316\u0327" * 300, "\u20dd" * 9)
    yield from ("ก" + "\u0e47" * 200, "क" + "\u093f" * 50, "ﷺ", "\u0488" * 4, "ᄀ" + "\u1161" * 99)
    yield from ("한" + "\u11a8" * 99, "a\u0333\u0333\u0333\u0333\u0333", "ا" + "\u0651" * 40)
    yield "x" + "\u1abe" * 7 + "y" + "\U0001e8d0" * 7


def _selectors() -> Iterator[str]:
    yield from ("☎\ufe0f", "☎\ufe0e", "a\ufe0f", "葛\U000e0100", "1\ufe0f\u20e3", "\ufe0f" * 9)
    yield from (f"直{chr(code)}" for code in range(0xFE00, 0xFE05))


def _emoji() -> Iterator[str]:
    yield from (
        "👨\u200d👩\u200d👧\u200d👦",
        "👍🏽",
        "🏽",
        "🇨🇳",
        "🇨",
        "🇨🇳🇺🇸🇩",
        "🏴\U000e0067\U000e007f",
    )
    yield from (
        "❤\ufe0f\u200d🔥",
        "🏭" * 30,
        "🫠",
        "👩🏿\u200d🚀",
        "\U0001fae8",
        "\U0001f9d1\u200d",
    )


def _widths() -> Iterator[str]:
    yield from (
        "直" * 500,
        "ｆｕｌｌ",
        "ﾊﾝｶｸ",
        "\u3000a\u3000",
        "①②③",
        "─│╭╮",
        "𠮷野家",
        "\U0001f7e0",
        "㍿",
    )
    yield from (
        "\ue000\uf8ff",
        "\U000f0000",
        "\u0378",
        "\U000323b0",
        "\u00a0a",
        "꧅",
        "𒐫",
        "\U00018cd6",
    )


def _long() -> Iterator[str]:
    yield from ("A" * MEGABYTE, "直" * (MEGABYTE // 3), ESC * MEGABYTE, "[" * MEGABYTE)
    yield from ("\u0301" * MEGABYTE, "a " * (MEGABYTE // 2), "\n" * MEGABYTE)


def _surrogates() -> Iterator[str]:
    yield from (
        "\ud800",
        "a\udfffb",
        "\udc80\udcff",
        "\ude00\ud83d",
        "\ud83dx",
        "bytes\udc1b\udc9b",
    )


def _lines() -> Iterator[str]:
    yield from (
        f"one{end}two" for end in ("\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\x1c", "\x1e")
    )
    yield from ("x\r\n\r\ny", "\ntrailing\n", "a\n\n\n")


def _formulas() -> Iterator[str]:
    yield from (f"{start}1+1" for start in "=+-@\t\r＝＋－＠")
    yield from (
        "=cmd|' /C calc'!A0", " =1+1", "\u00a0=1+1", "\u3000=1", "\n=1", "'=1", '"=1"', "a;=1+1",
        '=HYPERLINK("https://evil.example","x")', "@SUM(A1:A9)", '","=1+1', "%0A=1", "−1+1", "\x00=1",
        "\u200b=1+1", "|calc",
    )  # fmt: skip


def _calendar() -> Iterator[str]:
    yield from (
        "x\r\nEND:VEVENT\r\nBEGIN:VALARM", "x\r\n ATTACH:https://evil.example", "a;b,c\\n\\,",
        "x\nURL:https://evil.example", 'X;ALTREP="https://evil.example":y', "\\", "x\r\n\tfolded",
        "BEGIN:VCALENDAR", "^n^'", "é" * 200,
    )  # fmt: skip


def _metrics() -> Iterator[str]:
    yield from (
        'x"} 1\nrenewal_severity{account="y"} 0', 'a",id="b', "back\\slash\\", "\\n", "# HELP x y",
        'x"', "{}", "a\nb 1", "NaN", "# EOF",
    )  # fmt: skip


def _code() -> Iterator[str]:
    """JSON, SQL, shell, printf, templates."""
    yield from (
        '"}],"severity":"ok"', "\\u001b[2J", "\\ud800", "null", '{"a": 1}', "1e999", "'; DROP TABLE items; --",
        '" OR 1=1 --', "' UNION SELECT * FROM payments --", "%", "_", "*", "a' || 'b", "?1", ":account",
        "$(reboot)", "`reboot`", "; rm -rf /", "| tee x", "&& x", "$IFS", "~", "!!", "\\x1b[2J",
        "%s%n%x", "%(name)s", "{0.__class__}", "{{7*7}}", "\\033[2J", "%99999999s", "-", "--", "--yes",
        "--months=12", "-rf", "True", "None", "0", "NaN", "1,234.56", "2026-13-45T99:99:99Z",
    )  # fmt: skip


def _paths() -> Iterator[str]:
    yield from (
        "../../../../etc/passwd", "/dev/tty", "C:\\CON", "..\\..\\x", "file:///etc/passwd",
        "javascript:alert(1)", "https://evil.example/\u202e", "https://аliyun.com", "//evil.example",
        "https://user:pw@evil.example", "http://[::1]/", "data:text/html,x", "a/../b", ".", "..", "~/x",
        "https://vod.console.aliyun.com.evil.example", "https://evil.example/%1b%5b2J", "\\\\host\\share",
    )  # fmt: skip


FAMILIES: dict[str, tuple[str, ...]] = {
    family.__name__.strip("_"): tuple(family())
    for family in (
        _csi,
        _osc,
        _other_strings,
        _c1,
        _c0,
        _markup,
        _bidi,
        _no_width,
        _combining,
        _selectors,
        _emoji,
        _widths,
        _long,
        _surrogates,
        _lines,
        _formulas,
        _calendar,
        _metrics,
        _code,
        _paths,
    )
}
CORPUS: tuple[str, ...] = tuple(dict.fromkeys(text for each in FAMILIES.values() for text in each))
"""Every string once."""


def fitting() -> tuple[str, ...]:
    """What a scenario or a CSV file may hold: no lone surrogates, 1,000 characters at most."""
    cut = (text[:LONGEST_NAME] for text in CORPUS if _SURROGATE.search(text) is None)
    return tuple(dict.fromkeys(cut))

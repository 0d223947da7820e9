"""A paper as one HTML file to be printed: no script, no address, everything that came from elsewhere escaped."""

from __future__ import annotations

from html import escape

from matcher.export.paper import Block, Heading, Line, Paper, Paragraph, Point, Points, Table
from matcher.model.visible import visible_line

# The file may load nothing and run nothing, whatever a text in it says.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_STYLE = """\
@page { size: A4; margin: 16mm 14mm 18mm; @bottom-right { content: counter(page) " / " counter(pages); font: 8pt sans-serif; color: #555; } }
* { box-sizing: border-box; }
html { font: 10.5pt/1.4 "Helvetica Neue", Arial, "Liberation Sans", sans-serif; color: #1c2228; background: #fff; }
body { max-width: 190mm; margin: 0 auto; padding: 8mm 4mm; }
h1 { font-size: 17pt; margin: 0 0 2mm; }
h2 { font-size: 13pt; margin: 8mm 0 1mm; border-bottom: 1.5pt solid #1c2228; padding-bottom: 1mm; break-after: avoid; }
h3 { font-size: 10.5pt; margin: 5mm 0 1mm; break-after: avoid; }
h1, h2, h3, p, td { overflow-wrap: anywhere; }
p { margin: 0 0 1.5mm; }
table { width: 100%; border-collapse: collapse; margin: 1mm 0 3mm; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
th { text-align: left; font-size: 8.5pt; color: #444; }
td, th { vertical-align: top; padding: 1.2mm 2mm 1.2mm 0; border-bottom: .5pt solid #b9bfc5; }
td.label { width: 13mm; font-weight: bold; font-size: 9pt; }
td.blanks { width: 58mm; white-space: pre-wrap; font-size: 9.5pt; line-height: 1.9; }
td.short, th { white-space: nowrap; }
td p { margin: 0; }
td p + p { margin-top: .6mm; }
.faint { color: #4a5560; font-size: 9.5pt; }
.strong { font-weight: bold; }
.blank { white-space: pre-wrap; }
.fail { color: #9a3c00; } .unknown { color: #6b5400; } .review { color: #63408c; } .pass { color: #16587f; } .na { color: #4a5560; }
footer { margin-top: 8mm; padding-top: 2mm; border-top: .5pt solid #b9bfc5; font-size: 8.5pt; color: #444; }
@media print { body { max-width: none; padding: 0; } h2.page { break-before: page; margin-top: 0; } }
"""


def html(paper: Paper) -> str:
    """The paper as HTML text: the same paper always gives the same text."""
    title = escape(visible_line(paper.title))
    return "\n".join([
        "<!DOCTYPE html>", '<html lang="en">', "<head>", '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">', '<meta name="referrer" content="no-referrer">',
        f"<title>{title}</title>", f"<style>\n{_STYLE}</style>", "</head>", "<body>", f"<h1>{_safe(paper.title)}</h1>",
        *map(_block, paper.blocks), f"<footer>{_safe(paper.foot)}</footer>", "</body>", "</html>", "",
    ])  # fmt: skip


def _safe(text: str) -> str:
    """Text that can only be read, kept apart from the direction of what stands around it."""
    return f"<bdi>{escape(visible_line(text))}</bdi>" if not text.isascii() else escape(visible_line(text))


def _block(block: Block) -> str:
    match block:
        case Heading(level, text, page, verdict):
            classes = " ".join(filter(None, ["page" if page else "", verdict.replace("/", "")]))
            return f'<h{level}{f""" class="{classes}" """.rstrip() if classes else ""}>{_safe(text)}</h{level}>'
        case Paragraph(lines):
            return "\n".join(map(_line, lines))
        case Table(head, rows, wide):
            top = "".join(f'<th scope="col">{_safe(cell)}</th>' for cell in head)
            tags = ["<td>" if name in wide else '<td class="short">' for name in head]
            body = "\n".join("<tr>" + "".join(f"{tag}{_safe(cell)}</td>" for tag, cell in zip(tags, row, strict=True)) + "</tr>" for row in rows)
            return f"<table>\n<thead><tr>{top}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>"
        case Points(points):
            return "<table>\n" + "\n".join(map(_point, points)) + "\n</table>"


def _line(line: Line) -> str:
    return f'<p{f""" class="{line.style}" """.rstrip() if line.style else ""}>{escape(line.text) if line.style == "blank" else _safe(line.text)}</p>'


def _point(point: Point) -> str:
    words = "".join(map(_line, point.lines))
    blanks = f'<td class="blanks">{"<br>".join(map(escape, point.blanks))}</td>' if point.blanks else ""
    return f'<tr><td class="label">{_safe(point.label)}</td><td>{words}</td>{blanks}</tr>'


__all__ = ["html"]

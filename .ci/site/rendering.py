"""Markdown to HTML: links made the site's own, anchors at headings, code in colours, and the text of each section for search."""

import html
import re

from markdown_it import MarkdownIt


def anchor_of(text):
    """The anchor of a heading, as pages name it in links: `Environment image` is `Environment-image`."""
    return re.sub(r"[^\w.-]+", "-", re.sub(r"[`'’:,()]", "", text)).strip("-")


def marked(kind, text):
    return f'<span class="{kind}">{html.escape(text)}</span>'


def colored(language, text):
    """Code with what helps reading it: comments, keys, prompts, and lines that came and went."""
    lines = []
    for line in text.splitlines():
        if language == "console":
            lines.append(marked("prompt", "$ ") + marked("typed", line[2:]) if line.startswith("$ ") else html.escape(line))
        elif language == "diff":
            kind = {"+": "plus", "-": "minus", "#": "comment", "@": "comment"}.get(line[:1])
            lines.append(marked(kind, line) if kind else html.escape(line))
        elif language in ("yaml", "sh", "gitattributes"):
            code, comment = re.match(r"((?:[^#'\"]|'[^']*'|\"[^\"]*\"|(?<=\S)#|['\"])*)(.*)", line).groups()
            key = re.match(r"(\s*(?:- )?)([\w.-]+:)(?=\s|$)", code) if language == "yaml" else None
            shown = html.escape(key[1]) + marked("key", key[2]) + html.escape(code[key.end():]) if key else html.escape(code)
            lines.append(shown + (marked("comment", comment) if comment else ""))
        else:
            lines.append(html.escape(line))
    return "\n".join(lines)


class Renderer:
    def __init__(self, address, title):
        self.address = address
        self.title = title
        self.markdown = MarkdownIt("commonmark", {"html": True}).enable("table")
        self.markdown.add_render_rule("fence", lambda _, tokens, index, *more: self.code(tokens[index]))
        self.markdown.add_render_rule("code_block", lambda _, tokens, index, *more: self.code(tokens[index]))
        self.markdown.add_render_rule("table_open", lambda *_: '<div class="table"><table>\n')
        self.markdown.add_render_rule("table_close", lambda *_: "</table></div>\n")

    def code(self, token):
        language = token.info.split()[0] if token.info.strip() else "text"
        return f'<pre class="{html.escape(language)}"><code>{colored(language, token.content)}\n</code></pre>\n'

    def links(self, tokens):
        for index, token in enumerate(tokens):
            if token.type == "link_open":
                link = token.attrGet("href")
                if link.startswith("doc:"):
                    name, _, part = link[4:].partition("#")
                    if token.info == "auto":
                        tokens[index + 1].content = self.title(name) if not part else f"{self.title(name)}: {part.replace('-', ' ')}"
                token.attrSet("href", self.address(link))
            elif token.type == "image":
                token.attrSet("src", self.address(token.attrGet("src")))

    def render(self, text):
        """The page, its headings as (level, anchor, HTML), and its sections as (anchor, heading, text)."""
        tokens = self.markdown.parse(text)
        headings, sections, taken = [], [], set()
        anchor = heading = ""
        words = []

        def close():
            sections.append((anchor, heading, re.sub(r"\s+", " ", " ".join(words)).strip()[:700]))
            words.clear()

        for index, token in enumerate(tokens):
            if token.type == "inline":
                self.links(token.children)
            if token.type == "heading_open":
                inline = tokens[index + 1]
                self.links(inline.children)
                plain = "".join(child.content for child in inline.children)
                if token.tag != "h1":
                    close()
                    anchor, heading = anchor_of(plain), plain
                    while anchor in taken:
                        anchor += "-2"
                    taken.add(anchor)
                    token.attrSet("id", anchor)
                    if token.tag in ("h2", "h3") and plain not in ("Overview", "Topics"):
                        headings.append((int(token.tag[1]), anchor, html.escape(plain)))
            elif token.type == "inline" and tokens[index - 1].type != "heading_open":
                words.append("".join(
                    child.content if child.content else " " for child in token.children if child.type != "html_inline"))
            elif token.type == "fence":
                words.append(token.content[:300])
        close()
        return self.markdown.renderer.render(tokens, self.markdown.options, {}), headings, sections

// Search over the sections of all pages, whose texts stand in search-index.js: [page, heading, address, text]. It is read
// when somebody begins to search: no page waits for it.
"use strict";
{
  const query = document.getElementById("query");
  const results = document.getElementById("results");
  const status = document.getElementById("status");
  const most = 20;
  let entries;

  const read = () => {
    const index = document.createElement("script");
    index.src = "search-index.js";
    index.addEventListener("load", () => {
      entries = window.searchIndex.map(([page, heading, address, text]) =>
        ({ page, heading, address, text, titles: `${page} ${heading}`.toLowerCase(), all: `${page} ${heading} ${text}`.toLowerCase() }));
      show();
    });
    document.head.append(index);
  };
  query.addEventListener("focus", read, { once: true });

  const score = (entry, words) => {
    let sum = 0;
    for (const word of words) {
      if (!entry.all.includes(word)) return 0;
      sum += 1;
      if (entry.titles.includes(word)) sum += 10;
      if (entry.heading.toLowerCase() === word || entry.page.toLowerCase() === word) sum += 20;
      if (!entry.heading) sum += 2;
    }
    return sum;
  };

  const excerpt = (entry, word) => {
    const at = Math.max(0, entry.text.toLowerCase().indexOf(word) - 40);
    return (at ? "…" : "") + entry.text.slice(at, at + 120);
  };

  const show = () => {
    if (!entries) return;
    const words = query.value.toLowerCase().split(/\s+/).filter(Boolean);
    results.replaceChildren();
    results.hidden = words.length === 0;
    if (!words.length) { status.textContent = ""; return; }
    const found = entries.map(entry => [score(entry, words), entry]).filter(([points]) => points)
      .sort(([one], [other]) => other - one);
    for (const [, entry] of found.slice(0, most)) {
      const link = document.createElement("a");
      link.href = entry.address;
      const title = document.createElement("strong");
      title.textContent = entry.heading ? `${entry.page}: ${entry.heading}` : entry.page;
      const text = document.createElement("span");
      text.textContent = excerpt(entry, words[0]);
      link.append(title, text);
      const item = document.createElement("li");
      item.append(link);
      results.append(item);
    }
    status.textContent = found.length ? `${found.length} found` : "Nothing found";
    if (!found.length) {
      const item = document.createElement("li");
      item.className = "none";
      item.textContent = "Nothing found";
      results.append(item);
    }
  };

  const links = () => [...results.querySelectorAll("a")];
  query.addEventListener("input", show);
  document.addEventListener("keydown", event => {
    if (event.key === "/" && !/^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName)) {
      event.preventDefault();
      query.focus();
    } else if (event.key === "Escape" && !results.hidden) {
      query.value = "";
      show();
      query.focus();
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && !results.hidden) {
      const all = [query, ...links()];
      const next = all[all.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1)];
      if (all.includes(document.activeElement) && next) {
        event.preventDefault();
        next.focus();
      }
    } else if (event.key === "Enter" && document.activeElement === query && links().length) {
      location.href = links()[0].href;
    }
  });
  document.addEventListener("click", event => {
    if (!event.target.closest(".search")) results.hidden = true;
    // A link to a place of this page closes the results, too.
    if (event.target.closest("#results a")) results.hidden = true;
  });
  query.addEventListener("focus", () => { if (query.value) results.hidden = false; });
  document.querySelector(".search").hidden = false;

  // What scrolls by itself is reached by the keyboard.
  const reach = () => {
    for (const box of document.querySelectorAll("pre, .table")) {
      if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
      else box.removeAttribute("tabindex");
    }
  };
  addEventListener("resize", reach);
  reach();

  // The list of pages is folded where it would stand above the page.
  if (matchMedia("(max-width: 60rem)").matches) document.querySelector("details.pages").open = false;
}

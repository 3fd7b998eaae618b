// Adds search and the surroundings of one thing. The page is whole without it: it reads what stands there, and makes
// no text but what it finds in the page.
"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const entries = [...document.querySelectorAll("[data-entry]")];
  const picture = document.querySelector("svg.picture");
  const focus = byId("focus");
  const idOf = (link) => link.getAttribute("href").slice(1);

  // What stands on what: for each entry the ones before it and the ones behind it.
  const before = new Map();
  const behind = new Map();
  const join = (map, from, to) => (map.get(from) || map.set(from, new Set()).get(from)).add(to);
  for (const entry of entries) {
    for (const link of entry.querySelectorAll('[data-rel="base"], [data-rel="image"]')) {
      if (link.closest("[data-entry]") !== entry) continue;
      join(before, entry.id, idOf(link));
      join(behind, idOf(link), entry.id);
    }
  }
  const projectOf = (entry) => entry.closest(".project");
  const titleOf = (entry) => {
    if (entry.dataset.entry === "project") return entry.querySelector("h3").textContent;
    const name = entry.querySelector(".name a").textContent;
    return entry.dataset.entry === "container" ? projectOf(entry).querySelector("h3").textContent + " / " + name : name;
  };
  // What was found about a thing itself.
  const findingsOf = (entry) => (entry.dataset.entry === "project" ? entry.querySelector(".body") : entry)
    .querySelector(":scope > .findings, :scope > .more");
  const reach = (start, map) => {
    const found = new Set();
    const waiting = [...start];
    while (waiting.length) {
      for (const next of map.get(waiting.pop()) || []) {
        if (found.has(next) || start.has(next)) continue;
        found.add(next);
        waiting.push(next);
      }
    }
    return found;
  };
  const element = (name, text, className) => {
    const made = document.createElement(name);
    if (text) made.textContent = text;
    if (className) made.className = className;
    return made;
  };

  // MARK: Surroundings

  const MOST = 40;
  const list = (title, ids) => {
    if (!ids.length) return [];
    const items = element("ol");
    const add = (part) => {
      for (const id of part) {
        const item = element("li");
        const link = element("a", titleOf(byId(id)));
        link.href = "#" + id;
        item.append(link);
        items.append(item);
      }
    };
    add(ids.slice(0, MOST));
    const parts = [element("h3", ids.length > 1 ? `${title} (${ids.length})` : title), items];
    if (ids.length > MOST) {
      const button = element("button", `Show ${ids.length - MOST} more`);
      button.type = "button";
      button.addEventListener("click", () => {
        const first = items.children.length;
        add(ids.slice(MOST));
        button.remove();
        items.children[first].querySelector("a").focus();
      });
      parts.push(button);
    }
    return parts;
  };
  const sorted = (ids) => entries.filter((entry) => ids.has(entry.id)).map((entry) => entry.id);
  const members = (project) => new Set([...project.querySelectorAll("[data-entry]")].map((entry) => entry.id));

  const show = (entry) => {
    const kind = entry.dataset.entry;
    const self = new Set([entry.id, ...(kind === "project" ? members(entry) : [])]);
    const up = reach(self, before);
    const down = reach(self, behind);
    const direct = new Set([...self].flatMap((id) => [...(before.get(id) || [])]).filter((id) => !self.has(id)));
    const next = new Set([...self].flatMap((id) => [...(behind.get(id) || [])]).filter((id) => !self.has(id)));
    const without = (all, some) => new Set([...all].filter((id) => !some.has(id)));
    const isContainer = (id) => byId(id).dataset.entry === "container";
    const images = new Set([...down].filter((id) => !isContainer(id)));
    const containers = new Set([...down].filter(isContainer));

    const top = element("div", "", "top");
    const heading = element("h2", titleOf(entry));
    heading.id = "focus-title";
    heading.tabIndex = -1;
    const close = element("button", "Close");
    close.type = "button";
    close.addEventListener("click", () => leave(entry));
    top.append(heading, close);
    const parts = [top, element("p", "Surroundings of this " + kind, "kind")];
    const facts = element("div", "", "self");
    const found = kind === "project" ? null : entry.querySelector("dl");
    const copy = (found || entry.querySelector(".facts")).cloneNode(true);
    for (const link of copy.querySelectorAll("[data-rel]")) {
      const term = link.closest("div");
      if (term && link.dataset.rel !== "after") term.remove();
    }
    facts.append(copy);
    const told = findingsOf(entry);
    if (told) facts.append(told.cloneNode(true));
    parts.push(facts);
    parts.push(...list(kind === "container" ? "Runs" : "Stands on", sorted(direct)));
    parts.push(...list("And beneath", sorted(without(up, direct))));
    parts.push(...list("Images built on it", sorted(new Set([...images].filter((id) => next.has(id))))));
    parts.push(...list("And further on", sorted(without(images, next))));
    parts.push(...list("Containers that run it", sorted(new Set([...containers].filter((id) => next.has(id))))));
    parts.push(...list("Containers that a change reaches", sorted(without(containers, next))));
    if (kind !== "project" && projectOf(entry)) parts.push(...list("Project", [projectOf(entry).id]));
    focus.replaceChildren(...parts);
    focus.hidden = false;
    document.body.classList.add("focused");
    mark(entry.id, new Set([...self, ...up, ...down]));
    heading.focus({ preventScroll: true });
  };
  const mark = (self, near) => {
    if (!picture) return;
    picture.classList.toggle("chosen", Boolean(self));
    for (const marked of picture.querySelectorAll(".near, .self")) marked.classList.remove("near", "self");
    if (!self) return;
    let seen = false;
    for (const link of picture.querySelectorAll("a[data-for]")) {
      if (link.dataset.for === self) link.classList.add("self");
      if (!near.has(link.dataset.for)) continue;
      seen = true;
      link.classList.add("near");
      const box = link.closest(".box");
      box.classList.add("near");
      box.querySelector(".item").classList.add("near");
    }
    for (const line of picture.querySelectorAll(".line")) {
      const { from, to } = line.dataset;
      if (near.has(from) && near.has(to)) line.classList.add("near");
    }
    // A picture of groups that shows none of it is left as it is.
    if (!seen) picture.classList.remove("chosen");
  };
  const leave = (entry) => {
    history.pushState(null, "", location.pathname + location.search);
    hide();
    const link = entry && (entry.querySelector(".name a") || entry.querySelector("summary"));
    if (link) link.focus({ preventScroll: true });
  };
  const hide = () => {
    focus.hidden = true;
    focus.replaceChildren();
    document.body.classList.remove("focused");
    mark(null);
  };
  const follow = () => {
    const entry = byId(decodeURIComponent(location.hash.slice(1)));
    if (!entry || !entry.dataset.entry) return hide();
    for (let at = entry; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
    entry.hidden = false;
    show(entry);
  };
  addEventListener("hashchange", follow);
  // A click in the picture must not carry the reader away from it.
  if (picture) {
    picture.addEventListener("click", (event) => {
      const link = event.target.closest("a[data-for]");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      const entry = byId(link.dataset.for);
      if (!entry || !entry.dataset.entry) return;
      event.preventDefault();
      history.pushState(null, "", "#" + link.dataset.for);
      show(entry);
    });
  }
  
  // MARK: Search

  const query = byId("query");
  const status = element("p", "", "note");
  status.setAttribute("role", "status");
  const search = byId("search");
  search.hidden = false;
  search.addEventListener("submit", (event) => event.preventDefault());
  byId("projects-heading").after(status);
  let texts = null;
  let folded = null;
  const filter = () => {
    const words = query.value.toLowerCase().split(/\s+/).filter(Boolean);
    texts = texts || entries.map((entry) =>
      (entry.dataset.entry === "project" ? entry.querySelector("summary").textContent + (findingsOf(entry)?.textContent || "")
        : entry.textContent).toLowerCase());
    folded = folded || entries.map((entry) => entry.open);
    let shown = 0;
    const hits = new Map(entries.map((entry, place) => [entry, words.every((word) => texts[place].includes(word))]));
    for (const entry of entries) {
      if (entry.dataset.entry === "project") continue;
      // What matches by its project's name is all that is in it.
      entry.hidden = !hits.get(entry) && !hits.get(projectOf(entry));
      if (!entry.hidden) shown += 1;
    }
    entries.forEach((entry, place) => {
      if (entry.dataset.entry !== "project") return;
      const inside = [...entry.querySelectorAll("[data-entry]")];
      entry.hidden = !hits.get(entry) && inside.every((one) => one.hidden);
      entry.open = words.length ? !entry.hidden : folded[place];
      for (const part of entry.querySelectorAll("h4")) {
        part.hidden = [...part.nextElementSibling.children].every((one) => one.hidden);
        part.nextElementSibling.hidden = part.hidden;
      }
    });
    for (const id of ["pulled", "ports"]) {
      const section = byId(id);
      if (section) section.hidden = [...section.querySelectorAll("[data-entry]")].every((one) => one.hidden);
    }
    if (!words.length) folded = null;
    status.textContent = words.length ? (shown ? `${shown} found` : "Nothing found") : "";
  };
  let timer = 0;
  query.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(filter, 60);
  });
  addEventListener("keydown", (event) => {
    if (event.key === "/" && event.target !== query && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      query.focus();
    }
    if (event.key === "Escape") {
      if (event.target === query && query.value) {
        query.value = "";
        filter();
      } else if (!focus.hidden) {
        leave(byId(decodeURIComponent(location.hash.slice(1))));
      }
    }
  });
  if (location.hash) follow();
})();

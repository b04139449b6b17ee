"use strict";
// Sorting, filtering and opening cards. All of the page can be read without this.
(() => {
  const table = document.getElementById("heat");
  const form = document.getElementById("filters");
  const shown = document.getElementById("shown");
  const body = table.tBodies[0];
  const rows = [...body.rows];
  const cards = new Map(rows.map((row) => [row, document.getElementById(row.id.replace("row-", "card-"))]));
  const language = document.documentElement.lang;
  const order = new Intl.Collator(language, { numeric: true, sensitivity: "base" });

  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase(language);
  const texts = new Map(rows.map((row) => [row, plain(row.dataset.text)]));

  // Filtering: a row stays if every word of the search is in it, and every list allows it.
  const lists = [...form.querySelectorAll("select")];
  const allows = (row, list) => !list.value || row.getAttribute("data-" + list.dataset.by).split(" ").includes(list.value);
  const filter = () => {
    const words = plain(form.elements.search.value).split(/\s+/).filter(Boolean);
    let count = 0;
    for (const row of rows) {
      const text = texts.get(row);
      const stays = words.every((word) => text.includes(word)) && lists.every((list) => allows(row, list));
      row.hidden = !stays;
      cards.get(row).hidden = !stays;
      count += stays;
    }
    shown.textContent = shown.dataset.told.replace("{shown}", count).replace("{total}", rows.length);
  };
  form.hidden = false;
  form.addEventListener("input", filter);
  form.addEventListener("reset", () => setTimeout(filter));
  form.addEventListener("submit", (event) => event.preventDefault());

  // Sorting: a button in each heading; equal rows keep the order they had. The keys of a column
  // are the places of its cells in their order: numbers, of names by the order of the language.
  const keysOf = (column) => {
    const cells = rows.map((row) => row.cells[column]);
    if ("key" in cells[0].dataset) return new Map(cells.map((cell) => [cell.parentElement, +cell.dataset.key]));
    const texts = cells.map((cell) => cell.textContent);
    const places = new Map([...new Set(texts)].sort(order.compare).map((text, place) => [text, place]));
    return new Map(cells.map((cell, n) => [cell.parentElement, places.get(texts[n])]));
  };
  const keys = new Map();
  const sort = (head, column) => {
    const first = head.dataset.sort === "up" ? "ascending" : "descending";
    const other = first === "ascending" ? "descending" : "ascending";
    const way = head.getAttribute("aria-sort") === first ? other : first;
    for (const each of table.tHead.rows[0].cells) each.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", way);
    const sign = way === "ascending" ? 1 : -1;
    if (!keys.has(column)) keys.set(column, keysOf(column));
    const key = keys.get(column);
    rows.sort((one, two) => sign * (key.get(one) - key.get(two)));
    body.append(...rows);
    const told = way === "ascending" ? table.dataset.up : table.dataset.down;
    shown.textContent = told.replace("{column}", head.textContent);
  };
  [...table.tHead.rows[0].cells].forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    head.replaceChildren(button);
    button.addEventListener("click", () => sort(head, column));
  });

  // Cards: a link to one opens it, though it may be filtered out; a button opens or closes all.
  const follow = () => {
    const inside = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const card = inside?.closest("details.card");
    if (!card) return;
    card.hidden = false;
    card.open = true;
    card.scrollIntoView();
    card.querySelector("summary").focus({ preventScroll: true });
  };
  addEventListener("hashchange", follow);
  follow();

  const button = document.getElementById("open");
  button.parentElement.hidden = false;
  button.addEventListener("click", () => {
    const opens = button.getAttribute("aria-pressed") !== "true";
    for (const card of cards.values()) card.open = opens;
    button.setAttribute("aria-pressed", opens);
  });
})();

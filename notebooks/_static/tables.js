// Long tables can be sorted by their heads and narrowed to the rows with some words.
// Without this script they are the plain tables that they are. Sorting is done by sortable.min.js.

const LONG = 5; // rows from which on that helps

function makeSortable(table) {
  table.classList.add("sortable", "asc", "n-last");
  for (const head of table.tHead.rows[0].cells) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button); // the script hears clicks on whatever stands in a head
  }
}

function makeNarrowable(table, rows) {
  const bar = document.createElement("p");
  const field = document.createElement("input");
  const count = document.createElement("span");
  bar.className = "narrow";
  field.type = "search";
  field.placeholder = "Only rows with …";
  field.setAttribute("aria-label", "Only rows with these words");
  count.setAttribute("role", "status");
  const narrow = () => {
    const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const row of rows) {
      const text = row.textContent.toLowerCase();
      row.hidden = !words.every((word) => text.includes(word));
      shown += !row.hidden;
    }
    count.textContent = words.length ? `${shown} of ${rows.length} rows` : "";
  };
  field.addEventListener("input", narrow);
  // A link to a row that was narrowed away brings all rows back.
  window.addEventListener("hashchange", () => {
    const row = document.getElementById(location.hash.slice(1));
    if (!row?.hidden || !table.contains(row)) return;
    field.value = "";
    narrow();
    row.scrollIntoView();
  });
  bar.append(field, count);
  (table.closest(".scroll, .table-wrapper") ?? table).before(bar);
}

for (const table of document.querySelectorAll("article table")) {
  const groups = table.querySelectorAll("th[scope=rowgroup]");
  const rows = [...table.querySelectorAll("tbody tr")].filter((row) => row.cells.length > 1);
  if (!table.tHead || rows.length < LONG) continue;
  makeNarrowable(table, rows);
  // Rows under heads of their own have their order already.
  if (!groups.length) makeSortable(table);
}

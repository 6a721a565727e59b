// A table of inputs that behaves a little like a spreadsheet: arrows and Enter move, copied cells are pasted as a block.
"use strict";

function cells(row) {
  return [...row.querySelectorAll("input[data-column]")];
}

function beside(input, step) {
  const row = input.closest("tr");
  const target = step > 0 ? row.nextElementSibling : row.previousElementSibling;
  return target?.querySelector(`input[data-column="${input.dataset.column}"]`);
}

document.querySelectorAll("[data-grid]").forEach((grid) => {
  grid.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, Enter: event.shiftKey ? -1 : 1, ArrowUp: -1 }[event.key];
    if (!step || !event.target.matches("input[data-column]") || event.ctrlKey || event.metaKey || event.altKey) return;
    const next = beside(event.target, step);
    // Enter in the last row sends the form, as it does in any form.
    if (!next) return;
    event.preventDefault();
    next.focus();
    next.select();
  });

  grid.addEventListener("paste", (event) => {
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (!event.target.matches("input[data-column]") || !/[\t\n]/.test(text.trimEnd())) return;
    event.preventDefault();
    const first = cells(event.target.closest("tr")).indexOf(event.target);
    let row = event.target.closest("tr");
    for (const line of text.replace(/\r?\n$/, "").split(/\r?\n/)) {
      if (!row) break;
      const inputs = cells(row);
      line.split("\t").forEach((value, place) => {
        if (inputs[first + place]) inputs[first + place].value = value.trim();
      });
      row = row.nextElementSibling;
    }
  });
});

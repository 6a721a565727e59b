// What makes the pages kinder where JavaScript runs. Every page works without it.
"use strict";

// A second click sends nothing twice. The button is only marked, so that its name and value still go along.
document.addEventListener("submit", (event) => {
  const form = event.target;
  // A button that cannot be undone may ask a question of its own.
  const question = event.submitter?.dataset.confirm || form.dataset.confirm;
  if (question && !window.confirm(question)) {
    event.preventDefault();
    return;
  }
  if (form.method !== "post" || form.hasAttribute("hx-post")) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  mark(form, true);
  // A bad network must not lock the form for good.
  window.setTimeout(() => release(form), 15000);
});

// Coming back with the back button shows the form as it was, ready to be sent again.
window.addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-sent]").forEach(release);
});

function mark(form, busy) {
  form.querySelectorAll("button:not([type=button])").forEach((button) => {
    if (busy) button.setAttribute("aria-disabled", "true");
    else button.removeAttribute("aria-disabled");
  });
}

function release(form) {
  delete form.dataset.sent;
  mark(form, false);
}

// The errors of a form are read first.
document.querySelector("[data-focus]")?.focus();

// The page's own station of the loop comes into view on a phone, without moving the page itself.
document.querySelectorAll(".loop__list").forEach((list) => {
  const here = list.querySelector("[aria-current]");
  if (here) list.scrollLeft = here.parentElement.offsetLeft - list.offsetLeft - list.clientWidth / 3;
});

// Escape closes the menu and gives the focus back.
document.addEventListener("keydown", (event) => {
  const menu = document.querySelector(".menu[open]");
  if (event.key !== "Escape" || !menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

// Links inside the page for what is no link: Enter on a row, a key.

/** Goes to an address inside the page, as a click on a link to it does. */
export function follow(to) {
  const link = document.createElement("a");
  link.href = to;
  link.dataset.link = "";
  document.body.append(link);
  link.click();
  link.remove();
}

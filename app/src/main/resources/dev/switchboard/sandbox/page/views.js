// The app's Home tab and its modals.
import { h, byId } from "./dom.js";
import { blocks } from "./blocks.js";
import { plain } from "./mrkdwn.js";

export function showTabs(view, home) {
  const app = view.channels.find((channel) => channel.kind === "DIRECT" && channel.hasBot);
  const tabs = byId("tabs");
  const shown = home || view.here.id === app?.id;
  tabs.hidden = !shown;
  if (!shown) return;
  const face = JSON.stringify([home, app.label]);
  if (tabs.face === face) return;
  tabs.face = face;
  tabs.replaceChildren(
    h("a", { href: "#home", "aria-current": home ? "page" : null }, "Home"),
    h("a", { href: "#" + encodeURIComponent(app.label), "aria-current": home ? null : "page" }, "Messages"));
}

export function showHome(view, context, act) {
  const home = byId("home");
  const face = JSON.stringify([view.home, view.calls]);
  if (home.face === face) return;
  home.face = face;
  const inside = { ...context, click: (element, block) => act({ do: "viewClick", view: view.home.id, block: block.block_id, button: element.action_id }) };
  home.replaceChildren(...(view.home?.blocks
    ? blocks(view.home.blocks, inside)
    : [h("p", { class: "empty" }, "The app has not published anything on its Home tab.")]));
}

/** The newest modal; Slack stacks them. */
export function showModals(view, context, act) {
  const dialog = byId("modal");
  const top = view.modals[view.modals.length - 1];
  if (!top) {
    if (dialog.open) dialog.close();
    dialog.face = null;
    return;
  }
  const face = JSON.stringify({ ...top, errors: null });
  if (dialog.face !== face) {
    dialog.face = face;
    dialog.replaceChildren(form(top, context, act));
  }
  for (const slot of dialog.querySelectorAll("[data-errors]")) slot.textContent = top.errors?.[slot.dataset.errors] ?? "";
  if (!dialog.open) dialog.showModal();
}

function form(modal, context, act) {
  const away = () => act({ do: "viewClose", view: modal.id });
  byId("modal").oncancel = (event) => {
    event.preventDefault();
    away();
  };
  const inside = { ...context, click: (element, block) => act({ do: "viewClick", view: modal.id, block: block.block_id, button: element.action_id }) };
  return h("form", {
    onsubmit: (event) => {
      event.preventDefault();
      act({ do: "viewSubmit", view: modal.id, values: values(event.currentTarget) });
    },
  },
    h("h2", { id: "modal-title" }, plain(modal.title.text)),
    h("div", { class: "modal-body" }, blocks(modal.blocks, inside)),
    h("div", { class: "modal-feet" },
      h("button", { type: "button", class: "button", onclick: away }, plain(modal.close?.text ?? "Close")),
      modal.submit ? h("button", { type: "submit", class: "button primary" }, plain(modal.submit.text)) : null));
}

/** As Slack hands them on: view.state.values. */
function values(form) {
  const values = {};
  for (const field of form.querySelectorAll("[name]")) {
    const [block, action, type] = JSON.parse(field.name);
    const actions = (values[block] ??= {});
    if (type === "checkboxes") {
      actions[action] ??= { type, selected_options: [] };
      if (field.checked) actions[action].selected_options.push(option(field));
    } else if (type === "radio_buttons") {
      actions[action] ??= { type, selected_option: null };
      if (field.checked) actions[action].selected_option = option(field);
    } else if (type === "static_select") {
      actions[action] = { type, selected_option: field.value ? option(field) : null };
    } else {
      actions[action] = { type, value: field.value || null };
    }
  }
  return values;
}

const option = (field) => ({
  text: { type: "plain_text", text: (field.selectedOptions?.[0] ?? field.parentElement).textContent.trim() },
  value: field.value,
});

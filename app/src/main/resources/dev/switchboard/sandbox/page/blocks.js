// Block Kit as elements: docs.slack.dev/reference/block-kit/blocks.
import { h, avatar, clock, safeImage, safeLink } from "./dom.js";
import { icon } from "./icons.js";
import { mrkdwn, plain } from "./mrkdwn.js";

/**
 * @param context names (for mentions), calls (by id), me, and what to do: click(element, block), decline(call)
 */
export function blocks(list, context) {
  return list.map((block) => (KINDS[block.type] ?? unknown)(block, context));
}

const KINDS = {
  section: (block, context) =>
    h("div", { class: "block section" },
      h("div", { class: "section-text" },
        block.text && h("div", {}, words(block.text, context)),
        block.fields && h("div", { class: "fields" },
          block.fields.map((field) => h("div", {}, words(field, context))))),
      block.accessory && h("div", { class: "accessory" }, element(block.accessory, block, context))),
  header: (block, context) => h("h3", { class: "block header" }, words(block.text, context)),
  context: (block, context) =>
    h("div", { class: "block context" }, block.elements.map((one) => element(one, block, context))),
  actions: (block, context) =>
    h("div", { class: "block actions" }, block.elements.map((one) => element(one, block, context))),
  divider: () => h("hr", { class: "block" }),
  image: (block) =>
    h("figure", { class: "block image" },
      block.title && h("figcaption", {}, plain(block.title.text)), picture(block)),
  call: (block, context) => callCard(context.calls[block.call_id], context),
  input: (block, context) =>
    h("label", { class: "block input" },
      h("span", { class: "input-label" }, words(block.label, context),
        block.optional ? h("span", { class: "quiet" }, " (optional)") : ""),
      element(block.element, block, context),
      h("span", { class: "field-error", role: "alert", "data-errors": block.block_id }),
      block.hint && h("span", { class: "quiet" }, words(block.hint, context))),
};

const unknown = (block) => h("p", { class: "block quiet" }, `(a block of type ${block.type}, which this page doesn't draw)`);

const words = (text, context) =>
  text.type === "mrkdwn" ? mrkdwn(text.text, context.names) : plain(text.text);

function picture(image) {
  const url = safeImage(image.image_url ?? "");
  if (!url) return h("span", { class: "picture-away" }, image.alt_text || "a picture elsewhere, not loaded");
  return h("img", { src: url, alt: image.alt_text ?? "" });
}

function element(one, block, context) {
  switch (one.type) {
    case "mrkdwn":
    case "plain_text":
      return h("span", {}, words(one, context));
    case "image":
      return picture(one);
    case "button":
      return button(one, block, context);
    default:
      return field(one, block);
  }
}

function button(one, block, context) {
  const style = "button " + (one.style ?? "");
  const url = one.url && safeLink(one.url);
  const label = one.accessibility_label;
  const click = () => context.click(one, block);
  return url
    ? h("a", { class: style, href: context.door(url), target: "_blank", rel: "noopener", "aria-label": label, onclick: click }, plain(one.text.text))
    : h("button", { type: "button", class: style, "aria-label": label, onclick: click }, plain(one.text.text));
}

/** Fields of modals; what they hold is read when the modal is sent. */
function field(one, block) {
  const name = JSON.stringify([block.block_id, one.action_id, one.type]);
  const options = (one.options ?? []).map((option) => h("option", { value: option.value }, plain(option.text.text)));
  switch (one.type) {
    case "plain_text_input":
    case "email_text_input":
    case "url_text_input":
    case "number_input": {
      const tag = one.multiline ? "textarea" : "input";
      const input = h(tag, { name, placeholder: one.placeholder?.text, maxlength: one.max_length });
      input.value = one.initial_value ?? "";
      return input;
    }
    case "static_select": {
      const select = h("select", { name }, options);
      if (one.initial_option) select.value = one.initial_option.value;
      return select;
    }
    case "checkboxes":
    case "radio_buttons":
      return h("span", { class: "choices" }, (one.options ?? []).map((option) =>
        h("label", {}, h("input", {
          type: one.type === "checkboxes" ? "checkbox" : "radio", name, value: option.value,
          checked: (one.initial_options ?? [one.initial_option]).some((chosen) => chosen?.value === option.value),
        }), " ", plain(option.text.text))));
    default:
      return h("span", { class: "quiet" }, `(${one.type})`);
  }
}

const lasted = (seconds) => {
  if (seconds < 60) return "a few seconds";
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  return (hours ? hours + " h " : "") + minutes + " min";
};

const list = (names) =>
  names.length < 2 ? names.join("") : names.slice(0, -1).join(", ") + " and " + names[names.length - 1];

/** A Call as Slack shows it. */
function callCard(call, context) {
  if (!call) return h("p", { class: "quiet" }, "(a Call that is not here)");
  const state = call.ended
    ? `Ended · lasted ${lasted(call.duration)}`
    : call.active.length ? `${list(call.active)} ${call.active.length === 1 ? "is" : "are"} in the call` : "Nobody is in the call yet";
  return h("section", { class: "block call" + (call.ended ? " ended" : ""), "aria-label": "Call " + call.title },
    h("div", { class: "call-head" },
      h("span", { class: "call-icon", "aria-hidden": "true" }, icon("phone", 20)),
      h("div", { class: "call-words" },
        h("div", { class: "call-title" }, call.title),
        h("div", { class: "call-meta" },
          call.displayId && h("span", { class: "call-id" }, "ID " + call.displayId),
          h("span", {}, "Started at " + clock(call.start)))),
      call.ended ? null : doors(call, context)),
    h("div", { class: "call-people" },
      faces(call.ended ? call.gone : call.active),
      h("span", { class: "call-state" }, state)),
    call.gone.length
      ? h("div", { class: "call-gone" }, `${list(call.gone)} ${call.gone.length === 1 ? "was" : "were"} here`)
      : null);
}

const faces = (names) =>
  names.length ? h("span", { class: "faces" }, names.slice(0, 6).map((name) => avatar(name, "small"))) : null;

function doors(call, context) {
  const url = safeLink(call.joinUrl);
  return h("div", { class: "call-doors" },
    url && h("a", { class: "button primary", href: context.door(url), target: "_blank", rel: "noopener" }, "Join"),
    call.declinable
      ? h("button", { type: "button", class: "button", "aria-label": "Decline the Call " + call.title, onclick: () => context.decline(call) }, "Decline")
      : null,
    call.declined ? h("span", { class: "quiet" }, "You declined") : null);
}

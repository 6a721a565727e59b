// Notifications in this browser: the panel shows itself only where they can work.
"use strict";

const panel = document.querySelector("[data-push-key]");
if (panel && "serviceWorker" in navigator && "PushManager" in window && "Notification" in window) {
  const on = panel.querySelector("[data-push-on]");
  const off = panel.querySelector("[data-push-off]");
  const say = (name) => {
    panel.querySelectorAll("[data-push-say]").forEach((words) => (words.hidden = words.dataset.pushSay !== name));
  };
  const show = (subscribed) => {
    on.hidden = subscribed;
    off.hidden = !subscribed;
  };
  const tell = (form, subscription) => {
    const data = new FormData(form);
    const { endpoint, keys } = subscription.toJSON();
    data.set("endpoint", endpoint);
    data.set("p256dh", keys.p256dh);
    data.set("auth", keys.auth);
    return fetch(form.action, { method: "POST", body: data, credentials: "same-origin" });
  };
  const start = async () => {
    if ((await Notification.requestPermission()) !== "granted") return say("denied");
    const worker = await navigator.serviceWorker.register("/sw.js");
    await navigator.serviceWorker.ready;
    const subscription = await worker.pushManager.subscribe({
      userVisibleOnly: true,
      applicationServerKey: panel.dataset.pushKey,
    });
    const answer = await tell(on, subscription);
    if (!answer.ok) {
      await subscription.unsubscribe();
      return say("failed");
    }
    show(true);
    say("on");
  };
  const stop = async () => {
    const worker = await navigator.serviceWorker.getRegistration("/");
    const subscription = await worker?.pushManager.getSubscription();
    if (subscription) {
      await tell(off, subscription);
      await subscription.unsubscribe();
    }
    show(false);
    say("off");
  };
  const handle = (form, work) =>
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      event.stopPropagation();
      work().catch(() => say("failed"));
    });
  handle(on, start);
  handle(off, stop);
  navigator.serviceWorker.getRegistration("/").then(async (worker) => {
    show(Boolean(await worker?.pushManager.getSubscription()));
    panel.hidden = false;
  });
}

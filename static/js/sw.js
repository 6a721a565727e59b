// The one service worker of this site, served as /sw.js. It shows notifications; pages are fetched as ever.
"use strict";

self.addEventListener("push", (event) => {
  let news = {};
  try {
    news = event.data.json();
  } catch {
    // A message without words still has to show something.
  }
  const shown = self.registration.showNotification(news.title || "Kalibaru HUB", {
    body: news.body || "",
    // The same news twice is shown once.
    tag: news.tag,
    data: { url: news.url || "/notifications/" },
  });
  event.waitUntil(shown);
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const url = new URL(event.notification.data.url, self.location.origin);
  if (url.origin === self.location.origin) event.waitUntil(self.clients.openWindow(url.href));
});

// Runs Azurite for exactly as long as standard input stays open: the hub closes it to stop softly, and
// the system closes it when the hub is killed. Signals to the whole process group (Ctrl+C, a service
// manager) are for the hub alone, which still needs its storage while running work finishes.
const once = process.once;
process.once = function (name, listener) {
  return name === "SIGINT" || name === "SIGTERM" ? process.on(name, () => {}) : once.call(this, name, listener);
};
process.stdin.resume();
process.stdin.on("close", () => {
  process.emit("message", "shutdown");
  setTimeout(() => process.exit(1), 10000).unref();
});
require("azurite/dist/src/azurite.js");

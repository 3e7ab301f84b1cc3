// SPDX-License-Identifier: GPL-3.0-or-later
// Loaded in front of the server (node --require): its packages name WebSocket, which Node 18 and 20 do not have.
globalThis.WebSocket ??= class WebSocket extends EventTarget {};

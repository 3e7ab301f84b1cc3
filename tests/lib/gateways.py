# SPDX-License-Identifier: GPL-3.0-or-later
"""Gateways for text messages on loopback that answer as three of the Netherlands do, from what they publish of their API.
Each looks at the whole request and takes no other."""
import http.server
import json
import os
import re
import threading


class Gateway:
    """with Spryng() as gateway: ... ; sent has what was accepted: (number, text, sender)."""

    name = None
    path = None
    secret = "sleutel-0123456789"
    refused_number = "31600000099"  # one that it cannot use

    def __init__(self):
        self.sent = []
        self.requests = 0
        self.replies = []      # popped one for each request: "limit", "auth", "down", "lose" (taken, then no answer), or a status
        self.hold = threading.Event()
        self.hold.set()
        gateway = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                gateway.requests += 1
                gateway.hold.wait(60)
                reply = gateway.replies.pop(0) if gateway.replies else None
                if reply == "lose":
                    gateway.take(self, body)
                if reply in ("lose", "down"):
                    self.connection.close()
                    self.close_connection = True
                    return
                status, answer = gateway.answer(self, body, reply)
                data = json.dumps(answer).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True

    def __enter__(self):
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.hold.set()
        self.server.shutdown()
        self.server.server_close()

    def section(self, **more):
        """The shipped example with this server in place of the real one."""
        with open(os.path.join(os.environ["SOURCE_ROOT"], "server", "data", "gateways", self.name + ".conf")) as f:
            text = f.read()
        text = re.sub(r"(?m)^url=https://[^/]+", f"url=http://127.0.0.1:{self.server.server_port}", text)
        text = re.sub(r"(?m)^secret-file=.*$", "secret-file=sms-secret", text)
        return "\n" + text + "".join(f"{key.replace('_', '-')}={value}\n" for key, value in more.items())

    def answer(self, request, body, reply):
        assert request.path == self.path, request.path
        assert request.headers["Content-Type"] == "application/json"
        if isinstance(reply, int):
            return reply, {}
        if reply == "limit":
            return 429, {"message": "Too Many Requests"}
        if reply == "auth" or not self.is_known(request):
            return self.unknown()
        number, text, sender = self.read(json.loads(body))
        assert len(sender) <= 11 and len(text) <= 160
        if number == self.refused_number:
            return self.refuse(number)
        self.sent.append((number, text, sender))
        return self.accept(number, text, sender)

    def take(self, request, body):
        self.sent.append(self.read(json.loads(body)))


def expect_keys(record, *names):
    assert set(record) == set(names), record


class Spryng(Gateway):
    name = "spryng"
    path = "/v1/messages"

    def is_known(self, request):
        return request.headers["Authorization"] == "Bearer " + self.secret

    def read(self, body):
        expect_keys(body, "body", "encoding", "originator", "recipients", "route", "reference")
        assert (body["encoding"], body["route"], len(body["recipients"])) == ("plain", "business", 1), body
        assert re.fullmatch(r"[1-9]\d{7,14}", body["recipients"][0]), body
        return body["recipients"][0], body["body"], body["originator"]

    def unknown(self):
        return 401, {"message": "Unauthenticated."}

    def refuse(self, number):
        return 422, {"message": "The given data was invalid.", "errors": {"recipients.0": ["The recipient is invalid."]}}

    def accept(self, number, text, sender):
        return 200, {"id": "9dbc5ffb-7524-4fae-9514-51decd94a44f", "encoding": "plain", "originator": sender, "body": text}


class MessageBird(Gateway):
    name = "messagebird"
    path = "/messages"

    def is_known(self, request):
        return request.headers["Authorization"] == "AccessKey " + self.secret

    def read(self, body):
        expect_keys(body, "originator", "recipients", "body", "datacoding", "reference")
        assert body["datacoding"] == "plain" and re.fullmatch(r"[1-9]\d{7,14}", body["recipients"][0]), body
        return body["recipients"][0], body["body"], body["originator"]

    def unknown(self):
        return 401, {"errors": [{"code": 2, "description": "Request not allowed (incorrect access_key)", "parameter": "access_key"}]}

    def refuse(self, number):
        return 422, {"errors": [{"code": 9, "description": "no (correct) recipients found", "parameter": "recipients"}]}

    def accept(self, number, text, sender):
        return 201, {"id": "49e40bae0b374f1ca5e3d04d46edc7c1", "originator": sender, "body": text, "recipients": {
            "totalCount": 1, "items": [{"recipient": int(number), "status": "sent"}]}}


class Cm(Gateway):
    name = "cm"
    path = "/v1.0/message"

    def is_known(self, request):
        return request.headers["X-CM-PRODUCTTOKEN"] == self.secret

    def read(self, body):
        expect_keys(body, "messages")
        [message] = body["messages"]["msg"]
        expect_keys(message, "from", "to", "body")
        number = message["to"][0]["number"]
        assert number.startswith("00") and message["body"]["type"] == "auto", body
        return number[2:], message["body"]["content"], message["from"]

    def unknown(self):
        return 400, {"details": "No account found for the given authentication", "errorCode": 101, "messages": []}

    def refuse(self, number):
        return 400, {"details": "Created 0 message(s)", "errorCode": 201, "messages": [
            {"to": "00" + number, "status": "Rejected", "reference": None, "parts": 0,
             "messageDetails": f"Gsm '00{number}' is not a number.", "messageErrorCode": 303}]}

    def accept(self, number, text, sender):
        return 200, {"details": "Created 1 message(s)", "errorCode": 0, "messages": [
            {"to": "00" + number, "status": "Accepted", "reference": None, "parts": 1, "messageDetails": None, "messageErrorCode": 0}]}


GATEWAYS = [Spryng, MessageBird, Cm]

"""Stands in for the image's serving stack: loads the model's inference.py and answers `GET /ping` and `POST /invocations`.

The standard library's server, because it measured faster here than an ASGI server with a blocking handler: HTTP/1.1 with
connections kept, Nagle's algorithm off, one BLAS thread a process (set by whoever starts it).
"""

import importlib.util
import json
import os
import socket
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

JSON = "application/json"


def in_base(path):
    """A path below /opt/ml, where SAGEMAKER_BASE_DIR says it is."""
    return os.environ["SAGEMAKER_BASE_DIR"] + path.removeprefix("/opt/ml") if path.startswith("/opt/ml") else path


def load_functions():
    folder = Path(in_base(os.environ.get("SAGEMAKER_SUBMIT_DIRECTORY", "/opt/ml/model/code")))
    program = folder / os.environ.get("SAGEMAKER_PROGRAM", "inference.py")
    sys.path.insert(0, str(folder))
    spec = importlib.util.spec_from_file_location("inference", program)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def default_input(body, content_type):
    if content_type != JSON:
        raise ValueError(f"content type is {content_type!r}, the default input_fn wants {JSON}")
    return json.loads(body)


def default_output(prediction, accept):
    tolist = getattr(prediction, "tolist", None)
    return json.dumps(tolist() if tolist else prediction), JSON


class Service:
    def __init__(self, functions):
        self.model = functions.model_fn(in_base("/opt/ml/model"))
        self.input_fn = getattr(functions, "input_fn", default_input)
        self.predict_fn = getattr(functions, "predict_fn", lambda data, model: model.predict(data))
        self.output_fn = getattr(functions, "output_fn", default_output)

    def answer(self, body, content_type, accept):
        result = self.output_fn(self.predict_fn(self.input_fn(body, content_type), self.model), accept)
        content, kind = result if isinstance(result, tuple) else (result, accept)
        return content.encode() if isinstance(content, str) else content, kind


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Header and body leave in one packet.
    wbufsize = 65536
    disable_nagle_algorithm = True

    def do_GET(self):
        self.reply(200 if self.path == "/ping" else 404, b"", JSON)

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.path != "/invocations":
            return self.reply(404, b"", JSON)
        accept = self.headers.get("Accept") or JSON
        try:
            content, kind = self.server.service.answer(
                body, self.headers.get("Content-Type", JSON), JSON if accept == "*/*" else accept
            )
        except Exception as error:  # The user's code: whatever it raises is an answer of status 500, as on the image.
            print(f"invocation failed: {type(error).__name__}: {error}", file=sys.stderr, flush=True)
            return self.reply(500, f"{type(error).__name__}: {error}".encode(), "text/plain")
        return self.reply(200, content, kind)

    def reply(self, status, content, kind):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_request(self, code="-", size="-"):
        pass


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256
    address_family = socket.AF_INET


def main():
    # Loading comes first: the port opens when the model is ready, so that the first ping to succeed means so.
    service = Service(load_functions())
    server = Server(("127.0.0.1", int(os.environ["SAGEMAKER_BIND_TO_PORT"])), Handler)
    server.service = service
    server.serve_forever()


if __name__ == "__main__":
    main()

"""A real S3 server on this machine, and in front of it a door that lets tests break things."""

from __future__ import annotations

import http.client
import socket
import struct
import threading
import time
import urllib.parse
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from pyarrow.fs import S3FileSystem

BUCKET = "lantern-corpora"
BLOCK_BYTES = 256 * 1024
"""Of one request in these tests, so that small objects are several."""
PATIENCE_SECONDS = 300
SIGNED = "AWS4-HMAC-SHA256 Credential=lantern/20260101/us-east-1/s3/aws4_request, Signature=x"
"""The server wants to know who writes, and takes everyone's word for it."""


@dataclass
class Fault:
    """What the door does to the next requests that fit, so many times."""

    method: str
    key: str
    times: int
    refuse: tuple[int, str] | None = None
    """Answer with this status and code, and do not ask the server."""
    cut_after: int | None = None
    """Send so many bytes of the body, then reset the connection."""
    bytes_at_once: int | None = None
    """Send the body so many bytes at a time, with a pause after each."""
    first: Callable[[], None] = lambda: None
    """Do this before the request is passed on."""
    skip: int = 0
    """Let so many requests through before."""

    def fits(self, method: str, path: str) -> bool:
        if self.times <= 0 or self.method != method or self.key not in path:
            return False
        if self.skip:
            self.skip -= 1
            return False
        self.times -= 1
        return True


@dataclass
class Request:
    method: str
    path: str
    range: str | None


@dataclass
class Door:
    """The S3 server as clients see it."""

    port: int
    server: tuple[str, int]
    requests: list[Request] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def put(self, key: str, data: bytes = b"", bucket: str = BUCKET) -> str:
        """Write an object past the door; return its uri."""
        self.ask("PUT", f"/{bucket}/{urllib.parse.quote(key)}" if key else f"/{bucket}", data)
        return f"s3://{bucket}/{key}"

    def remove(self, key: str) -> None:
        self.ask("DELETE", f"/{BUCKET}/{urllib.parse.quote(key)}", b"")

    def ask(self, method: str, path: str, body: bytes) -> None:
        connection = http.client.HTTPConnection(*self.server)
        connection.request(method, path, body, {"Authorization": SIGNED})
        answer = connection.getresponse()
        answer.read()
        connection.close()
        assert answer.status < 300, (method, path, answer.status)

    def fault(self, method: str, key: str, times: int = 1, **what) -> None:
        self.faults.append(Fault(method, key, times, **what))

    def asked(self, method: str, key: str = "") -> list[Request]:
        """Return the requests that were made, failed ones too."""
        return [each for each in self.requests if each.method == method and key in each.path]


class Passing(BaseHTTPRequestHandler):
    """Pass a request on to the server, unless a fault is in force."""

    protocol_version = "HTTP/1.1"
    door: Door

    def do_HEAD(self) -> None:
        self.pass_on()

    def do_GET(self) -> None:
        self.pass_on()

    def pass_on(self) -> None:
        path = urllib.parse.unquote(self.path)
        self.door.requests.append(Request(self.command, path, self.headers.get("Range")))
        fault = next((each for each in self.door.faults if each.fits(self.command, path)), None)
        if fault is not None:
            fault.first()
        if fault is not None and fault.refuse:
            self.refuse(*fault.refuse)
            return
        connection = http.client.HTTPConnection(*self.door.server)
        connection.request(self.command, self.path, headers=dict(self.headers))
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        self.send_response(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in ("connection", "content-length", "date", "server"):
                self.send_header(name, value)
        length = answer.getheader("Content-Length") or len(body)
        self.send_header("Content-Length", str(length))
        self.end_headers()
        self.send_body(body, fault)

    def send_body(self, body: bytes, fault: Fault | None) -> None:
        if fault is not None and fault.cut_after is not None:
            self.wfile.write(body[: fault.cut_after])
            self.wfile.flush()
            # Closed so, the client is told of a reset and not of an end.
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.close_connection = True
        elif fault is not None and fault.bytes_at_once:
            for start in range(0, len(body), fault.bytes_at_once):
                self.wfile.write(body[start : start + fault.bytes_at_once])
                time.sleep(0.02)
        else:
            self.wfile.write(body)

    def refuse(self, status: int, code: str) -> None:
        body = f"<?xml version='1.0'?><Error><Code>{code}</Code><Message>no</Message></Error>"
        self.send_response(status)
        self.send_header("Content-Type", "application/xml")
        self.send_header("Content-Length", str(len(body)))
        if status == 301:
            self.send_header("x-amz-bucket-region", "eu-north-1")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body.encode())

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class Front(ThreadingHTTPServer):
    """A server that lets as many wait at its door as come at once."""

    daemon_threads = True
    request_queue_size = 128


@pytest.fixture(scope="session")
def s3_server() -> Iterator[Door]:
    """Start the S3 server and the door, and make a bucket."""
    moto = pytest.importorskip("moto.moto_server.threaded_moto_server")
    server = moto.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    front = Front(("127.0.0.1", 0), BaseHTTPRequestHandler)
    door = Door(front.server_port, server.get_host_and_port())
    front.RequestHandlerClass = type("Bound", (Passing,), {"door": door})
    thread = threading.Thread(target=front.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    door.put("")
    yield door
    front.shutdown()
    front.server_close()
    thread.join()
    server.stop()


@pytest.fixture
def s3(s3_server, monkeypatch, tmp_path) -> Door:
    """Give an S3 server that nothing is wrong with, and credentials that it takes."""
    s3_server.requests.clear()
    s3_server.faults.clear()
    for name in ("AWS_PROFILE", "AWS_ENDPOINT_URL_S3", "AWS_DEFAULT_REGION", "AWS_SESSION_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    settings = {
        "AWS_ACCESS_KEY_ID": "lantern",
        "AWS_SECRET_ACCESS_KEY": "lantern",
        "AWS_REGION": "us-east-1",
        "AWS_ENDPOINT_URL": s3_server.url,
        "AWS_MAX_ATTEMPTS": "1",
        # Nothing leaves this machine, and nothing of the user's is read.
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_CONFIG_FILE": str(tmp_path / "config"),
        "AWS_SHARED_CREDENTIALS_FILE": str(tmp_path / "credentials"),
    }
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    # Amazon's library gives up after 3 s without a byte; a machine may be busier than that.
    patient = partial(
        S3FileSystem, connect_timeout=PATIENCE_SECONDS, request_timeout=PATIENCE_SECONDS
    )
    monkeypatch.setattr("pyarrow.fs.S3FileSystem", patient)
    monkeypatch.setattr("leakcheck.corpus.storage.ranged.PAUSES_SECONDS", (0.0, 0.0))
    monkeypatch.setattr("leakcheck.corpus.storage.ranged.BLOCK_BYTES", BLOCK_BYTES)
    return s3_server

"""Google's store as far as a reader of objects sees it, in a process of its own.

Arrow keeps Python's lock while it opens an object there, so a server in the same process would
never answer. Objects are the files of a folder, `bucket/key`; a generation is when one was written.

    python gcs_server.py FOLDER    prints its port
"""

from __future__ import annotations

import json
import sys
import urllib.parse
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

FOLDER = Path(sys.argv[1]) if len(sys.argv) == 2 else Path()
FAULTS = "faults.json"
"""In the folder: {"status": 503, "cut": null, "times": 2}, for the next requests."""


class Store(BaseHTTPRequestHandler):
    """The questions of Arrow: what is in a bucket, what is an object, and its bytes."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        url = urllib.parse.urlsplit(self.path)
        query = {name: value[0] for name, value in urllib.parse.parse_qs(url.query).items()}
        bucket, _, rest = url.path.removeprefix("/storage/v1/b/").partition("/o")
        status, cut = self.fault("media" if "alt" in query else "look")
        if status:
            self.send(status, json.dumps({"error": {"code": status, "message": "no"}}).encode())
        elif not (FOLDER / bucket).is_dir():
            self.not_found("The specified bucket does not exist.")
        elif not rest.strip("/"):
            self.list(bucket, query.get("prefix", ""), query.get("delimiter", ""))
        else:
            self.answer(bucket, urllib.parse.unquote(rest[1:]), query, cut)

    def fault(self, question: str) -> tuple[int, int]:
        place = FOLDER / FAULTS
        if not place.exists():
            return 0, 0
        told = json.loads(place.read_text())
        if not told["times"] or told.get("of", question) != question:
            return 0, 0
        place.write_text(json.dumps({**told, "times": told["times"] - 1}))
        return told.get("status", 0), told.get("cut", 0)

    def list(self, bucket: str, prefix: str, delimiter: str) -> None:
        paths = sorted(path for path in (FOLDER / bucket).rglob("*") if path.is_file())
        keys = [path.relative_to(FOLDER / bucket).as_posix() for path in paths]
        found = [key for key in keys if key.startswith(prefix)]
        deep = {key for key in found if delimiter and delimiter in key[len(prefix) :]}
        prefixes = {prefix + key[len(prefix) :].partition(delimiter)[0] + delimiter for key in deep}
        items = [self.metadata(bucket, key) for key in found if key not in deep]
        body = {"kind": "storage#objects", "items": items, "prefixes": sorted(prefixes)}
        self.send(200, json.dumps(body).encode())

    def metadata(self, bucket: str, key: str) -> dict[str, object]:
        status = (FOLDER / bucket / key).stat()
        written = datetime.fromtimestamp(status.st_mtime, UTC).isoformat().replace("+00:00", "Z")
        return {
            "kind": "storage#object",
            "name": key,
            "bucket": bucket,
            "generation": str(status.st_mtime_ns),
            "metageneration": "1",
            "size": str(status.st_size),
            "timeCreated": written,
            "updated": written,
            "etag": f"C{status.st_mtime_ns}=",
        }

    def answer(self, bucket: str, key: str, query: dict[str, str], cut: int) -> None:
        place = FOLDER / bucket / key
        if not place.is_file():
            self.not_found("No such object")
            return
        told = self.metadata(bucket, key)
        if query.get("generation", told["generation"]) != told["generation"]:
            self.not_found("No such object of this generation")
        elif query.get("alt") == "media":
            self.bytes_of(place.read_bytes(), cut)
        else:
            self.send(200, json.dumps(told).encode())

    def bytes_of(self, data: bytes, cut: int) -> None:
        first, _, last = self.headers.get("Range", "bytes=0-").removeprefix("bytes=").partition("-")
        start, end = int(first), min(int(last or len(data)) + 1, len(data))
        headers = {"Content-Range": f"bytes {start}-{end - 1}/{len(data)}"}
        self.send(206, data[start:end], headers, cut)

    def not_found(self, message: str) -> None:
        self.send(404, json.dumps({"error": {"code": 404, "message": message}}).encode())

    def send(self, status: int, body: bytes, headers: dict[str, str] | None = None, cut: int = 0):
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[:cut] if cut else body)
        self.close_connection = bool(cut)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", 0), Store)
    sys.stdout.write(f"{server.server_port}\n")
    sys.stdout.flush()
    server.serve_forever()

import http.client
import os

import pytest

from tvf_harness.server import Reply, Server


@pytest.fixture
def server(tmp_path):
    folder = tmp_path / "public"
    (folder / "sub").mkdir(parents=True)
    (folder / "a.js").write_text("export {}")
    (folder / "sub" / "b.wasm").write_bytes(b"\0asm")
    (folder / "with space.txt").write_text("hello")
    (tmp_path / "secret.txt").write_text("secret")
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    with Server({"/pkg/": folder}, {"/api/echo": Reply}) as running:
        yield running


def request(server, path, method="GET", body=None, headers=None):
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=5)
    connection.putrequest(method, path, skip_host=True)
    for name, value in {"Host": f"127.0.0.1:{server.port}", **(headers or {})}.items():
        connection.putheader(name, value)
    if body is not None:
        connection.putheader("Content-Length", str(len(body)))
    connection.endheaders(body)
    response = connection.getresponse()
    return response, response.read()


def test_files_have_types_and_isolation_headers(server):
    response, body = request(server, "/pkg/a.js")
    assert (response.status, body) == (200, b"export {}")
    assert response.headers["Content-Type"].startswith("text/javascript")
    assert response.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response.headers["Cross-Origin-Embedder-Policy"] == "require-corp"
    assert request(server, "/pkg/sub/b.wasm?v=1")[0].headers["Content-Type"] == "application/wasm"
    assert request(server, "/pkg/with%20space.txt")[1] == b"hello"


def test_isolation_can_be_left_out(tmp_path):
    with Server({"/pkg/": tmp_path}, isolated=False) as running:
        headers = request(running, "/pkg/a.js")[0].headers
    assert "Cross-Origin-Opener-Policy" not in headers
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"


@pytest.mark.parametrize(
    "path",
    [
        "/pkg/../secret.txt",
        "/pkg/%2e%2e/secret.txt",
        "/pkg/sub/%2e%2e/%2e%2e/secret.txt",
        "/pkg/..%2fsecret.txt",
        "/pkg/..%5csecret.txt",
        "/pkg/..\\secret.txt",
        "/pkg//etc/passwd",
        "/pkg/%00a.js",
        "/pkg/link.txt",
        "/etc/passwd",
        "//etc/passwd",
        "/pkg/%252e%252e/secret.txt",
    ],
)
def test_no_path_leaves_the_folder(server, path):
    response, body = request(server, path)
    assert response.status == 404
    assert b"secret" not in body
    assert b"root:" not in body


@pytest.mark.parametrize("path", ["/", "/pkg/", "/pkg", "/pkg/sub", "/pkg/sub/", "/pkg/sub/."])
def test_folders_are_not_listed(server, path):
    assert request(server, path)[0].status == 404


def test_other_host_names_get_nothing(server):
    for host in ("evil.example", f"evil.example:{server.port}", "127.0.0.1", "127.0.0.1:1", ""):
        response, body = request(server, "/pkg/a.js", headers={"Host": host})
        assert (response.status, body) == (421, b"")
    assert request(server, "/pkg/a.js", headers={"Host": f"localhost:{server.port}"})[0].status == 200


def test_posts_of_other_origins_are_refused(server):
    own = {"Origin": server.url}
    assert request(server, "/api/echo", "POST", b"abc", own)[1] == b"abc"
    response, body = request(server, "/api/echo", "POST", b"abc", {"Origin": "http://evil.example"})
    assert (response.status, body) == (403, b"")


def test_a_post_needs_a_length_and_an_endpoint(server):
    assert request(server, "/api/echo", "POST")[0].status == 411
    assert request(server, "/api/echo", "POST", headers={"Content-Length": "-1"})[0].status == 413
    assert request(server, "/api/echo", "POST", headers={"Content-Length": str(1 << 40)})[0].status == 413
    assert request(server, "/pkg/a.js", "POST", b"")[0].status == 404
    assert request(server, "/pkg/a.js", "DELETE")[0].status == 501


def test_only_this_machine_can_connect(server):
    assert server._http.server_address[0] == "127.0.0.1"


def test_heads_have_no_body(server):
    response, body = request(server, "/pkg/a.js", "HEAD")
    assert (response.status, response.headers["Content-Length"], body) == (200, "9", b"")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_only_plain_files_are_served(server, tmp_path):
    os.mkfifo(tmp_path / "public" / "pipe")
    assert request(server, "/pkg/pipe")[0].status == 404

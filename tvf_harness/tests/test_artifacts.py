import io
import json
import tarfile

import pytest

from tvf_harness.artifacts import packed
from tvf_harness.errors import HarnessError

FILES = {"package.json": json.dumps({"name": "tvf", "version": "1.2.3"}), "dist/index.js": "export {}"}


def tarball(path, files, prefix="package/"):
    with tarfile.open(path, "w:gz") as archive:
        for name, text in files.items():
            info = tarfile.TarInfo(prefix + name)
            info.size = len(text.encode())
            archive.addfile(info, io.BytesIO(text.encode()))
    return path


def test_a_tarball_is_unpacked_and_removed(tmp_path):
    with packed(tarball(tmp_path / "tvf.tgz", FILES)) as package:
        assert package.version == "1.2.3"
        assert (package.folder / "dist" / "index.js").read_text() == "export {}"
        assert len(package.sha256) == 64
        folder = package.folder
    assert not folder.exists()


def test_a_folder_is_packed_first(tmp_path):
    for name, text in {**FILES, "secret.txt": "x"}.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    about = {"name": "tvf", "version": "1.2.3", "files": ["dist"]}
    (tmp_path / "package.json").write_text(json.dumps(about))
    with packed(tmp_path) as package:
        assert package.tarball == "tvf-1.2.3.tgz"
        assert not (package.folder / "secret.txt").exists()


@pytest.mark.parametrize("files", [{}, {"package.json": "{"}, {"package.json": FILES["package.json"]}])
def test_what_is_no_package_is_refused_with_a_mend(tmp_path, files):
    with pytest.raises(HarnessError, match="to mend it"), packed(tarball(tmp_path / "tvf.tgz", files)):
        pass


def test_a_tarball_cannot_write_elsewhere(tmp_path):
    path = tarball(tmp_path / "tvf.tgz", FILES, prefix="package/../../")
    with pytest.raises(HarnessError, match="is not an npm tarball"), packed(path):
        pass


def test_a_file_that_is_no_tarball_is_refused(tmp_path):
    (tmp_path / "tvf.tgz").write_text("hello")
    with pytest.raises(HarnessError, match="is not an npm tarball"), packed(tmp_path / "tvf.tgz"):
        pass
    with pytest.raises(HarnessError, match="neither"), packed(tmp_path / "nothing"):
        pass

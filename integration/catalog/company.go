package catalog

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"github.com/plumbapi/plumb/integration"
)

// Open reads a company's own catalog: a folder with a folder for each
// integration, which has manifest.yaml and, where there are, docs.md, schema.json,
// testdata and evidence.json. Folders without a manifest are passed over. The
// name of the folder is for messages. The error is that of the first manifest
// that is wrong, with its line.
//
// Nothing of an integration is at hand to be run. The checks that would run it
// take the results of the company's own continuous integration: evidence.json,
// made for the manifest as it is, and not too old.
func Open(files fs.FS, folder string) ([]*Entry, error) {
	dirs, err := fs.ReadDir(files, ".")
	if err != nil {
		return nil, fmt.Errorf("read the catalog %s: %w", folder, err)
	}
	var entries []*Entry
	for _, d := range dirs {
		if !d.IsDir() || strings.HasPrefix(d.Name(), ".") {
			continue
		}
		file := path.Join(folder, d.Name(), manifestFile)
		data, err := fs.ReadFile(files, path.Join(d.Name(), manifestFile))
		if err != nil {
			continue
		}
		m, err := integration.ParseManifest(file, data)
		if err != nil {
			return nil, err
		}
		if m.Name != d.Name() {
			return nil, fmt.Errorf("%s: the manifest is of %q; it has to be in a folder of that name", file, m.Name)
		}
		own, err := fs.Sub(files, d.Name())
		if err != nil {
			return nil, err
		}
		entries = append(entries, &Entry{Manifest: m, Files: own, File: file, Digest: ManifestDigest(data)})
	}
	return entries, nil
}

const manifestFile = "manifest.yaml"

// ManifestDigest identifies a manifest, as `sha256sum manifest.yaml` does:
// "sha256:" and 64 hexadecimal digits. Evidence of a company's own integration
// names it.
func ManifestDigest(manifest []byte) string {
	sum := sha256.Sum256(manifest)
	return "sha256:" + hex.EncodeToString(sum[:])
}

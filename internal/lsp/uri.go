package lsp

import (
	"net/url"
	"path/filepath"
	"strings"
)

// PathOf returns the path of a file that a URI names; false for what is no
// file, such as a text that was never saved.
func PathOf(uri string) (string, bool) {
	u, err := url.Parse(uri)
	if err != nil || u.Scheme != "file" || u.Path == "" {
		return "", false
	}
	path := u.Path
	if len(path) > 2 && path[2] == ':' && path[0] == '/' { // /C:/folder
		path = path[1:]
	} else if u.Host != "" && u.Host != "localhost" {
		path = "//" + u.Host + path
	}
	return filepath.FromSlash(filepath.Clean(path)), true
}

// URIOf returns the URI of a file, given by its absolute path.
func URIOf(path string) string {
	path = filepath.ToSlash(path)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path
	}
	return (&url.URL{Scheme: "file", Path: path}).String()
}

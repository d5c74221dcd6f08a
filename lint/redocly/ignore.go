package redocly

import (
	"errors"
	"io/fs"
	"path"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

// ignored reads the file of ignored problems, which need not be there: pointers, by
// rule, by file.
func (r *reading) ignored(name string) ([]check.Ignore, error) {
	if _, err := fs.Stat(r.fs, name); errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	root, err := r.read(name, nil)
	if err != nil {
		return nil, err
	}
	var list []check.Ignore
	for _, file := range root.Children() {
		for _, rule := range file.Children() {
			if !rule.Is(openapi.Array) {
				return nil, wrong(rule, "%q is %s; expected a list of pointers, such as \"#/info\"", rule.Key(), rule.Kind().WithArticle())
			}
			for _, pointer := range rule.Children() {
				text := pointer.Text()
				if !pointer.Is(openapi.String) || !strings.HasPrefix(text, "#") {
					return nil, wrong(pointer, "%s is no pointer; expected such as \"#/info\"", shown(pointer))
				}
				if text = strings.TrimPrefix(text, "#"); text == "/" {
					text = ""
				}
				shown := file.Key()
				if !strings.Contains(shown, "://") {
					shown = path.Join(path.Dir(name), shown)
				}
				list = append(list, check.Ignore{
					Rule: rule.Key(), File: shown, Element: text,
					Reason: IgnoreName, At: pointer.Location(),
				})
			}
		}
	}
	return list, nil
}

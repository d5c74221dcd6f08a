package demo

import (
	"bytes"
	"embed"
	"fmt"
	"io/fs"
	"text/template"
	"time"
)

//go:embed files
var embedded embed.FS

// Files returns what the team of Gutter has in its repository, by path: the
// descriptions, those of the version before, the plan of the load, what plumb
// is to check, and a log of the last weeks. Days in them lie around now, and
// address is where the plan sends its load, such as "http://127.0.0.1:8080".
func Files(now time.Time, address string) (map[string][]byte, error) {
	today := now.UTC().Truncate(24 * time.Hour)
	words := template.FuncMap{
		"day":     func(n int) string { return today.AddDate(0, 0, n).Format(time.DateOnly) },
		"address": func() string { return address },
	}
	files := map[string][]byte{"access.log": accessLog(today)}
	err := fs.WalkDir(embedded, "files", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := embedded.ReadFile(path)
		if err != nil {
			return err
		}
		t, err := template.New(path).Delims("<<", ">>").Funcs(words).Parse(string(text))
		if err != nil {
			return err
		}
		var out bytes.Buffer
		if err := t.Execute(&out, nil); err != nil {
			return err
		}
		files[path[len("files/"):]] = out.Bytes()
		return nil
	})
	return files, err
}

// logDays and logCalls are how long the log is, and how many calls a day has.
const logDays, logCalls = 35, 40

// accessLog is what a web server wrote about the calls until a day, in the
// combined format. The flaw: a tenth of them are for the board, which goes.
func accessLog(today time.Time) []byte {
	paths := []string{
		"/v1/projects", "/v1/projects/1", "/v1/projects/1/issues", "/v1/issues/3", "/v1/projects/2/issues",
		"/v1/issues/3/comments", "/v1/projects/1/board", "/v1/users/2", "/v1/projects/2/milestones", "/v1/issues/7",
	}
	agents := []string{"site-office/2.1", "weather-board/0.9", "curl/8.5.0"}
	var b bytes.Buffer
	for n := range logDays * logCalls {
		at := today.AddDate(0, 0, n/logCalls-logDays).Add(time.Duration(n%logCalls) * 30 * time.Minute)
		fmt.Fprintf(&b, "192.0.2.%d - - [%s] \"GET %s HTTP/1.1\" 200 %d \"-\" %q\n",
			n%7+10, at.Format("02/Jan/2006:15:04:05 -0700"), paths[n%len(paths)], 200+n%50, agents[n%len(agents)])
	}
	return b.Bytes()
}

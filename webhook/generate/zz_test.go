package generate_test
import ("testing";"os";"fmt";"strings";"time";"github.com/plumbapi/plumb/webhook";"github.com/plumbapi/plumb/webhook/generate")
func TestZZ(t *testing.T){
	var sources []webhook.Source
	for _, f := range strings.Fields(os.Getenv("ZZ")) {
		data, err := os.ReadFile(f)
		if err != nil { t.Skip(err) }
		sources = append(sources, webhook.Source{Name: f, Data: data})
	}
	if sources == nil { t.Skip() }
	p, _, _ := webhook.FindProvider(os.Getenv("ZP"))
	m, err := webhook.Read(sources, webhook.Options{Provider: p})
	if err != nil { t.Fatal(err) }
	s := time.Now()
	files, err := generate.Go(m, generate.Options{})
	if err != nil { t.Fatal(err) }
	n := 0
	for _, f := range files { n += strings.Count(string(f.Data), "\n"); if d := os.Getenv("ZO"); d != "" { os.WriteFile(d+"/"+f.Name, f.Data, 0o644) } }
	fmt.Println("lines", n, len(files), time.Since(s))
}

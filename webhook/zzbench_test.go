package webhook_test
import ("testing";"os";"github.com/plumbapi/plumb/openapi";"github.com/plumbapi/plumb/webhook")
func BenchmarkZZ(b *testing.B){
	data, _ := os.ReadFile(os.Getenv("ZZ"))
	doc, _ := openapi.Parse("x", data)
	p, _, _ := webhook.FindProvider(os.Getenv("ZP"))
	b.ReportAllocs()
	for b.Loop() { webhook.FromOpenAPI(doc, webhook.Options{Provider: p}) }
}

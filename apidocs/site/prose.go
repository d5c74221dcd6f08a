package site

import (
	"sync"

	"github.com/plumbapi/plumb/apidocs/internal/markdown"
)

// proses remembers texts of descriptions as HTML, for all workers: neighbours
// have many of them too, and Markdown is slow.
type proses struct {
	mu   sync.Mutex
	made map[string]string
}

// maxProses bounds the texts that are remembered.
const maxProses = 8192

func (p *proses) html(r *markdown.Renderer, text string) string {
	p.mu.Lock()
	out, ok := p.made[text]
	p.mu.Unlock()
	if ok {
		return out
	}
	out = r.HTML(text)
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.made) == maxProses {
		clear(p.made)
	}
	p.made[text] = out
	return out
}

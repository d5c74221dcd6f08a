package integration

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"sync"
)

// Memory is what deliveries leave for the next one. It is for tools that cannot
// be asked what they were given: a chat that is posted to by webhook, say. They
// keep a digest of what they sent, and no finding, text or secret.
//
// A nil Memory remembers nothing. Memory is safe for concurrent use.
type Memory struct {
	mu   sync.Mutex
	kept map[string]string
}

// Bounds of a memory.
const (
	maxMemory     = 1 << 20
	maxNote       = 512
	maxNotes      = 1000
	memoryVersion = 1
)

// NewMemory returns a memory that is empty.
func NewMemory() *Memory { return &Memory{kept: map[string]string{}} }

// memoryFile is how a memory is written: {"version": 1, "kept": {"name": "…"}}.
type memoryFile struct {
	Version int               `json:"version"`
	Kept    map[string]string `json:"kept"`
}

// ReadMemory reads what Write wrote, of at most 1 MiB. A version newer than
// this program's is an error.
func ReadMemory(r io.Reader) (*Memory, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxMemory+1))
	if err != nil {
		return nil, fmt.Errorf("read the memory of deliveries: %w", err)
	}
	if len(data) > maxMemory {
		return nil, errors.New("the memory of deliveries is larger than 1 MiB; delete it to begin anew")
	}
	var f memoryFile
	if err := json.Unmarshal(data, &f); err != nil {
		return nil, fmt.Errorf("the memory of deliveries is no JSON (%w); delete it to begin anew", err)
	}
	if f.Version != memoryVersion {
		return nil, fmt.Errorf("the memory of deliveries has version %d; this program knows version %d", f.Version, memoryVersion)
	}
	m := NewMemory()
	for _, name := range slices.Sorted(maps.Keys(f.Kept)) {
		m.Keep(name, f.Kept[name])
	}
	return m, nil
}

// Recall returns what was last kept under the name; "" where nothing was.
func (m *Memory) Recall(name string) string {
	if m == nil {
		return ""
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.kept[name]
}

// Keep keeps a note of at most 512 bytes under a name, in place of the one
// before; "" forgets it. What is longer, or one more than a thousand, is not
// kept: deliveries are then repeated at worst.
func (m *Memory) Keep(name, note string) {
	if m == nil || len(name) > maxNote || len(note) > maxNote {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if note == "" {
		delete(m.kept, name)
		return
	}
	if _, known := m.kept[name]; known || len(m.kept) < maxNotes {
		m.kept[name] = note
	}
}

// Write writes the memory as JSON, equal memories alike.
func (m *Memory) Write(w io.Writer) error {
	f := memoryFile{Version: memoryVersion, Kept: map[string]string{}}
	if m != nil {
		m.mu.Lock()
		maps.Copy(f.Kept, m.kept)
		m.mu.Unlock()
	}
	data, err := json.MarshalIndent(f, "", "  ")
	if err != nil {
		return fmt.Errorf("write the memory of deliveries: %w", err)
	}
	_, err = w.Write(append(data, '\n'))
	return err
}

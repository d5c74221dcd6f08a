package usage

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/plumbapi/plumb/lifecycle/internal/har"
)

// readHAR counts the entries of recorded traffic.
func (r *run) readHAR(in io.Reader, index int, t *tally) error {
	k := newCounter(r.watch, t)
	log := &t.logs[index]
	log.format = HAR
	entries := har.NewReader(in, r.logs[index].Name)
	for {
		entry, err := entries.Next()
		var bad *har.Error
		switch {
		case errors.As(err, &bad) && bad.Entry:
			log.lines++
			log.bad++
			log.sample(sample{int64(bad.Location.Line), fmt.Sprintf("%s: %s", bad.Location.Element, bad.Message)})
			continue
		case errors.As(err, &bad):
			if bad.Err != nil && r.ctx.Err() != nil {
				return r.ctx.Err()
			}
			return errors.New(bad.Message)
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		}
		log.lines++
		for _, c := range recorded(entry, r.opts) {
			k.count(&c, log)
		}
	}
}

// recorded makes the calls of one entry: one, or those of a batch of GraphQL
// operations.
func recorded(e *har.Entry, o *Options) []call {
	c := call{
		method: []byte(e.Request.Method), target: []byte(e.Request.URL),
		status: e.Response.Status, header: e.Request.Header,
	}
	if !e.Started.IsZero() {
		c.time = e.Started.Unix()
	}
	c.setConsumer(e, o)
	body := strings.TrimSpace(e.Request.Body.Text)
	if e.Request.Method != "POST" || body == "" {
		return []call{c}
	}
	switch {
	case body[0] == '{' && c.graph.body([]byte(body)):
	case strings.HasPrefix(e.Request.Body.Type, "application/graphql") && body[0] != '[':
		c.graph.is, c.graph.text = true, []byte(body)
	case body[0] == '[':
		var list []call
		s := scanner{text: []byte(body)}
		s.array(func() bool {
			start := s.at
			one := c
			if ok := s.skip(); !ok || !one.graph.body(s.text[start:s.at]) {
				return false
			}
			list = append(list, one)
			return true
		})
		if len(list) > 0 {
			return list
		}
	}
	return []call{c}
}

// setConsumer takes who called from the headers: those that the options name,
// else those by which clients say who they are.
func (c *call) setConsumer(e *har.Entry, o *Options) {
	names := o.Fields[ConsumerField]
	if len(names) == 0 {
		names = []string{"X-Client-Id", "X-Consumer", "X-Api-Client", "User-Agent"}
	}
	for _, name := range names {
		for _, n := range []string{name, strings.ReplaceAll(strings.TrimPrefix(strings.ToLower(name), "http_"), "_", "-")} {
			if v := e.Request.Header.Get(n); v != "" {
				c.consumer, c.secret = []byte(v), isSecret(n)
				return
			}
		}
	}
}

// body takes an operation out of the body of a request, and reports whether
// it is one.
func (g *graphCall) body(body []byte) bool {
	s := scanner{text: body}
	ok := s.object(func(key []byte) bool {
		start := s.at
		if !s.skip() {
			return false
		}
		value := body[start:s.at]
		if value[0] == 'n' {
			return true
		}
		switch string(key) {
		case "query":
			if value[0] == '"' {
				g.text = unquote(value)
			}
		case "operationName":
			g.name = unquote(value)
		case "variables":
			g.variables = unquote(value)
		case "extensions":
			g.persisted = g.persisted || strings.Contains(string(value), `"persistedQuery"`)
		case "documentId", "doc_id", "queryId":
			g.persisted = true
		}
		return true
	})
	if !ok || len(g.text) == 0 && !g.persisted {
		*g = graphCall{}
		return false
	}
	// A REST API may have a member "query" too.
	if !g.persisted && !strings.Contains(string(g.text), "{") {
		*g = graphCall{}
		return false
	}
	g.is = true
	return true
}

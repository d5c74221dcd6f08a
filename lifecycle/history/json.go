package history

import (
	"encoding/json"
	"time"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/lifecycle"
)

// stateJSON is the form of a state.
type stateJSON struct {
	Stability   string     `json:"stability"`
	Deprecated  bool       `json:"deprecated"`
	Since       momentJSON `json:"since"`
	Sunset      momentJSON `json:"sunset"`
	Replacement string     `json:"replacement"`
	Reason      string     `json:"reason"`
}

// momentJSON is the form of a moment, with "" for what is unknown.
type momentJSON struct {
	Date    string `json:"date"`
	Release string `json:"release"`
}

func jsonState(s *lifecycle.State) stateJSON {
	return stateJSON{
		Stability: s.Stability.String(), Deprecated: s.Deprecated, Since: jsonMoment(s.Since), Sunset: jsonMoment(s.Sunset),
		Replacement: s.Replacement, Reason: s.Reason,
	}
}

func jsonMoment(m lifecycle.Moment) momentJSON {
	return momentJSON{Date: jsonDay(m.Date), Release: m.Release}
}

func jsonDay(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.DateOnly)
}

type readingJSON struct {
	Track    string `json:"track"`
	Status   Status `json:"status"`
	Elements int    `json:"elements"`
	Problem  string `json:"problem"`
}

type versionJSON struct {
	Name     string        `json:"name"`
	Release  string        `json:"release"`
	Date     string        `json:"date"`
	Readings []readingJSON `json:"readings"`
}

type eventJSON struct {
	Event    EventKind      `json:"event"`
	Version  string         `json:"version"`
	Previous string         `json:"previous"`
	Date     string         `json:"date"`
	From     stateJSON      `json:"from"`
	To       stateJSON      `json:"to"`
	Location check.Location `json:"location"`
	Base     check.Location `json:"base"`
}

type lifeJSON struct {
	Surface   lifecycle.Surface `json:"surface"`
	Kind      lifecycle.Kind    `json:"kind"`
	Name      string            `json:"name"`
	First     string            `json:"first"`
	Last      string            `json:"last"`
	FromStart bool              `json:"from_start"`
	Present   bool              `json:"present"`
	State     stateJSON         `json:"state"`
	Location  check.Location    `json:"location"`
	Events    []eventJSON       `json:"events"`
}

// Report is a result as JSON has it: an object with the versions, how many
// elements there were in all, and the given ones of them.
//
//	{"versions":[{"name":"v1.1.0","release":"1.1","date":"2026-02-01",
//	   "readings":[{"track":"openapi","status":"read","elements":120,"problem":""}]}],
//	 "elements_seen":131,
//	 "elements":[{"surface":"rest","kind":"operation","name":"GET /a","first":"v1.0.0","last":"v1.1.0","from_start":true,
//	   "present":true,"state":{"stability":"","deprecated":true,"since":{"date":"","release":""},"sunset":{"date":"2026-09-01",
//	   "release":""},"replacement":"","reason":""},"location":{},
//	   "events":[{"event":"deprecated","version":"v1.1.0","previous":"v1.0.0","date":"2026-02-01","from":{},"to":{},
//	     "location":{},"base":{}}]}]}
//
// The date of an event is that of its version. No slice is null.
type Report struct {
	Result *Result
	// Lives are the elements to list, usually Result.Changed().
	Lives []*Life
	// Shown returns a file's name as people know it; nil means as it is.
	Shown func(file string) string
}

// MarshalJSON implements [json.Marshaler].
func (r Report) MarshalJSON() ([]byte, error) {
	out := struct {
		Versions []versionJSON `json:"versions"`
		Seen     int           `json:"elements_seen"`
		Elements []lifeJSON    `json:"elements"`
	}{Versions: []versionJSON{}, Seen: len(r.Result.Lives), Elements: []lifeJSON{}}
	for i := range r.Result.Versions {
		out.Versions = append(out.Versions, jsonVersion(&r.Result.Versions[i]))
	}
	for _, l := range r.Lives {
		out.Elements = append(out.Elements, r.life(l))
	}
	return json.Marshal(out)
}

func jsonVersion(v *Replayed) versionJSON {
	out := versionJSON{Name: v.Name, Release: v.Release.Milestone(), Date: jsonDay(v.Time), Readings: []readingJSON{}}
	for _, r := range v.Readings {
		problem := ""
		if r.Err != nil {
			problem = r.Err.Error()
		}
		out.Readings = append(out.Readings, readingJSON{r.Track, r.Status, r.Elements, problem})
	}
	return out
}

// place returns a place with the name of its file that is shown.
func (r *Report) place(at check.Location) check.Location {
	if r.Shown != nil && at.File != "" {
		at.File = r.Shown(at.File)
	}
	return at
}

func (r *Report) life(l *Life) lifeJSON {
	res := r.Result
	out := lifeJSON{
		Surface: l.Surface, Kind: l.Kind, Name: l.Name, First: res.Versions[l.First].Name, Last: res.Versions[l.Last].Name,
		FromStart: l.FromStart, Present: l.Present, State: jsonState(&l.State), Location: r.place(l.Location), Events: []eventJSON{},
	}
	for i := range l.Events {
		e := &l.Events[i]
		event := eventJSON{
			Event: e.Kind, Version: res.Versions[e.Version].Name, Date: jsonDay(res.Versions[e.Version].Time),
			From: jsonState(&e.From), To: jsonState(&e.To), Location: r.place(e.Location), Base: r.place(e.Base),
		}
		if e.Previous >= 0 {
			event.Previous = res.Versions[e.Previous].Name
		}
		out.Events = append(out.Events, event)
	}
	return out
}

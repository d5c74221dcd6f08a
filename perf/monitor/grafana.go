package monitor

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/plumbapi/plumb/perf"
)

// grafanaSchema is the version of the form of dashboards, that of Grafana 12.
const grafanaSchema = 41

// tree is an object of JSON; encoding/json sorts its names.
type tree = map[string]any

// Grafana writes a dashboard over the series that the rules of [Prometheus]
// record and the histogram itself: all objectives in a table, then a row for
// each operation with what is left of the budgets, how fast they burn, the
// shares of good requests beside what was promised, latency and rate. The
// source of data is chosen in the dashboard; equal services get the same UID,
// so importing again replaces.
func Grafana(p *perf.Plan) ([]byte, error) {
	s, err := newSource(p)
	if err != nil {
		return nil, err
	}
	d := &dashboard{source: s}
	d.overview()
	d.operation()
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(d.tree()); err != nil {
		return nil, fmt.Errorf("dashboard of %s: %w", s.service, err)
	}
	return b.Bytes(), nil
}

// dashboard collects panels; x and y are where on the grid the next one goes.
type dashboard struct {
	*source
	panels []tree
	x, y   int
}

// down begins a new line of panels below one of such a height.
func (d *dashboard) down(height int) { d.x, d.y = 0, d.y+height }

func (d *dashboard) tree() tree {
	return tree{
		"uid":           slugOf("slo-"+d.service, 40),
		"title":         "SLOs of " + d.service,
		"description":   "Made by plumb from the plan of the load test. The series come from the rules that it makes of the same plan.",
		"tags":          []string{"slo", "plumb"},
		"schemaVersion": grafanaSchema,
		"version":       1,
		"editable":      true,
		"refresh":       "1m",
		"timezone":      "browser",
		"graphTooltip":  1,
		"time":          tree{"from": "now-24h", "to": "now"},
		"annotations":   tree{"list": []tree{}},
		"links":         []tree{},
		"templating": tree{"list": []tree{
			{"name": "datasource", "label": "Data source", "type": "datasource", "query": "prometheus", "refresh": 1, "hide": 0, "regex": "", "includeAll": false, "multi": false, "options": []tree{}},
			d.variable(),
		}},
		"panels": d.panels,
	}
}

// variable chooses operations, by what their label holds in production.
func (d *dashboard) variable() tree {
	query := "label_values(" + d.mine("sloth_slo_info") + ", measured_as)"
	return tree{
		"name": "operation", "label": "Operation", "type": "query", "datasource": prometheusSource(),
		"query":      tree{"qryType": 1, "query": query, "refId": "operation"},
		"definition": query, "refresh": 2, "sort": 1, "hide": 0, "regex": "",
		"multi": true, "includeAll": true, "options": []tree{},
		"current": tree{"text": []string{"All"}, "value": []string{"$__all"}},
	}
}

func prometheusSource() tree { return tree{"type": "prometheus", "uid": "${datasource}"} }

// mine selects the series of all objectives of the service.
func (d *dashboard) mine(name string) string {
	return selector(name, matcher{"sloth_service", "=", d.slug})
}

// joined gives a series of objectives the labels of what they are about. With
// one only those of the chosen operation are left.
func (d *dashboard) joined(expr string, one bool) string {
	info := d.mine("sloth_slo_info")
	if one {
		info = `sloth_slo_info{sloth_service=` + quote(d.slug) + `, measured_as=~"$operation"}`
	}
	return expr + "\n* on(sloth_id) group_left(operation, objective)\nmax by (sloth_id, operation, objective) (" + info + ")"
}

// overview is a table of all objectives.
func (d *dashboard) overview() {
	var targets []tree
	for _, name := range []string{"slo:period_error_budget_remaining:ratio", "slo:current_burn_rate:ratio", "slo:objective:ratio"} {
		t := d.query(d.joined(d.mine(name), false), "")
		t["format"], t["instant"], t["range"] = "table", true, false
		targets = append(targets, t)
	}
	table := d.panel("All objectives", "table", 24, 9, targets...)
	table["description"] = "The budget is what requests may miss in " + span(d.period) + ". Below zero it is used up."
	hide := tree{}
	for _, name := range []string{"Time", "sloth_id", "sloth_service", "sloth_slo"} {
		hide[name] = true
	}
	table["transformations"] = []tree{
		{"id": "merge", "options": tree{}},
		{"id": "organize", "options": tree{
			"excludeByName": hide,
			"indexByName":   tree{"operation": 0, "objective": 1, "Value #C": 2, "Value #A": 3, "Value #B": 4},
			"renameByName":  tree{"operation": "Operation", "objective": "Objective", "Value #A": "Budget left", "Value #B": "Burn rate", "Value #C": "Promised"},
		}},
	}
	override := func(name, unit string, color bool) tree {
		properties := []tree{{"id": "unit", "value": unit}}
		if color {
			properties = append(properties, tree{"id": "custom.cellOptions", "value": tree{"type": "color-text"}}, tree{"id": "thresholds", "value": budgetSteps()})
		}
		return tree{"matcher": tree{"id": "byName", "options": name}, "properties": properties}
	}
	table["fieldConfig"] = tree{"defaults": tree{}, "overrides": []tree{
		override("Budget left", "percentunit", true), override("Burn rate", "none", false), override("Promised", "percentunit", false),
	}}
	d.down(9)
}

// budgetSteps are red where nothing is left and yellow where little is.
func budgetSteps() tree {
	return tree{"mode": "absolute", "steps": []tree{
		{"color": "red", "value": nil}, {"color": "yellow", "value": 0}, {"color": "green", "value": 0.25},
	}}
}

// operation is the row that is there once for each operation.
func (d *dashboard) operation() {
	d.panels = append(d.panels, tree{
		"id": len(d.panels) + 1, "type": "row", "title": "$operation", "repeat": "operation", "collapsed": false,
		"gridPos": tree{"x": 0, "y": d.y, "w": 24, "h": 1}, "panels": []tree{},
	})
	d.down(1)
	const legend = "{{objective}}"

	left := d.panel("Error budget left", "stat", 6, 8, d.query(d.joined(d.mine("slo:period_error_budget_remaining:ratio"), true), legend))
	left["description"] = "Of the requests that may miss the objective in " + span(d.period) + ", the share that is left."
	left["fieldConfig"] = tree{"defaults": tree{"unit": "percentunit", "decimals": 1, "thresholds": budgetSteps()}, "overrides": []tree{}}
	left["options"] = tree{"reduceOptions": tree{"calcs": []string{"lastNotNull"}, "fields": "", "values": false}, "textMode": "value_and_name", "colorMode": "value", "graphMode": "area"}

	burn := d.panel("Burn rate", "timeseries", 9, 8, d.query(d.joined(d.mine("slo:current_burn_rate:ratio"), true), legend))
	burn["description"] = "How many times faster the budget is used than it would just last."
	burn["fieldConfig"] = tree{"defaults": tree{"unit": "none", "min": 0, "custom": tree{"thresholdsStyle": tree{"mode": "line"}}, "thresholds": d.burnSteps()}, "overrides": []tree{}}

	share := d.panel("Share that kept the objective, over 1h", "timeseries", 9, 8,
		d.query(d.joined("(1 - "+d.mine("slo:sli_error:ratio_rate1h")+")", true), legend),
		d.query(d.joined(d.mine("slo:objective:ratio"), true), "promised: "+legend))
	share["fieldConfig"] = tree{"defaults": tree{"unit": "percentunit", "max": 1}, "overrides": []tree{
		{"matcher": tree{"id": "byRegexp", "options": "/^promised: /"}, "properties": []tree{{"id": "custom.lineStyle", "value": tree{"fill": "dash", "dash": []int{10, 10}}}, {"id": "custom.fillOpacity", "value": 0}}},
	}}
	d.down(8)
	d.latency()
}

// burnSteps are the rates at which alerts fire.
func (d *dashboard) burnSteps() tree {
	steps := []tree{{"color": "green", "value": nil}, {"color": "yellow", "value": 1}}
	if all := windows(d.period, 0); len(all) > 0 {
		steps = append(steps, tree{"color": "red", "value": rounded(all[0].factor, 6)})
	}
	return tree{"mode": "absolute", "steps": steps}
}

// latency shows the histogram itself and what it counts.
func (d *dashboard) latency() {
	chosen := func(suffix string, more ...matcher) string {
		list := append([]matcher{{d.metrics.Operation, "=~", "$operation"}}, more...)
		return "rate(" + selector(d.metrics.Histogram+suffix, list...) + "[$__rate_interval])"
	}
	buckets, count := "sum by (le) ("+chosen("_bucket")+")", func(more ...matcher) string { return "sum(" + chosen("_count", more...) + ")" }
	if d.metrics.Native {
		buckets = "sum(" + chosen("") + ")"
		count = func(more ...matcher) string { return "histogram_count(sum(" + chosen("", more...) + "))" }
	}
	var targets []tree
	for _, q := range []string{"50", "95", "99"} {
		targets = append(targets, d.query("histogram_quantile(0."+q+", "+buckets+")", "p"+q))
	}
	quantiles := d.panel("Latency", "timeseries", 9, 9, targets...)
	quantiles["description"] = "Estimated from the buckets; whether an objective is kept is counted, not estimated."
	quantiles["fieldConfig"] = tree{"defaults": tree{"unit": "s", "min": 0}, "overrides": []tree{}}

	heat := d.query(buckets, "{{le}}")
	if !d.metrics.Native {
		heat["format"] = "heatmap"
	}
	heatmap := d.panel("Latency, as a heat map", "heatmap", 9, 9, heat)
	heatmap["options"] = tree{"calculate": false, "yAxis": tree{"unit": "s"}, "color": tree{"mode": "scheme", "scheme": "Oranges", "steps": 64}, "cellGap": 1}

	rate := d.panel("Requests per second", "timeseries", 6, 9, d.query(count(), "all"), d.query(count(d.errors...), "bad"))
	rate["fieldConfig"] = tree{"defaults": tree{"unit": "reqps", "min": 0}, "overrides": []tree{}}
	d.down(9)
}

// query is one query of a panel.
func (d *dashboard) query(expr, legend string) tree {
	return tree{"datasource": prometheusSource(), "editorMode": "code", "expr": expr, "legendFormat": legend, "range": true}
}

// panel adds one to the right of the last, and names its queries A, B, C.
func (d *dashboard) panel(title, kind string, width, height int, targets ...tree) tree {
	for i, t := range targets {
		t["refId"] = string(rune('A' + i))
	}
	p := tree{
		"id": len(d.panels) + 1, "type": kind, "title": title, "datasource": prometheusSource(), "targets": targets,
		"gridPos": tree{"x": d.x, "y": d.y, "w": width, "h": height},
	}
	d.x += width
	d.panels = append(d.panels, p)
	return p
}

package main

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"strings"
)

// peer is a linter that plumb is compared with.
type peer struct {
	name     string // as tables name it
	pkg      string // its package with the version
	folder   string // under .tmp
	rulesets []ruleset
	// args are the program and its arguments that write findings as JSON into a
	// file, or where prints is set on standard output.
	args   func(file, description, out string) []string
	prints bool
	read   func(data []byte) ([]finding, error)
}

var peers = map[string]*peer{
	"spectral": {
		name: "Spectral", pkg: "@stoplight/spectral-cli@6.16.3", folder: "agreement", rulesets: rulesets,
		args: func(file, description, out string) []string {
			return []string{"spectral", "lint", "--quiet", "--ruleset", file, "--format", "json", "--output", out, description}
		},
		read: readSpectral,
	},
	"redocly": {
		name: "Redocly CLI", pkg: "@redocly/cli@2.77.0", folder: "agreement-redocly", rulesets: configurations,
		args: func(file, description, _ string) []string {
			return []string{"redocly", "lint", "--config", file, "--format", "json", "--max-problems", "1000000", description}
		},
		prints: true,
		read:   readRedocly,
	},
}

// configurations are Redocly's rulesets, and one that is all configurable rules.
var configurations = []ruleset{
	{name: "recommended", text: "extends: [recommended]\n"},
	{name: "recommended-strict", text: "extends: [recommended-strict]\n"},
	{name: "minimal", text: "extends: [minimal]\n"},
	{name: "spec", text: "extends: [spec]\n"},
	{name: "all", text: "extends: [all]\n"},
	{name: "assertions", text: assertions},
}

//go:embed assertions.yaml
var assertions string

func readSpectral(data []byte) ([]finding, error) {
	var list []struct {
		Code     string
		Path     []any
		Severity int
		Message  string
		Range    struct{ Start struct{ Line int } }
	}
	if err := json.Unmarshal(data, &list); err != nil {
		return nil, err
	}
	found := make([]finding, len(list))
	for i, f := range list {
		found[i] = finding{
			Rule: f.Code, Element: pointer(f.Path), Severity: severities[min(max(f.Severity, 0), 3)],
			Line: f.Range.Start.Line + 1, Message: f.Message,
		}
	}
	return found, nil
}

// severities are ours, by Spectral's numbers.
var severities = [4]string{"error", "warning", "info", "info"}

func pointer(path []any) string {
	var b strings.Builder
	for _, p := range path {
		b.WriteString("/" + strings.NewReplacer("~", "~0", "/", "~1").Replace(fmt.Sprint(p)))
	}
	return b.String()
}

func readRedocly(data []byte) ([]finding, error) {
	var report struct {
		Problems []struct {
			RuleID, Severity, Message string
			Location                  []struct {
				Pointer string
				Start   struct{ Line int }
			}
		}
	}
	if err := json.Unmarshal(data, &report); err != nil {
		return nil, err
	}
	found := make([]finding, len(report.Problems))
	for i, p := range report.Problems {
		f := finding{Rule: p.RuleID, Severity: p.Severity, Message: p.Message}
		if f.Severity == "warn" {
			f.Severity = "warning"
		}
		if len(p.Location) > 0 {
			f.Line = p.Location[0].Start.Line
			if f.Element = strings.TrimPrefix(p.Location[0].Pointer, "#"); f.Element == "/" {
				f.Element = ""
			}
		}
		found[i] = f
	}
	return found, nil
}

package redocly

import (
	"fmt"

	"github.com/plumbapi/plumb/openapi"
)

func isAnything(*openapi.Node) string { return "" }

func isList(c *openapi.Node) string {
	if !c.Is(openapi.Array) {
		return fmt.Sprintf("is %s; expected a list", c.Kind().WithArticle())
	}
	return ""
}

func isFlag(c *openapi.Node) string {
	if !c.Is(openapi.Bool) {
		return fmt.Sprintf("is %s; expected true or false", c.Kind().WithArticle())
	}
	return ""
}

func isCount(c *openapi.Node) string {
	if n, ok := c.Int(); !ok || n < 0 {
		return fmt.Sprintf("is %s; expected a number from 0", quoted(c))
	}
	return ""
}

func isPattern(c *openapi.Node) string {
	if !c.Is(openapi.String) {
		return fmt.Sprintf("is %s; expected a regular expression", c.Kind().WithArticle())
	}
	if _, err := expression(c.Text()); err != nil {
		return err.Error()
	}
	return ""
}

func isFlagOrPattern(c *openapi.Node) string {
	if c.Is(openapi.Bool) {
		return ""
	}
	return isPattern(c)
}

func isCasing(c *openapi.Node) string {
	if casings[c.Text()] == nil {
		return fmt.Sprintf("%s is unknown; it is camelCase, kebab-case, snake_case, PascalCase, MACRO_CASE, COBOL-CASE or flatcase", quoted(c))
	}
	return ""
}

func isOrder(c *openapi.Node) string {
	at := c
	if c.Is(openapi.Object) {
		at = c.Get("direction")
	}
	if text := at.Text(); text != "asc" && text != "desc" {
		return fmt.Sprintf("%s is no direction; it is asc or desc", quoted(at))
	}
	return ""
}

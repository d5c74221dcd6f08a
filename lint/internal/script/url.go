package script

import (
	"net/url"
	"strings"

	"github.com/dop251/goja"
)

// url is the constructor URL: it takes addresses apart, and goes to none of them.
func (r *realm) url(c goja.ConstructorCall) *goja.Object {
	u, err := url.Parse(strings.TrimSpace(c.Argument(0).String()))
	if base := c.Argument(1); err == nil && !u.IsAbs() && !goja.IsUndefined(base) {
		var b *url.URL
		if b, err = url.Parse(base.String()); err == nil {
			u = b.ResolveReference(u)
		}
	}
	if err != nil || !u.IsAbs() {
		r.throwType("Invalid URL")
	}
	if u.Path == "" && u.Host != "" {
		u.Path = "/"
	}
	search, hash := "", ""
	if u.RawQuery != "" {
		search = "?" + u.RawQuery
	}
	if u.Fragment != "" {
		hash = "#" + u.EscapedFragment()
	}
	pathname := u.EscapedPath()
	if u.Opaque != "" {
		pathname = u.Opaque
	}
	origin := "null"
	if u.Host != "" {
		origin = u.Scheme + "://" + u.Host
	}
	for name, v := range map[string]string{
		"href": u.String(), "protocol": u.Scheme + ":", "host": u.Host, "hostname": u.Hostname(), "port": u.Port(),
		"pathname": pathname, "search": search, "hash": hash, "origin": origin,
		"username": u.User.Username(),
	} {
		_ = c.This.Set(name, v)
	}
	href := u.String()
	_ = c.This.Set("toString", func(goja.FunctionCall) goja.Value { return r.rt.ToValue(href) })
	return nil
}

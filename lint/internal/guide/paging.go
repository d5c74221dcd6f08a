package guide

import (
	"strings"

	"github.com/plumbapi/plumb/openapi"
)

// pagingStyle is a set of ways to ask for one page of a collection.
type pagingStyle uint8

const (
	byPage   pagingStyle = 1 << iota // the number of a page
	byOffset                         // the number of items to skip
	byCursor                         // a token or an item to continue from
	bySize                           // how many items, which is no style of its own
	weakSize                         // the same, where a position says so
)

// String names a single style.
func (s pagingStyle) String() string {
	switch s {
	case byPage:
		return "page number"
	case byOffset:
		return "offset"
	case byCursor:
		return "cursor"
	}
	return "page size"
}

// pagingParameters are the names of query parameters that page, as [plain]
// writes them.
var pagingParameters = map[string]pagingStyle{
	"page": byPage, "pagenumber": byPage, "pageno": byPage, "pagenum": byPage, "pageindex": byPage,
	"currentpage": byPage, "pageid": byPage,
	"offset": byOffset, "skip": byOffset, "startat": byOffset, "startindex": byOffset, "pageoffset": byOffset,
	"firstresult": byOffset, "start": byOffset,
	"cursor": byCursor, "after": byCursor, "before": byCursor, "startingafter": byCursor, "endingbefore": byCursor,
	"pagetoken": byCursor, "nextpagetoken": byCursor, "nexttoken": byCursor, "continuationtoken": byCursor,
	"continuation": byCursor, "nextcursor": byCursor, "pagecursor": byCursor, "pageafter": byCursor,
	"pagebefore": byCursor, "marker": byCursor, "sinceid": byCursor, "maxid": byCursor, "afterid": byCursor,
	"beforeid": byCursor, "idafter": byCursor, "idbefore": byCursor, "scrollid": byCursor, "since": byCursor,
	"exclusivestartkey": byCursor, "lastevaluatedkey": byCursor, "startafter": byCursor, "cursormark": byCursor,
	"perpage": bySize, "pagesize": bySize, "limit": bySize, "pagelimit": bySize, "maxresults": bySize, "maxitems": bySize,
	"maxpagesize": bySize, "itemsperpage": bySize, "resultsperpage": bySize, "take": bySize, "rows": bySize,
	"size": weakSize, "count": weakSize, "first": weakSize, "last": weakSize, "top": weakSize, "max": weakSize,
}

// pagingHeaders are headers of responses that lead to the next page, in
// lower case (RFC 8288 for Link, RFC 9110 for Content-Range).
var pagingHeaders = []string{"link", "x-next-page", "x-next", "x-page", "x-total", "x-total-pages", "x-total-count", "x-next-cursor", "content-range"}

// pagingMembers are properties of an envelope that lead to the next page, as
// [plain] writes them.
var pagingMembers = map[string]bool{
	"next": true, "nextpage": true, "nexturl": true, "nextlink": true, "nextcursor": true, "nextpagetoken": true,
	"nexttoken": true, "hasmore": true, "hasnext": true, "hasnextpage": true, "cursor": true, "cursors": true,
	"paging": true, "pagination": true, "pageinfo": true, "continuationtoken": true, "responsemetadata": true,
	"odatanextlink": true, "endcursor": true, "page": true, "pagetoken": true,
}

// paging is how the caller of an operation asks for one page.
type paging struct {
	styles pagingStyle   // of byPage, byOffset, byCursor
	names  []string      // the parameters that say which page
	size   *openapi.Node // the parameter that says how many items; nil where none does
}

// paginated reports whether the operation bounds what it returns at all.
func (p paging) paginated() bool { return p.styles != 0 || p.size != nil }

// pagingOf finds the paging parameters of an operation, by their names.
func pagingOf(d *openapi.Document, op *openapi.Operation) paging {
	var p paging
	var weak *openapi.Node
	for _, param := range d.Parameters(op) {
		if in := param.Get("in").Text(); in != "query" {
			continue
		}
		name := param.Get("name").Text()
		switch style := pagingParameters[plain(name)]; style {
		case 0:
		case bySize:
			p.size = param
		case weakSize:
			weak = param
		default:
			if style = positionStyle(d, param, plain(name), style); style != 0 {
				p.styles |= style
				p.names = append(p.names, name)
			}
		}
	}
	if p.size == nil && p.styles != 0 {
		p.size = weak
	}
	return p
}

// positionStyle tells a position from a filter of the same name, and the
// number of a page from a token that is called a page.
func positionStyle(d *openapi.Document, param *openapi.Node, name string, style pagingStyle) pagingStyle {
	schema := parameterSchema(d, param)
	if strings.HasPrefix(schema.Get("format").Text(), "date") {
		return 0
	}
	switch name {
	case "since", "start":
		if typesOf(d, schema)&integerType == 0 {
			return 0
		}
	case "page":
		switch typesOf(d, schema) {
		case booleanType:
			return 0
		case stringType:
			return byCursor
		}
	}
	return style
}

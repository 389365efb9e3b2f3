package console

import (
	"net/url"
	"strconv"
	"strings"

	"handout/knowledge/store"
)

// perPage is how many events a page of the audit shows.
const perPage = 50

// audit shows everything that people did, the last first.
func (s *Server) audit(v *visit) error {
	past, err := s.past(v.r.Context())
	if err != nil {
		return err
	}
	q := v.r.URL.Query()
	about, who := strings.TrimSpace(q.Get("about")), strings.TrimSpace(q.Get("who"))
	var found []store.Event
	for _, e := range past.events {
		if has(e.Doc, about) && (has(e.Actor.Name, who) || has(e.Actor.ID, who)) {
			found = append(found, e)
		}
	}
	page, _ := strconv.Atoi(q.Get("page"))
	last := max(0, (len(found)-1)/perPage)
	page = min(max(page, 0), last)
	shown := found[page*perPage : min((page+1)*perPage, len(found))]
	at := func(page int) string {
		return "audit?" + url.Values{"about": {about}, "who": {who}, "page": {strconv.Itoa(page)}}.Encode()
	}
	body := struct {
		Events       []entry
		About, Who   string
		Page, Pages  int
		Newer, Older string
	}{Events: s.entries(shown), About: about, Who: who, Page: page + 1, Pages: last + 1}
	if page > 0 {
		body.Newer = at(page - 1)
	}
	if page < last {
		body.Older = at(page + 1)
	}
	return s.page(v, "audit", "Audit", body)
}

func has(text, part string) bool {
	return strings.Contains(strings.ToLower(text), strings.ToLower(part))
}

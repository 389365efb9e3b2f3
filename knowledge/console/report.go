package console

import (
	"html/template"
	"net/http"

	"handout/bot"
	"handout/knowledge"
	"handout/knowledge/editorial"
	"handout/knowledge/gate"
)

// report is what an examination found, as pages show it.
type report struct {
	*editorial.Report
	Marks       []mark
	Asked       int
	Stop, Own   []class
	ToSign      int
	MayBeServed bool
}

// mark is a snippet's reading grade.
type mark struct {
	Title        string
	Grade, Limit float64
}

// class is changed answers of the same gravity.
type class struct {
	Name    string
	Changes []gate.Change
	More    int // that are not shown
}

func newReport(r *editorial.Report) *report {
	v := &report{Report: r, ToSign: len(r.Stops()), MayBeServed: r.Servable()}
	if r.Diff != nil {
		v.Asked = r.Diff.Asked
		v.Stop = classes(r.Diff.Stops())
		var own []gate.Change
		for _, c := range r.Diff.Changes {
			if c.Own {
				own = append(own, c)
			}
		}
		v.Own = classes(own)
	}
	v.Marks = marks(r)
	return v
}

func marks(r *editorial.Report) []mark {
	var list []mark
	if c := r.Corpus(); c != nil {
		for _, s := range c.Snippets {
			if grade, ok := r.Grades[s.ID]; ok {
				list = append(list, mark{s.Title, grade, c.Settings.GradeLimit})
			}
		}
	}
	return list
}

// classes groups changes, which come in order of their gravity.
func classes(changes []gate.Change) []class {
	var list []class
	for _, c := range changes {
		if name := c.Class.String(); len(list) == 0 || list[len(list)-1].Name != name {
			list = append(list, class{Name: name})
		}
		last := &list[len(list)-1]
		last.Changes = append(last.Changes, c)
	}
	return list
}

// mostShown is how many changes of a class are shown where nobody signs for them.
const mostShown = 40

func cut(list []class) []class {
	for i := range list {
		if all := len(list[i].Changes); all > mostShown {
			list[i].Changes, list[i].More = list[i].Changes[:mostShown], all-mostShown
		}
	}
	return list
}

func statusOf(r *editorial.Refusal) int {
	if r != nil {
		return http.StatusConflict
	}
	return http.StatusOK
}

// shown is a reply as a platform shows it.
type shown struct {
	Name  string
	Parts []part
}

// previews shows a snippet as it would be sent.
func (s *Server) previews(v *visit, b *bot.Bot, snippet *knowledge.Snippet) []shown {
	if b == nil || snippet == nil {
		return nil
	}
	reply := b.Preview(v.r.Context(), bot.Option{Snippet: snippet.ID}, "")
	var list []shown
	for _, p := range s.Previews {
		one := shown{Name: p.Name}
		for _, text := range p.Render(reply) {
			one.Parts = append(one.Parts, newPart(text, p.HTML))
		}
		list = append(list, one)
	}
	return list
}

// part is a message of a preview: HTML that an adapter wrote, or plain text.
type part struct {
	HTML template.HTML
	Text string
}

func newPart(text string, isHTML bool) part {
	if isHTML {
		return part{HTML: template.HTML(text)} // by [Preview.HTML] it needs no escaping
	}
	return part{Text: text}
}

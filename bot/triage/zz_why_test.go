package triage

import (
	"bufio"
	"fmt"
	"os"
	"strings"
	"testing"
)

func TestZZWhy(t *testing.T) {
	in := os.Getenv("WHY")
	if in == "" {
		t.Skip()
	}
	x := starter(t)
	f, _ := os.Open(in)
	w, _ := os.Create(in + ".why")
	defer w.Close()
	sc := bufio.NewScanner(f)
	sc.Buffer(make([]byte, 1<<20), 1<<20)
	for sc.Scan() {
		text := strings.Split(sc.Text(), "\t")[0]
		v := x.Match(text)
		dec := "-"
		if v.Decline != nil {
			dec = v.Decline.ID
		}
		fmt.Fprintf(w, "%d\t%s\tG=%v\tD=%s\tL=%s\n", len(v.Urgent), text, v.General, dec, strings.Join(ids(v.Lines), ","))
		if os.Getenv("WHYALL") == "" && len(v.Urgent) == 0 {
			continue
		}
		m := x.read(text)
		for _, r := range x.rules {
			sign := r.Tier != "decline"
			for i, p := range r.when {
				m.each(p, sign, func(s span) bool {
					if m.excused(r, s) {
						if os.Getenv("WHYALL") != "" {
							for k, u := range r.unless {
								m.each(u, false, func(e span) bool { fmt.Fprintf(w, "        by %s\n", r.UnlessAny[k].Source); return true })
							}
							fmt.Fprintf(w, "    x %s %s\n", r.ID, r.WhenAny[i].Source)
						}
						return true
					}
					var ws []string
					for _, q := range m.words[s.start:s.end] {
						ws = append(ws, q.text)
					}
					fmt.Fprintf(w, "    %s %v [%s] %s\n", r.ID, m.framed(s), strings.Join(ws, " "), r.WhenAny[i].Source)
					return true
				})
			}
		}
		x.forget(m)
	}
}

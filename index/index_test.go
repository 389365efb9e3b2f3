package index_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"handout/index"
	"handout/knowledge"
)

// answering is the confidence from which a match is an answer.
const answering = 0.5

// starter is the index of the starter corpus, built once.
var starter = sync.OnceValues(func() (*index.Index, error) {
	c, err := knowledge.Open("")
	if err != nil {
		return nil, err
	}
	return index.Build(context.Background(), c)
})

func openStarter(tb testing.TB) *index.Index {
	tb.Helper()
	x, err := starter()
	if err != nil {
		tb.Fatal(err)
	}
	return x
}

func buildFrom(tb testing.TB, path string) *index.Index {
	tb.Helper()
	c, err := knowledge.Open(path)
	if err != nil {
		tb.Fatal(err)
	}
	x, err := index.Build(context.Background(), c)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { x.Close() })
	return x
}

// writeCorpus makes a corpus folder of files by name.
func writeCorpus(tb testing.TB, files map[string]string) string {
	tb.Helper()
	dir := tb.TempDir()
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			tb.Fatal(err)
		}
	}
	return dir
}

func search(tb testing.TB, x *index.Index, q index.Query) index.Result {
	tb.Helper()
	r, err := x.Search(context.Background(), q)
	if err != nil {
		tb.Fatalf("Search(%.60q): %v", q.Text, err)
	}
	return r
}

// first returns the best match's id and confidence, or "none".
func first(r index.Result) (string, float64) {
	if len(r.Matches) == 0 {
		return "none", 0
	}
	return r.Matches[0].Snippet.ID, r.Matches[0].Confidence
}

func TestAnswers(t *testing.T) {
	x := openStarter(t)
	for _, c := range []struct{ name, text, want string }{
		{"typing errors", "what is exzcema", "ecz-what"},
		{"swapped letters", "what is a jak inhibtior", "jak-basics"},
		{"letters repeated", "why is eczema so itchyyyy", "ecz-itch"},
		{"brand", "side effects of Rinvoq", "jak-rinvoq-side-effects"},
		{"generic name", "upadacitinib side effects list", "jak-rinvoq-side-effects"},
		{"misspelt brand", "rinvok side efects", "jak-rinvoq-side-effects"},
		{"synonym", "grape fruit with jak tablets", "jak-interactions-grapefruit"},
		{"spelling of another country", "best moisturizer for eczema", "ecz-moisturisers"},
		{"texting", "can u get pregnant on jak tablets pls", "jak-pregnancy"},
		{"question in a story", "Hi all, long time lurker. My sister came round on sunday and we had a lovely roast. " +
			"Can I drink alcohol on a JAK inhibitor? She was driving so it did not come up", "jak-alcohol"},
		{"one word", "phototherapy", "ecz-phototherapy"},
	} {
		t.Run(c.name, func(t *testing.T) {
			id, confidence := first(search(t, x, index.Query{Text: c.text}))
			if !strings.HasPrefix(id, c.want) || confidence < answering {
				t.Errorf("%q: got %s (%.2f), want %s", c.text, id, confidence, c.want)
			}
		})
	}
}

func TestAbstains(t *testing.T) {
	x := openStarter(t)
	for _, text := range []string{
		"how do i inject insulin", "is ozempic safe", "what are the side effects of ozempic", "can tramadol make you sleepy",
		"shampoo for scalp psoriasis", "migraine tablets", "what is gout", "how do i get rid of head lice",
		"cream for athlete's foot", "treatment for athletes foot", "side effects of metformin", "humira side effects",
		"book a table for two", "what time is it in tokyo", "who won the cup", "recipe for pancakes", "the", "?", "👍",
		"zzxxyyq qqwwee", "what are the side effects of blorbitinib",
	} {
		if id, confidence := first(search(t, x, index.Query{Text: text})); confidence >= answering {
			t.Errorf("%q is answered by %s (%.2f)", text, id, confidence)
		}
	}
}

// A question on one medicine is never answered with a snippet on another.
func TestNeverAnotherMedicine(t *testing.T) {
	x := openStarter(t)
	vocabulary := x.Corpus().Vocabulary
	for _, e := range vocabulary.Entities {
		if e.Kind != knowledge.Medicine {
			continue
		}
		for _, format := range []string{"%s", "%s side effects", "what is %s", "how long does %s take to work", "can i take %s when pregnant", "%s for kids"} {
			for _, name := range e.Names() {
				for _, m := range search(t, x, index.Query{Text: fmt.Sprintf(format, name)}).Matches {
					if m.Confidence >= answering && otherMedicine(vocabulary, e, m.Snippet) {
						t.Errorf("%q (%s) is answered by %s (%.2f)", fmt.Sprintf(format, name), e.ID, m.Snippet.ID, m.Confidence)
					}
				}
			}
		}
	}
}

// otherMedicine reports whether the snippet is about medicines, and neither
// about this one nor about its class.
func otherMedicine(v *knowledge.Vocabulary, e *knowledge.Entity, s *knowledge.Snippet) bool {
	others := false
	for _, id := range s.About {
		about := v.Entity(id)
		if about == e {
			return false
		}
		for _, class := range e.Class {
			if class == id {
				return false
			}
		}
		others = others || about.Kind == knowledge.Medicine
	}
	return others
}

func TestFollowUp(t *testing.T) {
	x := openStarter(t)
	for _, c := range []struct {
		text  string
		about []string
		want  string
	}{
		{"and side effects?", []string{"upadacitinib"}, "jak-rinvoq-side-effects"},
		{"what about side effects", []string{"delgocitinib-cream", "hand-eczema"}, "jak-anzupgo-side-effects"},
		{"and when pregnant?", []string{"upadacitinib"}, "jak-pregnancy"},
		{"what are the side effects of opzelura", []string{"upadacitinib"}, "jak-opzelura-side-effects"},
		{"what is eczema", []string{"upadacitinib"}, "ecz-what"},
		{"does stress set off a flare", []string{"upadacitinib"}, "ecz-triggers"},
		{"side effects of jak tablets", nil, "jak-side-effects-common"},
		{"and side effects?", []string{"no-such-thing"}, "jak-side-effects-common"},
	} {
		id, confidence := first(search(t, x, index.Query{Text: c.text, About: c.about}))
		if id != c.want {
			t.Errorf("%q about %v: got %s (%.2f), want %s", c.text, c.about, id, confidence, c.want)
		}
	}
}

// A part of a message takes what it leaves out from the rest. Its own words say
// which of the snippets on that answers.
func TestPartOfMessage(t *testing.T) {
	x := openStarter(t)
	for _, c := range []struct{ before, text, after, want string }{
		{"what tests before I start cibinqo", "whats the black box about", "", "jak-boxed-warning"},
		{"can I have a jab on a JAK", "do I stop it before a hernia repair", "", "jak-surgery"},
		{"do I need bloods on biologics", "with JAKs?", "do I need bloods on biologics", "jak-monitoring"},
		{"how does opzelura work", "on kids?", "how does opzelura work", "jak-opzelura-children"},
	} {
		q := index.Query{Text: c.text, Around: c.before + ", and " + c.text, After: c.after, Limit: 10}
		if id, confidence := first(search(t, x, q)); id != c.want || confidence < answering {
			t.Errorf("%q after %q: got %s (%.2f), want %s", c.text, c.before, id, confidence, c.want)
		}
	}
	q := index.Query{Text: "will it scar", Around: "how is a wart frozen off, and will it scar"}
	if id, confidence := first(search(t, x, q)); confidence >= answering {
		t.Errorf("%q is answered by %s (%.2f), but it is about a wart", q.Text, id, confidence)
	}
}

func TestCorrected(t *testing.T) {
	x := openStarter(t)
	for text, want := range map[string]string{
		"moistruiser for dry skn": "moistruiser→moisturiser",
		"my dog has fleas":        "",
		"aryl hydrocarbon":        "",
		"banana warehouse maths":  "",
		"sing me a song":          "",
		"tramadol":                "",
		"i brushed my hair":       "",
		"tofacitinip":             "tofacitinip→tofacitinib",
		"clobetaso":               "", // clobetasol or clobetasone
	} {
		if got := strings.Join(search(t, x, index.Query{Text: text}).Corrected, " "); got != want {
			t.Errorf("%q: corrected %q, want %q", text, got, want)
		}
	}
}

func TestLimitAndOrder(t *testing.T) {
	x := openStarter(t)
	for limit, want := range map[int]int{0: 3, 1: 1, 7: 7, -1: 3} {
		r := search(t, x, index.Query{Text: "side effects of steroid cream on the skin", Limit: limit})
		if len(r.Matches) != want {
			t.Errorf("limit %d gives %d matches, want %d", limit, len(r.Matches), want)
		}
		for i := 1; i < len(r.Matches); i++ {
			if m, n := r.Matches[i-1], r.Matches[i]; m.Score < n.Score || m.Confidence < n.Confidence {
				t.Errorf("%s (%.2f) stands before %s (%.2f)", m.Snippet.ID, m.Confidence, n.Snippet.ID, n.Confidence)
			}
		}
	}
}

// What people type is data: no part of it is query syntax.
func TestQuerySyntaxIsData(t *testing.T) {
	x := openStarter(t)
	plain, _ := first(search(t, x, index.Query{Text: "what is eczema"}))
	for _, text := range []string{"what is eczema?", `"what is eczema`, "+what -is eczema~9", "what is (eczema]", "what* is? eczema^3", "/what is eczema/"} {
		if id, _ := first(search(t, x, index.Query{Text: text})); id != plain {
			t.Errorf("%q finds %s, want %s", text, id, plain)
		}
	}
	for _, text := range []string{"internal:secret", "body:eczema _id:ecz-what", `title:"x" AND *:*`, "=eczema", "\x00\xff\xfe"} {
		search(t, x, index.Query{Text: text})
	}
}

func TestEmpty(t *testing.T) {
	x := openStarter(t)
	for _, text := range []string{"", " \n\t", "...?!", "\u200b"} {
		if r := search(t, x, index.Query{Text: text}); len(r.Matches) > 0 {
			t.Errorf("%q finds %s", text, r.Matches[0].Snippet.ID)
		}
	}
}

func TestCancelled(t *testing.T) {
	x := openStarter(t)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for _, text := range []string{"what is eczema", ""} {
		if _, err := x.Search(ctx, index.Query{Text: text}); err == nil {
			t.Errorf("a cancelled search for %q reports no error", text)
		}
	}
	if _, err := index.Build(ctx, x.Corpus()); err == nil {
		t.Error("a cancelled build reports no error")
	}
}

func TestClosed(t *testing.T) {
	x, err := index.Build(context.Background(), openStarter(t).Corpus())
	if err != nil {
		t.Fatal(err)
	}
	search(t, x, index.Query{Text: "what is eczema"})
	for range 2 {
		if err := x.Close(); err != nil {
			t.Error(err)
		}
	}
	if _, err := x.Search(context.Background(), index.Query{Text: "what is eczema"}); err == nil {
		t.Error("a search of a closed index reports no error")
	}
}

// Searches work in memory that others left: what one finds does not depend on
// those before.
func TestSearchesLeaveNothing(t *testing.T) {
	x := openStarter(t)
	ask := func(text string) string {
		return fmt.Sprint(search(t, x, index.Query{Text: text, Limit: 200}))
	}
	want := ask("is steroid cream safe for my baby")
	for _, text := range []string{"", "weather", "rinvoq side efects", strings.Repeat("eczema, cream. ", 50)} {
		ask(text)
		if got := ask("is steroid cream safe for my baby"); got != want {
			t.Errorf("after %.20q the same question finds something else", text)
		}
	}
}

func TestConcurrentSearches(t *testing.T) {
	x := openStarter(t)
	texts := []string{"what is eczema", "rinvoq side efects", "jak cream or tablet?", "weather tomorrow"}
	want := make([]string, len(texts))
	for i, text := range texts {
		want[i], _ = first(search(t, x, index.Query{Text: text}))
	}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for i, text := range texts {
				if id, _ := first(search(t, x, index.Query{Text: text})); id != want[i] {
					t.Errorf("%q finds %s, alone %s", text, id, want[i])
				}
			}
		})
	}
	wg.Wait()
}

func TestSpanish(t *testing.T) {
	x := buildFrom(t, writeCorpus(t, map[string]string{
		"corpus.yaml": "name: Piel\nlang: es\ngrade_limit: 0\n",
		"crema.md":    "---\nid: crema\ntitle: ¿Cuándo uso las cremas hidratantes?\nquestions: [crema para la piel seca]\n---\nDespués del baño.\n",
		"picor.md":    "---\nid: picor\ntitle: ¿Por qué pica la piel?\nquestions: [me pica mucho]\n---\nLa piel se inflama.\n",
		"niños.md":    "---\nid: ninos\ntitle: ¿Los niños se curan?\n---\nMuchos mejoran al crecer.\n",
	}))
	for text, want := range map[string]string{
		"hidratante":               "crema", // singular
		"¿se curará mi niño?":      "ninos",
		"por que me pica":          "picor",
		"cuando usar una crema":    "crema",
		"CREMAS PARA PIELES SECAS": "crema",
	} {
		if id, _ := first(search(t, x, index.Query{Text: text})); id != want {
			t.Errorf("%q finds %s, want %s", text, id, want)
		}
	}
	if id, confidence := first(search(t, x, index.Query{Text: "receta de tortilla de patatas"})); confidence >= answering {
		t.Errorf("an omelette is answered by %s (%.2f)", id, confidence)
	}
}

func TestTwoLanguages(t *testing.T) {
	x := buildFrom(t, writeCorpus(t, map[string]string{
		"itch-en.md": "---\nid: itch-en\ntitle: Why does my skin itch?\n---\nThe skin is inflamed.\n",
		"itch-de.md": "---\nid: itch-de\nlang: de\ntitle: Warum juckt meine Haut?\n---\nDie Haut ist gereizt.\n",
	}))
	for text, want := range map[string]string{"why is my skin itching": "itch-en", "warum juckt die haut": "itch-de"} {
		if id, confidence := first(search(t, x, index.Query{Text: text})); id != want || confidence < answering {
			t.Errorf("%q finds %s (%.2f), want %s", text, id, confidence, want)
		}
	}
}

func FuzzSearch(f *testing.F) {
	x := openStarter(f)
	for _, text := range []string{"what is eczema?", "internal:secret +-\"~*?", "rinvoq, and my mum. Is it ok?\n", "\xff\u200b\u00ad", "ß İ ﬁ 湿疹", "111 2 3"} {
		f.Add(text, "upadacitinib")
	}
	f.Fuzz(func(t *testing.T, text, about string) {
		r, err := x.Search(context.Background(), index.Query{Text: text, About: []string{about}})
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range r.Matches {
			if !(m.Confidence >= 0 && m.Confidence <= 1) {
				t.Errorf("%q: confidence %v", text, m.Confidence)
			}
		}
	})
}

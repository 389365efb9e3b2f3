package classify

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"handout/knowledge"
)

// toyVectors are general vectors in which hot words are alike, and so are calm
// ones.
func toyVectors() General {
	w := General{Dim: 2}
	for word, vector := range map[string][2]int8{
		"crushing": {127, 0}, "squeezing": {120, 10}, "gripping": {125, 5},
		"itchy": {0, 127}, "dry": {10, 120}, "flaky": {5, 125}, "scaly": {0, 120},
	} {
		w.Words = append(w.Words, word)
		w.Scale = append(w.Scale, 1.0/127)
		w.Vectors = append(w.Vectors, byte(vector[0]), byte(vector[1]))
	}
	return w
}

func toy(t *testing.T) *Model {
	t.Helper()
	var examples []Example
	say := func(class string, texts ...string) {
		for _, text := range texts {
			examples = append(examples, Example{strings.Fields(text), []string{class}})
		}
	}
	for range 40 {
		say("heart", "my chest feels crushing", "something crushing in my chest", "squeezing chest , it hurts")
		say("dose", "how much should i take", "should i take two")
		say(None, "my chest is itchy", "dry skin on my chest", "no crushing in my chest", "is the cream flaky ?")
	}
	shape := Shape{OwnDim: 4, GramDim: 4, Grams: 512, Widths: []int{1, 2, 3}, Filters: 12}
	first, last := 0.0, 0.0
	w := Fit(toyVectors(), shape, []string{None, "heart", "dose"}, examples, 60, []uint64{7, 8}, func(net, epoch int, loss float64) {
		if net != 0 {
			return
		}
		if last = loss; epoch == 1 {
			first = loss
		}
	})
	if !(last < first/2) {
		t.Errorf("the loss went from %.2f to %.2f", first, last)
	}
	return New(w)
}

func TestFit(t *testing.T) {
	m := toy(t)
	for text, want := range map[string]string{
		"something crushing in my chest": "heart",
		"my chest feels gripping":        "heart", // by its vector
		"my chset feels crushng":         "heart", // by its letters
		"my chest is scaly":              None,
		"no crushing in my chest":        None,
		"should i take some":             "dose",
	} {
		v := m.Judge(strings.Fields(text))
		got := None
		if v.Urgent.P > 0.5 {
			got = v.Urgent.Sign
		} else if v.Decline.P > 0.5 {
			got = v.Decline.Sign
		}
		if got != want {
			t.Errorf("%q: %s, want %s: %+v", text, got, want, v)
		}
	}
	if v := m.Judge(strings.Fields("my chest feels crushing")); v.Urgent.Tier != knowledge.Now || v.Known != 1 || math.Abs(v.Urgent.Share-1) > 1e-9 {
		t.Errorf("%+v", v)
	}
	if v := m.Judge(strings.Fields("meine brust feels eng")); v.Known != 0.25 || !v.Whole {
		t.Errorf("%.2f of the words are known, want 0.25 of all", v.Known)
	}
	if v := m.Judge(nil); v != (Verdict{}) {
		t.Errorf("of no words: %+v", v)
	}
}

func TestEncode(t *testing.T) {
	m := toy(t)
	var b bytes.Buffer
	if err := m.Encode(&b); err != nil {
		t.Fatal(err)
	}
	w, err := Decode(b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	words := strings.Fields("my chest feels crushing , should i take two ?")
	if got, want := New(w).Judge(words), m.Judge(words); got != want {
		t.Errorf("decoded: %+v, want %+v", got, want)
	}
	for _, bad := range []*Weights{{}, {Classes: []string{None}, Nets: make([]Net, 1)}} {
		var b bytes.Buffer
		if err := bad.Encode(&b); err != nil {
			t.Fatal(err)
		}
		if _, err := Decode(b.Bytes()); err == nil || !strings.Contains(err.Error(), "its head") {
			t.Errorf("%+v is a model: %v", bad, err)
		}
	}
	for _, cut := range []int{0, 10, b.Len() / 2} {
		if _, err := Decode(b.Bytes()[:cut]); err == nil {
			t.Errorf("the first %d bytes are a model", cut)
		}
	}
}

// TestFitted makes sure that the built-in model is whole, and was fitted on the
// messages that are here.
func TestFitted(t *testing.T) {
	m := Fitted()
	for tier, signs := range knowledge.Signs {
		for _, sign := range signs {
			if i := slices.Index(m.Classes, sign); i < 0 || m.tiers[i] != tier {
				t.Errorf("no class for %s %s", tier, sign)
			}
		}
	}
	files, err := filepath.Glob("../testdata/*.tsv")
	if err != nil {
		t.Fatal(err)
	}
	hash := sha256.New()
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		hash.Write(data)
	}
	if got := hex.EncodeToString(hash.Sum(nil)); got != m.Sets {
		t.Error("the messages in ../testdata are not those that model.bin was fitted on: fit it again, see CONTRIBUTING.md")
	}
}

func BenchmarkJudge(b *testing.B) {
	words := strings.Fields("hi all , my husband started the new tablets on monday and since lunch he has been holding his chest and looks grey . should we wait ?")
	b.Run("words seen before", func(b *testing.B) {
		m := New(Fitted().Weights)
		for b.Loop() {
			m.Judge(words)
		}
	})
	b.Run("new words, the model made anew", func(b *testing.B) {
		for b.Loop() {
			New(Fitted().Weights).Judge(words)
		}
	})
	b.Run("decode", func(b *testing.B) {
		for b.Loop() {
			if _, err := Decode(fitted); err != nil {
				b.Fatal(err)
			}
		}
	})
}
